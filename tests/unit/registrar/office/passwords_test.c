/* Verifiers that are right, wrong, of another pepper, of nobody; and a crowd at once. */
#include <pthread.h>
#include <string.h>
#include <time.h>

#include "base/random.h"
#include "registrar/office/passwords.h"
#include "test.h"

#define CROWD 40

static const uint8_t pepper[32] = "a pepper for tests, 32 bytes lo";

static Passwords *start(const uint8_t of[32])
{
    Error err = { 0 };
    Random random = random_system();
    Passwords *passwords = passwords_start(of, &random, &err);

    if (!passwords)
        fail_msg("%s", err.text);
    return passwords;
}

static PasswordVerdict check(Passwords *passwords, const char *secret, const char *hash)
{
    PasswordVerdict verdict;
    Error err = { 0 };

    assert_ok(password_check(passwords, secret, hash, &verdict, &err), err);
    return verdict;
}

static void only_the_same_secret_is_right(void **state)
{
    static const char *const wrong[] = { "", "bahor2025", "Bahor2026", "bahor2026 ", "bahor202" };
    OWNED(Passwords) passwords = start(pepper);
    char hash[PASSWORD_HASH_SIZE];
    Error err = { 0 };

    (void)state;
    assert_ok(password_make(passwords, "bahor2026", hash, &err), err);
    assert_int_equal(check(passwords, "bahor2026", hash), PASSWORD_RIGHT);
    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_int_equal(check(passwords, wrong[i], hash), PASSWORD_WRONG);
}

static void the_cost_stands_in_the_hash_and_salts_differ(void **state)
{
    static const char cost[] = "$argon2id$v=19$m=19456,t=2,p=1$";
    OWNED(Passwords) passwords = start(pepper);
    char one[PASSWORD_HASH_SIZE], other[PASSWORD_HASH_SIZE];
    Error err = { 0 };

    (void)state;
    assert_ok(password_make(passwords, "bahor2026", one, &err), err);
    assert_ok(password_make(passwords, "bahor2026", other, &err), err);
    assert_memory_equal(one, cost, strlen(cost));
    assert_string_not_equal(one, other);
    assert_null(strstr(one, "bahor2026"));
    assert_true(strlen(one) < 128); /* as the store keeps it */
}

/* A stolen database is worth nothing without the key folder. */
static void another_pepper_makes_all_wrong(void **state)
{
    uint8_t another[32];
    OWNED(Passwords) passwords = start(pepper);
    char hash[PASSWORD_HASH_SIZE];
    Error err = { 0 };

    (void)state;
    memcpy(another, pepper, sizeof another);
    another[31] ^= 1;
    OWNED(Passwords) others = start(another);
    assert_ok(password_make(passwords, "bahor2026", hash, &err), err);
    assert_int_equal(check(others, "bahor2026", hash), PASSWORD_WRONG);
}

static int64_t processor_us(clockid_t clock)
{
    struct timespec at;

    clock_gettime(clock, &at);
    return (int64_t)at.tv_sec * 1000000 + at.tv_nsec / 1000;
}

/* Processor time, which a busy machine does not change much: who is unknown costs what a wrong password costs. */
static void nobody_is_as_much_work(void **state)
{
    OWNED(Passwords) passwords = start(pepper);
    char hash[PASSWORD_HASH_SIZE];
    Error err = { 0 };
    int64_t spent[2] = { 0, 0 };

    (void)state;
    assert_ok(password_make(passwords, "bahor2026", hash, &err), err);
    for (int i = 0; i < 10; i++) {
        int64_t before = processor_us(CLOCK_PROCESS_CPUTIME_ID);

        assert_int_equal(check(passwords, "kuz2026", i % 2 ? hash : NULL), PASSWORD_WRONG);
        spent[i % 2] += processor_us(CLOCK_PROCESS_CPUTIME_ID) - before;
    }
    assert_true(spent[0] > spent[1] / 2);
    assert_true(spent[0] < spent[1] * 2);
}

static void a_broken_verifier_is_an_error(void **state)
{
    static const char *const broken[] = { "", "x", "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA",
                                          "$2b$12$abcdefghijklmnopqrstuv" };
    OWNED(Passwords) passwords = start(pepper);
    PasswordVerdict verdict;
    Error err = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(broken); i++)
        assert_refused(password_check(passwords, "bahor2026", broken[i], &verdict, &err), ERR_CRYPTO, err);
}

typedef struct Asker {
    Passwords *passwords;
    const char *hash;
    pthread_t thread;
    PasswordVerdict verdict;
    bool done;
} Asker;

static void *ask(void *ctx)
{
    Asker *asker = ctx;

    asker->done = password_check(asker->passwords, "bahor2026", asker->hash, &asker->verdict, NULL);
    return NULL;
}

static void a_crowd_is_answered_and_the_rest_is_told_to_come_again(void **state)
{
    OWNED(Passwords) passwords = start(pepper);
    char hash[PASSWORD_HASH_SIZE];
    Asker askers[CROWD];
    Error err = { 0 };
    int right = 0, busy = 0;

    (void)state;
    assert_ok(password_make(passwords, "bahor2026", hash, &err), err);
    for (size_t i = 0; i < CROWD; i++) {
        askers[i] = (Asker){ .passwords = passwords, .hash = hash };
        assert_int_equal(pthread_create(&askers[i].thread, NULL, ask, &askers[i]), 0);
    }
    for (size_t i = 0; i < CROWD; i++) {
        pthread_join(askers[i].thread, NULL);
        assert_true(askers[i].done);
        right += askers[i].verdict == PASSWORD_RIGHT;
        busy += askers[i].verdict == PASSWORD_BUSY;
    }
    assert_int_equal(right + busy, CROWD);
    assert_true(right >= 8);
    assert_true(busy > 0);
    assert_int_equal(check(passwords, "bahor2026", hash), PASSWORD_RIGHT); /* and then it is quiet again */
}

/* Two offices, two workers in all: where many come to the one, the other's only one is still taken. */
static void an_offices_crowd_keeps_no_other_out(void **state)
{
    Error err = { 0 };
    Random random = random_system();
    static const uint8_t another[32] = "a pepper of another office, 32 ";
    OWNED(PasswordWorkers) workers = password_workers_start(&random, &err);
    char hash[PASSWORD_HASH_SIZE], others_hash[PASSWORD_HASH_SIZE];
    Asker askers[CROWD];
    int busy = 0;

    (void)state;
    assert_non_null(workers);
    Passwords *crowded = passwords_start_with(workers, pepper, &random, &err);
    Passwords *quiet = passwords_start_with(workers, another, &random, &err);
    assert_non_null(crowded);
    assert_non_null(quiet);
    assert_ok(password_make(crowded, "bahor2026", hash, &err), err);
    assert_ok(password_make(quiet, "bahor2026", others_hash, &err), err);
    for (size_t i = 0; i < CROWD; i++) {
        askers[i] = (Asker){ .passwords = crowded, .hash = hash };
        assert_int_equal(pthread_create(&askers[i].thread, NULL, ask, &askers[i]), 0);
    }
    for (int i = 0; i < 3; i++)
        assert_int_equal(check(quiet, "bahor2026", others_hash), PASSWORD_RIGHT);
    for (size_t i = 0; i < CROWD; i++) {
        pthread_join(askers[i].thread, NULL);
        busy += askers[i].verdict == PASSWORD_BUSY;
    }
    assert_true(busy > 0);
    assert_int_equal(check(quiet, "bahor2026", hash), PASSWORD_WRONG); /* each has its own pepper */
    passwords_stop(crowded);
    passwords_stop(quiet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_same_secret_is_right),
        cmocka_unit_test(the_cost_stands_in_the_hash_and_salts_differ),
        cmocka_unit_test(another_pepper_makes_all_wrong),
        cmocka_unit_test(nobody_is_as_much_work),
        cmocka_unit_test(a_broken_verifier_is_an_error),
        cmocka_unit_test(a_crowd_is_answered_and_the_rest_is_told_to_come_again),
        cmocka_unit_test(an_offices_crowd_keeps_no_other_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
