/* One asking on its way through office_request: what was found, what is to be done.  Inside office/. */
#ifndef REGISTRAR_OFFICE_ASKING_H
#define REGISTRAR_OFFICE_ASKING_H

#include "registrar/office/hemis_papers.h"
#include "registrar/office/keeping.h"
#include "registrar/office/making.h"
#include "registrar/store/invoices.h"
#include "registrar/store/kiosks.h"

#define REQUEST_OPEN_S (7 * 86400) /* MODEL.md section 2 */

/* What the office has for this key and these answers. */
typedef enum AskingFound {
    FOUND_NOTHING,   /* to be issued */
    FOUND_BY_KEY,    /* the same key asked before */
    FOUND_EQUAL,     /* another key, and an equal request is open, or was until a moment ago */
    FOUND_OTHER_BODY /* the same key asked for something else, or its document is void */
} AskingFound;

/* A request with its document, where there is one, with the copy that is asked for, and all that is told of it. */
typedef struct Issue {
    RequestRow request;
    bool has_invoice;
    InvoiceRow invoice;
    bool ordered;      /* an order is being made for it */
    bool has_document; /* else what follows is empty: people decide, or it is to be paid for */
    DocumentRow document;
    CopyRow copy;  /* the newest that goes with the carrier, else the newest of all */
    bool has_copy; /* that it goes with the carrier */
    int newest_n;  /* of all copies */
    bool has_job;  /* of the newest copy on paper; there is none while it is on a phone alone */
    PrintJobRow job;
} Issue;

typedef struct Asking {
    const Office *office;
    const Shelf *shelf; /* borrowed: the act's own; NULL: no new document is asked for */
    const Session *session;
    const char *key;
    const ApiRequest *request;
    uint8_t fingerprint[HASH_SIZE];
    bool by_key_alone; /* "print again", without answers: the one of this key, whatever was answered then */
    AskingFound found;
    bool kept_from; /* what was found is not for this session: access.h */
    Issue issue;
    char kiosk_place[KIOSK_PLACE_SIZE];
} Asking;

/* The paper is printed and handed out by who asks: its job is held until they ask for its page. */
bool asking_is_at_window(const Asking *asking);
bool asking_fingerprint(const ApiRequest *request, Buf *canonical, uint8_t ret[HASH_SIZE], Error *err) MUST_USE;
/* Fills found and issue, from one snapshot. */
bool asking_look(StoreTransaction *transaction, Asking *asking, Error *err) MUST_USE;
/* Reads request, invoice, document, newest copy and job again. */
bool issue_read(StoreTransaction *transaction, const char *request, ApiCarrier carrier, bool *ret_found, Issue *ret,
                Error *err) MUST_USE;

/* A paper of the window is no business of a kiosk's: it is told as a request. */
bool issue_is_of_window(const Issue *issue);
void issue_tell(const Issue *issue, ApiCarrier carrier, ApiIssued *ret);

/* Transaction 1 of a new document: number, snapshot, first copy, its job, the key; the draft of it goes.
 * *ret_copy: held in epoch 1.  ERR_EXISTS: an equal request came in between, ERR_LIMIT: so many others that no more may
 * be given: look again. */
bool asking_take_number(Office *office, Asking *asking, const Service *service, const Composition *composition,
                        Str answers, char ret_copy[ID_SIZE], Error *err) MUST_USE;
/* The same of a paper that HEMIS made, which is there at once: the document, or one more copy of it where it was given
 * before, ready, with its job. */
bool asking_take_foreign(Office *office, Asking *asking, const Service *service, const Composition *composition,
                         Str answers, const HemisPage *page, Error *err) MUST_USE;
/* The same where people decide, or something is paid first: request with its own number, invoice or first stage, the
 * key; no document.  service: bound, with what the answers set; period: of the student's record; items: what was chosen
 * of it (bound.h). */
bool asking_hand_in(Office *office, Asking *asking, const Service *service, const char *period, Str answers, Str items,
                    Error *err) MUST_USE;
/* The next number of a register, this year's: "S-2026/000123".  In a transaction. */
bool text_number_take(StoreTransaction *transaction, const Office *office, const char *register_name, int64_t now_ms,
                      char ret[REQUEST_NUMBER_SIZE], Error *err) MUST_USE;
/* A new copy of an issued document.  On paper it replaces the newest one on paper, where there is one; on a phone none.
 * Of asking, document, copy, has_copy, the carrier, session and place are used.  ERR_CONFLICT: it has gone on: look
 * again. */
bool asking_add_copy(Office *office, Asking *asking, char ret_copy[ID_SIZE], Error *err) MUST_USE;
/* Nobody asks for it any more: its job is not given out either.  In a transaction; ERR_CONFLICT: it has gone on. */
bool request_expire(StoreTransaction *transaction, const RequestRow *request, int64_t now_ms, Error *err) MUST_USE;
/* This key too stands for the open request; the draft of it goes. */
bool asking_join(Office *office, const Asking *asking, Error *err) MUST_USE;
/* Nothing is to come out on paper: a job whose page was not handed out is cancelled.  ERR_CONFLICT: it has gone on. */
bool asking_cancel_job(Office *office, const Asking *asking, Error *err) MUST_USE;
/* The waiting or assigned job goes to the session's kiosk under the next epoch.  ERR_CONFLICT: it has gone on. */
bool asking_assign(Office *office, const Asking *asking, Error *err) MUST_USE;

#endif
