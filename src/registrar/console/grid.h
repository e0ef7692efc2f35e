/* A grid: one table of figures, which a page shows, and a spreadsheet takes along.  Inside console/.
 *
 * CSV is for people who open it by a double click: UTF-8 with its mark, and parted by semicolons in every language,
 * because a spreadsheet goes by the machine's region, not by the page's language, and all regions of Uzbekistan write
 * a comma inside numbers.  What a spreadsheet would take for a formula begins with an apostrophe. */
#ifndef REGISTRAR_CONSOLE_GRID_H
#define REGISTRAR_CONSOLE_GRID_H

#include <jansson.h>

#include "base/buf.h"

#define GRID_COLUMNS_MOST 16
#define GRID_ROWS_MOST    10000

typedef enum GridKind {
    GRID_TEXT,
    GRID_ORDERED, /* text whose order is that in which its rows were taken: days, hours */
    GRID_NUMBER,
    GRID_SPAN /* of time, in seconds: shown as hours and minutes, taken along in minutes */
} GridKind;

typedef struct GridColumn {
    const char *id;    /* "papers": by which a link sorts */
    const char *title; /* in the page's language; borrowed */
    GridKind kind;
} GridColumn;

typedef struct Grid {
    const char *name; /* in the page's language; borrowed */
    size_t column_count;
    GridColumn columns[GRID_COLUMNS_MOST];
    json_t *rows; /* owned: arrays of a string, an integer, or null (not known) a column */
} Grid;

bool grid_init(Grid *grid, const char *name, Error *err) MUST_USE;
void grid_fini(Grid *grid);
#define OWNED_GRID __attribute__((cleanup(grid_fini))) Grid

void grid_add_column(Grid *grid, const char *id, const char *title, GridKind kind);
/* Takes the row, of which each member goes with a column. */
bool grid_take_row(Grid *grid, json_t *row, Error *err) MUST_USE;
/* A column's index by its id; -1: there is none. */
int grid_column(const Grid *grid, Str id);
/* Rows that are equal there stay as they stand; what is not known comes last. */
bool grid_sort(Grid *grid, size_t column, bool downwards, Error *err) MUST_USE;
/* The greatest number of a column; 0: there is none. */
int64_t grid_most(const Grid *grid, size_t column);
/* A cell as a page shows it: "", "1 234", "3:05". */
void grid_say(GridKind kind, const json_t *cell, Buf *ret);

bool grid_csv(const Grid *grid, Buf *ret, Error *err) MUST_USE;
/* A sheet for each grid, whose names are cut to what a sheet may have.  Needs a folder for what is not done yet. */
bool grids_xlsx(const Grid *grids, size_t count, Buf *ret, Error *err) MUST_USE;

#endif
