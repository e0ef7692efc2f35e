/* The registrar, as the kiosk sees it: a thread that runs commands over HTTPS, in order, and speaks in messages.
 *
 * Each command of the backend's gets one answer: its own message, or MSG_FAILED with the registrar's problem
 * (problem.kind, code by its status) or with why there was none (ERR_OFFLINE, ERR_TIMEOUT, ERR_CRYPTO, ERR_PROTOCOL).
 * There is no answer
 * - to CMD_SIGN_OUT and CMD_DRAFT_DROP, which are tried once, and to CMD_CANCEL_REQUESTS;
 * - to what the first and the last of these end: sign-in, home, preview, issue, page, the opening of a draft and a
 *   phone's link (but for its withdrawing) that were asked before them by the same visit or an earlier one, waiting or
 * under way; a later visit's go on;
 * - to a preview when a newer one was asked;
 * - to CMD_CATALOGUE when the kiosk has the newest (304).
 *
 * CMD_REPORT_PRINT is repeated with the same content after 1, 2, 4 .. 30 s until the registrar took it or refused it
 * for good (400, 404, 409, 422); other commands are run in between, and a later report of the same job and epoch takes
 * the place of one that still waits.  Nothing else is ever repeated.  What no student waits for (sign-out, heartbeat, a
 * draft to be kept or dropped) is given up after half a second when a student waits for what came after it: a registrar
 * that is away keeps the next visitor no longer.  A draft gives way to another visit alone, since its own may be about
 * to read it again; one that was given up is told as failed.  Secrets are wiped when their command is done. */
#ifndef KIOSK_DEVICES_BACKEND_H
#define KIOSK_DEVICES_BACKEND_H

#include "base/clock.h"
#include "base/log.h"
#include "base/queue.h"
#include "kiosk/app/cmd.h"
#include "kiosk/app/msg.h"

typedef struct BackendConfig {
    const char *address; /* "https://host:port" */
    const char *ca_file, *certificate_file, *key_file;
    int deadline_ms;          /* of one request: 8000 */
    int farewell_ms;          /* at the end, for the reports that still wait: 2000 */
    const char *witness_file; /* where the registrar's audit head is kept (witness.h); NULL: in memory alone */
} BackendConfig;

typedef struct Backend Backend;

/* messages: where answers go (Msg items; times and randomness are put in by main).  messages and log are borrowed for
 * the backend's life. */
Backend *backend_start(const BackendConfig *config, Queue *messages, Log *log, Error *err) MUST_USE;
/* Cancels what is under way and joins the thread.  A sign-out that still waits is tried first, then reports for
 * farewell_ms: stop whoever has something to report before.  Nobody is told any more what came of them; the journal
 * repeats them at the next start. */
void backend_stop(Backend *backend);
OWNED_BY(Backend, backend_stop)
/* Copies the command; false when it is not the backend's or its queue is full (then an answer MSG_FAILED was sent). One
 * thread. */
bool backend_run(Backend *backend, const Cmd *cmd);
/* How many commands wait or are under way whose answer the glass may show: all but heartbeats, reports of prints and
 * sign-outs.  The answer of one that is not counted any more lies in messages already, if it has one.  Any thread. */
unsigned backend_owes(const Backend *backend);

#endif
