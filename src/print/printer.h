/* One face of libcups: an IPP printer, straight or behind a cupsd queue.  Every call has a hard deadline, since libcups
 * by itself can block for minutes.  One thread a Printer; printer_interrupt from any.  Expected outcomes are values,
 * not errors.
 *
 * Each call makes its own connection: one that was kept can be dead, and then libcups connects anew by itself for half
 * a minute.  ipps is encrypted, but printers sign their own certificates, so that it does not prove which printer it
 * is: the uuid is compared for that.
 *
 * Source: RFC 8011, PWG 5100.14 (IPP Everywhere). */
#ifndef PRINT_PRINTER_H
#define PRINT_PRINTER_H

#include "base/error.h"
#include "base/str.h"

typedef struct Printer Printer;

typedef enum PrinterState { PRINTER_GONE, PRINTER_IDLE, PRINTER_PROCESSING, PRINTER_STOPPED } PrinterState;

/* printer-state-reasons as bits, by our own severity table (printer_reasons.c); the suffix of the printer is not
 * trusted alone. */
typedef enum PrinterReason {
    PRINTER_REASON_PAPER_OUT = 1 << 0, /* media-empty, media-needed */
    PRINTER_REASON_PAPER_LOW = 1 << 1,
    PRINTER_REASON_JAM = 1 << 2,
    PRINTER_REASON_DOOR_OPEN = 1 << 3, /* door-open, cover-open, interlock-open */
    PRINTER_REASON_TONER_OUT = 1 << 4, /* toner-empty, marker-supply-empty */
    PRINTER_REASON_TONER_LOW = 1 << 5,
    PRINTER_REASON_TRAY_MISSING = 1 << 6,
    PRINTER_REASON_PAUSED = 1 << 7,
    PRINTER_REASON_NOT_ACCEPTING = 1 << 8,
    PRINTER_REASON_OTHER = 1 << 9 /* something that stops it and that we have no words for */
} PrinterReason;

/* Those that keep paper from coming out. */
#define PRINTER_REASONS_BLOCKING                                                                                       \
    (PRINTER_REASON_PAPER_OUT | PRINTER_REASON_JAM | PRINTER_REASON_DOOR_OPEN | PRINTER_REASON_TONER_OUT |             \
     PRINTER_REASON_TRAY_MISSING | PRINTER_REASON_PAUSED | PRINTER_REASON_NOT_ACCEPTING | PRINTER_REASON_OTHER)

typedef struct PrinterInfo {
    PrinterState state;
    unsigned reasons; /* PrinterReason bits */
    char uuid[64];    /* printer-uuid without "urn:uuid:"; "" when it tells none */
    bool takes_pdf;
    bool proof; /* has Create-Job, so that a crash can be told from a print */
} PrinterInfo;

typedef enum PrinterJobState {
    PRINTER_JOB_UNKNOWN, /* the printer does not know this job (any more) */
    PRINTER_JOB_WAITING, /* pending, held */
    PRINTER_JOB_PRINTING,
    PRINTER_JOB_STOPPED,
    PRINTER_JOB_CANCELLED,
    PRINTER_JOB_ABORTED,
    PRINTER_JOB_COMPLETED
} PrinterJobState;

typedef struct PrinterJob {
    int32_t id;
    PrinterJobState state;
    unsigned reasons; /* of the printer, while this job has not ended */
    int sheets; /* job-impressions-completed, else job-media-sheets-completed; jobs are one-sided, so both count sheets.
                 * -1: not told, or told by a cupsd, which counts what it filtered and not what came out */
    bool incoming;  /* has no document, or not all of it */
    char title[64]; /* as the printer tells it; "" when it does not.  Cut */
} PrinterJob;

/* uri: ipp:// or ipps://.  No I/O yet. */
Printer *printer_open(const char *uri, Error *err) MUST_USE;
void printer_close(Printer *printer);
OWNED_BY(Printer, printer_close)
/* Ends the call under way, or the next one when none is, with ERR_CANCELLED, within 50 ms. */
void printer_interrupt(Printer *printer);
/* Takes back an interrupt that met no call. */
void printer_forget_interrupt(Printer *printer);

/* True also for a printer that can't be reached: state is then PRINTER_GONE. */
bool printer_ask(Printer *printer, int deadline_ms, PrinterInfo *ret, Error *err) MUST_USE;
/* Create-Job for A4, one-sided, once, in black where the printer knows that: *ret_job is the printer's job id.
 * title: shown on the printer's panel, nothing personal.
 * ERR_OFFLINE, ERR_BUSY (has another job), ERR_DENIED (not accepting), ERR_UNSUPPORTED, ERR_TIMEOUT, ERR_PROTOCOL.
 * After a failure other than a refusal the printer may have made the job: printer_find_job. */
bool printer_create_job(Printer *printer, const char *title, int deadline_ms, int32_t *ret_job, Error *err) MUST_USE;
/* Send-Document with last-document.  *ret_byte_left tells, also on failure, whether any byte of the document can have
 * reached the printer. */
bool printer_send_document(Printer *printer, int32_t job, Str pdf, int deadline_ms, bool *ret_byte_left,
                           Error *err) MUST_USE;
bool printer_ask_job(Printer *printer, int32_t job, int deadline_ms, PrinterJob *ret, Error *err) MUST_USE;
/* The job of that title among those that have not ended; *ret_job is 0 when there is none. */
bool printer_find_job(Printer *printer, const char *title, int deadline_ms, int32_t *ret_job, Error *err) MUST_USE;
/* Cancel-Job; true when the printer took it or the job had ended already: ask the job for what became of it. */
bool printer_cancel_job(Printer *printer, int32_t job, int deadline_ms, Error *err) MUST_USE;

#endif
