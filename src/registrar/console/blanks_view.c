#include "registrar/console/blanks_view.h"

#include <stdio.h>
#include <string.h>

#include "registrar/console/applications.h"
#include "registrar/http/query.h"

/* What there is of one kind and series, or with one person. */
typedef struct Sum {
    const BlankCount *of; /* the first of its counts */
    int first, last;
    int64_t in[BLANK_STATE_COUNT], all;
} Sum;

const char *say_blank(const Desk *desk, const char *id)
{
    char whole[48];

    (void)snprintf(whole, sizeof whole, "say.blanks.%s", id);
    return view_text(desk->sheet.pages, desk->sheet.language, whole);
}

static const Service *service_on(const Catalogue *catalogue, const char *kind)
{
    for (size_t i = 0; i < catalogue_count(catalogue); i++) {
        const Service *service = catalogue_at(catalogue, i);

        if (service->blank && !strcmp(service->blank, kind))
            return service;
    }
    return NULL;
}

const char *say_blank_kind(const Desk *desk, const Catalogue *catalogue, const char *kind)
{
    const Service *service = service_on(catalogue, kind);

    return service ? say_title(desk, &service->title, kind) : kind;
}

void blanks_put_kinds(const Desk *desk, const Catalogue *catalogue)
{
    json_t *list = json_array();

    for (size_t i = 0; i < catalogue_count(catalogue); i++) {
        const Service *service = catalogue_at(catalogue, i);

        if (service->blank && service_on(catalogue, service->blank) == service)
            (void)json_array_append_new(list, json_pack("{ss ss}", "kind-id", service->blank, "kind-name",
                                                        say_blank_kind(desk, catalogue, service->blank)));
    }
    (void)json_object_set_new(desk->view, "kinds", list);
}

static void add(Sum *sum, const BlankCount *count)
{
    if (!sum->of)
        *sum = (Sum){ .of = count, .first = count->first, .last = count->last };
    if (count->first < sum->first)
        sum->first = count->first;
    if (count->last > sum->last)
        sum->last = count->last;
    sum->in[count->state] += count->count;
    sum->all += count->count;
}

static json_t *sum_json(const Desk *desk, const Catalogue *catalogue, const Sum *sum)
{
    static const char *const names[] = {
        [BLANK_RECEIVED] = "in-store", [BLANK_ISSUED] = "with-staff", [BLANK_BOUND] = "bound",
        [BLANK_USED] = "used",         [BLANK_SPOILED] = "spoiled",   [BLANK_RETURNED] = "returned",
    };
    static_assert(COUNT(names) == BLANK_STATE_COUNT, "a column for each state");
    json_t *one = json_object();
    char numbers[40];

    for (int state = 0; state < BLANK_STATE_COUNT; state++)
        (void)json_object_set_new(one, names[state], json_integer(sum->in[state]));
    (void)snprintf(numbers, sizeof numbers, "%07d–%07d", sum->first, sum->last);
    view_put(one, "sum-kind", say_blank_kind(desk, catalogue, sum->of->kind));
    view_put(one, "sum-series", sum->of->series);
    view_put(one, "sum-numbers", numbers);
    (void)json_object_set_new(one, "sum-all", json_integer(sum->all));
    (void)json_object_set_new(one, "sum-left", json_integer(sum->in[BLANK_RECEIVED] + sum->in[BLANK_ISSUED]));
    return one;
}

static void put_series(const Desk *desk, const Catalogue *catalogue, const BlankAccount *account)
{
    json_t *list = json_array();

    for (size_t i = 0; i < account->count;) {
        const BlankCount *first = &account->counts[i];
        Sum sum = { 0 };

        while (i < account->count && !strcmp(account->counts[i].kind, first->kind) &&
               !strcmp(account->counts[i].series, first->series))
            add(&sum, &account->counts[i++]);
        (void)json_array_append_new(list, sum_json(desk, catalogue, &sum));
    }
    (void)json_object_set_new(desk->view, "series", list);
}

static bool is_same_holder(const BlankCount *a, const BlankCount *b)
{
    return !strcmp(a->holder, b->holder) && !strcmp(a->kind, b->kind);
}

/* Each person and kind where they come first. */
static void put_holders(const Desk *desk, const Catalogue *catalogue, const BlankAccount *account)
{
    json_t *list = json_array();

    for (size_t i = 0; i < account->count; i++) {
        const BlankCount *first = &account->counts[i];
        Sum sum = { 0 };
        bool seen = !first->holder[0];
        OWNED_BUF link;

        buf_init(&link, 200);
        for (size_t j = 0; j < i && !seen; j++)
            seen = is_same_holder(&account->counts[j], first);
        if (seen)
            continue;
        for (size_t j = i; j < account->count; j++)
            if (is_same_holder(&account->counts[j], first))
                add(&sum, &account->counts[j]);
        json_t *one = sum_json(desk, catalogue, &sum);
        buf_add_format(&link, "/office/blanks?l=%s&list=all&holder=", language_tag(desk->sheet.language));
        percent_encode(str_from(first->holder), &link);
        view_put(one, "holder-name", actor_name(first->holder));
        view_put(one, "holder-link", buf_text(&link));
        (void)json_array_append_new(list, one);
    }
    (void)json_object_set_new(desk->view, "holders", list);
}

void blanks_put_account(const Desk *desk, const Catalogue *catalogue, const BlankAccount *account)
{
    OWNED_BUF today;

    buf_init(&today, 80);
    say_day(desk, clock_wall_s(&office_config(desk->sheet.context->office)->clock), &today);
    view_put(desk->view, "as-of", buf_text(&today));
    put_series(desk, catalogue, account);
    put_holders(desk, catalogue, account);
}
