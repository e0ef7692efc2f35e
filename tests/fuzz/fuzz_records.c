/* A student's record as another system might send it: whatever its parts hold, every field of the registry is made or
 * has no value, in every language, and what is made can stand on a paper. */
#include "fuzz.h"

#include "registrar/office/fields.h"
#include "registrar/office/fields_inside.h"
#include "wire/json.h"

static Institution *institution;
static Words *words;
static Template *everything;
static FieldChoice choice;

static void add_columns(Buf *blocks, const FieldGroup *group, size_t list)
{
    const size_t length = strlen(group->rows[list].name);
    size_t count = 0;

    buf_add_format(blocks, ",{\"block\":\"table\",\"rows\":\"%s\",\"columns\":[", group->rows[list].name);
    for (size_t i = list + 1; i < group->count && count < 12; i++) {
        const char *name = group->rows[i].name;

        if (strncmp(name, group->rows[list].name, length) == 0 && name[length] == '.')
            buf_add_format(blocks, "%s{\"head\":\"h\",\"width\":8,\"text\":\"{%s}\"}", count++ ? "," : "",
                           name + length + 1);
    }
    buf_add_text(blocks, "]}");
}

/* A paper of all that there is. */
static void make_everything(void)
{
    OWNED_BUF text, tables, json;
    unsigned shown = 0; /* of the parts that rules read, those that papers show too */
    Error err = { 0 };

    buf_init(&text, 1u << 16);
    buf_init(&tables, 1u << 18);
    buf_init(&json, 1u << 18);
    for (size_t g = 0; g < FIELD_GROUPS; g++)
        for (size_t i = 0; i < field_groups[g]->count; i++) {
            const FieldRow *row = &field_groups[g]->rows[i];

            shown |= RECORD_OF(row->part) & RECORD_RULES;
            if (row->rows)
                add_columns(&tables, field_groups[g], i);
            else if (field_is_of_record(row->name))
                buf_add_format(&text, "{%s} ", row->name);
        }
    buf_add_format(&json,
                   "{\"id\":\"t\",\"page\":\"A4\",\"register\":\"M\",\"sealed\":{\"student\":\"student.number\"},"
                   "\"languages\":{\"uz\":{\"title\":\"T\",\"blocks\":[{\"block\":\"paragraph\",\"text\":\"%s\"}%s]}}}",
                   buf_text(&text), buf_text(&tables));
    everything = template_parse(buf_str(&json), field_known, &err);
    FUZZ_HOLDS(everything);
    fields_choose(everything, &choice);
    FUZZ_HOLDS((choice.parts & shown) == shown);
}

static void open_once(void)
{
    OWNED_BUF json;

    buf_init(&json, 1u << 20);
    if (everything)
        return;
    institution = institution_load(SOURCE_DIR "/assets/demo/institution.json", NULL);
    FUZZ_HOLDS(institution);
    FUZZ_HOLDS(file_read(SOURCE_DIR "/assets/documents/words/words.json", &json, NULL));
    words = words_read(buf_str(&json), NULL);
    FUZZ_HOLDS(words);
    make_everything();
}

static void check_values(const json_t *values)
{
    const char *name;
    json_t *value, *row;
    size_t i;

    json_object_foreach((json_t *)(uintptr_t)values, name, value)
    {
        FUZZ_HOLDS(json_is_array(value) || json_string_length(value) > 0);
        json_array_foreach(value, i, row)
        {
            const char *cell;
            json_t *text;

            FUZZ_HOLDS(json_object_size(row) > 0);
            json_object_foreach(row, cell, text)
            {
                FUZZ_HOLDS(json_is_string(text));
            }
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Record record = { .number = "401241100873" };
    char holder[96];

    open_once();
    OWNED(json_t) parts = json_read(fuzz_str(data, size), NULL);
    for (RecordPart part = 0; part < RECORD_PART_COUNT; part++)
        record.parts[part] = json_incref(json_object_get(parts, record_part_name(part)));
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        const FieldSources sources = {
            .institution = institution, .words = words, .record = &record, .issued_s = INT64_C(1795498920)
        };
        const char *missing;
        json_t *values = fields_make(&sources, everything, &choice, (Language)language, &missing, NULL);

        FUZZ_HOLDS(values);
        check_values(values);
        json_decref(values);
        fields_mask_holder(record_profile(&record), (Language)language, holder, sizeof holder);
        FUZZ_HOLDS(utf8_valid(str_from(holder)));
        FUZZ_HOLDS(fields_holder(record_profile(&record), (Language)language, holder, sizeof holder) ==
                   (holder[0] != '\0'));
        FUZZ_HOLDS(utf8_valid(str_from(holder)));
    }
    record_fini(&record);
    return 0;
}
