#include <string.h>

#include "base/memory.h"
#include "registrar/document/template_read.h"

#define KEYS_MOST 16

static const char *const block_names[] = {
    [BLOCK_LETTERHEAD] = "letterhead",
    [BLOCK_NUMBER] = "number",
    [BLOCK_HEADING] = "heading",
    [BLOCK_PARAGRAPH] = "paragraph",
    [BLOCK_NOTE] = "note",
    [BLOCK_PAIRS] = "pairs",
    [BLOCK_TABLE] = "table",
    [BLOCK_FIGURES] = "figures",
    [BLOCK_FRACTION] = "fraction",
    [BLOCK_SIGNATURE] = "signature",
    [BLOCK_SIGNATURES] = "signatures",
    [BLOCK_STAMP] = "stamp",
    [BLOCK_TURN] = "turn",
    [BLOCK_PANEL] = "panel",
    [BLOCK_BOX] = "box",
    [BLOCK_PHOTO] = "photo",
    [BLOCK_LOGO] = "logo",
    [BLOCK_LINK] = "link",
    [BLOCK_CHECK] = "check",
    [BLOCK_FOOT] = "foot",
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
    { BLOCK_NUMBER, NUMBER_BLANK, "blank", false },
    { BLOCK_HEADING, HEADING_TITLE, "title", true },
    { BLOCK_HEADING, HEADING_SUBTITLE, "subtitle", false },
    { BLOCK_HEADING, HEADING_SECOND, "second", false },
    { BLOCK_PARAGRAPH, PARAGRAPH_TEXT, "text", true },
    { BLOCK_NOTE, NOTE_TEXT, "text", true },
    { BLOCK_FRACTION, FRACTION_NAME, "name", true },
    { BLOCK_FRACTION, FRACTION_OVER, "over", true },
    { BLOCK_FRACTION, FRACTION_UNDER, "under", true },
    { BLOCK_FRACTION, FRACTION_RESULT, "result", true },
    { BLOCK_STAMP, STAMP_TEXT, "text", true },
    { BLOCK_BOX, BOX_TEXT, "text", true },
    { BLOCK_PHOTO, PHOTO_NONE, "none", false },
    { BLOCK_LINK, LINK_ADDRESS, "address", true },
    { BLOCK_LINK, LINK_TEXT, "text", true },
    { BLOCK_CHECK, CHECK_HEAD, "head", false },
    { BLOCK_CHECK, CHECK_NOTE, "note", false },
    { BLOCK_CHECK, CHECK_SECOND_NOTE, "second_note", false },
    { BLOCK_FOOT, FOOT_LEFT, "left", true },
    { BLOCK_FOOT, FOOT_CENTRE, "centre", false },
    { BLOCK_FOOT, FOOT_RIGHT, "right", true },
};

/* Keys of a kind beside its words. */
static const struct {
    BlockKind kind;
    const char *keys[8];
} more_keys[] = {
    { BLOCK_HEADING, { "plain" } },
    { BLOCK_PAIRS, { "rows", "columns" } },
    { BLOCK_TABLE, { "rows", "columns", "group", "group_rows", "group_text", "subtotal", "total" } },
    { BLOCK_TABLE, { "empty", "size" } },
    { BLOCK_FIGURES, { "cells" } },
    { BLOCK_SIGNATURE, { "role", "name", "caption" } },
    { BLOCK_SIGNATURES, { "rows" } },
    { BLOCK_STAMP, { "x", "y" } },
    { BLOCK_PANEL, { "x", "y", "width", "height", "shade" } },
    { BLOCK_BOX, { "x", "y", "width", "height", "align", "size", "strong" } },
    { BLOCK_PHOTO, { "x", "y", "width", "height", "image" } },
    { BLOCK_LOGO, { "x", "y", "width" } },
    { BLOCK_CHECK, { "x", "y", "size" } },
};

/* The keys that a block of this kind may have, ended by NULL. */
static void block_keys(BlockKind kind, const char *keys[KEYS_MOST])
{
    size_t count = 0;

    keys[count++] = "block";
    keys[count++] = "at";
    keys[count++] = "when_present";
    keys[count++] = "when_absent";
    for (size_t i = 0; i < COUNT(word_keys); i++)
        if (word_keys[i].kind == kind)
            keys[count++] = word_keys[i].key;
    for (size_t i = 0; i < COUNT(more_keys); i++)
        for (size_t k = 0; more_keys[i].kind == kind && k < COUNT(more_keys[i].keys) && more_keys[i].keys[k]; k++)
            keys[count++] = more_keys[i].keys[k];
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

/* In capitals, as codes are packed: so a host alone, which is the same in both. */
static bool check_link(const Block *block, const Path *path, Error *err)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789.-";
    const Words *address = &block->words[LINK_ADDRESS];
    Str host = address->count == 1 && !address->pieces[0].field ? address->pieces[0].text : (Str){ 0 };

    if (block->kind != BLOCK_LINK)
        return true;
    if (!host.ptr || !str_starts(host, STR(LINK_SCHEME)))
        return path_error(path, err, "address: wants https:// and a host");
    host = (Str){ host.ptr + sizeof LINK_SCHEME - 1, host.len - (sizeof LINK_SCHEME - 1) };
    for (size_t i = 0; i < host.len; i++)
        if (!memchr(letters, host.ptr[i], sizeof letters - 1))
            return path_error(path, err, "address: wants https:// and a host");
    return (host.len > 0 && host.len <= LINK_HOST_MOST) ||
           path_error(path, err, "address: a host of 1 to %d letters", LINK_HOST_MOST);
}

/* A code in the flow says what it is for; one at a place of its own leaves that to boxes. */
static bool check_code_words(const Block *block, const Path *path, Error *err)
{
    const bool words =
        block->words[CHECK_HEAD].count || block->words[CHECK_NOTE].count || block->words[CHECK_SECOND_NOTE].count;

    if (block->kind != BLOCK_CHECK || block->placed.present != words)
        return true;
    return path_error(path, err, words ? "a code with a place of its own has no words" : "missing head");
}

static bool read_rows(Reader *reader, const json_t *json, const Path *path, Block *ret, Error *err)
{
    switch ((int)ret->kind) {
    case BLOCK_PAIRS: return read_pairs(reader, json, path, &ret->pairs, err);
    case BLOCK_TABLE: return read_table(reader, json, path, &ret->table, err);
    case BLOCK_FIGURES: return read_figures(reader, json, path, &ret->figures, err);
    case BLOCK_SIGNATURE: return read_signatures(reader, json, path, false, &ret->signatures, err);
    case BLOCK_SIGNATURES: return read_signatures(reader, json, path, true, &ret->signatures, err);
    default: return true;
    }
}

bool read_block(Reader *reader, const json_t *json, const Path *path, Block *ret, Error *err)
{
    const size_t mark = uses_mark(reader);
    const char *keys[KEYS_MOST];
    int kind = 0;

    reader->block_mark = mark;
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
                                                          OF_PAPER, &ret->words[word_keys[i].place], err))
            return false;
    if (!check_capitals(ret, path, err) || !check_link(ret, path, err) ||
        !read_placed(reader, json, path, ret->kind, &ret->placed, err) || !check_code_words(ret, path, err) ||
        !read_rows(reader, json, path, ret, err))
        return false;
    uses_guard(reader, mark, &ret->when);
    return true;
}

void block_fini(Block *block)
{
    for (size_t i = 0; i < BLOCK_WORDS_MOST; i++)
        words_fini(&block->words[i]);
    pairs_fini(&block->pairs);
    table_free(block->table);
    figures_free(block->figures);
    signatures_free(block->signatures);
    *block = (Block){ 0 };
}
