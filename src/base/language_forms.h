/* How a language writes days and numbers: its row of kiosk/locale/languages.ini, which explains each member.  For those
 * who write them (date.c, number.c); everybody else asks these. */
#ifndef BASE_LANGUAGE_FORMS_H
#define BASE_LANGUAGE_FORMS_H

#include "base/language.h"

typedef struct LanguageForms {
    const char *tag, *key, *own_name, *short_name, *english;
    Letters script;
    int fallback, beside; /* a Language; -1: none */
    bool whole, catalogue;

    const char *months[12], *months_alone[12], *months_short[12];
    const char *weekdays[7], *weekdays_short[7]; /* Monday first */
    const char *date_words, *date_figures, *date_day, *date_month;
    const char *range_days, *range_months, *range_years;
    const char *times, *moment;
    const char *yesterday, *today, *tomorrow;

    const char *number_group, *number_point, *number_percent, *number_sum;
    const char *number_year_of_study, *number_semester, *number_window, *number_order;
} LanguageForms;

const LanguageForms *language_forms(Language language);

#endif
