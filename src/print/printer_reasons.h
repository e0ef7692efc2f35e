/* printer-state-reasons, weighed: what keeps paper from coming out, and what is only worth telling. */
#ifndef PRINT_PRINTER_REASONS_H
#define PRINT_PRINTER_REASONS_H

#include "print/printer.h"

/* PrinterReason bits of one keyword ("media-empty-warning") of a printer in this state; 0 when it means nothing to us.
 */
unsigned printer_reason_bits(Str keyword, PrinterState state);

#endif
