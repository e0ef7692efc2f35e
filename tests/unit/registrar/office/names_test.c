#include "fixture.h"

#include "registrar/office/names.h"
#include "registrar/store/acts.h"
#include "registrar/store/names.h"

/* Numbers that were told, one after another. */
typedef struct Told {
    char text[1024];
} Told;

static void add(Told *told, const char *text)
{
    size_t length = strlen(told->text);

    snprintf(told->text + length, sizeof told->text - length, "%s%s", length ? " " : "", text);
}

static bool tell(void *ctx, const StudentName *student, Error *err)
{
    (void)err;
    add(ctx, student->number);
    return true;
}

static bool tell_doubt(void *ctx, const DoubtfulName *name, Error *err)
{
    char line[200];

    (void)err;
    snprintf(line, sizeof line, "%s/%s/%x", name->student.number, name->part, name->anomalies);
    add(ctx, line);
    return true;
}

static json_t *person(const char *number, const char *uz, const char *cyrillic, const char *ru)
{
    json_t *students = fixture_people();
    json_t *student = json_deep_copy(json_array_get(students, 0));
    json_t *profile = json_object_get(student, "profile");

    json_object_set_new(student, "number", json_string(number));
    json_object_del(profile, "surname");
    json_object_del(profile, "given");
    json_object_set_new(profile, "patronymic", json_string("Olim"));
    json_object_set_new(profile, "names", json_pack("{s:s, s:s, s:s}", "uz", uz, "uz-Cyrl", cyrillic, "ru", ru));
    json_decref(students);
    return student;
}

#define OKTAM  "401241100011"
#define HASAN  "401241100012"
#define TSOY   "401241100013"
#define HASAN2 "401241100014"

static void open_with_people(OfficeFixture *fixture)
{
    json_t *more = json_array();

    fixture_open(fixture);
    json_array_append_new(more, person(OKTAM, "O'ktamov G`ulom Masʼud oʻgʻli", "Ўктамов Ғулом Масъуд ўғли", "Уктамов"));
    json_array_append_new(more, person(HASAN, "Xasanov Baxtiyor", "Хасанов Бахтиёр", "Хасанов Бахтиер"));
    json_array_append_new(more, person(TSOY, "Tsоy Yelena", "Цой Елена", "Цой Елена")); /* a Cyrillic о */
    json_array_append_new(more, person(HASAN2, "Hasanova Dilnoza", "Ҳасанов Дилноза", "Хасанова Дильноза"));
    fixture_import(fixture, more);
    json_decref(more);
}

static void expect_found(OfficeFixture *fixture, const char *typed, const char *expected)
{
    Told told = { "" };
    Error err = { 0 };

    assert_ok(names_search(fixture->office, typed, "test", tell, &told, &err), err);
    if (strcmp(told.text, expected) != 0)
        fail_msg("%s: %s, not %s", typed, told.text, expected);
}

static void finds_however_a_name_is_spelled(void **state)
{
    static const struct {
        const char *typed, *found;
    } cases[] = {
        { "Oʻktamov", OKTAM },
        { "oktam", OKTAM },
        { "Ўктам ғул", OKTAM },
        { "УКТАМОВ", OKTAM }, /* as the Russian spelling has it */
        { "o'ktamov masud gulom", OKTAM },
        { "o'ktamov masud gulom ogli", OKTAM }, /* more words than the store narrows by */
        { "o'ktamov masud gulom vali", "" },
        { "Khasanov", HASAN " " HASAN2 }, /* Hasanova too */
        { "Хасанов Бахтиёр", HASAN },
        { "bahtier hasanov", HASAN },
        { "Tsoy", TSOY },
        { "цой elena", TSOY },
        { "dilnoza hasanova", HASAN2 },
        /* ь is nothing: the Russian spelling finds everybody of that name */
        { "Дильноза", FIXTURE_DILNOZA " " FIXTURE_LEFT " " FIXTURE_WEAK " " HASAN2 },
        { "imova", "" },
        { "%", NULL },
        { "", NULL },
        { "- '", NULL },
    };
    OfficeFixture fixture;
    Error err = { 0 };

    (void)state;
    open_with_people(&fixture);
    for (size_t i = 0; i < COUNT(cases); i++) {
        Told told = { "" };
        if (!cases[i].found)
            assert_refused(names_search(fixture.office, cases[i].typed, "test", tell, &told, &err), ERR_ARGUMENT, err);
        else
            expect_found(&fixture, cases[i].typed, cases[i].found);
    }
    fixture_close(&fixture);
}

static bool forget_words(StoreTransaction *transaction, void *arg, Error *err)
{
    const int *folding = arg;

    for (int64_t student = 1; student <= 7; student++)
        if (!names_put(transaction, student, STR("nobody"), *folding, err))
            return false;
    return true;
}

static bool count_acts(StoreTransaction *transaction, void *arg, Error *err)
{
    return acts_count(transaction, "office", arg, err);
}

/* As after an update of the registrar, or of the folding. */
static void words_of_another_folding_are_made_anew(void **state)
{
    OfficeFixture fixture;
    int folding = NAME_FOLD_VERSION - 1;
    int64_t before, after;
    Error err = { 0 };

    (void)state;
    open_with_people(&fixture);
    assert_ok(store_write(fixture.store, forget_words, &folding, &err), err);
    assert_ok(store_read(fixture.store, count_acts, &before, &err), err);
    expect_found(&fixture, "nobody", "");
    expect_found(&fixture, "oktam", OKTAM);
    assert_ok(store_read(fixture.store, count_acts, &after, &err), err);
    assert_int_equal(after - before, 2); /* an act each search */
    folding = NAME_FOLD_VERSION;         /* of this folding: believed */
    assert_ok(store_write(fixture.store, forget_words, &folding, &err), err);
    expect_found(&fixture, "oktam", "");
    fixture_close(&fixture);
}

static void doubtful_names_are_told(void **state)
{
    OfficeFixture fixture;
    Told told = { "" };
    Error err = { 0 };
    size_t students;
    char expected[400];

    (void)state;
    open_with_people(&fixture);
    snprintf(expected, sizeof expected, OKTAM "/uz/%x " TSOY "/uz/%x " HASAN2 "/uz-Cyrl/%x",
             1u << NAME_WRONG_APOSTROPHE, 1u << NAME_MIXED_SCRIPTS, 1u << NAME_SCRIPTS_DISAGREE);
    assert_ok(names_doubtful(fixture.office, "test", tell_doubt, &told, &students, &err), err);
    assert_string_equal(told.text, expected);
    assert_int_equal(students, 7);
    fixture_close(&fixture);
}

static void a_citizen_without_patronymic_is_told(void **state)
{
    OfficeFixture fixture;
    json_t *more = json_array();
    Told told = { "" };
    Error err = { 0 };
    size_t students;
    char expected[64];

    (void)state;
    fixture_open(&fixture);
    json_array_append_new(more, person(HASAN, "Xasanov Baxtiyor", "", ""));
    json_object_del(json_object_get(json_array_get(more, 0), "profile"), "patronymic");
    fixture_import(&fixture, more);
    json_decref(more);
    snprintf(expected, sizeof expected, HASAN "/record/%x", 1u << NAME_NO_PATRONYMIC);
    assert_ok(names_doubtful(fixture.office, "test", tell_doubt, &told, &students, &err), err);
    assert_string_equal(told.text, expected);
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_however_a_name_is_spelled),
        cmocka_unit_test(words_of_another_folding_are_made_anew),
        cmocka_unit_test(doubtful_names_are_told),
        cmocka_unit_test(a_citizen_without_patronymic_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
