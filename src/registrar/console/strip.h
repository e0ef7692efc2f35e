/* The strip of all printers above a list: the office's, then kiosks', each with how it is, in words.  Inside console/.
 */
#ifndef REGISTRAR_CONSOLE_STRIP_H
#define REGISTRAR_CONSOLE_STRIP_H

#include "registrar/console/desk.h"
#include "registrar/office/printers.h"

/* Class of console.css and words of a state: "needs", "Out of paper". */
const char *strip_class(StripState state);
void strip_words(const Desk *desk, const StripCell *cell, int64_t now_s, Buf *ret);
/* Who owns its jobs: "printer:Front-1", or a kiosk's id. */
void strip_owner(const StripCell *cell, char ret[ID_SIZE]);

/* Fills desk.view["strip"], which _strip.html shows, with at most so many cells as stand in two rows, and
 * "strip-more": how many there are beside.  path: of a list that takes an owner at its end: "/office/prints?printer=".
 * chosen: the owner whose cell is the current one; "" or NULL: none. */
bool desk_strip(Desk *desk, const char *path, const char *chosen, Error *err) MUST_USE;

#endif
