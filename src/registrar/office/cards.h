/* Cards with a PIN (wire/card.h): a student has one at most that opens anything.
 *
 * A PIN is argon2id over HMAC(pepper, PIN), a card its keyed hash.  Before a PIN is looked at its try is reserved
 * twice: as any sign-in's (limits.h), under a name of the card's own, so that wrong PINs never delay the password; and
 * with the card, which five wrong ones in succession block.  A blocked card has no PIN any more: it opens again when
 * its student, signed in by password or phone, sets a new one.  Blocking ends what sessions the card had begun. */
#ifndef REGISTRAR_OFFICE_CARDS_H
#define REGISTRAR_OFFICE_CARDS_H

#include "registrar/office/sessions.h"
#include "registrar/store/cards.h"
#include "wire/card.h"
#include "wire/token.h"

#define CARD_TRIES 5 /* wrong PINs in succession */

/* SIGN_IN_REFUSED: a wrong PIN, or no card of anybody's: one as slow as the other; who answers lets it leave as a wrong
 * password.  *ret_problem: PROBLEM_CARD_BLOCKED, told without a look at the PIN.  source: as of sign_in. */
bool card_sign_in(Office *office, const Kiosk *kiosk, const char *source, const ApiCardPin *given,
                  ApiProblem *ret_problem, SignInOutcome *ret_outcome, ApiSession *ret, int *ret_retry_after_s,
                  Error *err) MUST_USE;

bool card_look(Office *office, const Session *session, ApiCard *ret, Error *err) MUST_USE;
/* The PIN of this card from now on; another active one is blocked.  PROBLEM_NOT_ALLOWED: a weak session, a visitor's,
 * or one that a card began; PROBLEM_CARD_TAKEN; PROBLEM_PIN_EASY. */
bool card_set(Office *office, const Session *session, const ApiCardPin *given, ApiProblem *ret_problem, ApiCard *ret,
              Error *err) MUST_USE;
/* Whatever cards the student has, at once; none, or blocked already: nothing happens. */
bool card_block(Office *office, const Session *session, ApiCard *ret, Error *err) MUST_USE;

/* Staff and phones: actor "staff:NAME" or "student:17", where "staff" or "phone".  *ret_blocked: one was active. */
bool cards_block_for(Office *office, int64_t student, const char *actor, const char *where, bool *ret_blocked,
                     Error *err) MUST_USE;
/* The page whose address card_look told: who has it blocks the card, and can do nothing else.  token NULL: none such.
 * *ret_found: false for addresses of nobody's and of an earlier PIN. */
bool card_door_look(Office *office, const Token *token, bool *ret_found, bool *ret_blocked, Error *err) MUST_USE;
bool card_door_block(Office *office, const Token *token, bool *ret_found, Error *err) MUST_USE;
/* What stands at the desk. */
bool card_of_student(Office *office, int64_t student, bool *ret_found, CardRow *ret, Error *err) MUST_USE;

#endif
