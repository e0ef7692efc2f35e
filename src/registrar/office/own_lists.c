#include "registrar/office/own_lists.h"

#include <string.h>

#include "registrar/office/names.h"
#include "registrar/office/inside.h"
#include "registrar/office/students.h"
#include "registrar/store/acts.h"
#include "registrar/store/awaited.h"
#include "wire/json.h"

#define SOURCE_MOST 20

/* --- what a row may be ------------------------------------------------------------------------------------------- */

static bool is_number(const char *number)
{
    return number && number[0] && strlen(number) < STUDENT_NUMBER_SIZE &&
           strspn(number, "0123456789") == strlen(number);
}

static bool check_parts(const json_t *parts, Error *err)
{
    const char *name;
    json_t *body;

    if (parts && !json_is_object(parts))
        return error_set(err, ERR_FORMAT, "parts");
    json_object_foreach((json_t *)(uintptr_t)parts, name, body)
    {
        RecordPart part;

        if (!record_part_parse(name, &part) || part == PART_PROFILE)
            return error_set(err, ERR_FORMAT, "parts.%.40s: there is no such part", name);
        if (!json_is_object(body) && !json_is_array(body))
            return error_set(err, ERR_FORMAT, "parts.%.40s is neither an object nor a list", name);
    }
    return true;
}

bool own_lists_check(const json_t *row, Error *err)
{
    const json_t *profile = json_object_get(row, "profile");

    if (!is_number(json_string_value(json_object_get(row, "number"))))
        return error_set(err, ERR_FORMAT, "number is not a student's number");
    if (json_object_get(row, "password") || json_object_get(profile, "pinfl"))
        return error_set(err, ERR_FORMAT, "passwords and PINFLs have no place in a list");
    if (profile && !json_is_object(profile))
        return error_set(err, ERR_FORMAT, "profile");
    return check_parts(json_object_get(row, "parts"), err);
}

/* --- taking ------------------------------------------------------------------------------------------------------ */

typedef struct Taking {
    const json_t *rows;
    const char *source;
    int64_t now_s;
    OwnListsCounts counts;
} Taking;

/* One part of one person. */
typedef struct Bringing {
    const Taking *taking;
    const char *number;
    bool known;
    int64_t student;
} Bringing;

static bool has_members(const char *part)
{
    return strcmp(part, "profile") == 0 || strcmp(part, "contract") == 0;
}

static bool keep_waiting(void *ctx, const RecordRow *row, Error *err)
{
    Buf *body = ctx;

    buf_clear(body);
    buf_add_str(body, row->body);
    return buf_ok(body, err);
}

static bool put(StoreTransaction *transaction, const Bringing *bringing, const char *part, const json_t *value,
                Error *err)
{
    OWNED_BUF body;

    buf_init(&body, OWN_LISTS_LINE_MOST);
    if (!json_write(value, &body, err) || !buf_ok(&body, err))
        return false;
    const RecordRow row = { part, buf_str(&body), bringing->taking->source, bringing->taking->now_s };
    if (!bringing->known)
        return awaited_put(transaction, bringing->number, &row, bringing->taking->now_s + OWN_LISTS_KEPT_S, err);
    return records_put(transaction, bringing->student, &row, err) &&
           (strcmp(part, "profile") != 0 || names_keep(transaction, bringing->student, value, err));
}

/* Payments of one contract never stand beside the sum of another. */
static bool is_another_contract(const char *part, const json_t *kept, const json_t *told)
{
    const json_t *ours = json_object_get(kept, "number"), *theirs = json_object_get(told, "number");

    return strcmp(part, "contract") == 0 && ours && theirs && !json_equal(ours, theirs);
}

/* The member-wise ones into what is there, whoever brought it; its source and date stay HEMIS's where it is HEMIS's. */
static bool put_members(StoreTransaction *transaction, const Bringing *bringing, const char *part, const json_t *told,
                        Error *err)
{
    bool found = false;
    int64_t as_of_s;
    OWNED_BUF body;

    buf_init(&body, OWN_LISTS_LINE_MOST);
    if (bringing->known ? !records_get(transaction, bringing->student, part, &found, &body, &as_of_s, err)
                        : !awaited_one(transaction, bringing->number, part, keep_waiting, &body, err))
        return false;
    OWNED(json_t) kept = body.len > 0 ? json_read(buf_str(&body), err) : json_object();
    if (!kept)
        return false;
    if (is_another_contract(part, kept, told))
        return put(transaction, bringing, part, told, err);
    OWNED(json_t) merged = json_deep_copy(kept);
    if (!merged || json_object_update_recursive(merged, (json_t *)(uintptr_t)told) != 0)
        return error_set(err, ERR_MEMORY, "a list");
    if (json_equal(kept, merged))
        return true;
    if (!found)
        return put(transaction, bringing, part, merged, err);
    buf_clear(&body);
    return json_write(merged, &body, err) && buf_ok(&body, err) &&
           records_correct(transaction, bringing->student, part, buf_str(&body), err) &&
           (strcmp(part, "profile") != 0 || names_keep(transaction, bringing->student, merged, err));
}

static bool bring(StoreTransaction *transaction, Taking *taking, const Bringing *bringing, const char *part,
                  const json_t *value, Error *err)
{
    taking->counts.parts++;
    return (has_members(part) && json_is_object(value) ? put_members(transaction, bringing, part, value, err)
                                                       : put(transaction, bringing, part, value, err)) ||
           error_add(err, "%s", part);
}

static bool take_row(StoreTransaction *transaction, Taking *taking, const json_t *row, Error *err)
{
    Bringing bringing = { .taking = taking, .number = json_string_value(json_object_get(row, "number")) };
    const json_t *profile = json_object_get(row, "profile");
    const char *part;
    json_t *value;

    if (!students_find(transaction, bringing.number, &bringing.known, &bringing.student, err))
        return false;
    taking->counts.known += bringing.known;
    taking->counts.waiting += !bringing.known;
    if (profile && !bring(transaction, taking, &bringing, "profile", profile, err))
        return false;
    json_object_foreach(json_object_get(row, "parts"), part,
                        value) if (!bring(transaction, taking, &bringing, part, value, err)) return false;
    return true;
}

static bool take(StoreTransaction *transaction, void *arg, Error *err)
{
    Taking *taking = arg;
    const json_t *row;
    size_t i;

    taking->counts = (OwnListsCounts){ 0 };
    json_array_foreach(taking->rows, i, row) if (!take_row(transaction, taking, row, err)) return false;
    return true;
}

static bool is_source(const char *source)
{
    return source[0] && strlen(source) <= SOURCE_MOST &&
           strspn(source, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(source) && strcmp(source, "hemis") != 0;
}

bool own_lists_take(Office *office, const json_t *rows, const char *source, OwnListsCounts *counts, Error *err)
{
    Taking taking = { .rows = rows, .source = source, .now_s = clock_wall_s(&office_config(office)->clock) };

    if (!is_source(source))
        return error_set(err, ERR_ARGUMENT, "a list's name has small letters, digits and hyphens, and is not HEMIS");
    if (!store_write(office->store, take, &taking, err))
        return error_add(err, "a list");
    counts->known += taking.counts.known;
    counts->waiting += taking.counts.waiting;
    counts->parts += taking.counts.parts;
    return true;
}

typedef struct Ending {
    int64_t now_ms;
    const char *source;
    const OwnListsCounts *counts;
} Ending;

static bool end(StoreTransaction *transaction, void *arg, Error *err)
{
    const Ending *ending = arg;
    OWNED_BUF detail;

    buf_init(&detail, 200);
    buf_add_format(&detail, "{\"source\":\"%s\",\"known\":%lld,\"waiting\":%lld,\"parts\":%lld}", ending->source,
                   (long long)ending->counts->known, (long long)ending->counts->waiting,
                   (long long)ending->counts->parts);
    return buf_ok(&detail, err) &&
           acts_add(transaction,
                    &(Act){ ending->now_ms, "command-line", "lists.imported", "office", buf_text(&detail) }, err);
}

bool own_lists_end(Office *office, const char *source, const OwnListsCounts *counts, Error *err)
{
    Ending ending = { clock_wall_ms(&office_config(office)->clock), source, counts };

    return store_write(office->store, end, &ending, err) || error_add(err, "a list");
}

/* --- they come --------------------------------------------------------------------------------------------------- */

typedef struct Entering {
    StoreTransaction *transaction;
    int64_t student;
    json_t *profile;
} Entering;

static bool enter_part(void *ctx, const RecordRow *row, Error *err)
{
    const Entering *entering = ctx;

    if (strcmp(row->part, "profile") != 0)
        return records_put(entering->transaction, entering->student, row, err);
    OWNED(json_t) whole = json_read(row->body, err);
    if (!whole)
        return false;
    return (json_object_update_recursive(whole, entering->profile) == 0 &&
            json_object_update(entering->profile, whole) == 0) ||
           error_set(err, ERR_MEMORY, "profile");
}

bool own_lists_enter(StoreTransaction *transaction, int64_t student, const char *number, json_t *profile, Error *err)
{
    Entering entering = { transaction, student, profile };

    return (awaited_each(transaction, number, enter_part, &entering, err) &&
            awaited_forget(transaction, number, err)) ||
           error_add(err, "what waited for a student");
}
