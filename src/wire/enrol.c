#include "wire/enrol.h"

#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "wire/code.h"
#include "wire/json.h"

#define BYTES         (sizeof((EnrolCode *)0)->authority + sizeof((EnrolCode *)0)->secret)
#define DIGITS        (BYTES / 5 * 8)
#define TICKET_PATH   "/enrol#"
#define ENROLLED_MOST (16u << 10)

static const Member enrol_members[] = {
    MEMBER_OF_TEXT(ApiEnrol, kiosk),
    MEMBER_OF_TEXT(ApiEnrol, request),
    MEMBER_OF_TEXT(ApiEnrol, proof),
};
#define NAME_MEMBER(NAME, tag, key)                                                                                    \
    { .name = "name_" key,                                                                                             \
      .kind = MEMBER_TEXT,                                                                                             \
      .offset = offsetof(ApiEnrolled, names) + (size_t)LANGUAGE_##NAME * ENROL_NAME_SIZE,                              \
      .size = ENROL_NAME_SIZE,                                                                                         \
      .optional = true },
static const Member enrolled_members[] = {
    MEMBER_OF_TEXT(ApiEnrolled, kiosk),
    MEMBER_OF_TEXT(ApiEnrolled, place),
    MEMBER_OF_TEXT(ApiEnrolled, certificate),
    MEMBER_OF_TEXT(ApiEnrolled, authority),
    MEMBER_OF_TEXT(ApiEnrolled, institution),
    MEMBER_OF_BOOL(ApiEnrolled, demo, .optional = true),
    MEMBER_OF_INT(ApiEnrolled, utc_offset_minutes, -720, 840),
    LANGUAGES(NAME_MEMBER) /* one each */
};
static const Member renewal_members[] = { MEMBER_OF_TEXT(ApiRenewal, request) };
static const Member renewed_members[] = { MEMBER_OF_TEXT(ApiRenewed, certificate) };

/* --- codes and tickets -------------------------------------------------------------------------------------------- */

void enrol_code_write(const EnrolCode *code, char ret[ENROL_CODE_SIZE])
{
    uint8_t bytes[BYTES];
    char digits[DIGITS + 1];
    size_t at = 0;

    memcpy(bytes, code->authority, sizeof code->authority);
    memcpy(bytes + sizeof code->authority, code->secret, sizeof code->secret);
    crockford_write(bytes, sizeof bytes, digits);
    for (size_t i = 0; i < DIGITS; i++) {
        if (i > 0 && i % 4 == 0)
            ret[at++] = '-';
        ret[at++] = digits[i];
    }
    ret[at] = '\0';
    mem_wipe(bytes, sizeof bytes);
    mem_wipe(digits, sizeof digits);
}
static_assert(ENROL_CODE_SIZE == DIGITS + DIGITS / 4, "groups of four, hyphens between them, and zero");

bool enrol_code_read(Str text, EnrolCode *ret)
{
    uint8_t bytes[BYTES];
    bool read = crockford_read(text, bytes, sizeof bytes);

    if (read) {
        memcpy(ret->authority, bytes, sizeof ret->authority);
        memcpy(ret->secret, bytes + sizeof ret->authority, sizeof ret->secret);
    }
    mem_wipe(bytes, sizeof bytes);
    return read;
}

bool enrol_kiosk_valid(const char *kiosk)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    return kiosk[0] && strlen(kiosk) < API_ID_SIZE && strspn(kiosk, allowed) == strlen(kiosk);
}

bool enrol_address_valid(const char *address)
{
    static const char scheme[] = "https://";
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-:[]";
    const char *host = address + sizeof scheme - 1;

    return str_starts(str_from(address), STR("https://")) && strlen(address) < ENROL_ADDRESS_SIZE && host[0] &&
           strspn(host, allowed) == strlen(host);
}

bool enrol_ticket_write(const EnrolTicket *ticket, char ret[ENROL_TICKET_SIZE], Error *err)
{
    int length =
        snprintf(ret, ENROL_TICKET_SIZE, "%s" TICKET_PATH "%s/%s", ticket->address, ticket->kiosk, ticket->code);

    return (length > 0 && length < ENROL_TICKET_SIZE) || error_set(err, ERR_RANGE, "a ticket of %d bytes", length);
}

bool enrol_ticket_read(Str text, EnrolTicket *ret)
{
    EnrolTicket ticket = { 0 };
    EnrolCode code = { 0 };
    Str rest = str_trim(text);
    Str address = str_split(&rest, '#'), kiosk = str_split(&rest, '/');
    const Str path = STR("/enrol");
    bool read = address.len > path.len && str_equal((Str){ address.ptr + address.len - path.len, path.len }, path) &&
                str_copy((Str){ address.ptr, address.len - path.len }, ticket.address, sizeof ticket.address) &&
                str_copy(kiosk, ticket.kiosk, sizeof ticket.kiosk) && enrol_address_valid(ticket.address) &&
                enrol_kiosk_valid(ticket.kiosk) && enrol_code_read(rest, &code);

    if (read) {
        enrol_code_write(&code, ticket.code);
        *ret = ticket;
    }
    mem_wipe(&code, sizeof code);
    mem_wipe(&ticket, sizeof ticket);
    return read;
}

/* --- proofs ------------------------------------------------------------------------------------------------------- */

bool enrol_key(const EnrolCode *code, const char *kiosk, uint8_t ret[ENROL_KEY_SIZE], Error *err)
{
    OWNED_BUF salt;

    buf_init(&salt, 128);
    buf_add_format(&salt, "registrar enrol 1\n%s\n", kiosk);
    buf_add(&salt, code->authority, sizeof code->authority);
    return buf_ok(&salt, err) &&
           crypto_stretch((Str){ (const char *)code->secret, sizeof code->secret }, buf_str(&salt), ret, err);
}

/* what: which end says it, so that no end's words are ever the other's. */
static bool prove(const char *what, Str text, const uint8_t key[ENROL_KEY_SIZE], char ret[65], Error *err)
{
    uint8_t mac[SHA256_SIZE];
    OWNED_BUF said, hex;

    buf_init(&said, 2 * ENROLLED_MOST);
    buf_init(&hex, 2 * SHA256_SIZE);
    buf_add_format(&said, "%s\n", what);
    buf_add_str(&said, text);
    if (!buf_ok(&said, err) || !hmac_sha256((Str){ (const char *)key, ENROL_KEY_SIZE }, buf_str(&said), mac, err))
        return false;
    hex_write(&hex, mac, sizeof mac);
    return buf_ok(&hex, err) && (str_copy(buf_str(&hex), ret, 65) || error_set(err, ERR_INTERNAL, "proof"));
}

static bool prove_enrol(const ApiEnrol *enrol, const uint8_t key[ENROL_KEY_SIZE], char ret[65], Error *err)
{
    OWNED_BUF text;

    buf_init(&text, ENROL_BODY_MOST);
    buf_add_format(&text, "%s\n%s", enrol->kiosk, enrol->request);
    return buf_ok(&text, err) && prove("kiosk", buf_str(&text), key, ret, err);
}

bool enrol_prove(ApiEnrol *enrol, const uint8_t key[ENROL_KEY_SIZE], Error *err)
{
    return prove_enrol(enrol, key, enrol->proof, err);
}

bool enrol_proves(const ApiEnrol *enrol, const uint8_t key[ENROL_KEY_SIZE], bool *ret, Error *err)
{
    char proof[65];

    if (!prove_enrol(enrol, key, proof, err))
        return false;
    *ret = mem_equal_secret(proof, enrol->proof, sizeof proof);
    return true;
}

/* --- shapes ------------------------------------------------------------------------------------------------------- */

#define WRITE(members, object, buf, err) write_members(members, COUNT(members), object, buf, err)
static bool write_members(const Member *members, size_t count, const void *object, Buf *buf, Error *err)
{
    OWNED(json_t) json = members_write(members, count, object, err);

    return json && json_write(json, buf, err);
}

#define READ(members, text, ret, err) read_members(members, COUNT(members), text, ret, sizeof *(ret), err)
static bool read_members(const Member *members, size_t count, Str text, void *ret, size_t size, Error *err)
{
    OWNED(json_t) json = json_read(text, err);

    memset(ret, 0, size);
    return json && members_read(members, count, json, ret, err);
}

bool api_enrol_write(const ApiEnrol *enrol, Buf *buf, Error *err)
{
    return WRITE(enrol_members, enrol, buf, err);
}

bool api_enrol_read(Str text, ApiEnrol *ret, Error *err)
{
    return READ(enrol_members, text, ret, err) &&
           (enrol_kiosk_valid(ret->kiosk) || error_set(err, ERR_PROTOCOL, "no kiosk's name"));
}

bool api_enrolled_write(const ApiEnrolled *enrolled, const uint8_t key[ENROL_KEY_SIZE], Buf *buf, Error *err)
{
    OWNED(json_t) json = members_write(enrolled_members, COUNT(enrolled_members), enrolled, err);
    char proof[65];
    OWNED_BUF said;

    buf_init(&said, ENROLLED_MOST);
    if (!json || !json_write(json, &said, err) || !prove("registrar", buf_str(&said), key, proof, err))
        return false;
    if (json_object_set_new(json, "proof", json_string(proof)) != 0)
        return error_set(err, ERR_MEMORY, "proof");
    return json_write(json, buf, err);
}

/* Whatever it holds beside what we know of, as a newer registrar's may. */
static bool is_proved(json_t *json, const uint8_t key[ENROL_KEY_SIZE], Error *err)
{
    const char *told = json_string_value(json_object_get(json, "proof"));
    char given[65] = { 0 }, proof[65];
    OWNED_BUF said;

    buf_init(&said, ENROLLED_MOST);
    if (!told || !str_copy(str_from(told), given, sizeof given))
        return error_set(err, ERR_PROTOCOL, "an answer without a proof");
    (void)json_object_del(json, "proof");
    return json_write(json, &said, err) && prove("registrar", buf_str(&said), key, proof, err) &&
           (mem_equal_secret(proof, given, sizeof proof) ||
            error_set(err, ERR_CRYPTO, "whoever answered does not know the code"));
}

bool api_enrolled_read(Str text, const uint8_t key[ENROL_KEY_SIZE], ApiEnrolled *ret, Error *err)
{
    OWNED(json_t) json = json_read(text, err);

    *ret = (ApiEnrolled){ 0 };
    return json && is_proved(json, key, err) && members_read(enrolled_members, COUNT(enrolled_members), json, ret, err);
}

bool api_renewal_write(const ApiRenewal *renewal, Buf *buf, Error *err)
{
    return WRITE(renewal_members, renewal, buf, err);
}

bool api_renewal_read(Str text, ApiRenewal *ret, Error *err)
{
    return READ(renewal_members, text, ret, err);
}

bool api_renewed_write(const ApiRenewed *renewed, Buf *buf, Error *err)
{
    return WRITE(renewed_members, renewed, buf, err);
}

bool api_renewed_read(Str text, ApiRenewed *ret, Error *err)
{
    return READ(renewed_members, text, ret, err);
}
