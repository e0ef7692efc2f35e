#include "registrar/office/records.h"

#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "registrar/office/bulk_merge.h"
#include "registrar/office/feed.h"
#include "registrar/office/names.h"
#include "registrar/office/students.h"
#include "registrar/store/imports.h"
#include "registrar/store/students.h"
#include "wire/json.h"

#define SOURCE     "hemis"
#define PINFL_MOST 256

/* --- merging ----------------------------------------------------------------------------------------------------- */

/* Members of a profile that are true only while the status says so (HEMIS's classifier of student statuses): who came
 * back from leave has none. */
static const struct {
    const char *member, *status;
} passing[] = { { "leave", "13" }, { "leaving", "12" }, { "graduation", "14" } };

static bool drop_what_passed(json_t *profile, const json_t *told)
{
    const char *status = json_string_value(json_object_get(profile, "status"));

    for (size_t i = 0; status && i < COUNT(passing); i++)
        if (strcmp(status, passing[i].status) != 0 && json_object_get(profile, passing[i].member) &&
            !json_object_get(told, passing[i].member) && json_object_del(profile, passing[i].member) != 0)
            return false;
    return true;
}

/* HEMIS's word on a member counts, down to the members of members. */
static json_t *merge_objects(const json_t *kept, const json_t *told, Error *err)
{
    OWNED(json_t) merged = json_deep_copy(kept);

    if (merged && json_object_update_recursive(merged, (json_t *)(uintptr_t)told) == 0)
        return json_incref(merged);
    error_set(err, ERR_MEMORY, "merging");
    return NULL;
}

static const json_t *find_result(const json_t *results, const json_t *like)
{
    const json_t *row;
    size_t i;

    json_array_foreach(results, i, row) if (bulk_same_result(row, like)) return row;
    return NULL;
}

/* HEMIS's list is whole: a result that it does not tell any more is gone.  Those of no subject it has no word for. */
static json_t *merge_results(const json_t *kept, const json_t *told, Error *err)
{
    OWNED(json_t) merged = json_array();
    const json_t *row;
    size_t i;

    json_array_foreach(told, i, row)
    {
        const json_t *before = find_result(kept, row);
        json_t *result = before ? merge_objects(before, row, err) : json_deep_copy(row);

        if (!merged || !result || json_array_append_new(merged, result) != 0) {
            error_set(err, ERR_MEMORY, "merging");
            return NULL;
        }
    }
    json_array_foreach(kept, i, row) if (!json_object_get(row, "subject") &&
                                         (!merged || json_array_append(merged, (json_t *)(uintptr_t)row) != 0))
    {
        error_set(err, ERR_MEMORY, "merging");
        return NULL;
    }
    return json_incref(merged);
}

static bool same_contract(const json_t *kept, const json_t *told)
{
    const json_t *number = json_object_get(kept, "number");

    return json_is_string(number) && json_equal(number, json_object_get(told, "number"));
}

json_t *records_merge(HemisPart part, const json_t *kept, const json_t *told, Error *err)
{
    OWNED(json_t) merged = NULL;

    if (part == HEMIS_PROFILE && json_is_object(kept)) {
        merged = merge_objects(kept, told, err);
        if (merged && !drop_what_passed(merged, told))
            error_set(err, ERR_MEMORY, "merging");
    } else if (part == HEMIS_RESULTS && json_is_array(kept)) {
        merged = merge_results(kept, told, err);
    } else if (part == HEMIS_CONTRACT && same_contract(kept, told)) {
        merged = merge_objects(kept, told, err);
    } else {
        merged = json_deep_copy(told);
        if (!merged)
            error_set(err, ERR_MEMORY, "merging");
    }
    return json_incref(merged);
}

/* --- what is known ----------------------------------------------------------------------------------------------- */

typedef struct Knowing {
    int64_t student;
    HemisRecord *record;
    RecordsKnown *known;
} Knowing;

static_assert(sizeof((HemisPartAnswer){ 0 }.etag) == RECORD_CURSOR_SIZE, "an ETag is a part's cursor");

static bool know(StoreTransaction *transaction, void *arg, Error *err)
{
    const Knowing *knowing = arg;

    *knowing->known = (RecordsKnown){ 0 };
    for (int i = 0; i < HEMIS_PART_COUNT; i++) {
        HemisPartAnswer *part = &knowing->record->parts[i];
        bool found;

        if (!records_cursor(transaction, knowing->student, hemis_part_name((HemisPart)i), &found, part->etag, err))
            return false;
        if (found)
            knowing->known->there |= HEMIS_PART(i);
    }
    return true;
}

bool records_known(Office *office, int64_t student, HemisRecord *record, RecordsKnown *ret, Error *err)
{
    return store_read(office->store, know, &(Knowing){ student, record, ret }, err) ||
           error_add(err, "what is known of a student");
}

/* --- taking ------------------------------------------------------------------------------------------------------ */

typedef struct Taking {
    Office *office;
    int64_t student, now_ms;
    const HemisRecord *record;
    const char *kiosk;
    json_t *told[HEMIS_PART_COUNT];
    unsigned changed;
} Taking;

static void taking_fini(Taking *taking)
{
    for (int i = 0; i < HEMIS_PART_COUNT; i++)
        json_decref(taking->told[i]);
}
#define OWNED_TAKING __attribute__((cleanup(taking_fini))) Taking

static bool put_changed(StoreTransaction *transaction, Taking *taking, HemisPart part, const json_t *merged, Error *err)
{
    OWNED_BUF body;

    buf_init(&body, HEMIS_PART_MOST);
    taking->changed |= HEMIS_PART(part);
    return json_write(merged, &body, err) && buf_ok(&body, err) &&
           records_told(transaction, taking->student,
                        &(RecordRow){ hemis_part_name(part), buf_str(&body), SOURCE, taking->now_ms / 1000 },
                        taking->record->parts[part].etag, err) &&
           (part != HEMIS_PROFILE || names_keep(transaction, taking->student, merged, err));
}

static bool take_told(StoreTransaction *transaction, Taking *taking, HemisPart part, Error *err)
{
    OWNED_BUF body;
    int64_t as_of_s;
    bool found;

    buf_init(&body, HEMIS_PART_MOST);
    if (!records_get(transaction, taking->student, hemis_part_name(part), &found, &body, &as_of_s, err))
        return false;
    OWNED(json_t) kept = found ? json_read(buf_str(&body), NULL) : NULL;
    OWNED(json_t) merged = records_merge(part, kept, taking->told[part], err);
    if (!merged)
        return false;
    if (kept && json_equal(kept, merged))
        return records_seen(transaction, taking->student, hemis_part_name(part), SOURCE, taking->now_ms / 1000,
                            taking->record->parts[part].etag, err);
    return put_changed(transaction, taking, part, merged, err);
}

static bool take_part(StoreTransaction *transaction, Taking *taking, HemisPart part, Error *err)
{
    const HemisPartAnswer *answer = &taking->record->parts[part];
    const char *name = hemis_part_name(part);
    bool gone;

    if (answer->outcome == HEMIS_OK)
        return take_told(transaction, taking, part, err);
    if (answer->outcome == HEMIS_UNCHANGED && answer->etag[0]) /* else it was not asked for */
        return records_seen(transaction, taking->student, name, SOURCE, taking->now_ms / 1000, answer->etag, err);
    if (answer->outcome != HEMIS_NOTHING || part == HEMIS_PROFILE)
        return true;
    if (!records_drop(transaction, taking->student, name, SOURCE, &gone, err))
        return false;
    if (gone)
        taking->changed |= HEMIS_PART(part);
    return true;
}

/* Told: the one that counts from now on. */
static bool take_pinfl(StoreTransaction *transaction, const Taking *taking, Error *err)
{
    const char *told = taking->record->pinfl;
    const uint8_t *key = taking->office->keys.record;
    char number[STUDENT_NUMBER_SIZE];
    OWNED_BUF kept, plain, sealed;

    buf_init(&kept, PINFL_MOST);
    buf_init(&plain, PINFL_MOST);
    buf_init(&sealed, PINFL_MOST);
    if (taking->record->parts[HEMIS_PROFILE].outcome != HEMIS_OK || !told[0])
        return true;
    if (!students_pinfl(transaction, taking->student, number, &kept, err) ||
        (kept.len > 0 && !crypto_open(key, str_from(number), buf_str(&kept), &plain, err)))
        return error_add(err, "PINFL");
    return str_equal_text(buf_str(&plain), told) ||
           (pinfl_seal(key, number, told, &taking->office->config.random, &sealed, err) &&
            imported_pinfl(transaction, taking->student, buf_str(&sealed), err));
}

static bool take(StoreTransaction *transaction, void *arg, Error *err)
{
    Taking *taking = arg;

    taking->changed = 0;
    for (int i = 0; i < HEMIS_PART_COUNT; i++)
        if (!take_part(transaction, taking, (HemisPart)i, err))
            return error_add(err, "%s", hemis_part_name((HemisPart)i));
    return take_pinfl(transaction, taking, err) &&
           (!taking->kiosk || !taking->changed ||
            feed_say(transaction,
                     &(FeedEvent){ .what = CHANGED_RECORD, .kiosk = taking->kiosk, .at_ms = taking->now_ms }, err));
}

bool records_take(Office *office, int64_t student, const HemisRecord *record, const char *kiosk, unsigned *ret_changed,
                  Error *err)
{
    OWNED_TAKING taking = {
        .office = office, .student = student, .now_ms = office_now_ms(office), .record = record, .kiosk = kiosk
    };

    for (int i = 0; i < HEMIS_PART_COUNT; i++)
        if (record->parts[i].outcome == HEMIS_OK && !(taking.told[i] = json_read(buf_str(&record->parts[i].body), err)))
            return error_add(err, "HEMIS's %s", hemis_part_name((HemisPart)i));
    if (!store_write(office->store, take, &taking, err))
        return error_add(err, "HEMIS's word on a student");
    *ret_changed = taking.changed;
    return true;
}
