#include "registrar/store/awaited.h"

#include "registrar/store/transaction.h"

bool awaited_put(StoreTransaction *transaction, const char *number, const RecordRow *record, int64_t keep_until_s,
                 Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO awaited_record (institution, number, part, body, source, as_of_s, keep_until_s)"
               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (institution, number, part)"
               " DO UPDATE SET body = excluded.body, source = excluded.source, as_of_s = excluded.as_of_s,"
               " keep_until_s = excluded.keep_until_s",
               TEXT(number), TEXT(record->part), ((Value){ .kind = VALUE_TEXT, .bytes = record->body }),
               TEXT(record->source), INT(record->as_of_s), INT(keep_until_s)) ||
           error_add(err, "awaited record");
}

static bool tell(Rows *rows, RecordEach each, void *ctx, Error *err)
{
    bool row;

    while (rows_next(rows, &row, err)) {
        char part[32], source[32];

        if (!row)
            return true;
        rows_text(rows, 0, part, sizeof part);
        rows_text(rows, 2, source, sizeof source);
        if (!each(ctx, &(RecordRow){ part, rows_bytes(rows, 1), source, rows_int(rows, 3) }, err))
            return false;
    }
    return error_add(err, "awaited records");
}

bool awaited_each(StoreTransaction *transaction, const char *number, RecordEach each, void *ctx, Error *err)
{
    OWNED_ROWS rows;

    return ROWS(&rows, transaction, err,
                "SELECT part, body, source, as_of_s FROM awaited_record WHERE institution = ?1 AND number = ?2"
                " ORDER BY part",
                TEXT(number))
               ? tell(&rows, each, ctx, err)
               : error_add(err, "awaited records");
}

bool awaited_one(StoreTransaction *transaction, const char *number, const char *part, RecordEach each, void *ctx,
                 Error *err)
{
    OWNED_ROWS rows;

    return ROWS(&rows, transaction, err,
                "SELECT part, body, source, as_of_s FROM awaited_record"
                " WHERE institution = ?1 AND number = ?2 AND part = ?3",
                TEXT(number), TEXT(part))
               ? tell(&rows, each, ctx, err)
               : error_add(err, "awaited record");
}

bool awaited_forget(StoreTransaction *transaction, const char *number, Error *err)
{
    return RUN(transaction, err, NULL, "DELETE FROM awaited_record WHERE institution = ?1 AND number = ?2",
               TEXT(number)) ||
           error_add(err, "awaited records");
}
