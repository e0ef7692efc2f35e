/* JSON of any shape and depth: what is read has one canonical text, and that reads as itself. */
#include "fuzz.h"

#include "wire/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Error err = { 0 };
    json_t *json = json_read(fuzz_str(data, size), &err);
    OWNED_BUF first, second;

    buf_init(&first, 16u << 20);
    buf_init(&second, 16u << 20);
    if (!json)
        return 0;
    if (json_write(json, &first, &err)) {
        json_t *again = json_read(buf_str(&first), &err);
        FUZZ_HOLDS(again && json_write(again, &second, &err));
        FUZZ_HOLDS(first.len == second.len && memcmp(first.data, second.data, first.len) == 0);
        json_decref(again);
    }
    json_decref(json);
    return 0;
}
