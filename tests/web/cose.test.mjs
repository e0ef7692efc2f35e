// A seal is COSE and CBOR as anybody knows them: libraries that share no line with ours verify it and read its claims.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { test } from 'node:test';
import { Sign1 } from '@auth0/cose';
import { Decoder, Encoder } from 'cbor-x';

const { kid, public_key, seals } = JSON.parse(execFileSync(process.env.SEALS, { encoding: 'utf8' }));
const bytes = hex => Buffer.from(hex, 'hex');
const decoder = new Decoder({ mapsAsObjects: false });
const key = createPublicKey({
  format: 'jwk',
  key: { kty: 'OKP', crv: 'Ed25519', x: bytes(public_key).toString('base64url') },
});

// @auth0/cose's decoder takes the message without its tag.
const SIGN1_TAG = 0xd2;
const untagged = token => {
  assert.equal(token[0], SIGN1_TAG);
  return token.subarray(1);
};
const verified = async token => Sign1.decode(untagged(token)).verify(key).then(() => true, () => false);

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

  test(`${seal.kind}: no changed byte passes`, async () => {
    for (let at = 1; at < token.length; at++) {
      const changed = Buffer.from(token);
      changed[at] ^= 1;
      let passed;
      try {
        passed = await verified(changed);
      } catch {
        passed = false; // no COSE any more
      }
      assert.equal(passed, false, `byte ${at}`);
    }
    assert.equal(await verified(token), true);
  });
}
