#include "print/printer_reasons.h"

/* Printers are careless with the suffix: "-warning" while nothing moves, "-report" for an empty tray that no job needs.
 * So each keyword has a weight of its own, and the suffix decides only where both readings are likely. */
typedef enum Weight {
    WEIGHT_NOTE,   /* never stops paper */
    WEIGHT_STOPS,  /* always does, whatever the suffix: a jam has no innocent reading */
    WEIGHT_DEPENDS /* may be about a tray or cartridge that this job does not use */
} Weight;

typedef struct ReasonRow {
    Str keyword; /* without suffix */
    Weight weight;
    unsigned bits;
    unsigned mild_bits; /* WEIGHT_DEPENDS: when it does not stop */
} ReasonRow;

/* Keywords: RFC 8011 section 5.4.12, PWG 5100.9, CUPS's own. */
static const ReasonRow rows[] = {
    { STR("media-empty"), WEIGHT_DEPENDS, PRINTER_REASON_PAPER_OUT, PRINTER_REASON_PAPER_LOW },
    { STR("media-needed"), WEIGHT_STOPS, PRINTER_REASON_PAPER_OUT, 0 },
    { STR("media-low"), WEIGHT_NOTE, PRINTER_REASON_PAPER_LOW, 0 },
    { STR("media-jam"), WEIGHT_STOPS, PRINTER_REASON_JAM, 0 },
    { STR("door-open"), WEIGHT_STOPS, PRINTER_REASON_DOOR_OPEN, 0 },
    { STR("cover-open"), WEIGHT_STOPS, PRINTER_REASON_DOOR_OPEN, 0 },
    { STR("interlock-open"), WEIGHT_STOPS, PRINTER_REASON_DOOR_OPEN, 0 },
    { STR("toner-empty"), WEIGHT_DEPENDS, PRINTER_REASON_TONER_OUT, PRINTER_REASON_TONER_LOW },
    { STR("marker-supply-empty"), WEIGHT_DEPENDS, PRINTER_REASON_TONER_OUT, PRINTER_REASON_TONER_LOW },
    { STR("developer-empty"), WEIGHT_DEPENDS, PRINTER_REASON_TONER_OUT, PRINTER_REASON_TONER_LOW },
    { STR("toner-low"), WEIGHT_NOTE, PRINTER_REASON_TONER_LOW, 0 },
    { STR("marker-supply-low"), WEIGHT_NOTE, PRINTER_REASON_TONER_LOW, 0 },
    { STR("developer-low"), WEIGHT_NOTE, PRINTER_REASON_TONER_LOW, 0 },
    { STR("input-tray-missing"), WEIGHT_DEPENDS, PRINTER_REASON_TRAY_MISSING, 0 },
    { STR("paused"), WEIGHT_STOPS, PRINTER_REASON_PAUSED, 0 },
    { STR("moving-to-paused"), WEIGHT_STOPS, PRINTER_REASON_PAUSED, 0 },
    { STR("shutdown"), WEIGHT_STOPS, PRINTER_REASON_OTHER, 0 },
    { STR("offline"), WEIGHT_STOPS, PRINTER_REASON_OTHER, 0 }, /* a cupsd, of the printer behind it */
    { STR("timed-out"), WEIGHT_DEPENDS, PRINTER_REASON_OTHER, 0 },
    { STR("output-area-full"), WEIGHT_DEPENDS, PRINTER_REASON_OTHER, 0 },
    { STR("output-tray-missing"), WEIGHT_DEPENDS, PRINTER_REASON_OTHER, 0 },
    { STR("marker-waste-full"), WEIGHT_DEPENDS, PRINTER_REASON_OTHER, 0 },
    { STR("spool-area-full"), WEIGHT_DEPENDS, PRINTER_REASON_OTHER, 0 },
    { STR("fuser-over-temp"), WEIGHT_DEPENDS, PRINTER_REASON_OTHER, 0 },
    { STR("fuser-under-temp"), WEIGHT_NOTE, 0, 0 }, /* warming up */
    { STR("opc-life-over"), WEIGHT_DEPENDS, PRINTER_REASON_OTHER, 0 },
    { STR("other"), WEIGHT_DEPENDS, PRINTER_REASON_OTHER, 0 },
    { STR("connecting-to-device"), WEIGHT_NOTE, 0, 0 },
    { STR("stopping"), WEIGHT_NOTE, 0, 0 },
    { STR("none"), WEIGHT_NOTE, 0, 0 },
};

typedef enum Suffix { SUFFIX_NONE, SUFFIX_REPORT, SUFFIX_WARNING, SUFFIX_ERROR } Suffix;

static Suffix cut_suffix(Str *keyword)
{
    static const struct {
        Str words;
        Suffix suffix;
    } suffixes[] = {
        { STR("-report"), SUFFIX_REPORT },
        { STR("-warning"), SUFFIX_WARNING },
        { STR("-error"), SUFFIX_ERROR },
    };

    for (size_t i = 0; i < COUNT(suffixes); i++)
        if (str_ends(*keyword, suffixes[i].words)) {
            keyword->len -= suffixes[i].words.len;
            return suffixes[i].suffix;
        }
    return SUFFIX_NONE;
}

/* A warning of an idle printer would take a job; the same warning while a job is on it is what the job waits for. */
static bool stops(Suffix suffix, PrinterState state)
{
    if (state == PRINTER_STOPPED)
        return true;
    switch (suffix) {
    case SUFFIX_NONE:
    case SUFFIX_ERROR: return true;
    case SUFFIX_WARNING: return state == PRINTER_PROCESSING;
    case SUFFIX_REPORT: return false;
    }
    return false;
}

unsigned printer_reason_bits(Str keyword, PrinterState state)
{
    Suffix suffix = cut_suffix(&keyword);

    for (size_t i = 0; i < COUNT(rows); i++) {
        if (!str_equal(rows[i].keyword, keyword))
            continue;
        if (rows[i].weight == WEIGHT_DEPENDS && !stops(suffix, state))
            return rows[i].mild_bits;
        return rows[i].bits;
    }
    return suffix == SUFFIX_ERROR ? PRINTER_REASON_OTHER : 0;
}
