#include "registrar/console/statistics.h"

#include <stdio.h>
#include <string.h>

#include "base/texts.h"
#include "registrar/store/print_jobs.h"
#include "registrar/store/printers.h"

static const char *const names[FIGURES_COUNT] = {
    [BY_SERVICE] = "service",
    [BY_DAY] = "day",
    [BY_HOUR] = "hour",
    [BY_WEEKDAY] = "weekday",
    [BY_PLACE] = "place",
    [BY_PRINTER] = "printer",
    [BY_FACULTY] = "faculty",
    [FIGURES_PROMISES] = "promises",
    [FIGURES_REFUSALS] = "refusals",
    [FIGURES_WORK] = "staff",
};

const char *figures_name(int by)
{
    return names[by];
}

const char *say_figure(const Desk *desk, const char *id)
{
    char whole[80];

    (void)snprintf(whole, sizeof whole, "say.statistics.%s", id);
    return view_text(desk->sheet.pages, desk->sheet.language, whole);
}

/* --- what a row is called ----------------------------------------------------------------------------------------- */

static const char *service_title(const Figures *figures, const char *id)
{
    const Service *service = shelf_service(figures->shelf, id);
    const char *title = service ? local_text(&service->title, figures->desk->sheet.language) : "";

    return title[0] ? title : id;
}

static const char *faculty_name(const Figures *figures, const char *code)
{
    for (size_t i = 0; i < figures->choices.faculty_count; i++)
        if (!strcmp(figures->choices.faculties[i].code, code))
            return figures->choices.faculties[i].name;
    return code[0] ? code : say_figure(figures->desk, "unknown");
}

static void say_key(const Figures *figures, int by, const char *key, Buf *ret)
{
    const Language language = figures->desk->sheet.language;
    Date day;

    switch ((TallyBy)by) {
    case BY_SERVICE: buf_add_text(ret, service_title(figures, key)); break;
    case BY_DAY:
        if (date_parse(str_from(key), &day))
            date_write(ret, day, language, DATE_FIGURES);
        break;
    case BY_HOUR: buf_add_format(ret, "%s:00", key); break;
    case BY_WEEKDAY: buf_add_text(ret, date_weekday_alone(language, key[0] - '0')); break;
    case BY_FACULTY: buf_add_text(ret, faculty_name(figures, key)); break;
    case BY_PRINTER:
        if (!strcmp(key, WINDOW_OWNER))
            buf_add_text(ret, say_figure(figures->desk, "window"));
        else
            buf_add_text(ret, printer_of_owner(key) ? printer_of_owner(key) : key);
        break;
    case BY_PLACE:
    case TALLY_BY_COUNT: buf_add_text(ret, key[0] ? key : say_figure(figures->desk, "unknown")); break;
    }
}

/* --- tallies ------------------------------------------------------------------------------------------------------ */

typedef struct Column {
    const char *id;
    size_t offset;  /* of a Tally; of what is asked for altogether: ALL */
    unsigned lists; /* a bit for each TallyBy that shows it */
    bool of_lines;  /* tickets and calls: where they are told */
} Column;

#define ALL          SIZE_MAX
#define OF(member)   offsetof(Tally, member)
#define IN(by)       (1u << BY_##by)
#define TIMES        (IN(DAY) | IN(HOUR) | IN(WEEKDAY))
#define BUT_PRINTERS (TIMES | IN(SERVICE) | IN(PLACE) | IN(FACULTY))

static const Column columns[] = {
    { "all", ALL, BUT_PRINTERS, false },
    { "papers", OF(papers), BUT_PRINTERS | IN(PRINTER), false },
    { "phones", OF(phones), BUT_PRINTERS, false },
    { "applications", OF(applications), BUT_PRINTERS, false },
    { "printed", OF(printed), BUT_PRINTERS | IN(PRINTER), false },
    { "failed", OF(failed), BUT_PRINTERS | IN(PRINTER), false },
    { "unsure", OF(unsure), IN(PRINTER), false },
    { "under-way", OF(under_way), IN(PRINTER), false },
    { "sheets", OF(sheets), BUT_PRINTERS | IN(PRINTER), false },
    { "spoiled", OF(spoiled), BUT_PRINTERS | IN(PRINTER), false },
    { "tickets", OF(tickets), TIMES | IN(PLACE), true },
    { "gone", OF(gone), TIMES | IN(PLACE), true },
    { "calls", OF(calls), TIMES | IN(PLACE), true },
};

static bool shows(const Figures *figures, const Column *column, int by)
{
    return (column->lists & 1u << by) && (!column->of_lines || figures->statistics.has_lines);
}

static int64_t figure_of(const Tally *tally, const Column *column)
{
    int64_t figure;

    if (column->offset == ALL)
        return tally->papers + tally->phones + tally->applications;
    memcpy(&figure, (const char *)tally + column->offset, sizeof figure);
    return figure;
}

static json_t *tally_row(const Figures *figures, int by, const TallyRow *row)
{
    json_t *cells = json_array();
    OWNED_BUF key;

    buf_init(&key, 400);
    say_key(figures, by, row->key, &key);
    (void)json_array_append_new(cells, json_string(buf_text(&key)));
    for (size_t i = 0; i < COUNT(columns); i++)
        if (shows(figures, &columns[i], by))
            (void)json_array_append_new(cells, json_integer(figure_of(&row->tally, &columns[i])));
    return cells;
}

static bool tally_grid(const Figures *figures, int by, Grid *ret, Error *err)
{
    const TallyList *list = &figures->statistics.by[by];
    const bool of_time = TIMES & 1u << by;

    grid_add_column(ret, "name", say_figure(figures->desk, names[by]), of_time ? GRID_ORDERED : GRID_TEXT);
    for (size_t i = 0; i < COUNT(columns); i++)
        if (shows(figures, &columns[i], by))
            grid_add_column(ret, columns[i].id, say_figure(figures->desk, columns[i].id), GRID_NUMBER);
    for (size_t i = 0; i < list->count; i++)
        if (!grid_take_row(ret, tally_row(figures, by, &list->rows[i]), err))
            return false;
    return of_time || grid_sort(ret, 1, true, err);
}

/* --- promises, refusals, work ------------------------------------------------------------------------------------- */

static json_t *span(int64_t seconds)
{
    return seconds < 0 ? json_null() : json_integer(seconds);
}

static bool promise_grid(const Figures *figures, Grid *ret, Error *err)
{
    static const struct {
        const char *id;
        GridKind kind;
    } own[] = {
        { "service", GRID_TEXT },   { "asked", GRID_NUMBER },   { "kept", GRID_NUMBER },  { "late", GRID_NUMBER },
        { "overdue", GRID_NUMBER }, { "waiting", GRID_NUMBER }, { "ended", GRID_NUMBER }, { "promised", GRID_SPAN },
        { "usual", GRID_SPAN },     { "slow", GRID_SPAN },
    };

    for (size_t i = 0; i < COUNT(own); i++)
        grid_add_column(ret, own[i].id, say_figure(figures->desk, own[i].id), own[i].kind);
    for (size_t i = 0; i < figures->statistics.promise_count; i++) {
        const PromiseRow *row = &figures->statistics.promises[i];
        json_t *cells =
            json_pack("[s I I I I I I o o o]", service_title(figures, row->service), (json_int_t)row->asked,
                      (json_int_t)row->kept, (json_int_t)row->late, (json_int_t)row->overdue, (json_int_t)row->waiting,
                      (json_int_t)row->ended, span(row->promised_s), span(row->usual_s), span(row->slow_s));

        if (!grid_take_row(ret, cells, err))
            return false;
    }
    return grid_sort(ret, 1, true, err);
}

static const char *const refusal_names[] = {
    [REFUSAL_DECLINED] = "declined", [REFUSAL_RETURNED] = "returned",   [REFUSAL_WITHDRAWN] = "withdrawn",
    [REFUSAL_EXPIRED] = "expired",   [REFUSAL_CANCELLED] = "cancelled", [REFUSAL_REPRINTED] = "reprinted",
};
static_assert(COUNT(refusal_names) == REFUSAL_KIND_COUNT, "one name per RefusalKind");

static const char *cause_of(const Figures *figures, const RefusalRow *row)
{
    const AnswerTemplates *templates = &figures->statistics.templates;
    char id[64];

    for (size_t i = 0; i < templates->count; i++)
        if (!strcmp(templates->templates[i].row.id, row->cause))
            return local_text(&templates->templates[i].words, figures->desk->sheet.language);
    if (!row->cause[0])
        return say_figure(figures->desk,
                          row->kind == REFUSAL_DECLINED || row->kind == REFUSAL_RETURNED ? "own-words" : "no-cause");
    (void)snprintf(id, sizeof id, "cause-%s", row->cause);
    return say_figure(figures->desk, id);
}

static bool refusal_grid(const Figures *figures, Grid *ret, Error *err)
{
    grid_add_column(ret, "refusal", say_figure(figures->desk, "refusal"), GRID_TEXT);
    grid_add_column(ret, "cause", say_figure(figures->desk, "cause"), GRID_TEXT);
    grid_add_column(ret, "count", say_figure(figures->desk, "count"), GRID_NUMBER);
    for (size_t i = 0; i < figures->statistics.refusal_count; i++) {
        const RefusalRow *row = &figures->statistics.refusals[i];

        if (!grid_take_row(ret,
                           json_pack("[s s I]", say_figure(figures->desk, refusal_names[row->kind]),
                                     cause_of(figures, row), (json_int_t)row->count),
                           err))
            return false;
    }
    return grid_sort(ret, 2, true, err);
}

static const char *const work_names[] = {
    [WORK_DECIDED] = "decided",  [WORK_HANDED_OUT] = "handed-out", [WORK_PRINTS] = "prints",
    [WORK_SERVED] = "served",    [WORK_CALLS] = "calls-gone-to",   [WORK_PAYMENTS] = "payments",
    [WORK_PAPERS] = "documents", [WORK_CONTENT] = "content",       [WORK_LOOKS] = "looks",
};
static_assert(COUNT(work_names) == WORK_KIND_COUNT, "one name per WorkKind");

static bool work_grid(const Figures *figures, Grid *ret, Error *err)
{
    grid_add_column(ret, "name", say_figure(figures->desk, "staff"), GRID_TEXT);
    grid_add_column(ret, "acts", say_figure(figures->desk, "acts"), GRID_NUMBER);
    for (int kind = 0; kind < WORK_KIND_COUNT; kind++)
        grid_add_column(ret, work_names[kind], say_figure(figures->desk, work_names[kind]), GRID_NUMBER);
    for (size_t i = 0; i < figures->statistics.work_count; i++) {
        const WorkRow *row = &figures->statistics.work[i];
        json_t *cells = json_pack("[s]", row->full_name[0] ? row->full_name : row->name);
        int64_t all = 0;

        for (int kind = 0; kind < WORK_KIND_COUNT; kind++)
            all += row->of[kind];
        (void)json_array_append_new(cells, json_integer(all));
        for (int kind = 0; kind < WORK_KIND_COUNT; kind++)
            (void)json_array_append_new(cells, json_integer(row->of[kind]));
        if (!grid_take_row(ret, cells, err))
            return false;
    }
    return grid_sort(ret, 1, true, err);
}

bool figures_grid(const Figures *figures, int by, Grid *ret, Error *err)
{
    char id[32];

    (void)snprintf(id, sizeof id, "by-%s", names[by]);
    if (!grid_init(ret, say_figure(figures->desk, id), err))
        return false;
    switch (by) {
    case FIGURES_PROMISES: return promise_grid(figures, ret, err);
    case FIGURES_REFUSALS: return refusal_grid(figures, ret, err);
    case FIGURES_WORK: return work_grid(figures, ret, err);
    default: return tally_grid(figures, by, ret, err);
    }
}

/* --- cards -------------------------------------------------------------------------------------------------------- */

typedef struct Card {
    const char *id;
    int64_t figure;    /* -1: there is none */
    const char *unit;  /* "%": behind the figure */
    int64_t beside[2]; /* in its note */
} Card;

static int64_t share(int64_t part, int64_t whole)
{
    return whole > 0 ? (200 * part + whole) / (2 * whole) : 0;
}

static bool add_card(const Desk *desk, const Card *card, json_t *cards, Error *err)
{
    char name[40], figures[2][24];
    const char *values[] = { figures[0], figures[1] };
    const json_t *number = json_integer(card->figure);
    OWNED_BUF figure, note;

    buf_init(&figure, 40);
    buf_init(&note, 300);
    if (card->figure >= 0) {
        grid_say(GRID_NUMBER, number, &figure);
        buf_add_text(&figure, card->unit);
    } else
        buf_add_text(&figure, "–");
    json_decref((json_t *)(uintptr_t)number);
    for (int i = 0; i < 2; i++)
        (void)snprintf(figures[i], sizeof figures[i], "%lld", (long long)card->beside[i]);
    (void)snprintf(name, sizeof name, "note-%s", card->id);
    text_fill(&note, say_figure(desk, name), values, 2);
    return json_array_append_new(cards, json_pack("{ss ss ss ss}", "card-id", card->id, "card-name",
                                                  say_figure(desk, card->id), "card-figure", buf_text(&figure),
                                                  "card-note", buf_text(&note))) == 0 ||
           error_set(err, ERR_MEMORY, "figures");
}

bool figures_cards(const Figures *figures, json_t *cards, Error *err)
{
    const Tally *total = &figures->statistics.total;
    const PromiseRow *promises = &figures->statistics.promise_total;
    const int64_t due = promises->kept + promises->late + promises->overdue;
    const Card own[] = {
        { "papers", total->papers, "", { total->printed, total->failed } },
        { "phones", total->phones, "", { 0, 0 } },
        { "applications", total->applications, "", { promises->kept + promises->late, promises->overdue } },
        { "kept-share", due > 0 ? share(promises->kept, due) : -1, "%", { promises->kept, due } },
        { "sheets", total->sheets, "", { total->spoiled, share(total->spoiled, total->sheets) } },
        { "tickets", total->tickets, "", { total->gone, total->calls } },
    };

    for (size_t i = 0; i < COUNT(own); i++)
        if ((i + 1 < COUNT(own) || figures->statistics.has_lines) && !add_card(figures->desk, &own[i], cards, err))
            return false;
    return true;
}
