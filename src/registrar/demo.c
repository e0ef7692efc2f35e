#include "registrar/demo.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "registrar/office/passwords.h"
#include "registrar/office/students.h"
#include "registrar/store/students.h"
#include "wire/json.h"

#define UNIVERSITY_BYTES_MOST (64u << 20)
#define RECORD_BYTES_MOST     (1u << 20)
#define PINFL_BYTES_MOST      256
#define THREADS               4

/* One student, ready for the store. */
typedef struct Newcomer {
    const char *number, *password, *pinfl; /* borrowed from the university; pinfl NULL: none */
    const json_t *profile;
    const json_t *results; /* NULL: none */
    char hash[PASSWORD_HASH_SIZE];
} Newcomer;

typedef struct Import {
    const Keys *keys;
    const Random *random;
    int64_t now_s;
    Newcomer *newcomers;
    size_t count;
    Passwords *passwords;
    atomic_size_t next; /* of newcomers, whose password nobody works on yet */
} Import;

json_t *demo_read(const char *file, Error *err)
{
    OWNED_BUF bytes;
    json_t *university;

    buf_init(&bytes, UNIVERSITY_BYTES_MOST);
    if (!file_read(file, &bytes, err))
        return NULL;
    university = json_read(buf_str(&bytes), err);
    if (!university)
        error_add(err, "%.100s", file);
    return university;
}

static bool read_newcomer(const json_t *student, Newcomer *ret, Error *err)
{
    *ret = (Newcomer){
        .number = json_string_value(json_object_get(student, "number")),
        .password = json_string_value(json_object_get(student, "password")),
        .profile = json_object_get(student, "profile"),
        .results = json_object_get(student, "results"),
    };
    if (!ret->number || !ret->password || !json_is_object(ret->profile))
        return error_set(err, ERR_FORMAT, "a student without number, password or profile");
    ret->pinfl = json_string_value(json_object_get(ret->profile, "pinfl"));
    return true;
}

static bool read_newcomers(Import *import, const json_t *students, Error *err)
{
    size_t i;
    json_t *student;

    import->newcomers = mem_new(json_array_size(students), sizeof(Newcomer));
    if (!import->newcomers)
        return error_set(err, json_is_array(students) ? ERR_MEMORY : ERR_FORMAT, "students");
    json_array_foreach((json_t *)(uintptr_t)students, i, student)
    {
        if (!read_newcomer(student, &import->newcomers[i], err))
            return error_add(err, "students[%zu]", i);
        import->count++;
    }
    return true;
}

/* --- passwords: each takes tens of milliseconds, so on every core ------------------------------------------------ */

typedef struct Hashing {
    Import *import;
    pthread_t thread;
    bool running, done;
    Error err;
} Hashing;

static void *hash_main(void *ctx)
{
    Hashing *hashing = ctx;
    Import *import = hashing->import;
    size_t i;

    hashing->done = true;
    while (hashing->done && (i = atomic_fetch_add(&import->next, 1)) < import->count)
        hashing->done =
            password_make(import->passwords, import->newcomers[i].password, import->newcomers[i].hash, &hashing->err);
    return NULL;
}

static bool hash_all(Import *import, Error *err)
{
    Hashing hashings[THREADS];
    bool done = true;

    import->passwords = passwords_start(import->keys->pepper, import->random, err);
    if (!import->passwords)
        return false;
    for (size_t i = 0; i < COUNT(hashings); i++) {
        hashings[i] = (Hashing){ .import = import };
        hashings[i].running = pthread_create(&hashings[i].thread, NULL, hash_main, &hashings[i]) == 0;
        if (!hashings[i].running)
            hash_main(&hashings[i]);
    }
    for (size_t i = 0; i < COUNT(hashings); i++) {
        if (hashings[i].running)
            pthread_join(hashings[i].thread, NULL);
        if (!hashings[i].done && done) {
            *err = hashings[i].err;
            done = false;
        }
    }
    return done;
}

/* --- into the store ---------------------------------------------------------------------------------------------- */

/* HEMIS's first password is the passport's number, two letters and seven digits: known to many. */
static bool is_weak(const char *password)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    return strlen(password) == 9 && strspn(password, letters) == 2 && strspn(password + 2, "0123456789") == 7;
}

static bool put_part(StoreTransaction *transaction, const Import *import, int64_t student, const char *part,
                     const json_t *json, Error *err)
{
    OWNED_BUF body;

    buf_init(&body, RECORD_BYTES_MOST);
    if (!json_write(json, &body, err))
        return error_add(err, "record %s", part);
    return records_put(transaction, student, &(RecordRow){ part, buf_str(&body), "demo", import->now_s }, err);
}

/* The store holds the PINFL sealed and apart. */
static bool put_profile(StoreTransaction *transaction, const Import *import, int64_t student, const json_t *profile,
                        Error *err)
{
    json_t *without = json_copy((json_t *)(uintptr_t)profile);
    bool done;

    if (!without)
        return error_set(err, ERR_MEMORY, "profile");
    json_object_del(without, "pinfl");
    done = put_part(transaction, import, student, "profile", without, err);
    json_decref(without);
    return done;
}

static bool put_newcomer(StoreTransaction *transaction, const Import *import, const Newcomer *newcomer, Error *err)
{
    VerifierRow verifier = { .weak = is_weak(newcomer->password) };
    OWNED_BUF pinfl;

    buf_init(&pinfl, PINFL_BYTES_MOST);
    if (!str_copy(str_from(newcomer->hash), verifier.hash, sizeof verifier.hash))
        return error_set(err, ERR_RANGE, "verifier");
    return pinfl_seal(import->keys->record, newcomer->number, newcomer->pinfl, import->random, &pinfl, err) &&
           students_add(transaction, newcomer->number, buf_str(&pinfl), &verifier.student, err) &&
           put_profile(transaction, import, verifier.student, newcomer->profile, err) &&
           (!newcomer->results || put_part(transaction, import, verifier.student, "results", newcomer->results, err)) &&
           verifiers_put(transaction, &verifier, import->now_s, err);
}

static bool put_all(StoreTransaction *transaction, void *arg, Error *err)
{
    const Import *import = arg;

    for (size_t i = 0; i < import->count; i++)
        if (!put_newcomer(transaction, import, &import->newcomers[i], err))
            return error_add(err, "students[%zu]", i);
    return true;
}

bool demo_import(const json_t *university, const Keys *keys, Store *store, const Random *random, int64_t now_s,
                 size_t *ret_count, Error *err)
{
    Import import = { .keys = keys, .random = random, .now_s = now_s };
    bool done = read_newcomers(&import, json_object_get(university, "students"), err) && hash_all(&import, err) &&
                store_write(store, put_all, &import, err);

    passwords_stop(import.passwords);
    mem_free(import.newcomers);
    if (!done)
        return error_add(err, "demo university");
    *ret_count = import.count;
    return true;
}
