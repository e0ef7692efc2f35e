#include "registrar/store/notices.h"

#include "registrar/store/transaction.h"

#define COLUMNS                                                                                                        \
    "n.id, n.severity, n.from_s, n.until_s, n.rank, n.epoch, n.author,"                                                \
    " CASE WHEN n.changed_at_s = 0 THEN n.added_at_s ELSE n.changed_at_s END"

static void read_row(const Rows *rows, NoticeRow *ret)
{
    *ret = (NoticeRow){ .id = rows_int(rows, 0),
                        .from_s = rows_int(rows, 2),
                        .until_s = rows_int(rows, 3),
                        .rank = rows_int(rows, 4),
                        .epoch = rows_int(rows, 5),
                        .changed_at_s = rows_int(rows, 7) };
    rows_text(rows, 6, ret->author, sizeof ret->author);
    rows_text(rows, 1, ret->severity, sizeof ret->severity);
}

static bool read_rows(Rows *found, NoticeRow *rows, size_t *ret_count, Error *err)
{
    bool row;

    *ret_count = 0;
    if (!rows_next(found, &row, err))
        return false;
    while (row) {
        read_row(found, &rows[(*ret_count)++]);
        if (!rows_next(found, &row, err))
            return false;
    }
    return true;
}

/* A language that this program does not know is passed over: a newer registrar stands beside it. */
static bool read_texts(StoreTransaction *transaction, NoticeRow *notice, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err, "SELECT language, text FROM notice_text WHERE institution = ?1 AND notice = ?2",
              INT(notice->id)) ||
        !rows_next(&rows, &row, err))
        return false;
    while (row) {
        Language language;
        if (language_parse(rows_bytes(&rows, 0), &language))
            rows_text(&rows, 1, notice->texts[language], sizeof notice->texts[language]);
        if (!rows_next(&rows, &row, err))
            return false;
    }
    return true;
}

static bool read_for(StoreTransaction *transaction, NoticeRow *notice, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err,
              "SELECT CASE WHEN what = 'place' THEN 1 ELSE 0 END, name FROM notice_for WHERE institution = ?1 AND "
              "notice = ?2"
              " ORDER BY what, name LIMIT ?3",
              INT(notice->id), INT(NOTICE_FOR_MOST)) ||
        !rows_next(&rows, &row, err))
        return false;
    while (row) {
        NoticeFor *whom = &notice->for_whom[notice->for_count++];
        whom->place = rows_int(&rows, 0);
        rows_text(&rows, 1, whom->name, sizeof whom->name);
        if (!rows_next(&rows, &row, err))
            return false;
    }
    return true;
}

static bool add_parts(StoreTransaction *transaction, const NoticeRow *notice, int64_t id, Error *err)
{
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (notice->texts[i][0] && !RUN(transaction, err, NULL, "INSERT INTO notice_text VALUES (?1, ?2, ?3, ?4)",
                                        INT(id), TEXT(language_tag((Language)i)), TEXT(notice->texts[i])))
            return false;
    for (size_t i = 0; i < notice->for_count; i++)
        if (!RUN(transaction, err, NULL, "INSERT INTO notice_for VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
                 INT(id), TEXT(notice->for_whom[i].place ? "place" : "kiosk"), TEXT(notice->for_whom[i].name)))
            return false;
    return true;
}

static bool newest_id(StoreTransaction *transaction, int64_t *ret, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!rows_open(&rows, transaction, "SELECT coalesce(max(id), 0) FROM notice WHERE institution = ?1", NULL, 0,
                   err) ||
        !rows_next(&rows, &row, err))
        return false;
    *ret = row ? rows_int(&rows, 0) : 0;
    return true;
}

bool notices_add(StoreTransaction *transaction, const NoticeRow *notice, int64_t now_s, int64_t *ret_id, Error *err)
{
    int64_t newest;

    if (!newest_id(transaction, &newest, err) ||
        !RUN(transaction, err, NULL,
             "INSERT INTO notice (institution, id, severity, from_s, until_s, rank, added_at_s, author)"
             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
             INT(newest + 1), TEXT(notice->severity), INT(notice->from_s), INT(notice->until_s), INT(notice->rank),
             INT(now_s), TEXT(notice->author)) ||
        !add_parts(transaction, notice, newest + 1, err))
        return error_add(err, "notice");
    *ret_id = newest + 1;
    return true;
}

bool notices_list(StoreTransaction *transaction, int64_t now_s, NoticeRow *rows, size_t room, size_t *ret_count,
                  Error *err)
{
    OWNED_ROWS found;

    if (!ROWS(&found, transaction, err,
              "SELECT " COLUMNS " FROM notice n WHERE institution = ?1 AND removed_at_s IS NULL AND until_s > ?2"
              " ORDER BY from_s, rank, id LIMIT ?3",
              INT(now_s), INT(room)) ||
        !read_rows(&found, rows, ret_count, err))
        return error_add(err, "notices");
    for (size_t i = 0; i < *ret_count; i++)
        if (!read_texts(transaction, &rows[i], err) || !read_for(transaction, &rows[i], err))
            return error_add(err, "notices");
    return true;
}

bool notices_for(StoreTransaction *transaction, const char *kiosk, const char *place, int64_t now_s, int64_t soon_s,
                 NoticeRow *rows, size_t room, size_t *ret_count, Error *err)
{
    OWNED_ROWS found;

    if (!ROWS(&found, transaction, err,
              "SELECT " COLUMNS " FROM notice n"
              " WHERE institution = ?1 AND removed_at_s IS NULL AND until_s > ?4 AND from_s <= ?5"
              " AND (NOT EXISTS (SELECT 1 FROM notice_for f WHERE f.institution = ?1 AND f.notice = n.id)"
              "  OR EXISTS (SELECT 1 FROM notice_for f WHERE f.institution = ?1 AND f.notice = n.id"
              "             AND ((f.what = 'kiosk' AND f.name = ?2) OR (f.what = 'place' AND f.name = ?3))))"
              " ORDER BY from_s > ?4, rank, from_s, id LIMIT ?6",
              TEXT(kiosk), TEXT(place), INT(now_s), INT(soon_s), INT(room)) ||
        !read_rows(&found, rows, ret_count, err))
        return error_add(err, "notices");
    for (size_t i = 0; i < *ret_count; i++)
        if (!read_texts(transaction, &rows[i], err))
            return error_add(err, "notices");
    return true;
}

bool notices_get(StoreTransaction *transaction, int64_t id, bool *ret_found, NoticeRow *ret, Error *err)
{
    OWNED_ROWS found;

    if (!ROWS(&found, transaction, err,
              "SELECT " COLUMNS " FROM notice n WHERE institution = ?1 AND id = ?2 AND removed_at_s IS NULL",
              INT(id)) ||
        !rows_next(&found, ret_found, err))
        return error_add(err, "notice");
    if (!*ret_found)
        return true;
    read_row(&found, ret);
    return (read_texts(transaction, ret, err) && read_for(transaction, ret, err)) || error_add(err, "notice");
}

bool notices_put(StoreTransaction *transaction, const NoticeRow *notice, int64_t now_s, bool *ret_changed, Error *err)
{
    int changed = 0;

    if (!RUN(transaction, err, &changed,
             "UPDATE notice SET severity = ?4, from_s = ?5, until_s = ?6, rank = ?7, author = ?8, changed_at_s = ?9,"
             " epoch = epoch + 1 WHERE institution = ?1 AND id = ?2 AND epoch = ?3 AND removed_at_s IS NULL",
             INT(notice->id), INT(notice->epoch), TEXT(notice->severity), INT(notice->from_s), INT(notice->until_s),
             INT(notice->rank), TEXT(notice->author), INT(now_s)))
        return error_add(err, "notice");
    *ret_changed = changed > 0;
    if (changed == 0)
        return true;
    return (RUN(transaction, err, NULL, "DELETE FROM notice_text WHERE institution = ?1 AND notice = ?2",
                INT(notice->id)) &&
            RUN(transaction, err, NULL, "DELETE FROM notice_for WHERE institution = ?1 AND notice = ?2",
                INT(notice->id)) &&
            add_parts(transaction, notice, notice->id, err)) ||
           error_add(err, "notice");
}

bool notices_remove(StoreTransaction *transaction, int64_t id, int64_t now_s, bool *ret_found, Error *err)
{
    int changed = 0;

    if (!RUN(transaction, err, &changed,
             "UPDATE notice SET removed_at_s = ?3 WHERE institution = ?1 AND id = ?2 AND removed_at_s IS NULL", INT(id),
             INT(now_s)))
        return error_add(err, "notice");
    *ret_found = changed > 0;
    return true;
}
