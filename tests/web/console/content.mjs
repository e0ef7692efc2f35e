// What the university edits of itself: each change is kept with its author, checked whole, shown beside as a kiosk shows it, and on a kiosk's glass
// at once. Rows come from commands and kiosks, not from the pages that show them.
import assert from 'node:assert/strict';
import path from 'node:path';
import { PATIENCE_MS } from '../browser.mjs';
import { Glass } from './glass.mjs';
import { text } from './office.mjs';

const HEARTBEAT_MS = 27_000; // between two of a kiosk's at least (src/kiosk/app/model.h): a change that is seen sooner after the last one came by its event

// Where the glass shows it: a visit keeps what it began with, so it looks again until it is there.
const RESTS = [[], []];
const OFFICE = [['tap attract.information', 'tap information.topic.office'], ['tap back', 'tap back', 'expect screen attract']];
const SERVICES = [[...OFFICE[0], 'tap information.page.services', 'expect screen article'], ['tap back', ...OFFICE[1]]];
const HOURS = [[...OFFICE[0], 'tap information.page.hours', 'expect screen article'], ['tap back', ...OFFICE[1]]];

const seen_after = { event: [], other: [] };
const heard_ms = (office) => Number(office.rows('SELECT max(seen_at_s) FROM kiosk')) * 1000;
// The glass has it, and by an event where the heartbeat after the one of before could not have told yet; a machine that is slower than that says nothing
// of events, so that they are counted in the end.
const seen = async (glass, [there, back], words, heard) => {
    const began = Date.now();
    for (let found = false; !found;) {
        found = (await glass.step(...there)).includes(words);
        await glass.step(...back);
        assert.ok(found || Date.now() - began < 2 * PATIENCE_MS, `"${words}" was not seen`);
    }
    seen_after[Date.now() < heard + HEARTBEAT_MS ? 'event' : 'other'].push(Date.now() - began);
};
const kept = async (office, page, glass, where, words) => {
    const heard = heard_ms(office);
    await page.click('.acts button[value=keep]');
    await page.waitForSelector('.said.well');
    await seen(glass, where, words, heard);
};

async function notices(office, page, glass) {
    const from = office.registrar('notice', 'add', office.data, '--uz', 'Kutubxona yopiq', '--until', '2030-01-01');
    assert.match(from, /Notice 1/);
    await glass.step('expect text "Kutubxona yopiq"');
    await office.go(page, '/office/content/notices?l=en');
    assert.match(await text(page, 'table'), /Kutubxona yopiq\s+missing/, 'a notice of the command, with languages that it lacks');
    assert.match(await text(page, 'table'), /administrator’s command/);
    await office.judge(page, 'content-notices');

    await page.click('table a');
    await page.fill('[name="f:texts.ru"]', 'Библиотека закрыта');
    await page.fill('[name="f:texts.uz"]', 'Kutubxona juma kuni yopiq');
    await page.click('button[name=show][value=ru]');
    assert.match(await text(page, '.g-notice'), /Библиотека закрыта/, 'shown as typed, and not kept');
    await office.judge(page, 'content-notice');
    await kept(office, page, glass, RESTS, 'Kutubxona juma kuni yopiq');
    await page.click('a[data-key=H]');
    assert.match(await text(page, '.revision >> nth=0'), /back-office/);
    assert.match(await text(page, '.revision table'), /Kutubxona juma kuni yopiq/);
    await office.judge(page, 'content-history');

    await office.go(page, '/office/content/notices/1?l=en');
    await page.fill('[name="f:until"]', '2020-01-01T10:00');
    await page.click('.acts button[value=keep]');
    assert.match(await text(page, '.wrong'), /over already/, 'beside its field');
    await page.click('summary.do.danger');
    await page.click('button[value=away]');
    await glass.step('expect gone notice');
}

async function services(office, page, glass) {
    await office.go(page, '/office/content?l=en');
    assert.ok(await page.locator('table tbody tr').count() > 40, 'services of the folder');
    await office.judge(page, 'content-services');
    await page.locator('td a', { hasText: 'Certificate of study' }).click();
    await office.judge(page, 'content-service');

    await page.fill('[name="f:titles.uz"]', 'Oʻqish maʼlumotnomasi');
    await page.fill('[name="f:titles.ru"]', '');
    await page.fill('[name="n:fee"]', 'many');
    await page.click('.acts button[value=keep]');
    assert.match(await text(page, '.wrong'), /missing: write it in/, 'the first fault beside its field');
    assert.equal(await page.inputValue('[name="f:titles.uz"]'), 'Oʻqish maʼlumotnomasi', 'what was typed is there still');
    await page.fill('[name="f:titles.ru"]', 'Справка об учёбе');
    await page.click('.acts button[value=keep]');
    assert.match(await text(page, '.wrong'), /whole number/);
    await page.fill('[name="n:fee"]', '12500');
    await page.click('button[name=show][value=uz]');
    assert.match(await text(page, '.glass'), /Oʻqish maʼlumotnomasi[^]*12.500\ssoʻm/);
    await page.fill('[name="n:fee"]', '');
    assert.equal(await page.locator('textarea[name=whole]').count(), 0);
    await kept(office, page, glass, SERVICES, 'Oʻqish maʼlumotnomasi');

    await page.click('a[data-key=H]');
    assert.match(await text(page, '.revision:nth-of-type(2)'), /came with the program/);
    const heard = heard_ms(office);
    await page.click('.revision:nth-of-type(2) button');
    await page.waitForSelector('.said.well');
    await seen(glass, SERVICES, 'Oʻqish joyidan maʼlumotnoma', heard);

    await page.click('a[href*="whole=yes"]');
    const whole = await page.inputValue('textarea[name=whole]');
    await page.fill('textarea[name=whole]', whole.replace('"day": 3', '"day": 3,'));
    await page.click('.acts button[value=keep]');
    assert.match(await text(page, '.notice.bad'), /line \d+/, 'a comma too many: told where, and still there');
    await page.fill('textarea[name=whole]', whole.replace('"day": 3', '"day": 5'));
    await page.click('.acts button[value=keep]');
    await page.waitForSelector('.said.well');
    assert.equal(await page.inputValue('[name="n:limit.day"]'), '5');

    await office.go(page, '/office/content/services/exam-list?l=en');
    await page.selectOption('[name=off]', 'off');
    await page.click('.acts button[value=keep]');
    await page.waitForSelector('.said.well');
    await office.go(page, '/office/content/services?l=en');
    assert.match(await text(page, 'tr:has(a[href*="/exam-list"])'), /Switched off/);
}

// Two people have the same page open: the second one is told who was faster, and loses no word.
async function race(office, page) {
    const other = await office.signIn('administrator');
    for (const one of [page, other]) await office.go(one, '/office/content/pages/admission?l=en');
    await page.fill('[name="f:help.en"]', 'How to apply, when and where');
    await other.fill('[name="f:help.en"]', 'Applying for a place');
    await page.click('.acts button[value=keep]');
    await page.waitForSelector('.said.well');
    await other.click('.acts button[value=keep]');
    assert.match(await text(other, '.notice.warn'), /back-office changed this/);
    assert.equal(await other.inputValue('[name="f:help.en"]'), 'Applying for a place');
    await office.go(page, '/office/content/pages/admission?l=en');
    assert.equal(await page.inputValue('[name="f:help.en"]'), 'How to apply, when and where', 'nothing was changed twice');
    await other.click('.acts button[value=keep]');
    await other.waitForSelector('.said.well');
    await other.context().close();
}

async function fresh(office, page) {
    await office.go(page, '/office/content/services?l=en');
    await page.click('.intro a.do');
    await page.fill('[name="f:id"]', 'lost-property');
    for (const [tag, title] of [['uz', 'Topilmalar'], ['uz-Cyrl', 'Топилмалар'], ['ru', 'Находки'], ['en', 'Lost property']])
        for (const field of ['titles', 'help', 'whom']) await page.fill(`[name="f:${field}.${tag}"]`, title);
    await page.click('.acts button[value=keep]');
    await page.waitForSelector('.said.well');
    await office.go(page, '/office/content/services?l=en');
    assert.match(await text(page, 'tr:has(a[href*="/lost-property"])'), /Lost property.*Shown/s, 'a service of the university\'s own');
}

async function pages(office, page, glass) {
    await office.go(page, '/office/content/pages/new?l=en');
    await page.fill('[name="f:id"]', 'winter-school');
    for (const [tag, title] of [['uz', 'Qishki maktab'], ['uz-Cyrl', 'Қишки мактаб'], ['ru', 'Зимняя школа'], ['en', 'Winter school']]) {
        await page.fill(`[name="f:titles.${tag}"]`, title);
        await page.fill(`[name="f:help.${tag}"]`, title);
        await page.fill(`[name="f:blocks[0].text.${tag}"]`, title);
    }
    await page.selectOption('[name=new-block]', 'list');
    await page.click('button[value=block]');
    for (const [tag, lines] of [['uz', 'bir\nikki'], ['uz-Cyrl', 'бир\nикки'], ['ru', 'один\nдва'], ['en', 'one']]) await page.fill(`[name="l:blocks[1].lines.${tag}"]`, lines);
    await page.click('.acts button[value=keep]');
    assert.match(await text(page, 'p.fault'), /2 · English: It is missing/, 'the second line lacks a language');
    await page.fill('[name="l:blocks[1].lines.en"]', 'one\ntwo');
    await office.judge(page, 'content-page');
    await page.click('button[value="up:blocks[1]"]');
    assert.equal(await page.inputValue('[name="l:blocks[0].lines.en"]'), 'one\ntwo');
    await kept(office, page, glass, OFFICE, 'Qishki maktab');
    await office.go(page, '/office/content/pages?l=en');
    assert.match(await text(page, 'tr:has(a[href*="/winter-school"])'), /back-office/);
}

async function calendar(office, page, glass) {
    await office.go(page, '/office/content/calendar?l=en');
    await page.fill('[name="f:hours.1"]', 'nine to five');
    await page.click('.acts button[value=keep]');
    assert.match(await text(page, '.wrong'), /09:00-17:00/);
    for (const day of [1, 2, 3, 4, 5]) await page.fill(`[name="f:hours.${day}"]`, '07:15–12:00, 13:00–19:45');
    await page.click('button[value=show]');
    assert.ok(await page.locator('.pairs del').count() > 0, 'what was promised before, and is promised then');
    await office.judge(page, 'content-calendar');
    await kept(office, page, glass, HOURS, '7:15');
    await page.click('summary.do.danger');
    await page.click('button[value=away]');
    await page.waitForSelector('.said.well');
    assert.doesNotMatch(await page.inputValue('[name="f:hours.1"]'), /07:15/);
}

async function campaigns(office, page) {
    office.registrar('campaign', 'add', office.data, 'retakes-of-spring', '--kind', 'retake', '--from', '2029-02-01', '--to', '2029-02-20');
    await office.go(page, '/office/content/campaigns?l=en');
    await page.locator('tr:has-text("Feb 2029") a').click();
    assert.match(await text(page, '.look'), /Retake/, 'which services ask for it');
    await page.fill('[name="f:to"]', '2029-01-20');
    await page.click('.acts button[value=keep]');
    assert.match(await text(page, '.wrong'), /end before it begins/);
    await page.fill('[name="f:to"]', '2029-03-01');
    await page.click('.acts button[value=keep]');
    await page.waitForSelector('.said.well');
    assert.match(office.registrar('campaign', 'list', office.data), /2029-03-01/);
    await office.go(page, '/office/content/campaigns?l=en');
    await office.judge(page, 'content-campaigns');
}

// Without a script and by keys alone: a field, Enter.
async function plain(office) {
    const page = await office.signIn('back-office', { scripts: false, language: 'ru' });
    await office.go(page, '/office/content/pages/admission?l=ru');
    await page.fill('[name="f:titles.ru"]', 'Приём');
    await page.press('[name="f:titles.ru"]', 'Enter');
    await page.waitForSelector('.said.well');
    assert.equal(await page.inputValue('[name="f:titles.ru"]'), 'Приём');
    await page.screenshot({ path: path.join(office.pictures, 'content-page-ru.png') });
    for (const [what, name] of [['services/certificate-of-study', 'service'], ['calendar', 'calendar'], ['notices/new', 'notice']]) {
        await office.go(page, `/office/content/${what}?l=uz`);
        await page.screenshot({ path: path.join(office.pictures, `content-${name}-uz.png`), fullPage: true });
    }
    await page.context().close();
}

export default async function play(office) {
    const glass = new Glass();
    try {
        await edit(office, glass);
        await glass.close();
    } finally {
        glass.child.kill();
    }
    const { event, other } = seen_after;
    console.log(`       told by events, on the glass after ${event.join(', ')} ms; by nobody knows what after ${other.join(', ')} ms`);
    assert.ok(event.length > other.length, 'events told too little');
}

async function edit(office, glass) {
    const page = await office.signIn('back-office');
    await glass.step('expect screen attract');
    await notices(office, page, glass);
    await services(office, page, glass);
    await fresh(office, page);
    await pages(office, page, glass);
    await race(office, page);
    await calendar(office, page, glass);
    await campaigns(office, page);
    await plain(office);
    const front = await office.signIn('front-office');
    const answer = await front.goto(`${office.people}/office/content?l=en`);
    assert.equal(answer.status(), 403, 'front office edits nothing');
}
