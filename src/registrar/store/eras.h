/* The register's eras and counters: what a restore jumps over (MODEL.md section 1). */
#ifndef REGISTRAR_STORE_ERAS_H
#define REGISTRAR_STORE_ERAS_H

#include "registrar/store/copies.h"

#define COUNTERS_MOST 64 /* of the newest years: those of old ones do not move any more */

typedef struct CounterRow {
    char register_name[12];
    int year, last;
} CounterRow;

bool institutions_era(StoreTransaction *transaction, uint32_t *ret, Error *err) MUST_USE;
/* The newest year first; at most room. */
bool counters_list(StoreTransaction *transaction, CounterRow *rows, size_t room, size_t *ret_count,
                   Error *err) MUST_USE;
/* Whether a restore went past this number: the era that began with it, and when. */
bool skipped_find(StoreTransaction *transaction, const char *register_name, int year, int number, bool *ret_found,
                  uint32_t *ret_era, int64_t *ret_at_s, Error *err) MUST_USE;

/* --- what opens a new era, in one transaction: office/restoring.h --- */

/* True in *ret: everything in the database is this institution's, and it was a registrar's before. */
bool restored_is_ours(StoreTransaction *transaction, bool *ret, Error *err) MUST_USE;
/* When the database was last written, by its last act; 0: never. */
bool restored_moment(StoreTransaction *transaction, int64_t *ret_ms, Error *err) MUST_USE;
bool eras_begin(StoreTransaction *transaction, uint32_t era, int64_t now_s, Error *err) MUST_USE;
/* JSON: what each counter skipped. */
bool eras_ranges(StoreTransaction *transaction, uint32_t era, const char *ranges, Error *err) MUST_USE;
bool counters_jump(StoreTransaction *transaction, const CounterRow *counter, Error *err) MUST_USE;
bool skipped_add(StoreTransaction *transaction, const char *register_name, int year, int first, int last, uint32_t era,
                 Error *err) MUST_USE;

typedef struct RestoredCounts {
    int64_t sessions, jobs, preparing;
} RestoredCounts;
/* Sessions end; jobs that were not final are unknown, and what was handed out or reported before counts no more
 * (their epochs grow by epochs); what is being prepared may be finished at once. */
bool restored_settle(StoreTransaction *transaction, uint32_t epochs, int64_t now_s, RestoredCounts *ret,
                     Error *err) MUST_USE;

/* The copy in this place of a list. */
bool copies_by_place(StoreTransaction *transaction, uint32_t list, uint32_t index, bool *ret_found, CopyRow *ret,
                     Error *err) MUST_USE;
/* Keeps what a published list said of copies that nobody knows; the list is made when it was unknown.  Its next version
 * is above this one. */
bool status_lists_keep(StoreTransaction *transaction, uint32_t list, int64_t version, Str kept, Error *err) MUST_USE;
/* No list takes copies any more, but a new one. */
bool status_lists_close(StoreTransaction *transaction, uint32_t next_list, Error *err) MUST_USE;
bool status_lists_newest(StoreTransaction *transaction, uint32_t *ret_list, Error *err) MUST_USE;

#endif
