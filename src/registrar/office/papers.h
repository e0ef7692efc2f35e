/* The templates that the office issues with, and older ones that unfinished snapshots were frozen with. */
#ifndef REGISTRAR_OFFICE_PAPERS_H
#define REGISTRAR_OFFICE_PAPERS_H

#include "registrar/document/template.h"
#include "registrar/office/field_choice.h"
#include "registrar/store/documents.h"

#define PAPERS_MOST 64

typedef struct Paper {
    Template *template; /* owned */
    FieldChoice fields; /* that it shows */
    bool shows_pinfl;   /* not for who signed in with a first password */
} Paper;

typedef struct Papers {
    size_t count;
    Paper items[PAPERS_MOST];
} Papers;

/* take_template is taken over, whatever comes of it.  body: its text.  ERR_RANGE: there are too many. */
bool papers_add(Papers *papers, Template *take_template, Str body, Error *err) MUST_USE;
void papers_fini(Papers *papers);
/* NULL: no such kind. */
const Paper *papers_find(const Papers *papers, const char *id);

/* An older version, from the store; the caller's. */
Template *papers_recall(Store *store, const char *id, const char *version, Error *err) MUST_USE;
/* Whether a document shows a PINFL: as its own version of the template says, whatever the newest does. */
bool papers_show_pinfl(StoreTransaction *transaction, const Papers *papers, const DocumentRow *document, bool *ret,
                       Error *err) MUST_USE;

#endif
