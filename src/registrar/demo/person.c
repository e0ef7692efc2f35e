#include "registrar/demo/person.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"

#define AREAS        900 /* 100..999 */
#define SERIALS      1000
#define SCATTERED    ((uint64_t)AREAS * SERIALS)
#define SCATTER      UINT64_C(617161) /* has no divisor in common with SCATTERED */
#define DAYS         28
#define BIRTHDAYS    (12 * DAYS)
#define ODD_IN_1000S 4

/* --- names ------------------------------------------------------------------------------------------------------- */

static const Spelled *pick(const SpelledList *list, Dice *dice)
{
    return &list->items[dice_below(dice, (uint32_t)list->count)];
}

/* Most students come from around; a group in Russian is half of those who speak it at home. */
static const People *pick_people(const Lists *lists, const People *home, bool russian, Dice *dice)
{
    bool cyrillic = russian && dice_chance(dice, 550);
    uint32_t sum = 0, at;

    if (!cyrillic && dice_chance(dice, 600))
        return home;
    for (size_t i = 0; i < lists->people_count; i++)
        sum += !cyrillic || lists->peoples[i].cyrillic ? (uint32_t)lists->peoples[i].share : 0;
    at = sum > 0 ? dice_below(dice, sum) : 0;
    for (size_t i = 0; i < lists->people_count && sum > 0; i++) {
        uint32_t share = !cyrillic || lists->peoples[i].cyrillic ? (uint32_t)lists->peoples[i].share : 0;

        if (at < share)
            return &lists->peoples[i];
        at -= share;
    }
    return home;
}

/* ASCII alone has other capitals here: surnames stand in Latin. */
static void write_large(char *text)
{
    for (; *text; text++)
        if (*text >= 'a' && *text <= 'z')
            *text = (char)(*text - 'a' + 'A');
}

static void write_english(Person *person)
{
    char surname[sizeof person->surname];

    str_copy_cut(str_from(person->surname), surname, sizeof surname);
    write_large(surname);
    snprintf(person->en, sizeof person->en, "%s %s%s%s", person->given, person->patronymic,
             person->patronymic[0] ? " " : "", surname);
}

/* Replaces the first `from` of text, where what comes out fits. */
static bool replace(char *text, size_t size, const char *from, const char *to)
{
    char *at = strstr(text, from);
    size_t behind = at ? strlen(at + strlen(from)) + 1 : 0;

    if (!at || strlen(text) - strlen(from) + strlen(to) >= size)
        return false;
    memmove(at + strlen(to), at + strlen(from), behind);
    for (size_t i = 0; to[i]; i++)
        at[i] = to[i];
    return true;
}

static void spoil_all(Person *person, const char *from, const char *to)
{
    (void)replace(person->uz, sizeof person->uz, from, to);
    (void)replace(person->surname, sizeof person->surname, from, to);
    (void)replace(person->given, sizeof person->given, from, to);
    (void)replace(person->patronymic, sizeof person->patronymic, from, to);
}

/* What real records are full of. */
static void spoil(Person *person, Dice *dice)
{
    switch (dice_below(dice, 6)) {
    case 0:
        spoil_all(person, "\u02BB", "'");
        spoil_all(person, "\u02BC", "\u2019");
        break;
    case 1: spoil_all(person, "a", "\u0430"); break;
    case 2: (void)replace(person->uz, sizeof person->uz, " ", "  "); break;
    case 3: write_large(person->uz); break;
    case 4: str_copy_cut(str_from(person->en), person->ru, sizeof person->ru); break;
    default: (void)replace(person->cyrillic, sizeof person->cyrillic, "\u0430", "\u044F"); break;
    }
}

void person_draw(const Lists *lists, const People *home, bool russian, Dice *dice, Person *ret)
{
    const People *people = pick_people(lists, home, russian, dice);
    bool woman = dice_below(dice, 2);
    const Spelled *surname = pick(&people->surnames[woman], dice), *given = pick(&people->given[woman], dice);
    const Spelled *patronymic = pick(&people->fathers[woman], dice);

    *ret = (Person){ .woman = woman, .country = "UZ" };
    str_copy_cut(str_from(surname->latin), ret->surname, sizeof ret->surname);
    str_copy_cut(str_from(given->latin), ret->given, sizeof ret->given);
    str_copy_cut(str_from(patronymic->latin), ret->patronymic, sizeof ret->patronymic);
    snprintf(ret->uz, sizeof ret->uz, "%s %s %s", surname->latin, given->latin, patronymic->latin);
    snprintf(ret->cyrillic, sizeof ret->cyrillic, "%s %s %s", surname->cyrillic, given->cyrillic, patronymic->cyrillic);
    snprintf(ret->ru, sizeof ret->ru, "%s %s %s", surname->russian, given->russian, patronymic->russian);
    write_english(ret);
    if (dice_chance(dice, ODD_IN_1000S))
        spoil(ret, dice);
}

void person_draw_abroad(const Lists *lists, Dice *dice, Person *ret)
{
    const People *people = &lists->abroad[dice_below(dice, (uint32_t)lists->abroad_count)];
    bool woman = dice_below(dice, 2);

    *ret = (Person){ .woman = woman, .country = people->name };
    str_copy_cut(str_from(pick(&people->surnames[woman], dice)->latin), ret->surname, sizeof ret->surname);
    str_copy_cut(str_from(pick(&people->given[woman], dice)->latin), ret->given, sizeof ret->given);
    snprintf(ret->uz, sizeof ret->uz, "%s %s", ret->surname, ret->given);
    memcpy(ret->cyrillic, ret->uz, sizeof ret->uz);
    memcpy(ret->ru, ret->uz, sizeof ret->uz);
    write_english(ret);
}

/* --- birth ------------------------------------------------------------------------------------------------------- */

/* 14 digits: sex and century, day, month and year, area, serial, and the check digit over weights 7, 3, 1.  Whoever has
 * the same area and serial was born on another day of another year: so no two are the same. */
void person_draw_birth(uint64_t seed, uint64_t which, int year, bool woman, char ret_date[11], char ret_pinfl[15])
{
    static const int weights[] = { 7, 3, 1 };
    uint64_t scattered = (which % SCATTERED * SCATTER + seed) % SCATTERED;
    Dice dice = dice_of(seed, 2, scattered);
    unsigned birthday = (unsigned)((dice_below(&dice, BIRTHDAYS) + which / SCATTERED) % BIRTHDAYS);
    unsigned month = birthday / DAYS + 1, day = birthday % DAYS + 1;
    int sum = 0;

    snprintf(ret_date, 11, "%04u-%02u-%02u", (unsigned)year % 10000, month % 100, day % 100);
    snprintf(ret_pinfl, 15, "%d%02u%02u%02u%03u%03u", (year >= 2000 ? 5 : 3) + woman, day % 100, month % 100,
             (unsigned)year % 100, (unsigned)(scattered / SERIALS + 100) % 1000, (unsigned)(scattered % SERIALS));
    for (int i = 0; i < 13; i++)
        sum += (ret_pinfl[i] - '0') * weights[i % 3];
    ret_pinfl[13] = (char)('0' + sum % 10);
    ret_pinfl[14] = '\0';
}
