/* Students by their names: found however a name is spelled, and told where its record is doubtful (base/name.h). */
#ifndef REGISTRAR_OFFICE_NAMES_H
#define REGISTRAR_OFFICE_NAMES_H

#include <jansson.h>

#include "base/name.h"
#include "registrar/office/office.h"
#include "registrar/store/students.h"

#define NAMES_TYPED_MOST 200 /* bytes */

typedef struct StudentName {
    char number[STUDENT_NUMBER_SIZE];
    const char *name;    /* as the house's own language has it, else the first there is; "": none.  Borrowed */
    const char *group;   /* "" : not known.  Borrowed */
    const char *faculty; /* its code; "": not known.  Borrowed */
} StudentName;

/* One student; false stops, with words in *err. */
typedef bool (*NameEach)(void *ctx, const StudentName *student, Error *err);

/* Each student of whose name every typed word begins a word, in any order and spelling, by their ids.  Writes one act:
 * who looks, not for whom.  ERR_ARGUMENT: nothing to look for is left of typed, or it is too long. */
bool names_search(Office *office, const char *typed, const char *actor, NameEach each, void *ctx, Error *err) MUST_USE;

/* One doubtful name of a student. */
typedef struct DoubtfulName {
    StudentName student;
    const char *part; /* a language's tag, or "record" */
    const char *text; /* as it stands there */
    uint32_t anomalies;
} DoubtfulName;

typedef bool (*DoubtEach)(void *ctx, const DoubtfulName *name, Error *err);
/* *ret_students: how many were looked at. */
bool names_doubtful(Office *office, const char *actor, DoubtEach each, void *ctx, size_t *ret_students,
                    Error *err) MUST_USE;

/* Inside the transaction that stores a profile: the words that it is found by. */
bool names_keep(StoreTransaction *transaction, int64_t student, const json_t *profile, Error *err) MUST_USE;

/* As names_keep, of a student whom students_put has just put. */
bool names_keep_new(StoreTransaction *transaction, int64_t student, const json_t *profile, Error *err) MUST_USE;

#endif
