#include "registrar/api/blanks_api.h"

#include <stdio.h>
#include <string.h>

#include "registrar/api/epochs.h"
#include "registrar/api/idempotency.h"
#include "registrar/api/problem.h"
#include "registrar/api/putting.h"
#include "registrar/http/query.h"
#include "registrar/office/blanks.h"
#include "wire/json.h"

#define PURPOSE "blanks"

static Access access_blank(const HttpServerRequest *request, HttpServerAnswer *answer, Asked *ret, Error *err)
{
    Access access = asked_by_clerk(request, PURPOSE, answer, ret, err);

    if (access != ACCESS_GRANTED || str_copy(request->parameters[0], ret->id, sizeof ret->id))
        return access;
    return asked_refuse(PROBLEM_NOT_FOUND, answer, err);
}

static Access access_change(const HttpServerRequest *request, HttpServerAnswer *answer, Asked *ret, Error *err)
{
    Access access = access_blank(request, answer, ret, err);

    if (access == ACCESS_GRANTED)
        access = asked_read_epoch(request, answer, ret, err);
    return access != ACCESS_GRANTED ? access : asked_read_body(request, answer, ret, err);
}

/* A token's name as acts have it; "" stays "". */
static void holder_of(const Asked *asked, char *array, size_t size)
{
    const char *name = asked_text(asked, "holder");

    (void)snprintf(array, size, "%s%s", name[0] ? "token:" : "", name);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static json_t *blank_json(const BlankRow *blank)
{
    json_t *json =
        json_pack("{s:s, s:s, s:s, s:i, s:s, s:I, s:I}", "id", blank->id, "kind", blank->kind, "series", blank->series,
                  "number", blank->number, "state", state_name(&blank_states, (int)blank->state), "epoch",
                  (json_int_t)blank->epoch, "changed_at_s", (json_int_t)blank->changed_at_s);
    const struct {
        const char *name, *text;
    } texts[] = { { "holder", blank->holder },
                  { "copy", blank->copy },
                  { "spoiled_by", blank->spoiled_by },
                  { "words", blank->reason } };

    for (size_t i = 0; json && i < COUNT(texts); i++)
        if (texts[i].text[0] && json_object_set_new(json, texts[i].name, json_string(texts[i].text)) != 0) {
            json_decref(json);
            json = NULL;
        }
    return json;
}

bool blanks_api_list(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    BlankRow rows[BLANKS_MOST];
    char state[16], after[BLANK_ID_SIZE];
    size_t count = 0;
    bool known;
    OWNED_ASKED asked = { 0 };
    Access access = asked_by_clerk(request, PURPOSE, answer, &asked, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!query_may(request->query, "state", state, sizeof state) ||
        !query_may(request->query, "after", after, sizeof after))
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    if (!blank_list(office_of(request), state, after, &known, rows, &count, err))
        return false;
    if (!known)
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    json_t *list = json_array();
    for (size_t i = 0; list && i < count; i++)
        if (json_array_append_new(list, blank_json(&rows[i])) != 0) {
            json_decref(list);
            list = NULL;
        }
    return answer_json(json_pack("{s:o}", "blanks", list), answer, err);
}

bool blanks_api_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    BlankRow blank;
    bool found;
    OWNED_ASKED asked = { 0 };
    Access access = access_blank(request, answer, &asked, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!blank_look(office_of(request), asked.id, &found, &blank, err))
        return false;
    if (!found)
        return problem_answer_kind(PROBLEM_NOT_FOUND, answer, err);
    epoch_write(blank.epoch, answer);
    return answer_json(blank_json(&blank), answer, err);
}

/* --- changing ----------------------------------------------------------------------------------------------------- */

static bool is_small(const json_t *number)
{
    return json_is_integer(number) && json_integer_value(number) >= 0 && json_integer_value(number) <= INT32_MAX;
}

bool blanks_api_receive(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char holder[BLANK_HOLDER_SIZE];
    ApiProblem problem;
    Once once;
    bool fit;
    OWNED_ASKED asked = { 0 };
    Access access = asked_by_clerk(request, PURPOSE, answer, &asked, err);

    if (access == ACCESS_GRANTED)
        access = asked_read_body(request, answer, &asked, err);
    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    const json_t *first = json_object_get(asked.body, "first"), *count = json_object_get(asked.body, "count");
    if (!idempotency_read(request, office_of(request), asked.clerk, &once, &fit, err))
        return false;
    if (!fit || !is_small(first) || !is_small(count))
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    holder_of(&asked, holder, sizeof holder);
    const BlankReceipt receipt = { .kind = asked_text(&asked, "kind"),
                                   .series = asked_text(&asked, "series"),
                                   .first = (int)json_integer_value(first),
                                   .count = (int)json_integer_value(count),
                                   .holder = holder };
    return blank_receive(office_of(request), asked.clerk, &receipt, &once, &problem, err) &&
           answer_done(&problem, answer, err);
}

bool blanks_api_put(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char holder[BLANK_HOLDER_SIZE];
    ApiProblem problem;
    OWNED_ASKED asked = { 0 };
    Access access = access_change(request, answer, &asked, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    const char *state = asked_text(&asked, "state");
    const bool issued = !strcmp(state, "issued");
    holder_of(&asked, holder, sizeof holder);
    if ((!issued && strcmp(state, "returned") != 0) || issued != (holder[0] != '\0'))
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    return blank_issue(office_of(request), asked.clerk, asked.id, asked.epoch, holder, &problem, err) &&
           answer_done(&problem, answer, err);
}

bool blanks_api_spoil(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem;
    bool confirmed;
    OWNED_ASKED asked = { 0 };
    Access access = access_change(request, answer, &asked, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!blank_spoil(office_of(request), asked.clerk, asked.id, asked.epoch, asked_text(&asked, "words"), &problem,
                     &confirmed, err))
        return false;
    if (problem.kind != PROBLEM_NONE)
        return problem_answer(&problem, answer, err);
    return answer_json(json_pack("{s:b}", "confirmed", confirmed), answer, err);
}
