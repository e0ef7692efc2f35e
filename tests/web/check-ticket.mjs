// The page of a ticket in a real browser: every state in every language, at a phone's width, without scripts.
//
//   TOKEN=... node check-ticket.mjs PEOPLE PATH WINDOW OUT    PATH: /t/..., waiting; WINDOW: a window that TOKEN's owner has open
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {axe, launch, PATIENCE_MS} from './browser.mjs';

const [people, ticket, window_, out] = process.argv.slice(2);
const languages = ['uz', 'uz-Cyrl', 'ru', 'en'];
const texts = Object.fromEntries(languages.map(l => [l, JSON.parse(fs.readFileSync(new URL(`../../assets/web/texts.${l}.json`, import.meta.url)))]));
const browser = await launch();
let checks = 0;

const open = async (width, script, options = {}) => {
  const context = await browser.newContext({ignoreHTTPSErrors: true, javaScriptEnabled: script, viewport: {width, height: 780}, ...options});
  context.setDefaultTimeout(PATIENCE_MS);
  return context.newPage();
};
const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, n) => values[n]);

const look = async (page, name, target, wanted) => {
  await page.goto(people + target);
  const words = await page.evaluate(() => document.body.innerText);
  for (const word of wanted)
    assert.ok(words.includes(word), `${name}: no "${word}" in ${words}`);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name}: wider than the window`);
  await page.screenshot({path: path.join(out, `${name}.png`), fullPage: true});
  checks++;
};

// A line is told as it is now (WCAG 2.2.1 excepts what is real time), and nothing is typed on a page that looks again by itself.
const judge = async (page, name) => {
  assert.deepEqual((await axe(page, {without: ['meta-refresh']})).map(one => one.text), [], name);
  checks++;
};

const staff = async (method, where, body, epoch) => {
  const answer = await (await browser.newContext({ignoreHTTPSErrors: true})).request.fetch(`${people}/office/v1/${where}`, {method,
    headers: {Authorization: `Bearer ${process.env.TOKEN}`, ...(epoch ? {'If-Match': `"${epoch}"`} : {})}, ...(body ? {data: body} : {})});
  assert.ok(answer.ok(), `${where}: ${answer.status()}`);
  return answer.json();
};
const seat = async () => (await staff('GET', 'windows')).windows.find(one => one.number === Number(window_));

const phone = await open(320, false), judged = await open(320, true);
const all = async (state, words, target = '') => {
  for (const l of languages) {
    await look(phone, `ticket-${state}-${l}`, `${ticket}?l=${l}${target}`, words(texts[l]));
    await judged.goto(`${people}${ticket}?l=${l}${target}`);
    await judge(judged, `${state} ${l}`);
  }
};
await all('waiting', t => [t['ticket'], t['ticket.first'], t['ticket.leave']]);
await all('leave', t => [t['ticket.leave.sure'], t['ticket.leave.yes']], '&leave=1');
const called = (await staff('POST', `windows/${window_}/next`, null, (await seat()).epoch)).ticket;
await all('called', t => [fill(t['ticket.called'], window_)]);
const serving = await staff('PUT', `tickets/${called.id}`, {state: 'serving'}, called.epoch);
await all('serving', t => [fill(t['ticket.serving'], window_)]);
await staff('PUT', `tickets/${called.id}`, {state: 'served'}, serving.epoch);
await all('served', t => [t['ticket.served']]);
await look(phone, 'ticket-gone', '/t/0000000000000000000000000000?l=ru', [texts.ru['ticket.gone']]);
await browser.close();
console.log(`${checks} looks at a ticket's page`);
