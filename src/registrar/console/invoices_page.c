/* /office/invoices: what waits to be paid, what was paid for nothing and goes back, what was paid; one of it with what
 * is done about it. */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "registrar/api/problem.h"
#include "registrar/console/applications.h"
#include "registrar/console/pages.h"
#include "registrar/http/query.h"
#include "registrar/office/invoices.h"

static const char *const money_lists[] = {
    [INVOICES_UNPAID] = "unpaid",
    [INVOICES_TO_REFUND] = "refund",
    [INVOICES_PAID] = "paid",
};
static_assert(COUNT(money_lists) == INVOICE_LIST_COUNT, "one name each");

typedef struct MoneyQuery {
    InvoiceList list;
    char typed[96], number[INVOICE_NUMBER_SIZE]; /* number: of the one that is open, "": none */
    int64_t after_s;
    char after[INVOICE_NUMBER_SIZE];
} MoneyQuery;

typedef struct MoneyPage {
    Desk *desk;
    MoneyQuery query;
    InvoiceSheet sheet;
} MoneyPage;

/* --- what is asked for -------------------------------------------------------------------------------------------- */

static InvoiceList list_of(const char *name)
{
    for (int i = 0; i < INVOICE_LIST_COUNT; i++)
        if (!strcmp(money_lists[i], name))
            return (InvoiceList)i;
    return INVOICES_UNPAID;
}

static void read_query(const Desk *desk, MoneyQuery *ret)
{
    char list[16], after[64];
    Str rest;

    *ret = (MoneyQuery){ 0 };
    desk_asked(desk->query, "list", list, sizeof list);
    desk_asked(desk->query, "q", ret->typed, sizeof ret->typed);
    desk_asked(desk->query, "n", ret->number, sizeof ret->number);
    desk_asked(desk->query, "after", after, sizeof after);
    ret->list = list_of(list);
    rest = str_from(after);
    const Str at = str_split(&rest, '.');
    if (!str_to_i64(at, 0, INT64_MAX, &ret->after_s) || !rest.ptr || !str_copy(rest, ret->after, sizeof ret->after))
        ret->after[0] = '\0';
}

/* The same list, with one of it open. */
static void write_link(const Desk *desk, const MoneyQuery *query, const char *number, Buf *ret)
{
    buf_add_format(ret, "/office/invoices?l=%s&list=%s", language_tag(desk->sheet.language), money_lists[query->list]);
    if (query->typed[0]) {
        buf_add_text(ret, "&q=");
        percent_encode(str_from(query->typed), ret);
    }
    if (query->after[0]) {
        buf_add_format(ret, "&after=%lld.", (long long)query->after_s);
        percent_encode(str_from(query->after), ret);
    }
    if (number[0]) {
        buf_add_text(ret, "&n=");
        percent_encode(str_from(number), ret);
    }
}

/* --- the list ----------------------------------------------------------------------------------------------------- */

static const char *say_money(const Desk *desk, const char *id)
{
    char whole[48];

    (void)snprintf(whole, sizeof whole, "say.money.%s", id);
    return view_text(desk->sheet.pages, desk->sheet.language, whole);
}

static void put_state(const Desk *desk, const InvoiceSeen *seen, json_t *object)
{
    const InvoiceRow *invoice = &seen->line.invoice;
    const char *class = "waiting", *words = "unpaid";

    if (seen->may_refund)
        class = "needs", words = "to-refund";
    else if (invoice->refunded_at_s)
        class = "over", words = "refunded";
    else if (invoice->state == INVOICE_PAID)
        class = "done", words = "paid";
    else if (invoice->state == INVOICE_CANCELLED)
        class = "off", words = "cancelled";
    view_put(object, "state-class", class);
    view_put(object, "state-words", say_money(desk, words));
}

static void put_day(const Desk *desk, json_t *object, const char *name, int64_t at_s)
{
    OWNED_BUF text;

    buf_init(&text, 80);
    if (at_s)
        say_moment(desk, at_s, &text);
    view_put(object, name, buf_text(&text));
}

/* What list and details both show. */
static json_t *invoice_json(const MoneyPage *page, const InvoiceSeen *seen)
{
    const InvoiceRow *invoice = &seen->line.invoice;
    const Desk *desk = page->desk;
    json_t *one = json_object();
    OWNED_BUF sum;

    buf_init(&sum, 40);
    number_write(&sum, invoice->sum, desk->sheet.language);
    view_put(one, "number", invoice->number);
    view_put(one, "title", say_title(desk, &seen->title, seen->line.service));
    view_put(one, "holder", seen->holder);
    view_put(one, "student", seen->line.student_number);
    view_put(one, "sum", buf_text(&sum));
    put_state(desk, seen, one);
    put_day(desk, one, "since", invoice->state == INVOICE_PAID ? invoice->paid_at_s : invoice->made_at_s);
    view_put(one, "reference", invoice->reference);
    return one;
}

static void put_rows(const MoneyPage *page)
{
    json_t *rows = json_array();

    for (size_t i = 0; i < page->sheet.count; i++) {
        const InvoiceSeen *seen = &page->sheet.lines[i];
        json_t *one = invoice_json(page, seen);
        OWNED_BUF link;

        buf_init(&link, 400);
        write_link(page->desk, &page->query, seen->line.invoice.number, &link);
        view_put(one, "link", buf_text(&link));
        view_put_when(one, "is-open-row", !strcmp(page->query.number, seen->line.invoice.number));
        view_put_when(one, "is-late", seen->may_refund);
        (void)json_array_append_new(rows, one);
    }
    (void)json_object_set_new(page->desk->view, "rows", rows);
}

static void put_lists(const MoneyPage *page)
{
    json_t *lists = json_array();

    for (int i = 0; i < INVOICE_LIST_COUNT; i++) {
        const MoneyQuery bare = { .list = (InvoiceList)i };
        char id[24];
        json_t *one = json_object();
        OWNED_BUF link;

        buf_init(&link, 200);
        write_link(page->desk, &bare, "", &link);
        (void)snprintf(id, sizeof id, "list-%s", money_lists[i]);
        view_put(one, "list-name", say_money(page->desk, id));
        view_put(one, "list-link", buf_text(&link));
        (void)json_object_set_new(one, "list-count", json_integer(page->sheet.of_list[i]));
        view_put_when(one, "is-list", (InvoiceList)i == page->query.list && !page->query.typed[0]);
        (void)json_array_append_new(lists, one);
    }
    (void)json_object_set_new(page->desk->view, "lists", lists);
}

static void put_next(const MoneyPage *page)
{
    OWNED_BUF link;

    buf_init(&link, 400);
    if (page->sheet.more && !page->query.typed[0]) {
        const InvoiceRow *last = &page->sheet.lines[page->sheet.count - 1].line.invoice;
        MoneyQuery next = page->query;

        next.after_s = page->query.list == INVOICES_UNPAID ? last->made_at_s : last->paid_at_s;
        str_copy_cut(str_from(last->number), next.after, sizeof next.after);
        write_link(page->desk, &next, "", &link);
    }
    view_put(page->desk->view, "next", buf_text(&link));
}

/* --- one of them -------------------------------------------------------------------------------------------------- */

static void put_open(const MoneyPage *page, const InvoiceSeen *seen)
{
    const InvoiceRow *invoice = &seen->line.invoice;
    const Desk *desk = page->desk;
    json_t *one = invoice_json(page, seen);

    (void)json_object_set_new(one, "epoch", json_integer(invoice->epoch));
    view_put(one, "request", invoice->request);
    view_put(one, "request-number", seen->line.request_number);
    view_put(one, "request-state", say_state(desk, seen->line.request_state));
    put_day(desk, one, "made", invoice->made_at_s);
    put_day(desk, one, "until", invoice->state == INVOICE_OPEN ? invoice->made_at_s + INVOICE_OPEN_S : 0);
    put_day(desk, one, "paid-at", invoice->paid_at_s);
    view_put(one, "paid-by", actor_name(invoice->confirmed_by));
    put_day(desk, one, "refunded-at", invoice->refunded_at_s);
    view_put(one, "refunded-by", actor_name(invoice->refunded_by));
    view_put(one, "refund-reference", invoice->refund_reference);
    view_put_when(one, "may-pay", invoice->state == INVOICE_OPEN);
    view_put_when(one, "may-refund", seen->may_refund);
    view_put_when(one, "may-see-request", desk_may(desk, RIGHT_REQUESTS));
    view_put_when(one, "may-see-student", desk_may(desk, RIGHT_STUDENTS));
    (void)json_object_set_new(desk->view, "invoice", one);
}

/* Found by its number, whatever list it stands in by now; a look at it is an act. */
static bool open_one(MoneyPage *page, Office *office, Error *err)
{
    InvoicesWanted wanted = {
        .clerk = page->desk->clerk, .scope = desk_scope(page->desk), .typed = page->query.number, .after = ""
    };
    InvoiceStanding standing;
    ApiProblem problem;

    (void)json_object_set_new(page->desk->view, "invoice", json_null());
    if (!page->query.number[0])
        return true;
    InvoiceSheet *found = mem_new(1, sizeof *found);
    if (!found || !invoice_sheet(office, &wanted, found, err)) {
        mem_free(found);
        return error_add(err, "invoice");
    }
    bool done = true;
    for (size_t i = 0; i < found->count && done; i++)
        if (!strcmp(found->lines[i].line.invoice.number, page->query.number)) {
            done = invoice_look(office, page->desk->clerk, page->query.number, &problem, &standing, err);
            put_open(page, &found->lines[i]);
        }
    invoice_sheet_fini(found);
    mem_free(found);
    return done;
}

static bool write_page(MoneyPage *page, Office *office, HttpServerAnswer *answer, Error *err)
{
    const InvoicesWanted wanted = { .clerk = page->desk->clerk,
                                    .scope = desk_scope(page->desk),
                                    .list = page->query.list,
                                    .typed = page->query.typed,
                                    .after_s = page->query.after_s,
                                    .after = page->query.after };
    json_t *view = page->desk->view;

    if (!invoice_sheet(office, &wanted, &page->sheet, err) || !open_one(page, office, err))
        return false;
    put_lists(page);
    put_rows(page);
    put_next(page);
    view_put(view, "typed", page->query.typed);
    view_put(view, "list-now", money_lists[page->query.list]);
    view_put_when(view, "is-unpaid", page->query.list == INVOICES_UNPAID);
    view_put_when(view, "is-refund", page->query.list == INVOICES_TO_REFUND);
    (void)json_object_set_new(view, "needs", json_integer(page->sheet.of_list[INVOICES_TO_REFUND]));
    return desk_view(page->desk, "money", 200, answer, err);
}

bool page_invoices(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    OWNED_DESK desk;
    Access access = desk_open(request, RIGHT_PAYMENTS, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    MoneyPage *page = mem_new(1, sizeof *page);
    if (!page)
        return error_set(err, ERR_MEMORY, "invoices");
    page->desk = &desk;
    read_query(&desk, &page->query);
    bool done = write_page(page, office_of(request), answer, err);
    invoice_sheet_fini(&page->sheet);
    mem_free(page);
    return done;
}

/* --- deeds -------------------------------------------------------------------------------------------------------- */

typedef struct MoneyForm {
    Office *office;
    const Desk *desk;
    char number[INVOICE_NUMBER_SIZE], reference[INVOICE_REFERENCE_MOST + 1];
    uint64_t epoch;
    const char *slug; /* of what came of it, where it is no problem */
} MoneyForm;

static bool pay(MoneyForm *form, ApiProblem *ret_problem, Error *err)
{
    char lacks[SERVICE_ID_MOST] = "";
    InvoiceRow invoice;

    if (!invoice_pay(form->office, form->desk->clerk, form->number, form->reference, ret_problem, &invoice, lacks, err))
        return false;
    form->slug = lacks[0] ? "money-lacks" : "money-paid";
    return true;
}

static bool refund(MoneyForm *form, ApiProblem *ret_problem, Error *err)
{
    form->slug = "money-refunded";
    return invoice_refund(form->office, form->desk->clerk, form->number, (uint32_t)form->epoch, form->reference,
                          ret_problem, err);
}

static bool run(const HttpServerRequest *request, MoneyForm *form, ApiProblem *ret_problem, Error *err)
{
    char act[12], epoch[16];
    bool seen;

    desk_field(request, "act", act, sizeof act);
    desk_field(request, "number", form->number, sizeof form->number);
    desk_field(request, "reference", form->reference, sizeof form->reference);
    desk_field(request, "epoch", epoch, sizeof epoch);
    *ret_problem = (ApiProblem){ .kind = PROBLEM_BAD_REQUEST };
    if (!str_to_u64(str_from(epoch), 0, UINT32_MAX, &form->epoch) ||
        (strcmp(act, "pay") != 0 && strcmp(act, "refund") != 0))
        return true;
    if (!invoice_is_seen(form->office, desk_scope(form->desk), form->number, &seen, err))
        return false;
    *ret_problem = (ApiProblem){ .kind = PROBLEM_NOT_FOUND };
    if (!seen)
        return true;
    return strcmp(act, "pay") == 0 ? pay(form, ret_problem, err) : refund(form, ret_problem, err);
}

bool page_invoices_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem;
    char list[16];
    OWNED_DESK desk;
    OWNED_BUF path;
    Access access = desk_open(request, RIGHT_PAYMENTS, answer, &desk, err);

    buf_init(&path, 200);
    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    MoneyForm form = { .office = office_of(request), .desk = &desk };
    if (!run(request, &form, &problem, err))
        return false;
    desk_field(request, "list", list, sizeof list);
    buf_add_format(&path, "/office/invoices?list=%s&n=", money_lists[list_of(list)]);
    percent_encode(str_from(form.number), &path);
    if (!buf_ok(&path, err))
        return false;
    if (problem.kind == PROBLEM_FORM)
        return desk_see_other(&desk, buf_text(&path), "money-reference", answer, err);
    return problem.kind == PROBLEM_NONE ? desk_see_other(&desk, buf_text(&path), form.slug, answer, err)
                                        : desk_redirect(&desk, buf_text(&path), &problem, answer, err);
}
