/* The reader, the scanner, and what the registrar tells of a student's card. */
#include "visits.h"

#include <stdio.h>

/* What was read of it is personal: a card, or the number that is printed on it. */
void make_card(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    MsgCard *card = &msg->as.card;
    const uint32_t visit = player->model.visits + !player->model.visit.active; /* a card begins the next */

    (void)answering;
    card->what = (CardWhat)((uint32_t)event->v[0] % CARD_WHAT_COUNT);
    card->reader = event->v[1] == 0;
    card->kind = event->v[2] ? CARD_CODE : CARD_CHIP;
    card->fault = (CardFault)((uint32_t)event->v[3] % (CARD_NUMBER + 1));
    card->stays = event->v[4] != 0 && card->kind == CARD_CHIP;
    if (card->what != CARD_WAS_READ)
        return;
    if (card->fault == CARD_OK)
        world_mark(visit, event->v[5] ? "another card" : "card", card->card, sizeof card->card);
    else if (card->fault == CARD_NUMBER)
        (void)!snprintf(card->card, sizeof card->card, MARK_NUMBER "%05u0", visit % 100000);
}

/* v[0]: as it becomes by what was asked; 1 and more: whatever it is. */
void make_my_card(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    ApiCard *card = &msg->as.my_card;
    const CmdKind asked = world_newest(&player->world, CMD_CARD, CMD_CARD_BLOCK);

    (void)answering;
    card->state = event->v[0]               ? (ApiCardState)((uint32_t)event->v[0] % API_CARD_STATE_COUNT)
                  : asked == CMD_CARD_BLOCK ? API_CARD_BLOCKED
                                            : API_CARD_ACTIVE;
    card->may_set = event->v[1] == 0;
    card->by_wrong_pins = event->v[2] != 0;
    card->since_s = 1795000000;
}
