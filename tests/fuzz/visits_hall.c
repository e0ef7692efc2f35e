/* What the registrar in the mind tells of the university and of its hall: pages, topics, tickets, calls, slips; and
 * what the record says. */
#include "visits.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"

#define TEXT(words) "{\"uz\":\"" words "\",\"uz-Cyrl\":\"" words "\",\"ru\":\"" words "\",\"en\":\"" words "\"}"
#define PAGE(id, topic, blocks)                                                                                        \
    "{\"id\":\"" id "\",\"topic\":\"" topic "\",\"icon\":\"doc\",\"order\":10,\"open\":true,\"titles\":" TEXT(         \
        id) ",\"help\":" TEXT("Help") ",\"blocks\":[" blocks "]}"
#define HOURS "{\"block\":\"hours\"}"
#define LEADS "{\"block\":\"page\",\"page\":\"hours\"}"
#define ITEMS "{\"block\":\"items\",\"items\":[{\"id\":\"chess\",\"title\":\"Chess\",\"link\":\"https://chess.uz/a\"}]}"

void make_information(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    static const char text[] =
        "{\"pages\":[" PAGE("clubs", "life", ITEMS "," LEADS) "," PAGE("hours", "office", HOURS) "]}";
    static const char other[] = "{\"pages\":[" PAGE("hours", "office", HOURS) "]}";

    (void)player, (void)answering;
    msg->as.information = event->v[0] == 1 ? NULL : information_parse(str_from(event->v[0] ? other : text), NULL);
}

void make_study(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    ApiStudy *study = event->v[0] ? NULL : mem_new(1, sizeof *study);

    (void)player;
    if (!study)
        return;
    str_copy_cut(STR("2026-11-24"), study->today, sizeof study->today);
    study->order_count = 1;
    world_mark(answering->visit, "order", study->orders[0].number, sizeof study->orders[0].number);
    msg->as.study = study;
}

void make_looks(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    ApiLooks *looks = event->v[0] ? NULL : mem_new(1, sizeof *looks);

    (void)player;
    if (!looks)
        return;
    looks->count = (uint32_t)event->v[1] % 4;
    world_mark(answering->visit, "looked", looks->items[0].number, sizeof looks->items[0].number);
    msg->as.looks = looks;
}

/* Open with one topic or none, or a university without tickets. */
void make_hall(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    ApiHall *hall = event->v[0] == 1 ? NULL : mem_new(1, sizeof *hall);

    (void)answering;
    if (!hall)
        return;
    hall->topic_count = event->v[1] ? (uint32_t)event->v[1] % 3 : 2;
    for (size_t i = 0; i < hall->topic_count; i++) {
        (void)!snprintf(hall->topics[i].id, sizeof hall->topics[i].id, "topic-%zu", i);
        str_copy_cut(STR("Papers"), hall->topics[i].titles[0], sizeof hall->topics[i].titles[0]);
        hall->topics[i].open = event->v[2] == 0;
        hall->topics[i].expected_s = event->v[2] ? -1 : 300;
    }
    hall->help = event->v[3] == 0;
    hall->window = 2;
    hall->called_count = event->v[4] ? 1 : 0;
    str_copy_cut(STR("A-001"), hall->called[0].number, sizeof hall->called[0].number);
    hall->called[0].at_s = player->wall_ms / 1000 - (event->v[5] & 1);
    msg->as.hall = hall;
}

/* One that was asked for or looked at; in the state that it has, or another. */
void make_ticket(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    const TicketsState *tickets = &player->model.visit.tickets;
    ApiTicket *ticket = &msg->as.ticket;

    (void)answering;
    memcpy(ticket->id, tickets->ticket.id[0] ? tickets->ticket.id : tickets->key, sizeof ticket->id);
    if (event->v[1])
        world_job_id(700000000, ticket->id);
    str_copy_cut(STR("topic-0"), ticket->topic, sizeof ticket->topic);
    str_copy_cut(STR("A-014"), ticket->number, sizeof ticket->number);
    ticket->state = (ApiTicketState)((uint32_t)event->v[0] % (TICKET_STATE_COUNT + 1));
    ticket->place = 3;
    ticket->expected_s = event->v[2] ? -1 : 600;
    ticket->window = ticket->state == TICKET_CALLED ? 2 : 0;
    str_copy_cut(STR("HTTPS://LOCALHOST:8443/T/0123456789ABCDEFGHJK"), ticket->address, sizeof ticket->address);
    if (event->v[3])
        memset(ticket->address, '@', sizeof ticket->address - 1);
}

void make_call(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    const HelpState *help = &player->model.visit.help;

    (void)answering;
    memcpy(msg->as.call.id, help->call.id[0] ? help->call.id : help->key, sizeof msg->as.call.id);
    if (event->v[1])
        world_job_id(700000001, msg->as.call.id);
    msg->as.call.state = (ApiCallState)((uint32_t)event->v[0] % (CALL_STATE_COUNT + 1));
    msg->as.call.window = event->v[2] & 3;
}

void make_slip(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    char text[40];

    (void)player;
    world_mark(answering->visit, "slip", text, sizeof text);
    msg->as.slip.pdf = event->v[0] ? NULL : blob_new(text, strlen(text) + 1);
}
