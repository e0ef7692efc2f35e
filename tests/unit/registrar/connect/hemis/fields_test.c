#include "test.h"

#include <string.h>

#include "registrar/connect/hemis/fields.h"
#include "wire/json.h"

static const HemisConfig config = { .utc_offset_minutes = 300 };

typedef struct Case {
    FieldKind kind;
    const char *value;  /* JSON of {"v": ...} */
    const char *wanted; /* JSON; NULL: it is left out */
} Case;

static const Case cases[] = {
    { FIELD_TEXT, "\" KI-24-1 \"", "\"KI-24-1\"" },
    { FIELD_TEXT, "42", "\"42\"" },
    { FIELD_TEXT, "\"a\\u202eb\\nc\"", "\"ab c\"" },
    { FIELD_TEXT, "[]", NULL },
    { FIELD_TEXT, "\"\"", NULL },
    { FIELD_PERSON, "\"KARIMOVA\"", "\"Karimova\"" },
    { FIELD_PERSON, "\"OʻGʻIL-OY BAXTIYOR QIZI\"", "\"Oʻgʻil-Oy Baxtiyor qizi\"" },
    { FIELD_PERSON, "{\"id\":1,\"name\":\"КАРИМОВ АЛИ ВАЛИ ЎҒЛИ\"}", "\"Каримов Али Вали ўғли\"" },
    { FIELD_PERSON, "\"O'ktam\"", "\"Oʻktam\"" },
    { FIELD_CODE, "{\"code\":\"11\",\"name\":\"x\"}", "\"11\"" },
    { FIELD_CODE, "{\"Code\":11}", "\"11\"" },
    { FIELD_CODE, "12", "\"12\"" },
    { FIELD_CODE, "\"call-sheet\"", "\"call-sheet\"" },
    { FIELD_CODE, "\"1 or 1=1\"", NULL },
    { FIELD_CODE, "{}", NULL },
    { FIELD_CODE, "true", NULL },
    { FIELD_INT, "\"150\"", "150" },
    { FIELD_INT, "150.0", "150" },
    { FIELD_INT, "\"4.5\"", NULL },
    { FIELD_INT, "\"1e3\"", NULL },
    { FIELD_INT, "true", NULL },
    { FIELD_LEVEL, "\"15\"", "5" },
    { FIELD_LEVEL, "{\"code\":15}", "5" },
    { FIELD_LEVEL, "10", NULL },
    { FIELD_LEVEL, "23", NULL },
    { FIELD_SUM, "\"14 000 000,50\"", "14000000" },
    { FIELD_SUM, "14000000.99", "14000000" },
    { FIELD_SUM, "-1", NULL },
    { FIELD_SUM, "\"99999999999999999999\"", NULL },
    { FIELD_DECIMAL, "\"3.90\"", "\"3.9\"" },
    { FIELD_DECIMAL, "3.9", "\"3.9\"" },
    { FIELD_DECIMAL, "\"2,47\"", "\"2.47\"" },
    { FIELD_DECIMAL, "4", "\"4.0\"" },
    { FIELD_DECIMAL, "-1.5", NULL },
    { FIELD_DAY, "1142294400", "\"2006-03-14\"" },     /* midnight in UTC */
    { FIELD_DAY, "\"1142276400\"", "\"2006-03-14\"" }, /* midnight there */
    { FIELD_DAY, "\"2006-03-14\"", "\"2006-03-14\"" },
    { FIELD_DAY, "\"14.03.2006\"", "\"2006-03-14\"" },
    { FIELD_DAY, "\"14-03-2006\"", "\"2006-03-14\"" },
    { FIELD_DAY, "\"31.02.2006\"", NULL },
    { FIELD_DAY, "99999999999999", NULL },
    { FIELD_BOOL, "true", "true" },
    { FIELD_BOOL, "\"0\"", "false" },
    { FIELD_BOOL, "2", NULL },
    { FIELD_YEAR, "{\"code\":\"2026\",\"name\":\"2026-2027\"}", "\"2026/2027\"" },
    { FIELD_YEAR, "\"2026-2027\"", "\"2026/2027\"" },
    { FIELD_YEAR, "2026", "\"2026/2027\"" },
    { FIELD_YEAR, "\"26\"", NULL },
    { FIELD_CLOCK, "\"8:30\"", "\"08:30\"" },
    { FIELD_CLOCK, "\"08:30:00\"", "\"08:30\"" },
    { FIELD_CLOCK, "\"24:00\"", NULL },
    { FIELD_CLOCK, "\"0830\"", NULL },
};

static json_t *parse(const char *text)
{
    json_t *json = json_loads(text, JSON_DECODE_ANY, NULL);

    assert_non_null(json);
    return json;
}

static void test_values(void **state)
{
    Words words = { { NULL } };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Reading reading = { .config = &config, .words = &words };
        OWNED(json_t) value = parse(cases[i].value);
        OWNED(json_t) made = fields_value(&reading, cases[i].kind, value);
        OWNED(json_t) wanted = cases[i].wanted ? parse(cases[i].wanted) : NULL;

        if (wanted ? !json_equal(made, wanted) : made != NULL)
            fail_msg("%s: %s", cases[i].value, made ? json_dumps(made, JSON_ENCODE_ANY) : "nothing");
    }
}

static void test_members_by_other_names(void **state)
{
    OWNED(json_t)
    json = parse("{\"studentIdNumber\":\"1\",\"semester\":{\"education_year\":{\"code\":\"2026\"}},\"nothing\":null,"
                 "\"_semester\":\"15\"}");

    (void)state;
    assert_string_equal(json_string_value(fields_find(json, "student_id_number")), "1");
    assert_string_equal(json_string_value(fields_find(json, "nobody|semester.educationYear.code")), "2026");
    assert_string_equal(json_string_value(fields_find(json, "_semester")), "15");
    assert_true(json_is_object(fields_find(json, "semester")));
    assert_null(fields_find(json, "nothing"));
    assert_null(fields_find(json, "semester.code.more"));
}

static void test_rows_that_lack_what_they_need_are_passed_over(void **state)
{
    static const Field fields[] = {
        { "subject", "outer.subject|subject", FIELD_THING, 0, 0, true },
        { "in.side", "n", FIELD_INT, 0, 5, false },
    };
    Words words = { { NULL } };
    Reading reading = { .config = &config, .words = &words };
    OWNED(json_t)
    rows = parse("{\"items\":[{\"subject\":{\"code\":\"A1\",\"name\":\"Oliy matematika\"},\"n\":9},17,null,"
                 "{\"outer\":{\"subject\":{\"id\":7,\"name\":\"Fizika\"}},\"n\":\"5\"},{\"n\":1}]}");
    OWNED(json_t) russian = parse("{\"x\":[{\"subject\":{\"code\":\"A1\",\"name\":\"Высшая математика\"}}]}");
    Error err = { 0 };

    (void)state;
    assert_ok(words_gather(&words, LANGUAGE_RU, russian, &err), err);
    OWNED(json_t) list = fields_read_list(&reading, fields, COUNT(fields), rows);
    OWNED(json_t)
    wanted = parse(
        "[{\"subject\":{\"code\":\"A1\",\"names\":{\"uz\":\"Oliy matematika\",\"uz-Cyrl\":\"Олий математика\",\"ru\":"
        "\"Высшая математика\",\"en\":\"Oliy matematika\"}}},{\"subject\":{\"code\":\"7\",\"names\":{\"uz\":\"Fizika\","
        "\"uz-Cyrl\":\"Физика\",\"ru\":\"Fizika\",\"en\":\"Fizika\"}},\"in\":{\"side\":5}}]");
    if (!json_equal(list, wanted))
        fail_msg("%s", json_dumps(list, 0));
    words_release(&words);
}

static void test_a_foreigners_name_stays_in_its_letters(void **state)
{
    OWNED(json_t) ours = words_person(STR("Shokirov"), STR("Doniyor"), STR("Alisher oʻgʻli"), false);
    OWNED(json_t) other = words_person(STR("Sharma"), STR("Arjun"), STR(""), true);

    (void)state;
    assert_string_equal(json_string_value(json_object_get(ours, "ru")), "Шокиров Дониёр Алишер угли");
    assert_string_equal(json_string_value(json_object_get(ours, "uz-Cyrl")), "Шокиров Дониёр Алишер ўғли");
    assert_string_equal(json_string_value(json_object_get(ours, "en")), "Doniyor Alisher oʻgʻli SHOKIROV");
    assert_string_equal(json_string_value(json_object_get(other, "ru")), "Sharma Arjun");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_members_by_other_names),
        cmocka_unit_test(test_rows_that_lack_what_they_need_are_passed_over),
        cmocka_unit_test(test_a_foreigners_name_stays_in_its_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
