/* The connector over answers that a test has in mind: what each means, whose they are, and what becomes of them. */
#include "test.h"

#include <string.h>

#include "base/memory.h"
#include "registrar/connect/moodle/inside.h"

#define STUDENT "401241111939"
#define TOKEN   "0123456789abcdef0123456789abcdef"
#define NOW_S   INT64_C(1795417612)

static const char site[] = "{\"userid\":2,\"functions\":[{\"name\":\"core_user_get_users_by_field\"},"
                           "{\"name\":\"core_enrol_get_users_courses\"},"
                           "{\"name\":\"gradereport_overview_get_course_grades\"},"
                           "{\"name\":\"core_calendar_get_action_events_by_timesort\"}]}";
static const char user[] = "[{\"id\":17,\"idnumber\":\"" STUDENT "\",\"username\":\"someone\"}]";
static const char courses[] =
    "[{\"id\":5,\"fullname\":\"Fizika &amp; <b>amaliyot</b>\",\"visible\":1,\"progress\":40.5},"
    "{\"id\":\"6\",\"fullname\":\"Kimyo\",\"visible\":\"0\"},"
    "{\"id\":7,\"fullname\":\"Tarix\",\"enddate\":1600000000}]";
static const char grades[] = "{\"grades\":[{\"courseid\":\"5\",\"grade\":\"84.00\"},{\"courseid\":7,\"grade\":\"-\"}]}";
static const char events[] =
    "{\"events\":[{\"name\":\"Referat is due\",\"activityname\":\"Referat\",\"timesort\":1795500000,"
    "\"course\":{\"id\":5,\"fullname\":\"x\"}},"
    "{\"name\":\"Begona\",\"timesort\":1795500000,\"course\":{\"id\":99}}]}";
static const char whole_part[] =
    "{\"courses\":[{\"grade\":\"84.00\",\"name\":\"Fizika & amaliyot\",\"progress\":40}],"
    "\"deadlines\":[{\"at_s\":1795500000,\"course\":\"Fizika & amaliyot\",\"name\":\"Referat\"}]}";

typedef struct World {
    const char *of[MOODLE_FUNCTION_COUNT]; /* what is answered */
    int status;                            /* 0: 200 */
    ErrorCode fault;                       /* nothing is answered, for this reason */
    unsigned asked[MOODLE_FUNCTION_COUNT];
    char last[MOODLE_FUNCTION_COUNT][400]; /* the forms */
    int64_t now_ms;
    Moodle *moodle;
} World;

static bool carry(void *ctx, const HttpRequest *request, HttpAnswer *ret, Error *err)
{
    World *world = ctx;
    char form[600];

    assert_string_equal(request->url, "https://lms.test/webservice/rest/server.php");
    assert_string_equal(request->method, "POST");
    assert_null(request->bearer);
    assert_true(str_copy(request->body, form, sizeof form));
    assert_non_null(strstr(form, "wstoken=" TOKEN "&"));
    if (world->fault)
        return error_set(err, world->fault, "as the test has it");
    for (MoodleFunction function = MOODLE_SITE; function < MOODLE_FUNCTION_COUNT; function++) {
        char wanted[80];

        (void)snprintf(wanted, sizeof wanted, "wsfunction=%s&", moodle_function_name(function));
        if (!strstr(form, wanted))
            continue;
        world->asked[function]++;
        str_copy_cut(str_from(form), world->last[function], sizeof world->last[function]);
        memset(ret, 0, sizeof *ret);
        ret->status = world->status ? world->status : 200;
        buf_init(&ret->body, 1u << 20);
        buf_add_text(&ret->body, world->of[function]);
        return true;
    }
    fail_msg("something else is asked: %s", form);
    return false;
}

static int64_t now(void *ctx)
{
    return ((World *)ctx)->now_ms;
}

static MoodleConfig config_of(World *world)
{
    return (MoodleConfig){ .address = "https://lms.test/",
                           .token = TOKEN,
                           .match = "idnumber",
                           .deadline_ms = 1000,
                           .connections = 2,
                           .days_ahead = 30,
                           .clock = { now, now, world } };
}

static void begin(World *world)
{
    Error err = { 0 };

    *world = (World){ .of = { site, user, courses, grades, events }, .now_ms = NOW_S * 1000 };
    const MoodleConfig config = config_of(world);
    world->moodle = moodle_new_over(&config, &(ChannelTransport){ carry, world }, &err);
    assert_ok(world->moodle, err);
}

typedef struct ReadCase {
    const char *name;
    MoodleFunction function;
    const char *answer;
    MoodleOutcome wanted;
    const char *part; /* NULL: whole_part */
} ReadCase;

static const ReadCase reads[] = {
    { "all well", MOODLE_SITE, site, MOODLE_OK, NULL },
    { "ids as texts", MOODLE_USER, "[{\"id\":\"17\",\"idnumber\":\"" STUDENT "\"}]", MOODLE_OK, NULL },
    { "nobody", MOODLE_USER, "[]", MOODLE_NOBODY, NULL },
    { "another student", MOODLE_USER, "[{\"id\":17,\"idnumber\":\"401241111938\"}]", MOODLE_STRANGE, NULL },
    { "a number that only begins so", MOODLE_USER, "[{\"id\":17,\"idnumber\":\"" STUDENT "1\"}]", MOODLE_STRANGE,
      NULL },
    { "number as a number", MOODLE_USER, "[{\"id\":17,\"idnumber\":401241111939}]", MOODLE_STRANGE, NULL },
    { "without the field", MOODLE_USER, "[{\"id\":17}]", MOODLE_STRANGE, NULL },
    { "two of them", MOODLE_USER, "[{\"id\":17,\"idnumber\":\"" STUDENT "\"},{\"id\":18,\"idnumber\":\"" STUDENT "\"}]",
      MOODLE_STRANGE, NULL },
    { "the token's own user", MOODLE_USER, "[{\"id\":2,\"idnumber\":\"" STUDENT "\"}]", MOODLE_STRANGE, NULL },
    { "suspended", MOODLE_USER, "[{\"id\":17,\"idnumber\":\"" STUDENT "\",\"suspended\":true}]", MOODLE_NOBODY, NULL },
    { "the token is not taken", MOODLE_SITE, "{\"exception\":\"e\",\"errorcode\":\"invalidtoken\",\"message\":\"m\"}",
      MOODLE_REFUSED, NULL },
    { "no functions", MOODLE_SITE, "{\"userid\":2}", MOODLE_STRANGE, NULL },
    { "not those that are needed", MOODLE_SITE, "{\"functions\":[{\"name\":\"core_user_get_users_by_field\"}]}",
      MOODLE_REFUSED, NULL },
    { "maintenance", MOODLE_COURSES, "{\"exception\":\"e\",\"errorcode\":\"sitemaintenance\"}", MOODLE_AWAY, NULL },
    { "a reason that nobody knows", MOODLE_COURSES, "{\"exception\":\"e\",\"errorcode\":\"odd\"}", MOODLE_STRANGE,
      NULL },
    { "a page", MOODLE_COURSES, "<html></html>", MOODLE_STRANGE, NULL },
    { "nothing", MOODLE_COURSES, "", MOODLE_STRANGE, NULL },
    { "null", MOODLE_COURSES, "null", MOODLE_STRANGE, NULL },
    { "no list", MOODLE_COURSES, "{\"a\":1}", MOODLE_STRANGE, NULL },
    { "no courses", MOODLE_COURSES, "[]", MOODLE_OK, "{\"courses\":[],\"deadlines\":[]}" },
    { "strange rows", MOODLE_COURSES,
      "[null,1,{},{\"id\":5},{\"id\":\"x\",\"fullname\":\"y\"},{\"id\":8,\"fullname\":\" \"}]", MOODLE_OK,
      "{\"courses\":[],\"deadlines\":[{\"at_s\":1795500000,\"name\":\"Referat\"}]}" },
    { "grades may not be read", MOODLE_GRADES, "{\"exception\":\"e\",\"errorcode\":\"nopermissions\"}", MOODLE_OK,
      "{\"courses\":[{\"name\":\"Fizika & amaliyot\",\"progress\":40}],"
      "\"deadlines\":[{\"at_s\":1795500000,\"course\":\"Fizika & amaliyot\",\"name\":\"Referat\"}]}" },
    { "grades are no list", MOODLE_GRADES, "[]", MOODLE_STRANGE, NULL },
    { "deadlines may not be read", MOODLE_EVENTS, "{\"exception\":\"e\",\"errorcode\":\"invalidparameter\"}", MOODLE_OK,
      "{\"courses\":[{\"grade\":\"84.00\",\"name\":\"Fizika & amaliyot\",\"progress\":40}]}" },
    { "deadlines do not come", MOODLE_EVENTS, "{\"exception\":\"e\",\"errorcode\":\"dmlreadexception\"}", MOODLE_AWAY,
      NULL },
};

static void test_reads(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(reads); i++) {
        const ReadCase *one = &reads[i];
        OWNED_BUF part;
        World world;
        Error err = { 0 };

        begin(&world);
        world.of[one->function] = one->answer;
        buf_init(&part, MOODLE_PART_MOST);
        MoodleOutcome outcome = moodle_read(world.moodle, STUDENT, &part, &err);
        if (outcome != one->wanted || (outcome == MOODLE_OK) != (err.code == ERR_NONE))
            fail_msg("%s: %s, %s", one->name, moodle_outcome_name(outcome), err.text);
        const char *wanted = outcome != MOODLE_OK ? "" : one->part ? one->part : whole_part;
        if (strcmp(buf_text(&part), wanted) != 0)
            fail_msg("%s: %s", one->name, buf_text(&part));
        assert_null(strstr(err.text, TOKEN));
        moodle_free(world.moodle);
    }
}

static void test_asks_for_one_id_alone(void **state)
{
    OWNED_BUF part;
    World world;
    Error err = { 0 };

    (void)state;
    begin(&world);
    buf_init(&part, MOODLE_PART_MOST);
    assert_int_equal(moodle_read(world.moodle, STUDENT, &part, &err), MOODLE_OK);
    assert_non_null(strstr(world.last[MOODLE_USER], "&field=idnumber&values[0]=" STUDENT));
    for (MoodleFunction function = MOODLE_COURSES; function < MOODLE_FUNCTION_COUNT; function++) {
        assert_non_null(strstr(world.last[function], "&userid=17"));
        assert_int_equal(world.asked[function], 1);
    }
    assert_int_equal(moodle_read(world.moodle, STUDENT, &part, &err), MOODLE_OK);
    assert_int_equal(world.asked[MOODLE_SITE], 1); /* what the token may do is known for an hour */
    world.now_ms += 3600 * 1000;
    assert_int_equal(moodle_read(world.moodle, STUDENT, &part, &err), MOODLE_OK);
    assert_int_equal(world.asked[MOODLE_SITE], 2);
    moodle_free(world.moodle);
}

static void test_numbers_that_cannot_be(void **state)
{
    static const char *const numbers[] = { "",     "1&userid=3", "40124 1111939", "401241111939401241111939401",
                                           "1%31", "1+1" };
    OWNED_BUF part;
    World world;

    (void)state;
    begin(&world);
    buf_init(&part, MOODLE_PART_MOST);
    for (size_t i = 0; i < COUNT(numbers); i++) {
        Error err = { 0 };

        assert_int_equal(moodle_read(world.moodle, numbers[i], &part, &err), MOODLE_FAILED);
        assert_int_equal(err.code, ERR_ARGUMENT);
    }
    assert_int_equal(world.asked[MOODLE_SITE], 0);
    moodle_free(world.moodle);
}

static void test_away_opens_the_breaker(void **state)
{
    static const struct {
        int status;
        ErrorCode fault;
    } ways[] = { { 500, ERR_NONE }, { 429, ERR_NONE }, { 0, ERR_OFFLINE }, { 0, ERR_TIMEOUT }, { 0, ERR_CRYPTO } };
    OWNED_BUF part;

    (void)state;
    buf_init(&part, MOODLE_PART_MOST);
    for (size_t i = 0; i < COUNT(ways); i++) {
        World world;
        Error err = { 0 };

        begin(&world);
        world.status = ways[i].status;
        world.fault = ways[i].fault;
        for (int j = 0; j < 8; j++)
            assert_int_equal(moodle_read(world.moodle, STUDENT, &part, &err), MOODLE_AWAY);
        assert_true(moodle_is_away(world.moodle));
        if (!world.fault)
            assert_int_equal(world.asked[MOODLE_SITE], 5); /* and no more */
        world.status = 0;
        world.fault = ERR_NONE;
        world.now_ms += 5000;
        assert_int_equal(moodle_read(world.moodle, STUDENT, &part, &err), MOODLE_OK);
        assert_false(moodle_is_away(world.moodle));
        buf_clear(&part);
        moodle_hush(world.moodle, true);
        assert_int_equal(moodle_read(world.moodle, STUDENT, &part, &err), MOODLE_AWAY);
        moodle_free(world.moodle);
    }
}

static void test_config(void **state)
{
    static const struct {
        const char *name, *address, *token, *match;
        int deadline_ms, days;
        bool good;
    } cases[] = {
        { "good", "https://lms.test", TOKEN, "username", 1000, 30, true },
        { "this machine", "http://127.0.0.1:80/m", TOKEN, "idnumber", 1000, 30, true },
        { "plain", "http://lms.test", TOKEN, "idnumber", 1000, 30, false },
        { "no token", "https://lms.test", "", "idnumber", 1000, 30, false },
        { "a token with a form in it", "https://lms.test", "a&b=c", "idnumber", 1000, 30, false },
        { "another field", "https://lms.test", TOKEN, "email", 1000, 30, false },
        { "no time", "https://lms.test", TOKEN, "idnumber", 10, 30, false },
        { "no days", "https://lms.test", TOKEN, "idnumber", 1000, 0, false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        World world = { 0 };
        MoodleConfig config = config_of(&world);
        Error err = { 0 };

        config.address = cases[i].address;
        config.token = cases[i].token;
        config.match = cases[i].match;
        config.deadline_ms = cases[i].deadline_ms;
        config.days_ahead = cases[i].days;
        Moodle *moodle = moodle_new(&config, &err);
        if ((moodle != NULL) != cases[i].good || (!cases[i].good && err.code != ERR_ARGUMENT))
            fail_msg("%s: %s", cases[i].name, err.text);
        moodle_free(moodle);
    }
}

static void test_clean(void **state)
{
    static const struct {
        const char *text, *wanted;
        size_t most;
    } cases[] = {
        { "  a \n\t b  ", "a b", 20 },
        { "<span class=\"x\">a</span> &lt;b&gt;", "a <b>", 20 },
        { "a < b", "a < b", 20 },
        { "a <b", "a <b", 20 },
        { "Ingliz tili &amp; boshqalar", "Ingliz tili", 15 },
        { "o\xCA\xBBzbek\xE2\x80\x8B\xE2\x80\xAE", "o\xCA\xBBzbek", 40 },
        { "&amp;amp;", "&amp;", 20 },
        { "<br>", "", 20 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        OWNED_BUF buf;

        buf_init(&buf, 100);
        moodle_clean(&buf, str_from(cases[i].text), cases[i].most);
        if (strcmp(buf_text(&buf), cases[i].wanted) != 0 || !utf8_valid(buf_str(&buf)))
            fail_msg("%s: %s", cases[i].text, buf_text(&buf));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads),
        cmocka_unit_test(test_asks_for_one_id_alone),
        cmocka_unit_test(test_numbers_that_cannot_be),
        cmocka_unit_test(test_away_opens_the_breaker),
        cmocka_unit_test(test_config),
        cmocka_unit_test(test_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
