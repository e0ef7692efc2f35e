#include "test.h"

#include "registrar/connect/breaker.h"

static void breaks(Breaker *breaker, int times, int64_t now_ms)
{
    for (int i = 0; i < times; i++) {
        assert_true(breaker_lets(breaker, now_ms));
        breaker_failed(breaker, now_ms);
    }
}

static void test_opens_after_failures_in_a_row(void **state)
{
    Breaker breaker = { 0 };

    (void)state;
    breaks(&breaker, BREAKER_FAILURES - 1, 0);
    breaker_answered(&breaker);
    breaks(&breaker, BREAKER_FAILURES - 1, 0);
    assert_false(breaker_is_open(&breaker));
    breaks(&breaker, 1, 0);
    assert_true(breaker_is_open(&breaker));
    assert_false(breaker_lets(&breaker, BREAKER_LEAST_MS - 1));
}

static void test_one_try_then_longer(void **state)
{
    Breaker breaker = { 0 };
    int64_t now = 0;

    (void)state;
    breaks(&breaker, BREAKER_FAILURES, now);
    for (int pause = BREAKER_LEAST_MS; pause < 4 * BREAKER_MOST_MS; pause *= 2) {
        int64_t wait = pause < BREAKER_MOST_MS ? pause : BREAKER_MOST_MS;

        assert_false(breaker_lets(&breaker, now + wait - 1));
        now += wait;
        assert_true(breaker_lets(&breaker, now));
        assert_false(breaker_lets(&breaker, now)); /* one at a time */
        breaker_failed(&breaker, now);
    }
    now += BREAKER_MOST_MS;
    assert_true(breaker_lets(&breaker, now));
    breaker_answered(&breaker);
    assert_false(breaker_is_open(&breaker));
    assert_true(breaker_lets(&breaker, now));
}

static void test_late_failures_count_nothing(void **state)
{
    Breaker breaker = { 0 };

    (void)state;
    breaks(&breaker, BREAKER_FAILURES, 0);
    breaker_failed(&breaker, 4000); /* asked before it opened */
    assert_true(breaker_lets(&breaker, BREAKER_LEAST_MS));
    breaker_unused(&breaker);
    assert_true(breaker_lets(&breaker, BREAKER_LEAST_MS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_opens_after_failures_in_a_row),
        cmocka_unit_test(test_one_try_then_longer),
        cmocka_unit_test(test_late_failures_count_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
