/* What fillings*.c have in common: a kiosk, the students before it, and the registrar in the mind. */
#ifndef TESTS_FUZZ_FILLINGS_H
#define TESTS_FUZZ_FILLINGS_H

#include "base/random.h"
#include "kiosk/app/app.h"
#include "kiosk/screens/screens.h"

#define WALL_MS      INT64_C(1795512720000) /* 2026-11-24 14:32 in Tashkent */
#define STUDENTS     4
#define MARK         "zqxj"
#define MARK_LETTERS (sizeof MARK - 1)

typedef struct Student { /* what the registrar has of one */
    Lists lists;
    bool begun;
    char service[SERVICE_ID_MOST];
    ApiDraft draft;
    bool returned; /* what they handed in */
    Answers handed;
    bool begun_anew;
    ApiDraft anew;
} Student;

typedef struct Hall {
    Model model;
    CmdList cmds;
    Texts *texts;
    Tree *tree;
    Catalogue *catalogue;
    RandomSeeded seeded;
    Random random;
    Student students[STUDENTS];
    unsigned who; /* stands there */
    unsigned photos;
    int64_t now_ms;
    bool issued; /* the form went out */
    bool anew;   /* ... once more, is what this filling is for */
    Answers handed;
    const char *service;
    uint64_t returns, endings, messages, answered_anew;
    bool loses, leaks; /* defects planted on purpose: a draft without its last answer, a name that stays */
    char broken[240];  /* "": all held */
} Hall;

extern Hall hall; /* fillings.c */

uint32_t roll(uint32_t sides);
bool one_in(uint32_t sides);
/* The first is what counts. */
PRINTF_LIKE(1, 2) void broke(const char *format, ...);
char letter_of(unsigned who);
/* No mark of anybody but own's; STUDENTS: nobody's at all. */
bool holds_only(const void *bytes, size_t size, unsigned own);

/* To the kiosk; what it asks then is answered (fillings_registrar.c). */
void hall_send(Msg *msg);

#endif
