/* States of signing in with one's own phone. */
#ifndef GALLERY_STATES_GRANT_H
#define GALLERY_STATES_GRANT_H

#include "gallery/states_visit.h"

#define GRANT_ID "60000000-0000-4000-8000-000000000001"

static Msg grant_answer(const Glass *glass, MsgKind kind)
{
    return (Msg){ .kind = kind, .visit = glass->model.visits, .asked = glass->model.visit.grant.errand.asked };
}

static void grant_waiting(Glass *glass)
{
    sign_in_number(glass);
    glass_act(glass, ACT_GRANT, 0);
}

static void grant_code(Glass *glass)
{
    grant_waiting(glass);
    Msg msg = grant_answer(glass, MSG_GRANT_OFFERED);
    msg.as.grant_offer = (ApiGrantOffer){ .grant = GRANT_ID,
                                          .device_code = "device",
                                          .user_code = "WDJB-MJHT",
                                          .verification_uri = "https://hujjat.namuna.uz/g",
                                          .verification_uri_complete = "HTTPS://HUJJAT.NAMUNA.UZ/G/WDJBMJHT",
                                          .expires_in = 120,
                                          .interval = 5 };
    glass_send(glass, &msg);
}

static void grant_becomes(Glass *glass, ApiGrantState state)
{
    Msg changed = { .kind = MSG_CHANGED, .as.changed.event = { .what = CHANGED_GRANT, .id = GRANT_ID } };
    Msg msg;

    if (glass->model.visit.grant.errand.doing == CMD_NONE) /* it is asked how it is */
        glass_send(glass, &changed);
    msg = grant_answer(glass, MSG_GRANT);
    msg.as.grant = (ApiGrant){ .id = GRANT_ID, .state = state, .seconds_left = 55 };
    glass_send(glass, &msg);
}

static void grant_opened(Glass *glass)
{
    grant_code(glass);
    grant_becomes(glass, GRANT_OPENED);
}

static void grant_digits(Glass *glass)
{
    grant_opened(glass);
    grant_becomes(glass, GRANT_DIGITS);
}

static void grant_typed(Glass *glass)
{
    grant_digits(glass);
    glass_type(glass, "42");
}

static void grant_entering(Glass *glass)
{
    grant_typed(glass);
    glass_act(glass, ACT_GRANT_DIGITS, 0);
    grant_becomes(glass, GRANT_MATCHED);
}

static void grant_unsaid(Glass *glass)
{
    Msg msg;

    grant_typed(glass);
    glass_act(glass, ACT_GRANT_DIGITS, 0);
    msg = grant_answer(glass, MSG_FAILED);
    msg.as.failed.command = CMD_GRANT_DIGITS;
    glass_send(glass, &msg);
}

static void grant_wrong(Glass *glass)
{
    grant_typed(glass);
    glass_act(glass, ACT_GRANT_DIGITS, 0);
    grant_becomes(glass, GRANT_DENIED);
}

static void grant_denied(Glass *glass)
{
    grant_opened(glass);
    grant_becomes(glass, GRANT_DENIED);
}

static void grant_late(Glass *glass)
{
    grant_code(glass);
    grant_becomes(glass, GRANT_EXPIRED);
}

static void grant_fails(Glass *glass, ApiProblemKind problem)
{
    grant_waiting(glass);
    Msg msg = grant_answer(glass, MSG_FAILED);
    msg.as.failed.command = CMD_GRANT;
    msg.as.failed.problem.kind = problem;
    glass_send(glass, &msg);
}

static void grant_limit(Glass *glass)
{
    grant_fails(glass, PROBLEM_LIMIT);
}

static void grant_away(Glass *glass)
{
    grant_fails(glass, PROBLEM_NONE);
}

#endif
