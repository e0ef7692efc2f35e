/* Whether a printer is one that the office can rely on: asked once, and, where that is wished, tried with one sheet
 * that says nothing of anybody. */
#ifndef REGISTRAR_PRINTING_PRINTER_TRIAL_H
#define REGISTRAR_PRINTING_PRINTER_TRIAL_H

#include "base/error.h"

typedef struct PrinterTrial {
    bool passed;
    char words[600]; /* English, lines without the last newline */
} PrinterTrial;

/* Waits up to a minute for the sheet.  ERR_ARGUMENT: the address. */
bool printer_trial(const char *uri, bool sheet, PrinterTrial *ret, Error *err) MUST_USE;

#endif
