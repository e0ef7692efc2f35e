// Papers: suspended, valid again, replaced and revoked at the desk, by one and by two; the public page, the signed list and `registrar seal verify`
// without a network say so at once; and a paper is checked by its QR code, code or number.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { printed } from './kiosk.mjs';
import { text as read } from './office.mjs';

const env = process.env;
const STUDENTS = [['401241145240', 'bahor8269'], ['401241192886', 'qish4900'], ['401241139512', 'kuz31989']];
const text = (page, selector = 'main') => read(page, selector);
const work = (name) => path.join(env.OFFICE_WORK, name);

const fetched = async (page, target, name) => {
    const answer = await page.request.get(env.OFFICE_PEOPLE + target, { ignoreHTTPSErrors: true });
    assert.equal(answer.status(), 200, target);
    writeFileSync(work(name), await answer.body());
};
const publicPage = async (page, code) => (await (await page.request.get(`${env.OFFICE_PEOPLE}/v/${code}?l=en`)).text()).match(/<h1>([^<]*)/)[1];
// Far away, with the published list of this moment in the hand.
const verified = async (page, paper) => {
    writeFileSync(work('paper.pdf'), paper.pdf);
    await fetched(page, '/keys', 'keys.json');
    await fetched(page, '/status/1', 'status');
    const done = spawnSync(path.join(env.OFFICE_BUILD, 'registrar'), ['seal', 'verify', work('paper.pdf'), '--keys', work('keys.json'), '--status', work('status')],
        { encoding: 'utf8' });
    return { code: done.status, said: done.stdout };
};
const standsEverywhere = async (page, paper, word, list, code) => {
    assert.match(await publicPage(page, paper.code), word);
    const far = await verified(page, paper);
    assert.match(far.said, list);
    assert.equal(far.code, code);
};
const act = async (office, page, paper, student, name, reason) => {
    await office.go(page, `/office/students/${student}?l=en`);
    const card = page.locator('article.card', { hasText: paper.number });
    await card.locator('summary').click();
    await card.locator('input[name=reason]').fill(reason);
    if (name === 'replace') await card.locator('select[name=owner]').selectOption('@window');
    if (await card.locator('input[name=totp]').count()) await card.locator('input[name=totp]').fill(office.code(page.person));
    await Promise.all([page.waitForNavigation(), card.locator(`button[value=${name}]`).click()]);
};
const linkOf = (paper) => {
    writeFileSync(work('paper.pdf'), paper.pdf);
    execFileSync('pdftoppm', ['-r', '200', '-png', '-singlefile', work('paper.pdf'), work('paper')]);
    return execFileSync('zbarimg', ['--raw', '-q', work('paper.png')], { encoding: 'utf8' }).trim();
};

export default async function play(office) {
    const papers = [];
    for (const student of STUDENTS) papers.push(await printed(student));
    const page = await office.signIn('back-office');
    await changed(office, page, papers[0]);
    await replaced(office, page, papers[1]);
    await checked(office, page, papers);
    await twoPeople(office, page, papers);
    await twoClerks(office, page, papers);
}

async function changed(office, page, paper) {
    const [number] = STUDENTS[0];
    await standsEverywhere(page, paper, /Genuine/, /says: valid/, 0);
    await act(office, page, paper, number, 'suspend', 'is being looked at');
    assert.match(await text(page, '.said'), /Done/);
    assert.match(await text(page), /suspended/);
    assert.match(await text(page), /is being looked at/);
    await standsEverywhere(page, paper, /Suspended/, /says: suspended/, 1);
    await act(office, page, paper, number, 'lift', 'it was in order');
    await standsEverywhere(page, paper, /Genuine/, /says: valid/, 0);
    await act(office, page, paper, number, 'revoke', 'given to another student');
    await standsEverywhere(page, paper, /Revoked/, /says: revoked/, 1);
    assert.equal(await page.locator('article.card', { hasText: paper.number }).locator('summary').count(), 0, 'for ever');
    await office.judge(page, 'paper-revoked');
}

// The old sheet says so; the new one is the same document.
async function replaced(office, page, paper) {
    const [number] = STUDENTS[1];
    await act(office, page, paper, number, 'replace', 'wet through');
    assert.match(await text(page, '.said'), /Done/);
    await standsEverywhere(page, paper, /Replaced/, /replaced|revoked/, 1);
    assert.match(await text(page), /copy 2: waits to be printed/);
    await office.go(page, `/office/students/${number}?l=en`);
    await page.locator('article.card summary').click();
    assert.equal(await page.locator('button[value=replace]').count(), 0, 'while the new one is on its way');
    await office.judge(page, 'paper-acts');
}

// As a scanner types it, as a person does; a forged one.
async function checked(office, page, papers) {
    const link = linkOf(papers[2]);
    assert.match(link, /^HTTPS:.*\/V\/.*#/);
    const check = async (typed) => {
        await office.go(page, '/office/check?l=en');
        await page.fill('#seek', typed);
        await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
        return text(page);
    };
    for (const typed of [link, papers[2].code, papers[2].code.toLowerCase(), papers[2].number]) {
        const said = await check(typed);
        assert.match(said, /Genuine/);
        assert.match(said, new RegExp(STUDENTS[2][0]));
    }
    assert.match(await check(link), /Compare with the paper/);
    await office.go(page, `/office/check?l=ru&q=${encodeURIComponent(link)}`);
    assert.match(await text(page), /Сравните с тем, что на бумаге/);
    await office.judge(page, 'check-genuine');
    assert.match(await check(papers[0].code), /Revoked/);
    await office.judge(page, 'check-revoked');
    const spoiled = link.slice(0, -20) + (link.at(-20) === 'A' ? 'B' : 'A') + link.slice(-19);
    assert.match(await check(spoiled), /Forged/);
    assert.match(await check(link.replace(/\/V\/[^#]*/, `/V/${papers[1].code.replaceAll('-', '')}`)), /seal of another paper/);
    assert.match(await check(link.replace(/^HTTPS:\/\/[^/]*/, 'HTTPS://ELSEWHERE.UZ')), /not our link/);
    assert.match(await check('7K3M-9QXD-2HVT'), /no such paper/);
    assert.match(await check('<script>alert(1)</script>'), /no link, code or number/);
}

// One proposes, and nothing changes; the other confirms.
async function twoPeople(office, page, papers) {
    const numbers = [papers[1].number, papers[2].number];
    await office.go(page, '/office/revocations?l=en');
    await page.fill('textarea[name=numbers]', `${numbers.join('\n')}\nM-2026/999999`);
    await page.fill('section.card input[name=reason]', 'a whole order was wrong');
    const propose = async (who) => {
        if (await who.locator('section.card input[name=totp]').count()) await who.locator('section.card input[name=totp]').last().fill(office.code(who.person));
        await Promise.all([who.waitForNavigation(), who.click('button:has-text("Propose")')]);
    };
    await propose(page);
    assert.match(await text(page, '.notice.bad'), /M-2026\/999999: no paper has this number/);
    await page.fill('textarea[name=numbers]', numbers.join('\n'));
    await propose(page);
    assert.match(await text(page, '.said'), /Done/);
    assert.match(await publicPage(page, papers[2].code), /Genuine/);
    await page.click('.lines a');
    await page.waitForSelector('.numbers');
    assert.match(await text(page, '.numbers'), new RegExp(numbers[0].replace('/', '\\/')));
    assert.equal(await page.locator('button[value=confirm]').count(), 0, 'not by who proposed it');
    await office.judge(page, 'revocations');
    const other = await office.signIn(office.addStaff('ikkinchi', 'back-office'));
    await other.goto(page.url());
    await Promise.all([other.waitForNavigation(), other.click('button[value=confirm]')]);
    assert.match(await text(other, '.said'), /Done/);
    await standsEverywhere(page, papers[2], /Revoked/, /says: revoked/, 1);
}

// Of two who have the same page open one does it, and the other is told.
async function twoClerks(office, page) {
    const [number] = STUDENTS[0];
    const paper = await printed(STUDENTS[0]);
    const other = await office.signIn(office.addStaff('uchinchi', 'back-office'));
    const open = async (who) => {
        await office.go(who, `/office/students/${number}?l=en`);
        const card = who.locator('article.card', { hasText: paper.number });
        await card.locator('summary').click();
        await card.locator('input[name=reason]').fill('two at once');
        if (await card.locator('input[name=totp]').count()) await card.locator('input[name=totp]').fill(office.code(who.person));
        return card;
    };
    const cards = [await open(page), await open(other)];
    await Promise.all([page, other].map((who, i) => Promise.all([who.waitForNavigation(), cards[i].locator('button[value=suspend]').click()])));
    const words = await Promise.all([page, other].map((who) => text(who, '.said')));
    assert.equal(words.filter((one) => /Done/.test(one)).length, 1, words.join(' | '));
    assert.equal(words.filter((one) => /Somebody else|meanwhile/.test(one)).length, 1, words.join(' | '));
}
