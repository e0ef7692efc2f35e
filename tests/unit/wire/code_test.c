#include "test.h"

#include <string.h>

#include "base/macros.h"
#include "base/random.h"
#include "wire/code.h"

static void makes_what_the_bits_say(void **state)
{
    static const struct {
        const char *name;
        uint8_t bits[CODE_BITS_BYTES];
        const char *text, *grouped;
    } cases[] = {
        { "nothing", { 0 }, "000000000000", "0000-0000-0000" },
        { "all, and the top four don't count",
          { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff },
          "ZZZZZZZZZZZZ",
          "ZZZZ-ZZZZ-ZZZZ" },
        { "the lowest is last", { 0, 0, 0, 0, 0, 0, 0, 1 }, "000000000001", "0000-0000-0001" },
        { "the highest is first", { 0x08, 0, 0, 0, 0, 0, 0, 0 }, "G00000000000", "G000-0000-0000" },
        /* 1234 in Crockford's base 32 is 16J, with his own digits: 1*1024 + 6*32 + 18 */
        { "1234", { 0, 0, 0, 0, 0, 0, 0x04, 0xd2 }, "00000000016J", "0000-0000-016J" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Code code = code_make(cases[i].bits);
        char grouped[15];

        code_grouped(&code, grouped);
        if (strcmp(code.text, cases[i].text) || strcmp(grouped, cases[i].grouped))
            fail_msg("%s: %s, %s", cases[i].name, code.text, grouped);
    }
}

static void reads_what_a_person_types(void **state)
{
    static const struct {
        const char *name, *in, *out; /* NULL: refused */
    } cases[] = {
        { "as made", "7K3M9QXD2HVT", "7K3M9QXD2HVT" },
        { "lower case", "7k3m9qxd2hvt", "7K3M9QXD2HVT" },
        { "in groups", "7K3M-9QXD-2HVT", "7K3M9QXD2HVT" },
        { "hyphens anywhere", "-7-K3M9QXD2--HVT-", "7K3M9QXD2HVT" },
        { "letters that look like digits", "oOiIlL000000", "001111000000" },
        { "U is no digit", "7K3M9QXD2HVU", NULL },
        { "too short", "7K3M9QXD2HV", NULL },
        { "too long", "7K3M9QXD2HVT0", NULL },
        { "blank inside", "7K3M 9QXD2HVT", NULL },
        { "nothing", "", NULL },
        { "hyphens alone", "------------", NULL },
        { "a letter of another alphabet", "7K3M9QXD2HV\xd0\xa2", NULL },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Code code = { .text = "before" };
        bool read = code_parse(str_from(cases[i].in), &code);

        if (read != (cases[i].out != NULL) || strcmp(code.text, read ? cases[i].out : "before"))
            fail_msg("%s: %d, %s", cases[i].name, read, code.text);
    }
    assert_false(code_parse((Str){ "7K3M9QXD2H\0T", 12 }, &(Code){ 0 }));
}

static void bits_come_back(void **state)
{
    RandomSeeded seeded;
    Random random = random_seeded(&seeded, 60);

    (void)state;
    for (int i = 0; i < 1000; i++) {
        uint8_t bits[CODE_BITS_BYTES], back[CODE_BITS_BYTES];
        Code code, again;
        char grouped[15];

        assert_true(random_fill(&random, bits, sizeof bits, NULL));
        code = code_make(bits);
        code_grouped(&code, grouped);
        assert_true(code_parse(str_from(grouped), &again));
        assert_string_equal(again.text, code.text);
        code_bytes(&again, back);
        bits[0] &= 0x0f;
        assert_memory_equal(back, bits, sizeof bits);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_what_the_bits_say),
        cmocka_unit_test(reads_what_a_person_types),
        cmocka_unit_test(bits_come_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
