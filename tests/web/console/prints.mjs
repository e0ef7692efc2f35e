// The print queue: papers that a kiosk and its printer brought into trouble, and what two clerks do about them, by keys.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { kiosk, sessionOf } from './kiosk.mjs';
import { text, words } from './office.mjs';

const env = process.env;
const NUMBERS = [['401241111939', 'qish8038'], ['401241145240', 'bahor8269'], ['401241192886', 'qish4900'], ['401241139512', 'kuz31989'], ['401241126919', 'kuz70902']];

// A certificate that a student asked for at the kiosk, with its job; the bearer is theirs.
const ask = async (student) => {
    const bearer = await sessionOf(student);
    const answer = await kiosk('PUT', `/kiosk/v1/requests/${randomUUID()}`, { service: 'certificate-of-study', language: 'uz', answers: { receiver: 'any' }, again: false }, bearer);
    assert.ok(answer.json?.print_job, String(answer.bytes));
    return { bearer, paper: answer.json, job: answer.json.print_job };
};
// It took the page, and nobody knows what became of it.
const lose = async ({ bearer, paper, job }) => {
    assert.equal((await kiosk('GET', `/kiosk/v1/copies/${paper.copy}/page?epoch=${job.epoch}`, null, bearer)).status, 200);
    assert.equal((await kiosk('PUT', `/kiosk/v1/print-jobs/${job.id}`, { epoch: job.epoch, state: 'unknown', no_byte_left: false, sheets: -1, printer_uuid: '', printer_job: 0 })).json.state, 'unknown');
};
const stateOf = async (job) => (await kiosk('PUT', `/kiosk/v1/print-jobs/${job.id}`, { epoch: 0, state: 'unknown', no_byte_left: false, sheets: -1, printer_uuid: '', printer_job: 0 })).json;

const word = (name, ...filled) => words(`say.prints.${name}`, 'en', ...filled);
const row = (page, job) => page.locator(`tr[data-job="${job}"]`);
const says = (page, job, ...name) => row(page, job).getByText(word(...name)).first().waitFor();
const open = async (office, page, job, list = '') => {
    await office.go(page, `/office/prints?l=en${list}&job=${job}`);
    await page.waitForSelector('aside h2');
};
const press = async (page, key) => { await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]); };
const said = (page) => page.locator('.said').innerText();
const details = (page) => text(page, 'aside');
const openedJob = (page) => new URL(page.url()).searchParams.get('job');

export default async function play(office) {
    const page = await office.signIn('front-office');
    await office.go(page, '/office/prints?l=en');
    await fromAKiosk(office, page);
    await heldAndMoved(office, page);
    await unknown(office, page);
    await atTheWindow(office, page);
    await found(office, page);
    await twoClerks(office, page);
    await looks(office, page);
}

// The kiosk's printer gives its job up: the row comes by itself, and the paper is printed anew at the window, all by keys.
async function fromAKiosk(office, page) {
    execFileSync('printers/fault', [env.OFFICE_PRINTER, 'abort']);
    await office.visit('expect screen attract', 'tap language.uz', 'type 401241100873', 'tap sign-in.password', 'type bahor2026', 'tap sign-in.enter', 'expect screen home',
        'tap home.service.certificate-of-study', 'tap service.continue', 'tap form.receiver.any', 'tap form.next', 'expect screen preview', 'expect preview.page',
        'tap preview.print', 'expect screen fault', 'tap finish', 'expect screen attract');
    execFileSync('printers/fault', [env.OFFICE_PRINTER, 'clear']);
    await office.go(page, '/office/prints?l=en&state=over');
    const line = page.locator('tr[data-job]', { hasText: 'Karimova' }).first();
    await line.waitFor();
    const job = await line.getAttribute('data-job');
    await open(office, page, job, '&state=over');
    assert.match(await details(page), new RegExp(`${word('told-cancelled')}|${word('told-aborted')}`));
    assert.match(await details(page), /Kiosk /);
    await page.keyboard.press('R');
    await page.selectOption('details[open] select[name=reason]', 'jam');
    await page.selectOption('details[open] select[name=to]', '@window');
    await Promise.all([page.waitForNavigation(), page.press('details[open] input[name=words]', 'Enter')]);
    assert.match(await said(page), /Done/);
    const again = openedJob(page);
    assert.notEqual(again, job, 'a new copy');
    assert.match(await details(page), /Copies of this document: 2/);
    await office.go(page, '/office/prints?l=en&state=over');
    await says(page, job, 'replaced');

    // Its page comes once; who fetched it says what came of it, and gives it away.
    await open(office, page, again);
    const [answer] = await Promise.all([page.context().waitForEvent('response', (one) => one.request().method() === 'POST'), page.keyboard.press('W')]);
    assert.match(answer.headers()['content-type'], /pdf/);
    await says(page, again, 'at-you');
    await open(office, page, again);
    await press(page, 'P');
    await says(page, again, 'to-hand-out');
    await press(page, 'C');
    assert.match(await said(page), /Done/);
    await office.go(page, '/office/prints?l=en&state=over');
    await says(page, again, 'collected');
}

// Held with a reason, moved while it is held, released: it is where it was moved to, and was held all the time.
async function heldAndMoved(office, page) {
    const { job } = await ask(NUMBERS[0]);
    await open(office, page, job.id);
    await page.keyboard.press('H');
    await page.selectOption('details[open] select[name=reason]', 'student-comes');
    await page.fill('details[open] input[name=words]', 'at three');
    await Promise.all([page.waitForNavigation(), page.press('details[open] input[name=words]', 'Enter')]);
    await says(page, job.id, 'is-held', word('why-student-comes'));
    assert.match(await details(page), /at three/);
    assert.equal((await stateOf(job)).state, 'held', 'what the kiosk is told');
    await page.keyboard.press('M');
    await page.selectOption('details[open] select[name=to]', '@window');
    await Promise.all([page.waitForNavigation(), page.click('details[open] button')]);
    await says(page, job.id, 'is-held', word('why-student-comes'));
    assert.match(await row(page, job.id).innerText(), /Window/);
    await press(page, 'H');
    await says(page, job.id, 'is-waiting');
    assert.match(await details(page), new RegExp(word('did-move', word('window'))));

    // Without a reason nothing is held; cancelled with one it is over.
    const before = await stateOf(job);
    await page.keyboard.press('H'); // from here on the page stays as it is, whatever happens elsewhere
    await page.evaluate(() => { const form = document.querySelector('button[value=hold]').form; form.querySelector('option').value = ''; form.querySelector('select').selectedIndex = 0; });
    await Promise.all([page.waitForNavigation(), page.click('details[open] button[value=hold]')]);
    assert.doesNotMatch(await said(page), /Done/);
    assert.deepEqual(await stateOf(job), before, 'nothing changed');
    await page.keyboard.press('X');
    await Promise.all([page.waitForNavigation(), page.click('details[open] button[value=cancel]')]);
    assert.equal((await stateOf(job)).state, 'cancelled');
}

// Nobody knows whether it came out: it stands first, calls for a person, and is said once.
async function unknown(office, page) {
    // What a student asks for after the page was made and before it listens is shown all the same.
    let listen;
    const listening = new Promise((resolve) => { listen = resolve; });
    await page.route('**/office/live?*', async (route) => { await listening; await route.continue(); });
    await office.go(page, '/office/prints?l=en');
    const asked = await ask(NUMBERS[1]);
    listen();
    await row(page, asked.job.id).waitFor();
    await page.unroute('**/office/live?*');
    await lose(asked);
    await says(page, asked.job.id, 'unknown');
    await page.waitForFunction(() => /^\([1-9]\d*\) /.test(document.title));
    assert.equal(await page.locator('tr[data-job]').first().getAttribute('data-job'), asked.job.id, 'what needs somebody comes first');
    await page.keyboard.press('ArrowDown');
    await page.waitForSelector('aside h2');
    assert.match(await details(page), /nobody knows/);
    await office.judge(page, 'prints-unknown');
    await press(page, 'N');
    assert.equal((await stateOf(asked.job)).state, 'cancelled');
    assert.match(await details(page), new RegExp(word('did-none')));
}

// Somebody else takes the paper home: their name is asked for.
async function atTheWindow(office, page) {
    const asked = await ask(NUMBERS[2]);
    await open(office, page, asked.job.id);
    await page.keyboard.press('M');
    await page.selectOption('details[open] select[name=to]', '@window');
    await Promise.all([page.waitForNavigation(), page.click('details[open] button')]);
    await page.keyboard.press('W');
    await says(page, asked.job.id, 'at-you');
    await open(office, page, asked.job.id);
    await press(page, 'P');
    await page.keyboard.press('O');
    await page.fill('details[open] input[name=name]', 'Karimov Baxtiyor');
    await page.fill('details[open] input[name=paper]', 'AB1234567');
    await Promise.all([page.waitForNavigation(), page.press('details[open] input[name=paper]', 'Enter')]);
    assert.match(await said(page), /Done/);
    assert.match(await details(page), new RegExp(word('delivery-collected')));
}

async function found(office, page) {
    const { paper, job } = await ask(NUMBERS[3]);
    for (const typed of [paper.number, paper.number.replace('/0', '/').toLowerCase(), NUMBERS[3][0], paper.code]) {
        await office.go(page, `/office/prints?l=en&q=${encodeURIComponent(typed)}`);
        await row(page, job.id).waitFor();
    }
    const name = (await row(page, job.id).locator('td').nth(2).innerText()).split(' ')[0];
    await office.go(page, `/office/prints?l=en&q=${encodeURIComponent(name)}`);
    await row(page, job.id).waitFor();
    await office.go(page, '/office/prints?l=en&q=%D0%AF%D0%AF%D0%AF');
    assert.match(await page.locator('main').innerText(), /Nothing was found/);
    for (const [query, there] of [['state=waiting', 1], ['state=held', 0], ['printer=Nobody', 0], ['sort=due', 1], ['sort=oldest', 1], ['sort=newest', 1]]) {
        await office.go(page, `/office/prints?l=en&${query}`);
        assert.equal(await row(page, job.id).count(), there, query);
    }
}

// Two clerks with the same page: one holds it, the other is told and changes nothing.
async function twoClerks(office, page) {
    const { job } = await ask(NUMBERS[4]);
    const other = await office.signIn(office.addStaff('malika', 'front-office'));
    for (const one of [page, other]) await open(office, one, job.id);
    const act = (one, deed) => one.evaluate(async ([name, id]) => {
        const form = document.querySelector(`aside button[value=${name}]`).form, body = new URLSearchParams(new FormData(form));
        body.set('deed', name);
        const answer = await fetch(`/office/prints?l=en&job=${id}`, { method: 'POST', body });
        return new URL(answer.url).searchParams.get('said');
    }, [deed, job.id]);
    const came = await Promise.all([act(page, 'hold'), act(other, 'cancel')]);
    assert.equal(came.filter((slug) => slug === 'done').length, 1, String(came));
    assert.ok(came.every((slug) => ['done', 'changed', 'decided'].includes(slug)), String(came));
}

async function looks(office, page) {
    await office.go(page, '/office/prints?l=en');
    await office.judge(page, 'prints');
    for (const language of ['uz', 'ru', 'uz-Cyrl']) {
        await office.go(page, `/office/prints?l=${language}`);
        await page.keyboard.press('ArrowDown');
        await page.waitForSelector('aside h2');
        await page.screenshot({ path: path.join(office.pictures, `prints-${language}.png`) });
    }
    const plain = await office.signIn('front-office', { scripts: false });
    await office.go(plain, '/office/prints?l=en&state=over');
    await plain.locator('tr[data-job] a').first().click();
    await plain.waitForSelector('aside h2');
    const nobody = await office.signIn('accounting');
    assert.equal((await nobody.goto(`${office.people}/office/prints`)).status(), 403);
}
