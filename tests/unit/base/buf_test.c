#include "test.h"

#include <string.h>

#include "base/buf.h"
#include "base/memory.h"

static void grows_up_to_its_limit(void **state)
{
    OWNED_BUF buf;
    Error err = { 0 };

    (void)state;
    buf_init(&buf, 1000);
    assert_string_equal(buf_text(&buf), "");
    for (int i = 0; i < 1000; i++)
        buf_add_byte(&buf, 'x');
    assert_ok(buf_ok(&buf, &err), err);
    assert_int_equal(buf.len, 1000);
    assert_int_equal(strlen(buf_text(&buf)), 1000);
    buf_add_byte(&buf, 'y');
    assert_refused(buf_ok(&buf, &err), ERR_MEMORY, err);
    assert_int_equal(buf.len, 1000);

    /* failure is remembered, until it is cleared */
    buf_add_text(&buf, "");
    assert_true(buf.failed);
    buf_clear(&buf);
    buf_add_text(&buf, "again");
    assert_ok(buf_ok(&buf, &err), err);
    assert_string_equal(buf_text(&buf), "again");
}

static void adds_whole_pieces_or_nothing(void **state)
{
    OWNED_BUF buf;

    (void)state;
    buf_init(&buf, 5);
    buf_add_text(&buf, "abc");
    buf_add_text(&buf, "def");
    assert_true(buf.failed);
    assert_string_equal(buf_text(&buf), "abc");
    buf_add_text(&buf, "d"); /* would fit, but the run has a hole already */
    assert_string_equal(buf_text(&buf), "abc");
}

static void formats_and_writes_characters(void **state)
{
    OWNED_BUF buf;
    Error err = { 0 };

    (void)state;
    buf_init(&buf, 4096);
    buf_add_format(&buf, "%s-%03d", "M", 7);
    buf_add_char(&buf, 0x2BB);
    buf_add_str(&buf, STR("\0z"));
    buf_add_format(&buf, "%s", "");
    assert_ok(buf_ok(&buf, &err), err);
    assert_true(str_equal(buf_str(&buf), STR("M-007ʻ\0z")));

    char wide[700];
    memset(wide, 'w', sizeof(wide) - 1);
    wide[sizeof(wide) - 1] = '\0';
    buf_add_format(&buf, "%s", wide);
    assert_int_equal(buf.len, 9 + 699);
    assert_string_equal(buf.data + 9, wide);
}

static void wipes_what_it_leaves(void **state)
{
    OWNED_BUF buf;

    (void)state;
    buf_init(&buf, 100);
    buf_add_text(&buf, "secret");
    buf_clear(&buf);
    for (size_t i = 0; i < sizeof("secret"); i++)
        assert_int_equal(buf.data[i], 0);
    assert_true(buf.room > 0);
    assert_string_equal(buf_text(&buf), "");
}

static void gives_its_bytes_away(void **state)
{
    OWNED_BUF buf;
    size_t size = 99;

    (void)state;
    buf_init(&buf, 10);
    buf_add_text(&buf, "page");
    char *bytes = buf_take(&buf, &size);
    assert_string_equal(bytes, "page");
    assert_int_equal(size, 4);
    assert_null(buf.data);
    mem_free(bytes);

    bytes = buf_take(&buf, NULL); /* an empty one is still text */
    assert_string_equal(bytes, "");
    mem_free(bytes);

    buf_add_text(&buf, "more than ten bytes");
    assert_null(buf_take(&buf, &size));
    assert_false(buf.failed);
}

static void survives_every_failing_request(void **state)
{
    Error err = { 0 };
    bool complete = false;

    (void)state;
    for (unsigned n = 1; !complete; n++) {
        OWNED_BUF buf;
        buf_init(&buf, SIZE_MAX);
        mem_fail_nth(n);
        for (int i = 0; i < 300; i++)
            buf_add_format(&buf, "%d,", i);
        complete = buf_ok(&buf, &err);
        assert_true(complete == (buf.len == 1090));
        assert_true(complete || err.code == ERR_MEMORY);
        assert_true(n < 20);
    }
    mem_fail_nth(0);
}

static void accepts_being_all_zero(void **state)
{
    Buf none = { 0 };

    (void)state;
    buf_fini(&none);
    buf_fini(NULL);
    buf_clear(&none);
    assert_int_equal(buf_str(&none).len, 0);
    buf_add_byte(&none, 'x'); /* its limit is 0 */
    assert_true(none.failed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows_up_to_its_limit),         cmocka_unit_test(adds_whole_pieces_or_nothing),
        cmocka_unit_test(formats_and_writes_characters), cmocka_unit_test(wipes_what_it_leaves),
        cmocka_unit_test(gives_its_bytes_away),          cmocka_unit_test(survives_every_failing_request),
        cmocka_unit_test(accepts_being_all_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
