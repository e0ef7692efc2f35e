/* Answers to a service's form, and the checks that kiosk and registrar share. */
#ifndef WIRE_FORM_H
#define WIRE_FORM_H

#include "base/date.h"
#include "wire/catalogue.h"

#define ANSWERS_MOST FORM_FIELDS_MOST

typedef struct Answer {
    char field[SERVICE_ID_MOST];
    char value[ANSWER_BYTES_MOST]; /* as its kind has it (wire/catalogue.h) */
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
    FORM_NOT_DATE,
    FORM_FEW, /* of several: fewer or more than are wanted */
    FORM_MANY,
    FORM_NOT_EMAIL,
    FORM_NOT_PHONE
} FormFault;

/* By the answers alone: of several that were chosen it sees one text.  The functions below know the form. */
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
/* Takes away the answers to questions that are not asked under the others. */
void form_drop_unasked(const Service *service, Answers *answers);
/* How many of the questions that are asked have an answer. */
size_t form_answered(const Service *service, const Answers *answers);
/* The index of the n-th field that is asked under these answers; FORM_FIELDS_MOST when there are not so many.
 * *ret_total: how many are asked. */
size_t form_asked(const Service *service, const Answers *answers, size_t n, size_t *ret_total);

/* What the service yields under these answers: its own terms, but for what a chosen answer sets (of several questions
 * the last one).  Points into the service. */
typedef struct Terms {
    const char *document; /* template id; NULL when it yields none */
    const Language *languages;
    size_t language_count;
    int valid_days;       /* 0: no end */
    int limit_day;        /* 0: none */
    bool limit_of_paper;  /* ... of this document alone, else of all that the service gives */
    const char *leads_to; /* another service, asked for instead; NULL: none */
} Terms;
/* What the answer to this question sets; NULL: nothing, or it is not asked under the others. */
const Sets *form_sets(const Field *field, const Answers *answers);
void service_terms(const Service *service, const Answers *answers, Terms *ret);
bool terms_have_language(const Terms *terms, Language language);
/* The form that staff fill when they approve, as a service's own: for the checks above. */
Service service_asks(const Service *service);

/* A paper's answer. */
#define PAPER_AT_WINDOW "window"
#define PAPER_PHOTO     "photo:"
bool paper_is_brought(const char *value);
/* The id of its photographs; NULL: it is not photographed, or this is no id. */
const char *paper_photos(const char *value);

/* It costs something, whatever is chosen. */
bool service_costs(const Service *service);
/* What is to be paid under these answers, soʻm.  service: bound (wire/lists.h). */
int64_t service_fee(const Service *service, const Answers *answers);

/* Of several that were chosen: value is "a,b", in the order of the choices. */
bool several_has(const char *value, const char *id);
size_t several_count(const char *value);
/* With the choice of this index turned over: taken in, or out. */
void several_turn(const Field *field, const char *value, size_t choice, char ret[ANSWER_BYTES_MOST]);

/* {"receiver":"bank"}, keys sorted, no white space: what is hashed as the fingerprint and stored. */
bool answers_write(const Answers *answers, Buf *ret, Error *err) MUST_USE;
bool answers_read(Str json, Answers *ret, Error *err) MUST_USE;

#endif
