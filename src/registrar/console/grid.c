#include "registrar/console/grid.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

bool grid_init(Grid *grid, const char *name, Error *err)
{
    *grid = (Grid){ .name = name, .rows = json_array() };
    return grid->rows || error_set(err, ERR_MEMORY, "table");
}

void grid_fini(Grid *grid)
{
    json_decref(grid->rows);
    *grid = (Grid){ 0 };
}

void grid_add_column(Grid *grid, const char *id, const char *title, GridKind kind)
{
    assert(grid->column_count < GRID_COLUMNS_MOST);
    grid->columns[grid->column_count++] = (GridColumn){ id, title, kind };
}

bool grid_take_row(Grid *grid, json_t *row, Error *err)
{
    assert(!row || json_array_size(row) == grid->column_count);
    if (json_array_size(grid->rows) >= GRID_ROWS_MOST) {
        json_decref(row);
        return error_set(err, ERR_RANGE, "rows of a table");
    }
    return (row && json_array_append_new(grid->rows, row) == 0) || error_set(err, ERR_MEMORY, "table");
}

int grid_column(const Grid *grid, Str id)
{
    for (size_t i = 0; i < grid->column_count; i++)
        if (str_equal_text(id, grid->columns[i].id))
            return (int)i;
    return -1;
}

/* --- order -------------------------------------------------------------------------------------------------------- */

typedef struct SortKey {
    json_t *row;
    const json_t *cell;
    size_t was;
    GridKind kind;
    bool downwards;
} SortKey;

static int compare_cells(const json_t *a, const json_t *b)
{
    if (json_is_string(a) && json_is_string(b))
        return strcmp(json_string_value(a), json_string_value(b));
    const json_int_t one = json_integer_value(a), other = json_integer_value(b);
    return (one > other) - (one < other);
}

static int compare_keys(const void *a, const void *b)
{
    const SortKey *one = a, *other = b;
    int order = json_is_null(one->cell) - json_is_null(other->cell);

    const int stood = (one->was > other->was) - (one->was < other->was);

    if (order == 0) {
        order = one->kind == GRID_ORDERED ? stood : compare_cells(one->cell, other->cell);
        order = one->downwards ? -order : order;
    }
    return order != 0 ? order : stood;
}

bool grid_sort(Grid *grid, size_t column, bool downwards, Error *err)
{
    const size_t count = json_array_size(grid->rows);
    SortKey *keys = mem_new(count + 1, sizeof *keys);
    json_t *sorted = json_array();
    bool done = keys && sorted;

    for (size_t i = 0; done && i < count; i++) {
        json_t *row = json_array_get(grid->rows, i);

        keys[i] = (SortKey){ row, json_array_get(row, column), i, grid->columns[column].kind, downwards };
    }
    if (done)
        qsort(keys, count, sizeof *keys, compare_keys);
    for (size_t i = 0; done && i < count; i++)
        done = json_array_append(sorted, keys[i].row) == 0;
    mem_free(keys);
    if (!done) {
        json_decref(sorted);
        return error_set(err, ERR_MEMORY, "table");
    }
    json_decref(grid->rows);
    grid->rows = sorted;
    return true;
}

int64_t grid_most(const Grid *grid, size_t column)
{
    int64_t most = 0;
    size_t i;
    json_t *row;

    json_array_foreach(grid->rows, i, row)
    {
        const int64_t number = json_integer_value(json_array_get(row, column));

        most = number > most ? number : most;
    }
    return most;
}

/* --- words -------------------------------------------------------------------------------------------------------- */

/* In groups of three, which a narrow no-break space parts, as people here write them. */
static void say_number(int64_t number, Buf *ret)
{
    char figures[24];
    const int length = snprintf(figures, sizeof figures, "%lld", (long long)number);

    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0 && length > 4)
            buf_add_char(ret, 0x202F);
        buf_add_byte(ret, (uint8_t)figures[i]);
    }
}

void grid_say(GridKind kind, const json_t *cell, Buf *ret)
{
    const int64_t number = json_integer_value(cell);

    if (json_is_string(cell))
        buf_add_text(ret, json_string_value(cell));
    else if (json_is_null(cell))
        return;
    else if (kind == GRID_SPAN)
        buf_add_format(ret, "%lld:%02lld", (long long)(number / 3600), (long long)(number / 60 % 60));
    else
        say_number(number, ret);
}

/* --- CSV ---------------------------------------------------------------------------------------------------------- */

/* What spreadsheets take for a formula, or for the end of one cell and the beginning of such another. */
static bool is_formula(Str text)
{
    return text.len > 0 && strchr("=+-@\t\r", text.ptr[0]);
}

static void csv_text(const char *text, Buf *ret)
{
    buf_add_byte(ret, '"');
    if (is_formula(str_from(text)))
        buf_add_byte(ret, '\'');
    for (; *text; text++) {
        if (*text == '"')
            buf_add_byte(ret, '"');
        buf_add_byte(ret, (uint8_t)*text);
    }
    buf_add_byte(ret, '"');
}

static void csv_cell(GridKind kind, const json_t *cell, Buf *ret)
{
    if (json_is_string(cell))
        csv_text(json_string_value(cell), ret);
    else if (json_is_integer(cell))
        buf_add_format(ret, "%lld", (long long)(json_integer_value(cell) / (kind == GRID_SPAN ? 60 : 1)));
}

bool grid_csv(const Grid *grid, Buf *ret, Error *err)
{
    size_t i;
    json_t *row;

    buf_add_char(ret, 0xFEFF);
    for (size_t column = 0; column < grid->column_count; column++) {
        buf_add_text(ret, column ? ";" : "");
        csv_text(grid->columns[column].title, ret);
    }
    buf_add_text(ret, "\r\n");
    json_array_foreach(grid->rows, i, row)
    {
        for (size_t column = 0; column < grid->column_count; column++) {
            buf_add_text(ret, column ? ";" : "");
            csv_cell(grid->columns[column].kind, json_array_get(row, column), ret);
        }
        buf_add_text(ret, "\r\n");
    }
    return buf_ok(ret, err) || error_add(err, "CSV");
}
