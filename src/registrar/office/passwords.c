#include "registrar/office/passwords.h"

#include <argon2.h>
#include <pthread.h>
#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "base/queue.h"

#define WORKERS      2
#define WAITING_MOST 8 /* more are told to come again: each waits a tenth of a second at most */
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

struct Passwords {
    uint8_t pepper[32];
    Random random;
    char nobodys[PASSWORD_HASH_SIZE]; /* of a secret that nobody has */
    Queue *checks;                    /* of Check pointers */
    pthread_t workers[WORKERS];
    int running;
};

static void *worker_main(void *ctx)
{
    Passwords *passwords = ctx;
    Check *check;

    pthread_setname_np(pthread_self(), "passwords");
    while (queue_pop(passwords->checks, &check, -1)) {
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

bool password_make(const Passwords *passwords, const char *secret, char ret_hash[PASSWORD_HASH_SIZE], Error *err)
{
    uint8_t peppered[SHA256_SIZE], salt[SALT_SIZE];
    int result;

    if (!pepper_secret(passwords, secret, peppered, err) || !random_fill(&passwords->random, salt, sizeof salt, err))
        return error_add(err, "password");
    result = argon2id_hash_encoded(PASSES, MEMORY_KIB, LANES, peppered, sizeof peppered, salt, sizeof salt, TAG_SIZE,
                                   ret_hash, PASSWORD_HASH_SIZE);
    mem_wipe(peppered, sizeof peppered);
    return result == ARGON2_OK ||
           error_set_cause(err, ERR_CRYPTO, result, "password: %s", argon2_error_message(result));
}

static bool make_nobodys(Passwords *passwords, Error *err)
{
    char secret[33] = { 0 };
    bool done = random_fill(&passwords->random, secret, sizeof secret - 1, err) &&
                password_make(passwords, secret, passwords->nobodys, err);

    mem_wipe(secret, sizeof secret);
    return done;
}

static bool start_workers(Passwords *passwords, Error *err)
{
    passwords->checks = queue_new(sizeof(Check *), WAITING_MOST);
    if (!passwords->checks)
        return error_set(err, ERR_MEMORY, "passwords");
    for (int i = 0; i < WORKERS; i++) {
        int failed = pthread_create(&passwords->workers[i], NULL, worker_main, passwords);

        if (failed)
            return error_set_cause(err, ERR_MEMORY, failed, "passwords' thread");
        passwords->running++;
    }
    return true;
}

Passwords *passwords_start(const uint8_t pepper[32], const Random *random, Error *err)
{
    OWNED(Passwords) passwords = mem_new(1, sizeof(*passwords));

    if (!passwords) {
        error_set(err, ERR_MEMORY, "passwords");
        return NULL;
    }
    memcpy(passwords->pepper, pepper, sizeof passwords->pepper);
    passwords->random = *random;
    return make_nobodys(passwords, err) && start_workers(passwords, err) ? steal(&passwords) : NULL;
}

void passwords_stop(Passwords *passwords)
{
    if (!passwords)
        return;
    if (passwords->checks)
        queue_close(passwords->checks);
    for (int i = 0; i < passwords->running; i++)
        pthread_join(passwords->workers[i], NULL);
    queue_free(passwords->checks);
    mem_free_wiped(passwords, sizeof *passwords);
}

bool password_check(Passwords *passwords, const char *secret, const char *hash, PasswordVerdict *ret, Error *err)
{
    OWNED(Queue) answer = queue_new(sizeof(int), 1);
    Check check = { .hash = hash ? hash : passwords->nobodys, .answer = answer };
    Check *pushed = &check;
    int result = ARGON2_VERIFY_MISMATCH;

    if (!answer)
        return error_set(err, ERR_MEMORY, "password");
    if (!pepper_secret(passwords, secret, check.secret, err))
        return error_add(err, "password");
    bool taken = queue_push(passwords->checks, &pushed);
    while (taken && !queue_pop(answer, &result, -1))
        ;
    mem_wipe(check.secret, sizeof check.secret);
    if (!taken)
        *ret = PASSWORD_BUSY;
    else if (result == ARGON2_OK || result == ARGON2_VERIFY_MISMATCH)
        *ret = result == ARGON2_OK && hash ? PASSWORD_RIGHT : PASSWORD_WRONG;
    else
        return error_set_cause(err, ERR_CRYPTO, result, "password: %s", argon2_error_message(result));
    return true;
}
