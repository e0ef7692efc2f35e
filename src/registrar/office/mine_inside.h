/* What office/mine*.c have in common.  Inside these alone. */
#ifndef REGISTRAR_OFFICE_MINE_INSIDE_H
#define REGISTRAR_OFFICE_MINE_INSIDE_H

#include "registrar/office/bound.h"
#include "registrar/office/mine.h"
#include "registrar/office/passage.h"
#include "registrar/office/shelf_keeper.h"
#include "registrar/store/invoices.h"

/* One request as a transaction sees it. */
typedef struct Mine {
    int64_t student;
    const char *key;
    bool found;
    RequestRow request;
    RequestLine line;
    Passage passage;
    bool has_invoice, unconfirmed;
    InvoiceRow invoice;
    Answers answers;
    Buf items, staff; /* as they lie in the register */
} Mine;

/* On the heap: it holds what a student wrote. */
Mine *mine_new(const Session *session, const char *key, Error *err);
void mine_free(Mine *mine);
OWNED_BY(Mine, mine_free)

/* A StoreAct on a Mine. */
bool mine_read(StoreTransaction *transaction, void *arg, Error *err) MUST_USE;

/* What was begun anew takes the place of what was handed in, while it can be answered.  service: of the shelf, may be
 * NULL. */
bool mine_put_begun(Office *office, const Mine *mine, const Service *service, ApiRequestDetails *ret,
                    Error *err) MUST_USE;

#endif
