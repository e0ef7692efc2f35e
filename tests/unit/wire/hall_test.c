#include "test.h"

#include <string.h>

#include "wire/hall.h"

#define HALL                                                                                                                 \
    "{\"called\":[{\"at_s\":100,\"calls\":2,\"number\":\"A-014\",\"serving\":false,\"window\":3}],\"help\":true,"            \
    "\"opens_at_s\":0,\"topics\":[{\"expected_s\":-1,\"id\":\"papers\",\"open\":true,\"titles\":{\"ru\":\"Справки\"," \
    "\"uz\":\"Maʼlumotnomalar\"},\"waiting\":4,\"windows\":2}],\"window\":3}"

static ApiHall hall;

static void reads_what_it_writes(void **state)
{
    OWNED_BUF written;
    Error err = { 0 };

    (void)state;
    buf_init(&written, HALL_BYTES_MOST);
    assert_ok(api_hall_read(STR(HALL), &hall, &err), err);
    assert_int_equal(hall.topic_count, 1);
    assert_string_equal(hall.topics[0].id, "papers");
    assert_string_equal(api_topic_title(&hall.topics[0], LANGUAGE_RU), "Справки");
    assert_string_equal(api_topic_title(&hall.topics[0], LANGUAGE_EN), "Maʼlumotnomalar");
    assert_int_equal(hall.topics[0].expected_s, -1);
    assert_int_equal(hall.topics[0].waiting, 4);
    assert_int_equal(hall.called_count, 1);
    assert_string_equal(hall.called[0].number, "A-014");
    assert_int_equal(hall.called[0].window, 3);
    assert_true(hall.help);
    assert_int_equal(strlen(hall.version), 16);
    assert_ok(api_hall_write(&hall, &written, &err), err);
    assert_string_equal(buf_text(&written), HALL);
    assert_ptr_equal(api_hall_topic(&hall, "papers"), &hall.topics[0]);
    assert_null(api_hall_topic(&hall, "paper"));
}

static void refuses_what_is_wrong(void **state)
{
    static const char *const wrong[] = {
        "",
        "[]",
        "{\"called\":[],\"help\":true,\"opens_at_s\":0,\"window\":3}",
        "{\"called\":[],\"help\":1,\"opens_at_s\":0,\"topics\":[],\"window\":3}",
        "{\"called\":[],\"help\":true,\"opens_at_s\":0,\"topics\":[],\"window\":100}",
        "{\"called\":[{\"number\":\"A-0014xx\",\"window\":3,\"calls\":1,\"serving\":false,\"at_s\":1}],\"help\":true,"
        "\"opens_at_s\":0,\"topics\":[],\"window\":3}",
        "{\"called\":[],\"help\":true,\"opens_at_s\":0,\"topics\":[{\"id\":\"a\",\"open\":true,\"windows\":1,"
        "\"waiting\":0,\"expected_s\":-1,\"titles\":{}}],\"window\":3}",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        Error err = { 0 };

        hall.topic_count = 7;
        if (api_hall_read(str_from(wrong[i]), &hall, &err))
            fail_msg("taken: %s", wrong[i]);
        assert_int_equal(err.code, ERR_PROTOCOL);
        assert_int_equal(hall.topic_count, 0);
    }
}

static void a_ticket_goes_both_ways(void **state)
{
    const ApiTicket ticket = { .id = "6f0e8a5e-7d32-4a53-8c5c-0b7a6d5f4e3d",
                               .number = "B-001",
                               .topic = "study",
                               .state = TICKET_CALLED,
                               .expected_s = -1,
                               .window = 7,
                               .window_place = "104-xona",
                               .calls = 1,
                               .taken_at_s = 1795000000,
                               .address = "HTTPS://HOST/T/ABC" };
    ApiTicket read;
    OWNED_BUF written;
    Error err = { 0 };

    (void)state;
    buf_init(&written, 4096);
    assert_ok(api_ticket_write(&ticket, &written, &err), err);
    assert_ok(api_ticket_read(buf_str(&written), &read, &err), err);
    assert_int_equal(read.state, TICKET_CALLED);
    assert_int_equal(read.expected_s, -1);
    assert_int_equal(read.window, 7);
    assert_string_equal(read.window_place, ticket.window_place);
    assert_string_equal(read.address, ticket.address);
    assert_int_equal(read.taken_at_s, ticket.taken_at_s);
    assert_false(api_ticket_read(STR("{\"id\":\"a\",\"state\":\"lost\"}"), &read, &err));
}

static void a_call_goes_both_ways(void **state)
{
    const ApiCallAsk ask = { .key = "6f0e8a5e-7d32-4a53-8c5c-0b7a6d5f4e3d",
                             .screen = "form",
                             .service = "retake",
                             .language = LANGUAGE_RU,
                             .named = true };
    const ApiCall call = { .id = "6f0e8a5e-7d32-4a53-8c5c-0b7a6d5f4e3d", .state = CALL_COMING, .window = 2 };
    ApiCallAsk asked;
    ApiCall read;
    OWNED_BUF written;
    Error err = { 0 };

    (void)state;
    buf_init(&written, 4096);
    assert_ok(api_call_ask_write(&ask, &written, &err), err);
    assert_ok(api_call_ask_read(buf_str(&written), &asked, &err), err);
    assert_string_equal(asked.key, ask.key);
    assert_string_equal(asked.service, ask.service);
    assert_int_equal(asked.language, LANGUAGE_RU);
    assert_true(asked.named);
    buf_clear(&written);
    assert_ok(api_call_write(&call, &written, &err), err);
    assert_ok(api_call_read(buf_str(&written), &read, &err), err);
    assert_int_equal(read.state, CALL_COMING);
    assert_int_equal(read.window, 2);
}

static void a_ticket_that_is_over_waits_no_more(void **state)
{
    (void)state;
    for (ApiTicketState i = 0; i < TICKET_STATE_COUNT; i++)
        assert_false(api_ticket_waits(i) && api_ticket_is_over(i));
}

static void minutes_are_whole(void **state)
{
    (void)state;
    assert_int_equal(hall_minutes(0), 1);
    assert_int_equal(hall_minutes(60), 1);
    assert_int_equal(hall_minutes(61), 2);
    assert_int_equal(hall_minutes(600), 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_it_writes),
        cmocka_unit_test(refuses_what_is_wrong),
        cmocka_unit_test(a_ticket_goes_both_ways),
        cmocka_unit_test(a_call_goes_both_ways),
        cmocka_unit_test(a_ticket_that_is_over_waits_no_more),
        cmocka_unit_test(minutes_are_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
