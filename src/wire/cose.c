#include "wire/cose.h"

#include <string.h>

#include <openssl/evp.h>

#include "base/memory.h"
#include "wire/item.h"

/* COSE header parameters (RFC 9052 section 3.1, RFC 9596): alg 1, kid 4, typ 16.  EdDSA is -8. */
#define HEADER_ALG         1
#define HEADER_KID         4
#define HEADER_TYP         16
#define ALG_EDDSA_NEGINT   7 /* -8 = -1 - 7 */
#define TAG_COSE_SIGN1     18
#define HEADER_BYTES_MOST  48
#define MESSAGE_BYTES_MOST (1u << 20)

/* Short, since a seal travels in a QR code; a status list has the name that checkers of others demand.  Part of the
 * wire format: never changed. */
static const char *const types[] = {
    [COSE_SEAL] = "seal",    [COSE_STATUS_LIST] = "application/statuslist+cwt",
    [COSE_RECEIPT] = "slip", [COSE_AUDIT_HEAD] = "head",
    [COSE_RELEASE] = "kit",
};
static_assert(COUNT(types) == COSE_USE_COUNT, "one type per use");

struct CoseKey {
    CosePublicKey public;
    EVP_PKEY *pair;
};

static void pkey_free(EVP_PKEY *key)
{
    EVP_PKEY_free(key);
}
OWNED_BY(EVP_PKEY, pkey_free)

static void digest_free(EVP_MD_CTX *context)
{
    EVP_MD_CTX_free(context);
}
OWNED_BY(EVP_MD_CTX, digest_free)

CoseKey *cose_key_new(CoseUse use, uint8_t kid, const uint8_t seed[COSE_PRIVATE_KEY_SIZE], Error *err)
{
    OWNED(CoseKey) key = mem_new(1, sizeof *key);
    size_t size = COSE_PUBLIC_KEY_SIZE;

    if (!key) {
        error_set(err, ERR_MEMORY, "no memory for a key");
        return NULL;
    }
    key->public.kid = kid;
    key->public.use = use;
    key->pair = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, COSE_PRIVATE_KEY_SIZE);
    if (!key->pair || EVP_PKEY_get_raw_public_key(key->pair, key->public.bytes, &size) != 1) {
        error_set(err, ERR_CRYPTO, "an Ed25519 key can't be made");
        return NULL;
    }
    return steal(&key);
}

void cose_key_free(CoseKey *key)
{
    if (!key)
        return;
    EVP_PKEY_free(key->pair);
    mem_free_wiped(key, sizeof *key);
}

void cose_key_public(const CoseKey *key, CosePublicKey *ret)
{
    *ret = key->public;
}

/* {1: -8, 4: h'KID', 16: "TYP"} */
static void write_protected(Buf *buf, CoseUse use, uint8_t kid)
{
    item_write(buf, ITEM_MAP, 3);
    item_write(buf, ITEM_UINT, HEADER_ALG);
    item_write(buf, ITEM_NEGINT, ALG_EDDSA_NEGINT);
    item_write(buf, ITEM_UINT, HEADER_KID);
    item_write_bytes(buf, (Str){ (const char *)&kid, 1 });
    item_write(buf, ITEM_UINT, HEADER_TYP);
    item_write_text(buf, str_from(types[use]));
}

/* Sig_structure of RFC 9052 section 4.4: ["Signature1", protected, external_aad, payload] */
static void write_signed(Buf *buf, Str protected, Str payload)
{
    item_write(buf, ITEM_ARRAY, 4);
    item_write_text(buf, STR("Signature1"));
    item_write_bytes(buf, protected);
    item_write_bytes(buf, STR(""));
    item_write_bytes(buf, payload);
}

bool cose_sign(const CoseKey *key, Str payload, Buf *ret, Error *err)
{
    OWNED_BUF protected;
    OWNED_BUF covered;
    OWNED(EVP_MD_CTX) context = EVP_MD_CTX_new();
    uint8_t signature[COSE_SIGNATURE_SIZE];
    size_t size = sizeof signature;

    buf_init(&protected, HEADER_BYTES_MOST);
    buf_init(&covered, MESSAGE_BYTES_MOST);
    write_protected(&protected, key->public.use, key->public.kid);
    write_signed(&covered, buf_str(&protected), payload);
    if (!buf_ok(&protected, err) || !buf_ok(&covered, err))
        return error_add(err, "sign");
    if (!context || EVP_DigestSignInit(context, NULL, NULL, NULL, key->pair) != 1 ||
        EVP_DigestSign(context, signature, &size, (const uint8_t *)covered.data, covered.len) != 1)
        return error_set(err, ERR_CRYPTO, "signing failed");
    item_write(ret, ITEM_TAG, TAG_COSE_SIGN1);
    item_write(ret, ITEM_ARRAY, 4);
    item_write_bytes(ret, buf_str(&protected));
    item_write(ret, ITEM_MAP, 0);
    item_write_bytes(ret, payload);
    item_write_bytes(ret, (Str){ (const char *)signature, sizeof signature });
    return buf_ok(ret, err);
}

typedef struct Message {
    Str protected, payload, signature;
} Message;

static bool take_apart(Str message, Message *ret)
{
    Item protected, payload, signature;

    if (!item_expect_number(&message, ITEM_TAG, TAG_COSE_SIGN1) || !item_expect_number(&message, ITEM_ARRAY, 4) ||
        !item_expect(&message, ITEM_BYTES, &protected) || !item_expect_number(&message, ITEM_MAP, 0) ||
        !item_expect(&message, ITEM_BYTES, &payload) || !item_expect(&message, ITEM_BYTES, &signature) || message.len ||
        signature.bytes.len != COSE_SIGNATURE_SIZE)
        return false;
    *ret = (Message){ protected.bytes, payload.bytes, signature.bytes };
    return true;
}

/* The header must be, byte for byte, the one that we would write: nothing more, in no other order. */
static bool protected_is(Str protected, CoseUse use, uint8_t kid)
{
    OWNED_BUF own;

    buf_init(&own, HEADER_BYTES_MOST);
    write_protected(&own, use, kid);
    return !own.failed && str_equal(buf_str(&own), protected);
}

bool cose_kid(Str bytes, CoseUse use, uint8_t *ret, Error *err)
{
    Message message;
    Item kid;

    if (!take_apart(bytes, &message))
        return error_set(err, ERR_FORMAT, "not a signed message");
    Str header = message.protected;
    if (!item_expect_number(&header, ITEM_MAP, 3) || !item_expect_number(&header, ITEM_UINT, HEADER_ALG) ||
        !item_expect_number(&header, ITEM_NEGINT, ALG_EDDSA_NEGINT) ||
        !item_expect_number(&header, ITEM_UINT, HEADER_KID) || !item_expect(&header, ITEM_BYTES, &kid) ||
        kid.bytes.len != 1 || !protected_is(message.protected, use, (uint8_t)kid.bytes.ptr[0]))
        return error_set(err, ERR_FORMAT, "not a message of type \"%s\"", types[use]);
    *ret = (uint8_t)kid.bytes.ptr[0];
    return true;
}

bool cose_verify(const CosePublicKey *key, Str bytes, Str *ret_payload, Error *err)
{
    OWNED(EVP_PKEY) public = NULL;
    OWNED(EVP_MD_CTX) context = EVP_MD_CTX_new();
    OWNED_BUF covered;
    Message message;
    uint8_t kid;

    buf_init(&covered, MESSAGE_BYTES_MOST);
    if (!cose_kid(bytes, key->use, &kid, err))
        return false;
    if (kid != key->kid || !take_apart(bytes, &message))
        return error_set(err, ERR_CRYPTO, "signed by another key: %u", kid);
    write_signed(&covered, message.protected, message.payload);
    public = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, key->bytes, sizeof key->bytes);
    if (!buf_ok(&covered, err))
        return false;
    if (!context || !public || EVP_DigestVerifyInit(context, NULL, NULL, NULL, public) != 1)
        return error_set(err, ERR_CRYPTO, "the signature can't be checked");
    if (EVP_DigestVerify(context, (const uint8_t *)message.signature.ptr, message.signature.len,
                         (const uint8_t *)covered.data, covered.len) != 1)
        return error_set(err, ERR_CRYPTO, "the signature is not this key's");
    *ret_payload = message.payload;
    return true;
}

size_t cose_size(CoseUse use, size_t payload_size)
{
    OWNED_BUF head;

    buf_init(&head, 128);
    write_protected(&head, use, 255);
    size_t protected_size = head.len;
    buf_clear(&head);
    item_write(&head, ITEM_TAG, TAG_COSE_SIGN1);
    item_write(&head, ITEM_ARRAY, 4);
    item_write(&head, ITEM_BYTES, protected_size);
    item_write(&head, ITEM_MAP, 0);
    item_write(&head, ITEM_BYTES, payload_size);
    item_write(&head, ITEM_BYTES, COSE_SIGNATURE_SIZE);
    return head.len + protected_size + payload_size + COSE_SIGNATURE_SIZE;
}
