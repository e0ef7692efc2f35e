#include "registrar/office/hall.h"

#include <string.h>

#include "registrar/office/calls.h"
#include "registrar/office/feed.h"
#include "registrar/office/inside.h"
#include "registrar/office/tickets.h"

const Topics *hall_topics(const Office *office)
{
    return institution_topics(office->institution);
}

bool hall_gives(const Office *office, const Line *line, const char *topic, int64_t now_s)
{
    bool any = false;

    for (size_t i = 0; i < line->window_count && !any; i++)
        any = topics_name(line->windows[i].topics, topic);
    return any && (calendar_open_until(institution_calendar(office->institution), now_s) >= 0 ||
                   line_windows(line, topic, true) > 0);
}

bool hall_say(StoreTransaction *transaction, int64_t now_ms, Error *err)
{
    return feed_say(transaction, &(FeedEvent){ .what = CHANGED_HALL, .at_ms = now_ms }, err) &&
           desk_tell(transaction, "hall", err);
}

/* --- looking ------------------------------------------------------------------------------------------------------ */

typedef struct Looking {
    Line *line;
    int64_t now_s;
} Looking;

static bool look(StoreTransaction *transaction, void *arg, Error *err)
{
    const Looking *looking = arg;

    return line_read(transaction, looking->now_s, looking->line, err);
}

static void tell_topic(const Office *office, const Line *line, const Topic *topic, int64_t now_s, ApiTopic *ret)
{
    const LineWant want = { topic->id, 0 };

    *ret = (ApiTopic){ .open = hall_gives(office, line, topic->id, now_s),
                       .windows = line_windows(line, topic->id, false),
                       .waiting = line_waiting(line, topic->id),
                       .expected_s = line_expected_s(line, want, line_ahead(line, want, NULL)) };
    str_copy_cut(str_from(topic->id), ret->id, sizeof ret->id);
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (topic->titles.in[i])
            str_copy_cut(str_from(topic->titles.in[i]), ret->titles[i], sizeof ret->titles[i]);
}

/* The newest call first; at one moment the lower window. */
static void put_called(const TicketRow *ticket, ApiHall *ret)
{
    size_t at = ret->called_count;

    while (at > 0 && ret->called[at - 1].at_s < ticket->last_called_s)
        at--;
    if (at == HALL_CALLED_MOST)
        return;
    if (ret->called_count < HALL_CALLED_MOST)
        ret->called_count++;
    memmove(&ret->called[at + 1], &ret->called[at], (ret->called_count - at - 1) * sizeof ret->called[0]);
    ret->called[at] = (ApiCalled){ .window = ticket->called_to,
                                   .calls = ticket->calls,
                                   .serving = ticket->state == TICKET_IS_SERVING,
                                   .at_s = ticket->last_called_s };
    ticket_number(ticket, ret->called[at].number);
}

bool hall_look(Office *office, ApiHall *ret, Error *err)
{
    const Topics *topics = hall_topics(office);
    OWNED(Line) line = line_new(topics, err);
    Looking looking = { line, office_now_s(office) };
    const int64_t opens_at_s = calendar_opens_s(institution_calendar(office->institution), looking.now_s);

    *ret = (ApiHall){ 0 };
    if (!line || !store_read(office->store, look, &looking, err))
        return error_add(err, "hall");
    for (size_t i = 0; i < topics->count; i++)
        tell_topic(office, line, &topics->items[i], looking.now_s, &ret->topics[i]);
    ret->topic_count = topics->count;
    for (size_t i = 0; i < line->ticket_count; i++)
        if (!ticket_waits(&line->tickets[i]))
            put_called(&line->tickets[i], ret);
    ret->help = line_is_manned(line);
    ret->window = line_open_window(line);
    ret->opens_at_s = opens_at_s > looking.now_s ? opens_at_s : 0;
    return true;
}

/* --- what time does ----------------------------------------------------------------------------------------------- */

#define A_ROUND_MOST 64

typedef struct Round {
    const Office *office;
    Line *line;
    int64_t now_ms;
    int64_t midnight_s; /* when this day began */
    bool reopens;       /* the office opens again today, or is open */
    CallRow calls[A_ROUND_MOST];
    size_t call_count;
} Round;

static bool read_round(StoreTransaction *transaction, void *arg, Error *err)
{
    Round *one = arg;

    return line_read(transaction, one->now_ms / 1000, one->line, err) &&
           calls_open(transaction, one->calls, COUNT(one->calls), &one->call_count, err);
}

static bool is_left_open(const Round *one, const WindowRow *window)
{
    return window->state != WINDOW_CLOSED && window->changed_at_s < one->midnight_s;
}

/* Nobody calls it any more: its day is over, or the office is closed and nobody sits at a window. */
static bool is_over(const Round *one, const TicketRow *ticket)
{
    if (ticket->taken_at_s < one->midnight_s)
        return true;
    return ticket_waits(ticket) && !one->reopens && !line_is_manned(one->line);
}

static CallState call_now(const Round *one, const CallRow *call)
{
    const int64_t passed_s = one->now_ms / 1000 - call->changed_at_s;

    if (call->state == CALL_IS_WAITING && passed_s >= CALL_PATIENCE_S)
        return CALL_IS_NOBODY;
    return call->state == CALL_IS_COMING && passed_s >= CALL_COMING_S ? CALL_IS_OVER : call->state;
}

static bool has_work(const Round *one)
{
    for (size_t i = 0; i < one->line->window_count; i++)
        if (is_left_open(one, &one->line->windows[i]))
            return true;
    for (size_t i = 0; i < one->line->ticket_count; i++)
        if (is_over(one, &one->line->tickets[i]))
            return true;
    for (size_t i = 0; i < one->call_count; i++)
        if (call_now(one, &one->calls[i]) != one->calls[i].state)
            return true;
    return false;
}

/* What was at a window is served as far as anybody can tell. */
static TicketState end_of(const TicketRow *ticket)
{
    return ticket->state == TICKET_IS_SERVING ? TICKET_IS_SERVED : TICKET_IS_EXPIRED;
}

static bool end_day(StoreTransaction *transaction, const Round *one, bool *ret_any, Error *err)
{
    const Line *line = one->line;

    for (size_t i = 0; i < line->ticket_count; i++)
        if (is_over(one, &line->tickets[i])) {
            *ret_any = true;
            if (!ticket_move(transaction, &line->tickets[i], end_of(&line->tickets[i]), "office", one->now_ms, err))
                return false;
        }
    for (size_t i = 0; i < line->window_count; i++)
        if (is_left_open(one, &line->windows[i])) {
            WindowRow closed = line->windows[i];

            *ret_any = true;
            closed.state = WINDOW_CLOSED;
            closed.clerk[0] = '\0';
            closed.changed_at_s = one->now_ms / 1000;
            if (!windows_change(transaction, &closed, err))
                return false;
        }
    return true;
}

static bool do_round(StoreTransaction *transaction, void *arg, Error *err)
{
    Round *one = arg;
    bool any = false;

    if (!read_round(transaction, one, err) || !end_day(transaction, one, &any, err))
        return false;
    for (size_t i = 0; i < one->call_count; i++) {
        const CallState now = call_now(one, &one->calls[i]);

        if (now != one->calls[i].state && !call_move(transaction, &one->calls[i], now, "office", one->now_ms, err))
            return false;
    }
    return !any || hall_say(transaction, one->now_ms, err);
}

bool hall_round(Office *office, Error *err)
{
    const Calendar *calendar = institution_calendar(office->institution);
    const int offset = office->config.utc_offset_minutes;
    OWNED(Line) line = line_new(hall_topics(office), err);
    Round one = { .office = office, .line = line, .now_ms = office_now_ms(office) };
    const int64_t opens_at_s = calendar_opens_s(calendar, one.now_ms / 1000);

    one.midnight_s = date_start_s(office_today(office), offset);
    one.reopens =
        opens_at_s > 0 && date_compare(date_time_at(opens_at_s * 1000, offset).date, office_today(office)) == 0;
    if (!line || !store_read(office->store, read_round, &one, err))
        return error_add(err, "hall");
    return !has_work(&one) || store_write(office->store, do_round, &one, err) || error_add(err, "hall");
}
