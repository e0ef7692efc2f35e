#include "registrar/printing/printer_trial.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/clock.h"
#include "print/printer.h"
#include "print/printer_verdict.h"

#define ASK_MS   5000
#define SHEET_MS 60000
#define POLL_MS  400
#define OBJECTS  6

static const char *yes_or_no(bool yes)
{
    return yes ? "yes" : "no";
}

static const char *state_words(const PrinterInfo *info)
{
    static const struct {
        PrinterReason reason;
        const char *words;
    } rows[] = {
        { PRINTER_REASON_JAM, "a jam" },
        { PRINTER_REASON_DOOR_OPEN, "a door or cover is open" },
        { PRINTER_REASON_TRAY_MISSING, "a tray is missing" },
        { PRINTER_REASON_PAPER_OUT, "no paper" },
        { PRINTER_REASON_TONER_OUT, "no toner" },
        { PRINTER_REASON_PAUSED, "paused" },
        { PRINTER_REASON_NOT_ACCEPTING, "takes no jobs" },
        { PRINTER_REASON_OTHER, "stopped, for a reason without a word" },
    };
    const unsigned worst = printer_worst_reason(info->reasons);

    if (info->state == PRINTER_GONE)
        return "does not answer";
    for (size_t i = 0; i < COUNT(rows); i++)
        if (worst == (unsigned)rows[i].reason)
            return rows[i].words;
    return info->state == PRINTER_PROCESSING ? "printing" : "ready";
}

/* --- a sheet ------------------------------------------------------------------------------------------------------ */

/* One page in a face that every printer has (ISO 32000-1 section 9.6.2.2). */
static bool write_sheet(Buf *pdf, Error *err)
{
    static const char text[] = "BT /F1 28 Tf 72 740 Td (Test sheet) Tj 0 -30 Td /F1 12 Tf\n"
                               "(The registrar asked for this sheet. It is nobody's paper.) Tj ET\n";
    const char *const objects[OBJECTS] = {
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        NULL, /* the text */
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Font << /F1 5 0 R >> >>",
    };
    size_t at[OBJECTS];

    buf_add_text(pdf, "%PDF-1.4\n");
    for (size_t i = 0; i < OBJECTS; i++) {
        at[i] = pdf->len;
        buf_add_format(pdf, "%zu 0 obj\n", i + 1);
        if (objects[i])
            buf_add_text(pdf, objects[i]);
        else
            buf_add_format(pdf, "<< /Length %zu >>\nstream\n%sendstream", sizeof text - 1, text);
        buf_add_text(pdf, "\nendobj\n");
    }
    const size_t table = pdf->len;
    buf_add_format(pdf, "xref\n0 %d\n0000000000 65535 f \n", OBJECTS + 1);
    for (size_t i = 0; i < OBJECTS; i++)
        buf_add_format(pdf, "%010zu 00000 n \n", at[i]);
    buf_add_format(pdf, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%zu\n%%%%EOF\n", OBJECTS + 1, table);
    return buf_ok(pdf, err);
}

static bool send(Printer *printer, const PrinterInfo *info, const char *title, Str pdf, int32_t *ret_job, Error *err)
{
    const PrinterPage page = { .pdf = pdf };
    PrinterLeft left;

    if (!info->proof)
        return printer_print_job(printer, title, &page, SHEET_MS, &left, ret_job, err);
    return printer_create_job(printer, title, ASK_MS, ret_job, err) &&
           printer_send_document(printer, *ret_job, &page, SHEET_MS, &left, err);
}

/* What it says in the end: PRINTER_OUTCOME_NONE when it did not say within its time. */
static bool follow(Printer *printer, const PrinterTicket *ticket, PrinterOutcome *ret, Error *err)
{
    const Clock clock = clock_system();
    const int64_t until_ms = clock_monotonic_ms(&clock) + SHEET_MS;
    PrinterJob job;

    do {
        nanosleep(&(struct timespec){ .tv_nsec = POLL_MS * 1000000L }, NULL);
        if (!printer_ask_job(printer, ticket, ASK_MS, &job, err))
            return false;
        *ret = printer_outcome(&job, 1);
    } while ((*ret == PRINTER_OUTCOME_NONE || printer_count_may_trail(&job, 1)) &&
             clock_monotonic_ms(&clock) < until_ms);
    return true;
}

static bool try_sheet(Printer *printer, const PrinterInfo *info, PrinterOutcome *ret, Error *err)
{
    const Clock clock = clock_system();
    char title[64];
    PrinterTicket ticket = { .title = title, .age_ms = -1 };
    OWNED_BUF pdf;
    Error ignored = { 0 };

    buf_init(&pdf, 4096);
    (void)snprintf(title, sizeof title, "Registrar test %lld", (long long)clock_wall_ms(&clock));
    if (!write_sheet(&pdf, err) || !send(printer, info, title, buf_str(&pdf), &ticket.id, err) ||
        !follow(printer, &ticket, ret, err))
        return false;
    /* A sheet that did not come by now is not to come when nobody looks. */
    if (*ret == PRINTER_OUTCOME_NONE && !printer_cancel_job(printer, &ticket, ASK_MS, &ignored))
        error_clear(&ignored);
    return true;
}

static const char *outcome_words(PrinterOutcome outcome)
{
    switch (outcome) {
    case PRINTER_OUTCOME_PRINTED: return "came out, and the printer counted it";
    case PRINTER_OUTCOME_PARTLY: return "did not come out, says its count";
    case PRINTER_OUTCOME_CANCELLED: return "was not printed";
    case PRINTER_OUTCOME_UNKNOWN:
        return "may have come out: the printer tells no count, so papers would end as unknown";
    case PRINTER_OUTCOME_NONE: return "did not come out within a minute, and is cancelled";
    }
    return "";
}

bool printer_trial(const char *uri, bool sheet, PrinterTrial *ret, Error *err)
{
    OWNED(Printer) printer = printer_open(uri, err);
    PrinterOutcome outcome = PRINTER_OUTCOME_NONE;
    PrinterInfo info;
    OWNED_BUF words;

    buf_init(&words, sizeof ret->words - 1);
    if (!printer || !printer_ask(printer, ASK_MS, &info, err))
        return false;
    buf_add_format(&words, "State: %s.", state_words(&info));
    if (info.state != PRINTER_GONE)
        buf_add_format(&words,
                       "\nTakes PDF: %s.  A crash can be told from a print (Create-Job): %s.  Behind a queue: %s.",
                       yes_or_no(info.takes_pdf), yes_or_no(info.proof), yes_or_no(info.queue));
    bool passed = info.state != PRINTER_GONE && info.takes_pdf && (info.reasons & PRINTER_REASONS_BLOCKING) == 0;
    if (passed && sheet) {
        if (!try_sheet(printer, &info, &outcome, err))
            return error_add(err, "test sheet");
        passed = outcome == PRINTER_OUTCOME_PRINTED;
        buf_add_format(&words, "\nThe sheet %s.", outcome_words(outcome));
    }
    ret->passed = passed;
    return buf_ok(&words, err) && (str_copy(buf_str(&words), ret->words, sizeof ret->words) ||
                                   error_set(err, ERR_INTERNAL, "words of a test"));
}
