/* A press: one printer of the office, worked by a thread of its own.  What it believes is what a kiosk's printer thread
 * believes (print/printer_verdict.h); what it does stands in the register before it is done (office/printer_work.h).
 *
 * - One job at a time, the one that was given to it first; none while an earlier one is not final.
 * - Nothing goes into a printer that says that it can't print: its jobs wait, or are moved away.
 * - A job whose page went is followed for as long as the printer answers, whatever keeps its paper: somebody of the
 *   office puts paper in, and it goes on.  One that is not to come out any more is cancelled.  A printer that is away
 *   for PRESS_AWAY_MS with a job, or has forgotten it, or is another one by now, leaves it unknown: then a person
 *   looks, and nothing else is printed meanwhile.
 * - A crash, or another registrar after this one: what had not sent a byte is cancelled at the printer and begun anew
 *   under the next epoch; what had is asked for. */
#ifndef REGISTRAR_PRINTING_PRESS_H
#define REGISTRAR_PRINTING_PRESS_H

#include "registrar/office/printer_work.h"

#define PRESS_AWAY_MS 120000

typedef struct Press Press;

typedef struct PressConfig {
    Office *office; /* borrowed, and the log, for the press's life */
    PrinterHold hold;
    Clock clock;
    Log *log;
    int look_ms; /* how often the register is asked for something to print: 1000 */
    int busy_ms; /* how often the printer is asked while it has a job: 400 */
    int idle_ms; /* while it has none: 10000 */
} PressConfig;

/* ERR_ARGUMENT: the address. */
Press *press_start(const PressConfig *config, Error *err) MUST_USE;
const PrinterHold *press_hold(const Press *press);
/* Begins nothing more, and ends soon: a page that is on its way is let through for 10 s. */
void press_hurry(Press *press);
/* Hurries and waits for it.  The lease stays. */
void press_stop(Press *press);
OWNED_BY(Press, press_stop)

#endif
