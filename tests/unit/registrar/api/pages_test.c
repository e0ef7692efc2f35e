#include "registrar/api/pages.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "test.h"

#define FOLDER BINARY_DIR "/pages-test"

static void put(const char *name, const char *text)
{
    char path[512];
    Error error = { 0 };

    assert_ok(folder_make(FOLDER, 0755, &error), error);
    snprintf(path, sizeof path, FOLDER "/%s", name);
    assert_ok(file_write(path, 0644, str_from(text), &error), error);
}

/* A folder that is in order, with one file's text replaced. */
static void put_all(const char *changed, const char *text)
{
    static const char *const files[][2] = {
        { "check.html", "{{t:hello code}}" },
        { "home.html", "<b>{{code}}</b>" },
        { "sorry.html", "sorry" },
        { "phone.html", "phone" },
        { "photo.html", "photo" },
        { "ticket.html", "ticket" },
        { "card.html", "card" },
        { "grant.html", "grant" },
        { "part.html", "part" },
        { "page.css", "b{}" },
        { "texts.uz.json", "{\"hello\":\"salom, {0}\"}" },
        { "texts.ru.json", "{\"hello\":\"привет, {0}\"}" },
        { "texts.en.json", "{\"hello\":\"hello, {0}\"}" },
    };

    for (size_t i = 0; i < COUNT(files); i++)
        put(files[i][0], changed && strcmp(files[i][0], changed) == 0 ? text : files[i][1]);
}

static void assert_written(PageName name, Language language, const PageValues *values, const char *expected)
{
    Error error = { 0 };
    OWNED(Pages) pages = pages_load(FOLDER, 0, &error);
    OWNED_BUF text;

    buf_init(&text, 4096);
    if (!pages)
        fail_msg("%s", error.text);
    assert_ok(page_write(pages, name, language, values, &text, &error), error);
    assert_string_equal(buf_text(&text), expected);
}

static void test_writes(void **state UNUSED)
{
    static const struct {
        const char *template, *code, *expected;
    } cases[] = {
        { "a{{code}}b", "x", "axb" },
        { "a{{code}}b", NULL, "ab" },
        { "{{code}}", "<\"&'>", "&lt;&quot;&amp;&#39;&gt;" },
        { "{{#code}}yes{{/code}}no", "x", "yesno" },
        { "{{#code}}yes{{/code}}no", "", "no" },
        { "{{^code}}none{{/code}}", "", "none" },
        { "{{^code}}none{{/code}}!", "x", "!" },
        { "{{#code}}a{{^kind}}b{{/kind}}c{{/code}}d", "x", "abcd" },
        { "{{#code}}a{{^kind}}b{{/kind}}c{{/code}}d", NULL, "d" },
        { "{{#code}}{{/code}}{{#code}}x{{/code}}", "1", "x" },
        { "{{>part.html}}!", NULL, "part!" },
        { "{{*languages}}{{each-tag}} {{/languages}}!", NULL, "uz ru en !" },
        { "{{*languages}}{{each-short}}={{each-name}}{{#each-own}}*{{/each-own}},{{/languages}}", NULL,
          "Oʻz=Oʻzbekcha*,Рус=Русский,Eng=English," },
        { "{{#code}}{{*languages}}{{code}}{{/languages}}{{/code}}!{{each-tag}}", "x", "xxx!" },
        { "{{*languages}}{{/languages}}", NULL, "" },
        { "", NULL, "" },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        PageValues values = { .of = { [SLOT_CODE] = cases[i].code } };
        put_all("home.html", cases[i].template);
        assert_written(PAGE_HOME, LANGUAGE_UZ, &values, cases[i].expected);
    }
}

static void test_texts_are_filled_and_escaped(void **state UNUSED)
{
    PageValues values = { .of = { [SLOT_CODE] = "<7K3M>" } };

    put_all(NULL, NULL);
    assert_written(PAGE_CHECK, LANGUAGE_UZ, &values, "salom, &lt;7K3M&gt;");
    assert_written(PAGE_CHECK, LANGUAGE_RU, &values, "привет, &lt;7K3M&gt;");
}

static void test_refuses(void **state UNUSED)
{
    static const struct {
        const char *file, *text;
    } cases[] = {
        { "home.html", "{{nobody}}" },
        { "home.html", "{{t:nothing}}" },
        { "home.html", "{{t:hello nobody}}" },
        { "home.html", "{{t:hello code code code}}" },
        { "home.html", "{{#code}}" },
        { "home.html", "{{/code}}" },
        { "home.html", "{{#code}}{{/kind}}" },
        { "home.html", "{{#code}}{{#kind}}{{/code}}{{/kind}}" },
        { "home.html", "{{code" },
        { "home.html", "{{}}" },
        { "home.html", "{{>none.html}}" },
        { "home.html", "{{>../secret}}" },
        { "home.html", "{{>part.html" },
        { "page.css", "b{a:{{code}}}" },
        { "check.html", "the text is used by nobody" },
        { "texts.uz.json", "{\"hello\":\"salom\",\"unused\":\"x\"}" },
        { "texts.ru.json", "{}" },
        { "texts.ru.json", "{\"hello\":\"\"}" },
        { "texts.ru.json", "{\"hello\":1}" },
        { "texts.en.json", "{\"hello\":\"x\",\"more\":\"x\"}" },
        { "texts.en.json", "[]" },
        { "texts.en.json", "{" },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        Error error = { 0 };
        put_all(cases[i].file, cases[i].text);
        if (strcmp(cases[i].file, "page.css") == 0)
            put("home.html", "{{>page.css}}");
        OWNED(Pages) pages = pages_load(FOLDER, 0, &error);
        if (pages)
            fail_msg("%s: %s: not refused", cases[i].file, cases[i].text);
        assert_true(error.code == ERR_FORMAT || error.code == ERR_NOT_FOUND);
    }
}

/* The hash that "openssl dgst -sha256 -binary | base64" gives of "b{}" and "1". */
static void test_policy(void **state UNUSED)
{
    Error error = { 0 };

    put_all("home.html", "<style>{{>page.css}}</style><script>{{>x.js}}</script>");
    put("x.js", "1");
    OWNED(Pages) pages = pages_load(FOLDER, 0, &error);
    if (!pages)
        fail_msg("%s", error.text);
    assert_string_equal(
        page_policy(pages, PAGE_HOME),
        "default-src 'none'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        "style-src 'sha256-7yqHVAesot11p6HczDsgKRipvI5UPgs97z80zNXlans='; script-src "
        "'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='");
}

/* In the style, which the policy allows by its new hash, and in the mark of the tab. */
static void test_wears_the_universitys_colour(void **state UNUSED)
{
    Error error = { 0 };
    OWNED_BUF text, own;

    buf_init(&text, 4096);
    buf_init(&own, 4096);
    put_all("home.html", "<path fill='%230B4F5C'><style>{{>page.css}}</style>");
    put("page.css", "a{color:#0b4f5c;--c:#0e5a34}");
    OWNED(Pages) plain = pages_load(FOLDER, 0, &error);
    OWNED(Pages) pages = pages_load(FOLDER, 0xffd400, &error); /* a yellow that nobody could read */
    if (!plain || !pages)
        fail_msg("%s", error.text);
    assert_ok(page_write(pages, PAGE_HOME, LANGUAGE_UZ, &(PageValues){ 0 }, &text, &error), error);
    assert_ok(page_write(plain, PAGE_HOME, LANGUAGE_UZ, &(PageValues){ 0 }, &own, &error), error);
    assert_non_null(strstr(buf_text(&own), "#0b4f5c"));
    assert_null(strcasestr(buf_text(&text), "0b4f5c"));
    assert_non_null(strstr(buf_text(&text), "#0e5a34"));
    assert_string_not_equal(page_policy(plain, PAGE_HOME), page_policy(pages, PAGE_HOME));
    Rgb worn;
    assert_true(rgb_parse((Str){ strstr(buf_text(&text), "color:") + 6, 7 }, &worn));
    assert_true(rgb_contrast(worn, 0xffffff) >= 7 && rgb_contrast(worn, 0xf5f3ee) >= 7);
    assert_true(
        str_equal((Str){ strstr(buf_text(&text), "%23") + 3, 6 }, (Str){ strstr(buf_text(&text), "color:#") + 7, 6 }));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_writes),
        cmocka_unit_test(test_texts_are_filled_and_escaped),
        cmocka_unit_test(test_refuses),
        cmocka_unit_test(test_policy),
        cmocka_unit_test(test_wears_the_universitys_colour),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
