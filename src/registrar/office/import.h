/* Students from elsewhere into the store: with records, PINFLs sealed, passwords as verifiers.  They come one by one,
 * so that a million needs no more memory than a hundred. */
#ifndef REGISTRAR_OFFICE_IMPORT_H
#define REGISTRAR_OFFICE_IMPORT_H

#include <jansson.h>

#include "registrar/office/keys.h"
#include "registrar/office/passwords.h"
#include "registrar/store/store.h"
#include "registrar/store/students.h"

#define IMPORT_STUDENTS_MOST 2000000
#define IMPORT_PARTS         16  /* all of a record (RecordPart) */
#define IMPORT_AT_ONCE       256 /* students of one act: they are there together, or none of them */

typedef struct ImportStudent {
    char number[STUDENT_NUMBER_SIZE];
    char pinfl[24];          /* "": none */
    char password[128];      /* "": nobody can sign in with one */
    Buf parts[IMPORT_PARTS]; /* JSON; the profile, which is never empty, without the PINFL; empty: there is no such */
} ImportStudent;

/* The student's buffer for that part; NULL: no record has such a part. */
Buf *import_part(ImportStudent *student, const char *part);

typedef struct ImportInput {
    size_t count;
    /* Into an emptied *ret, for each index once and in order.  Any order of calls gives the same student. */
    bool (*get)(void *ctx, size_t index, ImportStudent *ret, Error *err);
    void *ctx;
    const char *source; /* "demo" */
    int64_t now_s;
    const Keys *keys;
    const Passwords *passwords;
    const Random *random;
    /* May be NULL: how many are stored, after each act; false stops the import with *err. */
    bool (*progress)(void *ctx, size_t stored, Error *err);
    void *progress_ctx;
} ImportInput;

/* One student of a file as assets/demo/README.md has it: a profile, results, and any of the other parts.  ERR_FORMAT
 * names the student by place, never by name. */
bool import_from_json(const json_t *student, size_t index, ImportStudent *ret, Error *err) MUST_USE;

/* Passwords are hashed by as many threads as there are processors.  After a failure the acts before it stay: whoever
 * makes a register throws it away.  ERR_EXISTS: a number is somebody's already. */
bool import_students(Store *store, const ImportInput *input, Error *err) MUST_USE;

#endif
