/* Staff's side: which papers a request wants, their photographs, and what was seen. */
#include "registrar/office/live.h"
#include "registrar/office/photos.h"

#include <string.h>

#include "base/memory.h"
#include "registrar/office/shelf_keeper.h"

typedef struct Asking {
    Office *office;
    const char *clerk, *id, *field;
    int n;
    int64_t now_ms;
    bool found;
    PapersWanted *wanted;
    Answers *answers;
    PaperSeenRow seen[PAPERS_SEEN_MOST];
    size_t seen_count;
    Buf *sealed;
} Asking;

/* --- which -------------------------------------------------------------------------------------------------------- */

static bool add_pages(StoreTransaction *transaction, PaperWanted *paper, const char *value, const char *request,
                      Error *err)
{
    const char *id = paper_photos(value);
    PhotoSetRow set;
    bool found;

    if (!id)
        return true;
    if (!photo_sets_get(transaction, id, &found, &set, err))
        return false;
    if (found && !strcmp(set.request, request)) { /* else its time is over */
        str_copy_cut(str_from(id), paper->set, sizeof paper->set);
        paper->pages = set.pages;
    }
    return true;
}

static void add_seen(const Asking *asking, PaperWanted *paper)
{
    for (size_t i = 0; i < asking->seen_count; i++) {
        const PaperSeenRow *seen = &asking->seen[i];

        if (strcmp(seen->field, paper->field->id) != 0)
            continue;
        paper->seen = true;
        paper->seen_at_s = seen->at_s;
        memcpy(paper->seen_by, seen->clerk, sizeof paper->seen_by);
    }
}

static bool list_papers(StoreTransaction *transaction, Asking *asking, Error *err)
{
    PapersWanted *wanted = asking->wanted;
    const Service *service = wanted->service;

    wanted->count = 0;
    for (size_t i = 0; service && i < service->field_count; i++) {
        const Field *field = &service->fields[i];
        const char *value = field->kind == FIELD_PAPER ? answers_get(asking->answers, field->id) : NULL;
        PaperWanted *paper = &wanted->papers[wanted->count];

        if (!value)
            continue;
        *paper = (PaperWanted){ .field = field, .brought = paper_is_brought(value) };
        add_seen(asking, paper);
        if (!add_pages(transaction, paper, value, wanted->request.id, err))
            return false;
        wanted->count++;
    }
    return true;
}

static bool read_request(StoreTransaction *transaction, Asking *asking, Error *err)
{
    PapersWanted *wanted = asking->wanted;
    OWNED_BUF answers;

    buf_init(&answers, 128u << 10);
    wanted->service = NULL;
    wanted->count = 0;
    if (!requests_get(transaction, asking->id, &asking->found, &wanted->request, err))
        return false;
    if (!asking->found)
        return true;
    wanted->service = shelf_service(wanted->shelf, wanted->request.service);
    return requests_answers(transaction, asking->id, &answers, err) &&
           answers_read(buf_str(&answers), asking->answers, err) &&
           papers_seen_list(transaction, asking->id, asking->seen, COUNT(asking->seen), &asking->seen_count, err) &&
           list_papers(transaction, asking, err);
}

static bool read(StoreTransaction *transaction, void *arg, Error *err)
{
    return read_request(transaction, arg, err);
}

static Answers *answers_new(Error *err)
{
    Answers *answers = mem_new(1, sizeof *answers);

    if (!answers)
        error_set(err, ERR_MEMORY, "papers");
    return answers;
}

static void answers_free(Answers *answers)
{
    if (answers)
        mem_free_wiped(answers, sizeof *answers);
}

bool papers_wanted(Office *office, const char *request, ApiProblem *ret_problem, PapersWanted *ret, Error *err)
{
    *ret = (PapersWanted){ .shelf = shelf_take(office) };
    Asking asking = { .office = office, .id = request, .wanted = ret, .answers = answers_new(err) };
    const bool done = asking.answers && store_read(office->store, read, &asking, err);

    answers_free(asking.answers);
    *ret_problem = (ApiProblem){ .kind = asking.found ? PROBLEM_NONE : PROBLEM_NOT_FOUND };
    if (!done)
        papers_wanted_fini(ret);
    return done || error_add(err, "papers");
}

void papers_wanted_fini(PapersWanted *wanted)
{
    shelf_drop(wanted->shelf);
    *wanted = (PapersWanted){ 0 };
}

/* --- looking, ticking off ----------------------------------------------------------------------------------------- */

static const PaperWanted *paper_named(const Asking *asking)
{
    for (size_t i = 0; asking->found && i < asking->wanted->count; i++)
        if (!strcmp(asking->wanted->papers[i].field->id, asking->field))
            return &asking->wanted->papers[i];
    return NULL;
}

/* Of whose paper, of which request. */
static bool note(StoreTransaction *transaction, const Asking *asking, const char *act, Error *err)
{
    const RequestRow *request = &asking->wanted->request;
    OWNED_BUF object, detail;

    buf_init(&object, 48);
    buf_init(&detail, 192);
    buf_add_format(&object, "student:%lld", (long long)request->student);
    buf_add_format(&detail, "{\"request\":\"%s\",\"paper\":\"%s\",\"page\":%d}", request->number, asking->field,
                   asking->n);
    return buf_ok(&object, err) && buf_ok(&detail, err) &&
           acts_add(transaction, &(Act){ asking->now_ms, asking->clerk, act, buf_text(&object), buf_text(&detail) },
                    err);
}

static bool view(StoreTransaction *transaction, void *arg, Error *err)
{
    Asking *asking = arg;

    if (!read_request(transaction, asking, err))
        return false;
    const PaperWanted *paper = paper_named(asking);
    asking->found = paper && paper->set[0];
    return !asking->found ||
           (photo_pages_get(transaction, paper->set, asking->n, &asking->found, asking->sealed, err) &&
            (!asking->found || note(transaction, asking, "paper.seen", err)));
}

static bool open_page(Asking *asking, Blob **ret, Error *err)
{
    OWNED_BUF jpeg;

    buf_init(&jpeg, PHOTO_KEPT_MOST);
    if (!photos_open(asking->office, paper_named(asking)->set, asking->n, buf_str(asking->sealed), &jpeg, err))
        return false;
    *ret = blob_take_buf(&jpeg);
    return *ret || error_set(err, ERR_MEMORY, "photograph");
}

bool papers_view(Office *office, const char *clerk, const char *request, const char *field, int n,
                 ApiProblem *ret_problem, Blob **ret_jpeg, Error *err)
{
    PapersWanted wanted = { .shelf = shelf_take(office) };
    OWNED_BUF sealed;
    Asking asking = { .office = office,
                      .clerk = clerk,
                      .id = request,
                      .field = field,
                      .n = n,
                      .now_ms = office_now_ms(office),
                      .wanted = &wanted,
                      .answers = answers_new(err),
                      .sealed = &sealed };

    buf_init(&sealed, PHOTO_PAGE_MOST);
    const bool done = asking.answers && store_write(office->store, view, &asking, err) &&
                      (!asking.found || open_page(&asking, ret_jpeg, err));
    answers_free(asking.answers);
    papers_wanted_fini(&wanted);
    *ret_problem = (ApiProblem){ .kind = asking.found ? PROBLEM_NONE : PROBLEM_NOT_FOUND };
    return done || error_add(err, "photograph");
}

static bool is_over(RequestState state)
{
    return state == ASKED_WITHDRAWN || state == ASKED_EXPIRED || state == ASKED_DECLINED;
}

static bool tick(StoreTransaction *transaction, void *arg, Error *err)
{
    Asking *asking = arg;
    PaperSeenRow seen = { .at_s = asking->now_ms / 1000 };
    bool fresh;

    if (!read_request(transaction, asking, err))
        return false;
    asking->found = paper_named(asking) != NULL;
    if (!asking->found || is_over(asking->wanted->request.state))
        return true;
    str_copy_cut(str_from(asking->id), seen.request, sizeof seen.request);
    str_copy_cut(str_from(asking->field), seen.field, sizeof seen.field);
    str_copy_cut(str_from(asking->clerk), seen.clerk, sizeof seen.clerk);
    return papers_seen_add(transaction, &seen, &fresh, err) &&
           (!fresh || (note(transaction, asking, "paper.ticked-off", err) && desk_tell(transaction, "requests", err)));
}

bool papers_tick(Office *office, const char *clerk, const char *request, const char *field, ApiProblem *ret_problem,
                 Error *err)
{
    PapersWanted wanted = { .shelf = shelf_take(office) };
    Asking asking = { .office = office,
                      .clerk = clerk,
                      .id = request,
                      .field = field,
                      .now_ms = office_now_ms(office),
                      .wanted = &wanted,
                      .answers = answers_new(err) };
    const bool done = asking.answers && store_write(office->store, tick, &asking, err);

    answers_free(asking.answers);
    *ret_problem = (ApiProblem){ .kind = !asking.found                   ? PROBLEM_NOT_FOUND
                                         : is_over(wanted.request.state) ? PROBLEM_DECIDED
                                                                         : PROBLEM_NONE };
    papers_wanted_fini(&wanted);
    return done || error_add(err, "paper");
}
