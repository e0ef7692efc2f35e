/* Topics: what people come to the windows for, as institution.json has them.  A university that names none has no
 * tickets.
 *
 *   "topics": [{"id": "papers", "letter": "A", "titles": {"uz": "...", "ru": "..."}}, ...]
 *
 * The letter begins the numbers of its tickets; no two topics share one. */
#ifndef REGISTRAR_OFFICE_TOPICS_H
#define REGISTRAR_OFFICE_TOPICS_H

#include <jansson.h>

#include "wire/hall.h"

typedef struct Topic {
    const char *id; /* borrowed from the JSON, as the titles are */
    char letter[2];
    LocalText titles;
} Topic;

typedef struct Topics {
    size_t count;
    Topic items[HALL_TOPICS_MOST];
} Topics;

/* list: institution.json's "topics", NULL: none; must outlive ret.  ERR_FORMAT with the place. */
bool topics_read(const json_t *list, Topics *ret, Error *err) MUST_USE;
/* NULL: there is none of this id. */
const Topic *topics_find(const Topics *topics, const char *id);
/* ids: by commas, each of them known, at least one.  False: not so. */
bool topics_known(const Topics *topics, const char *ids) MUST_USE;
/* Whether an id stands in a list by commas. */
bool topics_name(const char *ids, const char *id);

#endif
