/* A register that comes from a backup opens a new era (MODEL.md section 1): whatever was done in the time that was lost
 * may have been done, so nothing of it may happen twice, and nothing that was revoked comes back.
 *
 *   numbers   jump past the highest that was witnessed outside, and past what may have been given after it; the skipped
 *             ones are written into the register
 *   jobs      that were not final are unknown, under epochs that no kiosk has heard of
 *   sessions  end
 *   status    what the published lists said of copies stays: of those that the register knows, and bit by bit of those
 *             that it lost; new copies take their places in a list that no lost copy can be in
 *
 * Works on a store alone, before any office is opened on it. */
#ifndef REGISTRAR_OFFICE_RESTORING_H
#define REGISTRAR_OFFICE_RESTORING_H

#include "registrar/office/keys.h"
#include "registrar/store/eras.h"
#include "wire/status_list.h"

/* Above the highest number that is known: more than one office gives in the hours between two backups, or between the
 * list that a checker kept and the loss.  Nobody can know that a list was the last one. */
#define RESTORE_MARGIN 1000
/* More than any job was handed out. */
#define RESTORE_EPOCHS      1000

#define RESTORE_RANGES_MOST 256
#define RESTORE_SEEN_MOST   16

typedef struct RestoreInput {
    int64_t now_ms;
    int utc_offset_minutes;
    const Keys *keys;             /* they must be this register's: ERR_CONFLICT */
    const char *const *registers; /* that numbers are given in, each once: "M" */
    size_t register_count;
    const StatusList *const *lists; /* published ones, verified; of one number at most one */
    size_t list_count;
    const StatusHead *seen; /* numbers that somebody has on paper */
    size_t seen_count;
} RestoreInput;

typedef struct RestoreRange {
    char register_name[12];
    int year, first, last;
    int witnessed; /* the highest that is known to have been given; below first: none */
} RestoreRange;

typedef struct RestoreReport {
    uint32_t era, next_list;
    int64_t backup_ms; /* the last act in it */
    size_t range_count;
    RestoreRange ranges[RESTORE_RANGES_MOST];
    int64_t witnessed_s; /* when the newest list was published; 0: none is newer than the backup's last act */
    RestoredCounts counts;
    int64_t revoked, suspended, superseded; /* copies that the lists knew better of */
    int64_t kept;                           /* copies that only the lists know, and that are not valid */
} RestoreReport;

/* All or nothing.  ERR_CONFLICT: another institution's, or other keys.  ERR_ARGUMENT: a number was seen that no
 * register can have given in the time that was lost. */
bool register_restore(Store *store, const RestoreInput *input, RestoreReport *ret, Error *err) MUST_USE;

#endif
