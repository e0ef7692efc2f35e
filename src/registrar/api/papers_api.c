#include "registrar/api/papers_api.h"

#include <string.h>

#include "base/memory.h"
#include "registrar/api/access.h"
#include "registrar/api/problem.h"
#include "registrar/api/putting.h"
#include "registrar/http/query.h"
#include "registrar/office/photos.h"

#define WIDTH_USUAL 480

/* An id in an address: what is none is not found, like one that nobody has. */
static bool read_id(Str part, char ret[API_ID_SIZE])
{
    return str_copy(part, ret, API_ID_SIZE) && uuid_valid(ret);
}

static bool read_page(Str part, int *ret)
{
    uint64_t n;

    if (!str_to_u64(part, 1, PAPERS_PAGES_MOST, &n))
        return false;
    *ret = (int)n;
    return true;
}

/* --- kiosks ------------------------------------------------------------------------------------------------------- */

static bool answer_papers(const ApiProblem *problem, ApiPapers *papers, int status, HttpServerAnswer *answer,
                          Error *err)
{
    bool done;

    if (problem->kind != PROBLEM_NONE)
        done = problem_answer(problem, answer, err);
    else {
        answer->status = status;
        answer->content_type = "application/json";
        done = api_papers_write(papers, &answer->body, err);
    }
    mem_wipe(papers, sizeof *papers);
    return done;
}

bool papers_api_offer(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiPapersWanted wanted;
    ApiPapers papers = { 0 };
    ApiProblem problem = { 0 };
    Caller caller;
    Access access = access_session(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!api_papers_wanted_read(request->body, &wanted, NULL))
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    return photos_offer(office_of(request), &caller.session, &wanted, &problem, &papers, err) &&
           answer_papers(&problem, &papers, 201, answer, err);
}

bool papers_api_look(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiPapers papers = { 0 };
    ApiProblem problem = { 0 };
    char id[API_ID_SIZE];
    Caller caller;
    Access access = access_session(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!read_id(request->parameters[0], id))
        return problem_answer_kind(PROBLEM_NOT_FOUND, answer, err);
    return photos_look(office_of(request), &caller.session, id, &problem, &papers, err) &&
           answer_papers(&problem, &papers, 200, answer, err);
}

bool papers_api_end(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem = { 0 };
    char id[API_ID_SIZE];
    Caller caller;
    Access access = access_session(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!read_id(request->parameters[0], id))
        return problem_answer_kind(PROBLEM_NOT_FOUND, answer, err);
    return photos_end(office_of(request), &caller.session, id, &problem, err) && answer_done(&problem, answer, err);
}

bool papers_api_page(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem = { 0 };
    char id[API_ID_SIZE], text[12];
    uint64_t width = WIDTH_USUAL;
    int n;
    Caller caller;
    Access access = access_session(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!read_id(request->parameters[0], id) || !read_page(request->parameters[1], &n))
        return problem_answer_kind(PROBLEM_NOT_FOUND, answer, err);
    if (!query_may(request->query, "width", text, sizeof text) ||
        (text[0] && !str_to_u64(str_from(text), PAPERS_WIDTH_LEAST, PAPERS_WIDTH_MOST, &width)))
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    if (!photos_page(office_of(request), &caller.session, id, n, (int)width, &problem, &answer->blob, err))
        return false;
    answer->content_type = "image/png";
    return problem.kind == PROBLEM_NONE || problem_answer(&problem, answer, err);
}

/* --- staff's programs --------------------------------------------------------------------------------------------- */

typedef struct Wanting {
    char clerk[TOKEN_NAME_SIZE + 8];
    char request[API_ID_SIZE];
    char field[SERVICE_ID_MOST]; /* where the path names one */
} Wanting;

static Access access_papers(const HttpServerRequest *request, HttpServerAnswer *answer, Wanting *ret, Error *err)
{
    OWNED_ASKED asked = { 0 };
    Access access = asked_by_clerk(request, "requests", answer, &asked, err);

    *ret = (Wanting){ 0 };
    if (access != ACCESS_GRANTED)
        return access;
    memcpy(ret->clerk, asked.clerk, sizeof ret->clerk);
    const bool named = request->parameter_count < 2 || str_copy(request->parameters[1], ret->field, sizeof ret->field);
    return named && read_id(request->parameters[0], ret->request) ? ACCESS_GRANTED
                                                                  : asked_refuse(PROBLEM_NOT_FOUND, answer, err);
}

static json_t *paper_json(const PaperWanted *paper)
{
    json_t *label = json_object();
    json_t *json = json_pack("{s:s, s:s, s:i, s:b}", "field", paper->field->id, "given",
                             paper->brought ? "window" : "photo", "pages", paper->pages, "seen", paper->seen);

    for (Language l = 0; label && l < LANGUAGE_COUNT; l++)
        json_object_set_new(label, language_tag(l), json_string(local_text(&paper->field->label, l)));
    json_object_set_new(json, "label", label);
    if (paper->seen) {
        json_object_set_new(json, "seen_by", json_string(paper->seen_by));
        json_object_set_new(json, "seen_at_s", json_integer(paper->seen_at_s));
    }
    return json;
}

bool papers_api_list(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem;
    Wanting wanting;
    Access access = access_papers(request, answer, &wanting, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    PapersWanted *wanted = mem_new(1, sizeof *wanted);
    if (!wanted)
        return error_set(err, ERR_MEMORY, "papers");
    bool done = papers_wanted(office_of(request), wanting.request, &problem, wanted, err);
    if (done && problem.kind != PROBLEM_NONE)
        done = problem_answer(&problem, answer, err);
    else if (done) {
        json_t *list = json_array();

        for (size_t i = 0; list && i < wanted->count; i++)
            json_array_append_new(list, paper_json(&wanted->papers[i]));
        done = answer_json(json_pack("{s:o}", "papers", list), answer, err);
    }
    papers_wanted_fini(wanted);
    mem_free(wanted);
    return done;
}

bool papers_api_view(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem;
    Wanting wanting;
    int n;
    Access access = access_papers(request, answer, &wanting, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!read_page(request->parameters[2], &n))
        return problem_answer_kind(PROBLEM_NOT_FOUND, answer, err);
    if (!papers_view(office_of(request), wanting.clerk, wanting.request, wanting.field, n, &problem, &answer->blob,
                     err))
        return false;
    answer->content_type = "image/jpeg";
    return problem.kind == PROBLEM_NONE || problem_answer(&problem, answer, err);
}

bool papers_api_seen(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem;
    Wanting wanting;
    Access access = access_papers(request, answer, &wanting, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    return papers_tick(office_of(request), wanting.clerk, wanting.request, wanting.field, &problem, err) &&
           answer_done(&problem, answer, err);
}
