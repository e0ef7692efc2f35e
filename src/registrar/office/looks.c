#include "registrar/office/looks.h"

#include <string.h>

#include "registrar/office/inside.h"
#include "registrar/store/looks.h"
#include "wire/code.h"
#include "wire/json.h"

#define TIMES_MOST 1000000

/* --- telling ------------------------------------------------------------------------------------------------------ */

typedef struct Telling {
    int64_t student;
    ApiLooks *looks;
} Telling;

static bool ends_with(const char *text, const char *end)
{
    const size_t length = strlen(text), end_length = strlen(end);

    return length >= end_length && !strcmp(text + length - end_length, end);
}

/* Whatever staff do that has no row of its own is told all the same: as work. */
static LookKind kind_of_act(const char *act)
{
    if (ends_with(act, ".seen") || ends_with(act, "-seen") || ends_with(act, "-read"))
        return LOOK_SEEN;
    return ends_with(act, ".corrected") ? LOOK_CORRECTED : LOOK_WORKED;
}

/* A look at a request or an invoice is an act on the student, whose detail names it for as long as it is kept. */
static void tell_student_act(const LookRow *row, ApiLook *ret)
{
    OWNED(json_t) detail = json_read(row->detail, NULL);
    const char *request = json_string_value(json_object_get(detail, "request"));
    const char *invoice = json_string_value(json_object_get(detail, "invoice"));

    ret->on = LOOK_ON_RECORD;
    if (!strncmp(row->act, "invoice.", 8))
        ret->on = LOOK_ON_INVOICE;
    else if (!strncmp(row->act, "request.", 8) && !json_is_true(json_object_get(detail, "record")))
        ret->on = LOOK_ON_REQUEST;
    str_copy_cut(str_from(invoice ? invoice : request ? request : ""), ret->number, sizeof ret->number);
}

static void tell(const LookRow *row, ApiLook *ret)
{
    const LookBy by_unit = row->unit[0] ? LOOK_BY_STAFF : LOOK_BY_STUDENT;

    *ret = (ApiLook){ .at_s = row->at_ms / 1000, .times = 1, .by = LOOK_BY_STAFF, .on = LOOK_ON_DOCUMENT };
    str_copy_cut(str_from(row->unit), ret->unit, sizeof ret->unit);
    str_copy_cut(str_from(row->service), ret->service, sizeof ret->service);
    str_copy_cut(str_from(row->number), ret->number, sizeof ret->number);
    str_copy_cut(str_from(row->place), ret->place, sizeof ret->place);
    switch (row->source) {
    case LOOK_OF_STUDENT:
        ret->kind = kind_of_act(row->act);
        tell_student_act(row, ret);
        break;
    case LOOK_OF_REQUEST:
        ret->kind = kind_of_act(row->act);
        ret->on = LOOK_ON_REQUEST;
        break;
    case LOOK_OF_DOCUMENT: ret->kind = kind_of_act(row->act); break;
    case LOOK_OF_SIGN_IN:
        ret->kind = LOOK_SIGNED_IN;
        ret->on = LOOK_ON_ACCOUNT;
        ret->by = LOOK_BY_STUDENT;
        break;
    case LOOK_OF_COPY:
        ret->kind = row->on_phone ? LOOK_TO_PHONE : LOOK_ISSUED;
        ret->by = by_unit;
        break;
    case LOOK_OF_HAND_OUT: ret->kind = LOOK_HANDED_OUT; break;
    case LOOK_OF_CHECK:
        ret->kind = LOOK_CHECKED;
        ret->by = LOOK_BY_HOLDER;
        ret->times = (int)(row->times < TIMES_MOST ? row->times : TIMES_MOST);
        break;
    case LOOK_SOURCE_COUNT: break;
    }
}

/* Into its place among the newest of all sources. */
static bool add_look(void *ctx, const LookRow *row, Error *err UNUSED)
{
    ApiLooks *looks = ((Telling *)ctx)->looks;
    ApiLook look;
    size_t at;

    tell(row, &look);
    for (at = looks->count; at > 0 && looks->items[at - 1].at_s < look.at_s;)
        at--;
    if (looks->count == LOOKS_MOST)
        looks->more = true;
    else
        looks->count++;
    if (at < looks->count) {
        memmove(&looks->items[at + 1], &looks->items[at], (looks->count - 1 - at) * sizeof look);
        looks->items[at] = look;
    }
    return true;
}

static bool read_all(StoreTransaction *transaction, void *arg, Error *err)
{
    Telling *telling = arg;

    *telling->looks = (ApiLooks){ 0 };
    for (LookSource source = 0; source < LOOK_SOURCE_COUNT; source++)
        if (!looks_each(transaction, source, telling->student, LOOKS_MOST + 1, add_look, telling, err))
            return false;
    return true;
}

bool looks_of(Office *office, const Session *session, ApiProblem *ret_problem, ApiLooks *ret, Error *err)
{
    Telling telling = { session->student, ret };

    *ret = (ApiLooks){ 0 };
    *ret_problem = (ApiProblem){ .kind = session->weak ? PROBLEM_NOT_ALLOWED : PROBLEM_NONE };
    return session->weak || store_read(office->store, read_all, &telling, err) || error_add(err, "looks");
}

/* --- checks ------------------------------------------------------------------------------------------------------- */

static bool write_check(StoreTransaction *transaction, void *arg, Error *err)
{
    const NotedCheck *check = arg;

    return copy_checks_add(transaction, check->code, check->at_s, err);
}

bool checks_note(Office *office, const char *code, Error *err)
{
    NotedCheck check = { .at_s = office_now_s(office) };

    str_copy_cut(str_from(code), check.code, sizeof check.code);
    return queue_push(office->checks, &check) || store_write(office->store, write_check, &check, err) ||
           error_add(err, "check of a code");
}

typedef struct Settling {
    NotedCheck checks[NOTED_CHECKS_MOST];
    size_t count;
} Settling;

static bool settle(StoreTransaction *transaction, void *arg, Error *err)
{
    Settling *settling = arg;

    for (size_t i = 0; i < settling->count; i++)
        if (!write_check(transaction, &settling->checks[i], err))
            return false;
    return true;
}

bool checks_settle(Office *office, Error *err)
{
    Settling settling = { .count = 0 };

    while (settling.count < NOTED_CHECKS_MOST && queue_pop(office->checks, &settling.checks[settling.count], 0))
        settling.count++;
    return settling.count == 0 || store_write(office->store, settle, &settling, err) ||
           error_add(err, "checks of codes");
}
