#include "registrar/store/status_lists.h"

#include "registrar/store/transaction.h"

bool status_lists_due(StoreTransaction *transaction, const StatusDue *due, uint32_t *lists, size_t room,
                      size_t *ret_count, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    *ret_count = 0;
    if (!ROWS(&rows, transaction, err,
              "SELECT list FROM status_list s WHERE institution = ?1 AND (changes <> told OR iat_s IS NULL"
              " OR iat_s <= ?2 OR (numbers + ?3 <= (SELECT coalesce(sum(last), 0) FROM counter WHERE institution = ?1)"
              " AND list = (SELECT max(list) FROM status_list WHERE institution = ?1))) ORDER BY list DESC LIMIT ?4",
              INT(due->oldest_s), INT(due->numbers_most), INT(room)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "status lists");
    while (row) {
        lists[(*ret_count)++] = (uint32_t)rows_int(&rows, 0);
        if (!rows_next(&rows, &row, err))
            return error_add(err, "status lists");
    }
    return true;
}

bool status_lists_get(StoreTransaction *transaction, uint32_t list, bool *ret_found, StatusListRow *ret, Buf *kept,
                      Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err,
              "SELECT version, coalesce(iat_s, 0), changes, kept FROM status_list WHERE institution = ?1 AND list = ?2",
              INT(list)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "status list");
    if (!*ret_found)
        return true;
    *ret = (StatusListRow){ list, rows_int(&rows, 0), rows_int(&rows, 1), rows_int(&rows, 2) };
    buf_add_str(kept, rows_bytes(&rows, 3));
    return buf_ok(kept, err);
}

bool status_lists_marked(StoreTransaction *transaction, uint32_t list, StatusMark mark, void *ctx, Error *err)
{
    OWNED_ROWS rows;
    bool row;
    int validity;

    if (!ROWS(&rows, transaction, err,
              "SELECT status_index, validity FROM copy"
              " WHERE institution = ?1 AND status_list = ?2 AND validity <> 'valid'",
              INT(list)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "copies of a status list");
    while (row) {
        if (!state_parse(&validity_states, rows_bytes(&rows, 1), &validity))
            return error_set(err, ERR_STORE, "a copy of unknown validity");
        mark(ctx, (uint32_t)rows_int(&rows, 0), (CopyValidity)validity);
        if (!rows_next(&rows, &row, err))
            return error_add(err, "copies of a status list");
    }
    return true;
}

bool status_lists_publish(StoreTransaction *transaction, const StatusListRow *row, int64_t version, int64_t issued_at_s,
                          int64_t numbers, Str body, Error *err)
{
    int changed;

    if (!RUN(transaction, err, &changed,
             "UPDATE status_list SET version = ?4, iat_s = ?5, told = ?6, numbers = ?7, body = ?8"
             " WHERE institution = ?1 AND list = ?2 AND version = ?3",
             INT(row->list), INT(row->version), INT(version), INT(issued_at_s), INT(row->changes), INT(numbers),
             BLOB(body)))
        return error_add(err, "status list");
    return changed == 1 || error_set(err, ERR_CONFLICT, "status list %u was published meanwhile", row->list);
}

bool status_lists_body(StoreTransaction *transaction, uint32_t list, bool *ret_found, int64_t *ret_version, Buf *body,
                       Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err,
              "SELECT version, body FROM status_list WHERE institution = ?1 AND list = ?2 AND body IS NOT NULL",
              INT(list)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "status list");
    if (*ret_found) {
        *ret_version = rows_int(&rows, 0);
        buf_add_str(body, rows_bytes(&rows, 1));
    }
    return buf_ok(body, err);
}
