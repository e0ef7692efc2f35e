/* What a printer answers.  The linker leads print/'s exchanges here (--wrap): each takes its answer off the input as
 * IPP (RFC 8010), and everything that print/ asks a printer is asked. */
#include "fuzz.h"

#include "print/printer_exchange.h"

#define CALLS_MOST 12

static Str answers;

bool __wrap_call_exchange(Call *call, ipp_t *request, ipp_t **ret_answer, Error *err);
bool __wrap_call_exchange_page(Call *call, ipp_t *request, const PrinterPage *page, int refusal_ms,
                               PrinterLeft *ret_left, ipp_t **ret_answer, Error *err);

static ssize_t take(void *ctx, ipp_uchar_t *bytes, size_t size)
{
    size_t len = size < answers.len ? size : answers.len;

    (void)ctx;
    if (len > 0)
        memcpy(bytes, answers.ptr, len);
    answers.ptr += len;
    answers.len -= len;
    return (ssize_t)len;
}

bool __wrap_call_exchange(Call *call, ipp_t *request, ipp_t **ret_answer, Error *err)
{
    ipp_t *answer = ippNew();

    (void)call, (void)request; /* stays the caller's */
    if (ippReadIO(&answers, take, 1, NULL, answer) != IPP_STATE_DATA) {
        ippDelete(answer);
        return error_set(err, ERR_PROTOCOL, "no IPP");
    }
    *ret_answer = answer;
    return true;
}

bool __wrap_call_exchange_page(Call *call, ipp_t *request, const PrinterPage *page, int refusal_ms,
                               PrinterLeft *ret_left, ipp_t **ret_answer, Error *err)
{
    (void)page, (void)refusal_ms;
    *ret_left = PRINTER_LEFT_NOTHING;
    return __wrap_call_exchange(call, request, ret_answer, err);
}

/* One call of print/; its answers come off the input. */
static void call(Printer *printer, unsigned choice)
{
    const PrinterTicket ticket = { .id = choice & 8 ? 7 : 0,
                                   .title = "00000000-0000-4000-8000-000000000001",
                                   .age_ms = 5000,
                                   .seen = (choice & 16) != 0 };
    Error err = { 0 };
    PrinterInfo info;
    PrinterJob job;
    bool heard, offered;
    int32_t id;

    switch (choice % 6) {
    case 0:
        if (printer_ask(printer, 1000, &info, &err))
            FUZZ_HOLDS(memchr(info.uuid, 0, sizeof info.uuid));
        break;
    case 1: (void)!printer_listen(printer, 1000, &heard, &offered, &err); break;
    case 2:
        if (printer_create_job(printer, ticket.title, 1000, &id, &err))
            FUZZ_HOLDS(id > 0);
        break;
    case 3:
        if (printer_ask_job(printer, &ticket, 1000, &job, &err))
            FUZZ_HOLDS(job.sheets >= -1);
        break;
    case 4: (void)!printer_cancel_job(printer, &ticket, 1000, &err); break;
    default: (void)!printer_resume(printer, 1000, &err); break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Error err = { 0 };
    Printer *printer = printer_open("ipp://localhost:631/ipp/print", &err);

    FUZZ_HOLDS(printer);
    answers = fuzz_str(data, size);
    for (unsigned i = 0; i < CALLS_MOST && answers.len > 0; i++)
        call(printer, fuzz_choice(&answers));
    printer_close(printer);
    return 0;
}
