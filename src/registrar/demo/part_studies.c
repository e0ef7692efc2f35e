/* What the running semester holds: the week's lessons, exams, results so far, and a schedule of one's own. */
#include <assert.h>
#include <string.h>

#include "registrar/demo/parts.h"

#define DAYS  6
#define PAIRS 6

/* --- what they share ---------------------------------------------------------------------------------------------- */

bool course_is_taught(const Course *course)
{
    return course->kind == NULL;
}

/* --- schedule ----------------------------------------------------------------------------------------------------- */

/* A Monday, and a Saturday before the session. */
const Date teaching_from = { DEMO_YEAR, 9, 7 }, teaching_to = { DEMO_YEAR, 12, 12 };

typedef struct Lessons {
    size_t count, half_count;
    Lesson items[TIMETABLE_MOST];  /* one each week */
    Lesson halves[TIMETABLE_MOST]; /* every other week */
} Lessons;

static int second_kind(const Facts *facts, const Course *course)
{
    Dice dice = facts_word_dice(facts, DICE_TIMETABLE, course->subject->code);
    static const int kinds[] = { LESSON_LABORATORY, LESSON_PRACTICAL, LESSON_PRACTICAL, LESSON_SEMINAR };

    return kinds[dice_below(&dice, COUNT(kinds))];
}

static void collect_lessons(const Facts *facts, const Semester *semester, Lessons *ret)
{
    *ret = (Lessons){ 0 };
    for (size_t i = 0; i < semester->count; i++) {
        const Course *course = &semester->courses[i];

        if (course->kind && strcmp(course->kind, "coursework") == 0)
            ret->halves[ret->half_count++] = (Lesson){ course, LESSON_COURSEWORK };
        if (!course_is_taught(course))
            continue;
        ret->items[ret->count++] = (Lesson){ course, LESSON_LECTURE };
        ret->items[ret->count++] = (Lesson){ course, second_kind(facts, course) };
        if (course->credits >= 6)
            ret->halves[ret->half_count++] = (Lesson){ course, LESSON_PRACTICAL };
    }
}

static void shuffle(Lesson *lessons, size_t count, Dice *dice)
{
    for (size_t i = count; i > 1; i--) {
        size_t other = dice_below(dice, (uint32_t)i);
        Lesson lesson = lessons[i - 1];

        lessons[i - 1] = lessons[other];
        lessons[other] = lesson;
    }
}

/* One slot is one lesson, or two that take turns: so no group, teacher or room is wanted twice.  Each day is filled
 * from its first pair on, without gaps. */
static void place_week(const Facts *facts, const Lessons *lessons, Dice *dice, Timetable *ret)
{
    bool evening = facts_is(facts->form, "12");
    size_t slots = lessons->count + (lessons->half_count + 1) / 2, done = 0, half = 0;
    size_t days = slots > 15 || evening ? DAYS : DAYS - 1;

    for (size_t day = 0; day < days; day++) {
        size_t a_day = slots / days + (day < slots % days);
        size_t first = evening ? PAIRS - 2 : dice_below(dice, 2);

        if (evening && a_day > 2)
            a_day = 2;
        for (size_t i = 0; i < a_day && first + i < PAIRS; i++, done++) {
            Placed placed = { .day = (int)day, .pair = (int)(first + i), .weeks = WEEKS_ALL };

            if (done < lessons->count) {
                placed.lesson = lessons->items[done];
                placed.room = room_draw(dice);
                ret->items[ret->count++] = placed;
                continue;
            }
            for (int turn = 0; turn < 2 && half < lessons->half_count; turn++) {
                placed.lesson = lessons->halves[half++];
                placed.weeks = turn == 0 ? WEEKS_ODD : WEEKS_EVEN;
                placed.room = room_draw(dice);
                ret->items[ret->count++] = placed;
            }
        }
    }
}

bool timetable_draw(const Facts *facts, Timetable *ret)
{
    const Semester *semester = facts_running(facts);
    Dice dice = facts_group_dice(facts, DICE_TIMETABLE);
    Lessons lessons;

    ret->count = 0;
    /* Part-time and distance students come for sessions, not for weeks. */
    if (!semester || facts_is(facts->form, "13 14 16"))
        return false;
    collect_lessons(facts, semester, &lessons);
    shuffle(lessons.items, lessons.count, &dice);
    place_week(facts, &lessons, &dice, ret);
    return true;
}

static void add_lesson(const Facts *facts, const Placed *placed, Buf *buf)
{
    static const char *const from[] = { "08:30", "10:00", "11:30", "13:30", "15:00", "16:30", "17:30", "19:00" };
    static const char *const to[] = { "09:50", "11:20", "12:50", "14:50", "16:20", "17:50", "18:50", "20:20" };
    static const char *const weeks[] = { [WEEKS_ALL] = "all", [WEEKS_ODD] = "odd", [WEEKS_EVEN] = "even" };
    const Lists *lists = facts->lists;
    const Lesson *lesson = &placed->lesson;
    bool laboratory = lesson->kind == LESSON_LABORATORY, evening = facts_is(facts->form, "12");
    const Building *building = laboratory ? &lists->buildings[lists->building_count - 1] : building_of(facts);
    int at = evening ? placed->pair + 2 : placed->pair; /* the two last pairs of the evening begin later than by day */

    buf_add_byte(buf, '{');
    add_building(buf, building);
    buf_add_format(buf, ",\"day\":%d,\"from\":\"%s\",\"kind\":\"%d\",\"pair\":%d,\"room\":\"%s-%d\",\"subject\":%s,",
                   placed->day + 1, from[at], lesson->kind, placed->pair + 1, building->id, placed->room,
                   lesson->course->subject->json);
    add_teacher(buf, facts, lesson->course->subject, lesson->kind);
    buf_add_format(buf, ",\"to\":\"%s\",\"weeks\":\"%s\"}", to[at], weeks[placed->weeks]);
}

void schedule_write(const Facts *facts, Buf *buf)
{
    Timetable timetable;

    if (!timetable_draw(facts, &timetable))
        return;
    add_date(buf, "{\"from\"", (Date){ DEMO_YEAR, 11, 23 });
    buf_add_text(buf, ",\"rows\":[");
    for (size_t i = 0; i < timetable.count; i++) {
        if (i > 0)
            buf_add_byte(buf, ',');
        add_lesson(facts, &timetable.items[i], buf);
    }
    add_date(buf, "],\"teaching\":{\"from\"", teaching_from);
    add_date(buf, ",\"to\"", teaching_to);
    add_date(buf, "},\"to\"", (Date){ DEMO_YEAR, 11, 28 });
    buf_add_byte(buf, '}');
}

/* --- exams -------------------------------------------------------------------------------------------------------- */

#define RETAKES_MOST 3

static void add_exam(const Facts *facts, const Subject *subject, const char *attempt, Date day, Dice *dice, Buf *buf)
{
    const Building *building = building_of(facts);
    const char *from = facts_is(facts->form, "12") ? "17:30" : dice_chance(dice, 650) ? "09:00" : "14:00";

    buf_add_format(buf, "{\"attempt\":\"%s\",", attempt);
    add_building(buf, building);
    add_date(buf, ",\"date\"", day);
    buf_add_format(buf, ",\"from\":\"%s\",\"kind\":\"13\",\"room\":\"%s-%d\",\"subject\":%s,", from, building->id,
                   room_draw(dice), subject->json);
    add_teacher(buf, facts, subject, LESSON_LECTURE);
    buf_add_byte(buf, '}');
}

/* Debts are retaken before the session: the second record sheet. */
static const char *add_retakes(const Facts *facts, Date first, Buf *buf)
{
    Dice dice = facts_dice(facts, DICE_EXAMS); /* what is the student's own moves nobody else's exam */
    const char *comma = "";
    int done = 0;

    for (size_t i = 0; i < facts->mark_count && done < RETAKES_MOST; i++) {
        if (facts->marks[i].mark >= 3 || !facts->marks[i].subject)
            continue;
        buf_add_text(buf, comma);
        add_exam(facts, facts->marks[i].subject, done == 0 ? "12" : "13",
                 date_no_sunday(date_add_days(first, 2 * done)), &dice, buf);
        comma = ",";
        done++;
    }
    return comma;
}

/* In the sessions of campaigns.json, where the demo is made in November. */
static Date session_day(const Facts *facts)
{
    return facts_is(facts->form, "16")   ? (Date){ DEMO_YEAR, 12, 28 }
           : facts_is(facts->form, "14") ? (Date){ DEMO_YEAR, 12, 1 }
                                         : (Date){ DEMO_YEAR, 12, 15 };
}

void exams_write(const Facts *facts, Buf *buf)
{
    const Semester *semester = facts_running(facts);
    Dice dice = facts_group_dice(facts, DICE_EXAMS);
    bool session = facts_is(facts->form, "13 14 16");
    Date first = session ? session_day(facts) : exam_day(DEMO_YEAR, facts->semester, 0);
    Date retakes = session ? (Date){ DEMO_YEAR, 11, 24 } : (Date){ DEMO_YEAR, 12, 14 };
    const char *comma;
    size_t at = 0;

    if (!semester)
        return;
    buf_add_byte(buf, '[');
    comma = add_retakes(facts, retakes, buf);
    for (size_t i = 0; i < semester->count; i++) {
        if (!course_is_taught(&semester->courses[i]))
            continue;
        Date day =
            session ? date_no_sunday(date_add_days(first, (int)(2 * at))) : exam_day(DEMO_YEAR, facts->semester, at);

        buf_add_text(buf, comma);
        add_exam(facts, semester->courses[i].subject, "11", day, &dice, buf);
        comma = ",";
        at++;
    }
    buf_add_byte(buf, ']');
}

/* --- assessments -------------------------------------------------------------------------------------------------- */

static int part_of(int most, int ability, Dice *dice)
{
    int points = (most * dice_bell(dice, ability, 9) + 50) / 100;

    return points < 0 ? 0 : points > most ? most : points;
}

static int draw_absence(Dice *dice)
{
    uint32_t at = dice_below(dice, 100);

    return 2 * (at < 45 ? 0 : at < 90 ? dice_between(dice, 1, 5) : at < 98 ? dice_between(dice, 6, 11) : 18);
}

Assessed assessment_draw(const Facts *facts, Dice *dice)
{
    int ability = facts_ability(facts);
    Assessed assessed = { .absent_hours = draw_absence(dice), .midterm = -1 };

    assessed.current = part_of(30, ability, dice);
    if (dice_chance(dice, 800))
        assessed.midterm = part_of(20, ability, dice);
    return assessed;
}

/* In November the current assessment is under way, of most subjects the midterm is behind them, and no final yet. */
void assessments_write(const Facts *facts, Buf *buf)
{
    const Semester *semester = facts_running(facts);
    Dice dice = facts_dice(facts, DICE_ASSESSMENTS);
    int began = facts_began(facts);
    const char *comma = "";

    if (!semester)
        return;
    buf_add_format(buf, "{\"academic_year\":\"%d/%d\",\"rows\":[", began, began + 1);
    for (size_t i = 0; i < semester->count; i++) {
        const Course *course = &semester->courses[i];

        if (!course_is_taught(course))
            continue;
        Assessed assessed = assessment_draw(facts, &dice);
        buf_add_format(buf, "%s{\"absent_hours\":%d", comma, assessed.absent_hours);
        buf_add_format(buf, ",\"credits\":%d,\"current\":{\"max\":30,\"points\":%d},\"final\":null,\"midterm\":",
                       course->credits, assessed.current);
        if (assessed.midterm >= 0)
            buf_add_format(buf, "{\"max\":20,\"points\":%d}", assessed.midterm);
        else
            buf_add_text(buf, "null");
        buf_add_format(buf, ",\"subject\":%s}", course->subject->json);
        comma = ",";
    }
    buf_add_format(buf, "],\"semester\":%d}", facts->semester);
}

/* --- a schedule of one's own -------------------------------------------------------------------------------------- */

#define PERSONAL_OF_1000 12

static void add_personal_row(const Facts *facts, const Subject *subject, int credits, int day, Buf *buf)
{
    buf_add_format(buf, "{\"credits\":%d,\"hours\":%d,\"subject\":%s,", credits, credits * 30, subject->json);
    add_teacher(buf, facts, subject, LESSON_LECTURE);
    add_date(buf, ",\"until\"", date_no_sunday((Date){ DEMO_YEAR, 12, day }));
    buf_add_byte(buf, '}');
}

bool personal_order(const Facts *facts, Order *ret)
{
    Dice dice = facts_dice(facts, DICE_PERSONAL);
    bool drawn = dice_chance(&dice, PERSONAL_OF_1000);
    Date day = date_no_sunday((Date){ DEMO_YEAR, 9, dice_between(&dice, 8, 12) });

    *ret = (Order){ day, dice_between(&dice, 20, 60), 'G' };
    return facts_running(facts) && (drawn || facts->wanted.personal_schedule);
}

void personal_schedule_write(const Facts *facts, Buf *buf)
{
    const Semester *semester = facts_running(facts);
    const char *comma = "";
    int day = 5;
    Order order;

    if (!personal_order(facts, &order))
        return;
    add_date(buf, "{\"from\"", (Date){ DEMO_YEAR, 9, 14 });
    add_date(buf, ",\"order\":{\"date\"", order.date);
    buf_add_format(buf, ",\"number\":\"%d-%c\"},\"rows\":[", order.number, order.series);
    for (size_t i = 0; i < semester->count; i++) {
        if (!course_is_taught(&semester->courses[i]))
            continue;
        buf_add_text(buf, comma);
        add_personal_row(facts, semester->courses[i].subject, semester->courses[i].credits, day, buf);
        comma = ",";
        day += 3;
    }
    add_date(buf, "],\"to\"", (Date){ DEMO_YEAR, 12, 26 });
    buf_add_byte(buf, '}');
}
