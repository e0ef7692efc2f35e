#include "test.h"

#include <pthread.h>
#include <string.h>

#include "base/memory.h"

static void gives_zeroed_memory(void **state)
{
    unsigned char *block = mem_new(100, 7);

    (void)state;
    assert_non_null(block);
    for (size_t i = 0; i < 700; i++)
        assert_int_equal(block[i], 0);
    mem_free(block);

    void *none = mem_new(0, 8);
    assert_non_null(none); /* NULL means failure only */
    none = mem_resize(none, 0, 8);
    assert_non_null(none);
    mem_free(none);
    mem_free(NULL);
    mem_free_wiped(NULL, 10);
}

static void refuses_products_that_overflow(void **state)
{
    size_t value = 7;
    void *block = mem_new(4, 1);

    (void)state;
    assert_null(mem_new(SIZE_MAX / 2, 3));
    assert_null(mem_resize(block, SIZE_MAX / 2, 3));
    mem_free(block);

    assert_false(size_add(SIZE_MAX, 1, &value));
    assert_false(size_mul(SIZE_MAX / 2 + 1, 2, &value));
    assert_int_equal(value, 7);
    assert_true(size_add(SIZE_MAX - 1, 1, &value));
    assert_true(value == SIZE_MAX);
    assert_true(size_mul(3, 5, &value));
    assert_int_equal(value, 15);
}

static void copies(void **state)
{
    (void)state;
    char *text = mem_copy_text("oʻqish");
    char *bytes = mem_copy("a\0b", 3);
    void *empty = mem_copy(NULL, 0);

    assert_string_equal(text, "oʻqish");
    assert_memory_equal(bytes, "a\0b", 3);
    assert_non_null(empty);
    mem_free(text);
    mem_free(bytes);
    mem_free(empty);
}

static void wipes_and_compares_secrets(void **state)
{
    char secret[16] = "bahor2026";

    (void)state;
    assert_true(mem_equal_secret("abc", "abc", 3));
    assert_false(mem_equal_secret("abc", "abd", 3));
    assert_false(mem_equal_secret("xbc", "abc", 3));
    assert_true(mem_equal_secret("abc", "xyz", 0));
    mem_wipe(secret, sizeof(secret));
    for (size_t i = 0; i < sizeof(secret); i++)
        assert_int_equal(secret[i], 0);
    mem_wipe(NULL, 0);
}

#define LEFT   65536 /* bytes that a call leaves on the stack */
#define FRAMES 32    /* what the wiping calls' own frames cover and do not use */

static __attribute__((noinline)) uintptr_t leave_marks(void)
{
    volatile unsigned char marks[LEFT];

    uintptr_t at;

    for (size_t i = 0; i < LEFT; i++)
        marks[i] = 0x5a;
    __asm__ volatile("" : "=r"(at) : "0"(marks)); /* compilers know better than to return it */
    return at;
}

static __attribute__((noinline)) size_t count_marks(uintptr_t at)
{
    const volatile unsigned char *left = (const volatile unsigned char *)at;
    size_t count = 0;

    for (size_t i = 0; i < LEFT; i++)
        count += left[i] == 0x5a;
    return count;
}

static void *leave_and_wipe(void *ctx)
{
    size_t *counts = ctx;
    uintptr_t at = leave_marks();

    counts[0] = count_marks(at);
    mem_wipe_stack();
    counts[1] = count_marks(at);
    return NULL;
}

static void wipes_what_calls_left_on_the_stack(void **state)
{
    size_t here[2], there[2];
    pthread_t thread;

    (void)state;
#ifdef REGISTRAR_SANITIZED
    skip(); /* looks where nobody may */
#endif
    leave_and_wipe(here);
    assert_int_equal(pthread_create(&thread, NULL, leave_and_wipe, there), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_in_range(here[0], LEFT / 2, LEFT); /* what was called since is written over it */
    assert_in_range(there[0], LEFT / 2, LEFT);
    assert_in_range(here[1], 0, FRAMES);
    assert_in_range(there[1], 0, FRAMES);
}

static void fails_the_nth_request_once(void **state)
{
    (void)state;
    for (unsigned n = 1; n <= 4; n++) {
        mem_fail_nth(n);
        for (unsigned i = 1; i <= 6; i++) {
            void *block = i % 2 ? mem_new(1, 1) : mem_copy("x", 1);
            if (i == n)
                assert_null(block);
            else
                assert_non_null(block);
            mem_free(block);
        }
    }
    char *block = mem_copy_text("kept");
    mem_fail_nth(1);
    assert_null(mem_resize(block, 100, 1));
    assert_string_equal(block, "kept");
    mem_fail_nth(0);
    mem_free(block);
}

static void steals(void **state)
{
    OWNED(char) owner = mem_copy_text("mine");

    (void)state;
    char *moved = steal(&owner);
    assert_null(owner);
    assert_string_equal(moved, "mine");
    mem_free(moved);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_zeroed_memory),
        cmocka_unit_test(refuses_products_that_overflow),
        cmocka_unit_test(copies),
        cmocka_unit_test(wipes_and_compares_secrets),
        cmocka_unit_test(wipes_what_calls_left_on_the_stack),
        cmocka_unit_test(fails_the_nth_request_once),
        cmocka_unit_test(steals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
