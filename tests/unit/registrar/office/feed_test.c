/* From the act that changes something to the kiosks that it concerns: told once it is committed, in order, to nobody
 * else, and what was missed is made good or said to be lost. */
#include "fixture.h"

#include "registrar/office/feed.h"
#include "registrar/office/notices.h"
#include "registrar/office/theme.h"
#include "registrar/store/events.h"
#include "registrar/store/transaction.h"

#define NOW_S   INT64_C(1795500000) /* of the fixture */
#define WAIT_MS 5000

/* What the feed told, by topic. */
typedef struct Heard {
    atomic_uint all, first, second, other;
} Heard;

static Heard heard;
static ApiEvents events;

static void hear(void *ctx, const char *topic)
{
    Heard *one = ctx;

    atomic_fetch_add(!strcmp(topic, "namuna kiosks")      ? &one->all
                     : !strcmp(topic, "namuna kiosk:A-1") ? &one->first
                     : !strcmp(topic, "namuna kiosk:A-2") ? &one->second
                                                          : &one->other,
                     1);
}

static void pause_ms(int ms)
{
    nanosleep(&(struct timespec){ .tv_nsec = ms * 1000000L }, NULL);
}

static void wait_for(atomic_uint *count, unsigned least)
{
    for (int i = 0; i < WAIT_MS && atomic_load(count) < least; i++)
        pause_ms(1);
    assert_true(atomic_load(count) >= least);
}

static Feed *start(OfficeFixture *fixture)
{
    Error err = { 0 };

    heard = (Heard){ 0 };
    Feed *feed = feed_start(fixture->office, hear, &heard, &err);
    if (!feed)
        fail_msg("%s", err.text);
    return feed;
}

static ApiEvents *after(Feed *feed, const char *kiosk, int64_t cursor)
{
    Error err = { 0 };

    assert_ok(feed_after(feed, kiosk, cursor, &events, &err), err);
    return &events;
}

/* Where it stands now: asked without a cursor. */
static int64_t head(Feed *feed)
{
    assert_true(after(feed, "A-1", -1)->reset);
    assert_int_equal(events.count, 0);
    return events.cursor;
}

static void add_notice(OfficeFixture *fixture, const char *kiosk)
{
    NoticeWish wish = { .texts = { [LANGUAGE_UZ] = "Ertaga yopiq" }, .until_s = NOW_S + 86400 };
    int64_t id;
    Error err = { 0 };

    wish.kiosks[0] = kiosk;
    wish.kiosk_count = kiosk != NULL;
    assert_ok(notice_add(fixture->office, &wish, &id, &err), err);
}

static void what_is_said_reaches_whom_it_concerns(void **state)
{
    OfficeFixture fixture;
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    OWNED(Feed) feed = start(&fixture);
    int64_t before = head(feed);
    add_notice(&fixture, "A-2");
    wait_for(&heard.second, 1);
    assert_int_equal(after(feed, "A-2", before)->count, 1);
    assert_int_equal(events.items[0].what, CHANGED_NOTICES);
    int64_t cursor = events.cursor;
    assert_int_equal(after(feed, "A-1", before)->count, 0);
    assert_int_equal(events.cursor, cursor); /* it need not look at that one again */
    assert_false(events.reset);

    assert_ok(theme_set(fixture.office, &(ThemeWish){ .brand = "#14532D" }, &err), err);
    wait_for(&heard.all, 1);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(after(feed, i ? "A-2" : "A-1", cursor)->count, 1);
        assert_int_equal(events.items[0].what, CHANGED_THEME);
    }
    assert_int_equal(after(feed, "A-2", events.cursor)->count, 0);
    assert_int_equal(atomic_load(&heard.first) + atomic_load(&heard.other), 0);
    feed_stop(steal(&feed));
    fixture_close(&fixture);
}

typedef struct Saying {
    FeedEvent event;
    bool fails;
} Saying;

static bool say(StoreTransaction *transaction, void *arg, Error *err)
{
    const Saying *saying = arg;

    return feed_say(transaction, &saying->event, err) && (!saying->fails || error_set(err, ERR_CONFLICT, "after all"));
}

static void what_was_not_done_is_not_told(void **state)
{
    OfficeFixture fixture;
    Saying saying = { { .what = CHANGED_THEME, .at_ms = NOW_S * 1000 }, true };
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    OWNED(Feed) feed = start(&fixture);
    int64_t before = head(feed);
    assert_refused(store_write(fixture.store, say, &saying, &err), ERR_CONFLICT, err);
    add_notice(&fixture, NULL);
    wait_for(&heard.all, 1);
    assert_int_equal(after(feed, "A-1", before)->count, 1);
    assert_int_equal(events.items[0].what, CHANGED_NOTICES);

    saying = (Saying){ { .what = CHANGED_JOB, .id = "an id that is longer than any id that there can be" }, false };
    assert_refused(store_write(fixture.store, say, &saying, &err), ERR_ARGUMENT, err);
    feed_stop(steal(&feed));
    fixture_close(&fixture);
}

static bool say_many(StoreTransaction *transaction, void *arg, Error *err)
{
    const int *count = arg;

    for (int i = 0; i < *count; i++) {
        char id[16];

        snprintf(id, sizeof id, "job-%d", i);
        const FeedEvent mine = { CHANGED_JOB, "A-1", id, NULL, NOW_S * 1000 };
        const FeedEvent another = { CHANGED_PHONE_LINK, "A-2", id, NULL, NOW_S * 1000 };
        if (!feed_say(transaction, &mine, err) || !feed_say(transaction, &another, err))
            return false;
    }
    return true;
}

/* All of a kiosk's own, once and in order, whether from memory or from the register. */
static void follow(Feed *feed, int64_t cursor, int count)
{
    char id[16];
    int next = 0;

    for (int asked = 0; next < count && asked < WAIT_MS; asked++) {
        after(feed, "A-1", cursor);
        assert_false(events.reset);
        assert_true(events.cursor >= cursor);
        if (events.cursor == cursor) /* a kiosk is held until there is more */
            pause_ms(1);
        for (size_t i = 0; i < events.count; i++, next++) {
            snprintf(id, sizeof id, "job-%d", next);
            assert_string_equal(events.items[i].id, id);
        }
        cursor = events.cursor;
    }
    assert_int_equal(next, count);
    assert_int_equal(after(feed, "A-1", cursor)->count, 0);
}

static bool purge_some(StoreTransaction *transaction, void *arg, Error *err)
{
    return RUN(transaction, err, NULL, "DELETE FROM event WHERE institution = ?1 AND position <= ?2",
               INT(*(const int64_t *)arg));
}

static void what_was_missed_is_made_good(void **state)
{
    OfficeFixture fixture;
    int few = 100, many = 400; /* in memory; more than that */
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    OWNED(Feed) feed = start(&fixture);
    int64_t before = head(feed);
    assert_ok(store_write(fixture.store, say_many, &few, &err), err);
    follow(feed, before, few);

    int64_t middle = before + 2 * few;
    assert_ok(store_write(fixture.store, say_many, &many, &err), err);
    for (int i = 0; i < WAIT_MS && head(feed) < middle + 2 * many; i++)
        pause_ms(1); /* it is behind by more than it keeps */
    follow(feed, middle, many);
    feed_stop(steal(&feed));

    feed = start(&fixture); /* a registrar that was started anew knows none of it */
    follow(feed, middle, many);

    int64_t gone = middle + 10;
    assert_ok(store_write(fixture.store, purge_some, &gone, &err), err);
    assert_true(after(feed, "A-1", before)->reset);
    assert_int_equal(events.cursor, middle + 2 * many);
    assert_int_equal(events.count, 0);
    assert_false(after(feed, "A-1", gone)->reset);                 /* nothing is missing after it */
    assert_true(after(feed, "A-1", middle + 2 * many + 1)->reset); /* of before a restore */
    feed_stop(steal(&feed));
    fixture_close(&fixture);
}

static bool read_fingerprint(StoreTransaction *transaction, void *arg, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err,
              "SELECT fingerprint FROM kiosk_certificate WHERE institution = ?1 AND kiosk = ?2", TEXT("A-1")) ||
        !rows_next(&rows, &row, err))
        return false;
    rows_text(&rows, 0, arg, FINGERPRINT_SIZE);
    return row;
}

static void a_revoked_kiosk_is_refused_at_once(void **state)
{
    OfficeFixture fixture;
    KioskStanding standing;
    Kiosk kiosk;
    char print[FINGERPRINT_SIZE];
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    OWNED(Feed) feed = start(&fixture);
    int64_t before = head(feed);
    assert_ok(store_read(fixture.store, read_fingerprint, print, &err), err);
    assert_ok(kiosk_by_certificate(fixture.office, print, &standing, &kiosk, &err), err); /* remembered from here on */
    assert_int_equal(standing, KIOSK_KNOWN);
    assert_ok(kiosk_revoke(fixture.office, "A-1", "command-line", &err), err);
    wait_for(&heard.first, 1);
    assert_ok(kiosk_by_certificate(fixture.office, print, &standing, &kiosk, &err), err); /* no second went by */
    assert_int_equal(standing, KIOSK_REVOKED);
    assert_int_equal(after(feed, "A-1", before)->items[0].what, CHANGED_KIOSK);
    assert_refused(kiosk_revoke(fixture.office, "B-7", "command-line", &err), ERR_NOT_FOUND, err);
    feed_stop(steal(&feed));
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_said_reaches_whom_it_concerns),
        cmocka_unit_test(what_was_not_done_is_not_told),
        cmocka_unit_test(what_was_missed_is_made_good),
        cmocka_unit_test(a_revoked_kiosk_is_refused_at_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
