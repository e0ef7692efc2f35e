/* Who looked at what is a student's: out of the audit log, copies, hand-outs, and counted checks of codes
 * (schema/0010.sql).  No name of a person and no source of a check is told: who looks for a student gets closed words
 * of it (office/looks.h). */
#ifndef REGISTRAR_STORE_LOOKS_H
#define REGISTRAR_STORE_LOOKS_H

#include "registrar/store/documents.h"
#include "registrar/store/kiosks.h"
#include "registrar/store/stages.h"

#define LOOK_ACT_SIZE 48

typedef enum LookSource {
    LOOK_OF_STUDENT,  /* an act of staff on the student */
    LOOK_OF_REQUEST,  /* ... on one of the requests */
    LOOK_OF_DOCUMENT, /* ... on one of the documents */
    LOOK_OF_SIGN_IN,
    LOOK_OF_COPY,     /* a copy was made */
    LOOK_OF_HAND_OUT, /* ... and handed out at a window */
    LOOK_OF_CHECK,    /* a copy's code was looked up */
    LOOK_SOURCE_COUNT
} LookSource;

/* What a source does not know is "" or 0. */
typedef struct LookRow {
    LookSource source;
    int64_t at_ms;
    char act[LOOK_ACT_SIZE];
    char unit[STAGE_UNIT_SIZE]; /* whose clerk it was, where a stage of that student's requests knows it */
    char service[SERVICE_SIZE];
    char number[DOCUMENT_NUMBER_SIZE]; /* of the document or request */
    char place[KIOSK_PLACE_SIZE];
    bool on_phone;
    int64_t times; /* LOOK_OF_CHECK: within that hour */
    Str detail;    /* of an act, JSON; borrowed for the visit */
} LookRow;

typedef bool (*LookVisit)(void *ctx, const LookRow *row, Error *err);

/* The newest of one source first, at most most of them. */
bool looks_each(StoreTransaction *transaction, LookSource source, int64_t student, int most, LookVisit visit, void *ctx,
                Error *err) MUST_USE;

/* One more check of a code; of a code that nobody has, nothing is kept. */
bool copy_checks_add(StoreTransaction *transaction, const char *code, int64_t at_s, Error *err) MUST_USE;

#endif
