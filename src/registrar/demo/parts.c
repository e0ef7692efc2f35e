#include "registrar/demo/parts.h"

#include <stdio.h>

const char *const demo_part_names[DEMO_PARTS] = { "results",      "assessments",       "schedule",  "exams",
                                                  "contract",     "scholarship",       "dormitory", "clearance",
                                                  "distribution", "personal_schedule", "photo",     "attendance",
                                                  "orders",       "electives" };

void parts_write(const Facts *facts, Buf *const parts[DEMO_PARTS])
{
    static void (*const writes[DEMO_PARTS])(const Facts *facts, Buf *buf) = { NULL,
                                                                              assessments_write,
                                                                              schedule_write,
                                                                              exams_write,
                                                                              contract_write,
                                                                              scholarship_write,
                                                                              dormitory_write,
                                                                              clearance_write,
                                                                              distribution_write,
                                                                              personal_schedule_write,
                                                                              photo_write,
                                                                              attendance_write,
                                                                              orders_write,
                                                                              electives_write };

    for (size_t i = 1; i < DEMO_PARTS; i++)
        if (parts[i])
            writes[i](facts, parts[i]);
}

/* --- what they share ---------------------------------------------------------------------------------------------- */

void add_words(Buf *buf, const char *key, const Words *words)
{
    if (key)
        buf_add_format(buf, "\"%s\":", key);
    buf_add_format(buf, "{\"en\":\"%s\",\"ru\":\"%s\",\"uz\":\"%s\",\"uz-Cyrl\":\"%s\"}", words->en, words->ru,
                   words->uz, words->cyrillic);
}

void add_four(Buf *buf, const char *key, const Four *four)
{
    const Words words = { four->uz, four->cyrillic, four->ru, four->en };

    add_words(buf, key, &words);
}

void add_date(Buf *buf, const char *before, Date date)
{
    buf_add_format(buf, "%s:\"%04d-%02d-%02d\"", before, date.year, date.month, date.day);
}

Date date_no_sunday(Date date)
{
    while (date_weekday(date) == 7 || (date.month == 1 && date.day == 1))
        date = date_add_days(date, 1);
    return date;
}

/* "Sh. Tursunov": Uzbek Latin takes the whole of its letters of two signs. */
static void add_initial(Buf *buf, const char *name)
{
    static const char *const twos[] = { "Sh", "Ch", "Oʻ", "Gʻ", "Yo", "Yu", "Ya", "Ye" };
    Str rest = str_from(name);

    for (size_t i = 0; i < COUNT(twos); i++)
        if (str_starts(rest, str_from(twos[i]))) {
            buf_add_format(buf, "%s. ", twos[i]);
            return;
        }
    if (rest.len > 0)
        buf_add_char(buf, utf8_next(&rest));
    buf_add_text(buf, ". ");
}

void add_teacher(Buf *buf, const Facts *facts, const Subject *subject, int kind)
{
    Dice dice = facts_word_dice(facts, DICE_TEACHER, subject->code);

    for (int i = LESSON_LECTURE; i < kind; i++) /* who lectures is not who leads the practicals */
        dice_word(&dice);
    const People *people = &facts->lists->peoples[dice_below(&dice, (uint32_t)facts->lists->people_count)];
    int woman = (int)dice_below(&dice, 2);
    const SpelledList *given = &people->given[woman], *surnames = &people->surnames[woman];

    buf_add_text(buf, "\"teacher\":\"");
    add_initial(buf, given->items[dice_below(&dice, (uint32_t)given->count)].latin);
    buf_add_format(buf, "%s\"", surnames->items[dice_below(&dice, (uint32_t)surnames->count)].latin);
}

void add_building(Buf *buf, const Building *building)
{
    add_words(buf, "building", &building->words);
}

const Building *building_of(const Facts *facts)
{
    size_t at = facts->faculty ? (size_t)(facts->faculty - facts->lists->faculties) : 0;

    return &facts->lists->buildings[at % facts->lists->building_count];
}

int room_draw(Dice *dice)
{
    int floor = dice_between(dice, 1, 4);

    return floor * 100 + dice_between(dice, 1, 20);
}
