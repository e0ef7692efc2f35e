#include "fixture.h"

#include "registrar/office/fields.h"

typedef struct Making {
    Institution *institution;
    Catalogue *catalogue;
    json_t *students;
    FieldSources sources;
    Answers answers;
} Making;

static void making_open(Making *making)
{
    Error err = { 0 };
    OWNED_BUF json;

    *making = (Making){ 0 };
    making->institution = institution_load(SOURCE_DIR "/assets/demo/institution.json", &err);
    assert_non_null(making->institution);
    buf_init(&json, CATALOGUE_BYTES_MOST);
    buf_add_text(&json, "{\"services\":[");
    assert_ok(file_read(SOURCE_DIR "/kiosk/services/certificate-of-study.json", &json, &err), err);
    buf_add_text(&json, "]}");
    making->catalogue = catalogue_parse(buf_str(&json), &err);
    assert_non_null(making->catalogue);
    making->students = fixture_people();
    making->sources = (FieldSources){ .institution = making->institution,
                                      .profile = json_object_get(json_array_get(making->students, 0), "profile"),
                                      .number = FIXTURE_DILNOZA,
                                      .as_of_s = 1795400000,
                                      .service = catalogue_at(making->catalogue, 0),
                                      .answers = &making->answers,
                                      .issued_s = 1795500000 };
}

static void making_close(Making *making)
{
    json_decref(making->students);
    catalogue_drop(making->catalogue);
    institution_free(making->institution);
}

static json_t *make(const Making *making, Language language, const char **missing)
{
    Error err = { 0 };
    json_t *values = fields_make(&making->sources, language, missing, &err);

    if (!values)
        fail_msg("%s", err.text);
    return values;
}

static void values_are_in_the_paper_s_language(void **state)
{
    static const struct {
        Language language;
        const char *field, *value;
    } cases[] = {
        { LANGUAGE_UZ, "student.name", "Karimova Dilnoza Baxtiyor qizi" },
        { LANGUAGE_EN, "student.name", "Dilnoza Baxtiyor qizi KARIMOVA" },
        { LANGUAGE_RU, "student.name", "Каримова Дилноза Бахтиёр кизи" },
        { LANGUAGE_UZ, "student.pinfl", "61403064010270" },
        { LANGUAGE_UZ, "student.birth_date", "2006-yil\u00A014-mart" },
        { LANGUAGE_EN, "student.birth_date", "14\u00A0March\u00A02006" },
        { LANGUAGE_UZ, "student.citizenship", "Oʻzbekiston Respublikasi" },
        { LANGUAGE_EN, "student.citizenship", "Republic of Uzbekistan" },
        { LANGUAGE_UZ, "study.type", "Bakalavriat" },
        { LANGUAGE_EN, "study.type", "Bachelor’s degree" },
        { LANGUAGE_UZ, "study.form", "kunduzgi" },
        { LANGUAGE_UZ, "study.form_code", "11" },
        { LANGUAGE_UZ, "study.payment", "Davlat granti" },
        { LANGUAGE_UZ, "study.entry_year", "2024" },
        { LANGUAGE_UZ, "study.year", "3" },
        { LANGUAGE_UZ, "study.semester", "5" },
        { LANGUAGE_UZ, "study.academic_year", "2026/2027" },
        { LANGUAGE_UZ, "programme.code", "60610500" },
        { LANGUAGE_EN, "programme.name", "Computer Engineering" },
        { LANGUAGE_RU, "faculty.name", "Axborot texnologiyalari fakulteti" }, /* no Russian: falls back */
        { LANGUAGE_UZ, "institution.name", "Namuna davlat universiteti" },
        { LANGUAGE_UZ, "institution.second_name", "Namuna State University" },
        { LANGUAGE_EN, "institution.second_name", "Namuna davlat universiteti" },
        { LANGUAGE_EN, "issued.date_figures", "24\u00A0Nov\u00A02026" },
        { LANGUAGE_UZ, "issued.date_figures", "24.11.2026" },
        { LANGUAGE_UZ, "issued.time", "11:00" },
        { LANGUAGE_EN, "signatory.name", "N.\u00A0R.\u00A0Tursunov" },
    };
    Making making;

    (void)state;
    making_open(&making);
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *missing;
        json_t *values = make(&making, cases[i].language, &missing);
        const char *value = json_string_value(json_object_get(values, cases[i].field));

        assert_null(missing);
        if (!value || strcmp(value, cases[i].value) != 0)
            fail_msg("%s in %s: %s instead of %s", cases[i].field, language_tag(cases[i].language),
                     value ? value : "nothing", cases[i].value);
        json_decref(values);
    }
    making_close(&making);
}

static void the_receiver_is_the_chosen_sentence(void **state)
{
    static const struct {
        const char *receiver, *place;
        Language language;
        const char *value; /* NULL: none */
    } cases[] = {
        { NULL, NULL, LANGUAGE_UZ, NULL },
        { "any", NULL, LANGUAGE_UZ, "Maʼlumotnoma talab qilingan joyga taqdim etish uchun berildi." },
        { "bank", NULL, LANGUAGE_EN, "This certificate is issued for presentation to a bank." },
        { "other", "Chirchiq <b>& {number}", LANGUAGE_EN,
          "This certificate is issued for presentation to “Chirchiq <b>& {number}”." },
    };
    Making making;

    (void)state;
    making_open(&making);
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *missing;

        making.answers = (Answers){ 0 };
        assert_true(!cases[i].receiver || answers_set(&making.answers, "receiver", str_from(cases[i].receiver)));
        assert_true(!cases[i].place || answers_set(&making.answers, "place", str_from(cases[i].place)));
        json_t *values = make(&making, cases[i].language, &missing);
        const char *value = json_string_value(json_object_get(values, "receiver"));
        if (cases[i].value)
            assert_string_equal(value, cases[i].value);
        else
            assert_null(value);
        json_decref(values);
    }
    making_close(&making);
}

static void a_foreigner_has_a_country_and_no_pinfl(void **state)
{
    Making making;
    const char *missing;

    (void)state;
    making_open(&making);
    making.sources.profile = json_object_get(json_array_get(making.students, 2), "profile");
    json_t *values = make(&making, LANGUAGE_EN, &missing);
    assert_null(missing);
    assert_null(json_object_get(values, "student.pinfl"));
    assert_string_equal(json_string_value(json_object_get(values, "student.citizenship")), "India");
    json_decref(values);
    making_close(&making);
}

static void what_every_paper_needs_is_missed_by_name(void **state)
{
    static const struct {
        const char *member, *field;
    } cases[] = {
        { "names", "student.name" },
        { "surname", "student.surname" },
        { "birth_date", "student.birth_date" },
        { "citizenship", "student.citizenship" },
        { "education_form", "study.form" },
        { "year", "study.year" },
        { "faculty", "faculty.name" },
        { "programme", "programme.code" },
    };
    Making making;

    (void)state;
    making_open(&making);
    for (size_t i = 0; i < COUNT(cases); i++) {
        json_t *profile = json_deep_copy(making.sources.profile);
        FieldSources sources = making.sources;
        const char *missing;
        Error err = { 0 };

        json_object_del(profile, cases[i].member);
        sources.profile = profile;
        json_t *values = fields_make(&sources, LANGUAGE_UZ, &missing, &err);
        assert_non_null(values);
        assert_non_null(missing);
        assert_string_equal(missing, cases[i].field);
        json_decref(values);
        json_decref(profile);
    }
    making_close(&making);
}

static void a_holder_is_masked_whatever_the_letters(void **state)
{
    static const struct {
        const char *surname, *given, *masked;
    } cases[] = {
        { "Karimova", "Dilnoza", "K*****a D*****a" },
        { "Li", "Bo", "L***** B*****" },
        { "Oʻrinov", "Ғайрат", "O*****v Ғ*****т" },
        { "Singh", "", "S*****h" },
        { "X", NULL, "X*****" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        json_t *profile = json_pack("{s:s, s:s?}", "surname", cases[i].surname, "given", cases[i].given);
        char masked[96];

        fields_mask_holder(profile, masked, sizeof masked);
        assert_string_equal(masked, cases[i].masked);
        json_decref(profile);
    }
}

static void only_fields_of_the_registry_are_known(void **state)
{
    (void)state;
    assert_true(field_known("student.name"));
    assert_true(field_known("copy.n"));
    assert_false(field_known("student"));
    assert_false(field_known("student.password"));
    assert_false(field_known(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_in_the_paper_s_language),
        cmocka_unit_test(the_receiver_is_the_chosen_sentence),
        cmocka_unit_test(a_foreigner_has_a_country_and_no_pinfl),
        cmocka_unit_test(what_every_paper_needs_is_missed_by_name),
        cmocka_unit_test(a_holder_is_masked_whatever_the_letters),
        cmocka_unit_test(only_fields_of_the_registry_are_known),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
