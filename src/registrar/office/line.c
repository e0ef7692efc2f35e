#include "registrar/office/line.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"

Line *line_new(const Topics *topics, Error *err)
{
    Line *line = mem_new(1, sizeof *line);

    if (!line) {
        error_set(err, ERR_MEMORY, "line");
        return NULL;
    }
    line->topics = topics;
    return line;
}

void line_free(Line *line)
{
    mem_free(line);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static int average(const int64_t *turns, size_t count)
{
    int64_t sum = 0;

    if (count < LINE_PACE_LEAST)
        return 0;
    for (size_t i = 0; i < count; i++)
        sum += turns[i] < 1 ? 1 : turns[i] > LINE_TURN_S ? LINE_TURN_S : turns[i];
    return (int)((sum + (int64_t)count - 1) / (int64_t)count);
}

bool line_read(StoreTransaction *transaction, int64_t now_s, Line *ret, Error *err)
{
    if (!windows_list(transaction, ret->windows, COUNT(ret->windows), &ret->window_count, err) ||
        !tickets_open(transaction, ret->tickets, COUNT(ret->tickets), &ret->ticket_count, err))
        return false;
    for (size_t i = 0; i < ret->topics->count; i++) {
        int64_t turns[LINE_PACE_OF];
        size_t count;

        if (!tickets_served(transaction, ret->topics->items[i].id, now_s - LINE_PACE_S, turns, COUNT(turns), &count,
                            err))
            return false;
        ret->pace_s[i] = average(turns, count);
    }
    return true;
}

/* --- who may call whom -------------------------------------------------------------------------------------------- */

bool ticket_waits(const TicketRow *ticket)
{
    return ticket->state == TICKET_IS_WAITING || ticket->state == TICKET_IS_PASSED;
}

static bool is_at_window(const TicketRow *ticket)
{
    return ticket->state == TICKET_IS_CALLED || ticket->state == TICKET_IS_SERVING;
}

bool window_may_call(const WindowRow *window, LineWant want)
{
    return want.for_window ? want.for_window == window->number : topics_name(window->topics, want.topic);
}

static LineWant want_of(const TicketRow *ticket)
{
    return (LineWant){ ticket->topic, ticket->for_window };
}

const TicketRow *line_next(const Line *line, const WindowRow *window)
{
    for (size_t i = 0; i < line->ticket_count; i++)
        if (ticket_waits(&line->tickets[i]) && window_may_call(window, want_of(&line->tickets[i])))
            return &line->tickets[i];
    return NULL;
}

const TicketRow *line_at(const Line *line, int window)
{
    for (size_t i = 0; i < line->ticket_count; i++)
        if (is_at_window(&line->tickets[i]) && line->tickets[i].called_to == window)
            return &line->tickets[i];
    return NULL;
}

/* --- how long ----------------------------------------------------------------------------------------------------- */

static bool any_may_call(const Line *line, LineWant want, bool open_ones)
{
    for (size_t i = 0; i < line->window_count; i++)
        if ((!open_ones || line->windows[i].state == WINDOW_OPEN) && window_may_call(&line->windows[i], want))
            return true;
    return false;
}

/* Whether one of the windows that may call the one may call the other as well: of the open ones, where any of those
 * may call the first. */
static bool stands_before(const Line *line, LineWant earlier, LineWant want, bool open_ones)
{
    for (size_t i = 0; i < line->window_count; i++) {
        const WindowRow *window = &line->windows[i];

        if ((!open_ones || window->state == WINDOW_OPEN) && window_may_call(window, want) &&
            window_may_call(window, earlier))
            return true;
    }
    return false;
}

int line_ahead(const Line *line, LineWant want, const TicketRow *ticket)
{
    const bool open_ones = any_may_call(line, want, true);
    int ahead = 0;

    for (size_t i = 0; i < line->ticket_count && &line->tickets[i] != ticket; i++)
        if (ticket_waits(&line->tickets[i]) && stands_before(line, want_of(&line->tickets[i]), want, open_ones))
            ahead++;
    return ahead;
}

static int pace_of(const Line *line, const char *topic)
{
    for (size_t i = 0; i < line->topics->count; i++)
        if (!strcmp(line->topics->items[i].id, topic))
            return line->pace_s[i];
    return 0;
}

int line_expected_s(const Line *line, LineWant want, int ahead)
{
    const int pace = pace_of(line, want.topic);
    int windows = 0, busy = 0;

    for (size_t i = 0; i < line->window_count; i++) {
        if (line->windows[i].state != WINDOW_OPEN || !window_may_call(&line->windows[i], want))
            continue;
        windows++;
        busy += line_at(line, line->windows[i].number) ? 1 : 0;
    }
    if (windows == 0 || pace == 0)
        return -1;
    const int halves = 2 * ahead + (busy == windows ? 1 : 0);
    return (halves * pace + 2 * windows - 1) / (2 * windows);
}

int line_waiting(const Line *line, const char *topic)
{
    int waiting = 0;

    for (size_t i = 0; i < line->ticket_count; i++)
        waiting += ticket_waits(&line->tickets[i]) && !strcmp(line->tickets[i].topic, topic) ? 1 : 0;
    return waiting;
}

/* --- windows ------------------------------------------------------------------------------------------------------ */

int line_windows(const Line *line, const char *topic, bool working)
{
    int windows = 0;

    for (size_t i = 0; i < line->window_count; i++) {
        const WindowRow *window = &line->windows[i];
        const bool counts = window->state == WINDOW_OPEN || (working && window->state == WINDOW_PAUSED);

        windows += counts && topics_name(window->topics, topic) ? 1 : 0;
    }
    return windows;
}

const WindowRow *line_window(const Line *line, int number)
{
    for (size_t i = 0; i < line->window_count; i++)
        if (line->windows[i].number == number)
            return &line->windows[i];
    return NULL;
}

bool line_is_manned(const Line *line)
{
    for (size_t i = 0; i < line->window_count; i++)
        if (line->windows[i].state != WINDOW_CLOSED)
            return true;
    return false;
}

int line_open_window(const Line *line)
{
    for (size_t i = 0; i < line->window_count; i++)
        if (line->windows[i].state == WINDOW_OPEN)
            return line->windows[i].number;
    return 0;
}

void ticket_number(const TicketRow *ticket, char ret[TICKET_NUMBER_SIZE])
{
    (void)snprintf(ret, TICKET_NUMBER_SIZE, "%c-%03d", ticket->letter[0], ticket->n % 1000);
}
