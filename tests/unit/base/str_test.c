#include "test.h"

#include <string.h>

#include "base/str.h"

static void compares(void **state)
{
    (void)state;
    assert_true(str_equal(STR("a\0b"), (Str){ "a\0b", 3 }));
    assert_true(str_equal((Str){ NULL, 0 }, STR("")));
    assert_false(str_equal(STR("a"), STR("b")));
    assert_true(str_equal_text(STR(""), NULL));
    assert_true(str_starts(STR("kiosk"), STR("ki")));
    assert_true(str_starts(STR("kiosk"), STR("")));
    assert_false(str_starts(STR("k"), STR("ki")));
    assert_true(str_ends(STR("page.pdf"), STR(".pdf")));
    assert_true(str_ends((Str){ NULL, 0 }, STR("")));
    assert_false(str_ends(STR("pdf"), STR(".pdf")));
}

static void trims(void **state)
{
    static const struct {
        const char *name, *in, *out;
    } cases[] = {
        { "nothing", "", "" },
        { "only white space", " \t\r\n\v\f", "" },
        { "both ends", "\t a b \n", "a b" },
        { "no-break space stays", "\u00A0a", "\u00A0a" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        if (!str_equal_text(str_trim(str_from(cases[i].in)), cases[i].out))
            fail_msg("%s", cases[i].name);
}

static void splits(void **state)
{
    static const struct {
        const char *in;
        size_t count;
        const char *parts[4];
    } cases[] = {
        { "a,b,c", 3, { "a", "b", "c" } }, { "a", 1, { "a" } }, { ",", 2, { "", "" } },
        { "a,", 2, { "a", "" } },          { "", 1, { "" } },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Str rest = str_from(cases[i].in);
        size_t count = 0;
        while (rest.ptr) {
            Str part = str_split(&rest, ',');
            assert_true(count < cases[i].count);
            assert_true(str_equal_text(part, cases[i].parts[count]));
            count++;
        }
        assert_int_equal(count, cases[i].count);
    }
}

static void copies_into_arrays(void **state)
{
    char array[6];

    (void)state;
    assert_true(str_copy(STR("12345"), array, sizeof(array)));
    assert_string_equal(array, "12345");
    assert_false(str_copy(STR("123456"), array, sizeof(array)));
    assert_string_equal(array, "");
    assert_false(str_copy(STR("1\0002"), array, sizeof(array)));
    assert_true(str_copy((Str){ NULL, 0 }, array, 1));
    assert_string_equal(array, "");

    static const struct {
        Str in;
        const char *out;
    } cuts[] = {
        { { "ўқ", 4 }, "ўқ" },     { { "ўқғ", 6 }, "ўқ" }, { { "aўқғ", 7 }, "aўқ" }, { { "abcde€", 8 }, "abcde" },
        { { "ab\0cd", 5 }, "ab" }, { { NULL, 0 }, "" },    { { "abc😀", 7 }, "abc" }, { { "a😀", 5 }, "a😀" },
    };
    for (size_t i = 0; i < COUNT(cuts); i++) {
        str_copy_cut(cuts[i].in, array, sizeof(array));
        assert_string_equal(array, cuts[i].out);
    }
}

static void parses_whole_numbers_within_bounds(void **state)
{
    static const struct {
        const char *in;
        uint64_t min, max;
        bool ok;
        uint64_t value;
    } unsigned_cases[] = {
        { "0", 0, 9, true, 0 },
        { "007", 0, 9, true, 7 },
        { "18446744073709551615", 0, UINT64_MAX, true, UINT64_MAX },
        { "18446744073709551616", 0, UINT64_MAX, false, 0 },
        { "99999999999999999999999", 0, UINT64_MAX, false, 0 },
        { "10", 0, 9, false, 0 },
        { "3", 4, 9, false, 0 },
        { "", 0, 9, false, 0 },
        { " 1", 0, 9, false, 0 },
        { "1 ", 0, 9, false, 0 },
        { "+1", 0, 9, false, 0 },
        { "-1", 0, 9, false, 0 },
        { "1e1", 0, 99, false, 0 },
        { "0x1", 0, 99, false, 0 },
        { "١", 0, 9, false, 0 },
    };
    static const struct {
        const char *in;
        int64_t min, max;
        bool ok;
        int64_t value;
    } signed_cases[] = {
        { "-9223372036854775808", INT64_MIN, INT64_MAX, true, INT64_MIN },
        { "-9223372036854775809", INT64_MIN, INT64_MAX, false, 0 },
        { "9223372036854775807", INT64_MIN, INT64_MAX, true, INT64_MAX },
        { "9223372036854775808", INT64_MIN, INT64_MAX, false, 0 },
        { "-5", -5, 5, true, -5 },
        { "-6", -5, 5, false, 0 },
        { "-0", -5, 5, true, 0 },
        { "-", -5, 5, false, 0 },
        { "--1", -5, 5, false, 0 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(unsigned_cases); i++) {
        uint64_t value = 77;
        bool ok = str_to_u64(str_from(unsigned_cases[i].in), unsigned_cases[i].min, unsigned_cases[i].max, &value);
        if (ok != unsigned_cases[i].ok || value != (ok ? unsigned_cases[i].value : 77))
            fail_msg("unsigned '%s'", unsigned_cases[i].in);
    }
    for (size_t i = 0; i < COUNT(signed_cases); i++) {
        int64_t value = 77;
        bool ok = str_to_i64(str_from(signed_cases[i].in), signed_cases[i].min, signed_cases[i].max, &value);
        if (ok != signed_cases[i].ok || value != (ok ? signed_cases[i].value : 77))
            fail_msg("signed '%s'", signed_cases[i].in);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares),
        cmocka_unit_test(trims),
        cmocka_unit_test(splits),
        cmocka_unit_test(copies_into_arrays),
        cmocka_unit_test(parses_whole_numbers_within_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
