#include "base/crypto.h"

#include <limits.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>

#include "base/memory.h"

#define NONCE_SIZE 12
#define TAG_SIZE   16

typedef EVP_CIPHER_CTX Cipher; /* OpenSSL has a macro EVP_CIPHER_CTX_cleanup in the way */
OWNED_BY(Cipher, EVP_CIPHER_CTX_free)

static bool fail(Error *err, const char *doing)
{
    /* The queue is per thread and would blame the next call for this one. */
    unsigned long cause = ERR_peek_last_error();

    ERR_clear_error();
    return error_set_cause(err, ERR_CRYPTO, ERR_GET_REASON(cause), "%s", doing);
}

bool sha256(Str bytes, uint8_t ret[SHA256_SIZE], Error *err)
{
    if (!EVP_Digest(bytes.len > 0 ? bytes.ptr : "", bytes.len, ret, NULL, EVP_sha256(), NULL))
        return fail(err, "SHA-256");
    return true;
}

static bool hmac(const EVP_MD *hash, Str key, Str bytes, uint8_t *ret, Error *err)
{
    if (key.len > INT_MAX)
        return error_set(err, ERR_RANGE, "HMAC key of %zu bytes", key.len);
    if (!HMAC(hash, key.len > 0 ? key.ptr : "", (int)key.len, (const unsigned char *)(bytes.len > 0 ? bytes.ptr : ""),
              bytes.len, ret, NULL))
        return fail(err, "HMAC");
    return true;
}

bool hmac_sha256(Str key, Str bytes, uint8_t ret[SHA256_SIZE], Error *err)
{
    return hmac(EVP_sha256(), key, bytes, ret, err);
}

typedef EVP_PKEY_CTX Derivation;
OWNED_BY(Derivation, EVP_PKEY_CTX_free)

bool crypto_derive(Str secret, const char *purpose, uint8_t ret[32], Error *err)
{
    OWNED(Derivation) derivation = EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, NULL);
    size_t size = 32;

    if (secret.len == 0 || secret.len > INT_MAX)
        return error_set(err, ERR_RANGE, "a key of a secret of %zu bytes", secret.len);
    return (derivation && EVP_PKEY_derive_init(derivation) > 0 &&
            EVP_PKEY_CTX_set_hkdf_md(derivation, EVP_sha256()) > 0 &&
            EVP_PKEY_CTX_set1_hkdf_key(derivation, (const unsigned char *)secret.ptr, (int)secret.len) > 0 &&
            EVP_PKEY_CTX_add1_hkdf_info(derivation, (const unsigned char *)purpose, (int)strlen(purpose)) > 0 &&
            EVP_PKEY_derive(derivation, ret, &size) > 0 && size == 32) ||
           fail(err, "HKDF");
}

#define SCRYPT_N           (1u << 15)
#define SCRYPT_R           8
#define SCRYPT_MEMORY_MOST (48u << 20) /* OpenSSL's own bound, 32 MB, is a little below what these take */

bool crypto_stretch(Str secret, Str salt, uint8_t ret[32], Error *err)
{
    return EVP_PBE_scrypt(secret.ptr, secret.len, (const unsigned char *)salt.ptr, salt.len, SCRYPT_N, SCRYPT_R, 1,
                          SCRYPT_MEMORY_MOST, ret, 32) == 1 ||
           fail(err, "scrypt");
}

bool hmac_sha1(Str key, Str bytes, uint8_t ret[SHA1_SIZE], Error *err)
{
    return hmac(EVP_sha1(), key, bytes, ret, err);
}

/* OpenSSL counts in int. */
static bool sizes_fit(Str context, Str text, Error *err)
{
    if (context.len > INT_MAX || text.len > INT_MAX - NONCE_SIZE - TAG_SIZE)
        return error_set(err, ERR_RANGE, "%zu bytes are too many to seal", text.len);
    return true;
}

bool crypto_seal(const uint8_t key[32], Str context, Str plain, const uint8_t nonce[NONCE_SIZE], Buf *ret, Error *err)
{
    OWNED(Cipher) ctx = EVP_CIPHER_CTX_new();
    uint8_t tag[TAG_SIZE];
    int len = 0;
    int rest = 0;

    if (!sizes_fit(context, plain, err))
        return false;
    uint8_t *cipher = mem_new(plain.len, 1);
    if (!ctx || !cipher) {
        mem_free(cipher);
        return error_set(err, ERR_MEMORY, "seal of %zu bytes", plain.len);
    }
    bool done =
        EVP_EncryptInit_ex2(ctx, EVP_aes_256_gcm(), key, nonce, NULL) &&
        (context.len == 0 || EVP_EncryptUpdate(ctx, NULL, &len, (const uint8_t *)context.ptr, (int)context.len)) &&
        (plain.len == 0 || EVP_EncryptUpdate(ctx, cipher, &len, (const uint8_t *)plain.ptr, (int)plain.len)) &&
        EVP_EncryptFinal_ex(ctx, cipher + plain.len, &rest) && rest == 0 &&
        EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, TAG_SIZE, tag);
    if (done) {
        buf_add(ret, nonce, NONCE_SIZE);
        buf_add(ret, cipher, plain.len);
        buf_add(ret, tag, TAG_SIZE);
    }
    mem_free(cipher);
    return done ? buf_ok(ret, err) : fail(err, "AES-256-GCM seal");
}

bool crypto_open(const uint8_t key[32], Str context, Str sealed, Buf *ret, Error *err)
{
    OWNED(Cipher) ctx = EVP_CIPHER_CTX_new();
    uint8_t tag[TAG_SIZE];
    int len = 0;
    int rest = 0;

    if (!sizes_fit(context, sealed, err))
        return false;
    if (sealed.len < NONCE_SIZE + TAG_SIZE)
        return error_set(err, ERR_CRYPTO, "sealed bytes are cut");
    const uint8_t *nonce = (const uint8_t *)sealed.ptr;
    Str cipher = { sealed.ptr + NONCE_SIZE, sealed.len - NONCE_SIZE - TAG_SIZE };
    memcpy(tag, cipher.ptr + cipher.len, TAG_SIZE);

    uint8_t *plain = mem_new(cipher.len, 1);
    if (!ctx || !plain) {
        mem_free(plain);
        return error_set(err, ERR_MEMORY, "opening of %zu bytes", sealed.len);
    }
    /* Nothing reaches ret before the tag has agreed. */
    bool done =
        EVP_DecryptInit_ex2(ctx, EVP_aes_256_gcm(), key, nonce, NULL) &&
        (context.len == 0 || EVP_DecryptUpdate(ctx, NULL, &len, (const uint8_t *)context.ptr, (int)context.len)) &&
        (cipher.len == 0 || EVP_DecryptUpdate(ctx, plain, &len, (const uint8_t *)cipher.ptr, (int)cipher.len)) &&
        EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, TAG_SIZE, tag) &&
        EVP_DecryptFinal_ex(ctx, plain + cipher.len, &rest) && rest == 0;
    if (done)
        buf_add(ret, plain, cipher.len);
    mem_free_wiped(plain, cipher.len);
    return done ? buf_ok(ret, err) : fail(err, "AES-256-GCM open: changed bytes, or another key or context");
}

void hex_write(Buf *buf, const void *bytes, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    const uint8_t *at = bytes;

    for (size_t i = 0; i < size; i++) {
        char pair[2] = { digits[at[i] >> 4], digits[at[i] & 0x0F] };
        buf_add(buf, pair, sizeof(pair));
    }
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool hex_parse(Str s, void *ret, size_t size)
{
    uint8_t *at = ret;
    size_t digits;

    if (!size_mul(size, 2, &digits) || s.len != digits)
        return false;
    for (size_t i = 0; i < digits; i++)
        if (hex_digit(s.ptr[i]) < 0)
            return false;
    for (size_t i = 0; i < size; i++)
        at[i] = (uint8_t)(hex_digit(s.ptr[2 * i]) * 16 + hex_digit(s.ptr[2 * i + 1]));
    return true;
}

void base64url_write(Buf *buf, const void *bytes, size_t size)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const uint8_t *at = bytes;

    for (size_t i = 0; i < size; i += 3) {
        size_t left = size - i < 3 ? size - i : 3;
        uint32_t word = (uint32_t)at[i] << 16 | (left > 1 ? (uint32_t)at[i + 1] << 8 : 0) | (left > 2 ? at[i + 2] : 0);
        char four[4] = { alphabet[word >> 18], alphabet[word >> 12 & 63], alphabet[word >> 6 & 63],
                         alphabet[word & 63] };
        buf_add(buf, four, left + 1);
    }
}

static int base64url_value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '-' ? 62 : c == '_' ? 63 : -1;
}

bool base64url_read(Str text, Buf *buf)
{
    if (text.len % 4 == 1)
        return false;
    for (size_t i = 0; i < text.len; i += 4) {
        size_t letters = text.len - i < 4 ? text.len - i : 4;
        uint32_t word = 0;
        for (size_t k = 0; k < 4; k++) {
            int value = k < letters ? base64url_value(text.ptr[i + k]) : 0;
            if (value < 0)
                return false;
            word = word << 6 | (uint32_t)value;
        }
        const uint8_t three[3] = { (uint8_t)(word >> 16), (uint8_t)(word >> 8), (uint8_t)word };
        if ((letters == 2 && (three[1] || three[2])) || (letters == 3 && three[2]))
            return false; /* bits that stand for nothing */
        buf_add(buf, three, letters - 1);
    }
    return true;
}
