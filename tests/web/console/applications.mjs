// Applications: handed in at a kiosk and over its interface, decided here by two clerks, and what a scope leaves of them.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { kiosk, sessionOf } from './kiosk.mjs';
import { sees, text, words } from './office.mjs';

const STUDENTS = [['401241111939', 'qish8038'], ['401241145240', 'bahor8269'], ['401241192886', 'qish4900'], ['401241139512', 'kuz31989'], ['401241126919', 'kuz70902']];

const handIn = async (bearer, service, answers) => {
    const key = randomUUID(), answer = await kiosk('PUT', `/kiosk/v1/requests/${key}`, { service, language: 'uz', answers, again: false }, bearer);
    assert.equal(answer.status, 201, String(answer.bytes));
    return key;
};
const RACES = 5;
const day = (from) => new Date(Date.now() + 5 * 3600e3 + from * 86400e3).toISOString().slice(0, 10);

// Lines of a visit that hands something in (tests/journeys/applications).  The screen stands before the office has it.
const part = (name) => [...readFileSync(`tests/journeys/applications/${name}.part`, 'utf8').split('\n').filter((line) => line && !line.startsWith('#'))
    .map((line) => line.replace(/@day([+-]\d+)/, (_, from) => day(Number(from)).split('-').reverse().join('')).replace('@word', 'uz')), 'expect gone handed-in.waiting'];

// A phone sends a photograph of the paper; the set that the form then names.
const photographed = async (office, bearer) => {
    const offered = await kiosk('POST', '/kiosk/v1/papers', { service: 'excused-absence', field: 'proof' }, bearer);
    assert.equal(offered.status, 201, String(offered.bytes));
    const phone = await office.browser.newContext({ ignoreHTTPSErrors: true });
    const sent = await phone.request.post(office.people + new URL(offered.json.address).pathname.replace('/U/', '/u/'),
        { multipart: { photo: { name: 'paper.jpg', mimeType: 'image/jpeg', buffer: readFileSync('tests/web/photos/paper.jpg') } }, maxRedirects: 0 });
    assert.equal(sent.status(), 303);
    await phone.close();
    return offered.json.id;
};

const open = async (page, name, who = '') => {
    await page.locator('.inbox a[data-row]', { hasText: name }).filter({ hasText: who }).first().click();
    await page.locator('.inbox a[aria-current=true]', { hasText: name }).filter({ hasText: who }).waitFor();
    await page.locator('main h1', { hasText: name }).waitFor();
    await page.waitForLoadState();
};
const lists = async (page, count) => {
    const there = await page.locator('.inbox li').count();
    assert.equal(there, count, `applications in ${await text(page)}`);
};

export default async function play(office) {
    await office.visit('tap language.uz', 'type 401241100873', 'tap sign-in.password', 'type bahor2026', 'tap sign-in.enter', 'expect screen home',
        ...part('academic-leave'));
    for (const student of STUDENTS) await handIn(await sessionOf(student), 'name-correction', { surname: 'Karimova', given: 'Dilnoza' });
    const absence = await handIn(await sessionOf(STUDENTS[0]), 'excused-absence', { reason: 'illness', from: day(-6), to: day(-4), proof: 'window' });
    const bearer = await sessionOf(STUDENTS[1]);
    await handIn(bearer, 'excused-absence', { reason: 'illness', from: day(-6), to: day(-4), proof: `photo:${await photographed(office, bearer)}` });

    const front = await office.signIn('front-office'), other = await office.signIn(office.addStaff('zarina', 'front-office'));
    await office.go(front, '/office/requests?l=en');
    await lists(front, 8);
    await sees(front, 'Karimova', 'Academic leave', 'Choose an application');
    await office.judge(front, 'applications');

    await withoutScripts(office, front);
    await photographs(office, front);
    await wordsAndKeys(office, front, absence);
    await decides(office, front);
    await many(office, front, other);
    await race(office, front, other);
    await scopes(office, front);
    await ordersAndVisitors(office);
}

// Every page in every language, without scripts, as wide as a desk and as a phone; something is decided by the keyboard alone.
async function withoutScripts(office, front) {
        const path = (await front.locator('.inbox a[data-row]').first().getAttribute('href')).split('?')[0];
    const plain = await office.signIn('front-office', { scripts: false });
    await plain.setViewportSize({ width: 390, height: 800 });
    for (const language of ['uz', 'uz-Cyrl', 'ru', 'en'])
        for (const [target, id] of [['/office/requests', 'choose'], [path, 'rules'], ['/office/orders', 'orders-how'], ['/office/visitors', 'visitors-how'], ['/office/templates', 'templates-how']]) {
            await office.go(plain, `${target}?l=${language}`);
            await sees(plain, words(`applications.${id}`, language));
            assert.ok(await plain.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${target} in ${language}: wider than the window`);
        }
    await plain.setViewportSize({ width: 1366, height: 800 });
    const tabTo = async (words) => {
        for (let i = 0; i < 60; i++) {
            await plain.keyboard.press('Tab');
            if (await plain.evaluate((wanted) => /^(A|BUTTON)$/.test(document.activeElement.tagName) && document.activeElement.innerText.split('\n')[0].startsWith(wanted) &&
                !document.activeElement.innerText.startsWith(`${wanted}d`), words)) return;
        }
        assert.fail(`${words} is not reached with the keyboard`);
    };
    await office.go(plain, '/office/requests?l=en&q=oripova');
    await tabTo('Oripova');
    await Promise.all([plain.waitForNavigation(), plain.keyboard.press('Enter')]);
    await tabTo('Approve');
    await Promise.all([plain.waitForNavigation(), plain.keyboard.press('Enter')]);
    await sees(plain, 'Done.', 'approved · front-office');
    await plain.context().close();
}

// What a phone photographed stands beside, and each is opened by its figure.
async function photographs(office, page) {
    await office.go(page, '/office/requests?l=en&q=shokirov&service=excused-absence');
    await open(page, 'Excused absence');
    await sees(page, 'Look at the photograph');
    const image = page.locator('aside.papers img').first();
    await image.evaluate((node) => node.complete || new Promise((resolve) => { node.onload = node.onerror = resolve; }));
    assert.ok(await image.evaluate((node) => node.naturalWidth > 100), 'the photograph is shown');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('1')]);
    await sees(page, 'Photographed');
    await page.screenshot({ path: `${office.pictures}/application-photograph.png` });
}

// A template is kept, put in by one key, and said to the student, who reads it at a kiosk in the language of the request.
async function wordsAndKeys(office, page, key) {
    await office.go(page, '/office/templates?l=en');
    await page.click('summary[data-key=N]');
    await page.fill('textarea[name="words.uz"]', 'Maʼlumotnoma muhrsiz: muhrlisini olib keling.');
    await page.fill('textarea[name="words.en"]', 'The certificate has no stamp: bring one that has.');
    await page.click('details.template[open] button.do:not(.danger)');
    await sees(page, 'The certificate has no stamp');
    await office.judge(page, 'templates');

    await office.go(page, '/office/requests?l=en');
    await page.keyboard.press('j');
    await page.waitForSelector('main h1');
    const first = await page.textContent('main h1');
    await page.keyboard.press('j');
    await page.waitForFunction((before) => document.querySelectorAll('.inbox a[aria-current=true]').length === 1 && document.querySelector('.inbox a[aria-current=true]') !==
        document.querySelector('.inbox a[data-row]') && before, first);
    await open(page, 'Excused absence', 'Hakimova');
    await sees(page, 'Rules checked', 'HEMIS', 'to be brought to the window', 'illness'.slice(1));
    await office.judge(page, 'application');
    await page.click('button[data-key=S]');
    await page.waitForSelector('.said.well');
    await sees(page, 'was seen');
    await page.keyboard.press('w');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'words');
    await page.keyboard.press('Escape');
    await page.keyboard.press('e');
    assert.equal(await page.inputValue('#words'), 'Maʼlumotnoma muhrsiz: muhrlisini olib keling.');
    await page.keyboard.press('Escape');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('q')]);
    await sees(page, 'Returned to the student');
    const told = await kiosk('GET', `/kiosk/v1/requests/${key}`, null, await sessionOf(STUDENTS[0]));
    assert.ok(String(told.bytes).includes('muhrlisini olib keling'), String(told.bytes));
    await office.go(page, '/office/requests?l=en&list=returned');
    await lists(page, 1);
}

// Approved by one key: it goes on to the next unit, or is done.
async function decides(office, page) {
    await office.go(page, '/office/requests?l=en');
    await open(page, 'Academic leave');
    await sees(page, 'it goes on to: Dean');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('a')]);
    await sees(page, 'Done.', 'Choose an application');
    assert.ok(!(await text(page)).includes('Academic leave'), 'it is with the dean now');
}

// Several at once: each by the epoch that was seen, and each is told.
async function many(office, page, other) {
    await office.go(page, '/office/requests?l=en&service=name-correction');
    await office.go(other, '/office/requests?l=en&service=name-correction');
    const boxes = page.locator('.inbox input[name=pick]');
    assert.equal(await boxes.count(), 4);
    await boxes.nth(0).check(); // and news of the other clerk does not take them away
    await boxes.nth(1).check();
    await other.locator('.inbox input[name=pick]').nth(1).check();
    await other.click('summary[data-key=M]');
    await other.fill('#many-words', 'Pasport kerak');
    await Promise.all([other.waitForNavigation(), other.click('.many button[value=decline]')]);
    await sees(other, 'Done: 1. Not changed: 0.');
    await page.click('summary[data-key=M]');
    await Promise.all([page.waitForNavigation(), page.click('.many button[value=approve]')]);
    await sees(page, 'Done: 1. Not changed: 1.');
    const shown = await page.$('#page');
    await office.go(other, `/office/requests/${(await boxes.first().getAttribute('value')).split('.')[0]}?l=en`);
    await Promise.all([other.waitForNavigation(), other.keyboard.press('c')]);
    await page.waitForFunction((before) => document.querySelector('#page') !== before, shown); // it changed while it was read,
    await sees(page, 'Done: 1. Not changed: 1.'); // and what was said stays
    await office.judge(page, 'applications-many');
    await office.go(page, '/office/requests?l=en&list=over');
    await sees(page, 'Declined');
}

// Two browsers send the same act of the same epoch at once: one is done, the other is told, every time (race.mjs does it two hundred times).
async function race(office, page, other) {
    await office.go(page, '/office/requests?l=en&service=name-correction');
    const [id, epoch] = (await page.locator('.inbox input[name=pick]').first().getAttribute('value')).split('.');
    const send = async (who, form) => {
        const answer = await who.context().request.post(`${office.people}/office/requests/${id}?l=en`, { form, maxRedirects: 0, ignoreHTTPSErrors: true, headers: { Origin: office.people } });
        return answer.status();
    };
    const csrf = async (who) => {
        await office.go(who, `/office/requests/${id}?l=en`);
        return who.locator('#approve input[name=csrf]').getAttribute('value');
    };
    const tokens = [await csrf(page), await csrf(other)];
    for (let i = 0; i < RACES; i++) {
        const form = { epoch: String(Number(epoch) + i), act: 'claim' };
        const both = await Promise.all([send(page, { ...form, csrf: tokens[0] }), send(other, { ...form, csrf: tokens[1] })]);
        assert.deepEqual(both.sort(), [303, 412], `round ${i}`);
    }
    await office.go(page, `/office/requests/${id}?l=en`);
    assert.equal(await page.locator('#approve input[name=epoch]').getAttribute('value'), String(Number(epoch) + RACES));
    const form = { epoch: String(Number(epoch) + RACES), act: 'approve' };
    const both = await Promise.all([send(page, { ...form, csrf: tokens[0] }), send(other, { ...form, csrf: tokens[1] })]);
    assert.equal(both.filter((status) => status === 303).length, 1, String(both));
}

// The dean of this faculty sees what came to the dean; the dean of another sees nothing, and is told that there is nothing.
async function scopes(office, front) {
    const dean = await office.signIn(office.addStaff('dekan', 'dean', 'faculty:401-101')), stranger = await office.signIn(office.addStaff('begona', 'dean', 'faculty:401-999'));
    await office.go(dean, '/office/requests?l=uz');
    await lists(dean, 1);
    await open(dean, 'Akademik taʼtil');
    await office.judge(dean, 'application-dean');
    const address = dean.url().split('?')[0].slice(office.people.length);
    await office.go(stranger, '/office/requests?l=en&q=karimova');
    await lists(stranger, 0);
    await office.go(stranger, `${address}?l=en`);
    await sees(stranger, 'There is no such application');
    await office.go(front, `${address}?l=en`);
    await sees(front, 'There is no such application');
}

async function ordersAndVisitors(office) {
    const dean = await office.signIn(office.addStaff('boshliq', 'dean,back-office'));
    await office.go(dean, '/office/requests?l=en');
    await open(dean, 'Academic leave');
    await Promise.all([dean.waitForNavigation(), dean.keyboard.press('a')]);
    await dean.fill('input[name="staff.from"]', day(10));
    await dean.fill('input[name="staff.to"]', day(300));
    await Promise.all([dean.waitForNavigation(), dean.click('#approve button[data-key=A]')]);
    await sees(dean, 'The order is drafted');
    await office.go(dean, '/office/orders?l=en');
    await sees(dean, 'Academic leave', 'Number of the order');
    await office.judge(dean, 'orders');
    await dean.fill('input[name=number]', '117-T');
    await dean.fill('input[name=day]', day(0));
    await Promise.all([dean.waitForNavigation(), dean.click('form:has(input[value=issue]) button')]);
    await sees(dean, 'The list is empty.');
    // Somebody without an account hands in at a kiosk: their passport is still to be seen.
    office.registrar('campaign', 'add', office.data, 'open', '--kind', 'admission', '--from', day(-1), '--to', day(30));
    await office.go(dean, '/office/visitors?l=en');
    await sees(dean, words('applications.none'));
    await office.visit(...part('to-visitor'), ...part('admission'));
    await dean.locator('main tr', { hasText: 'Rahimov' }).waitFor();
    await office.go(dean, '/office/visitors?l=ru');
    await sees(dean, 'Rahimov Jasur');
    await office.judge(dean, 'visitors');
}
