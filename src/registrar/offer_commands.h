/* What `registrar catalogue` and `registrar information` have in common: faults in lines, putting and taking away. */
#ifndef REGISTRAR_OFFER_COMMANDS_H
#define REGISTRAR_OFFER_COMMANDS_H

#include "registrar/office/offers.h"

/* A line each: file, path in it, reason. */
void offer_faults_print(const ShelfFaults *faults);
/* Puts this file as what it says it is; *ret_whole: it was not refused, which is printed otherwise. */
bool offer_put_file(const char *data, ShelfKind kind, const char *path, bool *ret_whole, Error *err) MUST_USE;
/* Takes away what was put, also where it is why no office opens any more. */
bool offer_take_away(const char *data, ShelfKind kind, const char *id, bool *ret_whole, Error *err) MUST_USE;

#endif
