// A clerk's five commonest acts by the keyboard alone, each key counted: what README's table says is what is pressed here, and each act is asserted where
// a student or a kiosk sees it.  What is acted on was made through another door.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { kiosk, printed, sessionOf } from './kiosk.mjs';
import { sees, words } from './office.mjs';

const READY = ['401241111939', 'qish8038'], LOST = ['401241145240', 'bahor8269'], ASKING = ['401241192886', 'qish4900'], KNOWN = ['401241139512', 'kuz31989'];

// Hands on a keyboard, and nothing else: what they pressed, in README's words, and how often.
class Hands {
    constructor(page) { this.page = page; this.said = []; this.count = 0; this.typed = 0; }
    async press(key) {
        await this.page.keyboard.press(key);
        this.said.push(`\`${key}\``);
        this.count++;
    }
    // What a reader of cards and codes types as well as a clerk.
    async type(text, what) {
        await this.page.keyboard.type(text);
        this.said.push(what);
        this.typed += text.length;
    }
    async follow(key) { await Promise.all([this.page.waitForNavigation(), this.press(key)]); }
    get row() { return `${this.said.join(' ')} | ${this.count}${this.typed ? ` + ${this.typed}` : ''}`; }
}

const ask = async (student, service, answers) => {
    const bearer = await sessionOf(student), key = randomUUID();
    const { status, json, bytes } = await kiosk('PUT', `/kiosk/v1/requests/${key}`, { service, language: 'uz', answers, again: false }, bearer);
    assert.equal(status, 201, String(bytes));
    return { ...json, key, bearer };
};
const certificate = (student) => ask(student, 'certificate-of-study', { receiver: 'any' });
const tell = (job, report) => kiosk('PUT', `/kiosk/v1/print-jobs/${job.id}`, { epoch: job.epoch, no_byte_left: false, sheets: -1, printer_uuid: '', printer_job: 0, ...report });
const requestOf = async ({ key, bearer }) => (await kiosk('GET', `/kiosk/v1/requests/${key}`, null, bearer)).json;
const copiesOf = (office, paper) => office.registrar('document', 'show', office.data, paper.number);
const opened = (page) => page.waitForSelector('aside.details h2');
const isDone = (page) => page.waitForSelector('.said.well');

// A colleague sends a form of the open job's, without this keyboard.
const sends = (colleague, deed, fields = {}) => colleague.evaluate(async ([name, filled]) => {
    const form = document.querySelector(`aside button[value="${name}"]`).form, body = new URLSearchParams(new FormData(form));
    body.set('deed', name);
    Object.entries(filled).forEach(([field, value]) => body.set(field, value));
    await (await fetch(form.action, { method: 'POST', body })).arrayBuffer();
}, [deed, fields]);

// Each starts on the page where its clerk is, and ends where they go on.
const acts = {
    'Call the next ticket': {
        async make(office, page) {
            await office.go(page, '/office/hall?l=en&window=1');
            await Promise.all([page.waitForNavigation(), page.click('[data-key=O]')]);
            assert.equal((await kiosk('POST', '/kiosk/v1/tickets', { key: randomUUID(), topic: 'papers' })).status, 201);
            await page.waitForSelector('[data-key=N]'); // the page hears of it by itself
        },
        async act(hands) { await hands.follow('N'); },
        async came(office, page) {
            assert.deepEqual((await kiosk('GET', '/kiosk/v1/hall')).json.called.map((one) => `${one.number} ${one.window}`), ['A-001 1'], 'the hall shows it');
            assert.equal(await page.locator('p.called b').textContent(), 'A-001');
        },
    },
    'Hand out a paper that is ready': {
        async make(office, page) {
            this.paper = await certificate(READY);
            const colleague = await office.signIn('back-office');
            const act = async (deed, fields) => {
                await office.go(colleague, `/office/prints?l=en&job=${this.paper.print_job.id}`);
                await sends(colleague, deed, fields);
            };
            await act('move', { to: '@window' });
            await act('page');
            await act('printed');
            await colleague.context().close();
            await office.go(page, '/office/prints?l=en');
        },
        async act(hands) {
            await hands.press('F');
            await hands.type(READY[0], 'the student’s number');
            await hands.follow('Enter');
            await opened(hands.page);
            await hands.follow('C');
        },
        async came(office, page) {
            await isDone(page);
            assert.match(copiesOf(office, this.paper), /copy 1 .*, collected/, 'the register');
        },
    },
    'Print again what failed': {
        async make(office, page) {
            this.paper = await certificate(LOST);
            const job = this.paper.print_job;
            assert.equal((await kiosk('GET', `/kiosk/v1/copies/${this.paper.copy}/page?epoch=${job.epoch}`, null, this.paper.bearer)).status, 200);
            assert.equal((await tell(job, { state: 'unknown' })).json.state, 'unknown');
            await office.go(page, '/office/prints?l=en');
            await page.locator('tr[data-job]').first().waitFor();
        },
        async act(hands) {
            await hands.press('J');
            await opened(hands.page);
            await hands.follow('N'); // looked: nothing came out
            await hands.press('R');
            await hands.follow('Enter');
        },
        async came(office, page) {
            await isDone(page);
            assert.equal((await tell(this.paper.print_job, { epoch: 0, state: 'unknown' })).json.state, 'cancelled', 'the job that failed');
            assert.match(copiesOf(office, this.paper), /copy 1 .*, superseded[^]*copy 2 .*, valid, waiting/, 'the register');
        },
    },
    'Claim an application and approve it': {
        async make(office, page) {
            this.asked = await ask(ASKING, 'name-correction', { surname: 'Karimova', given: 'Dilnoza' });
            await office.go(page, '/office/requests?l=en');
            await page.locator('a[data-row]').first().waitFor();
        },
        async act(hands) {
            await hands.press('J');
            await hands.page.waitForSelector('button[data-key=C]');
            await hands.follow('C');
            await hands.follow('A');
        },
        async came(office, page) {
            await isDone(page);
            const { line, stages } = await requestOf(this.asked);
            assert.deepEqual([line.state, stages.map((one) => one.state)], ['done', ['approved']], 'what the student reads');
        },
    },
    'Find a student and what was issued': {
        async make(office, page) {
            this.paper = await printed(KNOWN);
            await office.go(page, '/office/hall?l=en');
        },
        async act(hands) {
            await hands.press('/');
            await hands.type(KNOWN[0], 'the number or the card');
            await hands.follow('Enter');
        },
        async came(office, page) {
            await sees(page, this.paper.number, words('say.students.delivery-printed'));
            const bearer = await sessionOf(KNOWN);
            const { looks } = (await kiosk('GET', '/kiosk/v1/looks', null, bearer)).json;
            assert.ok(looks.some((one) => one.by === 'staff' && one.kind === 'seen'), 'the student reads that somebody looked');
        },
    },
};

// Somebody at another page hears what needs them: beside the section's name, without reloading; who has nothing to do there sees nothing of it.
async function counted(office, page) {
    const of = (one, section) => one.locator(`.sections a[href^="/office/${section}"] b`);
    const stranger = await office.signIn('accounting'), scoped = await office.signIn(office.addStaff('nodira', 'front-office', 'window:2'));
    await office.go(stranger, '/office/invoices?l=en');
    for (const one of [page, scoped]) await office.go(one, '/office/students?l=en');
    const hall = async (one) => ((await of(one, 'hall').count()) ? Number(await of(one, 'hall').textContent()) : 0);
    const before = await hall(page), before2 = await hall(scoped);
    assert.equal((await kiosk('POST', '/kiosk/v1/calls', { key: randomUUID(), screen: 'form', service: '', language: 'uz', named: false })).status, 201);
    await page.waitForFunction((count) => document.querySelector('.sections a[href^="/office/hall"] b')?.textContent === String(count), before + 1);
    await scoped.waitForFunction((count) => document.querySelector('.sections a[href^="/office/hall"] b')?.textContent === String(count), before2 + 1);
    await ask(KNOWN, 'name-correction', { surname: 'Karimova', given: 'Dilnoza' });
    await of(page, 'requests').waitFor();
    assert.equal(await of(page, 'requests').textContent(), '1');
    assert.equal(await of(stranger, 'hall').count(), 0);
    assert.equal((await stranger.locator('.sections').innerText()).includes('Queue'), false);
    for (const one of [stranger, scoped]) await one.context().close();
}

export default async function play(office) {
    const page = await office.signIn('front-office'), rows = [];
    for (const [name, act] of Object.entries(acts)) {
        await act.make(office, page);
        const hands = new Hands(page);
        await act.act(hands);
        await act.came(office, page);
        rows.push(`| ${name} | ${hands.row} |`);
    }
    await counted(office, page);
    console.log(rows.join('\n'));
    const readme = readFileSync('README.md', 'utf8').split('\n');
    for (const row of rows) assert.ok(readme.includes(row), `README.md has another row than: ${row}`);
    assert.equal(readme.filter((line) => rows.includes(line)).length, rows.length);
}
