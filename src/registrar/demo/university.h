/* One institution's plan: which groups there are, and who sits in which.  Inside demo/. */
#ifndef REGISTRAR_DEMO_UNIVERSITY_H
#define REGISTRAR_DEMO_UNIVERSITY_H

#include "base/date.h"
#include "registrar/demo/demo.h"
#include "registrar/demo/lists.h"

#define DEMO_YEAR        2026 /* its academic year is 2026/2027, its semester the autumn one */
#define GROUPS_MOST      160
#define ENTRIES          5             /* years of entry: DEMO_YEAR and those before */
#define CLASSES          (ENTRIES * 2) /* of numbers: a year of entry, bachelor's or master's */
#define DEMO_PHOTOS_MOST 16

struct Demo {
    DemoPlan plan;
    json_t *university; /* university.json */
    Lists *lists;
    Buf photos[DEMO_PHOTOS_MOST]; /* photos/01.png is the first; empty: there is no such */
};

/* A group of each round: KI-25-1 in the first, KI-25-2 in the second. */
typedef struct Group {
    const Faculty *faculty;
    const Programme *programme;
    char way; /* of faculties.txt */
    bool graduated;
    int entry, years, size;
    int before;       /* students of the round in groups before this one */
    int class_before; /* those of them whose numbers are of the same class */
} Group;

struct DemoUniversity {
    const Demo *demo;
    size_t number, students, skipped; /* skipped: the well-known ones, who sit in groups of their own */
    char id[DEMO_ID_SIZE];
    int code; /* HEMIS's of the university: 401.. */
    const Place *place;
    const Kind *kind; /* NULL: the first, which has the first faculties of the list */
    size_t group_count;
    Group groups[GROUPS_MOST];
    int round; /* students of one */
    int classes[CLASSES];
};

/* university.json's students, borrowed. */
const json_t *demo_well_known(const Demo *demo);

/* Winter exams from 8 January after that year's autumn, summer ones from 5 June, one in two or three days, never on a
 * Sunday. */
Date exam_day(int year, int semester, size_t at);

bool group_is_master(const Group *group);
int group_class(const Group *group);

/* "KI-25-2": the n-th that is taught in this way.  In the first institution the well-known sit in the first ones. */
void group_name(const Group *group, size_t n, char *array, size_t size);
/* n of the first round. */
size_t group_first(const DemoUniversity *university);

/* The group of a student who is no well-known one, his seat in it and which round it is. */
const Group *university_group(const DemoUniversity *university, size_t index, int *ret_seat, size_t *ret_round);

#endif
