/* A student's record as the office reads and writes it: its parts, as HEMIS or an import left them, and the PINFL,
 * which the store holds sealed.  The shapes of the parts: assets/demo/README.md.  Inside office/. */
#ifndef REGISTRAR_OFFICE_STUDENTS_H
#define REGISTRAR_OFFICE_STUDENTS_H

#include "registrar/office/inside.h"
#include "registrar/store/students.h"

typedef enum RecordPart {
    PART_PROFILE, /* with "pinfl" */
    PART_RESULTS,
    PART_ASSESSMENTS,
    PART_SCHEDULE,
    PART_EXAMS,
    PART_CONTRACT,
    PART_SCHOLARSHIP,
    PART_DORMITORY,
    PART_CLEARANCE,
    PART_DISTRIBUTION,
    PART_PERSONAL_SCHEDULE,
    PART_ELECTIVES,
    PART_PHOTO,
    PART_ATTENDANCE,
    PART_ORDERS,
    PART_COURSES,
    RECORD_PART_COUNT
} RecordPart;

/* Sets of parts. */
#define RECORD_OF(part) (1u << (part))
#define RECORD_PROFILE  RECORD_OF(PART_PROFILE)
/* All that rules and papers ask for; what comes behind is fetched for its own use alone. */
#define RECORD_RULES (RECORD_OF(PART_PHOTO) - 1)

typedef struct Record {
    int64_t student;
    char number[STUDENT_NUMBER_SIZE];
    unsigned read;                    /* which parts were asked for */
    json_t *parts[RECORD_PART_COUNT]; /* owned; NULL: nothing of it is known, or it was not asked for */
    int64_t as_of_s[RECORD_PART_COUNT];
} Record;

/* "personal_schedule": its name in the store, in imports and in the catalogue's "has". */
const char *record_part_name(RecordPart part);
bool record_part_parse(const char *name, RecordPart *ret) MUST_USE;

/* parts: RECORD_OF(...) | ...; one look, whatever is asked for.  A part that is no JSON is an error; what is strange
 * inside of one is for its readers to pass over.  ERR_NOT_FOUND: there is no such student. */
bool record_read(const Office *office, int64_t student, unsigned parts, Record *ret, Error *err) MUST_USE;
/* The same as an act sees it that is under way. */
bool record_read_in(StoreTransaction *transaction, const Office *office, int64_t student, unsigned parts, Record *ret,
                    Error *err) MUST_USE;
void record_fini(Record *record);
#define OWNED_RECORD __attribute__((cleanup(record_fini))) Record

/* NULL: nothing of it is known. */
static inline const json_t *record_profile(const Record *record)
{
    return record->parts[PART_PROFILE];
}

/* "2026/2027-5": what "once a semester" is counted by. */
void record_period(const Record *record, char *array, size_t size);

/* The PINFL as it stands in the store; nothing for NULL. */
bool pinfl_seal(const uint8_t key[KEY_SIZE], const char *number, const char *pinfl, const Random *random, Buf *sealed,
                Error *err) MUST_USE;

#endif
