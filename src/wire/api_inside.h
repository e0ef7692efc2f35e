/* Parts of the interface's shapes that several files of them have.  Inside wire only. */
#ifndef WIRE_API_INSIDE_H
#define WIRE_API_INSIDE_H

#include "wire/api.h"
#include "wire/json.h"

extern const Member api_request_line_members[];
extern const size_t api_request_line_member_count;

/* The member "answers" of an object. */
bool api_answers_put(json_t *object, const Answers *answers, Error *err) MUST_USE;
bool api_answers_take(const json_t *object, Answers *ret, Error *err) MUST_USE;

#endif
