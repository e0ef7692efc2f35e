/* HEMIS's data API, page by page: all students, all results, or what has changed since a time.  A walk is a plain
 * struct that may be kept and gone on with.  What servers say of their pages is not believed (they count from 0, repeat
 * a page, never end, have another size than was asked for, or forget to tell): a walk ends where pages bring nothing
 * new, and says what does not add up. */
#ifndef REGISTRAR_CONNECT_HEMIS_BULK_H
#define REGISTRAR_CONNECT_HEMIS_BULK_H

#include <jansson.h>

#include "registrar/connect/hemis/hemis.h"

#define HEMIS_PAGE_ROWS    200 /* the most that HEMIS gives (S1) */
#define HEMIS_PAGE_PACE_MS 100 /* between requests: ten a second for an address (S1) */
#define HEMIS_PAGES_MOST   200000

typedef enum HemisBulk {
    HEMIS_BULK_STUDENTS, /* data/student-list, of every status: {"number", "updated_s", "profile", "pinfl" (few tell
                            it)} */
    HEMIS_BULK_RESULTS,  /* data/academic-record-list: {"number", "updated_s", "result"} */
    HEMIS_BULK_COUNT
} HemisBulk;

typedef struct HemisWalk {
    HemisBulk what;
    int64_t updated_from_s; /* 0: all there are */
    int64_t next_page;      /* 1 at the beginning */
    int64_t asked_page;     /* of the answer before; 0: none */
    int64_t rows;           /* that were read */
    int64_t unreadable;     /* that lacked whose they are, or what */
    int64_t total;          /* as HEMIS told last; -1: it tells nothing */
    int64_t page_rows;      /* of its first page: how many a page has here */
    uint64_t last_hash;     /* of the answer before, to know it again */
    uint64_t first_hash;    /* of the first */
    int repeated;           /* answers in a row that were as one before */
    int64_t pages_repeated; /* in all, but for the one that ended it */
    bool looked_before;     /* page 0 was asked for, since rows are missing */
    bool done;
} HemisWalk;

void hemis_walk_begin(HemisWalk *walk, HemisBulk what, int64_t updated_from_s);

/* Reads one page and moves the walk on.  token: the static one of the data API; secret.  HEMIS_OK: *ret_rows is a list
 * of new objects, perhaps empty, owned by the caller.  HEMIS_LIMITED: ask again after *ret_wait_s.  HEMIS_EXPIRED: the
 * token is not taken.  After anything but HEMIS_OK the walk stands where it was.  Not after walk->done.  The caller
 * keeps HEMIS_PAGE_PACE_MS between two calls. */
HemisOutcome hemis_walk_on(Hemis *hemis, const char *token, HemisWalk *walk, json_t **ret_rows, int *ret_wait_s,
                           Error *err) MUST_USE;

/* Rows that HEMIS said there are and did not give; 0 when it told nothing. */
int64_t hemis_walk_missing(const HemisWalk *walk);

#endif
