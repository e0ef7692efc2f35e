/* The parts of a record beside profile and results, each made by one function of what is known of the student and of
 * the dice: canonical JSON in the shapes of assets/demo/README.md, nothing where the student has no such thing.
 * Consistent with each other: who lives in a dormitory has a place there, payments sum up to what is paid.  Inside
 * demo/. */
#ifndef REGISTRAR_DEMO_PARTS_H
#define REGISTRAR_DEMO_PARTS_H

#include "registrar/demo/facts.h"

/* Where the student comes from and lives, which the parts below ask for: what the profile does not say is drawn. */
void background_settle(Facts *facts);
/* What the profile says beyond name and studies: of its members those whose keys lie between the two, each as
 * ,"KEY":VALUE in order. */
void background_add(const Facts *facts, const char *after, const char *before, Buf *buf);
/* All of them into a profile; what it says already stays. */
bool background_complete(const Facts *facts, json_t *profile, Error *err) MUST_USE;

/* All but the results, each at its place (demo.h); what has no buffer is left out. */
void parts_write(const Facts *facts, Buf *const parts[DEMO_PARTS]);

void contract_write(const Facts *facts, Buf *buf);
void scholarship_write(const Facts *facts, Buf *buf);
void dormitory_write(const Facts *facts, Buf *buf);
void schedule_write(const Facts *facts, Buf *buf);
void exams_write(const Facts *facts, Buf *buf);
void assessments_write(const Facts *facts, Buf *buf);
void clearance_write(const Facts *facts, Buf *buf);
void distribution_write(const Facts *facts, Buf *buf);
void personal_schedule_write(const Facts *facts, Buf *buf);
void photo_write(const Facts *facts, Buf *buf);
void attendance_write(const Facts *facts, Buf *buf);
void orders_write(const Facts *facts, Buf *buf);
void electives_write(const Facts *facts, Buf *buf);

/* --- what they share --------------------------------------------------------------------------------------------- */

/* A phrase in four languages while it is made. */
typedef struct Four {
    char uz[256], cyrillic[384], ru[384], en[256];
} Four;

/* "KEY":{"en":...}, key NULL: without. */
void add_words(Buf *buf, const char *key, const Words *words);
void add_four(Buf *buf, const char *key, const Four *four);
/* before, then :"2026-09-05" */
void add_date(Buf *buf, const char *before, Date date);
/* The same day, or the next one where it is a Sunday or New Year's Day. */
Date date_no_sunday(Date date);
/* HEMIS's training_type. */
enum {
    LESSON_LECTURE = 11,
    LESSON_LABORATORY = 12,
    LESSON_PRACTICAL = 13,
    LESSON_SEMINAR = 14,
    LESSON_COURSEWORK = 16
};

typedef struct Lesson {
    const Course *course;
    int kind; /* training_type */
} Lesson;

typedef enum LessonWeeks { WEEKS_ALL, WEEKS_ODD, WEEKS_EVEN } LessonWeeks;

typedef struct Placed {
    Lesson lesson;
    int day, pair; /* from 0 on */
    LessonWeeks weeks;
    int room;
} Placed;

#define TIMETABLE_MOST 72 /* six days of six pairs, each of which may be two that take turns */

typedef struct Timetable {
    size_t count;
    Placed items[TIMETABLE_MOST];
} Timetable;

/* The weeks of the semester in which there are lessons; the first one is odd. */
extern const Date teaching_from, teaching_to;
/* Of the student's group; false: it has none. */
bool timetable_draw(const Facts *facts, Timetable *ret);
/* Whether there are lessons and an exam of it: not of practice and coursework. */
bool course_is_taught(const Course *course);

/* What came so far of one of the semester's courses. */
typedef struct Assessed {
    int absent_hours;
    int current, midterm; /* points of 30 and of 20; midterm -1: it is still to come */
} Assessed;

/* Of one taught course after the other, from dice of DICE_ASSESSMENTS. */
Assessed assessment_draw(const Facts *facts, Dice *dice);

/* An order about the student, the same wherever the record names it; written "112-T". */
typedef struct Order {
    Date date;
    int number;
    char series;
} Order;

Order admission_order(const Facts *facts, int *ret_points);
Order graduation_order(const Facts *facts, int *ret_diploma);
Order leaving_order(const Facts *facts, const char **ret_reason);
Order leave_order(const Facts *facts, const char **ret_reason); /* dated as the leave begins */
/* False: there is none. */
bool scholarship_order(const Facts *facts, Order *ret);
bool personal_order(const Facts *facts, Order *ret);

/* "teacher":"N. Tursunov", always the same one for a subject and a kind of lesson. */
void add_teacher(Buf *buf, const Facts *facts, const Subject *subject, int kind);
/* "building":{...} */
void add_building(Buf *buf, const Building *building);
/* Where a faculty is at home. */
const Building *building_of(const Facts *facts);
/* 101 .. 420 */
int room_draw(Dice *dice);

#endif
