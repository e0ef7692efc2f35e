/* The kiosks' interface, version 1 (MODEL.md section 3): shapes that travel, and their JSON.  Used by both ends, so
 * that they can't differ.  Unknown keys in an answer are passed over (a newer registrar), a missing or wrong one is
 * ERR_PROTOCOL with its name.
 *
 *   POST   /kiosk/v1/session                ApiSignIn        -> 201 ApiSession | 401 sign-in-refused | 429 limit
 *   DELETE /kiosk/v1/session                                 -> 204
 *   GET    /kiosk/v1/catalogue                               -> 200 catalogue, ETag | 304
 *   GET    /kiosk/v1/home                                    -> 200 ApiHome
 *   GET    /kiosk/v1/drafts/{service}                        -> 200 ApiDraft | 404
 *   PUT    /kiosk/v1/drafts/{service}       ApiDraft         -> 204 | 403, 404 | 422 form
 *   DELETE /kiosk/v1/drafts/{service}                        -> 204, also when there was none
 *   POST   /kiosk/v1/preview                ApiPreview       -> 200 image/png, header "Page-Count" | 422
 *   PUT    /kiosk/v1/requests/{uuid}        ApiRequest       -> 200, 201 ApiIssued | 409 already-open | 422
 *   GET    /kiosk/v1/copies/{id}/page?epoch=N                -> 200 application/pdf | 409 handed-out
 *   PUT    /kiosk/v1/print-jobs/{id}        ApiPrintReport   -> 200 ApiPrintJob (its state now)
 *   POST   /kiosk/v1/heartbeat              ApiHeartbeat     -> 200 ApiHeartbeatAnswer
 *
 * already-open carries the open one's ApiIssued beside the problem's own members.
 * Bearer in "Authorization: Bearer ...", bound to the client certificate.  Heartbeat, catalogue and print reports need
 * the certificate alone.  Errors are application/problem+json (RFC 9457); "type" is "/problems/SLUG". */
#ifndef WIRE_API_H
#define WIRE_API_H

#include "wire/form.h"

#define API_ID_SIZE       37 /* uuid and zero */
#define API_TOKEN_SIZE    48
#define API_SERVICES_MOST CATALOGUE_SERVICES_MOST
#define API_REQUESTS_MOST 20
#define API_DRAFTS_MOST   4
#define API_NOTICES_MOST  4

typedef enum ApiProblemKind {
    PROBLEM_NONE,
    PROBLEM_SIGN_IN_REFUSED,
    PROBLEM_LIMIT,              /* 429; retry_after_s says when */
    PROBLEM_SESSION_ENDED,      /* 401 with a bearer that is no more */
    PROBLEM_NOT_ALLOWED,        /* 403: this service is not for this student */
    PROBLEM_FORM,               /* 422: field and fault */
    PROBLEM_KEY_REUSED,         /* 422: same key, other fingerprint */
    PROBLEM_ALREADY_OPEN,       /* 409 */
    PROBLEM_HANDED_OUT,         /* 409: this epoch's page was handed out before */
    PROBLEM_TOO_LARGE_FOR_SEAL, /* 422: shown by the preview, never after a number is taken */
    PROBLEM_NOT_FOUND,
    PROBLEM_UNKNOWN_KIOSK, /* 403: no or revoked certificate */
    PROBLEM_BAD_REQUEST,   /* 400 */
    PROBLEM_BUSY,          /* 503 */
    PROBLEM_INTERNAL,      /* 500 */
    PROBLEM_COUNT
} ApiProblemKind;

typedef struct ApiProblem {
    ApiProblemKind kind;
    int status;                  /* HTTP; 0: as goes with the kind, filled in by who answers */
    int retry_after_s;           /* 0: not said */
    char field[SERVICE_ID_MOST]; /* PROBLEM_FORM */
    FormFault fault;
} ApiProblem;

typedef struct ApiSignIn {
    char number[24];
    char password[128]; /* secret: wipe */
} ApiSignIn;

typedef struct ApiSession {
    char token[API_TOKEN_SIZE]; /* secret: wipe */
    char given_name[64];        /* as the record has it, for the greeting */
    char full_name[160];
    char number[24];
    bool weak;            /* signed in with HEMIS's first password: no document with a PINFL */
    bool from_verifier;   /* HEMIS is away: the last accepted password was used, and the glass says so */
    int32_t seconds_left; /* until the secret is asked again: 1800 */
} ApiSession;

typedef enum ApiReason { /* why a service is not for this student now */
                         REASON_NONE,
                         REASON_STATUS, /* not studying now */
                         REASON_FORM,   /* for another form of study */
                         REASON_LIMIT,  /* today's copies are used up; again tomorrow */
                         REASON_SEASON, /* opens on "opens" */
                         REASON_WEAK,   /* change HEMIS's first password first */
                         REASON_RECORD, /* something is missing in the record */
                         REASON_COUNT
} ApiReason;

typedef enum ApiWayOn { WAY_ON_NONE, WAY_ON_WINDOW, WAY_ON_DATE, WAY_ON_SERVICE, WAY_ON_COUNT } ApiWayOn;

typedef struct ApiService {
    char service[SERVICE_ID_MOST];
    bool allowed;
    ApiReason reason;
    ApiWayOn way_on;
    char way_on_value[SERVICE_ID_MOST]; /* ISO date or service id */
    int copies_left;                    /* today; -1: no limit */
} ApiService;

typedef enum ApiRequestState {
    REQUEST_OPEN,
    REQUEST_READY,
    REQUEST_PRINTED,
    REQUEST_UNKNOWN,
    REQUEST_STATE_COUNT
} ApiRequestState;

typedef struct ApiRequestLine { /* "My requests" */
    char id[API_ID_SIZE];       /* the key it was asked with */
    char service[SERVICE_ID_MOST];
    char number[24];
    ApiRequestState state;
    int64_t at_s;
} ApiRequestLine;

typedef struct ApiDraftLine { /* a form in progress */
    char service[SERVICE_ID_MOST];
    int64_t saved_at_s;
    int answered, of; /* questions: how many have an answer, how many are asked under these answers */
} ApiDraftLine;

typedef struct ApiHome {
    size_t service_count;
    ApiService services[API_SERVICES_MOST];
    size_t request_count;
    ApiRequestLine requests[API_REQUESTS_MOST];
    size_t draft_count; /* the newest first, of services that are allowed */
    ApiDraftLine drafts[API_DRAFTS_MOST];
} ApiHome;

/* A form in progress, kept for its student: one for each service.  Answers are those that were given so far; none at
 * all takes the draft away. */
typedef struct ApiDraft {
    Language language;              /* of the document */
    char question[SERVICE_ID_MOST]; /* the field where the student stood; "": before the review, nothing left to ask */
    Answers answers;
} ApiDraft;

typedef struct ApiPreview {
    char service[SERVICE_ID_MOST];
    Language language; /* of the document */
    Answers answers;
    int width; /* pixels, 200..2000 */
} ApiPreview;

typedef struct ApiRequest {
    char service[SERVICE_ID_MOST];
    Language language;
    Answers answers;
    bool again; /* the student was asked "print again?" and said yes */
} ApiRequest;

typedef enum ApiPrintState { /* as MODEL.md section 1 names a print job's states */
                             PRINT_WAITING,
                             PRINT_HELD,
                             PRINT_ASSIGNED,
                             PRINT_SENDING,
                             PRINT_SENT,
                             PRINT_PRINTED,
                             PRINT_PARTLY,
                             PRINT_CANCELLED,
                             PRINT_ABORTED,
                             PRINT_UNKNOWN,
                             PRINT_EXPIRED,
                             PRINT_STATE_COUNT
} ApiPrintState;

typedef struct ApiPrintJob {
    char id[API_ID_SIZE];
    char copy[API_ID_SIZE];
    uint32_t epoch;
    ApiPrintState state;
    int sheets; /* expected */
} ApiPrintJob;

typedef struct ApiIssued {
    char document[API_ID_SIZE];
    char number[24]; /* "M-2026/004817" */
    char code[16];   /* of the copy, grouped */
    int pages;
    ApiPrintJob job;
} ApiIssued;

typedef struct ApiPrintReport {
    uint32_t epoch;
    ApiPrintState state; /* SENDING -> WAITING only with no_byte_left */
    bool no_byte_left;   /* the kiosk's journal proves that nothing was sent */
    int sheets;          /* that the printer itself reports; -1: it does not */
    char printer_uuid[64];
    int32_t printer_job; /* 0: none */
} ApiPrintReport;

typedef struct ApiHeartbeat {
    char version[32];
    char screen[32]; /* state of the glass, no personal data: "attract", "visit", "out-of-service" */
    char printer[32];
    int64_t uptime_s;
} ApiHeartbeat;

typedef struct ApiHeartbeatAnswer {
    int64_t now_s; /* the registrar's clock */
    char catalogue[24];
    char settings[24];
    char place[96];        /* where this kiosk stands, institution's words */
    char office_hours[16]; /* "17:00": open until, today; "" when closed */
} ApiHeartbeatAnswer;

const char *api_problem_slug(ApiProblemKind kind);
const char *api_print_state_name(ApiPrintState state);

/* Each writes JSON to buf, or reads it.  Reading checks lengths, bounds and UTF-8. */
bool api_problem_write(const ApiProblem *problem, Buf *buf, Error *err) MUST_USE;
/* 409: the problem, with the members of the open one's ApiIssued beside its own. */
bool api_already_open_write(const ApiIssued *open, Buf *buf, Error *err) MUST_USE;
bool api_problem_read(Str json, int status, ApiProblem *ret, Error *err) MUST_USE;
bool api_sign_in_write(const ApiSignIn *sign_in, Buf *buf, Error *err) MUST_USE;
bool api_sign_in_read(Str json, ApiSignIn *ret, Error *err) MUST_USE;
bool api_session_write(const ApiSession *session, Buf *buf, Error *err) MUST_USE;
bool api_session_read(Str json, ApiSession *ret, Error *err) MUST_USE;
bool api_home_write(const ApiHome *home, Buf *buf, Error *err) MUST_USE;
bool api_home_read(Str json, ApiHome *ret, Error *err) MUST_USE;
bool api_draft_write(const ApiDraft *draft, Buf *buf, Error *err) MUST_USE;
bool api_draft_read(Str json, ApiDraft *ret, Error *err) MUST_USE;
bool api_preview_write(const ApiPreview *preview, Buf *buf, Error *err) MUST_USE;
bool api_preview_read(Str json, ApiPreview *ret, Error *err) MUST_USE;
bool api_request_write(const ApiRequest *request, Buf *buf, Error *err) MUST_USE;
bool api_request_read(Str json, ApiRequest *ret, Error *err) MUST_USE;
bool api_issued_write(const ApiIssued *issued, Buf *buf, Error *err) MUST_USE;
bool api_issued_read(Str json, ApiIssued *ret, Error *err) MUST_USE;
bool api_print_job_write(const ApiPrintJob *job, Buf *buf, Error *err) MUST_USE;
bool api_print_job_read(Str json, ApiPrintJob *ret, Error *err) MUST_USE;
bool api_print_report_write(const ApiPrintReport *report, Buf *buf, Error *err) MUST_USE;
bool api_print_report_read(Str json, ApiPrintReport *ret, Error *err) MUST_USE;
bool api_heartbeat_write(const ApiHeartbeat *heartbeat, Buf *buf, Error *err) MUST_USE;
bool api_heartbeat_read(Str json, ApiHeartbeat *ret, Error *err) MUST_USE;
bool api_heartbeat_answer_write(const ApiHeartbeatAnswer *answer, Buf *buf, Error *err) MUST_USE;
bool api_heartbeat_answer_read(Str json, ApiHeartbeatAnswer *ret, Error *err) MUST_USE;

#endif
