/* /office/prints: the print queue, by what needs somebody first; one job beside it, with what happened and what can be
 * done.  Every list is a link: its filters, its order and its place stand in the address. */
#include "registrar/console/prints_page.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/memory.h"
#include "base/texts.h"
#include "registrar/api/access.h"
#include "registrar/console/applications.h"
#include "registrar/console/pages.h"
#include "registrar/console/prints_open.h"
#include "registrar/console/strip.h"
#include "registrar/http/query.h"

/* --- which list --------------------------------------------------------------------------------------------------- */

static const struct {
    const char *id;
    PrintNeed first, last;
} lists[] = {
    { "all", NEED_UNKNOWN, NEED_PRINTED },     { "needs", NEED_UNKNOWN, NEED_STOPPED },
    { "held", NEED_HELD, NEED_HELD },          { "printing", NEED_PRINTING, NEED_PRINTING },
    { "waiting", NEED_WAITING, NEED_WAITING }, { "printed", NEED_PRINTED, NEED_PRINTED },
    { "over", NEED_OVER, NEED_REPLACED },
};

static const char *const sorts[] = {
    [SORT_NEED] = "need", [SORT_DUE] = "due", [SORT_OLDEST] = "oldest", [SORT_NEWEST] = "newest"
};
static_assert(COUNT(sorts) == SORT_COUNT, "one word per PrintQueueSort");

void prints_filters_read(const char *query, PrintsFilters *ret)
{
    char word[16];

    *ret = (PrintsFilters){ .sort = SORT_NEED };
    desk_asked(query, "state", word, sizeof word);
    for (size_t i = 0; i < COUNT(lists); i++)
        if (!strcmp(lists[i].id, word))
            ret->list = i;
    desk_asked(query, "sort", word, sizeof word);
    for (size_t i = 0; i < COUNT(sorts); i++)
        if (!strcmp(sorts[i], word))
            ret->sort = (PrintQueueSort)i;
    desk_asked(query, "printer", ret->printer, sizeof ret->printer);
    desk_asked(query, "q", ret->typed, sizeof ret->typed);
    desk_asked(query, "after", ret->after, sizeof ret->after);
    desk_asked(query, "job", ret->job, sizeof ret->job);
}

static void add(Buf *link, const char *name, const char *value)
{
    if (!value[0])
        return;
    buf_add_format(link, "&%s=", name);
    percent_encode(str_from(value), link);
}

void prints_link(const Desk *desk, const PrintsFilters *filters, const char *job, bool keeps_place, Buf *ret)
{
    buf_add_format(ret, "/office/prints?l=%s", language_tag(desk->sheet.language));
    add(ret, "state", filters->list ? lists[filters->list].id : "");
    add(ret, "sort", filters->sort ? sorts[filters->sort] : "");
    add(ret, "printer", filters->printer);
    add(ret, "q", filters->typed);
    add(ret, "after", keeps_place ? filters->after : "");
    add(ret, "job", job);
}

const char *say_prints(const Desk *desk, const char *id)
{
    char whole[64];

    (void)snprintf(whole, sizeof whole, "say.prints.%s", id);
    return view_text(desk->sheet.pages, desk->sheet.language, whole);
}

/* A link that differs from the list as it is in one filter. */
static void put_link(json_t *one, const char *name, const Desk *desk, const PrintsFilters *filters)
{
    OWNED_BUF link;

    buf_init(&link, 2 * PRINTS_QUERY_SIZE);
    prints_link(desk, filters, "", false, &link);
    view_put(one, name, buf_text(&link));
}

static void put_lists(const Desk *desk, const PrintsFilters *filters, const JobQueue *queue)
{
    json_t *all = json_array();

    for (size_t i = 0; i < COUNT(lists); i++) {
        PrintsFilters other = *filters;
        json_t *one = json_object();
        int64_t count = 0;

        other.list = i;
        other.typed[0] = '\0';
        for (int need = lists[i].first; need <= (int)lists[i].last; need++)
            count += queue->of_need[need];
        put_link(one, "list-link", desk, &other);
        view_put(one, "list-name", say_prints(desk, lists[i].id));
        if (i + 1 < COUNT(lists)) /* what is over is not counted: it grows for ever */
            (void)json_object_set_new(one, "list-count", json_integer((json_int_t)count));
        view_put_when(one, "has-count", i + 1 < COUNT(lists));
        view_put_when(one, "is-list", i == filters->list && !filters->typed[0]);
        (void)json_array_append_new(all, one);
    }
    (void)json_object_set_new(desk->view, "lists", all);
}

static void put_sorts(const Desk *desk, const PrintsFilters *filters)
{
    static const struct {
        const char *link, *is;
        PrintQueueSort sort;
    } heads[] = { { "sort-need", "is-by-need", SORT_NEED }, { "sort-due", "is-by-due", SORT_DUE } };
    /* What is over comes so, however the open ones are sorted. */
    const bool is_newest = filters->sort == SORT_NEWEST || lists[filters->list].first > NEED_OPEN_LAST;
    PrintsFilters other = *filters;

    for (size_t i = 0; i < COUNT(heads); i++) {
        other.sort = heads[i].sort;
        put_link(desk->view, heads[i].link, desk, &other);
        view_put_when(desk->view, heads[i].is, filters->sort == heads[i].sort && !is_newest && !filters->typed[0]);
    }
    other.sort = filters->sort == SORT_OLDEST ? SORT_NEWEST : SORT_OLDEST;
    put_link(desk->view, "sort-since", desk, &other);
    view_put_when(desk->view, "is-oldest", filters->sort == SORT_OLDEST && !is_newest && !filters->typed[0]);
    view_put_when(desk->view, "is-newest", is_newest && !filters->typed[0]);
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

static void put_row(const Desk *desk, const PrintsFilters *filters, const JobLine *line, json_t *rows)
{
    char number[DOCUMENT_NUMBER_SIZE];
    json_t *one = json_object();
    OWNED_BUF link, words, since, owner;

    buf_init(&link, 2 * PRINTS_QUERY_SIZE);
    buf_init(&words, 200);
    buf_init(&owner, 80);
    buf_init(&since, 40);
    document_number_write(&line->row.document, number);
    prints_link(desk, filters, line->row.job.id, true, &link);
    prints_say_state(desk, line, &words);
    prints_say_time(desk, line->row.changed_at_s, &since);
    prints_say_owner(desk, line->row.job.owner, line->row.job.at_window, &owner);
    view_put(one, "row-job", line->row.job.id);
    view_put(one, "row-link", buf_text(&link));
    view_put(one, "row-class", prints_class(line));
    view_put(one, "row-state", buf_text(&words));
    view_put_when(one, "row-needs", line->row.need <= NEED_HELD || line->stopped);
    view_put(one, "row-title", say_title(desk, &line->title, line->row.document.service));
    view_put(one, "row-who", line->holder);
    view_put(one, "row-number", number);
    (void)json_object_set_new(one, "row-pages", json_integer(line->row.job.sheets_expected));
    view_put(one, "row-printer", buf_text(&owner));
    view_put(one, "row-since", buf_text(&since));
    view_put(one, "row-key", prints_next_key(line));
    view_put(one, "row-next", prints_say_next(desk, line));
    view_put_when(one, "is-open-row", !strcmp(line->row.job.id, filters->job));
    (void)json_array_append_new(rows, one);
}

static void put_rows(const Desk *desk, const PrintsFilters *filters, const JobQueue *queue)
{
    json_t *rows = json_array();

    for (size_t i = 0; i < queue->count; i++)
        put_row(desk, filters, &queue->lines[i], rows);
    (void)json_object_set_new(desk->view, "rows", rows);
    if (!queue->more) {
        view_put(desk->view, "next", "");
        return;
    }
    PrintsFilters next = *filters;
    OWNED_BUF link;
    buf_init(&link, 2 * PRINTS_QUERY_SIZE);
    (void)snprintf(next.after, sizeof next.after, "%d.%lld.%s", queue->next_need, (long long)queue->next_s,
                   queue->next);
    prints_link(desk, &next, "", true, &link);
    view_put(desk->view, "next", buf_text(&link));
}

/* What a filter by printer shows above the list: whose it is, and what can be done with all of it. */
static void put_printer(const Desk *desk, const PrintsFilters *filters, const JobQueue *queue)
{
    const char *printer = printer_of_owner(filters->printer);
    PrintsFilters any = *filters;
    bool silent = false;
    OWNED_BUF name;

    buf_init(&name, 80);
    prints_say_owner(desk, filters->printer, false, &name);
    for (size_t i = 0; i < queue->cell_count; i++)
        silent = silent || (queue->cells[i].row.office == (printer != NULL) &&
                            !strcmp(queue->cells[i].row.id, printer ? printer : filters->printer) &&
                            queue->cells[i].state == STRIP_SILENT);
    any.printer[0] = '\0';
    put_link(desk->view, "any-printer", desk, &any);
    view_put(desk->view, "printer", filters->printer);
    view_put(desk->view, "printer-name", buf_text(&name));
    view_put_when(desk->view, "may-take-all",
                  silent && queue->of_need[NEED_PRINTING] + queue->of_need[NEED_WAITING] > 0);
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

/* "6.1700000000.ID" */
static void read_after(const PrintsFilters *filters, JobWanted *wanted, char id[ID_SIZE])
{
    Str rest = str_from(filters->after);
    const Str need = str_split(&rest, '.'), at = str_split(&rest, '.');
    int64_t n;

    if (!str_to_i64(need, 0, NEED_COUNT, &n) || !str_to_i64(at, 0, INT64_MAX, &wanted->after_s) || !rest.ptr ||
        !str_copy(rest, id, ID_SIZE))
        return;
    wanted->after_need = (int)n;
    wanted->after = id;
}

static bool put_open(Desk *desk, const PrintsFilters *filters, const JobWanted *wanted, const JobQueue *queue,
                     Error *err)
{
    JobOpen *open;
    bool found, done;

    view_put_when(desk->view, "is-open", false);
    view_put_when(desk->view, "is-gone", false);
    if (!filters->job[0])
        return true;
    open = mem_new(1, sizeof *open);
    if (!open)
        return error_set(err, ERR_MEMORY, "print job");
    done = job_open(desk->sheet.context->office, wanted, queue, filters->job, &found, open, err);
    if (done && found)
        prints_put_open(desk, filters, queue, open);
    view_put_when(desk->view, "is-open", done && found);
    view_put_when(desk->view, "is-gone", done && !found);
    mem_free_wiped(open, sizeof *open);
    return done;
}

static bool put_all(Desk *desk, const PrintsFilters *filters, JobQueue *queue, Error *err)
{
    char after[ID_SIZE];
    JobWanted wanted = { .clerk = desk->clerk,
                         .scope = desk_scope(desk),
                         .first = lists[filters->list].first,
                         .last = lists[filters->list].last,
                         .sort = filters->sort,
                         .owner = filters->printer,
                         .typed = filters->typed,
                         .after = "" };
    json_int_t needs = 0;

    read_after(filters, &wanted, after);
    if (!job_queue_view(desk->sheet.context->office, &wanted, queue, err))
        return false;
    put_lists(desk, filters, queue);
    put_sorts(desk, filters);
    put_rows(desk, filters, queue);
    put_printer(desk, filters, queue);
    view_put(desk->view, "typed", filters->typed);
    view_put(desk->view, "state-now", filters->list ? lists[filters->list].id : "");
    for (int need = NEED_UNKNOWN; need <= NEED_STOPPED; need++)
        needs += queue->of_need[need];
    (void)json_object_set_new(desk->view, "needs", json_integer(needs));
    return put_open(desk, filters, &wanted, queue, err);
}

bool prints_show(Desk *desk, const PrintsFilters *filters, int status, HttpServerAnswer *answer, Error *err)
{
    JobQueue *queue = mem_new(1, sizeof *queue);
    bool done;

    if (!queue)
        return error_set(err, ERR_MEMORY, "print queue");
    done = put_all(desk, filters, queue, err) && desk_strip(desk, "/office/prints?printer=", filters->printer, err);
    job_queue_fini(queue);
    mem_free(queue);
    return done && desk_view(desk, "prints", status, answer, err);
}

bool page_prints(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    PrintsFilters filters;
    OWNED_DESK desk;
    const Access access = desk_open(request, RIGHT_PRINTS, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    prints_filters_read(desk.query, &filters);
    return prints_show(&desk, &filters, 200, answer, err);
}
