/* A scanner that plays a keyboard, told from a person who types: its letters come faster than hands can, and it ends
 * with Enter or Tab.  Pure; used by the loop alone, which gives it what a keyboard with keys says.
 *
 * What comes is held back for SCAN_GAP_MS after the last letter; then it was typing, and is given on as such. */
#ifndef KIOSK_DEVICES_SCANNER_H
#define KIOSK_DEVICES_SCANNER_H

#include "base/str.h"

#define SCAN_GAP_MS     50   /* at most between two letters of a scan; a quick typist needs 80 and more */
#define SCAN_LEAST      6    /* characters: what is shorter was typed */
#define SCAN_BYTES_MOST 2048 /* a longer one is dropped whole */

typedef struct Scanner { /* all zero: nothing was heard */
    char text[SCAN_BYTES_MOST + 1];
    size_t length;
    bool too_long;   /* dropped until it is over */
    int64_t last_ms; /* monotonic, of the last letter */
} Scanner;

typedef enum ScannerSays {
    SCANNER_NOTHING, /* held back, or nothing there */
    SCANNER_TYPED,   /* what was held back was typed */
    SCANNER_SCANNED  /* it was a scan; its Enter is part of it */
} ScannerSays;

/* Before anything else that comes in at now_ms, and when scanner_due came.  What is told stands in scanner->text until
 * the next call; scanner_forget wipes it. */
ScannerSays scanner_time(Scanner *scanner, int64_t now_ms);
/* Monotonic; INT64_MAX: nothing is held back. */
int64_t scanner_due(const Scanner *scanner);
/* After scanner_time: a letter, or a few. */
void scanner_text(Scanner *scanner, const char *text, int64_t now_ms);
/* After scanner_time: Enter or Tab.  SCANNER_NOTHING: the key is a key; SCANNER_TYPED: so it is, after the text. */
ScannerSays scanner_enter(Scanner *scanner);
/* What was told is taken. */
void scanner_forget(Scanner *scanner);

#endif
