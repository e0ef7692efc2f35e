/* The frame: what every page of the console shows around what it is about.  Inside console/. */
#ifndef REGISTRAR_CONSOLE_FRAME_H
#define REGISTRAR_CONSOLE_FRAME_H

#include "registrar/console/desk.h"

/* Puts who, where, what else there is, how much waits there, and what came of a form into the view. */
bool frame_fill(Desk *desk, Error *err) MUST_USE;
/* The first part of the console that is open to somebody. */
const char *frame_home(const Desk *desk);

#endif
