/* A scanned or typed text: link, code, token, base32. */
#include "fuzz.h"

#include "wire/base32.h"
#include "wire/seal.h"
#include "wire/token.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Str text = fuzz_str(data, size);
    Error err = { 0 };
    char host[64], grouped[15];
    Code code, again;
    OWNED_BUF token, bytes, folded;

    buf_init(&token, 4096);
    buf_init(&bytes, 65536);
    buf_init(&folded, 1u << 20);
    if (seal_link_parse(text, host, sizeof host, &code, &token, &err))
        FUZZ_HOLDS(host[0] && strlen(code.text) == CODE_LENGTH);
    else
        FUZZ_HOLDS(token.len == 0); /* nothing is written */
    if (code_parse(text, &code)) {
        uint8_t bits[CODE_BITS_BYTES];
        code_grouped(&code, grouped);
        FUZZ_HOLDS(code_parse(str_from(grouped), &again) && strcmp(code.text, again.text) == 0);
        code_bytes(&code, bits);
        again = code_make(bits);
        FUZZ_HOLDS(strcmp(code.text, again.text) == 0);
    }
    Token secret, same;
    if (token_parse(text, &secret)) {
        char long_grouped[TOKEN_GROUPED_SIZE];
        token_grouped(&secret, long_grouped);
        FUZZ_HOLDS(token_parse(str_from(long_grouped), &same) && strcmp(secret.text, same.text) == 0);
    }
    if (base32_read(text, &bytes)) {
        base32_write(&folded, bytes.data, bytes.len);
        FUZZ_HOLDS(folded.len == text.len);
    }
    return 0;
}
