// The page that a phone sends photographs of a paper from, in a real browser of a phone's size: every language, two widths, with script and without, each of its
// states, real photographs and files that are none.  Leaves pictures in the folder that it is told.
// A wide phone has scripts and a narrow one has none; OFFICE_WHOLE=yes: each both.
//
//   BEARER=... node check-papers.mjs PEOPLE KIOSKS KIOSK SERVICE FIELD OUT
//
// KIOSK: the folder with a kiosk's key and certificate; FIELD: a question of the service that wants a paper.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {axe, launch, whole, PATIENCE_MS} from './browser.mjs';

const [people, kiosks, kiosk, service, field, out] = process.argv.slice(2);
const languages = ['uz', 'uz-Cyrl', 'ru', 'en'];
const texts = Object.fromEntries(languages.map(l => [l, JSON.parse(fs.readFileSync(new URL(`../../assets/web/texts.${l}.json`, import.meta.url)))]));
const paper = fs.readFileSync(new URL('photos/paper.jpg', import.meta.url));
const browser = await launch();
let checks = 0;

// What the kiosk asks, by its certificate and the student's bearer.
const curl = (method, target, body) => execFileSync('curl', ['--noproxy', '*', '-sS', '--cacert', `${kiosk}/ca.pem`, '--cert', `${kiosk}/certificate.pem`, '--key',
  `${kiosk}/key.pem`, '-X', method, `${kiosks}/kiosk/v1/${target}`, '-H', `Authorization: Bearer ${process.env.BEARER}`,
  ...(body ? ['--json', JSON.stringify(body)] : [])], {maxBuffer: 1 << 24});
const ask = (method, target, body) => JSON.parse(curl(method, target, body) || '{}');
const offer = () => {
  const set = ask('POST', 'papers', {service, field});
  assert.equal(set.state, 'offered', JSON.stringify(set));
  return {...set, target: new URL(set.address).pathname};
};
const state = set => ask('GET', `papers/${set.id}`);

const phone = async ({width = 390, script = true} = {}) => {
  const context = await browser.newContext({ignoreHTTPSErrors: true, javaScriptEnabled: script, viewport: {width, height: 844}, locale: 'en-GB', isMobile: true,
    hasTouch: true, deviceScaleFactor: 2});
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage(), faults = [], asked = [];
  page.on('console', message => { if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) faults.push(message.text()); });
  page.on('pageerror', error => faults.push(String(error)));
  page.on('request', request => asked.push(request.url()));
  return {page, context, faults, asked, script, words: () => page.evaluate(() => document.body.innerText), close: () => context.close()};
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
const STATES = {open: 'photo.how', some: 'photo.next', full: 'photo.full', done: 'photo.done', other: 'photo.other', gone: 'photo.gone.why'};
const looked = async (it, name, {width, script}) => {
  looks++;
  for (const [turn, language] of languages.entries()) {
    const picture = `photo-${name}-${language}-${width}${script ? '' : '-no-script'}`, t = texts[language];
    await good(picture, async () => {
      it.asked.length = 0;
      await it.page.goto(`${people}${new URL(it.page.url()).pathname}?l=${language}`);
      const words = await it.words();
      assert.ok(words.includes(t[STATES[name]]), words);
      assert.equal(await it.page.getAttribute('html', 'lang'), language);
      assert.ok((await it.page.locator('header b').innerText()).length > 5, 'whose page it is');
      assert.equal(it.asked.filter(url => url.startsWith('http')).length, 1, `one request: ${it.asked}`);
      assert.deepEqual(it.faults, [], 'the browser complains');
      const [wide, view] = await it.page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      assert.ok(wide <= view, `${wide} px in ${view}`);
      const small = await it.page.evaluate(() => [...document.querySelectorAll('a, button, input')]
        .map(e => [e.outerHTML, e.getBoundingClientRect()]).filter(([, r]) => r.width && (r.height < 24 || r.width < 24)).map(([text]) => text));
      assert.deepEqual(small, [], 'too small to touch');
      if (script && judged(turn)) {
        assert.deepEqual((await axe(it.page)).map(one => one.text), [], 'axe');
      }
      if (judged(turn))
        await it.page.screenshot({path: path.join(out, `${picture}.png`), fullPage: true});
    });
  }
};

// Takes a photograph, as far as a browser on a desk can: with the script choosing is sending.
const send = async (it, name, buffer, input = '#camera') => {
  const came = it.page.waitForEvent('load');
  await it.page.setInputFiles(input, {name, mimeType: /\.png$/.test(name) ? 'image/png' : 'image/jpeg', buffer});
  if (!it.script)
    await it.page.locator(`form:has(${input}) button`).click();
  await came;
};

const text = (s, ...values) => s.replace(/\{(\d)\}/g, (_, n) => values[n]);

// Files that are no photograph of a paper, each told so in words; nothing is added by them.
const files = [
  ['IMG_0001.HEIC', Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0heicmif1')]), 'said.photo-heic'],
  ['scan.jpg', Buffer.from('%PDF-1.7\n%...'), 'said.photo-pdf'],
  ['note.jpg', Buffer.from('hello'), 'said.photo-other'],
  ['page.jpg', Buffer.from('<html><script>alert(1)</script>'), 'said.photo-other'],
  ['cut.jpg', paper.subarray(0, 40000), 'said.photo-broken'],
  ['huge.png', Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.from([0, 0, 0x3a, 0x98, 0, 0, 0x3a, 0x98, 8, 2, 0, 0, 0, 0, 0, 0, 0])]), 'said.photo-large'],
  ['tiny.png', Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'), 'said.photo-small'],
];

// Upright and readable on the glass: what lay on its side in the file is higher than wide.
const seenUpright = (set, n) => {
  const png = curl('GET', `papers/${set.id}/pages/${n}?width=480`);
  assert.equal(png.subarray(1, 4).toString(), 'PNG');
  assert.equal(png.readUInt32BE(16), 480);
  assert.equal(png.readUInt32BE(20), 640);
  for (const told of ['Exif', 'Namuna Phone', '41.2995N'])
    assert.ok(!png.includes(told), `${told} is left in the picture`);
  return png;
};

const wholeWay = async how => {
  const set = offer(), it = await phone(how), thief = await phone(how);
  await it.page.goto(people + set.target); // "/U/...", as the code has it
  await looked(it, 'open', how);
  assert.equal(state(set).state, 'opened');
  await good('the camera and the gallery', async () => {
    assert.deepEqual(await it.page.$$eval('input[type=file]', all => all.map(e => [e.accept, e.getAttribute('capture')])),
      [['image/jpeg,image/png', 'environment'], ['image/jpeg,image/png', null]]);
  });
  for (const [name, buffer, why] of files)
    await good(name, async () => {
      await it.page.goto(`${people}${new URL(it.page.url()).pathname}?l=en`);
      await send(it, name, buffer);
      assert.ok((await it.page.locator('[role=alert]').innerText()).includes(texts.en[why]), await it.words());
      assert.equal(state(set).pages, 0);
    });
  await it.page.screenshot({path: path.join(out, `photo-refused-${how.width}${how.script ? '' : '-no-script'}.png`), fullPage: true});
  for (let n = 1; n <= set.most; n++) {
    await good(`photograph ${n}`, async () => {
      await it.page.goto(`${people}${new URL(it.page.url()).pathname}?l=en`);
      await send(it, 'IMG_2026.jpg', paper, n % 2 ? '#camera' : '#gallery');
      assert.ok((await it.words()).includes(text(texts.en['photo.count'], n, set.most)), await it.words());
      assert.equal(state(set).pages, n);
      const png = seenUpright(set, n);
      if (n === 1)
        fs.writeFileSync(path.join(out, `photo-on-the-glass${how.script ? '' : '-no-script'}.png`), png);
    });
    if (n === 1) {
      await looked(it, 'some', how);
      await good('another phone', async () => {
        await thief.page.goto(people + set.target);
        assert.equal(await thief.page.locator('main button, main input').count(), 0, 'nothing to press');
      });
      await looked(thief, 'other', how);
    }
  }
  await looked(it, 'full', how);
  await good('that is all', async () => {
    await it.page.goto(`${people}${new URL(it.page.url()).pathname}?l=en`);
    await it.page.locator('main button').click();
    assert.ok((await it.words()).includes(texts.en['photo.done']));
    assert.deepEqual([state(set).state, state(set).pages, state(set).seconds_left], ['given', set.most, 0]);
  });
  await looked(it, 'done', how);
  await good('the cookie', async () => {
    const cookies = await it.context.cookies(`${people}${new URL(it.page.url()).pathname}`);
    assert.equal(cookies.length, 1);
    const [{secure, httpOnly, sameSite, path: bound}] = cookies;
    assert.deepEqual({secure, httpOnly, sameSite}, {secure: true, httpOnly: true, sameSite: 'Strict'});
    assert.match(bound, /^\/u\/[0-9A-Z]{28}$/);
  });
  curl('DELETE', `papers/${set.id}`);
  await looked(it, 'gone', how);
  await it.close();
  await thief.close();
};

for (const [width, script] of [[390, true], [320, false], ...(whole ? [[390, false], [320, true]] : [])])
  await wholeWay({width, script});
await browser.close();
console.log(`ok: ${checks} checks of the page for photographs`);
