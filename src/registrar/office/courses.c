#include "registrar/office/courses.h"

#include "registrar/office/errands.h"
#include "registrar/office/feed.h"
#include "registrar/office/students.h"
#include "registrar/store/students.h"

#define THREADS 2
#define SOURCE  "moodle"

typedef struct Taking {
    const Errand *errand;
    int64_t now_ms;
    Str told; /* empty: Moodle does not know them */
    bool changed;
} Taking;

static bool put_told(StoreTransaction *transaction, Taking *taking, Error *err)
{
    const int64_t student = taking->errand->student, now_s = taking->now_ms / 1000;
    int64_t as_of_s;
    OWNED_BUF kept;
    bool found;

    buf_init(&kept, MOODLE_PART_MOST);
    if (!records_get(transaction, student, MOODLE_PART, &found, &kept, &as_of_s, err))
        return false;
    if (found && str_equal(buf_str(&kept), taking->told)) /* both canonical */
        return records_seen(transaction, student, MOODLE_PART, SOURCE, now_s, "", err);
    taking->changed = true;
    return records_told(transaction, student, &(RecordRow){ MOODLE_PART, taking->told, SOURCE, now_s }, "", err);
}

static bool take(StoreTransaction *transaction, void *arg, Error *err)
{
    Taking *taking = arg;

    taking->changed = false;
    if (taking->told.len > 0
            ? !put_told(transaction, taking, err)
            : !records_drop(transaction, taking->errand->student, MOODLE_PART, SOURCE, &taking->changed, err))
        return error_add(err, "Moodle's word on a student");
    return !taking->changed ||
           feed_say(transaction,
                    &(FeedEvent){ .what = CHANGED_RECORD, .kiosk = taking->errand->kiosk, .at_ms = taking->now_ms },
                    err);
}

typedef struct Age {
    int64_t student, as_of_s;
} Age;

static bool look_at_age(StoreTransaction *transaction, void *arg, Error *err)
{
    Age *age = arg;
    OWNED_BUF body;
    bool found;

    buf_init(&body, MOODLE_PART_MOST);
    age->as_of_s = 0;
    return records_get(transaction, age->student, MOODLE_PART, &found, &body, &age->as_of_s, err);
}

static bool is_fresh(Office *office, int64_t student)
{
    Age age = { .student = student };

    return store_read(office->store, look_at_age, &age, NULL) && office_now_s(office) - age.as_of_s < COURSES_FRESH_S;
}

static void read_courses(Office *office, const Errand *errand)
{
    const Clock clock = clock_system();
    const int64_t began_ms = clock_monotonic_ms(&clock);
    OWNED_BUF told;
    Error err = { 0 };

    buf_init(&told, MOODLE_PART_MOST);
    if (is_fresh(office, errand->student))
        return;
    MoodleOutcome outcome = moodle_read(office->config.moodle, errand->number, &told, &err);
    Taking taking = { .errand = errand, .now_ms = office_now_ms(office), .told = buf_str(&told) };
    bool done = outcome == MOODLE_OK || outcome == MOODLE_NOBODY;
    if (done)
        done = store_write(office->store, take, &taking, &err);
    const LogField fields[] = { LOG_WORD("kiosk", errand->kiosk),
                                LOG_WORD("moodle", moodle_outcome_name(outcome)),
                                LOG_NUMBER("changed", taking.changed),
                                LOG_NUMBER("ms", clock_monotonic_ms(&clock) - began_ms),
                                { 0 } };
    if (done)
        log_write(office->log, LOG_INFO, EVENT_COURSES_READ, fields);
    else
        log_failure(office->log, LOG_WARN, EVENT_COURSES_READ, &err, fields);
}

void courses_ask(Office *office, int64_t student, const char *number, const char *kiosk)
{
    Errand errand = { .student = student };

    if (!office->courses || student == 0)
        return;
    str_copy_cut(str_from(number), errand.number, sizeof errand.number);
    str_copy_cut(str_from(kiosk), errand.kiosk, sizeof errand.kiosk);
    if (!errands_ask(office->courses, &errand))
        LOG(office->log, LOG_WARN, EVENT_COURSES_READ, LOG_WORD("kiosk", kiosk), LOG_WORD("moodle", "not-asked"),
            LOG_NUMBER("ms", 0));
}

bool courses_start(Office *office, Error *err)
{
    if (!office->config.moodle)
        return true;
    moodle_hush(office->config.moodle, false);
    office->courses = errands_new(office, THREADS, read_courses, err);
    return office->courses || error_add(err, "courses");
}

void courses_stop(Office *office)
{
    if (!office->courses)
        return;
    moodle_hush(office->config.moodle, true);
    errands_free(office->courses);
    office->courses = NULL;
}
