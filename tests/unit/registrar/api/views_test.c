/* Views: templates of the console filled from JSON. */
#include "registrar/api/views.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "test.h"

#define FOLDER BINARY_DIR "/views-test"

static void put(const char *name, const char *text)
{
    char path[512];
    Error error = { 0 };

    assert_ok(folder_make(FOLDER "/console", 0755, &error), error);
    snprintf(path, sizeof path, FOLDER "/%s", name);
    assert_ok(file_write(path, 0644, str_from(text), &error), error);
}

static Pages *load(const char *template, Error *error)
{
    static const char *const pages[] = { "check", "home", "sorry", "phone", "photo", "ticket", "card", "grant" };

    for (size_t i = 0; i < COUNT(pages); i++) {
        char name[64];
        snprintf(name, sizeof name, "%s.html", pages[i]);
        put(name, "page");
    }
    put("texts.uz.json", "{}");
    put("console/list.texts.json", "{\"list.of\":{\"uz\":\"{1}: {0} <ta>\"},\"say.list\":{\"uz\":\"roʻyxat\"}}");
    put("console/list.css", "b{color:#0b4f5c}");
    put("console/_part.html", "({{title}})");
    put("console/list.html", template);
    return pages_load(FOLDER, 0, error);
}

static void assert_written(const char *template, const char *json, const char *expected)
{
    char whole[512];
    json_error_t fault;
    Error error = { 0 };
    OWNED_BUF text;

    snprintf(whole, sizeof whole, "%s{{#never}}{{t:list.of title title}}{{/never}}", template);
    OWNED(Pages) pages = load(whole, &error);
    if (!pages)
        fail_msg("%s", error.text);
    json_t *view = json_loads(json, 0, &fault);
    assert_non_null(view);
    buf_init(&text, 4096);
    if (expected) {
        assert_ok(view_write(pages, "list", LANGUAGE_UZ, view, &text, &error), error);
        assert_string_equal(buf_text(&text), expected);
    } else {
        assert_false(view_write(pages, "list", LANGUAGE_UZ, view, &text, &error));
    }
    json_decref(view);
}

static void values_are_escaped(void **state)
{
    (void)state;
    assert_written("<b title=\"{{title}}\">{{n}}</b>", "{\"title\":\"<a \\\"&'\",\"n\":7}",
                   "<b title=\"&lt;a &quot;&amp;&#39;\">7</b>");
    assert_written("{{t:list.of n title}}", "{\"title\":\"<x>\",\"n\":3}", "&lt;x&gt;: 3 &lt;ta&gt;");
    assert_written("{{>_part.html}}", "{\"title\":\"T\"}", "(T)");
}

static void rows_see_what_is_around_them(void **state)
{
    (void)state;
    assert_written("{{*rows}}[{{title}}{{name}}{{*parts}}/{{name}}{{^last}},{{/last}}{{/parts}}]{{/rows}}",
                   "{\"title\":\"T\",\"rows\":[{\"name\":\"a\",\"parts\":[{\"name\":\"x\"},{\"last\":true}]},"
                   "{\"name\":\"b\",\"title\":\"own\"}]}",
                   "[Ta/x,/a][ownb]");
}

static void sections_ask_what_is_there(void **state)
{
    static const char template[] = "{{#a}}yes{{/a}}{{^a}}no{{/a}}";

    (void)state;
    assert_written(template, "{\"a\":\"x\"}", "yes");
    assert_written(template, "{\"a\":true}", "yes");
    assert_written(template, "{\"a\":[{}]}", "yes");
    assert_written(template, "{\"a\":{}}", "yes");
    assert_written(template, "{\"a\":\"\"}", "no");
    assert_written(template, "{\"a\":0}", "no");
    assert_written(template, "{\"a\":false}", "no");
    assert_written(template, "{\"a\":[]}", "no");
    assert_written(template, "{}", "no");
    assert_written("{{#one}}{{name}}{{/one}}", "{\"one\":{\"name\":\"of the one\"}}", "of the one");
}

/* A page never shows an empty place where its maker forgot something. */
static void what_is_shown_must_be_there(void **state)
{
    (void)state;
    assert_written("{{title}}", "{}", NULL);
    assert_written("{{t:list.of title n}}", "{\"n\":1}", NULL);
    assert_written("{{title}}", "{\"title\":1.5}", NULL);
    assert_written("{{title}}", "{\"title\":\"\"}", "");
}

static void faults_are_found_when_loading(void **state)
{
    static const char *const templates[] = { "{{Title}}",    "{{}}",          "{{#a}}",
                                             "{{/a}}",       "{{#a}}{{/b}}",  "{{t:list.no}}",
                                             "{{a:no.css}}", "{{>_no.html}}", "{{*rows}}{{#a}}{{/rows}}{{/a}}" };

    (void)state;
    for (size_t i = 0; i < COUNT(templates); i++) {
        Error error = { 0 };
        OWNED(Pages) pages = load(templates[i], &error);
        if (pages)
            fail_msg("%s was taken", templates[i]);
    }
}

static void assets_are_named_by_what_is_in_them(void **state)
{
    Error error = { 0 };
    OWNED(Pages) pages = load("{{a:list.css}}{{t:list.of a a}}", &error);

    (void)state;
    assert_non_null(pages);
    const ViewAsset *asset = view_asset(pages, STR("list.css"));
    assert_non_null(asset);
    assert_memory_equal(asset->address, "/office/assets/list.css?v=", 26);
    assert_int_equal(strlen(asset->address), 26 + 16);
    assert_string_equal(asset->type, "text/css; charset=utf-8");
    assert_null(view_asset(pages, STR("../texts.uz.json")));
    assert_string_equal(view_text(pages, LANGUAGE_UZ, "say.list"), "roʻyxat");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_escaped),
        cmocka_unit_test(rows_see_what_is_around_them),
        cmocka_unit_test(sections_ask_what_is_there),
        cmocka_unit_test(what_is_shown_must_be_there),
        cmocka_unit_test(faults_are_found_when_loading),
        cmocka_unit_test(assets_are_named_by_what_is_in_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
