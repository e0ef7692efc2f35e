#include "paper.h"

static bool knows_some(const char *name)
{
    static const char *const known[] = { "student.name", "student.pinfl", "results", "results.subject",
                                         "results.credits" };

    for (size_t i = 0; i < COUNT(known); i++)
        if (strcmp(known[i], name) == 0)
            return true;
    return false;
}

#define HEAD     "{\"id\":\"t\",\"page\":\"A4\",\"register\":\"M\","
#define PAPER(b) HEAD "\"languages\":{\"uz\":{\"title\":\"T\",\"blocks\":[" b "]}}}"

static const struct {
    const char *name, *json, *words;
} refusals[] = {
    { "not JSON", "{", "line 1" },
    { "a key twice", "{\"id\":\"t\",\"id\":\"t\"}", "duplicate" },
    { "unknown key", "{\"id\":\"t\",\"colour\":1}", "colour: unknown key" },
    { "no id", "{\"page\":\"A4\"}", "id: missing" },
    { "other paper", "{\"id\":\"t\",\"page\":\"A5\"}", "page: unknown: A5" },
    { "no register", "{\"id\":\"t\",\"page\":\"A4\"}", "register: missing" },
    { "no languages", "{\"id\":\"t\",\"page\":\"A4\",\"register\":\"M\"}", "languages: missing" },
    { "unknown language", HEAD "\"languages\":{\"xx\":{}}}", "languages.xx: no such language" },
    { "no title", HEAD "\"languages\":{\"uz\":{\"blocks\":[]}}}", "languages.uz.title: missing" },
    { "no blocks", HEAD "\"languages\":{\"uz\":{\"title\":\"T\",\"blocks\":[]}}}",
      "languages.uz.blocks: not an array" },
    { "unknown block", PAPER("{\"block\":\"poem\"}"), "languages.uz.blocks[0].block: unknown: poem" },
    { "unknown block key", PAPER("{\"block\":\"paragraph\",\"text\":\"a\",\"role\":\"b\"}"),
      "languages.uz.blocks[0].role: unknown key" },
    { "words missing", PAPER("{\"block\":\"paragraph\"}"), "languages.uz.blocks[0].text: missing" },
    { "unknown field", PAPER("{\"block\":\"paragraph\",\"text\":\"{student.nam}\"}"),
      "languages.uz.blocks[0].text: unknown field {student.nam}" },
    { "field cut off", PAPER("{\"block\":\"paragraph\",\"text\":\"{student.name\"}"),
      "blocks[0].text: a brace without its fellow" },
    { "brace alone", PAPER("{\"block\":\"paragraph\",\"text\":\"a}\"}"), "blocks[0].text: a brace without its fellow" },
    { "empty field", PAPER("{\"block\":\"paragraph\",\"text\":\"{}\"}"), "blocks[0].text: a brace without its fellow" },
    { "field in a tag", PAPER("{\"block\":\"paragraph\",\"text\":\"<span size='{student.name}'>a</span>\"}"),
      "a field inside a tag" },
    { "broken markup", PAPER("{\"block\":\"paragraph\",\"text\":\"<b>a\"}"), "languages.uz.blocks[0].text: " },
    { "unknown tag", PAPER("{\"block\":\"paragraph\",\"text\":\"<blink>a</blink>\"}"),
      "languages.uz.blocks[0].text: " },
    { "capitals with markup", PAPER("{\"block\":\"letterhead\",\"name\":\"N\",\"ministry\":\"<b>M</b>\"}"),
      "blocks[0]: ministry" },
    { "height beyond the sheet", PAPER("{\"block\":\"paragraph\",\"text\":\"a\",\"at\":400}"),
      "blocks[0].at: not a number from" },
    { "no rows", PAPER("{\"block\":\"pairs\",\"rows\":[]}"), "blocks[0].rows: not an array" },
    { "row's field",
      PAPER("{\"block\":\"pairs\",\"rows\":[{\"label\":\"a\",\"value\":\"b\"},{\"label\":\"a\",\"value\":\"{x}\"}]}"),
      "languages.uz.blocks[0].rows[1].value: unknown field {x}" },
    { "row's style", PAPER("{\"block\":\"pairs\",\"rows\":[{\"label\":\"a\",\"value\":\"b\",\"style\":\"loud\"}]}"),
      "blocks[0].rows[0].style: unknown: loud" },
    { "condition's field",
      PAPER("{\"block\":\"pairs\",\"rows\":[{\"label\":\"a\",\"value\":\"b\",\"when_present\":\"x\"}]}"),
      "blocks[0].rows[0].when_present: unknown field {x}" },
    { "unknown list", PAPER("{\"block\":\"table\",\"rows\":\"debts\",\"columns\":[]}"),
      "blocks[0].rows: unknown field {debts}" },
    { "column's field",
      PAPER(
          "{\"block\":\"table\",\"rows\":\"results\",\"columns\":[{\"head\":\"a\",\"width\":20,\"text\":\"{mood}\"}]}"),
      "blocks[0].columns[0].text: unknown field {results.mood}" },
    { "column without width",
      PAPER("{\"block\":\"table\",\"rows\":\"results\",\"columns\":[{\"head\":\"a\",\"text\":\"{subject}\"}]}"),
      "blocks[0].columns[0]: missing width" },
    { "columns too wide",
      PAPER("{\"block\":\"table\",\"rows\":\"results\",\"columns\":[{\"head\":\"a\",\"width\":100,\"text\":\"{subject}"
            "\"},"
            "{\"head\":\"b\",\"width\":70,\"text\":\"{subject}\"}]}"),
      "columns are 170 mm wide" },
    { "two feet",
      PAPER("{\"block\":\"foot\",\"left\":\"a\",\"right\":\"b\"},{\"block\":\"foot\",\"left\":\"a\",\"right\":\"b\"}"),
      "languages.uz.blocks: a letterhead, number, check or foot stands there twice" },
    { "unknown sealed field", HEAD "\"sealed\":{\"shoe\":\"student.name\"}}", "sealed.shoe: no such sealed field" },
    { "sealed field's field", HEAD "\"sealed\":{\"year\":\"x\"}}", "sealed.year: unknown field {x}" },
    { "figures in a column, none sealed",
      PAPER("{\"block\":\"table\",\"rows\":\"results\",\"columns\":[{\"head\":\"a\",\"width\":20,\"align\":\"figures\","
            "\"text\":\"1\"}]}"),
      "sealed: missing, and the paper shows figures" },
    { "figures by name, none sealed",
      PAPER("{\"block\":\"table\",\"rows\":\"results\",\"columns\":[{\"head\":\"a\",\"width\":20,\"text\":\"{credits}"
            "\"}]}"),
      "sealed: missing, and the paper shows figures" },
};

static void refuses(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refusals); i++) {
        Error err = { 0 };
        OWNED(Template) template = template_parse(str_from(refusals[i].json), knows_some, &err);

        if (template || !strstr(err.text, refusals[i].words))
            fail_msg("%s: %s", refusals[i].name, template ? "taken" : err.text);
        assert_int_equal(err.code, ERR_FORMAT);
    }
}

static void takes(void **state)
{
    static const char json[] = HEAD "\"pages\":2,\"sealed\":{\"credits\":\"student.pinfl\",\"year\":\"student.name\"},"
                                    "\"languages\":{\"uz\":{\"title\":\"Nomi\","
                                    "\"blocks\":[{\"block\":\"table\",\"rows\":\"results\",\"columns\":[{\"head\":"
                                    "\"a\",\"width\":20,\"align\":\"figures\","
                                    "\"text\":\"{credits}\"}]}]}}}";
    Error err = { 0 };
    OWNED(Template) template = template_parse(STR(""), knows_some, &err);
    OWNED(Template) other = template_parse(str_from(json), knows_some, &err);
    const char *field;

    (void)state;
    assert_null(template);
    assert_non_null(other);
    assert_string_equal(template_id(other), "t");
    assert_string_equal(template_register(other), "M");
    assert_int_equal(strlen(template_version(other)), 16);
    assert_true(template_has_language(other, LANGUAGE_UZ));
    assert_false(template_has_language(other, LANGUAGE_EN));
    assert_string_equal(template_title(other, LANGUAGE_EN), "Nomi");
    assert_int_equal(template_sealed_count(other), 2);
    assert_int_equal(template_sealed_at(other, 0, &field), SEAL_FIELD_CREDITS);
    assert_string_equal(field, "student.pinfl");
    assert_int_equal(template_sealed_at(other, 1, &field), SEAL_FIELD_YEAR);
}

/* Every text of the certificate cut short or with a byte changed is refused or taken, never more. */
static void survives_damage(void **state)
{
    OWNED_BUF json;
    Error err = { 0 };
    GRand *random = g_rand_new_with_seed(17);

    (void)state;
    buf_init(&json, 1u << 20);
    assert_true(file_read(TEMPLATE, &json, &err));
    for (int i = 0; i < 400; i++) {
        size_t at = (size_t)g_rand_int_range(random, 0, (gint32)json.len);
        char old = json.data[at];
        Template *template;

        json.data[at] = (char)g_rand_int_range(random, 1, 128);
        template = template_parse((Str){ json.data, i % 4 ? json.len : at }, paper_knows, &err);
        template_free(template);
        json.data[at] = old;
    }
    g_rand_free(random);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses),
        cmocka_unit_test(takes),
        cmocka_unit_test(survives_damage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
