/* A month to choose a day from: weekdays as heads, one grid, previous and next month (and year).  Knows no dates: the
 * caller says how the month lies, which days can be chosen and how all is called. */
#ifndef KIOSK_UI_CALENDAR_H
#define KIOSK_UI_CALENDAR_H

#include "kiosk/ui/tree.h"

#define CALENDAR_DAYS_MOST 31

typedef struct Calendar {
    const char *id;    /* ids: "<id>.day.24", "<id>.before", "<id>.after", "<id>.year-before", "<id>.year-after" */
    const char *month; /* "November 2026", as the language writes it */
    const char *weekdays[7];              /* short names, in the order of the language's week */
    unsigned first;                       /* column 0..6 of the month's first day */
    unsigned days;                        /* 28..31 */
    unsigned chosen, today;               /* 1..31; 0: not in this month */
    uint32_t disabled;                    /* bit n: day n + 1 can't be chosen */
    const char *said[CALENDAR_DAYS_MOST]; /* "Tuesday, 24 November 2026"; NULL: the figure is spoken */
    uint16_t act;                         /* of a day: Send{act, day} */
    Send before, after;                   /* months; act 0: disabled */
    Send year_before, year_after;         /* both act 0: not drawn */
    const char *say_before, *say_after, *say_year_before, *say_year_after; /* spoken: "Previous month" */
    bool apart; /* the month stands above what turns it: beside four buttons it has no room */
    float row;  /* mm of a week's height; 0: 20.  Never under 15 */
} Calendar;

/* At least 129 mm wide, so that each day is a target of 15 mm. */
void calendar_build(Tree *tree, const Calendar *calendar);

#endif
