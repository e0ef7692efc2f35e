/* The kiosk's printer with its journal: a thread that takes a copy to paper in the order of DESIGN.md section 7 and tells the truth about it.
 * Journal (SQLite, WAL, FULL): job, epoch, printer uuid, printer job id, phase; ids and states only, nothing personal. */
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
    int poll_idle_ms;    /* how often an unused printer is asked: 15000 */
    int poll_busy_ms;    /* while a job is on it: 400 */
} PrintingConfig;

typedef struct Printing Printing;

/* At start every job that the journal left open is asked for at the printer and told as MSG_PRINT_RECOVERED. */
Printing *printing_start(const PrintingConfig *config, Queue *messages, Clock clock, Log *log, Error *err) MUST_USE;
/* A job under way is brought to its truth first (at most 10 s), then the thread is joined. */
void printing_stop(Printing *printing);
OWNED_BY(Printing, printing_stop)
/* Copies the command (keeping its blob); false when it is not the printer's. */
bool printing_run(Printing *printing, const Cmd *cmd);

#endif
