/* Universities that do not exist, as large as one wants: each student is a function of the seed, the institution and
 * his place in it, and of nothing else, so that a larger country only adds to a smaller one and any part can be made
 * alone. The first of the first institution are those of university.json whatever the seed: the well-known.  Reads
 * assets/demo; writes nothing.  Never changed after demo_open; any thread. */
#ifndef REGISTRAR_DEMO_DEMO_H
#define REGISTRAR_DEMO_DEMO_H

#include <jansson.h>

#include "base/buf.h"

#define DEMO_STUDENTS_MOST     1400000
#define DEMO_INSTITUTIONS_MOST 210
#define DEMO_STUDENTS_LEAST    60 /* of an institution */
#define DEMO_ID_SIZE           41

typedef struct DemoPlan {
    uint64_t seed;
    size_t students, institutions; /* in all */
} DemoPlan;

typedef struct Demo Demo;
typedef struct DemoUniversity DemoUniversity;

/* folder: assets/demo.  ERR_ARGUMENT: the plan is beyond the bounds above. */
Demo *demo_open(const char *folder, const DemoPlan *plan, Error *err) MUST_USE;
void demo_close(Demo *demo);
OWNED_BY(Demo, demo_close)

/* number: 0 .. institutions - 1.  demo is borrowed and outlives it. */
DemoUniversity *demo_university_new(const Demo *demo, size_t number, Error *err) MUST_USE;
void demo_university_free(DemoUniversity *university);
OWNED_BY(DemoUniversity, demo_university_free)

const char *demo_university_id(const DemoUniversity *university);
size_t demo_university_students(const DemoUniversity *university);
/* What institution.json says, but for its host; NULL without memory. */
json_t *demo_university_json(const DemoUniversity *university, Error *err) MUST_USE;

/* How many of its students, the first ones, are well-known. */
size_t demo_university_known(const DemoUniversity *university);
/* One of them as university.json has it, complete: a profile with all members, and "parts" beside profile and results.
 * index: below their number.  NULL with *err. */
json_t *demo_student_known(const DemoUniversity *university, size_t index, Error *err) MUST_USE;

/* The parts of a record beside its profile, "results" first. */
#define DEMO_PARTS 14
extern const char *const demo_part_names[DEMO_PARTS];

typedef struct DemoStudent {
    char number[16], password[24];
    char pinfl[16];         /* "": none */
    Buf *profile;           /* appended: canonical JSON, without the PINFL (assets/demo/README.md) */
    Buf *parts[DEMO_PARTS]; /* appended; nothing where there is none; NULL, but for the first: is not drawn */
} DemoStudent;

/* index: behind the well-known ones.  Fails in its buffers alone. */
void demo_student_draw(const DemoUniversity *university, size_t index, DemoStudent *ret);

#endif
