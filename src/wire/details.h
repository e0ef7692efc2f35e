/* One of "my requests" in full, and how a person without an account says who they are (wire/api.h). */
#ifndef WIRE_DETAILS_H
#define WIRE_DETAILS_H

#include "wire/api.h"

#define API_STAGES_MOST (UNITS_MOST + 10) /* each unit, and what was returned to the student before */
#define API_PAPERS_MOST 12
#define API_UNIT_SIZE   24

typedef enum ApiStageState {
    API_STAGE_WAITING,
    API_STAGE_TAKEN, /* somebody is at it */
    API_STAGE_APPROVED,
    API_STAGE_RETURNED,
    API_STAGE_DECLINED,
    API_STAGE_STATE_COUNT
} ApiStageState;

typedef struct ApiStage {
    char unit[API_UNIT_SIZE]; /* of the catalogue's units */
    ApiStageState state;
    int64_t at_s; /* since when; 0: it has not come there */
} ApiStage;

typedef enum ApiPaperState {
    API_PAPER_WANTED, /* to be brought to the window */
    API_PAPER_PHOTO,  /* photographed */
    API_PAPER_SEEN,   /* staff have ticked it off */
    API_PAPER_STATE_COUNT
} ApiPaperState;

typedef struct ApiPaperLine {
    char field[SERVICE_ID_MOST]; /* the form's question */
    ApiPaperState state;
} ApiPaperLine;

typedef struct ApiRequestDetails {
    ApiRequestLine line;
    Language language; /* of the document, where there is one */
    Answers answers;
    size_t stage_count; /* in their order; units that it has not come to yet stand at the end */
    ApiStage stages[API_STAGES_MOST];
    size_t paper_count;
    ApiPaperLine papers[API_PAPERS_MOST];
    bool can_answer;                /* staff returned it: PUT .../answers is awaited */
    bool begun;                     /* it was begun: answers and language are what is filled in so far */
    char question[SERVICE_ID_MOST]; /* where the student stood then; "": none was left */
    bool unconfirmed;               /* a visitor whose passport is to be shown at the window */
    char order_number[24];          /* of the order that ended it; "": none */
    char order_date[11];            /* ISO */
} ApiRequestDetails;

/* Answers to the catalogue's service `visitor`: who comes, or with which request they came before. */
typedef struct ApiVisitor {
    Language language;
    Answers answers;
} ApiVisitor;

#define VISITOR_SERVICE "visitor"

bool api_request_details_write(const ApiRequestDetails *details, Buf *buf, Error *err) MUST_USE;
/* *ret is large: on the heap.  Left zero on failure. */
bool api_request_details_read(Str json, ApiRequestDetails *ret, Error *err) MUST_USE;
bool api_visitor_write(const ApiVisitor *visitor, Buf *buf, Error *err) MUST_USE;
bool api_visitor_read(Str json, ApiVisitor *ret, Error *err) MUST_USE;

#endif
