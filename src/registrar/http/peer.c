#include "registrar/http/peer.h"

#include <gnutls/x509.h>

#include "base/crypto.h"

/* Expiry alone is left to the caller: a kiosk that comes late may still renew. */
static bool is_signed(gnutls_session_t session)
{
    gnutls_typed_vdata_st purpose = { .type = GNUTLS_DT_KEY_PURPOSE_OID };
    unsigned status = 0;
    char client[] = GNUTLS_KP_TLS_WWW_CLIENT;

    purpose.data = (unsigned char *)client;
    if (gnutls_certificate_verify_peers(session, &purpose, 1, &status) != GNUTLS_E_SUCCESS)
        return false;
    return (status & ~(unsigned)(GNUTLS_CERT_EXPIRED | GNUTLS_CERT_INVALID)) == 0 &&
           (status == 0 || (status & GNUTLS_CERT_EXPIRED) != 0);
}

static bool ends_at(const gnutls_datum_t *der, int64_t *ret_ends_s)
{
    gnutls_x509_crt_t certificate;

    if (gnutls_x509_crt_init(&certificate) != GNUTLS_E_SUCCESS)
        return false;
    time_t ends = (time_t)-1;
    if (gnutls_x509_crt_import(certificate, der, GNUTLS_X509_FMT_DER) == GNUTLS_E_SUCCESS)
        ends = gnutls_x509_crt_get_expiration_time(certificate);
    gnutls_x509_crt_deinit(certificate);
    *ret_ends_s = (int64_t)ends;
    return ends != (time_t)-1;
}

PeerStanding peer_certificate(gnutls_session_t session, char ret_fingerprint[65], int64_t *ret_ends_s)
{
    unsigned count = 0;
    const gnutls_datum_t *chain = gnutls_certificate_get_peers(session, &count);
    uint8_t hash[SHA256_SIZE];
    Error error;
    OWNED_BUF hex;

    buf_init(&hex, 64);
    if (!chain || count == 0)
        return PEER_NONE;
    if (!is_signed(session) || !ends_at(&chain[0], ret_ends_s) ||
        !sha256((Str){ (const char *)chain[0].data, chain[0].size }, hash, &error))
        return PEER_REFUSED;
    hex_write(&hex, hash, sizeof hash);
    return str_copy(buf_str(&hex), ret_fingerprint, 65) ? PEER_SIGNED : PEER_REFUSED;
}
