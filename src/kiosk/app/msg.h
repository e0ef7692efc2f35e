/* Everything that can happen to a kiosk, as one value.  Time and randomness come in with it, so that app_update needs
 * neither. */
#ifndef KIOSK_APP_MSG_H
#define KIOSK_APP_MSG_H

#include "base/blob.h"
#include "wire/api.h"
#include "wire/card.h"
#include "wire/grant.h"
#include "wire/details.h"
#include "wire/events.h"
#include "wire/hall.h"
#include "wire/information.h"
#include "wire/looks.h"
#include "wire/papers.h"
#include "wire/study.h"
#include "wire/theme.h"

typedef enum MsgKind {
    MSG_TICK,      /* app_next_wake came */
    MSG_ACT,       /* a control was activated: act, arg of its Send */
    MSG_TEXT,      /* text from a keyboard with keys, or pasted by a script */
    MSG_KEY,       /* an editing key */
    MSG_WINDOW,    /* the glass was (re)laid: size */
    MSG_HEARTBEAT, /* the registrar answered */
    MSG_CATALOGUE,
    MSG_SIGNED_IN,
    MSG_HOME,
    MSG_PREVIEW,
    MSG_ISSUED, /* also for "already open": problem.kind tells */
    MSG_PAGE,
    MSG_REPORTED,        /* the registrar heard CMD_REPORT_PRINT: the job, with the epoch that was reported */
    MSG_FAILED,          /* a command failed: which, and how */
    MSG_PRINTER,         /* what the printer says of itself; also when nobody prints */
    MSG_PRINT,           /* how far CMD_PRINT is */
    MSG_PRINT_RECOVERED, /* at start: a job of an earlier life of this kiosk, from the journal */
    MSG_DRAFT,           /* a form that was begun before */
    MSG_DRAFT_KEPT,      /* the registrar has what CMD_DRAFT sent */
    MSG_NOTICES,         /* what the office tells everybody */
    MSG_THEME,           /* how the university wants the glass to look */
    MSG_PHONE,           /* how a phone link is now: the answer to each CMD_PHONE_... */
    MSG_WITHDRAWN,       /* the request is taken back */
    MSG_CHANGED,         /* the registrar says at once what is not as it was, unasked */
    MSG_INFORMATION,     /* the university's pages */
    MSG_STUDY,           /* what the record says of the student's study */
    MSG_LOOKS,           /* who looked at it */
    MSG_HALL,            /* the windows, and who is called */
    MSG_TICKET,          /* how a ticket is now: the answer to each CMD_TICKET_... but for the slip's */
    MSG_CALL,            /* how a call for a person is now */
    MSG_SLIP,            /* a small print without number and seal: a ticket, a receipt */
    MSG_REQUEST,         /* one of "my requests" in full */
    MSG_PAPERS,          /* how photographs of a paper are now */
    MSG_PAPER_PICTURE,   /* ... one of them, for the glass */
    MSG_CARD,            /* a card was read, or pulled out; a reader came or went */
    MSG_GRANT_OFFERED,   /* codes for signing in with a phone */
    MSG_GRANT,           /* ... how far that is */
    MSG_MY_CARD,         /* the student's own card: the answer to CMD_CARD, _SET and _BLOCK */
    MSG_KIND_COUNT
} MsgKind;

typedef enum EditKey { EDIT_ERASE, EDIT_CLEAR, EDIT_ENTER, EDIT_CANCEL } EditKey;

/* Mirrors print/printer.h's, so that app stands on base and wire alone; devices/printer.c translates. */
typedef enum PrinterCondition {
    PRINTER_UNASKED, /* not asked yet */
    PRINTER_READY,
    PRINTER_OFF, /* can't be reached */
    PRINTER_NO_PAPER,
    PRINTER_JAMMED,
    PRINTER_OPEN, /* a door or cover */
    PRINTER_NO_TONER,
    PRINTER_NO_TRAY,
    PRINTER_PAUSED,  /* paused, or takes no jobs */
    PRINTER_TROUBLE, /* stopped for a reason that we have no words for */
    PRINTER_CONDITION_COUNT
} PrinterCondition;

typedef enum PrintPhase {
    PRINT_PHASE_NONE,
    PRINT_PHASE_CREATED,   /* the printer has the job, no byte yet */
    PRINT_PHASE_SENDING,   /* first byte left */
    PRINT_PHASE_SENT,      /* last byte accepted */
    PRINT_PHASE_SHEETS,    /* sheets came out so far */
    PRINT_PHASE_PRINTED,   /* as many sheets as pages, says the printer */
    PRINT_PHASE_PARTLY,    /* ended with fewer */
    PRINT_PHASE_NOT_SENT,  /* failed before a byte left: may be asked anew */
    PRINT_PHASE_CANCELLED, /* confirmed, no sheet */
    PRINT_PHASE_UNKNOWN,   /* nobody knows: a person must look */
    PRINT_PHASE_COUNT
} PrintPhase;

/* As devices/card.h tells it, and a scanner. */
typedef enum CardWhat { CARD_WAS_READ, CARD_WAS_PULLED, CARD_READER_IS, CARD_WHAT_COUNT } CardWhat;

typedef struct MsgCard {
    CardWhat what;
    bool reader; /* READER_IS: there is one */
    CardKind kind;
    CardFault fault;
    bool stays;                /* it lies in a slot, and will be pulled out */
    char card[CARD_TEXT_SIZE]; /* fault OK: as card_read gives it, secret; NUMBER: the digits */
} MsgCard;

typedef struct MsgPrint {
    ApiPrintJob job; /* id, epoch as they were asked with */
    PrintPhase phase;
    PrinterCondition condition; /* why it does not go on, or PRINTER_READY */
    int sheets;                 /* out so far, -1: the printer does not tell */
    char printer_uuid[64];
    int32_t printer_job;
} MsgPrint;

typedef struct Msg {
    MsgKind kind;
    int64_t at_ms;        /* wall time, Unix ms; for the glass's clock and dates */
    int64_t monotonic_ms; /* for all time limits */
    uint8_t random[16];   /* fresh with each message */
    uint32_t visit;       /* answers of devices: the visit that asked; others: 0 */
    uint32_t asked;       /* ... and the command's own number; others: 0 */
    union {
        struct {
            uint16_t act, arg;
        } act;
        char text[64]; /* UTF-8, zero-ended */
        EditKey key;
        struct {
            int width, height;
            float pixels_per_mm;
        } window;
        ApiHeartbeatAnswer heartbeat;
        Catalogue *catalogue; /* owned by the message; app_update steals or drops it */
        ApiSession session;
        Information *information; /* counted; owned as above; NULL: not newer than ours */
        ApiNotices *notices;      /* mem_free; owned as above */
        ApiTheme theme;           /* api_theme_fini; owned as above */
        ApiHome *home;            /* mem_free; owned as above */
        ApiDraft *draft;          /* mem_free_wiped; owned as above */
        ApiStudy *study;          /* the same */
        ApiLooks *looks;          /* the same */
        struct {
            uint32_t serial;
        } kept;
        struct {
            Blob *png;
            int pages;
            uint32_t serial;
        } preview;
        struct {
            ApiIssued issued;
            bool already_open;
        } issued;
        struct {
            Blob *pdf;
            uint32_t epoch;
        } page;
        ApiPrintJob reported;
        struct {
            uint8_t command;
            ErrorCode code;
            ApiProblem problem;
            uint32_t serial;
        } failed; /* command: a CmdKind */
        struct {
            PrinterCondition condition;
            bool paper_low, toner_low;
        } printer;
        MsgPrint print;
        ApiPhoneLink phone;
        ApiPapers papers;
        struct {
            Blob *png;
            int page; /* from 0 */
        } picture;
        ApiRequestDetails *details; /* mem_free_wiped; owned as above */
        ApiHall *hall;              /* mem_free; owned as above */
        ApiTicket ticket;
        ApiCall call;
        MsgCard card;
        ApiCard my_card;
        ApiGrantOffer grant_offer; /* secret */
        ApiGrant grant;
        struct {
            Blob *pdf;
        } slip;
        struct {
            ApiEvent event;
            bool anything; /* what it was is not known: event says nothing */
        } changed;
    } as;
} Msg;

/* Drops what the message owns and wipes it. */
void msg_fini(Msg *msg);

#endif
