/* Students from a file (assets/demo/README.md) into the store: with records, PINFLs sealed, passwords as verifiers. */
#ifndef REGISTRAR_OFFICE_IMPORT_H
#define REGISTRAR_OFFICE_IMPORT_H

#include <jansson.h>

#include "registrar/office/keys.h"
#include "registrar/office/passwords.h"
#include "registrar/store/store.h"

#define IMPORT_STUDENTS_MOST 100000

typedef struct ImportInput {
    const json_t *students; /* array */
    const char *source;     /* "demo" */
    int64_t now_s;
    const Keys *keys;
    const Passwords *passwords;
    const Random *random;
} ImportInput;

/* All or none.  Passwords are hashed by as many threads as there are processors.  ERR_FORMAT names the student by place
 * in the array, never by name; ERR_EXISTS: a number is somebody's already. */
bool import_students(Store *store, const ImportInput *input, Error *err) MUST_USE;

#endif
