/* Reads the seal that stands behind the address's '#' and never reaches the server: base32, COSE_Sign1 (RFC 9052), claims (RFC 8392).
   What is shown for each outcome stands in the page, in its language; here is only what the outcome is. */
(async () => {
'use strict';
const page = document.body.dataset, fragment = location.hash.slice(1);
if (!fragment) return;

const base32 = text => {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', bytes = [];
  let bits = 0, have = 0;
  for (const c of text.toUpperCase()) {
    const digit = digits.indexOf(c);
    if (digit < 0) throw Error('base32');
    bits = bits << 5 | digit;
    have += 5;
    if (have >= 8) { have -= 8; bytes.push(bits >> have & 255); bits &= (1 << have) - 1; }
  }
  if (bits || have > 4) throw Error('base32');
  return Uint8Array.from(bytes);
};

/* One whole item of definite length (RFC 8949) of the kinds that a seal is made of. */
const cbor = bytes => {
  let at = 0;
  const take = n => { if (at + n > bytes.length) throw Error('cbor'); at += n; return bytes.subarray(at - n, at); };
  const read = depth => {
    const first = take(1)[0], kind = first >> 5, small = first & 31;
    if (depth > 6 || small > 27) throw Error('cbor');
    const size = small < 24 ? 0 : 1 << small - 24;
    let n = small;
    if (size) { n = 0n; for (const b of take(size)) n = n << 8n | BigInt(b); if (n <= Number.MAX_SAFE_INTEGER) n = Number(n); }
    switch (kind) {
    case 0: return n;
    case 1: return -1 - Number(n);
    case 2: return take(Number(n)).slice();
    case 3: return new TextDecoder('utf-8', {fatal: true}).decode(take(Number(n)));
    case 4: return Array.from({length: Math.min(Number(n), 99)}, () => read(depth + 1));
    case 5: { const map = new Map(); for (let i = 0; i < n; i++) map.set(read(depth + 1), read(depth + 1)); return map; }
    case 6: return {tag: n, item: read(depth + 1)};
    }
    throw Error('cbor');
  };
  const item = read(0);
  if (at !== bytes.length) throw Error('cbor');
  return item;
};

const bytesItem = bytes => Uint8Array.from([...(bytes.length < 24 ? [64 | bytes.length] : [89, bytes.length >> 8, bytes.length & 255]), ...bytes]);
/* Deterministic heads: lengths from 24 to 255 take one byte. */
const head = bytes => bytes.length > 23 && bytes.length < 256 ? Uint8Array.from([88, bytes.length, ...bytes]) : bytesItem(bytes);
const signed = (guarded, payload) => Uint8Array.from([0x84, 0x6a, ...new TextEncoder().encode('Signature1'), ...head(guarded), 0x40, ...head(payload)]);

const crockford = bytes => {
  let bits = 0n, text = '';
  for (const b of bytes) bits = bits << 8n | BigInt(b);
  for (let i = 0; i < 12; i++) { text = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[Number(bits & 31n)] + text; bits >>= 5n; }
  return text;
};

const check = async () => {
  const message = cbor(base32(fragment));
  if (message.tag !== 18 || message.item.length !== 4) throw Error('cose');
  const [guarded, , payload, signature] = message.item, headers = cbor(guarded);
  const kid = headers.get(4), typ = headers.get(16);
  const key = JSON.parse(page.keys).keys.find(one => kid && kid.length === 1 && one.kid === String(kid[0]) && !one.for);
  if (headers.get(1) !== -8 || typ !== 'seal' || !key) throw Error('key');
  const x = Uint8Array.from(atob(key.x.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0));
  let imported;
  try {
    imported = await crypto.subtle.importKey('raw', x, {name: 'Ed25519'}, false, ['verify']);
  } catch {
    return {outcome: 'weak'};
  }
  if (!await crypto.subtle.verify({name: 'Ed25519'}, imported, signature, signed(guarded, payload))) throw Error('signature');
  const claims = cbor(payload), issuer = claims.get(1);
  if (issuer !== page.issuer || issuer !== location.host.toLowerCase()) return {outcome: 'other-host'};
  if (crockford(claims.get(7)) !== page.code) return {outcome: 'other-code'};
  return {outcome: 'good', claims};
};

const number = value => Array.isArray(value) ? `${value[0]}-${value[1]}/${String(value[2]).padStart(6, '0')}` : value;
const fill = claims => {
  const [, ours, holder, , , , fields] = claims.get(-65537);
  const english = document.documentElement.lang === 'en';
  const day = seconds => new Intl.DateTimeFormat(english ? 'en-GB' : 'ru',
    {day: '2-digit', month: english ? 'short' : '2-digit', year: 'numeric', timeZone: 'UTC'}).format(new Date((seconds + page.offset * 60) * 1000));
  document.getElementById('holder').textContent = holder;
  document.getElementById('shortened').hidden = !holder.endsWith('…');
  document.getElementById('number').textContent = number(ours);
  document.getElementById('date').textContent = day(claims.get(6));
  const until = document.getElementById('until'), ends = claims.get(4); // the end of its last day
  if (until && ends) until.textContent = day(ends - 1);
  for (const row of document.querySelectorAll('[data-field]')) {
    const value = fields.get(Number(row.dataset.field)), cell = row.querySelector('dd');
    if (value === undefined) continue;
    cell.textContent = value; // as it stands on the paper, in the paper's own language
    row.hidden = false;
  }
};

let result;
try {
  result = await check();
  if (result.outcome === 'good' && page.known) fill(result.claims);
} catch {
  result = {outcome: 'forged'};
}
for (const part of document.querySelectorAll('[data-when]')) part.hidden = !part.dataset.when.split(' ').includes(result.outcome);
for (const link of document.querySelectorAll('nav a')) link.href += `#${fragment}`;
const title = [...document.querySelectorAll('h1')].find(one => one.getClientRects().length);
if (title) document.title = title.textContent;
document.documentElement.dataset.seal = result.outcome;
history.replaceState(null, '', location.pathname + location.search);
})();
