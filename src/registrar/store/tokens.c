#include "registrar/store/tokens.h"

#include <string.h>

#include "registrar/store/transaction.h"

static void read_token(const Rows *rows, TokenRow *ret)
{
    *ret = (TokenRow){ 0 };
    rows_text(rows, 0, ret->name, sizeof ret->name);
    rows_text(rows, 1, ret->purpose, sizeof ret->purpose);
    ret->made_at_s = rows_int(rows, 2);
    ret->expires_at_s = rows_int(rows, 3);
    ret->used_at_s = rows_int(rows, 4);
}

bool tokens_add(StoreTransaction *transaction, const TokenRow *row, const uint8_t hash[TOKEN_HASH_SIZE], Error *err)
{
    int changed = 0;

    if (!RUN(transaction, err, &changed,
             "INSERT INTO api_token (institution, name, purpose, hash, made_at_s, expires_at_s)"
             " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
             TEXT(row->name), TEXT(row->purpose), BYTES(hash, TOKEN_HASH_SIZE), INT(row->made_at_s),
             INT(row->expires_at_s)))
        return error_add(err, "token %s", row->name);
    return changed > 0 || error_set(err, ERR_EXISTS, "there is a token %s already", row->name);
}

bool tokens_remove(StoreTransaction *transaction, const char *name, bool *ret_found, Error *err)
{
    int changed = 0;

    if (!RUN(transaction, err, &changed, "DELETE FROM api_token WHERE institution = ?1 AND name = ?2", TEXT(name)))
        return error_add(err, "token %s", name);
    *ret_found = changed > 0;
    return true;
}

bool tokens_list(StoreTransaction *transaction, TokenRow rows_of[], size_t room, size_t *ret_count, Error *err)
{
    OWNED_ROWS rows;
    size_t count = 0;
    bool row;

    if (!ROWS(&rows, transaction, err,
              "SELECT name, purpose, made_at_s, expires_at_s, coalesce(used_at_s, 0) FROM api_token"
              " WHERE institution = ?1 ORDER BY name LIMIT ?2",
              INT(room)))
        return error_add(err, "tokens");
    for (;;) {
        if (!rows_next(&rows, &row, err))
            return error_add(err, "tokens");
        if (!row || count == room)
            break;
        read_token(&rows, &rows_of[count++]);
    }
    *ret_count = count;
    return true;
}

bool tokens_by_hash(StoreTransaction *transaction, const uint8_t hash[TOKEN_HASH_SIZE], bool *ret_found, TokenRow *ret,
                    Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err,
              "SELECT name, purpose, made_at_s, expires_at_s, coalesce(used_at_s, 0) FROM api_token"
              " WHERE institution = ?1 AND hash = ?2",
              BYTES(hash, TOKEN_HASH_SIZE)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "token");
    if (*ret_found)
        read_token(&rows, ret);
    return true;
}

bool tokens_used(StoreTransaction *transaction, const char *name, int64_t now_s, Error *err)
{
    return RUN(transaction, err, NULL, "UPDATE api_token SET used_at_s = ?3 WHERE institution = ?1 AND name = ?2",
               TEXT(name), INT(now_s)) ||
           error_add(err, "token %s", name);
}
