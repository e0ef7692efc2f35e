#include "kiosk/devices/printing_verdict.h"

PrinterCondition printing_condition(unsigned reasons)
{
    /* What a person does first comes first: a jam is cleared with the cover open. */
    static const struct {
        PrinterReason reason;
        PrinterCondition condition;
    } rows[] = {
        { PRINTER_REASON_JAM, PRINTER_JAMMED },           { PRINTER_REASON_DOOR_OPEN, PRINTER_OPEN },
        { PRINTER_REASON_TRAY_MISSING, PRINTER_NO_TRAY }, { PRINTER_REASON_PAPER_OUT, PRINTER_NO_PAPER },
        { PRINTER_REASON_TONER_OUT, PRINTER_NO_TONER },   { PRINTER_REASON_PAUSED, PRINTER_PAUSED },
        { PRINTER_REASON_NOT_ACCEPTING, PRINTER_PAUSED }, { PRINTER_REASON_OTHER, PRINTER_TROUBLE },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        if (reasons & (unsigned)rows[i].reason)
            return rows[i].condition;
    return PRINTER_READY;
}

PrinterCondition printing_condition_of(const PrinterInfo *info)
{
    if (info->state == PRINTER_GONE)
        return PRINTER_OFF;
    PrinterCondition condition = printing_condition(info->reasons);
    if (condition == PRINTER_READY && !info->takes_pdf)
        return PRINTER_TROUBLE;
    return condition;
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

PrintPhase printing_verdict(const PrinterJob *job, int pages)
{
    if (!has_ended(job->state))
        return PRINT_PHASE_NONE;
    if (job->state == PRINTER_JOB_UNKNOWN || job->sheets < 0 || job->sheets > pages)
        return PRINT_PHASE_UNKNOWN;
    if (job->sheets == pages)
        return job->state == PRINTER_JOB_ABORTED ? PRINT_PHASE_UNKNOWN : PRINT_PHASE_PRINTED;
    if (job->sheets == 0 && job->state != PRINTER_JOB_COMPLETED)
        return PRINT_PHASE_CANCELLED;
    return PRINT_PHASE_PARTLY;
}

bool printing_count_may_trail(const PrinterJob *job, int pages)
{
    return job->state == PRINTER_JOB_COMPLETED && job->sheets >= 0 && job->sheets < pages;
}
