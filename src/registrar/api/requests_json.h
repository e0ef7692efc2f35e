/* A request as staff's programs read it. */
#ifndef REGISTRAR_API_REQUESTS_JSON_H
#define REGISTRAR_API_REQUESTS_JSON_H

#include <jansson.h>

#include "registrar/office/review.h"

/* NULL without memory; what is not there is absent. */
json_t *requests_json_queue(const ReviewQueue *queue);
json_t *requests_json_review(const Review *review);

#endif
