/* A command as an HTTP request of wire/api.h's interface, and the answer as a message.  No I/O, no state. */
#ifndef KIOSK_DEVICES_BACKEND_CALLS_H
#define KIOSK_DEVICES_BACKEND_CALLS_H

#include "kiosk/app/cmd.h"
#include "kiosk/app/msg.h"
#include "net/http.h"

/* Texts that an HttpRequest points into.  The body and the bearer may be secret: wiped by backend_call_fini. */
typedef struct BackendCall {
    HttpRequest http; /* without deadline and given_up */
    Buf url;
    Buf body;
    char etag[32];
    char idempotency_key[API_ID_SIZE + 2]; /* with its quotes */
} BackendCall;

/* address: "https://host:port".  The bearer points into cmd.  ERR_ARGUMENT: an id in cmd is none. */
bool backend_call_init(BackendCall *call, const char *address, const Cmd *cmd, Error *err) MUST_USE;
void backend_call_fini(BackendCall *call);

/* The message for an answer of any status: the command's own, MSG_FAILED, or none (*ret_any false).  *ret is the
 * caller's, msg_fini. */
void backend_answer(const Cmd *cmd, HttpAnswer *answer, Msg *ret, bool *ret_any);
/* MSG_FAILED without an answer. */
void backend_failure(const Cmd *cmd, ErrorCode code, Msg *ret);
/* ... where the registrar, or a proxy before it, refused. */
void backend_problem(const Cmd *cmd, const HttpAnswer *answer, Msg *ret);
/* "sign-in": for the log; NULL when the command is not the backend's. */
const char *backend_command_name(CmdKind kind);

#endif
