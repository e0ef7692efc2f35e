/* A bulk import of what another system knows of students: page by page into the register, each page and where the
 * import stands in one act, so that it goes on from there however it was ended.  Rows are shared: a student who is
 * there already is not made again, what did not change is not written, and what the other system does not tell (a
 * clerk's approved corrections, words in further languages, parts of other origin) stays as it is.  Nobody is taken
 * away.  One import of a source at a time: whoever is overtaken is told ERR_BUSY and has changed nothing. */
#ifndef REGISTRAR_OFFICE_BULK_H
#define REGISTRAR_OFFICE_BULK_H

#include <jansson.h>

#include "registrar/office/office.h"
#include "registrar/store/imports.h"

#define BULK_ROWS_MOST     2000  /* of a page */
#define BULK_OVERLAP_S     86400 /* an import of changes reads so much of the time before the last one anew */
#define BULK_FINDINGS_KEPT 500   /* of a kind, in detail; all are counted */

/* What a person should look at. */
typedef enum BulkFinding {
    BULK_RESULT_OF_NOBODY,    /* a result of a number that is no student's here: left out */
    BULK_STUDENT_GONE,        /* here, and no longer there; known after an import of everything alone */
    BULK_MARK_FELL,           /* a result that had more points, or a better mark */
    BULK_RESULT_TWICE,        /* two results of one subject, semester and year: the one changed last counts */
    BULK_RESULT_IMPLAUSIBLE,  /* values that can't be, or don't go together */
    BULK_STUDENT_TWICE,       /* one number in two rows: the one changed last counts */
    BULK_STUDENT_IMPLAUSIBLE, /* likewise of a student */
    BULK_NAME_CHANGED,        /* somebody's surname and given name, both: may be another person */
    BULK_PINFL_CHANGED,       /* another than before: it counts from now on */
    BULK_PINFL_SHARED,        /* two students have the same; known after an import of everything alone */
    BULK_FINDING_COUNT
} BulkFinding;
/* "mark-fell": as the store has it.  In words for an administrator: "marks that fell". */
const char *bulk_finding_name(BulkFinding finding);
const char *bulk_finding_words(BulkFinding finding);

typedef struct BulkCounts {
    int64_t students_new, students_changed, students_same;
    int64_t results_new, results_changed, results_same;
    int64_t newer_here; /* rows left out, since the student's own sign-in has read them later */
    int64_t findings[BULK_FINDING_COUNT];
} BulkCounts;

typedef struct BulkRun {
    const char *source; /* "hemis"; static.  The record's parts carry it */
    ImportRunRow row;
    BulkCounts counts;
    bool resumed; /* bulk_begin found it under way */
} BulkRun;

/* Goes on with the source's import where one is under way, of whatever kind it is; else begins one: of all there is
 * where whole is set or none has ended before, else of what was changed since the last, with BULK_OVERLAP_S.  Appends
 * the cursor, "{}" of a new one. */
bool bulk_begin(Office *office, const char *source, bool whole, BulkRun *ret, Buf *cursor, Error *err) MUST_USE;

/* rows: [{"number", "updated_s", "profile", "pinfl" (may be left out)}] read at read_at_s.  cursor: JSON, kept for
 * bulk_begin with them.  *run is changed where it is done. */
bool bulk_take_students(Office *office, BulkRun *run, const json_t *rows, int64_t read_at_s, Str cursor,
                        Error *err) MUST_USE;
/* rows: [{"number", "updated_s", "result"}]; otherwise as above. */
bool bulk_take_results(Office *office, BulkRun *run, const json_t *rows, int64_t read_at_s, Str cursor,
                       Error *err) MUST_USE;

/* After the last page of an import of everything: who is gone, who share a PINFL.  May be asked again. */
bool bulk_look_around(Office *office, BulkRun *run, Str cursor, Error *err) MUST_USE;
/* What was found of a kind, up to BULK_FINDINGS_KEPT; before bulk_end. */
bool bulk_findings(Office *office, const BulkRun *run, BulkFinding finding, ImportFindingEach each, void *ctx,
                   Error *err) MUST_USE;
/* Done: an act with the counts, and no findings are kept: they were told. */
bool bulk_end(Office *office, BulkRun *run, Error *err) MUST_USE;

#endif
