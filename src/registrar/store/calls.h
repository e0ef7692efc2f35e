/* Calls for a person from kiosks (schema/0008.sql). */
#ifndef REGISTRAR_STORE_CALLS_H
#define REGISTRAR_STORE_CALLS_H

#include "registrar/store/requests.h"

#define CALL_SCREEN_SIZE 32
#define CALL_CLERK_SIZE  48

typedef struct CallRow {
    char id[ID_SIZE];
    char kiosk[ID_SIZE];
    char screen[CALL_SCREEN_SIZE];
    char service[SERVICE_SIZE]; /* "" */
    char language[12];          /* tag */
    int64_t student;            /* 0: who it is was not to be told */
    CallState state;
    uint32_t epoch;
    char clerk[CALL_CLERK_SIZE]; /* ""; nobody answered */
    int64_t made_at_s, changed_at_s;
} CallRow;

/* In state waiting. */
bool calls_add(StoreTransaction *transaction, const CallRow *call, Error *err) MUST_USE;
bool calls_get(StoreTransaction *transaction, const char *id, bool *ret_found, CallRow *ret, Error *err) MUST_USE;
/* Who answers; before the move. */
bool calls_answered(StoreTransaction *transaction, const char *id, const char *clerk, Error *err) MUST_USE;
/* Those that wait or that somebody comes for, the oldest first; at most room. */
bool calls_open(StoreTransaction *transaction, CallRow *rows, size_t room, size_t *ret_count, Error *err) MUST_USE;
/* How many nobody has said yet that they come to. */
bool calls_waiting(StoreTransaction *transaction, int64_t *ret, Error *err) MUST_USE;
/* What a kiosk was given to print last, since then. */
typedef struct CallJob {
    JobState state;
    int sheets_expected, sheets_seen; /* -1: not told */
    int64_t changed_at_s;
} CallJob;
bool calls_last_job(StoreTransaction *transaction, const char *kiosk, int64_t since_s, bool *ret_found, CallJob *ret,
                    Error *err) MUST_USE;
/* How many came from this kiosk since then. */
bool calls_made_by(StoreTransaction *transaction, const char *kiosk, int64_t since_s, int64_t *ret,
                   Error *err) MUST_USE;

#endif
