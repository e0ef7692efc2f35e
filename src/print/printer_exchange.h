/* One question to a printer and its answer, for the other parts of print/. */
#ifndef PRINT_PRINTER_EXCHANGE_H
#define PRINT_PRINTER_EXCHANGE_H

#include <cups/ipp.h>

#include "base/clock.h"
#include "print/printer.h"
#include "print/printer_line.h"

#define ENDED_MOST 8 /* ends of jobs, told by events, that are remembered */

/* The end of some job, as an event told it. */
typedef struct EndedJob {
    int32_t id;
    PrinterJobState state;
    int sheets;
    char title[64]; /* "" when the event did not tell it */
} EndedJob;

/* One of those who answer: the printer at printer.uri, or the one behind its queue. */
typedef struct Station {
    LineTarget target;
    char uri[512]; /* "": there is none */
    char resource[256];
    /* What its last answer said of it. */
    bool asked;
    bool monochrome;    /* knows print-color-mode monochrome */
    bool counts_filter; /* a cupsd: its sheets are those that it filtered */
    /* printer_listen.c */
    int32_t subscription; /* 0: none */
    int32_t heard;        /* sequence number of the last event */
    int64_t renew_ms;     /* monotonic; 0: never */
    EndedJob ended[ENDED_MOST];
    size_t ended_next;
} Station;

struct Printer {
    Station front;  /* printer.uri */
    Station device; /* what makes the sheets, when the front is a cupsd's queue for an IPP printer */
    Clock clock;
    atomic_bool interrupted;
};

/* One call of printer.h to one station: its deadline, and the connection that its exchanges share. */
typedef struct Call {
    Printer *printer;
    Station *station;
    int64_t until_ms;
    Line *line; /* NULL until the first exchange */
} Call;

Call call_begin(Printer *printer, int deadline_ms);
/* To the device, by the same deadline. */
Call call_beyond(const Call *call);
void call_end(Call *call);
/* Passes ok on; else uses up the interrupt that ended the call, if one did, and hands why over to *err with what was
 * being done. */
bool call_result(Call *call, bool ok, const Error *why, const char *what, Error *err) MUST_USE;

#define OWNED_CALL __attribute__((cleanup(call_end))) Call

typedef ipp_t Ipp;
OWNED_BY(Ipp, ippDelete)

/* False unless uri is ipp:// or ipps://. */
bool station_set(Station *station, const char *uri) MUST_USE;
/* A request of that operation with what each one begins with; job 0: none. */
ipp_t *request_new(const Station *station, ipp_op_t operation, int32_t job);
/* requested-attributes. */
void request_only(ipp_t *request, const char *const *names, int count);

/* Sends the request and reads the answer, whatever its status: a refusal is an answer.  It stays the caller's. */
bool call_exchange(Call *call, ipp_t *request, ipp_t **ret_answer, Error *err) MUST_USE;
/* As call_exchange, with a document behind the request.  refusal_ms: how long an answer is waited for before it goes;
 * one that comes is a refusal, and the document is kept. */
bool call_exchange_page(Call *call, ipp_t *request, const PrinterPage *page, int refusal_ms, PrinterLeft *ret_left,
                        ipp_t **ret_answer, Error *err) MUST_USE;
/* False unless the answer is one of success: ERR_BUSY, ERR_DENIED, ERR_NOT_FOUND, ERR_UNSUPPORTED, ERR_PROTOCOL; cause
 * is the IPP status. */
bool answer_ok(ipp_t *answer, Error *err) MUST_USE;

/* ---- printer_ask.c ---- */

/* A station's own words about itself. */
typedef struct StationInfo {
    PrinterState state;
    unsigned reasons;
    char uuid[64];
    bool takes_pdf;
    bool proof;
    int64_t up_s; /* since it was switched on; -1: not told */
} StationInfo;

/* Also notes what later calls need: whether the front has a device, say. */
bool call_ask_station(Call *call, StationInfo *ret, Error *err) MUST_USE;
/* What both mean together; device NULL: there is none. */
PrinterInfo station_infos_joined(const StationInfo *front, const StationInfo *device);

/* ---- printer_job.c ---- */

PrinterJobState job_state_of(ipp_attribute_t *state);
bool job_state_has_ended(PrinterJobState state);

/* ---- printer_listen.c ---- */

/* One station's part of printer_listen. */
bool call_listen(Call *call, bool *ret_heard, bool *ret_offered, Error *err) MUST_USE;
/* The end of that job as an event told it; NULL when none did.  id 0: by the title alone. */
const EndedJob *station_ended(const Station *station, int32_t id, const char *title);

#endif
