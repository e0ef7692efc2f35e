#include "wire/status_list.h"

#include <string.h>

#include <zlib.h>

#include "wire/item.h"

#define CLAIM_SUBJECT     2
#define CLAIM_EXPIRES     4
#define CLAIM_ISSUED      6
#define CLAIM_LIST        65533
#define CLAIM_TTL         65534
#define CLAIM_OURS_NEGINT 65537 /* -65538 */
#define CLAIM_COUNT       6
#define BITS              2
#define SUBJECT_START     "https://"
#define SUBJECT_PATH      "/status/"

static unsigned shift_of(uint32_t index)
{
    return index % 4 * BITS;
}

SealStatus status_list_get(const StatusList *list, uint32_t index)
{
    assert(index < STATUS_LIST_PLACES);
    return (SealStatus)(list->places[index / 4] >> shift_of(index) & 3);
}

void status_list_set(StatusList *list, uint32_t index, SealStatus status)
{
    assert(index < STATUS_LIST_PLACES);
    uint8_t *byte = &list->places[index / 4];
    *byte = (uint8_t)((*byte & ~(3u << shift_of(index))) | (unsigned)status << shift_of(index));
}

bool status_list_is_good(const StatusList *list, int64_t now_s)
{
    return now_s <= list->expires_at_s;
}

/* --- writing ----------------------------------------------------------------------------------------------------- */

static bool write_places(Buf *buf, const StatusList *list, Error *err)
{
    uint8_t packed[STATUS_LIST_BYTES + 1024]; /* compressBound's growth is below 0.1 % and 13 bytes */
    uLongf size = sizeof packed;

    assert(compressBound(STATUS_LIST_BYTES) <= sizeof packed);
    if (compress2(packed, &size, list->places, STATUS_LIST_BYTES, Z_BEST_COMPRESSION) != Z_OK)
        return error_set(err, ERR_MEMORY, "compressing");
    item_write(buf, ITEM_MAP, 2);
    item_write_text(buf, STR("lst"));
    item_write_bytes(buf, (Str){ (const char *)packed, size });
    item_write_text(buf, STR("bits"));
    item_write(buf, ITEM_UINT, BITS);
    return true;
}

static void write_ours(Buf *buf, const StatusList *list)
{
    item_write(buf, ITEM_ARRAY, 3);
    item_write(buf, ITEM_UINT, (uint64_t)list->version);
    item_write(buf, ITEM_UINT, list->era);
    item_write(buf, ITEM_ARRAY, list->head_count);
    for (size_t i = 0; i < list->head_count; i++) {
        const StatusHead *head = &list->heads[i];

        item_write(buf, ITEM_ARRAY, 3);
        item_write_text(buf, str_from(head->register_name));
        item_write(buf, ITEM_UINT, (uint64_t)head->year);
        item_write(buf, ITEM_UINT, (uint64_t)head->number);
    }
}

static bool is_whole(const StatusList *list)
{
    if (list->head_count > STATUS_HEADS_MOST)
        return false;
    for (size_t i = 0; i < list->head_count; i++)
        if (!list->heads[i].register_name[0] || list->heads[i].year < 0 || list->heads[i].number < 0)
            return false;
    return list->issuer[0] && list->list > 0 && list->issued_at_s > 0 && list->expires_at_s > list->issued_at_s &&
           list->version > 0 && list->era > 0;
}

bool status_list_sign(const CoseKey *key, const StatusList *list, Buf *ret, Error *err)
{
    CosePublicKey public;
    OWNED_BUF subject;
    OWNED_BUF payload;

    buf_init(&subject, 256);
    buf_init(&payload, STATUS_TOKEN_MOST);
    cose_key_public(key, &public);
    if (public.use != COSE_STATUS_LIST || !is_whole(list))
        return error_set(err, ERR_ARGUMENT, "status list %u", list->list);
    buf_add_format(&subject, SUBJECT_START "%s" SUBJECT_PATH "%u", list->issuer, list->list);
    item_write(&payload, ITEM_MAP, CLAIM_COUNT);
    item_write(&payload, ITEM_UINT, CLAIM_SUBJECT);
    item_write_text(&payload, buf_str(&subject));
    item_write(&payload, ITEM_UINT, CLAIM_EXPIRES);
    item_write(&payload, ITEM_UINT, (uint64_t)list->expires_at_s);
    item_write(&payload, ITEM_UINT, CLAIM_ISSUED);
    item_write(&payload, ITEM_UINT, (uint64_t)list->issued_at_s);
    item_write(&payload, ITEM_UINT, CLAIM_LIST);
    if (!write_places(&payload, list, err))
        return error_add(err, "status list %u", list->list);
    item_write(&payload, ITEM_UINT, CLAIM_TTL);
    item_write(&payload, ITEM_UINT, STATUS_LIST_TTL_S);
    item_write(&payload, ITEM_NEGINT, CLAIM_OURS_NEGINT);
    write_ours(&payload, list);
    return (buf_ok(&subject, err) && buf_ok(&payload, err) && cose_sign(key, buf_str(&payload), ret, err)) ||
           error_add(err, "status list %u", list->list);
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

static bool read_number(Str *rest, uint64_t most, uint64_t *ret)
{
    Item item;

    if (!item_expect(rest, ITEM_UINT, &item) || item.number > most)
        return false;
    *ret = item.number;
    return true;
}

static bool read_time(Str *rest, uint64_t claim, int64_t *ret)
{
    uint64_t number;

    if (!item_expect_number(rest, ITEM_UINT, claim) || !read_number(rest, INT64_MAX, &number))
        return false;
    *ret = (int64_t)number;
    return true;
}

/* "https://HOST/status/7" */
static bool read_subject(Str *rest, StatusList *ret)
{
    const size_t start = sizeof SUBJECT_START - 1;
    Item item;
    uint64_t number;
    size_t end = start;

    if (!item_expect_number(rest, ITEM_UINT, CLAIM_SUBJECT) || !item_expect(rest, ITEM_TEXT, &item) ||
        !str_starts(item.bytes, STR(SUBJECT_START)))
        return false;
    while (end < item.bytes.len && item.bytes.ptr[end] != '/')
        end++;
    Str host = { item.bytes.ptr + start, end - start };
    Str path = { item.bytes.ptr + end, item.bytes.len - end };
    if (host.len == 0 || !str_copy(host, ret->issuer, sizeof ret->issuer) || !str_starts(path, STR(SUBJECT_PATH)))
        return false;
    Str list = { path.ptr + sizeof SUBJECT_PATH - 1, path.len - (sizeof SUBJECT_PATH - 1) };
    if (!str_to_u64(list, 1, UINT32_MAX, &number) || list.ptr[0] == '0')
        return false;
    ret->list = (uint32_t)number;
    return true;
}

/* What is too large does not fit and is refused by zlib, so a small token can't ask for much memory. */
static bool read_places(Str *rest, StatusList *ret)
{
    uLongf size = sizeof ret->places;
    Item packed, name;

    return item_expect_number(rest, ITEM_UINT, CLAIM_LIST) && item_expect_number(rest, ITEM_MAP, 2) &&
           item_expect(rest, ITEM_TEXT, &name) && str_equal_text(name.bytes, "lst") &&
           item_expect(rest, ITEM_BYTES, &packed) && item_expect(rest, ITEM_TEXT, &name) &&
           str_equal_text(name.bytes, "bits") && item_expect_number(rest, ITEM_UINT, BITS) &&
           uncompress(ret->places, &size, (const Bytef *)packed.bytes.ptr, packed.bytes.len) == Z_OK &&
           size == sizeof ret->places;
}

static bool read_head(Str *rest, StatusHead *ret)
{
    Item name;
    uint64_t year, number;

    if (!item_expect_number(rest, ITEM_ARRAY, 3) || !item_expect(rest, ITEM_TEXT, &name) || name.bytes.len == 0 ||
        !str_copy(name.bytes, ret->register_name, sizeof ret->register_name) || !read_number(rest, 9999, &year) ||
        !read_number(rest, INT32_MAX, &number))
        return false;
    ret->year = (int)year;
    ret->number = (int)number;
    return true;
}

static bool read_ours(Str *rest, StatusList *ret)
{
    uint64_t version, era;
    Item heads;

    if (!item_expect_number(rest, ITEM_NEGINT, CLAIM_OURS_NEGINT) || !item_expect_number(rest, ITEM_ARRAY, 3) ||
        !read_number(rest, INT64_MAX, &version) || !read_number(rest, UINT32_MAX, &era) ||
        !item_expect(rest, ITEM_ARRAY, &heads) || heads.number > STATUS_HEADS_MOST)
        return false;
    ret->version = (int64_t)version;
    ret->era = (uint32_t)era;
    ret->head_count = (size_t)heads.number;
    for (size_t i = 0; i < ret->head_count; i++)
        if (!read_head(rest, &ret->heads[i]))
            return false;
    return true;
}

bool status_list_read(const CosePublicKey *key, Str token, StatusList *ret, Error *err)
{
    Str rest;
    uint64_t ttl;

    if (key->use != COSE_STATUS_LIST)
        return error_set(err, ERR_ARGUMENT, "key %u is for another use", key->kid);
    if (!cose_verify(key, token, &rest, err))
        return error_add(err, "status list");
    memset(ret, 0, sizeof *ret);
    if (!item_expect_number(&rest, ITEM_MAP, CLAIM_COUNT) || !read_subject(&rest, ret) ||
        !read_time(&rest, CLAIM_EXPIRES, &ret->expires_at_s) || !read_time(&rest, CLAIM_ISSUED, &ret->issued_at_s) ||
        !read_places(&rest, ret) || !item_expect_number(&rest, ITEM_UINT, CLAIM_TTL) ||
        !read_number(&rest, INT64_MAX, &ttl) || !read_ours(&rest, ret) || rest.len > 0 || !is_whole(ret))
        return error_set(err, ERR_FORMAT, "signed, but not a status list");
    return true;
}
