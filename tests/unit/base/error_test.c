#include "test.h"

#include <errno.h>
#include <string.h>

#include "base/str.h"

static void sets_code_cause_and_words(void **state)
{
    Error err = { 0 };

    (void)state;
    assert_false(error_set(&err, ERR_RANGE, "tray %d", 2));
    assert_int_equal(err.code, ERR_RANGE);
    assert_int_equal(err.cause, 0);
    assert_string_equal(err.text, "tray 2");

    assert_false(error_set_cause(&err, ERR_STORE, 19, "insert"));
    assert_int_equal(err.cause, 19);

    errno = ENOENT;
    assert_false(error_set_errno(&err, "open %s", "a"));
    assert_int_equal(err.code, ERR_IO);
    assert_int_equal(err.cause, ENOENT);
    assert_string_equal(err.text, "open a: No such file or directory");
    assert_int_equal(errno, ENOENT);
}

static void reads_from_the_act_down_to_the_cause(void **state)
{
    Error err = { 0 };

    (void)state;
    error_set(&err, ERR_FORMAT, "no colon");
    assert_false(error_add(&err, "line %d", 3));
    assert_false(error_add(&err, "catalogue"));
    assert_string_equal(err.text, "catalogue: line 3: no colon");
    assert_int_equal(err.code, ERR_FORMAT);
}

static void keeps_the_cause_when_full(void **state)
{
    Error err = { 0 };
    char before[sizeof(err.text)];

    (void)state;
    error_set(&err, ERR_IO, "the disk is full");
    for (int i = 0; i < 40; i++)
        error_add(&err, "while doing step number %d of many", i);
    assert_true(str_ends(str_from(err.text), STR(": the disk is full")));
    assert_true(strlen(err.text) < sizeof(err.text));
    memcpy(before, err.text, sizeof(before));
    error_add(&err, "one more");
    assert_true(strlen(err.text) < sizeof(err.text));
    assert_true(str_ends(str_from(err.text), str_from(before)));
}

static void is_never_cut_inside_a_letter(void **state)
{
    Error err = { 0 };
    char words[2 * sizeof(err.text)];

    (void)state;
    for (size_t shift = 0; shift < 4; shift++) {
        memset(words, 'x', shift);
        for (size_t at = shift; at + 2 < sizeof(words); at += 2)
            memcpy(words + at, "ў", 3);
        error_set(&err, ERR_FORMAT, "%s", words);
        assert_true(utf8_valid(str_from(err.text)));
        assert_true(strlen(err.text) >= sizeof(err.text) - 2);
        error_set(&err, ERR_FORMAT, "cause");
        error_add(&err, "%s", words);
        assert_true(utf8_valid(str_from(err.text)));
        assert_true(str_ends(str_from(err.text), STR(": cause")));
    }
}

static void accepts_its_own_words_and_nobody(void **state)
{
    Error err = { 0 };

    (void)state;
    error_set(&err, ERR_DENIED, "inner");
    error_set(&err, ERR_PROTOCOL, "outer of %s", err.text);
    assert_string_equal(err.text, "outer of inner");

    assert_false(error_set(NULL, ERR_IO, "x"));
    assert_false(error_set_cause(NULL, ERR_IO, 1, "x"));
    assert_false(error_set_errno(NULL, "x"));
    assert_false(error_add(NULL, "x"));
    error_clear(NULL);
    error_clear(&err);
    assert_int_equal(err.code, ERR_NONE);
    assert_string_equal(err.text, "");
}

static void names_every_code_once(void **state)
{
    (void)state;
    for (int a = 0; a < ERR_CODE_COUNT; a++) {
        assert_non_null(error_code_name((ErrorCode)a));
        for (int b = 0; b < a; b++)
            assert_string_not_equal(error_code_name((ErrorCode)a), error_code_name((ErrorCode)b));
    }
    assert_string_equal(error_code_name(ERR_NOT_FOUND), "not-found");
    assert_string_equal(error_code_name(ERR_CODE_COUNT), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets_code_cause_and_words),        cmocka_unit_test(reads_from_the_act_down_to_the_cause),
        cmocka_unit_test(keeps_the_cause_when_full),        cmocka_unit_test(is_never_cut_inside_a_letter),
        cmocka_unit_test(accepts_its_own_words_and_nobody), cmocka_unit_test(names_every_code_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
