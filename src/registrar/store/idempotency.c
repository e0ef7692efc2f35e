#include "registrar/store/idempotency.h"

#include "registrar/store/transaction.h"

bool idempotency_find(StoreTransaction *transaction, const char *actor, const char *key, bool *ret_found,
                      uint8_t ret_hash[IDEMPOTENCY_HASH_SIZE], Buf *answer, Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err,
              "SELECT body_hash, answer FROM idempotency WHERE institution = ?1 AND actor = ?2 AND key = ?3",
              TEXT(actor), TEXT(key)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "key of a request");
    if (!*ret_found)
        return true;
    rows_blob(&rows, 0, ret_hash, IDEMPOTENCY_HASH_SIZE);
    buf_add_str(answer, rows_bytes(&rows, 1));
    return buf_ok(answer, err);
}

bool idempotency_add(StoreTransaction *transaction, const char *actor, const char *key,
                     const uint8_t hash[IDEMPOTENCY_HASH_SIZE], Str answer, int64_t keep_until_s, Error *err)
{
    const Value text = { .kind = VALUE_TEXT, .bytes = answer };

    return RUN(transaction, err, NULL,
               "INSERT INTO idempotency (institution, actor, key, body_hash, answer, keep_until_s)"
               " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
               TEXT(actor), TEXT(key), BYTES(hash, IDEMPOTENCY_HASH_SIZE), text, INT(keep_until_s)) ||
           error_add(err, "key of a request");
}
