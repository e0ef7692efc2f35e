#include <string.h>

#include "base/memory.h"
#include "registrar/document/template_read.h"

#define TEXT_WIDTH_MM 165.0

static const char *const block_names[] = {
    [BLOCK_LETTERHEAD] = "letterhead", [BLOCK_NUMBER] = "number", [BLOCK_HEADING] = "heading",
    [BLOCK_PARAGRAPH] = "paragraph",   [BLOCK_PAIRS] = "pairs",   [BLOCK_TABLE] = "table",
    [BLOCK_SIGNATURE] = "signature",   [BLOCK_CHECK] = "check",   [BLOCK_FOOT] = "foot",
};
static_assert(COUNT(block_names) == BLOCK_KIND_COUNT, "one name per BlockKind");

/* Which words a block of each kind has; those not needed may be left out. */
static const struct {
    BlockKind kind;
    int place;
    const char *key;
    bool needed;
} word_keys[] = {
    { BLOCK_LETTERHEAD, LETTERHEAD_MINISTRY, "ministry", false },
    { BLOCK_LETTERHEAD, LETTERHEAD_NAME, "name", true },
    { BLOCK_LETTERHEAD, LETTERHEAD_SECOND_NAME, "second_name", false },
    { BLOCK_LETTERHEAD, LETTERHEAD_ADDRESS, "address", false },
    { BLOCK_NUMBER, NUMBER_LEFT, "left", true },
    { BLOCK_NUMBER, NUMBER_RIGHT, "right", false },
    { BLOCK_HEADING, HEADING_TITLE, "title", true },
    { BLOCK_HEADING, HEADING_SUBTITLE, "subtitle", false },
    { BLOCK_HEADING, HEADING_SECOND, "second", false },
    { BLOCK_PARAGRAPH, PARAGRAPH_TEXT, "text", true },
    { BLOCK_SIGNATURE, SIGNATURE_ROLE, "role", true },
    { BLOCK_SIGNATURE, SIGNATURE_NAME, "name", true },
    { BLOCK_SIGNATURE, SIGNATURE_CAPTION, "caption", false },
    { BLOCK_CHECK, CHECK_HEAD, "head", true },
    { BLOCK_CHECK, CHECK_NOTE, "note", false },
    { BLOCK_CHECK, CHECK_SECOND_NOTE, "second_note", false },
    { BLOCK_FOOT, FOOT_LEFT, "left", true },
    { BLOCK_FOOT, FOOT_CENTRE, "centre", false },
    { BLOCK_FOOT, FOOT_RIGHT, "right", true },
};

static bool read_pair(Reader *reader, const json_t *json, const Path *path, PairRow *row, Error *err)
{
    static const char *const keys[] = { "label", "value", "style", "when_present", "when_absent", NULL };
    static const char *const styles[] = { [ROW_PLAIN] = "plain", [ROW_STRONG] = "strong", [ROW_FIGURES] = "figures" };
    int style = ROW_PLAIN;

    if (!read_keys(json, path, keys, err) ||
        !read_words(reader, json, path, "label", true, (Str){ 0 }, &row->label, err) ||
        !read_words(reader, json, path, "value", true, (Str){ 0 }, &row->value, err) ||
        !read_choice(json, path, "style", styles, COUNT(styles), ROW_PLAIN, &style, err))
        return false;
    row->style = (RowStyle)style;
    return read_presence(reader, json, path, &row->when, err);
}

/* The array under key, of 1..most members. */
static bool read_array(const json_t *json, const Path *path, const char *key, size_t most, const json_t **ret,
                       Error *err)
{
    Path down = path_down(path, key, -1);
    const json_t *array = json_object_get(json, key);

    if (!json_is_array(array) || json_array_size(array) == 0 || json_array_size(array) > most)
        return path_error(&down, err, "not an array of 1 to %zu", most);
    *ret = array;
    return true;
}

static bool read_pairs(Reader *reader, const json_t *json, const Path *path, Block *block, Error *err)
{
    const json_t *rows = NULL;

    if (!read_array(json, path, "rows", TEMPLATE_ROWS_MOST, &rows, err))
        return false;
    block->rows = mem_new(json_array_size(rows), sizeof *block->rows);
    if (!block->rows)
        return error_set(err, ERR_MEMORY, "template");
    block->row_count = json_array_size(rows);
    for (size_t i = 0; i < block->row_count; i++) {
        Path down = path_down(path, "rows", (int)i);

        if (!read_pair(reader, json_array_get(rows, i), &down, &block->rows[i], err))
            return false;
    }
    return true;
}

static bool read_column(Reader *reader, const json_t *json, const Path *path, Str list, Column *column, Error *err)
{
    static const char *const keys[] = { "head", "second", "text", "width", "align", NULL };
    static const char *const aligns[] = {
        [COLUMN_LEFT] = "left", [COLUMN_RIGHT] = "right", [COLUMN_FIGURES] = "figures"
    };
    int align = COLUMN_LEFT;

    if (!read_keys(json, path, keys, err) ||
        !read_words(reader, json, path, "head", true, (Str){ 0 }, &column->head, err) ||
        !read_words(reader, json, path, "second", false, (Str){ 0 }, &column->second, err) ||
        !read_words(reader, json, path, "text", true, list, &column->text, err) ||
        !read_length(json, path, "width", 0, 4, TEXT_WIDTH_MM, &column->width, err) ||
        !read_choice(json, path, "align", aligns, COUNT(aligns), COLUMN_LEFT, &align, err))
        return false;
    if (column->width <= 0)
        return path_error(path, err, "missing width");
    column->align = (ColumnAlign)align;
    reader->figures |= column->align == COLUMN_FIGURES;
    return true;
}

static bool read_table(Reader *reader, const json_t *json, const Path *path, Block *block, Error *err)
{
    const json_t *columns = NULL;
    const char *list = NULL;
    Path rows_path = path_down(path, "rows", -1);
    double width = 0;

    if (!read_text(json, path, "rows", 64, &list, err) ||
        !read_field_known(reader, &rows_path, (Str){ 0 }, str_from(list), err) ||
        !read_array(json, path, "columns", TEMPLATE_COLUMNS_MOST, &columns, err))
        return false;
    block->rows_field = str_from(list);
    block->columns = mem_new(json_array_size(columns), sizeof *block->columns);
    if (!block->columns)
        return error_set(err, ERR_MEMORY, "template");
    block->column_count = json_array_size(columns);
    for (size_t i = 0; i < block->column_count; i++) {
        Path down = path_down(path, "columns", (int)i);

        if (!read_column(reader, json_array_get(columns, i), &down, block->rows_field, &block->columns[i], err))
            return false;
        width += block->columns[i].width;
    }
    if (width > TEXT_WIDTH_MM + 0.01)
        return path_error(path, err, "columns are %g mm wide, the text %g", width, TEXT_WIDTH_MM);
    return true;
}

/* The keys that a block of this kind may have, ended by NULL. */
static void block_keys(BlockKind kind, const char *keys[16])
{
    size_t count = 0;

    keys[count++] = "block";
    keys[count++] = "at";
    keys[count++] = "when_present";
    keys[count++] = "when_absent";
    for (size_t i = 0; i < COUNT(word_keys); i++)
        if (word_keys[i].kind == kind)
            keys[count++] = word_keys[i].key;
    if (kind == BLOCK_PAIRS || kind == BLOCK_TABLE)
        keys[count++] = "rows";
    if (kind == BLOCK_TABLE)
        keys[count++] = "columns";
    if (kind == BLOCK_HEADING)
        keys[count++] = "plain";
    keys[count] = NULL;
}

/* Capitals are made of the letters, so their words hold no tags and no entities. */
static bool check_capitals(const Block *block, const Path *path, Error *err)
{
    const Words *words = &block->words[LETTERHEAD_MINISTRY];

    for (size_t i = 0; block->kind == BLOCK_LETTERHEAD && i < words->count; i++)
        if (!words->pieces[i].field && (memchr(words->pieces[i].text.ptr, '<', words->pieces[i].text.len) ||
                                        memchr(words->pieces[i].text.ptr, '&', words->pieces[i].text.len)))
            return path_error(path, err, "ministry: set in capitals, so without markup");
    return true;
}

bool read_block(Reader *reader, const json_t *json, const Path *path, Block *ret, Error *err)
{
    const char *keys[16];
    int kind = 0;

    if (!json_is_object(json))
        return path_error(path, err, "not an object");
    if (!read_choice(json, path, "block", block_names, COUNT(block_names), -1, &kind, err))
        return false;
    ret->kind = (BlockKind)kind;
    block_keys(ret->kind, keys);
    if (!read_keys(json, path, keys, err) || !read_length(json, path, "at", 0, 15, 270, &ret->at, err) ||
        !read_presence(reader, json, path, &ret->when, err) || !read_flag(json, path, "plain", &ret->plain, err))
        return false;
    for (size_t i = 0; i < COUNT(word_keys); i++)
        if (word_keys[i].kind == ret->kind && !read_words(reader, json, path, word_keys[i].key, word_keys[i].needed,
                                                          (Str){ 0 }, &ret->words[word_keys[i].place], err))
            return false;
    if (!check_capitals(ret, path, err) || (ret->kind == BLOCK_PAIRS && !read_pairs(reader, json, path, ret, err)) ||
        (ret->kind == BLOCK_TABLE && !read_table(reader, json, path, ret, err)))
        return false;
    return true;
}

void block_fini(Block *block)
{
    for (size_t i = 0; i < BLOCK_WORDS_MOST; i++)
        words_fini(&block->words[i]);
    for (size_t i = 0; i < block->row_count; i++) {
        words_fini(&block->rows[i].label);
        words_fini(&block->rows[i].value);
    }
    for (size_t i = 0; i < block->column_count; i++) {
        words_fini(&block->columns[i].head);
        words_fini(&block->columns[i].second);
        words_fini(&block->columns[i].text);
    }
    mem_free(block->rows);
    mem_free(block->columns);
    *block = (Block){ 0 };
}
