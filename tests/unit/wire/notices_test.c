#include "test.h"

#include <stdio.h>
#include <string.h>

#include "wire/notices.h"

#define NOTICE                                                                                                         \
    "{\"id\":7,\"severity\":\"warn\",\"from_s\":100,\"until_s\":200,\"texts\":{\"uz\":\"Ertaga "                       \
    "yopiq\",\"ru\":\"Завтра закрыто\"}}"

static ApiNotices notices;

static void reads_what_it_writes(void **state)
{
    const char *json = "{\"notices\":[" NOTICE "]}";
    char version[API_VERSION_SIZE];
    OWNED_BUF written;
    Error err = { 0 };

    (void)state;
    buf_init(&written, NOTICES_BYTES_MOST);
    assert_ok(api_notices_read(str_from(json), &notices, &err), err);
    assert_int_equal(notices.count, 1);
    assert_int_equal(notices.items[0].id, 7);
    assert_int_equal(notices.items[0].severity, NOTICE_WARN);
    assert_string_equal(notice_text(&notices.items[0], LANGUAGE_RU), "Завтра закрыто");
    assert_string_equal(notice_text(&notices.items[0], LANGUAGE_EN), "Ertaga yopiq");
    assert_ok(api_notices_write(&notices, &written, &err), err);
    assert_ok(api_version(buf_str(&written), version, &err), err);
    buf_clear(&written);
    ApiNotices before = notices;
    assert_ok(api_notices_write(&before, &written, &err), err);
    assert_ok(api_notices_read(buf_str(&written), &notices, &err), err);
    assert_string_equal(notices.version, version);
    assert_int_equal(strlen(version), 16);
    memcpy(before.version, notices.version, sizeof before.version);
    assert_memory_equal(&before, &notices, sizeof notices);
}

/* A newer registrar may know more languages and members. */
static void passes_over_what_it_does_not_know(void **state)
{
    Error err = { 0 };

    (void)state;
    assert_ok(
        api_notices_read(STR("{\"more\":1,\"notices\":[{\"id\":7,\"severity\":\"info\",\"from_s\":1,\"until_s\":2,"
                             "\"colour\":\"red\",\"texts\":{\"xx\":\"...\",\"en\":\"Closed\"}}]}"),
                         &notices, &err),
        err);
    assert_string_equal(notice_text(&notices.items[0], LANGUAGE_UZ), "Closed");
}

static void refuses_what_is_wrong(void **state)
{
    static const char *const wrong[] = {
        "",
        "[]",
        "{}",
        "{\"notices\":{}}",
        "{\"notices\":[" NOTICE "," NOTICE "," NOTICE "," NOTICE "," NOTICE "," NOTICE "]}",
        "{\"notices\":[{\"id\":0,\"severity\":\"warn\",\"from_s\":1,\"until_s\":2,\"texts\":{\"uz\":\"a\"}}]}",
        "{\"notices\":[{\"id\":1,\"severity\":\"loud\",\"from_s\":1,\"until_s\":2,\"texts\":{\"uz\":\"a\"}}]}",
        "{\"notices\":[{\"id\":1,\"severity\":\"warn\",\"from_s\":-1,\"until_s\":2,\"texts\":{\"uz\":\"a\"}}]}",
        "{\"notices\":[{\"id\":1,\"severity\":\"warn\",\"from_s\":1,\"until_s\":2,\"texts\":{}}]}",
        "{\"notices\":[{\"id\":1,\"severity\":\"warn\",\"from_s\":1,\"until_s\":2}]}",
        "{\"notices\":[{\"id\":1,\"severity\":\"warn\",\"from_s\":1,\"until_s\":2,\"texts\":{\"xx\":\"a\"}}]}",
        "{\"notices\":[{\"id\":1,\"severity\":\"warn\",\"from_s\":1,\"until_s\":2,\"texts\":{\"uz\":7}}]}",
        "{\"notices\":[{\"id\":1,\"severity\":\"warn\",\"from_s\":1,\"until_s\":2,\"texts\":{\"uz\":\"a\\nb\"}}]}",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        Error err = { 0 };
        notices.count = 3;
        if (api_notices_read(str_from(wrong[i]), &notices, &err))
            fail_msg("taken: %s", wrong[i]);
        assert_int_equal(err.code, ERR_PROTOCOL);
        assert_int_equal(notices.count, 0);
    }
}

static void a_text_is_one_short_line(void **state)
{
    char text[NOTICE_LETTERS_MOST * 4 + 8];
    Error err = { 0 };

    (void)state;
    for (size_t i = 0; i < NOTICE_LETTERS_MOST; i++)
        memcpy(text + 4 * i, "𐍈", 4);
    assert_ok(notice_check((Str){ text, NOTICE_LETTERS_MOST * 4 }, &err), err);
    memcpy(text + (size_t)4 * NOTICE_LETTERS_MOST, "a", 2);
    assert_false(notice_check(str_from(text), &err));
    assert_int_equal(err.code, ERR_RANGE);
    assert_non_null(strstr(err.text, "121"));
    assert_false(notice_check(STR(""), &err));
    assert_false(notice_check(STR("one\ntwo"), &err));
    assert_int_equal(err.code, ERR_FORMAT);
    assert_false(notice_check(STR("a \u202E b"), &err));
    assert_false(notice_check(STR("\xC3"), &err));
}

static void is_on_from_its_beginning_to_its_end(void **state)
{
    const ApiNotice notice = { .from_s = 100, .until_s = 200 };

    (void)state;
    assert_false(notice_is_on(&notice, 99));
    assert_true(notice_is_on(&notice, 100));
    assert_true(notice_is_on(&notice, 199));
    assert_false(notice_is_on(&notice, 200));
}

static void severities_have_names(void **state)
{
    NoticeSeverity severity = NOTICE_INFO;

    (void)state;
    assert_true(notice_severity_parse(STR("warn"), &severity));
    assert_int_equal(severity, NOTICE_WARN);
    assert_string_equal(notice_severity_name(severity), "warn");
    assert_false(notice_severity_parse(STR("loud"), &severity));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_it_writes),
        cmocka_unit_test(passes_over_what_it_does_not_know),
        cmocka_unit_test(refuses_what_is_wrong),
        cmocka_unit_test(a_text_is_one_short_line),
        cmocka_unit_test(is_on_from_its_beginning_to_its_end),
        cmocka_unit_test(severities_have_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
