/* A composition: everything that a document says, before it has a number.  Shown as the preview, checked for its shape,
 * then frozen as the snapshot.  Inside office/. */
#ifndef REGISTRAR_OFFICE_COMPOSITIONS_H
#define REGISTRAR_OFFICE_COMPOSITIONS_H

#include "registrar/document/document.h"
#include "registrar/office/campaigns.h"
#include "registrar/office/requests.h"
#include "registrar/office/shelf_keeper.h"
#include "registrar/office/students.h"

typedef struct Composition {
    const Shelf *shelf; /* borrowed, as what follows is of it */
    const Paper *paper;
    Language language;
    json_t *values; /* of the document, not of a copy */
    char holder[96];
    char holder_masked[96];
    char period[24];
    int64_t at_s;         /* its instant: what issued.date says, and the number's year */
    int64_t expires_at_s; /* good until then; 0: no end */
} Composition;

/* What a paper is made of: a student's record, what the student answered, and, where people decide, what they did. */
typedef struct CompositionSources {
    const Shelf *shelf;
    const Service *service;
    Language language;
    const Answers *answers;
    const Record *record; /* with at least composition_parts() */
    const Answers *staff; /* to the service's asks; NULL: nobody has decided yet */
    const char *blank;    /* "AM 0001234", the form that it is printed on; NULL: none yet */
} CompositionSources;

/* Which parts of the record this service's papers show, and its predicates look at: RECORD_OF(...) | ... */
unsigned composition_parts(const Shelf *shelf, const Service *service);
/* Needs no session: whoever approves composes for the record's student.  *ret_missing: the field that this paper shows
 * and that has no value (of the template); NULL: it is whole.  *ret is filled either way. */
bool composition_make(const Office *office, const CompositionSources *sources, Composition *ret,
                      const char **ret_missing, Error *err) MUST_USE;
/* The field without which this paper can't be made of this record, whatever is answered (of the template); NULL: none.
 * session: campaign_of() of that kind, may be NULL. */
const char *composition_missing(const Office *office, const Shelf *shelf, const Paper *paper, const Record *record,
                                const CampaignFound *session);
void composition_fini(Composition *composition);
#define OWNED_COMPOSITION __attribute__((cleanup(composition_fini))) Composition

/* The first page with placeholders and watermark.  False in *ret_fits: the paper or its seal would be too large. */
bool composition_preview(Office *office, const Composition *composition, const char *place, int width, Blob **ret_png,
                         int *ret_pages, bool *ret_fits, Error *err) MUST_USE;
/* Whether page and seal fit, with a number and a code as long as they can be; remembered for a while, so that who saw
 * the preview does not wait for it twice. */
bool composition_fits(Office *office, const Composition *composition, const char *place, bool *ret_fits,
                      Error *err) MUST_USE;

/* {"holder": ..., "expires_at_s": N, "values": {...}}, sealed under the records' key for this document. */
bool snapshot_freeze(const Office *office, const Composition *composition, const char *document, Buf *sealed,
                     Error *err) MUST_USE;
json_t *snapshot_thaw(const Office *office, const char *document, Str sealed, Error *err) MUST_USE;

/* The sealed fields that the template names, from the values. */
bool claims_add_fields(const Template *template, const json_t *values, SealClaims *claims, Error *err) MUST_USE;

#endif
