/* Names of people: shown as recorded, found by their folded form, drawn onto paper with the alphabet's own apostrophes.
 * Any thread; no state.  Names are valid UTF-8.  Source: the language's rules of writing (facts/glossary part 2). */
#ifndef BASE_NAME_H
#define BASE_NAME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* Changes with the folding: keys that were stored under another number are made anew. */
#define NAME_FOLD_VERSION 1

/* Appends the key under which spellings of one name meet: small Latin letters and digits, words parted by one blank,
 * none at the ends; letters of other scripts as they stand.  Never longer than the name.
 *
 *   Oʻktam O'ktam O‘ktam Oktam Ўктам -> oktam      Каримова Karimova (with a Cyrillic а) -> karimova
 *   Xasanov Hasanov Khasanov Хасанов Ҳасанов -> hasanov      Бахтиёр Бахтиер Baxtiyor -> bahtier
 *   Jamshid Djamshid Джамшид -> jamshid      Soy Tsoy Цой -> soy      Abu-Bakr  abu  bakr -> abu bakr
 *
 * What is not safe is left apart: q and k, oʻ and u, a and o. */
void name_fold(Buf *buf, Str name);

/* Whether start begins a word of a folded name. */
bool name_key_has(Str key, Str start);

/* Whether each word of what was typed begins a word of the name, in any order, both folded; "" begins all.  For the
 * search while somebody types: a last letter that may yet change with its next (Baxtiy|or) does not lose the name. */
bool name_matches(Str name, Str typed);

/* Appends the name as papers have it: any apostrophe after o and g is U+02BB, any other U+02BC; single blanks, none at
 * the ends.  Letters stay as recorded.  The name of the Irish (O'Brien) keeps an apostrophe. */
void name_for_paper(Buf *buf, Str name);

/* What is doubtful in a recorded name, for the office to look at; nothing here keeps anybody from a paper. */
typedef enum NameAnomaly {
    NAME_MIXED_SCRIPTS,    /* Latin and Cyrillic letters in one word */
    NAME_MIXED_WORDS,      /* words of both scripts */
    NAME_WRONG_APOSTROPHE, /* not U+02BB after o and g, not U+02BC elsewhere */
    NAME_DIGITS,
    NAME_STRANGE_SIGNS,    /* neither letter, mark, blank, apostrophe, hyphen nor point */
    NAME_BLANKS,           /* at an end, two together, or no plain ones */
    NAME_ALL_CAPITALS,     /* the whole name */
    NAME_SMALL_INITIAL,    /* of a word other than oʻgʻli, qizi and the like */
    NAME_MISSING,          /* no name at all */
    NAME_NO_PATRONYMIC,    /* told by who knows the parts */
    NAME_SCRIPTS_DISAGREE, /* Latin and Cyrillic spelling have different keys: told by who knows both */
    NAME_ANOMALY_COUNT
} NameAnomaly;

/* Of the first nine, a bit each: 1u << NAME_DIGITS. */
uint32_t name_anomalies(Str name);
/* Its name in tables and JSON, "mixed-scripts", and what it says to people, in English. */
const char *name_anomaly_key(NameAnomaly anomaly);
const char *name_anomaly_text(NameAnomaly anomaly);

#endif
