/* What a student asked for and was given, counted by service and template: what limits go by. */
#ifndef REGISTRAR_STORE_ASKED_H
#define REGISTRAR_STORE_ASKED_H

#include "registrar/store/requests.h"

typedef struct AskedCount {
    char service[SERVICE_SIZE];
    char template[SERVICE_SIZE]; /* of papers; "": of requests */
    int64_t papers; /* given since then; those that were replaced do not count, and a document's copies on paper and on
                     * a phone are one */
    int64_t requests;           /* since then, that were not given up */
    int64_t requests_in_period; /* of the academic period, that were not given up */
    int64_t given_up;           /* handed in since then, and taken back or refused */
    int64_t granted;            /* ever: handed in, and approved by people */
    int64_t under_way;          /* ever: handed in, and not decided yet */
} AskedCount;

/* Of services that have any, by name; of one there may be several rows.  since_s: Unix seconds. */
bool asked_counts(StoreTransaction *transaction, int64_t student, int64_t since_s, const char *period, AskedCount *rows,
                  size_t room, size_t *ret_count, Error *err) MUST_USE;

#endif
