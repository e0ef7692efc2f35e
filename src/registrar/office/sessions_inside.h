/* Beginning a session, whatever let it begin.  Inside office/. */
#ifndef REGISTRAR_OFFICE_SESSIONS_INSIDE_H
#define REGISTRAR_OFFICE_SESSIONS_INSIDE_H

#include "registrar/connect/hemis/hemis.h"
#include "registrar/office/limits.h"
#include "registrar/office/sessions.h"
#include "registrar/store/cards.h"

/* The card that is to be good still when the session begins: with this PIN's hash. */
typedef struct SessionCard {
    const uint8_t *hash; /* CARD_HASH_SIZE */
    const char *pin;
    bool *ret_lost; /* it was blocked, or given another PIN, meanwhile: there is no session */
} SessionCard;

typedef struct SessionStart {
    int64_t student;
    const char *number;      /* NULL: they have none */
    const char *way;         /* "password", "visitor", "card", "phone": in the act, and the row but for visitors */
    bool weak, visitor;      /* a visitor's is weak */
    bool away;               /* HEMIS did not answer: what we knew of them had to do */
    const HemisToken *token; /* HEMIS's, kept for as long as the session lives; NULL: none */
    const SignInTry *try;    /* is given back; NULL: none was reserved */
    const SessionCard *card; /* NULL: none */
    const char *grant;       /* of grants.h: is used up with the session's beginning; NULL: none */
    bool *ret_grant_lost;    /* with grant: it is not matched any more, and there is no session */
} SessionStart;

bool session_open(Office *office, const Kiosk *kiosk, const SessionStart *start, ApiSession *ret, Error *err) MUST_USE;

#endif
