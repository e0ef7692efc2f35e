// Students: found by name in either script and by card, looked at, asked for at the window by the rules of their own glass; and they hear of it.
import assert from 'node:assert/strict';
import { sessionOf, kiosk } from './kiosk.mjs';
import { text as read } from './office.mjs';

const DILNOZA = ['401241100873', 'bahor2026'];
const OTHER = ['401241111939', 'qish8038'];
const text = (page, selector = 'main') => read(page, selector);
const press = async (page, key) => { await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]); };

export default async function play(office) {
    await office.visit('expect screen attract', 'tap language.uz', `type ${DILNOZA[0]}`, 'tap sign-in.password', `type ${DILNOZA[1]}`, 'tap sign-in.enter', 'expect screen home',
        'tap home.service.certificate-of-study', 'tap service.continue', 'tap form.receiver.any', 'tap form.next', 'expect screen preview', 'expect preview.page',
        'tap preview.print', 'expect screen done', 'tap done.finish', 'expect screen attract');
    const page = await office.signIn('front-office');
    await found(office, page);
    await looked(office, page);
    await sees(office, page);
    await asked(office, page);
    await heard();
    await scoped(office);
    await bare(office);
}

// Whatever is typed or scanned leads to the student.
async function found(office, page) {
    for (const name of ['каримова дил', 'Karimova Dilnoza', 'dilnoza karim', 'Каримова']) {
        await office.go(page, '/office/students?l=en');
        await page.fill('#seek', name);
        await press(page, 'Enter');
        await page.locator('table.found a', { hasText: 'Karimova Dilnoza' }).first().waitFor();
    }
    await office.judge(page, 'students-found');
    await page.fill('#seek', 'zzyzx qqq');
    await press(page, 'Enter');
    assert.match(await text(page), /No such student/);
    await office.go(page, '/office/students?l=ru');
    await page.fill('.top .find input[name=q]', `UZ-CARD:${DILNOZA[0]}`); // as a reader types a card's code, and then Enter
    await press(page, 'Enter');
    assert.match(page.url(), new RegExp(`/office/students/${DILNOZA[0]}`));
    assert.match(await text(page), /действителен/);
}

async function looked(office, page) {
    await office.go(page, `/office/students/${DILNOZA[0]}?l=en`);
    const said = await text(page);
    assert.match(said, /M-\d{4}\/\d{6}/);
    assert.match(said, /printed/);
    assert.match(said, /Certificate/);
    assert.match(said, /Standing/);
    assert.doesNotMatch(said, /61403064010270/, 'no PINFL');
    assert.equal(await page.locator('button[value=revoke]').count(), 0, 'a front office revokes nothing');
    await office.go(page, `/office/students/${DILNOZA[0]}?l=uz`);
    await office.judge(page, 'student');
}

// As the student's own glass says it, in the student's language.
async function sees(office, page) {
    await press(page, 's');
    assert.equal(await page.locator('.group h2').first().getAttribute('lang'), 'uz', 'the language of the last request');
    assert.match(await text(page), /Hujjatlar/);
    assert.ok(await page.locator('.services .done').count() > 3);
    assert.ok(await page.locator('.services .off').count() > 0);
    await office.judge(page, 'student-services');
}

// Asked for by a clerk: a form with its faults, a reason, once.
async function asked(office, page) {
    await office.go(page, `/office/students/${OTHER[0]}/services/certificate-of-study?l=en`);
    await office.judge(page, 'student-ask');
    await page.fill('input[name=reason]', 'phone is broken, the kiosk is busy');
    await Promise.all([page.waitForNavigation(), page.click('button[value=ask]')]);
    assert.match(await text(page, '.notice.bad'), /Mend the answer/);
    await page.selectOption('select[name="f.receiver"]', 'any');
    await page.selectOption('select[name=owner]', '@window');
    const again = await page.evaluate(() => `${new URLSearchParams(new FormData(document.querySelector('main form')))}&act=ask`);
    await Promise.all([page.waitForNavigation(), page.click('button[value=ask]')]);
    assert.match(page.url(), new RegExp(`/office/students/${OTHER[0]}\\?.*said=done`));
    const said = await text(page);
    assert.match(said, /asked for by the office/);
    assert.match(said, /waits to be printed/);
    assert.ok(await page.evaluate(async ([target, body]) => (await fetch(target, { method: 'POST', body, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } })).ok,
        [`/office/students/${OTHER[0]}/services/certificate-of-study?l=en`, again]));
    await office.go(page, `/office/students/${OTHER[0]}?l=en`);
    assert.equal(await page.locator('article.card').count(), 1, 'the same form asks once');
    await page.click('article.card .links a:has-text("print queue")');
    await page.waitForSelector('aside h2');
    assert.match(page.url(), /\/office\/prints\?/);
}

// The student reads who looked, and who asked.
async function heard() {
    const bearer = await sessionOf(OTHER);
    const looks = (await kiosk('GET', '/kiosk/v1/looks', null, bearer)).json.looks;
    assert.ok(looks.some((one) => one.by === 'staff' && one.kind === 'seen' && one.on === 'record'), JSON.stringify(looks));
    assert.ok(looks.some((one) => one.by === 'staff' && one.kind === 'issued'), JSON.stringify(looks));
}

// Who sees one faculty finds nobody of another.
async function scoped(office) {
    const page = await office.signIn(office.addStaff('dekan', 'dean', 'faculty:none-such'));
    await office.go(page, '/office/students?q=karimova&l=en');
    assert.match(await text(page), /No such student/);
    const answer = await page.goto(`${office.people}/office/students/${DILNOZA[0]}?l=en`);
    assert.equal(answer.status(), 404);
    assert.equal((await page.goto(`${office.people}/office/students/${DILNOZA[0]}/services?l=en`)).status(), 404);
    assert.equal((await page.goto(`${office.people}/office/students/${DILNOZA[0]}/services/certificate-of-study?l=en`)).status(), 403, 'no right to ask');
}

// Without scripts all of it works.
async function bare(office) {
    const page = await office.signIn('front-office', { scripts: false });
    await office.go(page, '/office/students?l=uz');
    await page.fill('#seek', DILNOZA[0]);
    await press(page, 'Enter');
    assert.match(await text(page), /amal qiladi/);
}
