/* What papers say of the demo's students, field by field, in every language. */
#include "fields_fixture.h"

#include <dirent.h>

#define PROFILE_FIELDS                                                                                                 \
    "student.name student.surname student.given student.number student.birth_date student.citizenship study.type "     \
    "study.form study.form_code study.payment study.entry_year study.year study.years study.semester "                 \
    "study.academic_year study.group faculty.name programme.code programme.name"
#define OTHER_FIELDS                                                                                                   \
    " institution.ministry institution.name institution.second_name institution.address institution.city "             \
    "signatory.role signatory.name record.date issued.date issued.date_figures issued.time"

typedef struct Demo {
    json_t *university;
    Catalogue *catalogue;
} Demo;

static Demo demo;

/* The house's services, and one of every kind of question. */
static bool add_services(Buf *json, Error *err)
{
    OWNED_BUF path;
    DIR *folder = opendir(SOURCE_DIR "/kiosk/services");
    struct dirent *entry;
    bool read = folder != NULL;

    buf_init(&path, 512);
    buf_add_text(json, "{\"services\":[");
    while (read && (entry = readdir(folder)) != NULL) {
        if (!strstr(entry->d_name, ".json"))
            continue;
        buf_clear(&path);
        buf_add_format(&path, SOURCE_DIR "/kiosk/services/%s", entry->d_name);
        read = file_read(buf_text(&path), json, err);
        buf_add_text(json, ",");
    }
    if (folder)
        closedir(folder);
    read = read && file_read(SOURCE_DIR "/tests/journeys/services/form-kinds.json", json, err);
    buf_add_text(json, "]}");
    return read;
}

static int open_demo(void **state)
{
    OWNED_BUF json;
    Error err = { 0 };

    buf_init(&json, 1u << 20);
    if (!add_services(&json, &err))
        return -1;
    demo.catalogue = catalogue_parse(buf_str(&json), &err);
    demo.university = json_load_file(SOURCE_DIR "/assets/demo/university.json", 0, NULL);
    return demo.catalogue && demo.university ? bench_open(state) : -1;
}

static int close_demo(void **state)
{
    catalogue_drop(demo.catalogue);
    json_decref(demo.university);
    return bench_close(state);
}

/* A copy of a student's profile that a test may change. */
static json_t *profile_of(const char *number)
{
    size_t i;
    json_t *student;

    json_array_foreach(json_object_get(demo.university, "students"), i, student)
    {
        if (strcmp(json_string_value(json_object_get(student, "number")), number) == 0)
            return json_deep_copy(json_object_get(student, "profile"));
    }
    fail_msg("no student %s", number);
    return NULL;
}

static json_t *foreigner(void)
{
    size_t i;
    json_t *student;

    json_array_foreach(json_object_get(demo.university, "students"), i, student)
    {
        json_t *profile = json_object_get(student, "profile");

        if (json_is_null(json_object_get(profile, "pinfl")))
            return json_deep_copy(profile);
    }
    fail_msg("no foreigner");
    return NULL;
}

static char missing[64];

static json_t *make_for(const char *service, const char *fields, const json_t *profile, const Answers *answers,
                        Language language)
{
    json_t *parts = json_object();
    OWNED_RECORD record = { 0 };

    json_object_set(parts, "profile", (json_t *)(uintptr_t)profile);
    record = record_of(parts);
    json_decref(parts);
    FieldSources sources = sources_of(&record);
    sources.service = service ? catalogue_find(demo.catalogue, str_from(service)) : NULL;
    sources.answers = answers;
    return show(&sources, fields, language, missing);
}

static json_t *make(const char *fields, const json_t *profile, Language language)
{
    return make_for(NULL, fields, profile, NULL, language);
}

static const struct {
    const char *name;
    const char *in[LANGUAGE_COUNT];
} karimova[] = {
    { "student.name",
      { "Karimova Dilnoza Baxtiyor qizi", "Каримова Дилноза Бахтиёр қизи", "Каримова Дилноза Бахтиёр кизи",
        "Dilnoza Baxtiyor qizi KARIMOVA" } },
    { "student.birth_date", { "2006-yil 14-mart", "2006-йил 14-март", "14 марта 2006 г.", "14 March 2006" } },
    { "student.citizenship",
      { "Oʻzbekiston Respublikasi", "Ўзбекистон Республикаси", "Республика Узбекистан", "Republic of Uzbekistan" } },
    { "student.pinfl", { "61403064010270", "61403064010270", "61403064010270", "61403064010270" } },
    { "student.number", { "401241100873", "401241100873", "401241100873", "401241100873" } },
    { "study.type", { "Bakalavriat", "Бакалавриат", "Бакалавриат", "Bachelor’s degree" } },
    { "study.form", { "kunduzgi", "кундузги", "очная форма", "full-time" } },
    { "study.form_code", { "11", "11", "11", "11" } },
    { "study.payment", { "Davlat granti", "Давлат гранти", "Государственный грант", "State grant" } },
    { "study.entry_year", { "2024", "2024", "2024", "2024" } },
    { "study.year", { "3", "3", "3", "3" } },
    { "study.years", { "4", "4", "4", "4" } },
    { "study.semester", { "5", "5", "5", "5" } },
    { "study.academic_year", { "2026/2027", "2026/2027", "2026/2027", "2026/2027" } },
    { "study.group", { "KI-24-1", "KI-24-1", "KI-24-1", "KI-24-1" } },
    { "faculty.name",
      { "Axborot texnologiyalari fakulteti", "Ахборот технологиялари факультети", "Факультет информационных технологий",
        "Faculty of Information Technologies" } },
    { "programme.code", { "60610500", "60610500", "60610500", "60610500" } },
    { "programme.name",
      { "Kompyuter injiniringi", "Компьютер инжиниринги", "Компьютерный инжиниринг", "Computer Engineering" } },
    { "institution.name",
      { "Namuna davlat universiteti", "Намуна давлат университети", "Государственный университет «Намуна»",
        "Namuna State University" } },
    { "institution.second_name",
      { "Namuna State University", "Государственный университет «Намуна»", "Namuna davlat universiteti",
        "Namuna davlat universiteti" } },
    { "institution.city", { "Toshkent", "Тошкент", "Ташкент", "Tashkent" } },
    { "signatory.name", { "N. R. Tursunov", "Н. Р. Турсунов", "Н. Р. Турсунов", "N. R. Tursunov" } },
    { "issued.date", { "2026-yil 24-noyabr", "2026-йил 24-ноябрь", "24 ноября 2026 г.", "24 November 2026" } },
    { "issued.date_figures", { "24.11.2026", "24.11.2026", "24.11.2026", "24 Nov 2026" } },
    { "issued.time", { "10:42", "10:42", "10:42", "10:42" } },
    { "record.date", { "2026-yil 24-noyabr", "2026-йил 24-ноябрь", "24 ноября 2026 г.", "24 November 2026" } },
};

static void every_field_says_it_in_the_papers_language(void **state)
{
    json_t *profile = profile_of("401241100873");

    (void)state;
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        json_t *values = make(PROFILE_FIELDS OTHER_FIELDS " student.pinfl", profile, (Language)language);

        assert_string_equal(missing, "");
        for (size_t i = 0; i < COUNT(karimova); i++) {
            char seen[256];

            plain(value(values, karimova[i].name), seen, sizeof seen);
            if (strcmp(seen, karimova[i].in[language]) != 0)
                fail_msg("%s in %s: %s", karimova[i].name, language_tag((Language)language), seen);
        }
        json_decref(values);
    }
    json_decref(profile);
}

static void the_address_has_phone_and_mail_below(void **state)
{
    json_t *profile = profile_of("401241100873");
    json_t *values = make("institution.address", profile, LANGUAGE_UZ);

    (void)state;
    assert_string_equal(
        value(values, "institution.address"),
        "100174, Toshkent shahri,\nUniversitet koʻchasi, 4-uy\n+998 71 200 00 00\nregistrator@namuna.uz");
    json_decref(values);
    json_decref(profile);
}

static const struct {
    const char *receiver, *place;
    Language language;
    const char *sentence;
} receivers[] = {
    { "any", NULL, LANGUAGE_UZ, "Maʼlumotnoma talab qilingan joyga taqdim etish uchun berildi." },
    { "any", NULL, LANGUAGE_EN, "This certificate is issued for presentation where required." },
    { "bank", NULL, LANGUAGE_RU, "Справка выдана для предъявления в банк." },
    { "other", "Chirchiq shahar hokimligi", LANGUAGE_UZ,
      "Maʼlumotnoma “Chirchiq shahar hokimligi” tashkilotiga taqdim etish uchun berildi." },
    { "other", "Acme {receiver} & <b>Co</b>", LANGUAGE_EN,
      "This certificate is issued for presentation to “Acme {receiver} & <b>Co</b>”." },
    { NULL, NULL, LANGUAGE_UZ, "(absent)" },
};

static void the_receiver_is_a_whole_sentence(void **state)
{
    json_t *profile = profile_of("401241100873");

    (void)state;
    for (size_t i = 0; i < COUNT(receivers); i++) {
        Answers answers = { 0 };

        if (receivers[i].receiver)
            assert_true(answers_set(&answers, "receiver", str_from(receivers[i].receiver)));
        if (receivers[i].place)
            assert_true(answers_set(&answers, "place", str_from(receivers[i].place)));
        json_t *values = make_for("certificate-of-study", "receiver", profile, &answers, receivers[i].language);
        assert_string_equal(value(values, "receiver"), receivers[i].sentence);
        json_decref(values);
    }
    json_decref(profile);
}

/* Days and numbers stand in it as its language writes them; an answer that is not there leaves nothing. */
static void a_sentence_has_other_answers_in_it(void **state)
{
    static const struct {
        const char *host, *from, *hours;
        Language language;
        const char *sentence;
    } cases[] = {
        { "Samarqand shahar kutubxonasi", "2026-12-07", "6", LANGUAGE_UZ,
          "“Samarqand shahar kutubxonasi” tashkilotidagi amaliyot uchun berildi: boshlanishi 2026-yil 7-dekabr, "
          "haftasiga 6 soat." },
        { "Acme", "2026-12-07", "12", LANGUAGE_EN,
          "Issued to “Acme” for a placement from 7 December 2026, 12 hours a week." },
        { "Acme", NULL, "12", LANGUAGE_EN, "Issued to “Acme” for a placement from , 12 hours a week." },
    };
    json_t *profile = profile_of("401241100873");

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Answers answers = { 0 };
        char seen[256];

        assert_true(answers_set(&answers, "kind", STR("work")));
        assert_true(answers_set(&answers, "days", STR("tue,fri")));
        assert_true(answers_set(&answers, "host", str_from(cases[i].host)));
        assert_true(answers_set(&answers, "from", str_from(cases[i].from)));
        assert_true(answers_set(&answers, "hours", str_from(cases[i].hours)));
        json_t *values = make_for("form-kinds", "receiver", profile, &answers, cases[i].language);
        plain(value(values, "receiver"), seen, sizeof seen);
        assert_string_equal(seen, cases[i].sentence);
        json_decref(values);
    }
    json_decref(profile);
}

static void a_foreigner_has_a_country_and_no_pinfl(void **state)
{
    static const struct {
        const char *code, *country, *in_uz, *in_en;
    } cases[] = {
        { "12", "IN", "Hindiston", "India" },
        { "12", "TR", "Turkiya", "Türkiye" },
        { "12", "ZZ", "Xorijiy davlat fuqarosi", "Foreign citizen" },
        { "13", "", "Fuqaroligi boʻlmagan shaxs", "Stateless person" },
    };
    json_t *profile = foreigner();

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        json_t *citizenship = json_object_get(profile, "citizenship");

        json_object_set_new(citizenship, "code", json_string(cases[i].code));
        json_object_set_new(citizenship, "country", json_string(cases[i].country));
        json_t *uz = make("student.citizenship", profile, LANGUAGE_UZ);
        assert_string_equal(missing, "");
        json_t *en = make("student.citizenship student.pinfl", profile, LANGUAGE_EN);
        assert_string_equal(missing, "student.pinfl");
        assert_string_equal(value(uz, "student.citizenship"), cases[i].in_uz);
        assert_string_equal(value(en, "student.citizenship"), cases[i].in_en);
        assert_null(json_object_get(en, "student.pinfl"));
        json_decref(uz);
        json_decref(en);
    }
    json_decref(profile);
}

static void every_student_has_what_every_paper_needs(void **state)
{
    size_t i;
    json_t *student;

    (void)state;
    json_array_foreach(json_object_get(demo.university, "students"), i, student)
    {
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            json_t *values = make(PROFILE_FIELDS OTHER_FIELDS, json_object_get(student, "profile"), (Language)language);
            const char *name;
            json_t *text;

            if (missing[0])
                fail_msg("student %zu lacks %s", i, missing);
            json_object_foreach(values, name, text)
            {
                if (!field_known(name) || json_string_length(text) == 0)
                    fail_msg("%s: unknown or empty", name);
            }
            json_decref(values);
        }
    }
}

static void what_a_record_lacks_is_named(void **state)
{
    static const struct {
        const char *member, *to, *missing;
    } cases[] = {
        { "names", "{}", "student.name" },
        { "birth_date", "\"2006-02-30\"", "student.birth_date" },
        { "birth_date", "null", "student.birth_date" },
        { "education_type", "\"99\"", "study.type" },
        { "education_form", "true", "study.form" },
        { "year", "null", "study.year" },
        { "faculty", "{}", "faculty.name" },
        { "citizenship", "{}", "student.citizenship" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        json_t *profile = profile_of("401241100873");

        json_object_set_new(profile, cases[i].member, json_loads(cases[i].to, JSON_DECODE_ANY, NULL));
        json_t *values = make(PROFILE_FIELDS, profile, LANGUAGE_UZ);
        if (strcmp(missing, cases[i].missing) != 0)
            fail_msg("%s %s: %s is missing", cases[i].member, cases[i].to, missing);
        assert_null(json_object_get(values, cases[i].missing));
        json_decref(values);
        json_decref(profile);
    }
}

static void a_copy_has_its_own_fields(void **state)
{
    json_t *values = json_object();
    Error err = { 0 };

    (void)state;
    assert_ok(fields_add_copy(values, 2, "1-bino, 1-qavat", &err), err);
    assert_string_equal(value(values, "copy.n"), "2");
    assert_string_equal(value(values, "kiosk.place"), "1-bino, 1-qavat");
    assert_true(field_known("copy.n") && field_known("kiosk.place"));
    assert_false(field_known("student.password") || field_known("") || field_known("student"));
    json_decref(values);
}

static void a_masked_name_tells_two_letters_of_each(void **state)
{
    static const struct {
        const char *surname, *given, *masked;
    } cases[] = {
        { "Karimova", "Dilnoza", "K*****a D*****a" },
        { "Li", "Yu", "L***** Y*****" },
        { "Oʻrinboyev", "Shoʻxrat", "O*****v S*****t" },
        { "Ёқубов", "Ғайрат", "Ё*****в Ғ*****т" },
        { "Singh", "", "S*****h" },
        { "", "", "" },
        { "G`ulomova ", " Dilnoza", "G*****a D*****a" }, /* as it stands on the paper */
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        json_t *profile = json_pack("{s:s, s:s}", "surname", cases[i].surname, "given", cases[i].given);
        char masked[96];

        fields_mask_holder(profile, LANGUAGE_UZ, masked, sizeof masked);
        assert_string_equal(masked, cases[i].masked);
        json_decref(profile);
    }
}

static void the_seals_holder_is_the_latin_name(void **state)
{
    json_t *profile = profile_of("401241100873");
    char holder[96];

    (void)state;
    assert_true(fields_holder(profile, LANGUAGE_UZ, holder, sizeof holder));
    assert_string_equal(holder, "Karimova Dilnoza Baxtiyor qizi");
    json_object_del(profile, "names");
    assert_false(fields_holder(profile, LANGUAGE_UZ, holder, sizeof holder));
    assert_string_equal(holder, "");
    json_decref(profile);
}

/* As the sources mix them: O'ktam, G`ulom, Mas'ud; papers and seals have the alphabet's own. */
static void names_stand_on_papers_with_right_apostrophes(void **state)
{
    json_t *profile = profile_of("401241100873");
    char holder[96];

    (void)state;
    json_object_set_new(profile, "surname", json_string("G`ulomova "));
    json_object_set_new(profile, "names",
                        json_pack("{s:s, s:s}", "uz", "G`ulomova  O'g'iloy Mas‘ud qizi", "ru", "Гуломова Угилой"));
    assert_true(fields_holder(profile, LANGUAGE_UZ, holder, sizeof holder));
    assert_string_equal(holder, "Gʻulomova Oʻgʻiloy Masʼud qizi");
    json_t *uzbek = make("student.name student.surname", profile, LANGUAGE_UZ);
    json_t *russian = make("student.name", profile, LANGUAGE_RU);
    assert_string_equal(value(uzbek, "student.name"), holder);
    assert_string_equal(value(uzbek, "student.surname"), "Gʻulomova");
    assert_string_equal(value(russian, "student.name"), "Гуломова Угилой");
    json_decref(uzbek);
    json_decref(russian);
    json_decref(profile);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_says_it_in_the_papers_language),
        cmocka_unit_test(the_address_has_phone_and_mail_below),
        cmocka_unit_test(the_receiver_is_a_whole_sentence),
        cmocka_unit_test(a_sentence_has_other_answers_in_it),
        cmocka_unit_test(a_foreigner_has_a_country_and_no_pinfl),
        cmocka_unit_test(every_student_has_what_every_paper_needs),
        cmocka_unit_test(what_a_record_lacks_is_named),
        cmocka_unit_test(a_copy_has_its_own_fields),
        cmocka_unit_test(a_masked_name_tells_two_letters_of_each),
        cmocka_unit_test(the_seals_holder_is_the_latin_name),
        cmocka_unit_test(names_stand_on_papers_with_right_apostrophes),
    };

    return cmocka_run_group_tests(tests, open_demo, close_demo);
}
