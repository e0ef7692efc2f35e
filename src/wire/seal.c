#include "wire/seal.h"

#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "wire/base32.h"
#include "wire/item.h"
#include "wire/qr.h"

/* CWT claims (RFC 8392 section 4) and our private one, which is below -65536. */
#define CLAIM_ISSUER       1
#define CLAIM_EXPIRES      4
#define CLAIM_ISSUED       6
#define CLAIM_ID           7
#define CLAIM_OURS_NEGINT  65536 /* -65537 = -1 - 65536 */
#define OURS_COUNT         7
#define PAYLOAD_BYTES_MOST 512
#define TOKEN_BYTES_MOST   1024
#define HOLDER_LEAST       12
#define ELLIPSIS           "\xe2\x80\xa6" /* U+2026 */

/* Part of the wire format: never reused, only added to. */
static const char *const field_names[] = {
    [SEAL_FIELD_PROGRAMME] = "programme",
    [SEAL_FIELD_YEAR] = "year",
    [SEAL_FIELD_FORM] = "form",
    [SEAL_FIELD_GPA] = "gpa",
    [SEAL_FIELD_CREDITS] = "credits",
    [SEAL_FIELD_PERIOD] = "period",
    [SEAL_FIELD_ROWS] = "rows",
    [SEAL_FIELD_STUDENT] = "student",
    [SEAL_FIELD_SUM] = "sum",
};
static_assert(COUNT(field_names) == SEAL_FIELD_LAST + 1, "one name per SealField");

/* Kinds of paper that travel as a small integer: the index.  Part of the wire format. */
static const char *const kinds[] = { [1] = "certificate-of-study" };

bool seal_field_parse(Str name, SealField *ret)
{
    for (int i = 1; i <= SEAL_FIELD_LAST; i++)
        if (str_equal_text(name, field_names[i])) {
            *ret = (SealField)i;
            return true;
        }
    return false;
}

const char *seal_field_name(SealField field)
{
    return field >= 1 && field <= SEAL_FIELD_LAST ? field_names[field] : "";
}

/* --- writing --------------------------------------------------------------------------------------------------------
 */

/* Digits that a number gives back exactly travel as that number. */
static bool is_plain_number(Str s, uint64_t *ret)
{
    return s.len >= 1 && s.len <= 18 && (s.len == 1 || s.ptr[0] != '0') &&
           str_to_u64(s, 0, UINT64_C(999999999999999999), ret);
}

static void write_value(Buf *buf, Str value)
{
    uint64_t number;

    if (is_plain_number(value, &number))
        item_write(buf, ITEM_UINT, number);
    else
        item_write_text(buf, value);
}

static void write_kind(Buf *buf, const char *kind)
{
    for (size_t i = 1; i < COUNT(kinds); i++)
        if (!strcmp(kinds[i], kind)) {
            item_write(buf, ITEM_UINT, i);
            return;
        }
    item_write_text(buf, str_from(kind));
}

/* "M-2026/004817" as ["M", 2026, 4817]: six digits or more, so that it comes back as it was. */
static bool split_number(Str number, Str *ret_register, uint64_t *ret_year, uint64_t *ret_count)
{
    Str rest = number;
    Str name = str_split(&rest, '-'), year = str_split(&rest, '/');

    *ret_register = name;
    return name.len >= 1 && name.len <= 8 && year.len == 4 && str_to_u64(year, 1000, 9999, ret_year) && rest.len >= 6 &&
           (rest.len == 6 || rest.ptr[0] != '0') && str_to_u64(rest, 0, UINT32_MAX, ret_count);
}

static void write_number(Buf *buf, Str number)
{
    uint64_t year, count;
    Str name;

    if (!split_number(number, &name, &year, &count)) {
        item_write_text(buf, number);
        return;
    }
    item_write(buf, ITEM_ARRAY, 3);
    item_write_text(buf, name);
    item_write(buf, ITEM_UINT, year);
    item_write(buf, ITEM_UINT, count);
}

/* In the order of their numbers, which is CBOR's deterministic order of keys. */
static void write_fields(Buf *buf, const SealClaims *claims)
{
    item_write(buf, ITEM_MAP, claims->field_count);
    for (int field = 1; field <= SEAL_FIELD_LAST; field++)
        for (size_t i = 0; i < claims->field_count; i++)
            if (claims->fields[i].field == (SealField)field) {
                item_write(buf, ITEM_UINT, (uint64_t)field);
                write_value(buf, str_from(claims->fields[i].value));
            }
}

static void write_code(Buf *buf, const Code *code)
{
    uint8_t bytes[CODE_BITS_BYTES];

    code_bytes(code, bytes);
    item_write_bytes(buf, (Str){ (const char *)bytes, sizeof bytes });
}

static void write_payload(Buf *buf, const SealClaims *claims, Str holder, bool cut)
{
    item_write(buf, ITEM_MAP, claims->expires_at_s ? 5 : 4);
    item_write(buf, ITEM_UINT, CLAIM_ISSUER);
    item_write_text(buf, str_from(claims->issuer));
    if (claims->expires_at_s) {
        item_write(buf, ITEM_UINT, CLAIM_EXPIRES);
        item_write(buf, ITEM_UINT, (uint64_t)claims->expires_at_s);
    }
    item_write(buf, ITEM_UINT, CLAIM_ISSUED);
    item_write(buf, ITEM_UINT, (uint64_t)claims->issued_at_s);
    item_write(buf, ITEM_UINT, CLAIM_ID);
    write_code(buf, &claims->code);
    item_write(buf, ITEM_NEGINT, CLAIM_OURS_NEGINT);
    item_write(buf, ITEM_ARRAY, OURS_COUNT);
    write_kind(buf, claims->kind);
    write_number(buf, str_from(claims->number));
    item_write(buf, ITEM_TEXT, holder.len + (cut ? sizeof ELLIPSIS - 1 : 0));
    buf_add_str(buf, holder);
    if (cut)
        buf_add_text(buf, ELLIPSIS);
    item_write(buf, ITEM_UINT, claims->status_list);
    item_write(buf, ITEM_UINT, claims->status_index);
    item_write_bytes(buf, (Str){ (const char *)claims->text_hash, SEAL_HASH_SIZE });
    write_fields(buf, claims);
}

/* A host that stands in a QR code's alphanumeric segment: lower case here, upper case there. */
static bool host_valid(Str host)
{
    for (size_t i = 0; i < host.len; i++) {
        char c = host.ptr[i];

        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':'))
            return false;
    }
    return host.len > 0;
}

static bool claims_valid(const SealClaims *claims, Error *err)
{
    OWNED_BUF fields;

    buf_init(&fields, PAYLOAD_BYTES_MOST);
    if (!host_valid(str_from(claims->issuer)) || !claims->kind[0] || !claims->number[0] || !claims->holder[0] ||
        claims->issued_at_s <= 0 || claims->expires_at_s < 0 || claims->field_count > SEAL_FIELDS_MOST ||
        !utf8_valid(str_from(claims->holder)) || !utf8_valid(str_from(claims->kind)) ||
        !utf8_valid(str_from(claims->number)) || !code_parse(str_from(claims->code.text), &(Code){ 0 }))
        return error_set(err, ERR_ARGUMENT, "a seal lacks issuer, code, kind, number, holder or date");
    for (size_t i = 0; i < claims->field_count; i++) {
        const SealedValue *value = &claims->fields[i];
        if (!seal_field_name(value->field)[0] || !value->value[0] || !utf8_valid(str_from(value->value)))
            return error_set(err, ERR_ARGUMENT, "a sealed field without a name or a value");
        for (size_t j = 0; j < i; j++)
            if (claims->fields[j].field == value->field)
                return error_set(err, ERR_ARGUMENT, "%s is sealed twice", seal_field_name(value->field));
    }
    write_fields(&fields, claims);
    if (fields.failed || fields.len > SEAL_FIELDS_BYTES)
        return error_set(err, ERR_RANGE, "the sealed fields take %zu bytes, at most %d are allowed", fields.len,
                         SEAL_FIELDS_BYTES);
    return true;
}

static int version_for(const SealClaims *claims, size_t payload_size)
{
    size_t path = sizeof "HTTPS:///V/" - 1 + strlen(claims->issuer) + CODE_LENGTH;
    size_t token = cose_size(COSE_SEAL, payload_size);

    return qr_version(path, (token * 8 + 4) / 5);
}

/* Bytes of the holder that go in; *ret_cut: a mark follows. */
static Str holder_cut(const SealClaims *claims, bool *ret_cut)
{
    Str holder = str_from(claims->holder);

    *ret_cut = false;
    for (;;) {
        OWNED_BUF payload;
        buf_init(&payload, PAYLOAD_BYTES_MOST);
        write_payload(&payload, claims, holder, *ret_cut);
        int version = payload.failed ? 0 : version_for(claims, payload.len);
        bool fits = version != 0 && version <= SEAL_QR_VERSION_UNCUT;
        bool readable = !*ret_cut || holder.len + sizeof ELLIPSIS <= sizeof claims->holder;
        if ((fits && readable) || utf8_count(holder) <= HOLDER_LEAST)
            return holder;
        holder.len = utf8_without_last(holder);
        *ret_cut = true;
    }
}

bool seal_make(const CoseKey *key, const SealClaims *claims, Buf *ret_token, Error *err)
{
    OWNED_BUF payload;
    bool cut;

    buf_init(&payload, PAYLOAD_BYTES_MOST);
    if (!claims_valid(claims, err))
        return error_add(err, "seal");
    Str holder = holder_cut(claims, &cut);
    write_payload(&payload, claims, holder, cut);
    if (!buf_ok(&payload, err))
        return error_add(err, "seal");
    int version = version_for(claims, payload.len);
    if (version == 0 || version > SEAL_QR_VERSION_MOST)
        return error_set(err, ERR_RANGE, "the seal needs a QR code of version %d, at most %d fits the paper", version,
                         SEAL_QR_VERSION_MOST);
    return cose_sign(key, buf_str(&payload), ret_token, err);
}

/* --- reading --------------------------------------------------------------------------------------------------------
 */

static bool read_code(Str *rest, Code *ret)
{
    Item item;

    if (!item_expect(rest, ITEM_BYTES, &item) || item.bytes.len != CODE_BITS_BYTES)
        return false;
    *ret = code_make((const uint8_t *)item.bytes.ptr);
    return true;
}

static bool read_text(Str *rest, char *array, size_t size)
{
    Item item;

    return item_expect(rest, ITEM_TEXT, &item) && utf8_valid(item.bytes) && str_copy(item.bytes, array, size);
}

static bool read_kind(Str *rest, char *array, size_t size)
{
    Item item;

    if (!item_next(rest, &item))
        return false;
    if (item.kind == ITEM_UINT)
        return item.number >= 1 && item.number < COUNT(kinds) && str_copy(str_from(kinds[item.number]), array, size);
    return item.kind == ITEM_TEXT && utf8_valid(item.bytes) && str_copy(item.bytes, array, size);
}

static bool read_number(Str *rest, char *array, size_t size)
{
    Item head, name, year, count;

    if (!item_next(rest, &head))
        return false;
    if (head.kind == ITEM_TEXT)
        return utf8_valid(head.bytes) && str_copy(head.bytes, array, size);
    if (head.kind != ITEM_ARRAY || head.number != 3 || !item_expect(rest, ITEM_TEXT, &name) || name.bytes.len > 8 ||
        !utf8_valid(name.bytes) || !item_expect(rest, ITEM_UINT, &year) || year.number > 9999 ||
        !item_expect(rest, ITEM_UINT, &count) || count.number > UINT32_MAX)
        return false;
    int length =
        snprintf(array, size, STR_FMT "-%u/%06u", STR_ARG(name.bytes), (unsigned)year.number, (unsigned)count.number);
    return length > 0 && (size_t)length < size;
}

static bool read_value(Str *rest, char *array, size_t size)
{
    Item item;

    if (!item_next(rest, &item))
        return false;
    if (item.kind == ITEM_UINT)
        return snprintf(array, size, "%llu", (unsigned long long)item.number) > 0;
    return item.kind == ITEM_TEXT && utf8_valid(item.bytes) && str_copy(item.bytes, array, size);
}

static bool read_fields(Str *rest, SealClaims *ret)
{
    Item head, field;

    if (!item_expect(rest, ITEM_MAP, &head) || head.number > SEAL_FIELDS_MOST)
        return false;
    ret->field_count = (size_t)head.number;
    for (size_t i = 0; i < ret->field_count; i++) {
        if (!item_expect(rest, ITEM_UINT, &field) || field.number < 1 || field.number > SEAL_FIELD_LAST ||
            !read_value(rest, ret->fields[i].value, sizeof ret->fields[i].value))
            return false;
        ret->fields[i].field = (SealField)field.number;
    }
    return true;
}

static bool read_ours(Str *rest, SealClaims *ret)
{
    Item list, index, hash;

    if (!item_expect_number(rest, ITEM_NEGINT, CLAIM_OURS_NEGINT) ||
        !item_expect_number(rest, ITEM_ARRAY, OURS_COUNT) || !read_kind(rest, ret->kind, sizeof ret->kind) ||
        !read_number(rest, ret->number, sizeof ret->number) || !read_text(rest, ret->holder, sizeof ret->holder) ||
        !item_expect(rest, ITEM_UINT, &list) || list.number > UINT32_MAX || !item_expect(rest, ITEM_UINT, &index) ||
        index.number > UINT32_MAX || !item_expect(rest, ITEM_BYTES, &hash) || hash.bytes.len != SEAL_HASH_SIZE)
        return false;
    ret->status_list = (uint32_t)list.number;
    ret->status_index = (uint32_t)index.number;
    memcpy(ret->text_hash, hash.bytes.ptr, SEAL_HASH_SIZE);
    return read_fields(rest, ret);
}

static bool read_payload(Str rest, SealClaims *ret)
{
    Item head, expires = { ITEM_NONE, 0, { 0 } }, issued;

    if (!item_expect(&rest, ITEM_MAP, &head) || (head.number != 4 && head.number != 5) ||
        !item_expect_number(&rest, ITEM_UINT, CLAIM_ISSUER) || !read_text(&rest, ret->issuer, sizeof ret->issuer) ||
        (head.number == 5 &&
         (!item_expect_number(&rest, ITEM_UINT, CLAIM_EXPIRES) || !item_expect(&rest, ITEM_UINT, &expires))) ||
        !item_expect_number(&rest, ITEM_UINT, CLAIM_ISSUED) || !item_expect(&rest, ITEM_UINT, &issued) ||
        expires.number > INT64_MAX || issued.number > INT64_MAX || !item_expect_number(&rest, ITEM_UINT, CLAIM_ID) ||
        !read_code(&rest, &ret->code) || !read_ours(&rest, ret))
        return false;
    ret->expires_at_s = (int64_t)expires.number;
    ret->issued_at_s = (int64_t)issued.number;
    return rest.len == 0;
}

/* What was read must write the same bytes: one seal has one form. */
static bool is_canonical(const SealClaims *claims, Str payload)
{
    OWNED_BUF own;

    buf_init(&own, PAYLOAD_BYTES_MOST);
    write_payload(&own, claims, str_from(claims->holder), false);
    return !own.failed && str_equal(buf_str(&own), payload);
}

bool seal_read(const CosePublicKey *key, Str token, SealClaims *ret, Error *err)
{
    SealClaims claims = { 0 };
    Str payload;

    if (key->use != COSE_SEAL)
        return error_set(err, ERR_ARGUMENT, "not a seal's key");
    if (!cose_verify(key, token, &payload, err))
        return error_add(err, "seal");
    if (!read_payload(payload, &claims) || !claims_valid(&claims, NULL) || !is_canonical(&claims, payload))
        return error_set(err, ERR_FORMAT, "signed, but not a seal's claims");
    *ret = claims;
    return true;
}

/* --- link -----------------------------------------------------------------------------------------------------------
 */

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool seal_link(const SealClaims *claims, Str token, Buf *ret_path, Buf *ret_fragment, Error *err)
{
    if (!host_valid(str_from(claims->issuer)))
        return error_set(err, ERR_ARGUMENT, "a host outside QR's alphanumeric set");
    buf_add_text(ret_path, "HTTPS://");
    for (const char *c = claims->issuer; *c; c++)
        buf_add_byte(ret_path, (uint8_t)upper(*c));
    buf_add_text(ret_path, "/V/");
    buf_add_text(ret_path, claims->code.text);
    base32_write(ret_fragment, token.ptr, token.len);
    return buf_ok(ret_path, err) && buf_ok(ret_fragment, err);
}

static bool starts_folded(Str s, const char *start)
{
    size_t length = strlen(start);

    if (s.len < length)
        return false;
    for (size_t i = 0; i < length; i++)
        if (lower(s.ptr[i]) != start[i])
            return false;
    return true;
}

/* The scheme may be left out: the paper prints the address without it. */
static Str without_scheme(Str link)
{
    const size_t length = sizeof "https://" - 1;

    return starts_folded(link, "https://") ? (Str){ link.ptr + length, link.len - length } : link;
}

bool seal_link_parse(Str link, char *ret_host, size_t host_size, Code *ret_code, Buf *ret_token, Error *err)
{
    Str fragment = without_scheme(str_trim(link));
    Str path = str_split(&fragment, '#');
    Str host = str_split(&path, '/');
    char folded[sizeof((SealClaims *)0)->issuer];
    OWNED_BUF token;
    Code code;

    buf_init(&token, TOKEN_BYTES_MOST);
    if (!str_copy(host, folded, sizeof folded))
        return error_set(err, ERR_FORMAT, "a host that is too long");
    for (char *c = folded; *c; c++)
        *c = lower(*c);
    if (!host_valid(str_from(folded)) || !starts_folded(path, "v/") ||
        !code_parse((Str){ path.ptr + 2, path.len - 2 }, &code))
        return error_set(err, ERR_FORMAT, "not a link of a seal");
    if (!base32_read(fragment, &token))
        return error_set(err, ERR_FORMAT, "the seal in the link is torn");
    if (!str_copy(str_from(folded), ret_host, host_size))
        return error_set(err, ERR_FORMAT, "a host that is too long");
    *ret_code = code;
    buf_add_str(ret_token, buf_str(&token));
    return buf_ok(ret_token, err);
}

/* Unicode's White_Space. */
static bool is_white(uint32_t c)
{
    return (c >= 0x09 && c <= 0x0d) || c == 0x20 || c == 0x85 || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

bool seal_text_hash(Str text, uint8_t ret[SEAL_HASH_SIZE], Error *err)
{
    OWNED_BUF dense;
    uint8_t hash[SHA256_SIZE];

    buf_init(&dense, text.len + 1);
    if (!utf8_valid(text))
        return error_set(err, ERR_FORMAT, "a page's text is not UTF-8");
    while (text.len) {
        Str letter = { text.ptr, 0 };
        bool white = is_white(utf8_next(&text));
        letter.len = (size_t)(text.ptr - letter.ptr);
        if (!white)
            buf_add_str(&dense, letter);
    }
    if (!buf_ok(&dense, err) || !sha256(buf_str(&dense), hash, err))
        return false;
    memcpy(ret, hash, SEAL_HASH_SIZE);
    return true;
}
