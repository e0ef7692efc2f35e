#include "registrar/office/import.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "registrar/office/names.h"
#include "registrar/office/students.h"
#include "registrar/store/acts.h"
#include "wire/json.h"

#define THREADS_MOST    16
#define PART_BYTES_MOST (1u << 20)

static_assert(IMPORT_PARTS == RECORD_PART_COUNT, "a buffer for each part");

typedef struct Batch {
    const ImportInput *input;
    size_t first, count;
    ImportStudent students[IMPORT_AT_ONCE];
    char hashes[IMPORT_AT_ONCE][PASSWORD_HASH_SIZE]; /* "": has no password */
    atomic_size_t next;
    atomic_bool failed;
} Batch;

static void batch_free(Batch *batch)
{
    for (size_t i = 0; batch && i < IMPORT_AT_ONCE * IMPORT_PARTS; i++)
        buf_fini(&batch->students[i / IMPORT_PARTS].parts[i % IMPORT_PARTS]);
    mem_free_wiped(batch, sizeof *batch);
}
OWNED_BY(Batch, batch_free)

static Batch *batch_new(const ImportInput *input, Error *err)
{
    Batch *batch = mem_new(1, sizeof *batch);

    if (!batch) {
        error_set(err, ERR_MEMORY, "students");
        return NULL;
    }
    batch->input = input;
    for (size_t i = 0; i < IMPORT_AT_ONCE * IMPORT_PARTS; i++)
        buf_init(&batch->students[i / IMPORT_PARTS].parts[i % IMPORT_PARTS], PART_BYTES_MOST);
    return batch;
}

Buf *import_part(ImportStudent *student, const char *part)
{
    RecordPart found;

    return record_part_parse(part, &found) ? &student->parts[found] : NULL;
}

/* --- one student of a file --------------------------------------------------------------------------------------- */

static bool is_number(const char *number)
{
    return number[0] && strspn(number, "0123456789") == strlen(number);
}

static bool text_fits(const json_t *text, char *array, size_t size)
{
    return json_is_string(text) && str_copy((Str){ json_string_value(text), json_string_length(text) }, array, size);
}

static bool profile_from_json(const json_t *profile, Buf *ret, Error *err)
{
    OWNED(json_t) bare = json_copy((json_t *)(uintptr_t)profile);

    return bare && json_object_del(bare, "pinfl") == 0 && json_write(bare, ret, err);
}

/* parts: what a student has beside profile and results; NULL: nothing. */
static bool parts_from_json(const json_t *parts, ImportStudent *ret, Error *err)
{
    const char *name;
    json_t *body;

    if (parts && !json_is_object(parts))
        return error_set(err, ERR_FORMAT, "parts");
    json_object_foreach((json_t *)(uintptr_t)parts, name, body)
    {
        Buf *part = import_part(ret, name);

        if (!part || part->len > 0)
            return error_set(err, ERR_FORMAT, "parts.%.40s: no such part, or a second one", name);
        if (!json_is_object(body) && !json_is_array(body))
            return error_set(err, ERR_FORMAT, "parts.%.40s is neither an object nor a list", name);
        if (!json_write(body, part, err))
            return false;
    }
    return true;
}

bool import_from_json(const json_t *student, size_t index, ImportStudent *ret, Error *err)
{
    const json_t *profile = json_object_get(student, "profile"), *results = json_object_get(student, "results");
    const json_t *pinfl = json_object_get(profile, "pinfl");

    if (!text_fits(json_object_get(student, "number"), ret->number, sizeof ret->number) || !is_number(ret->number))
        return error_set(err, ERR_FORMAT, "students[%zu].number is not a number", index);
    if (!text_fits(json_object_get(student, "password"), ret->password, sizeof ret->password) || !ret->password[0])
        return error_set(err, ERR_FORMAT, "students[%zu].password is missing or too long", index);
    if (!json_is_object(profile) || !json_is_array(results))
        return error_set(err, ERR_FORMAT, "students[%zu] lacks profile or results", index);
    if (!json_is_null(pinfl) && !text_fits(pinfl, ret->pinfl, sizeof ret->pinfl))
        return error_set(err, ERR_FORMAT, "students[%zu].profile.pinfl is neither text nor null", index);
    return (profile_from_json(profile, &ret->parts[PART_PROFILE], err) &&
            json_write(results, &ret->parts[PART_RESULTS], err) &&
            parts_from_json(json_object_get(student, "parts"), ret, err)) ||
           error_add(err, "students[%zu]", index);
}

/* --- hashing, side by side --------------------------------------------------------------------------------------- */

static void *hashing_main(void *ctx)
{
    Batch *batch = ctx;
    size_t at;

    while ((at = atomic_fetch_add(&batch->next, 1)) < batch->count) {
        const char *password = batch->students[at].password;

        if (password[0] && !password_make(batch->input->passwords, password, batch->hashes[at], NULL))
            atomic_store(&batch->failed, true);
    }
    return NULL;
}

static bool hash_all(Batch *batch, Error *err)
{
    pthread_t threads[THREADS_MOST];
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    int wanted = processors < 1 ? 1 : processors > THREADS_MOST ? THREADS_MOST : (int)processors, started = 0;

    atomic_store(&batch->next, 0);
    while (started < wanted && pthread_create(&threads[started], NULL, hashing_main, batch) == 0)
        started++;
    if (started == 0)
        hashing_main(batch);
    for (int i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    return !atomic_load(&batch->failed) || error_set(err, ERR_CRYPTO, "passwords");
}

/* --- storing ----------------------------------------------------------------------------------------------------- */

static bool put_parts(StoreTransaction *transaction, int64_t id, const ImportStudent *student, const ImportInput *input,
                      Error *err)
{
    for (size_t i = 0; i < IMPORT_PARTS; i++) {
        const RecordRow record = { record_part_name((RecordPart)i), buf_str(&student->parts[i]), input->source,
                                   input->now_s };

        if (student->parts[i].len > 0 && !records_put(transaction, id, &record, err))
            return error_add(err, "%s", record_part_name((RecordPart)i));
    }
    return true;
}

static bool put_student(StoreTransaction *transaction, int64_t id, const ImportStudent *student, const char *hash,
                        const ImportInput *input, Error *err)
{
    VerifierRow verifier = { .student = id };
    OWNED_BUF sealed;

    buf_init(&sealed, 256);
    OWNED(json_t) profile = json_read(buf_str(&student->parts[PART_PROFILE]), err);
    if (!profile ||
        !pinfl_seal(input->keys->record, student->number, student->pinfl[0] ? student->pinfl : NULL, input->random,
                    &sealed, err) ||
        !students_put(transaction, id, student->number, buf_str(&sealed), NAME_FOLD_VERSION, err) ||
        !put_parts(transaction, id, student, input, err) || !names_keep_new(transaction, id, profile, err))
        return false;
    str_copy_cut(str_from(hash), verifier.hash, sizeof verifier.hash);
    return !hash[0] || verifiers_put(transaction, &verifier, input->now_s, err);
}

static bool put_batch(StoreTransaction *transaction, void *arg, Error *err)
{
    const Batch *batch = arg;
    const ImportInput *input = batch->input;
    int64_t last;

    if (!students_last(transaction, &last, err))
        return false;
    for (size_t i = 0; i < batch->count; i++)
        if (!put_student(transaction, last + 1 + (int64_t)i, &batch->students[i], batch->hashes[i], input, err))
            return error_add(err, "students[%zu]", batch->first + i);
    return batch->first + batch->count < input->count ||
           acts_add(transaction, &(Act){ input->now_s * 1000, "command-line", "students.imported", "office", NULL },
                    err);
}

static bool parts_ok(const ImportStudent *student, Error *err)
{
    for (size_t i = 0; i < IMPORT_PARTS; i++)
        if (!buf_ok(&student->parts[i], err))
            return error_add(err, "%s", record_part_name((RecordPart)i));
    return true;
}

/* The buffers keep their room: a million students need no more of it than 256. */
static bool fill_batch(Batch *batch, Error *err)
{
    const ImportInput *input = batch->input;
    bool passwords = false;

    for (size_t i = 0; i < batch->count; i++) {
        ImportStudent *student = &batch->students[i];

        student->number[0] = student->pinfl[0] = student->password[0] = batch->hashes[i][0] = '\0';
        for (size_t part = 0; part < IMPORT_PARTS; part++)
            buf_clear(&student->parts[part]);
        if (!input->get(input->ctx, batch->first + i, student, err) || !parts_ok(student, err))
            return error_add(err, "students[%zu]", batch->first + i);
        passwords = passwords || student->password[0];
    }
    return !passwords || hash_all(batch, err);
}

bool import_students(Store *store, const ImportInput *input, Error *err)
{
    if (input->count == 0 || input->count > IMPORT_STUDENTS_MOST)
        return error_set(err, ERR_FORMAT, "no students, or more than %d", IMPORT_STUDENTS_MOST);
    OWNED(Batch) batch = batch_new(input, err);
    if (!batch)
        return false;
    while (batch->first < input->count) {
        size_t left = input->count - batch->first;

        batch->count = left < IMPORT_AT_ONCE ? left : IMPORT_AT_ONCE;
        if (!fill_batch(batch, err) || !store_write(store, put_batch, batch, err))
            return error_add(err, "import");
        batch->first += batch->count;
        if (input->progress && !input->progress(input->progress_ctx, batch->first, err))
            return false;
    }
    return true;
}
