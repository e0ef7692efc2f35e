/* What the application wants done.  Run by devices, which answer with messages; nothing here waits. */
#ifndef KIOSK_APP_CMD_H
#define KIOSK_APP_CMD_H

#include "base/blob.h"
#include "wire/api.h"

typedef enum CmdKind {
    CMD_NONE,
    /* backend */
    CMD_HEARTBEAT,       /* -> MSG_HEARTBEAT | MSG_FAILED */
    CMD_CATALOGUE,       /* -> MSG_CATALOGUE */
    CMD_SIGN_IN,         /* -> MSG_SIGNED_IN */
    CMD_SIGN_OUT,        /* no answer; the token goes with it */
    CMD_HOME,            /* -> MSG_HOME */
    CMD_PREVIEW,         /* -> MSG_PREVIEW; a newer one makes an older one's answer worthless: serial */
    CMD_ISSUE,           /* -> MSG_ISSUED */
    CMD_PAGE,            /* -> MSG_PAGE */
    CMD_REPORT_PRINT,    /* -> MSG_REPORTED; repeated by the backend until the registrar took it */
    CMD_DRAFT,           /* -> MSG_DRAFT_KEPT; sent also when the visit is over, so that nothing filled in is lost */
    CMD_DRAFT_OPEN,      /* -> MSG_DRAFT */
    CMD_DRAFT_DROP,      /* no answer */
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

typedef struct Cmd {
    CmdKind kind;
    uint32_t visit;
    uint32_t asked;             /* number of this asking in its visit; its answer carries it back */
    char token[API_TOKEN_SIZE]; /* backend's, where a session is needed; secret */
    union {
        ApiHeartbeat heartbeat;
        struct {
            char etag[24];
        } catalogue;
        ApiSignIn sign_in;
        struct {
            ApiPreview preview;
            uint32_t serial;
        } preview;
        struct {
            char key[API_ID_SIZE];
            ApiRequest request;
        } issue;
        struct {
            char service[SERVICE_ID_MOST];
            ApiDraft draft;  /* CMD_DRAFT alone */
            uint32_t serial; /* CMD_DRAFT alone */
        } draft;
        struct {
            char copy[API_ID_SIZE];
            uint32_t epoch;
        } page;
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

/* The most that one message comes to: a touch or an answer that asks for what follows (3), a password that is asked
 * again because the session's time is over (3), the end of the visit with its paper, page, form and session (6), and
 * the heartbeat that follows it (1). */
#define CMDS_MOST 13

typedef struct CmdList {
    size_t count;
    Cmd items[CMDS_MOST];
} CmdList;

/* Drops what the command owns and wipes it. */
void cmd_fini(Cmd *cmd);

#endif
