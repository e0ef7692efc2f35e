#include "registrar/store/limits.h"

#include "registrar/store/transaction.h"

bool limits_get(StoreTransaction *transaction, const LimitKey *key, int64_t now_s, LimitRow *ret, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err,
              "SELECT n, until_s FROM limit_count"
              " WHERE institution = ?1 AND what = ?2 AND subject = ?3 AND slot = ?4 AND keep_until_s > ?5",
              TEXT(key->what), TEXT(key->subject), INT(key->window), INT(now_s)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "limit %s", key->what);
    *ret = row ? (LimitRow){ rows_int(&rows, 0), rows_int(&rows, 1) } : (LimitRow){ 0 };
    return true;
}

bool limits_set(StoreTransaction *transaction, const LimitKey *key, const LimitRow *row, int64_t keep_until_s,
                Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO limit_count (institution, what, subject, slot, n, until_s, keep_until_s)"
               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (institution, what, subject, slot) DO UPDATE SET n = "
               "excluded.n,"
               " until_s = excluded.until_s, keep_until_s = excluded.keep_until_s",
               TEXT(key->what), TEXT(key->subject), INT(key->window), INT(row->n), INT(row->until_s),
               INT(keep_until_s)) ||
           error_add(err, "limit %s", key->what);
}

bool limits_forget(StoreTransaction *transaction, const LimitKey *key, Error *err)
{
    return RUN(transaction, err, NULL,
               "DELETE FROM limit_count WHERE institution = ?1 AND what = ?2 AND subject = ?3 AND slot = ?4",
               TEXT(key->what), TEXT(key->subject), INT(key->window)) ||
           error_add(err, "limit %s", key->what);
}
