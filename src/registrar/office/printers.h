/* Printers of the office: which there are, what they are given to print, how they are.  What works them is
 * registrar/printing, by printer_work.h.
 *
 * A job is given to a printer as it is assigned to a kiosk: its owner is "printer:ID".  From then on it is printed, or
 * waits there for as long as the printer can't; until its page goes it may be moved away again.  Where no registrar
 * works the printer for ASSIGN_LEASE_S, its jobs wait for somebody else, as a kiosk's would. */
#ifndef REGISTRAR_OFFICE_PRINTERS_H
#define REGISTRAR_OFFICE_PRINTERS_H

#include "registrar/office/requests.h"
#include "registrar/store/printers.h"

/* id: letters, digits, - and _; uri: ipp:// or ipps://; place: one line, may be "".  ERR_ARGUMENT says which is wrong,
 * ERR_EXISTS: there is one of this name. */
bool printer_add(Office *office, const char *actor, const char *id, const char *place, const char *uri,
                 Error *err) MUST_USE;
/* It gets nothing more: what waits for it waits for nobody then; what it has is brought to its end.  ERR_NOT_FOUND. */
bool printer_remove(Office *office, const char *actor, const char *id, Error *err) MUST_USE;
/* ERR_NOT_FOUND: there is none, or it was removed. */
bool printer_find(Office *office, const char *id, PrinterRow *ret, Error *err) MUST_USE;
/* By id; at most room. */
bool printers_view(Office *office, PrinterRow *rows, size_t room, size_t *ret_count, Error *err) MUST_USE;

/* Within an act: gives a job that waits (JOB_WAITING) to a printer.  False in *ret_given: there is no such printer. */
bool printer_give(StoreTransaction *transaction, const PrintJobRow *job, const char *printer, const char *actor,
                  int64_t now_ms, bool *ret_given, Error *err) MUST_USE;

/* Every printer that there is, with how it is now: the office's, then kiosks'. */
typedef enum StripState {
    STRIP_READY,
    STRIP_BUSY,   /* has or awaits jobs */
    STRIP_LOW,    /* prints, and wants paper or toner soon */
    STRIP_NEEDS,  /* prints nothing before a person was there */
    STRIP_SILENT, /* nobody hears of it: the kiosk is silent, no registrar works it */
    STRIP_UNASKED
} StripState;

#define STRIP_SILENT_S 120 /* a kiosk is heard every 30 s */

typedef struct StripCell {
    StripRow row;
    StripState state;
    char word[16];  /* "ready", "no-paper"...: of its state the first word */
    bool paper_low; /* else it is the toner, in STRIP_LOW */
} StripCell;

bool strip_view(Office *office, StripCell *cells, size_t room, size_t *ret_count, Error *err) MUST_USE;
/* What a row comes to.  Pure. */
StripCell strip_cell(const StripRow *row, int64_t now_s);

#endif
