/* The kiosk's whole state.  Written by app_update alone, read by screens.
 * All that a person brought or was told lives in `visit`, which is wiped when the visit ends; what stays is the
 * machine's own: catalogue, printer, registrar, counters, and the ids of a paper whose end is not known yet (`paper`:
 * nothing personal). */
#ifndef KIOSK_APP_MODEL_H
#define KIOSK_APP_MODEL_H

#include "base/texts.h"
#include "kiosk/app/acts.h"
#include "kiosk/app/cmd.h"
#include "kiosk/app/msg.h"

/* Of a student's number: 12 as a rule, 10..14 at older and joint programmes. */
#define NUMBER_DIGITS_LEAST  10
#define NUMBER_DIGITS_USUAL  12
#define NUMBER_DIGITS_MOST   14

#define DATE_DIGITS          8 /* of a date while it is typed: DDMMYYYY */

#define IDLE_LIMIT_MS        60000  /* without a touch: "still there?" */
#define STILL_THERE_MS       20000  /* then so long to answer */
#define DONE_LIMIT_MS        20000  /* the done screen signs out by itself */
#define PRINTING_LIMIT_MS    300000 /* idle limit while paper is on its way: refilling takes minutes */
#define WAITING_LONG_MS      3000   /* then the glass says what one can do */
#define WAITING_LIMIT_MS     30000  /* no answer at all, not even a failure: the device is taken for silent */
#define PAGE_LIMIT_MS        60000  /* from handing out to the first byte (MODEL.md section 1) */
#define HEARTBEAT_MS         27000  /* plus a jitter below HEARTBEAT_JITTER_MS: 30 s on average */
#define HEARTBEAT_JITTER_MS  6000
#define HEARTBEAT_SOON_MS    3000 /* while it is in doubt whether the registrar answers */
#define HEARTBEATS_LOST_MOST 2    /* then the registrar is away */

typedef enum ScreenKind {
    SCREEN_OUT_OF_SERVICE,
    SCREEN_ATTRACT,
    SCREEN_SIGN_IN,
    SCREEN_HOME,
    SCREEN_SERVICE,
    SCREEN_FORM,
    SCREEN_REVIEW,
    SCREEN_PREVIEW,
    SCREEN_PRINTING,
    SCREEN_DONE,
    SCREEN_FAULT,
    SCREEN_LEAVE,       /* covers any other: what was filled in would be lost */
    SCREEN_STILL_THERE, /* covers any other of a visit */
    SCREEN_COUNT
} ScreenKind;

typedef enum OutReason {
    OUT_NOT,      /* in service */
    OUT_STARTING, /* nothing answered yet */
    OUT_NO_REGISTRAR,
    OUT_NO_CATALOGUE,
    OUT_UNKNOWN_KIOSK, /* the registrar does not admit this kiosk's certificate */
    OUT_CLOCK,         /* our clock is before the day this program was built */
    OUT_CLOSED         /* taken out of service by its settings */
} OutReason;

typedef enum SignInNote {
    SIGN_IN_NOTE_NONE,
    SIGN_IN_NOTE_NUMBER,   /* too few digits */
    SIGN_IN_NOTE_PASSWORD, /* empty */
    SIGN_IN_NOTE_WRONG,    /* number or password: which one is not told */
    SIGN_IN_NOTE_LIMITED,  /* until wait_until_ms */
    SIGN_IN_NOTE_ENDED     /* the session's time is over: the password is asked again */
} SignInNote;

typedef struct SignInState {
    char number[NUMBER_DIGITS_MOST + 1]; /* digits alone; the screen groups them */
    char password[128];                  /* secret */
    SignInField filling;
    bool shown; /* the password is readable */
    SignInNote note;
    int64_t wait_until_ms; /* wall time */
    ScreenKind return_to;  /* after ENDED, for the same student; SCREEN_HOME otherwise */
} SignInState;

typedef struct TypingState { /* of the keyboard on the glass */
    KeyboardLayer layer;
    bool shifted;
} TypingState;

typedef struct FormState {
    size_t question;               /* n-th of those that are asked */
    bool changing;                 /* came from the review and goes back there */
    FormFault fault;               /* of this question, shown beside it */
    char typed[ANSWER_BYTES_MOST]; /* the text, number or date being filled; a date as digits DDMMYYYY */
} FormState;

typedef struct DraftState { /* what the registrar has of the form that is being filled in */
    bool changed;           /* something was filled in since the last CMD_DRAFT */
    bool sent;              /* it was told of this form */
    bool kept;              /* it has what was sent last */
    bool failed;            /* it could not be told, and was not since */
    bool under_way;         /* the last CMD_DRAFT has no answer yet: there is one at a time, the newest follows it */
    int64_t since_ms;       /* ... and since when */
    uint32_t serial;        /* of the last CMD_DRAFT */
} DraftState;

typedef enum FormKept {
    FORM_NOTHING,    /* nothing is filled in that could be lost */
    FORM_BEING_KEPT, /* it is on its way */
    FORM_KEPT,       /* at any kiosk one can go on */
    FORM_NOT_KEPT
} FormKept;

typedef enum Leaving { LEAVING_NOT, LEAVING_FINISH, LEAVING_HOME } Leaving;

typedef struct PreviewState {
    Blob *png; /* owned; NULL: not there yet */
    int pages;
    uint32_t serial; /* of the last CMD_PREVIEW */
} PreviewState;

typedef struct IssueState {
    char key[API_ID_SIZE]; /* the request's key, kept for every retry; "" until Print was touched */
    bool again;            /* the student said yes to "print again?" */
    bool from_home;        /* one of "my requests": service and answers are the registrar's to know */
    bool issued;           /* what follows is told */
    ApiIssued paper;
    int64_t issued_at_ms;  /* wall time */
    int64_t page_asked_ms; /* monotonic, of the last CMD_PAGE: no later than its handing out */
    unsigned releases;     /* how often a handed-out page was given back unprinted */
    ApiPrintJob printed;   /* the last that CMD_PRINT was given for: never twice for one epoch */
} IssueState;

typedef enum FaultKind {
    FAULT_NONE,
    FAULT_AWAY,           /* the registrar can't be reached; asking again is safe */
    FAULT_BUSY,           /* it answers that it can't now */
    FAULT_LIMIT,          /* too many requests; retry_at_ms */
    FAULT_REFUSED,        /* it won't make this paper: no reason that a student can mend */
    FAULT_NOT_ALLOWED,    /* this service is not for this student */
    FAULT_TOO_LARGE,      /* the seal would not fit: said by the preview, before any number is taken */
    FAULT_PRINTER_BEFORE, /* it could not print: nothing was asked yet */
    FAULT_PRINTER_DURING, /* it stopped; goes on by itself when mended */
    FAULT_NOT_SENT,       /* issued, and not a byte reached the printer */
    FAULT_LATE,           /* the page came too late to be printed */
    FAULT_HANDED_OUT,     /* the page was given out and can't be given again */
    FAULT_ALREADY_OPEN,   /* "print again?" */
    FAULT_ASK_AGAIN,      /* one of "my requests" whose paper is unknown: "print again?" */
    FAULT_HELD,           /* the office keeps it */
    FAULT_STOPPED,        /* by the student; nothing came out */
    FAULT_GIVEN_UP,       /* by the printer; nothing came out */
    FAULT_PARTLY,         /* fewer sheets than pages */
    FAULT_UNKNOWN,        /* a person must look */
    FAULT_NOT_OUT,        /* a person looked: it did not come out */
    FAULT_PAPER_BEFORE,   /* another visit's paper is not settled */
    FAULT_KIND_COUNT
} FaultKind;

typedef struct FaultState {
    FaultKind kind;
    CmdKind retry; /* what "try again" repeats */
    PrinterCondition condition;
    int sheets;          /* that came out; -1: not told */
    int64_t retry_at_ms; /* wall time; 0: at once */
    bool at_window;      /* the way to the window is shown */
    bool is_over;        /* FAULT_AWAY: the registrar answers again */
    int64_t tried_ms;    /* monotonic: "try again" asked the printer; 0: it did not */
} FaultState;

typedef struct Waiting {
    CmdKind command; /* CMD_NONE: for nothing */
    int64_t since_ms;
    uint32_t asked; /* the answer to this asking and to no other; 0: any */
} Waiting;

typedef struct Visit {
    bool active;
    ScreenKind screen;
    Language language;
    bool choosing_language;
    int64_t touched_ms;
    int64_t still_there_ms; /* when the question was put; 0: it is not shown */
    Waiting waiting;
    uint32_t asked; /* counts what was asked of the registrar */
    SignInState sign_in;
    TypingState typing;
    bool signed_in;
    ApiSession session; /* holds the token: secret */
    int64_t session_ends_ms;
    ApiHome *home;               /* owned; NULL: not there yet */
    char group[SERVICE_ID_MOST]; /* opened on home; "" for all */
    char service[SERVICE_ID_MOST];
    Answers answers;
    FormState form;
    DraftState draft;
    Leaving leaving; /* the question whether to lose what was filled in covers the screen */
    Language document_language;
    PreviewState preview;
    IssueState issue;
    int64_t done_ms;
    FaultState fault;
} Visit;

#define PAPERS_BEHIND_MOST 8

/* The paper on its way, from CMD_PRINT until its end is known.  It may outlive its visit; nothing in it is personal. */
typedef struct Paper {
    ApiPrintJob job; /* id "": none */
    uint32_t visit;
    PrintPhase phase;
    PrinterCondition condition;
    int sheets; /* out so far; -1: not told */
    char printer_uuid[64];
    int32_t printer_job;
    bool stopping;    /* CMD_PRINT_STOP was given */
    bool looked;      /* a person looked where it should lie */
    bool reporting;   /* its end was told and the registrar has not answered yet */
    int64_t moved_ms; /* when its phase, sheets or condition last changed */
} Paper;

typedef struct PrinterFacts {
    PrinterCondition condition;
    bool paper_low, toner_low;
} PrinterFacts;

typedef struct RegistrarFacts {
    bool answered; /* since start */
    bool unknown_kiosk;
    unsigned lost;           /* heartbeats in a row without an answer */
    int64_t heartbeat_at_ms; /* monotonic: when the next is due */
    bool catalogue_failed;   /* when it was asked for last */
    char office_hours[16];
} RegistrarFacts;

typedef struct Model {
    /* given at the start */
    const Texts *texts;
    const char *institution[LANGUAGE_COUNT];
    const char *version;
    int utc_offset_minutes;
    int64_t built_s;
    Language language;
    bool closed;
    /* now, by the last message */
    int64_t wall_ms, monotonic_ms, started_ms;
    struct {
        int width, height;
        float pixels_per_mm;
    } window;
    /* the machine's own */
    char place[96];
    Catalogue *catalogue;      /* owned; NULL: none yet */
    Catalogue *catalogue_next; /* owned: came during a visit, which keeps its own till its end */
    PrinterFacts printer;
    RegistrarFacts registrar;
    Paper paper;
    /* Recovered beside it, and not settled either: each becomes `paper` in its turn. */
    Paper behind[PAPERS_BEHIND_MOST];
    size_t behind_count;
    /* counters */
    uint32_t visits;     /* begun; the number of this one while visit.active */
    uint32_t greeting;   /* turns of the attract screen's languages */
    uint32_t impossible; /* messages that the table calls impossible */
    Visit visit;
} Model;

/* What is on the glass: "still there?" covers the visit's own screen. */
ScreenKind model_screen(const Model *model);
OutReason model_out(const Model *model);
Language model_language(const Model *model);
/* Of the language that the attract screen greets in now. */
Language model_greeting(const Model *model);

/* The service that was opened; NULL when none, or none in this catalogue. */
const Service *model_service(const Model *model);
/* What home says of a service; NULL when it says nothing. */
const ApiService *model_offer(const Model *model, const char *service);
/* The kiosk can do it and home names it. */
bool model_offers(const Model *model, const Service *service);
/* The question on the glass; NULL when there is none.  *ret_total (may be NULL): how many are asked. */
const Field *model_question(const Model *model, size_t *ret_total);
size_t model_questions(const Model *model);
/* What becomes of what is filled in when the visit ends now. */
FormKept model_form_kept(const Model *model);
/* The calendar day on this kiosk's wall. */
Date model_today(const Model *model);

/* The glass in millimetres; a reference panel while nothing was told. */
float model_glass_width(const Model *model);
float model_glass_height(const Model *model);
/* The A4 page on the preview screen: as large as the glass lets it, millimetres; and its pixels, for asking the
 * picture. */
float model_page_width(const Model *model);
int model_page_pixels(const Model *model);

/* Keeps paper from coming out. */
bool printer_blocked(PrinterCondition condition);
/* Stable name, for heartbeat and tests: "ready", "no-paper"... */
const char *printer_condition_name(PrinterCondition condition);
bool phase_is_final(PrintPhase phase);
/* A paper is not settled, of an earlier visit or one that nobody has looked for: nothing else may be printed (MODEL.md
 * section 1). */
bool model_paper_blocks(const Model *model);
/* The end of `paper` is known, or a person has looked for it. */
bool model_paper_settled(const Model *model);
/* This visit's paper is between CMD_PRINT and its end. */
bool model_is_printing(const Model *model);
/* Seconds to go on "still there?" or done, rounded up; 0 elsewhere. */
int model_seconds_left(const Model *model);
/* Since when the student waits for the registrar, or for the printer's next sign of life; -1: for nothing. */
int64_t model_waiting_since(const Model *model);
/* Waiting for so long that the glass says what one can do. */
bool model_waits_long(const Model *model);

#endif
