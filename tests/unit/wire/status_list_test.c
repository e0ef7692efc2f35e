#include "test.h"

#include <string.h>

#include "base/memory.h"
#include "wire/seal.h"
#include "wire/status_list.h"

#define NOW_S 1795500000 /* 24 November 2026 */

static CoseKey *key_of(CoseUse use, uint8_t kid)
{
    static const uint8_t seed[COSE_PRIVATE_KEY_SIZE] = "thirty-two bytes, not a secret!";
    Error err = { 0 };
    CoseKey *key = cose_key_new(use, kid, seed, &err);

    if (!key)
        fail_msg("%s", err.text);
    return key;
}

static CosePublicKey public_of(const CoseKey *key)
{
    CosePublicKey public;

    cose_key_public(key, &public);
    return public;
}

static StatusList *sample(void)
{
    StatusList *list = mem_new(1, sizeof *list);

    assert_non_null(list);
    *list = (StatusList){ .issuer = "hujjat.namuna.uz",
                          .list = 3,
                          .issued_at_s = NOW_S,
                          .expires_at_s = NOW_S + STATUS_LIST_GOOD_S,
                          .version = NOW_S + 7,
                          .era = 2,
                          .head_count = 2,
                          .heads = { { "M", 2026, 52 }, { "B", 2025, 4817 } } };
    return list;
}
#define OWNED_LIST __attribute__((cleanup(list_cleanup))) StatusList *

static void list_cleanup(StatusList **list)
{
    mem_free(*list);
}

static void two_bits_are_set_and_read(void **state)
{
    static const uint32_t places[] = { 0, 1, 2, 3, 4, 104817, STATUS_LIST_PLACES - 1 };
    OWNED_LIST list = sample();

    (void)state;
    for (int round = 0; round < 4; round++) {
        for (size_t i = 0; i < COUNT(places); i++)
            status_list_set(list, places[i], (SealStatus)(((int)i + round) % 4));
        for (size_t i = 0; i < COUNT(places); i++)
            assert_int_equal(status_list_get(list, places[i]), ((int)i + round) % 4);
    }
    assert_int_equal(status_list_get(list, 5), STATUS_VALID);
    /* The draft's own order: index 0 in the lowest bits. */
    memset(list->places, 0, sizeof list->places);
    status_list_set(list, 0, STATUS_REVOKED);
    status_list_set(list, 1, STATUS_SUSPENDED);
    status_list_set(list, 3, STATUS_SUPERSEDED);
    assert_int_equal(list->places[0], 0xC9);
}

static void what_was_signed_comes_back(void **state)
{
    OWNED(CoseKey) key = key_of(COSE_STATUS_LIST, 2);
    const CosePublicKey public = public_of(key);
    OWNED_LIST list = sample();
    OWNED_LIST back = sample();
    OWNED_BUF token;
    Error err = { 0 };
    uint32_t seed = 1;

    (void)state;
    buf_init(&token, 64u << 10);
    assert_ok(status_list_sign(key, list, &token, &err), err);
    assert_true(token.len < 300); /* nothing revoked: nothing to carry */
    assert_ok(status_list_read(&public, buf_str(&token), back, &err), err);
    assert_memory_equal(back, list, sizeof *list);

    for (size_t i = 0; i < sizeof list->places; i++, seed = seed * 1664525 + 1013904223)
        list->places[i] = (uint8_t)(seed >> 24); /* can't be made smaller */
    buf_clear(&token);
    assert_ok(status_list_sign(key, list, &token, &err), err);
    assert_true(token.len > STATUS_LIST_BYTES && token.len < STATUS_LIST_BYTES + 1024);
    assert_ok(status_list_read(&public, buf_str(&token), back, &err), err);
    assert_memory_equal(back, list, sizeof *list);
}

static void it_is_good_for_a_day(void **state)
{
    OWNED_LIST list = sample();

    (void)state;
    assert_true(status_list_is_good(list, NOW_S));
    assert_true(status_list_is_good(list, NOW_S + STATUS_LIST_GOOD_S));
    assert_false(status_list_is_good(list, NOW_S + STATUS_LIST_GOOD_S + 1));
}

static void no_changed_byte_passes(void **state)
{
    OWNED(CoseKey) key = key_of(COSE_STATUS_LIST, 2);
    const CosePublicKey public = public_of(key);
    OWNED_LIST list = sample();
    OWNED_BUF token;
    Error err = { 0 };

    (void)state;
    buf_init(&token, 64u << 10);
    status_list_set(list, 104817, STATUS_REVOKED);
    assert_ok(status_list_sign(key, list, &token, &err), err);
    for (size_t i = 0; i < token.len; i++) {
        token.data[i] ^= 1;
        assert_false(status_list_read(&public, buf_str(&token), list, &err));
        token.data[i] ^= 1;
    }
    for (size_t len = 0; len < token.len; len++)
        assert_false(status_list_read(&public, (Str){ token.data, len }, list, &err));
    assert_ok(status_list_read(&public, buf_str(&token), list, &err), err);
}

static void another_key_or_use_is_refused(void **state)
{
    OWNED(CoseKey) key = key_of(COSE_STATUS_LIST, 2);
    OWNED(CoseKey) other = key_of(COSE_STATUS_LIST, 3);
    OWNED(CoseKey) seal = key_of(COSE_SEAL, 2);
    const CosePublicKey public = public_of(key), others = public_of(other), seals = public_of(seal);
    OWNED_LIST list = sample();
    OWNED_BUF token;
    Error err = { 0 };

    (void)state;
    buf_init(&token, 64u << 10);
    assert_refused(status_list_sign(seal, list, &token, &err), ERR_ARGUMENT, err);
    assert_ok(status_list_sign(key, list, &token, &err), err);
    assert_refused(status_list_read(&others, buf_str(&token), list, &err), ERR_CRYPTO, err);
    assert_refused(status_list_read(&seals, buf_str(&token), list, &err), ERR_ARGUMENT, err);
    assert_ok(status_list_read(&public, buf_str(&token), list, &err), err);
}

static void a_list_that_lacks_something_is_not_signed(void **state)
{
    OWNED(CoseKey) key = key_of(COSE_STATUS_LIST, 2);
    Error err = { 0 };

    (void)state;
    for (int i = 0; i < 8; i++) {
        OWNED_LIST list = sample();
        OWNED_BUF token;

        buf_init(&token, 64u << 10);
        switch (i) {
        case 0: list->issuer[0] = '\0'; break;
        case 1: list->list = 0; break;
        case 2: list->issued_at_s = 0; break;
        case 3: list->expires_at_s = list->issued_at_s; break;
        case 4: list->version = 0; break;
        case 5: list->era = 0; break;
        case 6: list->heads[1].register_name[0] = '\0'; break;
        case 7: list->head_count = SIZE_MAX; break;
        }
        assert_refused(status_list_sign(key, list, &token, &err), ERR_ARGUMENT, err);
        assert_int_equal(token.len, 0);
    }
}

/* Signed by the right key, but not by these rules. */
static void other_claims_are_refused(void **state)
{
    static const char *const payloads[] = { "", "\xa0", "\xa1\x02\x60", "\xa6", "abc" };
    OWNED(CoseKey) key = key_of(COSE_STATUS_LIST, 2);
    const CosePublicKey public = public_of(key);
    OWNED_LIST list = sample();
    Error err = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(payloads); i++) {
        OWNED_BUF token;

        buf_init(&token, 4096);
        assert_ok(cose_sign(key, str_from(payloads[i]), &token, &err), err);
        assert_refused(status_list_read(&public, buf_str(&token), list, &err), ERR_FORMAT, err);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_bits_are_set_and_read),     cmocka_unit_test(what_was_signed_comes_back),
        cmocka_unit_test(it_is_good_for_a_day),          cmocka_unit_test(no_changed_byte_passes),
        cmocka_unit_test(another_key_or_use_is_refused), cmocka_unit_test(a_list_that_lacks_something_is_not_signed),
        cmocka_unit_test(other_claims_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
