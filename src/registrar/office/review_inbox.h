/* The inbox: applications as one member of staff sees them, found by what was typed or listed by when they are due.
 * What a scope does not name is not there for whoever has it. */
#ifndef REGISTRAR_OFFICE_REVIEW_INBOX_H
#define REGISTRAR_OFFICE_REVIEW_INBOX_H

#include "registrar/office/shelf.h"
#include "registrar/store/inbox.h"

#define INBOX_LINES_MOST    50
#define INBOX_SERVICES_MOST 80
#define INBOX_UNITS_MOST    16
#define INBOX_FOUND_MOST    30 /* students whom one search looks at */

typedef struct InboxLine {
    InboxRow row;
    char holder[160]; /* surname and given names, as the record has them */
    LocalText title;  /* of the service; borrowed from the inbox's shelf.  Empty: it is offered no more */
    int64_t late_s;   /* working seconds since it was due; 0: not yet */
    int64_t left_s;   /* working seconds to it */
} InboxLine;

typedef struct InboxFilter {
    InboxPart part;
    LocalText title; /* of a service; borrowed */
} InboxFilter;

typedef struct Inbox {
    Shelf *shelf; /* owned */
    size_t count;
    InboxLine lines[INBOX_LINES_MOST];
    bool more;
    int64_t of_list[INBOX_LIST_COUNT]; /* how many there are; of what is over they are not counted: 0 */
    int64_t mine, free; /* of the list that was asked for: whose clerk is who looks, and whose is nobody */
    size_t service_count, unit_count;
    InboxFilter services[INBOX_SERVICES_MOST]; /* of the list that was asked for */
    InboxPart units[INBOX_UNITS_MOST];
    int64_t day_s; /* how long the office works on a day, on average */
} Inbox;

typedef struct InboxWanted {
    const char *clerk;       /* who looks: "staff:NAME" */
    const StaffScope *scope; /* NULL: everywhere */
    InboxList list;
    const char *unit, *service; /* "": any */
    const char *whose;          /* "mine", "free"; else anybody's */
    const char *typed;          /* "": no search; else what of a list is asked for counts for nothing */
    int64_t after_s;            /* due_s and id of the last one seen */
    const char *after;          /* "": from the first */
} InboxWanted;

/* *ret is large: on the heap.  typed: a request's number or its end ("123"), a student's number, or a name however
 * spelled; searching is an act. */
bool review_inbox(Office *office, const InboxWanted *wanted, Inbox *ret, Error *err) MUST_USE;
void review_inbox_fini(Inbox *inbox);
/* What changed since somebody looked last finds its list: before anything is counted by inbox_count. */
bool review_place(Office *office, Error *err) MUST_USE;
/* Whether this request is seen within a scope, and decided on: by the record and the unit of now, whatever lists still
 * say.  False in *ret also where there is none; ret_number is "" then. */
bool review_sees(Office *office, const StaffScope *scope, const char *id, char ret_number[REQUEST_NUMBER_SIZE],
                 bool *ret, Error *err) MUST_USE;
/* Whether a scope names what stands in this unit, in none (it waits for money), or is decided, and whose student is of
 * this faculty. */
bool inbox_sees(const StaffScope *scope, InboxList list, const char *unit, const char *faculty);

#endif
