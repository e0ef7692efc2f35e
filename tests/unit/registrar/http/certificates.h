/* For tests: certificates of any authority, purpose, name and end, as files FOLDER/NAME.pem and NAME.key. */
#ifndef TESTS_HTTP_CERTIFICATES_H
#define TESTS_HTTP_CERTIFICATES_H

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "test.h"

typedef struct CertificateWish {
    const char *name;
    const char *authority; /* its name in the same folder; NULL: it signs itself, and may sign others */
    const char *subject;   /* "CN=kiosk-2" when NULL */
    const char *dns;       /* "a,b": a server's; NULL: a client's */
    const char *key;       /* whose key it has in that folder; NULL: a new one */
    time_t ends;           /* 0: in an hour */
} CertificateWish;

static inline void certificate_load(const char *folder, const char *name, gnutls_x509_crt_t *ret_certificate,
                                    gnutls_x509_privkey_t *ret_key)
{
    gnutls_datum_t pem;
    char path[256];

    snprintf(path, sizeof path, "%s/%s.pem", folder, name);
    assert_int_equal(gnutls_load_file(path, &pem), 0);
    gnutls_x509_crt_init(ret_certificate);
    assert_int_equal(gnutls_x509_crt_import(*ret_certificate, &pem, GNUTLS_X509_FMT_PEM), 0);
    gnutls_free(pem.data);
    snprintf(path, sizeof path, "%s/%s.key", folder, name);
    assert_int_equal(gnutls_load_file(path, &pem), 0);
    gnutls_x509_privkey_init(ret_key);
    assert_int_equal(gnutls_x509_privkey_import(*ret_key, &pem, GNUTLS_X509_FMT_PEM), 0);
    gnutls_free(pem.data);
}

static inline void certificate_save(const char *folder, const char *name, const char *ending, gnutls_datum_t *pem)
{
    Error error = { 0 };
    char path[256];

    snprintf(path, sizeof path, "%s/%s.%s", folder, name, ending);
    assert_ok(file_write(path, 0600, (Str){ (const char *)pem->data, pem->size }, &error), error);
    gnutls_free(pem->data);
}

static inline void certificate_name_hosts(gnutls_x509_crt_t certificate, const char *dns)
{
    Str rest = str_from(dns);

    while (rest.ptr) {
        Str one = str_split(&rest, ',');

        assert_int_equal(gnutls_x509_crt_set_subject_alt_name(certificate, GNUTLS_SAN_DNSNAME, one.ptr,
                                                              (unsigned)one.len, GNUTLS_FSAN_APPEND),
                         0);
    }
}

static inline void certificate_make(const char *folder, const CertificateWish *wish)
{
    time_t ends = wish->ends ? wish->ends : time(NULL) + 3600;
    gnutls_x509_crt_t certificate, issuer = NULL;
    gnutls_x509_privkey_t key, issuer_key = NULL;
    gnutls_datum_t pem;

    if (wish->authority)
        certificate_load(folder, wish->authority, &issuer, &issuer_key);
    if (wish->key) {
        certificate_load(folder, wish->key, &certificate, &key);
        gnutls_x509_crt_deinit(certificate);
    } else {
        gnutls_x509_privkey_init(&key);
        assert_int_equal(
            gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0), 0);
    }
    gnutls_x509_crt_init(&certificate);
    gnutls_x509_crt_set_version(certificate, 3);
    gnutls_x509_crt_set_serial(certificate, "\x01", 1);
    gnutls_x509_crt_set_dn(certificate, wish->subject ? wish->subject : "CN=kiosk-2", NULL);
    gnutls_x509_crt_set_activation_time(certificate, ends - 86400);
    gnutls_x509_crt_set_expiration_time(certificate, ends);
    gnutls_x509_crt_set_ca_status(certificate, wish->authority ? 0 : 1);
    if (wish->authority)
        gnutls_x509_crt_set_key_purpose_oid(certificate,
                                            wish->dns ? GNUTLS_KP_TLS_WWW_SERVER : GNUTLS_KP_TLS_WWW_CLIENT, 0);
    if (wish->dns)
        certificate_name_hosts(certificate, wish->dns);
    gnutls_x509_crt_set_key(certificate, key);
    assert_int_equal(gnutls_x509_crt_sign2(certificate, issuer ? issuer : certificate, issuer ? issuer_key : key,
                                           GNUTLS_DIG_SHA256, 0),
                     0);
    assert_int_equal(gnutls_x509_crt_export2(certificate, GNUTLS_X509_FMT_PEM, &pem), 0);
    certificate_save(folder, wish->name, "pem", &pem);
    assert_int_equal(gnutls_x509_privkey_export2(key, GNUTLS_X509_FMT_PEM, &pem), 0);
    certificate_save(folder, wish->name, "key", &pem);
    gnutls_x509_crt_deinit(certificate);
    gnutls_x509_privkey_deinit(key);
    if (issuer) {
        gnutls_x509_crt_deinit(issuer);
        gnutls_x509_privkey_deinit(issuer_key);
    }
}

#endif
