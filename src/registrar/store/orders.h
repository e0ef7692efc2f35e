/* Orders that applications end in: drafted here, made in HEMIS, closed with the number that they got there. */
#ifndef REGISTRAR_STORE_ORDERS_H
#define REGISTRAR_STORE_ORDERS_H

#include "base/buf.h"
#include "registrar/store/requests.h"

#define ORDER_NUMBER_SIZE 24
#define ORDER_DAY_SIZE    11

typedef struct OrderRow {
    char id[ID_SIZE]; /* of the request */
    char service[SERVICE_SIZE];
    OrderState state;
    uint32_t epoch;
    int64_t made_at_s, changed_at_s;
    char number[ORDER_NUMBER_SIZE]; /* HEMIS's; "": it has none yet */
    char day[ORDER_DAY_SIZE];       /* ISO */
    char entered_by[48];            /* "token:NAME" */
} OrderRow;

/* A new draft; body: sealed.  Of a request whose paper was void, and that is approved once more, it takes the place of
 * the one before. */
bool orders_add(StoreTransaction *transaction, const OrderRow *order, Str body, Error *err) MUST_USE;
/* Appends the sealed body; nothing when its time is over. */
bool orders_get(StoreTransaction *transaction, const char *id, bool *ret_found, OrderRow *ret, Buf *body,
                Error *err) MUST_USE;
/* number, day and entered_by of a draft in this epoch.  ERR_CONFLICT: it has gone on. */
bool orders_issue(StoreTransaction *transaction, const OrderRow *order, int64_t now_ms, Error *err) MUST_USE;
/* In this state, the oldest first, after an id ("": from the first). */
bool orders_list(StoreTransaction *transaction, OrderState state, const char *after, OrderRow *rows, size_t room,
                 size_t *ret_count, Error *err) MUST_USE;

#endif
