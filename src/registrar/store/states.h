/* Every state that a row can be in and every move between them (MODEL.md section 1), one table a thing.
 * state_move is the only way in which a state changes: it refuses what the table does not allow, touches exactly one
 * row or none, and writes the audit entry in the same transaction. */
#ifndef REGISTRAR_STORE_STATES_H
#define REGISTRAR_STORE_STATES_H

#include "base/str.h"
#include "registrar/store/acts.h"

typedef enum RequestState {
    ASKED_DRAFT,
    ASKED_OPEN,
    ASKED_IN_UNIT,
    ASKED_RETURNED,
    ASKED_APPROVED,
    ASKED_FULFILLED,
    ASKED_WITHDRAWN,
    ASKED_DECLINED,
    ASKED_EXPIRED
} RequestState;
typedef enum DocumentState {
    DOCUMENT_PREPARING,
    DOCUMENT_ISSUED,
    DOCUMENT_SUSPENDED,
    DOCUMENT_REVOKED,
    DOCUMENT_VOID
} DocumentState;
typedef enum CopyMaking { MAKING_PREPARING, MAKING_READY, MAKING_FAILED } CopyMaking;
typedef enum CopyValidity {
    VALIDITY_VALID,
    VALIDITY_SUSPENDED,
    VALIDITY_REVOKED,
    VALIDITY_REPLACED,
    VALIDITY_EXPIRED
} CopyValidity;
typedef enum CopyDelivery {
    DELIVERY_WAITING,
    DELIVERY_PRINTING,
    DELIVERY_PRINTED,
    DELIVERY_PARTLY,
    DELIVERY_UNKNOWN,
    DELIVERY_CANCELLED,
    DELIVERY_COLLECTED,
    DELIVERY_SUPERSEDED,
    DELIVERY_OFFERED,
    DELIVERY_DOWNLOADED,
    DELIVERY_EXPIRED
} CopyDelivery;
typedef enum JobState {
    JOB_WAITING,
    JOB_HELD,
    JOB_ASSIGNED,
    JOB_SENDING,
    JOB_SENT,
    JOB_PRINTED,
    JOB_PARTLY,
    JOB_CANCELLED,
    JOB_ABORTED,
    JOB_UNKNOWN,
    JOB_EXPIRED
} JobState;
typedef enum LinkState {
    LINK_OFFERED, /* the kiosk shows its QR code */
    LINK_OPENED,  /* a phone asked for it and shows two digits */
    LINK_MATCHED, /* they were typed at the kiosk: that phone may take the copy */
    LINK_USED,    /* it took it, and may again while there are downloads and time left */
    LINK_DENIED,
    LINK_EXPIRED
} LinkState;
typedef enum PhotoState {
    PHOTOS_OFFERED, /* the kiosk shows its QR code */
    PHOTOS_OPENED,  /* a phone is at it */
    PHOTOS_GIVEN,   /* no more come: these are all */
    PHOTOS_ENDED,
    PHOTOS_EXPIRED
} PhotoState;
typedef enum GrantState {
    GRANT_IS_OFFERED, /* the kiosk shows QR code and user code */
    GRANT_IS_OPENED,  /* a phone gave the user code, and is asked for number, password and consent */
    GRANT_IS_DIGITS,  /* it shows two digits */
    GRANT_IS_MATCHED, /* they were typed at the kiosk: the device code gives the token */
    GRANT_IS_USED,    /* it was given */
    GRANT_IS_DENIED,
    GRANT_IS_EXPIRED
} GrantState;
typedef enum InvoiceState { INVOICE_OPEN, INVOICE_PAID, INVOICE_CANCELLED } InvoiceState;
typedef enum OrderState {
    ORDER_DRAFT,   /* is to be made in HEMIS */
    ORDER_ISSUED,  /* has its number from there */
    ORDER_DROPPED, /* was not made */
} OrderState;
typedef enum BlankState {
    BLANK_RECEIVED, /* in the store */
    BLANK_ISSUED,   /* to who may use it */
    BLANK_BOUND,    /* a copy is printed on this one and no other */
    BLANK_USED,
    BLANK_SPOILED,
    BLANK_RETURNED
} BlankState;
typedef enum TicketState {
    TICKET_IS_WAITING,
    TICKET_IS_CALLED,
    TICKET_IS_SERVING,
    TICKET_IS_SERVED,
    TICKET_IS_NO_SHOW,
    TICKET_IS_PASSED, /* to another window or topic: waits there, in the place of when it was taken */
    TICKET_IS_GIVEN_UP,
    TICKET_IS_EXPIRED
} TicketState;
typedef enum CallState { CALL_IS_WAITING, CALL_IS_COMING, CALL_IS_OVER, CALL_IS_NOBODY, CALL_IS_GIVEN_UP } CallState;

typedef struct StateMachine {
    const char *thing;        /* "print-job": in audit entries "print-job.sending" */
    const char *const *names; /* by state */
    const uint16_t *moves;    /* by state: a bit for each state that may follow */
    int count;
    const char *update; /* ?1 institution, ?2 id, ?3 from, ?4 epoch, ?5 to, ?6 next epoch, ?7 seconds */
    const char *after;  /* run when a row has moved: ?1 institution, ?2 id; NULL: nothing */
} StateMachine;

extern const StateMachine request_states, document_states, making_states, validity_states, delivery_states, job_states,
    link_states, photo_states, grant_states, invoice_states, blank_states, order_states, ticket_states, call_states;

bool state_may_move(const StateMachine *machine, int from, int to);
const char *state_name(const StateMachine *machine, int state);
bool state_parse(const StateMachine *machine, Str name, int *ret) MUST_USE;

typedef struct Move {
    const char *id;
    int from, to;
    uint32_t epoch;
    bool next_epoch;   /* what was asked of the old epoch counts no more */
    const char *actor; /* NULL: no entry of its own, the move belongs to another's */
    const char *detail;
    int64_t at_ms;
} Move;

/* ERR_CONFLICT: the row is in another state or epoch by now: read again.  ERR_ARGUMENT: the table knows no such move.
 */
bool state_move(StoreTransaction *transaction, const StateMachine *machine, const Move *move, Error *err) MUST_USE;

#endif
