/* Where a request stands, as its student is told.  Inside office/. */
#ifndef REGISTRAR_OFFICE_STANDING_H
#define REGISTRAR_OFFICE_STANDING_H

#include "registrar/store/requests.h"
#include "wire/api.h"

typedef struct Standing {
    RequestState state;
    bool unpaid;       /* its invoice is open */
    bool through;      /* it has a number of its own: people decide, or it is paid for */
    bool has_document; /* that is not void */
    bool ordered;      /* an order is being made for it, or was */
    bool ready;        /* the page of its newest copy is there */
    bool at_window;    /* that copy is handed out by staff */
    CopyDelivery delivery;
} Standing;

ApiRequestState standing_told(const Standing *standing);
/* One of "my requests". */
void standing_put_line(const RequestLine *line, ApiRequestLine *ret);

#endif
