/* The words of the glass.  Every English text stands in the code as its own msgid; kiosk/locale/update collects them
 * with xgettext (keywords say, say_n, say_in, N_), and a test refuses one that a catalogue lacks. */
#ifndef KIOSK_SCREENS_WORDS_H
#define KIOSK_SCREENS_WORDS_H

#include "base/number.h"
#include "kiosk/app/model.h"
#include "kiosk/ui/tree.h"

/* A screen being built. */
typedef struct Page {
    const Model *model;
    const Visit *visit; /* &model->visit */
    Tree *tree;
    Language language;
    bool wide;           /* the glass is wider than high */
    bool low;            /* all of it in the lower 60 % */
    bool left;           /* for a left hand */
    float scale;         /* of text: 1..2 */
    float width, height; /* of the glass that strip, content and bar may use, mm */
    /* Kept by parts.h: */
    float inside, whole; /* width of the open column and of all columns, mm; 0 before frame_open */
    bool typing;         /* it will have a keyboard; set before frame_open */
    bool alerted;        /* ... and a notice above its fields */
    bool lean; /* strip and bar as low as they get, for a screen that needs the height; set before frame_open */
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
const char *words_number(const Page *page, int64_t number);                   /* 1 250 000 */
const char *words_decimal(const Page *page, int64_t value, unsigned places);  /* 375 and 2: 3,75 */
const char *words_percent(const Page *page, int64_t percent);                 /* 25 % */
const char *words_sum(const Page *page, int64_t soum);                        /* 1 250 000 soʻm */
const char *words_number_of(const Page *page, NumberOf what, int64_t number); /* 2-kurs, 3-darcha */
const char *words_time(const Page *page, int64_t wall_ms);                    /* 14:30 */
/* Inside a sentence, beside today: "bugun", "26-noyabr, payshanba"; with the time of day: "bugun, 14:30". */
const char *words_day_near(const Page *page, int64_t wall_ms);
const char *words_moment_near(const Page *page, int64_t wall_ms);
const char *words_date(const Page *page, int64_t wall_ms, DateStyle style);
const char *words_iso_date(const Page *page, const char *iso); /* in words; the text itself when it is no date */
/* Both ISO dates: "2026-yil 24–28-noyabr"; the texts themselves with a dash when one is no date. */
const char *words_iso_dates(const Page *page, const char *from, const char *to);
const char *words_hours(const Page *page, int from_minute, int to_minute); /* soat 9:00 dan 18:00 gacha */
/* "3922 4110 07": digits in fours. */
const char *words_digits(const Page *page, const char *digits);
/* With a capital, as it begins a line. */
const char *words_capital(const Page *page, const char *words);
/* The catalogue's text. */
const char *words_local(const Page *page, const LocalText *text);

#endif
