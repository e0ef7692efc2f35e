/* The kiosks' interface, version 1 (MODEL.md section 3): shapes that travel, and their JSON.  Used by both ends, so
 * that they can't differ.  Unknown keys in an answer are passed over (a newer registrar), a missing or wrong one is
 * ERR_PROTOCOL with its name.
 *
 *   POST   /kiosk/v1/session                ApiSignIn        -> 201 ApiSession | 401 sign-in-refused | 503 hemis-away
 *                                                            |  429 limit, hemis-tries
 *   DELETE /kiosk/v1/session                                 -> 204
 *   GET    /kiosk/v1/catalogue                               -> 200 catalogue, ETag | 304
 *   GET    /kiosk/v1/home                                    -> 200 ApiHome
 *   GET    /kiosk/v1/drafts/{service}                        -> 200 ApiDraft | 404
 *   PUT    /kiosk/v1/drafts/{service}       ApiDraft         -> 204 | 403, 404 | 422 form
 *   DELETE /kiosk/v1/drafts/{service}                        -> 204, also when there was none
 *   POST   /kiosk/v1/preview                ApiPreview       -> 200 image/png, header "Page-Count" | 422
 *   PUT    /kiosk/v1/requests/{uuid}        ApiRequest       -> 200, 201 ApiIssued | 409 already-open | 422
 *   DELETE /kiosk/v1/requests/{uuid}                         -> 204 | 404 | 409 decided
 *   GET    /kiosk/v1/requests/{uuid}                         -> 200 ApiRequestDetails (wire/details.h) | 404
 *   PUT    /kiosk/v1/requests/{uuid}/answers ApiRequest      -> 200 ApiIssued | 404 | 409 decided | 422
 *   GET    /kiosk/v1/requests/{uuid}/receipt?language=TAG    -> 200 application/pdf | 404
 *   POST   /kiosk/v1/visitors               ApiVisitor       -> 201 ApiSession | 401 sign-in-refused | 422 | 429 limit
 *   GET    /kiosk/v1/copies/{id}/page?epoch=N                -> 200 application/pdf | 409 handed-out
 *   PUT    /kiosk/v1/print-jobs/{id}        ApiPrintReport   -> 200 ApiPrintJob (its state now)
 *   POST   /kiosk/v1/copies/{id}/phone-link                  -> 201 ApiPhoneLink | 403, 404 | 429 limit
 *   GET    /kiosk/v1/phone-links/{id}                        -> 200 ApiPhoneLink | 404
 *   PUT    /kiosk/v1/phone-links/{id}/digits ApiPhoneDigits  -> 200 ApiPhoneLink | 404
 *   DELETE /kiosk/v1/phone-links/{id}                        -> 200 ApiPhoneLink | 404
 *   POST   /kiosk/v1/heartbeat              ApiHeartbeat     -> 200 ApiHeartbeatAnswer
 *   GET    /kiosk/v1/events?after=CURSOR                     -> wire/events.h, held
 *   GET    /kiosk/v1/notices                                 -> wire/notices.h
 *   GET    /kiosk/v1/theme                                   -> wire/theme.h
 *   .../papers, information, study, looks, hall, tickets, calls: wire/{papers,information,study,looks,hall}.h
 *   .../card, card-session: wire/card.h
 *   .../oauth, sign-in-grants: wire/grant.h
 *   .../enrol, renew: wire/enrol.h
 *
 * A phone link: the copy names the document, any copy of it will do.  The link's own state is asked for when an event
 * says that it changed, and now and then while the glass shows it.  Digits are one try: wrong ones deny the link.
 * DELETE withdraws: a link that waits is denied, a copy that was not taken expires, one that was taken is revoked.
 *
 * already-open carries the open one's ApiIssued beside the problem's own members.
 * Bearer in "Authorization: Bearer ...", bound to the client certificate.  Heartbeat, events, catalogue, notices,
 * theme and print reports need the certificate alone.  Errors are application/problem+json (RFC 9457), whose "type",
 * "/problems/SLUG", a GET explains.  The whole interface, every status and header, stands in
 * assets/openapi/kiosks.json, which GET /kiosk/v1/openapi.json gives. */
#ifndef WIRE_API_H
#define WIRE_API_H

#include "wire/form.h"
#include "wire/lists.h"

#define API_VERSIONS      "v1" /* of the interface: a path's second part */
#define API_ID_SIZE       37   /* uuid and zero */
#define API_TOKEN_SIZE    48
#define API_VERSION_SIZE  24 /* of a text that is asked for again when it changed: its ETag without quotes */
#define API_SERVICES_MOST CATALOGUE_SERVICES_MOST
#define API_REQUESTS_MOST 20
#define API_DRAFTS_MOST   4
#define API_SHOWN_MOST    24
#define API_WORDS_SIZE    301

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
    PROBLEM_METHOD,        /* 405 */
    PROBLEM_TOO_LARGE,     /* 413: the body; 414: the address; 431: the head */
    PROBLEM_VERSION,       /* 404: no such version of the interface; "versions" names those that there are */
    PROBLEM_NOT_WHOLE,     /* 422: a service or template that is not taken; "faults" says why */
    PROBLEM_CHANGED,       /* 412: what stands there is not what If-Match or If-None-Match means */
    PROBLEM_UNCONDITIONAL, /* 428: without If-Match or If-None-Match nothing is changed */
    PROBLEM_OF_FOLDER,     /* 409: it was not put over the interface, so it can't be taken away by it */
    PROBLEM_DECIDED,       /* 409: the request, invoice or paper has gone on: this can't be done with it any more */
    PROBLEM_UNPAID,        /* 409: its invoice is to be paid first */
    PROBLEM_LACKS,         /* 422: the record, or what was answered, has not what the paper says: field */
    PROBLEM_NO_BLANK,      /* 409: no numbered form of that kind is issued to anybody */
    PROBLEM_UNCONFIRMED,   /* 409: staff have not seen who this visitor is */
    PROBLEM_CLOSED,        /* 409: not at this hour: no window gives tickets, nobody is there to come */
    PROBLEM_CARD_BLOCKED,  /* 403: nobody signs in with this card (wire/card.h) */
    PROBLEM_CARD_TAKEN,    /* 409: it is another student's */
    PROBLEM_PIN_EASY,      /* 422: the first that a finder tries */
    PROBLEM_HEMIS_AWAY,    /* 503: HEMIS does not answer, and the register does not know this number with this secret */
    PROBLEM_HEMIS_TRIES,   /* 429: HEMIS can be asked about no more passwords now; retry_after_s says when */
    PROBLEM_ENROL_REFUSED, /* 403: no such kiosk, or the code opens nothing (wire/enrol.h): which is not told */
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
    bool visitor;         /* a person without an account, who said a name: number is "" */
    bool weak;            /* signed in with HEMIS's first password: no document with a PINFL */
    bool from_verifier;   /* HEMIS is away: the last accepted password was used, and the glass says so */
    int64_t as_of_s;      /* when the record was told last, where from_verifier; 0: not said */
    int32_t seconds_left; /* until the secret is asked again: 1800 */
} ApiSession;

typedef enum ApiReason { /* why a service is not for this student now */
                         REASON_NONE,
                         REASON_STATUS,        /* not studying now, or still studying */
                         REASON_FORM,          /* for another form of study */
                         REASON_LIMIT,         /* today's copies are used up; again tomorrow */
                         REASON_SEASON,        /* opens on the way on's date */
                         REASON_WEAK,          /* change HEMIS's first password first */
                         REASON_RECORD,        /* something is missing in the record */
                         REASON_TYPE,          /* for bachelors, for masters */
                         REASON_YEAR,          /* for another year of study */
                         REASON_PAYMENT,       /* for contract students, for those on a grant */
                         REASON_CITIZENSHIP,   /* for citizens, for foreigners */
                         REASON_DEBTS,         /* has academic debts */
                         REASON_NO_DEBTS,      /* has none */
                         REASON_UNPAID,        /* the contract is not paid as far as is wanted */
                         REASON_SEMESTER,      /* was given this semester */
                         REASON_NOTHING,       /* nothing of it on record: no place in a dormitory, no scholarship */
                         REASON_GPA,           /* below the average that is wanted */
                         REASON_ACCOMMODATION, /* for who lives elsewhere: in a dormitory, in rooms that are rented */
                         REASON_ACCOUNT,       /* for students, who sign in */
                         REASON_VISITOR,       /* for who has no account: does not study here */
                         REASON_HAS,           /* has it already: a place in a dormitory */
                         REASON_TIMES,         /* had it as often as the rules allow */
                         REASON_UNDER_WAY,     /* one was handed in, and is not decided yet */
                         REASON_HOME,          /* for whose registered home is elsewhere */
                         REASON_HEMIS,         /* its paper is HEMIS's, which did not let this session in itself */
                         REASON_OTHER,         /* something else of the record */
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
    int64_t promised_at_s;              /* when it would be there, asked for now; 0: at once */
} ApiService;

typedef enum ApiRequestState {
    REQUEST_OPEN,
    REQUEST_READY, /* to be printed at a kiosk */
    REQUEST_PRINTED,
    REQUEST_UNKNOWN,
    REQUEST_PAYMENT,  /* an invoice is to be paid first */
    REQUEST_REVIEW,   /* people look at it */
    REQUEST_RETURNED, /* they want something else of the student, in words */
    REQUEST_DECLINED, /* in words */
    REQUEST_WINDOW,   /* lies ready at the window */
    REQUEST_COLLECTED,
    REQUEST_DONE,     /* fulfilled without a paper: a record was corrected */
    REQUEST_APPROVED, /* and the order is being made */
    REQUEST_STATE_COUNT
} ApiRequestState;

typedef struct ApiRequestLine { /* "My requests" */
    char id[API_ID_SIZE];       /* the key it was asked with */
    char service[SERVICE_ID_MOST];
    char number[24];
    ApiRequestState state;
    int64_t at_s;
    int64_t promised_at_s;      /* 0: nothing was promised */
    int64_t sum;                /* soʻm, PAYMENT */
    char invoice[24];           /* its number, PAYMENT */
    char words[API_WORDS_SIZE]; /* of staff, RETURNED and DECLINED */
} ApiRequestLine;

typedef struct ApiShown { /* what the forms of allowed services show of the record, or are answered with beforehand */
    char field[SERVICE_ID_MOST];
    char value[200];
} ApiShown;

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
    size_t shown_count;
    ApiShown shown[API_SHOWN_MOST];
    Lists lists; /* that the forms of allowed services choose from */
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

typedef enum ApiCarrier { CARRIER_PAPER, CARRIER_PHONE, CARRIER_COUNT } ApiCarrier;

typedef struct ApiRequest {
    char service[SERVICE_ID_MOST];
    Language language;
    Answers answers;
    bool again; /* the student was asked "print again?" and said yes */
    /* Of the copy; absent: paper.  Not of the request: one key is one document, whatever carries it.  For a phone
     * nothing is printed, and a print job whose page was not handed out yet is cancelled. */
    ApiCarrier carrier;
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

/* What came of a request.  Where people decide, or something is to be paid first, there is no document yet: document,
 * code, copy and job are "", number is the request's own, and state says what is waited for. */
typedef struct ApiIssued {
    ApiRequestState state; /* OPEN: issued; PAYMENT, REVIEW */
    int64_t promised_at_s; /* 0: nothing was promised */
    int64_t sum;           /* soʻm, PAYMENT */
    char invoice[24];      /* its number, PAYMENT */
    char document[API_ID_SIZE];
    char number[24]; /* "M-2026/004817", of a request "S-2026/000123" */
    char code[16];   /* of the copy, grouped */
    char copy[API_ID_SIZE];
    int pages;       /* 0: its page is still being made, told of an open one alone */
    ApiPrintJob job; /* id "": none, the copy is for a phone */
} ApiIssued;

typedef enum ApiPhoneState { /* as MODEL.md section 1 names a phone link's states */
                             PHONE_OFFERED,
                             PHONE_OPENED,
                             PHONE_MATCHED,
                             PHONE_USED,
                             PHONE_DENIED,
                             PHONE_EXPIRED,
                             PHONE_STATE_COUNT
} ApiPhoneState;

#define API_PHONE_ADDRESS_SIZE 128

typedef struct ApiPhoneLink {
    char id[API_ID_SIZE];
    char address[API_PHONE_ADDRESS_SIZE]; /* for the QR code, in its own letters; told once, when it is made: secret */
    char code[16];                        /* of the copy that the phone gets, grouped */
    ApiPhoneState state;
    bool withdrawn; /* the copy is valid no more */
    int seconds_left;
    int64_t taken_at_s; /* 0: not yet */
} ApiPhoneLink;

typedef struct ApiPhoneDigits {
    char digits[3]; /* as the phone shows them */
} ApiPhoneDigits;

typedef struct ApiPrintReport {
    uint32_t epoch;
    ApiPrintState state; /* SENDING -> WAITING only with no_byte_left */
    bool no_byte_left;   /* the kiosk's journal proves that nothing was sent */
    int sheets;          /* that the printer itself reports; -1: it does not */
    char printer_uuid[64];
    int32_t printer_job; /* 0: none */
} ApiPrintReport;

#define API_HEAD_SIZE 400

typedef struct ApiHeartbeat {
    char version[32];
    char screen[32]; /* state of the glass, no personal data: "attract", "visit", "out-of-service" */
    char printer[32];
    int64_t uptime_s;
    char audit_kept[API_HEAD_SIZE]; /* the audit log's head that it keeps (wire/audit.h), base64url; "": none yet */
    bool audit_broken;              /* what it heard since did not follow that one, or the registrar did not hold it */
} ApiHeartbeat;

typedef struct ApiHeartbeatAnswer {
    int64_t now_s; /* the registrar's clock */
    char catalogue[API_VERSION_SIZE];
    char notices[API_VERSION_SIZE]; /* versions, "" from a registrar that has none */
    char theme[API_VERSION_SIZE];
    char information[API_VERSION_SIZE];
    char settings[API_VERSION_SIZE];
    char place[96];                 /* where this kiosk stands, institution's words */
    char office_hours[16];          /* "17:00": open until, today; "" when closed */
    char audit_head[API_HEAD_SIZE]; /* the newest, to be kept; "" from a registrar that has none */
    bool hall;                      /* there are windows with tickets: wire/hall.h */
    bool phone_sign_in;             /* students may sign in with their own phone: wire/grant.h */
    bool audit_conflict;            /* the log does not hold what the kiosk keeps */
} ApiHeartbeatAnswer;

/* 16 hex digits of the hash of an answer's text. */
bool api_version(Str text, char ret[API_VERSION_SIZE], Error *err) MUST_USE;

/* PROBLEM_FORM of this field. */
ApiProblem api_problem_form(const char *field, FormFault fault);
const char *api_problem_slug(ApiProblemKind kind);
/* In English, for who builds on this interface: a kiosk has words of its own. */
const char *api_problem_title(ApiProblemKind kind);
/* False: no kind has this slug. */
bool api_problem_parse(Str slug, ApiProblemKind *ret) MUST_USE;
const char *api_request_state_name(ApiRequestState state);
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
bool api_phone_link_write(const ApiPhoneLink *link, Buf *buf, Error *err) MUST_USE;
bool api_phone_link_read(Str json, ApiPhoneLink *ret, Error *err) MUST_USE;
bool api_phone_digits_write(const ApiPhoneDigits *digits, Buf *buf, Error *err) MUST_USE;
bool api_phone_digits_read(Str json, ApiPhoneDigits *ret, Error *err) MUST_USE;
bool api_print_job_write(const ApiPrintJob *job, Buf *buf, Error *err) MUST_USE;
bool api_print_job_read(Str json, ApiPrintJob *ret, Error *err) MUST_USE;
bool api_print_report_write(const ApiPrintReport *report, Buf *buf, Error *err) MUST_USE;
bool api_print_report_read(Str json, ApiPrintReport *ret, Error *err) MUST_USE;
bool api_heartbeat_write(const ApiHeartbeat *heartbeat, Buf *buf, Error *err) MUST_USE;
bool api_heartbeat_read(Str json, ApiHeartbeat *ret, Error *err) MUST_USE;
bool api_heartbeat_answer_write(const ApiHeartbeatAnswer *answer, Buf *buf, Error *err) MUST_USE;
bool api_heartbeat_answer_read(Str json, ApiHeartbeatAnswer *ret, Error *err) MUST_USE;

#endif
