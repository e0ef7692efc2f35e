#include "registrar/office/once.h"

#include <string.h>

#include "base/crypto.h"
#include "registrar/office/inside.h"

static bool is_asked(const Once *once)
{
    return once && once->key[0];
}

/* base64url of the sealed answer, since the column is text. */
static bool open_answer(const Once *once, Str kept, Buf *answer, Error *err)
{
    OWNED_BUF sealed;

    buf_init(&sealed, ONCE_BYTES_MOST + 64);
    if (!base64url_read(kept, &sealed))
        return error_set(err, ERR_STORE, "an answer that was kept is none");
    return crypto_open(once->office->keys.record, str_from(once->key), buf_str(&sealed), answer, err) ||
           error_add(err, "an answer that was kept");
}

bool once_find(StoreTransaction *transaction, const Once *once, OnceOutcome *ret_outcome, Buf *answer, Error *err)
{
    uint8_t hash[IDEMPOTENCY_HASH_SIZE];
    OWNED_BUF kept;
    bool found;

    buf_init(&kept, 2 * ONCE_BYTES_MOST);
    *ret_outcome = ONCE_NEW;
    if (!is_asked(once))
        return true;
    if (!idempotency_find(transaction, once->actor, once->key, &found, hash, &kept, err))
        return false;
    if (!found)
        return true;
    *ret_outcome = memcmp(hash, once->hash, sizeof hash) == 0 ? ONCE_SAME : ONCE_OTHER;
    return *ret_outcome == ONCE_OTHER || open_answer(once, buf_str(&kept), answer, err);
}

bool once_keep(StoreTransaction *transaction, const Once *once, Str answer, Error *err)
{
    uint8_t nonce[12];
    OWNED_BUF sealed;
    OWNED_BUF text;

    buf_init(&sealed, ONCE_BYTES_MOST + 64);
    buf_init(&text, 2 * ONCE_BYTES_MOST);
    if (!is_asked(once))
        return true;
    if (!random_fill(&once->office->config.random, nonce, sizeof nonce, err) ||
        !crypto_seal(once->office->keys.record, str_from(once->key), answer, nonce, &sealed, err))
        return false;
    base64url_write(&text, sealed.data, sealed.len);
    return buf_ok(&text, err) && idempotency_add(transaction, once->actor, once->key, once->hash, buf_str(&text),
                                                 office_now_s(once->office) + ONCE_KEPT_S, err);
}
