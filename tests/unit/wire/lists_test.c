#include "test.h"

#include <jansson.h>

#include "base/memory.h"
#include "wire/form.h"
#include "wire/json.h"
#include "wire/lists.h"

#define T4 "{\"uz\":\"A\",\"uz-Cyrl\":\"A\",\"ru\":\"A\",\"en\":\"A\"}"

static const char service_text[] =
    "{\"services\":[{\"id\":\"retake\",\"group\":\"applications\",\"icon\":\"doc\",\"order\":1,"
    "\"titles\":" T4 ",\"help\":" T4 ",\"whom\":" T4
    ",\"for\":[],\"source\":\"ours\",\"fee\":1000,\"fee_of\":\"subjects\","
    "\"promise\":{\"working_hours\":8},\"yields\":{\"application\":\"contract\"},\"through\":{\"units\":[\"dean\"]},"
    "\"form\":[{\"id\":\"subjects\",\"type\":\"several\",\"required\":true,\"least\":1,\"label\":" T4
    ",\"from\":\"debts\"},"
    "{\"id\":\"from\",\"type\":\"date\",\"label\":" T4 "},"
    "{\"id\":\"to\",\"type\":\"date\",\"after\":\"from\",\"label\":" T4 "},"
    "{\"id\":\"proof\",\"type\":\"paper\",\"label\":" T4 "},"
    "{\"id\":\"passport\",\"type\":\"passport\",\"label\":" T4 "}]}]}";

static const Date today = { 2026, 11, 22 };
static Catalogue *catalogue;
static Lists *lists;
static BoundService *bound;

static void add(const char *id, int64_t sum)
{
    ListItem *item = lists_add(lists);

    assert_non_null(item);
    str_copy_cut(str_from(id), item->id, sizeof item->id);
    for (Language l = 0; l < LANGUAGE_COUNT; l++)
        str_copy_cut(str_from(id), item->label[l], sizeof item->label[l]);
    item->sum = sum;
}

static int open_all(void **state)
{
    Error err = { 0 };

    (void)state;
    catalogue = catalogue_parse(str_from(service_text), &err);
    lists = mem_new(1, sizeof *lists);
    bound = mem_new(1, sizeof *bound);
    if (!catalogue || !lists || !bound)
        fail_msg("%s", err.text);
    assert_true(lists_begin(lists, "debts"));
    add("algebra-3", 500000);
    add("physics-4", 750000);
    assert_true(lists_begin(lists, "clubs"));
    add("chess", 0);
    service_bind(catalogue_at(catalogue, 0), lists, bound);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    mem_free(bound);
    mem_free(lists);
    catalogue_drop(catalogue);
    return 0;
}

static FormFault check(const char *answers_text, const char **ret_field)
{
    Answers answers;

    assert_true(answers_read(str_from(answers_text), &answers, NULL));
    return form_check(&bound->service, &answers, today, ret_field);
}

static void the_record_gives_the_choices(void **state)
{
    const char *field = "";

    (void)state;
    assert_int_equal(bound->service.fields[0].choice_count, 2);
    assert_string_equal(local_text(&bound->service.fields[0].choices[1].label, LANGUAGE_RU), "physics-4");
    assert_int_equal(check("{\"subjects\":\"algebra-3,physics-4\"}", &field), FORM_OK);
    assert_int_equal(check("{\"subjects\":\"chess\"}", &field), FORM_NOT_OFFERED);
    assert_string_equal(field, "subjects");
    assert_int_equal(check("{}", &field), FORM_MISSING);
}

static void nobody_told_a_list(void **state)
{
    static BoundService other;
    Answers answers = { 0 };

    (void)state;
    service_bind(catalogue_at(catalogue, 0), NULL, &other);
    assert_int_equal(other.service.fields[0].choice_count, 0);
    assert_true(answers_set(&answers, "subjects", STR("algebra-3")));
    assert_int_equal(form_check(&other.service, &answers, today, NULL), FORM_NOT_OFFERED);
}

static void what_is_chosen_is_paid(void **state)
{
    Answers answers = { 0 };

    (void)state;
    assert_true(service_costs(&bound->service));
    assert_int_equal(service_fee(&bound->service, &answers), 1000);
    assert_true(answers_set(&answers, "subjects", STR("physics-4")));
    assert_int_equal(service_fee(&bound->service, &answers), 751000);
    assert_true(answers_set(&answers, "subjects", STR("algebra-3,physics-4")));
    assert_int_equal(service_fee(&bound->service, &answers), 1251000);
}

static void a_date_is_not_before_the_other(void **state)
{
    const char *field = "";

    (void)state;
    assert_int_equal(check("{\"subjects\":\"algebra-3\",\"from\":\"2026-12-01\",\"to\":\"2026-12-01\"}", &field),
                     FORM_OK);
    assert_int_equal(check("{\"subjects\":\"algebra-3\",\"from\":\"2026-12-01\",\"to\":\"2026-11-30\"}", &field),
                     FORM_OUT_OF_RANGE);
    assert_string_equal(field, "to");
}

static void papers_and_passports(void **state)
{
    static const struct {
        const char *field, *value;
        FormFault fault;
    } cases[] = {
        { "proof", "window", FORM_OK },
        { "proof", "photo:01234567-89ab-cdef-0123-456789abcdef", FORM_OK },
        { "proof", "photo:01234567-89AB-cdef-0123-456789abcdef", FORM_NOT_OFFERED },
        { "proof", "photo:01234567-89ab-cdef-0123-456789abcde", FORM_NOT_OFFERED },
        { "proof", "photo:", FORM_NOT_OFFERED },
        { "proof", "home", FORM_NOT_OFFERED },
        { "passport", "AA1234567", FORM_OK },
        { "passport", "aa1234567", FORM_CHARACTERS },
        { "passport", "AA12", FORM_SHORT },
        { "passport", "AA12345678901234", FORM_LONG },
        { "passport", "AA 123456", FORM_CHARACTERS },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Answers answers = { 0 };
        const char *field = "";

        assert_true(answers_set(&answers, "subjects", STR("algebra-3")));
        assert_true(answers_set(&answers, cases[i].field, str_from(cases[i].value)));
        FormFault fault = form_check(&bound->service, &answers, today, &field);
        if (fault != cases[i].fault)
            fail_msg("%s: %d", cases[i].value, (int)fault);
    }
}

static void they_travel(void **state)
{
    static Lists read;
    OWNED(json_t) json = lists_write(lists, NULL);

    (void)state;
    assert_true(lists_read(json, &read, NULL));
    assert_int_equal(read.count, 2);
    assert_int_equal(read.item_count, 3);
    assert_memory_equal(&read.items[1], &lists->items[1], sizeof read.items[1]);
    assert_true(lists_read(NULL, &read, NULL));
    assert_int_equal(read.count, 0);
}

static void what_travels_is_checked(void **state)
{
    static const char *const cases[] = {
        "[]",
        "{\"debts\":1}",
        "{\"debts\":[1]}",
        "{\"debts\":[{\"id\":\"A\",\"label\":" T4 "}]}",
        "{\"debts\":[{\"id\":\"a\"}]}",
        "{\"debts\":[{\"id\":\"a\",\"label\":" T4 ",\"sum\":-1}]}",
        "{\"debts\":[{\"id\":\"a\",\"label\":" T4 "},{\"id\":\"a\",\"label\":" T4 "}]}",
    };
    static Lists read;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        OWNED(json_t) json = json_loads(cases[i], 0, NULL);
        Error err = { 0 };

        assert_non_null(json);
        assert_false(lists_read(json, &read, &err));
        assert_int_equal(err.code, ERR_PROTOCOL);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_record_gives_the_choices), cmocka_unit_test(nobody_told_a_list),
        cmocka_unit_test(what_is_chosen_is_paid),       cmocka_unit_test(a_date_is_not_before_the_other),
        cmocka_unit_test(papers_and_passports),         cmocka_unit_test(they_travel),
        cmocka_unit_test(what_travels_is_checked),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}
