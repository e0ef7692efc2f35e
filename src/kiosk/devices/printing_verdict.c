#include "kiosk/devices/printing_verdict.h"

#include "print/printer_verdict.h"

PrinterCondition printing_condition(unsigned reasons)
{
    static const struct {
        PrinterReason reason;
        PrinterCondition condition;
    } rows[] = {
        { PRINTER_REASON_JAM, PRINTER_JAMMED },           { PRINTER_REASON_DOOR_OPEN, PRINTER_OPEN },
        { PRINTER_REASON_TRAY_MISSING, PRINTER_NO_TRAY }, { PRINTER_REASON_PAPER_OUT, PRINTER_NO_PAPER },
        { PRINTER_REASON_TONER_OUT, PRINTER_NO_TONER },   { PRINTER_REASON_PAUSED, PRINTER_PAUSED },
        { PRINTER_REASON_NOT_ACCEPTING, PRINTER_PAUSED }, { PRINTER_REASON_OTHER, PRINTER_TROUBLE },
    };
    const unsigned worst = printer_worst_reason(reasons);

    for (size_t i = 0; i < COUNT(rows); i++)
        if (worst == (unsigned)rows[i].reason)
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

PrintPhase printing_verdict(const PrinterJob *job, int pages)
{
    switch (printer_outcome(job, pages)) {
    case PRINTER_OUTCOME_NONE: return PRINT_PHASE_NONE;
    case PRINTER_OUTCOME_PRINTED: return PRINT_PHASE_PRINTED;
    case PRINTER_OUTCOME_PARTLY: return PRINT_PHASE_PARTLY;
    case PRINTER_OUTCOME_CANCELLED: return PRINT_PHASE_CANCELLED;
    case PRINTER_OUTCOME_UNKNOWN: return PRINT_PHASE_UNKNOWN;
    }
    return PRINT_PHASE_UNKNOWN;
}

bool printing_count_may_trail(const PrinterJob *job, int pages)
{
    return printer_count_may_trail(job, pages);
}
