#include "registrar/office/bulk.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "registrar/office/bulk_inside.h"
#include "registrar/office/inside.h"
#include "registrar/store/acts.h"
#include "wire/json.h"

#define ACTOR            "command-line"
#define STUDENTS_AT_ONCE 1000

static const struct {
    const char *name, *words;
} findings[] = {
    [BULK_RESULT_OF_NOBODY] = { "result-of-nobody", "results of who is no student here; they were left out" },
    [BULK_STUDENT_GONE] = { "student-gone", "students here who are no longer there; nobody was taken away" },
    [BULK_MARK_FELL] = { "mark-fell", "results that fell" },
    [BULK_RESULT_TWICE] = { "result-twice", "results that came twice and differ; the one changed last counts" },
    [BULK_RESULT_IMPLAUSIBLE] = { "result-implausible", "results that can't be so" },
    [BULK_STUDENT_TWICE] = { "student-twice", "students who came twice and differ; the row changed last counts" },
    [BULK_STUDENT_IMPLAUSIBLE] = { "student-implausible", "students of whom something can't be so" },
    [BULK_NAME_CHANGED] = { "name-changed", "students with another surname and another given name than before" },
    [BULK_PINFL_CHANGED] = { "pinfl-changed", "students with another PINFL than before" },
    [BULK_PINFL_SHARED] = { "pinfl-shared", "students who share a PINFL with somebody" },
};
static_assert(COUNT(findings) == BULK_FINDING_COUNT, "words for each");

const char *bulk_finding_name(BulkFinding finding)
{
    return findings[finding].name;
}

const char *bulk_finding_words(BulkFinding finding)
{
    return findings[finding].words;
}

/* --- counts ------------------------------------------------------------------------------------------------------ */

static const struct {
    const char *name;
    size_t offset;
} counted[] = {
    { "students_new", offsetof(BulkCounts, students_new) },
    { "students_changed", offsetof(BulkCounts, students_changed) },
    { "students_same", offsetof(BulkCounts, students_same) },
    { "results_new", offsetof(BulkCounts, results_new) },
    { "results_changed", offsetof(BulkCounts, results_changed) },
    { "results_same", offsetof(BulkCounts, results_same) },
    { "newer_here", offsetof(BulkCounts, newer_here) },
};

static int64_t *count_at(BulkCounts *counts, size_t i)
{
    return (int64_t *)(void *)((char *)counts + counted[i].offset);
}

bool bulk_counts_write(const BulkCounts *counts, Buf *buf, Error *err)
{
    OWNED(json_t) told = json_object();
    BulkCounts copy = *counts;
    bool ok = told != NULL;

    for (size_t i = 0; ok && i < COUNT(counted); i++)
        ok = json_object_set_new(told, counted[i].name, json_integer(*count_at(&copy, i))) == 0;
    for (size_t i = 0; ok && i < BULK_FINDING_COUNT; i++)
        ok = copy.findings[i] == 0 || json_object_set_new(told, findings[i].name, json_integer(copy.findings[i])) == 0;
    return ok ? json_write(told, buf, err) : error_set(err, ERR_MEMORY, "counts");
}

bool bulk_counts_read(Str text, BulkCounts *ret, Error *err)
{
    OWNED(json_t) told = json_read(text, err);

    *ret = (BulkCounts){ 0 };
    if (!told)
        return error_add(err, "counts of an import");
    for (size_t i = 0; i < COUNT(counted); i++)
        *count_at(ret, i) = json_integer_value(json_object_get(told, counted[i].name));
    for (size_t i = 0; i < BULK_FINDING_COUNT; i++)
        ret->findings[i] = json_integer_value(json_object_get(told, findings[i].name));
    return true;
}

/* --- beginning, or going on -------------------------------------------------------------------------------------- */

typedef struct Beginning {
    Office *office;
    bool whole;
    BulkRun *run;
    Buf *cursor;
} Beginning;

static bool log_act(StoreTransaction *transaction, const Office *office, const char *act, const BulkRun *run,
                    Error *err)
{
    OWNED_BUF object, detail;

    buf_init(&object, ACT_TEXT_MOST);
    buf_init(&detail, BULK_COUNTS_BYTES);
    buf_add_format(&object, "import:%s:%lld", run->source, (long long)run->row.run);
    return bulk_counts_write(&run->counts, &detail, err) && buf_ok(&object, err) && buf_ok(&detail, err) &&
           acts_add(transaction, &(Act){ office_now_ms(office), ACTOR, act, buf_text(&object), buf_text(&detail) },
                    err);
}

static bool begin_new(StoreTransaction *transaction, const Beginning *beginning, bool found, const ImportRunRow *last,
                      Error *err)
{
    int64_t from_s = found ? last->read_next_s : 0;
    BulkRun *run = beginning->run;

    run->row = (ImportRunRow){ .run = found ? last->run + 1 : 1,
                               .reading = true,
                               .whole = beginning->whole || from_s == 0,
                               .started_at_s = office_now_s(beginning->office),
                               .read_from_s = beginning->whole ? 0 : from_s,
                               .read_next_s = from_s };
    buf_clear(beginning->cursor);
    buf_add_text(beginning->cursor, "{}");
    return import_run_begin(transaction, run->source, &run->row, err) &&
           log_act(transaction, beginning->office, "import.begun", run, err);
}

static bool begin_act(StoreTransaction *transaction, void *arg, Error *err)
{
    const Beginning *beginning = arg;
    BulkRun *run = beginning->run;
    ImportRunRow last = { 0 };
    OWNED_BUF counts;
    bool found;

    buf_init(&counts, BULK_COUNTS_BYTES);
    buf_clear(beginning->cursor);
    run->counts = (BulkCounts){ 0 };
    if (!import_run_get(transaction, run->source, &found, &last, beginning->cursor, &counts, err))
        return false;
    run->resumed = found && last.reading;
    if (!run->resumed)
        return begin_new(transaction, beginning, found, &last, err);
    run->row = last;
    return bulk_counts_read(buf_str(&counts), &run->counts, err);
}

bool bulk_begin(Office *office, const char *source, bool whole, BulkRun *ret, Buf *cursor, Error *err)
{
    Beginning beginning = { office, whole, ret, cursor };

    *ret = (BulkRun){ .source = source };
    return (store_write(office->store, begin_act, &beginning, err) && buf_ok(cursor, err)) || error_add(err, "import");
}

bool bulk_step(StoreTransaction *transaction, BulkRun *run, Str cursor, Error *err)
{
    OWNED_BUF counts;

    buf_init(&counts, BULK_COUNTS_BYTES);
    if (!bulk_counts_write(&run->counts, &counts, err) ||
        !import_run_step(transaction, run->source, &run->row, cursor, buf_str(&counts), err))
        return false;
    run->row.step++;
    return true;
}

bool bulk_note(StoreTransaction *transaction, BulkRun *run, BulkFinding finding, const char *number, const char *detail,
               Error *err)
{
    ImportFindingRow row = { { 0 }, { 0 }, { 0 } };

    if (++run->counts.findings[finding] > BULK_FINDINGS_KEPT)
        return true;
    str_copy_cut(str_from(findings[finding].name), row.kind, sizeof row.kind);
    str_copy_cut(str_from(number), row.number, sizeof row.number);
    str_copy_cut(str_from(detail), row.detail, sizeof row.detail);
    return import_finding_add(transaction, run->source, &row, err);
}

/* --- looking around ---------------------------------------------------------------------------------------------- */

/* A PINFL in few bytes, to be compared with others: never kept. */
typedef struct Marked {
    uint64_t hash;
    char number[STUDENT_NUMBER_SIZE];
} Marked;

typedef struct Look {
    Office *office;
    BulkRun *run, after;
    Str cursor;
    int64_t unseen_in, last; /* 0: who has a PINFL; the last student of the batch */
    size_t batch;
    char (*gone)[STUDENT_NUMBER_SIZE]; /* the first BULK_FINDINGS_KEPT */
    size_t gone_count;
    Marked *marks;
    size_t mark_count, mark_room;
} Look;

static void look_fini(Look *look)
{
    mem_free(look->gone);
    if (look->marks)
        mem_free_wiped(look->marks, look->mark_room * sizeof *look->marks);
}
#define OWNED_LOOK __attribute__((cleanup(look_fini))) Look

static bool make_room(Look *look, Error *err)
{
    if (look->mark_count < look->mark_room)
        return true;
    size_t room = look->mark_room ? look->mark_room * 2 : 4096;
    Marked *marks = mem_new(room, sizeof *marks);
    if (!marks)
        return error_set(err, ERR_MEMORY, "PINFLs");
    if (look->marks) {
        memcpy(marks, look->marks, look->mark_count * sizeof *marks);
        mem_free_wiped(look->marks, look->mark_room * sizeof *marks);
    }
    look->marks = marks;
    look->mark_room = room;
    return true;
}

static bool mark_pinfl(Look *look, const ImportedRow *row, Error *err)
{
    uint8_t hash[SHA256_SIZE];
    OWNED_BUF plain;

    buf_init(&plain, 64);
    if (!make_room(look, err) ||
        !crypto_open(look->office->keys.record, str_from(row->number), row->pinfl, &plain, err) ||
        !sha256(buf_str(&plain), hash, err))
        return error_add(err, "PINFL");
    Marked *mark = &look->marks[look->mark_count++];
    memcpy(&mark->hash, hash, sizeof mark->hash);
    memcpy(mark->number, row->number, sizeof mark->number);
    return true;
}

static bool look_at(void *ctx, const ImportedRow *row, Error *err)
{
    Look *look = ctx;

    look->last = row->student;
    look->batch++;
    if (look->unseen_in == 0)
        return mark_pinfl(look, row, err);
    if (look->gone_count++ < BULK_FINDINGS_KEPT)
        memcpy(look->gone[look->gone_count - 1], row->number, sizeof row->number);
    return true;
}

typedef struct Batch {
    Look *look;
    int64_t after;
    size_t gone_before, marks_before;
} Batch;

static bool read_batch(StoreTransaction *transaction, void *arg, Error *err)
{
    const Batch *batch = arg;
    Look *look = batch->look;

    look->gone_count = batch->gone_before;
    look->mark_count = batch->marks_before;
    look->batch = 0;
    return imported_each(transaction, look->unseen_in, batch->after, STUDENTS_AT_ONCE, look_at, look, err);
}

static bool look_through(Look *look, int64_t unseen_in, Error *err)
{
    look->unseen_in = unseen_in;
    look->last = 0;
    do {
        Batch batch = { look, look->last, look->gone_count, look->mark_count };

        if (!store_read(look->office->store, read_batch, &batch, err))
            return false;
    } while (look->batch == STUDENTS_AT_ONCE);
    return true;
}

static int by_hash(const void *a, const void *b)
{
    const Marked *one = a, *other = b;

    return one->hash != other->hash ? (one->hash < other->hash ? -1 : 1) : strcmp(one->number, other->number);
}

/* Each of those who share one, beside the first of them. */
static bool note_shared(StoreTransaction *transaction, Look *look, Error *err)
{
    for (size_t i = 1, first = 0; i < look->mark_count; i++) {
        OWNED_BUF detail;

        if (look->marks[i].hash != look->marks[first].hash) {
            first = i;
            continue;
        }
        buf_init(&detail, IMPORT_DETAIL_SIZE);
        buf_add_format(&detail, "has the same as %s", look->marks[first].number);
        if (!buf_ok(&detail, err) ||
            !bulk_note(transaction, &look->after, BULK_PINFL_SHARED, look->marks[i].number, buf_text(&detail), err))
            return false;
    }
    return true;
}

static bool look_act(StoreTransaction *transaction, void *arg, Error *err)
{
    Look *look = arg;
    int64_t *gone;

    look->after = *look->run;
    gone = &look->after.counts.findings[BULK_STUDENT_GONE];
    *gone = look->after.counts.findings[BULK_PINFL_SHARED] = 0;
    for (size_t i = 0; i < look->gone_count && i < BULK_FINDINGS_KEPT; i++)
        if (!bulk_note(transaction, &look->after, BULK_STUDENT_GONE, look->gone[i], "", err))
            return false;
    *gone = (int64_t)look->gone_count;
    return note_shared(transaction, look, err) && bulk_step(transaction, &look->after, look->cursor, err);
}

bool bulk_look_around(Office *office, BulkRun *run, Str cursor, Error *err)
{
    OWNED_LOOK look = { .office = office, .run = run, .cursor = cursor };

    look.gone = mem_new(BULK_FINDINGS_KEPT, sizeof *look.gone);
    if (!look.gone)
        return error_set(err, ERR_MEMORY, "students who are gone");
    if (!look_through(&look, run->row.run, err) || !look_through(&look, 0, err))
        return error_add(err, "looking around");
    if (look.mark_count > 0)
        qsort(look.marks, look.mark_count, sizeof *look.marks, by_hash);
    if (!store_write(office->store, look_act, &look, err))
        return error_add(err, "looking around");
    *run = look.after;
    return true;
}

/* --- telling, and the end ---------------------------------------------------------------------------------------- */

typedef struct Telling {
    const BulkRun *run;
    BulkFinding finding;
    ImportFindingRow *rows;
    size_t count;
} Telling;

static bool collect(void *ctx, const ImportFindingRow *row, Error *err)
{
    Telling *telling = ctx;

    (void)err;
    telling->rows[telling->count++] = *row;
    return true;
}

static bool tell_read(StoreTransaction *transaction, void *arg, Error *err)
{
    Telling *telling = arg;

    telling->count = 0;
    return import_findings_each(transaction, telling->run->source, findings[telling->finding].name, BULK_FINDINGS_KEPT,
                                collect, telling, err);
}

bool bulk_findings(Office *office, const BulkRun *run, BulkFinding finding, ImportFindingEach each, void *ctx,
                   Error *err)
{
    Telling telling = { .run = run, .finding = finding };
    bool told = false;

    telling.rows = mem_new(BULK_FINDINGS_KEPT, sizeof *telling.rows);
    if (!telling.rows)
        return error_set(err, ERR_MEMORY, "findings");
    if (store_read(office->store, tell_read, &telling, err)) {
        told = true;
        for (size_t i = 0; told && i < telling.count; i++)
            told = each(ctx, &telling.rows[i], err);
    }
    mem_free(telling.rows);
    return told;
}

typedef struct Ending {
    Office *office;
    BulkRun *run, after;
} Ending;

static bool end_act(StoreTransaction *transaction, void *arg, Error *err)
{
    Ending *ending = arg;
    int64_t begun_s = ending->run->row.started_at_s;

    ending->after = *ending->run;
    ending->after.row.read_next_s = begun_s > BULK_OVERLAP_S ? begun_s - BULK_OVERLAP_S : 1;
    return import_run_end(transaction, ending->run->source, &ending->after.row, office_now_s(ending->office), err) &&
           log_act(transaction, ending->office, "import.finished", ending->run, err);
}

bool bulk_end(Office *office, BulkRun *run, Error *err)
{
    Ending ending = { .office = office, .run = run };

    if (!store_write(office->store, end_act, &ending, err))
        return error_add(err, "import");
    *run = ending.after;
    run->row.reading = false;
    return true;
}
