/* /office/students/NUMBER: one student: record, papers, requests, tickets, and what may be done with a paper. */
#include <string.h>

#include "base/memory.h"
#include "registrar/console/pages.h"
#include "registrar/console/students.h"
#include "registrar/office/cards.h"
#include "registrar/office/desk_papers.h"
#include "registrar/store/printers.h"
#include "wire/code.h"

/* --- the page ----------------------------------------------------------------------------------------------------- */

static void put_record(Desk *desk, const DeskStudent *student)
{
    json_t *facts = json_array(), *parts = json_array();

    for (size_t i = 0; i < student->fact_count; i++) {
        json_t *one = json_object();

        view_put(one, "fact-label", say_student_word(desk, "fact", student->facts[i].field));
        view_put(one, "fact-value", student->facts[i].value);
        (void)json_array_append_new(facts, one);
    }
    for (size_t i = 0; i < student->part_count; i++) {
        json_t *one = json_object();
        OWNED_BUF day;

        buf_init(&day, 80);
        say_day(desk, student->parts[i].as_of_s, &day);
        view_put(one, "part-name", say_student_word(desk, "part", record_part_name(student->parts[i].part)));
        view_put(one, "part-source", student->parts[i].source);
        view_put(one, "part-day", buf_text(&day));
        (void)json_array_append_new(parts, one);
    }
    (void)json_object_set_new(desk->view, "facts", facts);
    (void)json_object_set_new(desk->view, "parts", parts);
}

static const char *class_of(RequestState state)
{
    switch (state) {
    case ASKED_OPEN:
    case ASKED_IN_UNIT:
    case ASKED_APPROVED: return "running";
    case ASKED_RETURNED: return "held";
    case ASKED_FULFILLED: return "done";
    case ASKED_DRAFT:
    case ASKED_WITHDRAWN:
    case ASKED_DECLINED:
    case ASKED_EXPIRED: return "off";
    }
    return "";
}

static void put_requests(Desk *desk, const DeskStudent *student)
{
    json_t *rows = json_array();

    for (size_t i = 0; i < student->request_count; i++) {
        const StudentRequestRow *row = &student->requests[i];
        const bool may = row->number[0] && desk_may(desk, RIGHT_REQUESTS);
        json_t *one = json_object();
        OWNED_BUF asked;

        buf_init(&asked, 80);
        say_moment(desk, row->asked_at_s, &asked);
        view_put(one, "request-link", may ? row->id : "");
        view_put(one, "request-number", row->number);
        view_put(one, "request-title", say_service(desk, shelf_catalogue(student->shelf), row->service));
        view_put(one, "request-class", class_of(row->state));
        view_put(one, "request-state", say_student_word(desk, "request", state_name(&request_states, (int)row->state)));
        view_put(one, "request-when", buf_text(&asked));
        view_put(one, "request-place", row->place);
        view_put_when(one, "request-by-staff", row->for_student);
        (void)json_array_append_new(rows, one);
    }
    (void)json_object_set_new(desk->view, "requests", rows);
}

static void put_tickets(Desk *desk, const DeskStudent *student)
{
    json_t *rows = json_array();

    for (size_t i = 0; i < student->ticket_count; i++) {
        const StudentTicketRow *row = &student->tickets[i];
        json_t *one = json_object();
        OWNED_BUF number, taken;

        buf_init(&number, 24);
        buf_init(&taken, 80);
        buf_add_format(&number, "%s-%03d", row->letter, row->n);
        say_moment(desk, row->taken_at_s, &taken);
        view_put(one, "ticket-number", buf_text(&number));
        view_put(one, "ticket-state", say_student_word(desk, "ticket", state_name(&ticket_states, (int)row->state)));
        view_put(one, "ticket-when", buf_text(&taken));
        (void)json_object_set_new(one, "ticket-window", json_integer(row->called_to));
        (void)json_array_append_new(rows, one);
    }
    (void)json_object_set_new(desk->view, "tickets", rows);
}

/* What was typed into the form of a paper that was refused stands there still. */
typedef struct Refused {
    char document[ID_SIZE];
    char reason[DOCUMENT_REASON_MOST + 1];
    const char *said;
} Refused;

static void put_papers(Desk *desk, const DeskStudent *student, const Refused *refused)
{
    json_t *rows = json_array();

    for (size_t i = 0; i < student->paper_count; i++) {
        const DeskPaper *paper = &student->papers[i];
        const bool here = refused && strcmp(paper->document.id, refused->document) == 0;
        json_t *one = paper_json(desk, shelf_catalogue(student->shelf), paper);

        view_put(one, "paper-typed", here ? refused->reason : "");
        view_put(one, "paper-fault", here ? refused->said : "");
        (void)json_array_append_new(rows, one);
    }
    (void)json_object_set_new(desk->view, "papers", rows);
}

/* Of none nothing is said: most students have none. */
static bool put_card(Desk *desk, int64_t student, Error *err)
{
    CardRow card = { 0 };
    bool found;
    OWNED_BUF since;

    buf_init(&since, 80);
    if (!card_of_student(desk->sheet.context->office, student, &found, &card, err))
        return false;
    if (found)
        say_moment(desk, card.changed_at_s, &since);
    view_put_when(desk->view, "card", found);
    view_put(desk->view, "card-kind", found ? say_student_word(desk, "card", card.kind) : "");
    view_put(desk->view, "card-state",
             found ? say_student_word(desk, "card", card.blocked ? "blocked" : "active") : "");
    view_put(desk->view, "card-class", card.blocked ? "off" : "running");
    view_put(desk->view, "card-since", buf_text(&since));
    view_put_when(desk->view, "may-block-card", found && !card.blocked);
    mem_wipe(&card, sizeof card);
    return buf_ok(&since, err);
}

static bool show(Desk *desk, const char *number, const Refused *refused, int status, HttpServerAnswer *answer,
                 Error *err)
{
    const DeskWho who = who_of(desk);
    OWNED(DeskStudent) student = NULL;

    if (!desk_student_open(desk->sheet.context->office, &who, number, desk->sheet.language, &student, err))
        return false;
    if (!student)
        return student_not_found(desk, answer, err);
    view_put(desk->view, "number", student->number);
    view_put(desk->view, "name", student->name[0] ? student->name : student->number);
    view_put_when(desk->view, "may-issue", desk_may(desk, RIGHT_ISSUE));
    put_record(desk, student);
    put_papers(desk, student, refused);
    put_requests(desk, student);
    put_tickets(desk, student);
    return put_card(desk, student->student, err) && put_printers(desk, desk->view, err) &&
           desk_view(desk, "student", status, answer, err);
}

bool page_student(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char number[STUDENT_NUMBER_SIZE], path[128];
    OWNED_DESK desk;
    const Access access = desk_open(request, RIGHT_STUDENTS, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    return student_path(request, number, path, sizeof path) ? show(&desk, number, NULL, 200, answer, err)
                                                            : student_not_found(&desk, answer, err);
}

/* --- with a paper ------------------------------------------------------------------------------------------------- */

static uint32_t read_epoch(const HttpServerRequest *request, const char *name)
{
    char typed[12];
    uint64_t epoch;

    desk_field(request, name, typed, sizeof typed);
    return str_to_u64(str_from(typed), 1, UINT32_MAX, &epoch) ? (uint32_t)epoch : 0;
}

static bool act_on_paper(const HttpServerRequest *request, const Desk *desk, const char *number, const Refused *typed,
                         ApiProblem *ret_problem, Error *err)
{
    static const struct {
        const char *name;
        DocumentChange change;
    } changes[] = { { "revoke", DOCUMENT_CHANGE_REVOKE },
                    { "suspend", DOCUMENT_CHANGE_SUSPEND },
                    { "lift", DOCUMENT_CHANGE_RESUME } };
    const DeskWho who = who_of(desk);
    PaperAct act = { .who = &who, .student = number, .document = typed->document, .reason = typed->reason };
    char name[16], owner[OWNER_SIZE];

    desk_field(request, "act", name, sizeof name);
    act.epoch = read_epoch(request, "epoch");
    for (size_t i = 0; i < COUNT(changes); i++)
        if (strcmp(name, changes[i].name) == 0)
            return paper_change(desk->sheet.context->office, &act, changes[i].change, ret_problem, err);
    desk_field(request, "owner", owner, sizeof owner);
    act.epoch = read_epoch(request, "copy-epoch");
    if (strcmp(name, "replace") == 0 && (printer_of_owner(owner) || strcmp(owner, WINDOW_OWNER) == 0))
        return paper_replace(desk->sheet.context->office, &act, owner, ret_problem, err);
    *ret_problem = (ApiProblem){ .kind = PROBLEM_BAD_REQUEST };
    return true;
}

bool page_student_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char number[STUDENT_NUMBER_SIZE], path[128];
    bool fresh;
    Refused typed = { .said = "" };
    ApiProblem problem;
    OWNED_DESK desk;
    const Access access = desk_open(request, RIGHT_REVOKE, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!student_path(request, number, path, sizeof path))
        return student_not_found(&desk, answer, err);
    desk_field(request, "document", typed.document, sizeof typed.document);
    desk_field(request, "reason", typed.reason, sizeof typed.reason);
    if (!desk_fresh(&desk, request, &fresh, err))
        return false;
    if (!fresh) {
        typed.said = say_student(&desk, "needs-code");
        return show(&desk, number, &typed, 422, answer, err);
    }
    if (!act_on_paper(request, &desk, number, &typed, &problem, err))
        return false;
    if (problem.kind == PROBLEM_FORM || problem.kind == PROBLEM_NOT_ALLOWED) {
        typed.said = say_student(&desk, problem.kind == PROBLEM_FORM ? "wants-reason" : "not-replaced");
        return show(&desk, number, &typed, 422, answer, err);
    }
    return desk_redirect(&desk, path, &problem, answer, err);
}

/* --- with the card ------------------------------------------------------------------------------------------------ */

/* Somebody says at the window that the card is lost: whoever finds the student here blocks it.  Nothing is lost by it,
 * so no fresh code is asked for. */
bool page_student_card(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char number[STUDENT_NUMBER_SIZE], path[128];
    ApiProblem problem = { 0 };
    int64_t student = 0;
    bool blocked;
    OWNED_DESK desk;
    const Access access = desk_open(request, RIGHT_STUDENTS, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    const DeskWho who = who_of(&desk);
    if (!student_path(request, number, path, sizeof path))
        return student_not_found(&desk, answer, err);
    if (!desk_student_of_number(desk.sheet.context->office, &who, number, &student, err))
        return false;
    if (student == 0)
        return student_not_found(&desk, answer, err);
    return cards_block_for(desk.sheet.context->office, student, who.actor, "staff", &blocked, err) &&
           desk_redirect(&desk, path, &problem, answer, err);
}
