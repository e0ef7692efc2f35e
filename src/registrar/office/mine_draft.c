/* What staff returned, being answered anew: what is filled in is kept after each answer, and told in place of what was
 * handed in.  Its student's business alone, as any form in progress (office/drafts.h). */
#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "registrar/office/keeping.h"
#include "registrar/office/mine_inside.h"
#include "registrar/office/photos.h"
#include "registrar/store/answer_drafts.h"

#define ANSWERS_BYTES_MOST (128u << 10)

/* --- sealed ------------------------------------------------------------------------------------------------------- */

/* What it is bound to: moved to another request it can't be opened. */
static void context_add(const char *request, Buf *context)
{
    buf_add_format(context, "answer-draft:%s", request);
}

static bool seal_answers(const Office *office, const char *request, const Answers *answers, Buf *sealed, Error *err)
{
    uint8_t nonce[12];
    OWNED_BUF plain, context;

    buf_init(&plain, ANSWERS_BYTES_MOST);
    buf_init(&context, 128);
    buf_clear(sealed);
    context_add(request, &context);
    return answers_write(answers, &plain, err) && buf_ok(&context, err) &&
           random_fill(&office->config.random, nonce, sizeof nonce, err) &&
           crypto_seal(office->keys.record, buf_str(&context), buf_str(&plain), nonce, sealed, err);
}

static bool open_answers(const Office *office, const char *request, Str sealed, Answers *ret, Error *err)
{
    OWNED_BUF plain, context;

    buf_init(&plain, ANSWERS_BYTES_MOST);
    buf_init(&context, 128);
    context_add(request, &context);
    return buf_ok(&context, err) && crypto_open(office->keys.record, buf_str(&context), sealed, &plain, err) &&
           answers_read(buf_str(&plain), ret, err);
}

/* --- keeping ------------------------------------------------------------------------------------------------------ */

typedef struct Keeping {
    const Office *office;
    Mine *mine;
    const Service *service; /* bound */
    const ApiDraft *draft;
    int64_t now_s;
    ApiProblem *problem;
} Keeping;

/* Whether it may be answered now, looked at where it is written too. */
static bool may_answer(const Mine *mine, ApiProblem *problem)
{
    problem->kind = !mine->found                            ? PROBLEM_NOT_FOUND
                    : mine->request.state != ASKED_RETURNED ? PROBLEM_DECIDED
                                                            : PROBLEM_NONE;
    return problem->kind == PROBLEM_NONE;
}

static bool put(StoreTransaction *transaction, const Keeping *keeping, Error *err)
{
    const ApiDraft *draft = keeping->draft;
    AnswerDraftRow row = { .saved_at_s = keeping->now_s, .keep_until_s = keeping->now_s + DRAFT_KEPT_S };
    OWNED_BUF sealed;

    buf_init(&sealed, DRAFT_SEALED_MOST);
    memcpy(row.request, keeping->mine->request.id, sizeof row.request);
    str_copy_cut(str_from(language_tag(draft->language)), row.language, sizeof row.language);
    str_copy_cut(str_from(draft->question), row.question, sizeof row.question);
    return seal_answers(keeping->office, row.request, &draft->answers, &sealed, err) &&
           answer_drafts_put(transaction, &row, buf_str(&sealed), err) &&
           (!photos_are_named(keeping->service, &draft->answers) ||
            photos_keep_with(transaction, keeping->mine->student, keeping->service, &draft->answers, row.keep_until_s,
                             err));
}

static bool keep(StoreTransaction *transaction, void *arg, Error *err)
{
    Keeping *keeping = arg;

    if (!mine_read(transaction, keeping->mine, err))
        return false;
    if (!may_answer(keeping->mine, keeping->problem))
        return true;
    return keeping->draft->answers.count == 0 ? answer_drafts_remove(transaction, keeping->mine->request.id, err)
                                              : put(transaction, keeping, err);
}

static bool is_field(const Service *service, const char *id)
{
    for (size_t i = 0; i < service->field_count; i++)
        if (!strcmp(service->fields[i].id, id))
            return true;
    return false;
}

static bool fits(const Office *office, const Service *service, const ApiDraft *draft, ApiProblem *problem)
{
    const char *field = NULL;
    FormFault fault = form_check_begun(service, &draft->answers, office_today(office), &field);

    if (fault == FORM_OK && draft->question[0] && !is_field(service, draft->question)) {
        fault = FORM_UNKNOWN;
        field = draft->question;
    }
    if (fault != FORM_OK)
        *problem = api_problem_form(field, fault);
    return fault == FORM_OK;
}

bool office_answer_keep(Office *office, const Session *session, const char *key, const ApiDraft *draft,
                        ApiProblem *ret_problem, Error *err)
{
    OWNED(Mine) mine = mine_new(session, key, err);
    OWNED(Shelf) shelf = shelf_take(office);
    OWNED(Bound) bound = NULL;

    *ret_problem = (ApiProblem){ 0 };
    if (!mine || !store_read(office->store, mine_read, mine, err))
        return error_add(err, "draft of an answer");
    const Service *service = mine->found ? shelf_service(shelf, mine->request.service) : NULL;
    if (!service)
        ret_problem->kind = PROBLEM_NOT_FOUND;
    if (!service || !may_answer(mine, ret_problem))
        return true;
    if (!bound_now(office, session->student, service, &bound, err))
        return error_add(err, "draft of an answer");
    if (!fits(office, bound_service(bound), draft, ret_problem))
        return true;
    Keeping keeping = { office, mine, bound_service(bound), draft, office_now_s(office), ret_problem };
    return store_write(office->store, keep, &keeping, err) || error_add(err, "draft of an answer");
}

/* --- telling ------------------------------------------------------------------------------------------------------ */

typedef struct Telling {
    const char *request;
    int64_t now_s;
    bool found;
    AnswerDraftRow row;
    Buf sealed;
} Telling;

static bool look(StoreTransaction *transaction, void *arg, Error *err)
{
    Telling *telling = arg;

    return answer_drafts_get(transaction, telling->request, telling->now_s, &telling->found, &telling->row,
                             &telling->sealed, err);
}

static void put_answers(const Telling *telling, const Service *service, Answers *answers, Date today,
                        ApiRequestDetails *ret)
{
    Language language;

    (void)form_keep_fitting(service, answers, today);
    ret->answers = *answers;
    ret->begun = true;
    if (language_parse(str_from(telling->row.language), &language))
        ret->language = language;
    if (is_field(service, telling->row.question))
        str_copy_cut(str_from(telling->row.question), ret->question, sizeof ret->question);
}

/* One that can't be opened is none, and the log says why: what was handed in stands. */
static bool tell(Office *office, const Mine *mine, const Service *service, const Telling *telling,
                 ApiRequestDetails *ret, Error *err)
{
    OWNED(Bound) bound = NULL;
    Answers answers = { 0 };
    Error why = { 0 };

    if (!bound_now(office, mine->student, service, &bound, err))
        return false;
    if (open_answers(office, telling->request, buf_str(&telling->sealed), &answers, &why))
        put_answers(telling, bound_service(bound), &answers, office_today(office), ret);
    else
        log_failure(office->log, LOG_WARN, EVENT_STORE_FAILED, &why, (const LogField[]){ { 0 } });
    mem_wipe(&answers, sizeof answers);
    return true;
}

bool mine_put_begun(Office *office, const Mine *mine, const Service *service, ApiRequestDetails *ret, Error *err)
{
    Telling telling = { .request = mine->request.id, .now_s = office_now_s(office) };

    if (!ret->can_answer || !service)
        return true;
    buf_init(&telling.sealed, DRAFT_SEALED_MOST);
    bool done = store_read(office->store, look, &telling, err) &&
                (!telling.found || tell(office, mine, service, &telling, ret, err));
    buf_fini(&telling.sealed);
    return done || error_add(err, "draft of an answer");
}
