/* An office in a folder of its own, gone after the test: real keys, catalogue and templates, three students, two
 * kiosks, and a clock that the test moves. */
#ifndef UNIT_OFFICE_FIXTURE_H
#define UNIT_OFFICE_FIXTURE_H

#include "../store/database.h"

#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "registrar/office/checks.h"
#include "registrar/office/import.h"
#include "registrar/office/inside.h"
#include "registrar/office/requests.h"
#include "registrar/store/transaction.h"
#include "wire/json.h"

#define FIXTURE_DILNOZA  "401241100873"
#define FIXTURE_PASSWORD "bahor2026"
#define FIXTURE_LEFT     "401241100002" /* status 12: expelled */
#define FIXTURE_WEAK     "401241100003" /* first password AA1234567, a foreigner without a PINFL */

static const char fixture_students[] =
    "[{\"number\":\"401241100873\",\"password\":\"bahor2026\",\"profile\":{\"surname\":\"Karimova\","
    "\"given\":\"Dilnoza\",\"patronymic\":\"Baxtiyor qizi\",\"names\":{\"uz\":\"Karimova Dilnoza Baxtiyor qizi\","
    "\"uz-Cyrl\":\"Каримова Дилноза Бахтиёр қизи\",\"ru\":\"Каримова Дилноза Бахтиёр кизи\","
    "\"en\":\"Dilnoza Baxtiyor qizi KARIMOVA\"},\"birth_date\":\"2006-03-14\",\"gender\":\"12\","
    "\"pinfl\":\"61403064010270\",\"citizenship\":{\"code\":\"11\",\"country\":\"UZ\"},\"status\":\"11\","
    "\"education_type\":\"11\",\"education_form\":\"11\",\"payment_form\":\"11\",\"language\":\"11\","
    "\"entry_year\":2024,\"year\":3,\"semester\":5,\"academic_year\":\"2026/2027\",\"years_of_programme\":4,"
    "\"group\":\"KI-24-1\",\"faculty\":{\"code\":\"401-101\",\"names\":{\"uz\":\"Axborot texnologiyalari fakulteti\","
    "\"en\":\"Faculty of Information Technologies\"}},\"programme\":{\"code\":\"60610500\",\"names\":"
    "{\"uz\":\"Kompyuter injiniringi\",\"en\":\"Computer Engineering\"}}},\"results\":[]}]";

typedef struct OfficeFixture {
    char folder[64];
    Store *store;
    Office *office;
    OfficeConfig config;
    Kiosk kiosk, other_kiosk;
    TestDatabase own;
    const char *database; /* for store_open */
    char keys[128];
} OfficeFixture;

/* The test's own time, read by the office's threads too. */
static _Atomic int64_t fixture_ms;

static inline int64_t fixture_clock(void *ctx)
{
    (void)ctx;
    return atomic_load(&fixture_ms);
}

static inline void fixture_pass(int64_t seconds)
{
    atomic_fetch_add(&fixture_ms, seconds * 1000);
}

/* The first student, and two made from it. */
static inline json_t *fixture_people(void)
{
    Error err = { 0 };
    json_t *students = json_read(str_from(fixture_students), &err);
    json_t *left, *weak, *profile;

    assert_non_null(students);
    left = json_deep_copy(json_array_get(students, 0));
    weak = json_deep_copy(json_array_get(students, 0));
    json_object_set_new(left, "number", json_string(FIXTURE_LEFT));
    json_object_set_new(json_object_get(left, "profile"), "status", json_string("12"));
    json_object_set_new(weak, "number", json_string(FIXTURE_WEAK));
    json_object_set_new(weak, "password", json_string("AA1234567"));
    profile = json_object_get(weak, "profile");
    json_object_set_new(profile, "pinfl", json_null());
    json_object_set_new(profile, "citizenship", json_pack("{s:s,s:s}", "code", "12", "country", "IN"));
    json_array_append_new(students, left);
    json_array_append_new(students, weak);
    return students;
}

static inline bool fixture_student(void *students, size_t index, ImportStudent *ret, Error *err)
{
    if (!import_from_json(json_array_get(students, index), index, ret, err))
        return false;
#ifndef FIXTURE_PASSWORDS
    ret->password[0] = '\0'; /* argon2 takes its time: for those who sign in with one */
#endif
    return true;
}

static inline void fixture_import(OfficeFixture *fixture, json_t *students)
{
    Error err = { 0 };
    Keys keys;

    assert_ok(keys_load(fixture->keys, &keys, &err), err);
    OWNED(Passwords) passwords = passwords_start(keys.pepper, &fixture->config.random, &err);
    assert_non_null(passwords);
    const ImportInput input = { .count = json_array_size(students),
                                .get = fixture_student,
                                .ctx = students,
                                .source = "test",
                                .now_s = fixture_clock(NULL) / 1000,
                                .keys = &keys,
                                .passwords = passwords,
                                .random = &fixture->config.random };
    assert_ok(import_students(fixture->store, &input, &err), err);
    keys_fini(&keys);
}

static inline void fixture_kiosk(OfficeFixture *fixture, const char *name, Kiosk *ret)
{
    Error err = { 0 };
    char folder[128];

    snprintf(folder, sizeof folder, "%s/%s", fixture->folder, name);
    assert_ok(kiosk_add(fixture->office, name, "1-bino, 1-qavat", "https://localhost:8444", folder, &err), err);
    *ret = (Kiosk){ .place = "1-bino, 1-qavat" };
    str_copy_cut(str_from(name), ret->id, sizeof ret->id);
}

static inline void fixture_office_open(OfficeFixture *fixture)
{
    Error err = { 0 };

    fixture->office = office_open(&fixture->config, fixture->store, NULL, &err);
    if (!fixture->office)
        fail_msg("%s", err.text);
}

static inline void fixture_open(OfficeFixture *fixture)
{
    Error err = { 0 };

    *fixture = (OfficeFixture){ 0 };
    atomic_store(&fixture_ms, INT64_C(1795500000000)); /* 2026-11-24, 11:00 in Tashkent */
    test_database_make(&fixture->own);
    fixture->database = fixture->own.address;
    memcpy(fixture->folder, fixture->own.folder, sizeof fixture->folder);
    snprintf(fixture->keys, sizeof fixture->keys, "%s/keys", fixture->folder);
    fixture->config = (OfficeConfig){
        .institution = "namuna",
        .host = "hujjat.namuna.uz",
        .institution_file = SOURCE_DIR "/assets/demo/institution.json",
        .keys_folder = fixture->keys,
        .catalogue_folder = SOURCE_DIR "/kiosk/services",
        .templates_folder = SOURCE_DIR "/assets/documents",
        .logo_file = SOURCE_DIR "/assets/logos/namuna.svg",
        .limits = true,
        .clock = { fixture_clock, fixture_clock, NULL },
        .random = random_system(),
    };
    assert_ok(keys_make(fixture->keys, "namuna", "hujjat.namuna.uz", &fixture->config.random,
                        fixture_clock(NULL) / 1000, &err),
              err);
    fixture->store = store_open(fixture->database, "namuna", NULL, &err);
    if (!fixture->store)
        fail_msg("%s", err.text);
    json_t *students = fixture_people();
    fixture_import(fixture, students);
    json_decref(students);
    fixture_office_open(fixture);
    fixture_kiosk(fixture, "A-1", &fixture->kiosk);
    fixture_kiosk(fixture, "A-2", &fixture->other_kiosk);
}

static inline void fixture_remove(const char *folder)
{
    DIR *entries = opendir(folder);
    struct dirent *entry;

    if (!entries) {
        unlink(folder);
        return;
    }
    while ((entry = readdir(entries)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            char path[1024];
            if (!path_join(path, sizeof path, folder, entry->d_name, NULL))
                continue;
            if (entry->d_type == DT_DIR)
                fixture_remove(path);
            else
                unlink(path);
        }
    closedir(entries);
    rmdir(folder);
}

static inline void fixture_close(OfficeFixture *fixture)
{
    office_close(fixture->office);
    store_close(fixture->store);
    test_database_drop(&fixture->own);
    fixture_remove(fixture->folder);
}

/* A session as sign_in would make it, without argon2's time. */
static inline Session fixture_session(const OfficeFixture *fixture, int64_t student, const Kiosk *kiosk)
{
    Session session = { .student = student, .number = FIXTURE_DILNOZA, .ends_at_s = INT64_MAX / 2 };

    (void)fixture;
    memcpy(session.kiosk, kiosk->id, sizeof session.kiosk);
    return session;
}

static inline ApiRequest fixture_request(const char *receiver)
{
    ApiRequest request = { .service = "certificate-of-study", .language = LANGUAGE_UZ };

    assert_true(answers_set(&request.answers, "receiver", str_from(receiver)));
    return request;
}

/* A key of the kiosk's own making. */
static inline const char *fixture_key(int n)
{
    static _Thread_local char keys[4][40];
    static _Thread_local int next;
    char *key = keys[next++ % 4];

    snprintf(key, 40, "00000000-0000-4000-8000-%012d", n);
    return key;
}

typedef struct FixtureSearch {
    const char *sql, *word;
    bool found;
} FixtureSearch;

static inline bool fixture_search(StoreTransaction *transaction, void *arg, Error *err)
{
    FixtureSearch *search = arg;
    OWNED_ROWS rows;
    bool row, any = false;

    if (!rows_open(&rows, transaction, search->sql, NULL, 0, err))
        return false;
    while (rows_next(&rows, &row, err) && row) {
        Str bytes = rows_bytes(&rows, 0);

        any = true;
        search->found =
            search->found || (bytes.len > 0 && memmem(bytes.ptr, bytes.len, search->word, strlen(search->word)));
    }
    assert_true(any);
    return true;
}

/* Whether the word can be read in a value that the query gives, of which there is one at least. */
static inline bool fixture_lies_open(const OfficeFixture *fixture, const char *sql, const char *word)
{
    FixtureSearch search = { sql, word, false };
    Error err = { 0 };

    assert_ok(store_read(fixture->store, fixture_search, &search, &err), err);
    return search.found;
}

static inline int64_t fixture_rows(const OfficeFixture *fixture, const char *sql)
{
    return test_database_ask(&fixture->own, sql);
}

#endif
