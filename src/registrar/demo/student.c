/* One student: who it is, what is studied how, and what came of it so far; then the other parts of the record. */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "registrar/demo/dice.h"
#include "registrar/demo/parts.h"
#include "registrar/demo/person.h"

#define STUDENT         4 /* what dice are thrown for; the institution's number is added above it */
#define NUMBERS         100000u
#define NUMBER_SCATTER  61803u /* has no divisor in common with NUMBERS */
#define TAKEN_CODE      799    /* of a number that one of the well-known has: a branch's */
#define BRANCH_CODE     700    /* where a year has more students than five digits */
#define ABROAD_IN_1000S 10
#define LEAVE_IN_1000S  11
#define GONE_IN_1000S   12

typedef struct Studies {
    const Group *group;
    size_t round;
    int semester; /* the one that he is in */
    int finished; /* semesters with results */
    int ability;
    const char *status, *payment;
} Studies;

/* --- numbers and passwords --------------------------------------------------------------------------------------- */

static bool is_taken(const DemoUniversity *university, const char *number)
{
    const json_t *known = demo_well_known(university->demo);

    for (size_t i = 0; university->number == 0 && i < json_array_size(known); i++) {
        const char *other = json_string_value(json_object_get(json_array_get(known, i), "number"));

        if (other && strcmp(other, number) == 0)
            return true;
    }
    return false;
}

/* University, year of entry, bachelor's or master's, and five digits that are given once each, in no order. */
static void write_number(const DemoUniversity *university, const Group *group, int seat, size_t round, char ret[16])
{
    int class = group_class(group);
    size_t serial = round * (size_t)university->classes[class] + (size_t)(group->class_before + seat);
    unsigned branch = (unsigned)(serial / NUMBERS), year = (unsigned)group->entry % 100;
    unsigned scattered = (unsigned)((serial % NUMBERS * NUMBER_SCATTER + university->demo->plan.seed) % NUMBERS);
    unsigned type = group_is_master(group) ? 12 : 11;

    snprintf(ret, 16, "%03u%02u%02u%05u", branch == 0 ? (unsigned)university->code : BRANCH_CODE + branch, year, type,
             scattered);
    if (is_taken(university, ret))
        snprintf(ret, 16, "%03u%02u%02u%05u", (unsigned)TAKEN_CODE, year, type, scattered);
}

/* A word and digits that thumbs can type: at least eight characters, a letter and a digit among them. */
static void draw_password(Dice *dice, char ret[24])
{
    static const char *const words[] = { "bahor", "yoz",    "kuz",  "qish",   "kitob", "daryo", "bulut",  "olma",
                                         "anor",  "quyosh", "lola", "chinor", "qalam", "buloq", "yulduz", "tong" };
    const char *word = words[dice_below(dice, COUNT(words))];
    size_t len = strlen(word);
    int digits = len < 4 ? 8 - (int)len : 4, low = 1;

    for (int i = 1; i < digits; i++)
        low *= 10;
    snprintf(ret, 24, "%s%d", word, dice_between(dice, low, low * 10 - 1));
}

/* --- studies ----------------------------------------------------------------------------------------------------- */

static int usual_semester(const Group *group)
{
    return group->graduated ? group->years * 2 : (DEMO_YEAR - group->entry) * 2 + 1;
}

static void draw_studies(const Group *group, bool abroad, Dice *dice, Studies *ret)
{
    int ability = dice_bell(dice, 78, 9);
    bool grant;

    *ret = (Studies){ .group = group, .semester = usual_semester(group), .status = group->graduated ? "14" : "11" };
    ret->ability = ability < 58 ? 58 : ability > 94 ? 94 : ability;
    ret->finished = group->graduated ? ret->semester : ret->semester - 1;
    /* Grants are for daytime students, and go to the abler ones first. */
    grant = !abroad && strchr("drm", group->way) && dice_chance(dice, ret->ability >= 84 ? 750 : 240);
    ret->payment = grant ? "11" : "12";
    if (!group->graduated && dice_chance(dice, LEAVE_IN_1000S))
        ret->status = "13";
    else if (!group->graduated && ret->semester > 2 && dice_chance(dice, GONE_IN_1000S)) {
        ret->status = "12";
        ret->ability = 55;
        ret->semester = dice_between(dice, 2, ret->semester);
        ret->finished = ret->semester - 1;
        ret->payment = "12";
    }
    if ((size_t)ret->finished > group->programme->semester_count)
        ret->finished = (int)group->programme->semester_count;
}

Date exam_day(int year, int semester, size_t at)
{
    Date first = semester % 2 ? (Date){ year + 1, 1, 8 } : (Date){ year + 1, 6, 5 };

    return date_no_sunday(date_add_days(first, (int)(at * 5 / 2)));
}

static int mark_of(int points)
{
    return points >= 90 ? 5 : points >= 70 ? 4 : points >= 60 ? 3 : 2;
}

/* Most failed exams were passed at the second try; what is left is the debt.  Old debts are rarer. */
static int draw_points(const Studies *studies, int semester, Dice *dice)
{
    int points = dice_bell(dice, studies->ability, 8);

    points = points < 22 ? 22 : points > 100 ? 100 : points;
    if (points < 60 && dice_chance(dice, semester < studies->semester - 2 ? 880 : 700))
        points = dice_between(dice, 60, 66);
    return points;
}

static void add_result(const Course *course, const Mark *mark, int year, Date day, Buf *buf)
{
    buf_add_format(buf, "{\"academic_year\":\"%d/%d\",\"credits\":%d", year, year + 1, course->credits);
    add_date(buf, ",\"date\"", day);
    buf_add_format(buf, ",\"hours\":%d", course->credits * 30);
    if (course->kind)
        buf_add_format(buf, ",\"kind\":\"%s\"", course->kind);
    buf_add_format(buf, ",\"mark\":%d,\"points\":%d,\"semester\":%d,\"subject\":%s,\"type\":\"%s\"}", mark->mark,
                   mark->points, mark->semester, course->subject->json, course->chosen ? "12" : "11");
}

/* Into both: the part as it is stored, and the marks that other parts are made from. */
static void draw_results(const Studies *studies, Dice *dice, Facts *facts, Buf *buf)
{
    const Programme *programme = studies->group->programme;
    Mark *marks = facts->marks;
    size_t count = 0;

    buf_add_byte(buf, '[');
    for (int semester = 1; semester <= studies->finished; semester++) {
        int year = studies->group->entry + (semester - 1) / 2;

        for (size_t at = 0; at < programme->semesters[semester - 1].count && count < MARKS_MOST; at++) {
            const Course *course = &programme->semesters[semester - 1].courses[at];
            int points = draw_points(studies, semester, dice);

            marks[count] = (Mark){ semester, course->credits, points, mark_of(points), course->subject };
            if (count > 0)
                buf_add_byte(buf, ',');
            add_result(course, &marks[count++], year, exam_day(year, semester, at), buf);
        }
    }
    buf_add_byte(buf, ']');
    facts->mark_count = count;
}

/* --- the record -------------------------------------------------------------------------------------------------- */

/* Form and kind are told by the group's name, as faculties do: k evening, s part-time, ms special part-time, i second
 * degree, d distance, q joint, m master's, r in Russian.  The well-known students sit in the first groups of their
 * university. */
static const struct Way {
    char way;
    const char *form, *suffix;
} ways[] = {
    { 'd', "11", "" },   { 'r', "11", "r" }, { 'm', "11", "m" }, { 'e', "12", "k" }, { 'p', "13", "s" },
    { 's', "14", "ms" }, { 'b', "15", "i" }, { 'o', "16", "d" }, { 'j', "17", "q" },
};

static const struct Way *way_of(const Group *group)
{
    size_t at = 0;

    while (at + 1 < COUNT(ways) && ways[at].way != group->way)
        at++;
    return &ways[at];
}

size_t group_first(const DemoUniversity *university)
{
    return university->skipped ? 2 : 1;
}

void group_name(const Group *group, size_t n, char *array, size_t size)
{
    snprintf(array, size, "%.8s-%02d-%zu%s", group->programme->id, group->entry % 100, n, way_of(group)->suffix);
}

static void settle_facts(const DemoUniversity *university, const Person *person, const Studies *studies,
                         const char *number, Facts *ret)
{
    const Group *group = studies->group;

    *ret = (Facts){ .university = university,
                    .lists = university->demo->lists,
                    .woman = person->woman,
                    .entry = group->entry,
                    .semester = studies->semester,
                    .years = group->years,
                    .programme = group->programme,
                    .faculty = group->faculty,
                    .wanted.paid = -1 };
    if (!str_to_u64(str_from(number), 0, UINT64_MAX, &ret->which))
        ret->which = 0;
    group_name(studies->group, studies->round + group_first(university), ret->group, sizeof ret->group);
    str_copy_cut(str_from(person->surname), ret->surname, sizeof ret->surname);
    str_copy_cut(str_from(person->given), ret->given, sizeof ret->given);
    str_copy_cut(str_from(person->country), ret->country, sizeof ret->country);
    str_copy_cut(str_from(strcmp(person->country, "UZ") == 0 ? "11" : "12"), ret->citizenship, sizeof ret->citizenship);
    str_copy_cut(str_from(studies->status), ret->status, sizeof ret->status);
    str_copy_cut(str_from(studies->payment), ret->payment, sizeof ret->payment);
    str_copy_cut(str_from(way_of(group)->form), ret->form, sizeof ret->form);
    str_copy_cut(str_from(group_is_master(group) ? "12" : "11"), ret->type, sizeof ret->type);
    background_settle(ret);
}

static void add_profile(const Facts *facts, const Person *person, bool russian, const char *birth, Buf *buf)
{
    int began = facts_began(facts);

    buf_add_format(buf, "{\"academic_year\":\"%d/%d\"", began, began + 1);
    background_add(facts, "academic_year", "birth_date", buf);
    buf_add_format(buf, ",\"birth_date\":\"%s\",\"citizenship\":{\"code\":\"%s\",\"country\":\"%s\"}", birth,
                   facts->citizenship, facts->country);
    buf_add_format(buf, ",\"education_form\":\"%s\",\"education_type\":\"%s\",\"entry_year\":%d", facts->form,
                   facts->type, facts->entry);
    buf_add_format(buf, ",\"faculty\":{\"code\":\"%d-%s\",\"names\":%s},\"gender\":\"%s\"", facts->university->code,
                   facts->faculty->code, facts->faculty->names_json, facts->woman ? "12" : "11");
    buf_add_format(buf, ",\"given\":\"%s\"", facts->given);
    background_add(facts, "given", "group", buf);
    buf_add_format(buf, ",\"group\":\"%s\",\"language\":\"%s\"", facts->group, russian ? "12" : "11");
    background_add(facts, "language", "names", buf);
    buf_add_format(buf, ",\"names\":{\"en\":\"%s\",\"ru\":\"%s\",\"uz\":\"%s\",\"uz-Cyrl\":\"%s\"}", person->en,
                   person->ru, person->uz, person->cyrillic);
    background_add(facts, "names", "patronymic", buf);
    buf_add_format(buf, ",\"patronymic\":\"%s\",\"payment_form\":\"%s\"", person->patronymic, facts->payment);
    background_add(facts, "payment_form", "programme", buf);
    buf_add_format(buf, ",\"programme\":%s,\"semester\":%d", facts->programme->json, facts->semester);
    background_add(facts, "semester", "status", buf);
    buf_add_format(buf, ",\"status\":\"%s\",\"surname\":\"%s\",\"year\":%d,\"years_of_programme\":%d}", facts->status,
                   facts->surname, (facts->semester + 1) / 2, facts->years);
}

static int draw_age(const Group *group, Dice *dice)
{
    if (group_is_master(group))
        return dice_between(dice, 22, 27);
    return strchr("dr", group->way) ? dice_between(dice, 18, 20) : dice_between(dice, 19, 31);
}

void demo_student_draw(const DemoUniversity *university, size_t index, DemoStudent *ret)
{
    const Demo *demo = university->demo;
    Dice dice = dice_of(demo->plan.seed, STUDENT + university->number * 16, index);
    Studies studies;
    size_t round;
    int seat;
    const Group *group = university_group(university, index, &seat, &round);
    bool abroad = strchr("drm", group->way) && dice_chance(&dice, ABROAD_IN_1000S);
    Person person;
    Facts facts;
    char birth[11];

    if (abroad)
        person_draw_abroad(demo->lists, &dice, &person);
    else
        person_draw(demo->lists, university->place->people, group->way == 'r', &dice, &person);
    draw_studies(group, abroad, &dice, &studies);
    studies.round = round;
    write_number(university, group, seat, round, ret->number);
    draw_password(&dice, ret->password);
    person_draw_birth(demo->plan.seed, (uint64_t)university->number * DEMO_STUDENTS_MOST + index,
                      group->entry - draw_age(group, &dice), person.woman, birth, ret->pinfl);
    if (abroad)
        ret->pinfl[0] = '\0';
    settle_facts(university, &person, &studies, ret->number, &facts);
    draw_results(&studies, &dice, &facts, ret->parts[0]);
    add_profile(&facts, &person, group->way == 'r', birth, ret->profile);
    parts_write(&facts, ret->parts);
}
