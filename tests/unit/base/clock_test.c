#include "test.h"

#include <time.h>

#include "base/clock.h"

static int64_t given_ms(void *ctx)
{
    return *(int64_t *)ctx;
}

static void can_be_replaced(void **state)
{
    static const struct {
        int64_t ms, s;
    } cases[] = { { 0, 0 }, { 999, 0 }, { 1000, 1 }, { -1, -1 }, { -1000, -1 }, { -1001, -2 } };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t now = cases[i].ms;
        Clock clock = { given_ms, given_ms, &now };
        assert_int_equal(clock_wall_ms(&clock), cases[i].ms);
        assert_int_equal(clock_wall_s(&clock), cases[i].s);
        assert_int_equal(clock_monotonic_ms(&clock), cases[i].ms);
    }
}

static void follows_the_systems_clocks(void **state)
{
    Clock clock = clock_system();
    int64_t before = (int64_t)time(NULL);
    int64_t first = clock_monotonic_ms(&clock);

    (void)state;
    struct timespec pause = { .tv_nsec = 20 * 1000000 };
    nanosleep(&pause, NULL);
    assert_true(clock_monotonic_ms(&clock) - first >= 20);
    assert_true(clock_wall_s(&clock) >= before);
    assert_true(clock_wall_s(&clock) <= before + 60);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(can_be_replaced),
                                        cmocka_unit_test(follows_the_systems_clocks) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
