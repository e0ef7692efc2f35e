/* A table over the records of a list.  Its lines are set first and placed then: rows, and where there are groups their
 * heads and sums.  Its head stands again on every page, a group's too; no row is torn, and no head, sum or last row
 * alone. */
#include <math.h>

#include "base/memory.h"
#include "registrar/document/layout.h"

#define HEAD_PADDING  0.9
#define CELL_PADDING  1.02
#define SMALL_PADDING 0.6
#define COLUMN_GAP    1.0
#define GROUP_ABOVE   3.0
#define TEAR_LEAST    55.0 /* a group is begun on a new page rather than torn in less room than this */

typedef enum LineKind { LINE_GROUP, LINE_ROW, LINE_SUBTOTAL, LINE_TOTAL, LINE_EMPTY } LineKind;

/* Set, not yet placed.  Cells stand on the baseline of their first lines. */
typedef struct Line {
    LineKind kind;
    PangoLayout *layouts[TEMPLATE_COLUMNS_MOST];
    double height; /* with padding */
    double above;  /* free room over it, but at a page's top */
    double baseline, padding;
    size_t group; /* line that is its group's head; itself for others */
} Line;

typedef struct Setting {
    Flow *flow;
    const Table *table;
    const json_t *rows, *group_rows;
    Line *lines;
    size_t count, room;
} Setting;

static void line_fini(Line *line)
{
    for (size_t i = 0; i < COUNT(line->layouts); i++)
        if (line->layouts[i])
            g_object_unref(line->layouts[i]);
}

static void setting_fini(Setting *setting)
{
    for (size_t i = 0; i < setting->count; i++)
        line_fini(&setting->lines[i]);
    mem_free(setting->lines);
}

#define OWNED_LINE    __attribute__((cleanup(line_fini))) Line
#define OWNED_SETTING __attribute__((cleanup(setting_fini))) Setting

static double table_width(const Table *table)
{
    double width = 0;

    for (size_t i = 0; i < table->column_count; i++)
        width += table->columns[i].width;
    return width;
}

/* --- setting ----------------------------------------------------------------------------------------------------- */

static void line_measure(Line *line, double padding)
{
    double low = 0;

    line->padding = padding;
    for (size_t i = 0; i < COUNT(line->layouts); i++)
        if (line->layouts[i])
            line->baseline = fmax(line->baseline, layout_baseline(line->layouts[i]));
    for (size_t i = 0; i < COUNT(line->layouts); i++)
        if (line->layouts[i])
            low = fmax(low, line->baseline - layout_baseline(line->layouts[i]) + layout_height(line->layouts[i]));
    line->height = low + 2 * padding;
}

typedef const Words *(*WordsOf)(const Column *column);

static const Words *column_head(const Column *column)
{
    return &column->head;
}

static const Words *column_second(const Column *column)
{
    return &column->second;
}

static const Words *column_text(const Column *column)
{
    return &column->text;
}

static bool set_cells(Flow *flow, const Table *table, StyleName style, WordsOf words, double padding, Line *ret,
                      Error *err)
{
    for (size_t i = 0; i < table->column_count; i++) {
        const Column *column = &table->columns[i];
        const PangoAlignment align = column->align == COLUMN_LEFT ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT;

        if (words(column)->count > 0 &&
            !set_words(flow, style, words(column), column->width - COLUMN_GAP, align, &ret->layouts[i], err))
            return error_add(err, "columns[%zu]", i);
    }
    line_measure(ret, padding);
    return true;
}

/* A text at the left is as wide as is left until the next one, figures are as wide as their column. */
static double sum_width(const Table *table, const SumLine *sum, size_t at)
{
    double width = table->columns[at].width;

    for (size_t i = at + 1; table->columns[at].align == COLUMN_LEFT && i < table->column_count; i++) {
        if (sum->cells[i].count > 0)
            break;
        width += table->columns[i].width;
    }
    return width - COLUMN_GAP;
}

static bool set_sum(Flow *flow, const Table *table, const SumLine *sum, Line *ret, Error *err)
{
    const StyleName style = table->small ? STYLE_SMALL_SUM : STYLE_SUM;

    for (size_t i = 0; i < table->column_count; i++) {
        const bool left = table->columns[i].align == COLUMN_LEFT;

        if (sum->cells[i].count > 0 && !set_words(flow, style, &sum->cells[i], sum_width(table, sum, i),
                                                  left ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT, &ret->layouts[i], err))
            return false;
    }
    line_measure(ret, table->small ? SMALL_PADDING : CELL_PADDING);
    return true;
}

static bool add_line(Setting *setting, Line line, Error *err)
{
    if (setting->count == setting->room) {
        const size_t room = setting->room ? 2 * setting->room : 32;
        Line *lines = mem_resize(setting->lines, room, sizeof *lines);

        if (!lines) {
            line_fini(&line);
            return error_set(err, ERR_MEMORY, "table");
        }
        setting->lines = lines;
        setting->room = room;
    }
    setting->lines[setting->count++] = line;
    return true;
}

static bool add_words(Setting *setting, LineKind kind, StyleName style, const Words *words, Error *err)
{
    const Table *table = setting->table;
    Line line = { .kind = kind, .group = setting->count };

    if (!set_words(setting->flow, style, words, table_width(table) - COLUMN_GAP, PANGO_ALIGN_LEFT, &line.layouts[0],
                   err))
        return false;
    line_measure(&line, table->small ? SMALL_PADDING : CELL_PADDING);
    line.above = kind == LINE_GROUP && setting->count > 0 ? GROUP_ABOVE : 0;
    return add_line(setting, line, err);
}

static bool add_row(Setting *setting, size_t group, Error *err)
{
    const Table *table = setting->table;
    Line line = { .kind = LINE_ROW, .group = table->group.len ? group : setting->count };

    if (!set_cells(setting->flow, table, table->small ? STYLE_SMALL_CELL : STYLE_CELL, column_text,
                   table->small ? SMALL_PADDING : CELL_PADDING, &line, err)) {
        line_fini(&line);
        return false;
    }
    return add_line(setting, line, err);
}

static bool add_sum(Setting *setting, LineKind kind, const SumLine *sum, size_t group, Error *err)
{
    Line line = { .kind = kind, .group = kind == LINE_SUBTOTAL ? group : setting->count };

    if (!sum->present)
        return true;
    if (!set_sum(setting->flow, setting->table, sum, &line, err)) {
        line_fini(&line);
        return error_add(err, kind == LINE_TOTAL ? "total" : "subtotal");
    }
    return add_line(setting, line, err);
}

static bool same_group(const Setting *setting, const json_t *one, const json_t *other)
{
    const Str group = setting->table->group;

    return group.len == 0 ||
           json_equal(json_object_getn(one, group.ptr, group.len), json_object_getn(other, group.ptr, group.len));
}

/* The group's own record: the n-th of n. */
static bool take_group(Setting *setting, size_t n, Error *err)
{
    if (setting->table->group_rows.len == 0)
        return true;
    setting->flow->scope.group = json_array_get(setting->group_rows, n);
    return json_is_object(setting->flow->scope.group) ||
           error_set(err, ERR_FORMAT, "list " STR_FMT " has no record for group %zu",
                     STR_ARG(setting->table->group_rows), n);
}

static bool set_rows(Setting *setting, Error *err)
{
    const Table *table = setting->table;
    const size_t count = json_array_size(setting->rows);
    Scope *scope = &setting->flow->scope;
    size_t group = 0, groups = 0;

    for (size_t i = 0; i < count; i++) {
        const json_t *row = json_array_get(setting->rows, i), *next = json_array_get(setting->rows, i + 1);
        const bool begins = table->group.len && (i == 0 || !same_group(setting, scope->row, row));

        if (!json_is_object(row))
            return error_set(err, ERR_FORMAT, STR_FMT "[%zu] is no record", STR_ARG(table->rows), i);
        scope->row = row;
        if (begins) {
            group = setting->count;
            if (!take_group(setting, groups++, err) ||
                !add_words(setting, LINE_GROUP, STYLE_GROUP, &table->group_text, err))
                return error_add(err, "group at row %zu", i);
        }
        if (!add_row(setting, group, err))
            return error_add(err, "row %zu", i);
        if (table->group.len && (!next || !same_group(setting, row, next))) {
            scope->row = NULL;
            if (!add_sum(setting, LINE_SUBTOTAL, &table->subtotal, group, err))
                return false;
            scope->row = row;
        }
    }
    return true;
}

static bool set_lines(Setting *setting, Error *err)
{
    const Table *table = setting->table;
    const bool set = set_rows(setting, err);

    setting->flow->scope.row = setting->flow->scope.group = NULL;
    if (!set)
        return false;
    if (setting->count == 0 && table->empty.count > 0)
        return add_words(setting, LINE_EMPTY, STYLE_CELL, &table->empty, err);
    return setting->count == 0 || add_sum(setting, LINE_TOTAL, &table->total, 0, err);
}

/* --- placing ----------------------------------------------------------------------------------------------------- */

/* By reference where `keep` is true: a group's head may stand again. */
static bool place_line(Flow *flow, const Table *table, Line *line, double y, bool keep, Error *err)
{
    double x = LEFT;

    for (size_t i = 0; i < table->column_count; i++) {
        const Column *column = &table->columns[i];
        const double shift = column->align == COLUMN_LEFT || line->kind == LINE_GROUP ? 0 : COLUMN_GAP;
        PangoLayout *layout = line->layouts[i];

        if (layout && keep)
            g_object_ref(layout);
        else
            line->layouts[i] = NULL;
        if (layout &&
            !place_layout(flow, layout, x + shift, y + line->padding + line->baseline - layout_baseline(layout), err))
            return false;
        x += column->width;
    }
    return true;
}

static bool table_rule(Flow *flow, const Table *table, double thickness, Error *err)
{
    return place_rule(flow, LEFT, flow->y, table_width(table), thickness, err);
}

static bool set_head(Flow *flow, const Table *table, Line *ret_head, Line *ret_second, Error *err)
{
    return set_cells(flow, table, STYLE_HEAD, column_head, HEAD_PADDING, ret_head, err) &&
           set_cells(flow, table, STYLE_HEAD_SECOND, column_second, 0, ret_second, err);
}

static bool lay_head(Flow *flow, const Table *table, Error *err)
{
    OWNED_LINE head = { .kind = LINE_ROW };
    OWNED_LINE second = { .kind = LINE_ROW };
    double y = flow->y, second_y;

    if (!set_head(flow, table, &head, &second, err) || !table_rule(flow, table, RULE_END, err))
        return false;
    second_y = y + head.height - HEAD_PADDING;
    flow->y = second_y + second.height + HEAD_PADDING;
    return place_line(flow, table, &head, y, false, err) && place_line(flow, table, &second, second_y, false, err) &&
           table_rule(flow, table, RULE_HALF, err);
}

static bool head_height(Flow *flow, const Table *table, double *ret, Error *err)
{
    OWNED_LINE head = { 0 };
    OWNED_LINE second = { 0 };

    if (!set_head(flow, table, &head, &second, err))
        return false;
    *ret = head.height + second.height;
    return true;
}

static bool is_row(const Setting *setting, size_t at)
{
    return at < setting->count && setting->lines[at].kind == LINE_ROW;
}

/* Whether a page may not end under this line: heads keep what follows, sums what they sum, and neither a first row nor
 * a last one is parted from its neighbour. */
static bool is_glued(const Setting *setting, size_t at)
{
    if (at + 1 >= setting->count)
        return false;
    const LineKind next = setting->lines[at + 1].kind;

    if (setting->lines[at].kind == LINE_GROUP || next == LINE_SUBTOTAL || next == LINE_TOTAL)
        return true;
    return is_row(setting, at + 1) && (!is_row(setting, at + 2) || at == 0 || !is_row(setting, at - 1));
}

static double glued_height(const Setting *setting, size_t at)
{
    double height = setting->lines[at].above + setting->lines[at].height;

    for (; is_glued(setting, at); at++)
        height += setting->lines[at + 1].above + setting->lines[at + 1].height;
    return at + 1 == setting->count ? height + flow_tail(setting->flow) : height;
}

/* With its head and its sum. */
static double group_height(const Setting *setting, size_t head)
{
    double height = 0;

    for (size_t i = head; i < setting->count && setting->lines[i].group == head; i++)
        height += setting->lines[i].height;
    return height;
}

/* Whether a page is turned above this line. */
static bool wants_page(const Setting *setting, size_t at)
{
    const Line *line = &setting->lines[at];
    const double left = flow_limit(setting->flow) - setting->flow->y;

    if (glued_height(setting, at) > left)
        return true;
    return line->kind == LINE_GROUP && left < TEAR_LEAST && line->above + group_height(setting, at) > left;
}

/* Turns the page under a closed table and opens it again, with the head of the group that goes on. */
static bool turn_page(Setting *setting, size_t at, Error *err)
{
    Flow *flow = setting->flow;
    const size_t group = setting->lines[at].group;

    if (!table_rule(flow, setting->table, RULE_END, err))
        return false;
    flow_next_page(flow);
    if (!lay_head(flow, setting->table, err))
        return false;
    if (group == at || setting->lines[group].kind != LINE_GROUP)
        return true;
    if (!place_line(flow, setting->table, &setting->lines[group], flow->y, true, err))
        return false;
    flow->y += setting->lines[group].height;
    return table_rule(flow, setting->table, RULE_HALF, err);
}

static double rule_under(const Setting *setting, size_t at)
{
    if (at + 1 == setting->count)
        return RULE_END;
    return setting->lines[at].kind == LINE_ROW && setting->lines[at + 1].kind == LINE_ROW ? RULE_INNER : RULE_HALF;
}

static bool place_lines(Setting *setting, Error *err)
{
    Flow *flow = setting->flow;
    bool opened = true; /* nothing stands under the head on this page yet */

    for (size_t i = 0; i < setting->count; i++) {
        Line *line = &setting->lines[i];

        if (!opened && wants_page(setting, i)) {
            if (!turn_page(setting, i, err))
                return false;
            opened = true;
        }
        flow->y += opened ? 0 : line->above;
        opened = false;
        if (!place_line(flow, setting->table, line, flow->y, line->kind == LINE_GROUP, err))
            return false;
        flow->y += line->height;
        flow_check_low(flow);
        if (!table_rule(flow, setting->table, rule_under(setting, i), err))
            return false;
    }
    return true;
}

/* A head is not left alone at the foot of a page, nor with a group that had better begin on the next one. */
static bool open_table(Setting *setting, Error *err)
{
    Flow *flow = setting->flow;
    double head = 0, least;

    if (!head_height(flow, setting->table, &head, err))
        return false;
    least = setting->count ? glued_height(setting, 0) : 0;
    if (setting->count && setting->lines[0].kind == LINE_GROUP)
        least = fmax(least, fmin(group_height(setting, 0), TEAR_LEAST));
    flow_need(flow, head + least);
    return lay_head(flow, setting->table, err);
}

static bool find_list(const Flow *flow, Str name, const json_t **ret, Error *err)
{
    *ret = json_object_getn(flow->scope.values, name.ptr, name.len);
    return json_is_array(*ret) || error_set(err, ERR_FORMAT, "list " STR_FMT " is missing", STR_ARG(name));
}

bool lay_table(Flow *flow, const Block *block, Error *err)
{
    const Table *table = block->table;
    OWNED_SETTING setting = { .flow = flow, .table = table };

    if (!find_list(flow, table->rows, &setting.rows, err) ||
        (table->group_rows.len && !find_list(flow, table->group_rows, &setting.group_rows, err)) ||
        !set_lines(&setting, err) || !open_table(&setting, err) || !place_lines(&setting, err))
        return false;
    return setting.count > 0 || table_rule(flow, table, RULE_END, err);
}
