// What an office has on its desk in the middle of a busy day, made through the doors by which it comes: kiosks, printers, programs, clerks at their pages.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { kiosk, printed, sessionOf } from '../web/console/kiosk.mjs';

const env = process.env;
const people = JSON.parse(readFileSync('assets/demo/university.json', 'utf8')).students.filter((one) => one.profile.status === '11').map((one) => [one.number, one.password]);
const day = (from) => new Date(Date.now() + 5 * 3600e3 + from * 86400e3).toISOString().slice(0, 10);

// An act of a clerk's, as the form of their page sends it.
export async function acts(page, target, fields) {
    const csrf = await page.evaluate(() => document.querySelector('input[name=csrf]')?.value);
    assert.ok(csrf, `a form on ${page.url()}`);
    const answer = await page.request.post(env.OFFICE_PEOPLE + target, { form: { csrf, ...fields }, maxRedirects: 0, headers: { Origin: env.OFFICE_PEOPLE } });
    assert.ok([200, 303].includes(answer.status()), `${target} ${JSON.stringify(fields)}: ${answer.status()}`);
    if (answer.status() === 303) assert.match(answer.headers().location, /said=(done|drafted)/, `${target} ${JSON.stringify(fields)}`);
}

// The register itself, for what no door tells or allows; a SELECT answers one JSON value.
const database = (sql) => JSON.parse(execFileSync('python3', ['-c', `import sqlite3, sys
d = sqlite3.connect(sys.argv[1], timeout=20)
r = None
for one in sys.argv[2].split(";"): r = d.execute(one).fetchone() or r
d.commit()
print(r[0] if r else "null")`, path.join(env.OFFICE_DATA, 'registrar.db'), sql], { encoding: 'utf8' }));

const asks = async (student, service, answers, language = 'uz') => {
    const bearer = await sessionOf(student);
    const key = randomUUID(), { status, json, bytes } = await kiosk('PUT', `/kiosk/v1/requests/${key}`, { service, language, answers, again: false }, bearer);
    assert.equal(status, 201, `${service} of ${student[0]}: ${bytes}`);
    return { bearer, key, ...json };
};
const tells = async (paper, state, sheets = -1, no_byte_left = false) => {
    const answer = await kiosk('PUT', `/kiosk/v1/print-jobs/${paper.print_job.id}`, { epoch: paper.print_job.epoch, state, sheets, no_byte_left, printer_uuid: 'urn:uuid:1', printer_job: 7 });
    assert.equal(answer.json?.state, state, String(answer.bytes));
};
const fetches = (paper) => kiosk('GET', `/kiosk/v1/copies/${paper.copy}/page?epoch=${paper.print_job.epoch}`, null, paper.bearer);

const CERTIFICATE = ['certificate-of-study', { receiver: 'any' }], TRANSCRIPT = ['transcript', { receiver: 'home' }], TIMETABLE = ['timetable', {}];

async function printers(office) {
    const started = [];
    for (const [name, place, ...fault] of [['Qabul-1', '1-qavat, 101-xona'], ['Qabul-2', '1-qavat, 101-xona', 'media-low'], ['Dekanat', '2-bino, 3-qavat, 305-xona', 'stopped', 'media-empty']]) {
        const dir = path.join(env.OFFICE_WORK, `printer-${name}`);
        const child = spawn(path.join(env.OFFICE_BUILD, 'fault_printer'), ['--dir', dir], { stdio: ['ignore', 'pipe', 'inherit'] });
        started.push(child);
        const uri = await new Promise((resolve) => { child.stdout.once('data', (bytes) => resolve(String(bytes).trim())); });
        office.registrar('printer', 'add', office.data, name, uri, '--place', place);
        if (fault.length) execFileSync('printers/fault', [dir, ...fault]);
    }
    return started;
}

// Jobs in every state that the queue knows; the newest of each is what its picture opens.
async function jobs(office, clerk) {
    const all = {};
    const make = async (name, student, [service, answers] = CERTIFICATE, language) => { all[name] = await asks(people[student], service, answers, language); return all[name]; };
    for (let i = 0; i < 14; i++) await make(`waiting${i}`, 12 + i, i % 3 ? CERTIFICATE : TIMETABLE, ['uz', 'ru', 'en'][i % 3]);
    for (let i = 0; i < 4; i++) await printed(people[30 + i]);
    await make('unknown', 1, TRANSCRIPT);
    await fetches(all.unknown);
    await tells(all.unknown, 'sent');
    await tells(all.unknown, 'unknown');
    await make('partly', 2, TRANSCRIPT);
    await fetches(all.partly);
    await tells(all.partly, 'sent');
    await tells(all.partly, 'partly', 2);
    await make('failed', 4);
    await fetches(all.failed);
    await tells(all.failed, 'sent');
    await tells(all.failed, 'aborted', 0);
    await make('sent', 5);
    await fetches(all.sent);
    await tells(all.sent, 'sent');
    await make('held', 6);
    await make('window', 7);
    await make('collected', 8);
    await make('cancelled', 9);
    await office.go(clerk, `/office/prints?l=uz&job=${all.held.print_job.id}`);
    const deed = async (name, order, fields = {}) => {
        const id = all[name].print_job.id;
        await office.go(clerk, `/office/prints?l=uz&job=${id}`);
        const epoch = await clerk.locator('aside input[name=epoch]').first().getAttribute('value');
        await acts(clerk, '/office/prints?l=uz', { deed: order, job: id, epoch, ...fields });
    };
    await deed('held', 'hold', { reason: 'student-comes', words: 'soat uchda keladi' });
    await deed('cancelled', 'cancel', { reason: await clerk.locator('details:has(button[value=cancel]) option').first().getAttribute('value'), words: '' });
    for (const name of ['window', 'collected']) {
        await deed(name, 'move', { to: '@window' });
        await deed(name, 'page');
        await deed(name, 'printed');
    }
    await deed('collected', 'hand-out');
    return all;
}

async function applications(office) {
    const made = {};
    const hand = async (name, student, service, answers, language) => { made[name] = await asks(people[student], service, answers, language); };
    const names = [[40, 'Usmonova', 'Dilnoza'], [41, 'Soliyev', 'Saidakbar'], [42, 'Ivanova', 'Anastasiya'], [43, 'Quryozova', 'Intizor'], [10, 'Saidova', 'Umida']];
    for (const [student, surname, given] of names) await hand(`name${student}`, student % 40 + 12, 'name-correction', { surname, given }, student % 2 ? 'ru' : 'uz');
    await hand('absence', 1, 'excused-absence', { reason: 'illness', from: day(-6), to: day(-4), proof: 'window' });
    await hand('absence-ru', 15, 'excused-absence', { reason: 'family', words: 'Свадьба сестры', from: day(-3), to: day(-2), proof: 'window' }, 'ru');
    await hand('leave', 5, 'academic-leave', { reason: 'military', from: day(7), to: day(360), 'military-paper': 'window' });
    await hand('leave-too', 29, 'academic-leave', { reason: 'military', from: day(7), to: day(360), 'military-paper': 'window' });
    await hand('card', 0, 'student-card-duplicate', { why: 'lost', language: 'uz' });
    await hand('card-paid', 3, 'student-card-duplicate', { why: 'lost', language: 'ru' }, 'ru');
    await hand('card-back', 7, 'student-card-duplicate', { why: 'lost', language: 'uz' });
    const bearer = await sessionOf(people[2]);
    const offered = await kiosk('POST', '/kiosk/v1/papers', { service: 'excused-absence', field: 'proof' }, bearer);
    const phone = await office.browser.newContext({ ignoreHTTPSErrors: true });
    for (let i = 0; i < 2; i++)
        await phone.request.post(office.people + new URL(offered.json.address).pathname.replace('/U/', '/u/'),
            { multipart: { photo: { name: 'paper.jpg', mimeType: 'image/jpeg', buffer: readFileSync('tests/web/photos/paper.jpg') } }, maxRedirects: 0 });
    await phone.close();
    await hand('photo', 2, 'excused-absence', { reason: 'illness', from: day(-6), to: day(-4), proof: `photo:${offered.json.id}` });
    const ids = database("SELECT json_group_object(client_key, id) FROM request");
    for (const one of Object.values(made)) one.id = ids[one.key];
    return made;
}

// Somebody without an account, at a kiosk.
async function visitor(office) {
    office.registrar('campaign', 'add', office.data, 'transfers-of-winter', '--kind', 'transfer', '--from', day(-1), '--to', day(30));
    const lines = ['to-visitor', 'transfer-here'].flatMap((name) => readFileSync(`tests/journeys/applications/${name}.part`, 'utf8').split('\n'));
    await office.visit(...lines.filter((line) => line && !line.startsWith('#')).map((line) => line.replace('@word', 'uz')));
}

// Days ago instead of a moment: no door leads into the past, and a desk has things that have waited.
function age(made) {
    const sql = Object.entries({ name40: [9, 4], name41: [4, 1], absence: [3, -0.05], leave: [1, -4] }).map(([name, [asked, late]]) =>
        `UPDATE request SET asked_at_s = asked_at_s - ${asked * 86400}, promised_at_s = ${Math.floor(Date.now() / 1000 - late * 86400)}, due_s = ${Math.floor(Date.now() / 1000 - late * 86400)} WHERE id = '${made[name].id}';`).join('\n');
    database(sql);
}

async function decided(office, made) {
    const front = await office.signIn('front-office'), dean = await office.signIn('dean');
    const open = async (page, name) => {
        await office.go(page, `/office/requests/${made[name].id}?l=uz`);
        return { target: `/office/requests/${made[name].id}?l=uz`, epoch: await page.locator('input[name=epoch]').first().getAttribute('value') };
    };
    const act = async (page, name, order, fields = {}) => { const { target, epoch } = await open(page, name); await acts(page, target, { epoch, act: order, ...fields }); };
    await office.go(front, '/office/templates?l=uz');
    await acts(front, '/office/templates?l=uz', { id: '', epoch: '0', act: 'keep', service: '', 'words.uz': 'Maʼlumotnoma muhrsiz: muhrlisini olib keling.', 'words.uz-Cyrl': 'Маълумотнома муҳрсиз: муҳрлисини олиб келинг.',
        'words.ru': 'На справке нет печати: принесите с печатью.', 'words.en': 'The certificate has no stamp: bring one that has.' });
    await act(front, 'name10', 'claim');
    await act(front, 'absence-ru', 'return', { words: 'Принесите справку с печатью поликлиники.' });
    await act(front, 'name43', 'decline', { words: 'Pasportda ism boshqacha yozilgan.' });
    await act(front, 'name42', 'approve');
    await act(front, 'leave', 'approve');
    await act(front, 'leave-too', 'approve');
    await act(dean, 'leave-too', 'approve');
    await act(await office.signIn('back-office'), 'leave-too', 'approve', { 'staff.from': day(10), 'staff.to': day(300) });
}

async function money(office, made) {
    const page = await office.signIn('accounting');
    for (const name of ['card-paid', 'card-back']) {
        await office.go(page, `/office/invoices?l=en&q=${made[name].number}`);
        await Promise.all([page.waitForNavigation(), page.locator('tr[data-href] a').first().click()]);
        await page.fill('input[name=reference]', name === 'card-paid' ? 'MUNIS 20261123-4711' : 'CLICK 77120934');
        await Promise.all([page.waitForNavigation(), page.press('input[name=reference]', 'Enter')]);
    }
    const clerk = await office.signIn('front-office');
    await office.go(clerk, `/office/requests/${made['card-back'].id}?l=uz`);
    await clerk.fill('#words', 'Guvohnoma topildi.');
    await Promise.all([clerk.waitForNavigation(), clerk.click('button[form=say][value=decline]')]);
}

async function hall(office, all) {
    const first = await office.signIn('front-office'), second = await office.signIn(office.addStaff('nodira', 'front-office', 'window:2'));
    const press = async (page, ...keys) => {
        for (const key of keys) {
            await page.waitForSelector(`[data-key=${key.toUpperCase()}]`);
            await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
        }
    };
    await office.go(first, '/office/hall?l=en&window=1');
    await press(first, 'o');
    await office.go(second, '/office/hall?l=en');
    await press(second, 'o');
    for (const [topic, student] of [['papers', 10], ['papers', 11], ['account', 12], ['applications', 13], ['papers', null], ['applications', 16], ['papers', null]]) {
        const taken = await kiosk('POST', '/kiosk/v1/tickets', { key: randomUUID(), topic }, student === null ? undefined : await sessionOf(people[student]));
        assert.equal(taken.status, 201, `${topic}: ${taken.bytes}`);
    }
    await press(first, 'n', 'x', 'n', 'a');
    await press(second, 'n');
    const call = await kiosk('POST', '/kiosk/v1/calls', { key: randomUUID(), screen: 'fault', service: 'transcript', language: 'uz', named: true }, all.unknown.bearer);
    assert.ok(call.status < 300, String(call.bytes));
}

async function papers(office) {
    const page = await office.signIn('back-office');
    const made = [];
    for (const i of [36, 37, 38, 39]) made.push({ ...(await printed(people[i])), student: people[i][0] });
    for (const [i, act, reason] of [[0, 'suspend', 'Imzo tekshirilmoqda'], [1, 'revoke', 'Boshqa talabaning maʼlumoti yozilgan']]) {
        await office.go(page, `/office/students/${made[i].student}?l=en`);
        const card = page.locator('article.card', { hasText: made[i].number });
        await card.locator('summary').click();
        await card.locator('input[name=reason]').fill(reason);
        if (await card.locator('input[name=totp]').count()) await card.locator('input[name=totp]').fill(office.code(page.person));
        await Promise.all([page.waitForNavigation(), card.locator(`button[value=${act}]`).click()]);
    }
    await office.go(page, '/office/revocations?l=en');
    await page.fill('textarea[name=numbers]', `${made[2].number}\n${made[3].number}`);
    await page.fill('section.card input[name=reason]', 'Buyruq bekor qilindi: 117-T');
    if (await page.locator('section.card input[name=totp]').count()) await page.locator('section.card input[name=totp]').last().fill(office.code(page.person));
    await Promise.all([page.waitForNavigation(), page.click('section.card form:has(input[value=propose]) button.do')]);
    return made;
}

async function blanks(office) {
    const keeper = await office.signIn('back-office');
    office.addStaff('sobir', 'back-office');
    const token = office.registrar('token', 'add', office.data, 'store', '--for', 'blanks').trim();
    for (const [kind, series, first, count] of [['academic-record', 'AM', 101, 40], ['academic-record', 'AN', 1, 12]])
        assert.equal((await keeper.request.post(`${office.people}/office/v1/blanks`, { headers: { Authorization: `Bearer ${token}` }, data: { kind, series, first, count } })).status(), 204);
    const open = async (number) => {
        await office.go(keeper, '/office/blanks?l=en&list=received');
        await keeper.click(`tr[data-href]:has-text("${number}") a`);
        await keeper.waitForSelector(`aside.details h2:has-text("${number}")`);
    };
    for (const number of ['AM-0000101', 'AM-0000102', 'AM-0000103']) {
        await open(number);
        await keeper.fill('form:has(button[value=issue]) input[name=holder]', 'sobir');
        await Promise.all([keeper.waitForNavigation(), keeper.click('button[value=issue]')]);
    }
    await keeper.keyboard.press('x');
    await keeper.fill('details.act[open] textarea[name=words]', 'Printerda yirtildi');
    await Promise.all([keeper.waitForNavigation(), keeper.click('details.act[open] button[value=spoil]')]);
}

function content(office) {
    office.registrar('notice', 'add', office.data, '--uz', 'Kutubxona juma kuni soat 14:00 dan yopiq', '--ru', 'Библиотека в пятницу закрыта с 14:00', '--until', '2030-01-01');
    office.registrar('notice', 'add', office.data, '--uz', 'Kuzgi qayta topshirish boshlandi', '--uz-Cyrl', 'Кузги қайта топшириш бошланди', '--ru', 'Осенние пересдачи начались', '--en', 'Autumn retakes have begun', '--until', '2030-01-01', '--warn');
    office.registrar('campaign', 'add', office.data, 'retakes-of-spring', '--kind', 'retake', '--from', '2027-02-01', '--to', '2027-02-20');
}

// A visit from the first touch to the paper in the hand.
const visit = (office) => office.visit('expect screen attract', 'tap language.uz', 'type 401241100873', 'tap sign-in.password', 'type bahor2026', 'tap sign-in.enter', 'expect screen home',
    'tap home.service.certificate-of-study', 'tap service.continue', 'tap form.receiver.any', 'tap form.next', 'expect screen preview', 'expect preview.page',
    'tap preview.print', 'patience 40', 'expect screen done', 'expect screen attract');

export async function rows(office) {
    const made = {};
    const did = async (name, work) => { const began = Date.now(); const result = await work(); console.log(`       rows: ${name}, ${Date.now() - began} ms`); return result; };
    made.printers = await did('printers', () => printers(office));
    if (!process.env.GALLERY_BRIEFLY) await did('visit', () => visit(office));
    made.jobs = await did('jobs', async () => jobs(office, await office.signIn('front-office')));
    made.applications = await did('applications', () => applications(office));
    await did('visitor', () => visitor(office));
    await did('decided', () => decided(office, made.applications));
    await did('money', () => money(office, made.applications));
    await did('hall', () => hall(office, made.jobs));
    made.papers = await did('papers', () => papers(office));
    await did('blanks', () => blanks(office));
    content(office);
    made.newcomer = office.addStaff('yangi', 'front-office');
    age(made.applications);
    return made;
}
