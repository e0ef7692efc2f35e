#include "registrar/office/totp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const uint8_t secret[TOTP_SECRET_SIZE] = "12345678901234567890"; /* RFC 6238 appendix B */

static void codes_are_those_of_the_standard(void **state)
{
    static const struct {
        int64_t at_s;
        const char *code;
    } cases[] = { { 59, "287082" },         { 1111111109, "081804" }, { 1111111111, "050471" },
                  { 1234567890, "005924" }, { 2000000000, "279037" }, { INT64_C(20000000000), "353130" } };
    Error err = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char code[TOTP_CODE_SIZE];

        assert_true(totp_code(secret, totp_step(cases[i].at_s), code, &err));
        assert_string_equal(code, cases[i].code);
    }
}

static int64_t step_of(const char *code, int64_t now_s, int64_t last)
{
    int64_t step = -1;
    Error err = { 0 };

    assert_true(totp_check(secret, str_from(code), now_s, last, &step, &err));
    return step;
}

static void a_step_counts_once_and_for_a_minute_and_a_half(void **state)
{
    const int64_t step = totp_step(1234567890);
    const int64_t now_s = step * TOTP_STEP_S;

    (void)state;
    assert_int_equal(step_of("005924", now_s, 0), step);
    assert_int_equal(step_of("005924", now_s, step - 1), step);
    assert_int_equal(step_of("005924", now_s, step), 0);
    assert_int_equal(step_of("005924", now_s, step + 1), 0);
    assert_int_equal(step_of("005924", now_s - TOTP_STEP_S, 0), step);
    assert_int_equal(step_of("005924", now_s + TOTP_STEP_S, 0), step);
    assert_int_equal(step_of("005924", now_s - TOTP_STEP_S - 1, 0), 0);
    assert_int_equal(step_of("005924", now_s + 2 * TOTP_STEP_S, 0), 0);
}

static void what_is_no_code_is_none(void **state)
{
    static const char *const wrong[] = { "",       "0",        "00592",        "0059240", "005925",
                                         " 05924", "005924\n", "００５９２４", "abcdef" };

    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_int_equal(step_of(wrong[i], 1234567890, 0), 0);
}

static void an_address_is_what_authenticators_read(void **state)
{
    OWNED_BUF buf;

    (void)state;
    buf_init(&buf, TOTP_ADDRESS_MOST);
    totp_address(STR("hujjat.namuna.uz:8443"), STR("m.aliyeva"), secret, &buf);
    assert_string_equal(buf_text(&buf), "otpauth://totp/hujjat.namuna.uz%3A8443:m.aliyeva"
                                        "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=hujjat.namuna.uz%3A8443");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_those_of_the_standard),
        cmocka_unit_test(a_step_counts_once_and_for_a_minute_and_a_half),
        cmocka_unit_test(what_is_no_code_is_none),
        cmocka_unit_test(an_address_is_what_authenticators_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
