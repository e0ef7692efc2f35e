/* One connection: requests come in, answers go out, as HTTP/1.1 carries IPP (RFC 8010), until either side hangs up.
 * What a fault does to answers is done here, after the request was obeyed. */
#ifndef FAULT_PRINTER_CONVERSATION_H
#define FAULT_PRINTER_CONVERSATION_H

#include <cups/http.h>
#include <cups/ipp.h>

#include "base/buf.h"
#include "machine.h"

typedef struct Conversation {
    Machine *machine;
    http_t *http;
    char resource[256];
    ipp_t *request;
    ipp_t *answer;
} Conversation;

/* Takes the connection over, in a thread of its own. */
void conversation_start(Machine *machine, http_t *http);

typedef enum Delivery { DELIVERY_NONE, DELIVERY_WHOLE, DELIVERY_BROKEN } Delivery;
/* The document that follows the request, for job; a broken one ended in the middle. */
Delivery conversation_receive(Conversation *talk, const Job *job, Buf *document);

#endif
