#include "registrar/api/photo_page.h"

#include <stdio.h>

#include "base/memory.h"
#include "registrar/api/sheet.h"
#include "registrar/http/form_data.h"
#include "registrar/http/query.h"
#include "registrar/office/photos.h"

#define COOKIE "__Secure-photos"

/* A request at a link. */
typedef struct Visit {
    Sheet sheet;
    Token token;
    bool parsed;
    char device[PHOTOS_DEVICE_SIZE]; /* "": none */
    PhotosView view;
    char here[40], pages[12], most[12], minutes[12];
} Visit;

static void visit_init(Visit *visit, const HttpServerRequest *request)
{
    *visit = (Visit){ 0 };
    visit->parsed = token_parse(request->parameters[0], &visit->token);
    sheet_init(&visit->sheet, request);
    if (!cookie_get(request->cookies, COOKIE, visit->device, sizeof visit->device))
        visit->device[0] = '\0';
}

static void visit_fini(Visit *visit)
{
    sheet_fini(&visit->sheet);
    mem_wipe(visit, sizeof *visit);
}
#define OWNED_VISIT __attribute__((cleanup(visit_fini))) Visit

static Office *office_at(const Visit *visit)
{
    return visit->sheet.context->office;
}

/* What this registrar never made is looked for nowhere. */
static const Token *token_of(const Visit *visit)
{
    return visit->parsed && photos_token_is_ours(office_at(visit), &visit->token) ? &visit->token : NULL;
}

bool photo_page_admits(const HttpServerRequest *request)
{
    const ApiContext *context = request->context;
    Token token;
    const bool ours = context && context->office && request->parameter_count > 0 &&
                      token_parse(request->parameters[0], &token) && photos_token_is_ours(context->office, &token);

    mem_wipe(&token, sizeof token);
    return ours;
}

static bool gone(Visit *visit, const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    bool allowed;
    int wait_s;

    if (!sheet_within_limit(&visit->sheet, request, "unknown-link", &allowed, &wait_s, err))
        return false;
    if (!allowed)
        return sheet_too_many(&visit->sheet, "photo", wait_s, answer, err);
    visit->sheet.values.of[SLOT_PHOTO_GONE] = "yes";
    return sheet_answer(&visit->sheet, PAGE_PHOTO, 410, answer, err);
}

static void put_values(Visit *visit)
{
    const PhotosView *view = &visit->view;
    const char **of = visit->sheet.values.of;

    snprintf(visit->here, sizeof visit->here, "/u/%s", visit->token.text);
    snprintf(visit->pages, sizeof visit->pages, "%d", view->pages);
    snprintf(visit->most, sizeof visit->most, "%d", view->most);
    snprintf(visit->minutes, sizeof visit->minutes, "%d", view->minutes_left);
    of[SLOT_HERE] = visit->here;
    of[SLOT_TOKEN] = visit->token.text;
    of[SLOT_PLACE] = view->place;
    of[SLOT_TITLE] = paper_title(&view->service, visit->sheet.language);
    of[SLOT_KIND] = paper_title(&view->paper, visit->sheet.language);
    of[SLOT_PAGES] = visit->pages;
    of[SLOT_MOST] = visit->most;
    of[SLOT_MINUTES] = visit->minutes;
}

/* The page of what the link is now. */
static bool answer_view(Visit *visit, const HttpServerRequest *request, int status, HttpServerAnswer *answer,
                        Error *err)
{
    const PhotosView *view = &visit->view;
    const char **of = visit->sheet.values.of;
    const char *some = view->pages > 0 ? "yes" : NULL;

    switch (view->door) {
    case PHOTOS_DOOR_GONE: return gone(visit, request, answer, err);
    case PHOTOS_DOOR_OTHER:
        of[SLOT_PHOTO_OTHER] = "yes";
        status = 403;
        break;
    case PHOTOS_DOOR_OPEN:
        of[SLOT_PHOTO_OPEN] = "yes";
        of[SLOT_PHOTO_SOME] = some;
        break;
    case PHOTOS_DOOR_FULL:
        of[SLOT_PHOTO_FULL] = "yes";
        of[SLOT_PHOTO_SOME] = some;
        break;
    case PHOTOS_DOOR_DONE: of[SLOT_PHOTO_DONE] = "yes"; break;
    }
    put_values(visit);
    return sheet_answer(&visit->sheet, PAGE_PHOTO, status, answer, err);
}

bool photo_page_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    OWNED_VISIT visit;

    visit_init(&visit, request);
    if (sheet_moves(&visit.sheet, request, answer))
        return true;
    return photos_door_look(office_at(&visit), token_of(&visit), visit.device, &visit.view, err) &&
           answer_view(&visit, request, 200, answer, err);
}

/* Post, redirect, get: the page can be loaded again without anything being sent again. */
static bool see_other(const Visit *visit, const char *device, HttpServerAnswer *answer)
{
    if (device[0])
        snprintf(answer->cookie, sizeof answer->cookie,
                 COOKIE "=%s; Path=/u/%s; Max-Age=%d; Secure; HttpOnly; SameSite=Strict", device, visit->token.text,
                 PHOTOS_LINK_S);
    snprintf(answer->location, sizeof answer->location, "/u/%s?l=%s", visit->token.text,
             language_tag(visit->sheet.language));
    answer->status = 303;
    return true;
}

static const char *words_of(const Visit *visit, PhotoFault fault)
{
    static const char *const ids[] = {
        [PHOTO_FINE] = "",
        [PHOTO_EMPTY] = "said.photo-empty",
        [PHOTO_HEIC] = "said.photo-heic",
        [PHOTO_PDF] = "said.photo-pdf",
        [PHOTO_OTHER] = "said.photo-other",
        [PHOTO_BROKEN] = "said.photo-broken",
        [PHOTO_LARGE] = "said.photo-large",
        [PHOTO_SMALL] = "said.photo-small",
    };
    static_assert(COUNT(ids) == PHOTO_FAULT_COUNT, "words for every fault");

    return pages_text(visit->sheet.pages, visit->sheet.language, ids[fault]);
}

bool photo_page_send(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char device[PHOTOS_DEVICE_SIZE];
    PhotoFault fault;
    Str file = { 0 };
    OWNED_VISIT visit;

    visit_init(&visit, request);
    if (!form_data_get(request->content_type, request->body, "photo", &file))
        file = (Str){ 0 }; /* no form of ours: nothing was chosen */
    if (!photos_door_add(office_at(&visit), token_of(&visit), visit.device, file, &visit.view, &fault, device, err))
        return false;
    bool done = true;
    if (fault == PHOTO_FINE && (visit.view.door == PHOTOS_DOOR_OPEN || visit.view.door == PHOTOS_DOOR_FULL))
        done = see_other(&visit, device, answer);
    else {
        visit.sheet.values.of[SLOT_SAID] = fault == PHOTO_FINE ? NULL : words_of(&visit, fault);
        if (device[0])
            (void)see_other(&visit, device, answer); /* the cookie alone */
        answer->location[0] = '\0';
        done = answer_view(&visit, request, fault == PHOTO_FINE ? 409 : 422, answer, err);
    }
    mem_wipe(device, sizeof device);
    return done;
}

bool photo_page_done(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    OWNED_VISIT visit;

    visit_init(&visit, request);
    if (!photos_door_done(office_at(&visit), token_of(&visit), visit.device, &visit.view, err))
        return false;
    return visit.view.door == PHOTOS_DOOR_GONE || visit.view.door == PHOTOS_DOOR_OTHER
               ? answer_view(&visit, request, 409, answer, err)
               : see_other(&visit, "", answer);
}
