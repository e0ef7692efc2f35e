/* Events as text: a line each, names for all numbers. */
#include "visits.h"

#include <string.h>

#include "base/memory.h"

static const char *const messages[MSG_KIND_COUNT] = {
    [MSG_TICK] = "tick",
    [MSG_ACT] = "act",
    [MSG_TEXT] = "text",
    [MSG_KEY] = "key",
    [MSG_WINDOW] = "window",
    [MSG_HEARTBEAT] = "heartbeat",
    [MSG_CATALOGUE] = "catalogue",
    [MSG_SIGNED_IN] = "signed-in",
    [MSG_HOME] = "home",
    [MSG_PREVIEW] = "preview",
    [MSG_ISSUED] = "issued",
    [MSG_PAGE] = "page",
    [MSG_REPORTED] = "reported",
    [MSG_FAILED] = "failed",
    [MSG_PRINTER] = "printer",
    [MSG_PRINT] = "print",
    [MSG_PRINT_RECOVERED] = "recovered",
    [MSG_DRAFT] = "draft",
    [MSG_DRAFT_KEPT] = "draft-kept",
    [MSG_NOTICES] = "notices",
    [MSG_THEME] = "theme",
    [MSG_PHONE] = "phone",
    [MSG_WITHDRAWN] = "withdrawn",
    [MSG_CHANGED] = "changed",
    [MSG_INFORMATION] = "information",
    [MSG_STUDY] = "study",
    [MSG_LOOKS] = "looks",
    [MSG_HALL] = "hall",
    [MSG_TICKET] = "ticket",
    [MSG_CALL] = "call",
    [MSG_SLIP] = "slip",
    [MSG_REQUEST] = "request",
    [MSG_PAPERS] = "papers",
    [MSG_PAPER_PICTURE] = "paper-picture",
    [MSG_CARD] = "card",
    [MSG_MY_CARD] = "my-card",
    [MSG_GRANT_OFFERED] = "grant-offered",
    [MSG_GRANT] = "grant",
};

/* What v[0], v[1], ... are; 0 everywhere is the honest message. */
const char *const event_value_names[MSG_KIND_COUNT][EVENT_VALUES] = {
    [MSG_TICK] = { "wake" },
    [MSG_ACT] = { "act", "arg" },
    [MSG_TEXT] = { "text", "who" },
    [MSG_KEY] = { "key" },
    [MSG_WINDOW] = { "wider", "higher", "denser" },
    [MSG_HEARTBEAT] = { "other-catalogue", "long-place", "closed", "other-notices", "other-theme",
                        "other-information" },
    [MSG_NOTICES] = { "how-many", "begins", "lasts" },
    [MSG_THEME] = { "version", "brand", "logo" },
    [MSG_PHONE] = { "state", "withdrawn", "other-link", "long-address" },
    [MSG_CHANGED] = { "what", "anything", "other", "state" },
    [MSG_CATALOGUE] = { "which" },
    [MSG_SIGNED_IN] = { "who", "more-seconds", "flags" },
    [MSG_HOME] = { "how", "refused", "requests", "state", "service", "drafts" },
    [MSG_PREVIEW] = { "missing", "more-pages", "other-serial" },
    [MSG_ISSUED] = { "state", "already-open", "more-epochs", "more-pages", "handed-in", "decided" },
    [MSG_PAGE] = { "missing", "other-epoch" },
    [MSG_REPORTED] = { "other-job" },
    [MSG_FAILED] = { "command", "problem", "retry-after", "field", "fault", "other-serial" },
    [MSG_DRAFT] = { "missing", "answers", "language", "question" },
    [MSG_DRAFT_KEPT] = { "other-serial" },
    [MSG_PRINTER] = { "condition", "low" },
    [MSG_PRINT] = { "phase", "condition", "sheets", "other-job", "number" },
    [MSG_PRINT_RECOVERED] = { "phase", "condition", "sheets", "job", "number" },
    [MSG_INFORMATION] = { "which" },
    [MSG_STUDY] = { "missing" },
    [MSG_LOOKS] = { "missing", "how-many" },
    [MSG_HALL] = { "missing", "topics", "closed", "no-help", "called", "other-call" },
    [MSG_TICKET] = { "state", "other", "unknown-wait", "long-address" },
    [MSG_CALL] = { "state", "other", "window" },
    [MSG_SLIP] = { "missing" },
    [MSG_REQUEST] = { "missing", "state", "can-answer", "language", "service", "steps" },
    [MSG_PAPERS] = { "state", "pages", "other-set", "long-address" },
    [MSG_PAPER_PICTURE] = { "missing", "other-page" },
    [MSG_CARD] = { "what", "no-reader", "code", "fault", "slides", "who" },
    [MSG_GRANT_OFFERED] = { "long-address", "seconds" },
    [MSG_GRANT] = { "state", "other", "seconds" },
    [MSG_MY_CARD] = { "state", "may-not-set", "by-wrong-pins" },
};

static const char *const commands[CMD_KIND_COUNT] = {
    [CMD_NONE] = "none",
    [CMD_HEARTBEAT] = "heartbeat",
    [CMD_CATALOGUE] = "catalogue",
    [CMD_NOTICES] = "notices",
    [CMD_THEME] = "theme",
    [CMD_SIGN_IN] = "sign-in",
    [CMD_SIGN_OUT] = "sign-out",
    [CMD_HOME] = "home",
    [CMD_PREVIEW] = "preview",
    [CMD_DRAFT] = "draft",
    [CMD_DRAFT_OPEN] = "draft-open",
    [CMD_DRAFT_DROP] = "draft-drop",
    [CMD_PHONE_LINK] = "phone-link",
    [CMD_PHONE_STATE] = "phone-state",
    [CMD_PHONE_DIGITS] = "phone-digits",
    [CMD_PHONE_END] = "phone-end",
    [CMD_ISSUE] = "issue",
    [CMD_PAGE] = "page",
    [CMD_WITHDRAW] = "withdraw",
    [CMD_VISITOR] = "visitor",
    [CMD_REQUEST] = "request",
    [CMD_ANSWER] = "answer",
    [CMD_RECEIPT] = "receipt",
    [CMD_PAPERS] = "papers",
    [CMD_PAPERS_STATE] = "papers-state",
    [CMD_PAPERS_END] = "papers-end",
    [CMD_PAPERS_PAGE] = "papers-page",
    [CMD_INFORMATION] = "information",
    [CMD_STUDY] = "study",
    [CMD_LOOKS] = "looks",
    [CMD_HALL] = "hall",
    [CMD_TICKET] = "ticket",
    [CMD_TICKET_STATE] = "ticket-state",
    [CMD_TICKET_END] = "ticket-end",
    [CMD_TICKET_SLIP] = "ticket-slip",
    [CMD_CALL] = "call",
    [CMD_CALL_STATE] = "call-state",
    [CMD_CALL_END] = "call-end",
    [CMD_CARD_SIGN_IN] = "card-sign-in",
    [CMD_CARD] = "card",
    [CMD_CARD_SET] = "card-set",
    [CMD_CARD_BLOCK] = "card-block",
    [CMD_GRANT] = "grant",
    [CMD_GRANT_STATE] = "grant-state",
    [CMD_GRANT_DIGITS] = "grant-digits",
    [CMD_GRANT_TOKEN] = "grant-token",
    [CMD_GRANT_END] = "grant-end",
    [CMD_REPORT_PRINT] = "report",
    [CMD_CANCEL_REQUESTS] = "cancel",
    [CMD_PRINT] = "print",
    [CMD_PRINT_STOP] = "stop",
    [CMD_ASK_PRINTER] = "ask-printer",
    [CMD_SETTLED] = "settled",
    [CMD_FORGET] = "forget",
};

static const char *const faults[FAULT_KIND_COUNT] = {
    [FAULT_NONE] = "none",
    [FAULT_AWAY] = "away",
    [FAULT_BUSY] = "busy",
    [FAULT_LIMIT] = "limit",
    [FAULT_REFUSED] = "refused",
    [FAULT_NOT_ALLOWED] = "not-allowed",
    [FAULT_HEMIS] = "hemis",
    [FAULT_NO_PAPER] = "no-paper",
    [FAULT_TOO_LARGE] = "too-large",
    [FAULT_PRINTER_BEFORE] = "printer-before",
    [FAULT_PRINTER_DURING] = "printer-during",
    [FAULT_NOT_SENT] = "not-sent",
    [FAULT_LATE] = "late",
    [FAULT_HANDED_OUT] = "handed-out",
    [FAULT_ALREADY_OPEN] = "already-open",
    [FAULT_ASK_AGAIN] = "ask-again",
    [FAULT_HELD] = "held",
    [FAULT_STOPPED] = "stopped",
    [FAULT_GIVEN_UP] = "given-up",
    [FAULT_PARTLY] = "partly",
    [FAULT_UNKNOWN] = "unknown",
    [FAULT_NOT_OUT] = "not-out",
    [FAULT_PAPER_BEFORE] = "paper-before",
};

static const char *const screens[SCREEN_COUNT] = {
    [SCREEN_OUT_OF_SERVICE] = "out-of-service",
    [SCREEN_ATTRACT] = "attract",
    [SCREEN_SIGN_IN] = "sign-in",
    [SCREEN_HOME] = "home",
    [SCREEN_SEARCH] = "search",
    [SCREEN_REQUESTS] = "requests",
    [SCREEN_REQUEST] = "request",
    [SCREEN_SERVICE] = "service",
    [SCREEN_FORM] = "form",
    [SCREEN_REVIEW] = "review",
    [SCREEN_PREVIEW] = "preview",
    [SCREEN_PRINTING] = "printing",
    [SCREEN_DONE] = "done",
    [SCREEN_PHONE] = "phone",
    [SCREEN_HANDED_IN] = "handed-in",
    [SCREEN_FAULT] = "fault",
    [SCREEN_DISPLAY] = "display",
    [SCREEN_PAPER] = "paper",
    [SCREEN_INFORMATION] = "information",
    [SCREEN_ARTICLE] = "article",
    [SCREEN_STUDY] = "study",
    [SCREEN_LOOKS] = "looks",
    [SCREEN_TOPICS] = "topics",
    [SCREEN_TICKET] = "ticket",
    [SCREEN_CALL] = "call",
    [SCREEN_CARD] = "card",
    [SCREEN_GRANT] = "grant",
    [SCREEN_LEAVE] = "leave",
    [SCREEN_STILL_THERE] = "still-there",
};

static const char *const plants[PLANT_COUNT] = {
    [PLANT_NONE] = "none",
    [PLANT_KEEPS_NAME] = "keeps-name",
    [PLANT_PRINTS_TWICE] = "prints-twice",
    [PLANT_DROPS_SESSION] = "drops-session",
    [PLANT_MIXES_VISITS] = "mixes-visits",
    [PLANT_NEW_KEY] = "new-key",
    [PLANT_SLEEPS_NOT] = "sleeps-not",
};

/* A kind that was added since has no name here: coverage asks for it. */
static const char *name(const char *const *names, size_t count, unsigned kind)
{
    return kind < count && names[kind] ? names[kind] : "?";
}

const char *name_of_message(unsigned kind)
{
    return kind == EVENT_KIND_BAD ? "bad" : name(messages, COUNT(messages), kind);
}

const char *name_of_command(unsigned kind)
{
    return name(commands, COUNT(commands), kind);
}

const char *name_of_fault(unsigned kind)
{
    return name(faults, COUNT(faults), kind);
}

const char *name_of_screen(unsigned kind)
{
    return name(screens, COUNT(screens), kind);
}

const char *name_of_plant(unsigned kind)
{
    return name(plants, COUNT(plants), kind);
}

static void add_number(Buf *buf, const char *what, int64_t number)
{
    if (number)
        buf_add_format(buf, " %s=%lld", what, (long long)number);
}

void event_write(const Event *event, Buf *buf)
{
    buf_add_text(buf, name_of_message(event->kind));
    add_number(buf, "after", event->after_ms);
    add_number(buf, "wall", event->wall_s);
    add_number(buf, "back", event->back);
    add_number(buf, "stray", event->stray);
    for (size_t i = 0; i < EVENT_VALUES; i++) {
        const char *what = event->kind < MSG_KIND_COUNT ? event_value_names[event->kind][i] : NULL;
        if (what)
            add_number(buf, what, event->v[i]);
    }
}

static bool read_value(Event *event, Str what, int64_t number)
{
    if (str_equal_text(what, "after"))
        event->after_ms = (uint32_t)number;
    else if (str_equal_text(what, "wall"))
        event->wall_s = (int32_t)number;
    else if (str_equal_text(what, "back"))
        event->back = (uint16_t)number;
    else if (str_equal_text(what, "stray"))
        event->stray = (uint32_t)number;
    else {
        for (size_t i = 0; i < EVENT_VALUES && event->kind < MSG_KIND_COUNT; i++)
            if (event_value_names[event->kind][i] && str_equal_text(what, event_value_names[event->kind][i])) {
                event->v[i] = (int32_t)number;
                return true;
            }
        return false;
    }
    return true;
}

bool event_read(Str line, Event *ret, Error *err)
{
    Event event = { .kind = UINT16_MAX };
    Str first = str_split(&line, ' ');

    for (unsigned kind = 0; kind <= EVENT_KIND_BAD; kind++)
        if (str_equal_text(first, name_of_message(kind)))
            event.kind = (uint16_t)kind;
    if (event.kind == UINT16_MAX)
        return error_set(err, ERR_FORMAT, "\"" STR_FMT "\" is no message", STR_ARG(first));
    while (line.ptr) {
        int64_t number;
        Str word = str_split(&line, ' ');
        Str what = str_split(&word, '=');
        if (what.len == 0)
            continue;
        if (!str_to_i64(word, INT32_MIN, UINT32_MAX, &number) || !read_value(&event, what, number))
            return error_set(err, ERR_FORMAT, "\"" STR_FMT "\" says nothing of %s", STR_ARG(what),
                             name_of_message(event.kind));
    }
    *ret = event;
    return true;
}

bool events_add(Events *events, const Event *event)
{
    if (events->count == events->room) {
        size_t room = events->room ? events->room * 2 : 1024;
        Event *items = mem_resize(events->items, room, sizeof *items);
        if (!items)
            return false;
        events->items = items;
        events->room = room;
    }
    events->items[events->count++] = *event;
    return true;
}

void events_free(Events *events)
{
    mem_free(events->items);
    *events = (Events){ 0 };
}
