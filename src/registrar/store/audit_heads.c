#include "registrar/store/audit_heads.h"

#include "registrar/store/transaction.h"

#define MINUTE_S 60

bool audit_heads_add(StoreTransaction *transaction, int64_t position, int64_t at_s, Str head, Error *err)
{
    return (RUN(transaction, err, NULL,
                "DELETE FROM audit_head WHERE institution = ?1 AND at_s >= ?2 AND position < ?3",
                INT(at_s - at_s % MINUTE_S), INT(position)) &&
            RUN(transaction, err, NULL,
                "INSERT INTO audit_head (institution, position, at_s, signed) VALUES (?1, ?2, ?3, ?4)"
                " ON CONFLICT (institution, position) DO UPDATE SET at_s = excluded.at_s, signed = excluded.signed",
                INT(position), INT(at_s), BLOB(head))) ||
           error_add(err, "audit head");
}

bool audit_heads_newest(StoreTransaction *transaction, bool *ret_found, int64_t *ret_at_s, Buf *head, Error *err)
{
    OWNED_ROWS rows;

    buf_clear(head);
    if (!rows_open(&rows, transaction,
                   "SELECT at_s, signed FROM audit_head WHERE institution = ?1 ORDER BY position DESC LIMIT 1", NULL, 0,
                   err) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "audit head");
    if (*ret_found) {
        *ret_at_s = rows_int(&rows, 0);
        buf_add_str(head, rows_bytes(&rows, 1));
    }
    return buf_ok(head, err);
}

bool audit_heads_each(StoreTransaction *transaction, int64_t after, size_t most, AuditHeadVisit visit, void *ctx,
                      size_t *ret_count, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    *ret_count = 0;
    if (!ROWS(&rows, transaction, err,
              "SELECT position, signed FROM audit_head WHERE institution = ?1 AND position > ?2"
              " ORDER BY position LIMIT ?3",
              INT(after), INT(most)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "audit heads");
    while (row) {
        ++*ret_count;
        if (!visit(ctx, rows_int(&rows, 0), rows_bytes(&rows, 1), err) || !rows_next(&rows, &row, err))
            return false;
    }
    return true;
}
