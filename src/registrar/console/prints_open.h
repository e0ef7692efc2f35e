/* How a print job is told: its state, its next step, what happened, what can be done.  Inside console/. */
#ifndef REGISTRAR_CONSOLE_PRINTS_OPEN_H
#define REGISTRAR_CONSOLE_PRINTS_OPEN_H

#include "registrar/console/prints_page.h"

/* Class of console.css. */
const char *prints_class(const JobLine *line);
void prints_say_state(const Desk *desk, const JobLine *line, Buf *ret);
/* "11:03" of today, else "21.11 11:03" */
void prints_say_time(const Desk *desk, int64_t at_s, Buf *ret);
/* "Kiosk A-2", "Front-1", "Window"; nothing for nobody. */
void prints_say_owner(const Desk *desk, const char *owner, bool at_window, Buf *ret);
/* The key of what is done next with a row, and what that is; "": nothing. */
const char *prints_next_key(const JobLine *line);
const char *prints_say_next(const Desk *desk, const JobLine *line);
/* The details into desk->view. */
void prints_put_open(Desk *desk, const PrintsFilters *filters, const JobQueue *queue, const JobOpen *open);

#endif
