/* What staff are told of: an act that is done counts its topic once, for every registrar; one that is not counts
 * nothing; counts are read back as they were written. */
#include "fixture.h"

#include "registrar/office/feed.h"
#include "registrar/office/live.h"

#define WAIT_MS 5000

typedef struct Change {
    const char *topic;
    bool fails;
} Change;

static bool change(StoreTransaction *transaction, void *arg, Error *err)
{
    const Change *act = arg;

    return desk_tell(transaction, act->topic, err) && (!act->fails || error_set(err, ERR_CONFLICT, "after all"));
}

static void hear(void *ctx, const char *topic)
{
    if (feed_is_desks(topic))
        atomic_fetch_add((atomic_uint *)ctx, 1);
}

static void wait_for(Feed *feed, DeskTopic topic, int64_t n)
{
    DeskCounts counts;

    for (int i = 0; i < WAIT_MS; i++) {
        feed_desk_counts(feed, &counts);
        if (counts.of[topic] == n)
            return;
        nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
    }
    fail_msg("%s changed %d times", desk_topic_name(topic), (int)counts.of[topic]);
}

static void who_waits_hears_of_what_was_done(void **state)
{
    OfficeFixture fixture;
    atomic_uint heard = 0;
    Change act = { "prints", true };
    DeskCounts counts;
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    OWNED(Feed) feed = feed_start(fixture.office, hear, &heard, &err);
    OWNED(Feed) other = feed_start(fixture.office, hear, &heard, &err); /* as of a second registrar */
    assert_non_null(feed);
    assert_non_null(other);
    assert_refused(store_write(fixture.store, change, &act, &err), ERR_CONFLICT, err);
    act.fails = false;
    assert_ok(store_write(fixture.store, change, &act, &err), err);
    wait_for(feed, DESK_PRINTS, 1);
    wait_for(other, DESK_PRINTS, 1);
    act.topic = "calls";
    assert_ok(store_write(fixture.store, change, &act, &err), err);
    wait_for(feed, DESK_CALLS, 1);
    feed_desk_counts(feed, &counts);
    assert_int_equal(counts.of[DESK_PRINTS], 1);
    assert_int_equal(counts.of[DESK_REQUESTS], 0);
    assert_true(atomic_load(&heard) >= 3);
    act.topic = "weather";
    assert_refused(store_write(fixture.store, change, &act, &err), ERR_ARGUMENT, err);
    feed_stop(steal(&feed));
    feed_stop(steal(&other));
    fixture_close(&fixture);
}

static void counts_are_one_word(void **state)
{
    static const char *const broken[] = {
        "",           "1",           "1.2.3.4.5",    "1.2.3.4.5.6.7",
        "1.2.3.4.5.", "1.2.x.4.5.6", "-1.2.3.4.5.6", "1.2.3.4.5.99999999999999999999",
    };
    DeskCounts counts = { { 12, 0, 3, INT64_MAX, 7, 1 } }, read;
    OWNED_BUF text;

    (void)state;
    buf_init(&text, 200);
    desk_counts_write(&counts, &text);
    assert_true(desk_counts_parse(buf_str(&text), &read));
    assert_memory_equal(&read, &counts, sizeof counts);
    for (size_t i = 0; i < COUNT(broken); i++)
        assert_false(desk_counts_parse(str_from(broken[i]), &read));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_waits_hears_of_what_was_done),
        cmocka_unit_test(counts_are_one_word),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
