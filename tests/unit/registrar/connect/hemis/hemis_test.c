/* The connector over answers that were recorded of the stand-in. */
#include "test.h"

#include "fuzz/hemis_answers.h"

#include "base/memory.h"

#define STUDENT "401241111939"
#define OTHER   "401241100873"

typedef struct World {
    Answers answers;
    Hemis *hemis;
    Buf lines, other_lines;
    HemisToken token;
} World;

static void load(const char *number, Buf *lines, Answers *answers)
{
    OWNED_BUF path;
    Error err = { 0 };

    buf_init(&path, 1000);
    buf_init(lines, 1u << 20);
    buf_add_format(&path, "%s/tests/fuzz/seeds/hemis/%s", SOURCE_DIR, number);
    assert_ok(file_read(buf_text(&path), lines, &err), err);
    answers_add(answers, number, buf_str(lines));
}

static int set_up(void **state)
{
    World *world = mem_new(1, sizeof *world);
    Error err = { 0 };

    assert_non_null(world);
    world->answers.now_ms = 1795417612000;
    load(STUDENT, &world->lines, &world->answers);
    load(OTHER, &world->other_lines, &world->answers);
    HemisConfig config = answers_config(&world->answers);
    world->hemis = hemis_new_over(&config, &(HemisTransport){ answers_carry, &world->answers }, &err);
    assert_non_null(world->hemis);
    (void)snprintf(world->token.text, sizeof world->token.text, "token-of-%s", STUDENT);
    *state = world;
    return 0;
}

static int tear_down(void **state)
{
    World *world = *state;

    hemis_free(world->hemis);
    buf_fini(&world->lines);
    buf_fini(&world->other_lines);
    mem_free(world);
    return 0;
}

/* --- signing in -------------------------------------------------------------------------------------------------- */

typedef struct SignInCase {
    const char *name;
    ErrorCode fault;
    int status;
    const char *body;
    int retry_after_s;
    HemisOutcome wanted;
    int wait_s;
} SignInCase;

static const SignInCase sign_ins[] = {
    { "right", ERR_NONE, 0, NULL, 0, HEMIS_OK, 0 },
    { "wrong", ERR_NONE, 401, "{\"success\":false,\"error\":\"Login yoki parol\",\"data\":null,\"code\":401}", 0,
      HEMIS_REFUSED, 0 },
    { "wrong, said in the envelope", ERR_NONE, 200, "{\"success\":false,\"data\":null,\"code\":401}", 0, HEMIS_REFUSED,
      0 },
    { "a wall in between says 401", ERR_NONE, 401, "<html>sign in</html>", 0, HEMIS_STRANGE, 0 },
    { "bad request", ERR_NONE, 400, "{\"success\":false,\"data\":null,\"code\":400}", 0, HEMIS_STRANGE, 0 },
    { "too many", ERR_NONE, 429, "", 77, HEMIS_LIMITED, 77 },
    { "too many, unsaid how long", ERR_NONE, 429, "", 0, HEMIS_LIMITED, 600 },
    { "too many, as 403", ERR_NONE, 403, "{\"success\":false,\"data\":null,\"code\":403}", 60, HEMIS_LIMITED, 60 },
    { "403 alone", ERR_NONE, 403, "{\"success\":false,\"data\":null,\"code\":403}", 0, HEMIS_STRANGE, 0 },
    { "500", ERR_NONE, 500, "", 0, HEMIS_AWAY, 0 },
    { "500 in the envelope", ERR_NONE, 200, "{\"success\":false,\"data\":null,\"code\":500}", 0, HEMIS_AWAY, 0 },
    { "HTML", ERR_NONE, 200, "<html></html>", 0, HEMIS_STRANGE, 0 },
    { "cut", ERR_NONE, 200, "{\"success\":true,\"data\":{\"tok", 0, HEMIS_STRANGE, 0 },
    { "a list", ERR_NONE, 200, "[1]", 0, HEMIS_STRANGE, 0 },
    { "no token", ERR_NONE, 200, "{\"success\":true,\"data\":{}}", 0, HEMIS_STRANGE, 0 },
    { "a token that breaks a header", ERR_NONE, 200, "{\"success\":true,\"data\":{\"token\":\"a\\r\\nb\"}}", 0,
      HEMIS_STRANGE, 0 },
    { "in result", ERR_NONE, 200, "{\"success\":true,\"result\":{\"token\":\"abc\"}}", 0, HEMIS_OK, 0 },
    { "away", ERR_OFFLINE, 0, NULL, 0, HEMIS_AWAY, 0 },
    { "slow", ERR_TIMEOUT, 0, NULL, 0, HEMIS_AWAY, 0 },
    { "somebody else", ERR_CRYPTO, 0, NULL, 0, HEMIS_AWAY, 0 },
    { "too large", ERR_PROTOCOL, 0, NULL, 0, HEMIS_STRANGE, 0 },
};

static void test_sign_in(void **state)
{
    World *world = *state;

    for (size_t i = 0; i < COUNT(sign_ins); i++) {
        const SignInCase *one = &sign_ins[i];
        HemisToken token;
        Error err = { 0 };
        int wait_s;

        world->answers.fault_target = one->fault || one->status ? "/v1/auth/login" : NULL;
        world->answers.fault = one->fault;
        world->answers.fault_status = one->status;
        world->answers.fault_body = one->body;
        world->answers.fault_retry_after_s = one->retry_after_s;
        world->answers.now_ms += 600000;
        HemisOutcome outcome = hemis_sign_in(world->hemis, STUDENT, "qish8038", &token, &wait_s, &err);
        if (outcome != one->wanted || wait_s != one->wait_s || (outcome == HEMIS_OK) != (token.text[0] != '\0') ||
            (outcome == HEMIS_OK) != (err.code == ERR_NONE))
            fail_msg("%s: %s, %d s, %s", one->name, hemis_outcome_name(outcome), wait_s, err.text);
        assert_null(strstr(err.text, "qish8038"));
    }
}

/* --- the record -------------------------------------------------------------------------------------------------- */

static json_t *part_of(const HemisRecord *record, HemisPart part)
{
    Error err = { 0 };
    json_t *json;

    assert_int_equal(record->parts[part].outcome, HEMIS_OK);
    json = json_read(buf_str(&record->parts[part].body), &err);
    assert_non_null(json);
    return json;
}

static void test_record(void **state)
{
    World *world = *state;
    OWNED_HEMIS_RECORD record;
    Error err = { 0 };

    hemis_record_init(&record, STUDENT);
    assert_int_equal(hemis_read(world->hemis, &world->token, HEMIS_PARTS_ALL, false, &record, &err), HEMIS_OK);
    assert_string_equal(record.pinfl, "60112054440461");
    assert_false(record.password_is_first);
    OWNED(json_t) profile = part_of(&record, HEMIS_PROFILE);
    assert_int_equal(json_integer_value(json_object_get(profile, "semester")), 5);
    assert_int_equal(json_integer_value(json_object_get(profile, "entry_year")), 2024);
    assert_int_equal(json_integer_value(json_object_get(profile, "years_of_programme")), 4);
    assert_string_equal(json_string_value(json_object_get(profile, "birth_date")), "2005-12-01");
    assert_null(json_object_get(profile, "pinfl"));
    assert_int_equal(json_array_size(json_object_get(profile, "gpa")), 2);
    OWNED(json_t) results = part_of(&record, HEMIS_RESULTS);
    const json_t *result = json_array_get(results, 0);
    assert_int_equal(json_array_size(results), 3);
    assert_string_equal(json_string_value(json_object_get(result, "academic_year")), "2024/2025");
    assert_true(json_integer_value(json_object_get(result, "points")) >= 60);
    assert_true(json_integer_value(json_object_get(result, "mark")) >= 3);
    assert_non_null(json_object_get(result, "date"));
    OWNED(json_t) assessments = part_of(&record, HEMIS_ASSESSMENTS);
    assert_int_equal(json_array_size(json_object_get(assessments, "rows")), 2);
    OWNED(json_t) schedule = part_of(&record, HEMIS_SCHEDULE);
    assert_true(json_array_size(json_object_get(schedule, "rows")) >= 3);
    OWNED(json_t) contract = part_of(&record, HEMIS_CONTRACT);
    assert_int_equal(json_integer_value(json_object_get(contract, "sum")), 14000000);
    assert_int_equal(json_integer_value(json_object_get(contract, "paid")), 7000000);
    OWNED(json_t) orders = part_of(&record, HEMIS_ORDERS);
    assert_int_equal(json_array_size(orders), 3);
}

static void test_unchanged_parts_are_not_made_again(void **state)
{
    World *world = *state;
    OWNED_HEMIS_RECORD record;
    Error err = { 0 };
    const unsigned parts = HEMIS_PARTS_ALL & ~HEMIS_PART(HEMIS_ORDERS) & ~HEMIS_PART(HEMIS_CONTRACT);

    hemis_record_init(&record, STUDENT);
    assert_int_equal(hemis_read(world->hemis, &world->token, parts, false, &record, &err), HEMIS_OK);
    unsigned first = world->answers.asked;
    for (int i = 0; i < HEMIS_PART_COUNT; i++)
        buf_clear(&record.parts[i].body);
    assert_int_equal(hemis_read(world->hemis, &world->token, parts, false, &record, &err), HEMIS_OK);
    for (int i = 0; i < HEMIS_PART_COUNT; i++) {
        assert_int_equal(record.parts[i].outcome, HEMIS_UNCHANGED);
        assert_int_equal(record.parts[i].body.len, 0);
    }
    assert_true(first > 15);
    assert_int_equal(world->answers.asked - first, 5); /* me, absences, subjects, lessons, exams */
}

static void test_quick_is_one_request(void **state)
{
    World *world = *state;
    OWNED_HEMIS_RECORD record;
    Error err = { 0 };

    hemis_record_init(&record, STUDENT);
    assert_int_equal(hemis_read(world->hemis, &world->token, HEMIS_PARTS_AT_ONCE, true, &record, &err), HEMIS_OK);
    assert_int_equal(world->answers.asked, 1);
    OWNED(json_t) profile = part_of(&record, HEMIS_PROFILE);
    assert_non_null(json_object_get(profile, "names"));
}

/* What comes for one student's token and tells of another is nobody's. */
static void test_another_students_answer_is_refused(void **state)
{
    World *world = *state;
    OWNED_HEMIS_RECORD record;
    Error err = { 0 };

    hemis_record_init(&record, OTHER);
    assert_int_equal(hemis_read(world->hemis, &world->token, HEMIS_PARTS_ALL, false, &record, &err), HEMIS_STRANGE);
    assert_int_equal(world->answers.asked, 1);
    assert_string_equal(record.pinfl, "");
    for (int i = 0; i < HEMIS_PART_COUNT; i++)
        assert_int_equal(record.parts[i].body.len, 0);
}

static void test_away_in_the_middle(void **state)
{
    World *world = *state;
    OWNED_HEMIS_RECORD record;
    Error err = { 0 };

    world->answers.fault_target = "/v1/education/subject-list";
    world->answers.fault = ERR_TIMEOUT;
    hemis_record_init(&record, STUDENT);
    assert_int_equal(hemis_read(world->hemis, &world->token, HEMIS_PARTS_ALL, false, &record, &err), HEMIS_OK);
    assert_int_equal(record.parts[HEMIS_PROFILE].outcome, HEMIS_OK);
    assert_int_equal(record.parts[HEMIS_RESULTS].outcome, HEMIS_AWAY);
    assert_int_equal(record.parts[HEMIS_EXAMS].outcome, HEMIS_AWAY);
    assert_int_equal(record.parts[HEMIS_EXAMS].body.len, 0);
}

static void test_the_profile_waits_for_what_it_would_lose(void **state)
{
    World *world = *state;
    OWNED_HEMIS_RECORD record;
    Error err = { 0 };

    world->answers.fault_target = "/v1/education/gpa-list";
    world->answers.fault_status = 500;
    hemis_record_init(&record, STUDENT);
    assert_int_equal(hemis_read(world->hemis, &world->token, HEMIS_PARTS_ALL, false, &record, &err), HEMIS_OK);
    assert_int_equal(record.parts[HEMIS_PROFILE].outcome, HEMIS_AWAY);
    assert_string_equal(record.parts[HEMIS_PROFILE].etag, "");
}

static void test_expired(void **state)
{
    World *world = *state;
    OWNED_HEMIS_RECORD record;
    Error err = { 0 };
    const HemisToken token = { "token-of-nobody" };

    hemis_record_init(&record, STUDENT);
    assert_int_equal(hemis_read(world->hemis, &token, HEMIS_PARTS_ALL, false, &record, &err), HEMIS_EXPIRED);
}

static void test_the_breaker_stands_before_it(void **state)
{
    World *world = *state;
    OWNED_HEMIS_RECORD record;
    Error err = { 0 };

    hemis_record_init(&record, STUDENT);
    world->answers.fault_target = "/";
    world->answers.fault = ERR_OFFLINE;
    for (int i = 0; i < 8; i++)
        assert_int_equal(hemis_read(world->hemis, &world->token, HEMIS_PARTS_AT_ONCE, true, &record, &err), HEMIS_AWAY);
    assert_int_equal(world->answers.asked, 5);
    assert_true(hemis_is_away(world->hemis));
    world->answers.fault_target = NULL;
    world->answers.now_ms += 5000;
    assert_int_equal(hemis_read(world->hemis, &world->token, HEMIS_PARTS_AT_ONCE, true, &record, &err), HEMIS_OK);
    assert_false(hemis_is_away(world->hemis));
}

/* --- papers ------------------------------------------------------------------------------------------------------ */

/* reference-generate acts: whatever comes of it, it is asked once. */
static void test_reference_is_made_once(void **state)
{
    static const struct {
        const char *name;
        ErrorCode fault;
        int status;
        const char *body;
        HemisOutcome wanted;
        unsigned asked;
    } cases[] = {
        { "made", ERR_NONE, 0, NULL, HEMIS_OK, 2 },
        { "refused", ERR_NONE, 400, "{\"success\":false,\"data\":null,\"code\":400}", HEMIS_NOTHING, 2 },
        { "the answer is lost", ERR_OFFLINE, 0, NULL, HEMIS_UNKNOWN, 3 },
        { "no answer in time", ERR_TIMEOUT, 0, NULL, HEMIS_UNKNOWN, 3 },
        { "502", ERR_NONE, 502, "", HEMIS_UNKNOWN, 3 },
        { "cut", ERR_NONE, 200, "{\"succ", HEMIS_UNKNOWN, 3 },
        { "nothing of what was made", ERR_NONE, 200, "{\"success\":true,\"data\":{}}", HEMIS_UNKNOWN, 3 },
        { "whom we do not trust", ERR_CRYPTO, 0, NULL, HEMIS_AWAY, 2 },
    };
    World *world = *state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        HemisPaper paper;
        Error err = { 0 };

        world->answers.fault_target = cases[i].fault || cases[i].status ? "/v1/student/reference-generate" : NULL;
        world->answers.fault = cases[i].fault;
        world->answers.fault_status = cases[i].status;
        world->answers.fault_body = cases[i].body;
        world->answers.asked = 0;
        HemisOutcome outcome = hemis_reference(world->hemis, &world->token, 5, &paper, &err);
        if (outcome != cases[i].wanted || world->answers.asked != cases[i].asked)
            fail_msg("%s: %s after %u", cases[i].name, hemis_outcome_name(outcome), world->answers.asked);
        if (outcome == HEMIS_OK)
            assert_string_equal(paper.number, "1000001/1");
    }
}

static void test_reference_that_is_there_is_found(void **state)
{
    static const char there[] =
        "{\"success\":true,\"data\":[{\"id\":3,\"reference_number\":\"7/"
        "1\",\"semester\":{\"code\":\"14\"},\"file\":\"https://x/a\"},"
        "{\"id\":\"4\",\"reference_number\":\"7/"
        "2\",\"semester\":{\"code\":15},\"reference_date\":1795417612,\"file\":\"https://x/b\"}]}";
    World *world = *state;
    HemisPaper paper;
    Error err = { 0 };

    world->answers.fault_target = "/v1/student/reference?";
    world->answers.fault_status = 200;
    world->answers.fault_body = there;
    assert_int_equal(hemis_reference(world->hemis, &world->token, 5, &paper, &err), HEMIS_OK);
    assert_string_equal(paper.number, "7/2");
    assert_string_equal(paper.kind, "reference");
    assert_int_equal(world->answers.asked, 1);
}

/* A token goes to our HEMIS alone, whatever address an answer names. */
static void test_files_of_our_host_alone(void **state)
{
    static const struct {
        const char *file;
        HemisOutcome wanted;
    } cases[] = {
        { "https://hemis.test/rest/v1/file", HEMIS_OK },
        { "https://hemis.test.evil.example/rest/v1/file", HEMIS_STRANGE },
        { "https://hemis.test@evil.example/rest/v1/file", HEMIS_STRANGE },
        { "https://evil.example/rest/v1/file", HEMIS_STRANGE },
        { "http://hemis.test/rest/v1/file", HEMIS_STRANGE },
        { "/rest/v1/file", HEMIS_STRANGE },
    };
    World *world = *state;

    world->answers.fault_target = "/v1/file";
    world->answers.fault_status = 200;
    world->answers.fault_body = "%PDF-1.4 a page";
    for (size_t i = 0; i < COUNT(cases); i++) {
        HemisPaper paper = { 0 };
        Error err = { 0 };
        OWNED_BUF pdf;

        buf_init(&pdf, HEMIS_PAPER_MOST);
        (void)snprintf(paper.file, sizeof paper.file, "%s", cases[i].file);
        world->answers.asked = 0;
        assert_int_equal(hemis_paper_fetch(world->hemis, &world->token, &paper, &pdf, &err), cases[i].wanted);
        assert_int_equal(world->answers.asked, cases[i].wanted == HEMIS_OK);
        assert_int_equal(pdf.len, cases[i].wanted == HEMIS_OK ? 15 : 0);
    }
    world->answers.fault_body = "<html>";
    OWNED_BUF pdf;
    Error err = { 0 };
    buf_init(&pdf, HEMIS_PAPER_MOST);
    const HemisPaper paper = { .file = "https://hemis.test/rest/v1/file" };
    assert_int_equal(hemis_paper_fetch(world->hemis, &world->token, &paper, &pdf, &err), HEMIS_STRANGE);
}

static void test_papers(void **state)
{
    World *world = *state;
    HemisPapers *papers = mem_new(1, sizeof *papers);
    Error err = { 0 };

    assert_non_null(papers);
    assert_int_equal(hemis_papers(world->hemis, &world->token, papers, &err), HEMIS_OK);
    assert_int_equal(papers->count, 3);
    assert_string_equal(papers->rows[0].kind, "decree");
    mem_free(papers);
}

static void test_settings_are_checked(void **state)
{
    World *world = *state;
    Error err = { 0 };
    HemisConfig config = answers_config(&world->answers);

    config.address = "http://student.namuna.uz/rest";
    assert_refused(hemis_new(&config, &err), ERR_ARGUMENT, err);
    config = answers_config(&world->answers);
    config.mark_least[1] = 95;
    assert_refused(hemis_new(&config, &err), ERR_ARGUMENT, err);
    config = answers_config(&world->answers);
    config.connections = 0;
    assert_refused(hemis_new(&config, &err), ERR_ARGUMENT, err);
}

/* Wherever memory ends, the call does, and nothing is left behind. */
static void test_no_memory(void **state)
{
    World *world = *state;
    unsigned n = 0, failed = 0;

    for (HemisOutcome outcome = HEMIS_FAILED; n < 40000; n += n < 400 ? 1 : 97) {
        OWNED_HEMIS_RECORD record;
        Error err = { 0 };

        hemis_record_init(&record, STUDENT);
        mem_fail_nth(n + 1);
        outcome = hemis_read(world->hemis, &world->token, HEMIS_PARTS_ALL, false, &record, &err);
        mem_fail_nth(0);
        failed += outcome == HEMIS_FAILED;
        assert_true(outcome == HEMIS_OK || outcome == HEMIS_FAILED || outcome == HEMIS_STRANGE);
    }
    assert_true(failed > 50);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_sign_in),
        TEST(test_record),
        TEST(test_unchanged_parts_are_not_made_again),
        TEST(test_quick_is_one_request),
        TEST(test_another_students_answer_is_refused),
        TEST(test_away_in_the_middle),
        TEST(test_the_profile_waits_for_what_it_would_lose),
        TEST(test_expired),
        TEST(test_the_breaker_stands_before_it),
        TEST(test_reference_is_made_once),
        TEST(test_reference_that_is_there_is_found),
        TEST(test_files_of_our_host_alone),
        TEST(test_papers),
        TEST(test_settings_are_checked),
        TEST(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
