/* What HEMIS may be asked about: pure judging, and rows of both databases. */
#include "fixture.h"

#include "registrar/office/hemis_budget.h"

#define NOW INT64_C(1795500000)

static HemisTryRow row(const char *kiosk, const char *account, bool known, HemisTryOutcome outcome, int64_t ago_s)
{
    HemisTryRow made = { .known = known, .outcome = outcome, .at_s = NOW - ago_s };

    str_copy_cut(str_from(kiosk), made.kiosk, sizeof made.kiosk);
    str_copy_cut(str_from(account), made.account, sizeof made.account);
    return made;
}

/* As many rows of as many kiosks and accounts. */
static size_t others(HemisTryRow *rows, size_t count, bool known, HemisTryOutcome outcome, int64_t ago_s)
{
    for (size_t i = 0; i < count; i++) {
        char name[32];

        snprintf(name, sizeof name, "other-%zu", i);
        rows[i] = row(name, name, known, outcome, ago_s);
    }
    return count;
}

typedef struct JudgeCase {
    const char *name;
    size_t refused, known_refused, open, known_open;
    int64_t ago_s;
    HemisRoom unknown, known;
    int wait_s; /* of unknown */
} JudgeCase;

static const JudgeCase judged[] = {
    { "nothing was tried", 0, 0, 0, 0, 0, HEMIS_ROOM, HEMIS_ROOM, 0 },
    { "five were refused", 5, 0, 0, 0, 10, HEMIS_ROOM, HEMIS_ROOM, 0 },
    { "six were", 6, 0, 0, 0, 10, HEMIS_ROOM_SPENT, HEMIS_ROOM, 620 },
    { "six were, nearly ten minutes and a half ago", 6, 0, 0, 0, 629, HEMIS_ROOM_SPENT, HEMIS_ROOM, 1 },
    { "six were, longer ago", 6, 0, 0, 0, 630, HEMIS_ROOM, HEMIS_ROOM, 0 },
    { "three of six are being asked about", 3, 0, 3, 0, 0, HEMIS_ROOM_SOON, HEMIS_ROOM, 0 },
    { "six are being asked about that are known", 0, 0, 0, 6, 0, HEMIS_ROOM, HEMIS_ROOM, 0 },
    { "nine are", 0, 0, 0, 9, 0, HEMIS_ROOM_SOON, HEMIS_ROOM_SOON, 0 },
    { "three known ones were refused, three others", 3, 3, 0, 0, 10, HEMIS_ROOM_SPENT, HEMIS_ROOM, 620 },
    { "nine were refused", 6, 3, 0, 0, 10, HEMIS_ROOM_SPENT, HEMIS_ROOM_SPENT, 620 },
    { "six were refused, three known are being asked about", 6, 0, 0, 3, 0, HEMIS_ROOM_SPENT, HEMIS_ROOM_SOON, 630 },
    { "nobody ever answered", 0, 0, 6, 0, 129, HEMIS_ROOM_SOON, HEMIS_ROOM, 0 },
    { "nobody will any more", 0, 0, 6, 0, 131, HEMIS_ROOM_SPENT, HEMIS_ROOM, 629 },
};

static void judges_by_what_was_tried(void **state)
{
    const HemisTryLimits limits = { HEMIS_TRIES_IN_ALL, HEMIS_TRIES_KIOSK };

    (void)state;
    for (size_t i = 0; i < COUNT(judged); i++) {
        const JudgeCase *one = &judged[i];
        HemisTryRow rows[32];
        size_t count = others(rows, one->refused, false, HEMIS_TRY_REFUSED, one->ago_s);
        int wait_s, known_wait_s;

        count += others(rows + count, one->known_refused, true, HEMIS_TRY_REFUSED, one->ago_s);
        count += others(rows + count, one->open, false, HEMIS_TRY_ASKED, one->ago_s);
        count += others(rows + count, one->known_open, true, HEMIS_TRY_ASKED, one->ago_s);
        const HemisTryRow unknown = row("mine", "me", false, HEMIS_TRY_ASKED, 0);
        const HemisTryRow known = row("mine", "me", true, HEMIS_TRY_ASKED, 0);
        if (hemis_budget_judge(rows, count, &unknown, limits, NOW, &wait_s) != one->unknown || wait_s != one->wait_s)
            fail_msg("%s: unknown, wait %d", one->name, wait_s);
        if (hemis_budget_judge(rows, count, &known, limits, NOW, &known_wait_s) != one->known)
            fail_msg("%s: known, wait %d", one->name, known_wait_s);
    }
}

static void an_account_and_a_kiosk_have_shares(void **state)
{
    HemisTryLimits limits = { HEMIS_TRIES_IN_ALL, HEMIS_TRIES_KIOSK };
    const HemisTryRow mine = row("A-1", "me", false, HEMIS_TRY_ASKED, 0);
    const HemisTryRow known = row("A-1", "me", true, HEMIS_TRY_ASKED, 0);
    HemisTryRow rows[16] = { row("A-1", "one", false, HEMIS_TRY_REFUSED, 100),
                             row("A-1", "two", false, HEMIS_TRY_LOST, 50) };
    int wait_s;

    (void)state;
    assert_int_equal(hemis_budget_judge(rows, 1, &mine, limits, NOW, &wait_s), HEMIS_ROOM);
    assert_int_equal(hemis_budget_judge(rows, 2, &mine, limits, NOW, &wait_s), HEMIS_ROOM_SPENT);
    assert_int_equal(wait_s, 530); /* when the older one is forgotten */
    assert_int_equal(hemis_budget_judge(rows, 2, &known, limits, NOW, &wait_s), HEMIS_ROOM);
    limits.at_kiosk = 1;
    assert_int_equal(hemis_budget_judge(rows, 1, &mine, limits, NOW, &wait_s), HEMIS_ROOM_SPENT);
    limits = (HemisTryLimits){ 1, 2 };
    rows[0] = row("A-2", "one", false, HEMIS_TRY_REFUSED, 100);
    assert_int_equal(hemis_budget_judge(rows, 1, &mine, limits, NOW, &wait_s), HEMIS_ROOM_SPENT);
    assert_int_equal(hemis_budget_judge(rows, 1, &known, limits, NOW, &wait_s), HEMIS_ROOM);

    limits = (HemisTryLimits){ HEMIS_TRIES_IN_ALL, HEMIS_TRIES_KIOSK };
    rows[0] = row("A-2", "me", false, HEMIS_TRY_REFUSED, 0);
    assert_int_equal(hemis_budget_judge(rows, 1, &mine, limits, NOW, &wait_s), HEMIS_ROOM_SPENT);
    assert_int_equal(wait_s, HEMIS_TRY_SPAN_S);
    assert_int_equal(hemis_budget_judge(rows, 1, &known, limits, NOW, &wait_s), HEMIS_ROOM);
    /* HEMIS counts a login's failures for an hour. */
    for (size_t i = 0; i < HEMIS_TRIES_AN_HOUR; i++)
        rows[i] = row("A-2", "me", true, HEMIS_TRY_LOST, 700 + (int64_t)i * 100);
    assert_int_equal(hemis_budget_judge(rows, HEMIS_TRIES_AN_HOUR, &known, limits, NOW, &wait_s), HEMIS_ROOM_SPENT);
    assert_int_equal(wait_s, HEMIS_TRY_HOUR_S - 1500);
    assert_int_equal(hemis_budget_judge(rows, HEMIS_TRIES_AN_HOUR - 1, &known, limits, NOW, &wait_s), HEMIS_ROOM);
}

typedef struct ReserveAnswer {
    HemisTry try;
    HemisRoom room;
    int wait_s;
} ReserveAnswer;

static ReserveAnswer reserve(OfficeFixture *fixture, const char *kiosk, const char *account, bool known)
{
    ReserveAnswer answer;
    Error err = { 0 };

    assert_ok(
        hemis_try_reserve(fixture->office, kiosk, account, known, &answer.try, &answer.room, &answer.wait_s, &err),
        err);
    return answer;
}

static void end(OfficeFixture *fixture, const ReserveAnswer *answer, HemisOutcome outcome, bool told)
{
    Error err = { 0 };

    assert_ok(hemis_try_end(fixture->office, &answer->try, outcome, told, &err), err);
}

static void a_right_one_costs_no_try(void **state)
{
    OfficeFixture fixture;

    (void)state;
    fixture_open(&fixture);
    for (int i = 0; i < 20; i++) {
        ReserveAnswer answer = reserve(&fixture, "A-1", "me", false);
        assert_int_equal(answer.room, HEMIS_ROOM);
        assert_int_equal(reserve(&fixture, "A-1", "me", false).room, HEMIS_ROOM_SOON);
        end(&fixture, &answer, i % 2 ? HEMIS_OK : HEMIS_AWAY, false);
    }
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM hemis_try"), 0);
    fixture_close(&fixture);
}

static void a_wrong_one_and_a_lost_one_do(void **state)
{
    static const HemisOutcome outcomes[] = { HEMIS_REFUSED, HEMIS_AWAY, HEMIS_STRANGE, HEMIS_LIMITED };
    OfficeFixture fixture;

    (void)state;
    fixture_open(&fixture);
    for (size_t i = 0; i < 6; i++) {
        char kiosk[32], account[32];

        snprintf(kiosk, sizeof kiosk, "B-%zu", i);
        snprintf(account, sizeof account, "a%zu", i);
        ReserveAnswer answer = reserve(&fixture, kiosk, account, false);
        assert_int_equal(answer.room, HEMIS_ROOM);
        fixture_pass(2); /* it counts from its answer on */
        end(&fixture, &answer, outcomes[i % COUNT(outcomes)], true);
    }
    ReserveAnswer answer = reserve(&fixture, "A-1", "me", false);
    assert_int_equal(answer.room, HEMIS_ROOM_SPENT);
    assert_int_equal(answer.wait_s, HEMIS_TRY_SPAN_S - 10);
    assert_true(answer.try.mostly_lost); /* four of six */
    ReserveAnswer known = reserve(&fixture, "A-1", "me", true);
    assert_int_equal(known.room, HEMIS_ROOM);
    end(&fixture, &known, HEMIS_OK, true);
    fixture_pass(answer.wait_s - 1);
    assert_int_equal(reserve(&fixture, "A-1", "you", false).room, HEMIS_ROOM_SPENT);
    fixture_pass(1);
    assert_int_equal(reserve(&fixture, "A-1", "you", false).room, HEMIS_ROOM);
    /* Nobody's number stands there. */
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM hemis_try WHERE account = 'a1' OR kiosk = 'B-1'"), 0);
    fixture_close(&fixture);
}

typedef struct Crowd {
    OfficeFixture *fixture;
    int number;
    int rooms;
} Crowd;

static void *crowd_main(void *ctx)
{
    Crowd *crowd = ctx;
    char kiosk[40];

    for (int i = 0; i < 8; i++) {
        snprintf(kiosk, sizeof kiosk, "C-%d-%d", crowd->number, i);
        crowd->rooms += reserve(crowd->fixture, kiosk, kiosk, i % 2).room == HEMIS_ROOM;
    }
    return NULL;
}

/* Two registrars over one database, each with a crowd: together they reserve what one may. */
static void registrars_share_one_budget(void **state)
{
    OfficeFixture fixture, beside;
    pthread_t threads[6];
    Crowd crowds[6];
    int rooms = 0;
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    beside = fixture;
    beside.store = store_open(fixture.database, "namuna", NULL, &err);
    assert_non_null(beside.store);
    fixture_office_open(&beside);
    for (int i = 0; i < 6; i++) {
        crowds[i] = (Crowd){ .fixture = i % 2 ? &beside : &fixture, .number = i };
        assert_int_equal(pthread_create(&threads[i], NULL, crowd_main, &crowds[i]), 0);
    }
    for (int i = 0; i < 6; i++) {
        pthread_join(threads[i], NULL);
        rooms += crowds[i].rooms;
    }
    assert_int_equal(rooms, HEMIS_TRIES_IN_ALL + HEMIS_TRIES_OF_KNOWN);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM hemis_try"), rooms);
    assert_true(fixture_rows(&fixture, "SELECT count(*) FROM hemis_try WHERE known = 0") <= HEMIS_TRIES_IN_ALL);
    office_close(beside.office);
    store_close(beside.store);
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judges_by_what_was_tried),    cmocka_unit_test(an_account_and_a_kiosk_have_shares),
        cmocka_unit_test(a_right_one_costs_no_try),    cmocka_unit_test(a_wrong_one_and_a_lost_one_do),
        cmocka_unit_test(registrars_share_one_budget),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
