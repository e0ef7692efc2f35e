/* Students, what records say of them, and verifiers of their last accepted password. */
#ifndef REGISTRAR_STORE_STUDENTS_H
#define REGISTRAR_STORE_STUDENTS_H

#include "base/buf.h"
#include "registrar/store/store.h"

#define VERIFIER_MOST 160 /* argon2id in PHC form, and its zero */

typedef struct StoredVerifier {
    char hash[VERIFIER_MOST];
    int64_t accepted_at_s;
    bool weak;
} StoredVerifier;

/* Adds a student, or finds the one with this number. */
bool student_put(StoreTransaction *transaction, const char *number, int64_t *ret_student, Error *err) MUST_USE;
bool student_find(StoreTransaction *transaction, const char *number, bool *ret_found, int64_t *ret_student,
                  Error *err) MUST_USE;
bool student_number(StoreTransaction *transaction, int64_t student, char ret[24], Error *err) MUST_USE;

/* Replaces a part of the record ("profile", "results"): body is JSON, source says whence ("demo", "hemis"), as_of_s how
 * old. */
bool record_put(StoreTransaction *transaction, int64_t student, const char *part, Str body, const char *source,
                int64_t as_of_s, Error *err) MUST_USE;
bool record_find(StoreTransaction *transaction, int64_t student, const char *part, bool *ret_found, Buf *ret_body,
                 int64_t *ret_as_of_s, Error *err) MUST_USE;

bool verifier_put(StoreTransaction *transaction, int64_t student, const StoredVerifier *verifier, Error *err) MUST_USE;
bool verifier_find(StoreTransaction *transaction, int64_t student, bool *ret_found, StoredVerifier *ret,
                   Error *err) MUST_USE;
bool verifier_delete(StoreTransaction *transaction, int64_t student, Error *err) MUST_USE;

#endif
