// Signing in with one's own phone in a real browser, at a phone's width and without scripts; the device is openid-client's (RFC 8628).
//
//   CA=... KIOSKS=https://... KIOSK_A=FOLDER KIOSK_B=FOLDER node check-sign-in-phone.mjs PEOPLE OUT
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import * as oauth from 'openid-client';
import {Agent, fetch as request} from 'undici';
import {axe, launch, PATIENCE_MS} from './browser.mjs';

const [people, out] = process.argv.slice(2);
const {CA, KIOSKS} = process.env;
const NUMBER = '401241100873', PASSWORD = 'bahor2026';
const languages = ['uz', 'uz-Cyrl', 'ru', 'en'];
const texts = Object.fromEntries(languages.map(l => [l, JSON.parse(fs.readFileSync(new URL(`../../assets/web/texts.${l}.json`, import.meta.url)))]));
const browser = await launch();
const database = sql => execFileSync('sqlite3', ['-cmd', '.timeout 5000', process.env.DATABASE, sql], {encoding: 'utf8'}).trim();
let checks = 0;

// --- the device ---
const device = folder => {
  const dispatcher = new Agent({connect: {ca: fs.readFileSync(CA), cert: fs.readFileSync(path.join(folder, 'certificate.pem')), key: fs.readFileSync(path.join(folder, 'key.pem'))}});
  const ask = (url, options) => request(url, {...options, dispatcher});
  const server = {issuer: KIOSKS, device_authorization_endpoint: `${KIOSKS}/kiosk/v1/oauth/device_authorization`, token_endpoint: `${KIOSKS}/kiosk/v1/oauth/token`};
  const config = new oauth.Configuration(server, 'kiosk', {}, oauth.None());
  config[oauth.customFetch] = ask;
  return {
    offer: () => oauth.initiateDeviceAuthorization(config, {}),
    wait: (offer, signal) => oauth.pollDeviceAuthorizationGrant(config, offer, undefined, {signal}),
    token: async (code, changes = {}) => {
      const fields = {grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: code, client_id: 'kiosk', ...changes};
      const answer = await ask(server.token_endpoint, {method: 'POST', headers: {'Content-Type': 'application/x-www-form-urlencoded'},
        body: new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== undefined)).toString()});
      return {status: answer.status, ...await answer.json()};
    },
    digits: async (grant, digits) => {
      const answer = await ask(`${KIOSKS}/kiosk/v1/sign-in-grants/${grant}/digits`, {method: 'PUT', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({digits})});
      return (await answer.json()).state;
    },
    state: async grant => (await (await ask(`${KIOSKS}/kiosk/v1/sign-in-grants/${grant}`)).json()).state,
    home: async bearer => (await ask(`${KIOSKS}/kiosk/v1/home`, {headers: {Authorization: `Bearer ${bearer}`}})).status,
  };
};
const kiosk = device(process.env.KIOSK_A), another = device(process.env.KIOSK_B);

// --- the phone ---
const open = async (script = false) => {
  const context = await browser.newContext({ignoreHTTPSErrors: true, javaScriptEnabled: script, viewport: {width: 320, height: 780}});
  context.setDefaultTimeout(PATIENCE_MS);
  return context.newPage();
};
const shows = async (page, name, wanted) => {
  const words = await page.evaluate(() => document.body.innerText);
  for (const word of wanted)
    assert.ok(words.includes(word), `${name}: no "${word}" in ${words}`);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name}: wider than the window`);
  await page.screenshot({path: path.join(out, `grant-${name}.png`), fullPage: true});
  checks++;
};
// Every language of where the phone is now; nothing is changed by looking.
const everywhere = async (page, name, ids, target) => {
  for (const l of languages) {
    await page.goto(`${people}${target}?l=${l}`);
    await shows(page, `${name}-${l}`, ids.map(id => texts[l][id]));
  }
};
// axe wants scripts: the same pages, with the same cookies, in a browser that has them.
const judged = async (page, name, target) => {
  const context = await browser.newContext({ignoreHTTPSErrors: true, viewport: {width: 320, height: 780}});
  await context.addCookies(await page.context().cookies());
  const other = await context.newPage();
  await other.goto(`${people}${target}?l=ru`);
  assert.deepEqual((await axe(other, {without: ['meta-refresh']})).map(one => one.text), [], name);
  await context.close();
  checks++;
};
const door = offer => `/g/${offer.user_code.replace('-', '')}`;
const t = texts.ru;
const press = (page, words) => Promise.all([page.waitForNavigation(), page.click(`button:has-text("${words}")`)]);
const signsIn = async (page, number = NUMBER, password = PASSWORD) => {
  await page.fill('#number', number);
  await page.fill('#password', password);
  await press(page, t['grant.go']);
};
const digitsOf = async page => (await page.locator('.digits').innerText()).trim();

// The whole way: the code is typed, one password is wrong, then the student is in, once.
{
  const offer = await kiosk.offer(), waiting = kiosk.wait(offer), page = await open();
  assert.match(offer.user_code, /^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
  assert.equal(offer.verification_uri_complete.toUpperCase(), offer.verification_uri_complete);
  assert.equal((await kiosk.token(offer.device_code)).error, 'authorization_pending');
  assert.equal((await kiosk.token(offer.device_code)).error, 'slow_down');
  assert.equal((await another.token(offer.device_code)).error, 'invalid_grant');
  await everywhere(page, 'ask', ['grant', 'grant.ask.how', 'grant.code'], '/g');
  await judged(page, 'ask', '/g');
  await page.goto(`${people}/g?l=ru`);
  await page.fill('#code', 'moon');
  await press(page, t['grant.go']);
  await shows(page, 'not-a-code', [t['grant.code.wrong']]);
  await page.fill('#code', offer.user_code.toLowerCase().replace('-', ' '));
  await press(page, t['grant.go']);
  await shows(page, 'typed', [t['grant.closed'], 'A-2']);
  await everywhere(page, 'closed', ['grant.closed', 'grant.closed.how', 'grant.closed.yes', 'grant.closed.no'], door(offer));
  await judged(page, 'closed', door(offer));
  assert.equal(await kiosk.state(offer.grant), 'offered', 'a preview burns nothing');
  await page.goto(`${people}${door(offer)}?l=ru`);
  await press(page, t['grant.closed.yes']);
  assert.equal(await kiosk.state(offer.grant), 'opened');
  await page.goto(people + new URL(offer.verification_uri_complete).pathname); // scanned once more by the same phone
  assert.equal(new URL(page.url()).pathname, door(offer));
  assert.equal(await page.locator('#password').count(), 1, 'it is the same phone');
  const stranger = await open();
  await everywhere(stranger, 'other', ['grant.other', 'grant.other.why'], door(offer));
  await everywhere(page, 'password', ['grant.password', 'grant.number', 'grant.secret'], door(offer));
  await judged(page, 'password', door(offer));
  await page.goto(`${people}${door(offer)}?l=ru`);
  await signsIn(page, NUMBER, 'wrong');
  await shows(page, 'wrong', [t['grant.wrong'].replace('{0}', '4')]);
  assert.equal(await page.inputValue('#number'), NUMBER);
  assert.equal(await page.inputValue('#password'), '');
  await signsIn(page);
  await everywhere(page, 'consent', ['grant.consent', 'grant.consent.what', 'grant.consent.yes'], door(offer));
  await judged(page, 'consent', door(offer));
  await page.goto(`${people}${door(offer)}?l=ru`);
  await press(page, t['grant.consent.yes']);
  const digits = await digitsOf(page);
  assert.match(digits, /^\d\d$/);
  await everywhere(page, 'digits', ['phone.digits'], door(offer));
  await judged(page, 'digits', door(offer));
  assert.equal(await another.digits(offer.grant, digits), undefined, 'another kiosk knows no such grant');
  assert.equal(await kiosk.digits(offer.grant, digits), 'matched');
  const token = await waiting; // whoever polls as the RFC says comes by it, too
  assert.equal(token.token_type.toLowerCase(), 'bearer');
  assert.equal(token.session.number, NUMBER);
  assert.equal(await kiosk.home(token.access_token), 200);
  assert.equal(await another.home(token.access_token), 401);
  assert.equal((await kiosk.token(offer.device_code)).error, 'invalid_grant', 'once');
  await everywhere(page, 'done', ['grant.done', 'grant.done.then'], door(offer));
  await everywhere(stranger, 'gone', ['grant.gone', 'grant.gone.why'], door(offer));
}

// A link that was relayed: whoever is sent it sees digits, and whoever sent it does not.
{
  const offer = await kiosk.offer(), page = await open();
  await page.goto(`${people}${door(offer)}?l=ru`);
  await press(page, t['grant.closed.yes']);
  await signsIn(page);
  await press(page, t['grant.consent.yes']);
  const digits = await digitsOf(page), guess = String((Number(digits) + 37) % 100).padStart(2, '0');
  assert.equal((await kiosk.token(offer.device_code)).error, 'authorization_pending', 'a relayed link alone signs nobody in');
  assert.equal(await kiosk.digits(offer.grant, guess), 'denied');
  assert.equal(await kiosk.digits(offer.grant, digits), 'denied', 'one try');
  assert.equal((await kiosk.token(offer.device_code)).error, 'access_denied');
  await everywhere(page, 'denied', ['grant.denied', 'grant.denied.then'], door(offer));
}

// Denied at the phone by whoever was sent it and does not stand there: the device that waits hears so.
{
  const offer = await kiosk.offer(), waiting = assert.rejects(kiosk.wait(offer), error => error.error === 'access_denied'), page = await open();
  await page.goto(`${people}${door(offer)}?l=ru`);
  await press(page, t['grant.closed.no']);
  await shows(page, 'cancelled', [t['grant.denied']]);
  await waiting;
}

// A kiosk has one: the next denies it, and nobody finds what nobody has.
{
  const first = await kiosk.offer(), second = await kiosk.offer();
  assert.equal((await kiosk.token(first.device_code)).error, 'access_denied');
  assert.equal((await kiosk.token(second.device_code)).error, 'authorization_pending');
  assert.equal((await kiosk.token('A'.repeat(43))).error, 'invalid_grant');
  const page = await open();
  await everywhere(page, 'nobodys', ['grant.gone'], '/g/BCDFBCDF');
  await judged(page, 'nobodys', '/g/BCDFBCDF');
}

// What is not said as RFC 6749 wants it is refused by its names, and takes nothing from the grant.
{
  const offer = await kiosk.offer(), refused = {
    invalid_request: [{device_code: undefined}, {client_id: undefined}, {grant_type: undefined}, {device_code: ''}],
    invalid_client: [{client_id: 'console'}], unsupported_grant_type: [{grant_type: 'password'}], invalid_grant: [{device_code: 'x'}],
  };
  for (const [error, all] of Object.entries(refused))
    for (const changes of all) {
      const answer = await kiosk.token(offer.device_code, changes);
      assert.deepEqual([answer.status, answer.error], [400, error], JSON.stringify(changes));
      checks++;
    }
  assert.equal((await kiosk.token(offer.device_code)).error, 'authorization_pending');
}

// A device that asks too soon is told to slow down, does so, and comes by its end all the same; then the time is over.
{
  const offer = await kiosk.offer(), waiting = assert.rejects(kiosk.wait({...offer, interval: 1}), error => error.error === 'expired_token'), page = await open();
  await page.goto(`${people}${door(offer)}?l=ru`);
  await press(page, t['grant.closed.yes']);
  await new Promise(resolve => setTimeout(resolve, 2500)); // the first two askings: the second is too soon
  const interval = () => Number(database(`SELECT interval_s FROM sign_in_grant WHERE id = '${offer.grant}'`));
  assert.ok(interval() > offer.interval, `slow_down: ${interval()} s`);
  database(`UPDATE sign_in_grant SET ends_at_s = ${Math.floor(Date.now() / 1000) - 1} WHERE id = '${offer.grant}'`);
  await everywhere(page, 'expired', ['grant.expired'], door(offer));
  await judged(page, 'expired', door(offer));
  await waiting;
}

// Five wrong passwords, and this code is nobody's way in any more.
{
  const offer = await kiosk.offer(), page = await open();
  await page.goto(`${people}${door(offer)}?l=ru`);
  await press(page, t['grant.closed.yes']);
  for (let left = 4; left > 0; left--) {
    await signsIn(page, '401241100001', 'wrong');
    await shows(page, `wrong-${left}`, [t['grant.wrong'].replace('{0}', left)]);
  }
  await signsIn(page, '401241100001', 'wrong');
  await shows(page, 'wrong-0', [t['grant.denied']]);
  assert.equal((await kiosk.token(offer.device_code)).error, 'access_denied');
}

await browser.close();
console.log(`${checks} looks at a phone that signs in`);
