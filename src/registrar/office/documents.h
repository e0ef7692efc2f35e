/* What staff do with a document that was given: look it up by its number, revoke, suspend and resume it
 * (MODEL.md section 1). */
#ifndef REGISTRAR_OFFICE_DOCUMENTS_H
#define REGISTRAR_OFFICE_DOCUMENTS_H

#include "registrar/office/office.h"
#include "registrar/store/copies.h"

#define DOCUMENT_REASON_MOST 300 /* bytes */

typedef enum DocumentChange { DOCUMENT_CHANGE_REVOKE, DOCUMENT_CHANGE_SUSPEND, DOCUMENT_CHANGE_RESUME } DocumentChange;

typedef enum DocumentFind {
    DOCUMENT_FOUND,
    DOCUMENT_NEVER_GIVEN, /* no such number */
    DOCUMENT_SKIPPED      /* a restore went past it: whoever holds it has a paper of the lost time, or none of ours */
} DocumentFind;

typedef struct DocumentStanding {
    DocumentFind find;
    DocumentRow document;                  /* DOCUMENT_FOUND */
    char reason[DOCUMENT_REASON_MOST + 1]; /* "": none */
    uint32_t skipped_era;                  /* DOCUMENT_SKIPPED */
    int64_t skipped_at_s;                  /* when that era began */
} DocumentStanding;

/* "M-2026/004817".  That somebody looked is an act: it is a student's.  ERR_ARGUMENT: not written like a number. */
bool document_look_up(Office *office, const char *number, const char *actor, DocumentStanding *ret,
                      Error *err) MUST_USE;
/* The document's copies one by one, the first for after_n 0. */
bool document_copy(Office *office, const char *document, int after_n, bool *ret_found, CopyRow *ret,
                   Error *err) MUST_USE;

/* Moves the document and all its copies in one transaction, with an act; a job whose page was not handed out is
 * cancelled (revoked) or waits (suspended), and the status lists are renewed before this returns.  reason: UTF-8
 * without controls, 1..DOCUMENT_REASON_MOST bytes (ERR_ARGUMENT).  ERR_NOT_FOUND: no such document; ERR_CONFLICT: it is
 * in a state from which this can't be, with words. */
bool document_change(Office *office, const char *number, DocumentChange change, const char *reason, const char *actor,
                     Error *err) MUST_USE;

/* "M-2026/004817" into its parts. */
bool document_number_parse(const char *number, char ret_register[12], int *ret_year, int *ret_number) MUST_USE;

/* The same inside a transaction, for office/ alone.  A document that is being prepared is void instead of revoked. */
typedef struct DocumentApply {
    DocumentChange change;
    const char *reason, *detail, *actor; /* detail: of the act, JSON */
    int64_t now_ms;
} DocumentApply;
bool document_apply(StoreTransaction *transaction, const DocumentRow *document, const DocumentApply *apply,
                    Error *err) MUST_USE;

#endif
