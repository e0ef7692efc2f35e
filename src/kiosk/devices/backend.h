/* The registrar, as the kiosk sees it: a thread that runs commands over HTTPS and speaks in messages. */
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
    int deadline_ms; /* of one request: 8000 */
} BackendConfig;

typedef struct Backend Backend;

/* messages: where answers go (Msg items; times and randomness are put in by main).  All borrowed for the backend's
 * life. */
Backend *backend_start(const BackendConfig *config, Queue *messages, Log *log, Error *err) MUST_USE;
/* Cancels what is under way and joins the thread. */
void backend_stop(Backend *backend);
OWNED_BY(Backend, backend_stop)
/* Copies the command; false when it is not the backend's or its queue is full (then an answer MSG_FAILED was sent). */
bool backend_run(Backend *backend, const Cmd *cmd);

#endif
