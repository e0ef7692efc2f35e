/* One asking on its way through office_request: what was found, what is to be done.  Inside office/. */
#ifndef REGISTRAR_OFFICE_ASKING_H
#define REGISTRAR_OFFICE_ASKING_H

#include "registrar/office/making.h"

#define REQUEST_OPEN_S (7 * 86400) /* MODEL.md section 2 */
#define KEY_KEPT_S     (INT64_C(400) * 86400)

/* What the office has for this key and these answers. */
typedef enum AskingFound {
    FOUND_NOTHING,   /* to be issued */
    FOUND_BY_KEY,    /* the same key asked before */
    FOUND_EQUAL,     /* another key, and an equal request is open, or was until a moment ago */
    FOUND_OTHER_BODY /* the same key asked for something else, or its document is void */
} AskingFound;

/* A copy with all that is told of it. */
typedef struct Issue {
    RequestRow request;
    DocumentRow document;
    CopyRow copy;
    PrintJobRow job;
} Issue;

typedef struct Asking {
    const Office *office;
    const Session *session;
    const char *key;
    const ApiRequest *request;
    uint8_t fingerprint[HASH_SIZE];
    bool by_key_alone; /* "print again", without answers: the one of this key, whatever was answered then */
    AskingFound found;
    Issue issue;
    char kiosk_place[96];
} Asking;

bool asking_fingerprint(const ApiRequest *request, Buf *canonical, uint8_t ret[HASH_SIZE], Error *err) MUST_USE;
/* Fills found and issue, from one snapshot. */
bool asking_look(StoreTransaction *transaction, Asking *asking, Error *err) MUST_USE;
/* Reads request, document, newest copy and job again. */
bool issue_read(StoreTransaction *transaction, const char *request, bool *ret_found, Issue *ret, Error *err) MUST_USE;

/* Transaction 1 of a new document: number, snapshot, first copy, its job, the key; the draft of it goes.
 * *ret_copy: held in epoch 1.  ERR_EXISTS: an equal request came in between, ERR_LIMIT: so many others that no more may
 * be given: look again. */
bool asking_take_number(Office *office, Asking *asking, const Composition *composition, Str answers,
                        char ret_copy[ID_SIZE], Error *err) MUST_USE;
/* A new copy of an issued document, that replaces its newest one.  ERR_CONFLICT: that has gone on: look again. */
bool asking_add_copy(Office *office, Asking *asking, char ret_copy[ID_SIZE], Error *err) MUST_USE;
/* Nobody asks for it any more: its job is not given out either.  In a transaction; ERR_CONFLICT: it has gone on. */
bool request_expire(StoreTransaction *transaction, const RequestRow *request, int64_t now_ms, Error *err) MUST_USE;
/* This key too stands for the open request; the draft of it goes. */
bool asking_join(Office *office, const Asking *asking, Error *err) MUST_USE;
/* The waiting or assigned job goes to the session's kiosk under the next epoch.  ERR_CONFLICT: it has gone on. */
bool asking_assign(Office *office, const Asking *asking, Error *err) MUST_USE;

#endif
