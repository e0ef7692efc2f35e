/* The well-known: they come from university.json with what was wished for them; the rest of their records is made as
 * everybody's. */
#include "registrar/demo/parts.h"
#include "wire/json.h"

#define PART_BYTES (256u << 10)

static bool add_part(json_t *parts, const char *name, const Buf *text, Error *err)
{
    if (!buf_ok(text, err))
        return false;
    if (text->len == 0)
        return true;
    json_t *part = json_read(buf_str(text), err);
    return part && (json_object_set_new(parts, name, part) == 0 || error_set(err, ERR_MEMORY, "part"));
}

static json_t *parts_of(const Facts *facts, Error *err)
{
    OWNED(json_t) made = json_object();
    Buf texts[DEMO_PARTS], *parts[DEMO_PARTS];
    bool done = made != NULL || error_set(err, ERR_MEMORY, "parts");

    for (size_t i = 0; i < DEMO_PARTS; i++) {
        buf_init(&texts[i], PART_BYTES);
        parts[i] = &texts[i];
    }
    parts_write(facts, parts);
    for (size_t i = 0; i < DEMO_PARTS; i++) {
        done = done && add_part(made, demo_part_names[i], &texts[i], err);
        buf_fini(&texts[i]);
    }
    return done ? steal(&made) : NULL;
}

json_t *demo_student_known(const DemoUniversity *university, size_t index, Error *err)
{
    OWNED(json_t) student = json_deep_copy(json_array_get(demo_well_known(university->demo), index));
    json_t *profile = json_object_get(student, "profile"), *parts;
    const char *number = json_string_value(json_object_get(student, "number"));
    Facts facts;

    if (!json_is_object(profile) || !number) {
        error_set(err, ERR_FORMAT, "students[%zu]", index);
        return NULL;
    }
    facts_read(university, number, profile, json_object_get(student, "results"), json_object_get(student, "wanted"),
               &facts);
    background_settle(&facts);
    if (!background_complete(&facts, profile, err) || !(parts = parts_of(&facts, err)))
        return NULL;
    if (json_object_set_new(student, "parts", parts) != 0) {
        error_set(err, ERR_MEMORY, "parts");
        return NULL;
    }
    (void)json_object_del(student, "wanted"); /* borrowed by the facts until here */
    return steal(&student);
}
