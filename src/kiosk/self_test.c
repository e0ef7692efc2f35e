#include "kiosk/self_test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "kiosk/self_test_parts.h"
#include "wire/json.h"

#define REPORT_BYTES_MOST (256u << 10)
#define HARD_LIMIT_S      (SELF_TEST_LIMIT_MS / 1000 + 2)

/* --- the report --------------------------------------------------------------------------------------------------- */

static void add_fact(Check *check, const char *name, json_t *value)
{
    if (!check->facts)
        check->facts = json_object();
    (void)json_object_set_new(check->facts, name, value);
}

void check_number(Check *check, const char *name, int64_t number)
{
    add_fact(check, name, json_integer(number));
}

void check_text(Check *check, const char *name, const char *text)
{
    add_fact(check, name, json_string(text));
}

void check_bool(Check *check, const char *name, bool value)
{
    add_fact(check, name, json_boolean(value));
}

static void report(SelfTest *test, const char *name, Check *check, bool ok, int64_t ms)
{
    json_t *row = json_pack("{s:s, s:b, s:I, s:s}", "name", name, "ok", ok, "ms", (json_int_t)ms, "detail",
                            ok ? check->detail : check->err.text);

    test->ok &= ok;
    if (row && check->facts)
        (void)json_object_set(row, "facts", check->facts);
    json_decref(check->facts);
    if (!row || json_array_append_new(test->checks, row) != 0)
        test->ok = false;
}

static void write_report(const SelfTest *test, int64_t ms)
{
    OWNED_BUF buf;
    OWNED(json_t)
    whole = json_pack("{s:b, s:s, s:I, s:O}", "ok", test->ok, "version", KIOSK_VERSION, "ms", (json_int_t)ms, "checks",
                      test->checks);

    buf_init(&buf, REPORT_BYTES_MOST);
    if (whole && json_write(whole, &buf, NULL))
        puts(buf_text(&buf));
}

/* --- limit -------------------------------------------------------------------------------------------------------- */

/* Each part has deadlines of its own; this is for a library that does not come back. */
static const char *volatile under_way = "start";

static void give_up(int signal_number)
{
    static const char before[] = "{\"checks\":[{\"detail\":\"it did not come to an end in time\",\"name\":\"",
                      after[] = "\",\"ok\":false,\"ms\":30000}],\"ok\":false,\"version\":\"" KIOSK_VERSION "\"}\n";
    bool written = write(STDOUT_FILENO, before, sizeof before - 1) > 0 &&
                   write(STDOUT_FILENO, under_way, strlen(under_way)) > 0 &&
                   write(STDOUT_FILENO, after, sizeof after - 1) > 0;

    (void)signal_number;
    _exit(written ? 1 : 2);
}

/* --- the checks --------------------------------------------------------------------------------------------------- */

static bool read_settings(SelfTest *test, Check *check)
{
    test->settings = settings_load(test->options->config_file, kiosk_settings, kiosk_setting_count, &check->err);
    if (!test->settings)
        return false;
    (void)snprintf(check->detail, sizeof check->detail, "%.150s", test->options->config_file);
    return true;
}

static bool read_locale(SelfTest *test, Check *check)
{
    test->texts = texts_open(settings_text(test->settings, "paths.locale"), &check->err);
    if (!test->texts)
        return false;
    (void)snprintf(check->detail, sizeof check->detail, "%s", language_all_tags());
    return true;
}

static const struct {
    const char *name;
    SelfTestPart *part;
} parts[] = {
    { "settings", read_settings },        { "locale", read_locale },
    { "themes", self_test_themes },       { "fonts", self_test_fonts },
    { "journal", self_test_journal },     { "certificate", self_test_certificate },
    { "printer", self_test_printer },     { "registrar", self_test_registrar },
    { "clock", self_test_clock }, /* by the registrar's answer */
    { "catalogue", self_test_catalogue }, { "window", self_test_window },
    { "screens", self_test_screens },     { "icons", self_test_icons }, /* that the screens showed */
};

static void run_part(SelfTest *test, const char *name, SelfTestPart *part)
{
    Check check = { 0 };
    int64_t began_ms = clock_monotonic_ms(&test->clock);
    bool ok;

    under_way = name;
    if (began_ms >= test->until_ms)
        ok = error_set(&check.err, ERR_TIMEOUT, "not tried: %d s are over", SELF_TEST_LIMIT_MS / 1000);
    else
        ok = part(test, &check);
    report(test, name, &check, ok, clock_monotonic_ms(&test->clock) - began_ms);
}

int self_test(const Options *options)
{
    SelfTest *test = mem_new(1, sizeof *test);
    int64_t began_ms;
    bool ok;

    if (!test || !(test->checks = json_array())) {
        mem_free(test);
        return 1;
    }
    signal(SIGALRM, give_up);
    alarm(HARD_LIMIT_S);
    test->options = options;
    test->ok = true;
    test->clock = clock_system();
    test->log = log_new(STDERR_FILENO, LOG_WARN, getenv("JOURNAL_STREAM") != NULL, &test->clock);
    began_ms = clock_monotonic_ms(&test->clock);
    test->until_ms = began_ms + SELF_TEST_LIMIT_MS;
    for (size_t i = 0; i < COUNT(parts) && (i == 0 || test->settings); i++)
        run_part(test, parts[i].name, parts[i].part);
    write_report(test, clock_monotonic_ms(&test->clock) - began_ms);
    ok = test->ok;
    if (test->panel_open)
        panel_close(&test->panel);
    catalogue_drop(test->catalogue);
    texts_close(test->texts);
    settings_free(test->settings);
    log_free(test->log);
    json_decref(test->checks);
    mem_free(test);
    return ok ? 0 : 1;
}
