/* Fields of HEMIS's objects into those of the house, by tables: one row a field.  A value may be text or a number, null
 * or not there; what can't be read is left out.  Inside connect/hemis.  Pure. */
#ifndef REGISTRAR_CONNECT_HEMIS_FIELDS_H
#define REGISTRAR_CONNECT_HEMIS_FIELDS_H

#include "base/date.h"
#include "registrar/connect/hemis/hemis.h"
#include "registrar/connect/hemis/words.h"

typedef enum FieldKind {
    FIELD_TEXT,    /* text, cleaned, least .. most bytes (most 0: WORDS_TEXT_MOST) */
    FIELD_PERSON,  /* a person's name, out of capitals */
    FIELD_CODE,    /* of a coded value, or bare: letters, digits, "-_.", at most 20 */
    FIELD_INT,     /* a whole number, least .. most */
    FIELD_LEVEL,   /* HEMIS's 11 .. 22, bare or coded, is 1 .. 12 */
    FIELD_SUM,     /* whole soum, fractions cut */
    FIELD_DECIMAL, /* text of hundredths, as short as it goes but for one place: "3.9"; least .. most in hundredths */
    FIELD_DAY,     /* ISO, of seconds or text */
    FIELD_BOOL,
    FIELD_YEAR,  /* "2026/2027", of {"code": "2026"}, "2026-2027" or "2026" */
    FIELD_CLOCK, /* "08:30" */
    FIELD_NAMES, /* names of a coded value, or of a bare text */
    FIELD_THING, /* {"code", "names"} */
    FIELD_KIND_COUNT
} FieldKind;

typedef struct Field {
    const char *to;   /* "subject", "prior.year": an object is made for what stands before a point */
    const char *from; /* "curriculumSubject.subject|subject": the first that is there */
    FieldKind kind;
    int64_t least, most;
    bool needed; /* without it the object is nothing */
} Field;

typedef struct Reading {
    const HemisConfig *config;
    const Words *words;
    bool no_memory; /* out */
    Str kind;       /* of the value under way: the member that it stands under.  Inside fields.c */
} Reading;

/* Into *to.  False: a needed field is not there, or there is no memory (reading->no_memory). */
bool fields_read(Reading *reading, const Field *fields, size_t count, const json_t *from, json_t *to) MUST_USE;
/* A new list with an object for each of the rows that has what it needs; NULL without memory.  rows may be anything;
 * what is no list has no rows. */
json_t *fields_read_list(Reading *reading, const Field *fields, size_t count, const json_t *rows) MUST_USE;

/* Follows "a.b|c"; NULL: none of them is there.  Borrowed. */
const json_t *fields_find(const json_t *from, const char *path);
/* A number of text or number times 10^places, whatever HEMIS wrote it as; false for anything else. */
bool fields_number(const json_t *value, unsigned places, int64_t *ret) MUST_USE;
/* One value as a table's row would have it; NULL: it can't be read.  Owned. */
json_t *fields_value(Reading *reading, FieldKind kind, const json_t *value) MUST_USE;
/* "2026-11-24" of a member of ours; false: it is not there. */
bool fields_day(const json_t *object, const char *member, Date *ret) MUST_USE;
void fields_write_day(Date day, char array[12]);

#endif
