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
#define SEARCH_BYTES_MOST    64
#define CHOICES_AT_ONCE      8  /* more are a list that is searched */
#define STEPS_MOST           20 /* a number with a longer way from least to most is typed */

#define IDLE_LIMIT_MS        60000  /* without a touch: "still there?" */
#define STILL_THERE_MS       20000  /* then so long to answer */
#define PEEK_MS              1000   /* the last letter of a password can be read */
#define DONE_LIMIT_MS        20000  /* the done screen signs out by itself */
#define PRINTING_LIMIT_MS    300000 /* idle limit while paper is on its way: refilling takes minutes */
#define WAITING_LONG_MS      3000   /* then the glass says what one can do */
#define WAITING_LIMIT_MS     30000  /* no answer at all, not even a failure: the device is taken for silent */
#define PAGE_LIMIT_MS        60000  /* from handing out to the first byte (MODEL.md section 1) */
#define ATTRACT_TURN_MS      8000   /* each notice of the resting screen */
#define PHONE_POLL_MS        10000  /* how often a code on the glass is asked for, though its changes are told */
#define PHONE_POLL_AWAY_MS   3000   /* ... after no answer */
#define HANDED_IN_LIMIT_MS   60000  /* ... and this one: a number may be noted down from it */
#define PHONE_LIMIT_MS       60000 /* the glass stays so long after what a phone did last, or for a code that is shown */
#define PAPERS_LIMIT_MS      180000 /* ... and so long while papers are photographed, after each page */
#define TICKET_POLL_MS       20000 /* how often a ticket or a call on the glass is asked for, though changes are told */
#define HELP_LIMIT_MS        180000 /* the glass stays so long for a person who was called */
#define HALL_TURN_MS         8000   /* each language of the hall's screen */
#define HEARTBEAT_MS         27000  /* plus a jitter below HEARTBEAT_JITTER_MS: 30 s on average */
#define HEARTBEAT_JITTER_MS  6000
#define HEARTBEAT_SOON_MS    3000 /* while it is in doubt whether the registrar answers */
#define HEARTBEATS_LOST_MOST 2    /* then the registrar is away */

typedef enum ScreenKind {
    SCREEN_OUT_OF_SERVICE,
    SCREEN_ATTRACT,
    SCREEN_SIGN_IN,
    SCREEN_HOME,
    SCREEN_SEARCH,   /* all services, by what is typed */
    SCREEN_REQUESTS, /* all of "my requests" */
    SCREEN_REQUEST,  /* one of them */
    SCREEN_SERVICE,
    SCREEN_FORM,
    SCREEN_REVIEW,
    SCREEN_PREVIEW,
    SCREEN_PRINTING,
    SCREEN_DONE,
    SCREEN_PHONE,       /* the copy on a phone: its code, two digits, what became of it */
    SCREEN_HANDED_IN,   /* people decide, or an invoice is to be paid */
    SCREEN_DISPLAY,     /* the hall's screen: who is called where (kiosk --display) */
    SCREEN_PAPER,       /* a paper of a form on its way from a phone's camera */
    SCREEN_INFORMATION, /* what the university tells: topics and pages */
    SCREEN_ARTICLE,     /* one page of it */
    SCREEN_STUDY,       /* from the record: week, exams, results ... */
    SCREEN_LOOKS,       /* who looked at the record */
    SCREEN_TOPICS,      /* what a ticket for a window is for */
    SCREEN_TICKET,
    SCREEN_CALL,  /* for a person */
    SCREEN_GRANT, /* signing in with one's own phone: its code, its digits */
    SCREEN_CARD,  /* a card's PIN: to sign in, or to be set; "my card" */
    SCREEN_FAULT,
    SCREEN_LEAVE,       /* covers any other: what was filled in would be lost */
    SCREEN_STILL_THERE, /* covers any other of a visit */
    SCREEN_COUNT
} ScreenKind;

typedef enum GlassTheme { GLASS_LIGHT, GLASS_EVENING, GLASS_CONTRAST, GLASS_THEME_COUNT } GlassTheme;

#define VOLUME_MOST 4

/* How the glass shows itself and speaks. */
typedef struct GlassSettings {
    int text_percent; /* 100, 125, 150 or 200 */
    GlassTheme theme;
    bool low_reach;   /* all that is read or touched lies in the lower 60 % */
    bool left_handed; /* main action, tools and scroll bars at the left */
    bool calm;        /* nothing moves */
    bool listening;   /* the glass is read aloud */
    int volume;       /* of speech and sounds: 0 silent .. VOLUME_MOST */
} GlassSettings;

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
    SIGN_IN_NOTE_AWAY,     /* HEMIS is, and nobody else knows this number with this password */
    SIGN_IN_NOTE_SPENT,    /* HEMIS is asked about no more until wait_until_ms; what it accepted before still serves */
    SIGN_IN_NOTE_ENDED     /* the session's time is over: the password is asked again */
} SignInNote;

typedef struct SignInState {
    char number[NUMBER_DIGITS_MOST + 1]; /* digits alone; the screen groups them */
    char password[128];                  /* secret */
    SignInField filling;
    bool shown;            /* the password is readable */
    int64_t peek_until_ms; /* monotonic: its last letter is, so long; 0: it is not */
    SignInNote note;
    int64_t wait_until_ms; /* wall time */
    ScreenKind return_to;  /* after ENDED, for the same student; SCREEN_HOME otherwise */
} SignInState;

typedef enum CardStep {
    CARD_STEP_PIN,   /* a card was read: its PIN, to sign in */
    CARD_STEP_MINE,  /* the student's own: what of it, and what may be done */
    CARD_STEP_BLOCK, /* blocked, really? */
    CARD_STEP_HOLD,  /* which card shall it be */
    CARD_STEP_NEW,   /* a PIN for it */
    CARD_STEP_AGAIN, /* once more */
    CARD_STEP_COUNT
} CardStep;

typedef enum CardNote {
    CARD_NOTE_NONE,
    CARD_NOTE_WRONG,
    CARD_NOTE_LIMITED, /* until wait_until_ms */
    CARD_NOTE_BLOCKED,
    CARD_NOTE_PULLED,     /* out, before it was done with */
    CARD_NOTE_UNREADABLE, /* the reader can't tell whose it is; or it is another number each time */
    CARD_NOTE_NUMBER,     /* a number that many people know is no card */
    CARD_NOTE_DIFFERENT,  /* the two PINs are not one */
    CARD_NOTE_EASY,
    CARD_NOTE_TAKEN,
    CARD_NOTE_DENIED, /* in this session no PIN can be set */
    CARD_NOTE_AWAY,   /* no answer: nothing happened, as far as we know */
    CARD_NOTE_DONE,   /* it opens this student's sessions from now on */
    CARD_NOTE_COUNT
} CardNote;

typedef struct CodePicture { /* a QR code for a phone */
    Blob *png;               /* owned; NULL: none */
    int side, module_px, px; /* modules with their quiet zone; pixels of one, and of all */
} CodePicture;

typedef struct CardState {
    CardStep step;
    CardNote note;
    CardKind kind;
    char card[CARD_TEXT_SIZE];     /* that is dealt with; secret */
    char pin[CARD_PIN_MOST + 1];   /* that is typed; secret */
    char first[CARD_PIN_MOST + 1]; /* AGAIN: what was typed first; secret */
    ScreenKind before;             /* MINE: where it was opened */
    bool stays;                    /* a card of this visit lies in the slot: pulled out, its person goes */
    int64_t wait_until_ms;         /* wall time */
    bool told;
    ApiCard mine;     /* as it was told */
    CodePicture code; /* mine is active: of the page where a phone blocks it */
} CardState;

typedef enum GrantNote {
    GRANT_NOTE_NONE,
    GRANT_NOTE_WRONG, /* the digits: one try */
    GRANT_NOTE_DENIED,
    GRANT_NOTE_LATE,
    GRANT_NOTE_LIMIT, /* this kiosk asked for too many */
    GRANT_NOTE_AWAY,  /* none could be made just now */
    GRANT_NOTE_COUNT
} GrantNote;

typedef enum Shift {
    SHIFT_OFF,
    SHIFT_BY_ITSELF, /* a sentence or a name begins here */
    SHIFT_ONCE,      /* for the next letter */
    SHIFT_LOCK       /* touched twice */
} Shift;

typedef struct TypingState { /* of the keyboard on the glass */
    KeyboardLayer layer;
    KeyboardLayer letters; /* where symbols lead back to; LAYER_NUMBERS: there are none here */
    FieldScript script;    /* whose letters are wanted */
    FieldCapital capital;
    Shift shift;
} TypingState;

typedef struct FormState {
    size_t question;                /* n-th of those that are asked */
    bool changing;                  /* came from the review and goes back there */
    FormFault fault;                /* of this question, shown beside it */
    char typed[ANSWER_BYTES_MOST];  /* what is being filled: a date as digits DDMMYYYY, a phone without its country */
    char search[SEARCH_BYTES_MOST]; /* of a long list: what it is searched for */
    bool searching;                 /* typed text goes there */
    bool picked;                    /* `typed` was counted or stood there by itself: what is typed next replaces it */
    uint64_t prefilled;             /* questions that the record answered already, a bit each */
    int month;                      /* that the calendar shows: months since year 0; 0: not looked at yet */
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

typedef enum PhoneNote {
    PHONE_NOTE_NONE,
    PHONE_NOTE_WRONG,   /* other digits than the phone's: the code is worth nothing any more */
    PHONE_NOTE_LATE,    /* its time was over */
    PHONE_NOTE_ENDED,   /* it is no more for another reason */
    PHONE_NOTE_AWAY,    /* the registrar gave no answer, or can't now */
    PHONE_NOTE_LIMIT,   /* no more codes in this visit */
    PHONE_NOTE_REFUSED, /* none for this document */
    PHONE_NOTE_COUNT
} PhoneNote;

typedef struct PhoneState { /* the copy on a phone */
    bool wanted;            /* beside the paper: its code comes with "take your paper" by itself */
    char key[API_ID_SIZE];  /* that the link was asked for with, kept for every retry; "": it was answered */
    char copy[API_ID_SIZE]; /* ... and for which copy */
    ApiPhoneLink link;      /* id "": none; holds the address: secret */
    Blob *qr;               /* PNG of the address, owned; NULL: none */
    int module_px, qr_px;   /* of it */
    char digits[3];         /* typed */
    PhoneNote note;
    bool unsaid;      /* the last of what was asked of an existing link had no answer */
    bool changed;     /* told of while an asking was under way: asked for once more */
    CmdKind doing;    /* CMD_NONE: nothing is asked but how it is */
    uint32_t asked;   /* ... the number of that asking, or of the last one of how it is */
    int64_t since_ms; /* ... and since when */
    bool watching;    /* it was asked how it is */
    int64_t poll_at_ms;
    int64_t moved_ms; /* when what the glass shows of it last changed */
} PhoneState;

typedef enum PapersNote {
    PAPERS_NOTE_NONE,
    PAPERS_NOTE_LATE,    /* the code's time was over, and nothing had come */
    PAPERS_NOTE_ENDED,   /* the photographs are no more for another reason */
    PAPERS_NOTE_AWAY,    /* the registrar gave no answer, or can't now */
    PAPERS_NOTE_LIMIT,   /* no more codes in this visit */
    PAPERS_NOTE_REFUSED, /* none for this paper */
    PAPERS_NOTE_COUNT
} PapersNote;

typedef struct PapersState {     /* photographs of the paper that a question wants */
    char field[SERVICE_ID_MOST]; /* the question; "": none */
    ApiPapers set;               /* id "": none; holds the address: secret */
    CodePicture code;
    Blob *pictures[PAPERS_PAGES_MOST]; /* PNG of each page, owned; NULL: not there yet */
    unsigned picture_tries;            /* that failed since the last page came */
    PapersNote note;
    bool unsaid;      /* it was asked how they are, and no answer came */
    bool changed;     /* told of while an asking was under way: asked for once more */
    CmdKind doing;    /* CMD_NONE: nothing is asked */
    uint32_t asked;   /* ... the number of that asking */
    int64_t since_ms; /* ... and since when */
    int64_t poll_at_ms;
    int64_t moved_ms; /* when what the glass shows of them last changed */
} PapersState;

typedef enum VisitorNote {
    VISITOR_NOTE_NONE,
    VISITOR_NOTE_NOT_FOUND, /* no request has this number and passport */
    VISITOR_NOTE_LIMITED,   /* until wait_until_ms */
    VISITOR_NOTE_ENDED      /* the session's time is over: they say once more who they are */
} VisitorNote;

typedef struct VisitorState { /* somebody without an account */
    VisitorNote note;
    int64_t wait_until_ms; /* wall time */
    Answers who;           /* how they said who they are */
    /* What they were filling in when the session ended, for the same person alone. */
    char held_service[SERVICE_ID_MOST];
    Answers held;
} VisitorState;

typedef struct Anew { /* a request that staff returned, being answered anew; id "": none */
    char id[API_ID_SIZE];
    char number[24];
    char words[API_WORDS_SIZE]; /* of staff */
} Anew;

/* Of what the university tells: a page, or what a service is. */
typedef struct ReadThing {
    bool of_service;
    char id[SERVICE_ID_MOST];
} ReadThing;

#define READ_TRAIL_MOST 6

typedef struct ReadingState {
    bool first;   /* the visit began here, and nobody has signed in */
    int topic;    /* 1 + InformationTopic that is open; 0: all of them */
    bool listed;  /* what is read was opened from the list of pages, and goes back there; else to home */
    size_t depth; /* of trail; the last one is on the glass */
    ReadThing trail[READ_TRAIL_MOST];
    CodePicture codes[ARTICLE_LINKS_MOST]; /* of the page on the glass: its links in their order */
    char wanted[SERVICE_ID_MOST];          /* the service to which one signs in; "": none */
} ReadingState;

typedef enum SlipPhase {
    SLIP_NONE,
    SLIP_ASKED,    /* the registrar makes it */
    SLIP_PRINTING, /* it is at the printer: `paper` until its end is known */
    SLIP_PRINTED,
    SLIP_FAILED /* it could not be had or printed, or nobody knows */
} SlipPhase;

typedef struct SlipState { /* a small print without number and seal: a ticket, a receipt */
    SlipPhase phase;
    uint32_t asked; /* number of the asking whose answer it waits for */
    int64_t since_ms;
} SlipState;

typedef enum HallNote {
    HALL_NOTE_NONE,
    HALL_NOTE_CLOSED, /* not at this hour */
    HALL_NOTE_LIMIT,  /* no more now */
    HALL_NOTE_AWAY,   /* the registrar gave no answer, or can't now */
    HALL_NOTE_COUNT
} HallNote;

/* What is asked of the registrar beside all else: one thing at a time. */
typedef struct Errand {
    CmdKind doing;  /* CMD_NONE: nothing */
    uint32_t asked; /* the number of that asking, or of the last one */
    int64_t since_ms;
    bool changed; /* told of while an asking was under way: asked for once more */
} Errand;

typedef struct GrantState { /* of signing in with one's own phone */
    ApiGrantOffer offer;    /* grant "": none; secret */
    ApiGrantState state;
    CodePicture code; /* until a phone is at it */
    GrantNote note;   /* there is none: why */
    char digits[3];   /* as they are typed */
    bool unsaid;      /* what was touched got no answer */
    int64_t ends_at_ms, poll_at_ms;
    Errand errand;
} GrantState;

typedef struct TicketsState { /* a ticket for the windows */
    bool first;               /* the visit began for it, and nobody has signed in */
    ScreenKind back;          /* whence it was asked for */
    char key[API_ID_SIZE];    /* of the ticket that is asked for, kept for every retry */
    char topic[SERVICE_ID_MOST];
    ApiTicket ticket; /* id "": none; holds the address: secret */
    CodePicture code;
    HallNote note;
    bool leaving; /* whether to give it up is asked */
    Errand errand;
    int64_t poll_at_ms;
} TicketsState;

typedef struct HelpState { /* a person is called */
    bool shown;            /* it covers the screen */
    char key[API_ID_SIZE]; /* kept for every retry */
    bool named;            /* tell who I am */
    ApiCall call;          /* id "": none */
    HallNote note;
    Errand errand;
    int64_t poll_at_ms;
    int64_t moved_ms; /* when what the glass shows of it last changed */
} HelpState;

typedef struct IssueState {
    ApiCarrier carrier;    /* of what is asked for now */
    char key[API_ID_SIZE]; /* the request's key, kept for every retry; "" until Print was touched */
    bool again;            /* the student said yes to "print again?" */
    bool from_home;        /* one of "my requests": service and answers are the registrar's to know */
    bool issued;           /* what follows is told */
    bool already;          /* ... of an earlier asking */
    bool anew;             /* ... to what staff had returned */
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
    FAULT_HEMIS,          /* its paper is HEMIS's, which does not answer */
    FAULT_NO_PAPER,       /* HEMIS has no such paper of this student */
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

/* One of "my requests", on the glass. */
typedef struct MineState {
    ApiRequestLine line; /* as home told it last; id "": none is looked at */
    bool from_list;      /* it was opened from the list of all */
    bool asking;         /* "withdraw it?" is on the glass */
    bool withdrawn;
    bool too_late;              /* it was decided before it could be withdrawn, or answered anew */
    ApiRequestDetails *details; /* owned; NULL: not told, or not yet */
    bool looking;               /* they were asked for */
    uint32_t asked;             /* ... by this asking */
    int64_t since_ms;
} MineState;

/* What the record says, and who looked. */
typedef struct StudyState {
    ApiStudy *study; /* owned; NULL: not there yet */
    ApiLooks *looks; /* owned; NULL: not there yet */
    StudyView view;
    size_t week;       /* 0 this one, 1 the next */
    size_t semester;   /* index of the one whose results are shown */
    bool opened;       /* a service that is on the glass was opened from here, and goes back here */
    ScreenKind before; /* where "who looked" goes back to */
} StudyState;

typedef struct Led { /* an answer led from one service to another; service "": none did */
    char service[SERVICE_ID_MOST];
    char field[SERVICE_ID_MOST];
    char choice[SERVICE_ID_MOST];
} Led;

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
    bool settings_shown; /* the sheet of the glass's settings covers the screen */
    GlassSettings glass; /* as this person wants it */
    int64_t touched_ms;
    int64_t still_there_ms; /* when the question was put; 0: it is not shown */
    Waiting waiting;
    uint32_t asked; /* counts what was asked of the registrar */
    SignInState sign_in;
    CardState card;
    GrantState grant;
    TypingState typing;
    bool signed_in;
    bool record_is_new;   /* the registrar said so, and home was not asked for since */
    bool session_by_card; /* a card and its PIN began it */
    ApiSession session;   /* holds the token: secret */
    int64_t session_ends_ms;
    ApiHome *home;               /* owned; NULL: not there yet */
    char group[SERVICE_ID_MOST]; /* opened on home; "" for all */
    bool searching;              /* services are searched, and a service goes back there */
    char search[SEARCH_BYTES_MOST];
    MineState mine;
    StudyState study;
    char service[SERVICE_ID_MOST];
    BoundService bound; /* the service with the choices that home told; into catalogue and home */
    Led led;            /* to this service */
    Answers answers;
    Anew anew; /* they answer this one */
    FormState form;
    PapersState papers;
    VisitorState visitor;
    CodePicture portal; /* where the state decides, on the last screen */
    ReadingState reading;
    DraftState draft;
    Leaving leaving; /* the question whether to lose what was filled in covers the screen */
    Language document_language;
    PreviewState preview;
    IssueState issue;
    PhoneState phone;
    SlipState slip;
    TicketsState tickets;
    HelpState help;
    int64_t shown_ms; /* monotonic: since when this screen */
    int64_t done_ms;  /* when the paper was out; 0: it is not */
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
    bool grants; /* one may sign in with one's own phone */
} RegistrarFacts;

typedef struct Model {
    /* given at the start */
    const Texts *texts;
    const char *institution[LANGUAGE_COUNT];
    const char *version;
    int utc_offset_minutes;
    int64_t built_s;
    Language language;
    GlassSettings glass;          /* the kiosk's own way, of every visit's beginning */
    int evening_from, evening_to; /* minutes of the day between which light is evening; equal: never */
    bool closed;
    bool speaks;      /* this machine can read aloud */
    bool scans;       /* it has a scanner */
    bool reads_cards; /* it has a card reader, or a scanner */
    /* now, by the last message */
    int64_t wall_ms, monotonic_ms, started_ms;
    int64_t turned_ms; /* monotonic: when the resting screen turned last */
    struct {
        int width, height;
        float pixels_per_mm;
    } window;
    /* the machine's own */
    char place[96];
    Catalogue *catalogue;          /* owned; NULL: none yet */
    Catalogue *catalogue_next;     /* owned: came during a visit, which keeps its own till its end */
    Information *information;      /* owned; NULL: not told yet */
    Information *information_next; /* owned: came during a visit, as above */
    ApiTheme theme;                /* owned: the university's colour and logo; version "": not told yet */
    ApiTheme theme_next;           /* owned: came during a visit, as above; version "": none */
    ApiNotices *notices;           /* owned; NULL: not told yet */
    ApiHall *hall;                 /* owned; NULL: not told yet, or there is none */
    uint32_t hall_calls;           /* heard of since start: each sounds on the hall's screen */
    bool display;                  /* this is the hall's screen (kiosk --display): nobody visits */
    PrinterFacts printer;
    RegistrarFacts registrar;
    Paper paper;
    /* Recovered beside it, and not settled either: each becomes `paper` in its turn. */
    Paper behind[PAPERS_BEHIND_MOST];
    size_t behind_count;
    /* counters */
    uint32_t visits;     /* begun; the number of this one while visit.active */
    uint32_t greeting;   /* turns of the attract screen: notices, and languages */
    uint32_t impossible; /* messages that the table calls impossible */
    Visit visit;
} Model;

/* What is on the glass: "still there?" covers the visit's own screen. */
ScreenKind model_screen(const Model *model);
OutReason model_out(const Model *model);
Language model_language(const Model *model);
/* Of the language that the attract screen greets in now. */
Language model_greeting(const Model *model);
/* Notices that run now, in their order; returns how many.  Borrowed until the next message. */
size_t model_notices(const Model *model, const ApiNotice *ret[NOTICES_MOST]);
/* The one that the resting screen shows now, and which of how many it is (from 0); NULL: there is none. */
const ApiNotice *model_notice(const Model *model, size_t *ret_place, size_t *ret_of);
/* The university's own: 0xRRGGBB, 0: none; PNG or SVG, borrowed, NULL: none. */
uint32_t model_brand(const Model *model);
Blob *model_logo(const Model *model);

/* The page that is read; NULL: it is a service, or nothing. */
const Article *model_article(const Model *model);
/* The service that is read about; NULL: it is a page, or nothing. */
const Service *model_about(const Model *model);
/* A page that whoever stands there may read. */
bool model_tells(const Model *model, const Article *article);
/* There is some page to be read. */
bool model_informs(const Model *model);
/* Of codes on a page: whole pixels a module, at least 3 and at least 1 mm. */
int model_link_module(const Model *model);

/* The service that was opened, its questions with the choices that home told; NULL when none, or none in this
 * catalogue. */
const Service *model_service(const Model *model);
/* What home says of a service; NULL when it says nothing. */
const ApiService *model_offer(const Model *model, const char *service);
/* What the service yields under the answers; all zero when none is opened. */
Terms model_terms(const Model *model);
/* The document's language under the answers: the wanted one where it is offered. */
Language model_document_language(const Model *model, Language wanted);
/* The service has no paper at once: it is handed in, people decide or an invoice is paid. */
bool model_hands_in(const Model *model);
/* What the record says of a form's question; NULL when home does not tell. */
const char *model_shown(const Model *model, const char *field);
/* "My requests", those first that wait for the student, else the newest; returns how many. */
size_t model_requests(const Model *model, const ApiRequestLine *ret[API_REQUESTS_MOST]);
/* It waits for the student, or they for it: worth a line on home. */
bool request_is_live(const ApiRequestLine *line);
bool request_can_be_withdrawn(const ApiRequestLine *line);
/* The promised time is over. */
bool request_is_late(const Model *model, const ApiRequestLine *line);
/* A receipt of what was just handed in can be printed now. */
bool model_offers_receipt(const Model *model);
/* The catalogue has a service of this id. */
bool model_finds(const Model *model, const char *service);
/* The student has a record to look at; one whose looks are told. */
bool model_studies(const Model *model);
bool model_tells_looks(const Model *model);
/* The student may look after a card of theirs here; a PIN for one can be set in this session. */
bool model_tells_card(const Model *model);
bool model_sets_card(const Model *model);
/* Here one can sign in with one's own phone.  Seconds that the code, or the digits, are good for. */
bool model_offers_grant(const Model *model);
int model_grant_seconds(const Model *model);
/* What a scanner reads now is a card, not typed text. */
bool app_takes_card(const Model *model);
/* The kiosk can do it and home names it. */
bool model_offers(const Model *model, const Service *service);
/* The question on the glass; NULL when there is none.  *ret_total (may be NULL): how many are asked. */
const Field *model_question(const Model *model, size_t *ret_total);
size_t model_questions(const Model *model);
/* A question with a list that is searched; one whose number is counted up and down. */
bool field_is_searched(const Field *field);
bool field_is_stepped(const Field *field);
/* The answer to an earlier question that this date may not come before; false where there is none. */
bool model_comes_after(const Model *model, const Field *field, Date *ret);
/* The day that is typed in answer to the question. */
bool model_typed_day(const Model *model, Date *ret);
/* The month that the calendar of this question shows: its first day. */
Date model_month(const Model *model);
/* A day that the question takes. */
bool model_day_fits(const Model *model, Date day);
/* Whether the calendar can go there: a day of that month fits. */
bool model_month_fits(const Model *model, FormMonth way);
/* What is filled in here is what the record says. */
bool model_is_of_record(const Model *model, const Field *field);
/* Where the student has the record put right; NULL: nowhere, or not for them. */
const Service *model_correction(const Model *model);
/* Somebody without an account can come in; somebody is saying who they are. */
bool model_offers_visitors(const Model *model);
bool model_is_introducing(const Model *model);
/* The letters that the keyboard's language key leads to; LAYER_NUMBERS when there are no others. */
KeyboardLayer model_next_letters(const Model *model);
/* The last letter of the password that is being typed can be read for now. */
bool model_peeks(const Model *model);
/* What becomes of what is filled in when the visit ends now. */
FormKept model_form_kept(const Model *model);
/* The calendar day on this kiosk's wall. */
Date model_today(const Model *model);

/* How the glass is shown now: the person's way during a visit, else the kiosk's own, with evening by the clock. */
GlassSettings model_glass(const Model *model);
/* What the glass lets hear now, once for each *ret_number: a fault, a question, a paper that is out. */
Cue model_cue(const Model *model, uint32_t *ret_number);
/* Wider than high. */
bool model_wide(const Model *model);
/* Of the glass, millimetres that are read and touched: in low reach the lower 60 %, but no less than REACH_LEAST_MM:
 * a glass that is lower than an arm is long has nothing out of reach, and needs its room. */
#define REACH_PART     0.6F
#define REACH_LEAST_MM 180.0F
float model_reach(const Model *model);
/* 1, 1.25, 1.5 or 2 */
float model_text_scale(const Model *model);
bool glass_text_is_offered(int percent);

/* The glass in millimetres; a reference panel while nothing was told. */
float model_glass_width(const Model *model);
float model_glass_height(const Model *model);
/* The A4 page on the preview screen: as large as the glass lets it, millimetres; and its pixels, for asking the
 * picture. */
float model_page_width(const Model *model);
int model_page_pixels(const Model *model);

/* A copy on a phone is possible: the session is no weak one, the paper no numbered form. */
bool model_offers_phone(const Model *model);
/* The fault on the glass leaves the phone as a way. */
bool fault_offers_phone(const Model *model);
/* Of the code on the glass, so many modules wide with its quiet zone: whole pixels a module, at least 3 and at least 1
 * mm. */
int model_qr_module(const Model *model, int modules);
/* How wide the code on the glass is with its quiet zone, or will be, millimetres. */
float model_qr_width(const Model *model);
/* ... of any code; and of a photograph of a paper, in millimetres and pixels. */
float model_code_width(const Model *model, const CodePicture *code);
float model_papers_width(const Model *model);
int model_papers_pixels(const Model *model);
/* A phone has these photographs still to send. */
bool papers_are_awaited(const PapersState *papers);
/* The paper of this visit is out, or was taken for it. */
bool model_paper_is_out(const Model *model);

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
/* Tickets are given now, for something. */
bool model_offers_tickets(const Model *model);
/* Somebody may come when they are called. */
bool model_offers_help(const Model *model);
/* A call that nobody has answered yet, or that somebody comes for. */
bool model_help_is_open(const Model *model);
/* A slip is on its way through the printer; it is nobody's paper, and the registrar knows nothing of it. */
bool job_is_slip(const ApiPrintJob *job);
/* One can be printed now. */
bool model_offers_slip(const Model *model);
/* Seconds to go on "still there?" or done, rounded up; 0 elsewhere. */
int model_seconds_left(const Model *model);
/* Since when the student waits for the registrar, or for the printer's next sign of life; -1: for nothing. */
int64_t model_waiting_since(const Model *model);
/* Waiting for so long that the glass says what one can do. */
bool model_waits_long(const Model *model);

#endif
