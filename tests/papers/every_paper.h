/* Every paper that the catalogue yields for students of a file of cases, one after the other, as the office composes
 * and seals it: shared by papers.c and the bench. */
#ifndef PAPERS_EVERY_PAPER_H
#define PAPERS_EVERY_PAPER_H

#include "registrar/office/compositions.h"

typedef struct EveryPaper {
    const Office *office;
    const Shelf *shelf;
    const char *only_template, *only_case, *only_language; /* NULL: all */
    /* name: "ordinary.transcript.uz", once for each. */
    bool (*each)(void *ctx, const char *case_name, const char *name, const CompositionSources *sources, Error *err);
    void *ctx;
} EveryPaper;

/* file: {"cases": [{"name", "number", "parts": {"profile": ..., "results": ...}}]} */
bool every_paper(const EveryPaper *every, const char *file, Error *err) MUST_USE;

/* One that is composed, with a number and a code that nobody has. */
typedef struct PaperWork {
    Composition composition;
    SealClaims claims;
    char number[24], code[15], address[80];
    DocumentInput input; /* points into this */
} PaperWork;

/* n: its number.  *ret_missing: what the record lacks, and there is nothing to draw; NULL: it is whole. */
bool paper_compose(const Office *office, const CompositionSources *sources, int n, PaperWork *ret,
                   const char **ret_missing, Error *err) MUST_USE;
void paper_fini(PaperWork *work);
#define OWNED_PAPER __attribute__((cleanup(paper_fini))) PaperWork
bool paper_seal(const Office *office, PaperWork *work, const DocumentFacts *facts, Qr *ret, Error *err) MUST_USE;

#endif
