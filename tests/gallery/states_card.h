/* States of a card and its PIN: signing in, and the student's own. */
#ifndef GALLERY_STATES_CARD_H
#define GALLERY_STATES_CARD_H

#include "gallery/states_visit.h"

static void card_heard_as(Glass *glass, CardFault fault)
{
    Msg msg = { .kind = MSG_CARD, .as.card = { .what = CARD_WAS_READ, .fault = fault, .stays = true, .reader = true } };

    str_copy_cut(str_from("04A1B2C3D4E580"), msg.as.card.card, sizeof msg.as.card.card);
    glass_send(glass, &msg);
}

static void card_reader(Glass *glass)
{
    Msg msg = { .kind = MSG_CARD, .as.card = { .what = CARD_READER_IS, .reader = true } };

    glass_send(glass, &msg);
}

static void card_pin(Glass *glass)
{
    card_reader(glass);
    sign_in_number(glass);
    card_heard_as(glass, CARD_OK);
}

static void card_pin_typed(Glass *glass)
{
    card_pin(glass);
    glass_type(glass, "7305");
}

static void card_pin_waiting(Glass *glass)
{
    card_pin_typed(glass);
    glass_act(glass, ACT_CARD_ENTER, 0);
    glass_wait(glass, 5000);
}

static void card_pin_ends(Glass *glass, ApiProblemKind problem)
{
    card_pin_typed(glass);
    glass_act(glass, ACT_CARD_ENTER, 0);
    glass_fail(glass, CMD_CARD_SIGN_IN, problem);
}

static void card_pin_wrong(Glass *glass)
{
    card_pin_ends(glass, PROBLEM_SIGN_IN_REFUSED);
}

static void card_pin_limited(Glass *glass)
{
    card_pin_ends(glass, PROBLEM_LIMIT);
}

static void card_is_blocked(Glass *glass)
{
    card_pin_ends(glass, PROBLEM_CARD_BLOCKED);
}

static void card_away(Glass *glass)
{
    card_pin_ends(glass, PROBLEM_NONE);
}

static void card_unreadable(Glass *glass)
{
    card_reader(glass);
    sign_in_number(glass);
    card_heard_as(glass, CARD_UNREADABLE);
}

static void card_pulled(Glass *glass)
{
    Msg msg = { .kind = MSG_CARD, .as.card = { .what = CARD_WAS_PULLED, .reader = true } };

    card_pin_typed(glass);
    glass_send(glass, &msg);
}

static void card_mine_asked(Glass *glass)
{
    card_reader(glass);
    home(glass);
    glass_act(glass, ACT_CARD, 0);
}

static void card_mine_told(Glass *glass, ApiCard mine)
{
    Msg msg = glass_answer(glass, MSG_MY_CARD);

    msg.as.my_card = mine;
    glass_send(glass, &msg);
}

static void card_mine_waiting(Glass *glass)
{
    card_mine_asked(glass);
    glass_wait(glass, 5000);
}

static void card_mine_none(Glass *glass)
{
    card_mine_asked(glass);
    card_mine_told(glass, (ApiCard){ .state = API_CARD_NONE, .may_set = true });
}

static void card_mine_by_card(Glass *glass)
{
    card_mine_asked(glass);
    card_mine_told(glass, (ApiCard){ .state = API_CARD_ACTIVE, .since_s = GLASS_WALL_MS / 1000 - 86400 });
}

static void card_mine_wrong_pins(Glass *glass)
{
    card_mine_asked(glass);
    card_mine_told(glass, (ApiCard){ .state = API_CARD_BLOCKED,
                                     .may_set = true,
                                     .by_wrong_pins = true,
                                     .since_s = GLASS_WALL_MS / 1000 - 600 });
}

static void card_hold(Glass *glass)
{
    card_mine_none(glass);
    glass_act(glass, ACT_CARD_NEW, 0);
}

static void card_new(Glass *glass)
{
    card_hold(glass);
    card_heard_as(glass, CARD_OK);
}

static void card_new_easy(Glass *glass)
{
    card_new(glass);
    glass_type(glass, "1234");
    glass_act(glass, ACT_CARD_ENTER, 0);
}

static void card_again(Glass *glass)
{
    card_new(glass);
    glass_type(glass, "7305");
    glass_act(glass, ACT_CARD_ENTER, 0);
}

static void card_set(Glass *glass)
{
    card_again(glass);
    glass_type(glass, "7305");
    glass_act(glass, ACT_CARD_ENTER, 0);
    card_mine_told(glass, (ApiCard){ .state = API_CARD_ACTIVE,
                                     .may_set = true,
                                     .since_s = GLASS_WALL_MS / 1000,
                                     .block_address = "HTTPS://HUJJAT.NAMUNA.UZ/C/7K3M9QXD2HVT58WE3TQFR6XK4A2B" });
}

static void card_block(Glass *glass)
{
    card_set(glass);
    glass_act(glass, ACT_CARD_BLOCK, 0);
}

static void card_blocked_by_student(Glass *glass)
{
    card_block(glass);
    glass_act(glass, ACT_CARD_BLOCK_YES, 0);
    card_mine_told(glass, (ApiCard){ .state = API_CARD_BLOCKED, .may_set = true, .since_s = GLASS_WALL_MS / 1000 });
}

#endif
