#include "registrar/api/offers_api.h"

#include "base/memory.h"
#include "registrar/api/etag.h"
#include "registrar/api/problem.h"
#include "registrar/api/putting.h"
#include "registrar/office/offers.h"
#include "wire/json.h"

/* Who keeps pages need not be able to change services. */
static const char *purpose_of(ShelfKind kind)
{
    return kind == SHELF_INFORMATION ? "information" : "catalogue";
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static json_t *line_of(const ShelfFile *file)
{
    return json_pack("{s:s, s:s, s:s}", "id", file->id, "version", file->version, "from",
                     file->put   ? "interface"
                     : file->own ? "own"
                                 : "folder");
}

static json_t *lines_of(const ShelfFiles *files, ShelfKind kind)
{
    json_t *lines = json_array();

    for (size_t i = 0; lines && i < files->count; i++)
        if (files->items[i].kind == kind && json_array_append_new(lines, line_of(&files->items[i])) != 0) {
            json_decref(lines);
            lines = NULL;
        }
    return lines;
}

/* What is listed, and the version of what kiosks make of it. */
static json_t *all_of(const Shelf *shelf, ShelfKind kind)
{
    json_t *lines = lines_of(shelf_files(shelf), kind);

    return kind == SHELF_INFORMATION ? json_pack("{s:o}", "pages", lines)
                                     : json_pack("{s:o, s:s}", kind == SHELF_SERVICE ? "services" : "templates", lines,
                                                 "catalogue", catalogue_version(shelf_catalogue(shelf)));
}

static bool list(ShelfKind kind, const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    TokenRow token;
    Access access = access_token(request, purpose_of(kind), answer, &token, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    OWNED(Shelf) shelf = office_shelf(office_of(request), err);
    if (!shelf)
        return false;
    OWNED(json_t) all = all_of(shelf, kind);
    answer->content_type = "application/json";
    answer->cache = "private, no-cache";
    return (all || error_set(err, ERR_MEMORY, "offers")) && json_write(all, &answer->body, err) &&
           etag_of_text(buf_str(&answer->body), answer, err);
}

static const ShelfFile *find(const ShelfFiles *files, ShelfKind kind, Str id)
{
    for (size_t i = 0; i < files->count; i++)
        if (files->items[i].kind == kind && str_equal_text(id, files->items[i].id))
            return &files->items[i];
    return NULL;
}

static bool give(ShelfKind kind, const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    TokenRow token;
    Access access = access_token(request, purpose_of(kind), answer, &token, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    OWNED(Shelf) shelf = office_shelf(office_of(request), err);
    if (!shelf)
        return false;
    const ShelfFile *file = find(shelf_files(shelf), kind, request->parameters[0]);
    if (!file)
        return problem_answer_kind(PROBLEM_NOT_FOUND, answer, err);
    etag_of_version(file->version, answer);
    answer->content_type = "application/json";
    answer->cache = "private, no-cache";
    buf_add_str(&answer->body, blob_str(file->body));
    return buf_ok(&answer->body, err);
}

/* --- changing ----------------------------------------------------------------------------------------------------- */

static bool answer_outcome(OfferOutcome outcome, const char *version, const OfferWish *wish, const ShelfFaults *faults,
                           HttpServerAnswer *answer, Error *err)
{
    switch (outcome) {
    case OFFER_UNMET: return problem_answer_kind(PROBLEM_CHANGED, answer, err);
    case OFFER_NOT_FOUND: return problem_answer_kind(version[0] ? PROBLEM_OF_FOLDER : PROBLEM_NOT_FOUND, answer, err);
    case OFFER_REFUSED: return answer_faults(faults, answer, err);
    case OFFER_CHANGED:
    case OFFER_MADE: break;
    }
    answer->status = outcome == OFFER_MADE ? 201 : 204;
    if (wish->body.len)
        etag_of_version(version, answer);
    if (outcome == OFFER_CHANGED)
        return true;
    OWNED(json_t) line = json_pack("{s:s, s:s, s:s}", "id", wish->id, "version", version, "from", "interface");
    answer->content_type = "application/json";
    return line ? json_write(line, &answer->body, err) : error_set(err, ERR_MEMORY, "offer");
}

static bool change(ShelfKind kind, Str body, const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char id[SHELF_ID_SIZE], actor[TOKEN_NAME_SIZE + 8], version[SHELF_HASH_SIZE];
    OfferWish wish = { .kind = kind, .id = id, .body = body, .actor = actor, .meant = put_is_meant };
    OfferOutcome outcome;
    TokenRow token;
    Access access = access_token(request, purpose_of(kind), answer, &token, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!request->if_match && !request->if_none_match)
        return problem_answer_kind(PROBLEM_UNCONDITIONAL, answer, err);
    if (!str_copy(request->parameters[0], id, sizeof id))
        return problem_answer_kind(PROBLEM_NOT_FOUND, answer, err);
    actor_token(&token, actor);
    wish.ctx = (void *)(uintptr_t)request;
    ShelfFaults *faults = mem_new(1, sizeof *faults);
    bool done = faults ? offer_change(office_of(request), &wish, &outcome, version, faults, err) &&
                             answer_outcome(outcome, version, &wish, faults, answer, err)
                       : error_set(err, ERR_MEMORY, "offer");
    mem_free(faults);
    return done;
}

/* An empty body takes nothing away: it is a file that is empty. */
static bool put(ShelfKind kind, const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return change(kind, request->body.len ? request->body : STR(" "), request, answer, err);
}

/* --- handlers ----------------------------------------------------------------------------------------------------- */

bool offers_services(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return list(SHELF_SERVICE, request, answer, err);
}

bool offers_service_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return give(SHELF_SERVICE, request, answer, err);
}

bool offers_service_put(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return put(SHELF_SERVICE, request, answer, err);
}

bool offers_service_remove(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return change(SHELF_SERVICE, (Str){ 0 }, request, answer, err);
}

bool offers_templates(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return list(SHELF_TEMPLATE, request, answer, err);
}

bool offers_template_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return give(SHELF_TEMPLATE, request, answer, err);
}

bool offers_template_put(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return put(SHELF_TEMPLATE, request, answer, err);
}

bool offers_template_remove(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return change(SHELF_TEMPLATE, (Str){ 0 }, request, answer, err);
}

bool offers_pages(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return list(SHELF_INFORMATION, request, answer, err);
}

bool offers_page_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return give(SHELF_INFORMATION, request, answer, err);
}

bool offers_page_put(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return put(SHELF_INFORMATION, request, answer, err);
}

bool offers_page_remove(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return change(SHELF_INFORMATION, (Str){ 0 }, request, answer, err);
}
