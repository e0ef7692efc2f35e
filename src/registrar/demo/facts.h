/* What the parts of one record are made from: so that the well-known, who come from a file, and those who are drawn
 * have theirs by the same rules.  Inside demo/. */
#ifndef REGISTRAR_DEMO_FACTS_H
#define REGISTRAR_DEMO_FACTS_H

#include <jansson.h>

#include "base/date.h"
#include "registrar/demo/dice.h"
#include "registrar/demo/university.h"

#define MARKS_MOST 160

/* A row of results. */
typedef struct Mark {
    int semester, credits, points, mark;
    const Subject *subject;
} Mark;

/* What somebody well-known is there for, where the dice would have it otherwise (assets/demo/README.md). */
typedef struct Wanted {
    int paid;                /* percent of the contract; -1: as it falls */
    const char *scholarship; /* kind; NULL: as the rule has it */
    bool personal_schedule;
    bool other_gpa; /* than the rule gives: HEMIS is believed to err */
    int photo;      /* of assets/demo/photos; 0: none */
} Wanted;

typedef struct Facts {
    const DemoUniversity *university;
    const Lists *lists;
    uint64_t which;              /* the student's number: nobody shares it */
    char surname[64], given[64]; /* in Latin */
    char status[4], type[4], form[4], payment[4], country[4], citizenship[4];
    char accommodation[4], social[4], leave_reason[4], leaving_reason[4];
    char group[40];
    bool woman, poor;
    const District *district; /* where home is */
    int entry, semester, years;
    const Programme *programme; /* NULL: one that no list has */
    const Faculty *faculty;
    size_t mark_count;
    Mark marks[MARKS_MOST];
    Wanted wanted;
} Facts;

/* What dice are thrown for: each has a stream of its own, so that a change of one part changes no other. */
typedef enum FactsDice {
    DICE_HOME,
    DICE_ADDRESS,
    DICE_ADMISSION,
    DICE_SCHOOL,
    DICE_PASSPORT,
    DICE_GRADUATION,
    DICE_LEAVING,
    DICE_LEAVE,
    DICE_CONTRACT,
    DICE_SCHOLARSHIP,
    DICE_DORMITORY,
    DICE_CLEARANCE,
    DICE_ASSESSMENTS,
    DICE_DISTRIBUTION,
    DICE_PERSONAL,
    DICE_TIMETABLE, /* a group's */
    DICE_EXAMS,     /* a group's */
    DICE_PRICE,     /* a programme's */
    DICE_TEACHER,   /* a subject's */
    DICE_ATTENDANCE,
    DICE_ORDERS /* a group's */
} FactsDice;

/* Of a profile and results as records have them; number: digits.  Borrows from the three and from the lists. */
void facts_read(const DemoUniversity *university, const char *number, const json_t *profile, const json_t *results,
                const json_t *wanted, Facts *ret);

Dice facts_dice(const Facts *facts, FactsDice what);
Dice facts_group_dice(const Facts *facts, FactsDice what);
/* Of a word instead: a programme, a subject. */
Dice facts_word_dice(const Facts *facts, FactsDice what, const char *word);

bool facts_is(const char *code, const char *of); /* one of "13 14 16" */
/* The courses that are taught to the student now; NULL: none. */
const Semester *facts_running(const Facts *facts);
/* The calendar year in which the student's academic year began. */
int facts_began(const Facts *facts);
bool facts_abroad(const Facts *facts);
/* Of the academic year that began then, in hundredths, by credits; 0 without results. */
int facts_gpa(const Facts *facts, int year);
size_t facts_debts(const Facts *facts);
/* The mean of all points; 76 without results. */
int facts_ability(const Facts *facts);

#endif
