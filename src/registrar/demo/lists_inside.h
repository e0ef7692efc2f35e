/* What the readers of the lists share.  Inside demo/. */
#ifndef REGISTRAR_DEMO_LISTS_INSIDE_H
#define REGISTRAR_DEMO_LISTS_INSIDE_H

#include "base/buf.h"
#include "registrar/demo/lists.h"

typedef bool (*LineEach)(Lists *lists, void *ctx, Str line, Error *err);

/* A copy that lives as long as the lists. */
bool lists_keep(Lists *lists, Str text, const char **ret, Error *err);
bool lists_keep_buf(Lists *lists, const Buf *buf, const char **ret, Error *err);
/* "a | b | c" into exactly count of them, none of them empty. */
bool lists_split(Str line, Str fields[], size_t count);
/* Always false. */
bool lists_full(Error *err, const char *what);

typedef enum AroundSection {
    AROUND_DISTRICTS,
    AROUND_STREETS,
    AROUND_BUILDINGS,
    AROUND_DORMITORIES,
    AROUND_EMPLOYERS,
    AROUND_SECTION_COUNT
} AroundSection;

/* A LineEach over around.txt; ctx: an AroundSection, AROUND_SECTION_COUNT at first. */
bool lists_read_around(Lists *lists, void *ctx, Str line, Error *err);
/* Something in each section. */
bool lists_have_around(const Lists *lists);

#endif
