/* What the application wants done.  Run by devices, which answer with messages; nothing here waits. */
#ifndef KIOSK_APP_CMD_H
#define KIOSK_APP_CMD_H

#include "base/blob.h"
#include "wire/api.h"
#include "wire/card.h"
#include "wire/grant.h"
#include "wire/details.h"
#include "wire/hall.h"
#include "wire/notices.h"
#include "wire/papers.h"

typedef enum CmdKind {
    CMD_NONE,
    /* backend */
    CMD_HEARTBEAT,    /* -> MSG_HEARTBEAT | MSG_FAILED */
    CMD_CATALOGUE,    /* -> MSG_CATALOGUE */
    CMD_NOTICES,      /* -> MSG_NOTICES */
    CMD_THEME,        /* -> MSG_THEME */
    CMD_SIGN_IN,      /* -> MSG_SIGNED_IN */
    CMD_SIGN_OUT,     /* no answer; the token goes with it */
    CMD_HOME,         /* -> MSG_HOME */
    CMD_PREVIEW,      /* -> MSG_PREVIEW; a newer one makes an older one's answer worthless: serial */
    CMD_ISSUE,        /* -> MSG_ISSUED */
    CMD_PAGE,         /* -> MSG_PAGE */
    CMD_WITHDRAW,     /* -> MSG_WITHDRAWN; asked again, it is the same */
    CMD_REPORT_PRINT, /* -> MSG_REPORTED; repeated by the backend until the registrar took it */
    CMD_DRAFT,        /* -> MSG_DRAFT_KEPT; sent also when the visit is over, so that nothing filled in is lost */
    CMD_DRAFT_OPEN,   /* -> MSG_DRAFT */
    CMD_DRAFT_DROP,   /* no answer */
    CMD_PHONE_LINK,   /* -> MSG_PHONE, as the next three */
    CMD_PHONE_STATE,
    CMD_PHONE_DIGITS,
    CMD_PHONE_END, /* withdraw; sent also when nobody waits for it any more */
    CMD_VISITOR,   /* -> MSG_SIGNED_IN: a person without an account */
    CMD_REQUEST,   /* -> MSG_REQUEST */
    CMD_ANSWER,    /* -> MSG_ISSUED: what staff returned, answered anew */
    CMD_RECEIPT,   /* -> MSG_SLIP */
    CMD_PAPERS,    /* -> MSG_PAPERS, as the next two */
    CMD_PAPERS_STATE,
    CMD_PAPERS_END,  /* sent also when nobody waits for it any more */
    CMD_PAPERS_PAGE, /* -> MSG_PAPER_PICTURE */
    CMD_INFORMATION, /* -> MSG_INFORMATION */
    CMD_STUDY,       /* -> MSG_STUDY */
    CMD_LOOKS,       /* -> MSG_LOOKS */
    CMD_HALL,        /* -> MSG_HALL */
    CMD_TICKET,      /* -> MSG_TICKET, as the next two */
    CMD_TICKET_STATE,
    CMD_TICKET_END,
    CMD_TICKET_SLIP, /* -> MSG_SLIP */
    CMD_CALL,        /* -> MSG_CALL, as the next two */
    CMD_CALL_STATE,
    CMD_CALL_END,
    CMD_CARD_SIGN_IN, /* -> MSG_SIGNED_IN */
    CMD_CARD,         /* -> MSG_MY_CARD, as the next two */
    CMD_CARD_SET,
    CMD_CARD_BLOCK,
    CMD_GRANT,       /* -> MSG_GRANT_OFFERED */
    CMD_GRANT_STATE, /* -> MSG_GRANT, as the next one */
    CMD_GRANT_DIGITS,
    CMD_GRANT_TOKEN,     /* -> MSG_SIGNED_IN */
    CMD_GRANT_END,       /* no answer; sent also when nobody waits for it any more */
    CMD_CANCEL_REQUESTS, /* forget what is under way for this visit */
    /* printer */
    CMD_PRINT,       /* -> MSG_PRINT, many */
    CMD_PRINT_STOP,  /* visit's end or "stop": cancel unless the last byte was accepted -> MSG_PRINT */
    CMD_ASK_PRINTER, /* -> MSG_PRINTER now */
    CMD_SETTLED,     /* this recovered job was reported: take it out of the journal */
    /* glass */
    CMD_FORGET, /* main: clear View, caches, everything of the visit */
    CMD_KIND_COUNT
} CmdKind;

/* What the glass lets hear beside words. */
typedef enum Cue {
    CUE_NONE,
    CUE_TICK, /* a touch was felt */
    CUE_NEEDS_YOU,
    CUE_DONE,
    CUE_COULD_NOT,
    CUE_COUNT
} Cue;

typedef struct Cmd {
    CmdKind kind;
    uint32_t visit;
    uint32_t asked;             /* number of this asking in its visit; its answer carries it back */
    char token[API_TOKEN_SIZE]; /* backend's, where a session is needed; secret */
    union {
        ApiHeartbeat heartbeat;
        struct {
            char etag[API_VERSION_SIZE];
        } catalogue;
        struct {
            char etag[API_VERSION_SIZE];
        } known; /* CMD_NOTICES, CMD_THEME, CMD_INFORMATION, CMD_HALL: the version that we have; "": none */
        ApiSignIn sign_in;
        struct {
            ApiPreview preview;
            uint32_t serial;
        } preview;
        struct {
            char key[API_ID_SIZE];
            ApiRequest request;
        } issue; /* CMD_ANSWER too */
        struct {
            char service[SERVICE_ID_MOST];
            char request[API_ID_SIZE]; /* CMD_DRAFT alone: that staff returned, answered anew; "": none */
            ApiDraft draft;            /* CMD_DRAFT alone */
            uint32_t serial;           /* CMD_DRAFT alone */
        } draft;
        struct {
            char copy[API_ID_SIZE];
            uint32_t epoch;
        } page;
        struct {
            char key[API_ID_SIZE]; /* that it was asked with */
        } withdraw;                /* CMD_REQUEST too */
        ApiVisitor visitor;
        ApiCardPin card; /* CMD_CARD_SIGN_IN, CMD_CARD_SET */
        struct {
            char id[API_ID_SIZE];                /* but for CMD_GRANT */
            char device_code[GRANT_DEVICE_SIZE]; /* CMD_GRANT_TOKEN alone; secret */
            ApiPhoneDigits digits;               /* CMD_GRANT_DIGITS alone */
        } grant;
        struct {
            char id[API_ID_SIZE];   /* of the photographs; "" for CMD_PAPERS */
            ApiPapersWanted wanted; /* CMD_PAPERS alone */
            int page, width;        /* CMD_PAPERS_PAGE alone: from 0; pixels */
        } papers;
        struct {
            char key[API_ID_SIZE]; /* of the request */
            Language language;
        } receipt;
        struct {
            char id[API_ID_SIZE]; /* but for CMD_TICKET */
            ApiTicketAsk ask;     /* CMD_TICKET alone: asked again with its key, the same ticket is told */
            Language language;    /* CMD_TICKET_SLIP alone */
        } ticket;
        struct {
            char id[API_ID_SIZE]; /* but for CMD_CALL */
            ApiCallAsk ask;       /* CMD_CALL alone, as above */
        } call;
        struct {
            char id[API_ID_SIZE];  /* of a copy for CMD_PHONE_LINK, else of the link */
            char key[API_ID_SIZE]; /* CMD_PHONE_LINK alone: asked again with it, the same link is told */
            ApiPhoneDigits digits; /* CMD_PHONE_DIGITS alone */
        } phone;
        struct {
            char job[API_ID_SIZE];
            ApiPrintReport report;
        } report;
        struct {
            ApiPrintJob job;
            Blob *pdf;
            int64_t handed_out_ms;
        } print; /* pdf owned by the command; handed_out_ms monotonic */
        struct {
            char job[API_ID_SIZE];
            uint32_t epoch;
        } settled;
    } as;
} Cmd;

/* The most that one message comes to: a touch or an answer that asks for what follows (a heartbeat's: 7), a password
 * that is asked again because the session's time is over (3), the end of the visit with its paper, page, form,
 * call and session (7), and the heartbeat that follows it (1). */
#define CMDS_MOST 20

typedef struct CmdList {
    size_t count;
    Cmd items[CMDS_MOST];
} CmdList;

/* Drops what the command owns and wipes it. */
void cmd_fini(Cmd *cmd);

#endif
