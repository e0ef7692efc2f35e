#include "registrar/office/persons.h"

#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "registrar/office/students.h"
#include "registrar/store/imports.h"

#define BATCH        500
#define NUMBERS_MOST 8 /* of one person */
#define STUDYING     "11"

typedef struct Person {
    int64_t student;
    char number[STUDENT_NUMBER_SIZE];
} Person;

typedef struct Finding {
    const Office *office;
    Str pinfl;
    int64_t after;
    size_t batch; /* rows of this one */
    size_t count;
    Person found[NUMBERS_MOST]; /* by id: the newest last */
} Finding;

static bool is_theirs(const Finding *finding, const ImportedRow *row)
{
    Error err = { 0 };
    OWNED_BUF plain;

    buf_init(&plain, 64);
    /* One that can't be opened was sealed by another key: it is nobody's, and `registrar import` tells of it. */
    bool same = crypto_open(finding->office->keys.record, str_from(row->number), row->pinfl, &plain, &err) &&
                plain.len == finding->pinfl.len && mem_equal_secret(plain.data, finding->pinfl.ptr, plain.len);
    mem_wipe(plain.data, plain.len);
    return same;
}

static bool look_at(void *ctx, const ImportedRow *row, Error *err UNUSED)
{
    Finding *finding = ctx;

    finding->after = row->student;
    finding->batch++;
    if (!is_theirs(finding, row))
        return true;
    if (finding->count == NUMBERS_MOST)
        memmove(finding->found, finding->found + 1, sizeof finding->found - sizeof finding->found[0]);
    else
        finding->count++;
    Person *person = &finding->found[finding->count - 1];
    person->student = row->student;
    memcpy(person->number, row->number, sizeof person->number);
    return true;
}

static bool look_at_batch(StoreTransaction *transaction, void *arg, Error *err)
{
    Finding *finding = arg;

    finding->batch = 0;
    return imported_each(transaction, 0, finding->after, BATCH, look_at, finding, err);
}

static bool studies(Office *office, const Person *person, bool *ret, Error *err)
{
    OWNED_RECORD record = { 0 };

    if (!record_read(office, person->student, RECORD_PROFILE, &record, err))
        return false;
    const char *status = json_string_value(json_object_get(record_profile(&record), "status"));
    *ret = status && strcmp(status, STUDYING) == 0;
    return true;
}

bool person_find(Office *office, const char *pinfl, bool *ret_found, int64_t *ret_student,
                 char ret_number[STUDENT_NUMBER_SIZE], Error *err)
{
    Finding finding = { .office = office, .pinfl = str_from(pinfl) };
    bool here = false;

    *ret_found = false;
    do {
        if (!store_read(office->store, look_at_batch, &finding, err))
            return error_add(err, "person");
    } while (finding.batch == BATCH);
    for (size_t i = finding.count; i-- > 0 && !here;) {
        if (finding.count > 1 && !studies(office, &finding.found[i], &here, err))
            return error_add(err, "person");
        if (*ret_found && !here)
            continue;
        *ret_found = true;
        *ret_student = finding.found[i].student;
        memcpy(ret_number, finding.found[i].number, STUDENT_NUMBER_SIZE);
    }
    return true;
}
