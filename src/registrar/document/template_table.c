/* Reading tables. */
#include <string.h>

#include "base/memory.h"
#include "registrar/document/template_read.h"

#define TEXT_WIDTH_MM 165.0

static bool read_column(Reader *reader, const json_t *json, const Path *path, FieldPlaces places, Column *column,
                        Error *err)
{
    static const char *const keys[] = { "head", "second", "text", "width", "align", NULL };
    static const char *const aligns[] = {
        [COLUMN_LEFT] = "left", [COLUMN_RIGHT] = "right", [COLUMN_FIGURES] = "figures"
    };
    int align = COLUMN_LEFT;

    if (!read_keys(json, path, keys, err) ||
        !read_words(reader, json, path, "head", true, OF_PAPER, &column->head, err) ||
        !read_words(reader, json, path, "second", false, OF_PAPER, &column->second, err) ||
        !read_words(reader, json, path, "text", true, places, &column->text, err) ||
        !read_length(json, path, "width", 0, 4, TEXT_WIDTH_MM, &column->width, err) ||
        !read_choice(json, path, "align", aligns, COUNT(aligns), COLUMN_LEFT, &align, err))
        return false;
    if (column->width <= 0)
        return path_error(path, err, "missing width");
    column->align = (ColumnAlign)align;
    reader->figures |= column->align == COLUMN_FIGURES;
    return true;
}

static bool read_columns(Reader *reader, const json_t *json, const Path *path, Table *table, Error *err)
{
    const FieldPlaces places = { .lists = { table->rows } };
    const json_t *columns = NULL;
    double width = 0;

    if (!read_array(json, path, "columns", TEMPLATE_COLUMNS_MOST, &columns, err))
        return false;
    table->columns = mem_new(json_array_size(columns), sizeof *table->columns);
    if (!table->columns)
        return error_set(err, ERR_MEMORY, "template");
    table->column_count = json_array_size(columns);
    for (size_t i = 0; i < table->column_count; i++) {
        Path down = path_down(path, "columns", (int)i);

        if (!read_column(reader, json_array_get(columns, i), &down, places, &table->columns[i], err))
            return false;
        width += table->columns[i].width;
    }
    if (width > TEXT_WIDTH_MM + 0.01)
        return path_error(path, err, "columns are %g mm wide, the text %g", width, TEXT_WIDTH_MM);
    return true;
}

static bool read_sum_cell(Reader *reader, const json_t *json, const Path *path, FieldPlaces places, const Table *table,
                          SumLine *line, Error *err)
{
    static const char *const keys[] = { "column", "text", NULL };
    int column = 0;

    if (!read_keys(json, path, keys, err) ||
        !read_count(json, path, "column", -1, 0, (int)table->column_count - 1, &column, err))
        return false;
    if (line->cells[column].count > 0) {
        Path down = path_down(path, "column", -1);

        return path_error(&down, err, "a column twice");
    }
    return read_words(reader, json, path, "text", true, places, &line->cells[column], err);
}

static bool read_sum(Reader *reader, const json_t *json, const Path *path, const char *key, FieldPlaces places,
                     const Table *table, SumLine *line, Error *err)
{
    const json_t *cells = NULL;

    if (!json_object_get(json, key))
        return true;
    if (!read_array(json, path, key, TEMPLATE_COLUMNS_MOST, &cells, err))
        return false;
    line->present = true;
    for (size_t i = 0; i < json_array_size(cells); i++) {
        Path down = path_down(path, key, (int)i);

        if (!read_sum_cell(reader, json_array_get(cells, i), &down, places, table, line, err))
            return false;
    }
    return true;
}

/* A list among the values, or none. */
static bool read_list(Reader *reader, const json_t *json, const Path *path, const char *key, Str *ret, Error *err)
{
    Path down = path_down(path, key, -1);
    const char *list = NULL;

    if (!read_text(json, path, key, 64, &list, err) || !read_field_known(reader, &down, OF_PAPER, str_from(list), err))
        return false;
    *ret = str_from(list);
    return true;
}

static bool read_groups(Reader *reader, const json_t *json, const Path *path, Table *table, Error *err)
{
    static const char *const of_groups[] = { "group_text", "group_rows", "subtotal" };
    Path down = path_down(path, "group", -1);
    const char *group = NULL;

    if (!json_object_get(json, "group")) {
        for (size_t i = 0; i < COUNT(of_groups); i++)
            if (json_object_get(json, of_groups[i])) {
                down = path_down(path, of_groups[i], -1);
                return path_error(&down, err, "without a group");
            }
        return true;
    }
    if (!read_text(json, path, "group", 64, &group, err) ||
        !read_field_known(reader, &down, (FieldPlaces){ .lists = { table->rows } }, str_from(group), err) ||
        (json_object_get(json, "group_rows") && !read_list(reader, json, path, "group_rows", &table->group_rows, err)))
        return false;
    table->group = str_from(group);
    const FieldPlaces head = { .lists = { table->rows, table->group_rows } };
    const FieldPlaces sum = { .paper = true, .lists = { table->group_rows } };

    return read_words(reader, json, path, "group_text", true, head, &table->group_text, err) &&
           read_sum(reader, json, path, "subtotal", sum, table, &table->subtotal, err);
}

bool read_table(Reader *reader, const json_t *json, const Path *path, Table **ret, Error *err)
{
    static const char *const sizes[] = { "plain", "small" };
    Table *table = *ret = mem_new(1, sizeof *table);
    int size = 0;

    if (!table)
        return error_set(err, ERR_MEMORY, "template");
    if (!read_list(reader, json, path, "rows", &table->rows, err) || !read_columns(reader, json, path, table, err) ||
        !read_groups(reader, json, path, table, err) ||
        !read_sum(reader, json, path, "total", OF_PAPER, table, &table->total, err) ||
        !read_words(reader, json, path, "empty", false, OF_PAPER, &table->empty, err) ||
        !read_choice(json, path, "size", sizes, COUNT(sizes), 0, &size, err))
        return false;
    table->small = size == 1;
    return true;
}

static void sum_fini(SumLine *line)
{
    for (size_t i = 0; i < COUNT(line->cells); i++)
        words_fini(&line->cells[i]);
}

void table_free(Table *table)
{
    if (!table)
        return;
    for (size_t i = 0; i < table->column_count; i++) {
        words_fini(&table->columns[i].head);
        words_fini(&table->columns[i].second);
        words_fini(&table->columns[i].text);
    }
    mem_free(table->columns);
    words_fini(&table->group_text);
    words_fini(&table->empty);
    sum_fini(&table->subtotal);
    sum_fini(&table->total);
    mem_free(table);
}
