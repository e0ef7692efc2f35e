#include "registrar/office/access.h"

#include <string.h>

#include "registrar/office/fields.h"
#include "registrar/office/predicates.h"
#include "registrar/store/copies.h"

#define DAY_MS INT64_C(86400000)

int64_t office_day_start_s(const Office *office)
{
    return date_start_s(office_today(office), office->config.utc_offset_minutes);
}

typedef struct Counting {
    int64_t student;
    const Service *service;
    int64_t day_start_s;
    const char *period;
    int64_t copies;
    bool asked_today, asked_this_semester;
} Counting;

static bool count(StoreTransaction *transaction, void *arg, Error *err)
{
    Counting *counting = arg;
    const int64_t student = counting->student;
    const char *service = counting->service->id;

    return copies_count(transaction, student, service, counting->day_start_s, &counting->copies, err) &&
           requests_since(transaction, student, service, counting->day_start_s, "", &counting->asked_today, err) &&
           requests_since(transaction, student, service, -1, counting->period, &counting->asked_this_semester, err);
}

/* What every paper shows and the record has not. */
static bool record_lacks(const Office *office, const Session *session, const Record *record, bool *ret, Error *err)
{
    const FieldSources sources = { .institution = office->institution,
                                   .profile = record->profile,
                                   .number = session->number,
                                   .as_of_s = record->as_of_s,
                                   .issued_s = office_now_s(office) };
    const char *missing = NULL;
    json_t *values = fields_make(&sources, LANGUAGE_UZ, &missing, err);

    *ret = missing != NULL || !fields_holder(record->profile);
    json_decref(values);
    return values != NULL;
}

static bool spent(const Counting *counting)
{
    const Service *service = counting->service;

    if (service->limit_day > 0 && counting->copies >= service->limit_day)
        return true;
    return (service->repeat == REPEAT_DAILY && counting->asked_today) ||
           (service->repeat == REPEAT_SEMESTER && counting->asked_this_semester);
}

bool service_is_spent(StoreTransaction *transaction, const Office *office, int64_t student, const Service *service,
                      const char *period, bool *ret, Error *err)
{
    Counting counting = {
        .student = student, .service = service, .day_start_s = office_day_start_s(office), .period = period
    };

    if (!count(transaction, &counting, err))
        return error_add(err, "limit of %s", service->id);
    *ret = spent(&counting);
    return true;
}

bool paper_is_kept_from(const Session *session, const Paper *paper)
{
    return session->weak && paper && paper->shows_pinfl;
}

static void refuse(const Office *office, ApiReason reason, bool tomorrow, ApiService *ret)
{
    ret->allowed = false;
    ret->reason = reason;
    ret->way_on = reason == REASON_WEAK ? WAY_ON_NONE : WAY_ON_WINDOW;
    if (reason == REASON_LIMIT && tomorrow) {
        int64_t next_ms = office_now_ms(office) + DAY_MS;
        OWNED_BUF date;

        buf_init(&date, 32);
        date_write(&date, date_time_at(next_ms, office->config.utc_offset_minutes).date, LANGUAGE_EN, DATE_ISO);
        ret->way_on = WAY_ON_DATE;
        str_copy_cut(buf_str(&date), ret->way_on_value, sizeof ret->way_on_value);
    }
}

bool service_access(const Office *office, const Session *session, const Service *service, const Record *record,
                    ApiService *ret, Error *err)
{
    const Paper *paper = service->document ? papers_find(&office->papers, service->document) : NULL;
    char period[24];
    Counting counting = {
        .student = session->student, .service = service, .day_start_s = office_day_start_s(office), .period = period
    };
    ApiReason reason = predicates_reason(service, record->profile);
    bool lacks = false;

    *ret = (ApiService){ .allowed = true, .copies_left = -1 };
    str_copy_cut(str_from(service->id), ret->service, sizeof ret->service);
    record_period(record, period, sizeof period);
    if (!store_read(office->store, count, &counting, err))
        return error_add(err, "access to %s", service->id);
    if (service->limit_day > 0)
        ret->copies_left = counting.copies >= service->limit_day ? 0 : service->limit_day - (int)counting.copies;
    if (reason != REASON_NONE)
        refuse(office, reason, false, ret);
    else if (paper_is_kept_from(session, paper))
        refuse(office, REASON_WEAK, false, ret);
    else if (spent(&counting))
        refuse(office, REASON_LIMIT, service->repeat != REPEAT_SEMESTER || !counting.asked_this_semester, ret);
    else if (!record_lacks(office, session, record, &lacks, err))
        return error_add(err, "access to %s", service->id);
    else if (lacks || (service->yields == YIELD_DOCUMENT && !paper))
        refuse(office, REASON_RECORD, false, ret);
    return true;
}
