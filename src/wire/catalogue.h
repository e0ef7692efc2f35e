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
#define UNITS_MOST              6
#define VALID_DAYS_MOST         3650
#define ANSWER_BYTES_MOST       512
#define PHONE_COUNTRY           "+998"
#define PHONE_DIGITS            9 /* after it */
#define PAPER_PHOTOS_MOST       8
#define GROUNDS_MOST            6

typedef enum FieldKind {
    FIELD_CHOICE,  /* one of choices */
    FIELD_TEXT,    /* free words, least..most code points */
    FIELD_NUMBER,  /* whole number, least..most */
    FIELD_DATE,    /* ISO date, least..most days from today */
    FIELD_SEVERAL, /* least..most of choices: their ids by commas, in the choices' order */
    FIELD_EMAIL,   /* "a.karimova@gmail.com", at most `most` letters */
    FIELD_PHONE,   /* "+998901234567" */
    FIELD_PAPER, /* a paper that is wanted: "window" (brought there), "photo:UUID" (of its photographs, most `most`) */
    FIELD_PASSPORT, /* "AA1234567": 5 to 15 capitals and figures */
    FIELD_KIND_COUNT
} FieldKind;

/* Whose letters an answer in words is written with, and where its capitals stand: for the keyboard on the glass alone,
 * nothing is refused for them. */
typedef enum FieldScript { SCRIPT_ANY, SCRIPT_LATIN, SCRIPT_CYRILLIC } FieldScript;
typedef enum FieldCapital { CAPITAL_NONE, CAPITAL_SENTENCE, CAPITAL_WORDS } FieldCapital;

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

/* What an answer makes of the service: who receives a paper decides its language, its form, how long it is good and how
 * many may be had.  Zero and NULL leave what the service says. */
typedef struct Sets {
    const char *document;
    const char *service; /* this answer is asked for there instead, and the form ends */
    Language languages[LANGUAGE_COUNT];
    size_t language_count;
    int valid_days;
    int copies; /* a day: of its document where it sets one, else of the service in all */
} Sets;

struct ListItem;

typedef struct Choice {
    const char *id;
    LocalText label;
    LocalText help;
    const char *icon; /* NULL: none */
    const Sets *sets; /* NULL: nothing */
    LocalText paper;  /* the sentence that a document says for it, in the document's language; {id} in it stands for the
                       * answer to that question of the same form: quoted words, a number, a day, an address.  All
                       * empty: none. */
    const struct ListItem *item; /* of the record, where the question's choices come from there (wire/lists.h) */
} Choice;

/* A service that has both ways may ask some things in one of them alone; a parsed one has the questions of its way. */
typedef enum FieldAsked { ASKED_ALWAYS, ASKED_HERE, ASKED_FOR_PORTAL } FieldAsked;

typedef struct Field {
    const char *id;
    FieldKind kind;
    LocalText label; /* the question, as a title */
    LocalText help;  /* one line under it */
    LocalText example;
    const char *shows; /* field of the student's record whose value the question is about; NULL: none */
    bool required;
    bool quoted; /* free words that go onto a sealed paper: at most 80 letters, shown in quotes (MODEL.md section 4) */
    FieldScript script; /* TEXT: for the keyboard */
    FieldCapital capital;
    FieldAsked asked;
    int64_t least, most;
    const Choice *choices;
    size_t choice_count;
    const char *from;    /* CHOICE, SEVERAL: the list of the student's record that gives the choices (wire/lists.h);
                          * NULL: they stand here */
    const char *prefill; /* field of the record that answers it beforehand, in the answer's own shape; NULL: none */
    const char *after;   /* DATE: not before the answer to this earlier question; NULL: none */
    Condition when;      /* asked only when this holds */
} Field;

typedef enum YieldKind {
    YIELD_DOCUMENT,
    YIELD_APPLICATION, /* people decide; a paper may come of it (document) */
    YIELD_ACTION
} YieldKind;

/* What an application that is approved comes to. */
typedef enum ServiceOutcome {
    OUTCOME_NONE,
    OUTCOME_ORDER,      /* an order, made in HEMIS: the registrar drafts it */
    OUTCOME_DECISION,   /* an answer in words */
    OUTCOME_PLACE,      /* in a dormitory */
    OUTCOME_CONTRACT,   /* made in HEMIS, collected */
    OUTCOME_ACCOUNT,    /* of HEMIS or a platform: staff do it there */
    OUTCOME_RECORD,     /* staff put the record right in HEMIS */
    OUTCOME_MEMBERSHIP, /* of a club, a group, a programme */
    OUTCOME_REPORT,     /* what was told is kept */
    OUTCOME_PAPERS,     /* what was handed over is kept */
    OUTCOME_COUNT
} ServiceOutcome;

/* Where the state decides, not the office: all is prepared, and nothing is filed. */
typedef struct Portal {
    LocalText name;
    const char *address; /* "https://..." */
} Portal;

/* Who may use a service: a predicate's name (closed list in the registrar's office) with its values. */
typedef struct Predicate {
    const char *is;
    const char *const *in;
    size_t in_count;
    const char *otherwise; /* service for those of whom it does not hold: their way on; NULL: none */
} Predicate;

typedef struct Service {
    const char *id;
    const char *group; /* documents, study, applications, payments, housing, information */
    const char *icon;
    int order;
    bool off; /* not offered: of a catalogue_parse_one alone, a whole catalogue has none of these */
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
    int valid_days;         /* how long the paper is good; 0: no end */
    ServiceOutcome outcome; /* YIELD_APPLICATION */
    const Portal *portal; /* it is decided on a state portal: document, languages are of the data sheet for it, at once.
                           * NULL: decided here */
    const char *correction;        /* YIELD_ACTION: what of the record it corrects: "passport-name" */
    bool through;                  /* people decide, unit after unit; else at once */
    const char *units[UNITS_MOST]; /* of the closed list in catalogue_yields.c */
    size_t unit_count;
    bool at_window;    /* handed out by staff, else printed at a kiosk */
    const char *blank; /* kind of numbered form that it is printed on; NULL: plain paper */
    const Field *asks; /* what staff are asked when they approve: {staff.ID} on the paper */
    size_t ask_count;
    bool from_hemis;         /* source: "hemis" prints HEMIS's own paper; "ours" */
    int promise_hours;       /* working hours; 0: at once */
    int64_t fee;             /* so'm; 0: free, but for: */
    const char *fee_of;      /* the question whose chosen items' sums are to be paid too; NULL: none */
    const char *topic;       /* of the windows, for questions about it; NULL: any */
    const LocalText *ground; /* legal ground, a line each */
    size_t ground_count;
    int limit_day;          /* copies a day; 0: no limit */
    bool limit_of_paper;    /* never read: the limit is of an answer's own paper (Terms.limit_of_paper) */
    const LocalText *bring; /* what to have at hand, a line each */
    size_t bring_count;
    enum { REPEAT_ALWAYS, REPEAT_DAILY, REPEAT_SEMESTER } repeat;
} Service;

typedef struct Catalogue Catalogue; /* counted; any thread */

/* json: {"services": [...]}; one that is "off" is read and checked, and is not among them.  Refuses an unknown key, a
 * missing text, a bad condition, with its path
 * ("services[2].form[0].type: ..."). */
Catalogue *catalogue_parse(Str json, Error *err) MUST_USE;
/* As catalogue_parse, of some services by themselves: those that they lead to may be elsewhere. */
Catalogue *catalogue_parse_one(Str json, Error *err) MUST_USE;
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
