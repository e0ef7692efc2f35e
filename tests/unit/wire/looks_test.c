#include "test.h"

#include <string.h>

#include "wire/looks.h"

#define CHECKED                                                                                                        \
    "{\"kind\":\"checked\",\"on\":\"document\",\"by\":\"holder\",\"at_s\":1700000000,\"times\":3,\"service\":"         \
    "\"certificate-of-study\",\"number\":\"M-2026/000017\"}"
#define SEEN "{\"kind\":\"seen\",\"on\":\"record\",\"by\":\"staff\",\"at_s\":1690000000,\"times\":1,\"unit\":\"dean\"}"

static ApiLooks looks, again;

static void reads_what_it_writes(void **state)
{
    OWNED_BUF text;
    Error err = { 0 };

    (void)state;
    buf_init(&text, LOOKS_BYTES_MOST);
    assert_ok(api_looks_read(STR("{\"more\":true,\"looks\":[" CHECKED "," SEEN "],\"newer\":7}"), &looks, &err), err);
    assert_true(looks.more);
    assert_int_equal(looks.count, 2);
    assert_int_equal(looks.items[0].kind, LOOK_CHECKED);
    assert_int_equal(looks.items[0].by, LOOK_BY_HOLDER);
    assert_int_equal(looks.items[0].times, 3);
    assert_string_equal(looks.items[1].unit, "dean");
    assert_ok(api_looks_write(&looks, &text, &err), err);
    memset(&again, 0xA5, sizeof again);
    assert_ok(api_looks_read(buf_str(&text), &again, &err), err);
    assert_memory_equal(&looks, &again, sizeof looks);
}

/* The longest of everything, as often as there may be. */
static void the_largest_has_room(void **state)
{
    OWNED_BUF text;
    Error err = { 0 };

    (void)state;
    buf_init(&text, LOOKS_BYTES_MOST);
    memset(&looks, 0, sizeof looks);
    for (looks.count = 0; looks.count < LOOKS_MOST; looks.count++) {
        ApiLook *look = &looks.items[looks.count];

        /* Member by member: an initializer leaves what lies between them as it was. */
        look->kind = LOOK_HANDED_OUT;
        look->on = LOOK_ON_DOCUMENT;
        look->by = LOOK_BY_STAFF;
        look->at_s = INT64_MAX;
        look->times = 1000000;
        memset(look->unit, 'u', sizeof look->unit - 1);
        memset(look->service, 's', sizeof look->service - 1);
        memset(look->number, 'n', sizeof look->number - 1);
        memset(look->place, 'p', sizeof look->place - 1);
    }
    assert_ok(api_looks_write(&looks, &text, &err), err);
    assert_ok(api_looks_read(buf_str(&text), &again, &err), err);
    assert_memory_equal(&looks, &again, sizeof looks);
}

static void refuses_what_is_wrong(void **state)
{
    static const char *const wrong[] = {
        "",
        "[]",
        "{}",
        "{\"more\":false}",
        "{\"looks\":[]}",
        "{\"more\":false,\"looks\":{}}",
        "{\"more\":false,\"looks\":[7]}",
        "{\"more\":false,\"looks\":[{\"kind\":\"read\",\"on\":\"record\",\"by\":\"staff\",\"at_s\":1,\"times\":1}]}",
        "{\"more\":false,\"looks\":[{\"kind\":\"seen\",\"on\":\"face\",\"by\":\"staff\",\"at_s\":1,\"times\":1}]}",
        "{\"more\":false,\"looks\":[{\"kind\":\"seen\",\"on\":\"record\",\"by\":\"Karimov\",\"at_s\":1,\"times\":1}]}",
        "{\"more\":false,\"looks\":[{\"kind\":\"seen\",\"on\":\"record\",\"by\":\"staff\",\"at_s\":-1,\"times\":1}]}",
        "{\"more\":false,\"looks\":[{\"kind\":\"seen\",\"on\":\"record\",\"by\":\"staff\",\"at_s\":1,\"times\":0}]}",
    };
    static const ApiLooks nothing;

    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        Error err = { 0 };

        memset(&again, 0xA5, sizeof again);
        if (api_looks_read(str_from(wrong[i]), &again, &err))
            fail_msg("taken: %s", wrong[i]);
        assert_int_equal(err.code, ERR_PROTOCOL);
        assert_memory_equal(&again, &nothing, sizeof again);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_it_writes),
        cmocka_unit_test(the_largest_has_room),
        cmocka_unit_test(refuses_what_is_wrong),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
