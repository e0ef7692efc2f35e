/* Names of people: folding, searching, papers, anomalies. */
#include "fuzz.h"

#include "base/name.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Str name = fuzz_str(data, size);
    OWNED_BUF key;
    OWNED_BUF paper;
    OWNED_BUF again;

    buf_init(&key, 1u << 16);
    buf_init(&paper, 1u << 16);
    buf_init(&again, 1u << 16);
    if (!utf8_valid(name) || name.len > 1024)
        return 0;
    name_fold(&key, name);
    FUZZ_HOLDS(!key.failed && key.len <= name.len && utf8_valid(buf_str(&key)));
    FUZZ_HOLDS(!str_starts(buf_str(&key), STR(" ")) && !str_ends(buf_str(&key), STR(" ")));
    FUZZ_HOLDS(!memmem(buf_text(&key), key.len, "  ", 2));
    for (size_t i = 0; i < key.len; i++)
        FUZZ_HOLDS(key.data[i] < 'A' || key.data[i] > 'Z');
    FUZZ_HOLDS(name_matches(name, name));
    name_for_paper(&paper, name);
    name_for_paper(&again, buf_str(&paper));
    FUZZ_HOLDS(str_equal(buf_str(&paper), buf_str(&again)));
    FUZZ_HOLDS((name_anomalies(name) >> (NAME_MISSING + 1)) == 0);
    FUZZ_HOLDS((name_anomalies(buf_str(&paper)) & (1u << NAME_WRONG_APOSTROPHE)) == 0);
    return 0;
}
