/* /office/hall: the window of who looks, who waits and how long, and calls for a person with what happened there. */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/memory.h"
#include "base/texts.h"
#include "registrar/console/applications.h"
#include "registrar/console/pages.h"
#include "registrar/console/strip.h"
#include "registrar/http/query.h"
#include "registrar/office/calls.h"
#include "registrar/office/windows.h"

#define SHOWN_MOST 100 /* tickets of the list: who is further back is called later than anybody reads here */

typedef struct HallPage {
    Desk *desk;
    HallView *view;
    CallList calls;
    StripCell cells[PRINTERS_MOST];
    size_t cell_count;
    int64_t now_s;
    int offset_minutes;
    int chosen; /* the window whose side is shown; 0: none */
    int64_t needs;
} HallPage;

/* --- words -------------------------------------------------------------------------------------------------------- */

static const char *say(const HallPage *page, const char *part, const char *id)
{
    char whole[64];

    (void)snprintf(whole, sizeof whole, "say.hall.%s%s", part, id);
    return view_text(page->desk->sheet.pages, page->desk->sheet.language, whole);
}

static void say_numbers(const HallPage *page, const char *id, int64_t a, int64_t b, Buf *ret)
{
    char first[24], second[24];
    const char *values[] = { first, second };

    (void)snprintf(first, sizeof first, "%lld", (long long)a);
    (void)snprintf(second, sizeof second, "%lld", (long long)b);
    text_fill(ret, say(page, "", id), values, 2);
}

static void put_number(json_t *object, const char *name, int64_t number)
{
    (void)json_object_set_new(object, name, json_integer(number));
}

/* "14:05" */
static void put_time(const HallPage *page, json_t *object, const char *name, int64_t at_s)
{
    const DateTime at = date_time_at(at_s * 1000, page->offset_minutes);
    char text[12];

    (void)snprintf(text, sizeof text, "%02d:%02d", at.hour % 100, at.minute % 100);
    view_put(object, name, at_s ? text : "");
}

/* "12 min", "1 h 5 min"; seconds below 0: not known, and nothing is said. */
static void put_length(const HallPage *page, json_t *object, const char *name, int64_t seconds)
{
    const int64_t minutes = seconds / 60;
    OWNED_BUF text;

    buf_init(&text, 80);
    if (seconds >= 3600)
        say_numbers(page, "hours", minutes / 60, minutes % 60, &text);
    else if (seconds >= 0)
        say_numbers(page, "minutes", minutes, 0, &text);
    view_put(object, name, buf_text(&text));
}

static void put_expected(const HallPage *page, json_t *object, const char *name, int expected_s)
{
    OWNED_BUF text;

    buf_init(&text, 80);
    if (expected_s >= 0)
        say_numbers(page, "about", hall_minutes(expected_s), 0, &text);
    view_put(object, name, buf_text(&text));
}

static const char *title_of(const HallPage *page, const char *topic)
{
    for (size_t i = 0; i < page->view->topic_count; i++)
        if (!strcmp(page->view->topics[i].topic->id, topic))
            return local_text(&page->view->topics[i].topic->titles, page->desk->sheet.language);
    return topic;
}

static const char *ticket_class(TicketState state)
{
    return state == TICKET_IS_CALLED ? "held" : state == TICKET_IS_SERVING ? "running" : "waiting";
}

/* --- windows ------------------------------------------------------------------------------------------------------ */

static bool is_own(const HallPage *page, const WindowRow *window)
{
    return !strcmp(window->clerk, page->desk->clerk);
}

static bool is_open_to(const HallPage *page, int number)
{
    char text[12];

    (void)snprintf(text, sizeof text, "%d", number);
    return scope_has(desk_scope(page->desk), SCOPE_WINDOW, str_from(text));
}

/* The one that was asked for; else where they sit; else where they sat last; else the only one that is theirs. */
static int choose(const HallPage *page)
{
    const HallView *view = page->view;
    char text[8];
    uint64_t asked;
    int last = 0, only = 0;
    size_t theirs = 0;

    if (query_may(page->desk->query, "window", text, sizeof text) &&
        str_to_u64(str_from(text), 1, WINDOWS_MOST, &asked))
        for (size_t i = 0; i < view->window_count; i++)
            if (view->windows[i].window.number == (int)asked)
                return (int)asked;
    for (size_t i = 0; i < view->window_count; i++) {
        const WindowRow *window = &view->windows[i].window;

        if (is_own(page, window))
            return window->number;
        if (!is_open_to(page, window->number))
            continue;
        theirs++;
        only = window->number;
        if (!strcmp(window->last_clerk, page->desk->clerk) && last == 0)
            last = window->number;
    }
    return last ? last : theirs == 1 ? only : 0;
}

static void put_windows(const HallPage *page)
{
    json_t *list = json_array();

    for (size_t i = 0; i < page->view->window_count; i++) {
        const WindowRow *window = &page->view->windows[i].window;
        json_t *one = json_object();
        char link[64];

        (void)snprintf(link, sizeof link, "/office/hall?l=%s&window=%d", language_tag(page->desk->sheet.language),
                       window->number);
        put_number(one, "window-number", window->number);
        view_put(one, "window-link", link);
        view_put(one, "window-words", say(page, "window-", window_state_name(window->state)));
        view_put(one, "window-clerk", actor_name(window->clerk));
        view_put_when(one, "window-is-shown", window->number == page->chosen);
        (void)json_array_append_new(list, one);
    }
    (void)json_object_set_new(page->desk->view, "windows", list);
}

static void put_topics_of(const HallPage *page, const WindowRow *window, json_t *object)
{
    Str rest = str_from(window->topics);
    OWNED_BUF titles;

    buf_init(&titles, 1200);
    while (rest.ptr) {
        char id[SERVICE_ID_MOST];

        str_copy_cut(str_split(&rest, ','), id, sizeof id);
        buf_add_format(&titles, "%s%s", titles.len ? " · " : "", title_of(page, id));
    }
    view_put(object, "mine-topics", buf_text(&titles));
}

static json_t *choice(const char *kind, const char *id, const char *name)
{
    char value[SERVICE_ID_MOST + 8];

    (void)snprintf(value, sizeof value, "%s:%s", kind, id);
    return json_pack("{ss ss}", "choice-id", value, "choice-name", name);
}

/* Where a ticket can be passed on to: a topic, or one window alone; not where it is. */
static void put_choices(const HallPage *page, const TicketRow *ticket, json_t *object)
{
    json_t *list = json_array();

    for (size_t i = 0; i < page->view->topic_count; i++) {
        const Topic *topic = page->view->topics[i].topic;

        if (strcmp(topic->id, ticket->topic) != 0)
            (void)json_array_append_new(
                list, choice("topic", topic->id, local_text(&topic->titles, page->desk->sheet.language)));
    }
    for (size_t i = 0; i < page->view->window_count; i++) {
        const int number = page->view->windows[i].window.number;
        char id[12];
        OWNED_BUF name;

        buf_init(&name, 160);
        if (number == ticket->called_to)
            continue;
        (void)snprintf(id, sizeof id, "%d", number);
        say_numbers(page, "to-window", number, 0, &name);
        (void)json_array_append_new(list, choice("window", id, buf_text(&name)));
    }
    (void)json_object_set_new(object, "choices", list);
}

static void put_ticket(const HallPage *page, const TicketRow *ticket, json_t *mine)
{
    json_t *one = json_object();
    char number[TICKET_NUMBER_SIZE];

    ticket_number(ticket, number);
    view_put(one, "number", number);
    view_put(one, "ticket-id", ticket->id);
    put_number(one, "ticket-epoch", ticket->epoch);
    put_number(one, "ticket-calls", ticket->calls);
    view_put(one, "ticket-topic", title_of(page, ticket->topic));
    view_put(one, "ticket-class", ticket_class(ticket->state));
    view_put(one, "ticket-words", say(page, "ticket-", state_name(&ticket_states, (int)ticket->state)));
    put_time(page, one, "ticket-taken", ticket->taken_at_s);
    put_time(page, one, "ticket-called", ticket->called_at_s);
    put_length(page, one, "ticket-waited", ticket->called_at_s - ticket->taken_at_s);
    view_put_when(one, "is-called", ticket->state == TICKET_IS_CALLED);
    put_choices(page, ticket, one);
    (void)json_object_set_new(mine, "ticket", one);
}

/* Who was called here and did not come: called once more when they turn up after all. */
static void put_missed(const HallPage *page, int number, json_t *mine)
{
    json_t *list = json_array();

    for (size_t i = 0; i < page->view->missed_count; i++) {
        const TicketRow *ticket = &page->view->missed[i];
        char text[TICKET_NUMBER_SIZE];
        json_t *one;

        if (ticket->called_to != number)
            continue;
        one = json_object();
        ticket_number(ticket, text);
        view_put(one, "missed-number", text);
        view_put(one, "missed-id", ticket->id);
        put_number(one, "missed-epoch", ticket->epoch);
        put_time(page, one, "missed-at", ticket->last_called_s);
        (void)json_array_append_new(list, one);
    }
    (void)json_object_set_new(mine, "missed", list);
}

static void put_mine(HallPage *page)
{
    const WindowLine *line = NULL;
    json_t *mine = json_object();

    for (size_t i = 0; i < page->view->window_count; i++)
        if (page->view->windows[i].window.number == page->chosen)
            line = &page->view->windows[i];
    if (!line) {
        json_decref(mine);
        (void)json_object_set_new(page->desk->view, "mine", json_null());
        return;
    }
    const WindowRow *window = &line->window;
    const bool own = is_own(page, window), called = line->has_ticket && line->ticket.state == TICKET_IS_CALLED;
    const bool may_next = own && window->state == WINDOW_OPEN && line->waiting > 0 && !called;
    static const char *const classes[] = {
        [WINDOW_CLOSED] = "silent", [WINDOW_OPEN] = "done", [WINDOW_PAUSED] = "held"
    };

    put_number(mine, "mine-number", window->number);
    put_number(mine, "mine-epoch", window->epoch);
    put_number(mine, "mine-waiting", line->waiting);
    view_put(mine, "mine-place", window->place);
    view_put(mine, "mine-clerk", own ? "" : actor_name(window->clerk));
    view_put(mine, "mine-class", classes[window->state]);
    view_put(mine, "mine-words", say(page, "window-", window_state_name(window->state)));
    put_topics_of(page, window, mine);
    view_put_when(mine, "is-own", own);
    view_put_when(mine, "is-at-work", own && window->state == WINDOW_OPEN);
    view_put_when(mine, "is-paused", own && window->state == WINDOW_PAUSED);
    view_put_when(mine, "may-next", may_next);
    view_put_when(mine, "may-open", !own && is_open_to(page, window->number));
    view_put_when(mine, "may-close", own && !line->has_ticket);
    view_put_when(mine, "is-taken", !own && window->state != WINDOW_CLOSED);
    (void)json_object_set_new(mine, "ticket", json_null());
    if (line->has_ticket)
        put_ticket(page, &line->ticket, mine);
    put_missed(page, window->number, mine);
    page->needs += may_next && !line->has_ticket;
    (void)json_object_set_new(page->desk->view, "mine", mine);
}

/* --- who waits ---------------------------------------------------------------------------------------------------- */

static void put_tickets(const HallPage *page)
{
    json_t *list = json_array();
    const size_t shown = page->view->ticket_count < SHOWN_MOST ? page->view->ticket_count : SHOWN_MOST;

    for (size_t i = 0; i < shown; i++) {
        const TicketLine *line = &page->view->tickets[i];
        const TicketRow *ticket = &line->ticket;
        json_t *one = json_object();
        char number[TICKET_NUMBER_SIZE], place[12] = "";

        ticket_number(ticket, number);
        if (line->place > 0)
            (void)snprintf(place, sizeof place, "%d", line->place);
        view_put(one, "row-number", number);
        view_put(one, "row-class", ticket_class(ticket->state));
        view_put(one, "row-words", say(page, "ticket-", state_name(&ticket_states, (int)ticket->state)));
        view_put(one, "row-topic", title_of(page, ticket->topic));
        put_time(page, one, "row-taken", ticket->taken_at_s);
        put_length(page, one, "row-waits", page->now_s - ticket->taken_at_s);
        view_put(one, "row-place", place);
        put_expected(page, one, "row-expected", line->expected_s);
        put_number(one, "row-window", ticket_waits(ticket) ? ticket->for_window : ticket->called_to);
        (void)json_array_append_new(list, one);
    }
    (void)json_object_set_new(page->desk->view, "tickets", list);
    put_number(page->desk->view, "not-shown", (int64_t)(page->view->ticket_count - shown));
}

static void put_topics(const HallPage *page)
{
    json_t *list = json_array();

    for (size_t i = 0; i < page->view->topic_count; i++) {
        const TopicLine *line = &page->view->topics[i];
        json_t *one = json_object();

        view_put(one, "topic-letter", line->topic->letter);
        view_put(one, "topic-name", local_text(&line->topic->titles, page->desk->sheet.language));
        put_number(one, "topic-waiting", line->waiting);
        put_number(one, "topic-windows", line->windows);
        put_length(page, one, "topic-longest", line->oldest_s ? page->now_s - line->oldest_s : -1);
        put_expected(page, one, "topic-expected", line->expected_s);
        view_put_when(one, "topic-is-left", line->waiting > 0 && line->windows == 0);
        (void)json_array_append_new(list, one);
    }
    (void)json_object_set_new(page->desk->view, "topics", list);
}

/* --- calls -------------------------------------------------------------------------------------------------------- */

/* What its printer says now, and what it came to with the paper before the call. */
static void put_happened(const HallPage *page, const CallLine *line, json_t *one)
{
    OWNED_BUF printer, job;

    buf_init(&printer, 200);
    buf_init(&job, 200);
    view_put(one, "call-class", "silent");
    for (size_t i = 0; i < page->cell_count; i++) {
        const StripCell *cell = &page->cells[i];

        if (cell->row.office || strcmp(cell->row.id, line->call.kiosk) != 0)
            continue;
        strip_words(page->desk, cell, page->now_s, &printer);
        view_put(one, "call-class", strip_class(cell->state));
    }
    if (line->has_job) {
        char id[32];
        const int seen = line->job.sheets_seen < 0 ? 0 : line->job.sheets_seen;

        (void)snprintf(id, sizeof id, "job-%s", state_name(&job_states, (int)line->job.state));
        say_numbers(page, id, seen, line->job.sheets_expected, &job);
    }
    view_put(one, "call-printer", buf_text(&printer));
    view_put(one, "call-job", buf_text(&job));
}

static void put_calls(HallPage *page)
{
    json_t *list = json_array();

    for (size_t i = 0; i < page->calls.count; i++) {
        const CallLine *line = &page->calls.lines[i];
        const bool coming = line->call.state == CALL_IS_COMING;
        Language glass;
        json_t *one = json_object();

        view_put(one, "call-id", line->call.id);
        put_number(one, "call-epoch", line->call.epoch);
        view_put(one, "call-place", line->place[0] ? line->place : line->call.kiosk);
        view_put(one, "call-kiosk", line->call.kiosk);
        put_time(page, one, "call-since", line->call.made_at_s);
        put_length(page, one, "call-waits", page->now_s - line->call.made_at_s);
        view_put(one, "call-doing", say(page, "doing-", line->call.screen));
        view_put(one, "call-title",
                 line->call.service[0] ? say_title(page->desk, &line->title, line->call.service) : "");
        view_put(one, "call-language",
                 language_parse(str_from(line->call.language), &glass) ? language_own_name(glass) : "");
        view_put(one, "call-who", line->holder);
        view_put(one, "call-clerk", actor_name(line->call.clerk));
        view_put_when(one, "is-coming", coming);
        view_put_when(one, "is-first", !coming && page->needs == 0);
        put_happened(page, line, one);
        page->needs += !coming;
        (void)json_array_append_new(list, one);
    }
    (void)json_object_set_new(page->desk->view, "calls", list);
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

static bool write_page(HallPage *page, Office *office, HttpServerAnswer *answer, Error *err)
{
    if (!windows_view(office, &page->view, err) || !call_list(office, page->desk->clerk, &page->calls, err) ||
        !strip_view(office, page->cells, COUNT(page->cells), &page->cell_count, err))
        return false;
    page->chosen = choose(page);
    put_calls(page);
    put_windows(page);
    put_mine(page);
    put_tickets(page);
    put_topics(page);
    put_number(page->desk->view, "chosen", page->chosen);
    put_number(page->desk->view, "needs", page->needs);
    return desk_view(page->desk, "hall", 200, answer, err);
}

bool page_hall(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    Office *office = office_of(request);
    OWNED_DESK desk;
    Access access = desk_open(request, RIGHT_HALL, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    HallPage *page = mem_new(1, sizeof *page);
    if (!page)
        return error_set(err, ERR_MEMORY, "hall");
    page->desk = &desk;
    page->now_s = clock_wall_s(&office_config(office)->clock);
    page->offset_minutes = office_config(office)->utc_offset_minutes;
    bool done = write_page(page, office, answer, err);
    mem_free(page->view);
    call_list_fini(&page->calls);
    mem_free(page);
    return done;
}
