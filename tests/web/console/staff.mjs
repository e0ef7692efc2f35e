// Who gets in, and who looks after that: the door, a first visit, one's own sessions, accounts.  Accounts come from the command line and from other browsers.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { oneTimeCode } from './office.mjs';

const LANGUAGES = ['uz', 'uz-Cyrl', 'ru', 'en'];
const texts = { ...JSON.parse(readFileSync('assets/web/console/sign-in.texts.json', 'utf8')), ...JSON.parse(readFileSync('assets/web/console/staff.texts.json', 'utf8')) };
const words = (id, language = 'en', ...values) => texts[id][language].replace(/\{(\d)\}/g, (_, i) => values[i]).replaceAll('\u00a0', ' ');
const text = (page) => page.evaluate(() => document.body.innerText.replaceAll('\u00a0', ' '));
const sees = async (page, ...wanted) => {
    const all = await text(page);
    for (const one of wanted) assert.ok(all.includes(one), `no "${one}" in ${all.slice(0, 1500)}`);
};
const sends = async (page, selector) => (await Promise.all([page.waitForNavigation(), page.click(selector)]))[0];
const cookieOf = async (page) => (await page.context().cookies()).find((one) => one.name === '__Host-staff');
const csrfOf = (page) => page.locator('input[name=csrf]').first().inputValue();
// What the command line, or the page that made it, told once of an account.
const told = (name, password, key) => ({ name, password, key, step: 0 });

export default async function play(office) {
    await Promise.all([wrongTries(office), firstVisit(office), mySessions(office)]);
    await theDoor(office);
    await accounts(office);
    await anOfficeOfTheirOwn(office);
}

// Somebody's browser, with nobody signed in.
async function stranger(office, { language = 'en', ...more } = {}) {
    const context = await office.browser.newContext({ ignoreHTTPSErrors: true, locale: language, viewport: { width: 1366, height: 768 }, ...more });
    const page = await context.newPage();
    office.watch(page);
    return page;
}

async function types(page, fields) {
    for (const [name, value] of Object.entries(fields)) await page.fill(`main input[name=${name}]`, value);
}

async function knocks(page, name, password, code) {
    await types(page, { name, password, code });
    return sends(page, 'main button');
}

async function theDoor(office) {
    const page = await stranger(office), plain = await stranger(office, { javaScriptEnabled: false });
    await office.go(page, '/office/sign-in?l=en');
    await office.judge(page, 'sign-in');
    for (const language of LANGUAGES) {
        await office.go(plain, `/office/sign-in?l=${language}`);
        await sees(plain, words('sign-in.title', language), words('sign-in.password', language), words('sign-in.go', language));
        await plain.screenshot({ path: `${office.pictures}/sign-in-${language}.png` });
    }
    await sends(plain, 'header a[lang="ru"]');
    await sees(plain, words('sign-in.go', 'ru'));
    await page.context().close();
    await plain.context().close();
}

// A wrong password and a wrong code are told in the same words, with and without scripts; the right ones lead where one wanted to go.
async function wrongTries(office) {
    await Promise.all(['zafar', 'zohid'].map(async (name, turn) => {
        const person = office.addStaff(name, 'front-office'), [password, code] = turn === 0 ? ['not their password', () => office.code(person)] : [person.password, () => '000000'];
        const page = await stranger(office, { javaScriptEnabled: turn === 0 });
        await office.go(page, '/office/hall?l=en');
        assert.equal((await knocks(page, person.name, password, code())).status(), 401);
        await sees(page, words('sign-in.wrong'));
        assert.equal(await page.inputValue('main input[name=password]'), '', 'a password is never shown again');
        assert.equal(await cookieOf(page), undefined);
        await page.screenshot({ path: `${office.pictures}/sign-in-wrong.png` });
        await knocks(page, person.name, person.password, office.code(person));
        assert.equal(new URL(page.url()).pathname, '/office/hall');
        await page.context().close();
    }));
}

// An account of the command line's making opens nothing but the page that makes it one's own.
async function firstVisit(office) {
    const made = office.registrar('staff', 'add', office.data, 'nodira', '--name', 'Nodira Aliyeva', '--role', 'archive');
    const [, password, key] = /password (\S+)\nkey otpauth:\S+secret=(\w+)/.exec(made), nodira = told('nodira', password, key);
    const page = await stranger(office);
    await office.go(page, '/office/sign-in?l=en');
    await knocks(page, 'nodira', password, '');
    await office.go(page, '/office/requests?l=en');
    assert.equal(new URL(page.url()).pathname, '/office/first');
    await sees(page, 'nodira', key.slice(0, 4));
    await office.judge(page, 'first');
    for (const language of ['uz', 'ru']) {
        await office.go(page, `/office/first?l=${language}`);
        await page.screenshot({ path: `${office.pictures}/first-${language}.png`, fullPage: true });
    }
    await office.go(page, '/office/first?l=en');
    const own = 'shamol 22 daraxt', chooses = async (fields) => {
        await types(page, fields);
        return (await sends(page, 'main button')).status();
    };
    assert.equal(await chooses({ code: office.code(nodira), password: own, again: `${own}!` }), 422);
    await sees(page, words('say.sign-in.fault.differs'));
    assert.equal(await chooses({ code: oneTimeCode(key, 1), password: own, again: own }), 422);
    await sees(page, words('say.sign-in.fault.wrong'));
    assert.ok(office.registrar('staff', 'list', office.data).match(/nodira\s+new/));
    assert.equal(await chooses({ code: office.code(nodira), password: own, again: own }), 200);
    await sees(page, 'Nodira Aliyeva');
    assert.ok(office.registrar('staff', 'list', office.data).match(/nodira\s+active/), 'the command line sees that they are in');
    await page.context().close();
}

// Another browser of the same person is listed, and ended; a cookie that somebody copied is good for nothing after a sign-out everywhere.
async function mySessions(office) {
    const lola = office.addStaff('lola-me', 'front-office', 'window:2');
    const here = await office.signIn(lola), first = lola.cookie;
    delete lola.cookie;
    const there = await office.signIn(lola);
    await office.go(here, '/office/me?l=en');
    assert.equal(await here.locator('#sessions ~ table tbody tr').count(), 2);
    await sees(here, 'lola-me', 'Front office', 'window 2', words('staff.this'));
    await office.judge(here, 'me');
    await sends(here, 'form:has(input[name=id]) button[value=end]');
    await sees(here, 'Done.');
    assert.equal(await here.locator('#sessions ~ table tbody tr').count(), 1);
    await office.go(there, '/office/hall?l=en');
    await sees(there, words('sign-in.over'));

    delete lola.cookie;
    await knocks(there, lola.name, lola.password, office.code(lola));
    assert.equal(new URL(there.url()).pathname, '/office/hall', 'back where they were');
    await office.go(there, '/office/me?l=en');
    const csrf = await csrfOf(there), thief = await stranger(office);
    await thief.context().addCookies([await cookieOf(there)]);
    await office.go(thief, '/office/me?l=en');
    await sees(thief, 'lola-me');
    await sends(there, 'button[value=end-all]');
    assert.equal(new URL(there.url()).pathname, '/office/sign-in');
    await office.go(here, '/office/hall?l=en');
    await sees(here, words('sign-in.over'));
    await thief.context().clearCookies();
    for (const stolen of [await cookieOf(there), first].filter(Boolean)) await thief.context().addCookies([stolen]);
    for (const answer of [await thief.goto(`${office.people}/office/me?l=en`), await thief.request.post(`${office.people}/office/me`,
        { headers: { Origin: office.people }, form: { csrf, act: 'end-others' } })]) assert.equal(answer.status(), 401, 'what is over opens nothing');
    for (const page of [here, there, thief]) await page.context().close();
}

// One administrator works without scripts; the other, in another browser, sees it and is told what went on meanwhile.
async function accounts(office) {
    const ada = office.addStaff('ada', 'administrator'), plain = await office.signIn(ada, { scripts: false }), other = await office.signIn(office.addStaff('botir', 'administrator'));
    await office.go(plain, '/office/staff?l=en');
    await sees(plain, 'nodira');
    const olim = await adds(plain), page = await stranger(office);
    await office.go(page, '/office/sign-in?l=en');
    await knocks(page, 'olim', olim.password, '');
    assert.equal(new URL(page.url()).pathname, '/office/first', 'what the page told opens the door');

    await office.go(other, '/office/staff/olim?l=en');
    await sees(other, 'Olim Toshev', 'Dean’s office', 'faculty 401-101', words('staff.new'));
    await office.judge(other, 'staff');
    await pictures(office, other);
    await does(plain, 'lock');
    await sees(plain, words('staff.locked'));
    assert.equal((await page.goto(`${office.people}/office/first`)).status(), 401, 'a locked account is nobody');
    assert.ok(office.registrar('staff', 'list', office.data).match(/olim\s+locked/));
    await does(other, 'reset', 412); // of what they saw before: told, and nothing is done
    await sees(other, words('say.staff.fault.changed'));
    await does(plain, 'unlock');
    await does(plain, 'reset', 201);
    const again = await plain.locator('.once').innerText();
    assert.notEqual(again, olim.password);
    await office.go(page, '/office/sign-in?l=en');
    assert.equal((await knocks(page, 'olim', again, '')).status(), 200);
    await forged(office, other);
    await office.go(plain, '/office/staff/olim?l=en');
    await does(plain, 'remove');
    assert.equal(await plain.locator('tr:has-text("olim")').count(), 0);
    await office.go(plain, '/office/staff/ada?l=en');
    await sees(plain, words('staff.own'));
    for (const one of [plain, other, page]) await one.context().close();
}

async function adds(page) {
    const form = page.locator('form:has(input[name=act][value=add])');
    await form.locator('input[name=full-name]').fill('Olim Toshev');
    await form.locator('input[name=name]').fill('olim');
    await form.locator('input[name=role-dean]').check();
    await form.locator('input[name=scope]').fill('moon:1');
    await Promise.all([page.waitForNavigation(), form.locator('button').click()]);
    await sees(page, words('say.staff.fault.scope'));
    assert.equal(await form.locator('input[name=name]').inputValue(), 'olim', 'what was typed is kept');
    await form.locator('input[name=role-dean]').check();
    await form.locator('input[name=scope]').fill('faculty:401-101');
    await Promise.all([page.waitForNavigation(), form.locator('button').click()]);
    await sees(page, words('staff.made', 'en', 'olim'));
    return told('olim', await page.locator('.once').innerText(), '');
}

// An act of the account that is open, with its details folded out.
async function does(page, act, status = 200) {
    const form = page.locator(`details.act:has(form:has(input[name=act][value=${act}]))`);
    await form.locator('summary').click();
    const [answer] = await Promise.all([page.waitForNavigation(), form.locator('button').click()]);
    assert.equal(answer.status(), status, act);
}

// A form without what its page was told, or with another's: refused in words, and nothing is changed.
async function forged(office, page) {
    const before = office.registrar('staff', 'list', office.data);
    for (const forge of [(field) => field.remove(), (field) => { field.value = '0'.repeat(32); }]) {
        await office.go(page, '/office/staff/olim?l=en');
        await page.locator('form:has(input[name=act][value=remove]) input[name=csrf]').evaluate(forge);
        await does(page, 'remove', 403);
    }
    assert.equal(office.registrar('staff', 'list', office.data), before);
}

async function pictures(office, page) {
    for (const language of ['uz', 'ru']) {
        for (const [name, target] of [['staff', '/office/staff/olim'], ['staff-all', '/office/staff'], ['me', '/office/me']]) {
            await office.go(page, `${target}?l=${language}`);
            await page.screenshot({ path: `${office.pictures}/${name}-${language}.png` });
        }
    }
    await office.go(page, '/office/staff/olim?l=en');
}

// An office that nobody works at yet, with its waits: its first administrator comes from the command line; of two who lock each other one is left.
async function anOfficeOfTheirOwn(office) {
    const data = path.join(process.env.OFFICE_WORK, 'own-office'), { data: before, people } = office;
    office.registrar('init', data, '--demo', '--students', '100', '--host', 'hujjat.namuna.uz');
    Object.defineProperty(office, 'data', { value: data, configurable: true });
    const first = office.addStaff('birinchi', 'administrator');
    const serving = await serve(data);
    try {
        office.people = serving.people;
        const page = await office.signIn(first);
        await sees(page, 'Birinchi Karimova');
        await growingWaits(office, first);
        await theLastOne(office, first, page);
        await page.context().close();
    } finally {
        office.people = people;
        delete office.data;
        assert.equal(office.data, before);
        await serving.end();
    }
}

async function serve(data) {
    const child = spawn(path.join(process.env.OFFICE_BUILD, 'registrar'), ['serve', data, '--kiosks', '0', '--people', '0', '--address', '127.0.0.1'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const ended = new Promise((resolve) => { child.on('close', resolve); });
    let said = '';
    const people = await new Promise((resolve, reject) => {
        child.stdout.on('data', (bytes) => {
            said += bytes;
            const found = /^ready .*people=https:\/\/\S+:(\d+)/m.exec(said);
            if (found) resolve(`https://localhost:${found[1]}`);
        });
        ended.then(() => reject(new Error(`the office did not open: ${said}`)));
    });
    return { people, end: () => (child.kill(), ended) };
}

// Waits grow with wrong tries, and whoever comes next is told how long theirs is, in words of their language; the right password waits, too.
async function growingWaits(office, person) {
    const page = await stranger(office), plain = await stranger(office, { javaScriptEnabled: false });
    const tries = (count) => Promise.all(Array.from({ length: count }, async () => {
        const answer = await page.request.post(`${office.people}/office/sign-in`,
            { headers: { Origin: office.people }, form: { name: person.name, password: 'not their password', code: '000000' } });
        assert.equal(answer.status(), 401);
    }));
    const waits = async (one, language, id = 'sign-in.wait', unit_s = 1) => {
        await office.go(one, `/office/sign-in?l=${language}`);
        const answer = await knocks(one, person.name, person.password, '000000'), wait_s = Number(answer.headers()['retry-after']);
        assert.equal(answer.status(), 429);
        await sees(one, words(id, language, Math.ceil(wait_s / unit_s)));
        await one.screenshot({ path: `${office.pictures}/sign-in-wait-${language}.png` });
        return wait_s;
    };
    await tries(4);
    const short = await waits(page, 'en');
    assert.ok(short > 0 && short <= 15, `the first wait is ${short} s`);
    pass(office, 15);
    await tries(1);
    const long = await waits(plain, 'ru');
    assert.ok(long > 15 && long <= 30, `the next wait is ${long} s`);
    pass(office, -600);
    await waits(plain, 'uz', 'sign-in.wait-minutes', 60);
    await page.context().close();
    await plain.context().close();
}

// So much time goes by for waits.
function pass(office, seconds) {
    execFileSync('python3', ['-c', 'import sqlite3, sys; one = sqlite3.connect(sys.argv[1]); one.execute("UPDATE limit_count SET until_s = until_s - ? WHERE until_s > 0", (int(sys.argv[2]),)); one.commit()',
        path.join(office.data, 'registrar.db'), String(seconds)]);
}

async function theLastOne(office, first, page) {
    const second = office.addStaff('ikkinchi', 'administrator'), theirs = await office.signIn(second);
    await office.go(page, '/office/staff/ikkinchi?l=en');
    await office.go(theirs, '/office/staff/birinchi?l=en');
    const locks = async (one) => {
        const form = one.locator('details.act:has(form:has(input[name=act][value=lock]))');
        await form.locator('summary').click();
        await Promise.all([one.waitForNavigation(), form.locator('button').click()]);
    };
    await Promise.all([locks(page), locks(theirs)]);
    const list = office.registrar('staff', 'list', office.data);
    assert.equal(list.match(/ active /g)?.length, 1, `one of two is left: ${list}`);
    await theirs.context().close();
}
