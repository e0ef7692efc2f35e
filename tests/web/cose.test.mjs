// A seal, and a status list, is COSE and CBOR as anybody knows them: libraries that share no line with ours verify it and read its claims.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { Sign1 } from '@auth0/cose';
import { Decoder, Encoder } from 'cbor-x';

const { kid, public_key, seals, list_kid, list_key, status_list } = JSON.parse(execFileSync(process.env.SEALS, { encoding: 'utf8' }));
const bytes = hex => Buffer.from(hex, 'hex');
const decoder = new Decoder({ mapsAsObjects: false });
const publicKey = hex => createPublicKey({
  format: 'jwk',
  key: { kty: 'OKP', crv: 'Ed25519', x: bytes(hex).toString('base64url') },
});
const key = publicKey(public_key);

// @auth0/cose's decoder takes the message without its tag.
const SIGN1_TAG = 0xd2;
const untagged = token => {
  assert.equal(token[0], SIGN1_TAG);
  return token.subarray(1);
};
const verified = async (token, by = key) => Sign1.decode(untagged(token)).verify(by).then(() => true, () => false);
const noChangedByte = async (token, by) => {
  for (let at = 1; at < token.length; at++) {
    const changed = Buffer.from(token);
    changed[at] ^= 1;
    let passed;
    try {
      passed = await verified(changed, by);
    } catch {
      passed = false; // no COSE any more
    }
    assert.equal(passed, false, `byte ${at}`);
  }
  assert.equal(await verified(token, by), true);
};

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codeOf = cti => {
  let bits = BigInt('0x' + Buffer.from(cti).toString('hex')), code = '';
  for (let i = 0; i < 12; i++, bits >>= 5n) code = ALPHABET[Number(bits & 31n)] + code;
  return code;
};
const KINDS = { 1: 'certificate-of-study' };
const numberOf = n => (Array.isArray(n) ? `${n[0]}-${n[1]}/${String(n[2]).padStart(6, '0')}` : n);

for (const seal of seals) {
  const token = bytes(seal.token);

  test(`${seal.kind}: @auth0/cose verifies it`, async () => {
    const message = Sign1.decode(untagged(token));
    await message.verify(key);
    assert.equal(message.alg, -8);
    assert.deepEqual(Buffer.from(message.protectedHeaders.get(4)), Buffer.from([kid]));
    assert.equal(message.protectedHeaders.get(16), 'seal');
    assert.equal(message.unprotectedHeaders.size, 0);
  });

  test(`${seal.kind}: by hand, with nothing but CBOR and Ed25519`, () => {
    const [header, unprotected, payload, signature] = decoder.decode(untagged(token));
    const encoder = new Encoder({ tagUint8Array: false });
    const covered = encoder.encode(['Signature1', Buffer.from(header), Buffer.alloc(0), Buffer.from(payload)]);
    assert.equal(unprotected.size, 0);
    assert.ok(verify(null, covered, key, signature));
  });

  test(`${seal.kind}: cbor-x reads the claims`, () => {
    const claims = decoder.decode(Buffer.from(Sign1.decode(untagged(token)).payload));
    const [kind, number, holder, list, index, hash, fields] = claims.get(-65537);
    assert.deepEqual([...claims.keys()], seal.expires_at_s ? [1, 4, 6, 7, -65537] : [1, 6, 7, -65537]);
    assert.equal(claims.get(1), seal.issuer);
    assert.equal(claims.get(4) ?? 0, seal.expires_at_s);
    assert.equal(claims.get(6), seal.issued_at_s);
    assert.equal(codeOf(claims.get(7)), seal.code);
    assert.equal(KINDS[kind] ?? kind, seal.kind);
    assert.equal(numberOf(number), seal.number);
    assert.equal(holder, seal.holder);
    assert.equal(list, seal.status_list);
    assert.equal(index, seal.status_index);
    assert.equal(Buffer.from(hash).toString('hex'), seal.text_hash);
    const read = Object.fromEntries([...fields].map(([field, value]) => [field, String(value)]));
    assert.deepEqual(read, seal.fields);
  });

  test(`${seal.kind}: no changed byte passes`, () => noChangedByte(token, key));
}

// draft-ietf-oauth-status-list, in its CWT form.
const listToken = bytes(status_list.token), listKey = publicKey(list_key);

test('status list: @auth0/cose verifies it, by its own key alone', async () => {
  const message = Sign1.decode(untagged(listToken));
  await message.verify(listKey);
  assert.deepEqual(Buffer.from(message.protectedHeaders.get(4)), Buffer.from([list_kid]));
  assert.equal(message.protectedHeaders.get(16), 'application/statuslist+cwt');
  assert.equal(await verified(listToken, key), false);
});

test('status list: cbor-x reads the claims, zlib the list', () => {
  const claims = decoder.decode(Buffer.from(Sign1.decode(untagged(listToken)).payload));
  const list = claims.get(65533), packed = inflateSync(Buffer.from(list.get('lst')));
  assert.deepEqual([...claims.keys()], [2, 4, 6, 65533, 65534, -65538]);
  assert.equal(claims.get(2), status_list.subject);
  assert.equal(claims.get(4), status_list.expires_at_s);
  assert.equal(claims.get(6), status_list.issued_at_s);
  assert.equal(claims.get(65534), status_list.ttl_s);
  assert.equal(list.get('bits'), 2);
  assert.equal(packed.length * 4, 131072);
  const marked = {};
  for (let index = 0; index < 131072; index++) {
    const status = packed[index >> 2] >> (index & 3) * 2 & 3;
    if (status) marked[index] = status;
  }
  assert.deepEqual(marked, status_list.marked);
  assert.deepEqual(claims.get(-65538), [status_list.version, status_list.era, status_list.heads]);
});

test('status list: no changed byte passes', () => noChangedByte(listToken, listKey));
