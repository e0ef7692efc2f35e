/* The words of the glass.  Every English text stands in the code as its own msgid; kiosk/locale/update collects them
 * with xgettext (keywords say, say_n, say_in, N_), and a test refuses one that a catalogue lacks. */
#ifndef KIOSK_SCREENS_WORDS_H
#define KIOSK_SCREENS_WORDS_H

#include "kiosk/app/model.h"
#include "kiosk/ui/tree.h"

/* A screen being built. */
typedef struct Page {
    const Model *model;
    const Visit *visit; /* &model->visit */
    Tree *tree;
    Language language;
} Page;

/* Marks a msgid that is only stored here and said later. */
#define N_(id) (id)

/* In the page's language; lives as long as the texts. */
const char *say(const Page *page, const char *id);
const char *say_in(const Page *page, const char *context, const char *id);
/* The plural form for n; its {0} is not filled yet. */
const char *say_n(const Page *page, const char *one, const char *many, int64_t n);
/* pattern with {0}, {1}... replaced, in the tree's arena. */
#define fill(page, pattern, ...)                                                                                       \
    fill_values(page, pattern, (const char *const[]){ __VA_ARGS__ }, COUNT(((const char *const[]){ __VA_ARGS__ })))
const char *fill_values(const Page *page, const char *pattern, const char *const *values, size_t count);

/* Values as the page's language writes them, in the arena. */
const char *words_number(const Page *page, int64_t number); /* 1 250 000 */
const char *words_time(const Page *page, int64_t wall_ms);  /* 14:30 */
const char *words_date(const Page *page, int64_t wall_ms, DateStyle style);
const char *words_iso_date(const Page *page, const char *iso); /* in words; the text itself when it is no date */
/* "3922 4110 07": digits in fours. */
const char *words_digits(const Page *page, const char *digits);
/* The catalogue's text. */
const char *words_local(const Page *page, const LocalText *text);

#endif
