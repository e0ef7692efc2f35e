/* What happened in the printer, for tests to count on: one line each, with a single write(2), never taken back.
 *   sheets.tsv  unix_ms, job id, job-name, page (1..), pages, SHA-256 of the document
 *   events.tsv  unix_ms, what, job id (0: none), job-name, bytes */
#ifndef FAULT_PRINTER_WITNESS_H
#define FAULT_PRINTER_WITNESS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"

typedef struct Witness {
    char sheets_path[1024];
    int sheets;
    int events;
} Witness;

bool witness_open(Witness *witness, const char *dir, Error *err) MUST_USE;
/* A sheet lies in the tray.  Ends the program when that can't be written down. */
void witness_sheet(const Witness *witness, int job, const char *name, int page, int pages, const char *sha256);
/* what: a word of tests/faults/README.md. */
void witness_event(const Witness *witness, const char *what, int job, const char *name, size_t bytes);
/* Where the next sheet's line will begin. */
off_t witness_mark(const Witness *witness);
/* Sheets of the job since that mark. */
int witness_count(const Witness *witness, int job, off_t mark);
int64_t unix_ms(void);

#endif
