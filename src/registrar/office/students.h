/* A student's record as the office reads and writes it: with the PINFL, which the store holds sealed. */
#ifndef REGISTRAR_OFFICE_STUDENTS_H
#define REGISTRAR_OFFICE_STUDENTS_H

#include "registrar/office/inside.h"

typedef struct Record {
    json_t *profile; /* owned; NULL: nothing is known of the student */
    int64_t as_of_s;
} Record;

bool record_read(const Office *office, int64_t student, Record *ret, Error *err) MUST_USE;
void record_fini(Record *record);
#define OWNED_RECORD __attribute__((cleanup(record_fini))) Record

/* "2026/2027-5": what "once a semester" is counted by. */
void record_period(const Record *record, char *array, size_t size);

/* The PINFL as it stands in the store; nothing for NULL. */
bool pinfl_seal(const uint8_t key[KEY_SIZE], const char *number, const char *pinfl, const Random *random, Buf *sealed,
                Error *err) MUST_USE;

#endif
