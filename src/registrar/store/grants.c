#include "registrar/store/grants.h"

#include <string.h>

#include "registrar/store/transaction.h"

#define COLUMNS                                                                                                        \
    "id, device_hash, user_hash, box_key, kiosk, state, epoch, phone_hash, tries_left, coalesce(student, 0), weak,"    \
    " away, digits, interval_s, coalesce(asked_at_ms, 0), made_at_s, ends_at_s, keep_until_s"
#define IS_LIVE "state IN ('offered', 'opened', 'digits', 'matched')"

bool grants_add(StoreTransaction *transaction, const GrantRow *grant, bool *ret_added, Error *err)
{
    int changed;

    if (!RUN(transaction, err, &changed,
             "INSERT INTO sign_in_grant (institution, id, device_hash, user_hash, box_key, kiosk, state, tries_left,"
             " interval_s, made_at_s, ends_at_s, changed_at_s, keep_until_s)"
             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'offered', ?7, ?8, ?9, ?10, ?9, ?11) ON CONFLICT DO NOTHING",
             TEXT(grant->id), BYTES(grant->device_hash, GRANT_HASH_SIZE), BYTES(grant->user_hash, GRANT_HASH_SIZE),
             BYTES(grant->box_key, GRANT_HASH_SIZE), TEXT(grant->kiosk), INT(grant->tries_left), INT(grant->interval_s),
             INT(grant->made_at_s), INT(grant->ends_at_s), INT(grant->keep_until_s)))
        return error_add(err, "new grant");
    *ret_added = changed == 1;
    return true;
}

static bool read_row(const Rows *rows, GrantRow *ret, Error *err)
{
    int state;

    if (!state_parse(&grant_states, rows_bytes(rows, 5), &state))
        return error_set(err, ERR_STORE, "a grant in an unknown state");
    *ret = (GrantRow){ .state = (GrantState)state,
                       .epoch = (uint32_t)rows_int(rows, 6),
                       .tries_left = (int)rows_int(rows, 8),
                       .student = rows_int(rows, 9),
                       .weak = rows_int(rows, 10) != 0,
                       .away = rows_int(rows, 11) != 0,
                       .interval_s = (int)rows_int(rows, 13),
                       .asked_at_ms = rows_int(rows, 14),
                       .made_at_s = rows_int(rows, 15),
                       .ends_at_s = rows_int(rows, 16),
                       .keep_until_s = rows_int(rows, 17) };
    rows_text(rows, 0, ret->id, sizeof ret->id);
    rows_blob(rows, 1, ret->device_hash, GRANT_HASH_SIZE);
    rows_blob(rows, 2, ret->user_hash, GRANT_HASH_SIZE);
    rows_blob(rows, 3, ret->box_key, GRANT_HASH_SIZE);
    rows_text(rows, 4, ret->kiosk, sizeof ret->kiosk);
    rows_blob(rows, 7, ret->phone_hash, GRANT_HASH_SIZE);
    rows_text(rows, 12, ret->digits, sizeof ret->digits);
    return true;
}

static bool read_one(Rows *rows, bool *ret_found, GrantRow *ret, Error *err)
{
    return rows_next(rows, ret_found, err) && (!*ret_found || read_row(rows, ret, err));
}

bool grants_get(StoreTransaction *transaction, const char *id, bool *ret_found, GrantRow *ret, Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err, "SELECT " COLUMNS " FROM sign_in_grant WHERE institution = ?1 AND id = ?2",
                 TEXT(id)) &&
            read_one(&rows, ret_found, ret, err)) ||
           error_add(err, "grant");
}

bool grants_by_device(StoreTransaction *transaction, const uint8_t device_hash[GRANT_HASH_SIZE], bool *ret_found,
                      GrantRow *ret, Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err,
                 "SELECT " COLUMNS " FROM sign_in_grant WHERE institution = ?1 AND device_hash = ?2",
                 BYTES(device_hash, GRANT_HASH_SIZE)) &&
            read_one(&rows, ret_found, ret, err)) ||
           error_add(err, "grant");
}

bool grants_by_user(StoreTransaction *transaction, const uint8_t user_hash[GRANT_HASH_SIZE], bool *ret_found,
                    GrantRow *ret, Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err,
                 "SELECT " COLUMNS " FROM sign_in_grant WHERE institution = ?1 AND user_hash = ?2",
                 BYTES(user_hash, GRANT_HASH_SIZE)) &&
            read_one(&rows, ret_found, ret, err)) ||
           error_add(err, "grant");
}

bool grants_of_kiosk(StoreTransaction *transaction, const char *kiosk, bool *ret_found, GrantRow *ret, Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err,
                 "SELECT " COLUMNS " FROM sign_in_grant WHERE institution = ?1 AND kiosk = ?2 AND " IS_LIVE,
                 TEXT(kiosk)) &&
            read_one(&rows, ret_found, ret, err)) ||
           error_add(err, "grant of a kiosk");
}

bool grants_write(StoreTransaction *transaction, const GrantRow *grant, Error *err)
{
    static const uint8_t nobody[GRANT_HASH_SIZE];
    bool has_phone = memcmp(grant->phone_hash, nobody, GRANT_HASH_SIZE) != 0;

    return RUN(transaction, err, NULL,
               "UPDATE sign_in_grant SET phone_hash = ?3, tries_left = ?4, student = ?5, weak = ?6, away = ?7,"
               " digits = ?8, interval_s = ?9, asked_at_ms = ?10, ends_at_s = ?11 WHERE institution = ?1 AND id = ?2",
               TEXT(grant->id), has_phone ? BYTES(grant->phone_hash, GRANT_HASH_SIZE) : NOTHING, INT(grant->tries_left),
               grant->student ? INT(grant->student) : NOTHING, INT(grant->weak), INT(grant->away), MAYBE(grant->digits),
               INT(grant->interval_s), grant->asked_at_ms ? INT(grant->asked_at_ms) : NOTHING, INT(grant->ends_at_s)) ||
           error_add(err, "grant");
}

bool grants_put_token(StoreTransaction *transaction, const char *id, Str sealed, Error *err)
{
    return RUN(transaction, err, NULL, "UPDATE sign_in_grant SET sealed_token = ?3 WHERE institution = ?1 AND id = ?2",
               TEXT(id), sealed.len > 0 ? BLOB(sealed) : NOTHING) ||
           error_add(err, "token of a grant");
}

bool grants_token(StoreTransaction *transaction, const char *id, Buf *sealed, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err, "SELECT sealed_token FROM sign_in_grant WHERE institution = ?1 AND id = ?2",
              TEXT(id)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "token of a grant");
    if (row && !rows_is_null(&rows, 0))
        buf_add_str(sealed, rows_bytes(&rows, 0));
    return buf_ok(sealed, err);
}

bool grants_overdue(StoreTransaction *transaction, int64_t now_s, GrantRow *rows, size_t room, size_t *ret_count,
                    Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT " COLUMNS " FROM sign_in_grant WHERE institution = ?1 AND " IS_LIVE
              " AND ends_at_s <= ?2 ORDER BY ends_at_s LIMIT ?3",
              INT(now_s), INT(room)) ||
        !rows_next(&found, &row, err))
        return error_add(err, "overdue grants");
    while (row)
        if (!read_row(&found, &rows[(*ret_count)++], err) || !rows_next(&found, &row, err))
            return error_add(err, "overdue grants");
    return true;
}
