/* What a template tells of the fields that it shows, and what it finds missing. */
#include "paper.h"

static bool knows(const char *name)
{
    return name[0] != 'x';
}

static bool never(const char *name UNUSED)
{
    return false;
}

static bool of_staff(const char *name)
{
    return !strncmp(name, "staff.", 6);
}

#define IN_UZ(blocks)                                                                                                  \
    "{\"id\":\"t\",\"page\":\"A4\",\"register\":\"M\",\"sealed\":{\"sum\":\"a.sealed\",\"gpa\":\"b.given\"},"          \
    "\"languages\":{\"uz\":{\"title\":\"T\",\"blocks\":[" blocks "]},"                                                 \
    "\"en\":{\"title\":\"T\",\"blocks\":[{\"block\":\"paragraph\",\"text\":\"{only.en} {page}\"}]}}}"

static const char paper[] =
    IN_UZ("{\"block\":\"paragraph\",\"text\":\"{a.name} {a.name} {staff.word}\"},"
          "{\"block\":\"pairs\",\"rows\":["
          "{\"label\":\"l\",\"value\":\"{a.maybe}\",\"when_present\":\"a.maybe\"},"
          "{\"label\":\"l\",\"value\":\"{a.instead}\",\"when_absent\":\"a.maybe\"}]},"
          "{\"block\":\"paragraph\",\"when_present\":\"b.given\",\"text\":\"{b.then} {b.given}\"},"
          "{\"block\":\"signatures\",\"rows\":[{\"role\":\"r\",\"name\":\"{c.who}\",\"when_present\":\"c.there\"}]},"
          "{\"block\":\"photo\",\"x\":20,\"y\":20,\"width\":30,\"height\":40,\"image\":\"{a.photo}\",\"none\":\"-\"},"
          "{\"block\":\"table\",\"rows\":\"d.rows\",\"columns\":[{\"head\":\"{d.head}\",\"text\":\"{cell}\","
          "\"width\":20}],\"total\":[{\"column\":0,\"text\":\"{d.total}\"}]}");

/* All that the paper in Uzbek may ask for, whatever its conditions. */
#define WHOLE                                                                                                          \
    "{\"a.name\":\"n\",\"a.instead\":\"i\",\"a.sealed\":\"1\",\"d.rows\":[],\"d.head\":\"h\",\"d.total\":\"t\"%s}"

static Template *parsed(void)
{
    Error err = { 0 };
    Template *template = template_parse(str_from(paper), knows, &err);

    if (!template)
        fail_msg("%s", err.text);
    return template;
}

static size_t find(const Template *template, const char *name, TemplateUse *ret)
{
    size_t found = 0;

    for (size_t i = 0; i < template_use_count(template); i++) {
        const TemplateUse use = template_use_at(template, i);

        if (!strcmp(use.name, name) && found++ == 0)
            *ret = use;
    }
    return found;
}

static void each_field_is_told_where_it_stands(void **state)
{
    static const struct {
        const char *name;
        Language language;
        int block;
        bool guarded;
    } cases[] = {
        { "a.name", LANGUAGE_UZ, 0, false },      { "staff.word", LANGUAGE_UZ, 0, false },
        { "a.maybe", LANGUAGE_UZ, 1, true },      { "a.instead", LANGUAGE_UZ, 1, true },
        { "b.then", LANGUAGE_UZ, 2, true },       { "c.who", LANGUAGE_UZ, 3, true },
        { "a.photo", LANGUAGE_UZ, 4, false },     { "d.rows", LANGUAGE_UZ, 5, false },
        { "d.rows.cell", LANGUAGE_UZ, 5, false }, { "d.total", LANGUAGE_UZ, 5, false },
        { "only.en", LANGUAGE_EN, 0, false },
    };
    OWNED(Template) template = parsed();
    TemplateUse use = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        if (find(template, cases[i].name, &use) == 0)
            fail_msg("%s", cases[i].name);
        assert_int_equal(use.language, cases[i].language);
        assert_int_equal(use.block, cases[i].block);
        assert_int_equal(use.guarded, cases[i].guarded);
    }
    assert_int_equal(find(template, "a.name", &use), 1); /* once a block, however often */
    assert_int_equal(find(template, "page", &use), 0);
    assert_true(find(template, "a.sealed", &use) > 0);
}

static void what_would_be_shown_and_has_no_value_is_missing(void **state)
{
    static const struct {
        const char *name, *with, *without, *missing;
    } cases[] = {
        { "nothing", "", "", NULL },
        { "a field", "", "a.name", "a.name" },
        { "a list", "", "d.rows", "d.rows" },
        { "a head", "", "d.head", "d.head" },
        { "a total", "", "d.total", "d.total" },
        { "what is sealed", "", "a.sealed", "a.sealed" },
        { "what stands there instead", "", "a.instead", "a.instead" },
        { "what stood there instead", ",\"a.maybe\":\"m\"", "a.instead", NULL },
        { "what a condition brings", ",\"b.given\":\"g\"", "", "b.then" },
        { "what a row's condition brings", ",\"c.there\":\"t\"", "", "c.who" },
        { "an empty text is none", ",\"c.there\":\"\"", "", NULL },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        OWNED(Template) template = parsed();
        OWNED_BUF text;

        buf_init(&text, 1000);
        buf_add_format(&text, WHOLE, cases[i].with);
        json_t *values = json_loads(buf_text(&text), 0, NULL);
        assert_non_null(values);
        (void)json_object_del(values, cases[i].without);
        const char *missing = template_lacks(template, LANGUAGE_UZ, values, of_staff);
        if ((missing == NULL) != (cases[i].missing == NULL) || (missing && strcmp(missing, cases[i].missing) != 0))
            fail_msg("%s: %s is missing", cases[i].name, missing ? missing : "nothing");
        json_decref(values);
    }
}

static void what_comes_later_is_missing_only_when_it_should_be_there(void **state)
{
    OWNED(Template) template = parsed();
    OWNED_BUF text;

    (void)state;
    buf_init(&text, 1000);
    buf_add_format(&text, WHOLE, "");
    json_t *values = json_loads(buf_text(&text), 0, NULL);
    assert_null(template_lacks(template, LANGUAGE_UZ, values, of_staff));
    assert_string_equal(template_lacks(template, LANGUAGE_UZ, values, never), "staff.word");
    assert_string_equal(template_lacks(template, LANGUAGE_EN, values, never), "only.en");
    json_decref(values);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_field_is_told_where_it_stands),
        cmocka_unit_test(what_would_be_shown_and_has_no_value_is_missing),
        cmocka_unit_test(what_comes_later_is_missing_only_when_it_should_be_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
