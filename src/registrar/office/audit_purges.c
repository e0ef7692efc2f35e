#include "registrar/office/audit_purges.h"

#include <inttypes.h>
#include <stdlib.h>

#include "wire/json.h"

#define RANGES_BYTES_MOST (64u << 20)
#define AT_ONCE           1000

typedef struct AuditRange {
    int64_t from, to, told, seen;
    int64_t last_ms; /* of its purges */
} AuditRange;

void audit_purge_write(Buf *json, Str rows, int64_t from, int64_t to, int64_t count)
{
    buf_add_format(json, "{\"rows\":{" STR_FMT "}", STR_ARG(rows));
    if (count > 0)
        buf_add_format(json, ",\"details\":{\"from\":%" PRId64 ",\"to\":%" PRId64 ",\"count\":%" PRId64 "}", from, to,
                       count);
    buf_add_byte(json, '}');
}

void audit_purges_init(AuditPurges *purges)
{
    *purges = (AuditPurges){ 0 };
    buf_init(&purges->ranges, RANGES_BYTES_MOST);
}

void audit_purges_fini(AuditPurges *purges)
{
    buf_fini(&purges->ranges);
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

static AuditRange *ranges_of(const AuditPurges *purges, size_t *ret_count)
{
    *ret_count = purges->ranges.len / sizeof(AuditRange);
    return (AuditRange *)(void *)purges->ranges.data;
}

static bool read_range(Str detail, AuditRange *ret, bool *ret_some)
{
    json_t *json = json_read(detail, NULL);
    const json_t *details = json_object_get(json, "details");
    const json_t *from = json_object_get(details, "from"), *to = json_object_get(details, "to");
    const json_t *count = json_object_get(details, "count");
    bool done = json_is_object(json_object_get(json, "rows"));

    *ret_some = details != NULL;
    if (done && details) {
        done = json_is_integer(from) && json_is_integer(to) && json_is_integer(count);
        *ret = (AuditRange){ json_integer_value(from), json_integer_value(to), json_integer_value(count), 0, 0 };
        done = done && ret->from >= 1 && ret->to >= ret->from && ret->told >= 1 && ret->told - 1 <= ret->to - ret->from;
    }
    json_decref(json);
    return done;
}

typedef struct Reading {
    AuditPurges *purges;
    int64_t id, now_ms;
} Reading;

static bool visit(void *ctx, const ActEntry *entry, Error *err)
{
    Reading *reading = ctx;
    AuditRange range;
    bool some;

    reading->id = entry->id;
    if (!str_equal_text(entry->act, PURGE_ACT))
        return true;
    if (!entry->has_detail || !read_range(entry->detail, &range, &some))
        reading->purges->silent++;
    else if (some) {
        range.last_ms = entry->at_ms < reading->now_ms ? entry->at_ms : reading->now_ms;
        buf_add(&reading->purges->ranges, &range, sizeof range);
    }
    return buf_ok(&reading->purges->ranges, err);
}

static int by_beginning(const void *a, const void *b)
{
    const AuditRange *one = a, *other = b;

    return one->from < other->from ? -1 : one->from > other->from;
}

/* Ranges that overlap are of details that were kept for different times: they are counted together. */
static void merge(AuditPurges *purges)
{
    size_t count, kept = 0;
    AuditRange *ranges = ranges_of(purges, &count);

    if (count == 0)
        return;
    qsort(ranges, count, sizeof *ranges, by_beginning);
    for (size_t i = 1; i < count; i++) {
        AuditRange *last = &ranges[kept];

        if (ranges[i].from > last->to) {
            ranges[++kept] = ranges[i];
            continue;
        }
        last->told += ranges[i].told;
        last->to = ranges[i].to > last->to ? ranges[i].to : last->to;
        last->last_ms = ranges[i].last_ms > last->last_ms ? ranges[i].last_ms : last->last_ms;
    }
    purges->ranges.len = (kept + 1) * sizeof *ranges;
}

bool audit_purges_read(AuditPurges *purges, StoreTransaction *transaction, int64_t now_ms, Error *err)
{
    const ActQuery query = { .object = PURGE_OBJECT };
    Reading reading = { purges, 0, now_ms };
    size_t count = AT_ONCE;

    while (count == AT_ONCE)
        if (!acts_search(transaction, &query, reading.id, AT_ONCE, visit, &reading, &count, err))
            return error_add(err, "purges");
    merge(purges);
    return true;
}

/* --- holding against what is gone -------------------------------------------------------------------------------- */

static int compare_place(const void *position, const void *range)
{
    const int64_t *place = position;
    const AuditRange *in = range;

    return *place < in->from ? -1 : *place > in->to;
}

void audit_purges_missing(AuditPurges *purges, int64_t position, int64_t at_ms)
{
    size_t count;
    AuditRange *ranges = ranges_of(purges, &count);
    AuditRange *range = count > 0 ? bsearch(&position, ranges, count, sizeof *ranges, compare_place) : NULL;

    purges->missing++;
    if (range) {
        range->seen++;
        if (at_ms > range->last_ms - ACT_DETAIL_KEPT_S * 1000 && purges->early++ == 0)
            purges->first_early = position;
    } else if (purges->unexplained++ == 0)
        purges->first_unexplained = position;
}

bool audit_purges_agree(const AuditPurges *purges, int64_t *ret_from, int64_t *ret_told, int64_t *ret_seen)
{
    size_t count;
    const AuditRange *ranges = ranges_of(purges, &count);

    for (size_t i = 0; i < count; i++)
        if (ranges[i].told != ranges[i].seen) {
            *ret_from = ranges[i].from;
            *ret_told = ranges[i].told;
            *ret_seen = ranges[i].seen;
            return false;
        }
    return true;
}
