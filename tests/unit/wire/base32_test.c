#include "test.h"

#include <string.h>

#include "base/random.h"
#include "wire/base32.h"

/* RFC 4648 section 10, without the padding. */
static void writes_and_reads_the_standards_vectors(void **state)
{
    static const struct {
        const char *bytes, *text;
    } cases[] = {
        { "", "" },
        { "f", "MY" },
        { "fo", "MZXQ" },
        { "foo", "MZXW6" },
        { "foob", "MZXW6YQ" },
        { "fooba", "MZXW6YTB" },
        { "foobar", "MZXW6YTBOI" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        OWNED_BUF text;
        OWNED_BUF bytes;

        buf_init(&text, 64);
        buf_init(&bytes, 64);
        base32_write(&text, cases[i].bytes, strlen(cases[i].bytes));
        assert_string_equal(buf_text(&text), cases[i].text);
        assert_true(base32_read(buf_str(&text), &bytes));
        assert_string_equal(buf_text(&bytes), cases[i].bytes);
    }
}

static void refuses(void **state)
{
    static const struct {
        const char *name, *text;
    } cases[] = {
        { "one character is less than a byte", "M" },
        { "three", "MZX" },
        { "six", "MZXW6Y" },
        { "bits left over after two", "MZ" },
        { "bits left over after four", "MZXR" },
        { "bits left over after five", "MZXW7" },
        { "bits left over after seven", "MZXW6YR" },
        { "padding", "MY======" },
        { "a digit that is none", "M1" },
        { "zero", "0Y" },
        { "blank", "MZ W6" },
        { "something outside ASCII", "M\xc3\xa9" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        OWNED_BUF bytes;

        buf_init(&bytes, 64);
        if (base32_read(str_from(cases[i].text), &bytes) || bytes.len > 0)
            fail_msg("%s: taken", cases[i].name);
    }
}

static void folds_case(void **state)
{
    OWNED_BUF bytes;

    (void)state;
    buf_init(&bytes, 64);
    assert_true(base32_read(STR("mZxW6ytBoI"), &bytes));
    assert_string_equal(buf_text(&bytes), "foobar");
}

static void says_when_there_is_no_room(void **state)
{
    OWNED_BUF bytes;

    (void)state;
    buf_init(&bytes, 5);
    assert_false(base32_read(STR("MZXW6YTBOI"), &bytes));
}

static void every_length_comes_back(void **state)
{
    RandomSeeded seeded;
    Random random = random_seeded(&seeded, 4648);
    uint8_t bytes[272];

    (void)state;
    for (size_t size = 0; size <= sizeof bytes; size++) {
        OWNED_BUF text;
        OWNED_BUF back;

        buf_init(&text, 512);
        buf_init(&back, 512);
        assert_true(random_fill(&random, bytes, sizeof bytes, NULL));
        base32_write(&text, bytes, size);
        assert_int_equal(text.len, (size * 8 + 4) / 5);
        assert_true(base32_read(buf_str(&text), &back));
        assert_int_equal(back.len, size);
        if (size > 0)
            assert_memory_equal(back.data, bytes, size);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_and_reads_the_standards_vectors),
        cmocka_unit_test(refuses),
        cmocka_unit_test(folds_case),
        cmocka_unit_test(says_when_there_is_no_room),
        cmocka_unit_test(every_length_comes_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
