#include "test.h"

#include <stdio.h>
#include <string.h>

#include "wire/events.h"

static ApiEvents events;

static void reads_what_it_writes(void **state)
{
    OWNED_BUF written;
    Error err = { 0 };

    (void)state;
    buf_init(&written, EVENTS_BYTES_MOST);
    events = (ApiEvents){ .cursor = 4711, .count = EVENTS_MOST };
    for (size_t i = 0; i < EVENTS_MOST; i++) { /* the longest that there can be has room in an answer */
        events.items[i].what = (ApiChange)(i % API_CHANGE_COUNT);
        memset(events.items[i].id, 'a', sizeof events.items[i].id - 1);
        memset(events.items[i].version, 'b', sizeof events.items[i].version - 1);
    }
    ApiEvents before = events;
    assert_ok(api_events_write(&events, &written, &err), err);
    assert_ok(api_events_read(buf_str(&written), &events, &err), err);
    assert_memory_equal(&before, &events, sizeof events);

    buf_clear(&written);
    assert_ok(api_events_write(&(ApiEvents){ .cursor = 1, .reset = true }, &written, &err), err);
    assert_string_equal(buf_text(&written), "{\"cursor\":1,\"events\":[],\"reset\":true}");
    assert_ok(api_events_read(buf_str(&written), &events, &err), err);
    assert_true(events.reset);
}

static void one_alone_is_small(void **state)
{
    ApiEvent event = { .what = CHANGED_PHONE_LINK };
    OWNED_BUF written;
    Error err = { 0 };

    (void)state;
    memset(event.id, 'a', sizeof event.id - 1);
    memset(event.version, 'b', sizeof event.version - 1);
    buf_init(&written, EVENT_BYTES_MOST - 1);
    ApiEvent before = event;
    assert_ok(api_event_write(&event, &written, &err), err);
    assert_ok(api_event_read(buf_str(&written), &event, &err), err);
    assert_memory_equal(&before, &event, sizeof event);
    buf_clear(&written);
    assert_ok(api_event_write(&(ApiEvent){ .what = CHANGED_NOTICES }, &written, &err), err);
    assert_string_equal(buf_text(&written), "{\"what\":\"notices\"}");
}

/* A newer registrar may tell of more. */
static void passes_over_what_it_does_not_know(void **state)
{
    Error err = { 0 };

    (void)state;
    assert_ok(api_events_read(STR("{\"cursor\":9,\"more\":1,\"events\":[{\"what\":\"weather\",\"id\":7},"
                                  "{\"what\":\"job\",\"id\":\"x\",\"colour\":\"red\"}]}"),
                              &events, &err),
              err);
    assert_int_equal(events.count, 1);
    assert_int_equal(events.items[0].what, CHANGED_JOB);
    assert_false(events.reset);
}

static void refuses_what_is_wrong(void **state)
{
    static const char *const wrong[] = {
        "",
        "[]",
        "{}",
        "{\"cursor\":1}",
        "{\"events\":[]}",
        "{\"cursor\":-1,\"events\":[]}",
        "{\"cursor\":\"1\",\"events\":[]}",
        "{\"cursor\":9223372036854775807,\"events\":[]}",
        "{\"cursor\":1,\"events\":{}}",
        "{\"cursor\":1,\"events\":[{}]}",
        "{\"cursor\":1,\"events\":[7]}",
        "{\"cursor\":1,\"reset\":1,\"events\":[]}",
        "{\"cursor\":1,\"events\":[{\"what\":\"job\",\"id\":7}]}",
        "{\"cursor\":1,\"events\":[{\"what\":\"job\",\"id\":\"0123456789012345678901234567890123456789\"}]}",
        "{\"cursor\":1,\"events\":[{\"what\":\"theme\",\"version\":\"012345678901234567890123\"}]}",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        Error err = { 0 };
        events.count = 3;
        if (api_events_read(str_from(wrong[i]), &events, &err))
            fail_msg("taken: %s", wrong[i]);
        assert_int_equal(err.code, ERR_PROTOCOL);
        assert_int_equal(events.count, 0);
    }
}

static void no_more_than_have_room(void **state)
{
    OWNED_BUF text;
    Error err = { 0 };

    (void)state;
    buf_init(&text, 1u << 16);
    buf_add_text(&text, "{\"cursor\":1,\"events\":[{\"what\":\"job\"}");
    for (int i = 0; i < EVENTS_MOST; i++)
        buf_add_text(&text, ",{\"what\":\"job\"}");
    buf_add_text(&text, "]}");
    assert_refused(api_events_read(buf_str(&text), &events, &err), ERR_PROTOCOL, err);
}

static void a_row_of_another_program_is_refused(void **state)
{
    ApiEvent event = { .what = CHANGED_JOB };
    Error err = { 0 };

    (void)state;
    assert_refused(api_event_read(STR("{\"what\":\"weather\"}"), &event, &err), ERR_PROTOCOL, err);
    assert_refused(api_event_read(STR("{\"id\":\"a\"}"), &event, &err), ERR_PROTOCOL, err);
    assert_refused(api_event_read(STR("no"), &event, &err), ERR_PROTOCOL, err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_it_writes),
        cmocka_unit_test(one_alone_is_small),
        cmocka_unit_test(passes_over_what_it_does_not_know),
        cmocka_unit_test(refuses_what_is_wrong),
        cmocka_unit_test(no_more_than_have_room),
        cmocka_unit_test(a_row_of_another_program_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
