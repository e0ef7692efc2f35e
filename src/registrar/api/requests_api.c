#include "registrar/api/requests_api.h"

#include <string.h>

#include "base/memory.h"
#include "registrar/api/epochs.h"
#include "registrar/api/idempotency.h"
#include "registrar/api/problem.h"
#include "registrar/api/putting.h"
#include "registrar/api/requests_json.h"
#include "registrar/http/query.h"
#include "registrar/office/handing.h"
#include "wire/json.h"

#define PURPOSE "requests"

/* With the request that the path names. */
static Access access_request(const HttpServerRequest *request, HttpServerAnswer *answer, Asked *ret, Error *err)
{
    Access access = asked_by_clerk(request, PURPOSE, answer, ret, err);

    if (access != ACCESS_GRANTED)
        return access;
    return str_copy(request->parameters[0], ret->id, sizeof ret->id) && uuid_valid(ret->id)
               ? ACCESS_GRANTED
               : asked_refuse(PROBLEM_NOT_FOUND, answer, err);
}

/* With the epoch of If-Match, and the body, where one is taken. */
static Access access_change(const HttpServerRequest *request, HttpServerAnswer *answer, Asked *ret, Error *err)
{
    Access access = access_request(request, answer, ret, err);

    if (access == ACCESS_GRANTED)
        access = asked_read_epoch(request, answer, ret, err);
    return access != ACCESS_GRANTED || request->body.len == 0 ? access : asked_read_body(request, answer, ret, err);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

bool requests_api_list(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char state[16], unit[24], after[ID_SIZE];
    bool known;
    OWNED_ASKED asked = { 0 };
    Access access = asked_by_clerk(request, PURPOSE, answer, &asked, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!query_may(request->query, "state", state, sizeof state) ||
        !query_may(request->query, "unit", unit, sizeof unit) ||
        !query_may(request->query, "after", after, sizeof after))
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    ReviewQueue *queue = mem_new(1, sizeof *queue);
    if (!queue)
        return error_set(err, ERR_MEMORY, "queue");
    const ReviewQuery query = { str_from(state), unit, after };
    bool done = review_queue(office_of(request), &query, &known, queue, err);
    if (done)
        done = known ? answer_json(requests_json_queue(queue), answer, err)
                     : problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    review_queue_fini(queue);
    mem_free(queue);
    return done;
}

bool requests_api_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem;
    OWNED_ASKED asked = { 0 };
    Access access = access_request(request, answer, &asked, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    Review *review = mem_new(1, sizeof *review);
    if (!review)
        return error_set(err, ERR_MEMORY, "request");
    bool done = review_open(office_of(request), asked.clerk, asked.id, token_may(&asked.token, "records"), &problem,
                            review, err);
    if (done && problem.kind != PROBLEM_NONE)
        done = problem_answer(&problem, answer, err);
    else if (done) {
        epoch_write(review->line.request.epoch, answer);
        done = answer_json(requests_json_review(review), answer, err);
    }
    review_fini(review);
    mem_free(review);
    return done;
}

/* --- deciding ----------------------------------------------------------------------------------------------------- */

typedef bool Decide(Office *office, const Decision *decision, ApiProblem *ret_problem, Error *err);

/* What decides may be asked for again under its key when the answer was lost. */
static Access access_decision(const HttpServerRequest *request, HttpServerAnswer *answer, Asked *ret, Once *ret_once,
                              Error *err)
{
    Access access = access_change(request, answer, ret, err);
    bool fit;

    if (access != ACCESS_GRANTED)
        return access;
    if (!idempotency_read(request, office_of(request), ret->clerk, ret_once, &fit, err))
        return ACCESS_FAILED;
    return fit ? ACCESS_GRANTED : asked_refuse(PROBLEM_BAD_REQUEST, answer, err);
}

static bool decide(const HttpServerRequest *request, Decide *act, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem;
    Once once;
    OWNED_ASKED asked = { 0 };
    Access access = access_decision(request, answer, &asked, &once, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    const Decision decision = {
        .clerk = asked.clerk, .id = asked.id, .epoch = asked.epoch, .words = asked_text(&asked, "words"), .once = &once
    };
    return act(office_of(request), &decision, &problem, err) && answer_done(&problem, answer, err);
}

bool requests_api_claim(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return decide(request, review_claim, answer, err);
}

bool requests_api_return(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return decide(request, review_return, answer, err);
}

bool requests_api_decline(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return decide(request, review_decline, answer, err);
}

/* {"answers": {...}}; without it nothing is answered. */
static bool read_staff(const json_t *body, Answers *ret)
{
    const json_t *answers = json_object_get(body, "answers");
    OWNED_BUF text;

    *ret = (Answers){ 0 };
    buf_init(&text, REQUESTS_BODY_MOST);
    return !answers || (json_write(answers, &text, NULL) && answers_read(buf_str(&text), ret, NULL));
}

bool requests_api_approve(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem;
    Answers staff;
    Once once;
    OWNED_ASKED asked = { 0 };
    Access access = access_decision(request, answer, &asked, &once, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!read_staff(asked.body, &staff))
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    const Decision decision = {
        .clerk = asked.clerk, .id = asked.id, .epoch = asked.epoch, .staff = &staff, .once = &once
    };
    return review_approve(office_of(request), &decision, &problem, err) && answer_done(&problem, answer, err);
}

/* --- the window --------------------------------------------------------------------------------------------------- */

static bool answer_job(const ApiProblem *problem, const ApiPrintJob *job, HttpServerAnswer *answer, Error *err)
{
    if (problem->kind != PROBLEM_NONE)
        return problem_answer(problem, answer, err);
    answer->content_type = "application/json";
    return api_print_job_write(job, &answer->body, err);
}

/* The ETag is the epoch of the print job: what is told of the page names it. */
bool requests_api_page(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem;
    ApiPrintJob job = { 0 };
    OWNED_ASKED asked = { 0 };
    Access access = access_request(request, answer, &asked, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!strcmp(request->method, "HEAD")) /* it would be handed out to nobody */
        return problem_answer_kind(PROBLEM_METHOD, answer, err);
    if (!window_page(office_of(request), asked.clerk, asked.id, &problem, &answer->blob, &job, err))
        return false;
    if (problem.kind != PROBLEM_NONE)
        return problem_answer(&problem, answer, err);
    epoch_write(job.epoch, answer);
    answer->content_type = "application/pdf";
    return true;
}

bool requests_api_printed(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem;
    ApiPrintJob job = { 0 };
    int state = 0;
    OWNED_ASKED asked = { 0 };
    Access access = access_change(request, answer, &asked, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    while (state < PRINT_STATE_COUNT &&
           strcmp(api_print_state_name((ApiPrintState)state), asked_text(&asked, "state")) != 0)
        state++;
    if (state == PRINT_STATE_COUNT)
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    return window_told(office_of(request), asked.clerk, asked.id, asked.epoch, (ApiPrintState)state, &problem, &job,
                       err) &&
           answer_job(&problem, &job, answer, err);
}

bool requests_api_again(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem;
    OWNED_ASKED asked = { 0 };
    Access access = access_request(request, answer, &asked, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    return window_again(office_of(request), asked.clerk, asked.id, &problem, err) && answer_done(&problem, answer, err);
}

bool requests_api_hand_out(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem;
    OWNED_ASKED asked = { 0 };
    Access access = access_change(request, answer, &asked, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    const char *to = asked_text(&asked, "to");
    const HandOut hand_out = { .request = asked.id,
                               .epoch = asked.epoch,
                               .to_student = !strcmp(to, "student"),
                               .name = asked_text(&asked, "name"),
                               .paper = asked_text(&asked, "paper") };
    if (!hand_out.to_student && strcmp(to, "other") != 0)
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    return window_hand_out(office_of(request), asked.clerk, &hand_out, &problem, err) &&
           answer_done(&problem, answer, err);
}
