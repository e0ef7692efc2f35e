/* A request's way through its units: one stage for each unit that it came to, and one more each time that a student
 * answered anew what a unit had returned.  Inside office/, and for its pages. */
#ifndef REGISTRAR_OFFICE_PASSAGE_H
#define REGISTRAR_OFFICE_PASSAGE_H

#include "registrar/store/stages.h"
#include "wire/details.h"

#define RETURNS_MOST (API_STAGES_MOST - UNITS_MOST) /* then somebody decides */

typedef struct Passage {
    size_t count;
    StageRow stages[API_STAGES_MOST];
} Passage;

static inline bool passage_read(StoreTransaction *transaction, const char *request, Passage *ret, Error *err)
{
    return stages_list(transaction, request, ret->stages, COUNT(ret->stages), &ret->count, err);
}

static inline size_t passage_of(const Passage *passage, StageState state)
{
    size_t count = 0;

    for (size_t i = 0; i < passage->count; i++)
        count += passage->stages[i].state == state;
    return count;
}

/* Where it stands; NULL: it came to no unit yet. */
static inline const StageRow *passage_last(const Passage *passage)
{
    return passage->count ? &passage->stages[passage->count - 1] : NULL;
}

/* Of the service's units, by their place: the one after where it stands; unit_count or more: there is none. */
static inline size_t passage_next(const Passage *passage)
{
    return passage_of(passage, STAGE_APPROVED) + 1;
}

#endif
