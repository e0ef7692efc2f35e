#include "registrar/api/orders_api.h"

#include "base/memory.h"
#include "registrar/api/epochs.h"
#include "registrar/api/problem.h"
#include "registrar/api/putting.h"
#include "registrar/http/query.h"
#include "registrar/office/orders.h"
#include "registrar/office/portals.h"
#include "registrar/office/shelf_keeper.h"
#include "registrar/office/visitors.h"

#define PURPOSE "requests"

/* With the id that the path names. */
static Access access_one(const HttpServerRequest *request, HttpServerAnswer *answer, Asked *ret, Error *err)
{
    Access access = asked_by_clerk(request, PURPOSE, answer, ret, err);

    if (access != ACCESS_GRANTED)
        return access;
    return str_copy(request->parameters[0], ret->id, sizeof ret->id) && uuid_valid(ret->id)
               ? ACCESS_GRANTED
               : asked_refuse(PROBLEM_NOT_FOUND, answer, err);
}

/* ... the epoch of If-Match, and the body. */
static Access access_change(const HttpServerRequest *request, HttpServerAnswer *answer, Asked *ret, Error *err)
{
    Access access = access_one(request, answer, ret, err);

    if (access == ACCESS_GRANTED)
        access = asked_read_epoch(request, answer, ret, err);
    return access == ACCESS_GRANTED ? asked_read_body(request, answer, ret, err) : access;
}

static bool set(json_t *object, const char *name, json_t *take_value)
{
    return json_object_set_new(object, name, take_value) == 0;
}

static json_t *titles_json(const LocalText *title)
{
    json_t *object = json_object();

    for (Language l = 0; object && l < LANGUAGE_COUNT; l++)
        if (title->in[l] && !set(object, language_tag(l), json_string(title->in[l]))) {
            json_decref(object);
            object = NULL;
        }
    return object;
}

/* --- orders ------------------------------------------------------------------------------------------------------- */

static json_t *order_json(const OrderLine *line)
{
    const OrderRow *order = &line->order;
    json_t *object = json_pack("{s:s, s:s, s:s, s:s, s:o, s:s, s:I, s:I}", "id", order->id, "request", line->number,
                               "service", order->service, "student", line->student, "titles", titles_json(&line->title),
                               "state", state_name(&order_states, (int)order->state), "epoch", (json_int_t)order->epoch,
                               "made_at_s", (json_int_t)order->made_at_s);
    bool done = object != NULL;

    if (done && order->state == ORDER_ISSUED)
        done = set(object, "number", json_string(order->number)) && set(object, "day", json_string(order->day)) &&
               set(object, "entered_by", json_string(order->entered_by));
    if (done && line->body)
        done = json_object_set(object, "order", line->body) == 0;
    if (done)
        return object;
    json_decref(object);
    return NULL;
}

static json_t *orders_json(const OrderList *list)
{
    json_t *lines = json_array();
    bool done = lines != NULL;

    for (size_t i = 0; done && i < list->count; i++)
        done = json_array_append_new(lines, order_json(&list->lines[i])) == 0;
    json_t *object = json_pack("{s:o}", "orders", lines);
    if (done && object && list->next[0])
        done = set(object, "next", json_string(list->next));
    if (done)
        return object;
    json_decref(object);
    return NULL;
}

bool orders_api_list(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char state[16], after[ID_SIZE];
    bool known;
    OWNED_ASKED asked = { 0 };
    Access access = asked_by_clerk(request, PURPOSE, answer, &asked, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!query_may(request->query, "state", state, sizeof state) ||
        !query_may(request->query, "after", after, sizeof after))
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    OrderList *list = mem_new(1, sizeof *list);
    if (!list)
        return error_set(err, ERR_MEMORY, "orders");
    bool done = orders_look(office_of(request), asked.clerk, NULL, str_from(state), after, &known, list, err);
    if (done)
        done =
            known ? answer_json(orders_json(list), answer, err) : problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    order_list_fini(list);
    mem_free(list);
    return done;
}

bool orders_api_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem;
    OWNED_ASKED asked = { 0 };
    Access access = access_one(request, answer, &asked, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    OrderList *list = mem_new(1, sizeof *list);
    if (!list)
        return error_set(err, ERR_MEMORY, "order");
    bool done = order_look(office_of(request), asked.clerk, asked.id, &problem, list, err);
    if (done && problem.kind != PROBLEM_NONE)
        done = problem_answer(&problem, answer, err);
    else if (done) {
        epoch_write(list->lines[0].order.epoch, answer);
        done = answer_json(order_json(&list->lines[0]), answer, err);
    }
    order_list_fini(list);
    mem_free(list);
    return done;
}

typedef bool Enter(Office *office, const OrderEntry *entry, ApiProblem *ret_problem, Error *err);

static bool enter(const HttpServerRequest *request, Enter *act, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem;
    OWNED_ASKED asked = { 0 };
    Access access = access_change(request, answer, &asked, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    const OrderEntry entry = { .clerk = asked.clerk,
                               .id = asked.id,
                               .epoch = asked.epoch,
                               .number = asked_text(&asked, "number"),
                               .day = asked_text(&asked, "day"),
                               .words = asked_text(&asked, "words") };
    return act(office_of(request), &entry, &problem, err) && answer_done(&problem, answer, err);
}

bool orders_api_issue(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return enter(request, order_enter, answer, err);
}

bool orders_api_drop(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return enter(request, order_drop, answer, err);
}

/* --- visitors ----------------------------------------------------------------------------------------------------- */

static json_t *visitors_json(const VisitorList *list)
{
    json_t *lines = json_array();
    bool done = lines != NULL;

    for (size_t i = 0; done && i < list->count; i++) {
        const VisitorWaiting *waiting = &list->lines[i];

        done =
            json_array_append_new(lines, json_pack("{s:s, s:s, s:s, s:o, s:s, s:I}", "request", waiting->line.request,
                                                   "number", waiting->line.number, "service", waiting->line.service,
                                                   "titles", titles_json(&waiting->title), "holder", waiting->holder,
                                                   "asked_at_s", (json_int_t)waiting->line.asked_at_s)) == 0;
    }
    json_t *object = json_pack("{s:o}", "visitors", lines);
    if (done && object && list->more)
        done = set(object, "next", json_string(list->lines[list->count - 1].line.request));
    if (done)
        return object;
    json_decref(object);
    return NULL;
}

bool orders_api_visitors(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char after[ID_SIZE];
    OWNED_ASKED asked = { 0 };
    Access access = asked_by_clerk(request, PURPOSE, answer, &asked, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!query_may(request->query, "after", after, sizeof after))
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    VisitorList *list = mem_new(1, sizeof *list);
    if (!list)
        return error_set(err, ERR_MEMORY, "visitors");
    bool done = visitors_look(office_of(request), after, list, err) && answer_json(visitors_json(list), answer, err);
    visitor_list_fini(list);
    mem_free(list);
    return done;
}

/* {"passport": as whoever holds it reads it}: it concerns the person, so no epoch of the request is named. */
bool orders_api_confirm(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiProblem problem;
    OWNED_ASKED asked = { 0 };
    Access access = access_one(request, answer, &asked, err);

    if (access == ACCESS_GRANTED)
        access = asked_read_body(request, answer, &asked, err);
    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    return visitor_confirm(office_of(request), asked.clerk, asked.id, asked_text(&asked, "passport"), &problem, err) &&
           answer_done(&problem, answer, err);
}

/* --- portals ------------------------------------------------------------------------------------------------------ */

static json_t *portals_json(const Shelf *shelf, const PortalHelpRow *rows, size_t count)
{
    static const LocalText untitled;
    json_t *lines = json_array();
    bool done = lines != NULL;

    for (size_t i = 0; done && i < count; i++) {
        const Service *service = shelf_service(shelf, rows[i].service);

        done = json_array_append_new(lines, json_pack("{s:s, s:o, s:I}", "service", rows[i].service, "titles",
                                                      titles_json(service ? &service->title : &untitled), "helped",
                                                      (json_int_t)rows[i].count)) == 0;
    }
    json_t *object = json_pack("{s:o}", "portals", lines);
    if (done)
        return object;
    json_decref(object);
    return NULL;
}

bool orders_api_portals(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    PortalHelpRow rows[PORTALS_MOST];
    char from[16], to[16];
    size_t count = 0;
    bool days;
    OWNED_ASKED asked = { 0 };
    Access access = asked_by_clerk(request, PURPOSE, answer, &asked, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!query_may(request->query, "from", from, sizeof from) || !query_may(request->query, "to", to, sizeof to))
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    if (!portals_helped(office_of(request), from, to, &days, rows, &count, err))
        return false;
    if (!days)
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    OWNED(Shelf) shelf = shelf_take(office_of(request));
    return answer_json(portals_json(shelf, rows, count), answer, err);
}
