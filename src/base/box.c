#include "base/box.h"

#include <string.h>

#include <openssl/err.h>
#include <openssl/evp.h>

#include "base/memory.h"

#define PURPOSE_PAIR "X25519 key of a box"
#define PURPOSE_BOX  "AES-256-GCM key of a box"

typedef EVP_PKEY Pair;
OWNED_BY(Pair, EVP_PKEY_free)
typedef EVP_PKEY_CTX Agreement;
OWNED_BY(Agreement, EVP_PKEY_CTX_free)

static bool fail(Error *err, const char *doing)
{
    unsigned long cause = ERR_peek_last_error();

    ERR_clear_error();
    return error_set_cause(err, ERR_CRYPTO, ERR_GET_REASON(cause), "%s", doing);
}

static Pair *pair_of(Str secret, Error *err)
{
    uint8_t private_key[BOX_KEY_SIZE];

    if (!crypto_derive(secret, PURPOSE_PAIR, private_key, err))
        return NULL;
    Pair *pair = EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, NULL, private_key, sizeof private_key);
    mem_wipe(private_key, sizeof private_key);
    if (!pair)
        fail(err, "X25519 pair");
    return pair;
}

static bool public_of(const Pair *pair, uint8_t ret[BOX_KEY_SIZE], Error *err)
{
    size_t size = BOX_KEY_SIZE;

    return (EVP_PKEY_get_raw_public_key(pair, ret, &size) == 1 && size == BOX_KEY_SIZE) || fail(err, "X25519 key");
}

bool box_key(Str secret, uint8_t ret_key[BOX_KEY_SIZE], Error *err)
{
    OWNED(Pair) pair = pair_of(secret, err);

    return pair && public_of(pair, ret_key, err);
}

/* A key of this box alone: of what both halves agree on, and of both. */
static bool agree(Pair *ours, const uint8_t theirs[BOX_KEY_SIZE], const uint8_t fresh[BOX_KEY_SIZE],
                  const uint8_t key[BOX_KEY_SIZE], uint8_t ret[32], Error *err)
{
    OWNED(Pair) peer = EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, NULL, theirs, BOX_KEY_SIZE);
    OWNED(Agreement) agreement = EVP_PKEY_CTX_new(ours, NULL);
    uint8_t secret[3 * BOX_KEY_SIZE];
    size_t size = BOX_KEY_SIZE;

    bool done = peer && agreement && EVP_PKEY_derive_init(agreement) == 1 &&
                EVP_PKEY_derive_set_peer(agreement, peer) == 1 && EVP_PKEY_derive(agreement, secret, &size) == 1 &&
                size == BOX_KEY_SIZE;
    if (!done) {
        mem_wipe(secret, sizeof secret);
        return fail(err, "X25519");
    }
    memcpy(secret + BOX_KEY_SIZE, fresh, BOX_KEY_SIZE);
    memcpy(secret + (size_t)2 * BOX_KEY_SIZE, key, BOX_KEY_SIZE);
    done = crypto_derive((Str){ (const char *)secret, sizeof secret }, PURPOSE_BOX, ret, err);
    mem_wipe(secret, sizeof secret);
    return done;
}

bool box_seal(const uint8_t key[BOX_KEY_SIZE], const uint8_t random[BOX_KEY_SIZE], Str context, Str plain, Buf *ret,
              Error *err)
{
    static const uint8_t nonce[12]; /* the key is of one box */
    OWNED(Pair) fresh = pair_of((Str){ (const char *)random, BOX_KEY_SIZE }, err);
    uint8_t of_fresh[BOX_KEY_SIZE], sealing[32];

    if (!fresh || !public_of(fresh, of_fresh, err) || !agree(fresh, key, of_fresh, key, sealing, err))
        return error_add(err, "box");
    buf_add(ret, of_fresh, sizeof of_fresh);
    bool done = crypto_seal(sealing, context, plain, nonce, ret, err);
    mem_wipe(sealing, sizeof sealing);
    return done || error_add(err, "box");
}

bool box_open(Str secret, Str context, Str sealed, Buf *ret, Error *err)
{
    OWNED(Pair) pair = pair_of(secret, err);
    uint8_t fresh[BOX_KEY_SIZE], key[BOX_KEY_SIZE], opening[32];

    if (!pair || !public_of(pair, key, err))
        return error_add(err, "box");
    if (sealed.len < BOX_MORE)
        return error_set(err, ERR_CRYPTO, "a box that is cut");
    memcpy(fresh, sealed.ptr, sizeof fresh);
    bool done = agree(pair, fresh, fresh, key, opening, err) &&
                crypto_open(opening, context, (Str){ sealed.ptr + BOX_KEY_SIZE, sealed.len - BOX_KEY_SIZE }, ret, err);
    mem_wipe(opening, sizeof opening);
    return done || error_add(err, "box");
}
