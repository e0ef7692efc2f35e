#include "registrar/office/passwords.h"

#include <argon2.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "base/queue.h"

#define WORKERS      2
#define WAITING_MOST 8   /* of one office; more are told to come again: each waits a tenth of a second at most */
#define OFFICES_MOST 512 /* whose checks wait together */
#define SALT_SIZE    16
#define TAG_SIZE     32
#define PASSES       2
#define MEMORY_KIB   19456
#define LANES        1

/* Lives on the asker's stack until the worker has answered. */
typedef struct Check {
    uint8_t secret[SHA256_SIZE]; /* HMAC(pepper, secret) */
    const char *hash;
    Queue *answer; /* of int: argon2's result */
} Check;

struct PasswordWorkers {
    Queue *checks; /* of Check pointers: first come, first served, whosever they are */
    pthread_t workers[WORKERS];
    int running;
    char nobodys[PASSWORD_HASH_SIZE]; /* of a secret that nobody has, under no pepper */
};

struct Passwords {
    uint8_t pepper[32];
    Random random;
    PasswordWorkers *workers;
    PasswordWorkers *own; /* NULL: workers are others' too */
    atomic_int under_way; /* so that no office's crowd fills the queue for the others */
};

static void *worker_main(void *ctx)
{
    const PasswordWorkers *workers = ctx;
    Check *check;

    pthread_setname_np(pthread_self(), "passwords");
    while (queue_pop(workers->checks, &check, -1)) {
        int result = argon2id_verify(check->hash, check->secret, sizeof check->secret);
        bool told = queue_push(check->answer, &result);

        assert(told);
        (void)told;
    }
    return NULL;
}

static bool pepper_secret(const Passwords *passwords, const char *secret, uint8_t ret[SHA256_SIZE], Error *err)
{
    return hmac_sha256((Str){ (const char *)passwords->pepper, sizeof passwords->pepper }, str_from(secret), ret, err);
}

static bool hash_peppered(const uint8_t peppered[SHA256_SIZE], const Random *random, char ret_hash[PASSWORD_HASH_SIZE],
                          Error *err)
{
    uint8_t salt[SALT_SIZE];

    if (!random_fill(random, salt, sizeof salt, err))
        return error_add(err, "password");
    int result = argon2id_hash_encoded(PASSES, MEMORY_KIB, LANES, peppered, SHA256_SIZE, salt, sizeof salt, TAG_SIZE,
                                       ret_hash, PASSWORD_HASH_SIZE);
    return result == ARGON2_OK ||
           error_set_cause(err, ERR_CRYPTO, result, "password: %s", argon2_error_message(result));
}

bool password_make(const Passwords *passwords, const char *secret, char ret_hash[PASSWORD_HASH_SIZE], Error *err)
{
    uint8_t peppered[SHA256_SIZE];

    if (!pepper_secret(passwords, secret, peppered, err))
        return error_add(err, "password");
    bool done = hash_peppered(peppered, &passwords->random, ret_hash, err);
    mem_wipe(peppered, sizeof peppered);
    return done;
}

/* --- workers ----------------------------------------------------------------------------------------------------- */

static bool start(PasswordWorkers *workers, size_t room, Error *err)
{
    workers->checks = queue_new(sizeof(Check *), room);
    if (!workers->checks)
        return error_set(err, ERR_MEMORY, "passwords");
    for (int i = 0; i < WORKERS; i++) {
        int failed = pthread_create(&workers->workers[i], NULL, worker_main, workers);

        if (failed)
            return error_set_cause(err, ERR_MEMORY, failed, "passwords' thread");
        workers->running++;
    }
    return true;
}

/* One for all offices: what it was made of is thrown away, so that nothing is ever equal to it. */
static bool make_nobodys(PasswordWorkers *workers, const Random *random, Error *err)
{
    uint8_t nothing[SHA256_SIZE];
    bool done =
        random_fill(random, nothing, sizeof nothing, err) && hash_peppered(nothing, random, workers->nobodys, err);

    mem_wipe(nothing, sizeof nothing);
    return done;
}

static PasswordWorkers *workers_of(size_t offices, const Random *random, Error *err)
{
    OWNED(PasswordWorkers) workers = mem_new(1, sizeof(*workers));

    if (!workers) {
        error_set(err, ERR_MEMORY, "passwords");
        return NULL;
    }
    return make_nobodys(workers, random, err) && start(workers, offices * (WAITING_MOST + WORKERS), err)
               ? steal(&workers)
               : NULL;
}

PasswordWorkers *password_workers_start(const Random *random, Error *err)
{
    return workers_of(OFFICES_MOST, random, err);
}

void password_workers_stop(PasswordWorkers *workers)
{
    if (!workers)
        return;
    if (workers->checks)
        queue_close(workers->checks);
    for (int i = 0; i < workers->running; i++)
        pthread_join(workers->workers[i], NULL);
    queue_free(workers->checks);
    mem_free(workers);
}

/* --- passwords of one office ------------------------------------------------------------------------------------- */

Passwords *passwords_start_with(PasswordWorkers *workers, const uint8_t pepper[32], const Random *random, Error *err)
{
    OWNED(Passwords) passwords = mem_new(1, sizeof(*passwords));

    if (!passwords) {
        error_set(err, ERR_MEMORY, "passwords");
        return NULL;
    }
    memcpy(passwords->pepper, pepper, sizeof passwords->pepper);
    passwords->random = *random;
    if (!workers)
        passwords->own = workers_of(1, random, err);
    passwords->workers = workers ? workers : passwords->own;
    return passwords->workers ? steal(&passwords) : NULL;
}

Passwords *passwords_start(const uint8_t pepper[32], const Random *random, Error *err)
{
    return passwords_start_with(NULL, pepper, random, err);
}

void passwords_stop(Passwords *passwords)
{
    if (!passwords)
        return;
    password_workers_stop(passwords->own);
    mem_free_wiped(passwords, sizeof *passwords);
}

/* False: too many of this office are under way, or of all. */
static bool give_to_worker(Passwords *passwords, Check *check)
{
    if (atomic_fetch_add(&passwords->under_way, 1) < WAITING_MOST + WORKERS &&
        queue_push(passwords->workers->checks, &check))
        return true;
    atomic_fetch_sub(&passwords->under_way, 1);
    return false;
}

bool password_check(Passwords *passwords, const char *secret, const char *hash, PasswordVerdict *ret, Error *err)
{
    OWNED(Queue) answer = queue_new(sizeof(int), 1);
    Check check = { .hash = hash ? hash : passwords->workers->nobodys, .answer = answer };
    int result = ARGON2_VERIFY_MISMATCH;

    if (!answer)
        return error_set(err, ERR_MEMORY, "password");
    if (!pepper_secret(passwords, secret, check.secret, err))
        return error_add(err, "password");
    bool taken = give_to_worker(passwords, &check);
    while (taken && !queue_pop(answer, &result, -1))
        ;
    if (taken)
        atomic_fetch_sub(&passwords->under_way, 1);
    mem_wipe(check.secret, sizeof check.secret);
    if (!taken)
        *ret = PASSWORD_BUSY;
    else if (result == ARGON2_OK || result == ARGON2_VERIFY_MISMATCH)
        *ret = result == ARGON2_OK && hash ? PASSWORD_RIGHT : PASSWORD_WRONG;
    else
        return error_set_cause(err, ERR_CRYPTO, result, "password: %s", argon2_error_message(result));
    return true;
}
