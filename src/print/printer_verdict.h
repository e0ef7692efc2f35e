/* What a printer's own words mean, apart from any I/O, for whoever prints: what keeps paper from coming out, and how a
 * job ended. */
#ifndef PRINT_PRINTER_VERDICT_H
#define PRINT_PRINTER_VERDICT_H

#include "print/printer.h"

/* What a person does first: a jam is cleared with the cover open.  0: none of the reasons keeps paper from coming out.
 */
unsigned printer_worst_reason(unsigned reasons);

typedef enum PrinterOutcome {
    PRINTER_OUTCOME_NONE, /* it has not ended */
    PRINTER_OUTCOME_PRINTED,
    PRINTER_OUTCOME_PARTLY,
    PRINTER_OUTCOME_CANCELLED, /* no sheet */
    PRINTER_OUTCOME_UNKNOWN    /* nobody knows: a person must look */
} PrinterOutcome;

/* How a job whose pages were all sent has ended.
 *
 *   the printer says     no count   0 sheets    fewer than pages   as many     more
 *   completed            UNKNOWN    PARTLY      PARTLY             PRINTED     UNKNOWN
 *   cancelled            UNKNOWN    CANCELLED   PARTLY             PRINTED     UNKNOWN
 *   aborted              UNKNOWN    CANCELLED   PARTLY             UNKNOWN     UNKNOWN
 *   does not know it     UNKNOWN
 *
 * A printer that tells no count is never believed: its "completed" may mean no more than that the bytes arrived. */
PrinterOutcome printer_outcome(const PrinterJob *job, int pages);
/* True for a completed job whose count may still trail behind the paper. */
bool printer_count_may_trail(const PrinterJob *job, int pages);

#endif
