#include "test.h"

#include <string.h>

#include "base/random.h"

static bool broken_fill(void *ctx, void *bytes, size_t size)
{
    (void)ctx;
    (void)bytes;
    (void)size;
    return false;
}

static void repeats_what_was_seeded(void **state)
{
    /* First outputs of splitmix64 for seed 0, as published with the algorithm, low byte first:
     * 0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4. */
    static const uint8_t published[16] = { 0xAF, 0xCD, 0x1D, 0x7B, 0x39, 0xA8, 0x20, 0xE2,
                                           0xF4, 0x65, 0xB9, 0xA1, 0x6A, 0x9E, 0x78, 0x6E };
    RandomSeeded seeded;
    Random random = random_seeded(&seeded, 0);
    uint8_t bytes[16];
    Error err = { 0 };

    (void)state;
    assert_ok(random_fill(&random, bytes, sizeof(bytes), &err), err);
    assert_memory_equal(bytes, published, sizeof(published));
    random = random_seeded(&seeded, 0);
    uint8_t again[16];
    assert_ok(random_fill(&random, again, sizeof(again), &err), err);
    assert_memory_equal(bytes, again, sizeof(bytes));
}

static void system_randomness_differs(void **state)
{
    Random random = random_system();
    uint8_t a[32] = { 0 };
    uint8_t b[32] = { 0 };
    Error err = { 0 };

    (void)state;
    assert_ok(random_fill(&random, a, sizeof(a), &err), err);
    assert_ok(random_fill(&random, b, sizeof(b), &err), err);
    assert_memory_not_equal(a, b, sizeof(a));
    assert_ok(random_fill(&random, NULL, 0, &err), err);
}

static void failure_is_told(void **state)
{
    Random random = { broken_fill, NULL };
    uint8_t byte;
    Error err = { 0 };

    (void)state;
    assert_refused(random_fill(&random, &byte, 1, &err), ERR_CRYPTO, err);
}

static void makes_and_knows_uuids(void **state)
{
    static const struct {
        const char *text;
        bool valid;
    } cases[] = {
        { "f81d4fae-7dec-4d1d-a765-00a0c91e6bf6", true },
        { "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", false },
        { "F81D4FAE-7DEC-4D1D-A765-00A0C91E6BF6", false },
        { "f81d4fae-7dec-4d1d-c765-00a0c91e6bf6", false },
        { "f81d4fae-7dec-4d1d-a765-00a0c91e6bf", false },
        { "f81d4fae-7dec-4d1d-a765-00a0c91e6bf60", false },
        { "f81d4fae07dec-4d1d-a765-00a0c91e6bf6", false },
        { "g81d4fae-7dec-4d1d-a765-00a0c91e6bf6", false },
        { "", false },
        { NULL, false },
    };
    uint8_t bytes[16];
    char uuid[37];

    (void)state;
    memset(bytes, 0xFF, sizeof(bytes));
    uuid_from_random(bytes, uuid);
    assert_string_equal(uuid, "ffffffff-ffff-4fff-bfff-ffffffffffff");
    memset(bytes, 0, sizeof(bytes));
    uuid_from_random(bytes, uuid);
    assert_string_equal(uuid, "00000000-0000-4000-8000-000000000000");
    assert_true(uuid_valid(uuid));
    for (size_t i = 0; i < COUNT(cases); i++)
        if (uuid_valid(cases[i].text) != cases[i].valid)
            fail_msg("'%s'", cases[i].text ? cases[i].text : "NULL");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(repeats_what_was_seeded),
        cmocka_unit_test(system_randomness_differs),
        cmocka_unit_test(failure_is_told),
        cmocka_unit_test(makes_and_knows_uuids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
