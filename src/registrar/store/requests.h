/* What students asked for, and the keys that they asked with. */
#ifndef REGISTRAR_STORE_REQUESTS_H
#define REGISTRAR_STORE_REQUESTS_H

#include <stdint.h>

#include "base/buf.h"
#include "registrar/store/states.h"

#define ID_SIZE             37 /* uuid and zero */
#define SERVICE_SIZE        48
#define HASH_SIZE           32

#define REQUEST_REGISTER    "S"
#define VISITOR_REGISTER    "X"
#define REQUEST_NUMBER_SIZE 24
#define REQUEST_PLACE_SIZE  300

typedef struct RequestRow {
    char id[ID_SIZE];
    int64_t student;
    char client_key[ID_SIZE];
    char service[SERVICE_SIZE];
    char language[12];
    uint8_t answers_hash[HASH_SIZE]; /* over service, language and answers */
    char period[24];
    RequestState state;
    uint32_t epoch;
    int64_t asked_at_s;
    /* Of one that goes through people or is paid for: */
    char number[REQUEST_NUMBER_SIZE]; /* "S-2026/000123"; "": it is given at once */
    char place[REQUEST_PLACE_SIZE];   /* where it was asked for */
    int64_t promised_at_s;            /* 0: not promised */
} RequestRow;

/* ERR_EXISTS: an equal one is open, or the key is used. */
bool requests_add(StoreTransaction *transaction, const RequestRow *request, Str answers, Error *err) MUST_USE;
bool requests_get(StoreTransaction *transaction, const char *id, bool *ret_found, RequestRow *ret, Error *err) MUST_USE;
bool requests_answers(StoreTransaction *transaction, const char *id, Buf *answers, Error *err) MUST_USE;
/* What was chosen of the student's record, as it was then: JSON; nothing is appended where nothing was. */
bool requests_put_items(StoreTransaction *transaction, const char *id, Str items, Error *err) MUST_USE;
bool requests_items(StoreTransaction *transaction, const char *id, Buf *items, Error *err) MUST_USE;
/* Answered anew, and promised anew.  ERR_EXISTS: an equal one is open. */
bool requests_answer(StoreTransaction *transaction, const RequestRow *request, Str answers, Error *err) MUST_USE;
/* The moments after now_s for which requests under way are promised, rising. */
bool requests_promised(StoreTransaction *transaction, int64_t now_s, int64_t *rows, size_t room, size_t *ret_count,
                       Error *err) MUST_USE;
/* When it is promised for, from now on. */
bool requests_promise(StoreTransaction *transaction, const char *id, int64_t promised_at_s, Error *err) MUST_USE;
/* The open one that asks for the same. */
bool requests_open_equal(StoreTransaction *transaction, int64_t student, const uint8_t answers_hash[HASH_SIZE],
                         bool *ret_found, RequestRow *ret, Error *err) MUST_USE;
/* The one that asks for the same and is open, or was fulfilled since then though it was asked for before. */
bool requests_equal_since(StoreTransaction *transaction, int64_t student, const uint8_t answers_hash[HASH_SIZE],
                          int64_t since_s, bool *ret_found, RequestRow *ret, Error *err) MUST_USE;
/* Of those that are given at once: open, and asked before a time.  At most room. */
bool requests_overdue(StoreTransaction *transaction, int64_t before_s, RequestRow *rows, size_t room, size_t *ret_count,
                      Error *err) MUST_USE;

/* One line of "my requests": the newest copy of its document. */
typedef struct RequestLine {
    char client_key[ID_SIZE];
    char service[SERVICE_SIZE];
    RequestState state;
    char number[32];   /* "" while there is none */
    char delivery[16]; /* of the newest copy; "" while there is none */
    bool ready;        /* its page is there */
    bool has_document;
    bool at_window; /* its paper is handed out at a window */
    int64_t asked_at_s;
    int64_t promised_at_s; /* 0: not promised */
    int64_t sum;           /* of its invoice; 0: none */
    bool unpaid;           /* the invoice is open */
    char invoice[24];      /* "": none */
    char reason[301];      /* what a clerk said to its student, last; "": nothing */
    bool ordered;          /* an order is being made for it, or was */
    char order[24];        /* number of the order; "": not yet */
    char order_day[11];    /* ISO */
} RequestLine;
/* The newest first. */
bool requests_recent(StoreTransaction *transaction, int64_t student, RequestLine *lines, size_t room, size_t *ret_count,
                     Error *err) MUST_USE;

/* One of them, by its id. */
bool requests_line(StoreTransaction *transaction, const char *id, bool *ret_found, RequestLine *ret,
                   Error *err) MUST_USE;

/* One of this service was returned to the student, and is to be answered anew. */
bool requests_returned(StoreTransaction *transaction, int64_t student, const char *service, bool *ret,
                       Error *err) MUST_USE;

/* A request on its way through people, as the office's queue shows it. */
typedef struct QueueLine {
    RequestRow request;
    char student_number[24];
    int n;         /* the stage where it stands; 0: none */
    char unit[24]; /* "": none */
    char clerk[48];
    int64_t sum; /* of its invoice; 0: none */
    bool unpaid;
    bool visitor;   /* of somebody without an account */
    bool confirmed; /* ... whose passport was seen */
} QueueLine;

typedef struct QueueQuery {
    RequestState states[2]; /* in one of them; twice the same where it is one */
    int unpaid;             /* 1: with an unpaid invoice alone; 0: with none that is unpaid; -1: all */
    const char *unit;       /* ""; any */
    const char *after;      /* id of the last one seen; "": from the first */
} QueueQuery;
/* The oldest promise first. */
bool requests_queue(StoreTransaction *transaction, const QueueQuery *query, QueueLine *lines, size_t room,
                    size_t *ret_count, Error *err) MUST_USE;
/* Its student's number, stage and invoice beside it. */
bool requests_queued(StoreTransaction *transaction, const char *id, bool *ret_found, QueueLine *ret,
                     Error *err) MUST_USE;

/* A key and what it was answered with (MODEL.md section 2). */
typedef struct KeyAnswer {
    uint8_t body_hash[HASH_SIZE];
    char answer[ID_SIZE];
} KeyAnswer;
bool request_keys_add(StoreTransaction *transaction, int64_t student, const char *key, const KeyAnswer *answer,
                      int64_t keep_until_s, Error *err) MUST_USE;
bool request_keys_find(StoreTransaction *transaction, int64_t student, const char *key, bool *ret_found, KeyAnswer *ret,
                       Error *err) MUST_USE;

#endif
