#include "registrar/office/requests.h"

#include <string.h>

#include "registrar/office/access.h"
#include "registrar/office/drafts.h"
#include "registrar/office/fields.h"
#include "registrar/office/lists.h"
#include "registrar/office/standing.h"
#include "registrar/store/requests.h"
#include "wire/details.h"

typedef struct Recent {
    int64_t student;
    RequestLine lines[API_REQUESTS_MOST];
    size_t count;
} Recent;

static bool read_recent(StoreTransaction *transaction, void *arg, Error *err)
{
    Recent *recent = arg;

    return requests_recent(transaction, recent->student, recent->lines, API_REQUESTS_MOST, &recent->count, err);
}

static bool is_shown(const RequestLine *line)
{
    return line->state != ASKED_WITHDRAWN && line->state != ASKED_EXPIRED;
}

static void add_requests(const Recent *recent, ApiHome *ret)
{
    for (size_t i = 0; i < recent->count; i++) {
        const RequestLine *line = &recent->lines[i];

        if (!is_shown(line))
            continue;
        standing_put_line(line, &ret->requests[ret->request_count++]);
    }
}

/* The office returned one: its form is filled anew, also where no other may be asked for beside it. */
static bool is_to_answer(const Recent *recent, const char *service)
{
    for (size_t i = 0; i < recent->count; i++)
        if (recent->lines[i].state == ASKED_RETURNED && !strcmp(recent->lines[i].service, service))
            return true;
    return false;
}

static bool is_shown_already(const ApiHome *home, const char *field)
{
    for (size_t i = 0; i < home->shown_count; i++)
        if (!strcmp(home->shown[i].field, field))
            return true;
    return false;
}

static void show(const FieldSources *sources, const char *name, const Field *answers, Date today, ApiHome *ret)
{
    ApiShown *shown = &ret->shown[ret->shown_count];
    OWNED_BUF value;

    buf_init(&value, sizeof shown->value - 1);
    if (!name || ret->shown_count == API_SHOWN_MOST || is_shown_already(ret, name))
        return;
    fields_write(sources, name, LANGUAGE_FIRST, &value);
    if (answers && (value.len == 0 || form_check_field(answers, buf_text(&value), today) != FORM_OK))
        return;
    str_copy_cut(str_from(name), shown->field, sizeof shown->field);
    str_copy_cut(buf_str(&value), shown->value, sizeof shown->value);
    ret->shown_count++;
}

/* What the forms of this service ask about: the glass shows it above the question.  And what answers one beforehand, as
 * far as it is an answer. */
static void show_fields(const Office *office, const Shelf *shelf, const Service *service, const Record *record,
                        ApiHome *ret)
{
    const FieldSources sources = { .institution = office->institution,
                                   .words = shelf_words(shelf),
                                   .record = record,
                                   .service = service,
                                   .issued_s = office_now_s(office) };

    for (size_t i = 0; i < service->field_count; i++) {
        const Field *field = &service->fields[i];

        show(&sources, field->shows, NULL, office_today(office), ret);
        show(&sources, field->prefill, field, office_today(office), ret);
    }
}

/* Of a service whose form may be filled: what its form shows of the record, and chooses from. */
static bool add_form(const Office *office, const Shelf *shelf, const Service *service, const Record *record,
                     ApiHome *ret, Error *err)
{
    show_fields(office, shelf, service, record, ret);
    return lists_add_of(office, shelf, record, service, &ret->lists, err);
}

/* What was returned is answered anew, also where no further one may be asked for. */
static bool add_returned_forms(const Office *office, const Shelf *shelf, const Recent *recent, const Record *record,
                               ApiHome *ret, Error *err)
{
    for (size_t i = 0; i < recent->count; i++) {
        const Service *service =
            recent->lines[i].state == ASKED_RETURNED ? shelf_service(shelf, recent->lines[i].service) : NULL;

        if (service && !add_form(office, shelf, service, record, ret, err))
            return false;
    }
    return true;
}

bool office_home(Office *office, const Session *session, ApiHome *ret, Error *err)
{
    Recent recent = { .student = session->student };
    OWNED(Shelf) shelf = shelf_take(office);
    const Catalogue *catalogue = shelf_catalogue(shelf);
    OWNED_RECORD record = { 0 };
    OWNED(AccessBasis) basis = NULL;

    *ret = (ApiHome){ 0 };
    if (!record_read(office, session->student, RECORD_RULES, &record, err) ||
        !access_basis_read(office, shelf, session, &record, &basis, err) ||
        !store_read(office->store, read_recent, &recent, err))
        return error_add(err, "home");
    for (size_t i = 0; i < catalogue_count(catalogue) && ret->service_count < API_SERVICES_MOST; i++) {
        const Service *service = catalogue_at(catalogue, i);
        ApiService *access = &ret->services[ret->service_count];

        if (!strcmp(service->id, VISITOR_SERVICE)) /* it says who comes, before home */
            continue;
        *access = access_on(basis, service);
        if ((access->allowed || is_to_answer(&recent, service->id)) &&
            !add_form(office, shelf, service, &record, ret, err))
            return error_add(err, "home");
        ret->service_count++;
    }
    add_requests(&recent, ret);
    if (!add_returned_forms(office, shelf, &recent, &record, ret, err))
        return error_add(err, "home");
    return drafts_tell(office, shelf, session, ret, err) || error_add(err, "home");
}
