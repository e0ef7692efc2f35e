/* How long the register keeps what: one table of every table, and the purge that keeps to it.  The times that rows get
 * when they are written stand here too.  The registrar runs it by itself each hour, in bites that no visit waits for;
 * `registrar purge` runs it at once.  Works on a store alone. */
#ifndef REGISTRAR_OFFICE_KEEPING_H
#define REGISTRAR_OFFICE_KEEPING_H

#include "registrar/store/acts.h"
#include "registrar/store/keeping.h"

#define KEPT_DAYS(days)    (INT64_C(86400) * (days))

#define VERIFIER_KEPT_S    KEPT_DAYS(30)      /* of a password that HEMIS accepted */
#define DRAFT_KEPT_S       KEPT_DAYS(30)      /* after it was saved last */
#define NOTICE_KEPT_S      KEPT_DAYS(30)      /* after its end */
#define LINK_KEPT_S        KEPT_DAYS(30)      /* a phone's, after it was made */
#define PHOTOS_KEPT_S      KEPT_DAYS(1)       /* of a paper, that nobody handed in */
#define PAPERS_KEPT_S      KEPT_DAYS(366)     /* of a paper, after it was handed in */
#define PAGE_KEPT_S        KEPT_DAYS(366)     /* after its copy was asked for */
#define KEY_KEPT_S         KEPT_DAYS(400)     /* of a request's key: longer than its page */
#define ANSWERS_KEPT_S     KEPT_DAYS(3 * 366) /* of a request that is over */
#define VISITOR_KEPT_S     KEPT_DAYS(3 * 366) /* a person without an account, after their last request */
#define REPORT_KEPT_S      KEPT_DAYS(366)     /* a kiosk's, of a print job */
#define CHECKS_KEPT_S      KEPT_DAYS(366)     /* of a copy's code, after the last within its hour */
#define ALERT_KEPT_S       KEPT_DAYS(366)     /* after somebody saw it */
#define TICKET_NAME_KEPT_S KEPT_DAYS(1)       /* whose ticket it was, who called: as long as they may stand there */
#define TICKET_KEPT_S      KEPT_DAYS(366)
#define CALL_KEPT_S        KEPT_DAYS(30)
#define HEAD_KEPT_S        KEPT_DAYS(90)
#define RUN_KEPT_S         KEPT_DAYS(366)

#define PURGE_EVERY_S      3600
#define PURGE_BITE         500 /* rows of one kind in one transaction */

typedef struct KeepingRule {
    const char *table;
    Purge purge;      /* PURGE_NOTHING: all rows stay, or go with those that they belong to */
    int64_t after_s;  /* rows go so long after the time that they carry */
    const char *rule; /* English: what goes when, and why, or why it stays */
} KeepingRule;

/* In the order in which the purge takes them; a table with several kinds of rows has several. */
const KeepingRule *keeping_table(size_t *ret_count);

typedef struct PurgeTaken {
    int64_t rows[PURGE_COUNT];
    int64_t all;
    bool more; /* some kind had more than a bite */
} PurgeTaken;

/* How much is due, by kind. */
bool purge_look(Store *store, int64_t now_s, PurgeTaken *ret, Error *err) MUST_USE;

/* One run, bite by bite; all zeros: there is none. */
typedef struct PurgeRun {
    int64_t n; /* 0: it did not begin, or it is over */
    const char *actor;
} PurgeRun;

/* Begins one; n stays 0 when another began less than every_s ago, here or at another registrar. */
bool purge_begin(Store *store, const char *actor, int64_t every_s, int64_t now_s, PurgeRun *ret, Error *err) MUST_USE;
/* Takes a bite of everything in one transaction, with its act when it took something; ends the run with the last one.
 */
bool purge_bite(Store *store, PurgeRun *run, int64_t now_ms, PurgeTaken *ret, Error *err) MUST_USE;

#endif
