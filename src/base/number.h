/* Numbers, shares and sums as each language writes them (kiosk/locale/languages.ini).  Any thread. */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdint.h>

#include "base/buf.h"
#include "base/language.h"

/* 1 250 000, with no-break spaces.  Years are no numbers but names: they are written as they stand. */
void number_write(Buf *buf, int64_t number, Language language);
/* value in units of 10^-places, places 0..9: 375 and 2 are 3,75 · 3.75 in English.  All places are written: GPA 4,00.
 */
void decimal_write(Buf *buf, int64_t value, unsigned places, Language language);
/* 25 % · 25% in English; value as in decimal_write. */
void percent_write(Buf *buf, int64_t value, unsigned places, Language language);
/* Money of Uzbekistan, in whole soum: 1 250 000 soʻm · 1 250 000 сум. */
void sum_write(Buf *buf, int64_t soum, Language language);

typedef enum NumberOf {
    NUMBER_OF_YEAR_OF_STUDY, /* 2-kurs · 2-й курс · year 2 */
    NUMBER_OF_SEMESTER,      /* 3-semestr · 3-й семестр · semester 3 */
    NUMBER_OF_WINDOW,        /* 3-darcha · окно 3 · window 3 */
    NUMBER_OF_ORDER          /* 373-son · № 373 · No. 373 */
} NumberOf;

/* A number that names something, as it stands inside a sentence. */
void number_write_of(Buf *buf, NumberOf what, int64_t number, Language language);

#endif
