/* What was answered to a form, in words: for clerks, for orders, for whoever asked.  Inside office/, and for its pages.
 */
#ifndef REGISTRAR_OFFICE_SAYING_H
#define REGISTRAR_OFFICE_SAYING_H

#include "wire/form.h"

/* Appended: choices by their labels, days in words, all else as it was typed.  Nothing for a paper: where it lies is no
 * answer. */
void answer_say(const Field *field, const char *value, Language language, Buf *ret);

#endif
