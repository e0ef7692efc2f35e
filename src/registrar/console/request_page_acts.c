/* Forms of an open request: what came of one is told by the page that it leads to, so that a reload does nothing twice.
 * What is refused is told at once, beside the words that were typed. */
#include <stdio.h>
#include <string.h>

#include "registrar/api/problem.h"
#include "registrar/console/pages.h"
#include "registrar/console/request_page.h"
#include "registrar/office/handing.h"

typedef struct Form {
    const HttpServerRequest *request;
    RequestPage *page;
    uint32_t epoch;
    char words[REVIEW_WORDS_MOST + 1];
    Blob *pdf; /* the window's page: it is the answer */
} Form;

typedef bool Decide(Office *office, const Decision *decision, ApiProblem *ret_problem, Error *err);

static bool decide(Form *form, Decide *act, ApiProblem *ret_problem, Error *err)
{
    const Decision decision = {
        .clerk = form->page->desk->clerk, .id = form->page->id, .epoch = form->epoch, .words = form->words
    };

    return act(form->page->office, &decision, ret_problem, err);
}

static bool act_claim(Form *form, ApiProblem *ret_problem, Error *err)
{
    return decide(form, review_claim, ret_problem, err);
}

static bool act_return(Form *form, ApiProblem *ret_problem, Error *err)
{
    return decide(form, review_return, ret_problem, err);
}

static bool act_decline(Form *form, ApiProblem *ret_problem, Error *err)
{
    return decide(form, review_decline, ret_problem, err);
}

/* Fields of the form are "staff.ID". */
static bool act_approve(Form *form, ApiProblem *ret_problem, Error *err)
{
    RequestPage *page = form->page;
    Answers staff = { 0 };

    if (!review_open(page->office, page->desk->clerk, page->id, false, ret_problem, &page->review, err))
        return false;
    const Service *service = page->review.service;
    for (size_t i = 0; page->review.asks_staff && i < service->ask_count; i++) {
        char name[SERVICE_ID_MOST + 8], value[ANSWER_BYTES_MOST];

        (void)snprintf(name, sizeof name, "staff.%s", service->asks[i].id);
        desk_field(form->request, name, value, sizeof value);
        if (value[0] && !answers_set(&staff, service->asks[i].id, str_trim(str_from(value))))
            return error_set(err, ERR_INTERNAL, "answers");
    }
    const Decision decision = { .clerk = page->desk->clerk, .id = page->id, .epoch = form->epoch, .staff = &staff };
    bool done = ret_problem->kind != PROBLEM_NONE || review_approve(page->office, &decision, ret_problem, err);
    review_fini(&page->review);
    return done;
}

static bool act_page(Form *form, ApiProblem *ret_problem, Error *err)
{
    ApiPrintJob job;

    return window_page(form->page->office, form->page->desk->clerk, form->page->id, ret_problem, &form->pdf, &job, err);
}

static bool act_printed(Form *form, ApiProblem *ret_problem, Error *err)
{
    char state[16];
    int told = 0;
    ApiPrintJob job;

    desk_field(form->request, "state", state, sizeof state);
    while (told < PRINT_STATE_COUNT && strcmp(api_print_state_name((ApiPrintState)told), state) != 0)
        told++;
    if (told == PRINT_STATE_COUNT) {
        *ret_problem = (ApiProblem){ .kind = PROBLEM_BAD_REQUEST };
        return true;
    }
    return window_told(form->page->office, form->page->desk->clerk, form->page->id, form->epoch, (ApiPrintState)told,
                       ret_problem, &job, err);
}

static bool act_again(Form *form, ApiProblem *ret_problem, Error *err)
{
    return window_again(form->page->office, form->page->desk->clerk, form->page->id, ret_problem, err);
}

static bool act_hand_out(Form *form, ApiProblem *ret_problem, Error *err)
{
    char to[16], name[HAND_OUT_NAME_MOST + 1], paper[HAND_OUT_PAPER_MOST + 1];

    desk_field(form->request, "to", to, sizeof to);
    desk_field(form->request, "name", name, sizeof name);
    desk_field(form->request, "paper", paper, sizeof paper);
    const HandOut hand_out = { .request = form->page->id,
                               .epoch = form->epoch,
                               .to_student = !strcmp(to, "student"),
                               .name = name,
                               .paper = paper };
    return window_hand_out(form->page->office, form->page->desk->clerk, &hand_out, ret_problem, err);
}

static bool act_confirm(Form *form, ApiProblem *ret_problem, Error *err)
{
    char passport[40];

    desk_field(form->request, "passport", passport, sizeof passport);
    return visitor_confirm(form->page->office, form->page->desk->clerk, form->page->id, passport, ret_problem, err);
}

static bool act_tick(Form *form, ApiProblem *ret_problem, Error *err)
{
    char field[SERVICE_ID_MOST];

    desk_field(form->request, "field", field, sizeof field);
    return papers_tick(form->page->office, form->page->desk->clerk, form->page->id, field, ret_problem, err);
}

static const struct {
    const char *name;
    bool (*act)(Form *form, ApiProblem *ret_problem, Error *err);
    bool at_window; /* for those who may handle papers */
} acts[] = {
    { "claim", act_claim, false },     { "approve", act_approve, false },  { "return", act_return, false },
    { "decline", act_decline, false }, { "page", act_page, true },         { "printed", act_printed, true },
    { "again", act_again, true },      { "hand-out", act_hand_out, true }, { "confirm", act_confirm, false },
    { "seen", act_tick, false },
};

static bool run(Form *form, ApiProblem *ret_problem, Error *err)
{
    char act[16], epoch[16];
    uint64_t seen;

    desk_field(form->request, "act", act, sizeof act);
    desk_field(form->request, "epoch", epoch, sizeof epoch);
    desk_field(form->request, "words", form->words, sizeof form->words);
    *ret_problem = (ApiProblem){ .kind = PROBLEM_BAD_REQUEST };
    if (!str_to_u64(str_from(epoch), 0, UINT32_MAX, &seen))
        return true;
    form->epoch = (uint32_t)seen;
    for (size_t i = 0; i < COUNT(acts); i++)
        if (!strcmp(acts[i].name, act) && (!acts[i].at_window || request_page_hands_out(form->page)))
            return acts[i].act(form, ret_problem, err);
    return true;
}

/* What went on to another unit is out of sight of who sent it there: back to the others. */
static bool answer_done(const RequestPage *page, const ApiProblem *problem, HttpServerAnswer *answer, Error *err)
{
    char path[sizeof page->filters.query + 64], number[REQUEST_NUMBER_SIZE];
    const char *query = page->filters.query;
    bool seen;

    if (!application_is_seen(page->desk, page->id, number, &seen, err))
        return false;
    if (strlen(query) > sizeof answer->location - 96) /* what was searched for is forgotten */
        query = "";
    (void)snprintf(path, sizeof path, "/office/requests%s%s%s", seen ? "/" : "", seen ? page->id : "", query);
    return desk_redirect(page->desk, path, problem, answer, err);
}

bool page_request_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    OWNED_DESK desk;
    ApiProblem problem;
    Access access = desk_open(request, RIGHT_REQUESTS, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    OWNED(RequestPage) page = request_page_begin(request, &desk, err);
    if (!page)
        return false;
    if (!page->seen)
        return application_not_found(&desk, answer, err);
    Form form = { .request = request, .page = page };
    if (!run(&form, &problem, err))
        return false;
    if (form.pdf) {
        answer->blob = form.pdf;
        answer->content_type = "application/pdf";
        return true;
    }
    if (problem.kind == PROBLEM_NONE)
        return answer_done(page, &problem, answer, err);
    desk_say(&desk, &problem);
    view_put(desk.view, "said", desk.said);
    view_put_when(desk.view, "was-done", false);
    page->typed = form.words;
    return request_page_show(page, problem_of(problem.kind).status, answer, err);
}
