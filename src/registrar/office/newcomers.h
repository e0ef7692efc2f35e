/* Whom HEMIS has just let in: found in the register, or entered in it with the profile that HEMIS tells.  What is known
 * of who is there already stays as it is.  Inside office/. */
#ifndef REGISTRAR_OFFICE_NEWCOMERS_H
#define REGISTRAR_OFFICE_NEWCOMERS_H

#include "registrar/office/inside.h"

typedef struct Newcomer {
    int64_t student;
    bool found; /* there is such a student now; false: nobody knows them, and HEMIS did not tell who it is */
    bool told;  /* HEMIS told the profile just now */
    bool password_is_first; /* where it was told */
} Newcomer;

/* token: of who signed in with this number; NULL: HEMIS gave none, and only who is there already is found.  Waits for
 * one answer of HEMIS. */
bool newcomer_take(Office *office, const char *number, const HemisToken *token, Newcomer *ret, Error *err) MUST_USE;

#endif
