// The page that a phone takes its copy on, in a real browser: every language, two widths, with script and without, each of its states, and a whole
// way from the code to the file.  Leaves pictures in the folder that it is told.
// A wide phone has scripts and a narrow one has none; OFFICE_WHOLE=yes: each both.
//
//   BEARER=... node check-phone.mjs PEOPLE KIOSKS KIOSK COPY OUT
//
// KIOSK: the folder with a kiosk's key and certificate; COPY: one of the document that the phone is to get.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {axe, launch, whole, PATIENCE_MS} from './browser.mjs';

const [people, kiosks, kiosk, copy, out] = process.argv.slice(2);
const languages = ['uz', 'uz-Cyrl', 'ru', 'en'];
const texts = Object.fromEntries(languages.map(l => [l, JSON.parse(fs.readFileSync(new URL(`../../assets/web/texts.${l}.json`, import.meta.url)))]));
const browser = await launch();
let checks = 0;

// What the kiosk asks, by its certificate and the student's bearer.
const ask = (method, target, body) => JSON.parse(execFileSync('curl', ['--noproxy', '*', '-sS', '--cacert', `${kiosk}/ca.pem`, '--cert', `${kiosk}/certificate.pem`,
  '--key', `${kiosk}/key.pem`, '-X', method, `${kiosks}/kiosk/v1/${target}`, '-H', `Authorization: Bearer ${process.env.BEARER}`,
  ...(body ? ['--json', JSON.stringify(body)] : [])], {encoding: 'utf8'}));
const offer = () => {
  const link = ask('POST', `copies/${copy}/phone-link`);
  return {...link, target: new URL(link.address).pathname};
};

const phone = async ({width = 390, script = true} = {}) => {
  const context = await browser.newContext({ignoreHTTPSErrors: true, javaScriptEnabled: script, viewport: {width, height: 844}, locale: 'en-GB', acceptDownloads: true});
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage(), faults = [], asked = [];
  page.on('console', message => { if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) faults.push(message.text()); });
  page.on('pageerror', error => faults.push(String(error)));
  page.on('request', request => asked.push(request.url()));
  return {page, context, faults, asked, words: () => page.evaluate(() => document.body.innerText), close: () => context.close()};
};

const good = async (name, body) => {
  try {
    await body();
    checks++;
  } catch (error) {
    console.error(`not ok: ${name}`);
    throw error;
  }
};

// Fits, is accessible, needs nothing but itself; in each language by its own link.  axe and the painter look at the next language each time.
let looks = 0;
const judged = turn => whole || looks % languages.length === turn;
const looked = async (it, state, {width, script}) => {
  looks++;
  for (const [turn, language] of languages.entries()) {
    const name = `phone-${state}-${language}-${width}${script ? '' : '-no-script'}`, t = texts[language];
    await good(name, async () => {
      it.asked.length = 0;
      await it.page.goto(`${people}${new URL(it.page.url()).pathname.replace(/\/file$/, '')}?l=${language}`);
      const words = await it.words();
      assert.ok(words.includes(t[{closed: 'phone.closed.how', digits: 'phone.digits', other: 'phone.other', gone: 'phone.gone', open: 'phone.open'}[state]]), words);
      assert.equal(await it.page.getAttribute('html', 'lang'), language);
      assert.ok((await it.page.locator('header b').innerText()).length > 5, 'whose page it is');
      assert.equal(it.asked.filter(url => url.startsWith('http')).length, 1, `one request: ${it.asked}`);
      assert.deepEqual(it.faults, [], 'the browser complains');
      const [wide, view] = await it.page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      assert.ok(wide <= view, `${wide} px in ${view}`);
      const small = await it.page.evaluate(() => [...document.querySelectorAll('a, button')]
        .map(e => [e.textContent, e.getBoundingClientRect()]).filter(([, r]) => r.width && (r.height < 24 || r.width < 24)).map(([text]) => text));
      assert.deepEqual(small, [], 'too small to touch');
      if (script && judged(turn)) {
        assert.deepEqual((await axe(it.page)).map(one => one.text), [], 'axe');
      }
      if (judged(turn))
        await it.page.screenshot({path: path.join(out, `${name}.png`), fullPage: true});
    });
  }
};

const button = it => it.page.locator('main button');
const shown = it => it.page.locator('.digits').innerText();

// The whole way of one phone, with another one that comes in between.
const wholeWay = async how => {
  const link = offer(), it = await phone(how), thief = await phone(how);
  await it.page.goto(people + link.target); // "/D/...", as the code has it
  await looked(it, 'closed', how);
  await button(it).click();
  const digits = await shown(it);
  assert.match(digits, /^\d\d$/);
  await looked(it, 'digits', how);
  assert.equal(await shown(it), digits, 'the same digits however often it is looked at');
  await good('another phone', async () => {
    await thief.page.goto(people + link.target);
    assert.ok(!(await thief.words()).includes(digits) || !/\d\d/.test(await thief.page.locator('h1').innerText()));
    assert.equal(await button(thief).count(), 0, 'nothing to press');
  });
  await looked(thief, 'other', how);
  await good('too early', async () => {
    await it.page.goto(`${people}${new URL(it.page.url()).pathname}?l=en`);
    await button(it).click();
    assert.ok((await it.words()).includes(texts.en['phone.early']));
    assert.equal(await shown(it), digits);
    await it.page.screenshot({path: path.join(out, `phone-early-${how.width}.png`), fullPage: true});
  });
  assert.equal(ask('PUT', `phone-links/${link.id}/digits`, {digits}).state, 'matched');
  await good('the file, from the page that shows the digits still', async () => {
    const [download] = await Promise.all([it.page.waitForEvent('download'), button(it).click()]);
    assert.match(download.suggestedFilename(), /^Study certificate M-\d{4}-\d{6}\.pdf$|^.+ M-\d{4}-\d{6}\.pdf$/);
    assert.equal(fs.readFileSync(await download.path()).subarray(0, 5).toString(), '%PDF-');
    assert.equal(ask('GET', `phone-links/${link.id}`).state, 'used');
  });
  await looked(it, 'open', how);
  for (let left = 2; left > 0; left--) {
    await it.page.goto(`${people}${new URL(it.page.url()).pathname}?l=en`);
    const [again] = await Promise.all([it.page.waitForEvent('download'), button(it).click()]);
    await again.path();
  }
  await it.page.goto(`${people}${new URL(it.page.url()).pathname}?l=en`);
  await looked(it, 'gone', how);
  const cookies = (await it.context.cookies(people + link.target.toLowerCase().replace(/[^/]*$/, token => token.toUpperCase())));
  await good('the cookie', async () => {
    assert.equal(cookies.length, 1);
    const [{secure, httpOnly, sameSite, path: bound}] = cookies;
    assert.deepEqual({secure, httpOnly, sameSite}, {secure: true, httpOnly: true, sameSite: 'Strict'});
    assert.match(bound, /^\/d\/[0-9A-Z]{28}$/);
  });
  await it.close();
  await thief.close();
};

for (const [width, script] of [[390, true], [320, false], ...(whole ? [[390, false], [320, true]] : [])])
  await wholeWay({width, script});
await browser.close();
console.log(`ok: ${checks} checks of the phone's page`);
