/* Services and pages: what is offered (office/offers.h), as the editor loads and keeps it.  Inside console/. */
#ifndef REGISTRAR_CONSOLE_CONTENT_OFFERS_H
#define REGISTRAR_CONSOLE_CONTENT_OFFERS_H

#include "registrar/console/content.h"

/* Every file of this kind that stands, off or not. */
bool content_offers_list(Desk *desk, Office *office, ShelfKind kind, json_t *rows, Error *err) MUST_USE;
bool content_offers_load(Editing *editing, ShelfKind kind, const char *from, Error *err) MUST_USE;
bool content_offers_keep(Editing *editing, ShelfKind kind, bool gone, EditOutcome *ret_outcome,
                         char ret_id[CONTENT_ID_SIZE], Error *err) MUST_USE;

#endif
