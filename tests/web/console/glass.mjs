// A kiosk's glass, played line by line: it stays where it is while the office changes things.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const env = process.env;
const PATIENCE_S = 60; // for each line, on a machine that has much else to do

export class Glass {
    constructor() {
        this.out = mkdtempSync(path.join(env.OFFICE_WORK, 'glass-'));
        this.said = '';
        this.marks = 0;
        this.child = spawn(path.join(env.OFFICE_BUILD, 'kiosk'), ['--config', path.join(env.OFFICE_KIOSK, 'kiosk.ini'), '--headless', '--script', '-', '--out', this.out],
            { stdio: ['pipe', 'pipe', 'pipe'] });
        this.child.stdout.on('data', (bytes) => { this.said += bytes; });
        this.child.stderr.on('data', (bytes) => { this.said += bytes; });
        this.child.stdin.on('error', () => {}); // it ended by itself: step() says why
        this.child.stdin.write(`patience ${PATIENCE_S}\n`);
        this.over = new Promise((resolve) => { this.child.on('close', resolve); });
        this.child.on('close', () => { this.ended = true; });
    }

    // What the glass shows when the last of these lines of a script held (src/kiosk/script.h).
    async step(...lines) {
        const mark = `mark-${++this.marks}`;
        this.child.stdin.write(`${lines.join('\n')}\ntree ${mark}\n`);
        while (!existsSync(path.join(this.out, mark))) {
            assert.ok(!this.ended, `the kiosk: ${this.said.slice(-2000)}`);
            await pause(10);
        }
        const there = path.join(this.out, mark);
        while (!statSync(there).size) await pause(10);
        return readFileSync(there, 'utf8');
    }

    async close() {
        this.child.stdin.end();
        assert.equal(await this.over, 0, `the kiosk: ${this.said.slice(-2000)}`);
    }
}
