#include "test.h"

#include <string.h>

#include "registrar/office/memo.h"

static void key_of(int n, uint8_t ret[MEMO_KEY_SIZE])
{
    memset(ret, 0, MEMO_KEY_SIZE);
    memcpy(ret + 8, &n, sizeof n); /* the spread is the same for all: they share their four places */
}

static void what_is_put_is_there_until_its_end(void **state)
{
    Memo *memo = memo_new(sizeof(int), 8);
    uint8_t key[MEMO_KEY_SIZE];
    int value = 7, found;

    (void)state;
    key_of(1, key);
    assert_false(memo_get(memo, key, 100, &found));
    memo_put(memo, key, 100, 200, &value);
    assert_true(memo_get(memo, key, 199, &found));
    assert_int_equal(found, 7);
    assert_false(memo_get(memo, key, 200, &found));
    memo_free(memo);
}

static void full_places_give_up_what_ends_first(void **state)
{
    Memo *memo = memo_new(sizeof(int), 8);
    uint8_t key[MEMO_KEY_SIZE];
    int found;

    (void)state;
    for (int i = 0; i < 5; i++) {
        key_of(i, key);
        memo_put(memo, key, 0, i == 2 ? 50 : 100 + i, &i);
    }
    for (int i = 0; i < 5; i++) {
        key_of(i, key);
        assert_int_equal(memo_get(memo, key, 10, &found), i != 2);
        assert_true(i == 2 || found == i);
    }
    memo_free(memo);
}

static int64_t add_one(void *value, void *arg)
{
    ++*(int *)value;
    return *(int64_t *)arg;
}

static void a_change_begins_at_zero_and_goes_on(void **state)
{
    Memo *memo = memo_new(sizeof(int), 4);
    uint8_t key[MEMO_KEY_SIZE];
    int64_t until_ms = 100;
    int found;

    (void)state;
    key_of(1, key);
    for (int i = 0; i < 3; i++)
        memo_change(memo, key, 0, add_one, &until_ms);
    assert_true(memo_get(memo, key, 0, &found));
    assert_int_equal(found, 3);
    memo_change(memo, key, 100, add_one, &(int64_t){ 300 });
    assert_true(memo_get(memo, key, 200, &found));
    assert_int_equal(found, 1);
    memo_free(memo);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_is_there_until_its_end),
        cmocka_unit_test(full_places_give_up_what_ends_first),
        cmocka_unit_test(a_change_begins_at_zero_and_goes_on),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
