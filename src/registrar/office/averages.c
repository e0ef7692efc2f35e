#include "registrar/office/averages.h"

#include <stdio.h>
#include <string.h>

#include "registrar/office/inside.h"
#include "registrar/store/acts.h"
#include "registrar/store/names.h"
#include "wire/json.h"

#define PART_BYTES_MOST (256u << 10)

/* --- one student -------------------------------------------------------------------------------------------------- */

typedef struct Parts {
    Buf *profile, *results, *contract;
} Parts;

static json_t *part_of(const Buf *body)
{
    return body->len ? json_read(buf_str(body), NULL) : NULL;
}

static bool weigh(const Office *office, const char *number, const Parts *parts, Averages *ret, Results *results,
                  json_t **ret_contract, Error *err)
{
    OWNED(json_t) profile = part_of(parts->profile);
    OWNED(json_t) rows = part_of(parts->results);
    Error why = { 0 };

    *ret = (Averages){ .rules = institution_marking(office->institution), .results = results };
    str_copy_cut(str_from(number), ret->number, sizeof ret->number);
    *ret_contract = part_of(parts->contract);
    ret->contract = *ret_contract;
    if (!results_read(ret->rules, rows, results, &why)) {
        if (why.code != ERR_FORMAT)
            return error_set(err, why.code, "%s", why.text);
        str_copy_cut(str_from(why.text), ret->fault, sizeof ret->fault);
        ret->differs = true;
        return true;
    }
    ret->count = marks_compare(ret->rules, results, profile, ret->rows);
    for (size_t i = 0; i < ret->count; i++)
        ret->differs = ret->differs || ret->rows[i].differs;
    return true;
}

static bool show(const Office *office, const char *number, const Parts *parts, bool all, AveragesEach each, void *ctx,
                 Error *err)
{
    Averages averages;
    OWNED_RESULTS results = { 0 };
    OWNED(json_t) contract = NULL;

    return weigh(office, number, parts, &averages, &results, &contract, err) &&
           (!(all || averages.differs) || each(ctx, &averages, err));
}

static bool read_part(StoreTransaction *transaction, int64_t student, const char *part, Buf *body, Error *err)
{
    int64_t as_of_s;
    bool found;

    buf_clear(body);
    return records_get(transaction, student, part, &found, body, &as_of_s, err) && buf_ok(body, err);
}

typedef struct Reading {
    const char *number; /* NULL: the next student after that one */
    int64_t after;
    int64_t student; /* who was found */
    bool found;
    char found_number[STUDENT_NUMBER_SIZE];
    Parts parts;
} Reading;

static bool read_student(StoreTransaction *transaction, void *arg, Error *err)
{
    Reading *reading = arg;
    const Parts *parts = &reading->parts;
    NamedRow row = { 0 };
    int64_t student;

    if (reading->number
            ? !students_find(transaction, reading->number, &reading->found, &row.student, err)
            : !names_next(transaction, reading->after, false, 0, &reading->found, &row, parts->profile, err))
        return false;
    if (!reading->found)
        return true;
    student = reading->student = row.student;
    str_copy_cut(str_from(reading->number ? reading->number : row.number), reading->found_number,
                 sizeof reading->found_number);
    return read_part(transaction, student, "profile", parts->profile, err) &&
           read_part(transaction, student, "results", parts->results, err) &&
           read_part(transaction, student, "contract", parts->contract, err);
}

/* --- the acts ----------------------------------------------------------------------------------------------------- */

typedef struct Acting {
    const char *actor, *act, *object;
    int64_t now_ms;
} Acting;

static bool write_act(StoreTransaction *transaction, void *arg, Error *err)
{
    const Acting *acting = arg;

    return acts_add(transaction, &(Act){ acting->now_ms, acting->actor, acting->act, acting->object, NULL }, err);
}

static bool log_look(Office *office, const char *actor, const char *act, const char *object, Error *err)
{
    Acting acting = { actor, act, object, office_now_ms(office) };

    return store_write(office->store, write_act, &acting, err);
}

bool averages_of(Office *office, const char *number, const char *actor, AveragesEach each, void *ctx, Error *err)
{
    char object[48];
    OWNED_BUF profile, results, contract;
    Reading reading = { .number = number, .parts = { &profile, &results, &contract } };

    buf_init(&profile, PART_BYTES_MOST);
    buf_init(&results, PART_BYTES_MOST);
    buf_init(&contract, PART_BYTES_MOST);
    if (!store_read(office->store, read_student, &reading, err))
        return error_add(err, "averages");
    if (!reading.found)
        return error_set(err, ERR_NOT_FOUND, "nobody has the number %.20s", number);
    (void)snprintf(object, sizeof object, "student:%lld", (long long)reading.student);
    return (log_look(office, actor, "student.averages-read", object, err) &&
            show(office, reading.found_number, &reading.parts, true, each, ctx, err)) ||
           error_add(err, "averages");
}

bool averages_differing(Office *office, const char *actor, AveragesEach each, void *ctx, size_t *ret_students,
                        Error *err)
{
    OWNED_BUF profile, results, contract;
    Reading reading = { .parts = { &profile, &results, &contract } };

    buf_init(&profile, PART_BYTES_MOST);
    buf_init(&results, PART_BYTES_MOST);
    buf_init(&contract, PART_BYTES_MOST);
    *ret_students = 0;
    if (!log_look(office, actor, "students.averages-read", "office", err))
        return error_add(err, "averages");
    for (;;) {
        if (!store_read(office->store, read_student, &reading, err))
            return error_add(err, "averages");
        if (!reading.found)
            return true;
        reading.after = reading.student;
        ++*ret_students;
        if (!show(office, reading.found_number, &reading.parts, false, each, ctx, err))
            return error_add(err, "averages");
    }
}
