/* What moves in the printer: sheets, time, and what the faults make of both. */
#ifndef FAULT_PRINTER_ENGINE_H
#define FAULT_PRINTER_ENGINE_H

#include "machine.h"

/* Puts out sheets for ever, in a thread of its own. */
bool engine_start(Machine *machine, Error *err) MUST_USE;

#endif
