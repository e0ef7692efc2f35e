/* What is offered to be chosen for the next semester: where the curriculum has a subject of choice, that one and others
 * of as many credits that are subjects of choice elsewhere. */
#include <string.h>

#include "registrar/demo/parts.h"

#define BESIDE_MOST 2 /* of each subject of choice */
#define TRIES_MOST  40

static const Semester *next_semester(const Facts *facts)
{
    return facts_running(facts) && (size_t)facts->semester < facts->programme->semester_count
               ? &facts->programme->semesters[facts->semester]
               : NULL;
}

static void add_offer(const Facts *facts, const Course *course, const char *comma, Buf *buf)
{
    buf_add_format(buf, "%s{\"credits\":%d,\"semester\":%d,\"subject\":%s,", comma, course->credits,
                   facts->semester + 1, course->subject->json);
    add_teacher(buf, facts, course->subject, LESSON_LECTURE);
    buf_add_byte(buf, '}');
}

static bool is_in_curriculum(const Programme *programme, const Subject *subject)
{
    for (size_t i = 0; i < programme->semester_count; i++)
        for (size_t k = 0; k < programme->semesters[i].count; k++)
            if (programme->semesters[i].courses[k].subject == subject)
                return true;
    return false;
}

/* A subject of choice of any programme; NULL: there was none of so many credits. */
static const Course *draw_other(const Facts *facts, const Course *of, Dice *dice)
{
    const Lists *lists = facts->lists;

    for (int i = 0; i < TRIES_MOST; i++) {
        const Programme *programme = &lists->programmes[dice_below(dice, (uint32_t)lists->programme_count)];
        const Semester *semester = &programme->semesters[dice_below(dice, (uint32_t)programme->semester_count)];
        const Course *course = &semester->courses[dice_below(dice, (uint32_t)semester->count)];

        if (course->chosen && !course->kind && course->credits == of->credits &&
            !is_in_curriculum(facts->programme, course->subject))
            return course;
    }
    return NULL;
}

/* The same for a whole programme: all of a group choose from one list. */
void electives_write(const Facts *facts, Buf *buf)
{
    const Semester *semester = next_semester(facts);
    const char *comma = "";

    for (size_t i = 0; semester && i < semester->count; i++) {
        const Course *course = &semester->courses[i], *offered[BESIDE_MOST + 1] = { course };
        Dice dice = facts_word_dice(facts, DICE_TIMETABLE, course->subject->code);
        size_t count = 1;

        if (!course->chosen)
            continue;
        for (int k = 0; k < BESIDE_MOST; k++) {
            const Course *other = draw_other(facts, course, &dice);

            if (other && (count == 1 || other->subject != offered[1]->subject))
                offered[count++] = other;
        }
        buf_add_text(buf, comma[0] ? "" : "[");
        for (size_t k = 0; k < count; k++) {
            add_offer(facts, offered[k], comma, buf);
            comma = ",";
        }
    }
    if (comma[0])
        buf_add_byte(buf, ']');
}
