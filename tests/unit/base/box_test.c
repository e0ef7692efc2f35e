#include "test.h"

#include <string.h>

#include "base/box.h"

#define SECRET  STR("a device code")
#define CONTEXT STR("grant 1")

static void assert_hex(const void *bytes, size_t size, const char *expected)
{
    OWNED_BUF hex;

    buf_init(&hex, 4096);
    hex_write(&hex, bytes, size);
    assert_string_equal(buf_text(&hex), expected);
}

static void fill(uint8_t random[BOX_KEY_SIZE])
{
    for (size_t i = 0; i < BOX_KEY_SIZE; i++)
        random[i] = (uint8_t)i;
}

/* Worked out by hand of RFC 7748's ladder, RFC 5869 and another AES-GCM, in Python. */
static void is_as_another_makes_it(void **state UNUSED)
{
    uint8_t key[BOX_KEY_SIZE], random[BOX_KEY_SIZE];
    OWNED_BUF sealed;
    Error err = { 0 };

    fill(random);
    buf_init(&sealed, 1024);
    assert_ok(box_key(SECRET, key, &err), err);
    assert_hex(key, sizeof key, "61cf7942a5d00c3a53d3e83adc221c2d4e5f094677310102c8af12aa1a017109");
    assert_ok(box_seal(key, random, CONTEXT, STR("token"), &sealed, &err), err);
    assert_int_equal(sealed.len, strlen("token") + BOX_MORE);
    assert_hex(sealed.data, sealed.len,
               "4c5a12e11d9039822b9af1a75c5348c786f9fd7d774b4cea61f21b4aaf2f2270"
               "0000000000000000000000009b22eb569e59e96731522f5f5b6d492eb1ab009723");
}

static void opens_by_its_secret_alone(void **state UNUSED)
{
    uint8_t key[BOX_KEY_SIZE], random[BOX_KEY_SIZE];
    OWNED_BUF sealed, plain;
    Error err = { 0 };

    fill(random);
    buf_init(&sealed, 1024);
    buf_init(&plain, 1024);
    assert_ok(box_key(SECRET, key, &err), err);
    assert_ok(box_seal(key, random, CONTEXT, STR("token"), &sealed, &err), err);
    assert_ok(box_open(SECRET, CONTEXT, buf_str(&sealed), &plain, &err), err);
    assert_string_equal(buf_text(&plain), "token");
    buf_clear(&plain);
    assert_false(box_open(STR("a device codf"), CONTEXT, buf_str(&sealed), &plain, &err));
    assert_int_equal(err.code, ERR_CRYPTO);
    assert_false(box_open(SECRET, STR("grant 2"), buf_str(&sealed), &plain, &err));
    for (size_t i = 0; i < sealed.len; i++) {
        sealed.data[i] ^= 1;
        err = (Error){ 0 };
        assert_false(box_open(SECRET, CONTEXT, buf_str(&sealed), &plain, &err));
        assert_int_equal(err.code, ERR_CRYPTO);
        sealed.data[i] ^= 1;
    }
    for (size_t length = 0; length < sealed.len; length++)
        assert_false(box_open(SECRET, CONTEXT, (Str){ (const char *)sealed.data, length }, &plain, &err));
    assert_int_equal(plain.len, 0);
}

static void refuses_a_key_that_is_none(void **state UNUSED)
{
    static const uint8_t zeros[BOX_KEY_SIZE];
    uint8_t random[BOX_KEY_SIZE];
    OWNED_BUF sealed;
    Error err = { 0 };

    fill(random);
    buf_init(&sealed, 1024);
    assert_false(box_seal(zeros, random, CONTEXT, STR("token"), &sealed, &err)); /* every secret would agree to it */
    assert_int_equal(err.code, ERR_CRYPTO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_as_another_makes_it),
        cmocka_unit_test(opens_by_its_secret_alone),
        cmocka_unit_test(refuses_a_key_that_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
