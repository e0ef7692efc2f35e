#include "fixture.h"

#include "base/crypto.h"
#include "registrar/office/audit.h"
#include "registrar/office/audit_check.h"
#include "registrar/office/finisher.h"
#include "registrar/office/keeping.h"
#include "registrar/office/sealer.h"
#include "registrar/store/audit_heads.h"

#define ACTS 600 /* more than two bites of the sealer */

typedef struct Writing {
    int first, count;
} Writing;

static bool write_acts(StoreTransaction *transaction, void *arg, Error *err)
{
    const Writing *writing = arg;

    for (int i = writing->first; i < writing->first + writing->count; i++) {
        char object[32], detail[32];

        snprintf(object, sizeof object, "thing:%d", i);
        snprintf(detail, sizeof detail, "{\"n\":%d}", i);
        if (!acts_add(transaction, &(Act){ fixture_clock(NULL), "test", "thing.done", object, i % 3 ? detail : NULL },
                      err))
            return false;
    }
    return true;
}

static void write_and_seal(OfficeFixture *fixture, int first, int count)
{
    Error err = { 0 };

    assert_ok(store_write(fixture->store, write_acts, &(Writing){ first, count }, &err), err);
    assert_ok(sealer_finish(fixture->office, &err), err);
}

typedef struct Verdict {
    AuditReport report;
    char first[512];             /* fault, or "" */
    char note[512];              /* the last */
    const OfficeFixture *breaks; /* the line to PostgreSQL breaks when the first word is said; NULL: it holds */
} Verdict;

/* Whoever reads the log now loses his connection. */
static void break_line(const OfficeFixture *fixture)
{
    char sql[512];

    snprintf(sql, sizeof sql,
             "SELECT count(pg_terminate_backend(l.pid)) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation"
             " WHERE l.pid <> pg_backend_pid() AND c.relname = 'act' AND c.relnamespace = '%s'::regnamespace",
             fixture->own.schema);
    assert_true(test_database_ask(&fixture->own, sql) > 0);
}

static void hear(void *ctx, AuditGrade grade, const char *words)
{
    Verdict *verdict = ctx;

    if (verdict->breaks) {
        break_line(verdict->breaks);
        verdict->breaks = NULL;
    }
    if (grade == AUDIT_NOTE)
        snprintf(verdict->note, sizeof verdict->note, "%s", words);
    else if (!verdict->first[0])
        snprintf(verdict->first, sizeof verdict->first, "%s", words);
}

static Verdict verify_while(const OfficeFixture *fixture, Str outside, bool breaks)
{
    static const char *const sources[] = { "outside.json" };
    Verdict verdict = { .breaks = breaks ? fixture : NULL };
    const AuditInput input = { .institution = "namuna",
                               .now_ms = fixture_clock(NULL),
                               .utc_offset_minutes = 300,
                               .keys = &fixture->office->keys.public_head,
                               .key_count = 1,
                               .heads = &outside,
                               .sources = sources,
                               .head_count = outside.len ? 1 : 0,
                               .say = hear,
                               .ctx = &verdict };
    Error err = { 0 };

    assert_ok(audit_check(fixture->store, &input, &verdict.report, &err), err);
    assert_null(verdict.breaks);
    return verdict;
}

static Verdict verify(const OfficeFixture *fixture, Str outside)
{
    return verify_while(fixture, outside, false);
}

typedef struct Keeping {
    Buf *head;
    bool found;
    int64_t at_s;
} Keeping;

static bool newest(StoreTransaction *transaction, void *arg, Error *err)
{
    Keeping *keeping = arg;

    return audit_heads_newest(transaction, &keeping->found, &keeping->at_s, keeping->head, err);
}

static void keep_head(const OfficeFixture *fixture, Buf *ret)
{
    Keeping keeping = { .head = ret };
    Error err = { 0 };

    buf_init(ret, AUDIT_HEAD_MOST);
    assert_ok(store_read(fixture->store, newest, &keeping, &err), err);
    assert_true(keeping.found);
}

/* Statements one after the other; none of ours has a semicolon inside. */
static void run_sql(const OfficeFixture *fixture, const char *sql)
{
    Str rest = str_from(sql);

    while (rest.len > 0) {
        char one[512];

        assert_true(str_copy(str_trim(str_split(&rest, ';')), one, sizeof one));
        fixture_rows(fixture, one);
    }
}

static void a_log_that_nobody_touched_is_whole(void **state)
{
    OfficeFixture fixture;
    OWNED_BUF head;

    (void)state;
    fixture_open(&fixture);
    write_and_seal(&fixture, 0, ACTS);
    keep_head(&fixture, &head);
    fixture_pass(70);
    write_and_seal(&fixture, ACTS, 5);
    Verdict verdict = verify(&fixture, buf_str(&head));
    assert_string_equal(verdict.first, "");
    assert_int_equal(verdict.report.faults, 0);
    assert_true(verdict.report.entries >= ACTS + 5);
    assert_int_equal(verdict.report.entries, verdict.report.last_position);
    assert_int_equal(verdict.report.heads, 2); /* of each minute the last */
    assert_int_equal(verdict.report.eras, 1);
    fixture_close(&fixture);
}

static void a_line_that_breaks_meanwhile_is_no_fault(void **state)
{
    const int64_t kept_s = ACT_DETAIL_KEPT_S;
    OfficeFixture fixture;
    PurgeRun run;
    PurgeTaken taken;
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    if (!test_database_is_postgresql(&fixture.own)) {
        fixture_close(&fixture);
        skip();
    }
    finisher_stop(fixture.office);
    write_and_seal(&fixture, 0, 20);
    fixture_pass(kept_s + 10);
    assert_ok(purge_begin(fixture.store, "test", 0, fixture_clock(NULL) / 1000, &run, &err), err);
    assert_ok(purge_bite(fixture.store, &run, fixture_clock(NULL), &taken, &err), err);
    assert_true(taken.rows[PURGE_DETAILS] > 0);
    assert_ok(sealer_finish(fixture.office, &err), err);
    assert_ok(store_write(fixture.store, write_acts, &(Writing){ 20, 1 }, &err), err); /* says that it waits */
    const Verdict whole = verify(&fixture, (Str){ 0 }), broken = verify_while(&fixture, (Str){ 0 }, true);
    assert_int_equal(whole.report.faults, 0);
    assert_string_equal(broken.first, "");
    assert_memory_equal(&broken.report, &whole.report, sizeof whole.report);
    fixture_close(&fixture);
}

/* Each is done to a whole log, found, and undone. */
static void each_change_is_found(void **state)
{
    static const struct {
        const char *name, *change, *says;
    } cases[] = {
        { "actor", "UPDATE act SET actor = 'student:9' WHERE position = 100", "entry 100 of" },
        { "act", "UPDATE act SET act = 'thing.undone' WHERE position = 100", "was changed" },
        { "object", "UPDATE act SET object = object || ' ' WHERE position = 100", "was changed" },
        { "time", "UPDATE act SET at_ms = at_ms + 1 WHERE position = 100", "was changed" },
        { "era", "UPDATE act SET era = era + 4294967296 WHERE position = 100", "was changed" },
        { "salt", "UPDATE act SET salt = (SELECT salt FROM act WHERE position = 99) WHERE position = 100",
          "was changed" },
        { "no salt", "UPDATE act SET salt = NULL WHERE position = 100", "was changed" },
        { "detail's hash", "UPDATE act SET detail_hash = NULL WHERE id = (SELECT max(act) FROM act_detail)",
          "was changed" },
        { "prev", "UPDATE act SET prev = hash WHERE position = 100", "was changed" },
        { "hash", "UPDATE act SET hash = prev WHERE position = 100", "was changed" },
        { "short hash", "UPDATE act SET hash = substr(hash, 1, 5) WHERE position = 100", "was changed" },
        { "id", "UPDATE act SET id = 100000 WHERE position = (SELECT max(position) FROM act WHERE detail_hash IS NULL)",
          "order of writing" },
        { "position", "UPDATE act SET position = -4 WHERE position = 100", "entry -4 stands where none can" },
        { "removed", "DELETE FROM act_detail WHERE act = 100; DELETE FROM act WHERE id = 100",
          "1 entries are missing" },
        { "renumbered",
          "DELETE FROM act_detail WHERE act = 100; DELETE FROM act WHERE id = 100;"
          "UPDATE act SET position = -position WHERE position > 100;"
          "UPDATE act SET position = -position - 1 WHERE position < 0",
          "order of writing" },
        { "swapped",
          "UPDATE act SET position = -1 WHERE position = 100; UPDATE act SET position = 100 WHERE position = 101;"
          "UPDATE act SET position = 101 WHERE position = -1",
          "order of writing" },
        { "inserted",
          "INSERT INTO act (institution, id, position, era, at_ms, actor, act, object, salt, prev, hash)"
          " SELECT institution, 100000, (SELECT max(position) + 1 FROM act), 1, at_ms, actor, act, object, salt, prev,"
          " hash FROM act WHERE position = 100",
          "order of writing" },
        { "cut off", "DELETE FROM act_detail WHERE act > 500; DELETE FROM act WHERE position > 500", "was cut off" },
        { "heads cut off", "DELETE FROM audit_head", "heads were taken away" },
        { "a head of nobody's", "UPDATE audit_head SET signed = substr(signed, 1, 40)", "not signed by this register" },
        { "detail changed", "UPDATE act_detail SET body = '{}' WHERE act = (SELECT max(act) FROM act_detail)",
          "the detail of entry" },
        { "detail's salt",
          "UPDATE act_detail SET salt = (SELECT a.salt FROM act a WHERE a.position = 50) WHERE act = (SELECT max(act)"
          " FROM act_detail)",
          "the detail of entry" },
        { "detail removed", "DELETE FROM act_detail WHERE act = (SELECT max(act) FROM act_detail)", "no purge says" },
        { "detail added",
          "INSERT INTO act_detail (institution, act, salt, body) SELECT institution, id, salt, '{}' FROM act"
          " WHERE id = (SELECT max(id) FROM act WHERE detail_hash IS NULL)",
          "had no detail" },
        { "era without a restore", "UPDATE act SET era = 2 WHERE position > 590", "was changed" },
        { "unsealed", "UPDATE act SET position = NULL, prev = NULL, hash = NULL WHERE position = 100", "are missing" },
    };
    OfficeFixture fixture;

    (void)state;
    fixture_open(&fixture);
    write_and_seal(&fixture, 0, ACTS);
    finisher_stop(fixture.office); /* it would seal what was made unsealed */
    run_sql(&fixture, "CREATE TABLE whole_act AS SELECT * FROM act;"
                      "CREATE TABLE whole_detail AS SELECT * FROM act_detail;"
                      "CREATE TABLE whole_head AS SELECT * FROM audit_head");
    for (size_t i = 0; i < COUNT(cases); i++) {
        run_sql(&fixture, cases[i].change);
        Verdict verdict = verify(&fixture, (Str){ 0 });
        if (verdict.report.faults == 0 || !strstr(verdict.first, cases[i].says))
            fail_msg("%s: %s", cases[i].name, verdict.report.faults ? verdict.first : "was not found");
        run_sql(&fixture, "DELETE FROM act_detail; DELETE FROM act; DELETE FROM audit_head;"
                          "INSERT INTO act SELECT * FROM whole_act;"
                          "INSERT INTO act_detail SELECT * FROM whole_detail;"
                          "INSERT INTO audit_head SELECT * FROM whole_head");
    }
    Verdict verdict = verify(&fixture, (Str){ 0 });
    assert_string_equal(verdict.first, "");
    fixture_close(&fixture);
}

static void what_was_cut_with_its_heads_is_found_by_a_head_outside(void **state)
{
    OfficeFixture fixture;
    OWNED_BUF head;

    (void)state;
    fixture_open(&fixture);
    write_and_seal(&fixture, 0, 50);
    fixture_pass(70);
    write_and_seal(&fixture, 50, 50);
    keep_head(&fixture, &head);
    finisher_stop(fixture.office);
    run_sql(&fixture, "DELETE FROM audit_head WHERE position = (SELECT max(position) FROM audit_head);"
                      "DELETE FROM act_detail WHERE act > (SELECT max(position) FROM audit_head);"
                      "DELETE FROM act WHERE position > (SELECT max(position) FROM audit_head)");
    Verdict verdict = verify(&fixture, (Str){ 0 });
    assert_string_equal(verdict.first, ""); /* the database alone knows of nothing */
    verdict = verify(&fixture, buf_str(&head));
    assert_non_null(strstr(verdict.first, "outside.json was signed on"));
    assert_non_null(strstr(verdict.first, "was cut off"));
    fixture_close(&fixture);
}

/* Whoever has the database and the key makes everything anew: the head that left the house tells. */
static void a_whole_chain_made_anew_is_found_by_a_head_outside(void **state)
{
    OfficeFixture fixture;
    OWNED_BUF head;
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    write_and_seal(&fixture, 0, 50);
    keep_head(&fixture, &head);
    run_sql(&fixture, "UPDATE act SET actor = 'somebody', position = NULL, prev = NULL, hash = NULL;"
                      "DELETE FROM audit_head");
    assert_ok(sealer_finish(fixture.office, &err), err);
    Verdict verdict = verify(&fixture, (Str){ 0 });
    assert_string_equal(verdict.first, "");
    verdict = verify(&fixture, buf_str(&head));
    assert_non_null(strstr(verdict.first, "over another log"));
    fixture_close(&fixture);
}

static bool forge(StoreTransaction *transaction, void *arg, Error *err)
{
    return acts_add_for_ever(transaction, arg, err);
}

static void purged_details_are_explained(void **state)
{
    const int64_t kept_s = ACT_DETAIL_KEPT_S;
    OfficeFixture fixture;
    PurgeRun run;
    PurgeTaken taken;
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    finisher_stop(fixture.office); /* it would purge too */
    write_and_seal(&fixture, 0, ACTS * 2);
    fixture_pass(kept_s - 10);
    write_and_seal(&fixture, ACTS * 2, 20);
    fixture_pass(20);
    assert_ok(purge_look(fixture.store, fixture_clock(NULL) / 1000, &taken, &err), err);
    assert_true(taken.rows[PURGE_DETAILS] >= ACTS * 2 * 2 / 3);
    int64_t due = taken.rows[PURGE_DETAILS], gone = 0;
    assert_ok(purge_begin(fixture.store, "test", 0, fixture_clock(NULL) / 1000, &run, &err), err);
    for (int bites = 0; run.n != 0; bites++) {
        assert_true(bites < 10);
        assert_ok(purge_bite(fixture.store, &run, fixture_clock(NULL), &taken, &err), err);
        gone += taken.rows[PURGE_DETAILS];
    }
    assert_int_equal(gone, due);
    assert_ok(sealer_finish(fixture.office, &err), err);
    Verdict verdict = verify(&fixture, (Str){ 0 });
    assert_string_equal(verdict.first, "");
    assert_int_equal(verdict.report.purged, due);
    assert_true(verdict.report.details >= 13); /* of the young ones, and of the purge itself */
    /* One more goes with them, and is missed. */
    run_sql(&fixture, "DELETE FROM act_detail WHERE act = (SELECT min(act) FROM act_detail)");
    verdict = verify(&fixture, (Str){ 0 });
    assert_int_equal(verdict.report.faults, 1);
    fixture_close(&fixture);
}

/* Who writes the database can let a detail's time be over. */
static void a_purge_takes_nothing_young(void **state)
{
    OfficeFixture fixture;
    PurgeRun run;
    PurgeTaken taken;
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    finisher_stop(fixture.office);
    write_and_seal(&fixture, 0, 90);
    run_sql(&fixture, "UPDATE act_detail SET keep_until_s = 1");
    assert_ok(purge_begin(fixture.store, "test", 0, fixture_clock(NULL) / 1000, &run, &err), err);
    assert_ok(purge_bite(fixture.store, &run, fixture_clock(NULL), &taken, &err), err);
    assert_int_equal(taken.rows[PURGE_DETAILS], 0);
    fixture_close(&fixture);
}

/* And he can write what a purge would: of now, or of a time when it could. */
static void a_forged_purge_excuses_nothing_young(void **state)
{
    const int64_t later_ms[] = { 0, (ACT_DETAIL_KEPT_S + 86400) * 1000 };

    (void)state;
    for (size_t i = 0; i < COUNT(later_ms); i++) {
        OfficeFixture fixture;
        Error err = { 0 };

        fixture_open(&fixture);
        finisher_stop(fixture.office);
        write_and_seal(&fixture, 0, 90);
        Act forged = { fixture_clock(NULL) + later_ms[i], "registrar", "purge.done", "purge",
                       "{\"rows\":{\"act-detail\":1},\"details\":{\"from\":50,\"to\":53,\"count\":1}}" };
        run_sql(&fixture, "DELETE FROM act_detail WHERE act = (SELECT min(act) FROM act_detail WHERE act >= 50)");
        assert_ok(store_write(fixture.store, forge, &forged, &err), err);
        assert_ok(sealer_finish(fixture.office, &err), err);
        Verdict verdict = verify(&fixture, (Str){ 0 });
        assert_int_equal(verdict.report.faults, 1);
        assert_non_null(strstr(verdict.first, "gone before their time"));
        fixture_close(&fixture);
    }
}

/* Who writes the database cuts the end off, and lets a restore explain it. */
static void a_restore_that_nobody_signed_for_explains_nothing(void **state)
{
    OfficeFixture fixture;
    OWNED_BUF head;
    OWNED_BUF text;
    Error err = { 0 };
    bool conflict;

    (void)state;
    fixture_open(&fixture);
    write_and_seal(&fixture, 0, 50);
    fixture_pass(70);
    write_and_seal(&fixture, 50, 50);
    keep_head(&fixture, &head);
    finisher_stop(fixture.office);
    run_sql(&fixture, "DELETE FROM audit_head WHERE position = (SELECT max(position) FROM audit_head);"
                      "DELETE FROM act_detail WHERE act > (SELECT max(position) FROM audit_head);"
                      "DELETE FROM act WHERE position > (SELECT max(position) FROM audit_head);"
                      "UPDATE institution SET era = 2");
    for (int i = 0; i < 2; i++) { /* without a head, and with one that the sealer signed for this very era */
        OWNED_BUF detail, sealed;

        buf_init(&detail, 4096);
        buf_add_text(&detail, "{\"era\":2,\"head\":\"");
        if (i > 0) {
            keep_head(&fixture, &sealed);
            base64url_write(&detail, sealed.data, sealed.len);
        } else
            buf_init(&sealed, 1);
        buf_add_text(&detail, "\"}");
        Act forged = { fixture_clock(NULL), "restore", "register.restored", "era:2", buf_text(&detail) };
        assert_ok(store_write(fixture.store, forge, &forged, &err), err);
        assert_ok(sealer_finish(fixture.office, &err), err);
        Verdict verdict = verify(&fixture, buf_str(&head));
        assert_non_null(strstr(verdict.first, "did not sign for"));
        assert_int_equal(verdict.report.faults, 2); /* and the head that left the house */
    }
    buf_init(&text, 2 * AUDIT_HEAD_MOST);
    base64url_write(&text, head.data, head.len);
    assert_ok(audit_witness(fixture.office, fixture.kiosk.id, buf_text(&text), &conflict, &err), err);
    assert_true(conflict); /* a kiosk that kept it says so too */
    fixture_close(&fixture);
}

static void every_table_says_how_long_it_is_kept(void **state)
{
    OfficeFixture fixture;
    OWNED_BUF sql;
    size_t rules;
    const KeepingRule *rule = keeping_table(&rules);
    bool used[PURGE_COUNT] = { true };

    (void)state;
    fixture_open(&fixture);
    buf_init(&sql, 4096);
    if (test_database_is_postgresql(&fixture.own))
        buf_add_format(&sql, "SELECT count(*) FROM information_schema.tables WHERE table_schema = '%s' AND table_name",
                       fixture.own.schema);
    else
        buf_add_text(&sql, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                           " AND name");
    for (size_t i = 0; i < rules; i++) {
        buf_add_format(&sql, "%s'%s'", i ? ", " : " NOT IN (", rule[i].table);
        assert_true(rule[i].purge == PURGE_NOTHING || !used[rule[i].purge]);
        used[rule[i].purge] = true;
        assert_true(rule[i].rule[0]);
    }
    buf_add_text(&sql, ")");
    if (fixture_rows(&fixture, buf_text(&sql)) != 0)
        fail_msg("a table of the schema has no row in keeping.c: ask the database with\n%s", buf_text(&sql));
    for (size_t i = 0; i < PURGE_COUNT; i++)
        assert_true(used[i]);
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_log_that_nobody_touched_is_whole),
        cmocka_unit_test(a_line_that_breaks_meanwhile_is_no_fault),
        cmocka_unit_test(each_change_is_found),
        cmocka_unit_test(what_was_cut_with_its_heads_is_found_by_a_head_outside),
        cmocka_unit_test(a_whole_chain_made_anew_is_found_by_a_head_outside),
        cmocka_unit_test(purged_details_are_explained),
        cmocka_unit_test(a_restore_that_nobody_signed_for_explains_nothing),
        cmocka_unit_test(a_purge_takes_nothing_young),
        cmocka_unit_test(a_forged_purge_excuses_nothing_young),
        cmocka_unit_test(every_table_says_how_long_it_is_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
