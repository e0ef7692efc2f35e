#include "registrar/office/newcomers.h"

#include <jansson.h>

#include "base/name.h"
#include "registrar/office/names.h"
#include "registrar/office/own_lists.h"
#include "registrar/office/students.h"
#include "registrar/store/acts.h"
#include "wire/json.h"

typedef struct Entering {
    const char *number;
    const json_t *profile; /* NULL: it was not told */
    Str pinfl;             /* sealed */
    int64_t now_ms;
    bool found;
    int64_t student;
} Entering;

static bool put_profile(StoreTransaction *transaction, const Entering *entering, Error *err)
{
    OWNED(json_t) profile = json_deep_copy(entering->profile);
    OWNED_BUF body;

    buf_init(&body, HEMIS_PART_MOST);
    return (profile || error_set(err, ERR_MEMORY, "profile")) &&
           own_lists_enter(transaction, entering->student, entering->number, profile, err) &&
           json_write(profile, &body, err) && buf_ok(&body, err) &&
           records_put(transaction, entering->student,
                       &(RecordRow){ hemis_part_name(HEMIS_PROFILE), buf_str(&body), "hemis", entering->now_ms / 1000 },
                       err) &&
           names_keep_new(transaction, entering->student, profile, err);
}

static bool enter(StoreTransaction *transaction, Entering *entering, Error *err)
{
    char object[ACTOR_SIZE];
    int64_t last;

    if (!students_last(transaction, &last, err))
        return false;
    entering->student = last + 1;
    entering->found = true;
    actor_student(object, entering->student);
    return students_put(transaction, entering->student, entering->number, entering->pinfl, NAME_FOLD_VERSION, err) &&
           put_profile(transaction, entering, err) &&
           acts_add(transaction, &(Act){ entering->now_ms, "hemis", "student.entered", object, NULL }, err);
}

static bool find_or_enter(StoreTransaction *transaction, void *arg, Error *err)
{
    Entering *entering = arg;

    return students_find(transaction, entering->number, &entering->found, &entering->student, err) &&
           (entering->found || !entering->profile || enter(transaction, entering, err));
}

static bool take_told(Office *office, const HemisRecord *record, Entering *entering, Error *err)
{
    const Str body = buf_str(&record->parts[HEMIS_PROFILE].body);
    OWNED(json_t) json = json_read(body, err);
    OWNED_BUF sealed;

    buf_init(&sealed, 256);
    if (!json || !pinfl_seal(office->keys.record, entering->number, record->pinfl[0] ? record->pinfl : NULL,
                             &office->config.random, &sealed, err))
        return false;
    entering->profile = json;
    entering->pinfl = buf_str(&sealed);
    return store_write(office->store, find_or_enter, entering, err);
}

bool newcomer_take(Office *office, const char *number, const HemisToken *token, Newcomer *ret, Error *err)
{
    Entering entering = { .number = number, .now_ms = office_now_ms(office) };
    OWNED_HEMIS_RECORD record;
    Error why = { 0 };

    *ret = (Newcomer){ 0 };
    hemis_record_init(&record, number);
    HemisOutcome outcome =
        token ? hemis_read(office->config.hemis, token, HEMIS_PARTS_AT_ONCE, true, &record, &why) : HEMIS_NOTHING;
    ret->told = outcome == HEMIS_OK && record.parts[HEMIS_PROFILE].outcome == HEMIS_OK;
    ret->password_is_first = ret->told && record.password_is_first;
    if (ret->told ? !take_told(office, &record, &entering, err)
                  : !store_read(office->store, find_or_enter, &entering, err))
        return error_add(err, "a student whom HEMIS let in");
    ret->student = entering.student;
    ret->found = entering.found;
    return true;
}
