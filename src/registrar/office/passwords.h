/* Secrets and their verifiers: argon2id (m = 19 MiB, t = 2, p = 1: OWASP's least) over HMAC-SHA-256(pepper, secret), in
 * two worker threads with a short queue, so that a crowd that signs in can't take the whole machine (MODEL.md section
 * 6).  Any thread; waits for its turn. */
#ifndef REGISTRAR_OFFICE_PASSWORDS_H
#define REGISTRAR_OFFICE_PASSWORDS_H

#include "base/random.h"

#define PASSWORD_HASH_SIZE 160

typedef struct Passwords Passwords;
typedef struct PasswordWorkers PasswordWorkers;

typedef enum PasswordVerdict { PASSWORD_RIGHT, PASSWORD_WRONG, PASSWORD_BUSY } PasswordVerdict;

/* Two workers for many offices of one process, however many those are. */
PasswordWorkers *password_workers_start(const Random *random, Error *err) MUST_USE;
/* After the passwords of all. */
void password_workers_stop(PasswordWorkers *workers);
OWNED_BY(PasswordWorkers, password_workers_stop)

/* pepper is copied, wiped at the end.  workers are borrowed; NULL: two of its own. */
Passwords *passwords_start_with(PasswordWorkers *workers, const uint8_t pepper[32], const Random *random,
                                Error *err) MUST_USE;
Passwords *passwords_start(const uint8_t pepper[32], const Random *random, Error *err) MUST_USE;
void passwords_stop(Passwords *passwords);
OWNED_BY(Passwords, passwords_stop)

/* hash NULL: the same work against a hash that nobody has, and PASSWORD_WRONG. */
bool password_check(Passwords *passwords, const char *secret, const char *hash, PasswordVerdict *ret,
                    Error *err) MUST_USE;
/* In the caller's own thread, for init and imports. */
bool password_make(const Passwords *passwords, const char *secret, char ret_hash[PASSWORD_HASH_SIZE],
                   Error *err) MUST_USE;

#endif
