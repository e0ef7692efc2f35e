// The console's gallery: every state of console-states.mjs in every language and size, judged in little and put on one page (tests/gallery/console).
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Office } from '../web/console/office.mjs';
import { rows } from './console-rows.mjs';
import { states } from './console-states.mjs';

const env = process.env;
const languages = (env.GALLERY_LANGUAGES ?? 'uz,uz-Cyrl,ru,en').split(',');
const only = env.GALLERY_ONLY?.split(',');
const DESK = [1366, 768], PHONE = [390, 844], LARGE = [1920, 1080];
const pictures = [], faults = [];

// What no page shows to people, whatever is in its rows.
const RAW = [[/\bsay\.[a-z]/, 'a text\'s id'], [/\{\d\}/, 'a place for a value'], [/\bundefined\b|\bnull\b|\bNaN\b/, 'nothing'], [/\b\d{4}-\d\d-\d\d(T|\b)/, 'a date as machines write it'],
    [/\b[0-9a-f]{8}-[0-9a-f]{4}-/, 'a machine\'s name']];

async function look(office, page, state, language, [width, height]) {
    await page.setViewportSize({ width, height });
    const name = `${state.name}-${language}-${width}`;
    const bad = (words) => faults.push(`${name}: ${words}`);
    if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) bad('wider than the window');
    const cut = await page.evaluate(() => [...document.querySelectorAll('button,.do,.chip,.chips a,h1,h2,h3,th,label>span,.state')].filter((node) => node.checkVisibility() && node.scrollWidth > node.clientWidth + 1 &&
        getComputedStyle(node).overflowX !== 'visible').map((node) => node.innerText.slice(0, 50)));
    if (cut.length) bad(`cut: ${cut.join(' | ')}`);
    const text = state.raw ? '' : await page.evaluate(() => document.body.innerText);
    for (const [pattern, what] of RAW) if (pattern.test(text)) bad(`shows ${what}: ${text.match(pattern)[0]}`);
    // A foot that sticks belongs below all of it.
    await page.setViewportSize({ width, height: Math.min(Math.max(height, await page.evaluate(() => document.documentElement.scrollHeight)), 6000) });
    await page.screenshot({ path: path.join(office.pictures, `${name}.png`) });
    pictures.push({ state: state.name, language, width, file: `${name}.png` });
}

async function play(office, made, state) {
    const page = state.who ? await office.signIn(typeof state.who === 'function' ? state.who(made) : state.who) : await (await office.browser.newContext({ ignoreHTTPSErrors: true })).newPage();
    if (!state.who) office.watch(page);
    for (const language of languages) {
        await page.setViewportSize({ width: DESK[0], height: DESK[1] });
        const target = typeof state.at === 'function' ? state.at(made) : state.at;
        const answer = await page.goto(office.people + target + (target.includes('?') ? '&' : '?') + `l=${language}`);
        assert.equal(answer.status(), state.status ?? 200, `${state.name}: ${target}`);
        await state.then?.(page, made);
        for (const size of [DESK, PHONE, ...(state.list && !env.GALLERY_BRIEFLY ? [LARGE] : [])]) await look(office, page, state, language, size);
    }
    for (const fault of page.faults) faults.push(`${state.name}: the browser complains: ${fault}`);
    await page.context().close();
}

function index(office) {
    const widths = [...new Set(pictures.map((one) => one.width))].sort((a, b) => b - a);
    const figure = (one) => `<figure><a href="${one.file}"><img src="${one.file}" alt="" loading="lazy"></a><figcaption>${one.language}</figcaption></figure>`;
    const section = (name) => `<section id="${name}"><h2>${name}</h2>${widths.map((width) => `<div class="w${width}">${pictures.filter((one) => one.state === name && one.width === width).map(figure).join('')}</div>`).join('')}</section>`;
    const names = [...new Set(pictures.map((one) => one.state))];
    writeFileSync(path.join(office.pictures, 'index.html'), `<!doctype html><meta charset="utf-8"><title>The console</title>
<style>body{font:14px system-ui;margin:16px;background:#f5f3ee}nav{columns:5;margin:12px 0}section>div{display:flex;flex-wrap:wrap;gap:12px}figure{margin:0}img{display:block;border:1px solid #76808a;width:640px}.w390 img{width:260px}
${widths.map((width) => `body:has(#w${width}:checked) section>div:not(.w${width}){display:none}`).join('')}</style>
${widths.map((width, i) => `<label><input type="radio" name="w" id="w${width}"${i === widths.length - 1 - (widths.length > 2 ? 1 : 0) ? ' checked' : ''}>${width}</label>`).join(' ')}
<nav>${names.map((name) => `<a href="#${name}">${name}</a><br>`).join('')}</nav>
${faults.map((fault) => `<p>${fault.replaceAll('<', '&lt;')}</p>`).join('')}
${names.map(section).join('\n')}
`);
}

const office = await Office.open();
let made;
try {
    made = await rows(office);
    for (const state of states) {
        if (only && !only.includes(state.name)) continue;
        try {
            await play(office, made, state);
        } catch (error) {
            faults.push(`${state.name}: ${error.message.split('\n').slice(0, 3).join(' ')}`);
        }
    }
} catch (error) {
    await office.picture('failed');
    throw error;
} finally {
    made?.printers.forEach((printer) => printer.kill());
    await office.close();
}
index(office);
console.log(faults.join('\n'));
console.log(`${path.join(office.pictures, 'index.html')}: ${pictures.length} pictures of ${new Set(pictures.map((one) => one.state)).size} states, ${faults.length} faults`);
process.exitCode = faults.length > 0 || pictures.length === 0 ? 1 : 0;
