/* How often each thing that staff look at has changed: a row a topic, written in the act's own transaction. */
#ifndef REGISTRAR_STORE_DESK_TOPICS_H
#define REGISTRAR_STORE_DESK_TOPICS_H

#include <stdint.h>

#include "registrar/store/store.h"

#define DESK_TOPIC_SIZE  16
#define DESK_TOPICS_MOST 16 /* that are read */

typedef struct DeskTopicRow {
    char topic[DESK_TOPIC_SIZE];
    int64_t n;
} DeskTopicRow;

/* Everybody who watches is told at the commit. */
bool desk_topics_count(StoreTransaction *transaction, const char *topic, Error *err) MUST_USE;
/* Those that ever changed. */
bool desk_topics_list(StoreTransaction *transaction, DeskTopicRow rows[], size_t room, size_t *ret_count,
                      Error *err) MUST_USE;

#endif
