/* The registrar of signing in with a phone: codes that are personal, and a phone that goes on or does not. */
#include "visits.h"

#include <stdio.h>
#include <string.h>

void make_grant_offer(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    ApiGrantOffer *offer = &msg->as.grant_offer;

    (void)!snprintf(offer->grant, sizeof offer->grant, "00000000-0000-4000-9100-%012u", ++player->world.grants);
    world_mark(answering->visit, "device", offer->device_code, sizeof offer->device_code);
    world_mark(answering->visit, "", offer->user_code, sizeof offer->user_code);
    (void)!snprintf(offer->verification_uri, sizeof offer->verification_uri, "https://localhost:8443/g");
    (void)!snprintf(offer->verification_uri_complete, sizeof offer->verification_uri_complete,
                    "HTTPS://LOCALHOST:8443/G/%08u", player->world.grants);
    if (event->v[0]) /* no QR code holds it */
        memset(offer->verification_uri_complete, '@', sizeof offer->verification_uri_complete - 1);
    offer->expires_in = 120 + event->v[1] % 120;
    offer->interval = 5;
}

/* v[0]: as it is on the glass; 1 and more: whatever it is now. */
void make_grant(Player *player, const Event *event, const Answering *answering, Msg *msg)
{
    ApiGrant *grant = &msg->as.grant;

    memcpy(grant->id, answering->asked.key, sizeof grant->id);
    if (event->v[1])
        grant->id[0] = '1';
    grant->state = event->v[0] ? (ApiGrantState)(((uint32_t)event->v[0] - 1) % GRANT_STATE_COUNT)
                               : player->model.visit.grant.state;
    grant->seconds_left = 60 + event->v[2] % 60;
}
