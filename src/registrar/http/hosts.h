/* Hosts: who is asked on a listener.  Each has the names it is asked by, the certificate that it shows, the authority
 * that signed its clients' certificates, and the context that its requests are handled in.  Constant once open: any
 * thread. */
#ifndef REGISTRAR_HTTP_HOSTS_H
#define REGISTRAR_HTTP_HOSTS_H

#include <gnutls/abstract.h>
#include <gnutls/x509.h>

#include "registrar/http/server.h"

typedef struct Hosts Hosts;

/* Reads the files; hosts are copied but for their contexts.  A host is asked by its name, and by the names in its
 * certificate that no other's certificate holds too.  ERR_CONFLICT: two hosts of one name, or two whose clients one
 * authority signs, so that they could not be told apart.  ERR_ARGUMENT: several hosts, and one has no name. */
Hosts *hosts_open(const HttpHost *hosts, size_t count, Error *err) MUST_USE;
void hosts_close(Hosts *hosts);
OWNED_BY(Hosts, hosts_close)

/* name: as in a request's Host field ("Hujjat.Namuna.uz:8443", "[::1]:8443") or in TLS's server_name.  Where there is
 * one host it is asked by any name; else NULL for a name that nobody has. */
const HttpHost *hosts_named(const Hosts *hosts, Str name);
/* Whose authority signed this certificate for a client, by its key and not by its name; one that is only past its time
 * counts.  NULL: nobody's. */
const HttpHost *hosts_signed(const Hosts *hosts, gnutls_x509_crt_t certificate);

/* For a handshake, once its ClientHello is read: asks for a client's certificate where a host has an authority, and
 * gives the certificate of the host that the client named, else the first one's.  What is given lives until
 * hosts_close. */
void hosts_greet(const Hosts *hosts, gnutls_session_t session, gnutls_pcert_st **ret_chain, unsigned *ret_length,
                 gnutls_privkey_t *ret_key);

#endif
