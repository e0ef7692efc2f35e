/* A scanned or typed text: link, code, base32. */
#include "fuzz.h"

#include "wire/base32.h"
#include "wire/seal.h"

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
    if (base32_read(text, &bytes)) {
        base32_write(&folded, bytes.data, bytes.len);
        FUZZ_HOLDS(folded.len == text.len);
    }
    return 0;
}
