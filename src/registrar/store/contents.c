#include "registrar/store/contents.h"

#include "registrar/store/transaction.h"

#define COLUMNS "n, id, version, author, changed_at_s, CASE WHEN body IS NULL THEN 1 ELSE 0 END"

static Value text_of(Str text)
{
    return text.len ? (Value){ .kind = VALUE_TEXT, .bytes = text } : NOTHING;
}

static void read_row(const Rows *rows, ContentRow *ret)
{
    *ret = (ContentRow){ .n = rows_int(rows, 0), .changed_at_s = rows_int(rows, 4), .gone = rows_int(rows, 5) != 0 };
    rows_text(rows, 1, ret->id, sizeof ret->id);
    rows_text(rows, 2, ret->version, sizeof ret->version);
    rows_text(rows, 3, ret->author, sizeof ret->author);
}

static bool read_rows(Rows *found, ContentRow *rows, size_t room, size_t *ret_count, Error *err)
{
    bool row;

    for (*ret_count = 0;;) {
        if (!rows_next(found, &row, err))
            return error_add(err, "contents");
        if (!row || *ret_count == room)
            return true;
        read_row(found, &rows[(*ret_count)++]);
    }
}

bool contents_add(StoreTransaction *transaction, const char *kind, const ContentRow *row, Str body, Error *err)
{
    return (RUN(transaction, err, NULL,
                "INSERT INTO content_revision (institution, kind, id, n, version, body, author, changed_at_s)"
                " SELECT ?1, ?2, ?3, coalesce(max(n), 0) + 1, ?4, ?5, ?6, CAST(?7 AS BIGINT) FROM content_revision"
                " WHERE institution = ?1 AND kind = ?2 AND id = ?3",
                TEXT(kind), TEXT(row->id), TEXT(row->version), text_of(body), TEXT(row->author),
                INT(row->changed_at_s)) &&
            RUN(transaction, err, NULL,
                "DELETE FROM content_revision WHERE institution = ?1 AND kind = ?2 AND id = ?3 AND n <="
                " (SELECT max(n) FROM content_revision WHERE institution = ?1 AND kind = ?2 AND id = ?3)"
                " - CAST(?4 AS BIGINT)",
                TEXT(kind), TEXT(row->id), INT(CONTENT_KEPT))) ||
           error_add(err, "revision of %s %s", kind, row->id);
}

bool contents_list(StoreTransaction *transaction, const char *kind, const char *id, ContentRow *rows, size_t room,
                   size_t *ret_count, Error *err)
{
    OWNED_ROWS found;

    return ROWS(&found, transaction, err,
                "SELECT " COLUMNS " FROM content_revision WHERE institution = ?1 AND kind = ?2 AND id = ?3"
                " ORDER BY n DESC LIMIT ?4",
                TEXT(kind), TEXT(id), INT(room))
               ? read_rows(&found, rows, room, ret_count, err)
               : error_add(err, "revisions");
}

bool contents_newest(StoreTransaction *transaction, const char *kind, ContentRow *rows, size_t room, size_t *ret_count,
                     Error *err)
{
    OWNED_ROWS found;

    return ROWS(&found, transaction, err,
                "SELECT " COLUMNS " FROM content_revision r WHERE institution = ?1 AND kind = ?2 AND n ="
                " (SELECT max(n) FROM content_revision s WHERE s.institution = ?1 AND s.kind = ?2 AND s.id = r.id)"
                " ORDER BY id LIMIT ?3",
                TEXT(kind), INT(room))
               ? read_rows(&found, rows, room, ret_count, err)
               : error_add(err, "revisions");
}

bool contents_get(StoreTransaction *transaction, const char *kind, const char *id, int64_t n, bool *ret_found,
                  ContentRow *ret, Buf *body, Error *err)
{
    OWNED_ROWS found;

    buf_clear(body);
    if (!ROWS(&found, transaction, err,
              "SELECT " COLUMNS ", body FROM content_revision WHERE institution = ?1 AND kind = ?2 AND id = ?3"
              " AND (n = ?4 OR ?4 = 0) ORDER BY n DESC LIMIT 1",
              TEXT(kind), TEXT(id), INT(n)) ||
        !rows_next(&found, ret_found, err))
        return error_add(err, "revision");
    if (!*ret_found)
        return true;
    read_row(&found, ret);
    if (!ret->gone)
        buf_add_str(body, rows_bytes(&found, 6));
    return buf_ok(body, err) || error_add(err, "revision");
}

/* --- working time ------------------------------------------------------------------------------------------------- */

bool working_times_get(StoreTransaction *transaction, bool *ret_found, ContentRow *ret, Buf *body, Error *err)
{
    OWNED_ROWS found;

    buf_clear(body);
    if (!rows_open(&found, transaction,
                   "SELECT version, author, changed_at_s, body FROM working_time WHERE institution = ?1", NULL, 0,
                   err) ||
        !rows_next(&found, ret_found, err))
        return error_add(err, "working time");
    if (!*ret_found)
        return true;
    *ret = (ContentRow){ .changed_at_s = rows_int(&found, 2) };
    rows_text(&found, 0, ret->version, sizeof ret->version);
    rows_text(&found, 1, ret->author, sizeof ret->author);
    buf_add_str(body, rows_bytes(&found, 3));
    return buf_ok(body, err) || error_add(err, "working time");
}

bool working_times_put(StoreTransaction *transaction, const ContentRow *row, Str body, Error *err)
{
    const bool done =
        body.len == 0 ? store_run(transaction, "DELETE FROM working_time WHERE institution = ?1", NULL, 0, NULL, err)
                      : RUN(transaction, err, NULL,
                            "INSERT INTO working_time (institution, version, body, author, changed_at_s)"
                            " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (institution) DO UPDATE"
                            " SET version = excluded.version, body = excluded.body, author = excluded.author,"
                            " changed_at_s = excluded.changed_at_s",
                            TEXT(row->version), text_of(body), TEXT(row->author), INT(row->changed_at_s));

    return done || error_add(err, "working time");
}
