// An office that is open (tests/web/run-console), as parts of the console's test use it: people sign in, kiosks play visits, pages are judged.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { axe, launch, PATIENCE_MS } from '../browser.mjs';
import { Glass } from './glass.mjs';

const env = process.env;
const PAGE_BYTES_MOST = 100_000;
const CODE_MS = 30_000;

export class Office {
    static async open() {
        const office = new Office();
        office.people = env.OFFICE_PEOPLE;
        office.pictures = path.resolve(env.PICTURES);
        office.judged = 0;
        office.largest = 0;
        office.people_of = new Map();
        mkdirSync(office.pictures, { recursive: true });
        office.browsers = [];
        office.browser = await office.launch();
        return office;
    }

    // A browser of its own, beside the one that everybody shares.
    async launch() {
        const browser = await launch();
        this.browsers.push(browser);
        return browser;
    }

    async close() {
        for (const browser of this.browsers) await browser.close();
    }

    // registrar COMMAND... DATA ...: what it printed.
    registrar(...args) {
        return execFileSync(path.join(env.OFFICE_BUILD, 'registrar'), args, { encoding: 'utf8' });
    }

    get data() {
        return env.OFFICE_DATA;
    }

    // What the register has, in rows of "a|b".
    rows(sql) {
        return execFileSync('sqlite3', ['-cmd', '.timeout 5000', path.join(this.data, 'registrar.db'), sql], { encoding: 'utf8' }).trim();
    }

    // A visit at a kiosk, as lines of its script (tests/journeys); rejects when an expectation did not hold.  The kiosk stays until the register knows
    // what became of the papers it had in hand: it shows that before it has told it.
    async visit(...lines) {
        const inHand = () => this.rows("SELECT id FROM print_job WHERE state IN ('sending', 'sent')").split('\n').filter(Boolean);
        const others = inHand(); // that somebody else left so
        const glass = new Glass();
        try {
            await glass.step(...lines);
            for (const until = Date.now() + PATIENCE_MS; inHand().some((id) => !others.includes(id));) {
                assert.ok(Date.now() < until, 'nobody heard what became of a paper');
                await pause(50);
            }
            await glass.close();
        } finally {
            glass.child.kill();
        }
    }

    // An account, ready: its name, and what it signs in with.
    addStaff(name, roles, scope = '') {
        const person = { name, password: `parol-${randomBytes(12).toString('hex')}`, key: base32(randomBytes(20)), step: 0 };
        execFileSync(path.join(env.OFFICE_BUILD, 'registrar'), ['staff', 'add', this.data, name, '--name', `${name[0].toUpperCase()}${name.slice(1)} Karimova`, '--role', roles,
            '--scope', scope, '--secrets', '-'], { input: `${person.password}\n${person.key}\n` });
        return person;
    }

    // A one-time code that was not used yet: three at once, then one each half minute.  The oldest of them is not given away when its time is nearly
    // over: on a busy machine it would come too late.  Codes of one person are used one after another.
    code(person) {
        const half = () => Math.floor(Date.now() / CODE_MS), left = CODE_MS - Date.now() % CODE_MS, ends = left < CODE_MS / 3;
        person.step = Math.max(ends ? half() : half() - 1, person.step + 1);
        if (ends && person.step > half() + 1) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, left + 1);
        assert.ok(person.step <= half() + 1, `${person.name} has used all codes of now`);
        return oneTimeCode(person.key, person.step);
    }

    // Somebody in a browser of their own; their first page is open.  who: a role ("front-office"), whose account signs in once by the page's own form and
    // whose next browsers have the same session; or a person of addStaff.  page.person is who.
    async signIn(who, { width = 1366, height = 768, language = 'en', scripts = true, browser = this.browser } = {}) {
        if (typeof who === 'string' && !this.people_of.has(who)) this.people_of.set(who, this.addStaff(who.split(',')[0], who));
        const person = typeof who === 'string' ? this.people_of.get(who) : who;
        const context = await browser.newContext({ ignoreHTTPSErrors: true, javaScriptEnabled: scripts, locale: language, viewport: { width, height } });
        context.setDefaultTimeout(PATIENCE_MS);
        const page = await context.newPage();
        page.person = person;
        this.watch(page);
        if (person.cookie) await context.addCookies([person.cookie]);
        await page.goto(`${this.people}/office?l=${language}`);
        if (await page.locator('input[name=password]').count()) {
            await page.fill('input[name=name]', person.name);
            await page.fill('input[name=password]', person.password);
            await page.fill('input[name=code]', this.code(person));
            await Promise.all([page.waitForNavigation(), page.press('input[name=code]', 'Enter')]);
            person.cookie = (await context.cookies()).find((one) => one.name === '__Host-staff');
            assert.ok(person.cookie, `${person.name} is signed in`);
        }
        page.faults = [];
        return page;
    }

    // What the browser complains of, and which other hosts it asked: judge() says.  page.loaded: what came since the page was asked for, by address; what
    // a live list fetches again is no more to load than it was.
    watch(page) {
        page.faults = [];
        page.loaded = new Map();
        page.on('console', (message) => { if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) page.faults.push(message.text()); });
        page.on('pageerror', (error) => page.faults.push(String(error)));
        page.on('request', (request) => {
            if (request.isNavigationRequest()) page.loaded.clear();
            if (!request.url().startsWith(this.people) && !request.url().startsWith('data:')) page.faults.push(`asked ${request.url()}`);
        });
        page.on('response', (response) => { if (!/\/live/.test(response.url())) page.loaded.set(response.url(), response.body().then((body) => body.length, () => 0)); });
        this.last = page;
    }

    async go(page, target) {
        await page.goto(this.people + target, { waitUntil: 'load' });
        this.last = page;
    }

    // As it is now, at 1366x768 and as wide as a phone: nothing serious for axe, every control by Tab, nothing wider than the window, light, from
    // this host alone.  Leaves its pictures.
    async judge(page, name) {
        const before = page.viewportSize();
        for (const [width, height] of [[1366, 768], [390, 844]]) {
            await page.setViewportSize({ width, height });
            assert.deepEqual(await this.serious(page), [], `${name} at ${width}`);
            assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} at ${width}: wider than the window`);
            await page.screenshot({ path: path.join(this.pictures, `${name}-${width}.png`) });
        }
        await page.setViewportSize(before);
        await this.reach(page, name);
        assert.deepEqual(page.faults, [], `${name}: the browser complains`);
        const bytes = (await Promise.all(page.loaded.values())).reduce((sum, one) => sum + one, 0);
        assert.ok(bytes > 0 && bytes < PAGE_BYTES_MOST, `${name}: ${bytes} bytes`);
        this.largest = Math.max(this.largest, bytes);
        this.judged++;
    }

    // What axe finds serious.
    async serious(page) {
        return (await axe(page)).filter((one) => ['serious', 'critical'].includes(one.impact)).map((one) => one.text);
    }

    // Each link, button and field that is in sight gets the focus by Tab: what gets it is struck off, and we look every twenty.
    async reach(page, name) {
        await page.evaluate(() => {
            const group = (node) => [...document.querySelectorAll(`input[type=radio][name="${CSS.escape(node.name)}"]`)];
            for (const node of document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary'))
                node.toggleAttribute('data-wanted', !node.disabled && node.checkVisibility({ checkVisibilityCSS: true }) && !(node.type === 'radio' && group(node)[0] !== node));
            document.activeElement?.blur();
            window.scrollTo(0, 0);
            if (window.reached) return;
            window.reached = ({ target }) => (target.type === 'radio' ? group(target) : [target]).forEach((node) => node.removeAttribute?.('data-wanted'));
            document.addEventListener('focusin', window.reached);
        });
        const left = () => page.locator('[data-wanted]').evaluateAll((nodes) => nodes.map((node) => node.outerHTML.slice(0, 120)));
        let wanted = await left();
        for (let most = wanted.length * 3 + 40; wanted.length > 0 && most > 0; most -= 20) {
            await Promise.all(Array.from({ length: 20 }, () => page.keyboard.press('Tab')));
            wanted = await left();
        }
        assert.deepEqual(wanted, [], `${name}: not reached by Tab`);
    }

    async picture(name) {
        if (this.last && !this.last.isClosed()) await this.last.screenshot({ path: path.join(this.pictures, `${name}.png`), fullPage: true }).catch(() => {});
    }
}

// The console's own words in a language: what stands on a page is asked for by its name, so that a better word breaks no test.
export const words = (id, language = 'en', ...filled) => {
    const part = id.replace(/^say\./, '').split('.')[0];
    const all = JSON.parse(readFileSync(`assets/web/console/${part}.texts.json`, 'utf8'));
    assert.ok(all[id], `no words ${id}`);
    return plain(filled.reduce((text, value, i) => text.replace(`{${i}}`, value), all[id][language]));
};

// As a person reads it: a space is a space, whether a line may end there or not.
export const plain = (text) => text.replace(/[\u00a0\u202f]/g, ' ');
export const text = async (page, selector = 'body') => plain(await page.locator(selector).first().innerText());
export const sees = async (page, ...wanted) => {
    const all = await text(page);
    for (const one of wanted) assert.ok(all.includes(plain(one)), `no "${one}" in ${all}`);
};

function base32(bytes) {
    const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
    return bits.match(/.{5}/g).map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[parseInt(five, 2)]).join('');
}

// RFC 6238, by another hand than the registrar's.
export function oneTimeCode(key, step) {
    const bits = [...key].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(step));
    const mac = createHmac('sha1', Buffer.from(bits.match(/.{8}/g).map((eight) => parseInt(eight, 2)))).update(counter).digest();
    const at = mac[19] & 15;
    return String((mac.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0');
}
