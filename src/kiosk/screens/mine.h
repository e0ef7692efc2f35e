/* "My requests" and forms in progress: the student's own, on home and on screens of their own. */
#ifndef KIOSK_SCREENS_MINE_H
#define KIOSK_SCREENS_MINE_H

#include "kiosk/screens/parts.h"

/* On home: what needs the student first.  False when there is nothing. */
bool mine_build(Page *page);
/* Its state with what goes with it, in a line: "Ready to print · № M-2026/004817 · yesterday". */
const char *mine_words(Page *page, const ApiRequestLine *line);
/* How it stands, as a mark. */
Plate mine_mark(Page *page, const ApiRequestLine *line);
/* The mark at large text: without its plate, which words need the room of. */
void part_mine_mark(Page *page, Plate plate);
/* A row with its button: act with its index in home's requests; ACT_REQUEST prints what is ready. */
void mine_row(Page *page, const ApiRequestLine *line, const char *id, Act act);

#endif
