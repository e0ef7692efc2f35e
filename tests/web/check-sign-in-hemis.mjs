// A phone that signs in at a kiosk on HEMIS's own page, in a real browser without scripts; the device is openid-client's (RFC 8628).
//
//   CA=... KIOSKS=https://... KIOSK=FOLDER DOOR=FILE HEMIS=https://... LOG=FILE SECRET=... node check-sign-in-hemis.mjs PEOPLE OUT
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import * as oauth from 'openid-client';
import {Agent, fetch as request} from 'undici';
import {axe, launch, PATIENCE_MS} from './browser.mjs';

const [people, out] = process.argv.slice(2);
const {CA, KIOSKS, KIOSK, DOOR, HEMIS, LOG, SECRET} = process.env;
const NUMBER = '401241100873', PASSWORD = 'bahor2026';
const texts = Object.fromEntries(['uz', 'uz-Cyrl', 'ru', 'en'].map(l => [l, JSON.parse(fs.readFileSync(new URL(`../../assets/web/texts.${l}.json`, import.meta.url)))]));
const t = texts.ru;
const browser = await launch();
const hemis = (...words) => execFileSync('tests/hemis/tell', [DOOR, ...words], {encoding: 'utf8'});
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
  await page.screenshot({path: path.join(out, `hemis-page-${name}.png`), fullPage: true});
  checks++;
};
const press = (page, words) => Promise.all([page.waitForNavigation(), page.click(`button:has-text("${words}"), a:has-text("${words}")`)]);
const door = offer => `/g/${offer.user_code.replace('-', '')}`;
const begins = async (page, offer) => {
  await page.goto(`${people}${door(offer)}?l=ru`);
  await press(page, t['grant.closed.yes']);
};
// On HEMIS's own page, whose fields are its own.
const signsIn = async (page, password = PASSWORD) => {
  assert.equal(new URL(page.url()).origin, HEMIS);
  await page.fill('[name=login]', NUMBER);
  await page.fill('[name=password]', password);
  await Promise.all([page.waitForURL(url => url.origin === new URL(people).origin && url.pathname.startsWith('/g/')), page.click('button, [type=submit]')]);
};
const digitsOf = async page => (await page.locator('.digits').innerText()).trim();

// The whole way: to HEMIS, back, consent, digits; and the session has HEMIS's own record behind it.
const used = {};
{
  const offer = await offers(), waiting = waits(offer), page = await open();
  await begins(page, offer);
  await shows(page, 'password', 'grant.password', 'grant.page', 'grant.or');
  const judged = await browser.newContext({ignoreHTTPSErrors: true, viewport: {width: 320, height: 780}});
  await judged.addCookies(await page.context().cookies());
  const other = await judged.newPage();
  await other.goto(page.url());
  assert.deepEqual((await axe(other)).map(one => one.text), []);
  await judged.close();
  const seen = [];
  page.on('request', one => seen.push(one.url()));
  await press(page, t['grant.page']);
  const away = new URL(page.url());
  assert.deepEqual([away.searchParams.get('response_type'), away.searchParams.get('redirect_uri')], ['code', `${people}/back/hemis`]);
  used.state = away.searchParams.get('state');
  await signsIn(page);
  await shows(page, 'consent', 'grant.consent');
  assert.ok(seen.some(url => url.startsWith(`${people}/back/hemis?`)));
  used.back = seen.find(url => new URL(url).pathname.endsWith('/back'));
  await press(page, t['grant.consent.yes']);
  assert.equal(await types(offer, await digitsOf(page)), 'matched');
  const token = await waiting;
  assert.equal(token.session.number, NUMBER);
  assert.equal((await ask(`${KIOSKS}/kiosk/v1/home`, {headers: {Authorization: `Bearer ${token.access_token}`}})).status, 200);
  const study = await (await ask(`${KIOSKS}/kiosk/v1/study`, {headers: {Authorization: `Bearer ${token.access_token}`}})).json();
  assert.ok(study.as_of, 'a record');
  checks++;
}

// A code is good once, and nowhere else: not with another phone's state, not in another browser, not without its grant.
{
  const offer = await offers(), page = await open(), stranger = await open();
  await begins(page, offer);
  const other = new URL(used.back);
  await page.goto(`${people}${door(offer)}/back${other.search}`); // the state of another grant
  await shows(page, 'another-state', 'grant.refused', 'grant.password');
  await press(page, t['grant.page']);
  const state = new URL(page.url()).searchParams.get('state');
  assert.notEqual(state, used.state);
  await stranger.goto(`${people}${door(offer)}/back?state=${state}&code=x&l=ru`);
  await shows(stranger, 'other-phone', 'grant.other');
  await page.goto(`${people}${door(offer)}/back?state=${state}&code=nothing&l=ru`);
  await shows(page, 'no-code', 'grant.refused');
  await page.goto(`${people}/back/hemis?state=${state}&error=access_denied&l=ru`);
  await page.waitForURL(url => url.pathname === door(offer));
  await shows(page, 'cancelled-there', 'grant.password');
  await page.goto(`${people}/back/hemis?state=nonsense&code=x&l=ru`);
  await shows(page, 'nonsense', 'grant.gone');
  for (let i = 0; i < 3; i++)
    await page.goto(`${people}${door(offer)}/back?state=${state}&code=guess${i}&l=ru`);
  await shows(page, 'five-times', 'grant.denied');
}

// HEMIS goes away in the middle: said so, and no try is lost.
{
  const offer = await offers(), page = await open();
  await begins(page, offer);
  await press(page, t['grant.page']);
  const state = new URL(page.url()).searchParams.get('state');
  hemis('fault', '503@/oauth');
  for (let i = 0; i < 6; i++)
    await page.goto(`${people}${door(offer)}/back?state=${state}&code=x&l=ru`);
  await shows(page, 'away', 'grant.away', 'grant.page');
  hemis('heal');
}

const log = fs.readFileSync(LOG, 'utf8');
assert.ok(/ sign-in .*result=done way=hemis-page/.test(log), log.slice(-2000));
assert.ok(!log.includes(SECRET) && !log.includes('code='), 'no secret in the log');
await browser.close();
console.log(`${checks} looks at HEMIS's own page`);
