#include "test.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/queue.h"

static void keeps_order_and_bound(void **state)
{
    OWNED(Queue) queue = queue_new(sizeof(int), 3);
    int item;

    (void)state;
    assert_false(queue_pop(queue, &item, 0));
    for (int round = 0; round < 5; round++) { /* round the ring */
        for (int i = 0; i < 3; i++)
            assert_true(queue_push(queue, &(int){ round * 10 + i }));
        assert_false(queue_push(queue, &(int){ 99 }));
        for (int i = 0; i < 3; i++) {
            assert_true(queue_pop(queue, &item, 0));
            assert_int_equal(item, round * 10 + i);
        }
    }
    assert_false(queue_pop(queue, &item, 0));
}

static void waits_no_longer_than_told(void **state)
{
    OWNED(Queue) queue = queue_new(1, 1);
    Clock clock = clock_system();
    int64_t began = clock_monotonic_ms(&clock);
    char item;

    (void)state;
    assert_false(queue_pop(queue, &item, 60));
    int64_t took = clock_monotonic_ms(&clock) - began;
    assert_true(took >= 59);
    assert_true(took < 5000);
}

static void empties_after_it_was_closed(void **state)
{
    OWNED(Queue) queue = queue_new(sizeof(int), 2);
    int item = 0;

    (void)state;
    assert_true(queue_push(queue, &(int){ 1 }));
    queue_close(queue);
    assert_false(queue_push(queue, &(int){ 2 }));
    assert_true(queue_pop(queue, &item, -1));
    assert_int_equal(item, 1);
    assert_false(queue_pop(queue, &item, -1));
}

static void *wait_for_ever(void *arg)
{
    int item;

    return queue_pop(arg, &item, -1) ? arg : NULL;
}

static void closing_wakes_who_waits(void **state)
{
    OWNED(Queue) queue = queue_new(sizeof(int), 2);
    pthread_t threads[3];

    (void)state;
    for (size_t i = 0; i < COUNT(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, wait_for_ever, queue), 0);
    struct timespec pause = { .tv_nsec = 20 * 1000000 };
    nanosleep(&pause, NULL);
    queue_close(queue);
    for (size_t i = 0; i < COUNT(threads); i++) {
        void *got;
        pthread_join(threads[i], &got);
        assert_null(got);
    }
}

static void count_wake(void *ctx)
{
    atomic_fetch_add((atomic_int *)ctx, 1);
}

static void tells_of_each_push(void **state)
{
    OWNED(Queue) queue = queue_new(sizeof(int), 2);
    atomic_int woken = 0;

    (void)state;
    queue_on_push(queue, count_wake, &woken);
    assert_true(queue_push(queue, &(int){ 1 }));
    assert_true(queue_push(queue, &(int){ 2 }));
    assert_false(queue_push(queue, &(int){ 3 })); /* nothing came, so nobody is woken */
    assert_int_equal(atomic_load(&woken), 2);
}

#define PRODUCERS 4
#define ITEMS     5000

typedef struct Producer {
    Queue *queue;
    int number;
} Producer;

static void *produce(void *arg)
{
    Producer *producer = arg;

    for (int i = 0; i < ITEMS; i++) {
        int item = producer->number * ITEMS + i;
        while (!queue_push(producer->queue, &item))
            sched_yield();
    }
    return NULL;
}

static void loses_and_doubles_nothing_between_threads(void **state)
{
    OWNED(Queue) queue = queue_new(sizeof(int), 16);
    pthread_t threads[PRODUCERS];
    Producer producers[PRODUCERS];
    int next[PRODUCERS] = { 0 };

    (void)state;
    for (int i = 0; i < PRODUCERS; i++) {
        producers[i] = (Producer){ queue, i };
        assert_int_equal(pthread_create(&threads[i], NULL, produce, &producers[i]), 0);
    }
    for (int i = 0; i < PRODUCERS * ITEMS; i++) {
        int item;
        assert_true(queue_pop(queue, &item, 10000));
        int from = item / ITEMS;
        assert_int_equal(item % ITEMS, next[from]); /* each producer's own order is kept */
        next[from]++;
    }
    for (int i = 0; i < PRODUCERS; i++)
        pthread_join(threads[i], NULL);
}

static void needs_memory(void **state)
{
    (void)state;
    for (unsigned n = 1; n <= 2; n++) {
        mem_fail_nth(n);
        assert_null(queue_new(4, 4));
    }
    mem_fail_nth(0);
    queue_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_order_and_bound),
        cmocka_unit_test(waits_no_longer_than_told),
        cmocka_unit_test(empties_after_it_was_closed),
        cmocka_unit_test(closing_wakes_who_waits),
        cmocka_unit_test(tells_of_each_push),
        cmocka_unit_test(loses_and_doubles_nothing_between_threads),
        cmocka_unit_test(needs_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
