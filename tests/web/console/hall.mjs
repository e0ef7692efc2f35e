// The hall: tickets taken at a kiosk, called, passed on and served at two windows; calls for a person with what happened there.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { kiosk, sessionOf } from './kiosk.mjs';
import { sees, text, words } from './office.mjs';

const STUDENT = ['401241100873', 'bahor2026'];
const number = (page) => page.locator('p.called b');
const pressed = (page, key) => Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
// A list that follows what happens: without anybody reloading it.
const hears = (page, words) => page.waitForFunction((wanted) => document.body.innerText.includes(wanted), words);

const takes = (office, topic) => office.visit('tap attract.ticket', 'expect screen topics', `tap topics.${topic}`, 'expect screen ticket', 'tap finish', 'expect screen attract');

export default async function play(office) {
    const first = await office.signIn('front-office'), second = await office.signIn(office.addStaff('nodira', 'front-office', 'window:2'));
    await itsWindow(first);
    await takes(office, 'papers');
    await hears(first, 'A-001');
    assert.match(await first.title(), /^\(1\) /);
    await takes(office, 'account');
    await hears(first, 'F-001');
    await office.go(first, '/office/hall?l=en'); // what it loads is counted from here
    await office.judge(first, 'hall');
    await called(office, first, second);
    await missed(office, first);
    await help(office, first);
    await languages(office);
    await first.keyboard.press('e');
    await hears(first, 'closed');
    await pressed(second, 'e');
    await sees(second, 'closed');
}

// Chosen once: the next visit to the page leads to the same window.
async function itsWindow(page) {
    await page.goto(`${page.url().split('/office')[0]}/office/hall?l=en`);
    await sees(page, 'Which window is yours?');
    await Promise.all([page.waitForNavigation(), page.click('.choose a[href*="window=1"]')]);
    await pressed(page, 'o');
    await sees(page, 'Window 1', 'open');
    await page.goto(page.url().replace(/[?].*/, '?l=en'));
    assert.equal(await page.locator('.chips a[aria-current]').count(), 1, 'the window is remembered');
}

// One key calls the next; passed on to a window that is for it alone, the ticket is called there, and served.
async function called(office, first, second) {
    await pressed(first, 'n');
    assert.equal(await number(first).textContent(), 'A-001');
    await sees(first, 'Certificates and documents', 'times: 1');
    await office.go(first, '/office/hall?l=en');
    await office.judge(first, 'hall-called');
    await pressed(first, 'r');
    await sees(first, 'times: 2');
    await pressed(first, 'a');
    await sees(first, 'at the window');
    await first.keyboard.press('p');
    await first.selectOption('select[name=to]', 'window:2');
    await Promise.all([first.waitForNavigation(), first.click('details.act[open] button.do')]);
    assert.equal(await number(first).count(), 0);

    await second.goto(`${office.people}/office/hall?l=en&window=1`);
    assert.equal(await second.locator('[data-key=O]').count(), 0, 'a window outside of the scope is not theirs to open');
    await second.goto(`${office.people}/office/hall?l=en`);
    await sees(second, 'Window 2');
    await pressed(second, 'o');
    await pressed(second, 'n');
    assert.equal(await number(second).textContent(), 'A-001');
    await pressed(second, 's');
    assert.ok(!(await text(second)).includes('A-001'));
}

// Who did not come is called once more when they turn up after all.
async function missed(office, page) {
    await pressed(page, 'n');
    assert.equal(await number(page).textContent(), 'F-001');
    await pressed(page, 'x');
    await sees(page, 'Did not come', 'F-001');
    // The page is made anew while the finger is on the button: it is pressed all the same.
    await page.hover('.missed button');
    await page.mouse.down();
    await takes(office, 'account');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await Promise.all([page.waitForNavigation(), page.mouse.up()]);
    assert.equal(await number(page).textContent(), 'F-001');
    await pressed(page, 's');
    await pressed(page, 'n');
    assert.equal(await number(page).textContent(), 'F-002');
    await pressed(page, 's');
    await pressed(page, 'b');
    await sees(page, 'pause');
    await pressed(page, 'b');
}

// Nobody knows whether a paper came out, and its student calls: where, since when, what happened; who comes learns the name.
async function help(office, page) {
    const bearer = await sessionOf(STUDENT);
    const { json: paper } = await kiosk('PUT', `/kiosk/v1/requests/${randomUUID()}`, { service: 'certificate-of-study', language: 'uz', answers: { receiver: 'any' }, again: true }, bearer);
    const job = `/kiosk/v1/print-jobs/${paper.print_job.id}`, epoch = paper.print_job.epoch;
    await kiosk('GET', `/kiosk/v1/copies/${paper.copy}/page?epoch=${epoch}`, null, bearer);
    for (const [state, sheets] of [['sent', -1], ['unknown', -1]]) {
        const told = await kiosk('PUT', job, { epoch, state, sheets, no_byte_left: false, printer_uuid: '', printer_job: 7 });
        assert.ok(told.status < 300, `${state}: ${told.status} ${told.bytes}`);
    }
    const call = await kiosk('POST', '/kiosk/v1/calls', { key: randomUUID(), screen: 'fault', service: 'certificate-of-study', language: 'uz', named: true }, bearer);
    assert.equal(call.status, 201);
    await hears(page, 'Somebody at a kiosk needs a person');
    await sees(page, 'something went wrong', 'Certificate of study', 'it is not known whether the sheet came out', 'Printer:');
    assert.ok(!(await text(page)).includes('Karimova Dilnoza'), 'the name is for who comes');
    assert.match(await page.title(), /^\(1\) /);
    await office.go(page, '/office/hall?l=en');
    await office.judge(page, 'hall-call');
    await pressed(page, 'c');
    await sees(page, 'Coming: front-office', 'Karimova');
    assert.equal((await kiosk('GET', `/kiosk/v1/calls/${call.json.id}`, null)).json.state, 'coming');
    await page.click('.calls button[value=over]');
    await page.waitForFunction(() => !document.querySelector('.calls'));
}

async function languages(office) {
    const plain = await office.signIn('front-office', { scripts: false });
    for (const language of ['uz', 'uz-Cyrl', 'ru', 'en']) {
        await office.go(plain, `/office/hall?l=${language}`);
        await sees(plain, words('hall.lines', language));
        await plain.screenshot({ path: `${office.pictures}/hall-${language}.png` });
    }
    await plain.context().close();
}
