#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "registrar/console/content_doc.h"

static json_t *parse(const char *text)
{
    Error err = { 0 };
    json_t *json = json_read(str_from(text), &err);

    assert_non_null(json);
    return json;
}

static void assert_json(const json_t *json, const char *text)
{
    OWNED(json_t) wanted = parse(text);

    assert_true(json_equal(json, wanted));
}

/* --- forms -------------------------------------------------------------------------------------------------------- */

static void test_forms_are_read(void **state)
{
    OWNED(json_t) form = doc_form_read(STR("f:titles.uz=O%CA%BBqish&l:bring.ru=%D0%B0%0D%0A%D0%B1&act=keep&act=up&x="));

    (void)state;
    assert_non_null(form);
    assert_string_equal(doc_form_get(form, "f:titles.uz"), "Oʻqish");
    assert_string_equal(doc_form_get(form, "l:bring.ru"), "а\nб");
    assert_string_equal(doc_form_get(form, "act"), "keep");
    assert_string_equal(doc_form_get(form, "x"), "");
    assert_null(doc_form_get(form, "y"));
}

static void test_broken_forms_are_none(void **state)
{
    static const char *const broken[] = { "a=%0", "a=%zz", "a=%00", "a=%FF", "a=%1B", "%C0%80=a" };

    (void)state;
    for (size_t i = 0; i < COUNT(broken); i++)
        assert_null(doc_form_read(str_from(broken[i])));
}

/* --- paths -------------------------------------------------------------------------------------------------------- */

static void test_paths_lead_there(void **state)
{
    OWNED(json_t) doc = parse("{\"titles\":{\"uz-Cyrl\":\"а\"},\"form\":[{\"id\":\"x\"},{\"label\":{\"ru\":\"б\"}}]}");

    (void)state;
    assert_string_equal(doc_text(doc, "titles.uz-Cyrl"), "а");
    assert_string_equal(doc_text(doc, "form[1].label.ru"), "б");
    assert_string_equal(doc_text(doc, "form[0].id"), "x");
    assert_ptr_equal(doc_get(doc, ""), doc);
    static const char *const nowhere[] = {
        "form[2]", "form[-1]", "form[1", "form[x]", "titles[0]", "form.id", "a.b.c"
    };
    for (size_t i = 0; i < COUNT(nowhere); i++)
        assert_null(doc_get(doc, nowhere[i]));
}

static void test_values_are_set(void **state)
{
    OWNED(json_t) doc = parse("{\"form\":[{}]}");

    (void)state;
    assert_true(doc_set(doc, "promise.working_hours", json_integer(8)));
    assert_true(doc_set(doc, "form[0].label.uz", json_string("a")));
    assert_true(doc_set(doc, "form[1]", json_string("b")));
    assert_false(doc_set(doc, "form[9].label", json_string("c")));
    assert_false(doc_set(doc, "form[5]", json_string("d")));
    assert_json(doc, "{\"form\":[{\"label\":{\"uz\":\"a\"}},\"b\"],\"promise\":{\"working_hours\":8}}");
    doc_remove(doc, "form[0].label");
    doc_remove(doc, "promise");
    doc_remove(doc, "form[7]");
    assert_json(doc, "{\"form\":[{},\"b\"]}");
}

static void test_items_move(void **state)
{
    OWNED(json_t) doc = parse("{\"blocks\":[1,2,3]}");

    (void)state;
    doc_move(doc, "blocks[2]", -1);
    assert_json(doc, "{\"blocks\":[1,3,2]}");
    doc_move(doc, "blocks[0]", -1);
    doc_move(doc, "blocks[2]", 1);
    doc_move(doc, "blocks[9]", 1);
    doc_move(doc, "nothing", 1);
    assert_json(doc, "{\"blocks\":[1,3,2]}");
    doc_move(doc, "blocks[0]", 1);
    assert_json(doc, "{\"blocks\":[3,1,2]}");
}

static void test_paths_are_split(void **state)
{
    static const struct {
        const char *path, *parent, *key;
    } cases[] = { { "fee", "", "fee" },
                  { "titles.uz", "titles", "uz" },
                  { "form[2]", "form", "2" },
                  { "form[2].label", "form[2]", "label" } };
    char parent[DOC_PATH_SIZE], key[DOC_PATH_SIZE];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        doc_split(cases[i].path, parent, key);
        assert_string_equal(parent, cases[i].parent);
        assert_string_equal(key, cases[i].key);
    }
}

/* --- comparing ---------------------------------------------------------------------------------------------------- */

static void test_differences_are_told(void **state)
{
    OWNED(json_t) before = parse("{\"fee\":0,\"off\":true,\"titles\":{\"uz\":\"a\",\"ru\":\"b\"}}");
    OWNED(json_t) after = parse("{\"fee\":5,\"titles\":{\"uz\":\"a\",\"ru\":\"c\"},\"bring\":[{\"uz\":\"d\"}]}");
    OWNED(json_t) rows = doc_differences(before, after);

    (void)state;
    assert_json(rows, "[{\"path\":\"fee\",\"before\":\"0\",\"after\":\"5\"},"
                      "{\"path\":\"titles.ru\",\"before\":\"b\",\"after\":\"c\"},"
                      "{\"path\":\"bring[0].uz\",\"before\":\"\",\"after\":\"d\"},"
                      "{\"path\":\"off\",\"before\":\"true\",\"after\":\"\"}]");
    OWNED(json_t) same = doc_differences(after, after);
    assert_int_equal(json_array_size(same), 0);
    OWNED(json_t) first = doc_differences(NULL, before);
    assert_int_equal(json_array_size(first), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms_are_read),       cmocka_unit_test(test_broken_forms_are_none),
        cmocka_unit_test(test_paths_lead_there),     cmocka_unit_test(test_values_are_set),
        cmocka_unit_test(test_items_move),           cmocka_unit_test(test_paths_are_split),
        cmocka_unit_test(test_differences_are_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
