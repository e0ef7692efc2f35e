/* /office/requests: the inbox; what is sent there decides several of it together, each by the epoch that its clerk saw,
 * so that what went on meanwhile is left alone and said.  /office: the first page that there is for who asks. */
#include <stdio.h>
#include <string.h>

#include "base/texts.h"
#include "registrar/api/problem.h"
#include "registrar/console/applications.h"
#include "registrar/console/frame.h"
#include "registrar/console/pages.h"
#include "wire/json.h"

static bool show(Desk *desk, int status, HttpServerAnswer *answer, Error *err)
{
    InboxFilters filters;

    inbox_filters_read(desk, &filters);
    return inbox_put(desk, &filters, "", err) && desk_view(desk, "applications", status, answer, err);
}

bool page_queue(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    OWNED_DESK desk;
    Access access = desk_open(request, RIGHT_REQUESTS, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    return show(&desk, 200, answer, err);
}

bool page_first(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    OWNED_DESK desk;
    const Access access = desk_open_any(request, answer, &desk, err);

    return access == ACCESS_GRANTED ? desk_see_other(&desk, frame_home(&desk), NULL, answer, err)
                                    : access == ACCESS_REFUSED;
}

/* --- many at once ------------------------------------------------------------------------------------------------- */

typedef bool Decide(Office *office, const Decision *decision, ApiProblem *ret_problem, Error *err);

typedef struct Many {
    Desk *desk;
    Office *office;
    Decide *act;
    const char *words;
    json_t *results;
    size_t done, refused;
} Many;

static void tell(Many *many, const char *id, const char *number, const ApiProblem *problem)
{
    const bool done = problem->kind == PROBLEM_NONE;
    json_t *one = json_object();
    OWNED_BUF said, link;

    buf_init(&said, 400);
    buf_init(&link, 120);
    /* Questions to staff have an answer each: these are asked on the request's own page. */
    const char *pattern = problem->kind == PROBLEM_FORM && strcmp(problem->field, "words") != 0
                              ? say_application(many->desk, "many-asks")
                              : desk_text(many->desk, "said.", done ? "done" : api_problem_slug(problem->kind));
    const char *values[] = { problem->field };
    text_fill(&said, pattern, values, 1);
    buf_add_format(&link, "/office/requests/%s?l=%s", id, language_tag(many->desk->sheet.language));
    view_put(one, "result-number", number);
    view_put(one, "result-link", buf_text(&link));
    view_put(one, "result-said", buf_text(&said));
    view_put_when(one, "is-done", done);
    (void)json_array_append_new(many->results, one);
    many->done += done;
    many->refused += !done;
}

/* "ID.EPOCH" */
static bool decide_one(Many *many, Str pick, Error *err)
{
    char id[ID_SIZE], number[REQUEST_NUMBER_SIZE] = "";
    ApiProblem problem = { .kind = PROBLEM_NOT_FOUND };
    const Str of = str_split(&pick, '.');
    uint64_t epoch;
    bool seen;

    if (!str_copy(of, id, sizeof id) || !str_to_u64(pick, 0, UINT32_MAX, &epoch))
        return true;
    if (!application_is_seen(many->desk, id, number, &seen, err))
        return false;
    const Decision decision = { .clerk = many->desk->clerk, .id = id, .epoch = (uint32_t)epoch, .words = many->words };
    if (seen && !many->act(many->office, &decision, &problem, err))
        return false;
    tell(many, id, number[0] ? number : id, &problem);
    return true;
}

/* Every "pick" of the form, at most a page of them. */
static bool decide_all(Many *many, Str body, Error *err)
{
    size_t count = 0;

    while (body.len > 0 && count < INBOX_LINES_MOST) {
        Str pair = str_split(&body, '&');
        const Str name = str_split(&pair, '=');

        if (!str_equal_text(name, "pick"))
            continue;
        count++;
        if (!decide_one(many, pair, err))
            return false;
    }
    return true;
}

bool page_queue_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    static const struct {
        const char *name;
        Decide *act;
    } acts[] = { { "approve", review_approve }, { "return", review_return }, { "decline", review_decline } };
    char act[16], words[REVIEW_WORDS_MOST + 1];
    OWNED_DESK desk;
    Access access = desk_open(request, RIGHT_REQUESTS, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    desk_field(request, "act", act, sizeof act);
    desk_field(request, "words", words, sizeof words);
    OWNED(json_t) results = json_array();
    Many many = { .desk = &desk, .office = office_of(request), .words = words, .results = results };
    for (size_t i = 0; i < COUNT(acts); i++)
        if (!strcmp(acts[i].name, act))
            many.act = acts[i].act;
    if (many.act && !decide_all(&many, request->body, err))
        return false;
    (void)json_object_set(desk.view, "results", results);
    view_put_when(desk.view, "nothing-picked", many.done + many.refused == 0);
    (void)json_object_set_new(desk.view, "done-count", json_integer((json_int_t)many.done));
    (void)json_object_set_new(desk.view, "refused-count", json_integer((json_int_t)many.refused));
    view_put_when(desk.view, "is-many", true);
    return show(&desk, many.refused > 0 || many.done == 0 ? 409 : 200, answer, err);
}
