#include "test.h"

#include <string.h>

#include "base/str.h"

static void accepts_rfc_3629_and_nothing_else(void **state)
{
    static const struct {
        const char *name, *bytes;
        bool valid;
    } cases[] = {
        { "empty", "", true },
        { "ASCII", "abc\x7F", true },
        { "two bytes, first", "\xC2\x80", true },
        { "two bytes, last", "\xDF\xBF", true },
        { "three bytes, first", "\xE0\xA0\x80", true },
        { "before the surrogates", "\xED\x9F\xBF", true },
        { "after the surrogates", "\xEE\x80\x80", true },
        { "four bytes, first", "\xF0\x90\x80\x80", true },
        { "U+10FFFF", "\xF4\x8F\xBF\xBF", true },
        { "tail alone", "\x80", false },
        { "overlong of two", "\xC0\xAF", false },
        { "overlong of two, C1", "\xC1\xBF", false },
        { "overlong of three", "\xE0\x9F\xBF", false },
        { "overlong of four", "\xF0\x8F\xBF\xBF", false },
        { "first surrogate", "\xED\xA0\x80", false },
        { "last surrogate", "\xED\xBF\xBF", false },
        { "above U+10FFFF", "\xF4\x90\x80\x80", false },
        { "F5", "\xF5\x80\x80\x80", false },
        { "FF", "\xFF", false },
        { "cut two", "a\xC2", false },
        { "cut three", "\xE2\x82", false },
        { "cut four", "\xF0\x9F\x98", false },
        { "wrong third", "\xE2\x82\x41", false },
        { "wrong fourth", "\xF0\x9F\x98\xC0", false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        if (utf8_valid(str_from(cases[i].bytes)) != cases[i].valid)
            fail_msg("%s", cases[i].name);
    assert_true(utf8_valid((Str){ "\0", 1 }));
}

/* Every code point is written, found valid, and read back as itself. */
static void writes_and_reads_every_code_point(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        char bytes[4];
        size_t len = utf8_write(c, bytes);
        Str s = { bytes, len };
        uint32_t expected = c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c;

        if (!utf8_valid(s) || utf8_count(s) != 1 || utf8_without_last(s) != 0 || utf8_next(&s) != expected ||
            s.len != 0)
            fail_msg("U+%04X", (unsigned)c);
    }
    char bytes[4];
    assert_int_equal(utf8_write(0x110000, bytes), 3); /* the replacement character */
}

static void counts_and_shortens(void **state)
{
    Str name = STR("Oʻrol ў😀");

    (void)state;
    assert_int_equal(utf8_count(name), 8);
    assert_int_equal(utf8_without_last(name), name.len - 4);
    name.len = utf8_without_last(name);
    assert_int_equal(utf8_without_last(name), name.len - 2);
    assert_int_equal(utf8_without_last(STR("")), 0);
}

static void knows_unwanted_characters(void **state)
{
    static const uint32_t unwanted[] = { 0,      0x0A,   0x1F,   0x7F,    0x9F,    0xAD,     0x61C,   0x200B, 0x200D,
                                         0x200E, 0x2028, 0x202E, 0x2066,  0x2069,  0x3164,   0xFDD0,  0xFEFF, 0xFFFE,
                                         0xFFFF, 0xD800, 0xFE0F, 0xE0041, 0x1FFFE, 0x10FFFF, 0x110000 };
    static const uint32_t wanted[] = { ' ',   'a',    0x2BB,  0x2BC,  0x2018, 0x2019,  0xA0,   0x2011,
                                       0x49B, 0x2116, 0x2013, 0x202F, 0xFFFD, 0x1F600, 0x0301, 0x20AC };

    (void)state;
    for (size_t i = 0; i < COUNT(unwanted); i++)
        if (!utf8_is_unwanted(unwanted[i]))
            fail_msg("U+%04X is not refused", (unsigned)unwanted[i]);
    for (size_t i = 0; i < COUNT(wanted); i++)
        if (utf8_is_unwanted(wanted[i]))
            fail_msg("U+%04X is refused", (unsigned)wanted[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts_rfc_3629_and_nothing_else),
        cmocka_unit_test(writes_and_reads_every_code_point),
        cmocka_unit_test(counts_and_shortens),
        cmocka_unit_test(knows_unwanted_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
