/* Copies on their way to paper, and everything that kiosks said of them. */
#ifndef REGISTRAR_STORE_PRINT_JOBS_H
#define REGISTRAR_STORE_PRINT_JOBS_H

#include "registrar/store/copies.h"

#define PRINT_ACTOR_SIZE  48
#define PRINT_REASON_SIZE 24
#define PRINT_WORDS_MOST  160

typedef struct PrintJobRow {
    char id[ID_SIZE];
    char copy[ID_SIZE];
    JobState state;
    char owner[ID_SIZE]; /* kiosk; "": nobody's */
    uint32_t epoch;
    int64_t lease_s;
    int sheets_expected;
    int sheets_seen;                  /* -1: not told */
    bool at_window;                   /* printed and handed out by staff: no kiosk gets it */
    char hold_by[PRINT_ACTOR_SIZE];   /* of staff; "": nobody holds it */
    char reason[PRINT_REASON_SIZE];   /* why it is held or was cancelled; "": not said */
    char words[PRINT_WORDS_MOST + 1]; /* beside it */
} PrintJobRow;

/* Owner of jobs that staff print: a row among the kiosks that is none, and that no certificate can name. */
#define WINDOW_OWNER "@window"

bool print_jobs_add(StoreTransaction *transaction, const char *id, const char *copy, int64_t now_s,
                    Error *err) MUST_USE;
/* One of the window: it is held until staff ask for its page. */
bool print_jobs_add_held(StoreTransaction *transaction, const char *id, const char *copy, int64_t now_s,
                         Error *err) MUST_USE;
bool print_jobs_get(StoreTransaction *transaction, const char *id, bool *ret_found, PrintJobRow *ret,
                    Error *err) MUST_USE;
bool print_jobs_of_copy(StoreTransaction *transaction, const char *copy, bool *ret_found, PrintJobRow *ret,
                        Error *err) MUST_USE;
/* Whose it is and until when; before the move that needs it.  owner NULL: nobody's. */
bool print_jobs_lease(StoreTransaction *transaction, const char *id, const char *owner, int64_t lease_s,
                      Error *err) MUST_USE;
bool print_jobs_expect(StoreTransaction *transaction, const char *copy, int sheets, Error *err) MUST_USE;
/* Assigned, sending or sent, and not heard of in time: at most room. */
bool print_jobs_silent(StoreTransaction *transaction, int64_t now_s, PrintJobRow *rows, size_t room, size_t *ret_count,
                       Error *err) MUST_USE;

/* What it has is late from now on: it will not be heard of again. */
bool print_jobs_lapse(StoreTransaction *transaction, const char *owner, int64_t now_s, Error *err) MUST_USE;
/* Assigned to that owner, the first one first; at most room. */
bool print_jobs_assigned(StoreTransaction *transaction, const char *owner, PrintJobRow *rows, size_t room,
                         size_t *ret_count, Error *err) MUST_USE;

typedef struct PrintReportRow {
    const char *job, *kiosk;
    uint32_t epoch;
    int64_t at_ms;
    const char *state;
    bool no_byte_left;
    int sheets; /* -1: not told */
    const char *printer_uuid;
    int printer_job; /* 0: none */
    bool counted;
} PrintReportRow;
bool print_reports_add(StoreTransaction *transaction, const PrintReportRow *report, Error *err) MUST_USE;
bool print_reports_count(StoreTransaction *transaction, const char *job, bool counted, int64_t *ret,
                         Error *err) MUST_USE;
/* What a report that counts tells of the printer, kept with the job. */
bool print_jobs_told(StoreTransaction *transaction, const PrintReportRow *report, Error *err) MUST_USE;

#endif
