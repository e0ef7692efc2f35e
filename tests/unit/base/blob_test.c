#include "test.h"

#include <pthread.h>

#include "base/blob.h"
#include "base/memory.h"

static void shares_bytes(void **state)
{
    OWNED(Blob) blob = blob_new("a\0b", 3);

    (void)state;
    assert_non_null(blob);
    Blob *second = blob_keep(blob);
    assert_ptr_equal(second, blob);
    blob_drop(second);
    assert_true(str_equal(blob_str(blob), STR("a\0b")));
    assert_null(blob_keep(NULL));
    blob_drop(NULL);
    assert_int_equal(blob_str(NULL).len, 0);
}

static void takes_a_buffer(void **state)
{
    OWNED_BUF buf;

    (void)state;
    buf_init(&buf, 8);
    buf_add_text(&buf, "page");
    const char *bytes = buf.data;
    OWNED(Blob) blob = blob_take_buf(&buf);
    assert_ptr_equal(blob_str(blob).ptr, bytes); /* not copied */
    assert_int_equal(buf.len, 0);

    buf_add_text(&buf, "longer than eight");
    assert_null(blob_take_buf(&buf));
    assert_false(buf.failed);

    buf_add_text(&buf, "x");
    mem_fail_nth(1);
    assert_null(blob_take_buf(&buf)); /* and nothing leaks: the sanitizer's test */
    mem_fail_nth(1);
    assert_null(blob_new("x", 1));
    mem_fail_nth(2);
    assert_null(blob_new("x", 1));
    mem_fail_nth(0);
}

static void *keep_and_drop(void *arg)
{
    for (int i = 0; i < 20000; i++)
        blob_drop(blob_keep(arg));
    blob_drop(arg);
    return NULL;
}

static void is_counted_across_threads(void **state)
{
    Blob *blob = blob_new("page", 4);
    pthread_t threads[4];

    (void)state;
    for (size_t i = 0; i < COUNT(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, keep_and_drop, blob_keep(blob)), 0);
    blob_drop(blob);
    for (size_t i = 0; i < COUNT(threads); i++)
        pthread_join(threads[i], NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_bytes),
        cmocka_unit_test(takes_a_buffer),
        cmocka_unit_test(is_counted_across_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
