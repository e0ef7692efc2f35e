#include "registrar/api/campaigns_api.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/api/etag.h"
#include "registrar/api/problem.h"
#include "registrar/api/putting.h"
#include "registrar/office/campaigns.h"
#include "wire/json.h"

#define PURPOSE "campaigns"

/* --- reading ------------------------------------------------------------------------------------------------------ */

static bool write_list(const CampaignList *list, Buf *body, Error *err)
{
    buf_add_text(body, "{\"campaigns\":[");
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0)
            buf_add_byte(body, ',');
        if (!campaign_write(&list->rows[i], body, err))
            return false;
    }
    buf_add_text(body, "]}");
    return buf_ok(body, err);
}

bool campaigns_api_list(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    TokenRow token;
    OWNED(CampaignList) list = NULL;
    Access access = access_token(request, PURPOSE, answer, &token, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    answer->content_type = "application/json";
    answer->cache = "private, no-cache";
    return campaign_all(office_of(request), &list, err) && write_list(list, &answer->body, err) &&
           etag_of_text(buf_str(&answer->body), answer, err);
}

bool campaigns_api_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    TokenRow token;
    CampaignRow row;
    char id[CAMPAIGN_ID_SIZE];
    bool found = false;
    Access access = access_token(request, PURPOSE, answer, &token, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (str_copy(request->parameters[0], id, sizeof id) && !campaign_one(office_of(request), id, &found, &row, err))
        return false;
    if (!found)
        return problem_answer_kind(PROBLEM_NOT_FOUND, answer, err);
    etag_of_version(row.version, answer);
    answer->content_type = "application/json";
    answer->cache = "private, no-cache";
    return campaign_write(&row, &answer->body, err);
}

/* --- changing ----------------------------------------------------------------------------------------------------- */

/* "from: a day such as ...": what stands before the colon is the place. */
static bool refuse(const char *id, const Error *why, HttpServerAnswer *answer, Error *err)
{
    ShelfFaults *faults = mem_new(1, sizeof *faults);
    const char *colon = strstr(why->text, ": ");
    char file[96], path[40] = "";

    if (!faults)
        return error_set(err, ERR_MEMORY, "faults");
    (void)snprintf(file, sizeof file, "/office/v1/campaigns/%.47s", id);
    if (colon && (size_t)(colon - why->text) < sizeof path)
        str_copy_cut((Str){ why->text, (size_t)(colon - why->text) }, path, sizeof path);
    shelf_fault(faults, file, path, "%s", path[0] ? colon + 2 : why->text);
    bool done = answer_faults(faults, answer, err);
    mem_free(faults);
    return done;
}

static bool answer_outcome(CampaignOutcome outcome, const char *version, const CampaignWish *wish,
                           HttpServerAnswer *answer, Error *err)
{
    switch (outcome) {
    case CAMPAIGN_UNMET: return problem_answer_kind(PROBLEM_CHANGED, answer, err);
    case CAMPAIGN_UNKNOWN: return problem_answer_kind(PROBLEM_NOT_FOUND, answer, err);
    case CAMPAIGN_CHANGED:
    case CAMPAIGN_MADE: break;
    }
    answer->status = outcome == CAMPAIGN_MADE ? 201 : 204;
    if (!wish->gone)
        etag_of_version(version, answer);
    if (outcome == CAMPAIGN_CHANGED)
        return true;
    answer->content_type = "application/json";
    return campaign_write(&wish->row, &answer->body, err);
}

static bool change(CampaignWish *wish, const TokenRow *token, const HttpServerRequest *request,
                   HttpServerAnswer *answer, Error *err)
{
    char actor[TOKEN_NAME_SIZE + 8], version[CAMPAIGN_VERSION_SIZE];
    CampaignOutcome outcome;
    Error why = { 0 };

    actor_token(token, actor);
    wish->actor = actor;
    wish->meant = put_is_meant;
    wish->ctx = (void *)(uintptr_t)request;
    if (campaign_change(office_of(request), wish, &outcome, version, &why))
        return answer_outcome(outcome, version, wish, answer, err);
    return why.code == ERR_LIMIT ? refuse(wish->row.id, &why, answer, err)
                                 : error_set_cause(err, why.code, why.cause, "%s", why.text);
}

/* Who may, and under which condition.  False: the answer is there, or *err says why not. */
static bool may_change(const HttpServerRequest *request, HttpServerAnswer *answer, TokenRow *ret_token,
                       char ret_id[CAMPAIGN_ID_SIZE], bool *ret_done, Error *err)
{
    Access access = access_token(request, PURPOSE, answer, ret_token, err);

    *ret_done = access == ACCESS_REFUSED;
    if (access != ACCESS_GRANTED)
        return false;
    if (!request->if_match && !request->if_none_match) {
        *ret_done = problem_answer_kind(PROBLEM_UNCONDITIONAL, answer, err);
        return false;
    }
    if (str_copy(request->parameters[0], ret_id, CAMPAIGN_ID_SIZE))
        return true;
    *ret_done = problem_answer_kind(PROBLEM_NOT_FOUND, answer, err);
    return false;
}

bool campaigns_api_put(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    TokenRow token;
    CampaignWish wish = { 0 };
    char id[CAMPAIGN_ID_SIZE];
    Error why = { 0 };
    bool done;

    if (!may_change(request, answer, &token, id, &done, err))
        return done;
    if (campaign_parse(id, request->body, &wish.row, &why))
        return change(&wish, &token, request, answer, err);
    return why.code == ERR_FORMAT ? refuse(id, &why, answer, err) : error_set(err, why.code, "%s", why.text);
}

bool campaigns_api_remove(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    TokenRow token;
    CampaignWish wish = { .gone = true };
    bool done;

    return may_change(request, answer, &token, wish.row.id, &done, err) ? change(&wish, &token, request, answer, err)
                                                                        : done;
}
