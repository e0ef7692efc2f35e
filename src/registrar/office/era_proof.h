/* That a new era was opened by a restore, and not by somebody who writes the database and wants the loss of entries
 * explained: a restore has the key folder at hand, and signs, in its act's detail, where the log went on from.  It is
 * an audit head of the new era over an entry of an older one, which the sealer never signs.  Inside office/. */
#ifndef REGISTRAR_OFFICE_ERA_PROOF_H
#define REGISTRAR_OFFICE_ERA_PROOF_H

#include "registrar/office/keys.h"
#include "registrar/store/transaction.h"

#define RESTORED_ACT "register.restored" /* its object: "era:2" */

/* Appends `,"head":"..."`, a member for the detail; nothing where nothing was sealed yet. */
bool era_proof_write(StoreTransaction *transaction, const Keys *keys, uint32_t era, int64_t now_s, Buf *json,
                     Error *err) MUST_USE;
/* keys: of audit heads. */
bool era_proved(StoreTransaction *transaction, const CosePublicKey keys[], size_t count, uint32_t era, bool *ret,
                Error *err) MUST_USE;

#endif
