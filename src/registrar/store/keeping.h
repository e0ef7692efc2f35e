/* What time takes away: for each kind of row that doesn't stay for ever, how many are due, and a bite of them.  Which
 * kinds there are in each table, for how long they stay and why: office/keeping.c. */
#ifndef REGISTRAR_STORE_KEEPING_H
#define REGISTRAR_STORE_KEEPING_H

#include "registrar/store/store.h"

typedef enum Purge {
    PURGE_NOTHING, /* rows that stay */
    PURGE_SESSIONS,
    PURGE_STAFF_SESSIONS,
    PURGE_LIMITS,
    PURGE_HEMIS_TRIES,
    PURGE_AWAITED,
    PURGE_DRAFTS,
    PURGE_ANSWER_DRAFTS, /* of what is answered anew */
    PURGE_NOTICES,
    PURGE_PHONE_LINKS,
    PURGE_PHOTO_SETS,
    PURGE_GRANTS, /* of signing in with a phone */
    PURGE_ENROL_CODES,
    PURGE_IDEMPOTENCY,
    PURGE_EVENTS,
    PURGE_PAGES,
    PURGE_ANSWERS,      /* of requests that are over: emptied, the request stays */
    PURGE_STAGES,       /* words and answers of clerks */
    PURGE_ORDERS,       /* what an order was drafted of: emptied, its number stays */
    PURGE_HAND_OUTS,    /* who took a paper for another */
    PURGE_REPORTS,      /* of printing */
    PURGE_TICKET_NAMES, /* whose ticket it was */
    PURGE_TICKETS,
    PURGE_CALL_NAMES, /* who called for a person */
    PURGE_CALLS,
    PURGE_CHECKS, /* of codes */
    PURGE_ALERTS, /* that somebody has seen */
    PURGE_VERIFIERS,
    PURGE_CARDS,   /* blocked long ago */
    PURGE_RECORDS, /* of students who left, as the next six */
    PURGE_WORDS,
    PURGE_VISITORS,
    PURGE_OLD_VERIFIERS,
    PURGE_OLD_CARDS,
    PURGE_OLD_STUDENTS, /* whom neither a request nor a document names */
    PURGE_NUMBERED,     /* whom one does: the number stays, the PINFL goes */
    PURGE_HEADS,
    PURGE_DETAILS, /* of acts that are sealed */
    PURGE_RUNS,
    PURGE_COUNT
} Purge;

/* "session": stable, in acts and printed. */
const char *purge_name(Purge purge);

/* How many rows were due by then. */
bool purge_due(StoreTransaction *transaction, Purge purge, int64_t then_s, int64_t *ret, Error *err) MUST_USE;
/* Takes at most most of them; not PURGE_DETAILS. */
bool purge_take(StoreTransaction *transaction, Purge purge, int64_t then_s, int64_t most, int64_t *ret_gone,
                Error *err) MUST_USE;

typedef struct PurgedDetails {
    int64_t count, from, to; /* positions, of the first and the last */
} PurgedDetails;
bool purge_take_details(StoreTransaction *transaction, int64_t then_s, int64_t most, PurgedDetails *ret,
                        Error *err) MUST_USE;

/* --- runs --- */

/* Begins a run when none began since then; *ret_n: 0 when one did. */
bool purge_runs_begin(StoreTransaction *transaction, int64_t since_s, int64_t now_s, int64_t *ret_n,
                      Error *err) MUST_USE;
/* Adds to what it took; ended: it is over. */
bool purge_runs_took(StoreTransaction *transaction, int64_t n, int64_t gone, bool ended, int64_t now_s,
                     Error *err) MUST_USE;

#endif
