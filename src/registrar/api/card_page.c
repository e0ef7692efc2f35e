#include "registrar/api/card_page.h"

#include <stdio.h>

#include "base/memory.h"
#include "registrar/api/access.h"
#include "registrar/api/sheet.h"
#include "registrar/office/cards.h"

/* A request at a card's address. */
typedef struct Visit {
    Sheet sheet;
    Token token;
    bool parsed;
    char here[40];
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
        return sheet_too_many(&visit->sheet, "card", wait_s, answer, err);
    visit->sheet.values.of[SLOT_CARD_GONE] = "yes";
    return sheet_answer(&visit->sheet, PAGE_MY_CARD, 410, answer, err);
}

bool card_page_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    bool found, blocked;
    OWNED_VISIT visit;

    visit_init(&visit, request);
    if (!card_door_look(office_of(request), token_of(&visit), &found, &blocked, err))
        return false;
    if (!found)
        return gone(&visit, request, answer, err);
    (void)snprintf(visit.here, sizeof visit.here, "/c/%s", visit.token.text);
    visit.sheet.values.of[SLOT_HERE] = visit.here;
    visit.sheet.values.of[SLOT_TOKEN] = visit.token.text;
    visit.sheet.values.of[blocked ? SLOT_CARD_BLOCKED : SLOT_CARD_ACTIVE] = "yes";
    return sheet_answer(&visit.sheet, PAGE_MY_CARD, 200, answer, err);
}

bool card_page_block(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    bool found;
    OWNED_VISIT visit;

    visit_init(&visit, request);
    if (!card_door_block(office_of(request), token_of(&visit), &found, err))
        return false;
    if (!found)
        return gone(&visit, request, answer, err);
    (void)snprintf(answer->location, sizeof answer->location, "/c/%s?l=%s", visit.token.text,
                   language_tag(visit.sheet.language));
    answer->status = 303;
    return true;
}
