#include "test.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "wire/api.h"

/* --- every shape, for the tests that do the same with each -------------------------------------------------------- */

typedef struct Shape {
    const char *name;
    size_t size;
    bool (*write)(const void *object, Buf *buf, Error *err);
    bool (*read)(Str json, void *ret, Error *err);
    void (*fill)(const Random *random, void *object); /* with values within bounds */
} Shape;

static uint32_t dice(const Random *random, uint32_t sides)
{
    uint32_t value;

    assert_true(random_fill(random, &value, sizeof value, NULL));
    return value % sides;
}

/* A text of any length that fits, of letters that JSON must escape and letters of two alphabets. */
static void fill_text(const Random *random, char *array, size_t size)
{
    static const char *const letters[] = { "a", "\"", "\\", "/", "ў", "ʻ", "\n", "\x1f", "\x7f", "€", "𐍈", " " };
    size_t length = 0, wanted = dice(random, (uint32_t)size);

    memset(array, 0, size);
    for (;;) {
        const char *letter = letters[dice(random, COUNT(letters))];

        if (length + strlen(letter) > wanted)
            return;
        memcpy(array + length, letter, strlen(letter));
        length += strlen(letter);
    }
}

#define FILL(field) fill_text(random, object->field, sizeof object->field)

static void fill_answers(const Random *random, Answers *answers)
{
    for (uint32_t i = dice(random, 6); i > 0; i--) {
        char field[16], value[60];

        snprintf(field, sizeof field, "f%u", (unsigned)i);
        fill_text(random, value, sizeof value);
        assert_true(answers_set(answers, field, str_from(value)));
    }
}

/* Answers come back sorted by their fields: they are made so. */
static void sort_answers(Answers *answers)
{
    Answers sorted = { 0 };

    for (char field[] = "f1"; field[1] <= '9'; field[1]++)
        if (answers_get(answers, field))
            assert_true(answers_set(&sorted, field, str_from(answers_get(answers, field))));
    *answers = sorted;
}

#define SHAPE(name, Type, body)                                                                                        \
    static bool write_##name(const void *object, Buf *buf, Error *err)                                                 \
    {                                                                                                                  \
        return api_##name##_write(object, buf, err);                                                                   \
    }                                                                                                                  \
    static bool read_##name(Str json, void *ret, Error *err)                                                           \
    {                                                                                                                  \
        return api_##name##_read(json, ret, err);                                                                      \
    }                                                                                                                  \
    static void fill_##name(const Random *random, void *ret)                                                           \
    {                                                                                                                  \
        Type *object = ret;                                                                                            \
        body                                                                                                           \
    }

SHAPE(sign_in, ApiSignIn, {
    FILL(number);
    FILL(password);
})
SHAPE(session, ApiSession, {
    FILL(token);
    FILL(given_name);
    FILL(full_name);
    FILL(number);
    object->weak = dice(random, 2);
    object->from_verifier = dice(random, 2);
    object->as_of_s = dice(random, 2) ? (int64_t)dice(random, 2000000000) : 0;
    object->seconds_left = (int32_t)dice(random, 86401);
})
SHAPE(home, ApiHome, {
    object->service_count = dice(random, API_SERVICES_MOST + 1);
    for (size_t i = 0; i < object->service_count; i++) {
        FILL(services[i].service);
        object->services[i].allowed = dice(random, 2);
        object->services[i].reason = dice(random, REASON_COUNT);
        object->services[i].way_on = dice(random, WAY_ON_COUNT);
        FILL(services[i].way_on_value);
        object->services[i].copies_left = (int)dice(random, 1002) - 1;
        object->services[i].promised_at_s = dice(random, UINT32_MAX);
    }
    object->request_count = dice(random, API_REQUESTS_MOST + 1);
    for (size_t i = 0; i < object->request_count; i++) {
        FILL(requests[i].id);
        FILL(requests[i].service);
        FILL(requests[i].number);
        object->requests[i].state = dice(random, REQUEST_STATE_COUNT);
        object->requests[i].at_s = dice(random, UINT32_MAX);
        object->requests[i].promised_at_s = dice(random, UINT32_MAX);
        object->requests[i].sum = dice(random, UINT32_MAX);
        FILL(requests[i].invoice);
        FILL(requests[i].words);
    }
    object->draft_count = dice(random, API_DRAFTS_MOST + 1);
    for (size_t i = 0; i < object->draft_count; i++) {
        FILL(drafts[i].service);
        object->drafts[i].saved_at_s = dice(random, UINT32_MAX);
        object->drafts[i].answered = (int)dice(random, FORM_FIELDS_MOST + 1);
        object->drafts[i].of = (int)dice(random, FORM_FIELDS_MOST + 1);
    }
    object->shown_count = dice(random, API_SHOWN_MOST + 1);
    for (size_t i = 0; i < object->shown_count; i++) {
        FILL(shown[i].field);
        FILL(shown[i].value);
    }
})
SHAPE(draft, ApiDraft, {
    object->language = dice(random, LANGUAGE_COUNT);
    FILL(question);
    fill_answers(random, &object->answers);
    sort_answers(&object->answers);
})
SHAPE(preview, ApiPreview, {
    FILL(service);
    object->language = dice(random, LANGUAGE_COUNT);
    object->width = (int)dice(random, 1801) + 200;
    fill_answers(random, &object->answers);
    sort_answers(&object->answers);
})
SHAPE(request, ApiRequest, {
    FILL(service);
    object->language = dice(random, LANGUAGE_COUNT);
    object->again = dice(random, 2);
    object->carrier = dice(random, CARRIER_COUNT);
    fill_answers(random, &object->answers);
    sort_answers(&object->answers);
})
SHAPE(issued, ApiIssued, {
    object->state = dice(random, REQUEST_STATE_COUNT);
    object->promised_at_s = dice(random, UINT32_MAX);
    object->sum = dice(random, UINT32_MAX);
    FILL(invoice);
    FILL(document);
    FILL(number);
    FILL(code);
    FILL(copy);
    object->pages = (int)dice(random, 1001);
    FILL(job.id);
    if (object->job.id[0]) { /* else there is none */
        FILL(job.copy);
        object->job.epoch = dice(random, UINT32_MAX);
        object->job.state = dice(random, PRINT_STATE_COUNT);
        object->job.sheets = (int)dice(random, 1001);
    }
})
SHAPE(phone_link, ApiPhoneLink, {
    FILL(id);
    FILL(address);
    FILL(code);
    object->state = dice(random, PHONE_STATE_COUNT);
    object->withdrawn = dice(random, 2);
    object->seconds_left = (int)dice(random, 86401);
    object->taken_at_s = dice(random, UINT32_MAX);
})
SHAPE(phone_digits, ApiPhoneDigits, { FILL(digits); })
SHAPE(print_job, ApiPrintJob, {
    FILL(id);
    FILL(copy);
    object->epoch = dice(random, UINT32_MAX);
    object->state = dice(random, PRINT_STATE_COUNT);
    object->sheets = (int)dice(random, 1001);
})
SHAPE(print_report, ApiPrintReport, {
    object->epoch = dice(random, UINT32_MAX);
    object->state = dice(random, PRINT_STATE_COUNT);
    object->no_byte_left = dice(random, 2);
    object->sheets = (int)dice(random, 1002) - 1;
    FILL(printer_uuid);
    object->printer_job = (int32_t)dice(random, INT32_MAX);
})
SHAPE(heartbeat, ApiHeartbeat, {
    FILL(version);
    FILL(screen);
    FILL(printer);
    object->uptime_s = dice(random, UINT32_MAX);
})
SHAPE(heartbeat_answer, ApiHeartbeatAnswer, {
    object->now_s = dice(random, UINT32_MAX);
    FILL(catalogue);
    FILL(settings);
    FILL(place);
    FILL(office_hours);
})

#define ROW(name, Type)                                                                                                \
    {                                                                                                                  \
#name, sizeof(Type), write_##name, read_##name, fill_##name                                                    \
    }

static const Shape shapes[] = {
    ROW(sign_in, ApiSignIn),
    ROW(session, ApiSession),
    ROW(home, ApiHome),
    ROW(preview, ApiPreview),
    ROW(request, ApiRequest),
    ROW(issued, ApiIssued),
    ROW(print_job, ApiPrintJob),
    ROW(print_report, ApiPrintReport),
    ROW(heartbeat, ApiHeartbeat),
    ROW(heartbeat_answer, ApiHeartbeatAnswer),
    ROW(draft, ApiDraft),
    ROW(phone_link, ApiPhoneLink),
    ROW(phone_digits, ApiPhoneDigits),
};

static void *filled(const Shape *shape, const Random *random, Buf *text)
{
    void *object = mem_new(1, shape->size);
    Error err = { 0 };

    assert_non_null(object);
    shape->fill(random, object);
    buf_init(text, 4u << 20);
    assert_ok(shape->write(object, text, &err), err);
    return object;
}

static void what_is_written_comes_back(void **state)
{
    RandomSeeded seeded;
    Random random = random_seeded(&seeded, 7159);

    (void)state;
    for (size_t i = 0; i < COUNT(shapes); i++)
        for (int round = 0; round < (shapes[i].size > 10000 ? 10 : 200); round++) {
            Error err = { 0 };
            OWNED_BUF text;
            OWNED_BUF again;
            void *object = filled(&shapes[i], &random, &text), *back = mem_new(1, shapes[i].size);

            buf_init(&again, 4u << 20);
            assert_ok(shapes[i].read(buf_str(&text), back, &err), err);
            assert_ok(shapes[i].write(back, &again, &err), err);
            assert_string_equal(buf_text(&again), buf_text(&text));
            if (memcmp(object, back, shapes[i].size) != 0 && strcmp(shapes[i].name, "home") != 0)
                fail_msg("%s: other bytes came back of %s", shapes[i].name, buf_text(&text));
            mem_free(object);
            mem_free(back);
        }
}

static bool may_lack(const char *shape, const char *member)
{
    static const char *const optional[][2] = { { "request", "carrier" },      { "issued", "print_job" },
                                               { "issued", "promised_at_s" }, { "issued", "sum" },
                                               { "issued", "invoice" },       { "phone_link", "address" } };

    for (size_t i = 0; i < COUNT(optional); i++)
        if (!strcmp(optional[i][0], shape) && !strcmp(optional[i][1], member))
            return true;
    return false;
}

/* Takes each member out of the text, and puts something wrong in its place: both are refused by the member's name. */
static void each_member_is_demanded(void **state)
{
    RandomSeeded seeded;
    Random random = random_seeded(&seeded, 9457);

    (void)state;
    for (size_t i = 0; i < COUNT(shapes); i++) {
        OWNED_BUF text;
        void *object = filled(&shapes[i], &random, &text), *back = mem_new(1, shapes[i].size);
        void *zero = mem_new(1, shapes[i].size);
        json_t *json = json_loads(buf_text(&text), 0, NULL);
        const char *key;
        json_t *value;
        void *next;

        assert_non_null(json);
        assert_true(json_object_size(json) > 0);
        json_object_foreach_safe(json, next, key, value)
        {
            for (int wrong = may_lack(shapes[i].name, key) ? 1 : 0; wrong < 2; wrong++) {
                json_t *copy = json_copy(json);
                Error err = { 0 };
                char *changed;

                if (wrong)
                    json_object_set_new(copy, key, json_real(0.5));
                else
                    json_object_del(copy, key);
                changed = json_dumps(copy, 0);
                memset(back, 0xa5, shapes[i].size);
                if (shapes[i].read(str_from(changed), back, &err) || err.code != ERR_PROTOCOL || !strstr(err.text, key))
                    fail_msg("%s without %s: %s", shapes[i].name, key, err.text);
                if (memcmp(back, zero, shapes[i].size) != 0)
                    fail_msg("%s without %s: something is left", shapes[i].name, key);
                mem_free(changed);
                json_decref(copy);
            }
        }
        json_decref(json);
        mem_free(object);
        mem_free(back);
        mem_free(zero);
    }
}

/* A newer registrar says more: what we don't know is passed over. */
static void unknown_members_are_passed_over(void **state)
{
    RandomSeeded seeded;
    Random random = random_seeded(&seeded, 1);

    (void)state;
    for (size_t i = 0; i < COUNT(shapes); i++) {
        Error err = { 0 };
        OWNED_BUF text;
        void *object = filled(&shapes[i], &random, &text), *back = mem_new(1, shapes[i].size);
        json_t *json = json_loads(buf_text(&text), 0, NULL);
        char *more;

        json_object_set_new(json, "colour", json_pack("{s:[i]}", "blue", 1));
        more = json_dumps(json, 0);
        assert_ok(shapes[i].read(str_from(more), back, &err), err);
        mem_free(more);
        json_decref(json);
        mem_free(object);
        mem_free(back);
    }
}

static void wrong_values_are_refused(void **state)
{
    static const struct {
        const char *name;
        bool (*read)(Str json, void *ret, Error *err);
        const char *json, *named;
    } cases[] = {
        { "no JSON", read_sign_in, "number=1", "not JSON" },
        { "a list", read_sign_in, "[]", "object" },
        { "a key twice", read_sign_in, "{\"number\":\"1\",\"number\":\"2\",\"password\":\"x\"}", "not JSON" },
        { "a number that is too long", read_sign_in, "{\"number\":\"123456789012345678901234\",\"password\":\"x\"}",
          "number" },
        { "a zero byte", read_sign_in, "{\"number\":\"1\\u0000\",\"password\":\"x\"}", "not JSON" },
        { "half a letter", read_sign_in, "{\"number\":\"\xd0\",\"password\":\"x\"}", "not JSON" },
        { "half of a pair", read_sign_in, "{\"number\":\"\\ud800\",\"password\":\"x\"}", "not JSON" },
        { "a narrow picture", read_preview, "{\"service\":\"a\",\"language\":\"uz\",\"width\":199,\"answers\":{}}",
          "width" },
        { "a wide one", read_preview, "{\"service\":\"a\",\"language\":\"uz\",\"width\":2001,\"answers\":{}}",
          "width" },
        { "half a pixel", read_preview, "{\"service\":\"a\",\"language\":\"uz\",\"width\":200.5,\"answers\":{}}",
          "width" },
        { "no language of ours", read_preview, "{\"service\":\"a\",\"language\":\"de\",\"width\":200,\"answers\":{}}",
          "language" },
        { "an answer that is a number", read_request,
          "{\"service\":\"a\",\"language\":\"uz\",\"again\":false,\"answers\":{\"a\":1}}", "answers" },
        { "a list of answers", read_request, "{\"service\":\"a\",\"language\":\"uz\",\"again\":false,\"answers\":[]}",
          "answers" },
        { "yes in words", read_request, "{\"service\":\"a\",\"language\":\"uz\",\"again\":\"yes\",\"answers\":{}}",
          "again" },
        { "an epoch below nought", read_print_job,
          "{\"id\":\"a\",\"copy\":\"b\",\"epoch\":-1,\"state\":\"held\",\"sheets\":1}", "epoch" },
        { "an epoch beyond its type", read_print_job,
          "{\"id\":\"a\",\"copy\":\"b\",\"epoch\":4294967296,\"state\":\"held\",\"sheets\":1}", "epoch" },
        { "a state in another spelling", read_print_job,
          "{\"id\":\"a\",\"copy\":\"b\",\"epoch\":1,\"state\":\"Held\",\"sheets\":1}", "state" },
        { "a request without its state", read_home,
          "{\"services\":[],\"requests\":[{\"id\":\"\",\"service\":\"\",\"number\":\"\",\"at_s\":1}]}",
          "requests[0]: state" },
        { "a draft without its time", read_home,
          "{\"services\":[],\"requests\":[],\"drafts\":[{\"service\":\"a\",\"answered\":1,\"of\":2}]}",
          "drafts[0]: saved_at_s" },
        { "a draft of too many questions", read_home,
          "{\"services\":[],\"requests\":[],\"drafts\":[{\"service\":\"a\",\"answered\":1,\"of\":41,\"saved_at_s\":1}]"
          "}",
          "of" },
        { "a draft without answers", read_draft, "{\"language\":\"uz\",\"question\":\"\"}", "answers" },
        { "a question with a long name", read_draft,
          "{\"language\":\"uz\",\"question\":\"an-id-of-forty-eight-letters-is-too-long-for-our\",\"answers\":{}}",
          "question" },
        { "services that are no list", read_home, "{\"services\":{},\"requests\":[]}", "services" },
        { "a job that is none", read_issued,
          "{\"state\":\"open\",\"document\":\"\",\"number\":\"\",\"code\":\"\",\"copy\":\"\",\"pages\":1,"
          "\"print_job\":7}",
          "print_job" },
    };
    void *ret = mem_new(1, sizeof(ApiHome));

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Error err = { 0 };

        if (cases[i].read(str_from(cases[i].json), ret, &err) || err.code != ERR_PROTOCOL ||
            !strstr(err.text, cases[i].named))
            fail_msg("%s: %s (%s)", cases[i].name, err.text, error_code_name(err.code));
    }
    mem_free(ret);
}

static void long_lists_are_refused(void **state)
{
    Error err = { 0 };
    ApiHome *home = mem_new(1, sizeof *home);
    OWNED_BUF text;

    (void)state;
    buf_init(&text, 1 << 20);
    buf_add_text(&text, "{\"services\":[],\"requests\":[");
    for (int i = 0; i <= API_REQUESTS_MOST; i++)
        buf_add_format(&text, "%s{\"id\":\"%d\",\"service\":\"\",\"number\":\"\",\"state\":\"open\",\"at_s\":1}",
                       i ? "," : "", i);
    buf_add_text(&text, "]}");
    assert_refused(api_home_read(buf_str(&text), home, &err), ERR_PROTOCOL, err);
    assert_non_null(strstr(err.text, "requests"));
    mem_free(home);
}

/* A refusal goes into the log: it never quotes what was sent. */
static void refusals_keep_secrets(void **state)
{
    static const char *const texts[] = {
        "{\"number\":\"123\",\"password\":\"hunter2}",
        "{\"number\":\"123\",\"password\":hunter2}",
        "{\"number\":\"123\",\"password\":[\"hunter2\"]}",
        "{\"password\":\"hunter2\"}",
        "{\"number\":\"123\",\"password\":\"hunter2\"} hunter2",
        "{\"number\":\"hunter2hunter2hunter2hunter2\",\"password\":\"x\"}",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        ApiSignIn sign_in;
        Error err = { 0 };

        assert_refused(api_sign_in_read(str_from(texts[i]), &sign_in, &err), ERR_PROTOCOL, err);
        if (strstr(err.text, "hunter2"))
            fail_msg("%s: told", err.text);
    }
}

/* --- problems ----------------------------------------------------------------------------------------------------- */

static void problems_come_back(void **state)
{
    (void)state;
    for (int kind = 1; kind < PROBLEM_COUNT; kind++) {
        ApiProblem problem = { .kind = (ApiProblemKind)kind, .status = 400 + kind }, back;
        Error err = { 0 };
        OWNED_BUF text;
        char type[64];

        if (kind == PROBLEM_LIMIT)
            problem.retry_after_s = 90;
        if (kind == PROBLEM_FORM) {
            memcpy(problem.field, "place", sizeof "place");
            problem.fault = FORM_LONG;
        }
        buf_init(&text, 1024);
        assert_ok(api_problem_write(&problem, &text, &err), err);
        snprintf(type, sizeof type, "\"type\":\"/problems/%s\"", api_problem_slug((ApiProblemKind)kind));
        assert_non_null(strstr(buf_text(&text), type));
        assert_ok(api_problem_read(buf_str(&text), problem.status, &back, &err), err);
        assert_int_equal(back.kind, problem.kind);
        assert_int_equal(back.status, problem.status);
        assert_int_equal(back.retry_after_s, problem.retry_after_s);
        assert_string_equal(back.field, problem.field);
        assert_int_equal(back.fault, problem.fault);
    }
}

static void problems_of_others_are_refused(void **state)
{
    static const char *const texts[] = {
        "<html>502 Bad Gateway</html>",
        "{}",
        "{\"type\":\"about:blank\",\"status\":503}",
        "{\"type\":\"/problems/none\"}",
        "{\"type\":\"/problems/new-one\"}",
        "{\"type\":7}",
        "{\"type\":\"/problems/form\",\"fault\":\"blue\"}",
        "{\"type\":\"/problems/limit\",\"retry_after_s\":-1}",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        ApiProblem problem = { .kind = PROBLEM_BUSY };
        Error err = { 0 };

        assert_refused(api_problem_read(str_from(texts[i]), 503, &problem, &err), ERR_PROTOCOL, err);
        assert_int_equal(problem.kind, PROBLEM_NONE);
    }
}

static void an_open_request_is_told_with_its_problem(void **state)
{
    ApiIssued open = { .document = "d",
                       .number = "M-2026/004817",
                       .code = "7K3M-9QXD-2HVT",
                       .pages = 1,
                       .job = { .id = "j", .copy = "c", .epoch = 3, .state = PRINT_WAITING, .sheets = 1 } };
    ApiProblem problem;
    ApiIssued back;
    Error err = { 0 };
    OWNED_BUF text;

    (void)state;
    buf_init(&text, 4096);
    assert_ok(api_already_open_write(&open, &text, &err), err);
    assert_ok(api_problem_read(buf_str(&text), 409, &problem, &err), err);
    assert_int_equal(problem.kind, PROBLEM_ALREADY_OPEN);
    assert_ok(api_issued_read(buf_str(&text), &back, &err), err);
    assert_string_equal(back.number, open.number);
    assert_int_equal(back.job.epoch, 3);
}

/* --- words on the wire -------------------------------------------------------------------------------------------- */

static void words_are_what_they_were(void **state)
{
    static const char *const states[] = { "waiting", "held",      "assigned", "sending", "sent",   "printed",
                                          "partly",  "cancelled", "aborted",  "unknown", "expired" };

    (void)state;
    assert_int_equal(COUNT(states), PRINT_STATE_COUNT);
    for (int i = 0; i < PRINT_STATE_COUNT; i++)
        assert_string_equal(api_print_state_name((ApiPrintState)i), states[i]);
    assert_string_equal(api_problem_slug(PROBLEM_NOT_ALLOWED), "not-allowed");
    assert_string_equal(api_problem_slug(PROBLEM_TOO_LARGE_FOR_SEAL), "too-large-for-seal");
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        ApiPreview preview = { .language = (Language)language, .width = 200 };
        char member[32];
        OWNED_BUF text;

        buf_init(&text, 1024);
        snprintf(member, sizeof member, "\"language\":\"%s\"", language_tag((Language)language));
        assert_true(api_preview_write(&preview, &text, NULL));
        assert_non_null(strstr(buf_text(&text), member));
    }
}

/* --- what strangers send ------------------------------------------------------------------------------------------ */

static void changed_texts_do_no_harm(void **state)
{
    static const char ours[] = "{}[]\",:0-1.eE\\utfn aiz";
    RandomSeeded seeded;
    Random random = random_seeded(&seeded, 100000);

    (void)state;
    for (size_t i = 0; i < COUNT(shapes); i++) {
        OWNED_BUF text;
        void *object = filled(&shapes[i], &random, &text), *back = mem_new(1, shapes[i].size);
        char *copy = mem_copy(text.data, text.len);

        for (int round = 0; round < (text.len > 4000 ? 500 : 6500); round++) {
            memcpy(copy, text.data, text.len);
            for (uint32_t n = dice(&random, 4) + 1; n > 0; n--)
                copy[dice(&random, (uint32_t)text.len)] =
                    dice(&random, 8) ? ours[dice(&random, sizeof ours - 1)] : (char)dice(&random, 256);
            size_t length = dice(&random, 8) ? text.len : dice(&random, (uint32_t)text.len);

            if (shapes[i].read((Str){ copy, length }, back, NULL)) {
                OWNED_BUF again;

                /* Taken: then it can be written. */
                buf_init(&again, 4u << 20);
                assert_true(shapes[i].write(back, &again, NULL));
            }
        }
        mem_free(copy);
        mem_free(object);
        mem_free(back);
    }
}

/* Writing alone: jansson's reader ends the program when its memory fails inside a string (as GLib does anywhere). */
static void memory_may_fail_while_writing(void **state)
{
    RandomSeeded seeded;
    Random random = random_seeded(&seeded, 3);

    (void)state;
    for (size_t i = 0; i < COUNT(shapes); i++) {
        OWNED_BUF text;
        void *object = filled(&shapes[i], &random, &text);

        for (unsigned n = 1; n < 60; n++) {
            Error err = { 0 };
            OWNED_BUF again;
            bool done;

            buf_init(&again, 4u << 20);
            mem_fail_nth(n);
            done = shapes[i].write(object, &again, &err);
            mem_fail_nth(0);
            if (!done && err.code == ERR_NONE)
                fail_msg("%s, request %u: failed without a word", shapes[i].name, n);
            if (done)
                assert_string_equal(buf_text(&again), buf_text(&text));
        }
        mem_free(object);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_comes_back),
        cmocka_unit_test(each_member_is_demanded),
        cmocka_unit_test(unknown_members_are_passed_over),
        cmocka_unit_test(wrong_values_are_refused),
        cmocka_unit_test(long_lists_are_refused),
        cmocka_unit_test(refusals_keep_secrets),
        cmocka_unit_test(problems_come_back),
        cmocka_unit_test(problems_of_others_are_refused),
        cmocka_unit_test(an_open_request_is_told_with_its_problem),
        cmocka_unit_test(words_are_what_they_were),
        cmocka_unit_test(changed_texts_do_no_harm),
        cmocka_unit_test(memory_may_fail_while_writing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
