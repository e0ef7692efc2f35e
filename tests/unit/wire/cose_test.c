#include "test.h"

#include <string.h>

#include "base/crypto.h"
#include "base/random.h"
#include "wire/cose.h"

/* RFC 8032 section 7.1, test 2: a key whose public half everybody knows. */
#define SEED   "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
#define PUBLIC "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"

static CoseKey *key_of(CoseUse use, uint8_t kid)
{
    uint8_t seed[COSE_PRIVATE_KEY_SIZE];
    Error err = { 0 };
    CoseKey *key;

    assert_true(hex_parse(STR(SEED), seed, sizeof seed));
    key = cose_key_new(use, kid, seed, &err);
    if (!key)
        fail_msg("%s", err.text);
    return key;
}

static void the_public_half_is_the_standards(void **state)
{
    OWNED(CoseKey) key = key_of(COSE_SEAL, 7);
    uint8_t expected[COSE_PUBLIC_KEY_SIZE];
    CosePublicKey public;

    (void)state;
    assert_true(hex_parse(STR(PUBLIC), expected, sizeof expected));
    cose_key_public(key, &public);
    assert_memory_equal(public.bytes, expected, sizeof expected);
    assert_int_equal(public.kid, 7);
    assert_int_equal(public.use, COSE_SEAL);
}

/* Every byte before the signature is written down here: other people's programs read it. */
static void looks_as_the_standard_says(void **state)
{
    static const uint8_t head[] = {
        0xd2,                            /* tag 18 */
        0x84,                            /* array of 4 */
        0x4c,                            /* protected header, 12 bytes: */
        0xa3,                            /*   map of 3 */
        0x01, 0x27,                      /*   alg: -8 (EdDSA) */
        0x04, 0x41, 0x09,                /*   kid: h'09' */
        0x10, 0x64, 's',  'e', 'a', 'l', /*   typ: "seal" */
        0xa0,                            /* unprotected header: empty */
        0x43, 'a',  'b',  'c',           /* payload */
        0x58, 0x40,                      /* signature, 64 bytes */
    };
    OWNED(CoseKey) key = key_of(COSE_SEAL, 9);
    Error err = { 0 };
    OWNED_BUF message;

    (void)state;
    buf_init(&message, 1024);
    assert_ok(cose_sign(key, STR("abc"), &message, &err), err);
    assert_int_equal(message.len, sizeof head + COSE_SIGNATURE_SIZE);
    assert_memory_equal(message.data, head, sizeof head);
}

static void what_was_signed_comes_back(void **state)
{
    static const size_t sizes[] = { 0, 1, 23, 24, 117, 255, 256, 40000, 65536 };
    OWNED(CoseKey) key = key_of(COSE_STATUS_LIST, 1);
    CosePublicKey public;
    Error err = { 0 };

    (void)state;
    cose_key_public(key, &public);
    for (size_t i = 0; i < COUNT(sizes); i++) {
        static char payload[65536];
        OWNED_BUF message;
        Str back;
        uint8_t kid;

        memset(payload, (int)('a' + i), sizes[i]);
        buf_init(&message, 1 << 20);
        assert_ok(cose_sign(key, (Str){ payload, sizes[i] }, &message, &err), err);
        assert_int_equal(message.len, cose_size(COSE_STATUS_LIST, sizes[i]));
        assert_ok(cose_kid(buf_str(&message), COSE_STATUS_LIST, &kid, &err), err);
        assert_int_equal(kid, 1);
        assert_ok(cose_verify(&public, buf_str(&message), &back, &err), err);
        assert_true(str_equal(back, (Str){ payload, sizes[i] }));
        assert_true(sizes[i] == 0 || (back.ptr > message.data && back.ptr < message.data + message.len));
    }
}

/* A signature made for one use is worth nothing for another, though the key's bytes are the same. */
static void each_use_is_for_itself(void **state)
{
    Error err = { 0 };

    (void)state;
    for (CoseUse made = 0; made < COSE_USE_COUNT; made++)
        for (CoseUse asked = 0; asked < COSE_USE_COUNT; asked++) {
            OWNED(CoseKey) key = key_of(made, 1);
            OWNED(CoseKey) other = key_of(asked, 1);
            CosePublicKey public;
            OWNED_BUF message;
            Str payload;
            uint8_t kid;

            buf_init(&message, 1024);
            assert_ok(cose_sign(key, STR("abc"), &message, &err), err);
            cose_key_public(other, &public);
            if (made == asked) {
                assert_ok(cose_verify(&public, buf_str(&message), &payload, &err), err);
                continue;
            }
            assert_refused(cose_verify(&public, buf_str(&message), &payload, &err), ERR_FORMAT, err);
            assert_refused(cose_kid(buf_str(&message), asked, &kid, &err), ERR_FORMAT, err);
        }
}

static void another_key_is_refused(void **state)
{
    OWNED(CoseKey) key = key_of(COSE_SEAL, 1);
    CosePublicKey public, other;
    Error err = { 0 };
    OWNED_BUF message;
    Str payload = { 0 };

    (void)state;
    buf_init(&message, 1024);
    assert_ok(cose_sign(key, STR("abc"), &message, &err), err);
    cose_key_public(key, &public);
    other = public;
    other.kid = 2;
    assert_refused(cose_verify(&other, buf_str(&message), &payload, &err), ERR_CRYPTO, err);
    other = public;
    other.bytes[0] ^= 1;
    assert_refused(cose_verify(&other, buf_str(&message), &payload, &err), ERR_CRYPTO, err);
    assert_null(payload.ptr);
}

static void every_changed_bit_is_refused(void **state)
{
    OWNED(CoseKey) key = key_of(COSE_RECEIPT, 200);
    CosePublicKey public;
    Error err = { 0 };
    OWNED_BUF message;
    Str payload;

    (void)state;
    buf_init(&message, 1024);
    cose_key_public(key, &public);
    assert_ok(cose_sign(key, STR("what was said"), &message, &err), err);
    for (size_t bit = 0; bit < message.len * 8; bit++) {
        message.data[bit / 8] = (char)(message.data[bit / 8] ^ 1 << bit % 8);
        if (cose_verify(&public, buf_str(&message), &payload, NULL))
            fail_msg("bit %zu changed, and taken", bit);
        message.data[bit / 8] = (char)(message.data[bit / 8] ^ 1 << bit % 8);
    }
    for (size_t size = 0; size < message.len; size++)
        if (cose_verify(&public, (Str){ message.data, size }, &payload, NULL))
            fail_msg("cut to %zu, and taken", size);
    buf_add_byte(&message, 0);
    assert_refused(cose_verify(&public, buf_str(&message), &payload, &err), ERR_FORMAT, err);
}

/* The same meaning in other bytes is not taken: one message has one form. */
static void other_forms_are_refused(void **state)
{
    static const struct {
        const char *name, *head; /* in hex; payload "abc" and a signature follow */
    } cases[] = {
        { "no tag", "844ca3012704410910647365616ca0" },
        { "another tag", "d3844ca3012704410910647365616ca0" },
        { "long form of a tag", "d812844ca3012704410910647365616ca0" },
        { "array of indefinite length", "d29f4ca3012704410910647365616ca0" },
        { "protected header of indefinite length", "d2845f4ca3012704410910647365616cffa0" },
        { "members in another order", "d2844ca3044109012710647365616ca0" },
        { "long form of alg", "d2844da301380704410910647365616ca0" },
        { "another alg", "d2844ca3012604410910647365616ca0" },
        { "kid of two bytes", "d2844da30127044201 090910647365616ca0" },
        { "no typ", "d28446a20127044109a0" },
        { "something unprotected", "d2844ca3012704410910647365616ca10101" },
        { "an empty protected header", "d28440a0" },
        { "one member more", "d2844ea401270441091064736561 6c1101a0" },
    };
    Error err = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        OWNED_BUF message;
        uint8_t kid;

        buf_init(&message, 1024);
        for (const char *c = cases[i].head; *c; c += c[0] == ' ' ? 1 : 2) {
            uint8_t byte;

            if (*c != ' ') {
                assert_true(hex_parse((Str){ c, 2 }, &byte, 1));
                buf_add_byte(&message, byte);
            }
        }
        buf_add_text(&message, "\x43"
                               "abc\x58\x40");
        for (int n = 0; n < COSE_SIGNATURE_SIZE; n++)
            buf_add_byte(&message, 0);
        error_clear(&err);
        if (cose_kid(buf_str(&message), COSE_SEAL, &kid, &err) || err.code != ERR_FORMAT)
            fail_msg("%s: %s", cases[i].name, err.text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_public_half_is_the_standards), cmocka_unit_test(looks_as_the_standard_says),
        cmocka_unit_test(what_was_signed_comes_back),       cmocka_unit_test(each_use_is_for_itself),
        cmocka_unit_test(another_key_is_refused),           cmocka_unit_test(every_changed_bit_is_refused),
        cmocka_unit_test(other_forms_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
