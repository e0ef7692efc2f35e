/* What the pages of applications have in common: who sees what, and the inbox that stands beside an open request.
 * Inside console/. */
#ifndef REGISTRAR_CONSOLE_APPLICATIONS_H
#define REGISTRAR_CONSOLE_APPLICATIONS_H

#include "registrar/console/desk.h"
#include "registrar/office/review.h"
#include "registrar/office/review_inbox.h"

#define FILTERS_SIZE 240

/* What of the inbox is shown, from a page's query. */
typedef struct InboxFilters {
    InboxList list;
    char unit[STAGE_UNIT_SIZE], service[SERVICE_SIZE], whose[8], typed[96];
    int64_t after_s;
    char after[ID_SIZE];
    char query[FILTERS_SIZE]; /* the same for links, "?l=uz&list=review..." */
} InboxFilters;

void inbox_filters_read(const Desk *desk, InboxFilters *ret);

/* A value of a view; NULL: it is not there. */
static inline void view_put(json_t *object, const char *name, const char *text)
{
    (void)json_object_set_new(object, name, json_string(text ? text : ""));
}

static inline void view_put_when(json_t *object, const char *name, bool holds)
{
    (void)json_object_set_new(object, name, json_boolean(holds));
}

/* A text of the parts' own that begins with "say.applications."; "" where there is none. */
const char *say_application(const Desk *desk, const char *id);
/* "dean" in words. */
const char *say_unit(const Desk *desk, const char *unit);
const char *say_state(const Desk *desk, RequestState state);
/* The service's id where it is offered no more. */
const char *say_title(const Desk *desk, const LocalText *title, const char *service);
/* "10:20" of today, "yesterday", "20.11.2026". */
void say_moment(const Desk *desk, int64_t at_s, Buf *ret);
void say_day(const Desk *desk, int64_t at_s, Buf *ret);

/* The inbox into desk->view; open: id of the request that is open, "" none. */
bool inbox_put(Desk *desk, const InboxFilters *filters, const char *open, Error *err) MUST_USE;
/* Whether who asks may see this request, and decide on it; its number is written where they may. */
bool application_is_seen(Desk *desk, const char *id, char ret_number[REQUEST_NUMBER_SIZE], bool *ret,
                         Error *err) MUST_USE;
/* There is no such request for whoever asks. */
bool application_not_found(Desk *desk, HttpServerAnswer *answer, Error *err) MUST_USE;

#endif
