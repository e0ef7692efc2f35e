#include "test.h"

#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"

static void assert_hex(const void *bytes, size_t size, const char *expected)
{
    OWNED_BUF hex;

    buf_init(&hex, 4096);
    hex_write(&hex, bytes, size);
    assert_string_equal(buf_text(&hex), expected);
}

/* FIPS 180-4 examples; RFC 4231 test cases 1 and 2. */
static void agrees_with_published_examples(void **state)
{
    uint8_t digest[SHA256_SIZE];
    Error err = { 0 };

    (void)state;
    assert_ok(sha256(STR("abc"), digest, &err), err);
    assert_hex(digest, sizeof(digest), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_ok(sha256((Str){ NULL, 0 }, digest, &err), err);
    assert_hex(digest, sizeof(digest), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    static const char key[20] = { 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11 };
    assert_ok(hmac_sha256((Str){ key, sizeof(key) }, STR("Hi There"), digest, &err), err);
    assert_hex(digest, sizeof(digest), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    assert_ok(hmac_sha256(STR("Jefe"), STR("what do ya want for nothing?"), digest, &err), err);
    assert_hex(digest, sizeof(digest), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

/* RFC 5869, test case 3: no salt, no info; and its first 32 bytes with a purpose, from Python's hmac. */
static void derives_as_hkdf(void **state)
{
    static const char secret[22] = { 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11,
                                     11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11 };
    uint8_t key[32];
    Error err = { 0 };

    (void)state;
    assert_ok(crypto_derive((Str){ secret, sizeof(secret) }, "", key, &err), err);
    assert_hex(key, sizeof(key), "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
    assert_ok(crypto_derive((Str){ secret, sizeof(secret) }, "session's tokens", key, &err), err);
    assert_hex(key, sizeof(key), "e88fdeca9880acb76828809c8a650040f551228ce31b91264f61f8dfedc309b3");
    assert_false(crypto_derive(STR(""), "", key, &err));
    assert_int_equal(err.code, ERR_RANGE);
}

/* The GCM specification's test cases 13 and 14 (256-bit key, all zero). */
static void seals_as_aes_256_gcm(void **state)
{
    static const uint8_t key[32] = { 0 };
    static const uint8_t nonce[12] = { 0 };
    static const char zeros[16] = { 0 };
    OWNED_BUF sealed;
    Error err = { 0 };

    (void)state;
    buf_init(&sealed, 100);
    assert_ok(crypto_seal(key, STR(""), (Str){ NULL, 0 }, nonce, &sealed, &err), err);
    assert_hex(sealed.data, sealed.len, "000000000000000000000000530f8afbc74536b9a963b4f1c4cb738b");
    buf_clear(&sealed);
    assert_ok(crypto_seal(key, STR(""), (Str){ zeros, sizeof(zeros) }, nonce, &sealed, &err), err);
    assert_hex(sealed.data, sealed.len,
               "000000000000000000000000cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
}

static void opens_only_what_nobody_changed(void **state)
{
    uint8_t key[32] = { 1, 2, 3 };
    static const uint8_t nonce[12] = { 9 };
    Str context = STR("page M-2026/004817");
    Str plain = STR("Karimova Dilnoza");
    OWNED_BUF sealed, opened;
    Error err = { 0 };

    (void)state;
    buf_init(&sealed, 200);
    buf_init(&opened, 200);
    assert_ok(crypto_seal(key, context, plain, nonce, &sealed, &err), err);
    assert_int_equal(sealed.len, 12 + plain.len + 16);
    assert_ok(crypto_open(key, context, buf_str(&sealed), &opened, &err), err);
    assert_true(str_equal(buf_str(&opened), plain));

    buf_clear(&opened);
    for (size_t i = 0; i < sealed.len; i++) {
        sealed.data[i] ^= 0x40;
        assert_refused(crypto_open(key, context, buf_str(&sealed), &opened, &err), ERR_CRYPTO, err);
        sealed.data[i] ^= 0x40;
    }
    for (size_t len = 0; len < sealed.len; len++)
        assert_refused(crypto_open(key, context, (Str){ sealed.data, len }, &opened, &err), ERR_CRYPTO, err);
    assert_refused(crypto_open(key, STR("page M-2026/004818"), buf_str(&sealed), &opened, &err), ERR_CRYPTO, err);
    key[31] = 1;
    assert_refused(crypto_open(key, context, buf_str(&sealed), &opened, &err), ERR_CRYPTO, err);
    assert_int_equal(opened.len, 0); /* nothing came out before the tag agreed */
}

static void reports_a_full_buffer_and_no_memory(void **state)
{
    static const uint8_t key[32] = { 0 };
    static const uint8_t nonce[12] = { 0 };
    OWNED_BUF small, sealed;
    Error err = { 0 };

    (void)state;
    buf_init(&small, 10);
    buf_init(&sealed, 100);
    assert_refused(crypto_seal(key, STR(""), STR("page"), nonce, &small, &err), ERR_MEMORY, err);
    for (unsigned n = 1; n <= 2; n++) { /* its own buffer, then the caller's */
        mem_fail_nth(n);
        assert_refused(crypto_seal(key, STR(""), STR("page"), nonce, &sealed, &err), ERR_MEMORY, err);
        mem_fail_nth(0);
        buf_fini(&sealed);
    }
    assert_ok(crypto_seal(key, STR(""), STR("page"), nonce, &sealed, &err), err);
    mem_fail_nth(1);
    assert_refused(crypto_open(key, STR(""), buf_str(&sealed), &small, &err), ERR_MEMORY, err);
    mem_fail_nth(0);
}

static void parses_hex_exactly(void **state)
{
    static const struct {
        const char *text;
        bool ok;
    } cases[] = { { "00fFaB", true }, { "00fFa", false },  { "00fFaB0", false }, { "00fFag", false },
                  { "", false },      { "0x00fF", false }, { "00 fFa", false } };
    uint8_t bytes[3] = { 7, 7, 7 };

    (void)state;
    for (size_t i = 1; i < COUNT(cases); i++)
        if (hex_parse(str_from(cases[i].text), bytes, sizeof(bytes)) != cases[i].ok)
            fail_msg("'%s'", cases[i].text);
    assert_int_equal(bytes[0], 7); /* untouched by what was refused */
    assert_true(hex_parse(str_from(cases[0].text), bytes, sizeof(bytes)));
    assert_memory_equal(bytes, "\x00\xFF\xAB", 3);
    assert_false(hex_parse(STR("00"), bytes, SIZE_MAX));
}

/* RFC 4648 section 10, in the alphabet for addresses and without padding. */
static void writes_base64url(void **state)
{
    static const struct {
        Str bytes;
        const char *text;
    } cases[] = {
        { { "", 0 }, "" },
        { { "f", 1 }, "Zg" },
        { { "fo", 2 }, "Zm8" },
        { { "foo", 3 }, "Zm9v" },
        { { "foob", 4 }, "Zm9vYg" },
        { { "fooba", 5 }, "Zm9vYmE" },
        { { "foobar", 6 }, "Zm9vYmFy" },
        { { "\xFB\xFF\xBF", 3 }, "-_-_" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        OWNED_BUF buf;
        buf_init(&buf, 20);
        base64url_write(&buf, cases[i].bytes.ptr, cases[i].bytes.len);
        assert_string_equal(buf_text(&buf), cases[i].text);
        buf_clear(&buf);
        assert_true(base64url_read(str_from(cases[i].text), &buf));
        assert_true(str_equal(buf_str(&buf), cases[i].bytes));
    }
}

static void reads_no_other_base64url(void **state)
{
    static const char *const others[] = { "Z", "Zg==", "Zm+v", "Zm/v", "Zh", "Zm9", "Zm9vY", "Zm 9v", "Zm9v\n", "Zmé" };

    (void)state;
    for (size_t i = 0; i < COUNT(others); i++) {
        OWNED_BUF buf;
        buf_init(&buf, 20);
        if (base64url_read(str_from(others[i]), &buf))
            fail_msg("\"%s\" was read", others[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_published_examples),
        cmocka_unit_test(derives_as_hkdf),
        cmocka_unit_test(seals_as_aes_256_gcm),
        cmocka_unit_test(opens_only_what_nobody_changed),
        cmocka_unit_test(reports_a_full_buffer_and_no_memory),
        cmocka_unit_test(parses_hex_exactly),
        cmocka_unit_test(writes_base64url),
        cmocka_unit_test(reads_no_other_base64url),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
