/* What the end of studies asks for: the clearance sheet's marks, and where a graduate is sent. */
#include <string.h>

#include "registrar/demo/parts.h"

/* --- clearance ---------------------------------------------------------------------------------------------------- */

static bool concerns(const Facts *facts, const char *unit)
{
    if (strcmp(unit, "dormitory") == 0)
        return facts_is(facts->accommodation, "15");
    if (strcmp(unit, "military") == 0)
        return !facts->woman && !facts_abroad(facts);
    return true;
}

static uint32_t cleared_of_100(const Facts *facts, const char *unit)
{
    if (facts_is(facts->status, "14"))
        return 100;
    if (strcmp(unit, "accounting") == 0 && facts->wanted.paid >= 0)
        return facts->wanted.paid == 100 ? 100 : 0;
    return facts_is(facts->status, "11") ? 55 : 75;
}

void clearance_write(const Facts *facts, Buf *buf)
{
    static const char *const units[] = { "library",  "dormitory",   "accounting", "dean", "department",
                                         "military", "trade-union", "archive",    "it" };
    Dice dice = facts_dice(facts, DICE_CLEARANCE);
    bool graduated = facts_is(facts->status, "14");
    Date first = graduated ? (Date){ facts->entry + facts->years, 6, 8 } : (Date){ DEMO_YEAR, 11, 3 };
    const char *comma = "";

    buf_add_byte(buf, '[');
    for (size_t i = 0; i < COUNT(units); i++) {
        bool cleared = dice_below(&dice, 100) < cleared_of_100(facts, units[i]);
        Date day = date_no_sunday(date_add_days(first, dice_between(&dice, 0, 16)));

        if (!concerns(facts, units[i]))
            continue;
        buf_add_format(buf, "%s{\"cleared\":%s", comma, cleared ? "true" : "false");
        if (cleared)
            add_date(buf, ",\"date\"", day);
        buf_add_format(buf, ",\"unit\":\"%s\"}", units[i]);
        comma = ",";
    }
    buf_add_byte(buf, ']');
}

/* --- distribution ------------------------------------------------------------------------------------------------- */

static const Employer *draw_employer(const Facts *facts, Dice *dice)
{
    const Lists *lists = facts->lists;
    size_t own[EMPLOYERS_MOST], count = 0;

    for (size_t i = 0; i < lists->employer_count; i++)
        if (facts->faculty && strcmp(lists->employers[i].faculty, facts->faculty->id) == 0)
            own[count++] = i;
    return &lists->employers[count > 0 ? own[dice_below(dice, (uint32_t)count)] : 0];
}

/* Graduates, and who studies their last year on a grant: the board has seen them in November already. */
void distribution_write(const Facts *facts, Buf *buf)
{
    Dice dice = facts_dice(facts, DICE_DISTRIBUTION);
    bool graduated = facts_is(facts->status, "14");
    bool last_year =
        facts_is(facts->status, "11") && facts_is(facts->payment, "11") && (facts->semester + 1) / 2 == facts->years;
    const Employer *employer = draw_employer(facts, &dice);
    int year = facts->entry + facts->years;

    if (!graduated && !last_year)
        return;
    buf_add_format(buf, "{\"agreed\":%s", graduated || dice_chance(&dice, 700) ? "true" : "false");
    add_date(buf, ",\"board\":{\"date\"", graduated ? (Date){ year, 5, 20 } : (Date){ year - 1, 11, 12 });
    buf_add_format(buf, ",\"number\":\"%d\"},\"employer\":{", dice_between(&dice, 1, 6));
    add_words(buf, "address", &employer->address);
    buf_add_byte(buf, ',');
    add_words(buf, "names", &employer->name);
    add_date(buf, "},\"from\"", (Date){ year, 8, 1 });
    buf_add_byte(buf, ',');
    add_words(buf, "post", &employer->post);
    buf_add_format(buf, ",\"salary\":%d}", 100000 * dice_between(&dice, 28, 64));
}
