/* Where a student comes from and lives, what the passport calls them, how they came and went, and what HEMIS says of
 * their years: the profile's members beyond name and studies. */
#include <stdio.h>
#include <string.h>

#include "base/letters.h"
#include "registrar/demo/parts.h"
#include "wire/json.h"

#define GPA_LIMIT         240 /* hundredths; the university's own, between 2.4 and 3.0 (resolution 824) */
#define OLD_SPELLING_1000 12
#define POOR_OF_1000      25

/* --- where -------------------------------------------------------------------------------------------------------- */

/* Every third is from around the university, of the others each district sends as many. */
static const District *draw_district(const Facts *facts, Dice *dice)
{
    const Lists *lists = facts->lists;
    bool around = dice_chance(dice, 350);
    size_t at = dice_below(dice, (uint32_t)lists->district_count), tried = 0;

    while (around && tried++ < lists->district_count && lists->districts[at].people != facts->university->place->people)
        at = (at + 1) % lists->district_count;
    return &lists->districts[at];
}

/* Who comes from elsewhere needs a roof; who studies beside their work has one. */
static const char *draw_accommodation(const Facts *facts, const District *district, Dice *dice)
{
    bool here = !facts_abroad(facts) && district->people == facts->university->place->people;
    uint32_t at = dice_below(dice, 100);

    if (!facts_is(facts->form, "11 17"))
        return at < 70 ? "11" : at < 85 ? "12" : "14";
    if (here)
        return at < 80 ? "11" : at < 92 ? "12" : "14";
    return at < 45 ? "15" : at < 80 ? "14" : at < 92 ? "12" : "13";
}

static const char *draw_social(Dice *dice)
{
    uint32_t at = dice_below(dice, 1000);

    return at < 5 ? "11" : at < 17 ? "12" : at < 22 ? "13" : at < 24 ? "14" : "10";
}

static void add_accommodation(const Facts *facts, Buf *buf)
{
    buf_add_format(buf, "\"%s\"", facts->accommodation);
}

static void add_social_category(const Facts *facts, Buf *buf)
{
    buf_add_format(buf, "\"%s\"", facts->social);
}

static bool is_poor(const Facts *facts)
{
    return facts->poor;
}

static void add_poverty_level(const Facts *facts, Buf *buf)
{
    (void)facts;
    buf_add_text(buf, "\"11\"");
}

static void add_address(const Facts *facts, Buf *buf)
{
    Dice dice = facts_dice(facts, DICE_ADDRESS);
    const Words *place = &facts->district->words;
    const Words *street = &facts->lists->streets[dice_below(&dice, (uint32_t)facts->lists->street_count)];
    unsigned house = (unsigned)dice_between(&dice, 1, 96), flat = (unsigned)dice_between(&dice, 1, 72);
    Four four;

    snprintf(four.uz, sizeof four.uz, "%s, %s, %u-uy, %u-xonadon", place->uz, street->uz, house, flat);
    snprintf(four.cyrillic, sizeof four.cyrillic, "%s, %s, %u-уй, %u-хонадон", place->cyrillic, street->cyrillic, house,
             flat);
    snprintf(four.ru, sizeof four.ru, "%s, %s, дом %u, квартира %u", place->ru, street->ru, house, flat);
    snprintf(four.en, sizeof four.en, "%u %s, flat %u, %s", house, street->en, flat, place->en);
    buf_add_format(buf, "{\"district\":\"%s\",", facts->district->code);
    add_four(buf, "names", &four);
    buf_add_format(buf, ",\"province\":\"%.4s\"}", facts->district->code);
}

/* --- how they came ------------------------------------------------------------------------------------------------ */

Order admission_order(const Facts *facts, int *ret_points)
{
    Dice dice = facts_dice(facts, DICE_ADMISSION);
    bool master = facts_is(facts->type, "12");
    Date day = date_no_sunday((Date){ facts->entry, 8, dice_between(&dice, 20, 31) });

    *ret_points = master ? dice_between(&dice, 561, 998) : dice_between(&dice, 568, 1890);
    return (Order){ day, dice_between(&dice, 96, 128), 'T' };
}

static void add_admission(const Facts *facts, Buf *buf)
{
    int points;
    Order order = admission_order(facts, &points);

    add_date(buf, "{\"date\"", order.date);
    buf_add_format(buf, ",\"order\":\"%d-%c\",\"points\":\"%d.%d\"}", order.number, order.series, points / 10,
                   points % 10);
}

static void add_prior_education(const Facts *facts, Buf *buf)
{
    Dice dice = facts_dice(facts, DICE_SCHOOL);
    const Words *place = &facts->district->words;
    bool degree = facts_is(facts->type, "12") || facts_is(facts->form, "15");
    unsigned school = (unsigned)dice_between(&dice, 1, 60);
    int document = dice_between(&dice, 1000000, 9999999);
    Four four;

    if (facts_abroad(facts)) {
        snprintf(four.uz, sizeof four.uz, "Chet eldagi oʻrta maktab (%s)", facts->country);
        snprintf(four.cyrillic, sizeof four.cyrillic, "Чет элдаги ўрта мактаб (%s)", facts->country);
        snprintf(four.ru, sizeof four.ru, "Средняя школа за рубежом (%s)", facts->country);
        snprintf(four.en, sizeof four.en, "Secondary school abroad (%s)", facts->country);
    } else if (degree) {
        snprintf(four.uz, sizeof four.uz, "Namuna davlat universiteti, bakalavriat");
        snprintf(four.cyrillic, sizeof four.cyrillic, "Намуна давлат университети, бакалавриат");
        snprintf(four.ru, sizeof four.ru, "Государственный университет «Намуна», бакалавриат");
        snprintf(four.en, sizeof four.en, "Namuna State University, bachelor’s degree");
    } else {
        snprintf(four.uz, sizeof four.uz, "%s, %u-umumtaʼlim maktabi", place->uz, school);
        snprintf(four.cyrillic, sizeof four.cyrillic, "%s, %u-умумтаълим мактаби", place->cyrillic, school);
        snprintf(four.ru, sizeof four.ru, "%s, общеобразовательная школа № %u", place->ru, school);
        snprintf(four.en, sizeof four.en, "School No. %u, %s", school, place->en);
    }
    buf_add_format(buf, "{\"document\":\"%s %d\",", degree ? "B" : "U", document);
    add_four(buf, "names", &four);
    buf_add_format(buf, ",\"year\":%d}",
                   facts->entry - (facts_is(facts->form, "11 17") ? 0 : dice_between(&dice, 1, 6)));
}

/* --- the passport ------------------------------------------------------------------------------------------------- */

/* The letters of a passport's lower lines: capitals without apostrophes (ICAO 9303). */
static void add_machine_letters(Buf *buf, const char *name, bool old)
{
    OWNED_BUF latin;

    buf_init(&latin, 256);
    letters_to_latin(&latin, str_from(name)); /* a Cyrillic letter that strayed in is one of Latin's */
    for (const char *at = buf_text(&latin); *at; at++) {
        char letter = (char)(*at >= 'a' && *at <= 'z' ? *at - 'a' + 'A' : *at);

        if (old && letter == 'X')
            buf_add_text(buf, "KH");
        else if (old && letter == 'Q')
            buf_add_byte(buf, 'K');
        else if (old && letter == 'J')
            buf_add_text(buf, "DJ");
        else if ((letter >= 'A' && letter <= 'Z') || letter == ' ' || letter == '-')
            buf_add_byte(buf, (uint8_t)letter);
    }
}

/* Some passports still spell a name as it was once written in Russian. */
static void add_passport_name(const Facts *facts, Buf *buf)
{
    Dice dice = facts_dice(facts, DICE_PASSPORT);
    bool old = dice_chance(&dice, OLD_SPELLING_1000);

    buf_add_text(buf, "{\"given\":\"");
    add_machine_letters(buf, facts->given, old);
    buf_add_text(buf, "\",\"surname\":\"");
    add_machine_letters(buf, facts->surname, old);
    buf_add_text(buf, "\"}");
}

/* --- how they went ------------------------------------------------------------------------------------------------ */

static bool has_graduated(const Facts *facts)
{
    return facts_is(facts->status, "14");
}

static bool has_left(const Facts *facts)
{
    return facts_is(facts->status, "12");
}

static bool is_on_leave(const Facts *facts)
{
    return facts_is(facts->status, "13");
}

Order graduation_order(const Facts *facts, int *ret_diploma)
{
    Dice dice = facts_dice(facts, DICE_GRADUATION);

    *ret_diploma = dice_between(&dice, 1000000, 9999999);
    return (Order){ { facts->entry + facts->years, 6, 30 }, dice_between(&dice, 80, 92), 'B' };
}

static void add_graduation(const Facts *facts, Buf *buf)
{
    static const Words bachelor = { "bakalavr", "бакалавр", "бакалавр", "Bachelor" };
    static const Words master = { "magistr", "магистр", "магистр", "Master" };
    int diploma;
    Order order = graduation_order(facts, &diploma);

    add_date(buf, "{\"date\"", order.date);
    buf_add_format(buf, ",\"diploma\":\"%s %07d\",\"order\":\"%d-%c\",", facts_is(facts->type, "12") ? "M" : "B",
                   diploma, order.number, order.series);
    add_words(buf, "qualification", facts_is(facts->type, "12") ? &master : &bachelor);
    buf_add_byte(buf, '}');
}

Order leaving_order(const Facts *facts, const char **ret_reason)
{
    Dice dice = facts_dice(facts, DICE_LEAVING);
    static const char *const reasons[] = { "11", "11", "12", "14", "15", "15", "16", "16" };
    bool autumn = facts->semester % 2;

    *ret_reason = facts->leaving_reason[0] ? facts->leaving_reason : reasons[dice_below(&dice, COUNT(reasons))];
    Date day = { facts_began(facts) + !autumn, autumn ? 10 : 3, dice_between(&dice, 1, 28) };
    return (Order){ date_no_sunday(day), dice_between(&dice, 12, 96), 'S' };
}

static void add_leaving(const Facts *facts, Buf *buf)
{
    const char *reason;
    Order order = leaving_order(facts, &reason);

    add_date(buf, "{\"date\"", order.date);
    buf_add_format(buf, ",\"order\":\"%d-%c\",\"reason\":\"%s\"}", order.number, order.series, reason);
}

Order leave_order(const Facts *facts, const char **ret_reason)
{
    Dice dice = facts_dice(facts, DICE_LEAVE);
    static const char *const mens[] = { "11", "11", "12" }, *const womens[] = { "12", "13", "14", "14" };
    const char *drawn = facts->woman ? womens[dice_below(&dice, COUNT(womens))] : mens[dice_below(&dice, COUNT(mens))];
    Date from = date_no_sunday((Date){ facts_began(facts), 9, dice_between(&dice, 2, 20) });

    *ret_reason = facts->leave_reason[0] ? facts->leave_reason : drawn;
    return (Order){ from, dice_between(&dice, 130, 160), 'T' };
}

static void add_leave(const Facts *facts, Buf *buf)
{
    const char *reason;
    Order order = leave_order(facts, &reason);

    add_date(buf, "{\"from\"", order.date);
    buf_add_format(buf, ",\"order\":\"%d-%c\",\"reason\":\"%s\"", order.number, order.series, reason);
    add_date(buf, ",\"to\"", (Date){ order.date.year + 1, 9, 1 });
    buf_add_byte(buf, '}');
}

/* --- what HEMIS says of the years --------------------------------------------------------------------------------- */

typedef struct YearSum {
    int credits, subjects, debts;
} YearSum;

static YearSum sum_year(const Facts *facts, int year)
{
    YearSum sum = { 0 };

    for (size_t i = 0; i < facts->mark_count; i++)
        if (facts->entry + (facts->marks[i].semester - 1) / 2 == year) {
            sum.credits += facts->marks[i].credits;
            sum.subjects++;
            sum.debts += facts->marks[i].mark < 3;
        }
    return sum;
}

/* One decimal from the sums themselves: rounding the hundredths again would round 3.949 up to 4.0. */
static int gpa_tenths(const Facts *facts, int year)
{
    int products = 0, credits = 0;

    for (size_t i = 0; i < facts->mark_count; i++)
        if (facts->entry + (facts->marks[i].semester - 1) / 2 == year) {
            products += facts->marks[i].mark * facts->marks[i].credits;
            credits += facts->marks[i].credits;
        }
    return credits > 0 ? (products * 20 + credits) / (credits * 2) : 0;
}

static void add_gpa(const Facts *facts, Buf *buf)
{
    const char *comma = "";

    buf_add_byte(buf, '[');
    for (int year = facts->entry; year < facts->entry + SEMESTERS_MOST / 2; year++) {
        YearSum sum = sum_year(facts, year);
        bool last = sum_year(facts, year + 1).subjects == 0;
        int tenths = gpa_tenths(facts, year) + (facts->wanted.other_gpa && last ? 2 : 0);

        if (sum.subjects == 0)
            continue;
        buf_add_format(
            buf,
            "%s{\"academic_year\":\"%d/%d\",\"can_transfer\":%s,\"credits\":%d,\"debts\":%d,\"gpa\":\"%d.%d\","
            "\"method\":\"one_year\",\"subjects\":%d,\"year\":%d}",
            comma, year, year + 1, tenths * 10 >= GPA_LIMIT ? "true" : "false", sum.credits, sum.debts, tenths / 10,
            tenths % 10, sum.subjects, year - facts->entry + 1);
        comma = ",";
    }
    buf_add_byte(buf, ']');
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

static const struct {
    const char *key;
    void (*add)(const Facts *facts, Buf *buf); /* the value */
    bool (*has)(const Facts *facts);           /* NULL: everybody has it */
} members[] = {
    { "accommodation", add_accommodation, NULL },
    { "address", add_address, NULL },
    { "admission", add_admission, NULL },
    { "gpa", add_gpa, NULL },
    { "graduation", add_graduation, has_graduated },
    { "leave", add_leave, is_on_leave },
    { "leaving", add_leaving, has_left },
    { "passport_name", add_passport_name, NULL },
    { "poverty_level", add_poverty_level, is_poor },
    { "prior_education", add_prior_education, NULL },
    { "social_category", add_social_category, NULL },
};

void background_settle(Facts *facts)
{
    Dice dice = facts_dice(facts, DICE_HOME);
    const char *accommodation, *social;

    facts->district = draw_district(facts, &dice);
    accommodation = draw_accommodation(facts, facts->district, &dice);
    social = facts_abroad(facts) ? "10" : draw_social(&dice);
    facts->poor = !facts_abroad(facts) && dice_chance(&dice, POOR_OF_1000);
    if (!facts->accommodation[0])
        str_copy_cut(str_from(accommodation), facts->accommodation, sizeof facts->accommodation);
    if (!facts->social[0])
        str_copy_cut(str_from(social), facts->social, sizeof facts->social);
}

void background_add(const Facts *facts, const char *after, const char *before, Buf *buf)
{
    for (size_t i = 0; i < COUNT(members); i++)
        if (strcmp(members[i].key, after) > 0 && strcmp(members[i].key, before) < 0 &&
            (!members[i].has || members[i].has(facts))) {
            buf_add_format(buf, ",\"%s\":", members[i].key);
            members[i].add(facts, buf);
        }
}

bool background_complete(const Facts *facts, json_t *profile, Error *err)
{
    OWNED_BUF text;
    const char *key;
    json_t *value, *own;

    buf_init(&text, 64u << 10);
    buf_add_text(&text, "{\"\":null");
    background_add(facts, "", "~", &text);
    buf_add_byte(&text, '}');
    if (!buf_ok(&text, err))
        return false;
    OWNED(json_t) drawn = json_read(buf_str(&text), err);
    if (!drawn || json_object_del(drawn, "") != 0)
        return error_add(err, "background");
    /* What stands there already stays, a part of leave or leaving too. */
    json_object_foreach(drawn, key, value)
    {
        own = json_object_get(profile, key);
        if (own ? json_is_object(own) && json_object_update_missing(own, value) != 0
                : json_object_set(profile, key, value) != 0)
            return error_set(err, ERR_MEMORY, "profile");
    }
    return true;
}
