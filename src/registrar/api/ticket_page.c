#include "registrar/api/ticket_page.h"

#include <stdio.h>

#include "base/memory.h"
#include "registrar/api/access.h"
#include "registrar/api/sheet.h"
#include "registrar/http/query.h"
#include "registrar/office/tickets.h"

/* A request at a ticket's address. */
typedef struct Visit {
    Sheet sheet;
    Token token;
    bool parsed, found;
    ApiTicket ticket;
    char here[40], left[12], minutes[12], window[12];
} Visit;

static void visit_init(Visit *visit, const HttpServerRequest *request)
{
    *visit = (Visit){ 0 };
    visit->parsed = token_parse(request->parameters[0], &visit->token);
    sheet_init(&visit->sheet, request);
}

static void visit_fini(Visit *visit)
{
    sheet_fini(&visit->sheet);
    mem_wipe(visit, sizeof *visit);
}
#define OWNED_VISIT __attribute__((cleanup(visit_fini))) Visit

static const Token *token_of(const Visit *visit)
{
    return visit->parsed ? &visit->token : NULL;
}

static bool gone(Visit *visit, const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    bool allowed;
    int wait_s;

    if (!sheet_within_limit(&visit->sheet, request, "unknown-link", &allowed, &wait_s, err))
        return false;
    if (!allowed)
        return sheet_too_many(&visit->sheet, "ticket", wait_s, answer, err);
    visit->sheet.values.of[SLOT_TICKET_GONE] = "yes";
    return sheet_answer(&visit->sheet, PAGE_TICKET, 410, answer, err);
}

static void write_number(int number, char *array, size_t size)
{
    (void)snprintf(array, size, "%d", number);
}

static void put_state(const Visit *visit, const char **of)
{
    static const PageSlot slots[] = {
        [TICKET_WAITING] = SLOT_TICKET_WAITS,     [TICKET_CALLED] = SLOT_TICKET_CALLED,
        [TICKET_SERVING] = SLOT_TICKET_SERVING,   [TICKET_SERVED] = SLOT_TICKET_SERVED,
        [TICKET_NO_SHOW] = SLOT_TICKET_NO_SHOW,   [TICKET_PASSED] = SLOT_TICKET_WAITS,
        [TICKET_GIVEN_UP] = SLOT_TICKET_GIVEN_UP, [TICKET_EXPIRED] = SLOT_TICKET_EXPIRED,
    };
    static_assert(COUNT(slots) == TICKET_STATE_COUNT, "one slot per state");
    const ApiTicketState state = visit->ticket.state;

    of[slots[state]] = "yes";
    of[SLOT_TICKET_MAY_LEAVE] = api_ticket_waits(state) || state == TICKET_CALLED ? "yes" : NULL;
    /* Who did not come may be called once more. */
    of[SLOT_TICKET_LIVE] = !api_ticket_is_over(state) || state == TICKET_NO_SHOW ? "yes" : NULL;
}

static void put_values(Visit *visit, const HttpServerRequest *request)
{
    const Office *office = office_of(request);
    const ApiTicket *ticket = &visit->ticket;
    const Topic *topic = topics_find(hall_topics(office), ticket->topic);
    const OfficeConfig *config = office_config(office);
    const DateTime now = date_time_at(clock_wall_ms(&config->clock), config->utc_offset_minutes);
    const char **of = visit->sheet.values.of;
    char leave[4];

    (void)snprintf(visit->here, sizeof visit->here, "/t/%s", visit->token.text);
    put_state(visit, of);
    time_write(&visit->sheet.checked_time, now.hour, now.minute);
    of[SLOT_HERE] = visit->here;
    of[SLOT_TOKEN] = visit->token.text;
    of[SLOT_NUMBER] = ticket->number;
    of[SLOT_KIND] = topic ? local_text(&topic->titles, visit->sheet.language) : ticket->topic;
    of[SLOT_PLACE] = ticket->window_place;
    of[SLOT_CHECKED_TIME] = buf_text(&visit->sheet.checked_time);
    if (ticket->window) {
        write_number(ticket->window, visit->window, sizeof visit->window);
        of[SLOT_TICKET_WINDOW] = visit->window;
    }
    if (ticket->place == 1)
        of[SLOT_TICKET_FIRST] = "yes";
    write_number(ticket->place - 1, visit->left, sizeof visit->left);
    of[SLOT_LEFT] = visit->left;
    if (ticket->expected_s >= 0) {
        write_number(hall_minutes(ticket->expected_s), visit->minutes, sizeof visit->minutes);
        of[SLOT_TICKET_ABOUT] = visit->minutes;
    }
    if (of[SLOT_TICKET_MAY_LEAVE] && query_get(request->query, "leave", leave, sizeof leave)) {
        of[SLOT_TICKET_LEAVE] = "yes";
        of[SLOT_TICKET_LIVE] = NULL; /* a question stands until it is answered */
    }
}

bool ticket_page_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    OWNED_VISIT visit;

    visit_init(&visit, request);
    if (!ticket_door_look(office_of(request), token_of(&visit), &visit.found, &visit.ticket, err))
        return false;
    if (!visit.found)
        return gone(&visit, request, answer, err);
    put_values(&visit, request);
    return sheet_answer(&visit.sheet, PAGE_TICKET, 200, answer, err);
}

bool ticket_page_leave(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    OWNED_VISIT visit;

    visit_init(&visit, request);
    if (!ticket_door_give_up(office_of(request), token_of(&visit), &visit.found, &visit.ticket, err))
        return false;
    if (!visit.found)
        return gone(&visit, request, answer, err);
    (void)snprintf(answer->location, sizeof answer->location, "/t/%s?l=%s", visit.token.text,
                   language_tag(visit.sheet.language));
    answer->status = 303;
    return true;
}
