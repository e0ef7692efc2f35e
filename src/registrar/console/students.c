#include "registrar/console/students.h"

#include <stdio.h>
#include <string.h>

#include "registrar/http/query.h"
#include "registrar/office/printers.h"
#include "wire/code.h"

const char *say_student(const Desk *desk, const char *id)
{
    char whole[80];

    (void)snprintf(whole, sizeof whole, "say.students.%s", id);
    return view_text(desk->sheet.pages, desk->sheet.language, whole);
}

const char *say_student_word(const Desk *desk, const char *kind, const char *name)
{
    char id[64];

    (void)snprintf(id, sizeof id, "%s-%s", kind, name);
    return say_student(desk, id);
}

bool student_path(const HttpServerRequest *request, char number[STUDENT_NUMBER_SIZE], char *path, size_t size)
{
    OWNED_BUF text;

    buf_init(&text, size - 1);
    if (!str_copy(request->parameters[0], number, STUDENT_NUMBER_SIZE))
        number[0] = '\0';
    buf_add_text(&text, "/office/students/");
    percent_encode(str_from(number), &text);
    return number[0] && !text.failed && str_copy(buf_str(&text), path, size);
}

const char *say_service(const Desk *desk, const Catalogue *catalogue, const char *service)
{
    const Service *known = catalogue_find(catalogue, str_from(service));

    return known ? say_title(desk, &known->title, service) : service;
}

/* --- a paper ------------------------------------------------------------------------------------------------------ */

static const char *class_of(DocumentState state)
{
    switch (state) {
    case DOCUMENT_ISSUED: return "done";
    case DOCUMENT_SUSPENDED: return "held";
    case DOCUMENT_REVOKED: return "needs";
    case DOCUMENT_PREPARING: return "running";
    case DOCUMENT_VOID: return "off";
    }
    return "";
}

static void put_copy(const Desk *desk, const DeskPaper *paper, json_t *to)
{
    char code[15] = "";
    Code parsed;

    if (paper->has_copy && code_parse(str_from(paper->copy.code), &parsed))
        code_grouped(&parsed, code);
    view_put(to, "paper-code", code);
    view_put(to, "paper-became",
             !paper->has_copy ? ""
             : paper->copy.making == MAKING_READY
                 ? say_student_word(desk, "delivery", state_name(&delivery_states, (int)paper->copy.delivery))
             : paper->copy.making == MAKING_PREPARING ? say_student(desk, "making-preparing")
                                                      : say_student(desk, "making-failed"));
    view_put(to, "paper-place", paper->has_copy ? paper->copy.place : "");
    (void)json_object_set_new(to, "paper-copy", json_integer(paper->has_copy ? paper->copy.n : 0));
    (void)json_object_set_new(to, "paper-copy-epoch",
                              json_integer(paper->has_copy ? (json_int_t)paper->copy.epoch : 0));
    view_put(to, "paper-job", paper->has_job && desk_may(desk, RIGHT_PRINTS) ? paper->job.id : "");
}

/* On its way to paper there is nothing to replace: the print queue moves it. */
static bool may_replace(const DeskPaper *paper)
{
    return paper->document.state == DOCUMENT_ISSUED && paper->has_copy && paper->copy.kind == COPY_PAPER &&
           paper->copy.validity == VALIDITY_VALID && paper->copy.making == MAKING_READY &&
           !(paper->has_job &&
             (paper->job.state == JOB_WAITING || paper->job.state == JOB_HELD || paper->job.state == JOB_ASSIGNED ||
              paper->job.state == JOB_SENDING || paper->job.state == JOB_SENT));
}

json_t *paper_json(const Desk *desk, const Catalogue *catalogue, const DeskPaper *paper)
{
    const DocumentRow *document = &paper->document;
    const bool may = desk_may(desk, RIGHT_REVOKE);
    char number[DOCUMENT_NUMBER_SIZE];
    json_t *one = json_object();
    Language language;
    OWNED_BUF day, until;

    buf_init(&day, 80);
    buf_init(&until, 80);
    document_number_write(document, number);
    say_day(desk, document->taken_at_s, &day);
    if (document->expires_at_s)
        say_day(desk, document->expires_at_s - 1, &until);
    view_put(one, "paper-id", document->id);
    view_put(one, "paper-number", number);
    view_put(one, "paper-title", say_service(desk, catalogue, document->service));
    view_put(one, "paper-language",
             language_parse(str_from(document->language), &language) ? language_own_name(language) : "");
    view_put(one, "paper-day", buf_text(&day));
    view_put(one, "paper-until", buf_text(&until));
    view_put(one, "paper-class", class_of(document->state));
    view_put(one, "paper-state",
             say_student_word(desk, "document", state_name(&document_states, (int)document->state)));
    view_put(one, "paper-reason", paper->reason);
    (void)json_object_set_new(one, "paper-epoch", json_integer((json_int_t)document->epoch));
    put_copy(desk, paper, one);
    view_put_when(one, "may-revoke",
                  may && (document->state == DOCUMENT_ISSUED || document->state == DOCUMENT_SUSPENDED));
    view_put_when(one, "may-suspend", may && document->state == DOCUMENT_ISSUED);
    view_put_when(one, "may-lift", may && document->state == DOCUMENT_SUSPENDED);
    view_put_when(one, "may-replace", may && may_replace(paper));
    return one;
}

static void put_printer(const PrinterRow *row, json_t *list)
{
    char owner[OWNER_SIZE];
    json_t *one = json_object();

    printer_owner(row->id, owner);
    view_put(one, "printer-owner", owner);
    view_put(one, "printer-name", row->id);
    view_put(one, "printer-place", row->place);
    (void)json_array_append_new(list, one);
}

/* The ready ones first: what nobody chooses is the first. */
bool put_printers(const Desk *desk, json_t *view, Error *err)
{
    PrinterRow rows[PRINTERS_MOST];
    size_t count;
    json_t *list = json_array();

    (void)json_object_set_new(view, "printers", list);
    if (!printers_view(desk->sheet.context->office, rows, COUNT(rows), &count, err))
        return false;
    for (int ready = 1; ready >= 0; ready--)
        for (size_t i = 0; i < count; i++)
            if (!rows[i].removed && str_starts(str_from(rows[i].state), STR("ready")) == (ready == 1) &&
                scope_has(desk_scope(desk), SCOPE_PRINTER, str_from(rows[i].id)))
                put_printer(&rows[i], list);
    view_put(view, "window-owner", WINDOW_OWNER);
    return true;
}

bool student_not_found(Desk *desk, HttpServerAnswer *answer, Error *err)
{
    view_put(desk->view, "typed", "");
    view_put_when(desk->view, "is-find", true);
    view_put_when(desk->view, "was-searched", true);
    view_put_when(desk->view, "is-more", false);
    (void)json_object_set_new(desk->view, "rows", json_array());
    view_put_when(desk->view, "may-revoke", desk_may(desk, RIGHT_REVOKE));
    return desk_view(desk, "students", 404, answer, err);
}
