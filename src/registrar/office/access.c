#include "registrar/office/access.h"

#include <string.h>

#include "base/memory.h"
#include "registrar/office/compositions.h"
#include "registrar/store/asked.h"

/* Handed in and taken back or refused, of one service in a day: each has a number and is looked at by people. */
#define GIVEN_UP_MOST 5

int64_t office_day_start_s(const Office *office)
{
    return date_start_s(office_today(office), office->config.utc_offset_minutes);
}

/* --- the basis ---------------------------------------------------------------------------------------- */

struct AccessBasis {
    const Office *office;
    const Shelf *shelf;
    const Session *session;
    StudentFacts facts;
    int64_t now_s;
    CampaignFound session_days; /* of the kind "session" */
    CampaignList *campaigns;
    size_t asked_count;
    AskedCount asked[API_SERVICES_MOST];
};

typedef struct Reading {
    AccessBasis *basis;
    const char *period;
} Reading;

static bool read_rows(StoreTransaction *transaction, void *arg, Error *err)
{
    const Reading *reading = arg;
    AccessBasis *basis = reading->basis;

    campaign_list_free(basis->campaigns);
    basis->campaigns = NULL;
    return asked_counts(transaction, basis->session->student, office_day_start_s(basis->office), reading->period,
                        basis->asked, API_SERVICES_MOST, &basis->asked_count, err) &&
           campaign_list_read(transaction, basis->facts.today, &basis->campaigns, err);
}

/* Results that can't be counted say so where a service asks for them: the others don't need them. */
static bool count_results(AccessBasis *basis, const Record *record, Error *err)
{
    OWNED_RESULTS results = { 0 };
    Error why = { 0 };

    basis->facts.counted =
        results_read(institution_marking(basis->office->institution), record->parts[PART_RESULTS], &results, &why);
    basis->facts.sum = marks_sum(&results);
    return basis->facts.counted || why.code == ERR_FORMAT || error_set(err, why.code, "%s", why.text);
}

bool access_basis_read(const Office *office, const Shelf *shelf, const Session *session, const Record *record,
                       AccessBasis **ret, Error *err)
{
    OWNED(AccessBasis) basis = mem_new(1, sizeof *basis);
    char period[24];
    Reading reading = { basis, period };

    if (!basis)
        return error_set(err, ERR_MEMORY, "access");
    basis->office = office;
    basis->shelf = shelf;
    basis->session = session;
    basis->now_s = office_now_s(office);
    basis->facts = (StudentFacts){ .record = record, .today = office_today(office) };
    record_period(record, period, sizeof period);
    if (!store_read(office->store, read_rows, &reading, err) || !count_results(basis, record, err))
        return error_add(err, "access");
    basis->facts.campaigns = basis->campaigns;
    basis->facts.institution = office->institution;
    basis->facts.asked = basis->asked;
    basis->facts.asked_count = basis->asked_count;
    basis->session_days = campaign_of(basis->campaigns, record_profile(record), "session", basis->facts.today);
    *ret = steal(&basis);
    return true;
}

void access_basis_free(AccessBasis *basis)
{
    if (!basis)
        return;
    campaign_list_free(basis->campaigns);
    mem_free(basis);
}

const StudentFacts *access_facts(const AccessBasis *basis)
{
    return &basis->facts;
}

/* --- limits ------------------------------------------------------------------------------------------------------- */

/* All of the service; of its papers those of one template, where an answer sets a limit of its own (Sets.copies): who
 * had a certificate today still gets one for a bank. */
static AskedCount asked_of(const AskedCount *rows, size_t count, const Service *service)
{
    AskedCount sum = { 0 };

    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].service, service->id) != 0)
            continue;
        if (!service->limit_of_paper || !strcmp(rows[i].template, service->document))
            sum.papers += rows[i].papers;
        sum.requests += rows[i].requests;
        sum.requests_in_period += rows[i].requests_in_period;
        sum.given_up += rows[i].given_up;
    }
    return sum;
}

/* What goes through people, or is paid for first, has its paper later, and HEMIS's is the same one each time: each
 * asking counts. */
static int64_t taken_today(const Service *service, const AskedCount *asked)
{
    return service->through || service->fee > 0 || service->from_hemis ? asked->requests : asked->papers;
}

/* REASON_NONE: there is room for one more. */
static ApiReason spent(const Service *service, const AskedCount *asked)
{
    const int limit = service->limit_day;

    if (service->repeat == REPEAT_SEMESTER && asked->requests_in_period > 0)
        return REASON_SEMESTER;
    if (asked->given_up >= GIVEN_UP_MOST)
        return REASON_LIMIT;
    if ((limit > 0 && taken_today(service, asked) >= limit) || (service->repeat == REPEAT_DAILY && asked->requests > 0))
        return REASON_LIMIT;
    return REASON_NONE;
}

bool service_is_spent(StoreTransaction *transaction, const Office *office, int64_t student, const Service *service,
                      const char *period, bool *ret, Error *err)
{
    AskedCount *asked = mem_new(API_SERVICES_MOST, sizeof *asked);
    size_t count = 0;
    bool done = asked ? asked_counts(transaction, student, office_day_start_s(office), period, asked, API_SERVICES_MOST,
                                     &count, err)
                      : error_set(err, ERR_MEMORY, "limits");

    const AskedCount sum = asked_of(asked, count, service);

    *ret = done && spent(service, &sum) != REASON_NONE;
    mem_free(asked);
    return done || error_add(err, "limit of %s", service->id);
}

bool document_is_kept_from(StoreTransaction *transaction, const Shelf *shelf, const Session *session,
                           const DocumentRow *document, bool *ret, Error *err)
{
    *ret = false;
    return !session->weak || papers_show_pinfl(transaction, shelf_papers(shelf), document, ret, err);
}

/* --- judging ------------------------------------------------------------------------------------------------------ */

static Verdict judge(const AccessBasis *basis, const Service *service)
{
    const AskedCount asked = asked_of(basis->asked, basis->asked_count, service);
    const Paper *paper = shelf_paper(basis->shelf, service->document);
    const bool paper_now = service->yields == YIELD_DOCUMENT;
    Verdict verdict = predicates_judge(service, &basis->facts);

    if (verdict.reason != REASON_NONE)
        return verdict;
    if (basis->session->weak && paper && paper->shows_pinfl)
        verdict.reason = REASON_WEAK;
    else
        verdict.reason = spent(service, &asked);
    if (verdict.reason == REASON_NONE && service->from_hemis && !basis->session->has_hemis)
        verdict.reason = REASON_HEMIS;
    if (verdict.reason == REASON_NONE && paper_now &&
        (!paper || composition_missing(basis->office, basis->shelf, paper, basis->facts.record, &basis->session_days)))
        verdict.reason = REASON_RECORD;
    if (verdict.reason == REASON_LIMIT)
        verdict.opens = date_add_days(basis->facts.today, 1);
    return verdict;
}

static void put_way_on(const AccessBasis *basis, const Verdict *verdict, ApiService *ret)
{
    const Service *other = verdict->otherwise ? shelf_service(basis->shelf, verdict->otherwise) : NULL;
    OWNED_BUF date;

    buf_init(&date, 32);
    ret->way_on = WAY_ON_WINDOW;
    if (verdict->opens.year) {
        date_write(&date, verdict->opens, LANGUAGE_FIRST, DATE_ISO);
        ret->way_on = WAY_ON_DATE;
        str_copy_cut(buf_str(&date), ret->way_on_value, sizeof ret->way_on_value);
    } else if (other && judge(basis, other).reason == REASON_NONE) {
        ret->way_on = WAY_ON_SERVICE;
        str_copy_cut(str_from(other->id), ret->way_on_value, sizeof ret->way_on_value);
    }
}

ApiService access_on(const AccessBasis *basis, const Service *service)
{
    const AskedCount asked = asked_of(basis->asked, basis->asked_count, service);
    const int limit = service->limit_day;
    const Verdict verdict = judge(basis, service);
    ApiService access = { .allowed = verdict.reason == REASON_NONE, .reason = verdict.reason, .copies_left = -1 };

    str_copy_cut(str_from(service->id), access.service, sizeof access.service);
    if (limit > 0)
        access.copies_left = taken_today(service, &asked) >= limit ? 0 : limit - (int)taken_today(service, &asked);
    if (service->promise_hours > 0)
        access.promised_at_s =
            calendar_promise(institution_calendar(basis->office->institution), basis->now_s, service->promise_hours);
    if (!access.allowed)
        put_way_on(basis, &verdict, &access);
    return access;
}

bool service_access(const Office *office, const Shelf *shelf, const Session *session, const Service *service,
                    const Record *record, ApiService *ret, Error *err)
{
    OWNED(AccessBasis) basis = NULL;

    if (!access_basis_read(office, shelf, session, record, &basis, err))
        return error_add(err, "access to %s", service->id);
    *ret = access_on(basis, service);
    return true;
}
