#include "registrar/demo/facts.h"

#include <string.h>

#define USUAL_ABILITY 76
#define FIRST_OF_DICE 64 /* above what university.c and student.c throw dice for */

/* --- reading ----------------------------------------------------------------------------------------------------- */

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text ? text : "";
}

static int number_of(const json_t *object, const char *key)
{
    return (int)json_integer_value(json_object_get(object, key));
}

static void copy(const json_t *object, const char *key, char *array, size_t size)
{
    str_copy_cut(str_from(text_of(object, key)), array, size);
}

static const Subject *subject_of(const Lists *lists, const char *code)
{
    for (size_t i = 0; i < lists->subject_count; i++)
        if (strcmp(lists->subjects[i].code, code) == 0)
            return &lists->subjects[i];
    return NULL;
}

static const Programme *programme_of(const Lists *lists, const char *code)
{
    for (size_t i = 0; i < lists->programme_count; i++)
        if (strcmp(lists->programmes[i].code, code) == 0)
            return &lists->programmes[i];
    return NULL;
}

/* "401-101": the university's code, the faculty's. */
static const Faculty *faculty_of(const Lists *lists, const char *code)
{
    const char *own = strchr(code, '-');

    for (size_t i = 0; own && i < lists->faculty_count; i++)
        if (strcmp(lists->faculties[i].code, own + 1) == 0)
            return &lists->faculties[i];
    return NULL;
}

static void read_marks(Facts *facts, const json_t *results)
{
    size_t at;
    json_t *row;

    json_array_foreach(results, at, row)
    {
        const char *code = text_of(json_object_get(row, "subject"), "code");

        if (facts->mark_count == MARKS_MOST)
            return;
        facts->marks[facts->mark_count++] =
            (Mark){ number_of(row, "semester"), number_of(row, "credits"), number_of(row, "points"),
                    number_of(row, "mark"), subject_of(facts->lists, code) };
    }
}

static Wanted read_wanted(const json_t *wanted)
{
    const json_t *paid = json_object_get(wanted, "paid");

    return (Wanted){ .paid = json_is_integer(paid) ? (int)json_integer_value(paid) : -1,
                     .scholarship = json_string_value(json_object_get(wanted, "scholarship")),
                     .personal_schedule = json_is_true(json_object_get(wanted, "personal_schedule")),
                     .other_gpa = json_is_true(json_object_get(wanted, "other_gpa")),
                     .photo = number_of(wanted, "photo") };
}

void facts_read(const DemoUniversity *university, const char *number, const json_t *profile, const json_t *results,
                const json_t *wanted, Facts *ret)
{
    const Lists *lists = university->demo->lists;

    *ret = (Facts){ .university = university,
                    .lists = lists,
                    .entry = number_of(profile, "entry_year"),
                    .semester = number_of(profile, "semester"),
                    .years = number_of(profile, "years_of_programme"),
                    .woman = strcmp(text_of(profile, "gender"), "12") == 0,
                    .programme = programme_of(lists, text_of(json_object_get(profile, "programme"), "code")),
                    .faculty = faculty_of(lists, text_of(json_object_get(profile, "faculty"), "code")),
                    .wanted = read_wanted(wanted) };
    if (!str_to_u64(str_from(number), 0, UINT64_MAX, &ret->which))
        ret->which = 0;
    copy(profile, "surname", ret->surname, sizeof ret->surname);
    copy(profile, "given", ret->given, sizeof ret->given);
    copy(profile, "status", ret->status, sizeof ret->status);
    copy(profile, "education_type", ret->type, sizeof ret->type);
    copy(profile, "education_form", ret->form, sizeof ret->form);
    copy(profile, "payment_form", ret->payment, sizeof ret->payment);
    copy(profile, "group", ret->group, sizeof ret->group);
    copy(profile, "accommodation", ret->accommodation, sizeof ret->accommodation);
    copy(profile, "social_category", ret->social, sizeof ret->social);
    copy(json_object_get(profile, "citizenship"), "country", ret->country, sizeof ret->country);
    copy(json_object_get(profile, "citizenship"), "code", ret->citizenship, sizeof ret->citizenship);
    copy(json_object_get(profile, "leave"), "reason", ret->leave_reason, sizeof ret->leave_reason);
    copy(json_object_get(profile, "leaving"), "reason", ret->leaving_reason, sizeof ret->leaving_reason);
    read_marks(ret, results);
}

/* --- dice -------------------------------------------------------------------------------------------------------- */

/* FNV-1a. */
static uint64_t hash_of(const char *word)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);

    for (; *word; word++)
        hash = (hash ^ (unsigned char)*word) * UINT64_C(0x100000001B3);
    return hash;
}

static uint64_t seed_of(const Facts *facts)
{
    return facts->university->demo->plan.seed;
}

Dice facts_dice(const Facts *facts, FactsDice what)
{
    return dice_of(seed_of(facts), FIRST_OF_DICE + (uint64_t)what, facts->which);
}

Dice facts_word_dice(const Facts *facts, FactsDice what, const char *word)
{
    return dice_of(seed_of(facts), FIRST_OF_DICE + (uint64_t)what, hash_of(word) + facts->university->number);
}

Dice facts_group_dice(const Facts *facts, FactsDice what)
{
    return facts_word_dice(facts, what, facts->group);
}

/* --- what follows from them -------------------------------------------------------------------------------------- */

bool facts_is(const char *code, const char *of)
{
    return code[0] && strstr(of, code);
}

const Semester *facts_running(const Facts *facts)
{
    bool taught = facts_is(facts->status, "11") && facts->programme && facts->semester >= 1 &&
                  (size_t)facts->semester <= facts->programme->semester_count;

    return taught ? &facts->programme->semesters[facts->semester - 1] : NULL;
}

int facts_began(const Facts *facts)
{
    return facts->entry + (facts->semester - 1) / 2;
}

bool facts_abroad(const Facts *facts)
{
    return facts_is(facts->citizenship, "12");
}

int facts_gpa(const Facts *facts, int year)
{
    int products = 0, credits = 0;

    for (size_t i = 0; i < facts->mark_count; i++)
        if (facts->entry + (facts->marks[i].semester - 1) / 2 == year) {
            products += facts->marks[i].mark * facts->marks[i].credits;
            credits += facts->marks[i].credits;
        }
    return credits > 0 ? (products * 200 + credits) / (credits * 2) : 0;
}

size_t facts_debts(const Facts *facts)
{
    size_t debts = 0;

    for (size_t i = 0; i < facts->mark_count; i++)
        debts += facts->marks[i].mark < 3;
    return debts;
}

int facts_ability(const Facts *facts)
{
    int sum = 0;

    for (size_t i = 0; i < facts->mark_count; i++)
        sum += facts->marks[i].points;
    return facts->mark_count > 0 ? sum / (int)facts->mark_count : USUAL_ABILITY;
}
