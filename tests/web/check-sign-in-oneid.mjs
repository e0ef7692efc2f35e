// A phone that signs in at a kiosk on OneID's page, in a real browser without scripts; the device is openid-client's (RFC 8628).
//
//   CA=... KIOSKS=https://... KIOSK=FOLDER DOOR=FOLDER ONEID=https://... LOG=FILE node check-sign-in-oneid.mjs PEOPLE OUT
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as oauth from 'openid-client';
import {Agent, fetch as request} from 'undici';
import {axe, launch, PATIENCE_MS} from './browser.mjs';

const [people, out] = process.argv.slice(2);
const {CA, KIOSKS, KIOSK, DOOR, ONEID, LOG} = process.env;
const NUMBER = '401241100873', SECRET = fs.readFileSync(path.join(DOOR, 'secret'), 'utf8').trim();
const pinflOf = number => JSON.parse(fs.readFileSync(new URL('../../assets/demo/university.json', import.meta.url))).students.find(one => one.number === number).profile.pinfl;
const PINFL = pinflOf(NUMBER);
const texts = Object.fromEntries(['uz', 'uz-Cyrl', 'ru', 'en'].map(l => [l, JSON.parse(fs.readFileSync(new URL(`../../assets/web/texts.${l}.json`, import.meta.url)))]));
const t = texts.ru;
const browser = await launch();
const fault = words => fs.writeFileSync(path.join(DOOR, 'faults'), `${words}\n`);
let checks = 0;

const dispatcher = new Agent({connect: {ca: fs.readFileSync(CA), cert: fs.readFileSync(path.join(KIOSK, 'certificate.pem')), key: fs.readFileSync(path.join(KIOSK, 'key.pem'))}});
const ask = (url, options) => request(url, {...options, dispatcher});
const config = new oauth.Configuration({issuer: KIOSKS, device_authorization_endpoint: `${KIOSKS}/kiosk/v1/oauth/device_authorization`,
  token_endpoint: `${KIOSKS}/kiosk/v1/oauth/token`}, 'kiosk', {}, oauth.None());
config[oauth.customFetch] = ask;
const offers = () => oauth.initiateDeviceAuthorization(config, {});
const waits = offer => oauth.pollDeviceAuthorizationGrant(config, offer);
const types = async (offer, digits) => (await (await ask(`${KIOSKS}/kiosk/v1/sign-in-grants/${offer.grant}/digits`, {method: 'PUT',
  headers: {'Content-Type': 'application/json'}, body: JSON.stringify({digits})})).json()).state;

const open = async () => {
  const context = await browser.newContext({ignoreHTTPSErrors: true, javaScriptEnabled: false, viewport: {width: 320, height: 780}});
  context.setDefaultTimeout(PATIENCE_MS);
  return context.newPage();
};
const shows = async (page, name, ...ids) => {
  const words = await page.evaluate(() => document.body.innerText);
  for (const id of ids)
    assert.ok(words.includes(t[id]), `${name}: no "${t[id]}" in ${words}`);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name}: wider than the window`);
  await page.screenshot({path: path.join(out, `oneid-page-${name}.png`), fullPage: true});
  checks++;
};
const press = (page, words) => Promise.all([page.waitForNavigation(), page.click(`button:has-text("${words}"), a:has-text("${words}")`)]);
const door = offer => `/g/${offer.user_code.replace('-', '')}`;
const begins = async (page, offer) => {
  await page.goto(`${people}${door(offer)}?l=ru`);
  await press(page, t['grant.closed.yes']);
};
// On OneID's page, whose fields are its own.
const signsIn = async (page, pinfl = PINFL, button = 'in') => {
  assert.equal(new URL(page.url()).origin, ONEID);
  await page.fill('[name=login]', pinfl);
  await page.fill('[name=password]', 'oneid');
  await Promise.all([page.waitForURL(url => url.origin === new URL(people).origin && url.pathname.startsWith('/g/')), page.click(`[value=${button}]`)]);
};
const digitsOf = async page => (await page.locator('.digits').innerText()).trim();

// The whole way: to OneID, back, consent, digits; the session is that student's.
const used = {};
{
  const offer = await offers(), waiting = waits(offer), page = await open();
  await begins(page, offer);
  await shows(page, 'password', 'grant.password', 'grant.oneid', 'grant.or');
  const judged = await browser.newContext({ignoreHTTPSErrors: true, viewport: {width: 320, height: 780}});
  await judged.addCookies(await page.context().cookies());
  const other = await judged.newPage();
  await other.goto(page.url());
  assert.deepEqual((await axe(other)).map(one => one.text), []);
  await judged.close();
  const seen = [];
  page.on('request', one => seen.push(one.url()));
  await press(page, t['grant.oneid']);
  const away = new URL(page.url());
  assert.deepEqual([away.searchParams.get('response_type'), away.searchParams.get('redirect_uri'), away.searchParams.get('scope')],
    ['one_code', `${people}/back/oneid`, 'namuna_uz']);
  await signsIn(page);
  await shows(page, 'consent', 'grant.consent');
  used.back = seen.find(url => new URL(url).pathname.endsWith('/back/oneid') && new URL(url).pathname.startsWith('/g/'));
  await press(page, t['grant.consent.yes']);
  assert.equal(await types(offer, await digitsOf(page)), 'matched');
  const token = await waiting;
  assert.equal(token.session.number, NUMBER);
  assert.equal(token.session.weak, false);
  assert.equal((await ask(`${KIOSKS}/kiosk/v1/home`, {headers: {Authorization: `Bearer ${token.access_token}`}})).status, 200);
  assert.ok(fs.readFileSync(path.join(DOOR, 'log'), 'utf8').includes('one_log_out'), 'nothing stays open at OneID');
  checks++;
}

// Who is no student here, whom OneID does not vouch for, and whose answer says nothing: each is told, none is let in.
{
  const offer = await offers(), page = await open();
  await begins(page, offer);
  await press(page, t['grant.oneid']);
  await signsIn(page, '30000000000000');
  await shows(page, 'nobody', 'grant.unknown', 'grant.password');
  for (const words of ['unverified', 'ret_cd=1']) {
    fault(words);
    await press(page, t['grant.oneid']);
    await signsIn(page);
    await shows(page, words.replace('=', '-'), 'grant.unknown');
  }
  fault('');
  await press(page, t['grant.oneid']);
  await signsIn(page, PINFL, 'cancel');
  await shows(page, 'cancelled-there', 'grant.password');
  await press(page, t['grant.oneid']);
  fault('numbers');
  await signsIn(page);
  await shows(page, 'other-types', 'grant.consent');
  fault('');
}

// A code is good once, and nowhere else: not with another phone's state, not with HEMIS's, not in another browser.
{
  const offer = await offers(), page = await open(), stranger = await open();
  await begins(page, offer);
  const other = new URL(used.back);
  await page.goto(`${people}${door(offer)}/back/oneid${other.search}`);
  await shows(page, 'another-state', 'grant.unknown', 'grant.password');
  await press(page, t['grant.oneid']);
  const state = new URL(page.url()).searchParams.get('state');
  await stranger.goto(`${people}${door(offer)}/back/oneid?state=${state}&code=x&l=ru`);
  await shows(stranger, 'other-phone', 'grant.other');
  assert.equal((await page.goto(`${people}${door(offer)}/back?state=${state}&code=x&l=ru`)).status(), 200); // there is no HEMIS: nothing is asked
  await shows(page, 'not-hemis', 'grant.password');
  await page.goto(`${people}/back/oneid?state=nonsense&code=x&l=ru`);
  await shows(page, 'nonsense', 'grant.gone');
  for (let i = 0; i < 4; i++)
    await page.goto(`${people}${door(offer)}/back/oneid?state=${state}&code=guess${i}&l=ru`);
  await shows(page, 'five-times', 'grant.denied');
}

// OneID goes away in the middle: said so, and no try is lost.
{
  const offer = await offers(), page = await open();
  await begins(page, offer);
  await press(page, t['grant.oneid']);
  const state = new URL(page.url()).searchParams.get('state');
  for (const words of ['status=503', 'html', 'not-json', 'close', 'slow=3']) {
    fault(words);
    await page.goto(`${people}${door(offer)}/back/oneid?state=${state}&code=x&l=ru`);
    await shows(page, `away-${words.split('=')[0]}`, 'grant.oneid.away', 'grant.oneid');
  }
  fault('');
}

const log = fs.readFileSync(LOG, 'utf8');
assert.ok(/ sign-in .*result=done way=oneid-page/.test(log), log.slice(-2000));
assert.ok(!log.includes(SECRET) && !log.includes('code=') && !log.includes(PINFL), 'no secret in the log');
await browser.close();
console.log(`${checks} looks at OneID's page`);
