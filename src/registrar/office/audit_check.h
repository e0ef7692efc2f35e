/* Whether the audit log is as it was written: nothing changed, left out, put in or cut off (MODEL.md section 8).  Reads
 * the whole log in one snapshot, in either database, and holds it against the heads that were signed: those in the
 * database, and those that somebody outside has kept.  Whoever can write the database can compute a whole chain anew;
 * what he can't change is a head that left the house.
 *
 * Works on a store alone, beside a registrar that serves. */
#ifndef REGISTRAR_OFFICE_AUDIT_CHECK_H
#define REGISTRAR_OFFICE_AUDIT_CHECK_H

#include "registrar/store/store.h"
#include "wire/audit.h"

#define AUDIT_ERAS_MOST 1000 /* more restores than a register lives to see */
#define AUDIT_SAID_MOST 200  /* faults that are said; the others are counted */

typedef enum AuditGrade {
    AUDIT_NOTE, /* explains something: a restore, a purge, entries that wait to be sealed */
    AUDIT_FAULT
} AuditGrade;

#define AUDIT_KEYS_MOST 17

/* Keys of audit heads: the folder's own first, which whoever writes the database can't exchange. */
typedef struct AuditKeys {
    CosePublicKey keys[AUDIT_KEYS_MOST];
    size_t count;
    bool other; /* the database has another key under the folder's id */
} AuditKeys;
bool audit_keys_read(Store *store, const CosePublicKey *own, AuditKeys *ret, Error *err) MUST_USE;

typedef struct AuditInput {
    const char *institution;
    int64_t now_ms;
    int utc_offset_minutes;     /* of the times that are said */
    const CosePublicKey *keys;  /* of audit heads */
    size_t key_count;           /* > 0 */
    const Str *heads;           /* signed, from outside */
    const char *const *sources; /* what each of them is called: a file's name */
    size_t head_count;
    void (*say)(void *ctx, AuditGrade grade, const char *words); /* English, one line */
    void *ctx;
} AuditInput;

typedef struct AuditReport {
    int64_t entries, last_position;
    int64_t details, purged; /* that are there still; that a purge took */
    int64_t unsealed;
    int64_t heads; /* in the database */
    int64_t eras;
    int64_t faults;
} AuditReport;

/* False only when it could not be read; a log that was changed is a report with faults. */
bool audit_check(Store *store, const AuditInput *input, AuditReport *ret, Error *err) MUST_USE;

#endif
