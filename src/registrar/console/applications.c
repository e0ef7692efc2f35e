#include "registrar/console/applications.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/texts.h"
#include "registrar/http/query.h"

/* --- words -------------------------------------------------------------------------------------------------------- */

const char *say_application(const Desk *desk, const char *id)
{
    char whole[80];

    (void)snprintf(whole, sizeof whole, "say.applications.%s", id);
    return view_text(desk->sheet.pages, desk->sheet.language, whole);
}

const char *say_unit(const Desk *desk, const char *unit)
{
    return unit[0] ? desk_text(desk, "unit.", unit) : "";
}

const char *say_title(const Desk *desk, const LocalText *title, const char *service)
{
    const char *text = local_text(title, desk->sheet.language);

    return text[0] ? text : service;
}

const char *say_state(const Desk *desk, RequestState state)
{
    char id[32];

    (void)snprintf(id, sizeof id, "state-%s", state_name(&request_states, (int)state));
    return say_application(desk, id);
}

static DateTime moment_of(const Desk *desk, int64_t at_s)
{
    return date_time_at(at_s * 1000, office_config(desk->sheet.context->office)->utc_offset_minutes);
}

void say_day(const Desk *desk, int64_t at_s, Buf *ret)
{
    date_write(ret, moment_of(desk, at_s).date, desk->sheet.language, DATE_WORDS);
}

void say_moment(const Desk *desk, int64_t at_s, Buf *ret)
{
    const Date today = office_today(desk->sheet.context->office);
    const DateTime at = moment_of(desk, at_s);
    const int ago = date_days_between(at.date, today);

    if (ago == 0)
        time_write(ret, at.hour, at.minute);
    else if (ago == 1)
        date_write_near(ret, at.date, today, desk->sheet.language);
    else
        date_write(ret, at.date, desk->sheet.language, DATE_FIGURES);
}

static void say_amount(const Desk *desk, int64_t seconds, int64_t day_s, Buf *ret)
{
    const int64_t n = seconds >= day_s ? seconds / day_s : seconds >= 3600 ? seconds / 3600 : seconds / 60;
    char figures[24];
    const char *values[] = { figures };

    (void)snprintf(figures, sizeof figures, "%lld", (long long)n);
    text_fill(ret,
              say_application(desk, seconds >= day_s  ? n == 1 ? "day" : "days"
                                    : seconds >= 3600 ? "hours"
                                                      : "minutes"),
              values, 1);
}

/* --- scope, filters ----------------------------------------------------------------------------------------------- */

static void add_filter(Buf *query, const char *name, const char *value)
{
    if (!value[0])
        return;
    buf_add_format(query, "&%s=", name);
    percent_encode(str_from(value), query);
}

void inbox_filters_read(const Desk *desk, InboxFilters *ret)
{
    char list[16], after[64];
    OWNED_BUF query;

    *ret = (InboxFilters){ .list = INBOX_REVIEW };
    desk_asked(desk->query, "list", list, sizeof list);
    desk_asked(desk->query, "unit", ret->unit, sizeof ret->unit);
    desk_asked(desk->query, "service", ret->service, sizeof ret->service);
    desk_asked(desk->query, "whose", ret->whose, sizeof ret->whose);
    desk_asked(desk->query, "q", ret->typed, sizeof ret->typed);
    desk_asked(desk->query, "after", after, sizeof after);
    if (!inbox_list_parse(str_from(list), &ret->list))
        ret->list = INBOX_REVIEW;
    Str rest = str_from(after);
    const Str due = str_split(&rest, '.');
    if (!str_to_i64(due, 0, INT64_MAX, &ret->after_s) || !rest.ptr || !str_copy(rest, ret->after, sizeof ret->after))
        ret->after[0] = '\0';
    buf_init(&query, sizeof ret->query - 1);
    buf_add_format(&query, "?l=%s&list=%s", language_tag(desk->sheet.language), inbox_list_name(ret->list));
    add_filter(&query, "unit", ret->unit);
    add_filter(&query, "service", ret->service);
    add_filter(&query, "whose", ret->whose);
    add_filter(&query, "q", ret->typed);
    str_copy_cut(query.failed ? STR("?list=review") : buf_str(&query), ret->query, sizeof ret->query);
}

/* --- the inbox ---------------------------------------------------------------------------------------------------- */

/* As filters says, but for one of them. */
static json_t *link_of(const Desk *desk, const InboxFilters *filters, const char *but, const char *value)
{
    const struct {
        const char *name, *value;
    } all[] = { { "list", inbox_list_name(filters->list) },
                { "unit", filters->unit },
                { "service", filters->service },
                { "whose", filters->whose } };
    OWNED_BUF link;

    buf_init(&link, 512);
    buf_add_format(&link, "/office/requests?l=%s", language_tag(desk->sheet.language));
    for (size_t i = 0; i < COUNT(all); i++)
        add_filter(&link, all[i].name, !strcmp(all[i].name, but) ? value : all[i].value);
    return json_string(buf_text(&link));
}

static void put_lists(const Desk *desk, const InboxFilters *filters, const Inbox *inbox)
{
    json_t *lists = json_array();

    for (int i = 0; i < INBOX_LIST_COUNT; i++) {
        const InboxFilters bare = { .list = (InboxList)i };
        json_t *one = json_object();
        char id[32];

        (void)snprintf(id, sizeof id, "list-%s", inbox_list_name((InboxList)i));
        (void)json_object_set_new(one, "list-link", link_of(desk, &bare, "", ""));
        view_put(one, "list-name", say_application(desk, id));
        (void)json_object_set_new(one, "list-count", json_integer(inbox->of_list[i]));
        view_put_when(one, "is-list", (InboxList)i == filters->list && !filters->typed[0]);
        (void)json_array_append_new(lists, one);
    }
    (void)json_object_set_new(desk->view, "lists", lists);
}

static void put_whose(const Desk *desk, const InboxFilters *filters, const Inbox *inbox)
{
    const struct {
        const char *id, *value;
        int64_t count;
    } all[] = { { "whose-all", "", filters->unit[0] || filters->service[0] ? 0 : inbox->of_list[filters->list] },
                { "whose-mine", "mine", inbox->mine },
                { "whose-free", "free", inbox->free } };
    json_t *list = json_array();

    for (size_t i = 0; i < COUNT(all) && filters->list != INBOX_OVER; i++) {
        json_t *one = json_object();

        (void)json_object_set_new(one, "whose-link", link_of(desk, filters, "whose", all[i].value));
        view_put(one, "whose-name", say_application(desk, all[i].id));
        (void)json_object_set_new(one, "whose-count", json_integer(all[i].count));
        view_put_when(one, "is-whose", !strcmp(filters->whose, all[i].value) && !filters->typed[0]);
        (void)json_array_append_new(list, one);
    }
    (void)json_object_set_new(desk->view, "whoses", list);
}

static void put_choices(const Desk *desk, const InboxFilters *filters, const Inbox *inbox)
{
    json_t *services = json_array(), *units = json_array();

    for (size_t i = 0; i < inbox->service_count; i++) {
        const InboxFilter *filter = &inbox->services[i];
        json_t *one = json_object();

        view_put(one, "choice-id", filter->part.name);
        view_put(one, "choice-name", say_title(desk, &filter->title, filter->part.name));
        (void)json_object_set_new(one, "choice-count", json_integer(filter->part.count));
        view_put_when(one, "is-chosen", !strcmp(filters->service, filter->part.name));
        (void)json_array_append_new(services, one);
    }
    for (size_t i = 0; i < inbox->unit_count; i++) {
        json_t *one = json_object();

        view_put(one, "choice-id", inbox->units[i].name);
        view_put(one, "choice-name", say_unit(desk, inbox->units[i].name));
        (void)json_object_set_new(one, "choice-count", json_integer(inbox->units[i].count));
        view_put_when(one, "is-chosen", !strcmp(filters->unit, inbox->units[i].name));
        (void)json_array_append_new(units, one);
    }
    (void)json_object_set_new(desk->view, "services", services);
    (void)json_object_set_new(desk->view, "units", units);
}

/* Promised time left, or where it went: of what waits for a decision alone. */
static void put_left(const Desk *desk, const InboxLine *line, int64_t day_s, json_t *row)
{
    const bool waits = line->row.list == INBOX_REVIEW;
    OWNED_BUF amount, text;

    buf_init(&amount, 80);
    buf_init(&text, 120);
    if (waits) {
        const bool late = line->late_s > 0;
        const char *values[] = { "" };

        say_amount(desk, late ? line->late_s : line->left_s, day_s, &amount);
        values[0] = buf_text(&amount);
        if (late)
            text_fill(&text, say_application(desk, "late"), values, 1);
        else
            buf_add_text(&text, values[0]);
        view_put_when(row, "is-late", late);
        view_put_when(row, "is-soon", !late && line->left_s < day_s);
    } else {
        view_put_when(row, "is-late", false);
        view_put_when(row, "is-soon", false);
        buf_add_text(&text, say_state(desk, line->row.state));
    }
    view_put(row, "row-left", buf_text(&text));
}

static json_t *row_of(const Desk *desk, const InboxFilters *filters, const InboxLine *line, const char *open,
                      int64_t day_s)
{
    const InboxRow *row = &line->row;
    json_t *json = json_object();
    OWNED_BUF when, link, pick;

    buf_init(&when, 80);
    buf_init(&link, 512);
    buf_init(&pick, 80);
    say_moment(desk, row->asked_at_s, &when);
    buf_add_format(&link, "/office/requests/%s%s", row->id, filters->query);
    buf_add_format(&pick, "%s.%u", row->id, (unsigned)row->epoch);
    view_put(json, "row-id", row->id);
    view_put(json, "row-link", buf_text(&link));
    view_put(json, "row-pick", buf_text(&pick));
    view_put(json, "row-number", row->number);
    view_put(json, "row-who", line->holder[0] ? line->holder : row->number);
    view_put(json, "row-title", say_title(desk, &line->title, row->service));
    view_put(json, "row-when", buf_text(&when));
    view_put(json, "row-clerk", actor_name(row->clerk));
    view_put_when(json, "is-open-row", !strcmp(row->id, open));
    view_put_when(json, "is-unconfirmed", row->unconfirmed);
    view_put_when(json, "may-pick", row->list == INBOX_REVIEW);
    put_left(desk, line, day_s, json);
    return json;
}

static void put_rows(const Desk *desk, const InboxFilters *filters, const Inbox *inbox, const char *open)
{
    json_t *rows = json_array();

    for (size_t i = 0; i < inbox->count; i++)
        (void)json_array_append_new(rows, row_of(desk, filters, &inbox->lines[i], open, inbox->day_s));
    (void)json_object_set_new(desk->view, "rows", rows);
    if (inbox->more && !filters->typed[0]) {
        const InboxRow *last = &inbox->lines[inbox->count - 1].row;
        OWNED_BUF next;

        buf_init(&next, 512);
        buf_add_format(&next, "/office/requests%s&after=%lld.%s", filters->query, (long long)last->due_s, last->id);
        view_put(desk->view, "next", buf_text(&next));
    } else
        view_put(desk->view, "next", "");
}

bool inbox_put(Desk *desk, const InboxFilters *filters, const char *open, Error *err)
{
    Inbox *inbox = mem_new(1, sizeof *inbox);

    if (!inbox)
        return error_set(err, ERR_MEMORY, "inbox");
    const InboxWanted wanted = { .clerk = desk->clerk,
                                 .scope = desk_scope(desk),
                                 .list = filters->list,
                                 .unit = filters->unit,
                                 .service = filters->service,
                                 .whose = filters->whose,
                                 .typed = filters->typed,
                                 .after_s = filters->after_s,
                                 .after = filters->after };
    bool done = review_inbox(desk->sheet.context->office, &wanted, inbox, err);
    if (done) {
        put_lists(desk, filters, inbox);
        put_whose(desk, filters, inbox);
        put_choices(desk, filters, inbox);
        put_rows(desk, filters, inbox, open);
        view_put(desk->view, "filters", filters->query);
        view_put(desk->view, "list-now", inbox_list_name(filters->list));
        view_put(desk->view, "whose-now", filters->whose);
        view_put(desk->view, "typed", filters->typed);
        view_put_when(desk->view, "may-many", filters->list == INBOX_REVIEW && inbox->count > 0);
        (void)json_object_set_new(desk->view, "needs", json_integer(inbox->of_list[INBOX_REVIEW]));
    }
    review_inbox_fini(inbox);
    mem_free(inbox);
    return done;
}

bool application_is_seen(Desk *desk, const char *id, char ret_number[REQUEST_NUMBER_SIZE], bool *ret, Error *err)
{
    return review_sees(desk->sheet.context->office, desk_scope(desk), id, ret_number, ret, err);
}

bool application_not_found(Desk *desk, HttpServerAnswer *answer, Error *err)
{
    InboxFilters filters;

    inbox_filters_read(desk, &filters);
    view_put_when(desk->view, "is-gone", true);
    return inbox_put(desk, &filters, "", err) && desk_view(desk, "applications", 404, answer, err);
}
