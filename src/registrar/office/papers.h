/* The templates that the office issues with, and older ones that unfinished snapshots were frozen with. */
#ifndef REGISTRAR_OFFICE_PAPERS_H
#define REGISTRAR_OFFICE_PAPERS_H

#include "registrar/document/template.h"
#include "registrar/store/store.h"
#include "wire/catalogue.h"

#define PAPERS_MOST 64

typedef struct Paper {
    Template *template; /* owned */
    bool shows_pinfl;   /* not for who signed in with a first password */
} Paper;

typedef struct Papers {
    size_t count;
    Paper items[PAPERS_MOST];
} Papers;

/* Every .json of the folder; each version is kept in the store for as long as there are papers of it. */
bool papers_load(const char *folder, Store *store, Papers *ret, Error *err) MUST_USE;
void papers_fini(Papers *papers);
/* NULL: no such kind. */
const Paper *papers_find(const Papers *papers, const char *id);
/* Every document that the catalogue offers has a template that speaks its languages: ERR_NOT_FOUND with its path. */
bool papers_check_catalogue(const Papers *papers, const Catalogue *catalogue, Error *err) MUST_USE;
/* An older version, from the store; the caller's. */
Template *papers_recall(Store *store, const char *id, const char *version, Error *err) MUST_USE;

#endif
