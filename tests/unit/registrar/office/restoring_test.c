#include "fixture.h"

#include "base/memory.h"
#include "registrar/office/documents.h"
#include "registrar/office/finisher.h"
#include "registrar/office/restoring.h"
#include "registrar/office/status_lists.h"

static const char *const registers[] = { "M" };

/* An office whose own database is the backup: closed, restored, opened again. */
typedef struct Desk {
    OfficeFixture fixture;
    Keys keys;
    RestoreInput input;
    RestoreReport report;
} Desk;

static void desk_open(Desk *desk)
{
    Error err = { 0 };

    *desk = (Desk){ 0 };
    fixture_open(&desk->fixture);
    fixture_rows(&desk->fixture, "UPDATE institution SET host = 'hujjat.namuna.uz'");
    assert_ok(keys_load(desk->fixture.keys, &desk->keys, &err), err);
    desk->input = (RestoreInput){
        .utc_offset_minutes = 300, .keys = &desk->keys, .registers = registers, .register_count = COUNT(registers)
    };
}

static void desk_close(Desk *desk)
{
    keys_fini(&desk->keys);
    fixture_close(&desk->fixture);
}

static ApiIssued issue(Desk *desk, int n)
{
    static const char *const receivers[] = { "any", "parents-work", "inson" };
    const Session session = fixture_session(&desk->fixture, 1, &desk->fixture.kiosk);
    ApiRequest request = fixture_request(receivers[n % 3]);
    ApiIssued issued = { 0 };
    ApiProblem problem;
    Error err = { 0 };
    bool made;

    request.language = n < 3 ? LANGUAGE_UZ : LANGUAGE_EN; /* equal ones are given once */
    assert_ok(office_request(desk->fixture.office, &session, fixture_key(n), &request, &problem, &made, &issued, &err),
              err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    return issued;
}

static bool restore(Desk *desk, Error *err)
{
    office_close(desk->fixture.office);
    desk->fixture.office = NULL;
    desk->input.now_ms = fixture_clock(NULL);
    return register_restore(desk->fixture.store, &desk->input, &desk->report, err);
}

static void restore_and_open(Desk *desk)
{
    Error err = { 0 };

    assert_ok(restore(desk, &err), err);
    fixture_office_open(&desk->fixture);
}

static CheckState checked(Desk *desk, const char *code)
{
    Check check;
    Error err = { 0 };

    assert_ok(office_check(desk->fixture.office, code, &check, &err), err);
    return check.state;
}

static uint32_t index_of(Desk *desk, const ApiIssued *issued)
{
    char sql[128];

    snprintf(sql, sizeof sql, "SELECT status_index FROM copy WHERE id = '%s'", issued->job.copy);
    return (uint32_t)fixture_rows(&desk->fixture, sql);
}

static StatusList *list_of(int64_t issued_at_s, int highest)
{
    StatusList *list = mem_new(1, sizeof *list);

    assert_non_null(list);
    *list = (StatusList){ .issuer = "hujjat.namuna.uz",
                          .list = 1,
                          .issued_at_s = issued_at_s,
                          .expires_at_s = issued_at_s + STATUS_LIST_GOOD_S,
                          .version = issued_at_s,
                          .era = 1,
                          .head_count = 1,
                          .heads = { { "M", 2026, highest } } };
    return list;
}

static void without_a_witness_a_thousand_numbers_are_left_out(void **state)
{
    Desk desk;
    DocumentStanding standing;
    Error err = { 0 };

    (void)state;
    desk_open(&desk);
    (void)issue(&desk, 0);
    ApiIssued second = issue(&desk, 1);
    assert_string_equal(second.number, "M-2026/000002");
    restore_and_open(&desk);
    assert_int_equal(desk.report.era, 2);
    assert_int_equal(desk.report.witnessed_s, 0);
    assert_int_equal(desk.report.range_count, 1);
    assert_int_equal(desk.report.ranges[0].first, 3);
    assert_int_equal(desk.report.ranges[0].last, 1002);
    assert_string_equal(issue(&desk, 2).number, "M-2026/001003");
    assert_ok(document_look_up(desk.fixture.office, "M-2026/000003", "test", &standing, &err), err);
    assert_int_equal(standing.find, DOCUMENT_SKIPPED);
    assert_int_equal(standing.skipped_era, 2);
    assert_ok(document_look_up(desk.fixture.office, "M-2026/000002", "test", &standing, &err), err);
    assert_int_equal(standing.find, DOCUMENT_FOUND);
    assert_ok(document_look_up(desk.fixture.office, "M-2026/001004", "test", &standing, &err), err);
    assert_int_equal(standing.find, DOCUMENT_NEVER_GIVEN);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM act WHERE act = 'register.restored'"), 1);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT max(era) FROM act"), 2);
    /* and once more, on another day: three papers a day are given */
    fixture_pass(86400);
    restore_and_open(&desk);
    assert_int_equal(desk.report.era, 3);
    assert_string_equal(issue(&desk, 3).number, "M-2026/002004");
    desk_close(&desk);
}

/* A year began in the time that was lost, and its numbers with 1: they are not given again. */
static void a_year_that_began_meanwhile_is_left_out_too(void **state)
{
    Desk desk;

    (void)state;
    desk_open(&desk);
    (void)issue(&desk, 0);
    fixture_pass(40 * 86400); /* January */
    restore_and_open(&desk);
    assert_int_equal(desk.report.range_count, 2);
    assert_int_equal(desk.report.ranges[1].year, 2027);
    assert_int_equal(desk.report.ranges[1].first, 1);
    assert_int_equal(desk.report.ranges[1].last, 1000);
    assert_string_equal(issue(&desk, 1).number, "M-2027/001001");
    desk_close(&desk);
}

static void a_witness_says_how_far_it_came(void **state)
{
    static const struct {
        const char *name;
        int64_t age_s; /* of the list, against the backup's last act */
        int head, seen, last;
    } cases[] = {
        { "a list that may be the last", 60, 40, 0, 40 + RESTORE_MARGIN },
        { "a list of the backup's own time", 0, 1, 0, 1 + RESTORE_MARGIN },
        { "an older list", -60, 1, 0, 1 + RESTORE_MARGIN },
        { "a paper with a number above the list's", 60, 40, 2000, 2000 + RESTORE_MARGIN },
        { "a paper with a number below it", 60, 40, 7, 40 + RESTORE_MARGIN },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Desk desk;
        const StatusHead seen = { "M", 2026, cases[i].seen };

        desk_open(&desk);
        (void)issue(&desk, 0);
        StatusList *list = list_of(fixture_clock(NULL) / 1000 + cases[i].age_s, cases[i].head);
        list->era = 4;
        const StatusList *const lists[] = { list };
        desk.input.lists = lists;
        desk.input.list_count = 1;
        desk.input.seen = &seen;
        desk.input.seen_count = cases[i].seen > 0;
        restore_and_open(&desk);
        if (desk.report.ranges[0].last != cases[i].last)
            fail_msg("%s: %d, not %d", cases[i].name, desk.report.ranges[0].last, cases[i].last);
        assert_int_equal(desk.report.era, 5); /* there had been restores that the backup does not know */
        mem_free(list);
        desk_close(&desk);
    }
}

static void what_was_under_way_is_unknown(void **state)
{
    Desk desk;
    ApiProblem problem;
    ApiPrintJob now;
    Error err = { 0 };

    (void)state;
    desk_open(&desk);
    ApiIssued assigned = issue(&desk, 0), sending = issue(&desk, 1), printed = issue(&desk, 2);
    const Session session = fixture_session(&desk.fixture, 1, &desk.fixture.kiosk);
    const ApiIssued *const fetched[] = { &sending, &printed };
    for (size_t i = 0; i < COUNT(fetched); i++) {
        OWNED(Blob) pdf = NULL;
        assert_ok(office_page(desk.fixture.office, &session, fetched[i]->job.copy, fetched[i]->job.epoch, &problem,
                              &pdf, &err),
                  err);
        assert_non_null(pdf);
    }
    const ApiPrintReport report = { .epoch = printed.job.epoch, .state = PRINT_PRINTED, .sheets = 1 };
    assert_ok(
        office_print_report(desk.fixture.office, &desk.fixture.kiosk, printed.job.id, &report, &problem, &now, &err),
        err);
    restore_and_open(&desk);
    assert_int_equal(desk.report.counts.jobs, 2);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM print_job WHERE state = 'unknown'"), 2);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM copy WHERE delivery = 'unknown'"), 2);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM print_job WHERE state = 'printed'"), 1);
    OWNED(Blob) pdf = NULL;
    assert_ok(office_page(desk.fixture.office, &session, assigned.job.copy, assigned.job.epoch, &problem, &pdf, &err),
              err);
    assert_int_equal(problem.kind, PROBLEM_HANDED_OUT);
    const ApiPrintReport late = { .epoch = sending.job.epoch, .state = PRINT_PRINTED, .sheets = 1 };
    assert_ok(
        office_print_report(desk.fixture.office, &desk.fixture.kiosk, sending.job.id, &late, &problem, &now, &err),
        err);
    assert_int_equal(now.state, PRINT_UNKNOWN);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT count(*) FROM print_report WHERE counted = 0"), 1);
    desk_close(&desk);
}

static void what_was_being_prepared_is_finished(void **state)
{
    Desk desk;
    Error err = { 0 };

    (void)state;
    desk_open(&desk);
    ApiIssued paper = issue(&desk, 0);
    fixture_rows(&desk.fixture, "DELETE FROM page");
    fixture_rows(&desk.fixture, "UPDATE copy SET making = 'preparing', lease_s = 99999999999");
    fixture_rows(&desk.fixture, "UPDATE document SET state = 'preparing'");
    restore_and_open(&desk);
    assert_int_equal(desk.report.counts.preparing, 1);
    assert_ok(finisher_round(desk.fixture.office, &err), err);
    for (int i = 0; i < 1000 && checked(&desk, paper.code) != CHECK_VALID; i++)
        usleep(50000); /* its own thread is at it */
    assert_int_equal(checked(&desk, paper.code), CHECK_VALID);
    desk_close(&desk);
}

static void what_lists_say_is_taken_over(void **state)
{
    Desk desk;
    Error err = { 0 };

    (void)state;
    desk_open(&desk);
    ApiIssued revoked = issue(&desk, 0), suspended = issue(&desk, 1), replaced = issue(&desk, 2);
    StatusList *list = list_of(fixture_clock(NULL) / 1000, 3);
    const StatusList *const lists[] = { list };
    const uint32_t of[] = { index_of(&desk, &revoked), index_of(&desk, &suspended), index_of(&desk, &replaced) };
    uint32_t lost = 0;
    while (lost == of[0] || lost == of[1] || lost == of[2])
        lost++;
    status_list_set(list, of[0], STATUS_REVOKED);
    status_list_set(list, of[1], STATUS_SUSPENDED);
    status_list_set(list, of[2], STATUS_SUPERSEDED);
    status_list_set(list, lost, STATUS_REVOKED);
    list->version += 5000; /* a clock that went ahead: it rises all the same */
    desk.input.lists = lists;
    desk.input.list_count = 1;
    restore_and_open(&desk);
    assert_int_equal(desk.report.revoked, 1);
    assert_int_equal(desk.report.suspended, 1);
    assert_int_equal(desk.report.superseded, 1);
    assert_int_equal(desk.report.kept, 1);
    assert_int_equal(desk.report.next_list, 3);
    assert_int_equal(checked(&desk, revoked.code), CHECK_REVOKED);
    assert_int_equal(checked(&desk, suspended.code), CHECK_SUSPENDED);
    assert_int_equal(checked(&desk, replaced.code), CHECK_REPLACED);
    assert_ok(finisher_round(desk.fixture.office, &err), err);
    int64_t version = fixture_rows(&desk.fixture, "SELECT version FROM status_list WHERE list = 1");
    assert_true(version > list->version);
    ApiIssued next = issue(&desk, 3);
    char sql[128];
    snprintf(sql, sizeof sql, "SELECT status_list FROM copy WHERE id = '%s'", next.job.copy);
    assert_int_equal(fixture_rows(&desk.fixture, sql), 3);
    mem_free(list);
    desk_close(&desk);
}

/* A copy that was lost, by two restores: the second one has an older list, or one of the same time. */
static void an_older_list_un_revokes_nothing(void **state)
{
    static const struct {
        SealStatus first, second, published;
    } cases[] = {
        { STATUS_REVOKED, STATUS_SUSPENDED, STATUS_REVOKED },
        { STATUS_SUPERSEDED, STATUS_SUSPENDED, STATUS_SUPERSEDED },
        { STATUS_REVOKED, STATUS_VALID, STATUS_REVOKED },
        { STATUS_SUSPENDED, STATUS_REVOKED, STATUS_REVOKED },
    };
    Error err = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const SealStatus said[] = { cases[i].first, cases[i].second };
        StatusList *published = mem_new(1, sizeof *published);
        OWNED_BUF body;
        bool found;
        int64_t version;
        Desk desk;

        buf_init(&body, 64u << 10);
        desk_open(&desk);
        ApiIssued paper = issue(&desk, 0);
        const uint32_t lost = (index_of(&desk, &paper) + 1) % STATUS_LIST_PLACES;
        for (size_t k = 0; k < COUNT(said); k++) {
            StatusList *list = list_of(fixture_clock(NULL) / 1000, 3);
            const StatusList *const lists[] = { list };

            status_list_set(list, lost, said[k]);
            desk.input.lists = lists;
            desk.input.list_count = 1;
            restore_and_open(&desk);
            mem_free(list);
        }
        assert_ok(finisher_round(desk.fixture.office, &err), err);
        assert_ok(office_status_list(desk.fixture.office, 1, &found, &version, &body, &err), err);
        assert_ok(status_list_read(&desk.keys.public_list, buf_str(&body), published, &err), err);
        assert_int_equal(status_list_get(published, lost), cases[i].published);
        mem_free(published);
        desk_close(&desk);
    }
}

static void what_is_not_this_registers_is_refused(void **state)
{
    Desk desk;
    Error err = { 0 };

    (void)state;
    desk_open(&desk);
    (void)issue(&desk, 0);
    desk.keys.public_seals[0].bytes[5] ^= 1;
    assert_refused(restore(&desk, &err), ERR_CONFLICT, err);
    assert_int_equal(fixture_rows(&desk.fixture, "SELECT era FROM institution"), 1);
    desk.keys.public_seals[0].bytes[5] ^= 1;
    if (!test_database_is_postgresql(&desk.fixture.own)) { /* which does not show it, nor is restored into */
        fixture_rows(&desk.fixture, "INSERT INTO institution (institution, host) VALUES ('other', 'example.uz')");
        assert_refused(restore(&desk, &err), ERR_CONFLICT, err);
        fixture_rows(&desk.fixture, "DELETE FROM institution WHERE institution = 'other'");
    }
    error_clear(&err);
    assert_ok(restore(&desk, &err), err);
    desk_close(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_witness_a_thousand_numbers_are_left_out),
        cmocka_unit_test(a_year_that_began_meanwhile_is_left_out_too),
        cmocka_unit_test(a_witness_says_how_far_it_came),
        cmocka_unit_test(what_was_under_way_is_unknown),
        cmocka_unit_test(what_was_being_prepared_is_finished),
        cmocka_unit_test(what_lists_say_is_taken_over),
        cmocka_unit_test(an_older_list_un_revokes_nothing),
        cmocka_unit_test(what_is_not_this_registers_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
