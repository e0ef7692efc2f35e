/* Through which hands a request goes: one row a unit, in their order. */
#ifndef REGISTRAR_STORE_STAGES_H
#define REGISTRAR_STORE_STAGES_H

#include "registrar/store/requests.h"

#define STAGE_UNIT_SIZE   24
#define STAGE_CLERK_SIZE  48  /* "token:NAME" */
#define STAGE_REASON_SIZE 301 /* bytes and zero */

typedef enum StageState {
    STAGE_WAITING,
    STAGE_TAKEN,
    STAGE_APPROVED,
    STAGE_RETURNED,
    STAGE_DECLINED,
    STAGE_WITHDRAWN, /* with its request */
    STAGE_STATE_COUNT
} StageState;

const char *stage_state_name(StageState state);

typedef struct StageRow {
    int n; /* 1, 2, ... */
    char unit[STAGE_UNIT_SIZE];
    char clerk[STAGE_CLERK_SIZE]; /* "": nobody is at it */
    uint32_t epoch;               /* of the request when this changed */
    StageState state;
    char reason[STAGE_REASON_SIZE]; /* words for the student; "": none */
    int64_t changed_at_s;
} StageRow;

bool stages_add(StoreTransaction *transaction, const char *request, const StageRow *stage, Error *err) MUST_USE;
/* Writes all but n and unit; whoever does it holds the request's epoch. */
bool stages_put(StoreTransaction *transaction, const char *request, const StageRow *stage, Error *err) MUST_USE;
/* What the clerk answered, canonical JSON. */
bool stages_answer(StoreTransaction *transaction, const char *request, int n, Str answers, Error *err) MUST_USE;
/* What the student had answered when this one returned it. */
bool stages_put_returned(StoreTransaction *transaction, const char *request, int n, Str answers, Error *err) MUST_USE;
/* The newest of these; nothing is appended when there are none. */
bool stages_returned(StoreTransaction *transaction, const char *request, Buf *answers, Error *err) MUST_USE;
/* Of all stages the newest answers that there are; nothing is appended when there are none. */
bool stages_answers(StoreTransaction *transaction, const char *request, Buf *answers, Error *err) MUST_USE;
/* The first first; *ret_count at most room. */
bool stages_list(StoreTransaction *transaction, const char *request, StageRow *rows, size_t room, size_t *ret_count,
                 Error *err) MUST_USE;
/* The one where it stands. */
bool stages_last(StoreTransaction *transaction, const char *request, bool *ret_found, StageRow *ret,
                 Error *err) MUST_USE;

#endif
