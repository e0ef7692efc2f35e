#include "registrar/office/mine.h"

#include <string.h>

#include "base/memory.h"
#include "registrar/office/mine_inside.h"
#include "registrar/office/photos.h"
#include "registrar/office/saying.h"
#include "registrar/office/standing.h"
#include "registrar/store/visitors.h"

#define ANSWERS_BYTES_MOST (64u << 10)
#define CONTACT_BYTES_MOST 1024

/* --- one request -------------------------------------------------------------------------------------------------- */

Mine *mine_new(const Session *session, const char *key, Error *err)
{
    Mine *mine = mem_new(1, sizeof *mine);

    if (!mine) {
        error_set(err, ERR_MEMORY, "request");
        return NULL;
    }
    mine->student = session->student;
    mine->key = key;
    buf_init(&mine->items, BOUND_ITEMS_MOST);
    buf_init(&mine->staff, ANSWERS_BYTES_MOST);
    return mine;
}

void mine_free(Mine *mine)
{
    if (!mine)
        return;
    buf_fini(&mine->items);
    buf_fini(&mine->staff);
    mem_free_wiped(mine, sizeof *mine);
}

static bool read_answers(StoreTransaction *transaction, Mine *mine, Error *err)
{
    const char *id = mine->request.id;
    OWNED_BUF answers;

    buf_init(&answers, ANSWERS_BYTES_MOST);
    buf_clear(&mine->items);
    buf_clear(&mine->staff);
    return requests_answers(transaction, id, &answers, err) && answers_read(buf_str(&answers), &mine->answers, err) &&
           requests_items(transaction, id, &mine->items, err) && stages_answers(transaction, id, &mine->staff, err);
}

static bool read_visitor(StoreTransaction *transaction, Mine *mine, Error *err)
{
    VisitorRow visitor;
    OWNED_BUF ignored;
    bool found;

    buf_init(&ignored, CONTACT_BYTES_MOST);
    if (!visitors_get(transaction, mine->student, &found, &visitor, &ignored, err))
        return false;
    mine->unconfirmed = found && !visitor.confirmed_by[0];
    return true;
}

static bool is_shown(const RequestRow *request)
{
    return request->number[0] && request->state != ASKED_WITHDRAWN && request->state != ASKED_EXPIRED;
}

bool mine_read(StoreTransaction *transaction, void *arg, Error *err)
{
    Mine *mine = arg;
    KeyAnswer answer;
    bool found;

    mine->found = false;
    if (!request_keys_find(transaction, mine->student, mine->key, &found, &answer, err))
        return false;
    if (!found || !answer.answer[0])
        return true;
    if (!requests_get(transaction, answer.answer, &found, &mine->request, err))
        return false;
    if (!found || mine->request.student != mine->student || !is_shown(&mine->request))
        return true;
    return requests_line(transaction, mine->request.id, &mine->found, &mine->line, err) &&
           passage_read(transaction, mine->request.id, &mine->passage, err) &&
           invoices_of_request(transaction, mine->request.id, &mine->has_invoice, &mine->invoice, err) &&
           read_answers(transaction, mine, err) && read_visitor(transaction, mine, err);
}

/* --- in full ------------------------------------------------------------------------------------------------------ */

static bool is_undecided(const Mine *mine)
{
    return mine->request.state == ASKED_OPEN || mine->request.state == ASKED_IN_UNIT ||
           mine->request.state == ASKED_RETURNED;
}

static ApiStageState stage_told(StageState state)
{
    switch (state) {
    case STAGE_WAITING: return API_STAGE_WAITING;
    case STAGE_TAKEN: return API_STAGE_TAKEN;
    case STAGE_APPROVED: return API_STAGE_APPROVED;
    case STAGE_RETURNED: return API_STAGE_RETURNED;
    case STAGE_DECLINED:
    case STAGE_WITHDRAWN:
    case STAGE_STATE_COUNT: break;
    }
    return API_STAGE_DECLINED;
}

static void add_stage(const char *unit, ApiStageState state, int64_t at_s, ApiRequestDetails *ret)
{
    ApiStage *stage = &ret->stages[ret->stage_count];

    if (ret->stage_count == API_STAGES_MOST)
        return;
    ret->stage_count++;
    *stage = (ApiStage){ .state = state, .at_s = at_s };
    str_copy_cut(str_from(unit), stage->unit, sizeof stage->unit);
}

/* Those that it came to, then those that are to come. */
static void put_stages(const Mine *mine, const Service *service, ApiRequestDetails *ret)
{
    const Passage *passage = &mine->passage;

    for (size_t i = 0; i < passage->count; i++)
        add_stage(passage->stages[i].unit, stage_told(passage->stages[i].state), passage->stages[i].changed_at_s, ret);
    if (!service || !is_undecided(mine))
        return;
    for (size_t i = passage->count ? passage_next(passage) : 0; i < service->unit_count; i++)
        add_stage(service->units[i], API_STAGE_WAITING, 0, ret);
}

/* What whoever approved it answered, where no paper says it: the decision itself. */
static bool put_decision(const Mine *mine, const Service *service, ApiRequestDetails *ret, Error *err)
{
    OWNED_BUF words;
    Answers staff;

    buf_init(&words, 8192);
    if (mine->staff.len == 0 || !service || service->document)
        return true;
    if (!answers_read(buf_str(&mine->staff), &staff, err))
        return false;
    for (size_t i = 0; i < service->ask_count; i++) {
        const char *answer = answers_get(&staff, service->asks[i].id);
        OWNED_BUF said;

        buf_init(&said, 4096);
        if (answer)
            answer_say(&service->asks[i], answer, ret->language, &said);
        if (said.len == 0)
            continue;
        if (service->ask_count > 1)
            buf_add_format(&words, "%s%s: ", words.len ? "; " : "", local_text(&service->asks[i].label, ret->language));
        buf_add_str(&words, buf_str(&said));
    }
    str_copy_cut(buf_str(&words), ret->line.words, sizeof ret->line.words);
    return true;
}

static void put_papers(const PapersWanted *wanted, ApiRequestDetails *ret)
{
    for (size_t i = 0; i < wanted->count && ret->paper_count < API_PAPERS_MOST; i++) {
        const PaperWanted *from = &wanted->papers[i];
        ApiPaperLine *paper = &ret->papers[ret->paper_count++];

        *paper = (ApiPaperLine){ .state = from->seen      ? API_PAPER_SEEN
                                          : from->brought ? API_PAPER_WANTED
                                                          : API_PAPER_PHOTO };
        str_copy_cut(str_from(from->field->id), paper->field, sizeof paper->field);
    }
}

static bool fill_papers(Office *office, const Mine *mine, ApiRequestDetails *ret, Error *err)
{
    PapersWanted *wanted = mem_new(1, sizeof *wanted);
    ApiProblem ignored;

    if (!wanted)
        return error_set(err, ERR_MEMORY, "papers");
    bool done = papers_wanted(office, mine->request.id, &ignored, wanted, err);
    if (done)
        put_papers(wanted, ret);
    papers_wanted_fini(wanted);
    mem_free(wanted);
    return done;
}

static bool fill(const Mine *mine, const Service *service, ApiRequestDetails *ret, Error *err)
{
    const RequestState state = mine->request.state;

    standing_put_line(&mine->line, &ret->line);
    if (!language_parse(str_from(mine->request.language), &ret->language))
        return error_set(err, ERR_STORE, "a request in an unknown language");
    ret->answers = mine->answers;
    put_stages(mine, service, ret);
    ret->can_answer = state == ASKED_RETURNED;
    ret->unconfirmed = mine->unconfirmed && is_undecided(mine);
    str_copy_cut(str_from(mine->line.order), ret->order_number, sizeof ret->order_number);
    str_copy_cut(str_from(mine->line.order_day), ret->order_date, sizeof ret->order_date);
    return (state != ASKED_APPROVED && state != ASKED_FULFILLED) || put_decision(mine, service, ret, err);
}

bool office_details(Office *office, const Session *session, const char *key, ApiProblem *ret_problem,
                    ApiRequestDetails *ret, Error *err)
{
    OWNED(Mine) mine = mine_new(session, key, err);
    OWNED(Shelf) shelf = shelf_take(office);

    *ret_problem = (ApiProblem){ 0 };
    memset(ret, 0, sizeof *ret);
    if (!mine || !store_read(office->store, mine_read, mine, err))
        return error_add(err, "details of a request");
    if (!mine->found) {
        *ret_problem = (ApiProblem){ .kind = PROBLEM_NOT_FOUND };
        return true;
    }
    const Service *service = shelf_service(shelf, mine->request.service);
    return (fill(mine, service, ret, err) && mine_put_begun(office, mine, service, ret, err) &&
            fill_papers(office, mine, ret, err)) ||
           error_add(err, "details of a request");
}
