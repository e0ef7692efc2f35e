/* The catalogue: every service that the office offers, as data (MODEL.md section 4).  Loaded, checked whole, then
 * constant. Both sides read the same text with this code: the registrar from kiosk/services, the kiosk from the
 * registrar's answer. */
#ifndef WIRE_CATALOGUE_H
#define WIRE_CATALOGUE_H

#include <stdint.h>

#include "base/buf.h"
#include "base/language.h"

#define CATALOGUE_SERVICES_MOST 200
#define CATALOGUE_BYTES_MOST    (4u << 20)
#define SERVICE_ID_MOST         48
#define FORM_FIELDS_MOST        40
#define CHOICES_MOST            200
#define CONDITIONS_DEEP_MOST    6

typedef enum FieldKind {
    FIELD_CHOICE, /* one of choices */
    FIELD_TEXT,   /* free words, least..most code points */
    FIELD_NUMBER, /* whole number, least..most */
    FIELD_DATE,   /* ISO date, least..most days from today */
    FIELD_KIND_COUNT
} FieldKind;

typedef enum ConditionKind {
    CONDITION_ALWAYS,
    CONDITION_EQUALS,  /* answer of field equals values[0] */
    CONDITION_IN,      /* ... is one of values */
    CONDITION_BETWEEN, /* a number or ISO date within values[0]..values[1] */
    CONDITION_EXISTS,  /* field has an answer */
    CONDITION_AND,
    CONDITION_OR,
    CONDITION_NOT
} ConditionKind;

typedef struct Condition {
    ConditionKind kind;
    const char *field;
    const char *const *values;
    size_t value_count;
    const struct Condition *parts; /* AND, OR: part_count; NOT: 1 */
    size_t part_count;
} Condition;

typedef struct Choice {
    const char *id;
    LocalText label;
    LocalText help;
    const char *icon; /* NULL: none */
    LocalText paper;  /* the sentence that a document says for it, in the document's language; {id} in it stands for the
                       * answer to that quoted question of the same form.  All empty: none. */
} Choice;

typedef struct Field {
    const char *id;
    FieldKind kind;
    LocalText label; /* the question, as a title */
    LocalText help;  /* one line under it */
    LocalText example;
    bool required;
    bool quoted; /* free words that go onto a sealed paper: at most 80 letters, shown in quotes (MODEL.md section 4) */
    int64_t least, most;
    const Choice *choices;
    size_t choice_count;
    Condition when; /* asked only when this holds */
} Field;

typedef enum YieldKind { YIELD_DOCUMENT, YIELD_APPLICATION, YIELD_INFORMATION, YIELD_TICKET, YIELD_ACTION } YieldKind;

/* Who may use a service: a predicate's name (closed list in the registrar's office) with its values. */
typedef struct Predicate {
    const char *is;
    const char *const *in;
    size_t in_count;
} Predicate;

typedef struct Service {
    const char *id;
    const char *group; /* documents, study, applications, payments, housing, information */
    const char *icon;
    int order;
    LocalText title;
    LocalText help;        /* what one gets, one or two sentences */
    LocalText contains[8]; /* "what the paper says", a line each */
    size_t contains_count;
    LocalText whom;              /* for whom, in words */
    const Predicate *predicates; /* all must hold */
    size_t predicate_count;
    const Field *fields;
    size_t field_count;
    YieldKind yields;
    const char *document;               /* YIELD_DOCUMENT: template id */
    Language languages[LANGUAGE_COUNT]; /* of the document */
    size_t language_count;
    bool from_hemis;        /* source: "hemis" prints HEMIS's own paper; "ours" */
    int promise_hours;      /* working hours; 0: at once */
    int64_t fee;            /* so'm; 0: free */
    int limit_day;          /* copies a day; 0: no limit */
    const LocalText *bring; /* what to have at hand, a line each */
    size_t bring_count;
    enum { REPEAT_ALWAYS, REPEAT_DAILY, REPEAT_SEMESTER } repeat;
} Service;

typedef struct Catalogue Catalogue; /* counted; any thread */

/* json: {"services": [...]}.  Refuses an unknown key, a missing text, a bad condition, with its path
 * ("services[2].form[0].type: ..."). */
Catalogue *catalogue_parse(Str json, Error *err) MUST_USE;
Catalogue *catalogue_keep(Catalogue *catalogue);
void catalogue_drop(Catalogue *catalogue);
OWNED_BY(Catalogue, catalogue_drop)

size_t catalogue_count(const Catalogue *catalogue);
/* In order of group, then order. */
const Service *catalogue_at(const Catalogue *catalogue, size_t index);
/* NULL when there is none. */
const Service *catalogue_find(const Catalogue *catalogue, Str id);
/* 16 hex digits of the hash of its canonical text: the ETag. */
const char *catalogue_version(const Catalogue *catalogue);
/* The canonical text, as sent to kiosks. */
Str catalogue_json(const Catalogue *catalogue);

#endif
