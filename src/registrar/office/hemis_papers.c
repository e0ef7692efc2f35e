#include "registrar/office/hemis_papers.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/document/foreign.h"

#define PDF_BYTES_MOST (12u << 20) /* a kiosk takes 16 MB of a page */
#define ASKING_MOST_S  60
#define AWAY_RETRY_S   60
/* Each holds one of the listener's threads (eight, unless set) while HEMIS thinks: the others answer everybody else. */
#define AT_ONCE_MOST 4

/* HEMIS's kinds (student/document-all); the one of "reference" it makes when it is asked to. */
static const struct {
    const char *document, *kind;
    bool made;
} papers[] = {
    { HEMIS_DOCUMENT "reference", "reference", true },
    { HEMIS_DOCUMENT "transcript", "transcript", false },
    { HEMIS_DOCUMENT "academic-sheet", "academic_sheet", false },
    { HEMIS_DOCUMENT "call-sheet", "call-sheet", false },
    { HEMIS_DOCUMENT "diploma", "diploma", false },
    { HEMIS_DOCUMENT "supplement", "supplement", false },
};

static size_t paper_of(const char *document)
{
    size_t i = 0;

    while (i < COUNT(papers) && (!document || strcmp(papers[i].document, document) != 0))
        i++;
    return i;
}

bool hemis_paper_known(const char *document)
{
    return paper_of(document) < COUNT(papers);
}

bool hemis_paper_is_made(const char *document)
{
    return hemis_paper_known(document) && papers[paper_of(document)].made;
}

/* --- what a service may say ----------------------------------------------------------------------------------------
 */

static bool names_only(const Service *service, bool hemis)
{
    if (service->document && hemis_paper_known(service->document) != hemis)
        return false;
    for (size_t i = 0; i < service->field_count; i++)
        for (size_t j = 0; j < service->fields[i].choice_count; j++) {
            const Sets *sets = service->fields[i].choices[j].sets;

            if (sets && sets->document && hemis_paper_known(sets->document) != hemis)
                return false;
        }
    return true;
}

const char *hemis_paper_fault(const Service *service)
{
    if (!service->from_hemis)
        return names_only(service, false) ? NULL : "yields a paper of HEMIS, but its source is not \"hemis\"";
    if (service->yields != YIELD_DOCUMENT || service->through || service->fee > 0 || service->portal)
        return "has HEMIS as its source: it yields a document, at once and free";
    if (!names_only(service, true))
        return "has HEMIS as its source: it yields one of hemis-reference, hemis-transcript, hemis-academic-sheet,"
               " hemis-call-sheet, hemis-diploma, hemis-supplement";
    return NULL;
}

/* --- finding -------------------------------------------------------------------------------------------------------
 */

void hemis_page_init(HemisPage *page)
{
    *page = (HemisPage){ 0 };
    buf_init(&page->pdf, PDF_BYTES_MOST);
}

void hemis_page_fini(HemisPage *page)
{
    buf_fini(&page->pdf);
}

/* The newest of its kind; of one day, or of none, the last. */
static HemisOutcome newest_of(const HemisPapers *list, const char *kind, HemisPaper *ret)
{
    const HemisPaper *newest = NULL;

    for (size_t i = 0; i < list->count; i++)
        if (!strcmp(list->rows[i].kind, kind) && (!newest || strcmp(list->rows[i].date, newest->date) >= 0))
            newest = &list->rows[i];
    if (!newest)
        return HEMIS_NOTHING;
    *ret = *newest;
    return HEMIS_OK;
}

static HemisOutcome look(Hemis *hemis, const HemisToken *token, const char *kind, HemisPaper *ret, Error *err)
{
    HemisPapers *list = mem_new(1, sizeof *list);
    HemisOutcome outcome = HEMIS_FAILED;

    if (!list) {
        (void)error_set(err, ERR_MEMORY, "papers");
        return outcome;
    }
    outcome = hemis_papers(hemis, token, list, err);
    if (outcome == HEMIS_OK)
        outcome = newest_of(list, kind, ret);
    mem_free(list);
    return outcome;
}

typedef struct Asking {
    Office *office;
    const Session *session;
    const Record *record;
    size_t paper; /* in papers */
    bool make;
    HemisToken token; /* secret */
    HemisPaper found;
} Asking;

static HemisOutcome find(Asking *asking, Error *err)
{
    Hemis *hemis = asking->office->config.hemis;
    const json_int_t semester = json_integer_value(json_object_get(record_profile(asking->record), "semester"));

    if (!papers[asking->paper].made)
        return look(hemis, &asking->token, papers[asking->paper].kind, &asking->found, err);
    if (semester < 1 || semester > 20)
        return HEMIS_NOTHING;
    return (asking->make ? hemis_reference : hemis_reference_look)(hemis, &asking->token, (int)semester, &asking->found,
                                                                   err);
}

/* --- one asking of a session at a time ------------------------------------------------------------------------------
 */

typedef struct Holding {
    const uint8_t *hash;
    int64_t now_s, until_s;
    bool held;
} Holding;

static bool hold(StoreTransaction *transaction, void *arg, Error *err)
{
    Holding *holding = arg;

    return sessions_take_foreign(transaction, holding->hash, holding->now_s, holding->until_s, &holding->held, err);
}

static bool take(Asking *asking, bool *ret_held, Error *err)
{
    const int64_t now_s = office_now_s(asking->office);
    Holding holding = { asking->session->bearer_hash, now_s, now_s + ASKING_MOST_S, false };
    bool done = store_write(asking->office->store, hold, &holding, err);

    *ret_held = holding.held;
    return done;
}

/* Who could not be let go of waits for ASKING_MOST_S. */
static void let_go(Asking *asking)
{
    Holding holding = { asking->session->bearer_hash, 0, 0, false };
    Error err = { 0 };

    if (!store_write(asking->office->store, hold, &holding, &err))
        log_failure(asking->office->log, LOG_ERROR, EVENT_STORE_FAILED, &err, (const LogField[]){ { 0 } });
}

/* --- fetching -------------------------------------------------------------------------------------------------------
 */

static HemisOutcome fetch(Asking *asking, HemisPage *ret, Error *err)
{
    const HemisPaper *paper = &asking->found;
    HemisOutcome outcome = find(asking, err);

    if (outcome == HEMIS_OK)
        outcome = hemis_paper_fetch(asking->office->config.hemis, &asking->token, paper, &ret->pdf, err);
    if (outcome != HEMIS_OK)
        return outcome;
    (void)snprintf(ret->id, sizeof ret->id, "hemis:%s:%s", paper->kind, paper->id);
    str_copy_cut(str_from(paper->number), ret->number, sizeof ret->number);
    return foreign_pages(buf_str(&ret->pdf), &ret->pages, err) ? HEMIS_OK : HEMIS_STRANGE;
}

static void tell(HemisOutcome outcome, bool *ret_found, ApiProblem *ret_problem)
{
    *ret_found = outcome == HEMIS_OK;
    switch (outcome) {
    case HEMIS_OK:
    case HEMIS_NOTHING: break;
    case HEMIS_EXPIRED:
    case HEMIS_REFUSED: *ret_problem = (ApiProblem){ .kind = PROBLEM_SESSION_ENDED }; break;
    case HEMIS_UNCHANGED:
    case HEMIS_LIMITED:
    case HEMIS_AWAY:
    case HEMIS_STRANGE:
    case HEMIS_UNKNOWN:
    case HEMIS_FAILED:
    case HEMIS_OUTCOME_COUNT:
        *ret_problem = (ApiProblem){ .kind = PROBLEM_HEMIS_AWAY, .retry_after_s = AWAY_RETRY_S };
        break;
    }
}

static void log_asked(const Asking *asking, HemisOutcome outcome, int64_t ms, const Error *why)
{
    const LogField fields[] = { LOG_WORD("kiosk", asking->session->kiosk),
                                LOG_WORD("paper", papers[asking->paper].kind),
                                LOG_WORD("hemis", hemis_outcome_name(outcome)),
                                LOG_NUMBER("ms", ms),
                                { 0 } };

    if (outcome == HEMIS_OK || outcome == HEMIS_NOTHING)
        log_write(asking->office->log, LOG_INFO, EVENT_HEMIS_PAPER, fields);
    else
        log_failure(asking->office->log, LOG_WARN, EVENT_HEMIS_PAPER, why, fields);
}

static bool is_crowded(Asking *asking, ApiProblem *ret_problem)
{
    if (atomic_fetch_add(&asking->office->hemis_askings, 1) < AT_ONCE_MOST)
        return false;
    atomic_fetch_sub(&asking->office->hemis_askings, 1);
    *ret_problem = (ApiProblem){ .kind = PROBLEM_BUSY, .retry_after_s = 2 };
    return true;
}

static void ask(Asking *asking, bool *ret_found, HemisPage *ret, ApiProblem *ret_problem)
{
    const Clock *clock = &asking->office->config.clock;
    const int64_t began_ms = clock_monotonic_ms(clock);
    Error why = { 0 };

    if (is_crowded(asking, ret_problem))
        return;
    const HemisOutcome outcome = fetch(asking, ret, &why);
    atomic_fetch_sub(&asking->office->hemis_askings, 1);
    log_asked(asking, outcome, clock_monotonic_ms(clock) - began_ms, &why);
    tell(outcome, ret_found, ret_problem);
}

bool hemis_paper_get(Office *office, const Session *session, const Record *record, const char *document, bool make,
                     bool *ret_found, HemisPage *ret, ApiProblem *ret_problem, Error *err)
{
    Asking asking = {
        .office = office, .session = session, .record = record, .paper = paper_of(document), .make = make
    };
    bool held = false;

    *ret_found = false;
    *ret_problem = (ApiProblem){ .kind = PROBLEM_NONE };
    if (!office->config.hemis || !session->bearer || asking.paper == COUNT(papers)) {
        *ret_problem = (ApiProblem){ .kind = PROBLEM_NOT_ALLOWED };
        return true;
    }
    bool known, done = session_hemis_token(office, session->bearer, &known, &asking.token, err) &&
                       (!known || !make || take(&asking, &held, err));
    if (done && !known)
        *ret_problem = (ApiProblem){ .kind = PROBLEM_NOT_ALLOWED };
    else if (done && make && !held)
        *ret_problem = (ApiProblem){ .kind = PROBLEM_BUSY, .retry_after_s = 2 };
    else if (done)
        ask(&asking, ret_found, ret, ret_problem);
    if (held)
        let_go(&asking);
    hemis_token_wipe(&asking.token);
    return done || error_add(err, "HEMIS's paper");
}
