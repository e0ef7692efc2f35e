/* The one place where the shelf of now hangs, and who changes it: files that are changed in the folders, what is put
 * over the interface, and what other registrars of the same database were told.  A shelf that is not whole never hangs
 * there: the last one stays, and the log and an alert say what is wrong with the new one.  Inside office/. */
#ifndef REGISTRAR_OFFICE_SHELF_KEEPER_H
#define REGISTRAR_OFFICE_SHELF_KEEPER_H

#include "registrar/office/inside.h"
#include "registrar/office/shelf.h"

typedef struct ShelfKeeper ShelfKeeper;

/* How often the folders are looked at; what was touched is read once it looks the same twice. */
#define SHELF_ROUND_MS 250

/* The shelf of now: never NULL between opening and closing.  shelf_drop. */
Shelf *shelf_take(const Office *office) MUST_USE;

/* Reads folders and register.  Where the folders are broken, what was taken whole last serves, and the log says so;
 * ERR_FORMAT with file, path and reason when there is no such thing. */
bool shelf_keeper_open(Office *office, Error *err) MUST_USE;
void shelf_keeper_close(Office *office);
/* From now on changes of the folders and of the register are followed. */
bool shelf_keeper_watch(Office *office, Error *err) MUST_USE;

/* Takes what others put, if the register has something newer. */
bool shelf_follow(Office *office, Error *err) MUST_USE;
/* The register changed in some way: it is looked at in the next round rather than after some seconds. */
void shelf_nudge(Office *office);

/* --- for offers.c: one change at a time --------------------------------------------------------------------------- */

/* What a change stands on: the folders' files as they were last whole, those that were put, and the revision of these.
 * Between begin and end nobody else changes the shelf. */
bool shelf_change_begin(Office *office, ShelfFiles *ret_files, int64_t *ret_revision, Error *err) MUST_USE;
/* The new one hangs; shelf is taken over.  NULL: nothing changed. */
void shelf_change_end(Office *office, Shelf *take_shelf, int64_t revision);

/* Every version of a template that papers can be made of is kept for as long as there are such papers. */
bool shelf_keep_templates(StoreTransaction *transaction, const Shelf *shelf, Error *err) MUST_USE;

#endif
