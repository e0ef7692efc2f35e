#include "wire/enrol.h"

#include <string.h>

#include "base/crypto.h"
#include "test.h"

static const EnrolCode code = { { 1, 2, 3, 4, 5 }, { 250, 251, 252, 253, 254 } };

static void a_code_is_read_as_it_was_written_and_as_people_type_it(void **state)
{
    static const char *const typed[] = { "0410-6105-ZBXZ-SZFY", "04106105zbxzszfy", "o41o 61o5 zbxz szfy",
                                         "O4L0-6l05-ZBXZ-SZFY" };
    static const char *const wrong[] = { "", "0410-6105-ZBXZ-SZF", "0410-6105-ZBXZ-SZFYA", "0410-6105-ZBXZ-SZFU",
                                         "0410.6105.ZBXZ.SZFY" };
    char text[ENROL_CODE_SIZE];
    EnrolCode read;

    (void)state;
    enrol_code_write(&code, text);
    assert_string_equal(text, typed[0]);
    for (size_t i = 0; i < COUNT(typed); i++) {
        memset(&read, 0, sizeof read);
        assert_true(enrol_code_read(str_from(typed[i]), &read));
        assert_memory_equal(&read, &code, sizeof code);
    }
    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_false(enrol_code_read(str_from(wrong[i]), &read));
}

static void a_ticket_says_where_who_and_by_which_code(void **state)
{
    static const char *const wrong[] = {
        "",
        "https://h:8444/enrol#A-2",
        "https://h:8444/enrol#A-2/0410-6105-ZBXZ-SZF",
        "https://h:8444/enrol#A 2/0410-6105-ZBXZ-SZFY",
        "https://h:8444/enrol#/0410-6105-ZBXZ-SZFY",
        "http://h:8444/enrol#A-2/0410-6105-ZBXZ-SZFY",
        "https://h:8444/else#A-2/0410-6105-ZBXZ-SZFY",
        "https:///enrol#A-2/0410-6105-ZBXZ-SZFY",
        "https://h/x/enrol#A-2/0410-6105-ZBXZ-SZFY",
        "https://u@h/enrol#A-2/0410-6105-ZBXZ-SZFY",
    };
    const EnrolTicket ticket = { "https://registrar.example.uz:8444", "A-2", "0410-6105-ZBXZ-SZFY" };
    char text[ENROL_TICKET_SIZE];
    EnrolTicket read = { 0 };
    Error err = { 0 };

    (void)state;
    assert_ok(enrol_ticket_write(&ticket, text, &err), err);
    assert_string_equal(text, "https://registrar.example.uz:8444/enrol#A-2/0410-6105-ZBXZ-SZFY");
    assert_true(enrol_ticket_read(str_from(text), &read));
    assert_memory_equal(&read, &ticket, sizeof ticket);
    assert_true(enrol_ticket_read(STR("https://[::1]:8444/enrol#A_2/o410 6105 zbxz szfy\r\n"), &read));
    assert_string_equal(read.address, "https://[::1]:8444");
    assert_string_equal(read.kiosk, "A_2");
    assert_string_equal(read.code, ticket.code);
    for (size_t i = 0; i < COUNT(wrong); i++)
        if (enrol_ticket_read(str_from(wrong[i]), &read))
            fail_msg("taken: %s", wrong[i]);
}

/* scrypt of RFC 7914 is OpenSSL's; what is ours is of what it is taken: changed in any part, it is another key. */
static void the_key_is_of_code_and_kiosk(void **state)
{
    EnrolCode other = code;
    uint8_t key[ENROL_KEY_SIZE], again[ENROL_KEY_SIZE];
    Error err = { 0 };

    (void)state;
    assert_ok(enrol_key(&code, "A-2", key, &err), err);
    assert_ok(enrol_key(&code, "A-2", again, &err), err);
    assert_memory_equal(key, again, sizeof key);
    assert_ok(enrol_key(&code, "A-3", again, &err), err);
    assert_memory_not_equal(key, again, sizeof key);
    other.authority[0] ^= 1;
    assert_ok(enrol_key(&other, "A-2", again, &err), err);
    assert_memory_not_equal(key, again, sizeof key);
    other = code;
    other.secret[4] ^= 1;
    assert_ok(enrol_key(&other, "A-2", again, &err), err);
    assert_memory_not_equal(key, again, sizeof key);
}

static void a_request_is_proved_by_its_code(void **state)
{
    const uint8_t key[ENROL_KEY_SIZE] = { 7 }, other[ENROL_KEY_SIZE] = { 8 };
    ApiEnrol enrol = { .kiosk = "A-2", .request = "-----BEGIN" }, read;
    Error err = { 0 };
    bool proves;
    OWNED_BUF text;

    (void)state;
    buf_init(&text, ENROL_BODY_MOST);
    assert_ok(enrol_prove(&enrol, key, &err), err);
    assert_ok(api_enrol_write(&enrol, &text, &err), err);
    assert_ok(api_enrol_read(buf_str(&text), &read, &err), err);
    assert_ok(enrol_proves(&read, key, &proves, &err), err);
    assert_true(proves);
    assert_ok(enrol_proves(&read, other, &proves, &err), err);
    assert_false(proves);
    read.request[0] = '+';
    assert_ok(enrol_proves(&read, key, &proves, &err), err);
    assert_false(proves);
    assert_refused(api_enrol_read(STR("{\"kiosk\":\"a b\",\"request\":\"x\",\"proof\":\"y\"}"), &read, &err),
                   ERR_PROTOCOL, err);
    assert_refused(api_enrol_read(STR("{\"kiosk\":\"A-2\"}"), &read, &err), ERR_PROTOCOL, err);
}

/* Each change of an answer is found out: of a value, of a name, of what we know nothing of. */
static void an_answer_is_believed_for_its_proof(void **state)
{
    const uint8_t key[ENROL_KEY_SIZE] = { 7 }, other[ENROL_KEY_SIZE] = { 8 };
    const ApiEnrolled enrolled = { .kiosk = "A-2",
                                   .place = "1-bino",
                                   .certificate = "C",
                                   .authority = "A",
                                   .institution = "namuna",
                                   .utc_offset_minutes = 300,
                                   .names = { "Namuna", "Намуна", "Намуна", "Namuna" } };
    ApiEnrolled read;
    Error err = { 0 };
    OWNED_BUF text;

    (void)state;
    buf_init(&text, 4096);
    assert_ok(api_enrolled_write(&enrolled, key, &text, &err), err);
    assert_ok(api_enrolled_read(buf_str(&text), key, &read, &err), err);
    assert_memory_equal(&read, &enrolled, sizeof read);
    assert_refused(api_enrolled_read(buf_str(&text), other, &read, &err), ERR_CRYPTO, err);
    size_t refused = 0;
    for (size_t i = 0; i < text.len; i++) {
        const uint8_t was = text.data[i];

        text.data[i] = was == '1' ? '2' : '1';
        if (api_enrolled_read(buf_str(&text), key, &read, &err))
            fail_msg("changed at %zu, and believed", i);
        refused++;
        text.data[i] = was;
    }
    assert_int_equal(refused, text.len);
    assert_refused(api_enrolled_read(STR("{\"kiosk\":\"A-2\"}"), key, &read, &err), ERR_PROTOCOL, err);
}

static void renewals_are_read_as_they_were_written(void **state)
{
    const ApiRenewal renewal = { "R" };
    const ApiRenewed renewed = { "C" };
    ApiRenewal asked;
    ApiRenewed told;
    Error err = { 0 };
    OWNED_BUF text;

    (void)state;
    buf_init(&text, 4096);
    assert_ok(api_renewal_write(&renewal, &text, &err), err);
    assert_ok(api_renewal_read(buf_str(&text), &asked, &err), err);
    assert_memory_equal(&asked, &renewal, sizeof asked);
    buf_clear(&text);
    assert_ok(api_renewed_write(&renewed, &text, &err), err);
    assert_ok(api_renewed_read(buf_str(&text), &told, &err), err);
    assert_memory_equal(&told, &renewed, sizeof told);
    assert_refused(api_renewed_read(STR("{}"), &told, &err), ERR_PROTOCOL, err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_is_read_as_it_was_written_and_as_people_type_it),
        cmocka_unit_test(a_ticket_says_where_who_and_by_which_code),
        cmocka_unit_test(the_key_is_of_code_and_kiosk),
        cmocka_unit_test(a_request_is_proved_by_its_code),
        cmocka_unit_test(an_answer_is_believed_for_its_proof),
        cmocka_unit_test(renewals_are_read_as_they_were_written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
