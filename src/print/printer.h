/* One face of libcups: an IPP printer, straight or behind a cupsd queue.  Every call has a hard deadline, since libcups
 * by itself can block for minutes.  One thread a Printer; printer_interrupt from any.  Expected outcomes are values,
 * not errors.
 *
 * A cupsd knows what it filtered, not what came out: where its queue has an ipp:// or ipps:// device, that device is
 * asked too, and its word counts (printer_job.c).
 *
 * Each call makes its own connections: one that was kept can be dead, and then libcups connects anew by itself for half
 * a minute.  ipps is encrypted, but printers sign their own certificates, so that it does not prove which printer it
 * is: the uuid is compared for that.
 *
 * Source: RFC 8011, PWG 5100.14 (IPP Everywhere), RFC 3995 and 3996 (notifications). */
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
    PrinterState state; /* PRINTER_GONE also when a queue answers, and the printer behind it does not */
    unsigned reasons;   /* PrinterReason bits */
    char uuid[64];      /* printer-uuid of what makes the sheets, without "urn:uuid:"; "" when it tells none */
    bool takes_pdf;
    bool proof; /* has Create-Job and Send-Document, so that a crash can be told from a print; else printer_print_job */
    bool queue; /* a print server's queue stands in front of it */
    bool stalled; /* a queue that stands still though the printer behind it is well: printer_resume */
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

/* What a job of ours is known by. */
typedef struct PrinterTicket {
    int32_t id;        /* as Create-Job or Print-Job answered; 0: not known, by the title alone */
    const char *title; /* no other job ever has it */
    int64_t age_ms;    /* it was begun no longer ago than this; -1: not known */
    bool seen;         /* what makes the sheets was seen to have it */
} PrinterTicket;

typedef struct PrinterJob {
    int32_t id; /* 0 when none is known */
    PrinterJobState state;
    unsigned reasons; /* of the printer, while this job has not ended */
    int sheets; /* job-impressions-completed, else job-media-sheets-completed; jobs are one-sided, so both count sheets.
                 * -1: not told, or told by a cupsd, which counts what it filtered and not what came out */
    bool incoming; /* has no document, or not all of it */
    bool made;     /* what makes the sheets has it, or told its end */
    bool again; /* the printer has done with it, but the queue in front has not, and may send it once more: it is to be
                 * cancelled, and has not ended before that */
    bool stalled; /* as in PrinterInfo */
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
 * After a failure other than a refusal (printer_refused) the printer may have made the job: printer_cancel_job. */
bool printer_create_job(Printer *printer, const char *title, int deadline_ms, int32_t *ret_job, Error *err) MUST_USE;

/* How much of a document can have reached the printer. */
typedef enum PrinterLeft {
    PRINTER_LEFT_NOTHING,
    PRINTER_LEFT_PART,
    PRINTER_LEFT_ALL /* was handed to the network: it may still not have arrived */
} PrinterLeft;

typedef struct PrinterPage {
    Str pdf;
    /* Called, when not NULL, with the request at the printer and right before the first byte of pdf goes; when it
     * fails none goes. */
    bool (*before_first_byte)(void *ctx, Error *err);
    void *ctx;
} PrinterPage;

/* Send-Document with last-document.  *ret_left is set on failure too. */
bool printer_send_document(Printer *printer, int32_t job, const PrinterPage *page, int deadline_ms,
                           PrinterLeft *ret_left, Error *err) MUST_USE;
/* Create-Job and Send-Document in one, for printers without them.  Errors as of those; after one that is no refusal the
 * printer may have made the job, and only its title finds it. */
bool printer_print_job(Printer *printer, const char *title, const PrinterPage *page, int deadline_ms,
                       PrinterLeft *ret_left, int32_t *ret_job, Error *err) MUST_USE;
/* True when a failed printer_create_job or printer_print_job was the printer's own no: it made no job. */
bool printer_refused(const Error *err);

/* What became of a job.  A job that nobody knows any more is told from the last event about its end, when one came. */
bool printer_ask_job(Printer *printer, const PrinterTicket *ticket, int deadline_ms, PrinterJob *ret,
                     Error *err) MUST_USE;
/* Cancel-Job, at a queue and at the printer behind it; true when they took it, when it had ended already, or when they
 * have no such job: ask for the job to learn what became of it. */
bool printer_cancel_job(Printer *printer, const PrinterTicket *ticket, int deadline_ms, Error *err) MUST_USE;
/* Resume-Printer, for a queue that is stalled.  ERR_DENIED when its policy does not let us. */
bool printer_resume(Printer *printer, int deadline_ms, Error *err) MUST_USE;

/* Hears what printers tell by themselves: subscribes, renews at half the lease, subscribes anew after a restart, and
 * fetches what has happened since the last call.  Only a reason to ask: events have been wrong, late and missing.
 * *ret_heard: something happened, or may have.  *ret_offered: false when the printer offers no events; ask again after
 * minutes, since a printer may be exchanged. */
bool printer_listen(Printer *printer, int deadline_ms, bool *ret_heard, bool *ret_offered, Error *err) MUST_USE;

#endif
