/* Staff: accounts of people of the office, by whoever looks after those.  What accounts are made of: staff_rules.h;
 * signing in: staff_door.h.
 *
 * A new account has a password and an authenticator's secret that are told once.  Whoever made it has seen the
 * password, so the first sign-in changes it; the secret is shown there once more, to be scanned. */
#ifndef REGISTRAR_OFFICE_STAFF_H
#define REGISTRAR_OFFICE_STAFF_H

#include "registrar/office/office.h"
#include "registrar/office/staff_rules.h"
#include "registrar/office/totp.h"
#include "registrar/store/staff.h"
#include "wire/api.h"

#define STAFF_MOST          500
#define STAFF_START_SIZE    24 /* a password of ours: "kovu-7dem-x3qa-rtz9", and zero */
#define STAFF_ACTOR_SIZE    (STAFF_NAME_SIZE + 8)
#define STAFF_SESSIONS_MOST 40

/* "staff:NAME" */
void staff_actor(char ret[STAFF_ACTOR_SIZE], const char *name);

typedef struct StaffWish {
    const char *name, *full_name;
    const char *roles, *scope; /* as words */
} StaffWish;

/* What is told once: wipe. */
typedef struct StaffSecrets {
    char password[STAFF_PASSWORD_SIZE];
    uint8_t secret[TOTP_SECRET_SIZE];
} StaffSecrets;

/* The account's row, but for what is secret in it. */
typedef struct StaffAccount {
    StaffRow row;
    unsigned roles;
    StaffScope scope; /* as it was given; staff_scope_of_roles says where that leads */
} StaffAccount;

/* actor: "command-line", "staff:NAME".  given NULL: a password and a secret are made, and told in *ret; else these are
 * taken and the account is ready.  *ret_problem: PROBLEM_FORM with a field (name, full-name, roles, scope, password).
 */
bool staff_add(Office *office, const StaffWish *wish, const StaffSecrets *given, const char *actor,
               ApiProblem *ret_problem, StaffSecrets *ret, Error *err) MUST_USE;
/* epoch of the acts below: what the reader saw; 0: whatever it is (the command line).  PROBLEM_NOT_FOUND,
 * PROBLEM_CHANGED; PROBLEM_DECIDED where it would leave no administrator, or is one's own account (but for
 * actor "command-line").  All of them end the person's sessions. */
bool staff_set_roles(Office *office, const StaffWish *wish, uint32_t epoch, const char *actor, ApiProblem *ret_problem,
                     Error *err) MUST_USE;
bool staff_reset(Office *office, const char *name, uint32_t epoch, const char *actor, ApiProblem *ret_problem,
                 StaffSecrets *ret, Error *err) MUST_USE;
bool staff_lock(Office *office, const char *name, bool locked, uint32_t epoch, const char *actor,
                ApiProblem *ret_problem, Error *err) MUST_USE;
bool staff_remove(Office *office, const char *name, uint32_t epoch, const char *actor, ApiProblem *ret_problem,
                  Error *err) MUST_USE;

bool staff_list(Office *office, StaffAccount list[], size_t room, size_t *ret_count, Error *err) MUST_USE;
bool staff_find(Office *office, const char *name, bool *ret_found, StaffAccount *ret, Error *err) MUST_USE;

/* "otpauth://...", in *buf of TOTP_ADDRESS_MOST: what is shown as a QR code. */
void staff_totp_address(const Office *office, const char *name, const uint8_t secret[TOTP_SECRET_SIZE], Buf *buf);

#endif
