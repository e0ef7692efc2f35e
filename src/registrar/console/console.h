/* The console: what staff do, at /office for whoever is signed in (office/staff_door.h).  A form carries a proof
 * against forgery, comes from our own page and names the epoch that its reader saw. */
#ifndef REGISTRAR_CONSOLE_CONSOLE_H
#define REGISTRAR_CONSOLE_CONSOLE_H

#include "registrar/http/server.h"

/* For the people's listener, behind its own routes; the context of each is an ApiContext (api/routes.h). */
extern const HttpRoute console_routes[];
extern const size_t console_route_count;

#endif
