/* The kiosk's printer with its journal: a thread that takes a copy to paper in the order of DESIGN.md section 7 and
 * tells the truth about it.
 *
 * One job at a time, and none while an earlier one is not final: CMD_PRINT is then answered PRINT_PHASE_NOT_SENT.
 * - "Printed" needs a count of sheets from the printer itself that equals job.sheets (printing_verdict.h).  A printer
 *   that tells no count ends every job as PRINT_PHASE_UNKNOWN.  A count may trail the paper: a completed job is asked
 *   for 2 s more before it is PARTLY.
 * - The page begins to go within 60 s of handed_out_ms or not at all, and never into a printer that says that it can't
 *   print.  The journal says "sending" right before its first byte, with the request at the printer already.
 * - A printer without Create-Job gets Print-Job.  When the answer is lost, or the kiosk dies meanwhile, the job is
 * looked for by its title; not found within 5 s after a byte may have left, it is UNKNOWN, and never sent again.
 * - CMD_PRINT_STOP of the job's visit: before the first byte the job is cancelled (NOT_SENT); afterwards it is let go
 *   on while paper moves (printing, nothing in its way, something new in the last 30 s, or 3 s while it is still in a
 *   queue; sheets beyond the pages are nothing new), and cancelled as soon as it does not, again every 2 s.  When 10 s
 *   later the printer has not confirmed what became of it, it is UNKNOWN: it is asked for until the printer says more
 *   (then MSG_PRINT_RECOVERED), nothing else is printed till then, and MSG_PRINTER does not say PRINTER_READY.
 * - Behind a queue the printer's word counts.  When it has done with a job that the queue still holds, the job is taken
 *   out of the queue, which might send it again.  A queue that stands still over a job of ours although its printer is
 *   well is resumed, 3 times in 10 minutes; then it is PRINTER_PAUSED until a person looks.
 * - A crash counts as such a stop.  At start, what had not sent a byte is NOT_SENT and cancelled at the printer; what
 *   had is asked for by its id, else by its title, unless the printer has another uuid: then it is UNKNOWN. */
#ifndef KIOSK_DEVICES_PRINTING_H
#define KIOSK_DEVICES_PRINTING_H

#include "base/clock.h"
#include "base/log.h"
#include "base/queue.h"
#include "kiosk/app/cmd.h"
#include "kiosk/app/msg.h"

typedef struct PrintingConfig {
    const char *printer_uri;
    const char *journal_file;
    int poll_idle_ms; /* how often an unused printer is asked: 15000; at once when it tells of something by itself */
    int poll_busy_ms; /* while a job is on it: 400 */
} PrintingConfig;

typedef struct Printing Printing;

/* At start every job that the journal left open is asked for at the printer and told as MSG_PRINT_RECOVERED, and so is
 * every one whose end the registrar was not yet known to have heard (no CMD_SETTLED); then MSG_PRINTER.  messages and
 * log are borrowed for its life. ERR_STORE: the journal; ERR_ARGUMENT: the address. */
Printing *printing_start(const PrintingConfig *config, Queue *messages, Clock clock, Log *log, Error *err) MUST_USE;
/* A job under way is brought to its truth first (at most 10 s), then the thread is joined. */
void printing_stop(Printing *printing);
OWNED_BY(Printing, printing_stop)
/* From one thread only.  Copies the command (keeping its blob); false when it is not the printer's.  When there is no
 * room for a CMD_PRINT, its answer is PRINT_PHASE_NOT_SENT.  CMD_SETTLED takes out what has ended of the job up to that
 * epoch. */
bool printing_run(Printing *printing, const Cmd *cmd);

#endif
