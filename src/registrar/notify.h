/* Telling the service manager (sd_notify(3)) without its library: one datagram to the socket named in NOTIFY_SOCKET. */
#ifndef REGISTRAR_NOTIFY_H
#define REGISTRAR_NOTIFY_H

/* state: "READY=1", "STOPPING=1".  Nothing happens where nobody listens. */
void notify(const char *state);

#endif
