/* The registry's own parts: one row a field, and what writes their values.  Inside office/fields*.c alone.
 * Records come from other systems: a member that is missing, null, or of another kind than it should be has no value;
 * numbers that are text and text that is a number are read as what they say. */
#ifndef REGISTRAR_OFFICE_FIELDS_INSIDE_H
#define REGISTRAR_OFFICE_FIELDS_INSIDE_H

#include "registrar/office/fields.h"
#include "registrar/office/marks.h"

#define PART_NONE       RECORD_PART_COUNT
#define FIELD_ROWS_MOST MARK_RESULTS_MOST

/* What comes before the id of a question. */
#define FIELD_OF_ANSWER "answer."
#define FIELD_OF_STAFF  "staff."

/* A student's results as marks.h counts them, read when the first field asks for them. */
typedef struct FieldMarks {
    bool tried, whole;
    Results results;
    MarkSum sum;
    const Result *by_time[MARK_RESULTS_MOST]; /* by semester, then as recorded */
    int semesters[MARK_SEMESTERS_MOST];
    size_t semester_count;
    const char *years[MARK_YEARS_MOST];
    size_t year_count;
} FieldMarks;

typedef struct FieldMaking {
    const FieldSources *from;
    Language language;
    int64_t as_of_s;    /* of the oldest part that the paper shows */
    FieldMarks *marks;  /* field_marks() */
    const json_t *part; /* of the field under way; NULL: nothing of it is known */
    const json_t *row;  /* in a list of records: this one */
    const void *item;   /* in a list of something else */
    size_t n;           /* from 1, in a list */
} FieldMaking;

/* When a field's value is known. */
typedef enum FieldPhase { DUE_RECORD, DUE_ASKING, DUE_APPROVAL, DUE_COPY } FieldPhase;

typedef struct FieldRow FieldRow;

/* Writes the field's value; nothing when there is none. */
typedef void (*FieldWrite)(const FieldMaking *making, const FieldRow *field, Buf *value);

typedef struct FieldItems {
    const void *items[FIELD_ROWS_MOST];
    size_t count;
    bool records; /* each is a json_t object */
} FieldItems;

/* False: the list has no value, which is not the same as an empty one. */
typedef bool (*FieldGather)(const FieldMaking *making, const FieldRow *list, FieldItems *ret);

struct FieldRow {
    const char *name;     /* of a list's field: "results.rows.subject" */
    RecordPart part;      /* that it is of; PART_NONE: of none, or of HEMIS's classifiers and the house's rules */
    FieldWrite write;     /* NULL: a list, or of a copy */
    const char *path;     /* within the part or the list's record: "faculty.names"; or what its writer makes of it */
    WordList words;       /* field_word */
    FieldGather rows;     /* a list; its fields follow it, under its name */
    const char *order[2]; /* field_records: sorted by these members; NULL: as recorded */
    RecordPart also;      /* another part that it looks at beside the profile, which is always read */
    FieldPhase due;
    bool of_session;
    bool large; /* a picture */
};

/* A row of a table; what follows may be ".words = WORDS_UNIT". */
#define FIELD(field, of, writer, at, ...)                                                                              \
    {                                                                                                                  \
        .name = field, .part = of, .write = writer, .path = at, __VA_ARGS__                                            \
    }
#define LIST(field, of, gather, at, ...)                                                                               \
    {                                                                                                                  \
        .name = field, .part = of, .rows = gather, .path = at, __VA_ARGS__                                             \
    }

typedef struct FieldGroup {
    const FieldRow *rows;
    size_t count;
} FieldGroup;

/* One a file; fields.c has all of them in one order. */
extern const FieldGroup fields_of_office, fields_of_profile, fields_of_results, fields_of_averages,
    fields_of_assessments, fields_of_study, fields_of_money, fields_of_leaving, fields_of_chosen, fields_of_request,
    fields_of_ticket;
#define FIELD_GROUPS 11
extern const FieldGroup *const field_groups[FIELD_GROUPS];

/* --- what is read ------------------------------------------------------------------------------------------------- */

/* "faculty.names" walks into objects; "" is json itself.  NULL: there is none. */
const json_t *field_member(const json_t *json, const char *path);
/* The field's own: within the record of a list, else within its part. */
const json_t *field_json(const FieldMaking *making, const FieldRow *field);
/* A whole number of at most 10^15 either way, also one written as text, or with a point and zeros. */
bool json_whole(const json_t *json, int64_t *ret) MUST_USE;
/* A number of at most two decimals in hundredths, also one written as text. */
bool json_x100(const json_t *json, int64_t *ret) MUST_USE;
bool json_day(const json_t *json, Date *ret) MUST_USE;
/* NULL: part "results" is missing, or can't be counted. */
const FieldMarks *field_marks(const FieldMaking *making);
void field_marks_fini(FieldMarks *marks);
const MarkRules *field_rules(const FieldMaking *making);

/* The passport's spelling, "Dilnoza KARIMOVA", where a paper in this language has it and the profile knows it. */
bool fields_write_passport(const json_t *profile, Language language, Buf *value);

/* --- what is written ---------------------------------------------------------------------------------------------- */

/* In the paper's language, of an object by tags; a bare text as it stands. */
void add_local(Buf *value, const json_t *texts, Language language);
void add_word(const FieldMaking *making, WordList list, const char *code, Buf *value);
/* Hundredths without needless zeros: 87 · 87,5. */
void add_x100(Buf *value, int64_t x100, Language language);
/* What a sum says: "count", "credits", "credits_total", "hours", "product", "debts", "debt_credits", "gpa",
 * "gpa_rounded", "letter". */
void add_of_sum(const FieldMaking *making, const MarkSum *sum, const char *what, Buf *value);
/* What stands in a table where there is nothing to show. */
void add_none(const FieldMaking *making, Buf *value);

/* Answers to the questions of a form: the student's, or those of staff who approved. */
typedef struct FieldsAsked {
    const Field *fields;
    size_t count;
    const Answers *answers; /* NULL: none yet */
    bool by_staff;
} FieldsAsked;
/* The question whose choices come from a list of the record: what {chosen.rows} shows.  NULL: there is none. */
const Field *fields_chosen_from(const Service *service);
void field_answer(const FieldMaking *making, const FieldsAsked *asked, const char *id, Buf *value);

void field_plain(const FieldMaking *making, const FieldRow *field, Buf *value);   /* as recorded */
void field_number(const FieldMaking *making, const FieldRow *field, Buf *value);  /* 1 250 000 */
void field_decimal(const FieldMaking *making, const FieldRow *field, Buf *value); /* 168,3 */
void field_names(const FieldMaking *making, const FieldRow *field, Buf *value);
void field_person(const FieldMaking *making, const FieldRow *field, Buf *value);
void field_date(const FieldMaking *making, const FieldRow *field, Buf *value);  /* in words */
void field_short(const FieldMaking *making, const FieldRow *field, Buf *value); /* a date in figures */
void field_word(const FieldMaking *making, const FieldRow *field, Buf *value);
void field_sum(const FieldMaking *making, const FieldRow *field, Buf *value);   /* of all results: add_of_sum */
void field_n(const FieldMaking *making, const FieldRow *field, Buf *value);     /* the row's number */
void field_count(const FieldMaking *making, const FieldRow *field, Buf *value); /* how many an array holds */
/* An array of records. */
bool field_records(const FieldMaking *making, const FieldRow *list, FieldItems *ret);

#endif
