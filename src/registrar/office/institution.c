#include "registrar/office/institution.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "wire/json.h"

#define FILE_BYTES_MOST (64u << 10)
#define OFFSET_MOST     (14 * 60)

/* Member and member of it, as institution_text names them. */
static const struct {
    const char *name, *outer, *inner;
} text_places[] = {
    { "names", "names", NULL }, { "ministry", "ministry", NULL },          { "address", "address", NULL },
    { "city", "city", NULL },   { "signatory.role", "signatory", "role" }, { "signatory.name", "signatory", "name" },
};

typedef struct Hours {
    int weekday; /* 1 = Monday */
    char from[8], to[8];
} Hours;

struct Institution {
    json_t *json; /* owns every text below */
    const char *id, *phone, *email;
    int utc_offset_minutes;
    LocalText texts[COUNT(text_places)];
    size_t hours_count;
    Hours hours[28]; /* four times a day at most */
};

static bool read_text(const json_t *json, const char *name, LocalText *ret, Error *err)
{
    const char *key;
    json_t *value;

    if (!json_is_object(json))
        return error_set(err, ERR_FORMAT, "%s is missing", name);
    json_object_foreach((json_t *)(uintptr_t)json, key, value)
    {
        Language language;

        if (!language_parse(str_from(key), &language) || !json_is_string(value))
            return error_set(err, ERR_FORMAT, "%s.%.20s: no such language", name, key);
        ret->in[language] = json_string_length(value) ? json_string_value(value) : NULL; /* not filled in yet */
    }
    return ret->in[LANGUAGE_UZ] || error_set(err, ERR_FORMAT, "%s.uz is missing or empty: write it in", name);
}

static bool read_texts(Institution *institution, Error *err)
{
    for (size_t i = 0; i < COUNT(text_places); i++) {
        const json_t *json = json_object_get(institution->json, text_places[i].outer);

        if (text_places[i].inner)
            json = json_object_get(json, text_places[i].inner);
        if (!read_text(json, text_places[i].name, &institution->texts[i], err))
            return false;
    }
    return true;
}

static bool is_time(const char *text)
{
    return text && strlen(text) == 5 && text[2] == ':' && strspn(text, "0123456789:") == 5 && strcmp(text, "24:00") < 0;
}

static bool read_hours(Institution *institution, Error *err)
{
    const json_t *list = json_object_get(institution->json, "opening_hours");
    size_t i, j;
    json_t *part, *day;

    json_array_foreach(list, i, part)
    {
        const char *from = json_string_value(json_object_get(part, "from"));
        const char *to = json_string_value(json_object_get(part, "to"));

        if (!is_time(from) || !is_time(to) || strcmp(from, to) >= 0)
            return error_set(err, ERR_FORMAT, "opening_hours[%zu]: no times", i);
        json_array_foreach(json_object_get(part, "days"), j, day)
        {
            Hours *hours = &institution->hours[institution->hours_count];
            json_int_t weekday = json_integer_value(day);

            if (weekday < 1 || weekday > 7 || institution->hours_count == COUNT(institution->hours))
                return error_set(err, ERR_FORMAT, "opening_hours[%zu]: no such day", i);
            hours->weekday = (int)weekday;
            str_copy_cut(str_from(from), hours->from, sizeof hours->from);
            str_copy_cut(str_from(to), hours->to, sizeof hours->to);
            institution->hours_count++;
        }
    }
    return true;
}

static bool is_given(const char *text)
{
    return text && text[0];
}

static bool read_whole(Institution *institution, Error *err)
{
    const json_t *offset = json_object_get(institution->json, "utc_offset_minutes");

    institution->id = json_string_value(json_object_get(institution->json, "id"));
    institution->phone = json_string_value(json_object_get(institution->json, "phone"));
    institution->email = json_string_value(json_object_get(institution->json, "email"));
    if (!is_given(institution->id) || !is_given(institution->phone) || !is_given(institution->email))
        return error_set(err, ERR_FORMAT, "id, phone or email is missing or empty: write it in");
    if (!json_is_integer(offset) || json_integer_value(offset) < -OFFSET_MOST ||
        json_integer_value(offset) > OFFSET_MOST)
        return error_set(err, ERR_FORMAT, "utc_offset_minutes is missing");
    institution->utc_offset_minutes = (int)json_integer_value(offset);
    return read_texts(institution, err) && read_hours(institution, err);
}

Institution *institution_parse(Str json, Error *err)
{
    OWNED(Institution) institution = mem_new(1, sizeof(*institution));

    if (!institution) {
        error_set(err, ERR_MEMORY, "institution");
        return NULL;
    }
    institution->json = json_read(json, err);
    if (!institution->json || !read_whole(institution, err)) {
        error_add(err, "institution");
        return NULL;
    }
    return steal(&institution);
}

Institution *institution_load(const char *path, Error *err)
{
    OWNED_BUF json;
    Institution *institution;

    buf_init(&json, FILE_BYTES_MOST);
    if (!file_read(path, &json, err))
        return NULL;
    institution = institution_parse(buf_str(&json), err);
    if (!institution)
        error_add(err, "%.100s", path);
    return institution;
}

void institution_free(Institution *institution)
{
    if (!institution)
        return;
    json_decref(institution->json);
    mem_free(institution);
}

const char *institution_id(const Institution *institution)
{
    return institution->id;
}

const LocalText *institution_text(const Institution *institution, const char *name)
{
    for (size_t i = 0; i < COUNT(text_places); i++)
        if (!strcmp(text_places[i].name, name))
            return &institution->texts[i];
    assert(!"a text of an institution");
    return NULL;
}

const char *institution_phone(const Institution *institution)
{
    return institution->phone;
}

const char *institution_email(const Institution *institution)
{
    return institution->email;
}

int institution_utc_offset_minutes(const Institution *institution)
{
    return institution->utc_offset_minutes;
}

void institution_open_until(const Institution *institution, int64_t wall_ms, char ret[8])
{
    DateTime now = date_time_at(wall_ms, institution->utc_offset_minutes);
    char time[16];

    snprintf(time, sizeof time, "%02d:%02d", now.hour, now.minute);
    ret[0] = '\0';
    for (size_t i = 0; i < institution->hours_count; i++) {
        const Hours *hours = &institution->hours[i];

        if (hours->weekday == now.weekday && strcmp(hours->from, time) <= 0 && strcmp(time, hours->to) < 0)
            str_copy_cut(str_from(hours->to), ret, 8);
    }
}
