#include "registrar/store/orders.h"

#include "registrar/store/transaction.h"

#define COLUMNS                                                                                                        \
    "id, service, state, epoch, made_at_s, changed_at_s, coalesce(number, ''), coalesce(day, ''),"                     \
    " coalesce(entered_by, '')"
#define COLUMN_COUNT 9

static bool read_row(const Rows *rows, OrderRow *ret, Error *err)
{
    int state;

    if (!state_parse(&order_states, rows_bytes(rows, 2), &state))
        return error_set(err, ERR_STORE, "an order in an unknown state");
    *ret = (OrderRow){ .state = (OrderState)state,
                       .epoch = (uint32_t)rows_int(rows, 3),
                       .made_at_s = rows_int(rows, 4),
                       .changed_at_s = rows_int(rows, 5) };
    rows_text(rows, 0, ret->id, sizeof ret->id);
    rows_text(rows, 1, ret->service, sizeof ret->service);
    rows_text(rows, 6, ret->number, sizeof ret->number);
    rows_text(rows, 7, ret->day, sizeof ret->day);
    rows_text(rows, 8, ret->entered_by, sizeof ret->entered_by);
    return true;
}

bool orders_add(StoreTransaction *transaction, const OrderRow *order, Str body, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO order_draft (institution, id, service, body, state, made_at_s, changed_at_s)"
               " VALUES (?1, ?2, ?3, ?4, 'draft', ?5, ?5) ON CONFLICT (institution, id) DO UPDATE SET"
               " body = excluded.body, state = 'draft', epoch = order_draft.epoch + 1, made_at_s = excluded.made_at_s,"
               " changed_at_s = excluded.changed_at_s, number = NULL, day = NULL, entered_by = NULL",
               TEXT(order->id), TEXT(order->service), BLOB(body), INT(order->made_at_s)) ||
           error_add(err, "new order");
}

bool orders_get(StoreTransaction *transaction, const char *id, bool *ret_found, OrderRow *ret, Buf *body, Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err, "SELECT " COLUMNS ", body FROM order_draft WHERE institution = ?1 AND id = ?2",
              TEXT(id)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "order");
    if (!*ret_found)
        return true;
    buf_add_str(body, rows_bytes(&rows, COLUMN_COUNT)); /* none when its time is over */
    return buf_ok(body, err) && read_row(&rows, ret, err);
}

/* One statement, not state_move's: an order is issued together with its number, its day and by whose word. */
bool orders_issue(StoreTransaction *transaction, const OrderRow *order, int64_t now_ms, Error *err)
{
    OWNED_BUF object;
    int changed;

    buf_init(&object, 64);
    buf_add_format(&object, "order:%s", order->id);
    if (!RUN(transaction, err, &changed,
             "UPDATE order_draft SET state = 'issued', epoch = epoch + 1, changed_at_s = ?4, number = ?5, day = ?6,"
             " entered_by = ?7 WHERE institution = ?1 AND id = ?2 AND state = 'draft' AND epoch = ?3",
             TEXT(order->id), INT(order->epoch), INT(now_ms / 1000), TEXT(order->number), TEXT(order->day),
             TEXT(order->entered_by)))
        return error_add(err, "issuing an order");
    if (changed != 1)
        return error_set(err, ERR_CONFLICT, "order %s is no draft", order->id);
    return buf_ok(&object, err) &&
           acts_add(transaction, &(Act){ now_ms, order->entered_by, "order.issued", buf_text(&object), NULL }, err);
}

bool orders_list(StoreTransaction *transaction, OrderState state, const char *after, OrderRow *rows, size_t room,
                 size_t *ret_count, Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT " COLUMNS " FROM order_draft WHERE institution = ?1 AND state = ?2 AND (?3 = '' OR EXISTS"
              " (SELECT 1 FROM order_draft p WHERE p.institution = ?1 AND p.id = ?3"
              " AND (p.made_at_s < order_draft.made_at_s"
              " OR (p.made_at_s = order_draft.made_at_s AND p.id < order_draft.id)))) ORDER BY made_at_s, id LIMIT ?4",
              TEXT(state_name(&order_states, (int)state)), TEXT(after), INT(room)) ||
        !rows_next(&found, &row, err))
        return error_add(err, "orders");
    while (row)
        if (!read_row(&found, &rows[(*ret_count)++], err) || !rows_next(&found, &row, err))
            return error_add(err, "orders");
    return true;
}
