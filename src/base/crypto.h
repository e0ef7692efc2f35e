/* The few cryptographic pieces that more than one room needs, over OpenSSL. */
#ifndef BASE_CRYPTO_H
#define BASE_CRYPTO_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define SHA256_SIZE 32
#define SHA1_SIZE   20

bool sha256(Str bytes, uint8_t ret[SHA256_SIZE], Error *err) MUST_USE;
bool hmac_sha256(Str key, Str bytes, uint8_t ret[SHA256_SIZE], Error *err) MUST_USE;
/* A key of its own for one purpose, out of a secret that is random already (HKDF-SHA-256, RFC 5869, without a salt). */
bool crypto_derive(Str secret, const char *purpose, uint8_t ret[32], Error *err) MUST_USE;
/* A key out of a secret that is short enough to be guessed at (scrypt, RFC 7914, N = 2^15, r = 8, p = 1): a tenth of a
 * second and 32 MB for each guess. */
bool crypto_stretch(Str secret, Str salt, uint8_t ret[32], Error *err) MUST_USE;
/* For one-time codes alone, whose authenticators know no other (RFC 6238). */
bool hmac_sha1(Str key, Str bytes, uint8_t ret[SHA1_SIZE], Error *err) MUST_USE;
/* AES-256-GCM under a 32-byte key: nonce (12), ciphertext, tag (16) in one; bound to context.  For pages and sealed
 * tokens at rest. */
bool crypto_seal(const uint8_t key[32], Str context, Str plain, const uint8_t nonce[12], Buf *ret, Error *err) MUST_USE;
/* ERR_CRYPTO when anything was changed. */
bool crypto_open(const uint8_t key[32], Str context, Str sealed, Buf *ret, Error *err) MUST_USE;

void hex_write(Buf *buf, const void *bytes, size_t size);
/* Exactly size bytes of lower- or upper-case digits. */
bool hex_parse(Str s, void *ret, size_t size) MUST_USE;
/* RFC 4648 base64url without padding, for bearers. */
void base64url_write(Buf *buf, const void *bytes, size_t size);
/* False for anything that base64url_write would not write. */
bool base64url_read(Str text, Buf *buf) MUST_USE;

#endif
