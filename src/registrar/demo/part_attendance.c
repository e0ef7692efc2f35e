/* Who was missing when: as many hours as the assessments say, on days on which the group's timetable has that subject.
 */
#include "registrar/demo/parts.h"

#define PAIR_HOURS      2
#define EXCUSED_OF_1000 350
#define WEEKS_BEFORE    11 /* of teaching, until the week in which the demo is made */
#define CREDIT_HOURS    12 /* of a credit's thirty, in the rooms */
#define ABSENCES_MOST   (COURSES_MOST * 20)
#define HELD_MOST       (WEEKS_BEFORE * 8)
#define LAST_PAIR       5

typedef struct Absence {
    const Course *course;
    int kind, pair;
    Date date;
    bool excused;
} Absence;

typedef struct Absences {
    size_t count;
    Absence items[ABSENCES_MOST]; /* by date */
} Absences;

typedef struct Held { /* a lesson on its day */
    int kind, pair;
    Date date;
} Held;

typedef struct HeldLessons {
    size_t count;
    Held items[HELD_MOST];
} HeldLessons;

static void hold(const Placed *placed, HeldLessons *ret)
{
    for (int week = 0; week < WEEKS_BEFORE && ret->count < HELD_MOST; week++)
        if (placed->weeks == WEEKS_ALL || (placed->weeks == WEEKS_ODD) == (week % 2 == 0))
            ret->items[ret->count++] =
                (Held){ placed->lesson.kind, placed->pair + 1, date_add_days(teaching_from, 7 * week + placed->day) };
}

/* By the timetable; who has none, or too little of the subject, had it when sessions have it. */
static void hold_all(const Timetable *timetable, const Course *course, size_t wanted, HeldLessons *ret)
{
    ret->count = 0;
    for (size_t i = 0; i < timetable->count; i++)
        if (timetable->items[i].lesson.course == course)
            hold(&timetable->items[i], ret);
    for (int day = 5; day >= 0 && ret->count < wanted; day--)
        hold(&(Placed){ { course, LESSON_LECTURE }, day, LAST_PAIR, WEEKS_ALL, 0 }, ret);
}

static void add(Absences *absences, const Absence *absence)
{
    size_t at = absences->count;

    if (at == ABSENCES_MOST)
        return;
    for (; at > 0 && date_compare(absences->items[at - 1].date, absence->date) > 0; at--)
        absences->items[at] = absences->items[at - 1];
    absences->items[at] = *absence;
    absences->count++;
}

/* Each lesson is as likely as any other, and none is missed twice. */
static void draw(const Timetable *timetable, const Course *course, size_t wanted, Dice *dice, Absences *ret)
{
    HeldLessons held;

    hold_all(timetable, course, wanted, &held);
    for (size_t i = 0; i < held.count && wanted > 0; i++) {
        if (dice_below(dice, (uint32_t)(held.count - i)) >= wanted)
            continue;
        add(ret, &(Absence){ course, held.items[i].kind, held.items[i].pair, held.items[i].date,
                             dice_chance(dice, EXCUSED_OF_1000) });
        wanted--;
    }
}

static void add_row(const Facts *facts, const Absence *absence, Buf *buf)
{
    buf_add_format(buf, "{\"absent_off\":%d,\"absent_on\":%d", absence->excused ? 0 : PAIR_HOURS,
                   absence->excused ? PAIR_HOURS : 0);
    add_date(buf, ",\"date\"", absence->date);
    buf_add_format(buf, ",\"kind\":\"%d\",\"pair\":%d,\"subject\":%s,", absence->kind, absence->pair,
                   absence->course->subject->json);
    add_teacher(buf, facts, absence->course->subject, absence->kind);
    buf_add_byte(buf, '}');
}

static void add_subjects(const Semester *semester, Buf *buf)
{
    const char *comma = "";

    buf_add_text(buf, ",\"subjects\":[");
    for (size_t i = 0; i < semester->count; i++) {
        const Course *course = &semester->courses[i];

        if (!course_is_taught(course))
            continue;
        buf_add_format(buf, "%s{\"contact_hours\":%d,\"subject\":%s}", comma, course->credits * CREDIT_HOURS,
                       course->subject->json);
        comma = ",";
    }
    buf_add_byte(buf, ']');
}

void attendance_write(const Facts *facts, Buf *buf)
{
    const Semester *semester = facts_running(facts);
    Dice assessments = facts_dice(facts, DICE_ASSESSMENTS), dice = facts_dice(facts, DICE_ATTENDANCE);
    int began = facts_began(facts);
    Absences absences = { 0 };
    Timetable timetable;

    if (!semester)
        return;
    timetable_draw(facts, &timetable);
    for (size_t i = 0; i < semester->count; i++)
        if (course_is_taught(&semester->courses[i]))
            draw(&timetable, &semester->courses[i],
                 (size_t)(assessment_draw(facts, &assessments).absent_hours / PAIR_HOURS), &dice, &absences);
    buf_add_format(buf, "{\"academic_year\":\"%d/%d\",\"rows\":[", began, began + 1);
    for (size_t i = 0; i < absences.count; i++) {
        if (i > 0)
            buf_add_byte(buf, ',');
        add_row(facts, &absences.items[i], buf);
    }
    buf_add_format(buf, "],\"semester\":%d", facts->semester);
    add_subjects(semester, buf);
    buf_add_byte(buf, '}');
}
