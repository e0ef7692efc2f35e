/* What is paid and what is given: the contract, the scholarship, the place in a dormitory.  Sums are plausible ones in
 * soʻm, of no tariff. */
#include <stdio.h>
#include <string.h>

#include "registrar/demo/parts.h"

#define MILLION       1000000
#define HALF_MILLION  (MILLION / 2)
#define BASIC_MONTHLY 512000
#define EXCELLENT     450 /* hundredths of GPA: the increased scholarship */

/* --- contract ----------------------------------------------------------------------------------------------------- */

/* One price for a programme and a form. */
static int64_t base_sum(const Facts *facts)
{
    Dice dice = facts_word_dice(facts, DICE_PRICE, facts->programme ? facts->programme->id : "");
    int64_t halves = dice_between(&dice, 18, 30); /* of a million */

    if (facts_is(facts->type, "12"))
        halves += 5;
    else if (facts_is(facts->form, "12 13 14"))
        halves -= 4;
    else if (facts_is(facts->form, "16"))
        halves -= 7;
    else if (facts_is(facts->form, "15 17"))
        halves += 3;
    return halves * HALF_MILLION;
}

static const char *contract_kind(const Facts *facts, Dice *dice)
{
    uint32_t at = dice_below(dice, 100);

    return facts_abroad(facts) ? "004" : at < 86 ? "001" : at < 96 ? "002" : "003";
}

static int paid_percent(const Facts *facts, Dice *dice)
{
    uint32_t at = dice_below(dice, 100);

    if (facts->wanted.paid >= 0)
        return facts->wanted.paid;
    if (!facts_is(facts->status, "11"))
        return 100;
    return at < 28 ? 100 : at < 40 ? 75 : at < 78 ? 50 : at < 92 ? 25 : 0;
}

static void add_payments(const Facts *facts, int64_t paid, Dice *dice, Buf *buf)
{
    int count = paid == 0 ? 0 : paid <= 3 * MILLION ? 1 : dice_between(dice, 1, 3);
    Date day = { facts_began(facts), 9, dice_between(dice, 6, 20) };

    buf_add_text(buf, ",\"payments\":[");
    for (int i = 0; i < count; i++) {
        int64_t sum = i + 1 == count ? paid : paid / (count - i) / 1000 * 1000;

        day = date_no_sunday(day);
        add_date(buf, i ? ",{\"date\"" : "{\"date\"", day);
        buf_add_format(buf, ",\"reference\":\"T-%08d\",\"sum\":%lld}", dice_between(dice, 10000000, 99999999),
                       (long long)sum);
        paid -= sum;
        day = date_add_days(day, dice_between(dice, 14, 26));
    }
    buf_add_byte(buf, ']');
}

/* A quarter each time; what does not come out even, the last time. */
static void add_dues(const Facts *facts, int64_t sum, Buf *buf)
{
    int year = facts_began(facts);
    const Date days[] = { { year, 10, 1 }, { year + 1, 1, 1 }, { year + 1, 4, 1 }, { year + 1, 6, 1 } };
    int64_t quarter = sum / 4 / 1000 * 1000;

    buf_add_text(buf, ",\"due\":[");
    for (size_t i = 0; i < COUNT(days); i++) {
        add_date(buf, i ? ",{\"date\"" : "{\"date\"", days[i]);
        buf_add_format(buf, ",\"sum\":%lld}", (long long)(i + 1 < COUNT(days) ? quarter : sum - 3 * quarter));
    }
    buf_add_byte(buf, ']');
}

void contract_write(const Facts *facts, Buf *buf)
{
    Dice dice = facts_dice(facts, DICE_CONTRACT);
    const char *kind = contract_kind(facts, &dice);
    int64_t base = base_sum(facts), whole = base, discount = 0;
    int year = facts_began(facts);

    if (!facts_is(facts->payment, "12"))
        return;
    if (kind[2] == '2')
        whole = base * dice_between(&dice, 13, 20) / 10 / HALF_MILLION * HALF_MILLION;
    else if (kind[2] == '3' || kind[2] == '4')
        whole = base * 3 / 2 / HALF_MILLION * HALF_MILLION;
    if (facts_is(facts->social, "11 12 13") || dice_chance(&dice, 30))
        discount = whole / 10;
    int64_t sum = whole - discount, paid = sum * paid_percent(facts, &dice) / 100 / 1000 * 1000;

    buf_add_format(buf, "{\"academic_year\":\"%d/%d\",\"base\":%lld", year, year + 1, (long long)base);
    add_date(buf, ",\"date\"", date_no_sunday((Date){ year, 9, dice_between(&dice, 1, 5) }));
    buf_add_format(buf, ",\"discount\":%lld", (long long)discount);
    add_dues(facts, sum, buf);
    buf_add_format(buf, ",\"kind\":\"%s\",\"number\":\"%02d/%05d\",\"paid\":%lld", kind, facts->entry % 100,
                   (int)(facts->which % 100000), (long long)paid);
    add_payments(facts, paid, &dice, buf);
    buf_add_format(buf, ",\"sum\":%lld}", (long long)sum);
}

/* --- scholarship -------------------------------------------------------------------------------------------------- */

/* NULL: none.  Grants of the daytime form without debts; the first semester has no results and its scholarship. */
static const char *scholarship_kind(const Facts *facts)
{
    if (facts->wanted.scholarship)
        return facts->wanted.scholarship;
    if (!facts_is(facts->status, "11") || !facts_is(facts->form, "11") || !facts_is(facts->payment, "11") ||
        facts_debts(facts) > 0)
        return NULL;
    if (facts_is(facts->social, "11 12 13"))
        return "social";
    return facts_gpa(facts, facts_began(facts) - 1) >= EXCELLENT ? "increased" : "basic";
}

bool scholarship_order(const Facts *facts, Order *ret)
{
    Dice dice = facts_dice(facts, DICE_SCHOLARSHIP);
    Date day = date_no_sunday((Date){ facts_began(facts), 9, dice_between(&dice, 2, 8) });

    *ret = (Order){ day, dice_between(&dice, 97, 112), 'S' };
    return scholarship_kind(facts) != NULL;
}

void scholarship_write(const Facts *facts, Buf *buf)
{
    static const Words named = { "Alisher Navoiy nomidagi davlat stipendiyasi",
                                 "Алишер Навоий номидаги давлат стипендияси",
                                 "Государственная стипендия имени Алишера Навои", "Alisher Navoiy State Scholarship" };
    const char *kind = scholarship_kind(facts);
    int year = facts_began(facts);
    int64_t monthly = facts_is(facts->type, "12") ? BASIC_MONTHLY * 8 / 5 : BASIC_MONTHLY;
    Order order;

    if (!scholarship_order(facts, &order))
        return;
    if (strcmp(kind, "increased") == 0 || strcmp(kind, "social") == 0)
        monthly = monthly * 3 / 2;
    if (strcmp(kind, "named") == 0)
        monthly *= 5;
    add_date(buf, "{\"from\"", (Date){ year, 9, 1 });
    buf_add_format(buf, ",\"kind\":\"%s\",\"monthly\":%lld,", kind, (long long)monthly);
    if (strcmp(kind, "named") == 0) {
        add_words(buf, "names", &named);
        buf_add_byte(buf, ',');
    }
    add_date(buf, "\"order\":{\"date\"", order.date);
    buf_add_format(buf, ",\"number\":\"%d-%c\"}", order.number, order.series);
    add_date(buf, ",\"to\"", (Date){ year + 1, 1, 31 });
    buf_add_byte(buf, '}');
}

/* --- dormitory ---------------------------------------------------------------------------------------------------- */

void dormitory_write(const Facts *facts, Buf *buf)
{
    Dice dice = facts_dice(facts, DICE_DORMITORY);
    const Lists *lists = facts->lists;
    const Building *house = &lists->dormitories[dice_below(&dice, (uint32_t)lists->dormitory_count)];
    int year = facts_began(facts), month = dice_between(&dice, 10, 13);
    Four name;

    if (!facts_is(facts->accommodation, "15") || !facts_is(facts->status, "11"))
        return;
    snprintf(name.uz, sizeof name.uz, "%s-talabalar turar joyi", house->id);
    snprintf(name.cyrillic, sizeof name.cyrillic, "%s-талабалар турар жойи", house->id);
    snprintf(name.ru, sizeof name.ru, "Студенческое общежитие № %s", house->id);
    snprintf(name.en, sizeof name.en, "Student Dormitory No. %s", house->id);
    buf_add_byte(buf, '{');
    add_words(buf, "address", &house->words);
    buf_add_byte(buf, ',');
    add_four(buf, "building", &name);
    buf_add_format(buf, ",\"fee_month\":%d", 150000 + 10000 * dice_between(&dice, 0, 6));
    add_date(buf, ",\"from\"", (Date){ year, 9, 1 });
    buf_add_format(buf, ",\"number\":\"%s\"", house->id);
    add_date(buf, ",\"order\":{\"date\"", date_no_sunday((Date){ year, 8, dice_between(&dice, 25, 31) }));
    buf_add_format(buf, ",\"number\":\"%d-Y\"}", dice_between(&dice, 40, 58));
    add_date(buf, ",\"paid_until\"",
             (Date){ month > 12 ? year + 1 : year, month > 12 ? 1 : month,
                     date_days_in_month(year, month > 12 ? 1 : month) });
    buf_add_format(buf, ",\"place\":\"%d\"", dice_between(&dice, 1, 4));
    buf_add_format(buf, ",\"room\":\"%d\"", room_draw(&dice));
    add_date(buf, ",\"to\"", (Date){ year + 1, 6, 30 });
    buf_add_byte(buf, '}');
}
