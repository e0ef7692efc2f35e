/* The header Idempotency-Key as anybody may send it. */
#include "fuzz.h"

#include "registrar/api/idempotency.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char field[512];
    const Str input = fuzz_str(data, size);
    Error err = { 0 };
    bool fit = false;
    Once once;

    fuzz_text(input, field, sizeof field);
    const HttpServerRequest request = { .method = "POST", .path = "/", .body = input, .idempotency_key = field };
    FUZZ_HOLDS(idempotency_read(&request, NULL, field, &once, &fit, &err));
    const size_t len = strlen(once.key);
    FUZZ_HOLDS(!fit || (len >= ONCE_KEY_LEAST && len <= ONCE_KEY_MOST &&
                        strspn(once.key, "-_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                         "abcdefghijklmnopqrstuvwxyz") == len));
    FUZZ_HOLDS(strlen(once.actor) < sizeof once.actor);
    return 0;
}
