/* Reading blocks that hold rows: pairs, strips of figures, signatures. */
#include "base/memory.h"
#include "registrar/document/template_read.h"

static bool read_pair(Reader *reader, const json_t *json, const Path *path, PairRow *row, Error *err)
{
    static const char *const keys[] = { "label", "value", "style", "wide", "when_present", "when_absent", NULL };
    static const char *const styles[] = { [ROW_PLAIN] = "plain", [ROW_STRONG] = "strong", [ROW_FIGURES] = "figures" };
    const size_t mark = uses_mark(reader);
    int style = ROW_PLAIN;

    if (!read_keys(json, path, keys, err) ||
        !read_words(reader, json, path, "label", true, OF_PAPER, &row->label, err) ||
        !read_words(reader, json, path, "value", true, OF_PAPER, &row->value, err) ||
        !read_flag(json, path, "wide", &row->wide, err) ||
        !read_choice(json, path, "style", styles, COUNT(styles), ROW_PLAIN, &style, err))
        return false;
    row->style = (RowStyle)style;
    if (!read_presence(reader, json, path, &row->when, err))
        return false;
    uses_guard(reader, mark, &row->when);
    return true;
}

bool read_pairs(Reader *reader, const json_t *json, const Path *path, Pairs *ret, Error *err)
{
    const json_t *rows = NULL;

    if (!read_array(json, path, "rows", TEMPLATE_ROWS_MOST, &rows, err) ||
        !read_count(json, path, "columns", 1, 1, 2, &ret->columns, err))
        return false;
    ret->rows = mem_new(json_array_size(rows), sizeof *ret->rows);
    if (!ret->rows)
        return error_set(err, ERR_MEMORY, "template");
    ret->count = json_array_size(rows);
    for (size_t i = 0; i < ret->count; i++) {
        Path down = path_down(path, "rows", (int)i);

        if (!read_pair(reader, json_array_get(rows, i), &down, &ret->rows[i], err))
            return false;
    }
    return true;
}

void pairs_fini(Pairs *pairs)
{
    for (size_t i = 0; i < pairs->count; i++) {
        words_fini(&pairs->rows[i].label);
        words_fini(&pairs->rows[i].value);
    }
    mem_free(pairs->rows);
}

bool read_figures(Reader *reader, const json_t *json, const Path *path, FigureStrip **ret, Error *err)
{
    static const char *const keys[] = { "label", "value", "when_present", "when_absent", NULL };
    FigureStrip *strip = *ret = mem_new(1, sizeof *strip);
    const json_t *cells = NULL;

    if (!strip)
        return error_set(err, ERR_MEMORY, "template");
    if (!read_array(json, path, "cells", TEMPLATE_CELLS_MOST, &cells, err))
        return false;
    strip->count = json_array_size(cells);
    for (size_t i = 0; i < strip->count; i++) {
        const json_t *cell = json_array_get(cells, i);
        const size_t mark = uses_mark(reader);
        Path down = path_down(path, "cells", (int)i);

        if (!read_keys(cell, &down, keys, err) ||
            !read_words(reader, cell, &down, "label", true, OF_PAPER, &strip->cells[i].label, err) ||
            !read_words(reader, cell, &down, "value", true, OF_PAPER, &strip->cells[i].value, err) ||
            !read_presence(reader, cell, &down, &strip->cells[i].when, err))
            return false;
        uses_guard(reader, mark, &strip->cells[i].when);
    }
    return true;
}

void figures_free(FigureStrip *strip)
{
    for (size_t i = 0; strip && i < strip->count; i++) {
        words_fini(&strip->cells[i].label);
        words_fini(&strip->cells[i].value);
    }
    mem_free(strip);
}

static bool read_signature(Reader *reader, const json_t *json, const Path *path, Signature *ret, Error *err)
{
    return read_words(reader, json, path, "role", true, OF_PAPER, &ret->role, err) &&
           read_words(reader, json, path, "name", true, OF_PAPER, &ret->name, err) &&
           read_words(reader, json, path, "caption", false, OF_PAPER, &ret->caption, err);
}

static bool read_signature_row(Reader *reader, const json_t *json, const Path *path, Signature *ret, Error *err)
{
    static const char *const keys[] = { "role", "name", "caption", "when_present", "when_absent", NULL };

    const size_t mark = uses_mark(reader);

    if (!read_keys(json, path, keys, err) || !read_signature(reader, json, path, ret, err) ||
        !read_presence(reader, json, path, &ret->when, err))
        return false;
    uses_guard(reader, mark, &ret->when);
    return true;
}

bool read_signatures(Reader *reader, const json_t *json, const Path *path, bool rows, Signatures **ret, Error *err)
{
    Signatures *signatures = *ret = mem_new(1, sizeof *signatures);
    const json_t *array = NULL;

    if (!signatures)
        return error_set(err, ERR_MEMORY, "template");
    signatures->count = 1;
    if (!rows)
        return read_signature(reader, json, path, &signatures->rows[0], err);
    if (!read_array(json, path, "rows", TEMPLATE_SIGNATURES_MOST, &array, err))
        return false;
    signatures->count = json_array_size(array);
    for (size_t i = 0; i < signatures->count; i++) {
        Path down = path_down(path, "rows", (int)i);

        if (!read_signature_row(reader, json_array_get(array, i), &down, &signatures->rows[i], err))
            return false;
    }
    return true;
}

void signatures_free(Signatures *signatures)
{
    for (size_t i = 0; signatures && i < signatures->count; i++) {
        words_fini(&signatures->rows[i].role);
        words_fini(&signatures->rows[i].name);
        words_fini(&signatures->rows[i].caption);
    }
    mem_free(signatures);
}
