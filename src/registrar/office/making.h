/* From a number that was taken to a paper that is there: the page is drawn from the snapshot, sealed, encrypted and
 * stored (DESIGN.md section 6).  Whoever finishes it, it says the same.  Inside office/. */
#ifndef REGISTRAR_OFFICE_MAKING_H
#define REGISTRAR_OFFICE_MAKING_H

#include "registrar/office/compositions.h"
#include "registrar/store/print_jobs.h"

/* A page takes milliseconds.  Who died over one keeps its student waiting so long; who is only slow is fenced by the
 * copy's epoch, and made the page for nothing. */
#define MAKE_LEASE_S   10
#define MAKE_TRIES     3
#define ASSIGN_LEASE_S 60 /* the page is fetched within it, or the job waits again */

/* The unit that looks after papers which nobody decided on, and which could not be made. */
#define FRONT_OFFICE "front-office"

typedef enum MakeOutcome {
    MAKE_READY,
    MAKE_TAKEN, /* somebody else is at it, or was faster */
    MAKE_FAILED /* this try, or for good when the tries are used up */
} MakeOutcome;

/* Makes the page of a copy that this caller holds (it was added or claimed in copy->epoch).  owner: kiosk that gets the
 * job, NULL: it waits.  times: of an issue under way; may be NULL. */
bool copy_make(Office *office, const char *copy_id, uint32_t epoch, const char *owner, IssueTimes *times,
               MakeOutcome *ret, Error *err) MUST_USE;
/* Takes an unfinished copy over when nobody is at it, and makes it.  After MAKE_TRIES tries it has failed, and a
 * document that has no other copy is void with its reason. */
bool copy_take_over(Office *office, const char *copy_id, const char *owner, MakeOutcome *ret, Error *err) MUST_USE;

/* A page that is there, on its way into the register. */
typedef struct PageKept {
    CopyMade made;
    Buf sealed; /* what made.page points to */
} PageKept;
/* Seals a PDF for a copy and fills made but for what is ours alone: pages, seal and text hash.  kept->sealed was given
 * room. */
bool page_keep(const Office *office, const char *copy_id, int64_t asked_at_s, Str pdf, PageKept *kept,
               Error *err) MUST_USE;
/* In a transaction: the page of a copy that is held in this epoch, which is ready then, as its document is; the job to
 * owner (NULL: it waits). */
bool page_store(StoreTransaction *transaction, const CopyRow *copy, const CopyMade *made, uint32_t epoch,
                const char *owner, const char *actor, int64_t now_ms, Error *err) MUST_USE;

/* Gives a waiting or assigned job to a kiosk, under the next epoch.  In a transaction. */
bool job_assign(StoreTransaction *transaction, const PrintJobRow *job, const char *kiosk, const char *actor,
                int64_t now_ms, Error *err) MUST_USE;

#endif
