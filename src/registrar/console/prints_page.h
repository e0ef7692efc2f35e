/* What the two files of the print queue's page share: which list is shown.  Inside console/. */
#ifndef REGISTRAR_CONSOLE_PRINTS_PAGE_H
#define REGISTRAR_CONSOLE_PRINTS_PAGE_H

#include "registrar/console/desk.h"
#include "registrar/office/jobs_queue.h"

#define PRINTS_QUERY_SIZE 320

typedef struct PrintsFilters {
    size_t list; /* of the page's lists */
    PrintQueueSort sort;
    char printer[ID_SIZE]; /* an owner; "": any */
    char typed[96];
    char after[80]; /* of the next page's link: "6.1700000000.ID" */
    char job[ID_SIZE];
} PrintsFilters;

void prints_filters_read(const char *query, PrintsFilters *ret);
/* "/office/prints?...": the list as it is filtered, with this job open ("": none), from its first page or where it is.
 */
void prints_link(const Desk *desk, const PrintsFilters *filters, const char *job, bool keeps_place, Buf *ret);
const char *say_prints(const Desk *desk, const char *id);
/* The page over again, with what was typed into a form that was refused: words of the fault in desk.view["said"]. */
bool prints_show(Desk *desk, const PrintsFilters *filters, int status, HttpServerAnswer *answer, Error *err) MUST_USE;

#endif
