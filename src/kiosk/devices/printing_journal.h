/* The journal of the kiosk's printer: how far each copy came, so that a crash can be told from a print.
 * SQLite in WAL with synchronous FULL: what a call wrote is on the disk when it returns.  Ids and states only, nothing
 * personal. One thread.  Errors: ERR_STORE with SQLite's result. */
#ifndef KIOSK_DEVICES_PRINTING_JOURNAL_H
#define KIOSK_DEVICES_PRINTING_JOURNAL_H

#include "base/error.h"
#include "kiosk/app/msg.h"

typedef struct Journal Journal;

typedef enum JournalPhase {
    JOURNAL_CREATING, /* the printer is about to be asked; no byte has left */
    JOURNAL_CREATED,  /* printer_uuid and printer_job are known, no byte has left */
    JOURNAL_SENDING,  /* the first byte may have left; printer_job is not known when the printer has no Create-Job */
    JOURNAL_SENT,     /* the printer accepted the last byte */
    JOURNAL_ENDED,    /* as "ended" says; stays until the registrar heard of it */
    JOURNAL_PHASE_COUNT
} JournalPhase;

typedef struct JournalRow {
    ApiPrintJob job; /* id and epoch are the key; sheets: pages expected */
    JournalPhase phase;
    PrintPhase ended; /* PRINT_PHASE_NONE until JOURNAL_ENDED */
    int sheets;       /* that came out; -1: not told */
    char printer_uuid[64];
    int32_t printer_job; /* 0: none */
    int64_t began_ms;    /* wall; read only: journal_add's now_ms */
} JournalRow;

/* Makes the file when there is none.  now_ms: wall; rows that ended longer ago than 30 days are dropped. */
Journal *journal_open(const char *path, int64_t now_ms, Error *err) MUST_USE;
void journal_close(Journal *journal);
OWNED_BY(Journal, journal_close)

/* ERR_EXISTS when that job's epoch is there already: it is not printed twice. */
bool journal_add(Journal *journal, const JournalRow *row, int64_t now_ms, Error *err) MUST_USE;
/* Writes all but the key.  ERR_NOT_FOUND. */
bool journal_move(Journal *journal, const JournalRow *row, int64_t now_ms, Error *err) MUST_USE;
/* Takes out what has ended of that job up to that epoch. */
bool journal_settle(Journal *journal, const char *job, uint32_t epoch, Error *err) MUST_USE;
/* The oldest row that has not ended; *ret_found tells whether there is one. */
bool journal_open_row(Journal *journal, JournalRow *ret, bool *ret_found, Error *err) MUST_USE;
/* ERR_NOT_FOUND. */
bool journal_find(Journal *journal, const char *job, uint32_t epoch, JournalRow *ret, Error *err) MUST_USE;
/* Every row that has ended, oldest first; each must not write. */
bool journal_each_ended(Journal *journal, void (*each)(void *ctx, const JournalRow *row), void *ctx,
                        Error *err) MUST_USE;

const char *journal_phase_name(JournalPhase phase);
/* "printed", "partly" ...; "-" for PRINT_PHASE_NONE. */
const char *journal_ended_name(PrintPhase phase);

#endif
