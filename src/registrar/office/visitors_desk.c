/* Visitors at the window: who is still to show a passport, and who has. */
#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "registrar/office/fields.h"
#include "registrar/office/inside.h"
#include "registrar/office/shelf_keeper.h"
#include "registrar/office/students.h"
#include "registrar/office/live.h"
#include "registrar/office/visitors.h"
#include "registrar/office/visitors_inside.h"
#include "registrar/store/acts.h"
#include "wire/json.h"

#define CONTACT_SEALED_MOST 1024

/* --- the list ----------------------------------------------------------------------------------------------------- */

typedef struct Listing {
    const char *after;
    VisitorLine lines[VISITORS_MOST + 1];
    size_t count;
} Listing;

static bool list(StoreTransaction *transaction, void *arg, Error *err)
{
    Listing *listing = arg;

    return visitors_waiting(transaction, listing->after, listing->lines, COUNT(listing->lines), &listing->count, err);
}

static bool write_holder(Office *office, int64_t student, char array[160], Error *err)
{
    OWNED_RECORD record = { 0 };

    if (!record_read(office, student, RECORD_PROFILE, &record, err))
        return false;
    if (!fields_holder(record_profile(&record), LANGUAGE_FIRST, array, 160))
        array[0] = '\0';
    return true;
}

bool visitors_look(Office *office, const char *after, VisitorList *ret, Error *err)
{
    Listing listing = { .after = after };

    *ret = (VisitorList){ 0 };
    if (!store_read(office->store, list, &listing, err))
        return error_add(err, "visitors");
    ret->shelf = shelf_take(office);
    ret->more = listing.count > VISITORS_MOST;
    ret->count = ret->more ? VISITORS_MOST : listing.count;
    for (size_t i = 0; i < ret->count; i++) {
        const Service *service = shelf_service(ret->shelf, listing.lines[i].service);

        ret->lines[i].line = listing.lines[i];
        if (service)
            ret->lines[i].title = service->title;
        if (!write_holder(office, listing.lines[i].student, ret->lines[i].holder, err)) {
            visitor_list_fini(ret);
            return error_add(err, "visitors");
        }
    }
    return true;
}

void visitor_list_fini(VisitorList *list)
{
    shelf_drop(list->shelf);
    mem_wipe(list, sizeof *list);
}

/* --- one ---------------------------------------------------------------------------------------------------------- */

typedef struct Looking {
    int64_t student;
    bool found;
    VisitorRow row;
    Buf *contact;
} Looking;

static bool look(StoreTransaction *transaction, void *arg, Error *err)
{
    Looking *looking = arg;

    buf_clear(looking->contact);
    return visitors_get(transaction, looking->student, &looking->found, &looking->row, looking->contact, err);
}

static bool read_phone(const Office *office, int64_t student, Str sealed, VisitorSaid *ret, Error *err)
{
    OWNED_BUF context, plain;

    buf_init(&context, 64);
    buf_init(&plain, CONTACT_SEALED_MOST);
    visitor_contact_context(student, &context);
    if (!buf_ok(&context, err) || !crypto_open(office->keys.record, buf_str(&context), sealed, &plain, err))
        return false;
    OWNED(json_t) contact = json_read(buf_str(&plain), err);
    if (!contact)
        return false;
    str_copy_cut(str_from(json_string_value(json_object_get(contact, "phone"))), ret->phone, sizeof ret->phone);
    return true;
}

static bool read_who(Office *office, int64_t student, VisitorSaid *ret, Error *err)
{
    OWNED_RECORD record = { 0 };

    if (!record_read(office, student, RECORD_PROFILE, &record, err))
        return false;
    const json_t *names = json_object_get(record_profile(&record), "names");
    const char *whole = json_string_value(json_object_get(names, language_tag(LANGUAGE_FIRST)));
    const char *birth = json_string_value(json_object_get(record_profile(&record), "birth_date"));
    str_copy_cut(str_from(whole), ret->name, sizeof ret->name);
    str_copy_cut(str_from(birth), ret->birth, sizeof ret->birth);
    return true;
}

bool visitor_said(Office *office, int64_t student, VisitorSaid *ret, Error *err)
{
    OWNED_BUF contact;
    Looking looking = { .student = student, .contact = &contact };

    *ret = (VisitorSaid){ 0 };
    buf_init(&contact, CONTACT_SEALED_MOST);
    if (!store_read(office->store, look, &looking, err))
        return error_add(err, "visitor");
    if (!looking.found)
        return true;
    ret->is_visitor = true;
    ret->confirmed = looking.row.confirmed_by[0] != '\0';
    memcpy(ret->confirmed_by, looking.row.confirmed_by, sizeof ret->confirmed_by);
    return (read_phone(office, student, buf_str(&contact), ret, err) && read_who(office, student, ret, err)) ||
           error_add(err, "visitor");
}

/* --- confirming --------------------------------------------------------------------------------------------------- */

typedef struct Confirming {
    const char *clerk, *request;
    uint8_t passport_hash[HASH_SIZE];
    int64_t now_ms;
    ApiProblem problem;
} Confirming;

static bool note(StoreTransaction *transaction, const Confirming *confirming, const RequestRow *request, Error *err)
{
    OWNED_BUF object, detail;

    buf_init(&object, 48);
    buf_init(&detail, 128);
    buf_add_format(&object, "student:%lld", (long long)request->student);
    buf_add_format(&detail, "{\"request\":\"%s\"}", request->number);
    return buf_ok(&object, err) && buf_ok(&detail, err) &&
           acts_add(transaction,
                    &(Act){ confirming->now_ms, confirming->clerk, "visitor.confirmed", buf_text(&object),
                            buf_text(&detail) },
                    err);
}

static bool confirm(StoreTransaction *transaction, void *arg, Error *err)
{
    Confirming *confirming = arg;
    RequestRow request;
    VisitorRow visitor;
    bool found;
    OWNED_BUF ignored;

    buf_init(&ignored, CONTACT_SEALED_MOST);
    confirming->problem = (ApiProblem){ .kind = PROBLEM_NOT_FOUND };
    if (!requests_get(transaction, confirming->request, &found, &request, err))
        return false;
    if (!found || !request.number[0])
        return true;
    if (!visitors_get(transaction, request.student, &found, &visitor, &ignored, err))
        return false;
    if (!found)
        return true;
    if (!mem_equal_secret(confirming->passport_hash, visitor.passport_hash, HASH_SIZE)) {
        confirming->problem = api_problem_form("passport", FORM_NOT_OFFERED);
        return true;
    }
    confirming->problem = (ApiProblem){ 0 };
    return visitor.confirmed_by[0] ||
           (visitors_confirm(transaction, request.student, confirming->clerk, confirming->now_ms / 1000, err) &&
            note(transaction, confirming, &request, err) && desk_tell(transaction, "requests", err));
}

bool visitor_confirm(Office *office, const char *clerk, const char *request, const char *passport,
                     ApiProblem *ret_problem, Error *err)
{
    Confirming confirming = { .clerk = clerk, .request = request, .now_ms = office_now_ms(office) };

    if (!visitor_passport_hash(office, passport, confirming.passport_hash, err) ||
        !store_write(office->store, confirm, &confirming, err))
        return error_add(err, "visitor");
    *ret_problem = confirming.problem;
    return true;
}
