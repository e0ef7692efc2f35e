/* What the registrar in the mind answers of applications: what the record gives to choose from, photographs of papers,
 * and a request in full. */
#include "visits.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"

void world_lists(uint32_t visit, uint32_t count, Lists *ret)
{
    *ret = (Lists){ 0 };
    if (!lists_begin(ret, "debts"))
        return;
    for (uint32_t i = 0; i < count; i++) {
        ListItem *item = lists_add(ret);
        if (!item)
            return;
        (void)!snprintf(item->id, sizeof item->id, "debt-%u", i);
        for (int l = 0; l < LANGUAGE_COUNT; l++)
            world_mark(visit, "subject", item->label[l], sizeof item->label[l]);
        item->credits = (int)i + 2;
        item->sum = 100000 * (int64_t)i;
    }
}

CmdKind world_papers_command(World *world)
{
    return world_newest(world, CMD_PAPERS, CMD_PAPERS_STATE);
}

/* A new set for CMD_PAPERS, else the one that was asked for; in the state that it has on the glass, or another. */
void make_papers(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    const ApiPapers *now = &player->model.visit.papers.set;
    ApiPapers *papers = &msg->as.papers;

    memcpy(papers->id, answering->asked.key, sizeof papers->id);
    papers->state = event->v[0] ? (ApiPapersState)(((uint32_t)event->v[0] - 1) % (PAPERS_STATE_COUNT + 1)) : now->state;
    papers->pages = (int)(event->v[1] % 12);
    papers->most = 4;
    if (world_papers_command(&player->world) != CMD_PAPERS && !event->v[2])
        return;
    (void)!snprintf(papers->id, sizeof papers->id, "00000000-0000-4000-a000-%012u", ++player->world.links);
    (void)!snprintf(papers->address, sizeof papers->address, "HTTPS://LOCALHOST:8443/U/%028u", player->world.links);
    if (event->v[3]) /* no QR code holds it */
        memset(papers->address, '@', sizeof papers->address - 1);
    papers->state = event->v[0] ? papers->state : PAPERS_OFFERED;
    papers->pages = event->v[0] ? papers->pages : 0;
}

void make_picture(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    char text[40];

    (void)player;
    world_mark(answering->visit, "photo", text, sizeof text);
    msg->as.picture.png = event->v[0] ? NULL : blob_new(text, strlen(text));
    msg->as.picture.page = (int)((uint32_t)answering->asked.job + (uint32_t)event->v[1]);
}

/* Of the request that is on the glass, mostly: with steps, and answered as somebody may have answered it. */
void make_request(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    ApiRequestDetails *details = event->v[0] ? NULL : mem_new(1, sizeof *details);
    char words[40];

    (void)player;
    if (!details)
        return;
    msg->as.details = details;
    details->line.state = (ApiRequestState)((uint32_t)event->v[1] % (REQUEST_STATE_COUNT + 1));
    details->can_answer = event->v[2] != 0;
    details->begun = event->v[2] > 1;
    if (details->begun)
        str_copy_cut(event->v[4] ? STR("place") : STR("proof"), details->question, sizeof details->question);
    details->language = (Language)((uint32_t)event->v[3] % LANGUAGE_COUNT);
    memcpy(details->line.id, answering->asked.key, sizeof details->line.id);
    str_copy_cut(event->v[4] ? STR("record") : STR("retake"), details->line.service, sizeof details->line.service);
    world_mark(answering->visit, "no", details->line.number, sizeof details->line.number);
    world_mark(answering->visit, "what staff wrote", details->line.words, sizeof details->line.words);
    world_mark(answering->visit, "words", words, sizeof words);
    (void)!answers_set(&details->answers, event->v[4] ? "receiver" : "subjects",
                       event->v[4] ? STR("other") : STR("debt-0,debt-1"));
    if (event->v[4])
        (void)!answers_set(&details->answers, "place", str_from(words));
    else
        (void)!answers_set(&details->answers, "proof", STR(PAPER_AT_WINDOW));
    details->stage_count = (uint32_t)event->v[5] % (API_STAGES_MOST + 2);
    details->paper_count = (uint32_t)event->v[5] % (API_PAPERS_MOST + 2);
    for (size_t i = 0; i < API_STAGES_MOST; i++) {
        str_copy_cut(STR("dean"), details->stages[i].unit, sizeof details->stages[i].unit);
        details->stages[i].state = (ApiStageState)(i % API_STAGE_STATE_COUNT);
    }
    str_copy_cut(STR("proof"), details->papers[0].field, sizeof details->papers[0].field);
    world_mark(answering->visit, "order", details->order_number, sizeof details->order_number);
}
