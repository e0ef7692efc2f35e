#include "registrar/office/students.h"

#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "wire/json.h"

#define RECORD_BYTES_MOST (4u << 20) /* of one part: a photo of 64 KB, results of 400 rows */
#define PINFL_BYTES_MOST  256

static const char *const part_names[] = {
    [PART_PROFILE] = "profile",
    [PART_RESULTS] = "results",
    [PART_ASSESSMENTS] = "assessments",
    [PART_SCHEDULE] = "schedule",
    [PART_EXAMS] = "exams",
    [PART_CONTRACT] = "contract",
    [PART_SCHOLARSHIP] = "scholarship",
    [PART_DORMITORY] = "dormitory",
    [PART_CLEARANCE] = "clearance",
    [PART_DISTRIBUTION] = "distribution",
    [PART_PERSONAL_SCHEDULE] = "personal_schedule",
    [PART_ELECTIVES] = "electives",
    [PART_PHOTO] = "photo",
    [PART_ATTENDANCE] = "attendance",
    [PART_ORDERS] = "orders",
    [PART_COURSES] = "courses",
};
static_assert(COUNT(part_names) == RECORD_PART_COUNT, "one name per RecordPart");

const char *record_part_name(RecordPart part)
{
    return part_names[part];
}

bool record_part_parse(const char *name, RecordPart *ret)
{
    for (RecordPart part = 0; part < RECORD_PART_COUNT; part++)
        if (!strcmp(part_names[part], name)) {
            *ret = part;
            return true;
        }
    return false;
}

typedef struct Reading {
    const char *wanted;
    Record *record;
    Buf *pinfl;
} Reading;

static bool take_part(void *arg, const RecordRow *row, Error *err)
{
    const Reading *reading = arg;
    RecordPart part;

    if (!record_part_parse(row->part, &part))
        return true;
    if (row->body.len > RECORD_BYTES_MOST)
        return error_set(err, ERR_RANGE, "record %s is too large", row->part);
    json_decref(reading->record->parts[part]);
    reading->record->parts[part] = json_read(row->body, err);
    reading->record->as_of_s[part] = row->as_of_s;
    return reading->record->parts[part] || error_add(err, "record %s", row->part);
}

static void drop_parts(Record *record)
{
    for (RecordPart part = 0; part < RECORD_PART_COUNT; part++) {
        json_decref(record->parts[part]);
        record->parts[part] = NULL;
    }
}

static bool read_rows(StoreTransaction *transaction, void *arg, Error *err)
{
    const Reading *reading = arg;
    Record *record = reading->record;

    buf_clear(reading->pinfl);
    drop_parts(record);
    return students_pinfl(transaction, record->student, record->number, reading->pinfl, err) &&
           records_each(transaction, record->student, reading->wanted, take_part, arg, err);
}

static bool add_pinfl(const Office *office, const Record *record, const Buf *sealed, Error *err)
{
    OWNED_BUF plain;

    buf_init(&plain, PINFL_BYTES_MOST);
    if (sealed->len == 0 || !json_is_object(record->parts[PART_PROFILE]))
        return true;
    if (!crypto_open(office->keys.record, str_from(record->number), buf_str(sealed), &plain, err))
        return error_add(err, "PINFL");
    return json_object_set_new(record->parts[PART_PROFILE], "pinfl", json_stringn(plain.data, plain.len)) == 0 ||
           error_set(err, ERR_MEMORY, "PINFL");
}

/* Into *ret, and the PINFL apart: how the rows are reached is the caller's. */
typedef bool Reach(const Office *office, StoreTransaction *transaction, Reading *reading, Error *err);

static bool reach_alone(const Office *office, StoreTransaction *transaction UNUSED, Reading *reading, Error *err)
{
    return store_read(office->store, read_rows, reading, err);
}

static bool reach_within(const Office *office UNUSED, StoreTransaction *transaction, Reading *reading, Error *err)
{
    return read_rows(transaction, reading, err);
}

static bool read_by(Reach *reach, StoreTransaction *transaction, const Office *office, unsigned parts, Record *ret,
                    Error *err)
{
    OWNED_BUF wanted, pinfl;
    Reading reading = { .record = ret, .pinfl = &pinfl };

    buf_init(&wanted, 256);
    buf_init(&pinfl, PINFL_BYTES_MOST);
    buf_add_byte(&wanted, ',');
    for (RecordPart part = 0; part < RECORD_PART_COUNT; part++)
        if (parts & RECORD_OF(part))
            buf_add_format(&wanted, "%s,", part_names[part]);
    reading.wanted = buf_text(&wanted);
    if (buf_ok(&wanted, err) && reach(office, transaction, &reading, err) && add_pinfl(office, ret, &pinfl, err))
        return true;
    record_fini(ret);
    return error_add(err, "record");
}

bool record_read(const Office *office, int64_t student, unsigned parts, Record *ret, Error *err)
{
    *ret = (Record){ .student = student, .read = parts };
    return read_by(reach_alone, NULL, office, parts, ret, err);
}

bool record_read_in(StoreTransaction *transaction, const Office *office, int64_t student, unsigned parts, Record *ret,
                    Error *err)
{
    *ret = (Record){ .student = student, .read = parts };
    return read_by(reach_within, transaction, office, parts, ret, err);
}

void record_fini(Record *record)
{
    drop_parts(record);
}

void record_period(const Record *record, char *array, size_t size)
{
    const json_t *profile = record_profile(record);
    const char *year = json_string_value(json_object_get(profile, "academic_year"));

    snprintf(array, size, "%.12s-%lld", year ? year : "",
             (long long)json_integer_value(json_object_get(profile, "semester")));
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
