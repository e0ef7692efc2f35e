/* The kiosks' interface, both directions: whatever is read can be written, and reads the same again. */
#include "fuzz.h"

#include "wire/api.h"
#include "wire/events.h"
#include "wire/theme.h"

static union {
    ApiSignIn sign_in;
    ApiSession session;
    ApiHome home;
    ApiDraft draft;
    ApiPreview preview;
    ApiRequest request;
    ApiIssued issued;
    ApiPrintJob job;
    ApiPrintReport report;
    ApiHeartbeat heartbeat;
    ApiHeartbeatAnswer answer;
    ApiNotices notices;
    ApiEvents events;
    ApiProblem problem;
} value;

#define SHAPE(number, field, name)                                                                                     \
    case number:                                                                                                       \
        memset(&value, 0, sizeof value);                                                                               \
        if (!api_##name##_read(json, &value.field, &err))                                                              \
            break;                                                                                                     \
        FUZZ_HOLDS(api_##name##_write(&value.field, &first, &err));                                                    \
        memset(&value, 0, sizeof value);                                                                               \
        FUZZ_HOLDS(api_##name##_read(buf_str(&first), &value.field, &err));                                            \
        FUZZ_HOLDS(api_##name##_write(&value.field, &second, &err));                                                   \
        break

/* Owns a logo, so that it can't be laid over the others. */
static void theme(Str json, Buf *first, Buf *second)
{
    ApiTheme read;
    Error err = { 0 };

    if (!api_theme_read(json, &read, &err))
        return;
    FUZZ_HOLDS(api_theme_write(&read, first, &err));
    api_theme_fini(&read);
    FUZZ_HOLDS(api_theme_read(buf_str(first), &read, &err));
    FUZZ_HOLDS(api_theme_write(&read, second, &err));
    api_theme_fini(&read);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Str json = fuzz_str(data, size);
    uint8_t choice = fuzz_choice(&json);
    Error err = { 0 };
    OWNED_BUF first, second;

    buf_init(&first, 4u << 20);
    buf_init(&second, 4u << 20);
    switch (choice % 15) {
        SHAPE(0, sign_in, sign_in);
        SHAPE(1, session, session);
        SHAPE(2, home, home);
        SHAPE(3, draft, draft);
        SHAPE(4, preview, preview);
        SHAPE(5, request, request);
        SHAPE(6, issued, issued);
        SHAPE(7, job, print_job);
        SHAPE(8, report, print_report);
        SHAPE(9, heartbeat, heartbeat);
        SHAPE(10, answer, heartbeat_answer);
        SHAPE(11, notices, notices);
    case 12:
        theme(json, &first, &second);
        break;
        SHAPE(13, events, events);
    default: (void)!api_problem_read(json, 422, &value.problem, &err); break;
    }
    FUZZ_HOLDS(first.len == second.len && (first.len == 0 || memcmp(first.data, second.data, first.len) == 0));
    return 0;
}
