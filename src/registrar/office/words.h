/* HEMIS's classifiers and the few other words that papers take from no record, in every language:
 * assets/documents/words/words.json, one object a list, {code: {tag: text}}.  Source: HEMIS classifiers.json, 2026;
 * Russian and English as the ministry's own papers and the glossary have them. */
#ifndef REGISTRAR_OFFICE_WORDS_H
#define REGISTRAR_OFFICE_WORDS_H

#include "base/error.h"
#include "base/language.h"

typedef enum WordList {
    WORDS_TYPE, /* stands first in its line, so with a capital */
    WORDS_FORM, /* follows the type after a comma */
    WORDS_PAYMENT,
    WORDS_CITIZENSHIP, /* 12 foreign, 13 none: without a country */
    WORDS_COUNTRY,     /* ISO 3166-1: those that students come from */
    WORDS_STATUS,
    WORDS_LANGUAGE, /* of instruction */
    WORDS_GENDER,
    WORDS_ACCOMMODATION,
    WORDS_SOCIAL,
    WORDS_EXPELLED,    /* expel_reason */
    WORDS_LEAVE,       /* academic_reason */
    WORDS_TRAINING,    /* training_type: of a class */
    WORDS_EXAM,        /* exam_type */
    WORDS_ATTEMPT,     /* final_exam_type: which record sheet */
    WORDS_WEEKS,       /* of our own: "all", "odd", "even" */
    WORDS_WEEKDAY,     /* "1" Monday: alone, at the head of a line */
    WORDS_MARK,        /* "5": what a mark is called */
    WORDS_CONTRACT,    /* contract_type */
    WORDS_SCHOLARSHIP, /* "basic" */
    WORDS_UNIT,        /* "library": parts of the house that a clearance sheet goes round */
    WORDS_CLEARANCE,   /* "cleared", "open" */
    WORDS_YES_NO,
    WORDS_PROMOTION, /* "meets", "below": sentences */
    WORDS_PAPER,     /* "preview"; "none": where a table has nothing to show; "quoted": {0} in quotes */
    WORDS_LIST_COUNT
} WordList;

typedef struct Words Words; /* constant once loaded: any thread */

/* ERR_FORMAT with the place: a list that is missing, one that is not known, a text in no language of ours, or a word
 * that lacks the house's own. */
Words *words_read(Str json, Error *err) MUST_USE;
void words_free(Words *words);
OWNED_BY(Words, words_free)

/* NULL: no such code, or NULL for one.  Borrowed. */
const LocalText *words_find(const Words *words, WordList list, const char *code);

#endif
