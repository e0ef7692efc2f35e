/* A bulk import from HEMIS: pages of its data API into the register, at HEMIS's own pace, gone on with from the last
 * page that was stored. */
#ifndef REGISTRAR_HEMIS_IMPORT_H
#define REGISTRAR_HEMIS_IMPORT_H

#include "registrar/connect/hemis/bulk.h"
#include "registrar/office/bulk.h"

typedef struct HemisImport {
    /* In, borrowed. */
    Office *office;
    Hemis *hemis;
    const char *token; /* of the data API; secret */
    int pace_ms;       /* at least so long between two requests */
    bool whole;        /* everything is asked for */
    bool talks;        /* tells on standard error how far it is */
    /* Out. */
    BulkRun run;
    HemisWalk walks[HEMIS_BULK_COUNT];
    bool looked_around;
    int64_t pages;        /* that this program read */
    int64_t asked_ms;     /* monotonic: the last request; 0: none yet */
    int64_t waited_ms;    /* for HEMIS to answer, and for its pace */
    int64_t waits;        /* answers after which it was waited and asked again */
    HemisOutcome stopped; /* HEMIS_OK: it was not HEMIS that stopped it */
} HemisImport;

/* Begins an import or goes on with the one under way, up to its end but for bulk_end, which comes after the report.
 * False: what is stored stays, and another call goes on from there.  ERR_BUSY: another import is at work; ERR_DENIED:
 * HEMIS does not take the token; ERR_OFFLINE and others as HEMIS's answers say. */
bool hemis_import(HemisImport *import, Error *err) MUST_USE;

#endif
