#include "registrar/office/import.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "registrar/office/students.h"
#include "registrar/store/acts.h"
#include "registrar/store/students.h"
#include "wire/json.h"

#define THREADS_MOST        16
#define RECORD_BYTES_MOST   (1u << 20)
#define PASSWORD_BYTES_MOST 127

/* --- hashing, side by side --------------------------------------------------------------------------------------- */

typedef struct Hashing {
    const ImportInput *input;
    size_t count;
    char (*hashes)[PASSWORD_HASH_SIZE];
    atomic_size_t next;
    atomic_bool failed;
} Hashing;

static const char *password_at(const ImportInput *input, size_t index)
{
    return json_string_value(json_object_get(json_array_get(input->students, index), "password"));
}

static void *hashing_main(void *ctx)
{
    Hashing *hashing = ctx;
    size_t at;

    while ((at = atomic_fetch_add(&hashing->next, 1)) < hashing->count)
        if (!password_make(hashing->input->passwords, password_at(hashing->input, at), hashing->hashes[at], NULL))
            atomic_store(&hashing->failed, true);
    return NULL;
}

static bool hash_all(Hashing *hashing, Error *err)
{
    pthread_t threads[THREADS_MOST];
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    int wanted = processors < 1 ? 1 : processors > THREADS_MOST ? THREADS_MOST : (int)processors, started = 0;

    while (started < wanted && pthread_create(&threads[started], NULL, hashing_main, hashing) == 0)
        started++;
    if (started == 0)
        hashing_main(hashing);
    for (int i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    return !atomic_load(&hashing->failed) || error_set(err, ERR_CRYPTO, "passwords");
}

/* --- storing ----------------------------------------------------------------------------------------------------- */

static bool is_number(const char *number)
{
    return number && number[0] && strlen(number) < STUDENT_NUMBER_SIZE &&
           strspn(number, "0123456789") == strlen(number);
}

static bool check_student(const json_t *student, size_t index, Error *err)
{
    const char *password = json_string_value(json_object_get(student, "password"));
    const json_t *pinfl = json_object_get(json_object_get(student, "profile"), "pinfl");

    if (!is_number(json_string_value(json_object_get(student, "number"))))
        return error_set(err, ERR_FORMAT, "students[%zu].number is not a number", index);
    if (!password || !password[0] || strlen(password) > PASSWORD_BYTES_MOST)
        return error_set(err, ERR_FORMAT, "students[%zu].password is missing or too long", index);
    if (!json_is_object(json_object_get(student, "profile")) || !json_is_array(json_object_get(student, "results")))
        return error_set(err, ERR_FORMAT, "students[%zu] lacks profile or results", index);
    return json_is_string(pinfl) || json_is_null(pinfl) ||
           error_set(err, ERR_FORMAT, "students[%zu].profile.pinfl is neither text nor null", index);
}

static bool put_part(StoreTransaction *transaction, int64_t id, const char *part, const json_t *json,
                     const ImportInput *input, Error *err)
{
    OWNED_BUF body;

    buf_init(&body, RECORD_BYTES_MOST);
    if (!json_write(json, &body, err))
        return error_add(err, "%s", part);
    const RecordRow record = { part, buf_str(&body), input->source, input->now_s };
    return records_put(transaction, id, &record, err);
}

static bool put_profile(StoreTransaction *transaction, int64_t id, const json_t *profile, const ImportInput *input,
                        Error *err)
{
    json_t *bare = json_copy((json_t *)(uintptr_t)profile);
    bool done = bare && json_object_del(bare, "pinfl") == 0 && put_part(transaction, id, "profile", bare, input, err);

    json_decref(bare);
    return done;
}

static bool put_student(StoreTransaction *transaction, const json_t *student, const char *hash,
                        const ImportInput *input, Error *err)
{
    const json_t *profile = json_object_get(student, "profile");
    const char *number = json_string_value(json_object_get(student, "number"));
    const char *pinfl = json_string_value(json_object_get(profile, "pinfl"));
    VerifierRow verifier = { 0 };
    OWNED_BUF sealed;

    buf_init(&sealed, 256);
    if (!pinfl_seal(input->keys->record, number, pinfl, input->random, &sealed, err) ||
        !students_add(transaction, number, buf_str(&sealed), &verifier.student, err) ||
        !put_profile(transaction, verifier.student, profile, input, err) ||
        !put_part(transaction, verifier.student, "results", json_object_get(student, "results"), input, err))
        return false;
    str_copy_cut(str_from(hash), verifier.hash, sizeof verifier.hash);
    return verifiers_put(transaction, &verifier, input->now_s, err);
}

static bool put_all(StoreTransaction *transaction, void *arg, Error *err)
{
    const Hashing *hashing = arg;
    const ImportInput *input = hashing->input;

    for (size_t i = 0; i < hashing->count; i++)
        if (!put_student(transaction, json_array_get(input->students, i), hashing->hashes[i], input, err))
            return error_add(err, "students[%zu]", i);
    return acts_add(transaction, &(Act){ input->now_s * 1000, "command-line", "students.imported", "office", NULL },
                    err);
}

bool import_students(Store *store, const ImportInput *input, Error *err)
{
    Hashing hashing = { .input = input, .count = json_array_size(input->students) };

    if (hashing.count == 0 || hashing.count > IMPORT_STUDENTS_MOST)
        return error_set(err, ERR_FORMAT, "no students, or more than %d", IMPORT_STUDENTS_MOST);
    for (size_t i = 0; i < hashing.count; i++)
        if (!check_student(json_array_get(input->students, i), i, err))
            return false;
    hashing.hashes = mem_new(hashing.count, sizeof *hashing.hashes);
    if (!hashing.hashes)
        return error_set(err, ERR_MEMORY, "students");
    bool done = hash_all(&hashing, err) && store_write(store, put_all, &hashing, err);
    mem_free(hashing.hashes);
    return done || error_add(err, "import");
}
