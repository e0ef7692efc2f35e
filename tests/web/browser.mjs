// The browser of these tests: Debian's Chromium without a window, as a program that has no window to draw; the whole one where that is missing.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const SHELL = '/usr/bin/chromium-headless-shell';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const PATIENCE_MS = 60_000; // for what comes in a moment, on a machine that has much else to do

// True: every language at every width is judged, not each of them once (tests/run long).
export const whole = process.env.OFFICE_WHOLE === 'yes';

export const launch = () => chromium.launch({
    executablePath: existsSync(SHELL) ? SHELL : '/usr/bin/chromium', timeout: PATIENCE_MS, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});

// What axe finds on a page, as text; leaving out these rules.
export const axe = async (page, { without = [] } = {}) => {
    if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
    return page.evaluate(async (off) => {
        const found = await axe.run(document, { resultTypes: ['violations'], rules: Object.fromEntries(off.map((id) => [id, { enabled: false }])) });
        return found.violations.map((one) => ({ impact: one.impact, text: `${one.id}: ${one.nodes.map((node) => node.html).join(' ').slice(0, 300)}` }));
    }, without);
};
