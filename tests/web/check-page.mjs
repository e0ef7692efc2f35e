// The public page of a real registrar, in a real browser: three languages, two widths, with script and without, with good, changed, foreign
// and misplaced seals, and in a browser without Ed25519.  Leaves pictures in the folder that it is told.
//
//   node check-page.mjs PEOPLE LINK OUT DATABASE
//
// Each language is looked at with one width with a script and the other without; OFFICE_WHOLE=yes: with both.
//
// PEOPLE: https://localhost:PORT.  LINK: as a QR code has it, "HTTPS://HOST/V/CODE#SEAL".  DATABASE: the register, which is
// made to say each state in turn.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {axe, launch, whole, PATIENCE_MS} from './browser.mjs';

const [people, link, out, database] = process.argv.slice(2);
const [address, seal] = link.split('#');
const code = address.split('/').pop();
const languages = ['uz', 'ru', 'en'];
const texts = Object.fromEntries(languages.map(l => [l, JSON.parse(fs.readFileSync(new URL(`../../assets/web/texts.${l}.json`, import.meta.url)))]));
fs.mkdirSync(out, {recursive: true});

const browser = await launch();
let checks = 0, state = 'valid';

// A page of a phone in this language.  One is used again for what comes next, since a new one costs more than all that is looked at in it; what is done
// to a page before it opens, is done to one of its own.
const phones = new Map();
const phone = async (language, script, own) => {
  const known = `${language} ${script}`;
  if (!own && phones.has(known)) return phones.get(known);
  const context = await browser.newContext({ignoreHTTPSErrors: true, javaScriptEnabled: script, locale: {uz: 'uz-UZ', ru: 'ru-RU', en: 'en-GB'}[language]});
  context.setDefaultTimeout(PATIENCE_MS);
  const it = {page: await context.newPage(), faults: [], asked: []};
  it.page.on('console', message => { if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) it.faults.push(message.text()); });
  it.page.on('pageerror', error => it.faults.push(String(error)));
  it.page.on('request', request => it.asked.push(request.url()));
  if (!own) phones.set(known, it);
  return it;
};
const open = async (target, {language = 'uz', width = 390, script = true, before, base = people} = {}) => {
  const {page, faults, asked} = await phone(language, script, before), context = page.context();
  await page.setViewportSize({width, height: 844});
  await page.goto('about:blank'); // a fragment alone would load nothing anew
  await context.clearCookies();
  faults.length = asked.length = 0;
  if (before) await before(page);
  await page.goto(base + target);
  if (script && target.includes('#')) await page.waitForFunction(() => document.documentElement.dataset.seal);
  const words = () => page.evaluate(() => document.body.innerText);
  return {page, faults, asked, words, close: async () => before && context.close(), outcome: () => page.evaluate(() => document.documentElement.dataset.seal)};
};

const check = async (name, body) => {
  try {
    await body();
    checks++;
  } catch (error) {
    console.error(`not ok: ${name}`);
    throw error;
  }
};

/* The message in the fragment, with another signature or a changed byte. */
const base32 = {
  digits: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  read(text) {
    let bits = '';
    for (const c of text) bits += this.digits.indexOf(c).toString(2).padStart(5, '0');
    return Buffer.from(bits.match(/.{8}/g).map(b => parseInt(b, 2)));
  },
  write(bytes) {
    const bits = [...bytes].map(b => b.toString(2).padStart(8, '0')).join('');
    return bits.match(/.{1,5}/g).map(b => this.digits[parseInt(b.padEnd(5, '0'), 2)]).join('');
  },
};
const changed = () => {
  const bytes = base32.read(seal), at = bytes.indexOf('Karimova');
  assert.notEqual(at, -1, 'the holder stands in the seal in UTF-8');
  bytes[at] = 'S'.charCodeAt(0);
  return base32.write(bytes);
};
/* Signed by somebody else under the same key id: tag, array of four, protected, {}, payload, signature. */
const foreign = () => {
  const bytes = base32.read(seal), body = bytes.subarray(0, bytes.length - 66);
  const guarded = body.subarray(2, 3 + (body[2] & 31)), payload = body.subarray(2 + guarded.length + 1);
  const covered = Buffer.concat([Buffer.from([0x84, 0x6a]), Buffer.from('Signature1'), guarded, Buffer.from([0x40]), payload]);
  const {privateKey} = crypto.generateKeyPairSync('ed25519');
  return base32.write(Buffer.concat([body, Buffer.from([0x58, 64]), crypto.sign(null, covered, privateKey)]));
};

const noFaults = async ({page, faults}, name) => {
  assert.deepEqual(faults, [], `${name}: the browser complains`);
  assert.deepEqual((await axe(page)).map(one => one.text), [], `${name}: axe`);
};
const fits = async ({page}, name) => {
  const [wide, view] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(wide <= view, `${name}: ${wide} px in ${view}`);
  const small = await page.evaluate(() => [...document.querySelectorAll('a, button, input:not([type=hidden])')]
    .map(e => [e.textContent, e.getBoundingClientRect()]).filter(([, r]) => r.width && (r.height < 24 || r.width < 24)).map(([t]) => t));
  assert.deepEqual(small, [], `${name}: too small to touch`);
};
const shot = ({page}, name) => page.screenshot({path: path.join(out, `${name}.png`), fullPage: true});

const everyLanguage = async () => {
  for (const [turn, language] of languages.entries()) {
    for (const width of [390, 320]) {
      for (const script of [true, false]) {
        if (!whole && script !== ((width === 390) === (turn % 2 === 0))) continue;
        const name = `${state}-${language}-${width}${script ? '' : '-no-script'}`;
        await check(name, async () => {
          const it = await open(`/V/${code}#${seal}`, {language, width, script});
          const words = await it.words(), t = texts[language];
          assert.ok(words.includes(t[state]), words);
          const heading = t[state === 'valid' ? 'paper-says' : 'this-sheet'];
          assert.ok(words.includes(heading));
          assert.equal(words.includes('Karimova Dilnoza'), script, 'the full name stands in the seal alone');
          assert.equal(words.includes('K*****a D*****a'), !script);
          if (script) {
            assert.equal(await it.outcome(), 'good');
            assert.ok(words.includes(t['seal.good']) && words.includes(t.compare) && words.includes('kunduzgi'));
            assert.ok(words.indexOf(t.compare) < words.indexOf(heading), 'what a forger would change comes first');
            assert.match(words, /M-20\d\d\/\d{6}/);
            assert.equal(new URL(it.page.url()).hash, '', 'the seal does not stay in the history');
            await noFaults(it, name);
          } else {
            assert.ok(words.includes(t['seal.none']));
          }
          assert.equal(it.asked.filter(url => url.startsWith('http')).length, 1, `one request: ${it.asked}`);
          await fits(it, name);
          await shot(it, name);
          await it.close();
        });
      }
    }
  }
};

const outcomes = async () => {
  const away = page => page.addInitScript(() => {
    SubtleCrypto.prototype.importKey = () => Promise.reject(new DOMException('no Ed25519', 'NotSupportedError'));
  });
  const unlisted = page => page.route('**/V/*', async route => {
    const answer = await route.fetch({url: `${people}/V/${'0'.repeat(12)}`});
    await route.fulfill({response: answer, body: (await answer.text()).replace(`data-code="${'0'.repeat(12)}"`, `data-code="${code}"`)});
  });
  const other = people.replace('localhost', '127.0.0.1');
  const cases = [
    ['changed', `/V/${code}#${changed()}`, 'forged', 'forged', {}],
    ['foreign', `/V/${code}#${foreign()}`, 'forged', 'forged', {}],
    ['cut', `/V/${code}#${seal.slice(0, -9)}`, 'forged', 'forged', {}],
    ['nonsense', `/V/${code}#not-a-seal`, 'forged', 'forged', {}],
    ['other-code', `/V/${'0'.repeat(12)}#${seal}`, 'other-code', 'other-code', {}],
    ['other-host', `/V/${code}#${seal}`, 'other-host', 'other-host', {base: other}],
    ['weak', `/V/${code}#${seal}`, 'weak', 'seal.weak', {before: away}],
    ['unlisted', `/V/${code}#${seal}`, 'good', 'seal.unlisted', {before: unlisted}],
  ];
  for (const [name, target, outcome, text, how] of cases) {
    for (const language of name === 'changed' || name === 'weak' ? languages : ['en']) {
      await check(`${name}-${language}`, async () => {
        const it = await open(target, {language, ...how}), words = await it.words(), t = texts[language];
        assert.equal(await it.outcome(), outcome);
        assert.ok(words.includes(t[text]), words);
        assert.equal(words.includes(t.valid), name === 'weak', 'a page that doubts the seal does not say genuine');
        assert.ok(!words.includes('Karimova Dilnoza') && !words.includes('Sarimova'), 'no name that is not proved');
        await noFaults(it, name);
        await fits(it, name);
        await shot(it, `${name}-${language}`);
        await it.close();
      });
    }
  }
};

const otherPages = async () => {
  for (const language of languages) {
    await check(`home-${language}`, async () => {
      const it = await open('/', {language, width: 320}), t = texts[language];
      await noFaults(it, 'home');
      await fits(it, 'home');
      await shot(it, `home-${language}`);
      await it.page.fill('#code', code.slice(0, 5));
      await it.page.click('button');
      assert.ok((await it.words()).includes(t['home.wrong']));
      assert.equal(await it.page.inputValue('#code'), code.slice(0, 5), 'what was typed stays');
      await noFaults(it, 'home-wrong');
      await shot(it, `home-wrong-${language}`);
      await it.page.fill('#code', code.toLowerCase().replace(/(....)(....)/, '$1-$2-'));
      await it.page.click('button');
      assert.ok((await it.words()).includes(t.valid));
      assert.ok((await it.words()).includes(t['seal.none']));
      await it.close();
    });
    await check(`unknown-${language}`, async () => {
      const it = await open(`/v/${'0'.repeat(12)}`, {language, width: 320});
      assert.ok((await it.words()).includes(texts[language].unknown));
      await noFaults(it, 'unknown');
      await fits(it, 'unknown');
      await shot(it, `unknown-${language}`);
      await it.close();
    });
    await check(`nowhere-${language}`, async () => {
      const it = await open('/nowhere', {language, width: 320});
      assert.ok((await it.words()).includes(texts[language]['not-found']));
      await noFaults(it, 'nowhere');
      await it.close();
    });
  }
  await check('another language keeps the seal', async () => {
    const it = await open(`/V/${code}#${seal}`, {language: 'uz'});
    await it.page.click('nav a[lang=ru]');
    await it.page.waitForFunction(() => document.documentElement.dataset.seal && document.documentElement.lang === 'ru');
    assert.equal(await it.outcome(), 'good');
    assert.ok((await it.words()).includes('Karimova Dilnoza'));
    assert.equal(new URL(it.page.url()).search, '?l=ru');
    await it.close();
  });
};

try {
  await everyLanguage();
  await outcomes();
  await otherPages();
  for (state of ['suspended', 'revoked', 'replaced', 'expired']) {
    execFileSync('sqlite3', ['-cmd', '.timeout 30000', database, `UPDATE copy SET validity = '${state}', changed_at_s = unixepoch() WHERE code = '${code}'`]);
    await everyLanguage();
  }
  console.log(`${checks} checks of the public page`);
} finally {
  await browser.close();
}
