/* People that the office knows, what is known of them, and how their secrets are checked. */
#ifndef REGISTRAR_STORE_STUDENTS_H
#define REGISTRAR_STORE_STUDENTS_H

#include <stdint.h>

#include "base/buf.h"
#include "registrar/store/store.h"

#define STUDENT_NUMBER_SIZE 24
#define RECORD_CURSOR_SIZE  64

typedef struct RecordRow {
    const char *part; /* "profile", "results": office/students.h */
    Str body;         /* JSON, without the PINFL */
    const char *source;
    int64_t as_of_s;
} RecordRow;

/* ERR_EXISTS: the number is somebody's.  pinfl: sealed; empty: none. */
bool students_add(StoreTransaction *transaction, const char *number, Str pinfl, int64_t *ret_id, Error *err) MUST_USE;
/* For many at once, none of whom is waited for: the highest id there is (0: nobody), and a student under one above it,
 * whose words of this folding follow (names_add).  A number that is somebody's fails the act, if only at its end. */
bool students_last(StoreTransaction *transaction, int64_t *ret_id, Error *err) MUST_USE;
bool students_put(StoreTransaction *transaction, int64_t id, const char *number, Str pinfl, int folding,
                  Error *err) MUST_USE;
bool students_find(StoreTransaction *transaction, const char *number, bool *ret_found, int64_t *ret_id,
                   Error *err) MUST_USE;
/* The student's number, and appended the sealed PINFL, nothing when there is none. */
bool students_pinfl(StoreTransaction *transaction, int64_t student, char ret_number[STUDENT_NUMBER_SIZE], Buf *sealed,
                    Error *err) MUST_USE;

bool records_put(StoreTransaction *transaction, int64_t student, const RecordRow *record, Error *err) MUST_USE;
/* The same of a system that can be asked "since then?": cursor is its word for this state, "" when it has none. */
bool records_told(StoreTransaction *transaction, int64_t student, const RecordRow *record, const char *cursor,
                  Error *err) MUST_USE;
/* The source told the same again: it is as of now.  Nothing for a part of another source. */
bool records_seen(StoreTransaction *transaction, int64_t student, const char *part, const char *source, int64_t as_of_s,
                  const char *cursor, Error *err) MUST_USE;
/* The source says that there is none any more.  *ret_gone: false for a part of another source, or none. */
bool records_drop(StoreTransaction *transaction, int64_t student, const char *part, const char *source, bool *ret_gone,
                  Error *err) MUST_USE;
/* Whether the part is there, and the cursor that it was told with; "" for one that any other put since, or that is
 * longer. */
bool records_cursor(StoreTransaction *transaction, int64_t student, const char *part, bool *ret_found,
                    char ret_cursor[RECORD_CURSOR_SIZE], Error *err) MUST_USE;
/* Another body of a part that is there or not; whose word the part is, and of when, stays. */
bool records_correct(StoreTransaction *transaction, int64_t student, const char *part, Str body, Error *err) MUST_USE;
/* Appends the part's body. */
bool records_get(StoreTransaction *transaction, int64_t student, const char *part, bool *ret_found, Buf *body,
                 int64_t *ret_as_of_s, Error *err) MUST_USE;
/* What of ",profile,results," is there, in one look; row is good for the call. */
typedef bool (*RecordEach)(void *ctx, const RecordRow *row, Error *err);
bool records_each(StoreTransaction *transaction, int64_t student, const char *parts, RecordEach each, void *ctx,
                  Error *err) MUST_USE;

typedef struct VerifierRow {
    int64_t student;
    char hash[128];
    bool weak;
    int64_t keep_until_s; /* of a password that HEMIS accepted; 0: the register's own, which stays with its student */
} VerifierRow;

bool verifiers_put(StoreTransaction *transaction, const VerifierRow *verifier, int64_t accepted_at_s,
                   Error *err) MUST_USE;
/* By the student's number; not one whose time was over at now_s. */
bool verifiers_find(StoreTransaction *transaction, const char *number, int64_t now_s, bool *ret_found, VerifierRow *ret,
                    Error *err) MUST_USE;
/* When it still is that hash: another may have been accepted meanwhile. */
bool verifiers_delete(StoreTransaction *transaction, int64_t student, const char *hash, bool *ret_gone,
                      Error *err) MUST_USE;

#endif
