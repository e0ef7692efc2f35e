// The page of a card in a real browser: every state in every language, at a phone's width, without scripts.
//
//   node check-card.mjs PEOPLE PATH OUT    PATH: /c/..., of a card that works
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {axe, launch, PATIENCE_MS} from './browser.mjs';

const [people, card, out] = process.argv.slice(2);
const languages = ['uz', 'uz-Cyrl', 'ru', 'en'];
const texts = Object.fromEntries(languages.map(l => [l, JSON.parse(fs.readFileSync(new URL(`../../assets/web/texts.${l}.json`, import.meta.url)))]));
const browser = await launch();
let checks = 0;

const open = async script => {
  const context = await browser.newContext({ignoreHTTPSErrors: true, javaScriptEnabled: script, viewport: {width: 320, height: 780}});
  context.setDefaultTimeout(PATIENCE_MS);
  return context.newPage();
};
const phone = await open(false), judged = await open(true);

const shows = async (name, wanted) => {
  const words = await phone.evaluate(() => document.body.innerText);
  for (const word of wanted)
    assert.ok(words.includes(word), `${name}: no "${word}" in ${words}`);
  assert.ok(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name}: wider than the window`);
  await phone.screenshot({path: path.join(out, `card-${name}.png`), fullPage: true});
  checks++;
};
const all = async (state, target, ids) => {
  for (const l of languages) {
    await phone.goto(`${people}${target}?l=${l}`);
    await shows(`${state}-${l}`, ids.map(id => texts[l][id]));
    await judged.goto(`${people}${target}?l=${l}`);
    assert.deepEqual((await axe(judged)).map(one => one.text), [], `${state} ${l}`);
  }
};

await all('active', card, ['card', 'card.active', 'card.lost', 'card.lost.how', 'card.block']);
await phone.goto(`${people}${card}?l=ru`);
await phone.click('button');
assert.equal(new URL(phone.url()).pathname, card);
await shows('just-blocked', [texts.ru['card.blocked']]);
assert.equal(await phone.locator('button').count(), 0);
await all('blocked', card, ['card.blocked', 'card.blocked.so', 'card.blocked.how']);
await all('gone', '/c/0000000000000000000000000000', ['card.gone', 'card.gone.why']);
await browser.close();
console.log(`${checks} looks at a card's page`);
