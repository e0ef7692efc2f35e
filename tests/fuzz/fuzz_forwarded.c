/* What a proxy, or anybody, writes of where a request comes from; and a list of proxies. */
#include "fuzz.h"

#include "registrar/http/forwarded.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Str input = fuzz_str(data, size);
    bool forwarded = fuzz_choice(&input) % 2 == 1;
    char source[64] = "untouched", list[512];
    Proxies proxies;
    Error error = { 0 };

    fuzz_text(input, list, sizeof list);
    if (proxies_read(list, &proxies, &error)) {
        FUZZ_HOLDS(proxies.count <= PROXIES_MOST);
        for (size_t i = 0; i < proxies.count; i++)
            FUZZ_HOLDS(proxies.networks[i].bits <= 128);
    } else {
        FUZZ_HOLDS(error.code == ERR_ARGUMENT && error.text[0]);
    }
    if (!proxies_read("10.0.0.0/8", &proxies, &error))
        return 0;
    forwarded_source(&proxies, forwarded, input, source);
    FUZZ_HOLDS(memchr(source, '\0', sizeof source));
    FUZZ_HOLDS(strspn(source, "0123456789abcdef.:/") == strlen(source) || strcmp(source, "untouched") == 0);
    return 0;
}
