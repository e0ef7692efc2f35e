/* Applications in lists, as staff see them: requests that have a number, each in one list, by when they are due.
 *
 * A list is read off columns of the request that hold what stands in other tables (schema/0016.sql).  Who reads lists
 * first places what has changed since: inbox_unplaced, then inbox_place for each, in a writing act. */
#ifndef REGISTRAR_STORE_INBOX_H
#define REGISTRAR_STORE_INBOX_H

#include "registrar/store/staff_scope.h"
#include "registrar/store/stages.h"

#define FACULTY_SIZE 24

typedef enum InboxList {
    INBOX_REVIEW,  /* waits for a decision */
    INBOX_PAYMENT, /* for money */
    INBOX_RETURNED,
    INBOX_APPROVED,
    INBOX_OVER, /* fulfilled, declined, taken back, expired */
    INBOX_LIST_COUNT
} InboxList;

const char *inbox_list_name(InboxList list);
bool inbox_list_parse(Str name, InboxList *ret) MUST_USE;

typedef struct InboxRow {
    char id[ID_SIZE];
    int64_t student;
    char number[REQUEST_NUMBER_SIZE];
    char service[SERVICE_SIZE];
    RequestState state;
    uint32_t epoch;
    int64_t asked_at_s;
    int64_t due_s; /* the promise, else when it was asked for */
    InboxList list;
    char unit[STAGE_UNIT_SIZE]; /* "": nowhere */
    char clerk[STAGE_CLERK_SIZE];
    char faculty[FACULTY_SIZE]; /* "": not known */
    bool unconfirmed;           /* a visitor whose passport nobody has seen */
} InboxRow;

/* profile: the body of its student's record part, empty where none is known.  Both are good for the call. */
typedef bool (*InboxEach)(void *ctx, const InboxRow *row, Str profile, Error *err);

typedef struct InboxQuery {
    InboxList list;
    const StaffScope *scope; /* units and faculties that are seen; NULL: all */
    const char *unit;        /* "": any */
    const char *service;     /* "": any */
    const char *clerk;       /* who is at it; "": whoever; "-": nobody */
    int64_t after_s;         /* due_s and id of the last one seen */
    const char *after;       /* "": from the first */
    size_t most;
} InboxQuery;

/* What is due first comes first; of what is over, what was due last.  What waits is seen by the unit where it stands;
 * what stands in none (it waits for money), is approved or over, whose faculty they see, by all units. */
bool inbox_list(StoreTransaction *transaction, const InboxQuery *query, InboxEach each, void *ctx, Error *err) MUST_USE;
/* How many such there are, whatever after and most say. */
bool inbox_count(StoreTransaction *transaction, const InboxQuery *query, int64_t *ret, Error *err) MUST_USE;

typedef struct InboxPart {
    char name[SERVICE_SIZE];
    int64_t count;
} InboxPart;
/* Of a list its services, or its units, with how many there are of each; unit and service of the query are passed over.
 * By name. */
bool inbox_services(StoreTransaction *transaction, const InboxQuery *query, InboxPart *rows, size_t room,
                    size_t *ret_count, Error *err) MUST_USE;
bool inbox_units(StoreTransaction *transaction, const InboxQuery *query, InboxPart *rows, size_t room,
                 size_t *ret_count, Error *err) MUST_USE;

/* All of one student, the newest first, and the one of this number.  Scopes are the caller's to look at. */
bool inbox_of_student(StoreTransaction *transaction, int64_t student, size_t most, InboxEach each, void *ctx,
                      Error *err) MUST_USE;
bool inbox_of_number(StoreTransaction *transaction, const char *number, InboxEach each, void *ctx, Error *err) MUST_USE;

typedef struct InboxUnplaced {
    char id[ID_SIZE];
    int64_t student;
} InboxUnplaced;
/* By id. */
bool inbox_unplaced(StoreTransaction *transaction, InboxUnplaced *rows, size_t room, size_t *ret_count,
                    Error *err) MUST_USE;
/* faculty: of its student now; "": not known. */
bool inbox_place(StoreTransaction *transaction, const char *id, const char *faculty, Error *err) MUST_USE;

#endif
