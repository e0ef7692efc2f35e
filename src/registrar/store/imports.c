#include "registrar/store/imports.h"

#include "registrar/store/transaction.h"

#define NUMBERS_AT_ONCE 30 /* with the institution and the part, as many as a statement has parameters */

#define JSON(str)       ((Value){ .kind = VALUE_TEXT, .bytes = (str) })

bool import_run_get(StoreTransaction *transaction, const char *source, bool *ret_found, ImportRunRow *ret, Buf *cursor,
                    Buf *counts, Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err,
              "SELECT run, step, CASE WHEN state = 'reading' THEN 1 ELSE 0 END, whole, started_at_s, read_from_s,"
              " read_next_s, cursor, counts FROM import_run WHERE institution = ?1 AND source = ?2",
              TEXT(source)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "import");
    if (!*ret_found)
        return true;
    *ret = (ImportRunRow){ .run = rows_int(&rows, 0),
                           .step = rows_int(&rows, 1),
                           .reading = rows_int(&rows, 2) != 0,
                           .whole = rows_int(&rows, 3) != 0,
                           .started_at_s = rows_int(&rows, 4),
                           .read_from_s = rows_int(&rows, 5),
                           .read_next_s = rows_int(&rows, 6) };
    buf_add_str(cursor, rows_bytes(&rows, 7));
    buf_add_str(counts, rows_bytes(&rows, 8));
    return buf_ok(cursor, err) && buf_ok(counts, err);
}

static bool clear_findings(StoreTransaction *transaction, const char *source, Error *err)
{
    return RUN(transaction, err, NULL, "DELETE FROM import_finding WHERE institution = ?1 AND source = ?2",
               TEXT(source));
}

bool import_run_begin(StoreTransaction *transaction, const char *source, const ImportRunRow *row, Error *err)
{
    return (clear_findings(transaction, source, err) &&
            RUN(transaction, err, NULL,
                "INSERT INTO import_run (institution, source, run, step, state, whole, started_at_s, read_from_s,"
                " read_next_s, cursor, counts) VALUES (?1, ?2, ?3, 0, 'reading', ?4, ?5, ?6, ?7, '{}', '{}')"
                " ON CONFLICT (institution, source) DO UPDATE SET run = excluded.run, step = 0, state = 'reading',"
                " whole = excluded.whole, started_at_s = excluded.started_at_s, ended_at_s = NULL,"
                " read_from_s = excluded.read_from_s, cursor = '{}', counts = '{}'",
                TEXT(source), INT(row->run), INT(row->whole), INT(row->started_at_s), INT(row->read_from_s),
                INT(row->read_next_s))) ||
           error_add(err, "new import");
}

static bool moved(int changed, Error *err)
{
    return changed == 1 || error_set(err, ERR_BUSY, "another import of this register is at work");
}

bool import_run_step(StoreTransaction *transaction, const char *source, const ImportRunRow *row, Str cursor, Str counts,
                     Error *err)
{
    int changed = 0;

    return (RUN(transaction, err, &changed,
                "UPDATE import_run SET step = step + 1, cursor = ?5, counts = ?6 WHERE institution = ?1"
                " AND source = ?2 AND run = ?3 AND step = ?4 AND state = 'reading'",
                TEXT(source), INT(row->run), INT(row->step), JSON(cursor), JSON(counts)) &&
            moved(changed, err)) ||
           error_add(err, "import");
}

bool import_run_end(StoreTransaction *transaction, const char *source, const ImportRunRow *row, int64_t now_s,
                    Error *err)
{
    int changed = 0;

    return (RUN(transaction, err, &changed,
                "UPDATE import_run SET step = step + 1, state = 'done', ended_at_s = ?5, read_next_s = ?6"
                " WHERE institution = ?1 AND source = ?2 AND run = ?3 AND step = ?4 AND state = 'reading'",
                TEXT(source), INT(row->run), INT(row->step), INT(now_s), INT(row->read_next_s)) &&
            moved(changed, err) && clear_findings(transaction, source, err)) ||
           error_add(err, "end of an import");
}

/* --- findings ---------------------------------------------------------------------------------------------------- */

bool import_finding_add(StoreTransaction *transaction, const char *source, const ImportFindingRow *row, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO import_finding (institution, source, kind, number, detail) VALUES (?1, ?2, ?3, ?4, ?5)"
               " ON CONFLICT DO NOTHING",
               TEXT(source), TEXT(row->kind), TEXT(row->number), TEXT(row->detail)) ||
           error_add(err, "finding");
}

bool import_findings_each(StoreTransaction *transaction, const char *source, const char *kind, size_t most,
                          ImportFindingEach each, void *ctx, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err,
              "SELECT kind, number, detail FROM import_finding WHERE institution = ?1 AND source = ?2 AND kind = ?3"
              " ORDER BY number, detail LIMIT ?4",
              TEXT(source), TEXT(kind), INT(most)))
        return error_add(err, "findings");
    while (rows_next(&rows, &row, err)) {
        ImportFindingRow found;

        if (!row)
            return true;
        rows_text(&rows, 0, found.kind, sizeof found.kind);
        rows_text(&rows, 1, found.number, sizeof found.number);
        rows_text(&rows, 2, found.detail, sizeof found.detail);
        if (!each(ctx, &found, err))
            return false;
    }
    return error_add(err, "findings");
}

/* --- students of a page ------------------------------------------------------------------------------------------ */

static bool tell_each(Rows *rows, bool bodies, ImportedEach each, void *ctx, Error *err)
{
    bool row;

    while (rows_next(rows, &row, err)) {
        if (!row)
            return true;
        ImportedRow found = { .student = rows_int(rows, 1), .pinfl = rows_bytes(rows, 2) };
        rows_text(rows, 0, found.number, sizeof found.number);
        if (bodies) {
            found.body = rows_bytes(rows, 3);
            found.as_of_s = rows_int(rows, 4);
        }
        if (!each(ctx, &found, err))
            return false;
    }
    return error_add(err, "students");
}

/* A shorter list says its last number again. */
static bool find_some(StoreTransaction *transaction, const char *part, const char *const *numbers, size_t count,
                      ImportedEach each, void *ctx, Error *err)
{
    Value values[1 + NUMBERS_AT_ONCE] = { TEXT(part) };
    OWNED_ROWS rows;

    for (size_t i = 0; i < NUMBERS_AT_ONCE; i++)
        values[1 + i] = TEXT(numbers[i < count ? i : count - 1]);
    return rows_open(&rows, transaction,
                     "SELECT s.number, s.id, s.pinfl, r.body, r.as_of_s FROM student s LEFT JOIN record r"
                     " ON r.institution = s.institution AND r.student = s.id AND r.part = ?2"
                     " WHERE s.institution = ?1 AND s.number IN (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
                     " ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32)",
                     values, COUNT(values), err) &&
           tell_each(&rows, true, each, ctx, err);
}

bool imported_find(StoreTransaction *transaction, const char *part, const char *const *numbers, size_t count,
                   ImportedEach each, void *ctx, Error *err)
{
    for (size_t at = 0; at < count; at += NUMBERS_AT_ONCE)
        if (!find_some(transaction, part, numbers + at, count - at < NUMBERS_AT_ONCE ? count - at : NUMBERS_AT_ONCE,
                       each, ctx, err))
            return error_add(err, "students of a page");
    return true;
}

bool imported_see(StoreTransaction *transaction, int64_t run, const int64_t *students, size_t count, Error *err)
{
    for (size_t at = 0; at < count; at += NUMBERS_AT_ONCE) {
        Value values[1 + NUMBERS_AT_ONCE] = { INT(run) };

        for (size_t i = 0; i < NUMBERS_AT_ONCE; i++)
            values[1 + i] = INT(students[at + i < count ? at + i : count - 1]);
        if (!store_run(transaction,
                       "UPDATE student SET seen_in_run = ?2 WHERE institution = ?1 AND id IN (?3, ?4, ?5, ?6, ?7, ?8,"
                       " ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27,"
                       " ?28, ?29, ?30, ?31, ?32)",
                       values, COUNT(values), NULL, err))
            return error_add(err, "students that were seen");
    }
    return true;
}

bool imported_pinfl(StoreTransaction *transaction, int64_t student, Str sealed, Error *err)
{
    return RUN(transaction, err, NULL, "UPDATE student SET pinfl = ?3 WHERE institution = ?1 AND id = ?2", INT(student),
               BLOB(sealed)) ||
           error_add(err, "PINFL");
}

bool imported_each(StoreTransaction *transaction, int64_t unseen_in, int64_t after, size_t most, ImportedEach each,
                   void *ctx, Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err,
                 "SELECT number, id, pinfl FROM student WHERE institution = ?1 AND id > ?2 AND kind = 'student'"
                 " AND CASE WHEN ?3 = 0 THEN CASE WHEN pinfl IS NULL THEN 0 ELSE 1 END"
                 " ELSE CASE WHEN coalesce(seen_in_run, 0) = ?3 THEN 0 ELSE 1 END END = 1 ORDER BY id LIMIT ?4",
                 INT(after), INT(unseen_in), INT(most)) &&
            tell_each(&rows, false, each, ctx, err)) ||
           error_add(err, "students");
}
