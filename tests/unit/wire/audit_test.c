#include "test.h"

#include <string.h>

#include "base/crypto.h"
#include "wire/audit.h"

#define NOW_S INT64_C(1795500000)

static const uint8_t prev[AUDIT_HASH_SIZE] = { 1, 2, 3 };
static const char salt[] = "sixteen bytes...";

static AuditEntry sample(void)
{
    return (AuditEntry){ .position = 7,
                         .id = 9,
                         .era = 2,
                         .at_ms = NOW_S * 1000,
                         .actor = STR("kiosk:A-1"),
                         .act = STR("document.issued"),
                         .object = STR("document:1"),
                         .salt = { salt, AUDIT_SALT_SIZE },
                         .detail_hash = STR("thirty-two bytes of a hash of it") };
}

static void hash_of(const AuditEntry *entry, const uint8_t before[AUDIT_HASH_SIZE], char ret[65])
{
    uint8_t hash[AUDIT_HASH_SIZE];
    OWNED_BUF hex;
    Error err = { 0 };

    buf_init(&hex, 128);
    assert_ok(audit_entry_hash(entry, before, hash, &err), err);
    hex_write(&hex, hash, sizeof hash);
    assert_true(str_copy(buf_str(&hex), ret, 65));
}

/* Computed by tests/fuzz/make-seeds' writer of CBOR and Python's SHA-256, so that the form can't drift. */
static void an_outsider_computes_the_same(void **state)
{
    uint8_t genesis[AUDIT_HASH_SIZE];
    AuditEntry entry = sample();
    char hash[65];
    OWNED_BUF hex;
    Error err = { 0 };

    (void)state;
    buf_init(&hex, 128);
    assert_ok(audit_genesis(STR("namuna"), genesis, &err), err);
    hex_write(&hex, genesis, sizeof genesis);
    assert_string_equal(buf_text(&hex), "afba0e17f7fc05b27760ced4876d1a689c605d20c6d09b58259044a52d0b6464");
    hash_of(&entry, prev, hash);
    assert_string_equal(hash, "5404b69cffb8557fbf758168fc9574108cfdd8c0b6be89ce0c0cdbd14cdadd35");
}

typedef struct Change {
    const char *what;
    AuditEntry entry;
} Change;

static void every_part_counts(void **state)
{
    static const uint8_t other[AUDIT_HASH_SIZE] = { 1, 2, 4 };
    Change changes[10];
    AuditEntry entry = sample();
    char right[65], wrong[65];

    (void)state;
    for (size_t i = 0; i < COUNT(changes); i++)
        changes[i] = (Change){ "", entry };
    changes[0].entry.position++;
    changes[1].entry.id++;
    changes[2].entry.era++;
    changes[3].entry.at_ms++;
    changes[4].entry.actor = STR("kiosk:A-2");
    changes[5].entry.act = STR("document.void");
    changes[6].entry.object = STR("document:2");
    changes[7].entry.salt.len--;
    changes[8].entry.detail_hash = (Str){ 0 };
    /* The same letters, cut elsewhere. */
    changes[9].entry.actor = STR("kiosk:A-1d");
    changes[9].entry.act = STR("ocument.issued");
    hash_of(&entry, prev, right);
    for (size_t i = 0; i < COUNT(changes); i++) {
        hash_of(&changes[i].entry, prev, wrong);
        assert_string_not_equal(right, wrong);
    }
    hash_of(&entry, other, wrong);
    assert_string_not_equal(right, wrong);
}

static void what_no_entry_has_is_refused(void **state)
{
    AuditEntry entry = sample();
    uint8_t hash[AUDIT_HASH_SIZE];
    Error err = { 0 };

    (void)state;
    entry.at_ms = -1;
    assert_false(audit_entry_hash(&entry, prev, hash, &err));
    assert_int_equal(err.code, ERR_RANGE);
}

/* --- heads ------------------------------------------------------------------------------------------------------- */

static CoseKey *key_of(CoseUse use)
{
    static const uint8_t seed[COSE_PRIVATE_KEY_SIZE] = "thirty-two bytes, not a secret!";
    Error err = { 0 };
    CoseKey *key = cose_key_new(use, 3, seed, &err);

    if (!key)
        fail_msg("%s", err.text);
    return key;
}

static AuditHead head_sample(void)
{
    return (AuditHead){ .issuer = "hujjat.namuna.uz", .position = 4817, .era = 2, .signed_at_s = NOW_S, .hash = { 9 } };
}

static void assert_same(const AuditHead *one, const AuditHead *other)
{
    assert_string_equal(one->issuer, other->issuer);
    assert_int_equal(one->position, other->position);
    assert_int_equal(one->era, other->era);
    assert_int_equal(one->signed_at_s, other->signed_at_s);
    assert_memory_equal(one->hash, other->hash, sizeof one->hash);
}

static void a_signed_head_comes_back(void **state)
{
    OWNED(CoseKey) key = key_of(COSE_AUDIT_HEAD);
    const AuditHead head = head_sample();
    AuditHead back;
    CosePublicKey public;
    OWNED_BUF token;
    Error err = { 0 };

    (void)state;
    cose_key_public(key, &public);
    buf_init(&token, AUDIT_HEAD_MOST);
    assert_ok(audit_head_sign(key, &head, &token, &err), err);
    assert_ok(audit_head_read(&public, buf_str(&token), &back, &err), err);
    assert_same(&head, &back);
    back = (AuditHead){ 0 };
    assert_true(audit_head_peek(buf_str(&token), &back));
    assert_same(&head, &back);
    for (size_t i = 0; i < token.len; i++) {
        token.data[i] ^= 1;
        assert_false(audit_head_read(&public, buf_str(&token), &back, &err));
        token.data[i] ^= 1;
    }
    for (size_t len = 0; len < token.len; len++)
        assert_true(!audit_head_read(&public, (Str){ token.data, len }, &back, &err) &&
                    !audit_head_peek((Str){ token.data, len }, &back));
}

static void a_head_follows_another_or_not(void **state)
{
    static const struct {
        const char *name;
        uint32_t era;
        int64_t position;
        uint8_t first;
        bool follows;
    } cases[] = {
        { "the same", 2, 4817, 9, true },
        { "another at the same place", 2, 4817, 8, false },
        { "later", 2, 4818, 8, true },
        { "earlier", 2, 4816, 9, false },
        { "earlier in a later era", 3, 9, 1, true },
        { "of an era before", 1, 9999, 1, false },
    };
    const AuditHead head = head_sample();

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        AuditHead later = head;
        later.era = cases[i].era;
        later.position = cases[i].position;
        later.hash[0] = cases[i].first;
        if (audit_head_follows(&head, &later) != cases[i].follows)
            fail_msg("%s", cases[i].name);
    }
}

static void each_use_has_its_own_key(void **state)
{
    OWNED(CoseKey) key = key_of(COSE_SEAL);
    const AuditHead head = head_sample();
    CosePublicKey public;
    AuditHead back;
    OWNED_BUF token;
    Error err = { 0 };

    (void)state;
    cose_key_public(key, &public);
    buf_init(&token, AUDIT_HEAD_MOST);
    assert_false(audit_head_sign(key, &head, &token, &err));
    assert_int_equal(err.code, ERR_ARGUMENT);
    assert_false(audit_head_read(&public, STR("?"), &back, &err));
    assert_int_equal(err.code, ERR_ARGUMENT);
}

static void what_lacks_something_is_not_signed(void **state)
{
    OWNED(CoseKey) key = key_of(COSE_AUDIT_HEAD);
    AuditHead heads[] = { head_sample(), head_sample(), head_sample(), head_sample() };
    OWNED_BUF token;
    Error err = { 0 };

    (void)state;
    buf_init(&token, AUDIT_HEAD_MOST);
    heads[0].issuer[0] = '\0';
    heads[1].position = 0;
    heads[2].era = 0;
    heads[3].signed_at_s = 0;
    for (size_t i = 0; i < COUNT(heads); i++)
        assert_false(audit_head_sign(key, &heads[i], &token, &err));
    assert_int_equal(token.len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_outsider_computes_the_same),      cmocka_unit_test(every_part_counts),
        cmocka_unit_test(what_no_entry_has_is_refused),       cmocka_unit_test(a_signed_head_comes_back),
        cmocka_unit_test(a_head_follows_another_or_not),      cmocka_unit_test(each_use_has_its_own_key),
        cmocka_unit_test(what_lacks_something_is_not_signed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
