/* What a printer's own words mean, apart from any I/O: why nothing comes out, and how a job ended. */
#ifndef KIOSK_DEVICES_PRINTING_VERDICT_H
#define KIOSK_DEVICES_PRINTING_VERDICT_H

#include "kiosk/app/msg.h"
#include "print/printer.h"

/* The worst of the reasons (PrinterReason bits); PRINTER_READY when none keeps paper from coming out. */
PrinterCondition printing_condition(unsigned reasons);
/* Of a printer that has no job of ours; one that takes no PDF is of no use here: PRINTER_TROUBLE. */
PrinterCondition printing_condition_of(const PrinterInfo *info);

/* How a job whose pages were all sent has ended (print/printer_verdict.h); PRINT_PHASE_NONE while it has not. */
PrintPhase printing_verdict(const PrinterJob *job, int pages);
/* True for a completed job whose count may still trail behind the paper. */
bool printing_count_may_trail(const PrinterJob *job, int pages);

#endif
