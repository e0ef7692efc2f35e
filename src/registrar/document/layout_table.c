/* A table over the records of a list: its head again on every page, no row torn, no last row alone. */
#include <math.h>

#include "registrar/document/layout.h"

#define LEFT         25.0
#define HEAD_PADDING 0.9
#define CELL_PADDING 1.02
#define COLUMN_GAP   1.0

#define RULE_END     0.9 /* points */
#define RULE_HEAD    0.5
#define RULE_ROW     0.25

/* One row's cells, set but not yet placed. */
typedef struct Cells {
    PangoLayout *layouts[TEMPLATE_COLUMNS_MOST];
    size_t count;
    double height;   /* with padding */
    double baseline; /* of the lowest first line, under the padding */
    double padding;
} Cells;

static void cells_fini(Cells *cells)
{
    for (size_t i = 0; i < cells->count; i++)
        if (cells->layouts[i])
            g_object_unref(cells->layouts[i]);
    *cells = (Cells){ 0 };
}

#define OWNED_CELLS __attribute__((cleanup(cells_fini))) Cells

static double table_width(const Block *block)
{
    double width = 0;

    for (size_t i = 0; i < block->column_count; i++)
        width += block->columns[i].width;
    return width;
}

/* Cells of a row stand on the baseline of their first lines. */
static void cells_measure(Cells *cells, double padding)
{
    double low = 0;

    cells->padding = padding;
    for (size_t i = 0; i < cells->count; i++)
        if (cells->layouts[i])
            cells->baseline = fmax(cells->baseline, typeset_baseline(cells->layouts[i]) / MM(1));
    for (size_t i = 0; i < cells->count; i++)
        if (cells->layouts[i]) {
            double drop = cells->baseline - typeset_baseline(cells->layouts[i]) / MM(1);

            low = fmax(low, drop + layout_height(cells->layouts[i]));
        }
    cells->height = low + 2 * padding;
}

static bool cells_set(Flow *flow, const Block *block, StyleName style, const Words *(*words)(const Column *),
                      double padding, Cells *ret, Error *err)
{
    for (size_t i = 0; i < block->column_count; i++) {
        const Column *column = &block->columns[i];
        const PangoAlignment align = column->align == COLUMN_LEFT ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT;

        ret->count = i + 1;
        if (words(column)->count > 0 &&
            !set_words(flow, style, words(column), column->width - COLUMN_GAP, align, &ret->layouts[i], err))
            return error_add(err, "columns[%zu]", i);
    }
    cells_measure(ret, padding);
    return true;
}

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

static bool cells_place(Flow *flow, const Block *block, Cells *cells, double y, Error *err)
{
    double x = LEFT;

    for (size_t i = 0; i < cells->count; i++) {
        const Column *column = &block->columns[i];
        PangoLayout *layout = cells->layouts[i];

        cells->layouts[i] = NULL;
        if (layout && !place_layout(flow, layout, x + (column->align == COLUMN_LEFT ? 0 : COLUMN_GAP),
                                    y + cells->padding + cells->baseline - typeset_baseline(layout) / MM(1), err))
            return false;
        x += column->width;
    }
    return true;
}

static bool lay_head(Flow *flow, const Block *block, Error *err)
{
    OWNED_CELLS head = { 0 };
    OWNED_CELLS second = { 0 };
    double y = flow->y, second_y;

    if (!cells_set(flow, block, STYLE_HEAD, column_head, HEAD_PADDING, &head, err) ||
        !cells_set(flow, block, STYLE_HEAD_SECOND, column_second, 0, &second, err) ||
        !place_rule(flow, LEFT, y, table_width(block), RULE_END, err))
        return false;
    second_y = y + head.height - HEAD_PADDING;
    flow->y = second_y + second.height + HEAD_PADDING;
    return cells_place(flow, block, &head, y, err) && cells_place(flow, block, &second, second_y, err) &&
           place_rule(flow, LEFT, flow->y, table_width(block), RULE_HEAD, err);
}

static bool set_row(Flow *flow, const Block *block, const json_t *rows, size_t index, Cells *ret, Error *err)
{
    bool set;

    flow->scope.row = json_array_get(rows, index);
    if (!json_is_object(flow->scope.row))
        return error_set(err, ERR_FORMAT, STR_FMT "[%zu] is no record", STR_ARG(block->rows_field), index);
    set = cells_set(flow, block, STYLE_CELL, column_text, CELL_PADDING, ret, err);
    flow->scope.row = NULL;
    return set || error_add(err, "row %zu", index);
}

/* Turns the page under a closed table and opens it again. */
static bool turn_page(Flow *flow, const Block *block, Error *err)
{
    if (!place_rule(flow, LEFT, flow->y, table_width(block), RULE_END, err))
        return false;
    flow_next_page(flow);
    return lay_head(flow, block, err);
}

bool lay_table(Flow *flow, const Block *block, Error *err)
{
    const json_t *rows = json_object_getn(flow->scope.values, block->rows_field.ptr, block->rows_field.len);
    const size_t count = json_array_size(rows);
    OWNED_CELLS next = { 0 };

    if (!json_is_array(rows))
        return error_set(err, ERR_FORMAT, "list " STR_FMT " is missing", STR_ARG(block->rows_field));
    flow_need(flow, 25); /* a head is not left alone at the foot of a page */
    if (!lay_head(flow, block, err) || (count > 0 && !set_row(flow, block, rows, 0, &next, err)))
        return false;
    for (size_t i = 0; i < count; i++) {
        OWNED_CELLS row = next;
        double needed = row.height;

        next = (Cells){ 0 };
        if (i + 1 < count && !set_row(flow, block, rows, i + 1, &next, err))
            return false;
        if (i + 2 == count) /* the last row takes the one before it along */
            needed += next.height;
        if (flow->y + needed > flow_limit(flow) && !turn_page(flow, block, err))
            return false;
        if (!cells_place(flow, block, &row, flow->y, err))
            return false;
        flow->y += row.height;
        if (i + 1 < count && !place_rule(flow, LEFT, flow->y, table_width(block), RULE_ROW, err))
            return false;
    }
    return place_rule(flow, LEFT, flow->y, table_width(block), RULE_END, err);
}
