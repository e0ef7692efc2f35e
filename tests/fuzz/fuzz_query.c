/* An address as anybody may send it: percent encoding, query, route; and the languages that a browser asks for. */
#include "fuzz.h"

#include "registrar/http/query.h"
#include "registrar/http/route.h"
#include "registrar/http/speak.h"

static const HttpRoute routes[] = {
    { .name = "check", .method = "GET", .pattern = "/v/{code}", .fold = true },
    { .name = "page", .method = "GET", .pattern = "/kiosk/v1/copies/{id}/page" },
    { .name = "request", .method = "PUT", .pattern = "/kiosk/v1/requests/{id}", .body_most = 65536 },
    { .name = "four", .method = "POST", .pattern = "/{a}/{b}/{c}/{d}" },
    { .name = "root", .method = "GET", .pattern = "/" },
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const methods[] = { "GET", "HEAD", "PUT", "POST", "DELETE", "" };
    static const Language languages[] = { LANGUAGE_UZ, LANGUAGE_RU, LANGUAGE_EN };
    Str input = fuzz_str(data, size);
    const char *method = methods[fuzz_choice(&input) % COUNT(methods)];
    char query[2048], value[32];
    static RouteMatch match;
    OWNED_BUF decoded;

    buf_init(&decoded, 1u << 20);
    if (percent_decode(input, true, &decoded))
        FUZZ_HOLDS(utf8_valid(buf_str(&decoded)) && decoded.len <= input.len);
    fuzz_text(input, query, sizeof query);
    if (query_get(query, "epoch", value, sizeof value))
        FUZZ_HOLDS(strlen(value) < sizeof value && utf8_valid(str_from(value)));
    else
        FUZZ_HOLDS(!value[0]);
    if (cookie_get(query, "copy", value, sizeof value))
        FUZZ_HOLDS(strlen(value) < sizeof value && !strchr(value, ';'));
    else
        FUZZ_HOLDS(!value[0]);
    buf_clear(&decoded);
    percent_encode(input, &decoded);
    FUZZ_HOLDS(decoded.len >= input.len && (decoded.len == 0 || !memchr(decoded.data, '"', decoded.len)));
    FUZZ_HOLDS(speak(NULL, query, languages, COUNT(languages)) != LANGUAGE_UZ_CYRL); /* not offered */
    FUZZ_HOLDS(speak(query, query, languages, COUNT(languages)) != LANGUAGE_UZ_CYRL);
    if (route_find(routes, COUNT(routes), method, input, &match) == ROUTE_FOUND) {
        FUZZ_HOLDS(match.route && match.parameter_count <= ROUTE_PARAMETERS_MOST);
        for (size_t i = 0; i < match.parameter_count; i++)
            FUZZ_HOLDS(match.parameters[i].len > 0 && utf8_valid(match.parameters[i]));
    }
    return 0;
}
