#include "wire/token.h"

#include <string.h>

#include "base/memory.h"

/* A token is a row of codes, the last one cut. */
#define CODES ((TOKEN_LENGTH + CODE_LENGTH - 1) / CODE_LENGTH)
static_assert(CODES * CODE_BITS_BYTES == TOKEN_RANDOM_BYTES, "as many random bytes as the codes take");

static void put_part(Token *token, size_t at, Code *code)
{
    size_t rest = TOKEN_LENGTH - at;

    memcpy(token->text + at, code->text, rest < CODE_LENGTH ? rest : CODE_LENGTH);
    mem_wipe(code, sizeof *code);
}

Token token_make(const uint8_t random[TOKEN_RANDOM_BYTES])
{
    Token token = { 0 };

    for (size_t i = 0; i < CODES; i++) {
        Code code = code_make(random + i * CODE_BITS_BYTES);
        put_part(&token, i * CODE_LENGTH, &code);
    }
    return token;
}

bool token_parse(Str s, Token *ret)
{
    char digits[CODES * CODE_LENGTH];
    Token token = { 0 };
    size_t count = 0;
    bool parsed = true;

    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '-')
            continue;
        if (count == TOKEN_LENGTH)
            return false;
        digits[count++] = s.ptr[i];
    }
    if (count != TOKEN_LENGTH)
        return false;
    memset(digits + count, '0', sizeof digits - count);
    for (size_t i = 0; parsed && i < sizeof digits; i += CODE_LENGTH) {
        Code code;

        parsed = code_parse((Str){ digits + i, CODE_LENGTH }, &code);
        if (parsed)
            put_part(&token, i, &code);
    }
    if (parsed)
        *ret = token;
    mem_wipe(digits, sizeof digits);
    mem_wipe(&token, sizeof token);
    return parsed;
}

void token_grouped(const Token *token, char ret[TOKEN_GROUPED_SIZE])
{
    size_t at = 0;

    for (size_t i = 0; i < TOKEN_LENGTH; i++) {
        if (i > 0 && i % 4 == 0)
            ret[at++] = '-';
        ret[at++] = token->text[i];
    }
    ret[at] = '\0';
}
