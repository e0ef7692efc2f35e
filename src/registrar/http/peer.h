/* Who is at the other end of a TLS connection: the client certificate that a host's authority signed. */
#ifndef REGISTRAR_HTTP_PEER_H
#define REGISTRAR_HTTP_PEER_H

#include "registrar/http/hosts.h"

typedef enum PeerStanding {
    PEER_NONE,    /* came without a certificate */
    PEER_REFUSED, /* with one that no authority of ours signed, or not for clients */
    PEER_SIGNED   /* with a good one, or one that is only past its time */
} PeerStanding;

/* PEER_SIGNED fills SHA-256 of the DER in hex, the end of its validity in Unix seconds, and whose authority signed it.
 */
PeerStanding peer_certificate(gnutls_session_t session, const Hosts *hosts, char ret_fingerprint[65],
                              int64_t *ret_ends_s, const HttpHost **ret_host);

#endif
