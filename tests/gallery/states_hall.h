/* States of the windows: tickets, calls for a person, the hall's own screen. */
#ifndef GALLERY_STATES_HALL_H
#define GALLERY_STATES_HALL_H

#include "gallery/states_more.h"

#define HALL_S (GLASS_WALL_MS / 1000)

static void hall_topic(ApiTopic *topic, const char *id, const char *const titles[LANGUAGE_COUNT], int waiting,
                       int expected_s)
{
    *topic =
        (ApiTopic){ .open = true, .windows = expected_s < 0 ? 0 : 2, .waiting = waiting, .expected_s = expected_s };
    str_copy_cut(str_from(id), topic->id, sizeof topic->id);
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (titles[i])
            str_copy_cut(str_from(titles[i]), topic->titles[i], sizeof topic->titles[i]);
}

static void hall_called(ApiHall *hall, const char *number, int window, bool serving, int64_t ago_s)
{
    ApiCalled *called = &hall->called[hall->called_count++];

    *called = (ApiCalled){ .window = window, .calls = 1, .serving = serving, .at_s = HALL_S - ago_s };
    str_copy_cut(str_from(number), called->number, sizeof called->number);
}

static void hall_fill(ApiHall *hall, size_t called)
{
    static const char *const titles[][LANGUAGE_COUNT] = {
        { "Maʼlumotnoma va hujjatlar", "Маълумотнома ва ҳужжатлар", "Справки и документы",
          "Certificates and documents" },
        { "Arizalar", "Аризалар", "Заявления", "Applications" },
        { "Oʻqish, baholar, qarzdorlik", "Ўқиш, баҳолар, қарздорлик", "Учёба, оценки, задолженности",
          "Studies, marks, debts" },
        { "Kontrakt va toʻlovlar", "Контракт ва тўловлар", "Контракт и оплата", "Contract and payments" },
        { "Yotoqxona va ijara", "Ётоқхона ва ижара", "Общежитие и аренда", "Dormitory and rent" },
        { "HEMIS va parollar", "HEMIS ва пароллар", "HEMIS и пароли", "HEMIS and passwords" },
    };
    static const char *const ids[] = { "papers", "applications", "study", "payments", "housing", "account" };
    static const int waiting[] = { 12, 3, 0, 1, 4, 0 }, expected[] = { 1260, 420, 0, -1, 900, -1 };
    static const struct {
        const char *number;
        int window;
        bool serving;
    } at[] = { { "A-015", 3, false }, { "B-004", 1, false }, { "A-014", 2, true }, { "C-009", 4, true } };

    *hall = (ApiHall){ .help = true, .window = 2, .topic_count = COUNT(ids) };
    for (size_t i = 0; i < COUNT(ids); i++)
        hall_topic(&hall->topics[i], ids[i], titles[i], waiting[i], expected[i]);
    hall->topics[5].open = false;
    for (size_t i = 0; i < called && i < COUNT(at); i++)
        hall_called(hall, at[i].number, at[i].window, at[i].serving, (int64_t)i * 45);
}

static void hall_tell(Glass *glass, size_t called)
{
    Msg msg = { .kind = MSG_HALL };

    msg.as.hall = mem_new(1, sizeof *msg.as.hall);
    assert_non_null(msg.as.hall);
    hall_fill(msg.as.hall, called);
    glass_send(glass, &msg);
}

/* --- tickets ------------------------------------------------------------------------------------------------------ */

static void attract_tickets(Glass *glass)
{
    glass_serve(glass);
    hall_tell(glass, 0);
}

static void home_tickets(Glass *glass)
{
    home_rich(glass);
    hall_tell(glass, 0);
}

static void topics(Glass *glass)
{
    home_tickets(glass);
    glass_act(glass, ACT_TICKETS, 0);
}

static void topics_first(Glass *glass)
{
    attract_tickets(glass);
    glass_act(glass, ACT_TICKETS, 0);
}

static void ticket_fail(Glass *glass, ApiProblemKind problem)
{
    Msg msg = glass_answer(glass, MSG_FAILED);

    msg.asked = glass->model.visit.tickets.errand.asked;
    msg.as.failed.command = CMD_TICKET;
    msg.as.failed.code = ERR_CONFLICT;
    msg.as.failed.problem = (ApiProblem){ .kind = problem };
    glass_send(glass, &msg);
}

static void topics_closed(Glass *glass)
{
    topics(glass);
    glass_act(glass, ACT_TOPIC, 0);
    ticket_fail(glass, PROBLEM_CLOSED);
}

static void topics_limit(Glass *glass)
{
    topics(glass);
    glass_act(glass, ACT_TOPIC, 0);
    ticket_fail(glass, PROBLEM_LIMIT);
}

static void topics_waiting(Glass *glass)
{
    topics(glass);
    glass_act(glass, ACT_TOPIC, 1);
}

static ApiTicket a_ticket(ApiTicketState state)
{
    const bool waits = api_ticket_waits(state);

    return (ApiTicket){ .id = "50000000-0000-4000-8000-000000000001",
                        .number = "A-016",
                        .topic = "papers",
                        .state = state,
                        .place = waits ? 4 : 0,
                        .expected_s = waits ? 780 : -1,
                        .window = waits ? 0 : 3,
                        .window_place = "1-qavat, 102-xona",
                        .calls = waits ? 0 : 1,
                        .taken_at_s = HALL_S - 600,
                        .address = "HTTPS://HUJJAT.NAMUNA.UZ/T/7K3M9QXD2HVT7K3M9QXD2HVT7K3M" };
}

static void ticket_told(Glass *glass, ApiTicketState state)
{
    Msg msg = glass_answer(glass, MSG_TICKET);

    msg.asked = glass->model.visit.tickets.errand.asked;
    msg.as.ticket = a_ticket(state);
    glass_send(glass, &msg);
}

static void ticket(Glass *glass)
{
    topics(glass);
    glass_act(glass, ACT_TOPIC, 0);
    ticket_told(glass, TICKET_WAITING);
}

static void ticket_first(Glass *glass)
{
    topics_first(glass);
    glass_act(glass, ACT_TOPIC, 0);
    ticket_told(glass, TICKET_WAITING);
}

/* It is looked at again by itself, and is another by then. */
static void ticket_turns(Glass *glass, ApiTicketState state)
{
    ticket(glass);
    glass_wait(glass, TICKET_POLL_MS);
    ticket_told(glass, state);
}

static void ticket_called(Glass *glass)
{
    ticket_turns(glass, TICKET_CALLED);
}

static void ticket_serving(Glass *glass)
{
    ticket_turns(glass, TICKET_SERVING);
}

static void ticket_served(Glass *glass)
{
    ticket_turns(glass, TICKET_SERVED);
}

static void ticket_missed(Glass *glass)
{
    ticket_turns(glass, TICKET_NO_SHOW);
}

static void ticket_expired(Glass *glass)
{
    ticket_turns(glass, TICKET_EXPIRED);
}

static void ticket_given_up(Glass *glass)
{
    ticket_turns(glass, TICKET_GIVEN_UP);
}

static void ticket_leaving(Glass *glass)
{
    ticket(glass);
    glass_act(glass, ACT_TICKET_GIVE_UP, 0);
}

static void ticket_slip(Glass *glass, SlipPhase phase)
{
    ticket(glass);
    glass_printer(glass, PRINTER_READY);
    glass->model.visit.slip.phase = phase;
    glass_wait(glass, 1);
}

static void ticket_printing(Glass *glass)
{
    ticket_slip(glass, SLIP_PRINTING);
}

static void ticket_printed(Glass *glass)
{
    ticket_slip(glass, SLIP_PRINTED);
}

static void ticket_not_printed(Glass *glass)
{
    ticket_slip(glass, SLIP_FAILED);
}

static void fault_with_tickets(Glass *glass)
{
    not_allowed(glass);
    hall_tell(glass, 0);
    glass_act(glass, ACT_WINDOW, 0);
}

/* --- a person ----------------------------------------------------------------------------------------------------- */

static void call_question(Glass *glass)
{
    form_place(glass);
    hall_tell(glass, 0);
    glass_act(glass, ACT_CALL, 0);
}

static void call_stranger(Glass *glass)
{
    sign_in_number(glass);
    hall_tell(glass, 0);
    glass_act(glass, ACT_CALL, 0);
}

static void call_asked(Glass *glass)
{
    call_question(glass);
    glass_act(glass, ACT_CALL_YES, 1);
}

static void call_told(Glass *glass, ApiCallState state)
{
    Msg msg = glass_answer(glass, MSG_CALL);

    msg.asked = glass->model.visit.help.errand.asked;
    msg.as.call = (ApiCall){ .id = "60000000-0000-4000-8000-000000000001", .state = state, .window = 2 };
    glass_send(glass, &msg);
}

static void call_waiting(Glass *glass)
{
    call_asked(glass);
    call_told(glass, CALL_WAITING);
}

static void call_turns(Glass *glass, ApiCallState state)
{
    call_waiting(glass);
    glass_wait(glass, TICKET_POLL_MS);
    call_told(glass, state);
}

static void call_coming(Glass *glass)
{
    call_turns(glass, CALL_COMING);
}

/* Back at the form: the bar says that somebody is on the way. */
static void call_behind(Glass *glass)
{
    call_coming(glass);
    glass_act(glass, ACT_BACK, 0);
}

static void call_over(Glass *glass)
{
    call_turns(glass, CALL_OVER);
}

static void call_nobody(Glass *glass)
{
    call_turns(glass, CALL_NOBODY);
}

static void call_lost(Glass *glass)
{
    Msg msg;

    call_asked(glass);
    msg = glass_answer(glass, MSG_FAILED);
    msg.asked = glass->model.visit.help.errand.asked;
    msg.as.failed.command = CMD_CALL;
    msg.as.failed.code = ERR_OFFLINE;
    glass_send(glass, &msg);
}

/* --- the hall's screen -------------------------------------------------------------------------------------------- */

static void display_starting(Glass *glass)
{
    glass->model.display = true;
}

static void display(Glass *glass)
{
    glass_serve(glass);
    glass->model.display = true;
    hall_tell(glass, 0);
    hall_tell(glass, 4);
}

static void display_nobody(Glass *glass)
{
    glass_serve(glass);
    glass->model.display = true;
    hall_tell(glass, 0);
}

static void display_notice(Glass *glass)
{
    attract_notice(glass);
    glass->model.display = true;
    hall_tell(glass, 4);
}

static void display_away(Glass *glass)
{
    display(glass);
    for (unsigned i = 0; i < HEARTBEATS_LOST_MOST; i++)
        glass_fail(glass, CMD_HEARTBEAT, PROBLEM_NONE);
}

#endif
