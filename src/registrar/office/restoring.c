#include "registrar/office/restoring.h"

#include <string.h>

#include "base/date.h"
#include "base/memory.h"
#include "registrar/office/documents.h"
#include "registrar/office/era_proof.h"
#include "registrar/office/status_lists.h"
#include "registrar/store/keys.h"
#include "registrar/store/status_lists.h"

#define ACTOR  "restore"
#define REASON "the published status list says so; the register was restored from an older backup"

typedef struct Restoring {
    const RestoreInput *input;
    RestoreReport report;
    int64_t backup_s;
    uint32_t era_witnessed, newest_list;
    CounterRow witnessed[STATUS_HEADS_MOST + RESTORE_SEEN_MOST];
    size_t witnessed_count;
} Restoring;

/* --- whose it is ------------------------------------------------------------------------------------------------- */

static bool check_keys(StoreTransaction *transaction, const Keys *keys, Error *err)
{
    KeyRow rows[SEALS_MOST];
    size_t count;

    if (!keys_list(transaction, "seal", rows, SEALS_MOST, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < keys->seal_count; k++)
            if (keys->public_seals[k].kid == rows[i].kid &&
                memcmp(keys->public_seals[k].bytes, rows[i].bytes, PUBLIC_KEY_SIZE) != 0)
                return error_set(err, ERR_CONFLICT,
                                 "the key folder is another register's: its seal key %d is not"
                                 " the backup's",
                                 rows[i].kid);
    return true;
}

static bool check_owner(StoreTransaction *transaction, const Restoring *restoring, Error *err)
{
    bool ours;

    if (!restored_is_ours(transaction, &ours, err))
        return false;
    if (!ours)
        return error_set(err, ERR_CONFLICT, "the backup is another institution's");
    return check_keys(transaction, restoring->input->keys, err);
}

/* --- witnesses --------------------------------------------------------------------------------------------------- */

static void witness(Restoring *restoring, const StatusHead *head)
{
    for (size_t i = 0; i < restoring->witnessed_count; i++) {
        CounterRow *known = &restoring->witnessed[i];

        if (known->year == head->year && strcmp(known->register_name, head->register_name) == 0) {
            known->last = known->last > head->number ? known->last : head->number;
            return;
        }
    }
    if (restoring->witnessed_count == COUNT(restoring->witnessed))
        return; /* of old years: nothing was given in them */
    CounterRow *row = &restoring->witnessed[restoring->witnessed_count++];
    *row = (CounterRow){ .year = head->year, .last = head->number };
    memcpy(row->register_name, head->register_name, sizeof row->register_name);
}

/* Highest number known to have been given; 0: none.  */
static int witnessed(const Restoring *restoring, const char *register_name, int year)
{
    for (size_t i = 0; i < restoring->witnessed_count; i++)
        if (restoring->witnessed[i].year == year && strcmp(restoring->witnessed[i].register_name, register_name) == 0)
            return restoring->witnessed[i].last;
    return 0;
}

/* Whether this list was published after the backup had been made. */
static bool is_newer(const Restoring *restoring, const StatusList *list)
{
    return list->issued_at_s >= restoring->backup_s;
}

static void hear_witnesses(Restoring *restoring)
{
    const RestoreInput *input = restoring->input;

    for (size_t i = 0; i < input->list_count; i++) {
        const StatusList *list = input->lists[i];

        for (size_t k = 0; k < list->head_count; k++)
            witness(restoring, &list->heads[k]);
        if (is_newer(restoring, list) && list->issued_at_s > restoring->report.witnessed_s)
            restoring->report.witnessed_s = list->issued_at_s;
        if (list->era > restoring->era_witnessed)
            restoring->era_witnessed = list->era;
        if (list->list > restoring->newest_list)
            restoring->newest_list = list->list;
    }
    for (size_t i = 0; i < input->seen_count; i++)
        witness(restoring, &input->seen[i]);
}

/* --- numbers ----------------------------------------------------------------------------------------------------- */

static bool jump(StoreTransaction *transaction, Restoring *restoring, const CounterRow *counter, Error *err)
{
    RestoreReport *report = &restoring->report;
    const int known = witnessed(restoring, counter->register_name, counter->year);
    const int highest = known > counter->last ? known : counter->last;
    const CounterRow next = { .year = counter->year, .last = highest + RESTORE_MARGIN };

    if (report->range_count == RESTORE_RANGES_MOST)
        return error_set(err, ERR_LIMIT, "more than %d registers and years", RESTORE_RANGES_MOST);
    RestoreRange *range = &report->ranges[report->range_count++];
    *range = (RestoreRange){ .year = counter->year, .first = counter->last + 1, .last = next.last, .witnessed = known };
    memcpy(range->register_name, counter->register_name, sizeof range->register_name);
    CounterRow moved = next;
    memcpy(moved.register_name, counter->register_name, sizeof moved.register_name);
    return counters_jump(transaction, &moved, err) &&
           skipped_add(transaction, range->register_name, range->year, range->first, range->last, report->era, err);
}

static const CounterRow *find_counter(const CounterRow *counters, size_t count, const char *register_name, int year)
{
    for (size_t i = 0; i < count; i++)
        if (counters[i].year == year && strcmp(counters[i].register_name, register_name) == 0)
            return &counters[i];
    return NULL;
}

static int year_at(const Restoring *restoring, int64_t at_ms)
{
    return date_time_at(at_ms, restoring->input->utc_offset_minutes).date.year;
}

/* Who mistyped a number that stands on a paper hears so, before it is given twice. */
static bool check_seen(const Restoring *restoring, Error *err)
{
    const RestoreReport *report = &restoring->report;

    for (size_t i = 0; i < restoring->input->seen_count; i++) {
        const StatusHead *seen = &restoring->input->seen[i];
        bool jumped = false;

        for (size_t k = 0; k < report->range_count && !jumped; k++)
            jumped = report->ranges[k].year == seen->year &&
                     strcmp(report->ranges[k].register_name, seen->register_name) == 0;
        if (!jumped)
            return error_set(err, ERR_ARGUMENT, "%s-%d/%06d is of a register or a year in which nothing was lost",
                             seen->register_name, seen->year, seen->number);
    }
    return true;
}

/* Every register that papers are numbered in, in every year from the backup's to this one: a year may have begun in the
 * time that was lost, and so may a register's first number. */
static bool jump_all(StoreTransaction *transaction, Restoring *restoring, Error *err)
{
    const RestoreInput *input = restoring->input;
    const int first = year_at(restoring, restoring->report.backup_ms), last = year_at(restoring, input->now_ms);
    CounterRow counters[COUNTERS_MOST];
    size_t count;

    if (!counters_list(transaction, counters, COUNTERS_MOST, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (counters[i].year >= first && !jump(transaction, restoring, &counters[i], err))
            return false;
    for (size_t i = 0; i < input->register_count; i++)
        for (int year = first; year <= last; year++) {
            CounterRow counter = { .year = year };

            str_copy_cut(str_from(input->registers[i]), counter.register_name, sizeof counter.register_name);
            if (!find_counter(counters, count, counter.register_name, year) &&
                !jump(transaction, restoring, &counter, err))
                return false;
        }
    return check_seen(restoring, err);
}

/* --- status ------------------------------------------------------------------------------------------------------ */

/* Another copy took its place in the time that was lost; that one is not known, so it may be replaced again. */
static bool supersede(StoreTransaction *transaction, Restoring *restoring, const CopyRow *copy, Error *err)
{
    if (copy->validity != VALIDITY_VALID && copy->validity != VALIDITY_SUSPENDED)
        return true;
    restoring->report.superseded++;
    return state_move(transaction, &validity_states,
                      &(Move){ .id = copy->id,
                               .from = (int)copy->validity,
                               .to = VALIDITY_REPLACED,
                               .epoch = copy->epoch,
                               .actor = ACTOR,
                               .at_ms = restoring->input->now_ms },
                      err);
}

static bool change(StoreTransaction *transaction, Restoring *restoring, const CopyRow *copy, DocumentChange what,
                   Error *err)
{
    const DocumentApply apply = { .change = what,
                                  .reason = REASON,
                                  .detail = "{\"reason\":\"" REASON "\"}",
                                  .actor = ACTOR,
                                  .now_ms = restoring->input->now_ms };
    DocumentRow document;
    bool found;

    if (!documents_get(transaction, copy->document, &found, &document, err))
        return false;
    if (!found || document.state == DOCUMENT_REVOKED ||
        (what == DOCUMENT_CHANGE_SUSPEND && document.state != DOCUMENT_ISSUED))
        return true;
    int64_t *count = what == DOCUMENT_CHANGE_REVOKE ? &restoring->report.revoked : &restoring->report.suspended;
    *count += 1;
    return document_apply(transaction, &document, &apply, err);
}

/* What a list says of a copy that the register knows. */
static bool believe(StoreTransaction *transaction, Restoring *restoring, const StatusList *list, const CopyRow *copy,
                    SealStatus status, Error *err)
{
    switch (status) {
    case STATUS_VALID: return true; /* what is suspended stays so until somebody resumes it */
    case STATUS_REVOKED: return change(transaction, restoring, copy, DOCUMENT_CHANGE_REVOKE, err);
    case STATUS_SUPERSEDED: return supersede(transaction, restoring, copy, err);
    case STATUS_SUSPENDED:
        if (!is_newer(restoring, list) || copy->validity != VALIDITY_VALID)
            return true; /* resumed since, as the backup knows */
        return change(transaction, restoring, copy, DOCUMENT_CHANGE_SUSPEND, err);
    }
    return true;
}

/* What an earlier restore kept may be newer than this list: nothing is un-revoked by an older one. */
static void keep_place(StatusList *kept, uint32_t index, SealStatus status)
{
    const SealStatus before = status_list_get(kept, index);

    if (before == STATUS_VALID || before == STATUS_SUSPENDED)
        status_list_set(kept, index, status);
}

/* Leaves in kept the bits of lost copies alone. */
static bool merge_places(StoreTransaction *transaction, Restoring *restoring, const StatusList *list, StatusList *kept,
                         Error *err)
{
    for (uint32_t index = 0; index < STATUS_LIST_PLACES; index++) {
        SealStatus status = status_list_get(list, index);
        CopyRow copy;
        bool found;

        if (status == STATUS_VALID)
            continue;
        if (!copies_by_place(transaction, list->list, index, &found, &copy, err))
            return false;
        if (!found) {
            keep_place(kept, index, status);
            restoring->report.kept++;
        } else if (!believe(transaction, restoring, list, &copy, status, err))
            return error_add(err, "copy %s", copy.id);
    }
    return true;
}

static bool merge_list(StoreTransaction *transaction, Restoring *restoring, const StatusList *list, Error *err)
{
    StatusList *kept = mem_new(1, sizeof *kept);
    StatusListRow row = { 0 };
    OWNED_BUF before;
    bool found, done;

    buf_init(&before, STATUS_LIST_BYTES);
    if (!kept)
        return error_set(err, ERR_MEMORY, "status list");
    done = status_lists_get(transaction, list->list, &found, &row, &before, err);
    if (done && before.len == sizeof kept->places) /* kept by an earlier restore */
        memcpy(kept->places, before.data, sizeof kept->places);
    done = done && merge_places(transaction, restoring, list, kept, err) &&
           status_lists_keep(transaction, list->list, list->version,
                             (Str){ (const char *)kept->places, sizeof kept->places }, err);
    mem_free(kept);
    return done || error_add(err, "status list %u", list->list);
}

/* A list that was opened in the lost time may not be known to anybody here: the next number is left out. */
static bool open_new_list(StoreTransaction *transaction, Restoring *restoring, Error *err)
{
    uint32_t newest;

    if (!status_lists_newest(transaction, &newest, err))
        return false;
    if (newest < restoring->newest_list)
        newest = restoring->newest_list;
    restoring->report.next_list = newest + 2;
    return status_lists_close(transaction, restoring->report.next_list, err);
}

/* --- the era ----------------------------------------------------------------------------------------------------- */

static void write_ranges(const RestoreReport *report, Buf *json)
{
    buf_add_byte(json, '[');
    for (size_t i = 0; i < report->range_count; i++) {
        const RestoreRange *range = &report->ranges[i];

        buf_add_format(json, "%s{\"register\":\"%s\",\"year\":%d,\"first\":%d,\"last\":%d,\"witnessed\":%d}",
                       i ? "," : "", range->register_name, range->year, range->first, range->last, range->witnessed);
    }
    buf_add_byte(json, ']');
}

static bool write_act(StoreTransaction *transaction, const Restoring *restoring, const char *ranges, Error *err)
{
    const RestoreReport *report = &restoring->report;
    OWNED_BUF detail, object;

    buf_init(&detail, 64u << 10);
    buf_init(&object, 32);
    buf_add_format(&detail,
                   "{\"era\":%u,\"backup_ms\":%lld,\"skipped\":%s,\"jobs\":%lld,\"sessions\":%lld,\"preparing\":%lld,"
                   "\"revoked\":%lld,\"suspended\":%lld,\"superseded\":%lld,\"kept\":%lld,\"next_list\":%u",
                   report->era, (long long)report->backup_ms, ranges, (long long)report->counts.jobs,
                   (long long)report->counts.sessions, (long long)report->counts.preparing, (long long)report->revoked,
                   (long long)report->suspended, (long long)report->superseded, (long long)report->kept,
                   report->next_list);
    buf_add_format(&object, "era:%u", report->era);
    if (!era_proof_write(transaction, restoring->input->keys, report->era, restoring->input->now_ms / 1000, &detail,
                         err))
        return false;
    buf_add_byte(&detail, '}');
    return buf_ok(&detail, err) && buf_ok(&object, err) &&
           acts_add_for_ever(
               transaction,
               &(Act){ restoring->input->now_ms, ACTOR, RESTORED_ACT, buf_text(&object), buf_text(&detail) }, err);
}

static bool begin_era(StoreTransaction *transaction, Restoring *restoring, Error *err)
{
    uint32_t era;

    if (!institutions_era(transaction, &era, err))
        return false;
    restoring->report.era = (era > restoring->era_witnessed ? era : restoring->era_witnessed) + 1;
    return eras_begin(transaction, restoring->report.era, restoring->input->now_ms / 1000, err);
}

static bool restore(StoreTransaction *transaction, void *arg, Error *err)
{
    Restoring *restoring = arg;
    const RestoreInput *input = restoring->input;
    OWNED_BUF ranges;

    *restoring = (Restoring){ .input = input };
    buf_init(&ranges, 32u << 10);
    if (!check_owner(transaction, restoring, err) || !restored_moment(transaction, &restoring->report.backup_ms, err))
        return false;
    restoring->backup_s = restoring->report.backup_ms / 1000;
    hear_witnesses(restoring);
    if (!begin_era(transaction, restoring, err) || !jump_all(transaction, restoring, err) ||
        !restored_settle(transaction, RESTORE_EPOCHS, input->now_ms / 1000, &restoring->report.counts, err))
        return false;
    for (size_t i = 0; i < input->list_count; i++)
        if (!merge_list(transaction, restoring, input->lists[i], err))
            return false;
    write_ranges(&restoring->report, &ranges);
    return buf_ok(&ranges, err) && open_new_list(transaction, restoring, err) &&
           eras_ranges(transaction, restoring->report.era, buf_text(&ranges), err) &&
           write_act(transaction, restoring, buf_text(&ranges), err);
}

bool register_restore(Store *store, const RestoreInput *input, RestoreReport *ret, Error *err)
{
    Restoring *restoring = mem_new(1, sizeof *restoring);
    bool done;

    if (!restoring)
        return error_set(err, ERR_MEMORY, "restoring");
    restoring->input = input;
    done = store_write(store, restore, restoring, err);
    if (done)
        *ret = restoring->report;
    mem_free(restoring);
    return done || error_add(err, "restoring");
}
