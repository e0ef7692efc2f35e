/* Bulk imports: where one stands, what a person should look at after it, and the students that its pages are about. */
#ifndef REGISTRAR_STORE_IMPORTS_H
#define REGISTRAR_STORE_IMPORTS_H

#include "registrar/store/students.h"

#define IMPORT_KIND_SIZE   40
#define IMPORT_DETAIL_SIZE 200

typedef struct ImportRunRow {
    int64_t run, step;
    bool reading, whole; /* it did not end yet; it asks for all there is */
    int64_t started_at_s;
    int64_t read_from_s; /* it asks for what was changed since; 0: whenever */
    int64_t read_next_s; /* what the next one after the last that ended asks from; 0: none ended */
} ImportRunRow;

/* The source's last import.  Appends its cursor and counts.  False in *ret_found: there was none. */
bool import_run_get(StoreTransaction *transaction, const char *source, bool *ret_found, ImportRunRow *ret, Buf *cursor,
                    Buf *counts, Error *err) MUST_USE;
/* A new run in place of the last, whose findings go; row->reading is set, row->step is 0. */
bool import_run_begin(StoreTransaction *transaction, const char *source, const ImportRunRow *row, Error *err) MUST_USE;
/* One act further; row->step is the act before.  ERR_BUSY: somebody else has written that act. */
bool import_run_step(StoreTransaction *transaction, const char *source, const ImportRunRow *row, Str cursor, Str counts,
                     Error *err) MUST_USE;
/* It is done; row->read_next_s is where the next one begins.  Its findings go.  ERR_BUSY as above. */
bool import_run_end(StoreTransaction *transaction, const char *source, const ImportRunRow *row, int64_t now_s,
                    Error *err) MUST_USE;

typedef struct ImportFindingRow {
    char kind[IMPORT_KIND_SIZE];
    char number[STUDENT_NUMBER_SIZE];
    char detail[IMPORT_DETAIL_SIZE];
} ImportFindingRow;

/* Once is enough: the same again changes nothing. */
bool import_finding_add(StoreTransaction *transaction, const char *source, const ImportFindingRow *row,
                        Error *err) MUST_USE;
/* Some of a kind, by number. */
typedef bool (*ImportFindingEach)(void *ctx, const ImportFindingRow *row, Error *err);
bool import_findings_each(StoreTransaction *transaction, const char *source, const char *kind, size_t most,
                          ImportFindingEach each, void *ctx, Error *err) MUST_USE;

/* --- students of a page ------------------------------------------------------------------------------------------ */

typedef struct ImportedRow {
    char number[STUDENT_NUMBER_SIZE];
    int64_t student;
    Str pinfl; /* sealed; empty: none.  This and body are good for the call */
    Str body;  /* of the part; empty: there is none */
    int64_t as_of_s;
} ImportedRow;

typedef bool (*ImportedEach)(void *ctx, const ImportedRow *row, Error *err);
/* Those of the numbers that are somebody's, each with one part of the record, in no order. */
bool imported_find(StoreTransaction *transaction, const char *part, const char *const *numbers, size_t count,
                   ImportedEach each, void *ctx, Error *err) MUST_USE;
/* These students were in this whole import. */
bool imported_see(StoreTransaction *transaction, int64_t run, const int64_t *students, size_t count,
                  Error *err) MUST_USE;
bool imported_pinfl(StoreTransaction *transaction, int64_t student, Str sealed, Error *err) MUST_USE;

/* Students after `after` by id, at most `most`; unseen_in: only those who were not in that run; 0: those who have a
 * PINFL.  No bodies. */
bool imported_each(StoreTransaction *transaction, int64_t unseen_in, int64_t after, size_t most, ImportedEach each,
                   void *ctx, Error *err) MUST_USE;

#endif
