#include "registrar/store/phone_links.h"

#include <string.h>

#include "registrar/store/transaction.h"

#define COLUMNS                                                                                                        \
    "id, token_hash, copy, kiosk, session, state, epoch, digits, device_hash, downloads_left, made_at_s, ends_at_s,"   \
    " coalesce(taken_at_s, 0), keep_until_s"
#define IS_LIVE "state IN ('offered', 'opened', 'matched')"

bool phone_links_add(StoreTransaction *transaction, const PhoneLinkRow *link, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO phone_link (institution, id, token_hash, copy, kiosk, session, state, downloads_left, "
               "made_at_s,"
               " ends_at_s, changed_at_s, keep_until_s) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'offered', ?7, ?8, ?9, ?8,"
               " ?10)",
               TEXT(link->id), BYTES(link->token_hash, LINK_HASH_SIZE), TEXT(link->copy), TEXT(link->kiosk),
               BYTES(link->session, BEARER_HASH_SIZE), INT(link->left), INT(link->made_at_s), INT(link->ends_at_s),
               INT(link->keep_until_s)) ||
           error_add(err, "new phone link");
}

static bool read_row(const Rows *rows, PhoneLinkRow *ret, Error *err)
{
    int state;

    if (!state_parse(&link_states, rows_bytes(rows, 5), &state))
        return error_set(err, ERR_STORE, "a phone link in an unknown state");
    *ret = (PhoneLinkRow){ .state = (LinkState)state,
                           .epoch = (uint32_t)rows_int(rows, 6),
                           .left = (int)rows_int(rows, 9),
                           .made_at_s = rows_int(rows, 10),
                           .ends_at_s = rows_int(rows, 11),
                           .taken_at_s = rows_int(rows, 12),
                           .keep_until_s = rows_int(rows, 13) };
    rows_text(rows, 0, ret->id, sizeof ret->id);
    rows_blob(rows, 1, ret->token_hash, LINK_HASH_SIZE);
    rows_text(rows, 2, ret->copy, sizeof ret->copy);
    rows_text(rows, 3, ret->kiosk, sizeof ret->kiosk);
    rows_blob(rows, 4, ret->session, BEARER_HASH_SIZE);
    rows_text(rows, 7, ret->digits, sizeof ret->digits);
    rows_blob(rows, 8, ret->device_hash, LINK_HASH_SIZE);
    return true;
}

static bool read_one(Rows *rows, bool *ret_found, PhoneLinkRow *ret, Error *err)
{
    return rows_next(rows, ret_found, err) && (!*ret_found || read_row(rows, ret, err));
}

static bool read_all(Rows *found, PhoneLinkRow *rows, size_t *ret_count, Error *err)
{
    bool row;

    *ret_count = 0;
    if (!rows_next(found, &row, err))
        return false;
    while (row)
        if (!read_row(found, &rows[(*ret_count)++], err) || !rows_next(found, &row, err))
            return false;
    return true;
}

bool phone_links_get(StoreTransaction *transaction, const char *id, bool *ret_found, PhoneLinkRow *ret, Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err, "SELECT " COLUMNS " FROM phone_link WHERE institution = ?1 AND id = ?2",
                 TEXT(id)) &&
            read_one(&rows, ret_found, ret, err)) ||
           error_add(err, "phone link");
}

bool phone_links_by_token(StoreTransaction *transaction, const uint8_t token_hash[LINK_HASH_SIZE], bool *ret_found,
                          PhoneLinkRow *ret, Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err,
                 "SELECT " COLUMNS " FROM phone_link WHERE institution = ?1 AND token_hash = ?2",
                 BYTES(token_hash, LINK_HASH_SIZE)) &&
            read_one(&rows, ret_found, ret, err)) ||
           error_add(err, "phone link");
}

bool phone_links_write(StoreTransaction *transaction, const PhoneLinkRow *link, Error *err)
{
    static const uint8_t nobody[LINK_HASH_SIZE];
    bool has_device = memcmp(link->device_hash, nobody, LINK_HASH_SIZE) != 0;

    return RUN(transaction, err, NULL,
               "UPDATE phone_link SET digits = ?3, device_hash = ?4, downloads_left = ?5, ends_at_s = ?6, taken_at_s = "
               "?7"
               " WHERE institution = ?1 AND id = ?2",
               TEXT(link->id), MAYBE(link->digits), has_device ? BYTES(link->device_hash, LINK_HASH_SIZE) : NOTHING,
               INT(link->left), INT(link->ends_at_s), link->taken_at_s ? INT(link->taken_at_s) : NOTHING) ||
           error_add(err, "phone link");
}

bool phone_links_open(StoreTransaction *transaction, const uint8_t session[BEARER_HASH_SIZE], PhoneLinkRow *rows,
                      size_t room, size_t *ret_count, Error *err)
{
    OWNED_ROWS found;

    return (ROWS(&found, transaction, err,
                 "SELECT " COLUMNS " FROM phone_link WHERE institution = ?1 AND session = ?2"
                 " AND state IN ('offered', 'opened') ORDER BY made_at_s LIMIT ?3",
                 BYTES(session, BEARER_HASH_SIZE), INT(room)) &&
            read_all(&found, rows, ret_count, err)) ||
           error_add(err, "open phone links");
}

bool phone_links_of_copy(StoreTransaction *transaction, const char *copy, PhoneLinkRow *rows, size_t room,
                         size_t *ret_count, Error *err)
{
    OWNED_ROWS found;

    return (ROWS(&found, transaction, err,
                 "SELECT " COLUMNS " FROM phone_link WHERE institution = ?1 AND copy = ?2 AND " IS_LIVE
                 " ORDER BY made_at_s LIMIT ?3",
                 TEXT(copy), INT(room)) &&
            read_all(&found, rows, ret_count, err)) ||
           error_add(err, "phone links of a copy");
}

bool phone_links_failed(StoreTransaction *transaction, const uint8_t session[BEARER_HASH_SIZE], int64_t *ret,
                        Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err,
              "SELECT count(*) FROM phone_link WHERE institution = ?1 AND session = ?2"
              " AND state IN ('denied', 'expired') AND device_hash IS NOT NULL",
              BYTES(session, BEARER_HASH_SIZE)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "phone links");
    *ret = rows_int(&rows, 0);
    return true;
}

bool phone_links_overdue(StoreTransaction *transaction, int64_t now_s, PhoneLinkRow *rows, size_t room,
                         size_t *ret_count, Error *err)
{
    OWNED_ROWS found;

    return (ROWS(&found, transaction, err,
                 "SELECT " COLUMNS " FROM phone_link WHERE institution = ?1 AND " IS_LIVE
                 " AND ends_at_s <= ?2 ORDER BY ends_at_s LIMIT ?3",
                 INT(now_s), INT(room)) &&
            read_all(&found, rows, ret_count, err)) ||
           error_add(err, "overdue phone links");
}

bool phone_copies_left(StoreTransaction *transaction, int64_t before_s, CopyRow *rows, size_t room, size_t *ret_count,
                       Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT id FROM copy c WHERE institution = ?1 AND delivery = 'offered' AND making = 'ready'"
              " AND changed_at_s <= ?2 AND NOT EXISTS (SELECT 1 FROM phone_link l WHERE l.institution = ?1"
              " AND l.copy = c.id AND (l." IS_LIVE " OR l.changed_at_s > ?2)) ORDER BY changed_at_s LIMIT ?3",
              INT(before_s), INT(room)) ||
        !rows_next(&found, &row, err))
        return error_add(err, "copies that no phone took");
    while (row) {
        char id[ID_SIZE];
        bool is_there;

        rows_text(&found, 0, id, sizeof id);
        if (!copies_get(transaction, id, &is_there, &rows[*ret_count], err))
            return false;
        *ret_count += is_there;
        if (!rows_next(&found, &row, err))
            return error_add(err, "copies that no phone took");
    }
    return true;
}
