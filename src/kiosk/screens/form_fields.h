/* A question's answer on the glass, by its kind.  For form.c alone. */
#ifndef KIOSK_SCREENS_FORM_FIELDS_H
#define KIOSK_SCREENS_FORM_FIELDS_H

#include "kiosk/screens/parts.h"

/* The keyboard stands on this question's screen. */
/* The record gives its choices, and has none. */
bool field_has_no_choice(const Field *field);
bool field_has_keyboard(const Page *page, const Field *field);
/* What it is answered with, below its title. */
void field_build(Page *page, const Field *field);
/* Content ends; what was chosen of several comes to so much, in sight however long the list is. */
void field_foot(Page *page, const Field *field);
/* What was typed, as it is written while it is typed: "24.11.20", "+998 90 123". */
const char *field_typed(Page *page, const Field *field, const char *typed);
/* An answer in words, for the review. */
const char *field_answer(Page *page, const Field *field, const char *answer);

#endif
