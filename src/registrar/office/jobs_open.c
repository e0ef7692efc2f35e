/* One job, with what happened to it: out of the audit log and of what its owners told. */
#include <string.h>

#include "base/memory.h"
#include "registrar/office/jobs_inside.h"
#include "registrar/office/jobs_queue.h"
#include "registrar/office/shelf_keeper.h"
#include "wire/json.h"

#define SEEN_AGAIN_MS (INT64_C(10) * 60 * 1000) /* a page that stands open looks again and again */
#define ACTS_MOST     64

typedef struct Opening {
    const JobWanted *wanted;
    const char *id;
    int64_t now_ms;
    bool found, seen_before;
    JobOpen *open;
    JobOrder order;
    JobWork work;
} Opening;

/* --- what happened ------------------------------------------------------------------------------------------------ */

static JobEvent *next_event(JobOpen *open)
{
    if (open->event_count == JOB_EVENTS_MOST) { /* the first says how it began, the last how it stands */
        memmove(&open->events[JOB_EVENTS_MOST / 2], &open->events[JOB_EVENTS_MOST / 2 + 1],
                (JOB_EVENTS_MOST - JOB_EVENTS_MOST / 2 - 1) * sizeof open->events[0]);
        open->event_count--;
    }
    JobEvent *event = &open->events[open->event_count++];
    *event = (JobEvent){ .sheets = -1 };
    return event;
}

static void read_detail(Str detail, JobEvent *event)
{
    OWNED(json_t) what = detail.len > 0 ? json_read(detail, NULL) : NULL;
    const struct {
        const char *name;
        char *array;
        size_t size;
    } parts[] = { { "reason", event->reason, sizeof event->reason },
                  { "words", event->words, sizeof event->words },
                  { "to", event->to, sizeof event->to } };

    for (size_t i = 0; i < COUNT(parts); i++) {
        const char *text = json_string_value(json_object_get(what, parts[i].name));
        if (text)
            str_copy_cut(str_from(text), parts[i].array, parts[i].size);
    }
}

/* A deed of staff moves the job as well: the deed alone is told. */
static bool is_of_staff(Str actor)
{
    return str_starts(actor, STR("staff:")) || str_starts(actor, STR("token:"));
}

static bool add_act(void *ctx, const ActEntry *entry, Error *err UNUSED)
{
    Opening *opening = ctx;
    Str word = entry->act;
    const Str prefix = STR("print-job."), deed = STR("staff-");

    if (!str_starts(word, prefix))
        return true;
    word = (Str){ word.ptr + prefix.len, word.len - prefix.len };
    const bool is_deed = str_starts(word, deed);
    if (is_deed)
        word = (Str){ word.ptr + deed.len, word.len - deed.len };
    else if (is_of_staff(entry->actor) || str_starts(entry->actor, STR("kiosk:")) ||
             str_starts(entry->actor, STR("printer:")))
        return true; /* its owner's report says more */
    JobEvent *event = next_event(opening->open);
    event->at_ms = entry->at_ms;
    event->kind = is_deed ? JOB_EVENT_DEED : JOB_EVENT_STATE;
    str_copy_cut(word, event->word, sizeof event->word);
    str_copy_cut(entry->actor, event->actor, sizeof event->actor);
    read_detail(entry->detail, event);
    return true;
}

static bool add_acts(StoreTransaction *transaction, Opening *opening, Error *err)
{
    OWNED_BUF object;
    size_t count;

    buf_init(&object, 64);
    buf_add_format(&object, "print-job:%s", opening->id);
    const ActQuery query = { .object = buf_text(&object) };
    return buf_ok(&object, err) && acts_search(transaction, &query, 0, ACTS_MOST, add_act, opening, &count, err);
}

static bool add_reports(StoreTransaction *transaction, Opening *opening, Error *err)
{
    PrintReportSeen reports[JOB_EVENTS_MOST];
    size_t count;

    if (!print_reports_of(transaction, opening->id, reports, COUNT(reports), &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        JobEvent *event = next_event(opening->open);
        event->at_ms = reports[i].at_ms;
        event->kind = reports[i].counted ? JOB_EVENT_TOLD : JOB_EVENT_LATE;
        event->sheets = reports[i].sheets;
        memcpy(event->word, reports[i].state, sizeof reports[i].state);
        str_copy_cut(str_from(reports[i].kiosk), event->actor, sizeof event->actor);
    }
    return true;
}

/* By time; of the same moment as they were added.  There are a few dozen. */
static void sort_events(JobOpen *open)
{
    for (size_t i = 1; i < open->event_count; i++) {
        const JobEvent event = open->events[i];
        size_t at = i;

        for (; at > 0 && open->events[at - 1].at_ms > event.at_ms; at--)
            open->events[at] = open->events[at - 1];
        open->events[at] = event;
    }
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

static bool take_row(void *ctx, const PrintQueueRow *row, Str profile, bool *ret_go, Error *err UNUSED)
{
    Opening *opening = ctx;

    opening->found = job_line_read(opening->wanted->scope, row, profile, &opening->open->line);
    *ret_go = false;
    return true;
}

static bool count_look(void *ctx, const ActEntry *entry, Error *err UNUSED)
{
    bool *seen = ctx;

    *seen = *seen || str_equal_text(entry->act, "print-job.seen");
    return true;
}

static void write_student(const Opening *opening, Buf *object)
{
    buf_add_format(object, "student:%lld", (long long)opening->open->line.row.document.student);
}

static bool was_seen(StoreTransaction *transaction, Opening *opening, Error *err)
{
    OWNED_BUF object;
    size_t count;

    buf_init(&object, 40);
    write_student(opening, &object);
    const ActQuery query = { .object = buf_text(&object),
                             .actor = opening->wanted->clerk,
                             .since_ms = opening->now_ms - SEEN_AGAIN_MS };
    opening->seen_before = false;
    return buf_ok(&object, err) &&
           acts_search(transaction, &query, 0, ACTS_MOST, count_look, &opening->seen_before, &count, err);
}

static bool read_open(StoreTransaction *transaction, void *arg, Error *err)
{
    Opening *opening = arg;
    JobOpen *open = opening->open;
    CopyRow newest;
    bool found;

    opening->found = false;
    open->event_count = 0;
    if (!print_queue_get(transaction, opening->id, take_row, opening, err))
        return false;
    if (!opening->found)
        return true;
    if (!job_work_read(transaction, &opening->work, err) ||
        !copies_newest_of(transaction, open->line.row.document.id, COPY_PAPER, &found, &newest, err) ||
        !add_acts(transaction, opening, err) || !add_reports(transaction, opening, err) ||
        !was_seen(transaction, opening, err))
        return false;
    sort_events(open);
    open->owner = opening->work.owner;
    open->standing = opening->work.standing;
    open->deeds = job_deeds(&open->standing);
    open->copies = found ? newest.n : 1;
    return true;
}

/* Whose paper was looked at: the student may read it. */
static bool note_look(StoreTransaction *transaction, void *arg, Error *err)
{
    const Opening *opening = arg;
    OWNED_BUF object, detail;

    buf_init(&object, 40);
    buf_init(&detail, 80);
    write_student(opening, &object);
    buf_add_format(&detail, "{\"job\":\"%s\"}", opening->id);
    return buf_ok(&object, err) && buf_ok(&detail, err) &&
           acts_add(transaction,
                    &(Act){ opening->now_ms, opening->wanted->clerk, "print-job.seen", buf_text(&object),
                            buf_text(&detail) },
                    err);
}

bool job_open(Office *office, const JobWanted *wanted, const JobQueue *queue, const char *id, bool *ret_found,
              JobOpen *ret, Error *err)
{
    Opening opening = { .wanted = wanted, .id = id, .now_ms = office_now_ms(office), .open = ret };

    memset(ret, 0, sizeof *ret);
    opening.order = (JobOrder){ .job = id };
    opening.work = (JobWork){ .order = &opening.order, .now_ms = opening.now_ms };
    if (!store_read(office->store, read_open, &opening, err))
        return error_add(err, "a print job");
    *ret_found = opening.found;
    if (!opening.found)
        return true;
    job_line_fill(queue, &ret->line);
    return opening.seen_before || store_write(office->store, note_look, &opening, err) || error_add(err, "a print job");
}
