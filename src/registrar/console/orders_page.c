/* /office/orders: orders that applications end in, until they have their number from HEMIS. */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/api/problem.h"
#include "registrar/console/applications.h"
#include "registrar/console/pages.h"
#include "registrar/office/orders.h"

/* --- what an order is made of ------------------------------------------------------------------------------------- */

static void put_parts(const Desk *desk, const json_t *body, json_t *order)
{
    static const char *const lists[] = { "facts", "asked", "decided", "ground" };
    json_t *parts = json_array();

    for (size_t i = 0; i < COUNT(lists); i++) {
        size_t at;
        const json_t *part;

        json_array_foreach(json_object_get(body, lists[i]), at, part)
        {
            const char *field = json_string_value(json_object_get(part, "field"));
            const char *label = json_string_value(json_object_get(part, "label"));
            const char *value =
                json_is_string(part) ? json_string_value(part) : json_string_value(json_object_get(part, "value"));
            json_t *one = json_object();

            view_put(one, "part-label", label ? label : desk_text(desk, "fact.", field ? field : lists[i]));
            view_put(one, "part-value", value);
            (void)json_array_append_new(parts, one);
        }
    }
    (void)json_object_set_new(order, "parts", parts);
}

static void put_order(const Desk *desk, const OrderLine *line, json_t *rows)
{
    json_t *one = json_object();
    OWNED_BUF when, link;

    buf_init(&when, 80);
    buf_init(&link, 120);
    say_moment(desk, line->order.made_at_s, &when);
    buf_add_format(&link, "/office/requests/%s?l=%s", line->order.id, language_tag(desk->sheet.language));
    view_put(one, "order-id", line->order.id);
    view_put(one, "order-link", buf_text(&link));
    view_put(one, "order-request", line->number);
    view_put(one, "order-title", say_title(desk, &line->title, line->order.service));
    view_put(one, "order-when", buf_text(&when));
    (void)json_object_set_new(one, "order-epoch", json_integer((json_int_t)line->order.epoch));
    put_parts(desk, line->body, one);
    (void)json_array_append_new(rows, one);
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

static void put_orders(const Desk *desk, const OrderList *list)
{
    json_t *rows = json_array();
    OWNED_BUF next;

    buf_init(&next, 120);
    (void)json_object_set_new(desk->view, "orders", rows);
    for (size_t i = 0; i < list->count; i++)
        put_order(desk, &list->lines[i], rows);
    if (list->next[0])
        buf_add_format(&next, "/office/orders?l=%s&after=%s", language_tag(desk->sheet.language), list->next);
    view_put(desk->view, "next", buf_text(&next));
}

static bool show(Desk *desk, int status, HttpServerAnswer *answer, Error *err)
{
    OrderList *list = mem_new(1, sizeof *list);
    char after[ID_SIZE];
    bool known;

    if (!list)
        return error_set(err, ERR_MEMORY, "orders");
    desk_asked(desk->query, "after", after, sizeof after);
    const bool done =
        orders_look(desk->sheet.context->office, desk->clerk, desk_scope(desk), STR("draft"), after, &known, list, err);
    if (done)
        put_orders(desk, list);
    order_list_fini(list);
    mem_free_wiped(list, sizeof *list);
    return done && desk_view(desk, "orders", status, answer, err);
}

bool page_orders(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    OWNED_DESK desk;
    Access access = desk_open(request, RIGHT_REQUESTS, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    return show(&desk, 200, answer, err);
}

static bool run(const HttpServerRequest *request, Desk *desk, const char *id, ApiProblem *ret_problem, Error *err)
{
    char act[16], epoch[16], number[ORDER_NUMBER_SIZE], day[ORDER_DAY_SIZE], words[REVIEW_WORDS_MOST + 1];
    uint64_t seen;

    desk_field(request, "act", act, sizeof act);
    desk_field(request, "epoch", epoch, sizeof epoch);
    desk_field(request, "number", number, sizeof number);
    desk_field(request, "day", day, sizeof day);
    desk_field(request, "words", words, sizeof words);
    if (!str_to_u64(str_from(epoch), 0, UINT32_MAX, &seen))
        return true;
    const OrderEntry entry = {
        .clerk = desk->clerk, .id = id, .epoch = (uint32_t)seen, .number = number, .day = day, .words = words
    };
    if (!strcmp(act, "issue"))
        return order_enter(office_of(request), &entry, ret_problem, err);
    return strcmp(act, "drop") != 0 || order_drop(office_of(request), &entry, ret_problem, err);
}

bool page_orders_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char id[ID_SIZE], number[REQUEST_NUMBER_SIZE];
    ApiProblem problem = { .kind = PROBLEM_BAD_REQUEST };
    bool seen;
    OWNED_DESK desk;
    Access access = desk_open(request, RIGHT_REQUESTS, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    desk_field(request, "id", id, sizeof id);
    if (!application_is_seen(&desk, id, number, &seen, err))
        return false;
    if (!seen)
        problem.kind = PROBLEM_NOT_FOUND;
    else if (!run(request, &desk, id, &problem, err))
        return false;
    if (problem.kind == PROBLEM_NONE)
        return desk_redirect(&desk, "/office/orders", &problem, answer, err);
    desk_say(&desk, &problem);
    view_put(desk.view, "said", desk.said);
    view_put_when(desk.view, "was-done", false);
    return show(&desk, problem_of(problem.kind).status, answer, err);
}
