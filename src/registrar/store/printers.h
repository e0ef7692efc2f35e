/* Printers of the office, who works them, and the one job that each has, may have, or must be rid of. */
#ifndef REGISTRAR_STORE_PRINTERS_H
#define REGISTRAR_STORE_PRINTERS_H

#include "registrar/store/print_jobs.h"

#define PRINTER_ID_SIZE    28
#define PRINTER_PLACE_SIZE 96
#define PRINTER_URI_SIZE   256
#define PRINTER_STATE_SIZE 48
#define PRINTERS_MOST      64 /* of an institution */

/* Owner of a printer's jobs: "printer:" and its id.  A row among the kiosks that is none, as the window's. */
#define PRINTER_OWNER "printer:"
void printer_owner(const char *printer, char ret[ID_SIZE]);
/* The printer's id within an owner; NULL: it is a kiosk's, the window's or nobody's. */
const char *printer_of_owner(const char *owner);

typedef struct PrinterRow {
    char id[PRINTER_ID_SIZE];
    char place[PRINTER_PLACE_SIZE];
    char uri[PRINTER_URI_SIZE];
    bool removed;
    uint32_t epoch;
    int64_t lease_s;                /* wall; until then somebody works it */
    char state[PRINTER_STATE_SIZE]; /* "ready,paper-low", "unasked" */
    int64_t since_s;                /* it is so; 0: never asked */
} PrinterRow;

/* New, or one that was removed and comes back.  ERR_EXISTS: there is one. */
bool printers_add(StoreTransaction *transaction, const PrinterRow *printer, int64_t now_s, Error *err) MUST_USE;
/* Also one that was removed. */
bool printers_get(StoreTransaction *transaction, const char *id, bool *ret_found, PrinterRow *ret, Error *err) MUST_USE;
/* By id; removed ones only while they have an errand. */
bool printers_list(StoreTransaction *transaction, PrinterRow *rows, size_t room, size_t *ret_count,
                   Error *err) MUST_USE;
bool printers_remove(StoreTransaction *transaction, const char *id, int64_t now_s, Error *err) MUST_USE;
/* The lease of its next epoch, of one that nobody works at now_s. */
bool printers_take(StoreTransaction *transaction, const char *id, int64_t now_s, int64_t lease_s, bool *ret_taken,
                   Error *err) MUST_USE;
/* Longer, with all the jobs that it has or waits for; false in *ret_kept: another has taken it. */
bool printers_keep(StoreTransaction *transaction, const char *id, uint32_t epoch, int64_t lease_s, bool *ret_kept,
                   Error *err) MUST_USE;
/* *ret_changed: it was in another state before. */
bool printers_tell(StoreTransaction *transaction, const char *id, const char *state, int64_t now_s, bool *ret_changed,
                   Error *err) MUST_USE;
/* The job that is printed next: of those assigned to it the one that was assigned first. */
bool printers_next_job(StoreTransaction *transaction, const char *id, bool *ret_found, PrintJobRow *ret,
                       Error *err) MUST_USE;
/* Those that are assigned to it; at most room. */
bool printers_jobs(StoreTransaction *transaction, const char *id, PrintJobRow *rows, size_t room, size_t *ret_count,
                   Error *err) MUST_USE;

typedef enum ErrandPhase {
    ERRAND_CREATING, /* the printer is about to be asked; no byte has left */
    ERRAND_CREATED,  /* it has the job, no byte has left */
    ERRAND_SENDING,  /* the first byte may have left */
    ERRAND_SENT,     /* the printer accepted the last byte */
    ERRAND_ORPHAN,   /* no byte left, and it is to be cancelled there: the job is free again */
    ERRAND_PHASE_COUNT
} ErrandPhase;

typedef struct ErrandRow {
    char printer[PRINTER_ID_SIZE];
    char job[ID_SIZE];
    uint32_t epoch; /* of the job */
    ErrandPhase phase;
    char printer_uuid[64];
    int printer_job; /* 0: not known */
    int sheets;      /* that came out; -1: not told */
    bool unwanted;   /* it is not to come out any more */
    int64_t began_at_ms;
} ErrandRow;

const char *errand_phase_name(ErrandPhase phase);
bool errands_get(StoreTransaction *transaction, const char *printer, bool *ret_found, ErrandRow *ret,
                 Error *err) MUST_USE;
/* ERR_EXISTS: the printer has another one. */
bool errands_add(StoreTransaction *transaction, const ErrandRow *errand, Error *err) MUST_USE;
/* Phase, uuid, job and sheets of the printer's errand. */
bool errands_move(StoreTransaction *transaction, const ErrandRow *errand, Error *err) MUST_USE;
bool errands_end(StoreTransaction *transaction, const char *printer, Error *err) MUST_USE;
/* Whoever has that job is to be rid of it. */
bool errands_unwant(StoreTransaction *transaction, const char *job, Error *err) MUST_USE;

/* One cell of the strip of all printers: of the office's, and of kiosks that were ever heard of. */
typedef struct StripRow {
    bool office;
    char id[ID_SIZE];
    char place[PRINTER_PLACE_SIZE];
    char state[PRINTER_STATE_SIZE];
    int64_t heard_s; /* of a kiosk: its last heartbeat; of an office's: until when somebody works it */
    int64_t since_s; /* of an office's: its state; 0: not known */
    int jobs;        /* that it has or waits for */
    int sheets;      /* that came out of it since since_s of strip_list */
} StripRow;

/* The office's by name, then kiosks: those first whose printer is not ready, or which nobody has heard of after
 * silent_s; at most room. */
bool strip_list(StoreTransaction *transaction, int64_t since_s, int64_t silent_s, StripRow *rows, size_t room,
                size_t *ret_count, Error *err) MUST_USE;

#endif
