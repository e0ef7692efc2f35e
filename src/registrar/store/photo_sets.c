#include "registrar/store/photo_sets.h"

#include <string.h>

#include "registrar/store/transaction.h"

#define COLUMNS                                                                                                        \
    "id, token_hash, student, service, field, kiosk, session, state, epoch, device_hash, tries, most,"                 \
    " coalesce(request, ''), made_at_s, ends_at_s, keep_until_s,"                                                      \
    " (SELECT count(*) FROM photo_page p WHERE p.institution = ?1 AND p.photo_set = photo_set.id)"
#define IS_LIVE "state IN ('offered', 'opened')"

bool photo_sets_add(StoreTransaction *transaction, const PhotoSetRow *set, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO photo_set (institution, id, token_hash, student, service, field, kiosk, session, state, "
               "most,"
               " made_at_s, ends_at_s, changed_at_s, keep_until_s)"
               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'offered', ?9, ?10, ?11, ?10, ?12)",
               TEXT(set->id), BYTES(set->token_hash, PHOTO_HASH_SIZE), INT(set->student), TEXT(set->service),
               TEXT(set->field), TEXT(set->kiosk), BYTES(set->session, BEARER_HASH_SIZE), INT(set->most),
               INT(set->made_at_s), INT(set->ends_at_s), INT(set->keep_until_s)) ||
           error_add(err, "new set of photographs");
}

static bool read_row(const Rows *rows, PhotoSetRow *ret, Error *err)
{
    int state;

    if (!state_parse(&photo_states, rows_bytes(rows, 7), &state))
        return error_set(err, ERR_STORE, "a set of photographs in an unknown state");
    *ret = (PhotoSetRow){ .student = rows_int(rows, 2),
                          .state = (PhotoState)state,
                          .epoch = (uint32_t)rows_int(rows, 8),
                          .tries = (int)rows_int(rows, 10),
                          .most = (int)rows_int(rows, 11),
                          .made_at_s = rows_int(rows, 13),
                          .ends_at_s = rows_int(rows, 14),
                          .keep_until_s = rows_int(rows, 15),
                          .pages = (int)rows_int(rows, 16) };
    rows_text(rows, 0, ret->id, sizeof ret->id);
    rows_blob(rows, 1, ret->token_hash, PHOTO_HASH_SIZE);
    rows_text(rows, 3, ret->service, sizeof ret->service);
    rows_text(rows, 4, ret->field, sizeof ret->field);
    rows_text(rows, 5, ret->kiosk, sizeof ret->kiosk);
    rows_blob(rows, 6, ret->session, BEARER_HASH_SIZE);
    rows_blob(rows, 9, ret->device_hash, PHOTO_HASH_SIZE);
    rows_text(rows, 12, ret->request, sizeof ret->request);
    return true;
}

static bool read_one(Rows *rows, bool *ret_found, PhotoSetRow *ret, Error *err)
{
    return rows_next(rows, ret_found, err) && (!*ret_found || read_row(rows, ret, err));
}

static bool read_all(Rows *found, PhotoSetRow *rows, size_t *ret_count, Error *err)
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

bool photo_sets_get(StoreTransaction *transaction, const char *id, bool *ret_found, PhotoSetRow *ret, Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err, "SELECT " COLUMNS " FROM photo_set WHERE institution = ?1 AND id = ?2",
                 TEXT(id)) &&
            read_one(&rows, ret_found, ret, err)) ||
           error_add(err, "set of photographs");
}

bool photo_sets_by_token(StoreTransaction *transaction, const uint8_t token_hash[PHOTO_HASH_SIZE], bool *ret_found,
                         PhotoSetRow *ret, Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err,
                 "SELECT " COLUMNS " FROM photo_set WHERE institution = ?1 AND token_hash = ?2",
                 BYTES(token_hash, PHOTO_HASH_SIZE)) &&
            read_one(&rows, ret_found, ret, err)) ||
           error_add(err, "set of photographs");
}

bool photo_sets_write(StoreTransaction *transaction, const PhotoSetRow *set, Error *err)
{
    static const uint8_t nobody[PHOTO_HASH_SIZE];
    const bool has_device = memcmp(set->device_hash, nobody, PHOTO_HASH_SIZE) != 0;

    return RUN(transaction, err, NULL,
               "UPDATE photo_set SET device_hash = ?3, tries = ?4, request = ?5, keep_until_s = ?6"
               " WHERE institution = ?1 AND id = ?2",
               TEXT(set->id), has_device ? BYTES(set->device_hash, PHOTO_HASH_SIZE) : NOTHING, INT(set->tries),
               MAYBE(set->request), INT(set->keep_until_s)) ||
           error_add(err, "set of photographs");
}

bool photo_sets_remove(StoreTransaction *transaction, const char *id, Error *err)
{
    return RUN(transaction, err, NULL, "DELETE FROM photo_set WHERE institution = ?1 AND id = ?2", TEXT(id)) ||
           error_add(err, "set of photographs");
}

bool photo_sets_loose(StoreTransaction *transaction, int64_t student, const char *service, PhotoSetRow *rows,
                      size_t room, size_t *ret_count, Error *err)
{
    OWNED_ROWS found;

    return (ROWS(&found, transaction, err,
                 "SELECT " COLUMNS " FROM photo_set WHERE institution = ?1 AND student = ?2 AND service = ?3"
                 " AND request IS NULL ORDER BY made_at_s, id LIMIT ?4",
                 INT(student), TEXT(service), INT(room)) &&
            read_all(&found, rows, ret_count, err)) ||
           error_add(err, "a student's photographs");
}

bool photo_sets_of_request(StoreTransaction *transaction, const char *request, PhotoSetRow *rows, size_t room,
                           size_t *ret_count, Error *err)
{
    OWNED_ROWS found;

    return (ROWS(&found, transaction, err,
                 "SELECT " COLUMNS " FROM photo_set WHERE institution = ?1 AND request = ?2 ORDER BY made_at_s, id"
                 " LIMIT ?3",
                 TEXT(request), INT(room)) &&
            read_all(&found, rows, ret_count, err)) ||
           error_add(err, "photographs of a request");
}

bool photo_sets_count(StoreTransaction *transaction, int64_t student, int64_t since_s, int64_t *ret, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err,
              "SELECT count(*) FROM photo_set WHERE institution = ?1 AND student = ?2 AND made_at_s >= ?3",
              INT(student), INT(since_s)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "a student's photographs");
    *ret = rows_int(&rows, 0);
    return true;
}

bool photo_sets_overdue(StoreTransaction *transaction, int64_t now_s, PhotoSetRow *rows, size_t room, size_t *ret_count,
                        Error *err)
{
    OWNED_ROWS found;

    return (ROWS(&found, transaction, err,
                 "SELECT " COLUMNS " FROM photo_set WHERE institution = ?1 AND " IS_LIVE
                 " AND ends_at_s <= ?2 ORDER BY ends_at_s LIMIT ?3",
                 INT(now_s), INT(room)) &&
            read_all(&found, rows, ret_count, err)) ||
           error_add(err, "overdue photographs");
}

bool photo_pages_add(StoreTransaction *transaction, const char *set, int n, Str sealed, int64_t at_s, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO photo_page (institution, photo_set, n, body, at_s) VALUES (?1, ?2, ?3, ?4, ?5)", TEXT(set),
               INT(n), BLOB(sealed), INT(at_s)) ||
           error_add(err, "photograph");
}

bool photo_pages_get(StoreTransaction *transaction, const char *set, int n, bool *ret_found, Buf *sealed, Error *err)
{
    OWNED_ROWS rows;

    buf_clear(sealed);
    if (!ROWS(&rows, transaction, err,
              "SELECT body FROM photo_page WHERE institution = ?1 AND photo_set = ?2 AND n = ?3", TEXT(set), INT(n)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "photograph");
    if (*ret_found)
        buf_add_str(sealed, rows_bytes(&rows, 0));
    return buf_ok(sealed, err);
}

/* --- ticked off --------------------------------------------------------------------------------------------------- */

bool papers_seen_add(StoreTransaction *transaction, const PaperSeenRow *seen, bool *ret_new, Error *err)
{
    int changed;

    if (!RUN(transaction, err, &changed,
             "INSERT INTO paper_seen (institution, request, field, clerk, at_s) VALUES (?1, ?2, ?3, ?4, ?5)"
             " ON CONFLICT (institution, request, field) DO NOTHING",
             TEXT(seen->request), TEXT(seen->field), TEXT(seen->clerk), INT(seen->at_s)))
        return error_add(err, "paper that was seen");
    *ret_new = changed > 0;
    return true;
}

bool papers_seen_remove(StoreTransaction *transaction, const char *request, const char *field, Error *err)
{
    return RUN(transaction, err, NULL, "DELETE FROM paper_seen WHERE institution = ?1 AND request = ?2 AND field = ?3",
               TEXT(request), TEXT(field)) ||
           error_add(err, "paper that was seen");
}

bool papers_seen_list(StoreTransaction *transaction, const char *request, PaperSeenRow *rows, size_t room,
                      size_t *ret_count, Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(
            &found, transaction, err,
            "SELECT field, clerk, at_s FROM paper_seen WHERE institution = ?1 AND request = ?2 ORDER BY field LIMIT ?3",
            TEXT(request), INT(room)) ||
        !rows_next(&found, &row, err))
        return error_add(err, "papers that were seen");
    while (row) {
        PaperSeenRow *seen = &rows[(*ret_count)++];

        *seen = (PaperSeenRow){ .at_s = rows_int(&found, 2) };
        str_copy_cut(str_from(request), seen->request, sizeof seen->request);
        rows_text(&found, 0, seen->field, sizeof seen->field);
        rows_text(&found, 1, seen->clerk, sizeof seen->clerk);
        if (!rows_next(&found, &row, err))
            return error_add(err, "papers that were seen");
    }
    return true;
}
