#include "registrar/office/envelope.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/cms.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#define CERTIFICATE_DAYS (20 * 365)
#define FLAGS            (CMS_BINARY | CMS_STREAM)

typedef EVP_PKEY EnvelopeKey;
typedef X509 EnvelopeCertificate;
typedef BIO Stream;
typedef CMS_ContentInfo Message;
OWNED_BY(EnvelopeKey, EVP_PKEY_free)
OWNED_BY(EnvelopeCertificate, X509_free)
OWNED_BY(Stream, BIO_free_all)
OWNED_BY(Message, CMS_ContentInfo_free)

static bool failed(Error *err, ErrorCode code, const char *doing)
{
    unsigned long cause = ERR_peek_last_error();

    ERR_clear_error();
    return error_set_cause(err, code, (int)ERR_GET_REASON(cause), "%s: %s", doing,
                           cause ? ERR_reason_error_string(cause) : "failed");
}

/* OpenSSL does not say why a descriptor took nothing more, and a full disk is no changed byte. */
static bool failed_moving(Error *err, const char *doing)
{
    const int why = errno;

    if (why != ENOSPC && why != EDQUOT && why != EFBIG && why != EIO)
        return failed(err, ERR_CRYPTO, doing);
    ERR_clear_error();
    errno = why;
    return error_set_errno(err, "writing");
}

/* --- keys -------------------------------------------------------------------------------------------------------- */

static bool add_extension(X509 *certificate, int nid, const char *value)
{
    X509V3_CTX context;
    X509_EXTENSION *extension;
    bool added;

    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, NULL, NULL, 0);
    extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    added = extension && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return added;
}

static bool fill(X509 *certificate, EVP_PKEY *key, const char *name, int64_t now_s)
{
    X509_NAME *subject = X509_get_subject_name(certificate);
    uint64_t serial;
    time_t now = (time_t)now_s;

    return RAND_bytes((unsigned char *)&serial, sizeof serial) == 1 &&
           ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1 | 1) == 1 &&
           X509_set_version(certificate, X509_VERSION_3) == 1 &&
           X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, (const unsigned char *)name, -1, -1, 0) == 1 &&
           X509_set_issuer_name(certificate, subject) == 1 && X509_set_pubkey(certificate, key) == 1 &&
           X509_time_adj_ex(X509_getm_notBefore(certificate), 0, 0, &now) &&
           X509_time_adj_ex(X509_getm_notAfter(certificate), CERTIFICATE_DAYS, 0, &now) &&
           add_extension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
           add_extension(certificate, NID_key_usage, "critical,keyAgreement") &&
           add_extension(certificate, NID_subject_key_identifier, "hash") &&
           X509_sign(certificate, key, EVP_sha256()) > 0;
}

static void take_text(BIO *memory, Buf *text)
{
    char *bytes;
    long size = BIO_get_mem_data(memory, &bytes);

    buf_add(text, bytes, size > 0 ? (size_t)size : 0);
}

bool envelope_key_make(const char *name, int64_t now_s, Buf *key_pem, Buf *certificate_pem, Error *err)
{
    OWNED(EnvelopeKey) key = EVP_EC_gen("P-256");
    OWNED(EnvelopeCertificate) certificate = X509_new();
    OWNED(Stream) key_text = BIO_new(BIO_s_mem());
    OWNED(Stream) text = BIO_new(BIO_s_mem());

    if (!key || !certificate || !key_text || !text || !fill(certificate, key, name, now_s) ||
        PEM_write_bio_PKCS8PrivateKey(key_text, key, NULL, NULL, 0, NULL, NULL) != 1 ||
        PEM_write_bio_X509(text, certificate) != 1)
        return failed(err, ERR_CRYPTO, "key for backups");
    take_text(key_text, key_pem);
    take_text(text, certificate_pem);
    buf_add_str(key_pem, buf_str(certificate_pem));
    return buf_ok(key_pem, err) && buf_ok(certificate_pem, err);
}

/* --- sealing ----------------------------------------------------------------------------------------------------- */

static BIO *memory_of(Str text)
{
    return text.len <= INT32_MAX ? BIO_new_mem_buf(text.ptr, (int)text.len) : NULL;
}

/* OpenSSL would derive the wrapping key by SHA-1. */
static bool add_reader(CMS_ContentInfo *message, X509 *certificate)
{
    CMS_RecipientInfo *reader = CMS_add1_recipient_cert(message, certificate, CMS_KEY_PARAM);
    EVP_PKEY_CTX *agreement = reader ? CMS_RecipientInfo_get0_pkey_ctx(reader) : NULL;

    return agreement && CMS_RecipientInfo_type(reader) == CMS_RECIPINFO_AGREE &&
           EVP_PKEY_CTX_set_ecdh_kdf_md(agreement, EVP_sha256()) > 0;
}

bool envelope_seal(Str certificate_pem, int from, int to, Error *err)
{
    OWNED(Stream) text = memory_of(certificate_pem);
    OWNED(EnvelopeCertificate) certificate = text ? PEM_read_bio_X509(text, NULL, NULL, NULL) : NULL;
    OWNED(Stream) in = BIO_new_fd(from, BIO_NOCLOSE);
    OWNED(Stream) out = BIO_new_fd(to, BIO_NOCLOSE);
    OWNED(Message) message = NULL;
    struct stat file;

    if (!certificate)
        return failed(err, ERR_FORMAT, "certificate for backups");
    if (fstat(from, &file) < 0 || lseek(from, 0, SEEK_SET) < 0)
        return error_set_errno(err, "what is to be sealed");
    if (file.st_size > ENVELOPE_BYTES_MOST)
        return error_set(err, ERR_LIMIT, "%lld MiB do not fit one envelope, which holds %lld",
                         (long long)file.st_size >> 20, (long long)ENVELOPE_BYTES_MOST >> 20);
    message = CMS_encrypt(NULL, NULL, EVP_aes_256_gcm(), FLAGS | CMS_PARTIAL);
    if (!in || !out || !message || !add_reader(message, certificate))
        return failed(err, ERR_CRYPTO, "envelope");
    errno = 0;
    if (i2d_CMS_bio_stream(out, message, in, FLAGS) != 1)
        return failed_moving(err, "sealing");
    return true;
}

/* --- opening ----------------------------------------------------------------------------------------------------- */

/* The message that fills the file from its first byte to its last, in *ret; NULL there: none does.  Out of memory that
 * is mapped: d2i_CMS_bio reads ahead, and a byte too many behind the message is lost in what it has read.  False:
 * errno. */
static bool read_whole(int from, CMS_ContentInfo **ret)
{
    const unsigned char *bytes, *end;
    struct stat file;

    *ret = NULL;
    if (fstat(from, &file) < 0)
        return false;
    if (file.st_size < 1 || file.st_size > INT32_MAX)
        return true;
    void *map = mmap(NULL, (size_t)file.st_size, PROT_READ, MAP_PRIVATE, from, 0);
    if (map == MAP_FAILED)
        return false;
    bytes = map;
    end = bytes + file.st_size;
    *ret = d2i_CMS_ContentInfo(NULL, &bytes, (long)file.st_size);
    if (bytes != end) {
        CMS_ContentInfo_free(*ret);
        *ret = NULL;
    }
    (void)munmap(map, (size_t)file.st_size);
    return true;
}

bool envelope_open(Str key_pem, int from, int to, Error *err)
{
    OWNED(Stream) text = memory_of(key_pem);
    OWNED(EnvelopeKey) key = text ? PEM_read_bio_PrivateKey(text, NULL, NULL, NULL) : NULL;
    OWNED(EnvelopeCertificate) certificate = key ? PEM_read_bio_X509(text, NULL, NULL, NULL) : NULL;
    OWNED(Stream) out = BIO_new_fd(to, BIO_NOCLOSE);
    OWNED(Message) message = NULL;

    if (!key || !certificate)
        return failed(err, ERR_FORMAT, "private key and certificate of backups");
    if (!out || !read_whole(from, &message))
        return error_set_errno(err, "envelope");
    if (!message || OBJ_obj2nid(CMS_get0_type(message)) != NID_id_smime_ct_authEnvelopedData)
        return failed(err, ERR_FORMAT, "not an envelope, or a part of one");
    if (CMS_decrypt_set1_pkey(message, key, certificate) != 1)
        return failed(err, ERR_CRYPTO, "it is not for this key, or was changed");
    errno = 0;
    if (CMS_decrypt(message, NULL, NULL, NULL, out, FLAGS) != 1)
        return failed_moving(err, "it was changed");
    return true;
}

bool envelope_begins(int file)
{
    /* ContentInfo of unknown length, as it is streamed; then its type, id-ct-authEnvelopedData. */
    static const uint8_t beginning[] = { 0x30, 0x80, 0x06, 0x0b, 0x2a, 0x86, 0x48, 0x86,
                                         0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x17 };
    uint8_t bytes[sizeof beginning];

    return pread(file, bytes, sizeof bytes, 0) == (ssize_t)sizeof bytes && memcmp(bytes, beginning, sizeof bytes) == 0;
}
