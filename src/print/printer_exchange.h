/* One question to a printer and its answer, for printer.c and printer_ask.c. */
#ifndef PRINT_PRINTER_EXCHANGE_H
#define PRINT_PRINTER_EXCHANGE_H

#include <cups/ipp.h>

#include "base/clock.h"
#include "print/printer.h"
#include "print/printer_line.h"

struct Printer {
    LineTarget target;
    char uri[512];
    char resource[256];
    Clock clock;
    atomic_bool interrupted;
    /* What the last answer about the printer said of it. */
    bool asked;
    bool monochrome;    /* knows print-color-mode monochrome */
    bool counts_filter; /* a cupsd: its sheets are those that it filtered */
};

/* One call of printer.h: its deadline, and the connection that its exchanges share. */
typedef struct Call {
    Printer *printer;
    int64_t until_ms;
    Line *line; /* NULL until the first exchange */
} Call;

Call call_begin(Printer *printer, int deadline_ms);
void call_end(Call *call);
/* Passes ok on; else uses up the interrupt that ended the call, if one did, and hands why over to *err with what was
 * being done. */
bool call_result(Call *call, bool ok, const Error *why, const char *what, Error *err) MUST_USE;

#define OWNED_CALL __attribute__((cleanup(call_end))) Call

typedef ipp_t Ipp;
OWNED_BY(Ipp, ippDelete)

/* A request of that operation with what each one begins with; job 0: none. */
ipp_t *request_new(const Printer *printer, ipp_op_t operation, int32_t job);
/* requested-attributes. */
void request_only(ipp_t *request, const char *const *names, int count);

/* Sends the request, then document (may be empty), and reads the answer, whatever its status: a refusal is an answer.
 * *byte_left (may be NULL) is set before the document's first byte goes.  Both outlive the call, and stay the caller's.
 */
bool call_exchange(Call *call, ipp_t *request, Str document, bool *byte_left, ipp_t **ret_answer, Error *err) MUST_USE;
/* False unless the answer is one of success: ERR_BUSY, ERR_DENIED, ERR_NOT_FOUND, ERR_UNSUPPORTED, ERR_PROTOCOL; cause
 * is the IPP status. */
bool answer_ok(ipp_t *answer, Error *err) MUST_USE;
/* Puts the attributes of the printer itself into *ret, and what later calls need into the Printer. */
bool call_ask_printer(Call *call, PrinterInfo *ret, Error *err) MUST_USE;

#endif
