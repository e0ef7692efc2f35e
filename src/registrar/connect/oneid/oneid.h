/* OneID, the state's single sign-in (sso.egov.uz): whose browser has come back from its page.  Its flow is OAuth 2.0's
 * authorization code under names of its own: response_type=one_code, then grant_type=one_authorization_code, then
 * grant_type=one_access_token_identify, all at one address (as its clients do: packagist oneid-socialite).
 * Knows no register.  Any thread. */
#ifndef REGISTRAR_CONNECT_ONEID_H
#define REGISTRAR_CONNECT_ONEID_H

#include "base/buf.h"
#include "base/clock.h"

#define ONEID_PINFL_SIZE 15 /* 14 digits, and zero */

typedef struct OneId OneId;

typedef struct OneIdConfig {
    const char *address;          /* "https://sso.egov.uz/sso/oauth/Authorization.do" */
    const char *ca_file;          /* the only authority that is trusted; NULL: the system's */
    const char *client, *secret;  /* as OneID has given them; secret is secret */
    const char *scope;            /* of that client; often its own name */
    int deadline_ms, connections; /* of one request, 100 .. 60000; most at once, 1 .. 64 */
    Clock clock;
} OneIdConfig;

typedef enum OneIdOutcome {
    ONEID_OK,
    ONEID_REFUSED, /* the code is not good, or OneID does not vouch for who they are */
    ONEID_AWAY,    /* not reached, no answer in time, status 500 and above, or the breaker is open */
    ONEID_STRANGE, /* answered what can't be used */
    ONEID_FAILED,  /* our own: no memory */
    ONEID_OUTCOME_COUNT
} OneIdOutcome;
/* "away": for logs, static. */
const char *oneid_outcome_name(OneIdOutcome outcome);

/* config is copied with its texts.  ERR_ARGUMENT: an address that is not https (http to this machine alone), or bounds.
 * Speaks with nobody yet. */
OneId *oneid_new(const OneIdConfig *config, Error *err) MUST_USE;
void oneid_free(OneId *oneid);
OWNED_BY(OneId, oneid_free)

/* Appends its page's address.  back: where OneID sends the browser then, as it was told of it; state comes back with
 * it. */
bool oneid_page_address(const OneId *oneid, const char *back, const char *state, Buf *ret, Error *err) MUST_USE;
/* The PINFL of who came back with this code: secret, wipe.  Two requests, and one that ends the session there, whose
 * answer does not matter.  err is set whenever it is not ONEID_OK. */
OneIdOutcome oneid_who(OneId *oneid, const char *back, const char *code, char ret_pinfl[ONEID_PINFL_SIZE],
                       Error *err) MUST_USE;

#endif
