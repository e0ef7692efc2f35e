#include "registrar/office/institution.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "wire/json.h"
#include "wire/theme.h"

#define FILE_BYTES_MOST (256u << 10)
#define OFFSET_MOST     (14 * 60)

/* Member and member of it, as institution_text names them. */
static const struct {
    const char *name, *outer, *inner;
} text_places[] = {
    { "names", "names", NULL }, { "ministry", "ministry", NULL },          { "address", "address", NULL },
    { "city", "city", NULL },   { "signatory.role", "signatory", "role" }, { "signatory.name", "signatory", "name" },
};

/* One that staff set. */
typedef struct SetCalendar {
    Calendar calendar;
    struct SetCalendar *before; /* in Institution.set */
} SetCalendar;

#define VERSION_SIZE 17

struct Institution {
    json_t *json; /* owns every text below */
    const char *id, *phone, *email;
    Rgb brand; /* 0: none */
    int utc_offset_minutes;
    LocalText texts[COUNT(text_places)];
    Calendar calendar;                 /* the file's */
    _Atomic(const Calendar *) working; /* that counts: the file's, or the newest of set */
    pthread_mutex_t setting;           /* of what follows */
    SetCalendar *set;
    char version[VERSION_SIZE]; /* of working; "": it is the file's */
    MarkRules marking;
    Topics topics;
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
    return ret->in[LANGUAGE_FIRST] ||
           error_set(err, ERR_FORMAT, "%s.%s is missing or empty: write it in", name, language_tag(LANGUAGE_FIRST));
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

static bool is_given(const char *text)
{
    return text && text[0];
}

static bool read_whole(Institution *institution, Error *err)
{
    const json_t *offset = json_object_get(institution->json, "utc_offset_minutes");
    const json_t *brand = json_object_get(institution->json, "brand");

    institution->id = json_string_value(json_object_get(institution->json, "id"));
    institution->phone = json_string_value(json_object_get(institution->json, "phone"));
    institution->email = json_string_value(json_object_get(institution->json, "email"));
    if (!is_given(institution->id) || !is_given(institution->phone) || !is_given(institution->email))
        return error_set(err, ERR_FORMAT, "id, phone or email is missing or empty: write it in");
    if (!json_is_integer(offset) || json_integer_value(offset) < -OFFSET_MOST ||
        json_integer_value(offset) > OFFSET_MOST)
        return error_set(err, ERR_FORMAT, "utc_offset_minutes is missing");
    institution->utc_offset_minutes = (int)json_integer_value(offset);
    if (brand && !(json_is_string(brand) && (json_string_length(brand) == 0 ||
                                             brand_parse(str_from(json_string_value(brand)), &institution->brand))))
        return error_set(err, ERR_FORMAT, "brand is a colour as \"#0B4F5C\", or empty");
    return read_texts(institution, err) &&
           calendar_read(institution->json, institution->utc_offset_minutes, &institution->calendar, err) &&
           marks_rules_read(json_object_get(institution->json, "marking"), &institution->marking, err) &&
           topics_read(json_object_get(institution->json, "topics"), &institution->topics, err);
}

Institution *institution_parse(Str json, Error *err)
{
    OWNED(Institution) institution = mem_new(1, sizeof(*institution));

    if (!institution) {
        error_set(err, ERR_MEMORY, "institution");
        return NULL;
    }
    pthread_mutex_init(&institution->setting, NULL);
    atomic_init(&institution->working, &institution->calendar);
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
    while (institution->set) {
        SetCalendar *set = institution->set;

        institution->set = set->before;
        mem_free(set);
    }
    pthread_mutex_destroy(&institution->setting);
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

Rgb institution_brand(const Institution *institution)
{
    return institution->brand;
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

static const char *home_code(const Institution *institution, const char *member)
{
    const char *code = json_string_value(json_object_get(json_object_get(institution->json, "home"), member));

    return code ? code : "";
}

const char *institution_province(const Institution *institution)
{
    return home_code(institution, "province");
}

const char *institution_district(const Institution *institution)
{
    return home_code(institution, "district");
}

const json_t *institution_programmes(const Institution *institution)
{
    return json_object_get(institution->json, "programmes");
}

const Topics *institution_topics(const Institution *institution)
{
    return &institution->topics;
}

const Calendar *institution_calendar(const Institution *institution)
{
    return atomic_load(&institution->working);
}

const Calendar *institution_own_calendar(const Institution *institution)
{
    return &institution->calendar;
}

bool institution_calendar_is(Institution *institution, const char *version)
{
    pthread_mutex_lock(&institution->setting);
    const bool is = strcmp(institution->version, version) == 0;
    pthread_mutex_unlock(&institution->setting);
    return is;
}

bool institution_set_calendar(Institution *institution, const Calendar *calendar, const char *version, Error *err)
{
    SetCalendar *set = calendar ? mem_new(1, sizeof *set) : NULL;

    if (calendar && !set)
        return error_set(err, ERR_MEMORY, "working time");
    pthread_mutex_lock(&institution->setting);
    if (set) {
        set->calendar = *calendar;
        set->before = institution->set;
        institution->set = set;
    }
    str_copy_cut(str_from(version), institution->version, sizeof institution->version);
    atomic_store(&institution->working, set ? &set->calendar : &institution->calendar);
    pthread_mutex_unlock(&institution->setting);
    return true;
}

const MarkRules *institution_marking(const Institution *institution)
{
    return &institution->marking;
}

void institution_open_until(const Institution *institution, int64_t wall_ms, char ret[8])
{
    int until = calendar_open_until(institution_calendar(institution), wall_ms / 1000);

    ret[0] = '\0';
    if (until >= 0)
        (void)snprintf(ret, 8, "%02d:%02d", until / 60 % 100, until % 60);
}
