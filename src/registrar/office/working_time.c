#include "registrar/office/working_time.h"

#include <string.h>

#include "base/memory.h"
#include "registrar/office/feed.h"
#include "registrar/office/inside.h"
#include "registrar/office/shelf_keeper.h"
#include "registrar/store/acts.h"
#include "registrar/store/requests.h"
#include "wire/json.h"

#define BODY_MOST     (32u << 10)
#define PROMISED_MOST 2000 /* requests that are looked at for what a change breaks */

/* --- as text ------------------------------------------------------------------------------------------------------ */

bool working_time_parse(const Office *office, Str json, Calendar *ret, Error *err)
{
    OWNED(json_t) object = json_read(json, err);

    return object && calendar_read(object, office->config.utc_offset_minutes, ret, err);
}

static json_t *time_json(int minutes)
{
    return json_sprintf("%02d:%02d", minutes / 60 % 100, minutes % 60);
}

static json_t *day_json(Date day)
{
    return json_sprintf("%04d-%02d-%02d", day.year, day.month, day.day);
}

/* Days that have the same hours share a part: how people write it. */
static json_t *hours_json(const Calendar *calendar)
{
    json_t *parts = json_array();
    bool told[CALENDAR_HOURS_MOST] = { false };

    for (size_t i = 0; i < calendar->hours_count; i++) {
        const CalendarHours *one = &calendar->hours[i];
        json_t *days = told[i] ? NULL : json_array();

        for (size_t k = i; days && k < calendar->hours_count; k++) {
            if (calendar->hours[k].from != one->from || calendar->hours[k].to != one->to)
                continue;
            told[k] = true;
            (void)json_array_append_new(days, json_integer(calendar->hours[k].weekday));
        }
        if (days)
            (void)json_array_append_new(
                parts, json_pack("{so so so}", "days", days, "from", time_json(one->from), "to", time_json(one->to)));
    }
    return parts;
}

bool working_time_write(const Calendar *calendar, Buf *ret, Error *err)
{
    json_t *holidays = json_array(), *moved = json_array();

    for (size_t i = 0; i < calendar->holiday_count; i++)
        (void)json_array_append_new(holidays, day_json(calendar->holidays[i]));
    for (size_t i = 0; i < calendar->moved_count; i++)
        (void)json_array_append_new(
            moved, json_pack("{so si}", "day", day_json(calendar->moved[i].day), "as", calendar->moved[i].weekday));
    OWNED(json_t)
    json = json_pack("{so so so}", "opening_hours", hours_json(calendar), "holidays", holidays, "working_days_moved",
                     moved);
    return json ? json_write(json, ret, err) : error_set(err, ERR_MEMORY, "working time");
}

/* --- what counts here --------------------------------------------------------------------------------------------- */

typedef struct Looking {
    bool found;
    ContentRow row;
    Buf body;
} Looking;

static bool look(StoreTransaction *transaction, void *arg, Error *err)
{
    Looking *looking = arg;

    return working_times_get(transaction, &looking->found, &looking->row, &looking->body, err);
}

static bool take(Office *office, const Looking *looking, Error *err)
{
    Calendar calendar;

    if (institution_calendar_is(office->institution, looking->found ? looking->row.version : ""))
        return true;
    if (!looking->found)
        return institution_set_calendar(office->institution, NULL, "", err);
    return working_time_parse(office, buf_str(&looking->body), &calendar, err) &&
           institution_set_calendar(office->institution, &calendar, looking->row.version, err);
}

bool working_time_follow(Office *office, Error *err)
{
    Looking looking = { .found = false };

    buf_init(&looking.body, BODY_MOST);
    const bool done = store_read(office->store, look, &looking, err) && take(office, &looking, err);
    buf_fini(&looking.body);
    return done || error_add(err, "working time");
}

/* Of institution.json's own there is no row: its version is that of its text. */
static bool describe(Office *office, const Looking *looking, WorkingTime *ret, Error *err)
{
    OWNED_BUF body;

    buf_init(&body, BODY_MOST);
    ret->own = looking->found;
    ret->row = looking->row;
    if (looking->found)
        return working_time_parse(office, buf_str(&looking->body), &ret->calendar, err);
    ret->calendar = *institution_own_calendar(office->institution);
    ret->row = (ContentRow){ .n = 0 };
    return working_time_write(&ret->calendar, &body, err) && content_version(buf_str(&body), ret->row.version, err);
}

bool working_time_get(Office *office, WorkingTime *ret, Error *err)
{
    Looking looking = { .found = false };

    buf_init(&looking.body, BODY_MOST);
    const bool done = store_read(office->store, look, &looking, err) && take(office, &looking, err) &&
                      describe(office, &looking, ret, err);
    buf_fini(&looking.body);
    return done || error_add(err, "working time");
}

/* --- changing ----------------------------------------------------------------------------------------------------- */

typedef struct Changing {
    Office *office;
    const char *seen, *actor;
    int64_t now_ms;
    bool own; /* it is to be the office's own; else institution.json's again */
    Buf after;
    char version[CONTENT_VERSION_SIZE]; /* of after */
    WorkingTimeOutcome outcome;
    Looking before;
} Changing;

static bool log_change(StoreTransaction *transaction, const Changing *changing, const WorkingTime *before, Str text,
                       Error *err)
{
    OWNED_BUF detail;

    buf_init(&detail, 2 * BODY_MOST + 64);
    buf_add_text(&detail, "{\"before\":");
    buf_add_str(&detail, text);
    buf_add_text(&detail, ",\"after\":");
    buf_add_str(&detail, buf_str(&changing->after));
    buf_add_text(&detail, "}");
    const ContentState stood = { text, before->row.version, before->row.author, before->row.changed_at_s },
                       stands = { buf_str(&changing->after), changing->version, changing->actor,
                                  changing->now_ms / 1000 };
    return buf_ok(&detail, err) &&
           content_keep(transaction, CONTENT_CALENDAR, CONTENT_CALENDAR_ID, &stood, &stands, err) &&
           acts_add(transaction,
                    &(Act){ changing->now_ms, changing->actor, "calendar.put", "calendar:office", buf_text(&detail) },
                    err) &&
           feed_say(transaction, &(FeedEvent){ .what = CHANGED_INFORMATION, .at_ms = changing->now_ms }, err);
}

static bool change(StoreTransaction *transaction, void *arg, Error *err)
{
    Changing *changing = arg;
    ContentRow row = { .changed_at_s = changing->now_ms / 1000 };
    WorkingTime *before = mem_new(1, sizeof *before);
    OWNED_BUF text;

    buf_init(&text, BODY_MOST);
    bool done = (before || error_set(err, ERR_MEMORY, "working time")) && look(transaction, &changing->before, err) &&
                describe(changing->office, &changing->before, before, err) &&
                working_time_write(&before->calendar, &text, err);
    if (done) {
        str_copy_cut(str_from(changing->version), row.version, sizeof row.version);
        str_copy_cut(str_from(changing->actor), row.author, sizeof row.author);
        changing->outcome = strcmp(before->row.version, changing->seen) != 0 ? WORKING_TIME_UNMET
                            : before->own == changing->own && str_equal(buf_str(&text), buf_str(&changing->after))
                                ? WORKING_TIME_SAME
                                : WORKING_TIME_CHANGED;
        done = changing->outcome != WORKING_TIME_CHANGED ||
               (working_times_put(transaction, &row, changing->own ? buf_str(&changing->after) : (Str){ 0 }, err) &&
                log_change(transaction, changing, before, buf_str(&text), err));
    }
    mem_free(before);
    return done;
}

bool working_time_change(Office *office, const Calendar *calendar, const char *seen, const char *actor,
                         WorkingTimeOutcome *ret_outcome, Error *err)
{
    Changing changing = {
        .office = office, .seen = seen, .actor = actor, .own = calendar != NULL, .now_ms = office_now_ms(office)
    };

    buf_init(&changing.after, BODY_MOST);
    buf_init(&changing.before.body, BODY_MOST);
    bool done =
        working_time_write(calendar ? calendar : institution_own_calendar(office->institution), &changing.after, err) &&
        content_version(buf_str(&changing.after), changing.version, err) &&
        store_write(office->store, change, &changing, err) && working_time_follow(office, err);
    *ret_outcome = changing.outcome;
    buf_fini(&changing.after);
    buf_fini(&changing.before.body);
    return done || error_add(err, "working time");
}

/* --- what it would do --------------------------------------------------------------------------------------------- */

typedef struct Promised {
    int64_t now_s;
    int64_t rows[PROMISED_MOST];
    size_t count;
} Promised;

static bool read_promised(StoreTransaction *transaction, void *arg, Error *err)
{
    Promised *promised = arg;

    return requests_promised(transaction, promised->now_s, promised->rows, PROMISED_MOST, &promised->count, err);
}

static int by_hours(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static void promises_of(const Catalogue *catalogue, const Calendar *before, const Calendar *after, int64_t now_s,
                        WorkingTimeEffect *ret)
{
    int hours[CATALOGUE_SERVICES_MOST] = { 0 };
    size_t count = 0;

    for (size_t i = 0; i < catalogue_count(catalogue); i++)
        hours[count++] = catalogue_at(catalogue, i)->promise_hours;
    qsort(hours, count, sizeof *hours, by_hours);
    for (size_t i = 0; i < count && ret->count < WORKING_TIME_EFFECTS_MOST; i++) {
        if (hours[i] == 0 || (i > 0 && hours[i] == hours[i - 1]))
            continue;
        ret->promises[ret->count].hours = hours[i];
        ret->promises[ret->count].before_s = calendar_promise(before, now_s, hours[i]);
        ret->promises[ret->count++].after_s = calendar_promise(after, now_s, hours[i]);
    }
}

/* A promise is kept at any moment up to it, so one that ends with a day is not broken by that day's closing. */
static bool is_closed_at(const Calendar *calendar, int64_t at_s)
{
    return calendar_open_until(calendar, at_s - 1) < 0;
}

bool working_time_effect(Office *office, const Calendar *after, WorkingTimeEffect *ret, Error *err)
{
    const Calendar *before = institution_calendar(office->institution);
    Promised *promised = mem_new(1, sizeof *promised);
    OWNED(Shelf) shelf = shelf_take(office);

    *ret = (WorkingTimeEffect){ 0 };
    if (!promised)
        return error_set(err, ERR_MEMORY, "working time");
    promised->now_s = office_now_s(office);
    promises_of(shelf_catalogue(shelf), before, after, promised->now_s, ret);
    const bool done = store_read(office->store, read_promised, promised, err);
    for (size_t i = 0; done && i < promised->count; i++)
        ret->broken += is_closed_at(after, promised->rows[i]) && !is_closed_at(before, promised->rows[i]);
    mem_free(promised);
    return done;
}
