/* The demo's institution as it is, and the same with one thing wrong. */
#include <stdlib.h>
#include <string.h>

#include "registrar/office/institution.h"
#include "test.h"

static Institution *demo(void)
{
    Error err = { 0 };
    Institution *institution = institution_load(SOURCE_DIR "/assets/demo/institution.json", &err);

    if (!institution)
        fail_msg("%s", err.text);
    return institution;
}

static json_t *demo_json(void)
{
    json_t *json = json_load_file(SOURCE_DIR "/assets/demo/institution.json", 0, NULL);

    assert_non_null(json);
    return json;
}

static void texts_are_those_of_the_file(void **state)
{
    static const struct {
        const char *name;
        Language language;
        const char *text;
    } cases[] = {
        { "names", LANGUAGE_UZ, "Namuna davlat universiteti" },
        { "names", LANGUAGE_RU, "Государственный университет «Намуна»" },
        { "names", LANGUAGE_EN, "Namuna State University" },
        { "city", LANGUAGE_UZ_CYRL, "Тошкент" },
        { "signatory.role", LANGUAGE_EN, "Head of the Registrar’s Office" },
        { "signatory.name", LANGUAGE_RU, "Н. Р. Турсунов" },
        { "address", LANGUAGE_UZ, "100174, Toshkent shahri,\nUniversitet koʻchasi, 4-uy" },
    };
    OWNED(Institution) institution = demo();

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(local_text(institution_text(institution, cases[i].name), cases[i].language), cases[i].text);
    assert_string_equal(institution_id(institution), "namuna");
    assert_string_equal(institution_phone(institution), "+998 71 200 00 00");
    assert_string_equal(institution_email(institution), "registrator@namuna.uz");
    assert_int_equal(institution_utc_offset_minutes(institution), 300);
    assert_int_equal(institution_brand(institution), 0);
}

/* 2026-11-23 is a Monday. */
static void open_until_the_hour_of_that_day(void **state)
{
    static const struct {
        const char *name;
        int day, hour, minute;
        const char *until;
    } cases[] = {
        { "before it opens", 23, 8, 59, "" },
        { "as it opens", 23, 9, 0, "17:00" },
        { "at noon", 23, 12, 0, "17:00" },
        { "the last minute", 23, 16, 59, "17:00" },
        { "as it closes", 23, 17, 0, "" },
        { "Friday", 27, 10, 30, "17:00" },
        { "Saturday", 28, 10, 30, "" },
        { "Sunday", 29, 10, 30, "" },
        { "Monday after midnight", 23, 0, 5, "" },
    };
    OWNED(Institution) institution = demo();

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t at_s =
            date_start_s((Date){ 2026, 11, cases[i].day }, 300) + cases[i].hour * 3600 + cases[i].minute * 60;
        char until[8];

        institution_open_until(institution, at_s * 1000, until);
        if (strcmp(until, cases[i].until) != 0)
            fail_msg("%s: \"%s\"", cases[i].name, until);
    }
}

/* member: what is changed, a dot deep; to: JSON, NULL: taken away. */
static const struct {
    const char *name, *outer, *inner, *to, *words;
} refusals[] = {
    { "no id", "id", NULL, NULL, "id, phone or email is missing" },
    { "id is no text", "id", NULL, "1", "id, phone or email is missing" },
    { "empty phone", "phone", NULL, "\"\"", "missing or empty" },
    { "no names", "names", NULL, NULL, "names is missing" },
    { "names are no object", "names", NULL, "\"N\"", "names is missing" },
    { "no Uzbek name", "names", "uz", NULL, "names.uz is missing or empty" },
    { "an empty Uzbek name", "names", "uz", "\"\"", "names.uz is missing or empty" },
    { "a language that is none", "names", "xx", "\"N\"", "names.xx: no such language" },
    { "a name that is no text", "names", "ru", "3", "names.ru: no such language" },
    { "no city", "city", NULL, NULL, "city is missing" },
    { "no signatory", "signatory", NULL, NULL, "signatory.role is missing" },
    { "no signatory's name", "signatory", "name", NULL, "signatory.name is missing" },
    { "no offset", "utc_offset_minutes", NULL, NULL, "utc_offset_minutes is missing" },
    { "an offset of two days", "utc_offset_minutes", NULL, "2880", "utc_offset_minutes" },
    { "a colour that is none", "brand", NULL, "\"red\"", "brand is a colour as" },
    { "a colour that is no text", "brand", NULL, "7", "brand is a colour as" },
    { "closes before it opens", "opening_hours", NULL, "[{\"days\":[1],\"from\":\"17:00\",\"to\":\"09:00\"}]",
      "opening_hours[0]: no times" },
    { "times without a colon", "opening_hours", NULL, "[{\"days\":[1],\"from\":\"09000\",\"to\":\"17:00\"}]",
      "opening_hours[0]: no times" },
    { "an eighth day", "opening_hours", NULL, "[{\"days\":[8],\"from\":\"09:00\",\"to\":\"17:00\"}]",
      "opening_hours[0].days[0]: no such day" },
};

static void change(json_t *json, const char *outer, const char *inner, const char *to)
{
    json_t *at = inner ? json_object_get(json, outer) : json;
    const char *key = inner ? inner : outer;

    if (to)
        assert_int_equal(json_object_set_new(at, key, json_loads(to, JSON_DECODE_ANY, NULL)), 0);
    else
        assert_int_equal(json_object_del(at, key), 0);
}

static void what_is_wrong_is_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refusals); i++) {
        json_t *json = demo_json();
        Error err = { 0 };

        change(json, refusals[i].outer, refusals[i].inner, refusals[i].to);
        char *text = json_dumps(json, 0);
        Institution *institution = institution_parse(str_from(text), &err);

        if (institution || err.code != ERR_FORMAT || !strstr(err.text, refusals[i].words))
            fail_msg("%s: %s", refusals[i].name, institution ? "taken" : err.text);
        free(text);
        json_decref(json);
    }
}

static void a_language_not_filled_in_falls_back(void **state)
{
    json_t *json = demo_json();
    Error err = { 0 };

    (void)state;
    change(json, "names", "en", "\"\"");
    char *text = json_dumps(json, 0);
    OWNED(Institution) institution = institution_parse(str_from(text), &err);

    assert_non_null(institution);
    assert_string_equal(local_text(institution_text(institution, "names"), LANGUAGE_EN), "Namuna davlat universiteti");
    free(text);
    json_decref(json);
}

static void a_file_that_is_none(void **state)
{
    Error err = { 0 };

    (void)state;
    assert_null(institution_load(SOURCE_DIR "/assets/demo/nothing.json", &err));
    assert_int_equal(err.code, ERR_NOT_FOUND);
    assert_null(institution_parse(STR("{\"id\":"), &err));
    assert_int_equal(err.code, ERR_FORMAT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_those_of_the_file), cmocka_unit_test(open_until_the_hour_of_that_day),
        cmocka_unit_test(what_is_wrong_is_named),      cmocka_unit_test(a_language_not_filled_in_falls_back),
        cmocka_unit_test(a_file_that_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
