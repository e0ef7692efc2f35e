/* Sums of Uzbekistan's money in words, as contracts and statements repeat them in brackets: whole soʻm with their
 * name, "oʻn toʻrt million besh yuz ming soʻm" · "четырнадцать миллионов пятьсот тысяч сумов".  Any thread.
 * Source: facts/glossary part 2.1 (numerals), grammars of the languages: in Russian the thousand is feminine, and each
 * scale, like the sum itself, stands in the form that its last figures ask for. */
#ifndef BASE_SUM_WORDS_H
#define BASE_SUM_WORDS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/language.h"

#define SUM_WORDS_MOST INT64_C(999999999999999)

/* Appends the words, small letters; a language that has no numerals here uses those of its fallback, at last the
 * house's own.  soum: 0..SUM_WORDS_MOST; what lies outside is written in figures (sum_write). */
void sum_words_write(Buf *buf, int64_t soum, Language language);

#endif
