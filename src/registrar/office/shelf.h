/* A shelf: all that an office offers at one moment, services, templates, words of papers, pages of information, made
 * whole and checked whole, then constant.  Who answers somebody takes it once and drops it at the end of the act, so
 * that everything in one answer is of one version, whatever changes meanwhile: that is another shelf.  Inside office/
 * and for `registrar`. */
#ifndef REGISTRAR_OFFICE_SHELF_H
#define REGISTRAR_OFFICE_SHELF_H

#include "registrar/office/office.h"
#include "registrar/office/papers.h"
#include "registrar/office/shelf_files.h"
#include "registrar/office/words.h"
#include "wire/catalogue.h"
#include "wire/information.h"

typedef struct Shelf Shelf; /* counted; any thread */

/* Of these files, each of which is checked alone and all of them together.  NULL: *faults says why; where it says
 * nothing, there was no memory. */
Shelf *shelf_make(const ShelfFiles *files, ShelfFaults *faults, Error *err) MUST_USE;
/* That of a registrar's folders and register, as an office would open with; nothing is written.  ERR_FORMAT with file,
 * path and reason. */
Shelf *shelf_read(const OfficeConfig *config, Store *store, Error *err) MUST_USE;
/* What these folders would make, with what was put into the register (store NULL: without).  NULL: *faults says why;
 * where it says nothing, *err does. */
Shelf *shelf_try(const ShelfFolders *folders, Store *store, ShelfFaults *faults, Error *err) MUST_USE;
/* Those of a configuration, whose strings they borrow.  words: room for the default one. */
ShelfFolders shelf_folders(const OfficeConfig *config, char words[], size_t size);
Shelf *shelf_keep(Shelf *shelf);
void shelf_drop(Shelf *shelf);
OWNED_BY(Shelf, shelf_drop)

/* What follows is borrowed from it. */
Catalogue *shelf_catalogue(const Shelf *shelf);
const Papers *shelf_papers(const Shelf *shelf);
const Words *shelf_words(const Shelf *shelf);
const Information *shelf_information(const Shelf *shelf);
/* With the id of each. */
const ShelfFiles *shelf_files(const Shelf *shelf);
/* NULL: the catalogue has none of this id. */
const Service *shelf_service(const Shelf *shelf, const char *id);
/* NULL: no such template, or NULL for an id. */
const Paper *shelf_paper(const Shelf *shelf, const char *id);

#endif
