/* Who is at the other end of a TLS connection: the client certificate that our authority signed. */
#ifndef REGISTRAR_HTTP_PEER_H
#define REGISTRAR_HTTP_PEER_H

#include <gnutls/gnutls.h>

#include "base/error.h"

typedef enum PeerStanding {
    PEER_NONE,    /* came without a certificate */
    PEER_REFUSED, /* with one that the authority did not sign, or not for clients */
    PEER_SIGNED   /* with a good one, or one that is only past its time */
} PeerStanding;

/* The session was made with the authority's certificate as its trust.  PEER_SIGNED fills SHA-256 of the DER in hex and
 * the end of its validity in Unix seconds. */
PeerStanding peer_certificate(gnutls_session_t session, char ret_fingerprint[65], int64_t *ret_ends_s);

#endif
