/* A ticket for the windows: what for, and the ticket itself. */
#include "kiosk/screens/build.h"

/* --- how many wait, and how long ---------------------------------------------------------------------------------- */

static const char *words_minutes(Page *page, int expected_s)
{
    const int minutes = hall_minutes(expected_s);

    /* TRANSLATORS: how long one waits for a window: {0} is a number */
    return fill(page, say_n(page, "about {0} minute", "about {0} minutes", minutes), words_number(page, minutes));
}

static const char *words_line(Page *page, const ApiTopic *topic)
{
    const char *waiting =
        topic->waiting == 0
            /* TRANSLATORS: before a window: nobody; then: how many people */
            ? say(page, "Nobody is waiting")
            : fill(page, say_n(page, "{0} waiting", "{0} waiting", topic->waiting), words_number(page, topic->waiting));

    if (!topic->open)
        return say(page, "Closed now");
    if (topic->windows == 0)
        /* TRANSLATORS: {0}: “3 waiting” or “Nobody is waiting” */
        return fill(page, say(page, "{0}. No window is open just now"), waiting);
    return topic->expected_s < 0 ? waiting : fill(page, "{0} · {1}", waiting, words_minutes(page, topic->expected_s));
}

static const char *note_words(Page *page, HallNote note)
{
    switch (note) {
    case HALL_NOTE_CLOSED: return say(page, "There are no tickets for this at the moment.");
    case HALL_NOTE_LIMIT: return say(page, "No more tickets can be given here right now. Try again in a few minutes.");
    case HALL_NOTE_AWAY: return say(page, "No answer from the office. Try again in a moment.");
    case HALL_NOTE_NONE:
    case HALL_NOTE_COUNT: break;
    }
    return "";
}

static void note(Page *page)
{
    const HallNote which = page->visit->tickets.note;

    if (which == HALL_NOTE_NONE)
        return;
    part_notice(page, ROLE_ALERT, (Notice){ "warn", COLOUR_WARN_TINT, COLOUR_WARN, note_words(page, which), "" });
    part_space(page, MM_G2);
}

/* --- topics ------------------------------------------------------------------------------------------------------- */

static void topic(Page *page, const ApiTopic *topic, size_t index)
{
    Node *node =
        part_way(page, (Way){ fill(page, "topics.{0}", topic->id), "ticket", api_topic_title(topic, page->language),
                              words_line(page, topic), ACT_TOPIC, (uint16_t)index, false, 30.0F });

    if (!topic->open)
        node->state |= NODE_DISABLED;
}

void screen_topics(Page *page)
{
    const ApiHall *hall = page->model->hall;

    frame_open(page);
    /* TRANSLATORS: title: one takes a ticket for the windows; then what is below it */
    frame_title(page, say(page, "What do you come for?"),
                page_is_tight(page) ? "" : say(page, "You get a number and are called to a window."));
    part_space(page, page_is_tight(page) ? MM_G : MM_G3);
    note(page);
    if (hall && hall->topic_count > 0) {
        part_grid(page, page->wide && page->scale <= 1.0F ? 2 : 1, MM_G);
        for (size_t i = 0; i < hall->topic_count; i++)
            topic(page, &hall->topics[i], i);
        tree_close(page->tree);
    }
    if (page->visit->tickets.errand.doing == CMD_TICKET) {
        part_space(page, MM_G2);
        part_note(page, "clock", say(page, "One moment…"));
    }
    part_push(page);
    part_space(page, MM_G2);
    part_note(page, "place", words_office(page));
    frame_bar(page);
    part_back(page);
    part_push(page);
    frame_close(page);
}

/* --- the ticket --------------------------------------------------------------------------------------------------- */

static void number(Page *page, const ApiTicket *ticket)
{
    const bool called = ticket->state == TICKET_CALLED;
    const ApiTopic *for_what = page->model->hall ? api_hall_topic(page->model->hall, ticket->topic) : NULL;
    Style card = style_card(MM_G2);

    card.gap = MM_G;
    card.fill = called ? COLOUR_GOOD_TINT : COLOUR_SURFACE;
    tree_open(page->tree, ROLE_GROUP, NULL, "", card);
    Node *node = tree_leaf(page->tree, ROLE_STATUS, "ticket.number", ticket->number,
                           style_text(TEXT_DISPLAY, WEIGHT_BOLD, called ? COLOUR_GOOD : COLOUR_BRAND));
    node->style.text_align = ALIGN_CENTRE;
    if (for_what)
        part_text(page, TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_NONE, api_topic_title(for_what, page->language))
            ->style.text_align = ALIGN_CENTRE;
    tree_close(page->tree);
}

static const char *words_window(Page *page, const ApiTicket *ticket)
{
    const char *window = words_number(page, ticket->window);

    /* TRANSLATORS: a window of the office: {0} its number, {1} where it is, in the office's words */
    return ticket->window_place[0] ? fill(page, say(page, "Window {0}, {1}"), window, ticket->window_place)
                                   : fill(page, say(page, "Window {0}"), window);
}

static void waiting_facts(Page *page, const ApiTicket *ticket)
{
    const char *place =
        ticket->place <= 1
            /* TRANSLATORS: place in line; then: how many are before you */
            ? say(page, "You are next")
            : fill(page, say_n(page, "{0} person before you", "{0} people before you", ticket->place - 1),
                   words_number(page, ticket->place - 1));
    Style card = style_card(MM_G2);

    card.gap = MM_G;
    tree_open(page->tree, ROLE_GROUP, "ticket.line", "", card);
    part_fact(page, "person", say(page, "Your place"), place);
    part_line(page);
    part_fact(page, "clock", say(page, "You wait"),
              ticket->expected_s >= 0 ? words_capital(page, words_minutes(page, ticket->expected_s))
                                      : say(page, "Not known yet"));
    if (ticket->window) {
        part_line(page);
        part_fact(page, "window", say(page, "Where"), words_window(page, ticket));
    }
    tree_close(page->tree);
}

static void what_became(Page *page, const ApiTicket *ticket)
{
    const char *title = "", *text = "";
    bool good = false;

    switch (ticket->state) {
    case TICKET_WAITING:
    case TICKET_PASSED: waiting_facts(page, ticket); return;
    case TICKET_CALLED:
        title = words_window(page, ticket);
        text = say(page, "It is your turn: go there and show your number.");
        good = true;
        break;
    case TICKET_SERVING:
        title = words_window(page, ticket);
        text = say(page, "You are being served there.");
        good = true;
        break;
    case TICKET_SERVED:
        title = say(page, "Done");
        good = true;
        break;
    case TICKET_NO_SHOW:
        title = say(page, "You were called and did not come");
        text = fill(page, say(page, "Go to window {0} and say your number, or take a new ticket."),
                    words_number(page, ticket->window));
        break;
    case TICKET_GIVEN_UP: title = say(page, "You gave up your place"); break;
    case TICKET_EXPIRED: title = say(page, "The day is over, and this ticket with it"); break;
    case TICKET_STATE_COUNT: break;
    }
    part_notice(page, ROLE_STATUS,
                (Notice){ good ? "check" : "warn", good ? COLOUR_GOOD_TINT : COLOUR_WARN_TINT,
                          good ? COLOUR_GOOD : COLOUR_WARN, title, text });
}

static void slip_note(Page *page)
{
    const char *words = NULL;

    switch (page->visit->slip.phase) {
    case SLIP_ASKED:
    case SLIP_PRINTING: words = say(page, "The ticket is being printed."); break;
    case SLIP_PRINTED: words = say(page, "Take your ticket from the printer."); break;
    case SLIP_FAILED: words = say(page, "The ticket was not printed. Note the number, or scan the code."); break;
    case SLIP_NONE: break;
    }
    if (!words)
        return;
    part_space(page, MM_G2);
    Node *node =
        tree_leaf(page->tree, ROLE_STATUS, "ticket.slip", words, style_text(TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_NONE));
    node->icon = page->visit->slip.phase == SLIP_FAILED ? "warn" : "print";
    node->style.axis = AXIS_ROW;
}

static void give_up_question(Page *page)
{
    part_notice(page, ROLE_ALERT,
                (Notice){ "warn", COLOUR_WARN_TINT, COLOUR_WARN, say(page, "Give up your place?"),
                          say(page, "Then the next person is called sooner.") });
    part_space(page, MM_G2);
    part_grid(page, 2, MM_G);
    /* TRANSLATORS: buttons: keep or give up the place in line */
    part_button(page, (Button){ BUTTON_SECOND, "ticket.stay", say(page, "Keep it"), "check", false, ACT_STAY, 0 });
    part_button(page, (Button){ BUTTON_SECOND, "ticket.give-up.yes", say(page, "Give it up"), "close", false,
                                ACT_TICKET_GIVE_UP, 0 });
    tree_close(page->tree);
}

static void print_way(Page *page, const ApiTicket *ticket)
{
    const bool waits = api_ticket_waits(ticket->state) || ticket->state == TICKET_CALLED;

    if (!waits || page->visit->tickets.leaving || !model_offers_slip(page->model) ||
        page->visit->slip.phase == SLIP_PRINTED)
        return;
    part_space(page, MM_G2);
    part_button(page, (Button){ BUTTON_SECOND, "ticket.print", say(page, "Print the ticket"), "print", false,
                                ACT_TICKET_PRINT, 0 });
}

/* Up to two quiet ways beside each other. */
static void quiet_ways(Page *page, const ApiTicket *ticket)
{
    part_space(page, MM_G);
    part_grid(page, page->visit->signed_in ? 2 : 1, MM_G);
    if (api_ticket_waits(ticket->state) || ticket->state == TICKET_CALLED)
        part_button(page, (Button){ BUTTON_QUIET, "ticket.give-up", say(page, "Give up my place"), "close", false,
                                    ACT_TICKET_GIVE_UP, 0 });
    if (page->visit->signed_in)
        part_button(page, (Button){ BUTTON_QUIET, "ticket.home", say(page, "Something else"), "house", false,
                                    ACT_SOMETHING_ELSE, 0 });
    tree_close(page->tree);
}

static bool has_code(const Page *page, const ApiTicket *ticket)
{
    return !api_ticket_is_over(ticket->state) && page->visit->tickets.code.png && !page->visit->tickets.leaving;
}

static void further_ways(Page *page, const ApiTicket *ticket)
{
    if (page->visit->tickets.leaving) {
        part_space(page, page_two_columns(page) ? 0.0F : MM_G2);
        give_up_question(page);
        return;
    }
    if (api_ticket_is_over(ticket->state)) {
        part_space(page, MM_G2);
        part_button(page, (Button){ BUTTON_SECOND, "ticket.anew", say(page, "Take a new ticket"), "redo", false,
                                    ACT_TICKETS, 0 });
    }
    quiet_ways(page, ticket);
}

static void code(Page *page, const ApiTicket *ticket)
{
    const TicketsState *tickets = &page->visit->tickets;
    CodeCard card = { .id = "ticket.code",
                      .picture = &tickets->code,
                      /* TRANSLATORS: over a QR code that shows the place in line on a phone */
                      .title = say(page, "Follow it on your phone"),
                      .steps = { say(page, "Scan the code with the camera."),
                                 say(page, "Wait where you like: your phone shows when you are called.") },
                      .address = "" };

    if (has_code(page, ticket))
        part_code_card(page, &card);
}

void screen_ticket(Page *page)
{
    const ApiTicket *ticket = &page->visit->tickets.ticket;

    frame_open(page);
    /* TRANSLATORS: title over the number that one is called by */
    frame_title(page, say(page, "Your ticket"),
                page_is_tight(page) ? "" : say(page, "Remember the number: the screen in the hall calls it."));
    part_space(page, page_is_tight(page) ? MM_G : MM_G3);
    note(page);
    part_columns_open(page, 0.4F);
    number(page, ticket);
    part_space(page, MM_G2);
    what_became(page, ticket);
    slip_note(page);
    print_way(page, ticket);
    /* Beside the number, what else can be done stands in the column that has more room. */
    const bool beside = page_two_columns(page) && (has_code(page, ticket) || page->visit->tickets.leaving);
    if (!beside)
        further_ways(page, ticket);
    part_space(page, page_two_columns(page) ? 0.0F : MM_G2);
    part_columns_next(page);
    code(page, ticket);
    if (beside)
        further_ways(page, ticket);
    part_columns_close(page);
    frame_bar(page);
    part_back(page);
    part_push(page);
    part_main(page, "finish", say(page, "Finish"), "exit", ACT_FINISH);
    frame_close(page);
}
