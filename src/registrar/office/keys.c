#include "registrar/office/keys.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/file.h"
#include "base/memory.h"
#include "registrar/office/authority.h"

#define PEM_BYTES_MOST (32u << 10)
#define SERVER_DAYS    (5 * 365) /* kiosks trust our own authority; people's certificate is replaced by a public one */
#define KIOSK_DAYS     90

static const struct {
    const char *name;
    size_t offset;
} secrets[] = {
    { "pepper", offsetof(Keys, pepper) },
    { "page.key", offsetof(Keys, page) },
    { "record.key", offsetof(Keys, record) },
};

static bool write_in(const char *folder, const char *name, mode_t mode, const Buf *bytes, Error *err)
{
    char path[PATH_MAX];

    return buf_ok(bytes, err) && path_join(path, sizeof path, folder, name, err) &&
           file_write(path, mode, buf_str(bytes), err);
}

static bool read_in(const char *folder, const char *name, Buf *bytes, Error *err)
{
    char path[PATH_MAX];

    return path_join(path, sizeof path, folder, name, err) && file_read(path, bytes, err);
}

/* --- making ------------------------------------------------------------------------------------------------------ */

static bool secret_make(const char *folder, const char *name, const Random *random, Error *err)
{
    uint8_t bytes[KEY_SIZE];
    OWNED_BUF hex;
    bool done;

    buf_init(&hex, 128);
    done = random_fill(random, bytes, sizeof bytes, err);
    if (done)
        hex_write(&hex, bytes, sizeof bytes);
    buf_add_byte(&hex, '\n');
    mem_wipe(bytes, sizeof bytes);
    return done && write_in(folder, name, 0600, &hex, err);
}

static bool server_make(const Authority *authority, const char *folder, const char *name, const char *host,
                        int64_t now_s, Error *err)
{
    Str rest = str_from(host);
    Str bare = str_split(&rest, ':');
    char key_name[32], certificate_name[32], print[65];
    int64_t until_s;
    OWNED_BUF hosts, key, certificate;

    buf_init(&hosts, 512);
    buf_init(&key, PEM_BYTES_MOST);
    buf_init(&certificate, PEM_BYTES_MOST);
    buf_add_text(&hosts, "DNS:localhost,IP:127.0.0.1,IP:::1");
    if (!str_equal_text(bare, "localhost")) {
        bool number = strspn(host, "0123456789.:") == strlen(host);

        buf_add_format(&hosts, ",%s:" STR_FMT, number ? "IP" : "DNS", STR_ARG(bare));
    }
    if (!buf_ok(&hosts, err))
        return false;
    CertificateOrder order = { "localhost", buf_text(&hosts), SERVER_DAYS, now_s };
    snprintf(key_name, sizeof key_name, "%s.key", name);
    snprintf(certificate_name, sizeof certificate_name, "%s.pem", name);
    return authority_issue(authority, &order, &key, &certificate, print, &until_s, err) &&
           write_in(folder, key_name, 0600, &key, err) && write_in(folder, certificate_name, 0644, &certificate, err);
}

static bool authority_make_in(const char *folder, const char *institution, int64_t now_s, Authority **ret, Error *err)
{
    char name[64];
    OWNED_BUF key, certificate;

    buf_init(&key, PEM_BYTES_MOST);
    buf_init(&certificate, PEM_BYTES_MOST);
    snprintf(name, sizeof name, "Registrar %.48s", institution);
    *ret = authority_make(name, now_s, err);
    return *ret && authority_write(*ret, &key, &certificate, err) && write_in(folder, "ca.key", 0600, &key, err) &&
           write_in(folder, "ca.pem", 0644, &certificate, err);
}

bool keys_make(const char *folder, const char *institution, const char *host, const Random *random, int64_t now_s,
               Error *err)
{
    char path[PATH_MAX];
    OWNED(Authority) authority = NULL;

    if (!folder_make(folder, 0700, err) || !path_join(path, sizeof path, folder, "ca.key", err))
        return error_add(err, "keys");
    if (access(path, F_OK) == 0)
        return error_set(err, ERR_EXISTS, "%.100s holds keys already", folder);
    if (!authority_make_in(folder, institution, now_s, &authority, err) ||
        !server_make(authority, folder, "kiosks", host, now_s, err) ||
        !server_make(authority, folder, "people", host, now_s, err) ||
        !secret_make(folder, "seal-1.seed", random, err) || !secret_make(folder, "list-2.seed", random, err) ||
        !secret_make(folder, "head-3.seed", random, err))
        return error_add(err, "keys");
    for (size_t i = 0; i < COUNT(secrets); i++)
        if (!secret_make(folder, secrets[i].name, random, err))
            return error_add(err, "keys");
    return true;
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

static bool secret_read(const char *folder, const char *name, uint8_t ret[KEY_SIZE], Error *err)
{
    OWNED_BUF hex;

    buf_init(&hex, 256);
    if (!read_in(folder, name, &hex, err))
        return false;
    return hex_parse(str_trim(buf_str(&hex)), ret, KEY_SIZE) ||
           error_set(err, ERR_FORMAT, "%s is not %d bytes in hex", name, KEY_SIZE);
}

static const struct {
    const char *word;
    CoseUse use;
} seed_words[] = { { "seal", COSE_SEAL }, { "list", COSE_STATUS_LIST }, { "head", COSE_AUDIT_HEAD } };

/* "seal-7.seed": its use and kid; false for a name of another kind. */
static bool seed_name(const char *name, CoseUse *ret_use, uint8_t *ret_kid)
{
    Str rest = str_from(name);
    Str word = str_split(&rest, '-'), kid = str_split(&rest, '.');
    uint64_t number;

    if (!str_equal_text(rest, "seed") || !str_to_u64(kid, 1, 255, &number))
        return false;
    for (size_t i = 0; i < COUNT(seed_words); i++)
        if (str_equal_text(word, seed_words[i].word)) {
            *ret_use = seed_words[i].use;
            *ret_kid = (uint8_t)number;
            return true;
        }
    return false;
}

/* The folder is read by bytes, where 10 stands before 2. */
static bool seal_insert(Keys *keys, CoseKey *key, uint8_t number, Error *err)
{
    if (keys->seal_count == SEALS_MOST) {
        cose_key_free(key);
        return error_set(err, ERR_RANGE, "more than %d seal keys", SEALS_MOST);
    }
    size_t at = keys->seal_count++;
    for (; at > 0 && keys->public_seals[at - 1].kid > number; at--) {
        keys->seals[at] = keys->seals[at - 1];
        keys->public_seals[at] = keys->public_seals[at - 1];
    }
    keys->seals[at] = key;
    cose_key_public(key, &keys->public_seals[at]);
    return true;
}

/* Of the keys of one use the highest kid. */
static void choose(CoseKey **chosen, CosePublicKey *public, CoseKey *key, uint8_t kid)
{
    if (*chosen && public->kid > kid) {
        cose_key_free(key);
        return;
    }
    cose_key_free(*chosen);
    *chosen = key;
    cose_key_public(key, public);
}

typedef struct SeedReading {
    const char *folder;
    Keys *keys;
} SeedReading;

static bool seed_read(void *ctx, const char *name, Error *err)
{
    const SeedReading *reading = ctx;
    uint8_t seed[KEY_SIZE], kid;
    CoseUse use;

    if (!seed_name(name, &use, &kid))
        return true;
    if (!secret_read(reading->folder, name, seed, err))
        return false;
    CoseKey *key = cose_key_new(use, kid, seed, err);
    mem_wipe(seed, sizeof seed);
    if (!key)
        return false;
    if (use == COSE_SEAL)
        return seal_insert(reading->keys, key, kid, err);
    if (use == COSE_STATUS_LIST)
        choose(&reading->keys->list, &reading->keys->public_list, key, kid);
    else
        choose(&reading->keys->head, &reading->keys->public_head, key, kid);
    return true;
}

typedef struct SeedCount {
    int highest;
    bool has[COSE_USE_COUNT];
} SeedCount;

static bool seed_count(void *ctx, const char *name, Error *err UNUSED)
{
    SeedCount *count = ctx;
    CoseUse use;
    uint8_t kid;

    if (!seed_name(name, &use, &kid))
        return true;
    count->has[use] = true;
    count->highest = kid > count->highest ? kid : count->highest;
    return true;
}

bool keys_complete(const char *folder, const Random *random, Error *err)
{
    SeedCount count = { 0 };
    char name[32];

    if (!folder_each(folder, ".seed", seed_count, &count, err))
        return error_add(err, "keys");
    for (size_t i = 0; i < COUNT(seed_words); i++) {
        if (seed_words[i].use == COSE_SEAL || count.has[seed_words[i].use])
            continue;
        snprintf(name, sizeof name, "%s-%d.seed", seed_words[i].word, ++count.highest);
        if (!secret_make(folder, name, random, err))
            return error_add(err, "keys");
    }
    return true;
}

bool keys_load(const char *folder, Keys *ret, Error *err)
{
    bool done = true;

    *ret = (Keys){ 0 };
    SeedReading reading = { folder, ret };
    for (size_t i = 0; i < COUNT(secrets) && done; i++)
        done = secret_read(folder, secrets[i].name, (uint8_t *)ret + secrets[i].offset, err);
    done = done && folder_each(folder, ".seed", seed_read, &reading, err);
    if (done && (ret->seal_count == 0 || !ret->list || !ret->head))
        done = error_set(err, ERR_NOT_FOUND, "no %s-KID.seed",
                         ret->seal_count == 0 ? "seal"
                         : ret->list          ? "head"
                                              : "list");
    if (!done) {
        keys_fini(ret);
        return error_add(err, "keys in %.80s", folder);
    }
    return true;
}

void keys_fini(Keys *keys)
{
    for (size_t i = 0; i < keys->seal_count; i++)
        cose_key_free(keys->seals[i]);
    cose_key_free(keys->list);
    cose_key_free(keys->head);
    mem_wipe(keys, sizeof *keys);
}

CoseKey *keys_active_seal(const Keys *keys)
{
    return keys->seals[keys->seal_count - 1];
}

CoseKey *keys_find_seal(const Keys *keys, int kid)
{
    for (size_t i = 0; i < keys->seal_count; i++)
        if (keys->public_seals[i].kid == kid)
            return keys->seals[i];
    return NULL;
}

/* The kiosks' authority: its key lies only where kiosks are enrolled. */
static Authority *authority_open(const char *folder, Buf *ca, Error *err)
{
    OWNED_BUF ca_key;

    buf_init(&ca_key, PEM_BYTES_MOST);
    if (!read_in(folder, "ca.key", &ca_key, err) || !read_in(folder, "ca.pem", ca, err)) {
        error_add(err, "authority");
        return NULL;
    }
    Authority *authority = authority_read(buf_str(&ca_key), buf_str(ca), err);
    mem_wipe(ca_key.data, ca_key.len);
    return authority;
}

bool keys_issue_kiosk(const char *folder, const char *name, const char *out, int64_t now_s, char ret_fingerprint[65],
                      int64_t *ret_not_after_s, Error *err)
{
    const CertificateOrder order = { name, NULL, KIOSK_DAYS, now_s };
    OWNED_BUF ca, key, certificate;

    buf_init(&ca, PEM_BYTES_MOST);
    buf_init(&key, PEM_BYTES_MOST);
    buf_init(&certificate, PEM_BYTES_MOST);
    OWNED(Authority) authority = authority_open(folder, &ca, err);
    return (authority &&
            authority_issue(authority, &order, &key, &certificate, ret_fingerprint, ret_not_after_s, err) &&
            write_in(out, "key.pem", 0600, &key, err) && write_in(out, "certificate.pem", 0644, &certificate, err) &&
            write_in(out, "ca.pem", 0644, &ca, err)) ||
           error_add(err, "certificate of kiosk %s", name);
}

bool keys_sign_kiosk(const char *folder, const char *name, Str request_pem, int64_t now_s, KioskCertificate *ret,
                     Error *err)
{
    const CertificateOrder order = { name, NULL, KIOSK_DAYS, now_s };
    OWNED_BUF ca, certificate;

    buf_init(&ca, sizeof ret->authority - 1);
    buf_init(&certificate, sizeof ret->pem - 1);
    OWNED(Authority) authority = authority_open(folder, &ca, err);
    if (!authority ||
        !authority_sign(authority, &order, request_pem, &certificate, ret->fingerprint, &ret->not_after_s, err) ||
        !buf_ok(&certificate, err))
        return error_add(err, "certificate of kiosk %s", name);
    str_copy_cut(buf_str(&certificate), ret->pem, sizeof ret->pem);
    str_copy_cut(buf_str(&ca), ret->authority, sizeof ret->authority);
    return true;
}

bool keys_can_sign(const char *folder)
{
    char path[PATH_MAX];
    Error err = { 0 };

    return path_join(path, sizeof path, folder, "ca.key", &err) && access(path, R_OK) == 0;
}

bool keys_authority_fingerprint(const char *folder, uint8_t ret[SHA256_SIZE], Error *err)
{
    OWNED_BUF ca;

    buf_init(&ca, PEM_BYTES_MOST);
    return (read_in(folder, "ca.pem", &ca, err) && authority_fingerprint(buf_str(&ca), ret, err)) ||
           error_add(err, "authority");
}
