/* What the office tells everybody: on the resting screen one after another, on home what keeps somebody from something.
 */
#ifndef KIOSK_SCREENS_NOTICES_H
#define KIOSK_SCREENS_NOTICES_H

#include "kiosk/screens/parts.h"

/* The notice whose turn it is, in the greeting's language, with its place among them; nothing when there is none. */
void part_notice_turn(Page *page);
bool page_has_notice(const Page *page);
/* Those that warn, one below the other, with a gap of `below` mm under each; nothing when there are none. */
void part_notices(Page *page, float below);

#endif
