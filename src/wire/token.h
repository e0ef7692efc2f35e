/* A token: what stands behind a link that only whoever was shown it may follow.  140 random bits as 28 Crockford base32
 * characters, which a QR code packs tight and a person can read off a screen in groups of four. */
#ifndef WIRE_TOKEN_H
#define WIRE_TOKEN_H

#include "wire/code.h"

#define TOKEN_LENGTH       28
#define TOKEN_RANDOM_BYTES 24 /* that token_make takes; some bits are not used */
#define TOKEN_GROUPED_SIZE 35 /* with hyphens and zero */

typedef struct Token {
    char text[TOKEN_LENGTH + 1]; /* upper case, no hyphens; secret: wipe */
} Token;

Token token_make(const uint8_t random[TOKEN_RANDOM_BYTES]);
/* Folds case, takes I and L for 1 and O for 0, and hyphens anywhere.  False for all else. */
bool token_parse(Str s, Token *ret) MUST_USE;
void token_grouped(const Token *token, char ret[TOKEN_GROUPED_SIZE]);

#endif
