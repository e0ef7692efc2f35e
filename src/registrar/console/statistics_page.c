/* /office/statistics: figures of a period as one table with its chart, and all of them to be taken along. */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/console/pages.h"
#include "registrar/console/statistics.h"
#include "registrar/http/query.h"
#include "registrar/office/shelf_keeper.h"

#define ADDRESS      "/office/statistics"
#define PERIOD_FIRST 30 /* days that are shown when none are asked for */
#define CHART_WIDTH  960
#define CHART_HEIGHT 120
#define LABELS_MOST  16 /* under a chart */
#define LABEL_WIDTH  32

typedef struct Asked {
    Date from, to;
    char service[STATISTICS_KEY_SIZE], place[STATISTICS_KEY_SIZE], faculty[STATISTICS_KEY_SIZE];
    int by;
    char sort[24]; /* a column's id, behind "-" downwards; "": as it is shown first */
} Asked;

/* --- what is asked for -------------------------------------------------------------------------------------------- */

/* Days that are none, or in the wrong order, are those of the first period; too many are the last of them. */
static void take_period(const char *query, Date today, Asked *ret)
{
    char from[16], to[16];

    desk_asked(query, "from", from, sizeof from);
    desk_asked(query, "to", to, sizeof to);
    if (!date_parse(str_from(to), &ret->to) || date_compare(ret->to, today) > 0)
        ret->to = today;
    if (!date_parse(str_from(from), &ret->from) || date_compare(ret->from, ret->to) > 0)
        ret->from = date_add_days(ret->to, 1 - PERIOD_FIRST);
    if (date_days_between(ret->from, ret->to) >= STATISTICS_DAYS_MOST)
        ret->from = date_add_days(ret->to, 1 - STATISTICS_DAYS_MOST);
}

static void take_asked(const Desk *desk, Asked *ret)
{
    char by[16];

    *ret = (Asked){ .by = BY_SERVICE };
    take_period(desk->query, office_today(desk->sheet.context->office), ret);
    desk_asked(desk->query, "service", ret->service, sizeof ret->service);
    desk_asked(desk->query, "place", ret->place, sizeof ret->place);
    desk_asked(desk->query, "faculty", ret->faculty, sizeof ret->faculty);
    desk_asked(desk->query, "sort", ret->sort, sizeof ret->sort);
    desk_asked(desk->query, "by", by, sizeof by);
    for (int i = 0; i < FIGURES_COUNT; i++)
        if (!strcmp(by, figures_name(i)))
            ret->by = i;
}

static void add_parameter(Buf *query, const char *name, const char *value)
{
    if (!value[0])
        return;
    buf_add_format(query, "&%s=", name);
    percent_encode(str_from(value), query);
}

/* The address of the same question in another table, period, order, or form ("": the page, ".csv", ".xlsx"). */
static void link_to(const Desk *desk, const Asked *asked, const char *form, Buf *ret)
{
    buf_clear(ret);
    buf_add_format(ret, ADDRESS "%s?l=%s&by=%s&from=", form, language_tag(desk->sheet.language),
                   figures_name(asked->by));
    date_write(ret, asked->from, LANGUAGE_FIRST, DATE_ISO);
    buf_add_text(ret, "&to=");
    date_write(ret, asked->to, LANGUAGE_FIRST, DATE_ISO);
    add_parameter(ret, "service", asked->service);
    add_parameter(ret, "place", asked->place);
    add_parameter(ret, "faculty", asked->faculty);
    add_parameter(ret, "sort", asked->sort);
}

/* --- figures ------------------------------------------------------------------------------------------------------ */

static void figures_free(Figures *figures)
{
    if (!figures)
        return;
    statistics_fini(&figures->statistics);
    shelf_drop(figures->shelf);
    mem_free(figures);
}
OWNED_BY(Figures, figures_free)

/* Whose faculty is limited sees what was done for its students, and of the work their own: acts know no faculty. */
static Figures *figures_read(const Desk *desk, const Asked *asked, Error *err)
{
    Office *office = desk->sheet.context->office;
    const StaffScope *scope = desk_scope(desk);
    OWNED(Figures) figures = mem_new(1, sizeof *figures);
    const StatisticsWanted wanted = { .from = asked->from,
                                      .to = asked->to,
                                      .service = asked->service,
                                      .place = asked->place,
                                      .faculty = asked->faculty,
                                      .scope = scope,
                                      .clerk = scope_is_limited(scope, SCOPE_FACULTY) ? desk->staff.name : "" };

    if (!figures) {
        error_set(err, ERR_MEMORY, "statistics");
        return NULL;
    }
    figures->desk = desk;
    figures->shelf = shelf_take(office);
    if (!statistics_count(office, &wanted, &figures->statistics, err) ||
        !statistics_choices(office, scope, desk->sheet.language, &figures->choices, err))
        return NULL;
    return steal(&figures);
}

static bool sort_grid(const Asked *asked, Grid *grid, Error *err)
{
    const bool downwards = asked->sort[0] == '-';
    const int column = grid_column(grid, str_from(asked->sort + downwards));

    return column < 0 || grid_sort(grid, (size_t)column, downwards, err);
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

static void put_link(json_t *list, const Buf *link, const char *name, bool is_now)
{
    (void)json_array_append_new(
        list, json_pack("{ss ss sb}", "chip-link", buf_text(link), "chip-name", name, "is-chip", (int)is_now));
}

static void put_periods(Desk *desk, const Asked *asked)
{
    static const int days[] = { 1, 7, 30, 90, 365 };
    const Date today = office_today(desk->sheet.context->office);
    json_t *periods = json_array();
    OWNED_BUF link, day;

    buf_init(&link, 1024);
    buf_init(&day, 16);
    for (size_t i = 0; i < COUNT(days); i++) {
        Asked other = *asked;
        char id[16];

        other.to = today;
        other.from = date_add_days(today, 1 - days[i]);
        link_to(desk, &other, "", &link);
        (void)snprintf(id, sizeof id, "period-%d", days[i]);
        put_link(periods, &link, say_figure(desk, id),
                 date_compare(asked->to, today) == 0 && date_compare(asked->from, other.from) == 0);
    }
    (void)json_object_set_new(desk->view, "periods", periods);
    date_write(&day, asked->from, LANGUAGE_FIRST, DATE_ISO);
    (void)json_object_set_new(desk->view, "from", json_string(buf_text(&day)));
    buf_clear(&day);
    date_write(&day, asked->to, LANGUAGE_FIRST, DATE_ISO);
    (void)json_object_set_new(desk->view, "to", json_string(buf_text(&day)));
}

static void put_tables(Desk *desk, const Asked *asked)
{
    json_t *tables = json_array();
    OWNED_BUF link;

    buf_init(&link, 1024);
    for (int by = 0; by < FIGURES_COUNT; by++) {
        Asked other = *asked;
        char id[32];

        other.by = by;
        other.sort[0] = '\0';
        link_to(desk, &other, "", &link);
        (void)snprintf(id, sizeof id, "by-%s", figures_name(by));
        put_link(tables, &link, say_figure(desk, id), by == asked->by);
    }
    (void)json_object_set_new(desk->view, "tables", tables);
}

static void put_choice(json_t *list, const char *id, const char *name, const char *chosen)
{
    (void)json_array_append_new(
        list, json_pack("{ss ss sb}", "choice-id", id, "choice-name", name, "is-chosen", !strcmp(id, chosen)));
}

static void put_choices(Desk *desk, const Asked *asked, const Figures *figures)
{
    const Catalogue *catalogue = shelf_catalogue(figures->shelf);
    const StatisticsChoices *choices = &figures->choices;
    json_t *services = json_array(), *places = json_array(), *faculties = json_array();

    for (size_t i = 0; i < catalogue_count(catalogue); i++) {
        const Service *service = catalogue_at(catalogue, i);

        put_choice(services, service->id, local_text(&service->title, desk->sheet.language), asked->service);
    }
    for (size_t i = 0; i < choices->place_count; i++)
        put_choice(places, choices->places[i], choices->places[i], asked->place);
    for (size_t i = 0; i < choices->faculty_count; i++)
        put_choice(faculties, choices->faculties[i].code, choices->faculties[i].name, asked->faculty);
    (void)json_object_set_new(desk->view, "services", services);
    (void)json_object_set_new(desk->view, "places", places);
    (void)json_object_set_new(desk->view, "faculties", faculties);
    (void)json_object_set_new(desk->view, "by", json_string(figures_name(asked->by)));
    (void)json_object_set_new(desk->view, "is-promises", json_boolean(asked->by == FIGURES_PROMISES));
}

static void put_columns(Desk *desk, const Asked *asked, const Grid *grid)
{
    json_t *list = json_array();
    OWNED_BUF link;

    buf_init(&link, 1024);
    for (size_t i = 0; i < grid->column_count; i++) {
        const GridColumn *column = &grid->columns[i];
        const bool down = asked->sort[0] == '-', is_sorted = !strcmp(asked->sort + down, column->id);
        const char *sorted = !is_sorted ? "" : down ? "descending" : "ascending";
        const bool is_number = column->kind == GRID_NUMBER || column->kind == GRID_SPAN;
        Asked other = *asked;

        /* Of figures the greatest are asked for first. */
        (void)snprintf(other.sort, sizeof other.sort, "%s%s", (is_sorted ? !down : is_number) ? "-" : "", column->id);
        link_to(desk, &other, "", &link);
        (void)json_array_append_new(list, json_pack("{ss ss sb ss}", "column-link", buf_text(&link), "column-name",
                                                    column->title, "is-number", (int)is_number, "sorted", sorted));
    }
    (void)json_object_set_new(desk->view, "columns", list);
}

static void put_rows(Desk *desk, const Grid *grid)
{
    const int64_t most = grid_most(grid, grid->column_count > 2 && grid->columns[1].kind == GRID_TEXT ? 2 : 1);
    const size_t measured = grid->columns[1].kind == GRID_TEXT ? 2 : 1;
    json_t *list = json_array(), *row;
    size_t i;
    OWNED_BUF text;

    buf_init(&text, 2048);
    json_array_foreach(grid->rows, i, row)
    {
        const int64_t figure = json_integer_value(json_array_get(row, measured));
        json_t *cells = json_array();

        for (size_t column = 0; column < grid->column_count; column++) {
            const GridKind kind = grid->columns[column].kind;

            buf_clear(&text);
            grid_say(kind, json_array_get(row, column), &text);
            (void)json_array_append_new(
                cells, json_pack("{ss ss sb sb sb}", "cell", buf_text(&text), "cell-name", grid->columns[column].title,
                                 "is-figure", kind == GRID_NUMBER || kind == GRID_SPAN, "is-nil",
                                 json_integer_value(json_array_get(row, column)) == 0, "is-first", column == 0));
        }
        (void)json_array_append_new(
            list, json_pack("{so sI}", "cells", cells, "share", (json_int_t)(most > 0 ? figure * 100 / most : 0)));
    }
    (void)json_object_set_new(desk->view, "rows", list);
}

/* Columns of days, hours, weekdays: everything that was asked for, beside each other from the first to the last. */
static void put_chart(Desk *desk, const Asked *asked, const Figures *figures)
{
    const TallyList *list = &figures->statistics.by[asked->by < TALLY_BY_COUNT ? asked->by : 0];
    const bool of_time = asked->by == BY_DAY || asked->by == BY_HOUR || asked->by == BY_WEEKDAY;
    json_t *bars = json_array(), *labels = json_array();
    int64_t most = 0;

    for (size_t i = 0; of_time && i < list->count; i++) {
        const Tally *tally = &list->rows[i].tally;
        const int64_t all = tally->papers + tally->phones + tally->applications;

        most = all > most ? all : most;
    }
    for (size_t i = 0; most > 0 && i < list->count; i++) {
        const Tally *tally = &list->rows[i].tally;
        const int left = (int)(i * CHART_WIDTH / list->count), right = (int)((i + 1) * CHART_WIDTH / list->count);
        const int gap = right - left > 6 ? 2 : right - left > 2 ? 1 : 0;
        const int height = (int)((tally->papers + tally->phones + tally->applications) * CHART_HEIGHT / most);
        const size_t step = (list->count + LABELS_MOST - 1) / LABELS_MOST;
        const char *key = list->rows[i].key;

        (void)json_array_append_new(bars, json_pack("{si si si si}", "x", left, "y", CHART_HEIGHT - height, "width",
                                                    right - left - gap, "height", height));
        if (i % (asked->by == BY_HOUR ? 2 : step) == 0 && left + LABEL_WIDTH <= CHART_WIDTH) {
            char day[8];

            if (asked->by == BY_DAY) /* "2026-11-24" */
                (void)snprintf(day, sizeof day, "%.2s.%.2s", key + 8, key + 5);
            (void)json_array_append_new(labels, json_pack("{si ss}", "x", left, "label",
                                                          asked->by == BY_WEEKDAY
                                                              ? date_weekday_short(desk->sheet.language, key[0] - '0')
                                                          : asked->by == BY_DAY ? day
                                                                                : key));
        }
    }
    (void)json_object_set_new(desk->view, "bars", bars);
    (void)json_object_set_new(desk->view, "labels", labels);
    (void)json_object_set_new(desk->view, "most", json_integer(most));
}

static bool show(Desk *desk, const Asked *asked, HttpServerAnswer *answer, Error *err)
{
    OWNED(Figures) figures = figures_read(desk, asked, err);
    json_t *cards = json_array();
    OWNED_BUF link;
    OWNED_GRID grid = { 0 };

    buf_init(&link, 1024);
    (void)json_object_set_new(desk->view, "cards", cards);
    if (!figures || !figures_cards(figures, cards, err) || !figures_grid(figures, asked->by, &grid, err) ||
        !sort_grid(asked, &grid, err))
        return false;
    put_periods(desk, asked);
    put_tables(desk, asked);
    put_choices(desk, asked, figures);
    put_columns(desk, asked, &grid);
    put_rows(desk, &grid);
    put_chart(desk, asked, figures);
    link_to(desk, asked, ".csv", &link);
    (void)json_object_set_new(desk->view, "csv", json_string(buf_text(&link)));
    link_to(desk, asked, ".xlsx", &link);
    (void)json_object_set_new(desk->view, "xlsx", json_string(buf_text(&link)));
    (void)json_object_set_new(desk->view, "table-name", json_string(grid.name));
    (void)json_object_set_new(desk->view, "is-limited",
                              json_boolean(scope_is_limited(desk_scope(desk), SCOPE_FACULTY)));
    return desk_view(desk, "statistics", 200, answer, err);
}

bool page_statistics(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    Asked asked;
    OWNED_DESK desk;
    Access access = desk_open(request, RIGHT_STATISTICS, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    take_asked(&desk, &asked);
    return show(&desk, &asked, answer, err);
}

/* --- to be taken along -------------------------------------------------------------------------------------------- */

static bool name_file(const Asked *asked, const char *what, const char *ending, HttpServerAnswer *answer, Error *err)
{
    OWNED_BUF text;

    buf_init(&text, sizeof answer->disposition - 1);
    buf_add_format(&text, "attachment; filename=\"%s-", what);
    date_write(&text, asked->from, LANGUAGE_FIRST, DATE_ISO);
    buf_add_byte(&text, '-');
    date_write(&text, asked->to, LANGUAGE_FIRST, DATE_ISO);
    buf_add_format(&text, "%s\"", ending);
    return buf_ok(&text, err) && str_copy(buf_str(&text), answer->disposition, sizeof answer->disposition);
}

/* The table that is asked for, as it is sorted. */
static bool write_csv(const Figures *figures, const Asked *asked, HttpServerAnswer *answer, Error *err)
{
    OWNED_GRID grid = { 0 };

    answer->content_type = "text/csv; charset=utf-8";
    return name_file(asked, figures_name(asked->by), ".csv", answer, err) &&
           figures_grid(figures, asked->by, &grid, err) && sort_grid(asked, &grid, err) &&
           grid_csv(&grid, &answer->body, err);
}

/* All tables. */
static bool write_xlsx(const Figures *figures, const Asked *asked, HttpServerAnswer *answer, Error *err)
{
    Grid grids[FIGURES_COUNT] = { 0 };
    bool done = name_file(asked, "statistics", ".xlsx", answer, err);

    answer->content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    for (int by = 0; done && by < FIGURES_COUNT; by++)
        done = figures_grid(figures, by, &grids[by], err);
    done = done && grids_xlsx(grids, COUNT(grids), &answer->body, err);
    for (int by = 0; by < FIGURES_COUNT; by++)
        grid_fini(&grids[by]);
    return done;
}

typedef bool (*WriteFigures)(const Figures *figures, const Asked *asked, HttpServerAnswer *answer, Error *err);

/* That figures of people's work were taken along is an act. */
static bool answer_file(const HttpServerRequest *request, WriteFigures write, HttpServerAnswer *answer, Error *err)
{
    Asked asked;
    OWNED_DESK desk;
    Access access = desk_open(request, RIGHT_STATISTICS, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    take_asked(&desk, &asked);
    OWNED(Figures) figures = figures_read(&desk, &asked, err);
    answer->status = 200;
    return figures && statistics_taken(office_of(request), desk.clerk, asked.from, asked.to, err) &&
           write(figures, &asked, answer, err);
}

bool page_statistics_csv(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return answer_file(request, write_csv, answer, err);
}

bool page_statistics_xlsx(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    return answer_file(request, write_xlsx, answer, err);
}
