#include "fixture.h"

#include <string.h>

#include "registrar/store/keeping.h"
#include "registrar/store/notices.h"
#include "registrar/store/themes.h"

#define NOW_S INT64_C(1795500000)
#define DAY_S 86400

typedef struct Desk {
    StoreFixture fixture;
    NoticeRow row; /* to be added */
    int64_t id;
    const char *kiosk, *place;
    int64_t now_s;
    NoticeRow rows[8];
    size_t room, count;
    bool found;
} Desk;

static Desk desk; /* too large for a stack */

static int set_up(void **state)
{
    (void)state;
    desk = (Desk){ .kiosk = "A-1", .place = "1-bino", .now_s = NOW_S, .room = COUNT(desk.rows) };
    store_fixture_open(&desk.fixture);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    store_fixture_close(&desk.fixture);
    return 0;
}

static bool do_add(StoreTransaction *transaction, void *arg, Error *err)
{
    (void)arg;
    return notices_add(transaction, &desk.row, NOW_S, &desk.id, err);
}

static bool do_for(StoreTransaction *transaction, void *arg, Error *err)
{
    (void)arg;
    return notices_for(transaction, desk.kiosk, desk.place, desk.now_s, desk.now_s + DAY_S, desk.rows, desk.room,
                       &desk.count, err);
}

static bool do_list(StoreTransaction *transaction, void *arg, Error *err)
{
    (void)arg;
    return notices_list(transaction, desk.now_s, desk.rows, desk.room, &desk.count, err);
}

static bool do_remove(StoreTransaction *transaction, void *arg, Error *err)
{
    (void)arg;
    return notices_remove(transaction, desk.id, desk.now_s, &desk.found, err);
}

static bool do_purge(StoreTransaction *transaction, void *arg, Error *err)
{
    int64_t gone;

    (void)arg;
    return purge_take(transaction, PURGE_NOTICES, desk.now_s, 100, &gone, err);
}

static void write_by(StoreAct act)
{
    Error err = { 0 };

    assert_ok(store_write(desk.fixture.store, act, NULL, &err), err);
}

static size_t read_by(StoreAct act)
{
    Error err = { 0 };

    assert_ok(store_read(desk.fixture.store, act, NULL, &err), err);
    return desk.count;
}

/* What is not said is for every kiosk. */
static int64_t put(const char *text, int64_t from_s, int64_t until_s, int64_t rank, const NoticeFor *whom)
{
    desk.row = (NoticeRow){
        .severity = "warn", .from_s = from_s, .until_s = until_s, .rank = rank, .for_count = whom != NULL
    };
    str_copy_cut(str_from(text), desk.row.texts[LANGUAGE_RU], sizeof desk.row.texts[LANGUAGE_RU]);
    if (whom)
        desk.row.for_whom[0] = *whom;
    write_by(do_add);
    return desk.id;
}

static void comes_back_as_it_was(void **state)
{
    const NoticeFor whom = { true, "2-bino, 1-qavat" };

    (void)state;
    assert_int_equal(put("Завтра", NOW_S, NOW_S + DAY_S, 3, &whom), 1);
    assert_int_equal(read_by(do_list), 1);
    assert_int_equal(desk.rows[0].id, 1);
    assert_string_equal(desk.rows[0].severity, "warn");
    assert_int_equal(desk.rows[0].from_s, NOW_S);
    assert_int_equal(desk.rows[0].until_s, NOW_S + DAY_S);
    assert_int_equal(desk.rows[0].rank, 3);
    assert_string_equal(desk.rows[0].texts[LANGUAGE_RU], "Завтра");
    assert_string_equal(desk.rows[0].texts[LANGUAGE_UZ], "");
    assert_int_equal(desk.rows[0].for_count, 1);
    assert_true(desk.rows[0].for_whom[0].place);
    assert_string_equal(desk.rows[0].for_whom[0].name, "2-bino, 1-qavat");
}

static void a_kiosk_gets_its_own(void **state)
{
    const NoticeFor here = { true, "1-bino" }, this_one = { false, "A-1" }, another = { false, "B-1" };
    /* A kiosk that is called as a place is. */
    const NoticeFor named = { false, "1-bino" };

    (void)state;
    put("all", NOW_S, NOW_S + DAY_S, 0, NULL);
    put("place", NOW_S, NOW_S + DAY_S, 0, &here);
    put("kiosk", NOW_S, NOW_S + DAY_S, 0, &this_one);
    put("another", NOW_S, NOW_S + DAY_S, 0, &another);
    put("named", NOW_S, NOW_S + DAY_S, 0, &named);
    assert_int_equal(read_by(do_for), 3);
    assert_string_equal(desk.rows[0].texts[LANGUAGE_RU], "all");
    assert_string_equal(desk.rows[1].texts[LANGUAGE_RU], "place");
    assert_string_equal(desk.rows[2].texts[LANGUAGE_RU], "kiosk");
    desk.kiosk = "B-1", desk.place = "2-bino";
    assert_int_equal(read_by(do_for), 2);
}

static void what_runs_stands_before_what_begins(void **state)
{
    (void)state;
    put("over", NOW_S - DAY_S, NOW_S, 0, NULL);
    put("begins", NOW_S + 60, NOW_S + DAY_S, 0, NULL);
    put("later", NOW_S + 2 * DAY_S, NOW_S + 3 * DAY_S, 0, NULL);
    put("second", NOW_S - 60, NOW_S + DAY_S, 5, NULL);
    put("first", NOW_S - 30, NOW_S + DAY_S, 1, NULL);
    assert_int_equal(read_by(do_for), 3);
    assert_string_equal(desk.rows[0].texts[LANGUAGE_RU], "first");
    assert_string_equal(desk.rows[1].texts[LANGUAGE_RU], "second");
    assert_string_equal(desk.rows[2].texts[LANGUAGE_RU], "begins");
    desk.room = 2;
    assert_int_equal(read_by(do_for), 2);
    desk.room = COUNT(desk.rows);
    assert_int_equal(read_by(do_list), 4); /* by beginning, also what is far away */
    assert_string_equal(desk.rows[0].texts[LANGUAGE_RU], "second");
    assert_string_equal(desk.rows[3].texts[LANGUAGE_RU], "later");
}

/* An audit log speaks of notice 7: there must never be another of that number. */
static void what_is_removed_keeps_its_number(void **state)
{
    (void)state;
    put("one", NOW_S, NOW_S + DAY_S, 0, NULL);
    put("two", NOW_S, NOW_S + DAY_S, 0, NULL);
    write_by(do_remove);
    assert_true(desk.found);
    assert_int_equal(read_by(do_list), 1);
    assert_int_equal(read_by(do_for), 1);
    write_by(do_remove);
    assert_false(desk.found);
    desk.now_s = NOW_S + 40 * DAY_S;
    write_by(do_purge);
    assert_int_equal(put("three", desk.now_s, desk.now_s + 60, 0, NULL), 3);
    write_by(do_purge);
    assert_int_equal(read_by(do_list), 1);
}

static void an_end_before_its_beginning_is_refused(void **state)
{
    Error err = { 0 };

    (void)state;
    desk.row = (NoticeRow){ .severity = "info", .from_s = NOW_S, .until_s = NOW_S };
    assert_false(store_write(desk.fixture.store, do_add, NULL, &err));
    desk.row = (NoticeRow){ .severity = "loud", .from_s = NOW_S, .until_s = NOW_S + 1 };
    assert_false(store_write(desk.fixture.store, do_add, NULL, &err));
    assert_int_equal(read_by(do_list), 0);
}

/* --- theme ------------------------------------------------------------------------------------------------------- */

static ThemeRow theme;
static Buf logo;

static bool put_theme(StoreTransaction *transaction, void *arg, Error *err)
{
    (void)arg;
    return themes_put(transaction, &theme, STR("<svg"), NOW_S, err);
}

static bool get_theme(StoreTransaction *transaction, void *arg, Error *err)
{
    (void)arg;
    return themes_get(transaction, &theme, &logo, err);
}

static void there_is_one_theme(void **state)
{
    (void)state;
    buf_init(&logo, 1024);
    read_by(get_theme);
    assert_string_equal(theme.version, "");
    assert_false(theme.has_logo);
    theme = (ThemeRow){ .brand = "#7A1F2B", .version = "1", .has_logo = true };
    write_by(put_theme);
    read_by(get_theme);
    assert_string_equal(theme.brand, "#7A1F2B");
    assert_true(theme.has_logo);
    assert_string_equal(buf_text(&logo), "<svg");
    theme = (ThemeRow){ .version = "2" };
    write_by(put_theme);
    read_by(get_theme);
    assert_string_equal(theme.brand, "");
    assert_string_equal(theme.version, "2");
    assert_false(theme.has_logo);
    assert_int_equal(logo.len, 0);
    buf_fini(&logo);
}

int main(void)
{
#define DESK_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        DESK_TEST(comes_back_as_it_was),
        DESK_TEST(a_kiosk_gets_its_own),
        DESK_TEST(what_runs_stands_before_what_begins),
        DESK_TEST(what_is_removed_keeps_its_number),
        DESK_TEST(an_end_before_its_beginning_is_refused),
        DESK_TEST(there_is_one_theme),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
