/* Workbooks, by libxlsxwriter.  It writes a file, so they are made in a folder of their own that is gone afterwards. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "base/file.h"
#include "registrar/console/grid.h"

#define SHEET_NAME_MOST 31 /* letters, of Excel */
#define WIDTH_LEAST     8
#define WIDTH_MOST      48

typedef struct Book {
    lxw_workbook *workbook;
    lxw_format *head, *number;
} Book;

/* Without what no name of a sheet may have. */
static void sheet_name(const char *name, char ret[4 * SHEET_NAME_MOST + 1])
{
    Str rest = str_from(name);
    size_t letters = 0, at = 0;

    while (rest.len > 0 && letters < SHEET_NAME_MOST) {
        const uint32_t c = utf8_next(&rest);

        if (c < 0x80 && strchr("[]:*?/\\'", (int)c))
            continue;
        at += utf8_write(c, ret + at);
        letters++;
    }
    ret[at] = '\0';
}

static lxw_error write_cell(const Book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, GridKind kind,
                            const json_t *cell)
{
    if (json_is_string(cell))
        return worksheet_write_string(sheet, row, column, json_string_value(cell), NULL);
    if (!json_is_integer(cell))
        return LXW_NO_ERROR;
    const int64_t number = json_integer_value(cell) / (kind == GRID_SPAN ? 60 : 1);
    return worksheet_write_number(sheet, row, column, (double)number, book->number);
}

/* As wide as its longest text. */
static void set_width(lxw_worksheet *sheet, const Grid *grid, size_t column)
{
    size_t longest = utf8_count(str_from(grid->columns[column].title)), i;
    json_t *row;

    json_array_foreach(grid->rows, i, row)
    {
        const char *text = json_string_value(json_array_get(row, column));
        const size_t letters = text ? utf8_count(str_from(text)) : 0;

        longest = letters > longest ? letters : longest;
    }
    longest = longest < WIDTH_LEAST ? WIDTH_LEAST : longest > WIDTH_MOST ? WIDTH_MOST : longest;
    (void)worksheet_set_column(sheet, (lxw_col_t)column, (lxw_col_t)column, (double)(longest + 2), NULL);
}

static bool write_sheet(const Book *book, const Grid *grid, Error *err)
{
    char name[4 * SHEET_NAME_MOST + 1];
    lxw_error fault = LXW_NO_ERROR;
    size_t i;
    json_t *row;

    sheet_name(grid->name, name);
    lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, name);
    if (!sheet)
        return error_set(err, ERR_INTERNAL, "sheet of a workbook");
    for (size_t column = 0; column < grid->column_count && !fault; column++) {
        fault = worksheet_write_string(sheet, 0, (lxw_col_t)column, grid->columns[column].title, book->head);
        set_width(sheet, grid, column);
    }
    json_array_foreach(grid->rows, i, row)
    {
        for (size_t column = 0; column < grid->column_count && !fault; column++)
            fault = write_cell(book, sheet, (lxw_row_t)(i + 1), (lxw_col_t)column, grid->columns[column].kind,
                               json_array_get(row, column));
    }
    worksheet_freeze_panes(sheet, 1, 0);
    return !fault || error_set(err, ERR_INTERNAL, "sheet of a workbook: %s", lxw_strerror(fault));
}

static bool write_book(const char *folder, const char *path, const Grid *grids, size_t count, Error *err)
{
    lxw_workbook_options options = { .constant_memory = LXW_FALSE, .tmpdir = (char *)(uintptr_t)folder };
    Book book = { .workbook = workbook_new_opt(path, &options) };
    bool done = true;

    if (!book.workbook)
        return error_set(err, ERR_MEMORY, "workbook");
    book.head = workbook_add_format(book.workbook);
    book.number = workbook_add_format(book.workbook);
    format_set_bold(book.head);
    format_set_bottom(book.head, LXW_BORDER_THIN);
    format_set_num_format(book.number, "#,##0");
    for (size_t i = 0; i < count && done; i++)
        done = write_sheet(&book, &grids[i], err);
    const lxw_error fault = workbook_close(book.workbook); /* frees it */
    return done && (!fault || error_set(err, ERR_IO, "workbook: %s", lxw_strerror(fault)));
}

bool grids_xlsx(const Grid *grids, size_t count, Buf *ret, Error *err)
{
    char folder[] = "/tmp/registrar-book-XXXXXX", path[sizeof folder + 16];

    if (!mkdtemp(folder))
        return error_set_errno(err, "folder of a workbook");
    bool done = path_join(path, sizeof path, folder, "book.xlsx", err) && write_book(folder, path, grids, count, err) &&
                file_read(path, ret, err);
    (void)unlink(path);
    (void)rmdir(folder);
    return done || error_add(err, "XLSX");
}
