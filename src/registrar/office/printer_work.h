/* What works the office's printers (registrar/printing), as the register sees it: who has which printer, which job is
 * next, how far it came.  Every step is one transaction that counts only while the printer's lease is the caller's; the
 * order of steps is DESIGN.md section 7's, with the register as the journal:
 *
 *   begin (creating)   Create-Job   created   [the printer wants the page] sending = the page is handed out   sent told
 *
 * Until "sending" the job is merely assigned and may be moved away; afterwards it is never sent again.  After a crash,
 * or for another registrar, the errand says which: what had not come to "sending" is cancelled at the printer and begun
 * anew under the next epoch; what had is asked for there. */
#ifndef REGISTRAR_OFFICE_PRINTER_WORK_H
#define REGISTRAR_OFFICE_PRINTER_WORK_H

#include "base/blob.h"
#include "registrar/office/office.h"
#include "registrar/store/printers.h"
#include "wire/api.h"

#define PRINTER_LEASE_S 10 /* a registrar that died is followed by another after it */
#define PRINTER_KEEP_S  3  /* how often leases are made longer */

/* One printer in the hands of this registrar. */
typedef struct PrinterHold {
    char id[PRINTER_ID_SIZE];
    char uri[PRINTER_URI_SIZE];
    uint32_t epoch;
} PrinterHold;

/* Makes the leases of holds longer, and takes printers that nobody works; what another took, what was removed and has
 * no errand, and what got another address falls out.  *count: of holds, before and after. */
bool printer_work_keep(Office *office, PrinterHold holds[PRINTERS_MOST], size_t *count, Error *err) MUST_USE;
/* Another may take it at once. */
bool printer_work_release(Office *office, const PrinterHold *hold, Error *err) MUST_USE;

/* What there is to do. */
typedef struct PrinterWork {
    bool lost;       /* the hold is another's */
    bool has_errand; /* errand and job are of it; else job is the next one, where has_job */
    bool has_job;
    bool decided; /* a person said what became of the errand's job, or another copy took its place */
    ErrandRow errand;
    PrintJobRow job;
} PrinterWork;

bool printer_work_look(Office *office, const PrinterHold *hold, PrinterWork *ret, Error *err) MUST_USE;
/* Changed states are told to staff. */
bool printer_work_state(Office *office, const PrinterHold *hold, const char *state, Error *err) MUST_USE;

/* ERR_CONFLICT of what follows: the hold is lost, or the job is no longer this printer's in this epoch. */

/* Whose page is read before anything is begun: what can fail has failed by then. */
bool printer_work_page(Office *office, const PrintJobRow *job, Blob **ret_pdf, Error *err) MUST_USE;
/* uuid: of the printer.  *ret: the errand. */
bool printer_work_begin(Office *office, const PrinterHold *hold, const PrintJobRow *job, const char *uuid,
                        ErrandRow *ret, Error *err) MUST_USE;
/* The errand as it is now: phase created or orphan, printer's job, sheets. */
bool printer_work_note(Office *office, const PrinterHold *hold, const ErrandRow *errand, Error *err) MUST_USE;
/* The page is handed out; right before its first byte. */
bool printer_work_sending(Office *office, const PrinterHold *hold, ErrandRow *errand, Error *err) MUST_USE;
/* No byte left.  The job is this printer's again, under the next epoch, unless it is somewhere else or not wanted by
 * now.  made: the printer may have made a job of it, so that the errand goes on as an orphan; else it is over. */
bool printer_work_unsent(Office *office, const PrinterHold *hold, ErrandRow *errand, bool made, Error *err) MUST_USE;
/* What the printer says of it: PRINT_SENT with the sheets so far, or how it ended.  The errand is over with every end
 * but PRINT_UNKNOWN, after which more may still be heard. */
bool printer_work_told(Office *office, const PrinterHold *hold, ErrandRow *errand, ApiPrintState state,
                       Error *err) MUST_USE;
/* The printer is rid of it, whatever became of the job. */
bool printer_work_end(Office *office, const PrinterHold *hold, Error *err) MUST_USE;

#endif
