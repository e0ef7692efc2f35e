#include "registrar/office/printer_work.h"

#include <string.h>

#include "base/crypto.h"
#include "registrar/office/live.h"
#include "registrar/office/making.h"
#include "registrar/office/prints.h"

#define PAGE_BYTES_MOST (16u << 20)

/* --- whose it is -------------------------------------------------------------------------------------------------- */

typedef struct Keeping {
    PrinterHold holds[PRINTERS_MOST];
    size_t count;
    const PrinterHold *before;
    size_t before_count;
    int64_t now_s;
} Keeping;

static const PrinterHold *held_before(const Keeping *keeping, const char *id)
{
    for (size_t i = 0; i < keeping->before_count; i++)
        if (strcmp(keeping->before[i].id, id) == 0)
            return &keeping->before[i];
    return NULL;
}

/* An address that was changed is another printer: the hold of the old one ends, and the next round takes it anew. */
static bool keep_one(StoreTransaction *transaction, const Keeping *keeping, const PrinterRow *printer, bool *ret_held,
                     Error *err)
{
    const PrinterHold *before = held_before(keeping, printer->id);
    const int64_t lease_s = keeping->now_s + PRINTER_LEASE_S;

    if (before && strcmp(before->uri, printer->uri) == 0)
        return printers_keep(transaction, printer->id, before->epoch, lease_s, ret_held, err);
    return printers_take(transaction, printer->id, keeping->now_s, lease_s, ret_held, err);
}

static bool keep(StoreTransaction *transaction, void *arg, Error *err)
{
    Keeping *keeping = arg;
    PrinterRow printers[PRINTERS_MOST];
    size_t count;

    keeping->count = 0;
    if (!printers_list(transaction, printers, COUNT(printers), &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        PrinterHold *hold = &keeping->holds[keeping->count];
        bool held, found;

        if (!keep_one(transaction, keeping, &printers[i], &held, err) ||
            !printers_get(transaction, printers[i].id, &found, &printers[i], err))
            return false;
        if (!held)
            continue;
        *hold = (PrinterHold){ .epoch = printers[i].epoch };
        memcpy(hold->id, printers[i].id, sizeof hold->id);
        memcpy(hold->uri, printers[i].uri, sizeof hold->uri);
        keeping->count++;
    }
    return true;
}

static bool any(StoreTransaction *transaction, void *arg, Error *err)
{
    PrinterRow first;

    return printers_list(transaction, &first, 1, arg, err);
}

bool printer_work_keep(Office *office, PrinterHold holds[PRINTERS_MOST], size_t *count, Error *err)
{
    Keeping keeping = { .before = holds, .before_count = *count, .now_s = office_now_s(office) };
    size_t printers;

    if (!store_read(office->store, any, &printers, err))
        return error_add(err, "printers");
    if (printers > 0 && !store_write(office->store, keep, &keeping, err))
        return error_add(err, "printers");
    memcpy(holds, keeping.holds, keeping.count * sizeof *holds);
    *count = keeping.count;
    return true;
}

/* --- steps -------------------------------------------------------------------------------------------------------- */

/* One step of one errand.  Its own act fills in what it needs. */
typedef struct Stepping {
    const PrinterHold *hold;
    char owner[ID_SIZE]; /* of its jobs, and the actor of what is done */
    int64_t now_ms;
    const PrintJobRow *job;
    const char *word; /* uuid, state */
    ErrandRow errand;
    bool made;
    ApiPrintState said;
    bool ended;
} Stepping;

static Stepping stepping_of(const Office *office, const PrinterHold *hold)
{
    Stepping step = { .hold = hold, .now_ms = office_now_ms(office) };

    printer_owner(hold->id, step.owner);
    return step;
}

static bool is_held(StoreTransaction *transaction, const PrinterHold *hold, bool *ret, Error *err)
{
    PrinterRow printer;
    bool found;

    if (!printers_get(transaction, hold->id, &found, &printer, err))
        return false;
    *ret = found && printer.epoch == hold->epoch;
    return true;
}

/* Only whoever holds the printer says anything of it. */
static bool fence(StoreTransaction *transaction, const Stepping *step, Error *err)
{
    bool held;

    return is_held(transaction, step->hold, &held, err) &&
           (held || error_set(err, ERR_CONFLICT, "printer %s is another's by now", step->hold->id));
}

/* The errand's job, while it is still this printer's in the errand's epoch. */
static bool own_job(StoreTransaction *transaction, const Stepping *step, const char *id, uint32_t epoch, bool *ret_own,
                    PrintJobRow *ret, Error *err)
{
    bool found;

    if (!print_jobs_get(transaction, id, &found, ret, err))
        return false;
    *ret_own = found && ret->epoch == epoch && strcmp(ret->owner, step->owner) == 0;
    return true;
}

static bool release(StoreTransaction *transaction, void *arg, Error *err)
{
    const Stepping *step = arg;
    bool kept;

    return printers_keep(transaction, step->hold->id, step->hold->epoch, 0, &kept, err);
}

bool printer_work_release(Office *office, const PrinterHold *hold, Error *err)
{
    Stepping step = stepping_of(office, hold);

    return store_write(office->store, release, &step, err) || error_add(err, "printer");
}

static bool is_final(JobState state)
{
    return state == JOB_PRINTED || state == JOB_PARTLY || state == JOB_CANCELLED || state == JOB_ABORTED ||
           state == JOB_EXPIRED;
}

typedef struct Looking {
    const PrinterHold *hold;
    PrinterWork *work;
} Looking;

static bool look(StoreTransaction *transaction, void *arg, Error *err)
{
    const Looking *looking = arg;
    PrinterWork *work = looking->work;
    PrinterRow printer;
    bool found;

    *work = (PrinterWork){ 0 };
    if (!printers_get(transaction, looking->hold->id, &found, &printer, err) ||
        !errands_get(transaction, looking->hold->id, &work->has_errand, &work->errand, err))
        return false;
    work->lost = !found || printer.epoch != looking->hold->epoch;
    if (work->has_errand) {
        CopyRow copy;
        if (!print_jobs_get(transaction, work->errand.job, &work->has_job, &work->job, err) ||
            !copies_get(transaction, work->job.copy, &found, &copy, err))
            return false;
        work->decided = is_final(work->job.state) || (found && copy.delivery == DELIVERY_SUPERSEDED);
        return true;
    }
    return !found || printer.removed ||
           printers_next_job(transaction, looking->hold->id, &work->has_job, &work->job, err);
}

bool printer_work_look(Office *office, const PrinterHold *hold, PrinterWork *ret, Error *err)
{
    Looking looking = { hold, ret };

    return store_read(office->store, look, &looking, err) || error_add(err, "printer");
}

static bool tell_state(StoreTransaction *transaction, void *arg, Error *err)
{
    const Stepping *step = arg;
    bool changed;

    return fence(transaction, step, err) &&
           printers_tell(transaction, step->hold->id, step->word, step->now_ms / 1000, &changed, err) &&
           (!changed || desk_tell(transaction, "printers", err));
}

bool printer_work_state(Office *office, const PrinterHold *hold, const char *state, Error *err)
{
    Stepping step = stepping_of(office, hold);

    step.word = state;
    return store_write(office->store, tell_state, &step, err) || error_add(err, "state of a printer");
}

/* --- to the first byte -------------------------------------------------------------------------------------------- */

typedef struct Paging {
    const char *copy;
    Buf *sealed;
} Paging;

static bool read_page(StoreTransaction *transaction, void *arg, Error *err)
{
    const Paging *paging = arg;

    buf_clear(paging->sealed);
    return copies_page(transaction, paging->copy, paging->sealed, err);
}

bool printer_work_page(Office *office, const PrintJobRow *job, Blob **ret_pdf, Error *err)
{
    OWNED_BUF sealed, plain;
    Paging paging = { job->copy, &sealed };

    buf_init(&sealed, PAGE_BYTES_MOST);
    buf_init(&plain, PAGE_BYTES_MOST);
    if (!store_read(office->store, read_page, &paging, err) ||
        !crypto_open(office->keys.page, str_from(job->copy), buf_str(&sealed), &plain, err))
        return error_add(err, "page");
    Blob *pdf = blob_take_buf(&plain);
    if (!pdf)
        return error_set(err, ERR_MEMORY, "page");
    *ret_pdf = pdf;
    return true;
}

/* Its copy is good, and it is here and waits. */
static bool may_go(StoreTransaction *transaction, const Stepping *step, const char *id, uint32_t epoch,
                   PrintJobRow *ret, Error *err)
{
    CopyRow copy;
    bool own, found;

    if (!own_job(transaction, step, id, epoch, &own, ret, err))
        return false;
    if (!own || ret->state != JOB_ASSIGNED)
        return error_set(err, ERR_CONFLICT, "the job is not this printer's any more");
    return copies_get(transaction, ret->copy, &found, &copy, err) &&
           ((found && copy.validity == VALIDITY_VALID && copy.making == MAKING_READY) ||
            error_set(err, ERR_CONFLICT, "the copy is not to be printed"));
}

static bool begin(StoreTransaction *transaction, void *arg, Error *err)
{
    Stepping *step = arg;
    PrintJobRow job;

    step->errand =
        (ErrandRow){ .epoch = step->job->epoch, .phase = ERRAND_CREATING, .sheets = -1, .began_at_ms = step->now_ms };
    memcpy(step->errand.printer, step->hold->id, sizeof step->errand.printer);
    memcpy(step->errand.job, step->job->id, sizeof step->errand.job);
    str_copy_cut(str_from(step->word), step->errand.printer_uuid, sizeof step->errand.printer_uuid);
    return fence(transaction, step, err) && may_go(transaction, step, step->job->id, step->job->epoch, &job, err) &&
           errands_add(transaction, &step->errand, err);
}

bool printer_work_begin(Office *office, const PrinterHold *hold, const PrintJobRow *job, const char *uuid,
                        ErrandRow *ret, Error *err)
{
    Stepping step = stepping_of(office, hold);

    step.job = job;
    step.word = uuid;
    if (!store_write(office->store, begin, &step, err))
        return error_add(err, "beginning to print");
    *ret = step.errand;
    return true;
}

static bool note(StoreTransaction *transaction, void *arg, Error *err)
{
    const Stepping *step = arg;

    return fence(transaction, step, err) && errands_move(transaction, &step->errand, err);
}

bool printer_work_note(Office *office, const PrinterHold *hold, const ErrandRow *errand, Error *err)
{
    Stepping step = stepping_of(office, hold);

    step.errand = *errand;
    return store_write(office->store, note, &step, err) || error_add(err, "errand of a printer");
}

static bool hand_out(StoreTransaction *transaction, void *arg, Error *err)
{
    const Stepping *step = arg;
    ErrandRow errand = step->errand, now;
    PrintJobRow job;
    bool found;

    errand.phase = ERRAND_SENDING;
    if (!fence(transaction, step, err) || !errands_get(transaction, errand.printer, &found, &now, err))
        return false;
    if (!found || now.unwanted)
        return error_set(err, ERR_CONFLICT, "it is not to come out any more");
    return may_go(transaction, step, errand.job, errand.epoch, &job, err) && errands_move(transaction, &errand, err) &&
           job_move(transaction, &job, JOB_SENDING, step->owner, step->now_ms, err);
}

bool printer_work_sending(Office *office, const PrinterHold *hold, ErrandRow *errand, Error *err)
{
    Stepping step = stepping_of(office, hold);

    step.errand = *errand;
    if (!store_write(office->store, hand_out, &step, err))
        return error_add(err, "page for a printer");
    errand->phase = ERRAND_SENDING;
    LOG(office->log, LOG_INFO, EVENT_PAGE_HANDED_OUT, LOG_WORD("job", errand->job), LOG_NUMBER("epoch", errand->epoch),
        LOG_WORD("kiosk", step.owner));
    return true;
}

/* --- what became of it -------------------------------------------------------------------------------------------- */

/* Back to this printer's line, under the next epoch: what the old one names counts no more. */
static bool line_up_again(StoreTransaction *transaction, const Stepping *step, PrintJobRow *job, Error *err)
{
    const ApiPrintReport unsent = { .epoch = job->epoch, .state = PRINT_WAITING, .no_byte_left = true, .sheets = -1 };
    PrinterRow printer;
    CopyRow copy;
    bool found, counted, again;

    if (job->state != JOB_ASSIGNED && job->state != JOB_SENDING)
        return true;
    if (!print_report_take(transaction, step->owner, step->owner, &unsent, step->now_ms, job, &counted, err) ||
        !printers_get(transaction, step->hold->id, &found, &printer, err))
        return false;
    again = counted && found && !printer.removed;
    if (!copies_get(transaction, job->copy, &found, &copy, err))
        return false;
    return !again || !found || copy.validity != VALIDITY_VALID || job->state != JOB_WAITING ||
           job_assign(transaction, job, step->owner, step->owner, step->now_ms, err);
}

static bool take_back(StoreTransaction *transaction, void *arg, Error *err)
{
    Stepping *step = arg;
    PrintJobRow job;
    bool own;

    if (!fence(transaction, step, err) ||
        !own_job(transaction, step, step->errand.job, step->errand.epoch, &own, &job, err))
        return false;
    /* Without a job at the printer there is nothing that an old epoch could be confused with. */
    if (own && (step->made || job.state == JOB_SENDING) && !line_up_again(transaction, step, &job, err))
        return false;
    step->errand.phase = ERRAND_ORPHAN;
    return step->made ? errands_move(transaction, &step->errand, err)
                      : errands_end(transaction, step->errand.printer, err);
}

bool printer_work_unsent(Office *office, const PrinterHold *hold, ErrandRow *errand, bool made, Error *err)
{
    Stepping step = stepping_of(office, hold);

    step.errand = *errand;
    step.made = made;
    if (!store_write(office->store, take_back, &step, err))
        return error_add(err, "page that was not sent");
    errand->phase = ERRAND_ORPHAN;
    return true;
}

static bool hear(StoreTransaction *transaction, void *arg, Error *err)
{
    Stepping *step = arg;
    ErrandRow *errand = &step->errand;
    ApiPrintReport report = {
        .epoch = errand->epoch, .state = step->said, .sheets = errand->sheets, .printer_job = errand->printer_job
    };
    PrintJobRow job;
    bool own, counted;

    str_copy_cut(str_from(errand->printer_uuid), report.printer_uuid, sizeof report.printer_uuid);
    if (!fence(transaction, step, err) || !own_job(transaction, step, errand->job, errand->epoch, &own, &job, err) ||
        (own && !print_report_take(transaction, step->owner, step->owner, &report, step->now_ms, &job, &counted, err)))
        return false;
    step->ended = step->said != PRINT_SENT && step->said != PRINT_UNKNOWN;
    return step->ended ? errands_end(transaction, errand->printer, err) : errands_move(transaction, errand, err);
}

bool printer_work_told(Office *office, const PrinterHold *hold, ErrandRow *errand, ApiPrintState state, Error *err)
{
    Stepping step = stepping_of(office, hold);

    step.errand = *errand;
    step.said = state;
    return store_write(office->store, hear, &step, err) || error_add(err, "what a printer said");
}

static bool end(StoreTransaction *transaction, void *arg, Error *err)
{
    const Stepping *step = arg;

    return fence(transaction, step, err) && errands_end(transaction, step->hold->id, err);
}

bool printer_work_end(Office *office, const PrinterHold *hold, Error *err)
{
    Stepping step = stepping_of(office, hold);

    return store_write(office->store, end, &step, err) || error_add(err, "errand of a printer");
}
