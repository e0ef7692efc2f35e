/* What an import takes of a file: any part of a record that there is, and nothing else. */
#include "test.h"

#include <string.h>

#include "registrar/office/import.h"
#include "registrar/office/students.h"
#include "wire/json.h"

#define PERSON "\"number\":\"401241100873\",\"password\":\"bahor2026\",\"profile\":{\"surname\":\"K\",\"pinfl\":null}"

typedef struct Case {
    const char *name, *student, *said; /* said: of the refusal; NULL: it is taken */
} Case;

static void student_init(ImportStudent *student)
{
    memset(student, 0, sizeof *student);
    for (size_t i = 0; i < IMPORT_PARTS; i++)
        buf_init(&student->parts[i], 1u << 20);
}

static void student_fini(ImportStudent *student)
{
    for (size_t i = 0; i < IMPORT_PARTS; i++)
        buf_fini(&student->parts[i]);
}

static void a_file_is_taken_or_refused(void **state)
{
    static const Case cases[] = {
        { "profile and results", "{" PERSON ",\"results\":[]}", NULL },
        { "no parts", "{" PERSON ",\"results\":[],\"parts\":{}}", NULL },
        { "two parts", "{" PERSON ",\"results\":[],\"parts\":{\"contract\":{\"sum\":1},\"exams\":[]}}", NULL },
        { "no results", "{" PERSON "}", "lacks profile or results" },
        { "results as a text", "{" PERSON ",\"results\":\"[]\"}", "lacks profile or results" },
        { "a part that no record has", "{" PERSON ",\"results\":[],\"parts\":{\"horoscope\":{}}}", "no such part" },
        { "a second profile", "{" PERSON ",\"results\":[],\"parts\":{\"profile\":{}}}", "a second one" },
        { "results twice", "{" PERSON ",\"results\":[],\"parts\":{\"results\":[]}}", "a second one" },
        { "a part that is a number", "{" PERSON ",\"results\":[],\"parts\":{\"contract\":7}}",
          "neither an object nor a list" },
        { "a part that is nothing", "{" PERSON ",\"results\":[],\"parts\":{\"contract\":null}}",
          "neither an object nor a list" },
        { "parts as a list", "{" PERSON ",\"results\":[],\"parts\":[]}", "parts" },
        { "a number of letters", "{\"number\":\"4O1\",\"password\":\"p\",\"profile\":{},\"results\":[]}",
          "is not a number" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Error err = { 0 };
        ImportStudent student;
        OWNED(json_t) json = json_read(str_from(cases[i].student), &err);

        assert_non_null(json);
        student_init(&student);
        bool taken = import_from_json(json, 3, &student, &err);
        if (taken != (cases[i].said == NULL))
            fail_msg("%s: %s", cases[i].name, taken ? "taken" : err.text);
        if (!taken && (!strstr(err.text, cases[i].said) || !strstr(err.text, "students[3]")))
            fail_msg("%s: %s", cases[i].name, err.text);
        student_fini(&student);
    }
}

static void a_part_lies_where_its_name_says(void **state)
{
    Error err = { 0 };
    ImportStudent student;
    OWNED(json_t)
    json = json_read(
        STR("{" PERSON ",\"results\":[1],\"parts\":{\"contract\":{\"sum\":2},\"photo\":{\"type\":\"3\"}}}"), &err);

    (void)state;
    student_init(&student);
    assert_ok(import_from_json(json, 0, &student, &err), err);
    assert_string_equal(buf_text(&student.parts[PART_PROFILE]), "{\"surname\":\"K\"}");
    assert_string_equal(buf_text(&student.parts[PART_RESULTS]), "[1]");
    assert_string_equal(buf_text(&student.parts[PART_CONTRACT]), "{\"sum\":2}");
    assert_ptr_equal(import_part(&student, "photo"), &student.parts[PART_PHOTO]);
    assert_string_equal(buf_text(import_part(&student, "photo")), "{\"type\":\"3\"}");
    assert_int_equal(student.parts[PART_EXAMS].len, 0);
    assert_null(import_part(&student, "horoscope"));
    student_fini(&student);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_taken_or_refused),
        cmocka_unit_test(a_part_lies_where_its_name_says),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
