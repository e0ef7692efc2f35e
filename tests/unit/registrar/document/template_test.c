#include "paper.h"

static bool knows_some(const char *name)
{
    static const char *const known[] = { "student.name",    "student.pinfl",   "student.photo",    "results",
                                         "results.subject", "results.credits", "results.semester", "semesters",
                                         "semesters.title", "semesters.hours" };

    for (size_t i = 0; i < COUNT(known); i++)
        if (strcmp(known[i], name) == 0)
            return true;
    return false;
}

#define HEAD     "{\"id\":\"t\",\"page\":\"A4\",\"register\":\"M\","
#define BODY(b)  "\"languages\":{\"uz\":{\"title\":\"T\",\"blocks\":[" b "]}}}"
#define PAPER(b) HEAD BODY(b)
#define CARD(b)  "{\"id\":\"t\",\"page\":\"card\",\"register\":\"M\"," BODY(b)
#define TABLE(more)                                                                                                    \
    PAPER(                                                                                                             \
        "{\"block\":\"table\",\"rows\":\"results\",\"columns\":[{\"head\":\"a\",\"width\":20,\"text\":\"{subject}\"}," \
        "{\"head\":\"b\",\"width\":20,\"text\":\"1\"}]," more "}")

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
    { "an address that is none", PAPER("{\"block\":\"link\",\"address\":\"http://a.uz\",\"text\":\"a\"}"),
      "blocks[0]: address: wants https:// and a host" },
    { "an address with a path", PAPER("{\"block\":\"link\",\"address\":\"https://a.uz/b\",\"text\":\"a\"}"),
      "blocks[0]: address: wants https:// and a host" },
    { "an address of a field", PAPER("{\"block\":\"link\",\"address\":\"https://{student.name}\",\"text\":\"a\"}"),
      "blocks[0]: address: wants https:// and a host" },
    { "an address of nothing", PAPER("{\"block\":\"link\",\"address\":\"https://\",\"text\":\"a\"}"),
      "blocks[0]: address: a host of 1 to 32 letters" },
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
    { "a group's field", TABLE("\"group\":\"mood\",\"group_text\":\"a\""),
      "blocks[0].group: unknown field {results.mood}" },
    { "a group without words", TABLE("\"group\":\"semester\""), "blocks[0].group_text: missing" },
    { "words of no group", TABLE("\"group_text\":\"a\""), "blocks[0].group_text: without a group" },
    { "a sum of no group", TABLE("\"subtotal\":[{\"column\":0,\"text\":\"a\"}]"),
      "blocks[0].subtotal: without a group" },
    { "groups' unknown list", TABLE("\"group\":\"semester\",\"group_text\":\"a\",\"group_rows\":\"years\""),
      "blocks[0].group_rows: unknown field {years}" },
    { "a sum's field",
      TABLE(
          "\"group\":\"semester\",\"group_text\":\"{title}\",\"group_rows\":\"semesters\",\"subtotal\":[{\"column\":0,"
          "\"text\":\"{hours}\"},{\"column\":1,\"text\":\"{subject}\"}]"),
      "blocks[0].subtotal[1].text: unknown field {semesters.subject}" },
    { "a sum in no column", TABLE("\"total\":[{\"column\":2,\"text\":\"a\"}]"),
      "blocks[0].total[0].column: not a number from 0 to 1" },
    { "a sum between columns", TABLE("\"total\":[{\"column\":0.5,\"text\":\"a\"}]"),
      "blocks[0].total[0].column: not a whole number" },
    { "a sum without a column", TABLE("\"total\":[{\"text\":\"a\"}]"), "blocks[0].total[0].column: missing" },
    { "a column's sum twice", TABLE("\"total\":[{\"column\":1,\"text\":\"a\"},{\"column\":1,\"text\":\"b\"}]"),
      "blocks[0].total[1].column: a column twice" },
    { "a total's field is no row's", TABLE("\"total\":[{\"column\":1,\"text\":\"{subject}\"}]"),
      "blocks[0].total[0].text: unknown field {subject}" },
    { "a table's size", TABLE("\"size\":\"tiny\""), "blocks[0].size: unknown: tiny" },
    { "three columns of pairs",
      PAPER("{\"block\":\"pairs\",\"columns\":3,\"rows\":[{\"label\":\"a\",\"value\":\"b\"}]}"),
      "blocks[0].columns: not a number from 1 to 2" },
    { "a strip of nothing", PAPER("{\"block\":\"figures\",\"cells\":[]}"), "blocks[0].cells: not an array of 1 to 8" },
    { "a figure without a value", PAPER("{\"block\":\"figures\",\"cells\":[{\"label\":\"a\"}]}"),
      "blocks[0].cells[0].value: missing" },
    { "a fraction without a result", PAPER("{\"block\":\"fraction\",\"name\":\"a\",\"over\":\"1\",\"under\":\"2\"}"),
      "blocks[0].result: missing" },
    { "seven signatures", PAPER("{\"block\":\"signatures\",\"rows\":[{},{},{},{},{},{},{}]}"),
      "blocks[0].rows: not an array of 1 to 6" },
    { "a signature's key", PAPER("{\"block\":\"signatures\",\"rows\":[{\"role\":\"a\",\"name\":\"b\",\"at\":20}]}"),
      "blocks[0].rows[0].at: unknown key" },
    { "a stamp by nothing", PAPER("{\"block\":\"stamp\",\"text\":\"a\"},{\"block\":\"turn\"}"),
      "a stamp has neither a place nor a signature after it" },
    { "a box off the page", PAPER("{\"block\":\"box\",\"x\":180,\"y\":20,\"width\":40,\"text\":\"a\"}"),
      "blocks[0].width: not a number from 4 to 20" },
    { "a box without a place", PAPER("{\"block\":\"box\",\"width\":40,\"text\":\"a\"}"), "blocks[0].x: missing" },
    { "a box of huge type", PAPER("{\"block\":\"box\",\"x\":20,\"y\":20,\"width\":40,\"text\":\"a\",\"size\":60}"),
      "blocks[0].size: not a number from 5 to 24" },
    { "a panel's shade", PAPER("{\"block\":\"panel\",\"x\":20,\"y\":20,\"width\":40,\"height\":5,\"shade\":\"pink\"}"),
      "blocks[0].shade: unknown: pink" },
    { "a photo of words", PAPER("{\"block\":\"photo\",\"x\":20,\"y\":20,\"width\":30,\"height\":40,\"image\":\"me\"}"),
      "blocks[0].image: not one field in braces" },
    { "a photo of a name",
      PAPER("{\"block\":\"photo\",\"x\":20,\"y\":20,\"width\":30,\"height\":40,\"image\":\"{student.name}\"}"),
      "blocks[0].image: not the field of a picture" },
    { "a picture among words", PAPER("{\"block\":\"paragraph\",\"text\":\"{student.photo}\"}"),
      "blocks[0].text: a picture is no word" },
    { "text flows on a card", CARD("{\"block\":\"paragraph\",\"text\":\"a\"}"),
      "blocks[0]: text does not flow on a card" },
    { "a box at a card's edge", CARD("{\"block\":\"box\",\"x\":1,\"y\":20,\"width\":40,\"text\":\"a\"}"),
      "blocks[0].x: not a number from 2 to 83.6" },
    { "a photo over a card's edge",
      CARD("{\"block\":\"photo\",\"x\":60,\"y\":4,\"width\":30,\"height\":40,\"image\":\"{student.photo}\"}"),
      "blocks[0].width: not a number from 10 to 25.6" },
    { "a code of modules too small", CARD("{\"block\":\"check\",\"x\":4,\"y\":4,\"size\":20}"),
      "blocks[0].size: not a number from 35.1 to 46" },
    { "a code off the card", CARD("{\"block\":\"check\",\"x\":4,\"y\":16,\"size\":40}"),
      "blocks[0]: a code of 40 mm does not end on the page" },
    { "a code with a place and words", CARD("{\"block\":\"check\",\"x\":4,\"y\":4,\"size\":40,\"head\":\"a\"}"),
      "blocks[0]: a code with a place of its own has no words" },
    { "a code without either", PAPER("{\"block\":\"check\"}"), "blocks[0]: missing head" },
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
