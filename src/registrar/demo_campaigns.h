/* The demo university's campaigns (assets/demo/campaigns.json): in days from the one on which it is made, so that
 * whenever it is shown something is open and something lies ahead. */
#ifndef REGISTRAR_DEMO_CAMPAIGNS_H
#define REGISTRAR_DEMO_CAMPAIGNS_H

#include "registrar/store/store.h"

/* With an act for each. */
bool demo_campaigns_put(Store *store, int64_t now_ms, Error *err) MUST_USE;

#endif
