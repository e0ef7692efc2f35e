/* What a demo university is drawn from: the lists of assets/demo, read once and checked whole.  Never changed after
 * lists_open; any thread. */
#ifndef REGISTRAR_DEMO_LISTS_H
#define REGISTRAR_DEMO_LISTS_H

#include <stddef.h>

#include "base/error.h"

#define SPELLED_MOST    96
#define PEOPLES_MOST    16
#define SUBJECTS_MOST   512
#define SEMESTERS_MOST  12
#define COURSES_MOST    10
#define PROGRAMMES_MOST 32
#define TEACHINGS_MOST  8
#define FACULTIES_MOST  16
#define PLACES_MOST     32
#define KINDS_MOST      32
#define DISTRICTS_MOST  64
#define STREETS_MOST    32
#define BUILDINGS_MOST  8
#define EMPLOYERS_MOST  32

/* One word of a name, as passports, Uzbek Cyrillic papers and Russian papers write it. */
typedef struct Spelled {
    const char *latin, *cyrillic, *russian;
} Spelled;

typedef struct SpelledList {
    size_t count;
    Spelled items[SPELLED_MOST];
} SpelledList;

/* Names that belong together.  [0] men's, [1] women's; fathers are patronymics by now, none for people from abroad. */
typedef struct People {
    const char *name; /* of the section: a region, or a country's code */
    int share;
    bool cyrillic; /* they study in Russian */
    SpelledList surnames[2], given[2], fathers[2];
} People;

/* What papers say in each of their languages. */
typedef struct Words {
    const char *uz, *cyrillic, *ru, *en;
} Words;

typedef struct Subject {
    const char *code;
    const char *json; /* {"code":...,"names":{...}} */
} Subject;

typedef struct Course {
    const Subject *subject;
    int credits;
    bool chosen;      /* by the student */
    const char *kind; /* "coursework", "practice", "attestation"; NULL: a subject as most are */
} Course;

typedef struct Semester {
    size_t count;
    Course courses[COURSES_MOST];
} Semester;

typedef struct Programme {
    const char *id;   /* "KI" */
    const char *code; /* "60610500" */
    const char *json;
    size_t semester_count;
    Semester semesters[SEMESTERS_MOST];
} Programme;

typedef struct Faculty {
    const char *id;   /* "IT" */
    const char *code; /* behind the university's: "101" */
    const char *names_json;
    size_t teaching_count;
    struct {
        const Programme *programme;
        const char *ways; /* "dro" */
        int years;        /* 0: as its way has it */
    } teachings[TEACHINGS_MOST];
} Faculty;

typedef struct Place {
    const char *id, *uz, *ru, *ru_adjective, *en, *post, *telephone;
    const People *people; /* whose names are the most frequent there */
} Place;

typedef struct Kind {
    const char *id, *uz, *ru, *en;
    size_t faculty_count;
    const Faculty *faculties[FACULTIES_MOST];
} Kind;

typedef struct District {
    const char *code; /* SOATO; its province's are the first four */
    Words words;
    const People *people; /* whose names are the most frequent there */
} District;

typedef struct Building {
    const char *id; /* "A": its rooms are A-204; a dormitory's number */
    Words words;    /* its name; a dormitory's address */
} Building;

typedef struct Employer {
    const char *faculty; /* whose graduates go there */
    Words name, address, post;
} Employer;

typedef struct Text Text; /* a block of the lists' texts */

typedef struct Lists {
    size_t people_count, abroad_count, subject_count, programme_count, faculty_count, place_count, kind_count;
    size_t district_count, street_count, building_count, dormitory_count, employer_count;
    People peoples[PEOPLES_MOST], abroad[PEOPLES_MOST];
    Subject subjects[SUBJECTS_MOST];
    Programme programmes[PROGRAMMES_MOST];
    Faculty faculties[FACULTIES_MOST];
    Place places[PLACES_MOST];
    Kind kinds[KINDS_MOST];
    District districts[DISTRICTS_MOST];
    Words streets[STREETS_MOST];
    Building buildings[BUILDINGS_MOST], dormitories[BUILDINGS_MOST];
    Employer employers[EMPLOYERS_MOST];
    Text *texts;
} Lists;

/* ERR_FORMAT names file and line. */
Lists *lists_open(const char *folder, Error *err) MUST_USE;
void lists_close(Lists *lists);
OWNED_BY(Lists, lists_close)

#endif
