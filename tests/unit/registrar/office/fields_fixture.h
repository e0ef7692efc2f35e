/* A paper that shows whatever fields a test names, of a record that it writes down. */
#ifndef UNIT_OFFICE_FIELDS_FIXTURE_H
#define UNIT_OFFICE_FIELDS_FIXTURE_H

#include <string.h>

#include "base/file.h"
#include "registrar/office/fields.h"
#include "test.h"
#include "wire/json.h"

#define ISSUED_S INT64_C(1795498920) /* 2026-11-24, 10:42 in Tashkent */
#define AS_OF_S  INT64_C(1795460400) /* that day's midnight there */

typedef struct Bench {
    Institution *institution;
    Words *words;
} Bench;

static Bench bench;

static inline int bench_open(void **state)
{
    OWNED_BUF json;
    Error err = { 0 };

    (void)state;
    buf_init(&json, 1u << 20);
    bench.institution = institution_load(SOURCE_DIR "/assets/demo/institution.json", &err);
    if (!file_read(SOURCE_DIR "/assets/documents/words/words.json", &json, &err))
        return -1;
    bench.words = words_read(buf_str(&json), &err);
    return bench.institution && bench.words ? 0 : -1;
}

static inline int bench_close(void **state)
{
    (void)state;
    institution_free(bench.institution);
    words_free(bench.words);
    return 0;
}

/* "results.rows[n,subject]" is a table of these columns; a bare name a word of the paragraph. */
static inline void add_table(Buf *blocks, Str list, Str columns)
{
    buf_add_format(blocks, ",{\"block\":\"table\",\"rows\":\"" STR_FMT "\",\"columns\":[", STR_ARG(list));
    for (bool first = true; columns.len; first = false) {
        const Str column = str_split(&columns, ',');

        buf_add_format(blocks, "%s{\"head\":\"h\",\"width\":8,\"text\":\"{" STR_FMT "}\"}", first ? "" : ",",
                       STR_ARG(column));
    }
    buf_add_text(blocks, "]}");
}

static inline Template *paper_of(const char *fields)
{
    Str rest = str_from(fields);
    Error err = { 0 };
    OWNED_BUF words, tables, json;

    buf_init(&words, 1u << 16);
    buf_init(&tables, 1u << 16);
    buf_init(&json, 1u << 20);
    while (rest.len) {
        Str columns = str_split(&rest, ' ');
        Str name = str_split(&columns, '[');

        if (columns.len)
            add_table(&tables, name, (Str){ columns.ptr, columns.len - 1 });
        else
            buf_add_format(&words, "{" STR_FMT "} ", STR_ARG(name));
    }
    buf_add_text(&json, "{\"id\":\"t\",\"page\":\"A4\",\"register\":\"M\",\"sealed\":{\"student\":\"student.number\"},"
                        "\"languages\":{");
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        buf_add_format(&json, "%s\"%s\":{\"title\":\"T\",\"blocks\":[{\"block\":\"paragraph\",\"text\":\"%s.\"}%s]}",
                       i ? "," : "", language_tag((Language)i), buf_text(&words), buf_text(&tables));
    buf_add_text(&json, "}}");
    Template *template = template_parse(buf_str(&json), field_known, &err);
    if (!template)
        fail_msg("%s: %s", fields, err.text);
    return template;
}

/* The parts of a record: {"profile": {...}, "results": [...]}, all of one day.  record_fini. */
static inline Record record_of(const json_t *parts)
{
    Record record = { .number = "401241100873" };

    for (RecordPart part = 0; part < RECORD_PART_COUNT; part++) {
        record.parts[part] = json_incref(json_object_get(parts, record_part_name(part)));
        record.as_of_s[part] = AS_OF_S;
    }
    return record;
}

static inline FieldSources sources_of(const Record *record)
{
    return (
        FieldSources){ .institution = bench.institution, .words = bench.words, .record = record, .issued_s = ISSUED_S };
}

/* Values of the fields; *ret_missing is a copy. */
static inline json_t *show(const FieldSources *sources, const char *fields, Language language, char ret_missing[64])
{
    OWNED(Template) template = paper_of(fields);
    const char *missing = NULL;
    FieldChoice choice;
    Error err = { 0 };

    fields_choose(template, &choice);
    json_t *values = fields_make(sources, template, &choice, language, &missing, &err);
    if (!values)
        fail_msg("%s", err.text);
    const char *quick = fields_missing(sources, template, &choice, language);
    assert_true(missing ? quick && !strcmp(quick, missing) : !quick);
    str_copy_cut(str_from(missing), ret_missing, 64);
    return values;
}

static inline const char *value(const json_t *values, const char *name)
{
    const char *text = json_string_value(json_object_get(values, name));

    return text ? text : "(absent)";
}

/* What a reader sees: no-break spaces as spaces. */
static inline void plain(const char *text, char *array, size_t size)
{
    size_t n = 0;

    for (; *text && n + 1 < size; text++) {
        if (memcmp(text, "\u00A0", 2) == 0)
            text++, array[n++] = ' ';
        else
            array[n++] = *text;
    }
    array[n] = '\0';
}

#endif
