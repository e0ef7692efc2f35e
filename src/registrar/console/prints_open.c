#include "registrar/console/prints_open.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/texts.h"
#include "registrar/api/access.h"
#include "registrar/console/applications.h"
#include "registrar/console/strip.h"
#include "wire/code.h"

/* --- words -------------------------------------------------------------------------------------------------------- */

static const char *say_of(const Desk *desk, const char *prefix, const char *id)
{
    char whole[64];

    (void)snprintf(whole, sizeof whole, "%s%s", prefix, id);
    return say_prints(desk, whole);
}

static void fill(const Desk *desk, const char *id, const char *a, const char *b, Buf *ret)
{
    const char *values[] = { a, b };

    text_fill(ret, say_prints(desk, id), values, 2);
}

static int64_t now_s_of(const Desk *desk)
{
    return clock_wall_s(&office_config(desk->sheet.context->office)->clock);
}

static DateTime moment_of(const Desk *desk, int64_t at_s)
{
    return date_time_at(at_s * 1000, office_config(desk->sheet.context->office)->utc_offset_minutes);
}

void prints_say_time(const Desk *desk, int64_t at_s, Buf *ret)
{
    const DateTime at = moment_of(desk, at_s);
    const Date today = office_today(desk->sheet.context->office);

    if (at.date.year != today.year)
        buf_add_format(ret, "%02d.%02d.%04d", at.date.day, at.date.month, at.date.year);
    else if (date_days_between(at.date, today) != 0)
        buf_add_format(ret, "%02d.%02d %02d:%02d", at.date.day, at.date.month, at.hour, at.minute);
    else
        buf_add_format(ret, "%02d:%02d", at.hour, at.minute);
}

void prints_say_owner(const Desk *desk, const char *owner, bool at_window, Buf *ret)
{
    const char *printer = printer_of_owner(owner);

    if (printer)
        buf_add_text(ret, printer);
    else if ((!owner[0] && at_window) || !strcmp(owner, WINDOW_OWNER))
        buf_add_text(ret, say_prints(desk, "window"));
    else if (owner[0])
        fill(desk, "kiosk", owner, "", ret);
}

/* --- state -------------------------------------------------------------------------------------------------------- */

static bool is_at_window_page(const JobLine *line)
{
    return line->row.need == NEED_PRINTING && !strcmp(line->row.job.owner, WINDOW_OWNER);
}

const char *prints_class(const JobLine *line)
{
    static const char *const classes[NEED_COUNT] = {
        [NEED_NONE] = "waiting", [NEED_UNKNOWN] = "needs",    [NEED_PARTLY] = "needs",    [NEED_STOPPED] = "needs",
        [NEED_HELD] = "held",    [NEED_PRINTING] = "running", [NEED_WAITING] = "waiting", [NEED_PRINTED] = "done",
        [NEED_OVER] = "over",    [NEED_REPLACED] = "off",
    };

    if (line->row.need == NEED_OVER && line->row.job.state != JOB_PRINTED && line->row.delivery != DELIVERY_COLLECTED)
        return "off"; /* no tick for what nobody got */
    return line->stopped ? "needs" : classes[line->row.need < NEED_COUNT ? line->row.need : NEED_NONE];
}

static void say_sheets(const Desk *desk, const PrintJobRow *job, Buf *ret)
{
    char seen[16], wanted[16];

    (void)snprintf(seen, sizeof seen, "%d", job->sheets_seen);
    (void)snprintf(wanted, sizeof wanted, "%d", job->sheets_expected);
    if (job->sheets_seen > 0 && job->sheets_seen < job->sheets_expected)
        fill(desk, "some-came-out", seen, wanted, ret);
    else
        buf_add_text(ret, say_prints(desk, "not-all"));
}

static const char *word_of_over(const PrintQueueRow *row)
{
    if (row->need == NEED_REPLACED)
        return "replaced";
    if (row->delivery == DELIVERY_COLLECTED)
        return "collected";
    return row->job.state == JOB_PRINTED ? "is-printed" : row->job.state == JOB_EXPIRED ? "expired" : "cancelled";
}

void prints_say_state(const Desk *desk, const JobLine *line, Buf *ret)
{
    OWNED_BUF why;

    buf_init(&why, 160);
    if (line->stopped) {
        strip_words(desk, line->stopped, now_s_of(desk), &why);
        fill(desk, "stopped", buf_text(&why), "", ret);
        return;
    }
    switch (line->row.need) {
    case NEED_UNKNOWN: buf_add_text(ret, say_prints(desk, "unknown")); break;
    case NEED_PARTLY: say_sheets(desk, &line->row.job, ret); break;
    case NEED_STOPPED: buf_add_text(ret, say_prints(desk, "given-up")); break;
    case NEED_HELD: fill(desk, "is-held", say_of(desk, "why-", line->row.job.reason), "", ret); break;
    case NEED_PRINTING: buf_add_text(ret, say_prints(desk, is_at_window_page(line) ? "at-you" : "is-printing")); break;
    case NEED_PRINTED: buf_add_text(ret, say_prints(desk, "to-hand-out")); break;
    case NEED_OVER:
    case NEED_REPLACED: buf_add_text(ret, say_prints(desk, word_of_over(&line->row))); break;
    case NEED_NONE:
    case NEED_WAITING:
    case NEED_COUNT:
    default: buf_add_text(ret, say_prints(desk, line->row.making == MAKING_READY ? "is-waiting" : "is-made")); break;
    }
}

/* --- what is next ------------------------------------------------------------------------------------------------- */

static const struct {
    const char *key, *id;
} steps[] = {
    { "", "" },           { "P", "next-look" }, { "R", "next-reprint" },
    { "T", "next-take" }, { "M", "next-move" }, { "H", "next-release" },
    { "W", "next-page" }, { "H", "next-hold" }, { "C", "next-hand" },
};
enum { STEP_NONE, STEP_LOOK, STEP_REPRINT, STEP_TAKE, STEP_MOVE, STEP_RELEASE, STEP_PAGE, STEP_HOLD, STEP_HAND };

static int step_of(const JobLine *line)
{
    const bool held_back = line->row.making != MAKING_READY || line->row.validity != VALIDITY_VALID;

    switch (line->row.need) {
    case NEED_UNKNOWN: return STEP_LOOK;
    case NEED_PARTLY:
    case NEED_STOPPED: return STEP_REPRINT;
    case NEED_HELD: return STEP_RELEASE;
    case NEED_PRINTING:
        if (is_at_window_page(line))
            return STEP_LOOK;
        return line->stopped && line->stopped->state == STRIP_SILENT ? STEP_TAKE : STEP_NONE;
    case NEED_WAITING:
        if (line->stopped && !held_back)
            return STEP_MOVE;
        return line->row.job.at_window && line->row.job.state != JOB_ASSIGNED && !held_back ? STEP_PAGE : STEP_HOLD;
    case NEED_PRINTED: return STEP_HAND;
    case NEED_NONE:
    case NEED_OVER:
    case NEED_REPLACED:
    case NEED_COUNT: break;
    }
    return STEP_NONE;
}

const char *prints_next_key(const JobLine *line)
{
    return steps[step_of(line)].key;
}

const char *prints_say_next(const Desk *desk, const JobLine *line)
{
    const int step = step_of(line);

    return step == STEP_NONE ? "" : say_prints(desk, steps[step].id);
}

/* --- what happened ------------------------------------------------------------------------------------------------ */

static void say_place(const Desk *desk, const char *owner, Buf *ret)
{
    prints_say_owner(desk, owner, false, ret);
}

static void say_deed(const Desk *desk, const JobEvent *event, Buf *ret)
{
    OWNED_BUF to;

    buf_init(&to, 80);
    say_place(desk, event->to, &to);
    text_fill(ret, say_of(desk, "did-", event->word), (const char *const[]){ buf_text(&to) }, 1);
    if (event->reason[0] && strcmp(event->reason, "other") != 0)
        buf_add_format(ret, ": %s", say_of(desk, "why-", event->reason));
    if (event->words[0])
        buf_add_format(ret, " (%s)", event->words);
}

static void say_told(const Desk *desk, const JobEvent *event, Buf *ret)
{
    char sheets[16];

    buf_add_text(ret, say_of(desk, "told-", event->word));
    if (event->sheets >= 0) {
        (void)snprintf(sheets, sizeof sheets, "%d", event->sheets);
        buf_add_text(ret, ", ");
        fill(desk, "sheets-counted", sheets, "", ret);
    }
    if (event->kind == JOB_EVENT_LATE)
        buf_add_format(ret, " %s", say_prints(desk, "told-late"));
}

static void put_event(const Desk *desk, const JobEvent *event, json_t *list)
{
    const DateTime at = moment_of(desk, event->at_ms / 1000);
    const bool bad =
        event->kind != JOB_EVENT_DEED &&
        (!strcmp(event->word, "unknown") || !strcmp(event->word, "partly") || !strcmp(event->word, "aborted"));
    json_t *one = json_object();
    OWNED_BUF when, words, who;

    buf_init(&when, 16);
    buf_init(&words, 500);
    buf_init(&who, 80);
    buf_add_format(&when, "%02d:%02d:%02d", at.hour, at.minute, at.second);
    if (event->kind == JOB_EVENT_DEED) {
        say_deed(desk, event, &words);
        buf_add_text(&who, actor_name(event->actor));
    } else if (event->kind == JOB_EVENT_STATE)
        buf_add_text(&words, say_of(desk, "came-", event->word));
    else {
        say_told(desk, event, &words);
        say_place(desk, event->actor, &who);
    }
    if (words.len == 0) /* of a newer registrar */
        buf_add_text(&words, event->word);
    view_put(one, "event-time", buf_text(&when));
    view_put(one, "event-words", buf_text(&words));
    view_put(one, "event-who", buf_text(&who));
    view_put_when(one, "event-bad", bad);
    (void)json_array_append_new(list, one);
}

/* --- what it is --------------------------------------------------------------------------------------------------- */

static void put_pairs(const Desk *desk, const JobOpen *open)
{
    const PrintQueueRow *row = &open->line.row;
    char number[DOCUMENT_NUMBER_SIZE], grouped[15] = "", count[16];
    json_t *view = desk->view;
    OWNED_BUF copy, owner, proof, due, asked;
    Code code;

    buf_init(&copy, 60);
    buf_init(&owner, 200);
    buf_init(&proof, 80);
    buf_init(&due, 80);
    buf_init(&asked, 200);
    document_number_write(&row->document, number);
    if (code_parse(str_from(row->code), &code))
        code_grouped(&code, grouped);
    buf_add_format(&copy, "%d · %s", row->n, grouped);
    prints_say_owner(desk, row->job.owner, row->job.at_window, &owner);
    if (open->owner.place[0])
        buf_add_format(&owner, ", %s", open->owner.place);
    (void)snprintf(count, sizeof count, "%d", row->job.sheets_seen);
    if (row->job.sheets_seen >= 0)
        fill(desk, "counted", count, "", &proof);
    say_moment(desk, row->due_at_s, &due);
    say_moment(desk, row->asked_at_s, &asked);
    if (row->place[0])
        buf_add_format(&asked, ", %s", row->place);
    view_put(view, "number", number);
    view_put(view, "copy", buf_text(&copy));
    view_put(view, "validity", say_of(desk, "validity-", state_name(&validity_states, (int)row->validity)));
    view_put(view, "validity-class", row->validity == VALIDITY_VALID ? "done" : "needs");
    view_put(view, "delivery", say_of(desk, "delivery-", state_name(&delivery_states, (int)row->delivery)));
    view_put(view, "owner", buf_text(&owner));
    view_put(view, "proof", buf_text(&proof));
    view_put(view, "due", row->due_at_s > row->asked_at_s ? buf_text(&due) : "");
    view_put(view, "asked", buf_text(&asked));
    view_put_when(view, "is-late",
                  row->due_at_s > row->asked_at_s && row->need <= NEED_OPEN_LAST && row->due_at_s < now_s_of(desk));
}

/* What a person should know before they act, in one or two sentences. */
static void put_notice(const Desk *desk, const JobOpen *open)
{
    const JobLine *line = &open->line;
    const PrintJobRow *job = &line->row.job;
    const char *class = line->stopped || line->row.need <= NEED_STOPPED ? "bad" : "warn";
    OWNED_BUF words, owner, why;

    buf_init(&words, 700);
    buf_init(&owner, 120);
    buf_init(&why, 160);
    prints_say_owner(desk, job->owner, job->at_window, &owner);
    if (line->stopped) {
        strip_words(desk, line->stopped, now_s_of(desk), &why);
        fill(desk, line->row.need == NEED_PRINTING ? "notice-stopped-in" : "notice-stopped-out", buf_text(&owner),
             buf_text(&why), &words);
    } else if (line->row.need == NEED_UNKNOWN)
        fill(desk, "notice-unknown", buf_text(&owner), "", &words);
    else if (line->row.need == NEED_STOPPED && job->sheets_seen <= 0)
        fill(desk, "notice-given-up", buf_text(&owner), "", &words);
    else if (line->row.need == NEED_PARTLY || line->row.need == NEED_STOPPED)
        fill(desk, "notice-partly", buf_text(&owner), "", &words);
    else if (line->row.need == NEED_HELD) {
        fill(desk, "notice-held", actor_name(job->hold_by), say_of(desk, "why-", job->reason), &words);
        if (job->words[0])
            buf_add_format(&words, " (%s)", job->words);
    } else if (is_at_window_page(line))
        buf_add_text(&words, say_prints(desk, "notice-at-you"));
    else if (line->row.validity == VALIDITY_SUSPENDED || line->row.validity == VALIDITY_REVOKED)
        buf_add_text(&words, say_prints(desk, "notice-not-valid"));
    view_put(desk->view, "notice", buf_text(&words));
    view_put(desk->view, "notice-class", class);
}

/* --- what can be done --------------------------------------------------------------------------------------------- */

static void put_reasons(const Desk *desk, const char *name, const char *const *reasons)
{
    json_t *list = json_array();

    for (; *reasons; reasons++) {
        json_t *one = json_object();
        view_put(one, "choice-id", *reasons);
        view_put(one, "choice-name", say_of(desk, "why-", *reasons));
        (void)json_array_append_new(list, one);
    }
    (void)json_object_set_new(desk->view, name, list);
}

static void add_place(json_t *list, const char *id, const char *name)
{
    json_t *one = json_object();

    view_put(one, "choice-id", id);
    view_put(one, "choice-name", name);
    (void)json_array_append_new(list, one);
}

static void add_cell(const Desk *desk, const StripCell *cell, const char *owner, json_t *list)
{
    OWNED_BUF words;

    buf_init(&words, 300);
    prints_say_owner(desk, owner, false, &words);
    buf_add_text(&words, " — ");
    strip_words(desk, cell, now_s_of(desk), &words);
    add_place(list, owner, buf_text(&words));
}

/* Printers of the office, with how they are; the page at the window; kiosks for what is printed at kiosks. */
static void put_places(const Desk *desk, const char *name, const JobQueue *queue, const PrintJobRow *job, bool again)
{
    json_t *list = json_array();

    for (int office = 1; office >= 0; office--) {
        for (size_t i = 0; i < queue->cell_count; i++) {
            const StripCell *cell = &queue->cells[i];
            char owner[ID_SIZE];

            strip_owner(cell, owner);
            if (cell->row.office == (office == 1) && (office || !job->at_window) &&
                (again || strcmp(owner, job->owner) != 0))
                add_cell(desk, cell, owner, list);
        }
        if (office && (again || strcmp(job->owner, WINDOW_OWNER) != 0))
            add_place(list, WINDOW_OWNER, say_prints(desk, "to-window"));
    }
    (void)json_object_set_new(desk->view, name, list);
}

static void put_may(const Desk *desk, const JobOpen *open)
{
    static const struct {
        JobDeed deed;
        const char *name;
    } all[] = { { DEED_HOLD, "may-hold" },    { DEED_RELEASE, "may-release" }, { DEED_CANCEL, "may-cancel" },
                { DEED_STOP, "may-stop" },    { DEED_MOVE, "may-move" },       { DEED_TAKE_OVER, "may-take" },
                { DEED_PRINTED, "may-look" }, { DEED_REPRINT, "may-reprint" }, { DEED_HAND_OUT, "may-hand" },
                { DEED_PAGE, "may-page" } };

    for (size_t i = 0; i < COUNT(all); i++)
        view_put_when(desk->view, all[i].name, (open->deeds & 1u << all[i].deed) != 0);
    view_put_when(desk->view, "may-anything", open->deeds != 0);
}

void prints_put_open(Desk *desk, const PrintsFilters *filters, const JobQueue *queue, const JobOpen *open)
{
    const PrintQueueRow *row = &open->line.row;
    json_t *events = json_array(), *view = desk->view;
    char pages[16], copies[16];
    OWNED_BUF state, act;

    buf_init(&state, 200);
    buf_init(&act, 2 * PRINTS_QUERY_SIZE);
    prints_say_state(desk, &open->line, &state);
    prints_link(desk, filters, "", true, &act);
    (void)snprintf(pages, sizeof pages, "%d", row->job.sheets_expected);
    (void)snprintf(copies, sizeof copies, "%d", open->copies);
    for (size_t i = 0; i < open->event_count; i++)
        put_event(desk, &open->events[i], events);
    (void)json_object_set_new(view, "events", events);
    (void)json_object_set_new(view, "epoch", json_integer((json_int_t)row->job.epoch));
    view_put(view, "act-path", buf_text(&act));
    view_put(view, "job", row->job.id);
    view_put(view, "title", say_title(desk, &open->line.title, row->document.service));
    view_put(view, "state", buf_text(&state));
    view_put(view, "state-class", prints_class(&open->line));
    view_put(view, "who", open->line.holder);
    view_put(view, "student", row->student_number);
    view_put(view, "request", row->document.request);
    view_put(view, "pages", pages);
    view_put(view, "copies", open->copies > 1 ? copies : "");
    put_pairs(desk, open);
    put_notice(desk, open);
    put_may(desk, open);
    put_reasons(desk, "hold-reasons", job_hold_reasons);
    put_reasons(desk, "cancel-reasons", job_cancel_reasons);
    put_reasons(desk, "reprint-reasons", job_reprint_reasons);
    put_places(desk, "move-places", queue, &row->job, false);
    put_places(desk, "reprint-places", queue, &row->job, true);
}
