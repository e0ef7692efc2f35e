/* Tokens: what programs of the university's own show where they change something over the interface.  A bearer is 256
 * random bits, told once, when it is made; the register knows its hash. */
#ifndef REGISTRAR_OFFICE_TOKENS_H
#define REGISTRAR_OFFICE_TOKENS_H

#include "registrar/office/office.h"
#include "registrar/store/tokens.h"

#define TOKEN_BEARER_SIZE 48 /* 43 letters of base64url, and zero; secret: wipe */
#define TOKENS_MOST       100

/* name: letters, digits, ". _ -"; purpose: one or more of
 *   catalogue   services and templates
 *   information pages of information
 *   requests    what goes through people: the queue, decisions, papers of the window
 *   payments    invoices
 *   blanks      numbered forms
 *   records     a student's record beside a request
 *   campaigns   dates of sessions
 *   hall        windows, tickets, calls for a person
 * by commas without spaces.  ERR_ARGUMENT with words for who asks; ERR_EXISTS. */
bool token_add(Office *office, const char *name, const char *purpose, int days, char ret_bearer[TOKEN_BEARER_SIZE],
               Error *err) MUST_USE;
bool token_remove(Office *office, const char *name, bool *ret_found, Error *err) MUST_USE;
bool token_list(Office *office, TokenRow rows[TOKENS_MOST], size_t *ret_count, Error *err) MUST_USE;

/* 1 to TOKEN_NAME_SIZE - 1 letters, digits, dots, hyphens, underscores. */
bool token_name_fits(const char *name);
bool token_may(const TokenRow *token, const char *purpose);
/* Whose bearer this is, if it is in force for this purpose (NULL: for any).  bearer NULL: none was shown. */
bool token_known(Office *office, const char *bearer, const char *purpose, bool *ret_known, TokenRow *ret,
                 Error *err) MUST_USE;

#endif
