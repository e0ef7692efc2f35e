#include "registrar/http/peer.h"

#include "base/crypto.h"

typedef struct Seen {
    char fingerprint[65];
    int64_t ends_s;
    const HttpHost *host;
} Seen;

static bool see(const gnutls_datum_t *der, gnutls_x509_crt_t certificate, const Hosts *hosts, Seen *seen)
{
    uint8_t hash[SHA256_SIZE];
    Error error;
    OWNED_BUF hex;

    buf_init(&hex, 64);
    if (gnutls_x509_crt_import(certificate, der, GNUTLS_X509_FMT_DER) != GNUTLS_E_SUCCESS)
        return false;
    time_t ends = gnutls_x509_crt_get_expiration_time(certificate);
    seen->ends_s = (int64_t)ends;
    seen->host = hosts_signed(hosts, certificate);
    if (!seen->host || ends == (time_t)-1 || !sha256((Str){ (const char *)der->data, der->size }, hash, &error))
        return false;
    hex_write(&hex, hash, sizeof hash);
    return str_copy(buf_str(&hex), seen->fingerprint, sizeof seen->fingerprint);
}

/* Our authorities sign kiosks themselves: of a chain, the first certificate alone counts. */
PeerStanding peer_certificate(gnutls_session_t session, const Hosts *hosts, char ret_fingerprint[65],
                              int64_t *ret_ends_s, const HttpHost **ret_host)
{
    unsigned count = 0;
    const gnutls_datum_t *chain = gnutls_certificate_get_peers(session, &count);
    gnutls_x509_crt_t certificate;
    Seen seen = { 0 };

    if (!chain || count == 0)
        return PEER_NONE;
    if (gnutls_x509_crt_init(&certificate) != GNUTLS_E_SUCCESS)
        return PEER_REFUSED;
    bool good = see(&chain[0], certificate, hosts, &seen);
    gnutls_x509_crt_deinit(certificate);
    if (!good || !str_copy(str_from(seen.fingerprint), ret_fingerprint, sizeof seen.fingerprint))
        return PEER_REFUSED;
    *ret_ends_s = seen.ends_s;
    *ret_host = seen.host;
    return PEER_SIGNED;
}
