#include "registrar/office/statistics.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/office/fields.h"
#include "registrar/office/inside.h"
#include "registrar/office/jobs.h"
#include "registrar/office/promises.h"
#include "registrar/office/staff.h"
#include "registrar/office/tallies.h"
#include "registrar/store/statistics.h"
#include "wire/json.h"

#define UNREAD_AT_ONCE     500
#define PROFILE_BYTES_MOST (256u << 10)
#define HOUR_S             3600

typedef struct Counting {
    Office *office;
    const StatisticsWanted *wanted;
    StatisticsQuery query;
    int64_t offset_s; /* of the institution's time */
    Tallies by[TALLY_BY_COUNT];
    int64_t hour_at;   /* since 1970, by the institution's time; -1: none yet */
    Tally *at_hour[3]; /* its day's, its hour's, its weekday's */
    Promises promises;
    Statistics *ret;
} Counting;

/* --- faculties ---------------------------------------------------------------------------------------------------- */

typedef struct Unread {
    int64_t ids[UNREAD_AT_ONCE];
    size_t count;
} Unread;

static bool find_unread(StoreTransaction *transaction, void *arg, Error *err)
{
    Unread *unread = arg;

    return faculties_unread(transaction, unread->ids, UNREAD_AT_ONCE, &unread->count, err);
}

static bool read_some(StoreTransaction *transaction, void *arg, Error *err)
{
    Unread *unread = arg;
    OWNED_BUF body;

    buf_init(&body, PROFILE_BYTES_MOST);
    if (!find_unread(transaction, arg, err))
        return false;
    for (size_t i = 0; i < unread->count; i++) {
        char code[FACULTY_SIZE] = "";
        int64_t as_of_s;
        bool found;

        buf_clear(&body);
        if (!records_get(transaction, unread->ids[i], "profile", &found, &body, &as_of_s, err))
            return false;
        OWNED(json_t) profile = found ? json_read(buf_str(&body), NULL) : NULL;
        const char *said = fields_faculty(profile);
        if (said && !str_copy(str_from(said), code, sizeof code))
            code[0] = '\0';
        if (!faculties_put(transaction, unread->ids[i], code, err))
            return false;
    }
    return true;
}

/* Of students from before there was a column for it: once. */
static bool read_faculties(Office *office, Error *err)
{
    Unread *unread = mem_new(1, sizeof *unread);
    bool done = unread ? store_read(office->store, find_unread, unread, err) : error_set(err, ERR_MEMORY, "faculties");

    while (done && unread->count > 0) {
        done = store_write(office->store, read_some, unread, err);
        if (unread->count < UNREAD_AT_ONCE)
            break;
    }
    mem_free(unread);
    return done;
}

/* --- keys --------------------------------------------------------------------------------------------------------- */

/* Where in its period's days, hours and weekdays something falls.  Rows come in their order, so that mostly the hour is
 * that of the one before. */
static void find_hour(Counting *counting, int64_t at_s)
{
    const int64_t hour_at = (at_s + counting->offset_s) / HOUR_S;
    char day[16], hour[8], weekday[4];

    if (hour_at == counting->hour_at)
        return;
    const DateTime at = date_time_at(at_s * 1000, (int)(counting->offset_s / 60));
    (void)snprintf(day, sizeof day, "%04d-%02d-%02d", at.date.year, at.date.month, at.date.day);
    (void)snprintf(hour, sizeof hour, "%02d", at.hour);
    (void)snprintf(weekday, sizeof weekday, "%d", at.weekday);
    counting->hour_at = hour_at;
    counting->at_hour[0] = tallies_of(&counting->by[BY_DAY], str_from(day));
    counting->at_hour[1] = tallies_of(&counting->by[BY_HOUR], str_from(hour));
    counting->at_hour[2] = tallies_of(&counting->by[BY_WEEKDAY], str_from(weekday));
}

/* ... and where it was asked for. */
static size_t tallies_at(Counting *counting, int64_t at_s, Str place, Tally *ret[4])
{
    find_hour(counting, at_s);
    memcpy(ret, counting->at_hour, sizeof counting->at_hour);
    ret[3] = tallies_of(&counting->by[BY_PLACE], place);
    return 4;
}

/* Every day, hour and weekday of the period has its row, also when nothing happened. */
static void put_times(Counting *counting)
{
    const int days = date_days_between(counting->wanted->from, counting->wanted->to) + 1;

    for (int i = 0; i < days; i++) {
        const Date day = date_add_days(counting->wanted->from, i);
        char key[16];

        (void)snprintf(key, sizeof key, "%04d-%02d-%02d", day.year, day.month, day.day);
        (void)tallies_of(&counting->by[BY_DAY], str_from(key));
    }
    for (int i = 0; i < 24; i++) {
        char key[8];

        (void)snprintf(key, sizeof key, "%02d", i);
        (void)tallies_of(&counting->by[BY_HOUR], str_from(key));
    }
    for (int i = 1; i <= 7; i++) {
        char key[4];

        (void)snprintf(key, sizeof key, "%d", i);
        (void)tallies_of(&counting->by[BY_WEEKDAY], str_from(key));
    }
}

/* --- copies ------------------------------------------------------------------------------------------------------- */

static int sheets_of(const CopyFact *fact)
{
    if (!fact->has_job)
        return 0;
    if (fact->sheets_seen >= 0)
        return fact->sheets_seen;
    return fact->state == JOB_PRINTED ? fact->sheets_expected : 0;
}

static void add_paper(const CopyFact *fact, Tally *tally)
{
    const bool replaced = fact->delivery == DELIVERY_SUPERSEDED;
    const int sheets = sheets_of(fact);

    tally->papers++;
    tally->sheets += sheets;
    if (!fact->has_job || replaced) {
        tally->failed++;
        tally->spoiled += sheets;
        return;
    }
    switch (fact->state) {
    case JOB_PRINTED: tally->printed++; return;
    case JOB_UNKNOWN: tally->unsure++; return;
    case JOB_WAITING:
    case JOB_HELD:
    case JOB_ASSIGNED:
    case JOB_SENDING:
    case JOB_SENT: tally->under_way++; return;
    case JOB_PARTLY:
    case JOB_CANCELLED:
    case JOB_ABORTED:
    case JOB_EXPIRED: break;
    }
    tally->failed++;
    tally->spoiled += sheets;
}

static void add_copy(const CopyFact *fact, Tally *tally)
{
    if (fact->on_phone)
        tally->phones++;
    else
        add_paper(fact, tally);
}

static const char *reason_of(const char *const *reasons, Str said)
{
    for (; *reasons; reasons++)
        if (str_equal_text(said, *reasons))
            return *reasons;
    return "";
}

static void add_refusal(Statistics *statistics, RefusalKind kind, const char *cause, int64_t count)
{
    for (size_t i = 0; i < statistics->refusal_count; i++) {
        RefusalRow *row = &statistics->refusals[i];

        if (row->kind == kind && strcmp(row->cause, cause) == 0) {
            row->count += count;
            return;
        }
    }
    if (statistics->refusal_count < REFUSALS_MOST)
        statistics->refusals[statistics->refusal_count++] = (RefusalRow){ kind, cause, count };
}

static bool count_copy(void *ctx, const CopyFact *fact, Error *err UNUSED)
{
    Counting *counting = ctx;
    Tally *tallies[7] = { &counting->ret->total };
    size_t count = 1 + tallies_at(counting, fact->asked_at_s, fact->place, tallies + 1);

    tallies[count++] = tallies_of(&counting->by[BY_SERVICE], fact->service);
    tallies[count++] = tallies_of(&counting->by[BY_FACULTY], fact->faculty);
    for (size_t i = 0; i < count; i++)
        add_copy(fact, tallies[i]);
    if (fact->has_job && fact->owner.len > 0)
        add_copy(fact, tallies_of(&counting->by[BY_PRINTER], fact->owner));
    if (fact->has_job && (fact->state == JOB_CANCELLED || fact->state == JOB_ABORTED))
        add_refusal(counting->ret, REFUSAL_CANCELLED, reason_of(job_cancel_reasons, fact->cancelled), 1);
    if (fact->again.len > 0)
        add_refusal(counting->ret, REFUSAL_REPRINTED, reason_of(job_reprint_reasons, fact->again), 1);
    return true;
}

/* --- applications, lines ------------------------------------------------------------------------------------------ */

static bool count_application(void *ctx, const ApplicationFact *fact, Error *err)
{
    Counting *counting = ctx;
    Tally *tallies[7] = { &counting->ret->total };
    size_t count = 1 + tallies_at(counting, fact->asked_at_s, fact->place, tallies + 1);

    tallies[count++] = tallies_of(&counting->by[BY_SERVICE], fact->service);
    tallies[count++] = tallies_of(&counting->by[BY_FACULTY], fact->faculty);
    for (size_t i = 0; i < count; i++)
        tallies[i]->applications++;
    if (fact->state == ASKED_WITHDRAWN || fact->state == ASKED_EXPIRED)
        add_refusal(counting->ret, fact->state == ASKED_WITHDRAWN ? REFUSAL_WITHDRAWN : REFUSAL_EXPIRED, "", 1);
    return promises_add(&counting->promises, fact, err);
}

/* The template whose words these are, in whatever language; "": they are somebody's own. */
static const char *template_of(const AnswerTemplates *templates, Str words)
{
    for (size_t i = 0; i < templates->count && words.len > 0; i++)
        for (Language language = 0; language < LANGUAGE_COUNT; language++) {
            const char *own = templates->templates[i].words.in[language];

            if (own && str_equal_text(words, own))
                return templates->templates[i].row.id;
        }
    return "";
}

static bool count_refusal(void *ctx, const RefusalFact *fact, Error *err UNUSED)
{
    Counting *counting = ctx;

    add_refusal(counting->ret, fact->state == STAGE_DECLINED ? REFUSAL_DECLINED : REFUSAL_RETURNED,
                template_of(&counting->ret->templates, fact->words), fact->count);
    return true;
}

static bool count_line(void *ctx, const LineFact *fact, Error *err UNUSED)
{
    Counting *counting = ctx;
    Tally *tallies[5] = { &counting->ret->total };
    const size_t count = 1 + tallies_at(counting, fact->at_s, fact->place, tallies + 1);

    for (size_t i = 0; i < count; i++) {
        tallies[i]->calls += fact->is_call;
        tallies[i]->tickets += !fact->is_call;
        tallies[i]->gone += !fact->is_call && fact->gone;
    }
    return true;
}

/* --- work --------------------------------------------------------------------------------------------------------- */

static const struct {
    const char *act; /* "print-job.": whatever begins so */
    WorkKind kind;
} works[] = {
    { "stage.decided", WORK_DECIDED },
    { "copy.collected", WORK_HANDED_OUT },
    { "print-job.seen", WORK_LOOKS },
    { "print-job.", WORK_PRINTS },
    { "ticket.served", WORK_SERVED },
    { "call.coming", WORK_CALLS },
    { "invoice.paid", WORK_PAYMENTS },
    { "invoice.refunded", WORK_PAYMENTS },
    { "order.issued", WORK_DECIDED },
    { "order.dropped", WORK_DECIDED },
    { "document.number-taken", WORK_PAPERS },
    { "document.revoked", WORK_PAPERS },
    { "document.suspended", WORK_PAPERS },
    { "document.replaced", WORK_PAPERS },
    { "blank.", WORK_PAPERS },
    { "notice.", WORK_CONTENT },
    { "service.", WORK_CONTENT },
    { "template.", WORK_CONTENT },
    { "page.", WORK_CONTENT },
    { "campaign.", WORK_CONTENT },
    { "calendar.", WORK_CONTENT },
    { "answer-template.", WORK_CONTENT },
    { "request.seen", WORK_LOOKS },
    { "student.seen", WORK_LOOKS },
    { "student.services-seen", WORK_LOOKS },
    { "document.seen", WORK_LOOKS },
    { "invoice.seen", WORK_LOOKS },
    { "paper.seen", WORK_LOOKS },
    { "students.searched", WORK_LOOKS },
    { "audit.", WORK_LOOKS },
};

bool work_kind_of(Str act, WorkKind *ret)
{
    for (size_t i = 0; i < COUNT(works); i++) {
        const Str name = str_from(works[i].act);

        if (str_equal(act, name) || (str_ends(name, STR(".")) && str_starts(act, name))) {
            *ret = works[i].kind;
            return true;
        }
    }
    return false;
}

static WorkRow *worker_of(Statistics *statistics, const WorkFact *fact)
{
    const Str name = { fact->actor.ptr + strlen("staff:"), fact->actor.len - strlen("staff:") };

    for (size_t i = 0; i < statistics->work_count; i++)
        if (str_equal_text(name, statistics->work[i].name))
            return &statistics->work[i];
    if (statistics->work_count == WORKERS_MOST)
        return NULL;
    WorkRow *row = &statistics->work[statistics->work_count++];
    str_copy_cut(name, row->name, sizeof row->name);
    str_copy_cut(fact->name, row->full_name, sizeof row->full_name);
    return row;
}

static bool count_work(void *ctx, const WorkFact *fact, Error *err UNUSED)
{
    Counting *counting = ctx;
    WorkKind kind;

    if (!work_kind_of(fact->act, &kind) || !str_starts(fact->actor, STR("staff:")))
        return true;
    WorkRow *row = worker_of(counting->ret, fact);
    if (row)
        row->of[kind] += fact->count;
    return true;
}

/* --- counting ----------------------------------------------------------------------------------------------------- */

/* An act may be run again. */
static void count_from_nothing(Counting *counting)
{
    Statistics *ret = counting->ret;

    counting->hour_at = -1;
    ret->total = (Tally){ 0 };
    ret->refusal_count = ret->work_count = 0;
    for (int by = 0; by < TALLY_BY_COUNT; by++)
        tallies_clear(&counting->by[by]);
    promises_clear(&counting->promises);
    put_times(counting);
}

static bool read_all(StoreTransaction *transaction, void *arg, Error *err)
{
    Counting *counting = arg;
    const StatisticsQuery *query = &counting->query;
    Statistics *ret = counting->ret;
    const char *clerk = counting->wanted->clerk;
    char actor[STAFF_ACTOR_SIZE] = "";

    if (clerk[0])
        staff_actor(actor, clerk);
    count_from_nothing(counting);
    return statistics_copies(transaction, query, count_copy, counting, err) &&
           statistics_applications(transaction, query, count_application, counting, err) &&
           statistics_refusals(transaction, query, count_refusal, counting, err) &&
           (!ret->has_lines || statistics_lines(transaction, query, count_line, counting, err)) &&
           statistics_work(transaction, query->from_s, query->to_s, actor, count_work, counting, err);
}

static bool counting_begin(Counting *counting, Error *err)
{
    const StatisticsWanted *wanted = counting->wanted;
    Office *office = counting->office;
    const int offset = office->config.utc_offset_minutes;

    counting->offset_s = offset * INT64_C(60);
    counting->query = (StatisticsQuery){ .from_s = date_start_s(wanted->from, offset),
                                         .to_s = date_start_s(date_add_days(wanted->to, 1), offset),
                                         .service = wanted->service,
                                         .place = wanted->place,
                                         .faculty = wanted->faculty,
                                         .scope = wanted->scope };
    counting->ret->has_lines =
        !wanted->service[0] && !wanted->faculty[0] && !scope_is_limited(wanted->scope, SCOPE_FACULTY);
    for (int by = 0; by < TALLY_BY_COUNT; by++)
        if (!tallies_init(&counting->by[by], &counting->ret->by[by], err))
            return false;
    return promises_init(&counting->promises, institution_calendar(office->institution), office_now_s(office), err);
}

bool statistics_count(Office *office, const StatisticsWanted *wanted, Statistics *ret, Error *err)
{
    Counting counting = { .office = office, .wanted = wanted, .ret = ret };
    bool done = counting_begin(&counting, err) && templates_list(office, NULL, &ret->templates, err) &&
                read_faculties(office, err);
    done = done && store_read(office->store, read_all, &counting, err);
    for (int by = 0; by < TALLY_BY_COUNT; by++)
        tallies_end(&counting.by[by]);
    if (done)
        promises_end(&counting.promises, ret);
    promises_fini(&counting.promises);
    return done || error_add(err, "statistics");
}

void statistics_fini(Statistics *statistics)
{
    for (int by = 0; by < TALLY_BY_COUNT; by++)
        mem_free(statistics->by[by].rows);
    mem_free(statistics->promises);
    templates_fini(&statistics->templates);
    *statistics = (Statistics){ 0 };
}

/* --- choices ------------------------------------------------------------------------------------------------------ */

typedef struct Choosing {
    const StaffScope *scope;
    Language language;
    StatisticsChoices *ret;
} Choosing;

static bool name_faculty(StoreTransaction *transaction, const Choosing *choosing, const FacultyRow *row, Error *err)
{
    StatisticsChoices *ret = choosing->ret;
    char *name = ret->faculties[ret->faculty_count].name;
    OWNED_BUF body;
    int64_t as_of_s;
    bool found;

    buf_init(&body, PROFILE_BYTES_MOST);
    if (!records_get(transaction, row->student, "profile", &found, &body, &as_of_s, err))
        return false;
    OWNED(json_t) profile = found ? json_read(buf_str(&body), NULL) : NULL;
    const json_t *names = json_object_get(json_object_get(profile, "faculty"), "names");
    const char *text = json_string_value(json_object_get(names, language_tag(choosing->language)));
    if (!text)
        text = json_string_value(json_object_get(names, language_tag(LANGUAGE_FIRST)));
    str_copy_cut(str_from(text ? text : row->code), name, sizeof ret->faculties[0].name);
    str_copy_cut(str_from(row->code), ret->faculties[ret->faculty_count++].code, STATISTICS_KEY_SIZE);
    return true;
}

static bool read_choices(StoreTransaction *transaction, void *arg, Error *err)
{
    Choosing *choosing = arg;
    FacultyRow rows[STATISTICS_PLACES_MOST];
    size_t count;

    choosing->ret->faculty_count = 0;
    if (!statistics_places(transaction, choosing->ret->places, STATISTICS_PLACES_MOST, &choosing->ret->place_count,
                           err) ||
        !faculties_list(transaction, rows, COUNT(rows), &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (scope_has(choosing->scope, SCOPE_FACULTY, str_from(rows[i].code)) &&
            !name_faculty(transaction, choosing, &rows[i], err))
            return false;
    return true;
}

bool statistics_choices(Office *office, const StaffScope *scope, Language language, StatisticsChoices *ret, Error *err)
{
    Choosing choosing = { scope, language, ret };

    *ret = (StatisticsChoices){ 0 };
    return (read_faculties(office, err) && store_read(office->store, read_choices, &choosing, err)) ||
           error_add(err, "statistics");
}

/* --- taking along ------------------------------------------------------------------------------------------------- */

typedef struct Taken {
    int64_t now_ms;
    const char *actor;
    char detail[64];
} Taken;

static bool note_taken(StoreTransaction *transaction, void *arg, Error *err)
{
    const Taken *taken = arg;

    return acts_add(transaction, &(Act){ taken->now_ms, taken->actor, "statistics.exported", "office", taken->detail },
                    err);
}

bool statistics_taken(Office *office, const char *actor, Date from, Date to, Error *err)
{
    Taken taken = { .now_ms = office_now_ms(office), .actor = actor };

    (void)snprintf(taken.detail, sizeof taken.detail, "{\"from\":\"%04d-%02d-%02d\",\"to\":\"%04d-%02d-%02d\"}",
                   from.year, from.month, from.day, to.year, to.month, to.day);
    return store_write(office->store, note_taken, &taken, err) || error_add(err, "statistics");
}
