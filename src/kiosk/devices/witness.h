/* The kiosk as a witness of the registrar's audit log: it keeps the newest signed head that it heard, and brings it
 * back with each heartbeat (MODEL.md section 8: heads go out of the house).  When the registrar's log does not hold it
 * any more, or a head comes that does not follow it, the old one is kept for ever, and every heartbeat says so:
 * somebody changed the log behind the registrar.  `registrar audit verify --head FILE` reads the file.
 *
 * The file holds a position and hashes, nothing of a person.  One thread. */
#ifndef KIOSK_DEVICES_WITNESS_H
#define KIOSK_DEVICES_WITNESS_H

#include "base/log.h"
#include "wire/api.h"
#include "wire/audit.h"

#define WITNESS_WRITE_MS (10 * 60 * 1000) /* the file is at most so much older than what is known */

typedef struct Witness {
    const char *file; /* NULL: kept in memory alone */
    Log *log;
    bool knows, broken;
    AuditHead head;
    char kept[API_HEAD_SIZE]; /* the head, base64url */
    bool written;             /* the file has some head of this start's */
    int64_t written_ms;
} Witness;

/* Reads the file; without one, and with one that is no head, it begins anew.  file and log are borrowed. */
void witness_init(Witness *witness, const char *file, Log *log);
/* Puts what it keeps into the heartbeat. */
void witness_say(const Witness *witness, ApiHeartbeat *heartbeat);
/* now_ms: monotonic. */
void witness_hear(Witness *witness, const ApiHeartbeatAnswer *answer, int64_t now_ms);
/* Writes what is not in the file yet: at the end. */
void witness_fini(Witness *witness);

#endif
