/* Notices and the theme, as the office keeps them and tells them to kiosks. */
#include "fixture.h"

#include "registrar/office/notices.h"
#include "registrar/office/theme.h"

#define NOW_S INT64_C(1795500000) /* of the fixture */
#define DAY_S 86400

static NoticeRow rows[NOTICES_LISTED_MOST];

static NoticeWish wish_of(const char *uz)
{
    return (NoticeWish){ .texts = { [LANGUAGE_UZ] = uz }, .until_s = NOW_S + DAY_S };
}

static int64_t add(OfficeFixture *fixture, const NoticeWish *wish)
{
    int64_t id = 0;
    Error err = { 0 };

    assert_ok(notice_add(fixture->office, wish, &id, &err), err);
    return id;
}

static ApiNotices told(OfficeFixture *fixture, const Kiosk *kiosk)
{
    char version[API_VERSION_SIZE];
    ApiNotices notices;
    OWNED_BUF json;
    Error err = { 0 };

    buf_init(&json, NOTICES_BYTES_MOST);
    assert_ok(notices_of_kiosk(fixture->office, kiosk, &json, version, &err), err);
    assert_ok(api_notices_read(buf_str(&json), &notices, &err), err);
    assert_string_equal(notices.version, version);
    return notices;
}

static ApiHeartbeatAnswer beat(OfficeFixture *fixture, const Kiosk *kiosk)
{
    const ApiHeartbeat heartbeat = { .version = "1.0", .screen = "attract", .printer = "ready" };
    ApiHeartbeatAnswer answer;
    Error err = { 0 };

    assert_ok(kiosk_heartbeat(fixture->office, kiosk, &heartbeat, &answer, &err), err);
    return answer;
}

static void a_notice_reaches_its_kiosks(void **state)
{
    OfficeFixture fixture;
    NoticeWish all = wish_of("Ertaga yopiq"), one = wish_of("Shu yerda");
    NoticeOutcome outcome;
    size_t count;
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    ApiHeartbeatAnswer before = beat(&fixture, &fixture.kiosk);
    assert_int_equal(strlen(before.notices), 16);
    all.severity = NOTICE_WARN;
    all.texts[LANGUAGE_RU] = "Завтра закрыто";
    one.kiosks[one.kiosk_count++] = "A-2";
    assert_int_equal(add(&fixture, &all), 1);
    assert_int_equal(add(&fixture, &one), 2);
    ApiHeartbeatAnswer after = beat(&fixture, &fixture.kiosk);
    assert_string_not_equal(before.notices, after.notices);
    assert_string_equal(before.theme, after.theme);
    ApiNotices notices = told(&fixture, &fixture.kiosk);
    assert_string_equal(notices.version, after.notices);
    assert_int_equal(notices.count, 1);
    assert_int_equal(notices.items[0].severity, NOTICE_WARN);
    assert_int_equal(notices.items[0].from_s, NOW_S);
    assert_string_equal(notice_text(&notices.items[0], LANGUAGE_RU), "Завтра закрыто");
    assert_string_equal(notice_text(&notices.items[0], LANGUAGE_EN), "Ertaga yopiq");
    assert_int_equal(told(&fixture, &fixture.other_kiosk).count, 2);
    assert_ok(notice_list(fixture.office, rows, &count, &err), err);
    assert_int_equal(count, 2);
    assert_ok(notice_remove(fixture.office, 1, 2, NULL, &outcome, &err), err);
    assert_int_equal(outcome, NOTICE_UNMET); /* it is of its first epoch still */
    assert_ok(notice_remove(fixture.office, 1, 1, NULL, &outcome, &err), err);
    assert_int_equal(outcome, NOTICE_CHANGED);
    assert_string_equal(beat(&fixture, &fixture.kiosk).notices, before.notices);
    assert_ok(notice_remove(fixture.office, 1, 0, NULL, &outcome, &err), err);
    assert_int_equal(outcome, NOTICE_GONE);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM act WHERE act IN ('notice.added', 'notice.removed')"),
                     3);
    fixture_close(&fixture);
}

/* A kiosk gets what begins within a day, so that it begins without the registrar; and loses what is over. */
static void time_goes_by(void **state)
{
    OfficeFixture fixture;
    NoticeWish soon = wish_of("Ertaga"), far = wish_of("Keyin");

    (void)state;
    fixture_open(&fixture);
    soon.from_s = NOW_S + 3600;
    soon.until_s = NOW_S + 7200;
    far.from_s = NOW_S + 3 * DAY_S;
    far.until_s = NOW_S + 4 * DAY_S;
    add(&fixture, &far);
    add(&fixture, &soon);
    ApiNotices notices = told(&fixture, &fixture.kiosk);
    assert_int_equal(notices.count, 1);
    assert_int_equal(notices.items[0].from_s, NOW_S + 3600);
    fixture_pass(7200);
    assert_int_equal(told(&fixture, &fixture.kiosk).count, 0);
    fixture_pass(2 * DAY_S);
    assert_int_equal(told(&fixture, &fixture.kiosk).count, 1);
    fixture_close(&fixture);
}

static void five_at_most_are_told(void **state)
{
    OfficeFixture fixture;

    (void)state;
    fixture_open(&fixture);
    for (int i = 0; i < NOTICES_MOST + 2; i++) {
        NoticeWish wish = wish_of("Eʼlon");
        wish.rank = 100 - i;
        add(&fixture, &wish);
    }
    ApiNotices notices = told(&fixture, &fixture.kiosk);
    assert_int_equal(notices.count, NOTICES_MOST);
    assert_int_equal(notices.items[0].id, NOTICES_MOST + 2);
    fixture_close(&fixture);
}

static void what_is_wrong_is_refused_in_words(void **state)
{
    static char long_text[NOTICE_LETTERS_MOST + 2];
    OfficeFixture fixture;
    int64_t id;

    (void)state;
    fixture_open(&fixture);
    memset(long_text, 'a', NOTICE_LETTERS_MOST + 1);
    const struct {
        const char *name;
        NoticeWish wish;
        const char *words;
    } cases[] = {
        { "no words", { .until_s = NOW_S + 1 }, "says something" },
        { "too many words", { .texts = { long_text }, .until_s = NOW_S + 1 }, "in uz: a notice has 1 to 120" },
        { "two lines", { .texts = { "a\nb" }, .until_s = NOW_S + 1 }, "one line" },
        { "over", { .texts = { "a" }, .until_s = NOW_S }, "over already" },
        { "the wrong way", { .texts = { "a" }, .from_s = NOW_S + 9, .until_s = NOW_S + 9 }, "before it begins" },
        { "rank", { .texts = { "a" }, .until_s = NOW_S + 1, .rank = 1001 }, "a rank is" },
        { "no such kiosk",
          { .texts = { "a" }, .until_s = NOW_S + 1, .kiosks = { "A-1", "Z-9" }, .kiosk_count = 2 },
          "no kiosk Z-9" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Error err = { 0 };
        if (notice_add(fixture.office, &cases[i].wish, &id, &err) || err.code != ERR_ARGUMENT ||
            !strstr(err.text, cases[i].words))
            fail_msg("%s: %s", cases[i].name, err.text);
    }
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM notice"), 0);
    NoticeWish wish = wish_of("a");
    for (int i = 0; i < NOTICES_LISTED_MOST; i++)
        add(&fixture, &wish);
    Error err = { 0 };
    assert_false(notice_add(fixture.office, &wish, &id, &err));
    assert_int_equal(err.code, ERR_LIMIT);
    fixture_close(&fixture);
}

/* --- theme ------------------------------------------------------------------------------------------------------- */

static ApiTheme theme_now(OfficeFixture *fixture)
{
    ApiTheme theme;
    char version[API_VERSION_SIZE];
    Error err = { 0 };

    assert_ok(theme_get(fixture->office, &theme, &err), err);
    assert_ok(theme_version(fixture->office, version, &err), err);
    assert_string_equal(version, theme.version);
    return theme;
}

static void set(OfficeFixture *fixture, const ThemeWish *wish)
{
    Error err = { 0 };

    assert_ok(theme_set(fixture->office, wish, &err), err);
}

static void a_theme_begins_with_the_files(void **state)
{
    static const char svg[] = "<svg viewBox=\"0 0 9 9\"><path d=\"M0 0H9V9Z\"/></svg>";
    OfficeFixture fixture;
    char first[API_VERSION_SIZE], second[API_VERSION_SIZE];

    (void)state;
    fixture_open(&fixture);
    ApiTheme theme = theme_now(&fixture);
    assert_int_equal(theme.brand, 0);
    assert_true(str_starts(blob_str(theme.logo), STR("<svg")));
    memcpy(first, theme.version, sizeof first);
    api_theme_fini(&theme);

    set(&fixture, &(ThemeWish){ .brand = "#7A1F2B" });
    theme = theme_now(&fixture);
    assert_int_equal(theme.brand, 0x7a1f2b);
    assert_string_not_equal(theme.version, first);
    assert_string_equal(beat(&fixture, &fixture.kiosk).theme, theme.version);
    memcpy(second, theme.version, sizeof second);
    api_theme_fini(&theme);

    set(&fixture, &(ThemeWish){ .change_logo = true, .logo = str_from(svg) });
    theme = theme_now(&fixture);
    assert_int_equal(theme.brand, 0x7a1f2b); /* what was not named stays */
    assert_true(str_equal(blob_str(theme.logo), str_from(svg)));
    assert_string_not_equal(theme.version, second);
    api_theme_fini(&theme);

    set(&fixture, &(ThemeWish){ .change_logo = true });
    theme = theme_now(&fixture);
    assert_string_equal(theme.version, second);
    api_theme_fini(&theme);
    set(&fixture, &(ThemeWish){ .brand = "none" });
    theme = theme_now(&fixture);
    assert_int_equal(theme.brand, 0);
    api_theme_fini(&theme);
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM act WHERE act = 'theme.set'"), 4);
    fixture_close(&fixture);
}

static void a_theme_that_is_wrong_is_refused(void **state)
{
    const ThemeWish wrong[] = { { .brand = "red" },
                                { .brand = "#12345" },
                                { .brand = "" },
                                { .change_logo = true, .logo = STR("GIF89a") },
                                { .change_logo = true, .logo = STR("<svg viewBox=\"0 0 9 9\"><g/></svg>") } };
    OfficeFixture fixture;

    (void)state;
    fixture_open(&fixture);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        Error err = { 0 };
        if (theme_set(fixture.office, &wrong[i], &err) || err.code != ERR_ARGUMENT)
            fail_msg("%zu: %s", i, err.text);
    }
    assert_int_equal(fixture_rows(&fixture, "SELECT count(*) FROM theme"), 0);
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_notice_reaches_its_kiosks),   cmocka_unit_test(time_goes_by),
        cmocka_unit_test(five_at_most_are_told),         cmocka_unit_test(what_is_wrong_is_refused_in_words),
        cmocka_unit_test(a_theme_begins_with_the_files), cmocka_unit_test(a_theme_that_is_wrong_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
