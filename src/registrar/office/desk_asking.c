#include "registrar/office/desk_asking.h"

#include <string.h>

#include "base/memory.h"
#include "registrar/office/access.h"
#include "registrar/office/bound.h"
#include "registrar/office/inside.h"
#include "registrar/office/plain.h"
#include "registrar/office/printers.h"
#include "wire/details.h"

static void session_of(const DeskWho *who, int64_t student, const char *number, int64_t now_s, Session *ret)
{
    *ret = (Session){
        .student = student, .began_at_s = now_s, .ends_at_s = now_s + 60, .clerk = who->actor, .reason = ""
    };
    str_copy_cut(str_from(number), ret->number, sizeof ret->number);
}

/* --- the form ----------------------------------------------------------------------------------------------------- */

static void prefill(const FieldSources *sources, const Service *service, Date today, Answers *ret)
{
    OWNED_BUF value;

    buf_init(&value, ANSWER_BYTES_MOST - 1);
    for (size_t i = 0; i < service->field_count; i++) {
        const Field *field = &service->fields[i];

        buf_clear(&value);
        if (!field->prefill)
            continue;
        fields_write(sources, field->prefill, LANGUAGE_FIRST, &value);
        if (value.len > 0 && form_check_field(field, buf_text(&value), today) == FORM_OK)
            (void)!answers_set(ret, field->id, buf_str(&value));
    }
}

static bool fill_form(Office *office, const DeskWho *who, const char *service_id, Language language, DeskForm *form,
                      bool *ret_known, Error *err)
{
    const Service *service = shelf_service(form->shelf, service_id);
    OWNED_RECORD record = { 0 };
    Session session;
    OWNED_BUF name;

    buf_init(&name, sizeof form->name - 1);
    *ret_known = service && !service->from_hemis && strcmp(service->id, VISITOR_SERVICE) != 0;
    if (!*ret_known)
        return true;
    session_of(who, form->student, form->number, office_now_s(office), &session);
    if (!bound_now(office, form->student, service, &form->bound, err) ||
        !record_read(office, form->student, RECORD_RULES, &record, err) ||
        !service_access(office, form->shelf, &session, service, &record, &form->access, err))
        return false;
    form->service = bound_service(form->bound);
    const FieldSources sources = { .institution = office->institution,
                                   .words = shelf_words(form->shelf),
                                   .record = &record,
                                   .service = form->service,
                                   .issued_s = office_now_s(office) };
    prefill(&sources, form->service, office_today(office), &form->prefilled);
    fields_write(&sources, "student.name", language, &name);
    str_copy_cut(buf_str(&name), form->name, sizeof form->name);
    return true;
}

/* What is known of the student is filled in: that is a look at it. */
typedef struct Noting {
    const DeskWho *who;
    int64_t student, now_ms;
} Noting;

static bool note(StoreTransaction *transaction, void *arg, Error *err)
{
    const Noting *noting = arg;

    return desk_student_note(transaction, noting->who, noting->student, "student.services-seen", noting->now_ms, err);
}

static bool note_form(Office *office, const DeskWho *who, int64_t student, Error *err)
{
    Noting noting = { who, student, office_now_ms(office) };

    return store_write(office->store, note, &noting, err);
}

bool desk_form_open(Office *office, const DeskWho *who, const char *number, const char *service, Language language,
                    DeskForm **ret, Error *err)
{
    OWNED(DeskForm) form = mem_new(1, sizeof *form);
    bool known;

    *ret = NULL;
    if (!form)
        return error_set(err, ERR_MEMORY, "form");
    if (!desk_student_of_number(office, who, number, &form->student, err))
        return false;
    if (form->student == 0)
        return true;
    str_copy_cut(str_from(number), form->number, sizeof form->number);
    form->shelf = shelf_take(office);
    if (!office_new_id(office, form->key, err) || !fill_form(office, who, service, language, form, &known, err) ||
        (known && !note_form(office, who, form->student, err)))
        return error_add(err, "form of a service");
    if (known)
        *ret = steal(&form);
    return true;
}

void desk_form_free(DeskForm *form)
{
    if (!form)
        return;
    bound_free(form->bound);
    shelf_drop(form->shelf);
    mem_wipe(form, sizeof *form);
    mem_free(form);
}

/* --- asking ------------------------------------------------------------------------------------------------------- */

typedef struct FindingPrinter {
    const char *id;
    bool found;
} FindingPrinter;

static bool find_printer(StoreTransaction *transaction, void *arg, Error *err)
{
    FindingPrinter *finding = arg;
    PrinterRow printer;

    if (!printers_get(transaction, finding->id, &finding->found, &printer, err))
        return false;
    finding->found = finding->found && !printer.removed;
    return true;
}

/* The window, or a printer of the office that there is. */
static bool owner_is_known(Office *office, const char *owner, bool *ret, Error *err)
{
    FindingPrinter finding = { .id = printer_of_owner(owner) };

    *ret = strcmp(owner, WINDOW_OWNER) == 0;
    if (*ret || !finding.id)
        return true;
    if (!store_read(office->store, find_printer, &finding, err))
        return error_add(err, "printer");
    *ret = finding.found;
    return true;
}

bool desk_ask(Office *office, const DeskAsking *asking, ApiProblem *ret_problem, bool *ret_made, ApiIssued *ret,
              Error *err)
{
    const FormFault fault = plain_fault(asking->reason, DESK_ASK_REASON_MOST);
    int64_t student;
    bool known;
    Session session;

    *ret_made = false;
    *ret_problem = (ApiProblem){ .kind = PROBLEM_NOT_FOUND };
    if (!desk_student_of_number(office, asking->who, asking->number, &student, err) ||
        !owner_is_known(office, asking->owner, &known, err))
        return false;
    if (student == 0 || !known)
        return true;
    if (fault != FORM_OK) {
        *ret_problem = api_problem_form("reason", fault);
        return true;
    }
    session_of(asking->who, student, asking->number, office_now_s(office), &session);
    session.reason = asking->reason;
    str_copy_cut(str_from(asking->owner), session.kiosk, sizeof session.kiosk);
    return office_request(office, &session, asking->key, asking->request, ret_problem, ret_made, ret, err) ||
           error_add(err, "asking for a student");
}
