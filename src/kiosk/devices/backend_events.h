/* The registrar's events: a thread with a connection of its own that has one request open all the time (wire/events.h),
 * and gives each event on as MSG_CHANGED.  What it was away for comes as one that says "anything".  While the registrar
 * can't be had it asks again after 1, 2, 4 .. 30 s, each by chance up to half shorter, and not before a Retry-After is
 * over. */
#ifndef KIOSK_DEVICES_BACKEND_EVENTS_H
#define KIOSK_DEVICES_BACKEND_EVENTS_H

#include "kiosk/devices/backend.h"

typedef struct BackendEvents BackendEvents;

/* As backend_start. */
BackendEvents *backend_events_start(const BackendConfig *config, Queue *messages, Log *log, Error *err) MUST_USE;
/* Ends the request and joins the thread. */
void backend_events_stop(BackendEvents *events);
OWNED_BY(BackendEvents, backend_events_stop)

#endif
