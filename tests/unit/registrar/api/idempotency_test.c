#include <string.h>

#include "registrar/api/idempotency.h"
#include "test.h"

static const HttpServerRequest asked = { .method = "POST", .path = "/kiosk/v1/copies/1/phone-link", .bearer = "one" };

static Once read(HttpServerRequest request, bool *ret_fit)
{
    Once once;
    Error err = { 0 };

    if (!idempotency_read(&request, NULL, "phone-link:1", &once, ret_fit, &err))
        fail_msg("%s", err.text);
    return once;
}

static void test_a_key_is_a_quoted_string_of_some_length(void **state)
{
    static const struct {
        const char *field, *key; /* key NULL: it is none */
    } cases[] = {
        { "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"", "8e03978e-40d5-43dd-bc93-6894a57f9324" },
        { "  \"0123456789abcdef\" ", "0123456789abcdef" },
        { "\"0123456789_ABCDEF\"", "0123456789_ABCDEF" },
        { "\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"",
          "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" },
        { "\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdefg\"", NULL },
        { "\"0123456789abcde\"", NULL },
        { "0123456789abcdef", NULL },
        { "\"0123456789abcdef", NULL },
        { "\"0123456789 abcdef\"", NULL },
        { "\"0123456789\\\"abcdef\"", NULL },
        { "\"0123456789abcdef\";a=1", NULL },
        { "\"0123456789abcd\xc3\xa9\"", NULL },
        { "\"\"", NULL },
        { "\"", NULL },
        { "", NULL },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        HttpServerRequest request = asked;
        bool fit;

        request.idempotency_key = cases[i].field;
        Once once = read(request, &fit);
        if (fit != (cases[i].key != NULL) || (fit && strcmp(once.key, cases[i].key) != 0))
            fail_msg("%s: %s", cases[i].field, once.key);
        assert_string_equal(once.actor, "phone-link:1");
    }
}

static void test_without_the_header_there_is_no_key(void **state)
{
    bool fit;
    Once once = read(asked, &fit);

    (void)state;
    assert_true(fit);
    assert_string_equal(once.key, "");
}

/* Whoever asks for something else, or as somebody else, is not told what was answered. */
static void test_the_hash_is_of_all_that_was_asked(void **state)
{
    HttpServerRequest requests[5];
    uint8_t hashes[COUNT(requests)][IDEMPOTENCY_HASH_SIZE];
    bool fit;

    (void)state;
    for (size_t i = 0; i < COUNT(requests); i++) {
        requests[i] = asked;
        requests[i].idempotency_key = "\"0123456789abcdef\"";
    }
    requests[1].method = "PUT";
    requests[2].path = "/kiosk/v1/copies/2/phone-link";
    requests[3].bearer = NULL;
    requests[4].body = STR("{}");
    for (size_t i = 0; i < COUNT(requests); i++) {
        memcpy(hashes[i], read(requests[i], &fit).hash, sizeof hashes[i]);
        for (size_t k = 0; k < i; k++)
            assert_memory_not_equal(hashes[i], hashes[k], sizeof hashes[i]);
    }
    assert_memory_equal(read(requests[4], &fit).hash, hashes[4], sizeof hashes[4]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_key_is_a_quoted_string_of_some_length),
        cmocka_unit_test(test_without_the_header_there_is_no_key),
        cmocka_unit_test(test_the_hash_is_of_all_that_was_asked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
