#include "registrar/office/authority.h"

#include <string.h>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include "base/crypto.h"
#include "base/memory.h"

#define AUTHORITY_DAYS (20 * 365)
#define DAY_S          86400
#define SERIAL_SIZE    16

typedef EVP_PKEY PrivateKey;
typedef X509 Certificate;
typedef X509_REQ Request;
typedef BIO Memory;
OWNED_BY(PrivateKey, EVP_PKEY_free)
OWNED_BY(Certificate, X509_free)
OWNED_BY(Request, X509_REQ_free)
OWNED_BY(Memory, BIO_free_all)

struct Authority {
    EVP_PKEY *key;
    X509 *certificate;
};

static bool failed(Error *err, const char *doing)
{
    unsigned long cause = ERR_get_error();

    ERR_clear_error();
    return error_set_cause(err, ERR_CRYPTO, (int)ERR_GET_REASON(cause), "%s: %s", doing,
                           cause ? ERR_reason_error_string(cause) : "failed");
}

static EVP_PKEY *key_make(Error *err)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");

    if (!key)
        failed(err, "key");
    return key;
}

static bool set_serial(X509 *certificate)
{
    uint8_t bytes[SERIAL_SIZE];
    BIGNUM *number = NULL;
    bool done;

    if (RAND_bytes(bytes, sizeof bytes) != 1)
        return false;
    bytes[0] = (uint8_t)((bytes[0] & 0x7F) | 0x40); /* positive, and always as long */
    number = BN_bin2bn(bytes, sizeof bytes, NULL);
    done = number && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate));
    BN_free(number);
    return done;
}

static bool set_extension(X509 *certificate, X509 *issuer, int what, const char *value)
{
    X509V3_CTX ctx;
    X509_EXTENSION *extension;
    bool done;

    X509V3_set_ctx_nodb(&ctx);
    X509V3_set_ctx(&ctx, issuer, certificate, NULL, NULL, 0);
    extension = X509V3_EXT_conf_nid(NULL, &ctx, what, value);
    done = extension && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return done;
}

/* All but extensions and signature.  Begins a day early, for clocks that are slow. */
static X509 *certificate_begin(EVP_PKEY *key, const char *name, int64_t now_s, int64_t until_s)
{
    OWNED(Certificate) certificate = X509_new();
    X509_NAME *subject = certificate ? X509_get_subject_name(certificate) : NULL;

    if (!subject || X509_set_version(certificate, X509_VERSION_3) != 1 || !set_serial(certificate) ||
        !ASN1_TIME_set(X509_getm_notBefore(certificate), now_s - DAY_S) ||
        !ASN1_TIME_set(X509_getm_notAfter(certificate), until_s) ||
        X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, (const unsigned char *)name, -1, -1, 0) != 1 ||
        X509_set_pubkey(certificate, key) != 1)
        return NULL;
    return steal(&certificate);
}

Authority *authority_make(const char *name, int64_t now_s, Error *err)
{
    OWNED(Authority) authority = mem_new(1, sizeof(*authority));

    if (!authority) {
        error_set(err, ERR_MEMORY, "authority");
        return NULL;
    }
    authority->key = key_make(err);
    if (!authority->key)
        return NULL;
    authority->certificate = certificate_begin(authority->key, name, now_s, now_s + (int64_t)AUTHORITY_DAYS * DAY_S);
    X509 *own = authority->certificate;
    if (!own || X509_set_issuer_name(own, X509_get_subject_name(own)) != 1 ||
        !set_extension(own, own, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") ||
        !set_extension(own, own, NID_key_usage, "critical,keyCertSign,cRLSign") ||
        !set_extension(own, own, NID_subject_key_identifier, "hash") ||
        X509_sign(own, authority->key, EVP_sha256()) == 0) {
        failed(err, "authority");
        return NULL;
    }
    return steal(&authority);
}

Authority *authority_read(Str key_pem, Str certificate_pem, Error *err)
{
    OWNED(Authority) authority = mem_new(1, sizeof(*authority));
    OWNED(Memory) key = BIO_new_mem_buf(key_pem.ptr, (int)key_pem.len);
    OWNED(Memory) certificate = BIO_new_mem_buf(certificate_pem.ptr, (int)certificate_pem.len);

    if (!authority || !key || !certificate) {
        error_set(err, ERR_MEMORY, "authority");
        return NULL;
    }
    authority->key = PEM_read_bio_PrivateKey(key, NULL, NULL, NULL);
    authority->certificate = PEM_read_bio_X509(certificate, NULL, NULL, NULL);
    if (!authority->key || !authority->certificate ||
        X509_check_private_key(authority->certificate, authority->key) != 1) {
        failed(err, "authority");
        return NULL;
    }
    return steal(&authority);
}

void authority_free(Authority *authority)
{
    if (!authority)
        return;
    EVP_PKEY_free(authority->key);
    X509_free(authority->certificate);
    mem_free(authority);
}

static bool write_certificate(X509 *certificate, Buf *pem, Error *err)
{
    OWNED(Memory) memory = BIO_new(BIO_s_mem());
    char *bytes;

    if (!memory || PEM_write_bio_X509(memory, certificate) != 1)
        return failed(err, "PEM");
    long length = BIO_get_mem_data(memory, &bytes);
    buf_add(pem, bytes, (size_t)length);
    return buf_ok(pem, err);
}

static bool write_pem(EVP_PKEY *key, X509 *certificate, Buf *key_pem, Buf *certificate_pem, Error *err)
{
    OWNED(Memory) memory = BIO_new(BIO_s_secmem());
    char *bytes;

    if (!memory || PEM_write_bio_PrivateKey(memory, key, NULL, NULL, 0, NULL, NULL) != 1)
        return failed(err, "PEM");
    long length = BIO_get_mem_data(memory, &bytes);
    buf_add(key_pem, bytes, (size_t)length);
    return buf_ok(key_pem, err) && write_certificate(certificate, certificate_pem, err);
}

bool authority_write(const Authority *authority, Buf *key_pem, Buf *certificate_pem, Error *err)
{
    return write_pem(authority->key, authority->certificate, key_pem, certificate_pem, err);
}

static bool fingerprint(X509 *certificate, char ret[65], Error *err)
{
    unsigned char *der = NULL;
    int length = i2d_X509(certificate, &der);
    uint8_t hash[SHA256_SIZE];
    OWNED_BUF hex;
    bool done;

    buf_init(&hex, 80);
    if (length <= 0)
        return failed(err, "DER");
    done = sha256((Str){ (const char *)der, (size_t)length }, hash, err);
    OPENSSL_free(der);
    if (!done)
        return false;
    hex_write(&hex, hash, sizeof hash);
    return buf_ok(&hex, err) && (str_copy(buf_str(&hex), ret, 65) || error_set(err, ERR_INTERNAL, "fingerprint"));
}

/* Of this key, signed. */
static X509 *certify(const Authority *authority, EVP_PKEY *key, const CertificateOrder *order, Error *err)
{
    OWNED(Certificate)
    certificate = certificate_begin(key, order->name, order->now_s, order->now_s + (int64_t)order->days * DAY_S);
    X509 *issuer = authority->certificate;

    if (!certificate || X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) != 1 ||
        !set_extension(certificate, issuer, NID_basic_constraints, "critical,CA:FALSE") ||
        !set_extension(certificate, issuer, NID_key_usage, "critical,digitalSignature") ||
        !set_extension(certificate, issuer, NID_ext_key_usage, order->hosts ? "serverAuth" : "clientAuth") ||
        !set_extension(certificate, issuer, NID_subject_key_identifier, "hash") ||
        !set_extension(certificate, issuer, NID_authority_key_identifier, "keyid:always") ||
        (order->hosts && !set_extension(certificate, issuer, NID_subject_alt_name, order->hosts)) ||
        X509_sign(certificate, authority->key, EVP_sha256()) == 0) {
        failed(err, "certificate");
        return NULL;
    }
    return steal(&certificate);
}

bool authority_issue(const Authority *authority, const CertificateOrder *order, Buf *key_pem, Buf *certificate_pem,
                     char ret_fingerprint[65], int64_t *ret_not_after_s, Error *err)
{
    OWNED(PrivateKey) key = key_make(err);

    if (!key)
        return false;
    OWNED(Certificate) certificate = certify(authority, key, order, err);
    if (!certificate)
        return false;
    *ret_not_after_s = order->now_s + (int64_t)order->days * DAY_S;
    return write_pem(key, certificate, key_pem, certificate_pem, err) && fingerprint(certificate, ret_fingerprint, err);
}

/* --- requests ----------------------------------------------------------------------------------------------------- */

/* EC P-256, as we make them ourselves: it is what a TPM 2.0 has, and small. */
static bool is_our_kind(EVP_PKEY *key)
{
    char group[32] = "";
    size_t length;

    return EVP_PKEY_is_a(key, "EC") == 1 &&
           EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof group, &length) == 1 &&
           strcmp(group, "prime256v1") == 0;
}

/* The key that a request asks for, which its sender has shown to hold; NULL: *err says why not. */
static EVP_PKEY *read_request(Str pem, Error *err)
{
    OWNED(Memory) memory = BIO_new_mem_buf(pem.ptr, (int)pem.len);
    OWNED(Request) request = memory ? PEM_read_bio_X509_REQ(memory, NULL, NULL, NULL) : NULL;
    EVP_PKEY *key = request ? X509_REQ_get0_pubkey(request) : NULL;
    const bool good = key && is_our_kind(key) && X509_REQ_verify(request, key) == 1;

    ERR_clear_error();
    if (!good || EVP_PKEY_up_ref(key) != 1) {
        error_set(err, ERR_FORMAT, "no request for a certificate of a P-256 key that is its sender's");
        return NULL;
    }
    return key;
}

bool authority_request_check(Str request_pem, Error *err)
{
    OWNED(PrivateKey) key = read_request(request_pem, err);

    return key != NULL;
}

bool authority_sign(const Authority *authority, const CertificateOrder *order, Str request_pem, Buf *certificate_pem,
                    char ret_fingerprint[65], int64_t *ret_not_after_s, Error *err)
{
    OWNED(PrivateKey) key = read_request(request_pem, err);

    if (!key)
        return false;
    OWNED(Certificate) certificate = certify(authority, key, order, err);
    if (!certificate)
        return false;
    *ret_not_after_s = order->now_s + (int64_t)order->days * DAY_S;
    return write_certificate(certificate, certificate_pem, err) && fingerprint(certificate, ret_fingerprint, err);
}

bool authority_fingerprint(Str certificate_pem, uint8_t ret[SHA256_SIZE], Error *err)
{
    OWNED(Memory) memory = BIO_new_mem_buf(certificate_pem.ptr, (int)certificate_pem.len);
    OWNED(Certificate) certificate = memory ? PEM_read_bio_X509(memory, NULL, NULL, NULL) : NULL;
    char hex[65];

    if (!certificate)
        return failed(err, "certificate");
    return fingerprint(certificate, hex, err) &&
           (hex_parse(str_from(hex), ret, SHA256_SIZE) || error_set(err, ERR_INTERNAL, "fingerprint"));
}
