#include "test.h"

#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "wire/form.h"

#include "catalogue_sample.h"

static const Date today = { 2026, 11, 24 };

/* --- answers ------------------------------------------------------------------------------------------------------ */

static void answers_are_set_replaced_and_taken_away(void **state)
{
    Answers answers = { 0 };
    char long_value[ANSWER_BYTES_MOST + 1];

    (void)state;
    assert_null(answers_get(&answers, "a"));
    assert_true(answers_set(&answers, "a", STR("1")));
    assert_true(answers_set(&answers, "b", STR("2")));
    assert_true(answers_set(&answers, "c", STR("3")));
    assert_true(answers_set(&answers, "a", STR("one")));
    assert_int_equal(answers.count, 3);
    assert_string_equal(answers_get(&answers, "a"), "one");
    assert_true(answers_set(&answers, "b", STR("")));
    assert_null(answers_get(&answers, "b"));
    assert_string_equal(answers_get(&answers, "c"), "3");
    assert_int_equal(answers.count, 2);
    assert_true(answers_set(&answers, "nobody", STR("")));

    memset(long_value, 'x', sizeof long_value);
    assert_false(answers_set(&answers, "a", (Str){ long_value, ANSWER_BYTES_MOST }));
    assert_string_equal(answers_get(&answers, "a"), "one");
    assert_true(answers_set(&answers, "a", (Str){ long_value, ANSWER_BYTES_MOST - 1 }));
    assert_false(answers_set(&answers, "a", (Str){ "a\0b", 3 }));
    assert_int_equal(strlen(answers_get(&answers, "a")), ANSWER_BYTES_MOST - 1); /* the old one stays */
    assert_false(answers_set(&answers, "", STR("x")));
    assert_false(answers_set(&answers, "an-id-of-forty-eight-letters-is-too-long-for-our", STR("x")));
}

static void answers_have_an_end(void **state)
{
    Answers answers = { 0 };
    char field[4] = "a00";

    (void)state;
    for (size_t i = 0; i < ANSWERS_MOST; i++) {
        field[1] = (char)('0' + i / 10);
        field[2] = (char)('0' + i % 10);
        assert_true(answers_set(&answers, field, STR("x")));
    }
    assert_false(answers_set(&answers, "more", STR("x")));
    assert_true(answers_set(&answers, "a07", STR("")));
    assert_true(answers_set(&answers, "more", STR("x")));
}

static void what_is_taken_away_is_wiped(void **state)
{
    static const char empty[sizeof(Answer)];
    Answers answers = { 0 };

    (void)state;
    assert_true(answers_set(&answers, "a", STR("first")));
    assert_true(answers_set(&answers, "b", STR("second")));
    assert_true(answers_set(&answers, "a", STR("")));
    assert_memory_equal(&answers.items[1], empty, sizeof empty);
}

/* --- their canonical text: what is hashed as a request's fingerprint ---------------------------------------------- */

static void answers_have_one_text(void **state)
{
    static const struct {
        const char *name, *pairs[6], *text;
    } cases[] = {
        { "none", { NULL }, "{}" },
        { "one", { "receiver", "bank" }, "{\"receiver\":\"bank\"}" },
        { "sorted by their fields", { "b", "2", "a", "1", "c", "3" }, "{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\"}" },
        { "letters of all alphabets",
          { "place", "Oʻzbekiston, Ўзбекистон" },
          "{\"place\":\"Oʻzbekiston, Ўзбекистон\"}" },
        { "what JSON escapes", { "place", "a\"b\\c/d" }, "{\"place\":\"a\\\"b\\\\c/d\"}" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Answers answers = { 0 }, back;
        Error err = { 0 };
        OWNED_BUF text;

        buf_init(&text, 1024);
        for (size_t k = 0; k < COUNT(cases[i].pairs) && cases[i].pairs[k]; k += 2)
            assert_true(answers_set(&answers, cases[i].pairs[k], str_from(cases[i].pairs[k + 1])));
        assert_ok(answers_write(&answers, &text, &err), err);
        if (strcmp(buf_text(&text), cases[i].text))
            fail_msg("%s: %s", cases[i].name, buf_text(&text));
        assert_ok(answers_read(buf_str(&text), &back, &err), err);
        assert_int_equal(back.count, answers.count);
        for (size_t k = 0; k < answers.count; k++)
            assert_string_equal(answers_get(&back, answers.items[k].field), answers.items[k].value);
    }
}

static void answers_that_are_none_are_refused(void **state)
{
    static const char *const cases[] = {
        "",
        "[]",
        "null",
        "{\"a\":1}",
        "{\"a\":null}",
        "{\"a\":\"\"}",
        "{\"\":\"a\"}",
        "{\"a\":[\"b\"]}",
        "{\"a\":\"1\",\"a\":\"1\"}",
        "{\"a\":\"\\u0000\"}",
        "{\"a\":\"\xff\"}",
        "{\"an-id-of-forty-eight-letters-is-too-long-for-our\":\"a\"}",
        "{\"a\":\"1\"",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Answers answers = { .count = 7 };
        Error err = { 0 };

        if (answers_read(str_from(cases[i]), &answers, &err) || err.code != ERR_FORMAT || answers.count != 0)
            fail_msg("%s: %s", cases[i], err.text);
    }
}

/* --- conditions --------------------------------------------------------------------------------------------------- */

static const char *const bank[] = { "bank" };
static const char *const two[] = { "bank", "work" };
static const char *const ramp[] = { "ramp" };
static const char *const numbers[] = { "2", "10" };
static const char *const dates[] = { "2026-09-01", "2026-12-31" };

#define EQUALS(f, v)                                                                                                   \
    {                                                                                                                  \
        .kind = CONDITION_EQUALS, .field = f, .values = v, .value_count = 1                                            \
    }
#define IN(f, v)                                                                                                       \
    {                                                                                                                  \
        .kind = CONDITION_IN, .field = f, .values = v, .value_count = COUNT(v)                                         \
    }
#define BETWEEN(f, v)                                                                                                  \
    {                                                                                                                  \
        .kind = CONDITION_BETWEEN, .field = f, .values = v, .value_count = 2                                           \
    }
#define EXISTS(f)                                                                                                      \
    {                                                                                                                  \
        .kind = CONDITION_EXISTS, .field = f                                                                           \
    }

static const Condition both[] = { EQUALS("receiver", bank), EXISTS("copies") };

static void conditions_hold(void **state)
{
    static const struct {
        const char *name;
        Condition condition;
        const char *pairs[4];
        bool holds;
    } cases[] = {
        { "always", { .kind = CONDITION_ALWAYS }, { NULL }, true },
        { "equals", EQUALS("receiver", bank), { "receiver", "bank" }, true },
        { "equals another", EQUALS("receiver", bank), { "receiver", "work" }, false },
        { "equals, unanswered", EQUALS("receiver", bank), { NULL }, false },
        { "in", IN("receiver", two), { "receiver", "work" }, true },
        { "not in", IN("receiver", two), { "receiver", "other" }, false },
        { "in, unanswered", IN("receiver", two), { NULL }, false },
        { "between, low end", BETWEEN("copies", numbers), { "copies", "2" }, true },
        { "between, high end", BETWEEN("copies", numbers), { "copies", "10" }, true },
        { "between as numbers, not as text", BETWEEN("copies", numbers), { "copies", "9" }, true },
        { "below", BETWEEN("copies", numbers), { "copies", "1" }, false },
        { "above", BETWEEN("copies", numbers), { "copies", "11" }, false },
        { "between, no number", BETWEEN("copies", numbers), { "copies", "x" }, false },
        { "between, unanswered", BETWEEN("copies", numbers), { NULL }, false },
        { "between dates", BETWEEN("day", dates), { "day", "2026-12-31" }, true },
        { "after the dates", BETWEEN("day", dates), { "day", "2027-01-01" }, false },
        { "exists", EXISTS("day"), { "day", "x" }, true },
        { "exists not", EXISTS("day"), { "copies", "x" }, false },
        { "and, both",
          { .kind = CONDITION_AND, .parts = both, .part_count = 2 },
          { "receiver", "bank", "copies", "1" },
          true },
        { "and, one", { .kind = CONDITION_AND, .parts = both, .part_count = 2 }, { "receiver", "bank" }, false },
        { "or, one", { .kind = CONDITION_OR, .parts = both, .part_count = 2 }, { "copies", "1" }, true },
        { "or, none", { .kind = CONDITION_OR, .parts = both, .part_count = 2 }, { "receiver", "work" }, false },
        { "not", { .kind = CONDITION_NOT, .parts = both, .part_count = 1 }, { "receiver", "work" }, true },
        { "not, though it holds",
          { .kind = CONDITION_NOT, .parts = both, .part_count = 1 },
          { "receiver", "bank" },
          false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Answers answers = { 0 };

        for (size_t k = 0; k < COUNT(cases[i].pairs) && cases[i].pairs[k]; k += 2)
            assert_true(answers_set(&answers, cases[i].pairs[k], str_from(cases[i].pairs[k + 1])));
        if (condition_holds(&cases[i].condition, &answers) != cases[i].holds)
            fail_msg("%s", cases[i].name);
    }
}

/* --- one field ---------------------------------------------------------------------------------------------------- */

#define EIGHTY "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggghhhhhhhhhh"

static void fields_are_checked(void **state)
{
    static const Choice choices[] = { { .id = "bank" }, { .id = "other" } };
    static const Field choice = { .kind = FIELD_CHOICE, .required = true, .choices = choices, .choice_count = 2 };
    static const Field place = { .kind = FIELD_TEXT, .required = true, .quoted = true, .least = 3, .most = 80 };
    static const Field words = { .kind = FIELD_TEXT, .least = 0, .most = 5 };
    static const Field number = { .kind = FIELD_NUMBER, .least = -5, .most = 100 };
    static const Field date = { .kind = FIELD_DATE, .least = -1, .most = 30 };
    static const Choice days[] = { { .id = "mon" }, { .id = "tue" }, { .id = "wed" }, { .id = "thu" } };
    static const Field several = { .kind = FIELD_SEVERAL, .least = 2, .most = 3, .choices = days, .choice_count = 4 };
    static const Field email = { .kind = FIELD_EMAIL, .most = 120 };
    static const Field phone = { .kind = FIELD_PHONE };
    static const struct {
        const char *name;
        const Field *field;
        const char *value;
        FormFault fault;
    } cases[] = {
        { "a choice", &choice, "bank", FORM_OK },
        { "none of them", &choice, "Bank", FORM_NOT_OFFERED },
        { "required, and none", &choice, NULL, FORM_MISSING },
        { "required, and empty", &choice, "", FORM_MISSING },
        { "not required, and none", &words, NULL, FORM_OK },
        { "words", &place, "Chirchiq shahar sogʻliqni saqlash boʻlimi", FORM_OK },
        { "words of three letters", &place, "ЎзМ", FORM_OK },
        { "of two", &place, "ab", FORM_SHORT },
        { "of two and blanks", &place, "  ab  ", FORM_SHORT },
        { "blanks alone", &place, "     ", FORM_SHORT },
        { "of eighty", &place, EIGHTY, FORM_OK },
        { "of eighty-one", &place, EIGHTY "i", FORM_LONG },
        { "letters count, not bytes", &words, "ўқғҳё", FORM_OK },
        { "six", &words, "ўқғҳёя", FORM_LONG },
        { "a line end", &place, "abc\ndef", FORM_CHARACTERS },
        { "text that runs the other way", &place, "abc\u202Edef", FORM_CHARACTERS },
        { "a letter without a shape", &place, "abc\u200Bdef", FORM_CHARACTERS },
        { "not UTF-8", &place, "abc\xff", FORM_CHARACTERS },
        { "an apostrophe", &place, "Oʻzbekiston’s 'x'", FORM_OK },
        { "a quote that ends the quotes", &place, "X” talabasi “Y", FORM_CHARACTERS },
        { "of another alphabet", &place, "X» студент «Y", FORM_CHARACTERS },
        { "straight quotes", &place, "X\" talabasi", FORM_CHARACTERS },
        { "quotes where none are put", &words, "“a”", FORM_OK },
        { "a number", &number, "42", FORM_OK },
        { "nought", &number, "0", FORM_OK },
        { "below nought", &number, "-5", FORM_OK },
        { "too low", &number, "-6", FORM_OUT_OF_RANGE },
        { "too high", &number, "101", FORM_OUT_OF_RANGE },
        { "beyond all numbers", &number, "99999999999999999999", FORM_NOT_NUMBER },
        { "no number", &number, "4.2", FORM_NOT_NUMBER },
        { "nor this", &number, "+4", FORM_NOT_NUMBER },
        { "one number has one text", &number, "042", FORM_NOT_NUMBER },
        { "nought too", &number, "-0", FORM_NOT_NUMBER },
        { "today", &date, "2026-11-24", FORM_OK },
        { "yesterday", &date, "2026-11-23", FORM_OK },
        { "the day before", &date, "2026-11-22", FORM_OUT_OF_RANGE },
        { "in thirty days", &date, "2026-12-24", FORM_OK },
        { "in thirty-one", &date, "2026-12-25", FORM_OUT_OF_RANGE },
        { "no day", &date, "2026-11-31", FORM_NOT_DATE },
        { "no date", &date, "24.11.2026", FORM_NOT_DATE },
        { "two of four", &several, "mon,wed", FORM_OK },
        { "three of four", &several, "tue,wed,thu", FORM_OK },
        { "one", &several, "mon", FORM_FEW },
        { "all", &several, "mon,tue,wed,thu", FORM_MANY },
        { "several in another order", &several, "wed,mon", FORM_NOT_OFFERED },
        { "one twice", &several, "mon,mon", FORM_NOT_OFFERED },
        { "one that is not among them", &several, "mon,sun", FORM_NOT_OFFERED },
        { "a comma too many", &several, "mon,wed,", FORM_NOT_OFFERED },
        { "a blank", &several, "mon, wed", FORM_NOT_OFFERED },
        { "several are not required", &several, "", FORM_OK },
        { "an address", &email, "a.karimova-2+x@stud.samdu.uz", FORM_OK },
        { "capitals before the sign", &email, "A.Karimova@gmail.com", FORM_OK },
        { "capitals after it", &email, "a@Gmail.com", FORM_NOT_EMAIL },
        { "no sign", &email, "gmail.com", FORM_NOT_EMAIL },
        { "two signs", &email, "a@b@gmail.com", FORM_NOT_EMAIL },
        { "nobody", &email, "@gmail.com", FORM_NOT_EMAIL },
        { "nowhere", &email, "a@", FORM_NOT_EMAIL },
        { "no country", &email, "a@gmail", FORM_NOT_EMAIL },
        { "a country of one letter", &email, "a@gmail.c", FORM_NOT_EMAIL },
        { "an address in figures", &email, "a@10.0.0.1", FORM_NOT_EMAIL },
        { "a dot at the front", &email, ".a@gmail.com", FORM_NOT_EMAIL },
        { "a dot before the sign", &email, "a.@gmail.com", FORM_NOT_EMAIL },
        { "two dots", &email, "a..b@gmail.com", FORM_NOT_EMAIL },
        { "two dots in the name", &email, "a@gmail..com", FORM_NOT_EMAIL },
        { "a dot at the end", &email, "a@gmail.com.", FORM_NOT_EMAIL },
        { "a blank inside", &email, "a b@gmail.com", FORM_NOT_EMAIL },
        { "letters of another alphabet", &email, "а@gmail.com", FORM_NOT_EMAIL },
        { "a hyphen that ends a name", &email, "a@gmail-.com", FORM_NOT_EMAIL },
        { "more than a name before the sign", &email, EIGHTY "@gmail.com", FORM_NOT_EMAIL },
        { "an address without an end", &email, EIGHTY "@" EIGHTY ".com", FORM_LONG },
        { "a phone", &phone, "+998901234567", FORM_OK },
        { "too short", &phone, "+99890123456", FORM_NOT_PHONE },
        { "too long", &phone, "+9989012345678", FORM_NOT_PHONE },
        { "without its country", &phone, "901234567", FORM_NOT_PHONE },
        { "of another one", &phone, "+799012345678", FORM_NOT_PHONE },
        { "with letters", &phone, "+99890123456x", FORM_NOT_PHONE },
        { "a sign among figures", &phone, "+998-90123456", FORM_NOT_PHONE },
        { "no code begins so", &phone, "+998001234567", FORM_NOT_PHONE },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        FormFault fault = form_check_field(cases[i].field, cases[i].value, today);

        if (fault != cases[i].fault)
            fail_msg("%s: %d", cases[i].name, fault);
    }
}

static void several_are_turned_over_in_their_order(void **state)
{
    static const Choice days[] = { { .id = "mon" }, { .id = "tue" }, { .id = "wed" } };
    static const Field field = { .kind = FIELD_SEVERAL, .most = 3, .choices = days, .choice_count = 3 };
    static const struct {
        const char *before;
        size_t turned;
        const char *after;
        size_t count;
    } cases[] = {
        { "", 2, "wed", 1 },
        { "wed", 0, "mon,wed", 2 },
        { "mon,wed", 1, "mon,tue,wed", 3 },
        { "mon,tue,wed", 0, "tue,wed", 2 },
        { "tue", 1, "", 0 },
        { "gone,wed", 0, "mon,wed", 2 },
    };
    char after[ANSWER_BYTES_MOST];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        several_turn(&field, cases[i].before, cases[i].turned, after);
        assert_string_equal(after, cases[i].after);
        assert_int_equal(several_count(after), cases[i].count);
    }
    assert_true(several_has("mon,wed", "wed"));
    assert_false(several_has("mon,wed", "we"));
    assert_false(several_has("mon,wed", "mon,wed"));
    assert_false(several_has("", "mon"));
}

/* A condition on several holds when one of its values is among them. */
static void several_open_questions(void **state)
{
    static const Choice help[] = { { .id = "none" }, { .id = "ramp" }, { .id = "braille" } };
    static const Field fields[] = {
        { .id = "help", .kind = FIELD_SEVERAL, .most = 3, .choices = help, .choice_count = 3 },
        { .id = "where", .kind = FIELD_TEXT, .most = 20, .when = EQUALS("help", ramp) },
        { .id = "more", .kind = FIELD_TEXT, .most = 20, .when = EXISTS("where") },
    };
    static const Service service = { .id = "s", .fields = fields, .field_count = COUNT(fields) };
    Answers answers = { 0 };
    size_t total;

    (void)state;
    assert_true(answers_set(&answers, "help", STR("ramp,braille")));
    form_asked(&service, &answers, 0, &total);
    assert_int_equal(total, 2);
    assert_true(answers_set(&answers, "where", STR("B, 2")));
    assert_true(answers_set(&answers, "more", STR("x")));
    form_drop_unasked(&service, &answers);
    assert_int_equal(answers.count, 3);
    assert_true(answers_set(&answers, "help", STR("braille")));
    form_asked(&service, &answers, 0, &total);
    assert_int_equal(total, 1);
    form_drop_unasked(&service, &answers);
    assert_int_equal(answers.count, 1);
    assert_string_equal(answers_get(&answers, "help"), "braille");
}

/* --- a whole form ------------------------------------------------------------------------------------------------- */

static void forms_are_checked(void **state)
{
    static const struct {
        const char *name, *pairs[8];
        FormFault fault;
        const char *field;
        size_t asked;
    } cases[] = {
        { "nothing", { NULL }, FORM_MISSING, "receiver", 2 },
        { "the least", { "receiver", "bank" }, FORM_OK, NULL, 2 },
        { "a question more", { "receiver", "other" }, FORM_MISSING, "place", 3 },
        { "answered", { "receiver", "other", "place", "Hokimiyat" }, FORM_OK, NULL, 3 },
        { "badly", { "receiver", "other", "place", "H" }, FORM_SHORT, "place", 3 },
        { "one that is not asked", { "receiver", "bank", "place", "Hokimiyat" }, FORM_UNKNOWN, "place", 2 },
        { "one that is nowhere", { "receiver", "bank", "colour", "blue" }, FORM_UNKNOWN, "colour", 2 },
        { "one copy asks until when", { "receiver", "bank", "copies", "1" }, FORM_OK, NULL, 3 },
        { "three don't", { "receiver", "bank", "copies", "3", "until", "2026-12-01" }, FORM_UNKNOWN, "until", 2 },
        /* "until" wants "place" or a known receiver: here there is only a stale place, which must not count. */
        { "a stale answer opens nothing",
          { "place", "Hokimiyat", "copies", "1", "until", "2026-12-01" },
          FORM_UNKNOWN,
          "place",
          2 },
    };
    OWNED(Catalogue) catalogue = catalogue_sample();
    const Service *service = catalogue_at(catalogue, 0);

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Answers answers = { 0 };
        const char *field = NULL;
        size_t total;

        for (size_t k = 0; k < COUNT(cases[i].pairs) && cases[i].pairs[k]; k += 2)
            assert_true(answers_set(&answers, cases[i].pairs[k], str_from(cases[i].pairs[k + 1])));
        FormFault fault = form_check(service, &answers, today, &field);
        form_asked(service, &answers, 0, &total);
        if (fault != cases[i].fault || (field == NULL) != (cases[i].field == NULL) ||
            (field && strcmp(field, cases[i].field)) || total != cases[i].asked)
            fail_msg("%s: %d at %s, %zu asked", cases[i].name, fault, field ? field : "none", total);
        assert_int_equal(form_check(service, &answers, today, NULL), fault);
    }
}

static void questions_are_counted(void **state)
{
    OWNED(Catalogue) catalogue = catalogue_sample();
    const Service *service = catalogue_at(catalogue, 0);
    Answers answers = { 0 };
    size_t total = 0;

    (void)state;
    assert_int_equal(form_asked(service, &answers, 0, &total), 0);
    assert_int_equal(form_asked(service, &answers, 1, NULL), 2);
    assert_int_equal(form_asked(service, &answers, 2, &total), FORM_FIELDS_MOST);
    assert_int_equal(total, 2);
    assert_true(answers_set(&answers, "receiver", STR("other")));
    assert_int_equal(form_asked(service, &answers, 1, &total), 1);
    assert_int_equal(total, 3);
}

/* A form in progress: what is there must fit, what is not there yet is no fault; and what still fits stays when the
 * form became another one. */
static void forms_in_progress(void **state)
{
    static const struct {
        const char *name, *pairs[8];
        FormFault fault;
        size_t answered, left;
    } cases[] = {
        { "nothing", { NULL }, FORM_OK, 0, 0 },
        { "one of two", { "receiver", "bank" }, FORM_OK, 1, 1 },
        { "an open question", { "receiver", "other" }, FORM_OK, 1, 1 },
        { "all", { "receiver", "other", "place", "Hokimiyat", "copies", "2" }, FORM_OK, 3, 3 },
        { "too short", { "receiver", "other", "place", "H" }, FORM_SHORT, 2, 1 },
        { "not asked", { "receiver", "bank", "place", "Hokimiyat" }, FORM_UNKNOWN, 1, 1 },
        { "not offered any more", { "receiver", "moon", "place", "Hokimiyat" }, FORM_UNKNOWN, 1, 0 },
        { "asked no more", { "colour", "blue", "receiver", "bank" }, FORM_UNKNOWN, 1, 1 },
        { "gone by", { "receiver", "bank", "copies", "1", "until", "2026-11-23" }, FORM_OUT_OF_RANGE, 3, 2 },
        { "what hung on it", { "receiver", "other", "copies", "9", "until", "2026-12-01" }, FORM_OUT_OF_RANGE, 3, 1 },
    };
    OWNED(Catalogue) catalogue = catalogue_sample();
    const Service *service = catalogue_at(catalogue, 0);

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Answers answers = { 0 };

        for (size_t k = 0; k < COUNT(cases[i].pairs) && cases[i].pairs[k]; k += 2)
            assert_true(answers_set(&answers, cases[i].pairs[k], str_from(cases[i].pairs[k + 1])));
        FormFault fault = form_check_begun(service, &answers, today, NULL);
        size_t answered = form_answered(service, &answers);
        bool gone = form_keep_fitting(service, &answers, today);
        if (fault != cases[i].fault || answered != cases[i].answered || gone != (fault != FORM_OK) ||
            answers.count != cases[i].left)
            fail_msg("%s: fault %d, %zu answered, %zu left", cases[i].name, fault, answered, answers.count);
        assert_int_equal(form_check_begun(service, &answers, today, NULL), FORM_OK);
        assert_int_equal(form_answered(service, &answers), answers.count);
    }
}

/* Answers of all kinds to questions of all kinds: the check ends, and what it lets through has one canonical text. */
static void any_answers_do_no_harm(void **state)
{
    static const char *const fields[] = { "receiver", "place", "copies", "until", "colour" };
    static const char *const values[] = { "bank", "other", "1", "3",  "2026-11-25", "Hokimiyat", "\xff", "\"",
                                          "-0",   "x",     " ", "99", "2026-02-30", "\u202E",    "007",  "" };
    OWNED(Catalogue) catalogue = catalogue_sample();
    const Service *service = catalogue_at(catalogue, 0);
    RandomSeeded seeded;
    Random random = random_seeded(&seeded, 5);
    size_t good = 0;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        Answers answers = { 0 }, back;
        uint8_t dice[8];
        Error err = { 0 };
        OWNED_BUF text;
        OWNED_BUF again;

        buf_init(&text, 4096);
        buf_init(&again, 4096);
        assert_true(random_fill(&random, dice, sizeof dice, NULL));
        for (size_t i = 0; i < 4; i++)
            assert_true(answers_set(&answers, fields[dice[2 * i] % COUNT(fields)],
                                    str_from(values[dice[2 * i + 1] % COUNT(values)])));
        Answers fitting = answers;
        (void)form_keep_fitting(service, &fitting, today);
        assert_int_equal(form_check_begun(service, &fitting, today, NULL), FORM_OK);
        if (form_check(service, &answers, today, NULL) != FORM_OK)
            continue;
        good++;
        assert_ok(answers_write(&answers, &text, &err), err);
        assert_ok(answers_read(buf_str(&text), &back, &err), err);
        assert_ok(answers_write(&back, &again, &err), err);
        assert_string_equal(buf_text(&text), buf_text(&again));
    }
    assert_true(good > 20);
}

/* --- terms -------------------------------------------------------------------------------------------------------- */

static Catalogue *two_services(const char *sets)
{
    json_t *json = json_loads("{\"services\":[" SAMPLE_SERVICE("certificate", "documents", "1") "," SAMPLE_SERVICE(
                                  "correction", "documents", "2") "]}",
                              0, NULL);
    json_t *choice = json_object_get(json_array_get(json_object_get(json, "services"), 0), "form");
    Error err = { 0 };

    choice = json_array_get(json_object_get(json_array_get(choice, 0), "choices"), 1);
    assert_int_equal(json_object_set_new(choice, "sets", json_loads(sets, 0, NULL)), 0);
    char *text = json_dumps(json, 0);
    Catalogue *catalogue = catalogue_parse(str_from(text), &err);
    if (!catalogue)
        fail_msg("%s", err.text);
    mem_free(text);
    json_decref(json);
    return catalogue;
}

static void an_answer_sets_the_terms(void **state)
{
    OWNED(Catalogue)
    catalogue = two_services("{\"document\":\"for-others\",\"languages\":[\"ru\"],\"valid_days\":30,\"copies\":1}");
    const Service *service = catalogue_at(catalogue, 0);
    Answers answers = { 0 };
    Terms terms;

    (void)state;
    assert_true(answers_set(&answers, "receiver", STR("bank")));
    service_terms(service, &answers, &terms);
    assert_string_equal(terms.document, "certificate");
    assert_int_equal(terms.language_count, 2);
    assert_true(terms_have_language(&terms, LANGUAGE_EN));
    assert_int_equal(terms.valid_days, 0);
    assert_int_equal(terms.limit_day, 3);
    assert_null(terms.leads_to);

    assert_true(answers_set(&answers, "receiver", STR("other")));
    service_terms(service, &answers, &terms);
    assert_string_equal(terms.document, "for-others");
    assert_int_equal(terms.language_count, 1);
    assert_true(terms_have_language(&terms, LANGUAGE_RU));
    assert_false(terms_have_language(&terms, LANGUAGE_EN));
    assert_int_equal(terms.valid_days, 30);
    assert_int_equal(terms.limit_day, 1);
    assert_true(terms.limit_of_paper);
}

static void an_answer_leads_elsewhere(void **state)
{
    OWNED(Catalogue) catalogue = two_services("{\"service\":\"correction\"}");
    Answers answers = { 0 };
    Terms terms;

    (void)state;
    assert_true(answers_set(&answers, "receiver", STR("other")));
    service_terms(catalogue_at(catalogue, 0), &answers, &terms);
    assert_string_equal(terms.leads_to, "correction");
    assert_string_equal(terms.document, "certificate");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_set_replaced_and_taken_away),
        cmocka_unit_test(answers_have_an_end),
        cmocka_unit_test(what_is_taken_away_is_wiped),
        cmocka_unit_test(answers_have_one_text),
        cmocka_unit_test(answers_that_are_none_are_refused),
        cmocka_unit_test(conditions_hold),
        cmocka_unit_test(fields_are_checked),
        cmocka_unit_test(several_are_turned_over_in_their_order),
        cmocka_unit_test(several_open_questions),
        cmocka_unit_test(forms_are_checked),
        cmocka_unit_test(questions_are_counted),
        cmocka_unit_test(forms_in_progress),
        cmocka_unit_test(any_answers_do_no_harm),
        cmocka_unit_test(an_answer_sets_the_terms),
        cmocka_unit_test(an_answer_leads_elsewhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
