/* The hall as kiosks and its display show it, and what time does to it. */
#ifndef REGISTRAR_OFFICE_HALL_H
#define REGISTRAR_OFFICE_HALL_H

#include "registrar/office/kiosks.h"
#include "registrar/office/line.h"

#define CALL_PATIENCE_S 120 /* nobody said that they come: nobody does */
#define CALL_COMING_S   900 /* somebody said it and told nothing more: they were there */

bool hall_look(Office *office, ApiHall *ret, Error *err) MUST_USE;

/* What there is of it: institution.json's topics. */
const Topics *hall_topics(const Office *office);
/* Tickets of this topic are given at that moment: some window is for it, and the office is open or somebody sits
 * there. */
bool hall_gives(const Office *office, const Line *line, const char *topic, int64_t now_s);

/* The finisher's round: tickets of a day that is over expire, windows that were left open are closed, calls that nobody
 * answered are told so. */
bool hall_round(Office *office, Error *err) MUST_USE;

/* Within the act that changes it: every kiosk's hall is old, and what staff see of it. */
bool hall_say(StoreTransaction *transaction, int64_t now_ms, Error *err) MUST_USE;

#endif
