/* Once: an act that its client may ask for again when the answer was lost, without its being done again (header
 * Idempotency-Key).  What was answered is kept, sealed, in the transaction of the act itself; acts of an institution
 * run one after another, so of two askings at once one acts and the other finds what it was answered.
 *
 *   in the act:   once_find(transaction, once, &outcome, &answer, err)    before it looks at anything else
 *                 ... the act ...
 *                 once_keep(transaction, once, answer, err)               last, when it was done
 *
 * What was refused is not kept: asked again, it is looked at again. */
#ifndef REGISTRAR_OFFICE_ONCE_H
#define REGISTRAR_OFFICE_ONCE_H

#include "registrar/office/office.h"
#include "registrar/store/idempotency.h"

#define ONCE_KEY_LEAST  16
#define ONCE_KEY_MOST   64
#define ONCE_KEPT_S     86400
#define ONCE_BYTES_MOST (64u << 10) /* of an answer */

typedef struct Once {
    const Office *office;
    char actor[64];                      /* whose key it is: "student:17" */
    char key[ONCE_KEY_MOST + 1];         /* "": none was given, nothing is found or kept */
    uint8_t hash[IDEMPOTENCY_HASH_SIZE]; /* of all that was asked */
} Once;

typedef enum OnceOutcome {
    ONCE_NEW,  /* act */
    ONCE_SAME, /* it was done: this is what was answered */
    ONCE_OTHER /* the key was used for something else: PROBLEM_KEY_REUSED */
} OnceOutcome;

/* once may be NULL: ONCE_NEW. */
bool once_find(StoreTransaction *transaction, const Once *once, OnceOutcome *ret_outcome, Buf *answer,
               Error *err) MUST_USE;
bool once_keep(StoreTransaction *transaction, const Once *once, Str answer, Error *err) MUST_USE;

#endif
