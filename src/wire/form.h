/* Answers to a service's form, and the checks that kiosk and registrar share. */
#ifndef WIRE_FORM_H
#define WIRE_FORM_H

#include "base/date.h"
#include "wire/catalogue.h"

#define ANSWER_BYTES_MOST 512
#define ANSWERS_MOST      FORM_FIELDS_MOST

typedef struct Answer {
    char field[SERVICE_ID_MOST];
    char value[ANSWER_BYTES_MOST]; /* choice id, text, number in digits, ISO date */
} Answer;

typedef struct Answers {
    size_t count;
    Answer items[ANSWERS_MOST];
} Answers;

/* NULL when not answered. */
const char *answers_get(const Answers *answers, const char *field);
/* Sets or replaces; an empty value takes the answer away.  False, and nothing changes, when it does not fit. */
bool answers_set(Answers *answers, const char *field, Str value) MUST_USE;

typedef enum FormFault {
    FORM_OK,
    FORM_MISSING,     /* required, not answered */
    FORM_UNKNOWN,     /* no such field, or not asked under its condition */
    FORM_NOT_OFFERED, /* not one of the choices */
    FORM_SHORT,
    FORM_LONG,
    FORM_CHARACTERS, /* not UTF-8, or unwanted characters */
    FORM_NOT_NUMBER,
    FORM_OUT_OF_RANGE,
    FORM_NOT_DATE
} FormFault;

bool condition_holds(const Condition *condition, const Answers *answers);
/* One field's answer (NULL: none). */
FormFault form_check_field(const Field *field, const char *value, Date today);
/* All: *ret_field (may be NULL) is the first field at fault. */
FormFault form_check(const Service *service, const Answers *answers, Date today, const char **ret_field);
/* As form_check for a form in progress: what is not answered yet is no fault. */
FormFault form_check_begun(const Service *service, const Answers *answers, Date today, const char **ret_field);
/* Takes away what form_check_begun finds fault with: the form is not as it was, or a date's time has gone by.  True
 * when something went. */
bool form_keep_fitting(const Service *service, Answers *answers, Date today);
/* How many of the questions that are asked have an answer. */
size_t form_answered(const Service *service, const Answers *answers);
/* The index of the n-th field that is asked under these answers; FORM_FIELDS_MOST when there are not so many.
 * *ret_total: how many are asked. */
size_t form_asked(const Service *service, const Answers *answers, size_t n, size_t *ret_total);

/* {"receiver":"bank"}, keys sorted, no white space: what is hashed as the fingerprint and stored. */
bool answers_write(const Answers *answers, Buf *ret, Error *err) MUST_USE;
bool answers_read(Str json, Answers *ret, Error *err) MUST_USE;

#endif
