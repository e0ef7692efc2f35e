/* What the forms of the print queue's page do: one deed each, on the job and in the epoch that the page showed. */
#include <string.h>

#include "registrar/api/access.h"
#include "registrar/console/pages.h"
#include "registrar/console/prints_page.h"

typedef struct Form {
    char deed[16], job[ID_SIZE], epoch[16];
    char reason[PRINT_REASON_SIZE], words[PRINT_WORDS_MOST + 64];
    char to[ID_SIZE], from[ID_SIZE];
    char whom[12], name[200], paper[120];
} Form;

static void read_form(const HttpServerRequest *request, Form *form)
{
    const struct {
        const char *name;
        char *array;
        size_t size;
    } fields[] = { { "deed", form->deed, sizeof form->deed },    { "job", form->job, sizeof form->job },
                   { "epoch", form->epoch, sizeof form->epoch }, { "reason", form->reason, sizeof form->reason },
                   { "words", form->words, sizeof form->words }, { "to", form->to, sizeof form->to },
                   { "from", form->from, sizeof form->from },    { "whom", form->whom, sizeof form->whom },
                   { "name", form->name, sizeof form->name },    { "paper", form->paper, sizeof form->paper } };

    for (size_t i = 0; i < COUNT(fields); i++)
        desk_field(request, fields[i].name, fields[i].array, fields[i].size);
}

static bool read_order(const Desk *desk, const Form *form, JobOrder *ret)
{
    uint64_t epoch;

    *ret = (JobOrder){ .job = form->job,
                       .clerk = desk->clerk,
                       .scope = desk_scope(desk),
                       .reason = form->reason,
                       .words = form->words,
                       .to = form->to,
                       .to_student = strcmp(form->whom, "other") != 0,
                       .name = form->name,
                       .paper = form->paper };
    if (!job_deed_parse(str_from(form->deed), &ret->deed) || !str_to_u64(str_from(form->epoch), 0, UINT32_MAX, &epoch))
        return false;
    ret->epoch = (uint32_t)epoch;
    if (ret->deed != DEED_MOVE && ret->deed != DEED_REPRINT)
        ret->to = NULL;
    if (ret->deed != DEED_HOLD && ret->deed != DEED_CANCEL && ret->deed != DEED_REPRINT)
        ret->reason = ret->words = NULL;
    return true;
}

/* Back to the list; the job that goes on is open there. */
static bool answer_done(const Desk *desk, const PrintsFilters *filters, const char *job, const ApiProblem *problem,
                        HttpServerAnswer *answer, Error *err)
{
    OWNED_BUF path;

    buf_init(&path, 2 * PRINTS_QUERY_SIZE);
    prints_link(desk, filters, job, true, &path);
    if (path.failed || path.len > sizeof answer->location - 48) { /* what was searched for is forgotten */
        const PrintsFilters none = { 0 };
        buf_clear(&path);
        prints_link(desk, &none, job, false, &path);
    }
    return buf_ok(&path, err) && desk_redirect(desk, buf_text(&path), problem, answer, err);
}

/* All that a silent printer has. */
static bool take_all(const Desk *desk, const Form *form, ApiProblem *ret_problem, Error *err)
{
    const JobOrder order = { .clerk = desk->clerk, .scope = desk_scope(desk), .to = form->to, .to_student = true };
    size_t done;

    *ret_problem = (ApiProblem){ .kind = form->to[0] && form->from[0] ? PROBLEM_NONE : PROBLEM_BAD_REQUEST };
    if (ret_problem->kind != PROBLEM_NONE)
        return true;
    if (!jobs_take_all(desk->sheet.context->office, &order, form->from, &done, err))
        return false;
    ret_problem->kind = done > 0 ? PROBLEM_NONE : PROBLEM_DECIDED;
    return true;
}

static bool act(Desk *desk, const PrintsFilters *filters, const Form *form, HttpServerAnswer *answer, Error *err)
{
    Office *office = desk->sheet.context->office;
    ApiProblem problem = { .kind = PROBLEM_BAD_REQUEST };
    char job[ID_SIZE] = "";
    Blob *pdf = NULL;
    JobOrder order;

    str_copy_cut(str_from(form->job), job, sizeof job);
    if (!strcmp(form->deed, "take-all")) {
        if (!take_all(desk, form, &problem, err))
            return false;
    } else if (read_order(desk, form, &order)) {
        if (order.deed == DEED_PAGE ? !jobs_page(office, &order, &problem, &pdf, err)
                                    : !jobs_do(office, &order, &problem, job, err))
            return false;
    }
    if (pdf) {
        answer->blob = pdf;
        answer->content_type = "application/pdf";
        return true;
    }
    return answer_done(desk, filters, job, &problem, answer, err);
}

bool page_prints_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    PrintsFilters filters;
    Form form;
    OWNED_DESK desk;
    const Access access = desk_open(request, RIGHT_PRINTS, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    prints_filters_read(desk.query, &filters);
    read_form(request, &form);
    return act(&desk, &filters, &form, answer, err);
}
