/* /office/revocations: many papers revoked at once, which one person proposes and another confirms. */
#include <string.h>

#include "base/memory.h"
#include "base/texts.h"
#include "registrar/console/pages.h"
#include "registrar/console/students.h"
#include "registrar/http/query.h"
#include "registrar/office/desk_papers.h"

#define PATH         "/office/revocations"
#define NUMBERS_SIZE (BULK_PAPERS_MOST * (DOCUMENT_NUMBER_SIZE + 2))

typedef struct BulkList {
    size_t count;
    BulkRow rows[BULK_LISTED_MOST];
} BulkList;
OWNED_BY(BulkList, mem_free)

typedef struct Proposal {
    char reason[DOCUMENT_REASON_MOST + 1];
    char numbers[NUMBERS_SIZE];
} Proposal;
OWNED_BY(Proposal, mem_free)

typedef struct BulkOpen {
    BulkRow bulk;
    char numbers[BULK_PAPERS_MOST][DOCUMENT_NUMBER_SIZE];
    size_t count;
} BulkOpen;
OWNED_BY(BulkOpen, mem_free)

static json_t *bulk_json(const Desk *desk, const BulkRow *bulk)
{
    static const char *const words[] = { "proposed", "done", "dropped" };
    static const char *const classes[] = { "waiting", "done", "off" };
    json_t *one = json_object();
    OWNED_BUF proposed, decided;

    buf_init(&proposed, 80);
    buf_init(&decided, 80);
    say_moment(desk, bulk->proposed_at_s, &proposed);
    if (bulk->decided_at_s)
        say_moment(desk, bulk->decided_at_s, &decided);
    view_put(one, "bulk-id", bulk->id);
    view_put(one, "bulk-reason", bulk->reason);
    (void)json_object_set_new(one, "bulk-papers", json_integer(bulk->papers));
    view_put(one, "bulk-by", actor_name(bulk->proposed_by));
    view_put(one, "bulk-when", buf_text(&proposed));
    view_put(one, "bulk-state", say_student_word(desk, "bulk", words[bulk->state]));
    view_put(one, "bulk-class", classes[bulk->state]);
    view_put(one, "bulk-decided-by", actor_name(bulk->decided_by));
    view_put(one, "bulk-decided", buf_text(&decided));
    return one;
}

static bool put_list(Desk *desk, Error *err)
{
    const DeskWho who = who_of(desk);
    json_t *list = json_array();
    OWNED(BulkList) bulks = mem_new(1, sizeof *bulks);

    (void)json_object_set_new(desk->view, "rows", list);
    if (!bulks)
        return error_set(err, ERR_MEMORY, "revocations");
    if (!bulk_list(desk->sheet.context->office, &who, bulks->rows, &bulks->count, err))
        return false;
    for (size_t i = 0; i < bulks->count; i++)
        (void)json_array_append_new(list, bulk_json(desk, &bulks->rows[i]));
    return true;
}

/* The one that is named, with its papers; nothing where there is none. */
static bool put_open(Desk *desk, const char *id, Error *err)
{
    const DeskWho who = who_of(desk);
    OWNED(BulkOpen) open = mem_new(1, sizeof *open);
    OWNED_BUF numbers;
    bool found = false;
    json_t *one;

    buf_init(&numbers, NUMBERS_SIZE);
    view_put_when(desk->view, "open", false);
    if (!open)
        return error_set(err, ERR_MEMORY, "revocation");
    if (!id[0])
        return true;
    if (!bulk_papers(desk->sheet.context->office, &who, id, &found, &open->bulk, open->numbers, &open->count, err))
        return false;
    if (!found)
        return true;
    for (size_t i = 0; i < open->count; i++)
        buf_add_format(&numbers, "%s%s", i ? ", " : "", open->numbers[i]);
    one = bulk_json(desk, &open->bulk);
    view_put(one, "bulk-numbers", buf_text(&numbers));
    view_put_when(one, "may-decide", open->bulk.state == BULK_PROPOSED);
    view_put_when(one, "may-confirm",
                  open->bulk.state == BULK_PROPOSED && strcmp(open->bulk.proposed_by, desk->clerk) != 0);
    (void)json_object_set_new(desk->view, "open", one);
    return true;
}

static bool show(Desk *desk, const char *id, const Proposal *proposal, const char *fault, int status,
                 HttpServerAnswer *answer, Error *err)
{
    view_put(desk->view, "reason", proposal ? proposal->reason : "");
    view_put(desk->view, "numbers", proposal ? proposal->numbers : "");
    view_put(desk->view, "fault", fault);
    view_put_when(desk->view, "is-revocations", true);
    view_put_when(desk->view, "may-revoke", true);
    return put_list(desk, err) && put_open(desk, id, err) && desk_view(desk, "revocations", status, answer, err);
}

bool page_revocations(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char id[ID_SIZE];
    OWNED_DESK desk;
    const Access access = desk_open(request, RIGHT_REVOKE, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    desk_asked(request->query, "id", id, sizeof id);
    return show(&desk, id, NULL, "", 200, answer, err);
}

/* --- numbers ------------------------------------------------------------------------------------------------------ */

/* A field of lines: a form's decoder takes no line breaks, which are blanks here. */
static bool read_numbers(const HttpServerRequest *request, char *numbers, size_t size, Error *err)
{
    static const Str breaks[] = { STR("%0D%0A"), STR("%0A"), STR("%09") };
    Str rest = request->body;
    OWNED_BUF flat;

    buf_init(&flat, FORM_BYTES_MOST);
    while (rest.len > 0) {
        size_t taken = 1;

        for (size_t i = 0; i < COUNT(breaks) && taken == 1; i++)
            if (str_starts(rest, breaks[i]))
                taken = breaks[i].len;
        buf_add_byte(&flat, taken > 1 ? '+' : rest.ptr[0]);
        rest = (Str){ rest.ptr + taken, rest.len - taken };
    }
    if (!buf_ok(&flat, err))
        return false;
    (void)!query_get(buf_text(&flat), "numbers", numbers, size);
    return true;
}

/* --- forms -------------------------------------------------------------------------------------------------------- */

/* "M-2026/000999: no paper has this number" */
static void write_fault(const Desk *desk, const BulkFault *fault, Buf *ret)
{
    static const char *const words[] = { [BULK_NO_NUMBER] = "no-number",
                                         [BULK_NOT_GIVEN] = "not-given",
                                         [BULK_NOT_VALID] = "not-valid",
                                         [BULK_TOO_MANY] = "too-many" };

    if (fault->number[0])
        buf_add_format(ret, "%s: ", fault->number);
    buf_add_text(ret, say_student_word(desk, "bulk", words[fault->what]));
}

static bool propose(const HttpServerRequest *request, Desk *desk, const Proposal *proposal, HttpServerAnswer *answer,
                    Error *err)
{
    const DeskWho who = who_of(desk);
    ApiProblem problem;
    BulkFault fault;
    OWNED_BUF words;

    buf_init(&words, 400);
    if (!bulk_propose(office_of(request), &who, proposal->numbers, proposal->reason, &problem, &fault, err))
        return false;
    if (problem.kind == PROBLEM_NONE)
        return desk_redirect(desk, PATH, &problem, answer, err);
    if (strcmp(problem.field, "reason") == 0)
        buf_add_text(&words, say_student(desk, "wants-reason"));
    else
        write_fault(desk, &fault, &words);
    return show(desk, "", proposal, buf_text(&words), 422, answer, err);
}

static bool decide(const HttpServerRequest *request, Desk *desk, const char *act, const char *id,
                   HttpServerAnswer *answer, Error *err)
{
    const DeskWho who = who_of(desk);
    ApiProblem problem = { .kind = PROBLEM_BAD_REQUEST };
    bool done = true;

    if (strcmp(act, "confirm") == 0)
        done = bulk_confirm(office_of(request), &who, id, &problem, err);
    else if (strcmp(act, "drop") == 0)
        done = bulk_drop(office_of(request), &who, id, &problem, err);
    if (!done)
        return false;
    if (problem.kind == PROBLEM_NOT_ALLOWED)
        return show(desk, id, NULL, say_student(desk, "bulk-own"), 403, answer, err);
    return desk_redirect(desk, PATH, &problem, answer, err);
}

bool page_revocations_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char act[12], id[ID_SIZE];
    bool fresh;
    OWNED_DESK desk;
    const Access access = desk_open(request, RIGHT_REVOKE, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    OWNED(Proposal) proposal = mem_new(1, sizeof *proposal);
    if (!proposal)
        return error_set(err, ERR_MEMORY, "revocation");
    desk_field(request, "act", act, sizeof act);
    desk_field(request, "id", id, sizeof id);
    desk_field(request, "reason", proposal->reason, sizeof proposal->reason);
    if (!read_numbers(request, proposal->numbers, sizeof proposal->numbers, err))
        return false;
    if (!desk_fresh(&desk, request, &fresh, err))
        return false;
    if (!fresh)
        return show(&desk, id, proposal, say_student(&desk, "needs-code"), 422, answer, err);
    if (strcmp(act, "propose") == 0)
        return propose(request, &desk, proposal, answer, err);
    return decide(request, &desk, act, id, answer, err);
}
