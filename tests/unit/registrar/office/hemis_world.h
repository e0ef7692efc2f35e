/* A HEMIS in the mind for tests of the office: accounts by a rule, its limits of failing logins by the fixture's clock
 * (ten in ten minutes for the address, ten in sixty for a login: more are refused whatever their password), and what
 * goes wrong on demand.  Counts what it is asked. */
#ifndef UNIT_OFFICE_HEMIS_WORLD_H
#define UNIT_OFFICE_HEMIS_WORLD_H

#include "registrar/connect/hemis/inside.h"

#define HEMIS_WORLD_STUDENTS 4000
#define HEMIS_WORLD_FIRST    INT64_C(500000000000) /* their numbers, one after the other */
#define HEMIS_WORLD_LIMIT    10

typedef struct HemisWorld {
    pthread_mutex_t lock;
    int students;                          /* that there are, from HEMIS_WORLD_FIRST on */
    uint8_t changed[HEMIS_WORLD_STUDENTS]; /* how often the password was */
    bool first[HEMIS_WORLD_STUDENTS];      /* it is the first one */
    /* What goes wrong.  ERR_OFFLINE with cause 7 is curl's word for not reached; ERR_TIMEOUT: it was sent. */
    ErrorCode fault;
    int fault_cause, fault_status;
    bool profiles_fail;    /* account/me alone answers 500 */
    int takes_ms;          /* real time that a login takes */
    int64_t takes_most_ms; /* of the fixture's clock, before and after it is counted: by a rule, up to that */
    uint64_t dice;
    /* What was seen. */
    int64_t failed_ms[4 * HEMIS_WORLD_LIMIT];
    int failed; /* of these, in the last ten minutes */
    int64_t login_failed_ms[HEMIS_WORLD_STUDENTS][HEMIS_WORLD_LIMIT];
    int64_t logins, right, wrong, over_address, over_login;
    int most_of_address, most_of_login, at_once, most_at_once;
    char last_password[64];
} HemisWorld;

static inline void hemis_world_number(int student, char ret[HEMIS_NUMBER_SIZE])
{
    (void)snprintf(ret, HEMIS_NUMBER_SIZE, "%lld", (long long)(HEMIS_WORLD_FIRST + student));
}

/* "Parol7-1": of student 7, changed once; as the first one "AA0000007". */
static inline void hemis_world_password(const HemisWorld *world, int student, char ret[64])
{
    if (world->first[student])
        (void)snprintf(ret, 64, "AA%07d", student);
    else
        (void)snprintf(ret, 64, "Parol%d-%d", student, world->changed[student]);
}

static inline int hemis_world_dice(HemisWorld *world, int64_t below)
{
    world->dice = world->dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return below > 0 ? (int)((world->dice >> 33) % (uint64_t)below) : 0;
}

static inline void hemis_world_pass(HemisWorld *world)
{
    if (world->takes_most_ms > 0)
        atomic_fetch_add(&fixture_ms, hemis_world_dice(world, world->takes_most_ms));
}

static inline int hemis_world_recent(int64_t *times, int count, int64_t since_ms)
{
    int kept = 0;

    for (int i = 0; i < count; i++)
        if (times[i] > since_ms)
            times[kept++] = times[i];
    return kept;
}

static inline int hemis_world_answer(HttpAnswer *ret, int status, const char *data)
{
    *ret = (HttpAnswer){ .status = status };
    buf_init(&ret->body, 4096);
    if (data)
        buf_add_format(&ret->body, "{\"success\":true,\"error\":null,\"data\":%s,\"code\":200}", data);
    else
        buf_add_format(&ret->body, "{\"success\":false,\"error\":\"no\",\"data\":null,\"code\":%d}", status);
    return status;
}

static inline int hemis_world_student(const char *number)
{
    int64_t at;

    if (!str_to_i64(str_from(number), HEMIS_WORLD_FIRST, HEMIS_WORLD_FIRST + HEMIS_WORLD_STUDENTS - 1, &at))
        return -1;
    return (int)(at - HEMIS_WORLD_FIRST);
}

/* Counts as HEMIS does: a failure after the look whether there were too many. */
static inline int hemis_world_login(HemisWorld *world, const char *number, const char *password, char token[80])
{
    const int64_t now_ms = fixture_clock(NULL);
    const int student = hemis_world_student(number);
    int64_t *of_login = student >= 0 ? world->login_failed_ms[student] : NULL;
    int login_failed = 0;
    char right[64] = "";

    world->logins++;
    world->failed = hemis_world_recent(world->failed_ms, world->failed, now_ms - 600000);
    if (of_login) {
        login_failed = hemis_world_recent(of_login, HEMIS_WORLD_LIMIT, now_ms - 3600000);
        for (int i = login_failed; i < HEMIS_WORLD_LIMIT; i++)
            of_login[i] = 0;
    }
    world->over_address += world->failed >= HEMIS_WORLD_LIMIT;
    world->over_login += login_failed >= HEMIS_WORLD_LIMIT;
    if (world->failed >= HEMIS_WORLD_LIMIT || login_failed >= HEMIS_WORLD_LIMIT)
        return 429;
    if (student >= 0 && student < world->students)
        hemis_world_password(world, student, right);
    if (right[0] && strcmp(right, password) == 0) {
        world->right++;
        (void)snprintf(token, 80, "token-of-%s", number);
        return 200;
    }
    world->wrong++;
    world->failed_ms[world->failed++] = now_ms;
    if (of_login)
        of_login[login_failed++] = now_ms;
    world->most_of_address = world->failed > world->most_of_address ? world->failed : world->most_of_address;
    world->most_of_login = login_failed > world->most_of_login ? login_failed : world->most_of_login;
    return 401;
}

static inline bool hemis_world_sign_in(HemisWorld *world, const HttpRequest *request, HttpAnswer *ret)
{
    Error err = { 0 };
    OWNED(json_t) body = json_read(request->body, &err);
    const char *number = json_string_value(json_object_get(body, "login"));
    const char *password = json_string_value(json_object_get(body, "password"));
    char token[80] = "", data[120];

    assert_non_null(number);
    assert_non_null(password);
    str_copy_cut(str_from(password), world->last_password, sizeof world->last_password);
    int status = hemis_world_login(world, number, password, token);
    (void)snprintf(data, sizeof data, "{\"token\":\"%s\"}", token);
    (void)hemis_world_answer(ret, status, status == 200 ? data : NULL);
    return true;
}

static inline bool hemis_world_profile(const HemisWorld *world, const HttpRequest *request, HttpAnswer *ret)
{
    const char *number =
        request->bearer && str_starts(str_from(request->bearer), STR("token-of-")) ? request->bearer + 9 : "";
    int student = hemis_world_student(number);
    char data[1200];

    if (world->profiles_fail || student < 0) {
        (void)hemis_world_answer(ret, student < 0 ? 401 : 500, NULL);
        return true;
    }
    (void)snprintf(data, sizeof data,
                   "{\"id\":%d,\"first_name\":\"Ism%d\",\"second_name\":\"Familiya\",\"third_name\":\"Otasi qizi\","
                   "\"student_id_number\":\"%s\",\"birth_date\":1133395200,\"passport_pin\":\"60112054440461\","
                   "\"password_valid\":%s,\"studentStatus\":{\"code\":\"11\",\"name\":\"O'qimoqda\"},"
                   "\"educationForm\":{\"code\":\"11\",\"name\":\"Kunduzgi\"},"
                   "\"educationType\":{\"code\":\"11\",\"name\":\"Bakalavriat\"},"
                   "\"paymentForm\":{\"code\":\"11\",\"name\":\"Grant\"},\"level\":{\"code\":\"13\",\"name\":\"3\"},"
                   "\"group\":{\"id\":1,\"name\":\"KI-24-1\"}}",
                   student, student, number, world->first[student] ? "false" : "true");
    (void)hemis_world_answer(ret, 200, data);
    return true;
}

static inline bool hemis_world_carry(void *ctx, const HttpRequest *request, HttpAnswer *ret, Error *err)
{
    HemisWorld *world = ctx;
    const bool login = strstr(request->url, "/v1/auth/login") != NULL;

    pthread_mutex_lock(&world->lock);
    world->at_once++;
    world->most_at_once = world->at_once > world->most_at_once ? world->at_once : world->most_at_once;
    hemis_world_pass(world);
    int takes_ms = login ? world->takes_ms : 0;
    pthread_mutex_unlock(&world->lock);
    if (takes_ms > 0)
        nanosleep(&(struct timespec){ .tv_sec = takes_ms / 1000, .tv_nsec = takes_ms % 1000 * 1000000L }, NULL);
    pthread_mutex_lock(&world->lock);
    bool done = true;
    if (world->fault)
        done = error_set_cause(err, world->fault, world->fault_cause, "on purpose");
    else if (world->fault_status)
        (void)hemis_world_answer(ret, world->fault_status, NULL);
    else if (login)
        done = hemis_world_sign_in(world, request, ret);
    else
        done = hemis_world_profile(world, request, ret);
    hemis_world_pass(world);
    world->at_once--;
    pthread_mutex_unlock(&world->lock);
    return done;
}

static inline Hemis *hemis_world_open(HemisWorld *world, int students)
{
    const HemisConfig config = { .address = "https://hemis.test/rest",
                                 .deadline_ms = 3000,
                                 .connections = 16,
                                 .utc_offset_minutes = 300,
                                 .mark_least = { 90, 70, 60 },
                                 .clock = { fixture_clock, fixture_clock, NULL } };
    Error err = { 0 };

    memset(world, 0, sizeof *world);
    pthread_mutex_init(&world->lock, NULL);
    world->students = students;
    Hemis *hemis = hemis_new_over(&config, &(HemisTransport){ hemis_world_carry, world }, &err);
    if (!hemis)
        fail_msg("%s", err.text);
    return hemis;
}

static inline bool hemis_world_add_kiosk(StoreTransaction *transaction, void *arg, Error *err)
{
    return kiosks_add(transaction, arg, "1-bino", 1, err);
}

/* A kiosk that asks through the office alone: without a certificate. */
static inline void hemis_world_kiosk(OfficeFixture *fixture, const char *id)
{
    char copy[API_ID_SIZE];
    Error err = { 0 };

    str_copy_cut(str_from(id), copy, sizeof copy);
    assert_ok(store_write(fixture->store, hemis_world_add_kiosk, copy, &err), err);
}

static inline void hemis_world_close(HemisWorld *world, Hemis *hemis)
{
    hemis_free(hemis);
    pthread_mutex_destroy(&world->lock);
}

#endif
