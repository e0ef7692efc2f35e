#include "test.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/settings.h"

static const SettingSpec specs[] = {
    { "server.name", SETTING_TEXT, "localhost", 1, 20, "host" },
    { "server.port", SETTING_NUMBER, "8443", 1, 65535, "port" },
    { "server.quiet", SETTING_BOOL, "no", 0, 0, "say less" },
    { "paths.data", SETTING_PATH, "data", 1, 0, "folder" },
    { "paths.none", SETTING_PATH, "", 0, 0, "optional folder" },
};

static char folder[] = "/tmp/settings_test.XXXXXX";
static char path[PATH_MAX];

static int set_up(void **state)
{
    (void)state;
    return mkdtemp(folder) && path_join(path, sizeof(path), folder, "test.ini", NULL) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

static Settings *load(const char *text, Error *err)
{
    Error writing = { 0 };

    assert_ok(file_write(path, 0600, str_from(text), &writing), writing);
    return settings_load(path, specs, COUNT(specs), err);
}

static void reads_each_kind(void **state)
{
    Error err = { 0 };
    OWNED(Settings)
    settings = load("# a comment\n\n[server]\nname = kiosk.example ; the hall\nport=18443\nquiet = yes\n"
                    "[paths]\r\ndata = ../var/data\r\n",
                    &err);
    char expected[PATH_MAX];

    (void)state;
    assert_ok(settings != NULL, err);
    assert_string_equal(settings_text(settings, "server.name"), "kiosk.example");
    assert_int_equal(settings_number(settings, "server.port"), 18443);
    assert_true(settings_bool(settings, "server.quiet"));
    assert_true(path_join(expected, sizeof(expected), folder, "../var/data", NULL));
    assert_string_equal(settings_text(settings, "paths.data"), expected);
    assert_string_equal(settings_text(settings, "paths.none"), "");
}

static void falls_back(void **state)
{
    Error err = { 0 };
    OWNED(Settings) settings = settings_default(specs, COUNT(specs), &err);

    (void)state;
    assert_ok(settings != NULL, err);
    assert_string_equal(settings_text(settings, "server.name"), "localhost");
    assert_int_equal(settings_number(settings, "server.port"), 8443);
    assert_false(settings_bool(settings, "server.quiet"));
    assert_string_equal(settings_text(settings, "paths.data"), "data");

    OWNED(Settings) empty = load("", &err);
    assert_ok(empty != NULL, err);
    assert_int_equal(settings_number(empty, "server.port"), 8443);

    static const SettingSpec needed[] = { { "a.b", SETTING_TEXT, NULL, 1, 9, "the one" } };
    OWNED(Settings) none = NULL;
    assert_refused((none = settings_default(needed, 1, &err)), ERR_NOT_FOUND, err);
    assert_non_null(strstr(err.text, "a.b must be given: the one"));
    static const SettingSpec wrong[] = { { "a.b", SETTING_NUMBER, "10", 1, 9, "" } };
    assert_refused((none = settings_default(wrong, 1, &err)), ERR_RANGE, err);
}

static void keeps_absolute_paths_and_long_ones(void **state)
{
    Error err = { 0 };
    char text[1200] = "[paths]\ndata = /";
    size_t at = strlen(text);

    (void)state;
    memset(text + at, 'd', 1000);
    text[at + 1000] = '\0';
    OWNED(Settings) settings = load(text, &err);
    assert_ok(settings != NULL, err);
    assert_int_equal(strlen(settings_text(settings, "paths.data")), 1001);
}

static void refuses_with_file_line_and_reason(void **state)
{
    static const struct {
        const char *text;
        ErrorCode code;
        int line;
        const char *reason;
    } cases[] = {
        { "[server]\nport = 0\n", ERR_RANGE, 2, "server.port must be a number from 1 to 65535" },
        { "[server]\nport = 65536\n", ERR_RANGE, 2, "server.port" },
        { "[server]\nport = many\n", ERR_RANGE, 2, "server.port" },
        { "[server]\nport =\n", ERR_RANGE, 2, "server.port" },
        { "[server]\nname =\n", ERR_RANGE, 2, "1 to 20 bytes" },
        { "[server]\nname = a-name-that-is-too-long\n", ERR_RANGE, 2, "1 to 20 bytes" },
        { "[server]\n\nquiet = perhaps\n", ERR_FORMAT, 3, "yes or no" },
        { "[server]\nprot = 1\n", ERR_NOT_FOUND, 2, "unknown setting server.prot" },
        { "[serve]\nport = 1\n", ERR_NOT_FOUND, 2, "unknown setting serve.port" },
        { "port = 1\n", ERR_NOT_FOUND, 1, "unknown setting .port" },
        { "[server]\nport = 1\nport = 1\n", ERR_EXISTS, 3, "server.port stands twice" },
        { "[server]\nport = 1\n  2\n", ERR_EXISTS, 3, "server.port stands twice" },
        { "[server]\nport 1\n", ERR_FORMAT, 2, "neither" },
        { "[server\nport = 1\n", ERR_FORMAT, 1, "neither" },
        { "[server]\nname = \xFF\n", ERR_FORMAT, 0, "not UTF-8" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Error err = { 0 };
        char place[20];
        OWNED(Settings) settings = load(cases[i].text, &err);
        snprintf(place, sizeof(place), "test.ini:%d: ", cases[i].line);
        if (settings || err.code != cases[i].code || !strstr(err.text, cases[i].reason) ||
            (cases[i].line > 0 && !strstr(err.text, place)))
            fail_msg("'%s': %s", cases[i].text, err.text);
    }
}

static void refuses_what_does_not_fit(void **state)
{
    OWNED_BUF text;
    Error err = { 0 };
    OWNED(Settings) settings = NULL;

    (void)state;
    buf_init(&text, 200000);
    buf_add_text(&text, "[server]\nname = ");
    for (int i = 0; i < 5000; i++)
        buf_add_byte(&text, 'x');
    buf_add_text(&text, "\nport = 7\n");
    assert_refused((settings = load(buf_text(&text), &err)), ERR_RANGE, err);
    assert_non_null(strstr(err.text, "test.ini:2: line of more than"));
    for (int i = 0; i < 100000; i++)
        buf_add_byte(&text, '\n');
    assert_refused((settings = load(buf_text(&text), &err)), ERR_MEMORY, err);

    unlink(path);
    assert_refused((settings = settings_load(path, specs, COUNT(specs), &err)), ERR_NOT_FOUND, err);
}

static void does_not_repeat_the_value(void **state)
{
    Error err = { 0 };
    OWNED(Settings) settings = load("[server]\nname = the-secret-of-the-hall\n", &err);

    (void)state;
    assert_null(settings);
    assert_null(strstr(err.text, "secret"));
}

static void survives_every_failing_request(void **state)
{
    Error err = { 0 };
    bool complete = false;

    (void)state;
    for (unsigned n = 1; !complete; n++) {
        Error writing = { 0 };
        assert_ok(file_write(path, 0600, STR("[server]\nport = 7\n[paths]\ndata = x\n"), &writing), writing);
        mem_fail_nth(n);
        OWNED(Settings) settings = settings_load(path, specs, COUNT(specs), &err);
        complete = settings != NULL;
        assert_true(complete || err.code == ERR_MEMORY);
        assert_true(n < 40);
    }
    mem_fail_nth(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_each_kind),
        cmocka_unit_test(falls_back),
        cmocka_unit_test(keeps_absolute_paths_and_long_ones),
        cmocka_unit_test(refuses_with_file_line_and_reason),
        cmocka_unit_test(refuses_what_does_not_fit),
        cmocka_unit_test(does_not_repeat_the_value),
        cmocka_unit_test(survives_every_failing_request),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
