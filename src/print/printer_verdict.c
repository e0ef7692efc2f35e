#include "print/printer_verdict.h"

unsigned printer_worst_reason(unsigned reasons)
{
    static const PrinterReason rows[] = {
        PRINTER_REASON_JAM,       PRINTER_REASON_DOOR_OPEN, PRINTER_REASON_TRAY_MISSING,  PRINTER_REASON_PAPER_OUT,
        PRINTER_REASON_TONER_OUT, PRINTER_REASON_PAUSED,    PRINTER_REASON_NOT_ACCEPTING, PRINTER_REASON_OTHER,
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        if (reasons & (unsigned)rows[i])
            return (unsigned)rows[i];
    return 0;
}

static bool has_ended(PrinterJobState state)
{
    switch (state) {
    case PRINTER_JOB_WAITING:
    case PRINTER_JOB_PRINTING:
    case PRINTER_JOB_STOPPED: return false;
    case PRINTER_JOB_UNKNOWN:
    case PRINTER_JOB_CANCELLED:
    case PRINTER_JOB_ABORTED:
    case PRINTER_JOB_COMPLETED: return true;
    }
    return false;
}

PrinterOutcome printer_outcome(const PrinterJob *job, int pages)
{
    if (!has_ended(job->state))
        return PRINTER_OUTCOME_NONE;
    if (job->state == PRINTER_JOB_UNKNOWN || job->sheets < 0 || job->sheets > pages)
        return PRINTER_OUTCOME_UNKNOWN;
    if (job->sheets == pages)
        return job->state == PRINTER_JOB_ABORTED ? PRINTER_OUTCOME_UNKNOWN : PRINTER_OUTCOME_PRINTED;
    if (job->sheets == 0 && job->state != PRINTER_JOB_COMPLETED)
        return PRINTER_OUTCOME_CANCELLED;
    return PRINTER_OUTCOME_PARTLY;
}

bool printer_count_may_trail(const PrinterJob *job, int pages)
{
    return job->state == PRINTER_JOB_COMPLETED && job->sheets >= 0 && job->sheets < pages;
}
