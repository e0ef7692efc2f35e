#include "base/texts.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/plural.h"

#define FILE_MAX    (4u * 1024 * 1024)
#define MAGIC       0x950412DEu
#define HEADER_SIZE 28u
#define CONTEXT_END '\004' /* between msgctxt and msgid */
#define TEXTS_MAX   65536u

typedef struct Entry {
    const char *id; /* "context\4one\0many" */
    const char *text;
    size_t text_size; /* all plural forms with the zeros between them */
} Entry;

typedef struct Catalogue {
    char *bytes; /* the whole file, which the entries point into */
    size_t size;
    Entry *entries; /* sorted by id as strcmp does */
    size_t count;
    PluralRule plural;
} Catalogue;

struct Texts {
    Catalogue in[LANGUAGE_COUNT]; /* without entries where there is no file */
};

typedef struct Reader {
    const unsigned char *bytes;
    size_t size;
    bool swapped; /* written by a machine of the other byte order */
} Reader;

/* The caller has seen that four bytes are there. */
static uint32_t read_u32(const Reader *r, size_t at)
{
    uint32_t value;

    memcpy(&value, r->bytes + at, sizeof(value));
    return r->swapped ? __builtin_bswap32(value) : value;
}

/* A row (length, offset) of one of the two tables: a zero-ended string inside the file. */
static bool read_string(const Reader *r, size_t row, Str *ret)
{
    size_t len = read_u32(r, row);
    size_t at = read_u32(r, row + 4);

    if (at > r->size || len >= r->size - at || r->bytes[at + len] != '\0')
        return false;
    *ret = (Str){ (const char *)r->bytes + at, len };
    return utf8_valid(*ret);
}

static bool table_fits(const Reader *r, size_t at, size_t count)
{
    return at <= r->size && count <= (r->size - at) / 8;
}

/* The catalogue's own header is the translation of the empty id: "Name: value" lines. */
static bool read_head(Catalogue *catalogue, Error *err)
{
    Str rest = str_from(catalogue->entries[0].text);
    bool utf8 = false;
    bool ruled = false;

    if (catalogue->entries[0].id[0] != '\0')
        return error_set(err, ERR_FORMAT, "the catalogue has no header");
    while (rest.ptr) {
        Str line = str_split(&rest, '\n');
        if (str_starts(line, STR("Content-Type:")))
            utf8 = str_ends(line, STR("charset=UTF-8"));
        if (str_starts(line, STR("Plural-Forms:"))) {
            size_t name = sizeof("Plural-Forms:") - 1;
            if (!plural_parse(str_trim((Str){ line.ptr + name, line.len - name }), &catalogue->plural, err))
                return false;
            ruled = true;
        }
    }
    if (!utf8)
        return error_set(err, ERR_FORMAT, "the catalogue is not in UTF-8");
    if (!ruled)
        return error_set(err, ERR_FORMAT, "the catalogue has no plural rule");
    return true;
}

static bool read_entries(const Reader *r, Catalogue *catalogue, size_t ids, size_t texts, Error *err)
{
    for (size_t i = 0; i < catalogue->count; i++) {
        Str id, text;
        if (!read_string(r, ids + i * 8, &id) || !read_string(r, texts + i * 8, &text))
            return error_set(err, ERR_FORMAT, "text %zu lies outside the file or is not UTF-8", i);
        /* Looking up halves the list, so its order is checked rather than believed. */
        if (i > 0 && strcmp(catalogue->entries[i - 1].id, id.ptr) >= 0)
            return error_set(err, ERR_FORMAT, "text %zu is out of order", i);
        catalogue->entries[i] = (Entry){ id.ptr, text.ptr, text.len };
    }
    return true;
}

static bool parse(Catalogue *catalogue, Error *err)
{
    Reader r = { (const unsigned char *)catalogue->bytes, catalogue->size, false };

    if (r.size < HEADER_SIZE)
        return error_set(err, ERR_FORMAT, "cut in its header");
    if (read_u32(&r, 0) != MAGIC) {
        r.swapped = true;
        if (read_u32(&r, 0) != MAGIC)
            return error_set(err, ERR_FORMAT, "not a .mo file");
    }
    if (read_u32(&r, 4) >> 16 > 1)
        return error_set(err, ERR_UNSUPPORTED, "revision %u", read_u32(&r, 4) >> 16);
    size_t count = read_u32(&r, 8);
    size_t ids = read_u32(&r, 12);
    size_t texts = read_u32(&r, 16);
    if (count == 0 || count > TEXTS_MAX || !table_fits(&r, ids, count) || !table_fits(&r, texts, count))
        return error_set(err, ERR_FORMAT, "tables of %zu texts lie outside the file", count);

    catalogue->entries = mem_new(count, sizeof(Entry));
    if (!catalogue->entries)
        return error_set(err, ERR_MEMORY, "%zu texts", count);
    catalogue->count = count;
    return read_entries(&r, catalogue, ids, texts, err) && read_head(catalogue, err);
}

static bool open_catalogue(Catalogue *catalogue, const char *path, Error *err)
{
    OWNED_BUF buf;

    buf_init(&buf, FILE_MAX);
    if (!file_read(path, &buf, err))
        return false;
    catalogue->bytes = buf_take(&buf, &catalogue->size);
    if (!catalogue->bytes)
        return error_set(err, ERR_MEMORY, "%s", path);
    return parse(catalogue, err) || error_add(err, "%s", path);
}

Texts *texts_none(Error *err)
{
    Texts *texts = mem_new(1, sizeof(*texts));

    if (!texts)
        error_set(err, ERR_MEMORY, "texts");
    return texts;
}

Texts *texts_open(const char *folder, Error *err)
{
    OWNED(Texts) texts = texts_none(err);

    if (!texts)
        return NULL;
    for (Language language = 0; language < LANGUAGE_COUNT; language++) {
        char path[PATH_MAX];
        if (!language_has_catalogue(language))
            continue;
        int len = snprintf(path, sizeof(path), "%s/%s.mo", folder, language_tag(language));
        if (len < 0 || (size_t)len >= sizeof(path)) {
            error_set(err, ERR_RANGE, "folder name of %zu bytes", strlen(folder));
            return NULL;
        }
        if (!open_catalogue(&texts->in[language], path, err))
            return NULL;
    }
    return steal(&texts);
}

void texts_close(Texts *texts)
{
    if (!texts)
        return;
    for (size_t i = 0; i < LANGUAGE_COUNT; i++) {
        mem_free(texts->in[i].entries);
        mem_free(texts->in[i].bytes);
    }
    mem_free(texts);
}

/* strcmp of an entry's id with "context\4id" without putting that together. */
static int compare_id(const char *entry, const char *context, const char *id)
{
    if (context) {
        size_t len = strlen(context);
        int order = strncmp(entry, context, len);
        if (order != 0)
            return order;
        if (entry[len] != CONTEXT_END)
            return (unsigned char)entry[len] - CONTEXT_END;
        entry += len + 1;
    }
    return strcmp(entry, id);
}

static const Entry *find_here(const Catalogue *catalogue, const char *context, const char *id)
{
    size_t low = 0;
    size_t high = catalogue->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_id(catalogue->entries[middle].id, context, id);
        if (order == 0)
            return &catalogue->entries[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* The translation in the language, or in the nearest that stands in for it; *ret_from: whose it is. */
static const Entry *find(const Texts *texts, Language language, const char *context, const char *id,
                         const Catalogue **ret_from)
{
    assert((unsigned)language < LANGUAGE_COUNT);
    if (id[0] == '\0')
        return NULL; /* would be the catalogue's header */
    for (size_t steps = 0; steps < LANGUAGE_COUNT && language_has_catalogue(language); steps++) {
        const Entry *entry = find_here(&texts->in[language], context, id);
        if (entry && entry->text[0] != '\0') {
            *ret_from = &texts->in[language];
            return entry;
        }
        if (!language_fallback(language, &language))
            break;
    }
    return NULL;
}

const char *text_get(const Texts *texts, Language language, const char *id)
{
    return text_get_in(texts, language, NULL, id);
}

const char *text_get_in(const Texts *texts, Language language, const char *context, const char *id)
{
    const Catalogue *from;
    const Entry *entry = find(texts, language, context, id, &from);

    return entry ? entry->text : id;
}

const char *text_get_n(const Texts *texts, Language language, const char *one, const char *many, uint64_t n)
{
    const Catalogue *from;
    const Entry *entry = find(texts, language, NULL, one, &from);

    if (!entry)
        return n == 1 ? one : many;
    const char *form = entry->text;
    const char *end = entry->text + entry->text_size;
    for (unsigned skip = plural_form(&from->plural, n); skip > 0; skip--) {
        const char *next = form + strlen(form) + 1;
        if (next > end)
            break; /* fewer forms than the rule promises: the last one */
        form = next;
    }
    return form;
}

void text_fill(Buf *buf, const char *pattern, const char *const *values, size_t count)
{
    while (*pattern) {
        size_t plain = strcspn(pattern, "{");
        buf_add(buf, pattern, plain);
        pattern += plain;
        if (*pattern == '\0')
            return;
        bool place = pattern[1] >= '0' && pattern[1] <= '9' && pattern[2] == '}';
        size_t index = place ? (size_t)(pattern[1] - '0') : 0;
        if (place && index < count) {
            buf_add_text(buf, values[index]);
            pattern += 3;
        } else {
            buf_add_byte(buf, '{'); /* a brace that stands for itself */
            pattern++;
        }
    }
}
