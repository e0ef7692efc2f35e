#include "registrar/http/hosts.h"

#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "base/file.h"
#include "base/memory.h"

#define PEM_MOST    (64u << 10)
#define CHAIN_MOST  8
#define NAME_MOST   255 /* RFC 1035 section 2.3.4 */
#define ISSUER_MOST 8   /* certificates in an authority's file */

typedef struct Authority {
    gnutls_x509_crt_t certificate; /* the trust list has one of its own */
    uint8_t key_id[SHA256_SIZE];
} Authority;

typedef struct OneHost {
    HttpHost is;
    gnutls_pcert_st chain[CHAIN_MOST];
    unsigned chain_length;
    gnutls_privkey_t key;
    gnutls_x509_trust_list_t trust; /* NULL: clients' certificates are not asked for */
    Authority authorities[ISSUER_MOST];
    unsigned authority_count;
} OneHost;

typedef struct HostName {
    char *text;
    size_t host;
    bool own; /* the host's name, not one that its certificate holds besides */
} HostName;

struct Hosts {
    OneHost *hosts;
    size_t count;
    HostName *names; /* by text */
    size_t name_count, name_room;
    bool asks_clients;
};

/* GnuTLS takes what it only reads by a pointer that could change it. */
static gnutls_datum_t datum(Buf *bytes)
{
    return (gnutls_datum_t){ (unsigned char *)bytes->data, (unsigned)bytes->len };
}

/* --- names ------------------------------------------------------------------------------------------------------- */

/* Without port and final dot, in small letters.  False: it can't be a name. */
static bool plain_name(Str name, char ret[NAME_MOST + 1])
{
    const char *port = memrchr(name.ptr, ':', name.len);
    const char *bracket = memrchr(name.ptr, ']', name.len);

    if (port && (!bracket || port > bracket) && (bracket || memchr(name.ptr, ':', name.len) == port))
        name.len = (size_t)(port - name.ptr);
    if (name.len > 0 && name.ptr[name.len - 1] == '.')
        name.len--;
    if (name.len == 0 || !str_copy(name, ret, NAME_MOST + 1))
        return false;
    for (char *at = ret; *at; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
    return true;
}

static bool add_name(Hosts *hosts, Str name, size_t host, bool own, Error *err)
{
    char plain[NAME_MOST + 1];

    if (!plain_name(name, plain))
        return error_set(err, ERR_ARGUMENT, "a host has a name of 1 to %d bytes", NAME_MOST);
    if (hosts->name_count == hosts->name_room) {
        size_t room = hosts->name_room ? 2 * hosts->name_room : 16;
        HostName *larger = mem_resize(hosts->names, room, sizeof(HostName));

        if (!larger)
            return error_set(err, ERR_MEMORY, "names of hosts");
        hosts->names = larger;
        hosts->name_room = room;
    }
    char *copy = mem_copy_text(plain);
    if (!copy)
        return error_set(err, ERR_MEMORY, "names of hosts");
    hosts->names[hosts->name_count++] = (HostName){ copy, host, own };
    return true;
}

/* The DNS names of its certificate; a wildcard names nobody in particular. */
static bool add_certified(Hosts *hosts, size_t host, Error *err)
{
    gnutls_x509_crt_t certificate = NULL;
    bool done = true;
    int kind = 0;

    if (gnutls_pcert_export_x509(&hosts->hosts[host].chain[0], &certificate) != GNUTLS_E_SUCCESS)
        return error_set(err, ERR_CRYPTO, "certificate of a listener");
    for (unsigned i = 0; done && kind >= 0; i++) {
        char name[NAME_MOST + 1];
        size_t size = sizeof name;

        kind = gnutls_x509_crt_get_subject_alt_name(certificate, i, name, &size, NULL);
        if (kind == GNUTLS_SAN_DNSNAME && size > 0 && !memchr(name, '*', size))
            done = add_name(hosts, (Str){ name, size }, host, false, err);
        else if (kind == GNUTLS_E_SHORT_MEMORY_BUFFER)
            kind = 0; /* longer than a name can be */
    }
    gnutls_x509_crt_deinit(certificate);
    return done;
}

static int by_text(const void *a, const void *b)
{
    const HostName *one = a, *other = b;
    int order = strcmp(one->text, other->text);

    return order ? order : (int)other->own - (int)one->own;
}

/* Of names that several have, a host's own counts; of names in certificates alone (localhost is in all that we make)
 * none does. */
static bool settle_names(Hosts *hosts, Error *err)
{
    size_t kept = 0, end;

    if (hosts->name_count > 0)
        qsort(hosts->names, hosts->name_count, sizeof(HostName), by_text);
    for (size_t first = 0; first < hosts->name_count; first = end) {
        HostName *names = hosts->names;
        bool shared = false;

        for (end = first + 1; end < hosts->name_count && !strcmp(names[end].text, names[first].text); end++) {
            shared = shared || names[end].host != names[first].host;
            if (names[end].own)
                return error_set(err, ERR_CONFLICT, "two institutions are asked by the name %.100s", names[end].text);
        }
        bool keep = names[first].own || !shared;
        HostName name = names[first];
        names[first].text = NULL;
        for (size_t i = first + 1; i < end; i++)
            mem_free(steal(&names[i].text));
        if (keep)
            names[kept++] = name;
        else
            mem_free(name.text);
    }
    hosts->name_count = kept;
    return true;
}

static OneHost *find(const Hosts *hosts, Str name)
{
    char plain[NAME_MOST + 1];

    if (hosts->count == 1)
        return &hosts->hosts[0];
    if (!name.ptr || !plain_name(name, plain))
        return NULL;
    for (size_t low = 0, high = hosts->name_count; low < high;) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(plain, hosts->names[middle].text);

        if (order == 0)
            return &hosts->hosts[hosts->names[middle].host];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const HttpHost *hosts_named(const Hosts *hosts, Str name)
{
    const OneHost *found = find(hosts, name);

    return found ? &found->is : NULL;
}

/* --- clients ----------------------------------------------------------------------------------------------------- */

static bool is_issuer(const Authority *authority, gnutls_x509_crt_t certificate)
{
    gnutls_datum_t subject = { 0 }, issuer = { 0 };
    bool same = gnutls_x509_crt_get_raw_dn(authority->certificate, &subject) == GNUTLS_E_SUCCESS &&
                gnutls_x509_crt_get_raw_issuer_dn(certificate, &issuer) == GNUTLS_E_SUCCESS &&
                subject.size == issuer.size && memcmp(subject.data, issuer.data, subject.size) == 0;

    gnutls_free(subject.data);
    gnutls_free(issuer.data);
    return same;
}

/* Expiry alone is left to the caller: a kiosk that comes late may still renew. */
static bool has_signed(const OneHost *host, gnutls_x509_crt_t certificate)
{
    char client[] = GNUTLS_KP_TLS_WWW_CLIENT;
    gnutls_typed_vdata_st purpose = { .type = GNUTLS_DT_KEY_PURPOSE_OID, .data = (unsigned char *)client };
    unsigned status = 0;

    return gnutls_x509_trust_list_verify_crt2(host->trust, &certificate, 1, &purpose, 1, 0, &status, NULL) ==
               GNUTLS_E_SUCCESS &&
           (status & ~(unsigned)(GNUTLS_CERT_EXPIRED | GNUTLS_CERT_INVALID)) == 0 &&
           (status == 0 || (status & GNUTLS_CERT_EXPIRED) != 0);
}

/* The name only tells whose key is worth trying: two authorities may call themselves alike. */
const HttpHost *hosts_signed(const Hosts *hosts, gnutls_x509_crt_t certificate)
{
    for (size_t i = 0; i < hosts->count; i++) {
        const OneHost *host = &hosts->hosts[i];

        for (unsigned k = 0; k < host->authority_count; k++)
            if (is_issuer(&host->authorities[k], certificate) && has_signed(host, certificate))
                return &host->is;
    }
    return NULL;
}

static bool load_authorities(OneHost *host, Error *err)
{
    const char *path = host->is.client_ca_file;
    gnutls_x509_crt_t found[ISSUER_MOST];
    OWNED_BUF pem;

    buf_init(&pem, PEM_MOST);
    host->authority_count = 0;
    if (!path)
        return true;
    if (!file_read(path, &pem, err))
        return false;
    const gnutls_datum_t bytes = datum(&pem);
    unsigned count = COUNT(found);
    if (gnutls_x509_trust_list_init(&host->trust, 0) != GNUTLS_E_SUCCESS)
        return error_set(err, ERR_MEMORY, "authority of clients");
    if (gnutls_x509_trust_list_add_trust_mem(host->trust, &bytes, NULL, GNUTLS_X509_FMT_PEM, 0, 0) <= 0 ||
        gnutls_x509_crt_list_import(found, &count, &bytes, GNUTLS_X509_FMT_PEM,
                                    GNUTLS_X509_CRT_LIST_IMPORT_FAIL_IF_EXCEED) <= 0)
        return error_set(err, ERR_CRYPTO, "%.100s holds no authority, or more than %d", path, ISSUER_MOST);
    for (unsigned i = 0; i < count; i++) {
        Authority *authority = &host->authorities[host->authority_count++];
        size_t size = sizeof authority->key_id;

        authority->certificate = found[i];
        if (gnutls_x509_crt_get_key_id(found[i], GNUTLS_KEYID_USE_SHA256, authority->key_id, &size) < 0)
            memset(authority->key_id, 0, sizeof authority->key_id);
    }
    return true;
}

static bool shares_authority(const OneHost *one, const OneHost *other)
{
    for (unsigned i = 0; i < one->authority_count; i++)
        for (unsigned k = 0; k < other->authority_count; k++)
            if (!memcmp(one->authorities[i].key_id, other->authorities[k].key_id, SHA256_SIZE))
                return true;
    return false;
}

static bool check_authorities(const Hosts *hosts, Error *err)
{
    for (size_t i = 0; i < hosts->count; i++)
        for (size_t k = 0; k < i; k++)
            if (shares_authority(&hosts->hosts[i], &hosts->hosts[k]))
                return error_set(err, ERR_CONFLICT,
                                 "%.60s and %.60s have one authority: their kiosks are not told apart",
                                 hosts->hosts[k].is.name, hosts->hosts[i].is.name);
    return true;
}

/* --- certificates ------------------------------------------------------------------------------------------------ */

static bool key_fits(const OneHost *host)
{
    uint8_t certified[SHA256_SIZE], held[SHA256_SIZE];
    size_t certified_size = sizeof certified, held_size = sizeof held;
    gnutls_pubkey_t key = NULL;
    bool fits = gnutls_pubkey_init(&key) == GNUTLS_E_SUCCESS &&
                gnutls_pubkey_import_privkey(key, host->key, 0, 0) == GNUTLS_E_SUCCESS &&
                gnutls_pubkey_get_key_id(key, GNUTLS_KEYID_USE_SHA256, held, &held_size) == GNUTLS_E_SUCCESS &&
                gnutls_pubkey_get_key_id(host->chain[0].pubkey, GNUTLS_KEYID_USE_SHA256, certified, &certified_size) ==
                    GNUTLS_E_SUCCESS &&
                memcmp(held, certified, sizeof held) == 0;

    gnutls_pubkey_deinit(key);
    return fits;
}

static bool load_certificate(OneHost *host, Error *err)
{
    unsigned length = CHAIN_MOST;
    OWNED_BUF key, certificate;

    buf_init(&key, PEM_MOST);
    buf_init(&certificate, PEM_MOST);
    if (!file_read(host->is.key_file, &key, err) || !file_read(host->is.certificate_file, &certificate, err))
        return false;
    const gnutls_datum_t key_bytes = datum(&key);
    const gnutls_datum_t chain_bytes = datum(&certificate);
    if (gnutls_privkey_init(&host->key) != GNUTLS_E_SUCCESS)
        return error_set(err, ERR_MEMORY, "key of a listener");
    if (gnutls_privkey_import_x509_raw(host->key, &key_bytes, GNUTLS_X509_FMT_PEM, NULL, 0) != GNUTLS_E_SUCCESS)
        return error_set(err, ERR_CRYPTO, "%.100s is no private key", host->is.key_file);
    if (gnutls_pcert_list_import_x509_raw(host->chain, &length, &chain_bytes, GNUTLS_X509_FMT_PEM,
                                          GNUTLS_X509_CRT_LIST_IMPORT_FAIL_IF_EXCEED) != GNUTLS_E_SUCCESS)
        return error_set(err, ERR_CRYPTO, "%.100s is no certificate", host->is.certificate_file);
    host->chain_length = length;
    return key_fits(host) ||
           error_set(err, ERR_CRYPTO, "%.60s is not the key of %.60s", host->is.key_file, host->is.certificate_file);
}

void hosts_greet(const Hosts *hosts, gnutls_session_t session, gnutls_pcert_st **ret_chain, unsigned *ret_length,
                 gnutls_privkey_t *ret_key)
{
    char name[NAME_MOST + 1];
    size_t size = sizeof name;
    unsigned kind = 0;
    OneHost *host = NULL;

    if (gnutls_server_name_get(session, name, &size, &kind, 0) == GNUTLS_E_SUCCESS && kind == GNUTLS_NAME_DNS)
        host = find(hosts, (Str){ name, strnlen(name, size) });
    if (!host)
        host = &hosts->hosts[0];
    assert(host); /* hosts_open makes no empty table */
    if (hosts->asks_clients)
        gnutls_certificate_server_set_request(session, GNUTLS_CERT_REQUEST);
    *ret_chain = host->chain;
    *ret_length = host->chain_length;
    *ret_key = host->key;
}

/* --- opening ----------------------------------------------------------------------------------------------------- */

static bool load(Hosts *hosts, size_t at, Error *err)
{
    OneHost *host = &hosts->hosts[at];

    hosts->asks_clients = hosts->asks_clients || host->is.client_ca_file;
    if (!host->is.name && hosts->count > 1)
        return error_set(err, ERR_ARGUMENT, "one of several hosts has no name");
    return load_certificate(host, err) && load_authorities(host, err) && add_certified(hosts, at, err) &&
           (!host->is.name || add_name(hosts, str_from(host->is.name), at, true, err));
}

Hosts *hosts_open(const HttpHost *given, size_t count, Error *err)
{
    assert(count > 0);
    OWNED(Hosts) hosts = mem_new(1, sizeof(*hosts));

    if (hosts)
        hosts->hosts = mem_new(count, sizeof(OneHost));
    if (!hosts || !hosts->hosts) {
        error_set(err, ERR_MEMORY, "hosts");
        return NULL;
    }
    hosts->count = count;
    for (size_t i = 0; i < count; i++)
        hosts->hosts[i].is = given[i];
    for (size_t i = 0; i < count; i++)
        if (!load(hosts, i, err)) {
            if (given[i].name)
                error_add(err, "host %.60s", given[i].name);
            return NULL;
        }
    return settle_names(hosts, err) && check_authorities(hosts, err) ? steal(&hosts) : NULL;
}

static void host_fini(OneHost *host)
{
    for (unsigned i = 0; i < host->chain_length; i++)
        gnutls_pcert_deinit(&host->chain[i]);
    for (unsigned i = 0; i < host->authority_count; i++)
        gnutls_x509_crt_deinit(host->authorities[i].certificate);
    if (host->key)
        gnutls_privkey_deinit(host->key);
    if (host->trust)
        gnutls_x509_trust_list_deinit(host->trust, 1);
}

void hosts_close(Hosts *hosts)
{
    if (!hosts)
        return;
    for (size_t i = 0; i < hosts->count && hosts->hosts; i++)
        host_fini(&hosts->hosts[i]);
    for (size_t i = 0; i < hosts->name_count; i++)
        mem_free(hosts->names[i].text);
    mem_free(hosts->names);
    mem_free(hosts->hosts);
    mem_free(hosts);
}
