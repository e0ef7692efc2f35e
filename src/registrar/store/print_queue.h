/* Print jobs in the order in which they need staff, and what staff note on them. */
#ifndef REGISTRAR_STORE_PRINT_QUEUE_H
#define REGISTRAR_STORE_PRINT_QUEUE_H

#include "registrar/store/print_jobs.h"
#include "registrar/store/staff_scope.h"
#include "registrar/store/students.h"

/* How much a job needs a person, the most first.  Kept with the job, by state_move and whatever settles its copy. */
typedef enum PrintNeed {
    NEED_NONE,     /* not placed yet */
    NEED_UNKNOWN,  /* somebody has to look */
    NEED_PARTLY,   /* some sheets came out */
    NEED_STOPPED,  /* given up by the printer */
    NEED_HELD,     /* by staff */
    NEED_PRINTING, /* the page is out of the house */
    NEED_WAITING,
    NEED_PRINTED,  /* at the office, and nobody has collected it */
    NEED_OVER,     /* printed at a kiosk, collected, cancelled, expired */
    NEED_REPLACED, /* another copy took its place */
    NEED_COUNT
} PrintNeed;
#define NEED_OPEN_LAST NEED_PRINTED

typedef struct PrintQueueRow {
    PrintJobRow job;
    PrintNeed need;
    int64_t due_at_s, changed_at_s;
    int n; /* of the copy */
    char code[13];
    CopyMaking making;
    CopyValidity validity;
    CopyDelivery delivery;
    char place[KIOSK_PLACE_SIZE]; /* where it was asked for */
    int64_t asked_at_s;
    DocumentRow document; /* but for its holder, language and template */
    char student_number[STUDENT_NUMBER_SIZE];
} PrintQueueRow;

typedef enum PrintQueueSort {
    SORT_NEED,   /* then what is due first */
    SORT_DUE,    /* what is due first */
    SORT_OLDEST, /* what is as it is for longest */
    SORT_NEWEST,
    SORT_COUNT
} PrintQueueSort;

typedef struct PrintQueueQuery {
    PrintNeed first, last;   /* both open, or both over; what is over comes by SORT_NEWEST, whatever sort says */
    PrintQueueSort sort;     /* within them */
    const char *owner;       /* "": any */
    const StaffScope *scope; /* printers that are seen, beside what is nobody's or at the window; NULL: all */
    int after_need;          /* of the last one seen: need, due_at_s (SORT_NEED, SORT_DUE) or changed_at_s, id */
    int64_t after_s;
    const char *after; /* "": from the first */
    size_t most;
} PrintQueueQuery;

/* profile: the body of its student's record part, empty where none is known.  Both are good for the call; false in
 * *ret_go: no more are wanted. */
typedef bool (*PrintQueueEach)(void *ctx, const PrintQueueRow *row, Str profile, bool *ret_go, Error *err);

bool print_queue_list(StoreTransaction *transaction, const PrintQueueQuery *query, PrintQueueEach each, void *ctx,
                      Error *err) MUST_USE;
/* How many open ones there are of each need; of its owner and scope. */
bool print_queue_counts(StoreTransaction *transaction, const PrintQueueQuery *query, int64_t ret[NEED_COUNT],
                        Error *err) MUST_USE;
/* How many of them nobody but a person gets on: NEED_UNKNOWN to NEED_STOPPED; of its scope. */
bool print_queue_needing(StoreTransaction *transaction, const StaffScope *scope, int64_t *ret, Error *err) MUST_USE;
/* All jobs of a student's or of one document's, the last that changed first: at most most. */
bool print_queue_of_student(StoreTransaction *transaction, int64_t student, size_t most, PrintQueueEach each, void *ctx,
                            Error *err) MUST_USE;
bool print_queue_of_document(StoreTransaction *transaction, const char *document, size_t most, PrintQueueEach each,
                             void *ctx, Error *err) MUST_USE;
bool print_queue_get(StoreTransaction *transaction, const char *id, PrintQueueEach each, void *ctx,
                     Error *err) MUST_USE;

/* The document of a copy with this code. */
bool print_queue_document_of_code(StoreTransaction *transaction, const char *code, bool *ret_found,
                                  char ret_document[ID_SIZE], Error *err) MUST_USE;

/* Whether there are jobs of before that no list has yet; then, in a writing act, they are placed. */
bool print_queue_unplaced(StoreTransaction *transaction, bool *ret, Error *err) MUST_USE;
bool print_queue_place(StoreTransaction *transaction, Error *err) MUST_USE;

/* --- what staff note.  Each is good for one epoch and begins the next one; false in *ret_done: it is another. --- */

/* hold_by NULL: nobody holds it any more. */
bool print_jobs_note_hold(StoreTransaction *transaction, const PrintJobRow *job, const char *hold_by,
                          const char *reason, const char *words, bool *ret_done, Error *err) MUST_USE;
/* For whom it waits; NULL: nobody. */
bool print_jobs_note_owner(StoreTransaction *transaction, const PrintJobRow *job, const char *owner, bool *ret_done,
                           Error *err) MUST_USE;
/* Why it is as it is going to be. */
bool print_jobs_note_reason(StoreTransaction *transaction, const PrintJobRow *job, const char *reason,
                            const char *words, Error *err) MUST_USE;
/* Why its copy takes the place of another; of a job that is new. */
bool print_jobs_note_again(StoreTransaction *transaction, const char *id, const char *reason, const char *words,
                           Error *err) MUST_USE;

/* A kiosk or a printer that jobs are moved to, or taken from. */
typedef struct PrintOwnerRow {
    char id[ID_SIZE]; /* as owners are */
    char place[KIOSK_PLACE_SIZE];
    int64_t heard_s; /* a kiosk's last heartbeat, 0: never; a printer's: until when somebody works it */
    bool gone;       /* revoked, removed */
} PrintOwnerRow;

bool print_owners_get(StoreTransaction *transaction, const char *id, bool *ret_found, PrintOwnerRow *ret,
                      Error *err) MUST_USE;

/* The row of WINDOW_OWNER is there, so that jobs may be its. */
bool print_owners_window(StoreTransaction *transaction, int64_t now_s, Error *err) MUST_USE;

/* One report of a job's (print_jobs.h), the first first. */
typedef struct PrintReportSeen {
    char kiosk[ID_SIZE], state[16];
    uint32_t epoch;
    int64_t at_ms;
    int sheets; /* -1: not told */
    bool counted;
} PrintReportSeen;

bool print_reports_of(StoreTransaction *transaction, const char *job, PrintReportSeen *rows, size_t room,
                      size_t *ret_count, Error *err) MUST_USE;

#endif
