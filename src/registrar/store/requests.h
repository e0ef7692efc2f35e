/* What students asked for, and the keys that they asked with. */
#ifndef REGISTRAR_STORE_REQUESTS_H
#define REGISTRAR_STORE_REQUESTS_H

#include <stdint.h>

#include "base/buf.h"
#include "registrar/store/states.h"

#define ID_SIZE      37 /* uuid and zero */
#define SERVICE_SIZE 48
#define HASH_SIZE    32

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
} RequestRow;

/* ERR_EXISTS: an equal one is open, or the key is used. */
bool requests_add(StoreTransaction *transaction, const RequestRow *request, Str answers, Error *err) MUST_USE;
bool requests_get(StoreTransaction *transaction, const char *id, bool *ret_found, RequestRow *ret, Error *err) MUST_USE;
bool requests_answers(StoreTransaction *transaction, const char *id, Buf *answers, Error *err) MUST_USE;
/* The open one that asks for the same. */
bool requests_open_equal(StoreTransaction *transaction, int64_t student, const uint8_t answers_hash[HASH_SIZE],
                         bool *ret_found, RequestRow *ret, Error *err) MUST_USE;
/* The one that asks for the same and is open, or was fulfilled since then though it was asked for before. */
bool requests_equal_since(StoreTransaction *transaction, int64_t student, const uint8_t answers_hash[HASH_SIZE],
                          int64_t since_s, bool *ret_found, RequestRow *ret, Error *err) MUST_USE;
/* Some request of this service since a time, or (since_s < 0) of a period, that was not given up. */
bool requests_since(StoreTransaction *transaction, int64_t student, const char *service, int64_t since_s,
                    const char *period, bool *ret_found, Error *err) MUST_USE;
/* Open, and asked before a time: at most room ids. */
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
    int64_t asked_at_s;
} RequestLine;
/* The newest first. */
bool requests_recent(StoreTransaction *transaction, int64_t student, RequestLine *lines, size_t room, size_t *ret_count,
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
