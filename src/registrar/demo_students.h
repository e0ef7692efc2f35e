/* The students of a demo university on their way into a register: what an import asks for (office/import.h). */
#ifndef REGISTRAR_DEMO_STUDENTS_H
#define REGISTRAR_DEMO_STUDENTS_H

#include "registrar/demo/demo.h"
#include "registrar/office/import.h"

typedef struct DemoStudents {
    const DemoUniversity *university;
    size_t passwords; /* how many of them, the first ones, can sign in */
    bool bare;        /* who is not well-known has a profile and results alone */
    Buf *said;        /* lines of number, tab, password of those who can; NULL: nobody asks */
} DemoStudents;

/* ctx: a DemoStudents. */
bool demo_students_get(void *ctx, size_t index, ImportStudent *ret, Error *err) MUST_USE;

#endif
