#include "registrar/office/standing.h"

#include <string.h>

static ApiRequestState of_delivery(const Standing *standing)
{
    if (standing->at_window)
        return standing->delivery == DELIVERY_COLLECTED ? REQUEST_COLLECTED : REQUEST_WINDOW;
    switch (standing->delivery) {
    case DELIVERY_WAITING:
    case DELIVERY_PRINTING:
    case DELIVERY_OFFERED:
    case DELIVERY_DOWNLOADED:
    case DELIVERY_EXPIRED: return REQUEST_READY;
    case DELIVERY_PRINTED: return REQUEST_PRINTED;
    case DELIVERY_COLLECTED: return REQUEST_COLLECTED;
    case DELIVERY_PARTLY:
    case DELIVERY_UNKNOWN:
    case DELIVERY_CANCELLED: return REQUEST_UNKNOWN;
    case DELIVERY_SUPERSEDED: return REQUEST_OPEN;
    }
    return REQUEST_OPEN;
}

ApiRequestState standing_told(const Standing *standing)
{
    switch (standing->state) {
    case ASKED_FULFILLED:
        if (!standing->has_document)
            return standing->through ? REQUEST_DONE : REQUEST_PRINTED;
        return standing->at_window ? REQUEST_COLLECTED : REQUEST_PRINTED;
    case ASKED_DECLINED:
        if (standing->through)
            return REQUEST_DECLINED;
        break; /* revoked before it was had */
    case ASKED_RETURNED: return REQUEST_RETURNED;
    case ASKED_DRAFT:
    case ASKED_WITHDRAWN:
    case ASKED_EXPIRED: return REQUEST_OPEN; /* not shown */
    case ASKED_OPEN:
    case ASKED_IN_UNIT:
    case ASKED_APPROVED: break;
    }
    if (standing->has_document)
        return standing->ready ? of_delivery(standing) : REQUEST_OPEN;
    if (standing->unpaid)
        return REQUEST_PAYMENT;
    if (standing->state == ASKED_APPROVED && standing->ordered)
        return REQUEST_APPROVED;
    return standing->through ? REQUEST_REVIEW : REQUEST_OPEN;
}

static ApiRequestState of_line(const RequestLine *line)
{
    Standing standing = { .state = line->state,
                          .unpaid = line->unpaid,
                          .through = line->promised_at_s != 0,
                          .has_document = line->has_document,
                          .ordered = line->ordered,
                          .ready = line->ready,
                          .at_window = line->at_window };
    int delivery = DELIVERY_WAITING;

    if (line->delivery[0] && state_parse(&delivery_states, str_from(line->delivery), &delivery))
        standing.delivery = (CopyDelivery)delivery;
    return standing_told(&standing);
}

void standing_put_line(const RequestLine *line, ApiRequestLine *ret)
{
    *ret = (ApiRequestLine){ .state = of_line(line), .at_s = line->asked_at_s, .promised_at_s = line->promised_at_s };
    memcpy(ret->id, line->client_key, sizeof ret->id);
    memcpy(ret->service, line->service, sizeof ret->service);
    str_copy_cut(str_from(line->number), ret->number, sizeof ret->number);
    if (line->unpaid) {
        ret->sum = line->sum;
        str_copy_cut(str_from(line->invoice), ret->invoice, sizeof ret->invoice);
    }
    if (ret->state == REQUEST_RETURNED || ret->state == REQUEST_DECLINED)
        str_copy_cut(str_from(line->reason), ret->words, sizeof ret->words);
}
