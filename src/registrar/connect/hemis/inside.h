/* Inside connect/hemis: one request and its answer, and what carries it. */
#ifndef REGISTRAR_CONNECT_HEMIS_INSIDE_H
#define REGISTRAR_CONNECT_HEMIS_INSIDE_H

#include <jansson.h>

#include "base/language.h"
#include "registrar/connect/hemis/hemis.h"
#include "registrar/connect/channel.h"
#include "wire/json.h"

/* HEMIS's words for the house's languages; NULL for one that it does not have. */
extern const char *const hemis_languages[LANGUAGE_COUNT];

typedef ChannelTransport HemisTransport;

/* As hemis_new, over another transport. */
Hemis *hemis_new_over(const HemisConfig *config, const HemisTransport *transport, Error *err) MUST_USE;
const HemisConfig *hemis_config(const Hemis *hemis);

typedef struct HemisAsk {
    const char *path;     /* "/v1/account/me", behind the address */
    const char *query;    /* "semester=15"; NULL: none */
    const char *language; /* "uz-UZ"; NULL: not said */
    const char *bearer;   /* NULL: none */
    const char *etag;     /* NULL or "": not conditional */
    Str body;             /* JSON, or a form where it is `bare`; empty: a GET */
    int deadline_ms;      /* 0: as configured */
    bool acts;            /* an answer that is lost is HEMIS_UNKNOWN */
    bool bare;            /* OAuth: the path stands behind the host, and the answer is an object without an envelope */
} HemisAsk;

typedef struct HemisReply {
    json_t *data; /* HEMIS_OK: what stands in "data", never NULL; may be null for JSON */
    char etag[HEMIS_ETAG_SIZE];
    int wait_s; /* HEMIS_LIMITED: what HEMIS says; 0: nothing */
} HemisReply;

void hemis_reply_fini(HemisReply *reply);
#define OWNED_HEMIS_REPLY __attribute__((cleanup(hemis_reply_fini))) HemisReply

/* HEMIS_EXPIRED is any 401.  *ret is always written. */
HemisOutcome hemis_ask(Hemis *hemis, const HemisAsk *ask, HemisReply *ret, Error *err) MUST_USE;
/* What an answer's status and envelope mean; *ret_data is owned, on HEMIS_OK.  Pure. */
HemisOutcome hemis_envelope(int status, Str body, json_t **ret_data, Error *err) MUST_USE;
/* The same of an answer that is bare. */
HemisOutcome hemis_bare(int status, Str body, json_t **ret_data, Error *err) MUST_USE;
/* Bytes that may stand in a header, one at least. */
bool hemis_token_ok(const char *token);
/* Length of "https://host:port" in our address. */
size_t hemis_host_len(const Hemis *hemis);
/* Appends the bytes of a PDF at our address's host; url is whole.  HEMIS_STRANGE for one that is elsewhere. */
HemisOutcome hemis_fetch(Hemis *hemis, const char *url, const char *bearer, Buf *ret, Error *err) MUST_USE;

#endif
