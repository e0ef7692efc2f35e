/* Between the files of the study screen; each view is one function.  Inside screens/. */
#ifndef KIOSK_SCREENS_STUDY_H
#define KIOSK_SCREENS_STUDY_H

#include "kiosk/screens/parts.h"
#include "kiosk/ui/table.h"

/* The paper that belongs to the view goes into the bar; what else does, below the view. */
void study_today(Page *page, const ApiStudy *study);
void study_week(Page *page, const ApiStudy *study);
void study_exams(Page *page, const ApiStudy *study);
void study_attendance(Page *page, const ApiStudy *study);
void study_results(Page *page, const ApiStudy *study);
void study_money(Page *page, const ApiStudy *study);
void study_orders(Page *page, const ApiStudy *study);
void study_moodle(Page *page, const ApiStudy *study);

/* --- what they share ---------------------------------------------------------------------------------------------- */

/* A card with a heading, in which a table may stand: closed by study_card_close. */
void study_card_open(Page *page, const char *title);
void study_card_close(Page *page);
/* Columns, or labels and values where text is large or the glass narrow; `least` mm are what its columns need. */
Table study_table(Page *page, const TableColumn *columns, size_t count, float least);
void study_row(Page *page, const Table *table, const char *id, const char *const *cells);
/* Two like columns where figures and dates have room in both; what is given back goes to the other two. */
bool study_columns_open(Page *page);
void study_columns_next(Page *page, bool beside);
void study_columns_close(Page *page, bool beside);
/* Nothing is here: what would be, and when. */
void study_empty(Page *page, const char *title, const char *text);
/* Nobody told the kiosk; what (translated) names it. */
void study_unknown(Page *page);
/* A way to a service, where it is offered. */
void study_way(Page *page, const char *service, const char *icon);
const char *study_subject(Page *page, const ApiStudy *study, int name);
/* "seshanba, 24-noyabr" */
const char *study_day_words(Page *page, const char *iso);
const char *study_kind_of_lesson(Page *page, int kind);
/* Room, with its building where there is space for it. */
const char *study_place(Page *page, const ApiStudy *study, const char *room, int building);

#endif
