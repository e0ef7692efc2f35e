#include "registrar/store/students.h"

#include "registrar/store/transaction.h"

bool students_find(StoreTransaction *transaction, const char *number, bool *ret_found, int64_t *ret_id, Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err, "SELECT id FROM student WHERE institution = ?1 AND number = ?2", TEXT(number)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "student");
    if (*ret_found)
        *ret_id = rows_int(&rows, 0);
    return true;
}

bool students_add(StoreTransaction *transaction, const char *number, Str pinfl, int64_t *ret_id, Error *err)
{
    bool found;

    return (RUN(transaction, err, NULL,
                "INSERT INTO student (institution, id, number, pinfl)"
                " SELECT ?1, coalesce(max(id), 0) + 1, ?2, ?3 FROM student WHERE institution = ?1",
                TEXT(number), pinfl.len ? BLOB(pinfl) : NOTHING) &&
            students_find(transaction, number, &found, ret_id, err)) ||
           error_add(err, "new student");
}

bool students_last(StoreTransaction *transaction, int64_t *ret_id, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!rows_open(&rows, transaction, "SELECT coalesce(max(id), 0) FROM student WHERE institution = ?1", NULL, 0,
                   err) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "students");
    *ret_id = rows_int(&rows, 0);
    return true;
}

bool students_put(StoreTransaction *transaction, int64_t id, const char *number, Str pinfl, int folding, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO student (institution, id, number, pinfl, name_fold) VALUES (?1, ?2, ?3, ?4, ?5)", INT(id),
               TEXT(number), pinfl.len ? BLOB(pinfl) : NOTHING, INT(folding)) ||
           error_add(err, "new student");
}

bool students_pinfl(StoreTransaction *transaction, int64_t student, char ret_number[STUDENT_NUMBER_SIZE], Buf *sealed,
                    Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err, "SELECT number, pinfl FROM student WHERE institution = ?1 AND id = ?2",
              INT(student)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "student");
    if (!row)
        return error_set(err, ERR_NOT_FOUND, "no such student");
    rows_text(&rows, 0, ret_number, STUDENT_NUMBER_SIZE);
    buf_add_str(sealed, rows_bytes(&rows, 1));
    return buf_ok(sealed, err);
}

bool records_put(StoreTransaction *transaction, int64_t student, const RecordRow *record, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO record (institution, student, part, body, source, as_of_s) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
               " ON CONFLICT (institution, student, part) DO UPDATE SET body = excluded.body, source = "
               "excluded.source, as_of_s = excluded.as_of_s, cursor = NULL",
               INT(student), TEXT(record->part), ((Value){ .kind = VALUE_TEXT, .bytes = record->body }),
               TEXT(record->source), INT(record->as_of_s)) ||
           error_add(err, "record %s", record->part);
}

bool records_told(StoreTransaction *transaction, int64_t student, const RecordRow *record, const char *cursor,
                  Error *err)
{
    return (records_put(transaction, student, record, err) &&
            RUN(transaction, err, NULL,
                "UPDATE record SET cursor = ?4 WHERE institution = ?1 AND student = ?2 AND part = ?3", INT(student),
                TEXT(record->part), MAYBE(cursor))) ||
           error_add(err, "record %s", record->part);
}

bool records_seen(StoreTransaction *transaction, int64_t student, const char *part, const char *source, int64_t as_of_s,
                  const char *cursor, Error *err)
{
    return RUN(transaction, err, NULL,
               "UPDATE record SET as_of_s = ?5, cursor = ?6"
               " WHERE institution = ?1 AND student = ?2 AND part = ?3 AND source = ?4 AND as_of_s <= ?5",
               INT(student), TEXT(part), TEXT(source), INT(as_of_s), MAYBE(cursor)) ||
           error_add(err, "record %s", part);
}

bool records_drop(StoreTransaction *transaction, int64_t student, const char *part, const char *source, bool *ret_gone,
                  Error *err)
{
    int rows;

    if (!RUN(transaction, err, &rows,
             "DELETE FROM record WHERE institution = ?1 AND student = ?2 AND part = ?3 AND source = ?4", INT(student),
             TEXT(part), TEXT(source)))
        return error_add(err, "record %s", part);
    *ret_gone = rows > 0;
    return true;
}

bool records_cursor(StoreTransaction *transaction, int64_t student, const char *part, bool *ret_found,
                    char ret_cursor[RECORD_CURSOR_SIZE], Error *err)
{
    OWNED_ROWS rows;

    ret_cursor[0] = '\0';
    if (!ROWS(&rows, transaction, err,
              "SELECT cursor FROM record WHERE institution = ?1 AND student = ?2 AND part = ?3", INT(student),
              TEXT(part)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "record %s", part);
    if (*ret_found && !str_copy(rows_bytes(&rows, 0), ret_cursor, RECORD_CURSOR_SIZE))
        ret_cursor[0] = '\0';
    return true;
}

bool records_correct(StoreTransaction *transaction, int64_t student, const char *part, Str body, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO record (institution, student, part, body, source, as_of_s)"
               " VALUES (?1, ?2, ?3, ?4, 'correction', 0) ON CONFLICT (institution, student, part)"
               " DO UPDATE SET body = excluded.body",
               INT(student), TEXT(part), ((Value){ .kind = VALUE_TEXT, .bytes = body })) ||
           error_add(err, "correction of %s", part);
}

bool records_get(StoreTransaction *transaction, int64_t student, const char *part, bool *ret_found, Buf *body,
                 int64_t *ret_as_of_s, Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err,
              "SELECT body, as_of_s FROM record WHERE institution = ?1 AND student = ?2 AND part = ?3", INT(student),
              TEXT(part)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "record %s", part);
    if (*ret_found) {
        buf_add_str(body, rows_bytes(&rows, 0));
        *ret_as_of_s = rows_int(&rows, 1);
    }
    return buf_ok(body, err);
}

bool records_each(StoreTransaction *transaction, int64_t student, const char *parts, RecordEach each, void *ctx,
                  Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err,
              "SELECT part, body, source, as_of_s FROM record"
              " WHERE institution = ?1 AND student = ?2 AND ?3 LIKE '%,' || part || ',%'",
              INT(student), TEXT(parts)))
        return error_add(err, "records");
    while (rows_next(&rows, &row, err)) {
        if (!row)
            return true;
        char part[32], source[32];
        rows_text(&rows, 0, part, sizeof part);
        rows_text(&rows, 2, source, sizeof source);
        const RecordRow record = {
            .part = part, .body = rows_bytes(&rows, 1), .source = source, .as_of_s = rows_int(&rows, 3)
        };
        if (!each(ctx, &record, err))
            return false;
    }
    return error_add(err, "records");
}

bool verifiers_put(StoreTransaction *transaction, const VerifierRow *verifier, int64_t accepted_at_s, Error *err)
{
    const Value keep = verifier->keep_until_s > 0 ? INT(verifier->keep_until_s) : NOTHING;

    return RUN(transaction, err, NULL,
               "INSERT INTO verifier (institution, student, hash, accepted_at_s, weak, keep_until_s)"
               " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (institution, student) DO UPDATE SET hash = excluded.hash,"
               " accepted_at_s = excluded.accepted_at_s, weak = excluded.weak, keep_until_s = excluded.keep_until_s",
               INT(verifier->student), TEXT(verifier->hash), INT(accepted_at_s), INT(verifier->weak), keep) ||
           error_add(err, "verifier");
}

bool verifiers_find(StoreTransaction *transaction, const char *number, int64_t now_s, bool *ret_found, VerifierRow *ret,
                    Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err,
              "SELECT v.student, v.hash, v.weak, v.keep_until_s FROM student s JOIN verifier v"
              " ON v.institution = s.institution AND v.student = s.id WHERE s.institution = ?1 AND s.number = ?2"
              " AND (v.keep_until_s IS NULL OR v.keep_until_s > ?3)",
              TEXT(number), INT(now_s)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "verifier");
    if (*ret_found) {
        *ret = (VerifierRow){ .student = rows_int(&rows, 0),
                              .weak = rows_int(&rows, 2) != 0,
                              .keep_until_s = rows_int(&rows, 3) };
        rows_text(&rows, 1, ret->hash, sizeof ret->hash);
    }
    return true;
}

bool verifiers_delete(StoreTransaction *transaction, int64_t student, const char *hash, bool *ret_gone, Error *err)
{
    int changed;

    if (!RUN(transaction, err, &changed, "DELETE FROM verifier WHERE institution = ?1 AND student = ?2 AND hash = ?3",
             INT(student), TEXT(hash)))
        return error_add(err, "verifier");
    *ret_gone = changed > 0;
    return true;
}
