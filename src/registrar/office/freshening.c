#include "registrar/office/freshening.h"

#include "base/memory.h"
#include "registrar/office/errands.h"
#include "registrar/office/records.h"
#include "registrar/store/students.h"

#define THREADS 3

/* --- reading ----------------------------------------------------------------------------------------------------- */

static unsigned lacking(const HemisRecord *record)
{
    unsigned parts = 0;

    for (int i = 0; i < HEMIS_PART_COUNT; i++)
        if (record->parts[i].outcome != HEMIS_OK && record->parts[i].outcome != HEMIS_UNCHANGED &&
            record->parts[i].outcome != HEMIS_NOTHING)
            parts |= HEMIS_PART(i);
    return parts;
}

static void freshen(Office *office, const Errand *errand)
{
    const Clock clock = clock_system();
    const int64_t began_ms = clock_monotonic_ms(&clock);
    OWNED_HEMIS_RECORD record;
    RecordsKnown known;
    unsigned changed = 0;
    Error err = { 0 };

    hemis_record_init(&record, errand->number);
    HemisOutcome outcome = HEMIS_FAILED;
    if (records_known(office, errand->student, &record, &known, &err))
        outcome = hemis_read(office->config.hemis, &errand->token, HEMIS_PARTS_ALL, false, &record, &err);
    const bool done =
        outcome == HEMIS_OK && records_take(office, errand->student, &record, errand->kiosk, &changed, &err);
    const LogField fields[] = { LOG_WORD("kiosk", errand->kiosk),
                                LOG_WORD("hemis", hemis_outcome_name(outcome)),
                                LOG_NUMBER("changed", __builtin_popcount(changed)),
                                LOG_NUMBER("lacking", outcome == HEMIS_OK ? __builtin_popcount(lacking(&record))
                                                                          : HEMIS_PART_COUNT),
                                LOG_NUMBER("ms", clock_monotonic_ms(&clock) - began_ms),
                                { 0 } };
    if (done)
        log_write(office->log, LOG_INFO, EVENT_FRESHENED, fields);
    else
        log_failure(office->log, LOG_WARN, EVENT_FRESHENED, &err, fields);
}

/* --- asking ------------------------------------------------------------------------------------------------------ */

typedef struct Looking {
    int64_t student;
    bool found;
} Looking;

static bool look_for_results(StoreTransaction *transaction, void *arg, Error *err)
{
    Looking *looking = arg;
    char cursor[RECORD_CURSOR_SIZE];

    return records_cursor(transaction, looking->student, hemis_part_name(HEMIS_RESULTS), &looking->found, cursor, err);
}

static bool is_first(Office *office, int64_t student)
{
    Looking looking = { .student = student };

    return store_read(office->store, look_for_results, &looking, NULL) && !looking.found;
}

void freshening_ask(Office *office, int64_t student, const char *number, const char *kiosk, const HemisToken *token)
{
    Errand errand = { .student = student };

    if (!office->freshening)
        return;
    const bool first = is_first(office, student);
    str_copy_cut(str_from(number), errand.number, sizeof errand.number);
    str_copy_cut(str_from(kiosk), errand.kiosk, sizeof errand.kiosk);
    errand.token = *token;
    if (!errands_ask(office->freshening, &errand))
        LOG(office->log, LOG_WARN, EVENT_FRESHENED, LOG_WORD("kiosk", kiosk), LOG_WORD("hemis", "not-asked"),
            LOG_NUMBER("lacking", HEMIS_PART_COUNT), LOG_NUMBER("ms", 0));
    mem_wipe(&errand, sizeof errand);
    if (first)
        errands_wait(office->freshening, student, FRESHENING_WAIT_MS);
}

/* --- starting and ending ----------------------------------------------------------------------------------------- */

bool freshening_start(Office *office, Error *err)
{
    if (!office->config.hemis)
        return true;
    hemis_hush(office->config.hemis, false);
    office->freshening = errands_new(office, THREADS, freshen, err);
    return office->freshening || error_add(err, "freshening");
}

void freshening_stop(Office *office)
{
    if (!office->freshening)
        return;
    hemis_hush(office->config.hemis, true);
    errands_free(office->freshening);
    office->freshening = NULL;
}
