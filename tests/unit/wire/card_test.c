#include "wire/card.h"

#include <string.h>

#include "test.h"

static void what_a_reader_reads_tells_one_card(void **state)
{
    static const struct {
        const char *name;
        CardKind kind;
        const char *raw;
        CardFault fault;
        const char *card;
    } cases[] = {
        { "a chip of seven bytes", CARD_CHIP, "04A1B2C3D4E580", CARD_OK, "04A1B2C3D4E580" },
        { "small letters", CARD_CHIP, "04a1b2c3d4e580", CARD_OK, "04A1B2C3D4E580" },
        { "a chip of four bytes", CARD_CHIP, "9BA1B2C3", CARD_OK, "9BA1B2C3" },
        { "a random number", CARD_CHIP, "08A1B2C3", CARD_RANDOM, "" },
        { "seven bytes may begin with 08", CARD_CHIP, "08A1B2C3D4E580", CARD_OK, "08A1B2C3D4E580" },
        { "three bytes", CARD_CHIP, "04A1B2", CARD_UNREADABLE, "" },
        { "half a byte", CARD_CHIP, "04A1B2C3D", CARD_UNREADABLE, "" },
        { "no hex", CARD_CHIP, "04A1B2ZZ", CARD_UNREADABLE, "" },
        { "nothing", CARD_CHIP, "", CARD_UNREADABLE, "" },
        { "a library's code", CARD_CODE, "LIB-00012345", CARD_OK, "LIB-00012345" },
        { "with white space around", CARD_CODE, " LIB-00012345\r\n", CARD_OK, "LIB-00012345" },
        { "a student's number", CARD_CODE, "401241100873", CARD_NUMBER, "" },
        { "more digits than a number has", CARD_CODE, "123456789012345678901", CARD_OK, "123456789012345678901" },
        { "short", CARD_CODE, "AB12", CARD_UNREADABLE, "" },
        { "a control", CARD_CODE, "LIB-\t012345", CARD_UNREADABLE, "" },
        { "other letters", CARD_CODE, "LIB-Ў12345", CARD_UNREADABLE, "" },
        { "a seal", CARD_CODE, "HTTPS://HUJJAT.NAMUNA.UZ/V/7K3M9QXD2HVT#ABCDEFG", CARD_OK, "V:7K3M9QXD2HVT" },
        { "the same seal, spelled otherwise", CARD_CODE, "https://hujjat.namuna.uz/v/7k3m-9qxd-2hvt", CARD_OK,
          "V:7K3M9QXD2HVT" },
        { "no seal's link", CARD_CODE, "https://example.uz/V/short", CARD_OK, "https://example.uz/V/short" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char card[CARD_TEXT_SIZE] = "", again[CARD_TEXT_SIZE] = "";
        CardFault fault = card_read(cases[i].kind, str_from(cases[i].raw), card);

        if (fault != cases[i].fault || (fault == CARD_OK && strcmp(card, cases[i].card) != 0))
            fail_msg("%s: fault %d, \"%s\"", cases[i].name, (int)fault, card);
        if (fault == CARD_OK) { /* the other end reads what this one sent */
            assert_int_equal(card_read(cases[i].kind, str_from(card), again), CARD_OK);
            assert_string_equal(again, card);
        }
    }
}

static void a_long_code_is_told_by_its_hash(void **state)
{
    char raw[300], card[CARD_TEXT_SIZE], other[CARD_TEXT_SIZE], again[CARD_TEXT_SIZE];

    (void)state;
    memset(raw, 'x', sizeof raw);
    assert_int_equal(card_read(CARD_CODE, (Str){ raw, sizeof raw }, card), CARD_OK);
    assert_int_equal(strlen(card), 66);
    raw[299] = 'y';
    assert_int_equal(card_read(CARD_CODE, (Str){ raw, sizeof raw }, other), CARD_OK);
    assert_string_not_equal(card, other);
    assert_int_equal(card_read(CARD_CODE, str_from(card), again), CARD_OK);
    assert_string_equal(again, card);
}

static void a_pin_is_four_to_six_digits(void **state)
{
    static const struct {
        const char *pin;
        bool valid, easy;
    } cases[] = {
        { "", false, false },      { "123", false, false },  { "1234567", false, false }, { "12a4", false, false },
        { "0000", true, true },    { "9999", true, true },   { "1234", true, true },      { "987654", true, true },
        { "2468", true, false },   { "1123", true, false },  { "00001", true, false },    { "7305", true, false },
        { "730512", true, false }, { "012345", true, true },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(card_pin_valid(str_from(cases[i].pin)), cases[i].valid);
        if (cases[i].valid)
            assert_int_equal(card_pin_easy(str_from(cases[i].pin)), cases[i].easy);
    }
}

static void shapes_come_back(void **state)
{
    const ApiCardPin pin = { .kind = CARD_CODE, .card = "V:7K3M9QXD2HVT", .pin = "7305" };
    const ApiCard cards[] = {
        { .state = API_CARD_NONE, .may_set = true },
        { .state = API_CARD_ACTIVE, .kind = CARD_CODE, .since_s = 1795500000, .used_at_s = 1795500100 },
        { .state = API_CARD_BLOCKED, .kind = CARD_CHIP, .since_s = 1795500000, .by_wrong_pins = true },
    };
    ApiCardPin pin_again;
    Error err = { 0 };
    OWNED_BUF text;

    (void)state;
    buf_init(&text, 4096);
    assert_ok(api_card_pin_write(&pin, &text, &err), err);
    assert_ok(api_card_pin_read(buf_str(&text), &pin_again, &err), err);
    assert_int_equal(pin_again.kind, pin.kind);
    assert_string_equal(pin_again.card, pin.card);
    assert_string_equal(pin_again.pin, pin.pin);
    for (size_t i = 0; i < COUNT(cards); i++) {
        ApiCard again;

        buf_clear(&text);
        assert_ok(api_card_write(&cards[i], &text, &err), err);
        assert_ok(api_card_read(buf_str(&text), &again, &err), err);
        assert_int_equal(again.state, cards[i].state);
        assert_int_equal(again.kind, cards[i].kind);
        assert_int_equal(again.since_s, cards[i].since_s);
        assert_int_equal(again.used_at_s, cards[i].used_at_s);
        assert_int_equal(again.may_set, cards[i].may_set);
        assert_int_equal(again.by_wrong_pins, cards[i].by_wrong_pins);
    }
}

static void what_is_no_card_or_no_pin_is_refused(void **state)
{
    static const char *const texts[] = {
        "",
        "[]",
        "{\"kind\":\"chip\",\"card\":\"04A1B2C3D4E580\"}",
        "{\"kind\":\"chip\",\"card\":\"04A1B2C3D4E580\",\"pin\":\"12\"}",
        "{\"kind\":\"chip\",\"card\":\"04A1B2C3D4E580\",\"pin\":\"1234567\"}",
        "{\"kind\":\"chip\",\"card\":\"04a1b2c3d4e580\",\"pin\":\"7305\"}", /* as the reader says it, not as we do */
        "{\"kind\":\"chip\",\"card\":\"08A1B2C3\",\"pin\":\"7305\"}",
        "{\"kind\":\"code\",\"card\":\"401241100873\",\"pin\":\"7305\"}",
        "{\"kind\":\"stone\",\"card\":\"04A1B2C3D4E580\",\"pin\":\"7305\"}",
    };
    const ApiCardPin nothing = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        ApiCardPin pin = { .pin = "left" };
        Error err = { 0 };

        assert_false(api_card_pin_read(str_from(texts[i]), &pin, &err));
        assert_memory_equal(&pin, &nothing, sizeof pin);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_reader_reads_tells_one_card),   cmocka_unit_test(a_long_code_is_told_by_its_hash),
        cmocka_unit_test(a_pin_is_four_to_six_digits),          cmocka_unit_test(shapes_come_back),
        cmocka_unit_test(what_is_no_card_or_no_pin_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
