/* /office/blanks: numbered forms one by one, each with what may be done with it, and their account. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/console/applications.h"
#include "registrar/console/blanks_view.h"
#include "registrar/console/pages.h"
#include "registrar/http/query.h"
#include "registrar/office/staff.h"

typedef struct BlanksQuery {
    char list[16]; /* a state's name, "doubted", "all"; "": the account */
    char holder[BLANK_HOLDER_SIZE], typed[40], id[BLANK_ID_SIZE], after[BLANK_ID_SIZE];
} BlanksQuery;

typedef struct BlanksPage {
    Desk *desk;
    BlanksQuery query;
    BlankAccount account;
    Catalogue *catalogue; /* owned */
    BlankRow rows[BLANKS_MOST];
    size_t count;
    int64_t of_state[BLANK_STATE_COUNT], doubted, all;
} BlanksPage;

/* As it is printed or as it is named: "am 1234" is AM-0001234. */
static void read_typed(const char *typed, char ret[BLANK_ID_SIZE])
{
    char series[BLANK_SERIES_SIZE] = "";
    size_t letters = 0;
    uint64_t number;
    const char *c = typed;

    while (isalpha((unsigned char)*c) && letters + 1 < sizeof series)
        series[letters++] = (char)toupper((unsigned char)*c++);
    c += strspn(c, " -");
    if (letters > 0 && str_to_u64(str_from(c), 0, 99999999, &number))
        blank_id_write(series, (int)number, ret);
    else
        str_copy_cut(STR("?"), ret, BLANK_ID_SIZE); /* no form has this number */
}

static void read_query(const Desk *desk, BlanksQuery *ret)
{
    desk_asked(desk->query, "list", ret->list, sizeof ret->list);
    desk_asked(desk->query, "holder", ret->holder, sizeof ret->holder);
    desk_asked(desk->query, "q", ret->typed, sizeof ret->typed);
    desk_asked(desk->query, "n", ret->id, sizeof ret->id);
    desk_asked(desk->query, "after", ret->after, sizeof ret->after);
    if (ret->typed[0] && !ret->list[0])
        str_copy_cut(STR("all"), ret->list, sizeof ret->list);
}

static void write_link(const Desk *desk, const BlanksQuery *query, const char *id, Buf *ret)
{
    const struct {
        const char *name, *value;
    } all[] = { { "list", query->list },
                { "holder", query->holder },
                { "q", query->typed },
                { "after", query->after },
                { "n", id } };

    buf_add_format(ret, "/office/blanks?l=%s", language_tag(desk->sheet.language));
    for (size_t i = 0; i < COUNT(all); i++)
        if (all[i].value[0]) {
            buf_add_format(ret, "&%s=", all[i].name);
            percent_encode(str_from(all[i].value), ret);
        }
}

/* --- lists -------------------------------------------------------------------------------------------------------- */

static void count_all(BlanksPage *page)
{
    for (size_t i = 0; i < page->account.count; i++) {
        const BlankCount *count = &page->account.counts[i];

        page->of_state[count->state] += count->count;
        page->doubted += count->said_spoiled;
        page->all += count->count;
    }
}

static void put_list(const BlanksPage *page, const char *list, const char *name, int64_t count, json_t *lists)
{
    BlanksQuery bare = { 0 };
    json_t *one = json_object();
    OWNED_BUF link;

    buf_init(&link, 200);
    str_copy_cut(str_from(list), bare.list, sizeof bare.list);
    write_link(page->desk, &bare, "", &link);
    view_put(one, "list-link", buf_text(&link));
    view_put(one, "list-name", name);
    (void)json_object_set_new(one, "list-count", json_integer(count));
    view_put_when(one, "is-list", !strcmp(page->query.list, list));
    (void)json_array_append_new(lists, one);
}

static void put_lists(const BlanksPage *page)
{
    json_t *lists = json_array();

    put_list(page, "all", say_blank(page->desk, "list-all"), page->all, lists);
    for (int state = 0; state < BLANK_STATE_COUNT; state++) {
        const char *name = state_name(&blank_states, state);

        put_list(page, name, say_blank(page->desk, name), page->of_state[state], lists);
    }
    put_list(page, "doubted", say_blank(page->desk, "list-doubted"), page->doubted, lists);
    (void)json_object_set_new(page->desk->view, "lists", lists);
}

static bool is_doubted(const BlankRow *blank)
{
    return blank->spoiled_by[0] && blank->state != BLANK_SPOILED;
}

static void put_state(const Desk *desk, const BlankRow *blank, json_t *object)
{
    static const char *const classes[] = {
        [BLANK_RECEIVED] = "waiting", [BLANK_ISSUED] = "running", [BLANK_BOUND] = "held",
        [BLANK_USED] = "done",        [BLANK_SPOILED] = "silent", [BLANK_RETURNED] = "over",
    };
    static_assert(COUNT(classes) == BLANK_STATE_COUNT, "a class for each state");
    const bool doubted = is_doubted(blank);

    view_put(object, "state-class", doubted ? "needs" : classes[blank->state]);
    view_put(object, "state-words",
             say_blank(desk, doubted ? "doubted" : state_name(&blank_states, (int)blank->state)));
}

static json_t *blank_json(const Desk *desk, const Catalogue *catalogue, const BlankRow *blank)
{
    json_t *one = json_object();
    OWNED_BUF changed;

    buf_init(&changed, 80);
    say_moment(desk, blank->changed_at_s, &changed);
    view_put(one, "number", blank->id);
    view_put(one, "kind", say_blank_kind(desk, catalogue, blank->kind));
    view_put(one, "holder", actor_name(blank->holder));
    view_put(one, "reason", blank->reason);
    view_put(one, "changed", buf_text(&changed));
    put_state(desk, blank, one);
    return one;
}

static void put_rows(const BlanksPage *page)
{
    json_t *rows = json_array();
    OWNED_BUF next;

    buf_init(&next, 400);
    for (size_t i = 0; i < page->count; i++) {
        json_t *one = blank_json(page->desk, page->catalogue, &page->rows[i]);
        OWNED_BUF link;

        buf_init(&link, 400);
        write_link(page->desk, &page->query, page->rows[i].id, &link);
        view_put(one, "link", buf_text(&link));
        view_put_when(one, "is-open-row", !strcmp(page->query.id, page->rows[i].id));
        view_put_when(one, "is-doubted", is_doubted(&page->rows[i]));
        (void)json_array_append_new(rows, one);
    }
    if (page->count == BLANKS_MOST) {
        BlanksQuery more = page->query;

        str_copy_cut(str_from(page->rows[page->count - 1].id), more.after, sizeof more.after);
        write_link(page->desk, &more, "", &next);
    }
    view_put(page->desk->view, "next", buf_text(&next));
    (void)json_object_set_new(page->desk->view, "rows", rows);
}

/* --- one of them -------------------------------------------------------------------------------------------------- */

static bool put_open(const BlanksPage *page, Office *office, Error *err)
{
    const Desk *desk = page->desk;
    BlankRow blank;
    bool found = false;

    if (page->query.id[0] && !blank_look(office, page->query.id, &found, &blank, err))
        return false;
    if (!found)
        return json_object_set_new(desk->view, "blank", json_null()) == 0 || error_set(err, ERR_MEMORY, "blanks");
    json_t *one = blank_json(desk, page->catalogue, &blank);
    const bool may_spoil =
        state_may_move(&blank_states, (int)blank.state, BLANK_SPOILED) && strcmp(blank.spoiled_by, desk->clerk) != 0;

    (void)json_object_set_new(one, "epoch", json_integer(blank.epoch));
    view_put(one, "copy", blank.copy);
    view_put(one, "first-said", actor_name(blank.spoiled_by));
    view_put_when(one, "is-doubted", is_doubted(&blank));
    view_put_when(one, "may-issue", blank.state == BLANK_RECEIVED && !is_doubted(&blank));
    view_put_when(one, "may-spoil", may_spoil && !is_doubted(&blank));
    view_put_when(one, "may-confirm", may_spoil && is_doubted(&blank));
    return json_object_set_new(desk->view, "blank", one) == 0 || error_set(err, ERR_MEMORY, "blanks");
}

/* To whom forms are given: by the names that they sign in with. */
static bool put_staff(const Desk *desk, Office *office, Error *err)
{
    json_t *list = json_array();
    StaffAccount *accounts = mem_new(STAFF_MOST, sizeof *accounts);
    size_t count;

    if (!accounts || !staff_list(office, accounts, STAFF_MOST, &count, err)) {
        mem_free(accounts);
        json_decref(list);
        return error_add(err, "blanks");
    }
    for (size_t i = 0; i < count; i++)
        if (accounts[i].row.state == STAFF_ACTIVE || accounts[i].row.state == STAFF_NEW)
            (void)json_array_append_new(list, json_pack("{ss ss}", "staff-name", accounts[i].row.name, "staff-full",
                                                        accounts[i].row.full_name));
    mem_wipe(accounts, STAFF_MOST * sizeof *accounts);
    mem_free(accounts);
    return json_object_set_new(desk->view, "staff", list) == 0 || error_set(err, ERR_MEMORY, "blanks");
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

static bool read_rows(BlanksPage *page, Office *office, Error *err)
{
    char id[BLANK_ID_SIZE] = "";
    const BlanksWanted wanted = { .state = strcmp(page->query.list, "all") == 0 ? "" : page->query.list,
                                  .holder = page->query.holder,
                                  .id = id,
                                  .after = page->query.after };
    bool known;

    if (page->query.typed[0])
        read_typed(page->query.typed, id);
    return !page->query.list[0] || blank_search(office, &wanted, &known, page->rows, &page->count, err);
}

static bool write_page(BlanksPage *page, Office *office, HttpServerAnswer *answer, Error *err)
{
    json_t *view = page->desk->view;

    page->catalogue = office_catalogue(office, err);
    if (!page->catalogue || !blank_account(office, &page->account, err) || !read_rows(page, office, err) ||
        !put_open(page, office, err) || !put_staff(page->desk, office, err))
        return false;
    count_all(page);
    put_lists(page);
    put_rows(page);
    view_put_when(view, "is-account", !page->query.list[0]);
    view_put_when(view, "is-empty", page->all == 0);
    view_put(view, "typed", page->query.typed);
    view_put(view, "list-now", page->query.list);
    (void)json_object_set_new(view, "needs", json_integer(page->doubted));
    blanks_put_account(page->desk, page->catalogue, &page->account);
    blanks_put_kinds(page->desk, page->catalogue);
    return desk_view(page->desk, "blanks", 200, answer, err);
}

bool page_blanks(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    OWNED_DESK desk;
    Access access = desk_open(request, RIGHT_BLANKS, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    BlanksPage *page = mem_new(1, sizeof *page);
    if (!page)
        return error_set(err, ERR_MEMORY, "blanks");
    page->desk = &desk;
    read_query(&desk, &page->query);
    bool done = write_page(page, office_of(request), answer, err);
    catalogue_drop(page->catalogue);
    mem_free(page);
    return done;
}

/* --- deeds -------------------------------------------------------------------------------------------------------- */

static int number_of(const HttpServerRequest *request, const char *name)
{
    char text[12];
    uint64_t number;

    desk_field(request, name, text, sizeof text);
    return str_to_u64(str_from(text), 0, 99999999, &number) ? (int)number : -1;
}

static void holder_of(const HttpServerRequest *request, char *array, size_t size)
{
    char name[STAFF_NAME_SIZE];

    desk_field(request, "holder", name, sizeof name);
    (void)snprintf(array, size, "%s%s", name[0] ? "staff:" : "", name);
}

/* A form that is given to somebody who is not there would be lost in the account. */
static bool is_somebody(Office *office, const char *holder, bool *ret, Error *err)
{
    StaffAccount account;

    *ret = false;
    if (!staff_find(office, actor_name(holder), ret, &account, err))
        return false;
    *ret = *ret && account.row.state != STAFF_REMOVED;
    mem_wipe(&account, sizeof account);
    return true;
}

typedef struct BlanksForm {
    const HttpServerRequest *request;
    const Desk *desk;
    char id[BLANK_ID_SIZE];
    const char *slug; /* of what came of it */
} BlanksForm;

static bool receive(BlanksForm *form, ApiProblem *ret_problem, Error *err)
{
    char kind[SERVICE_SIZE], series[BLANK_SERIES_SIZE], holder[BLANK_HOLDER_SIZE];
    bool known = true;

    desk_field(form->request, "kind", kind, sizeof kind);
    desk_field(form->request, "series", series, sizeof series);
    holder_of(form->request, holder, sizeof holder);
    const BlankReceipt receipt = { .kind = kind,
                                   .series = series,
                                   .first = number_of(form->request, "first"),
                                   .count = number_of(form->request, "count"),
                                   .holder = holder };
    if (holder[0] && !is_somebody(office_of(form->request), holder, &known, err))
        return false;
    *ret_problem = api_problem_form("holder", FORM_NOT_OFFERED);
    return !known || blank_receive(office_of(form->request), form->desk->clerk, &receipt, NULL, ret_problem, err);
}

static bool issue(BlanksForm *form, int epoch, bool back, ApiProblem *ret_problem, Error *err)
{
    char holder[BLANK_HOLDER_SIZE] = "";
    bool known = back;

    if (!back)
        holder_of(form->request, holder, sizeof holder);
    if (holder[0] && !is_somebody(office_of(form->request), holder, &known, err))
        return false;
    *ret_problem = api_problem_form("holder", FORM_NOT_OFFERED);
    return !known || blank_issue(office_of(form->request), form->desk->clerk, form->id, (uint32_t)epoch, holder,
                                 ret_problem, err);
}

static bool spoil(BlanksForm *form, int epoch, ApiProblem *ret_problem, Error *err)
{
    char words[BLANK_WORDS_MOST + 1];
    bool confirmed;

    desk_field(form->request, "words", words, sizeof words);
    if (!blank_spoil(office_of(form->request), form->desk->clerk, form->id, (uint32_t)epoch, words, ret_problem,
                     &confirmed, err))
        return false;
    if (ret_problem->kind == PROBLEM_FORM)
        *ret_problem = (ApiProblem){ 0 }, form->slug = "blanks-words";
    else
        form->slug = confirmed ? "done" : "blanks-first";
    return true;
}

static bool run(BlanksForm *form, ApiProblem *ret_problem, Error *err)
{
    char act[12];
    const int epoch = number_of(form->request, "epoch");

    desk_field(form->request, "act", act, sizeof act);
    desk_field(form->request, "id", form->id, sizeof form->id);
    form->slug = "done";
    *ret_problem = (ApiProblem){ .kind = PROBLEM_BAD_REQUEST };
    if (!strcmp(act, "receive"))
        return receive(form, ret_problem, err);
    if (epoch < 0)
        return true;
    if (!strcmp(act, "spoil"))
        return spoil(form, epoch, ret_problem, err);
    if (!strcmp(act, "issue") || !strcmp(act, "return"))
        return issue(form, epoch, act[0] == 'r', ret_problem, err);
    return true;
}

bool page_blanks_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem;
    BlanksQuery back = { 0 };
    OWNED_DESK desk;
    OWNED_BUF path;
    Access access = desk_open(request, RIGHT_BLANKS, answer, &desk, err);

    buf_init(&path, 200);
    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    BlanksForm form = { .request = request, .desk = &desk };
    if (!run(&form, &problem, err))
        return false;
    desk_field(request, "list", back.list, sizeof back.list);
    buf_add_text(&path, "/office/blanks?list=");
    percent_encode(str_from(back.list), &path);
    buf_add_text(&path, "&n=");
    percent_encode(str_from(form.id), &path);
    if (!buf_ok(&path, err))
        return false;
    if (problem.kind == PROBLEM_FORM)
        return desk_see_other(&desk, buf_text(&path), "blanks-form", answer, err);
    return problem.kind == PROBLEM_NONE ? desk_see_other(&desk, buf_text(&path), form.slug, answer, err)
                                        : desk_redirect(&desk, buf_text(&path), &problem, answer, err);
}
