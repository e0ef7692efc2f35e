/* Parts of what the university tells that other screens show too. */
#ifndef KIOSK_SCREENS_INFORMATION_H
#define KIOSK_SCREENS_INFORMATION_H

#include "kiosk/screens/parts.h"

/* A page's row: its name and what one learns there. */
void information_row(Page *page, size_t index);
/* Titles of a topic's pages, as many as a line of `most` letters has room for; "": there are none. */
const char *information_examples(Page *page, int topic, size_t most);

#endif
