/* HEMIS's classifiers in words, for papers.  Source: HEMIS classifiers.json, 2026; Russian and English as the
 * ministry's own papers and the glossary have them. */
#ifndef REGISTRAR_OFFICE_WORDS_H
#define REGISTRAR_OFFICE_WORDS_H

#include "base/language.h"

typedef enum WordList { WORDS_TYPE, WORDS_FORM, WORDS_PAYMENT, WORDS_COUNTRY, WORDS_LIST_COUNT } WordList;

/* NULL: no such code. */
const LocalText *words_find(WordList list, const char *code);

#endif
