/* Orders that applications end in.  The order itself is made in HEMIS; the registrar drafts what it is to say when the
 * application is approved, and whoever made it enters its number and its day, which is what its student was waiting
 * for. An order that is not made after all is dropped, in words for the student. */
#ifndef REGISTRAR_OFFICE_ORDERS_H
#define REGISTRAR_OFFICE_ORDERS_H

#include <jansson.h>

#include "registrar/office/sessions.h"
#include "registrar/office/shelf.h"
#include "registrar/store/orders.h"
#include "registrar/store/staff_scope.h"

#define ORDERS_MOST 50 /* of a list */

/* What an order is made of, as it was when the application was approved, in the house's first language:
 * {"number", "student", "holder", "approved_on", "facts": [{"field", "value"}], "asked": [{"label", "value"}],
 *  "decided": [{"label", "value"}], "ground": [text]}. */
typedef struct OrderLine {
    OrderRow order;
    char number[REQUEST_NUMBER_SIZE]; /* of the request */
    char student[24];                 /* their number */
    LocalText title; /* of the service; borrowed from the list's shelf.  Empty: it is offered no more */
    json_t *body;    /* owned; NULL: its time is over */
} OrderLine;

typedef struct OrderList {
    Shelf *shelf; /* owned */
    size_t count;
    OrderLine lines[ORDERS_MOST];
    char next[ID_SIZE]; /* after which the list goes on; "": these are all */
} OrderList;

/* state: "draft", "issued", "dropped"; "" is "draft".  False in *ret_known: there is no such state.  The oldest first,
 * after a request's id ("": from the first), without those of students who are not within the scope (NULL: everywhere):
 * a page of them may be short, or empty.  Looking at drafts is an act. */
bool orders_look(Office *office, const char *clerk, const StaffScope *scope, Str state, const char *after,
                 bool *ret_known, OrderList *ret, Error *err) MUST_USE;
/* One alone.  PROBLEM_NOT_FOUND. */
bool order_look(Office *office, const char *clerk, const char *id, ApiProblem *ret_problem, OrderList *ret,
                Error *err) MUST_USE;
void order_list_fini(OrderList *list);

typedef struct OrderEntry {
    const char *clerk; /* "token:NAME" */
    const char *id;    /* of the request */
    uint32_t epoch;    /* that the clerk saw */
    const char *number, *day;
    const char *words; /* for the student, where it is dropped */
} OrderEntry;

/* number: 1..ORDER_NUMBER_SIZE-1 bytes; day: ISO, not after today.  The request is fulfilled, but for a paper that is
 * still to be handed out.  Entered twice alike: done.  PROBLEM_NOT_FOUND, PROBLEM_CHANGED, PROBLEM_DECIDED,
 * PROBLEM_FORM. */
bool order_enter(Office *office, const OrderEntry *entry, ApiProblem *ret_problem, Error *err) MUST_USE;
/* words: 1..REVIEW_WORDS_MOST bytes.  The request is declined; PROBLEM_DECIDED also where a paper of it was issued:
 * that is revoked first. */
bool order_drop(Office *office, const OrderEntry *entry, ApiProblem *ret_problem, Error *err) MUST_USE;

#endif
