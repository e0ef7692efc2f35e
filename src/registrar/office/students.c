#include "registrar/office/students.h"

#include <stdio.h>

#include "base/crypto.h"
#include "registrar/store/students.h"
#include "wire/json.h"

#define PROFILE_BYTES_MOST (256u << 10)
#define PINFL_BYTES_MOST   256

typedef struct Reading {
    int64_t student;
    Buf *profile, *pinfl;
    char number[STUDENT_NUMBER_SIZE];
    bool found;
    int64_t as_of_s;
} Reading;

static bool read_rows(StoreTransaction *transaction, void *arg, Error *err)
{
    Reading *reading = arg;

    buf_clear(reading->profile);
    buf_clear(reading->pinfl);
    return records_get(transaction, reading->student, "profile", &reading->found, reading->profile, &reading->as_of_s,
                       err) &&
           students_pinfl(transaction, reading->student, reading->number, reading->pinfl, err);
}

static bool add_pinfl(const Office *office, const Reading *reading, json_t *profile, Error *err)
{
    OWNED_BUF plain;

    buf_init(&plain, PINFL_BYTES_MOST);
    if (reading->pinfl->len == 0)
        return true;
    if (!crypto_open(office->keys.record, str_from(reading->number), buf_str(reading->pinfl), &plain, err))
        return error_add(err, "PINFL");
    return json_object_set_new(profile, "pinfl", json_stringn(plain.data, plain.len)) == 0 ||
           error_set(err, ERR_MEMORY, "PINFL");
}

bool record_read(const Office *office, int64_t student, Record *ret, Error *err)
{
    OWNED_BUF profile, pinfl;
    Reading reading = { .student = student, .profile = &profile, .pinfl = &pinfl };

    buf_init(&profile, PROFILE_BYTES_MOST);
    buf_init(&pinfl, PINFL_BYTES_MOST);
    *ret = (Record){ 0 };
    if (!store_read(office->store, read_rows, &reading, err))
        return error_add(err, "record");
    if (!reading.found)
        return true;
    ret->as_of_s = reading.as_of_s;
    ret->profile = json_read(buf_str(&profile), err);
    if (ret->profile && add_pinfl(office, &reading, ret->profile, err))
        return true;
    record_fini(ret);
    return error_add(err, "record");
}

void record_fini(Record *record)
{
    json_decref(record->profile);
    record->profile = NULL;
}

void record_period(const Record *record, char *array, size_t size)
{
    const char *year = json_string_value(json_object_get(record->profile, "academic_year"));

    snprintf(array, size, "%.12s-%lld", year ? year : "",
             (long long)json_integer_value(json_object_get(record->profile, "semester")));
}

bool pinfl_seal(const uint8_t key[KEY_SIZE], const char *number, const char *pinfl, const Random *random, Buf *sealed,
                Error *err)
{
    uint8_t nonce[12];

    if (!pinfl)
        return true;
    return (random_fill(random, nonce, sizeof nonce, err) &&
            crypto_seal(key, str_from(number), str_from(pinfl), nonce, sealed, err)) ||
           error_add(err, "PINFL");
}
