/* What staff see change while they look at it.  An act says which topic it changed, in its own transaction; pages that
 * show that topic hear of it (feed.h, console/live.c) and ask for themselves anew.  A change is counted and has no
 * history: who compares counts misses nothing, whatever was lost, purged or restored in between. */
#ifndef REGISTRAR_OFFICE_LIVE_H
#define REGISTRAR_OFFICE_LIVE_H

#include "base/buf.h"
#include "registrar/store/store.h"

typedef enum DeskTopic {
    DESK_PRINTS,   /* print jobs and what became of them */
    DESK_REQUESTS, /* what goes through people */
    DESK_HALL,     /* windows and tickets */
    DESK_CALLS,    /* calls for a person */
    DESK_PRINTERS, /* printers, of kiosks and of the office */
    DESK_STUDENTS, /* records, documents, copies */
    DESK_TOPIC_COUNT
} DeskTopic;

/* "prints" */
const char *desk_topic_name(DeskTopic topic);
bool desk_topic_parse(Str name, DeskTopic *ret) MUST_USE;

/* Within the act that changes it: "prints", "requests"...  Heard of when it is committed, and never when it is not.
 * ERR_ARGUMENT: there is no such topic. */
bool desk_tell(StoreTransaction *transaction, const char *topic, Error *err) MUST_USE;

/* How often each of them changed. */
typedef struct DeskCounts {
    int64_t of[DESK_TOPIC_COUNT];
} DeskCounts;

bool desk_counts_read(StoreTransaction *transaction, DeskCounts *ret, Error *err) MUST_USE;
/* As one word: "12.0.3.0.7.1". */
void desk_counts_write(const DeskCounts *counts, Buf *buf);
/* False: it is none, or one of a registrar with other topics. */
bool desk_counts_parse(Str text, DeskCounts *ret) MUST_USE;

#endif
