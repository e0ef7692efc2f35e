/* How often HEMIS may be asked about passwords that it may refuse (MODEL.md section 6).  HEMIS answers nobody of an
 * address that failed ten times in ten minutes, and no login that did in sixty; a hall of kiosks has one address.  So a
 * try is reserved in the database before HEMIS is asked, and given back when it was right: of tries that nothing is
 * known of six in ten minutes in all, two for a kiosk, one for an account.  A password that HEMIS accepted before (it
 * matches the verifier) is hardly ever refused: three more tries are for those alone, so that whoever spends the six
 * shuts nobody out who was here before, and whoever types the old one first may type the new one.  Nine are fewer than
 * ten, whatever is refused.
 *
 * A try counts from its answer on, half a minute longer than HEMIS counts, for clocks that differ.  One whose answer
 * was lost counts as refused.  Inside office/. */
#ifndef REGISTRAR_OFFICE_HEMIS_BUDGET_H
#define REGISTRAR_OFFICE_HEMIS_BUDGET_H

#include "registrar/connect/hemis/hemis.h"
#include "registrar/office/inside.h"
#include "registrar/store/hemis_tries.h"

#define HEMIS_TRIES_IN_ALL   6
#define HEMIS_TRIES_KIOSK    2
#define HEMIS_TRIES_ACCOUNT  1
#define HEMIS_TRIES_OF_KNOWN 3 /* more, for passwords that match the verifier */
#define HEMIS_TRIES_AN_HOUR  9 /* of an account, whatever is known */
#define HEMIS_TRY_SPAN_S     630
#define HEMIS_TRY_HOUR_S     3630
#define HEMIS_TRY_OPEN_S     130 /* longer than any answer is waited for: then whoever asked is no more */

typedef enum HemisRoom {
    HEMIS_ROOM,      /* reserved */
    HEMIS_ROOM_SOON, /* others are being asked about: most of them come back */
    HEMIS_ROOM_SPENT
} HemisRoom;

typedef struct HemisTryLimits {
    int in_all, at_kiosk;
} HemisTryLimits;

/* Whether there is room for one more beside rows.  *ret_wait_s: HEMIS_ROOM_SPENT, until there is, 1 at least.  Pure. */
HemisRoom hemis_budget_judge(const HemisTryRow *rows, size_t count, const HemisTryRow *more, HemisTryLimits limits,
                             int64_t now_s, int *ret_wait_s);

typedef struct HemisTry {
    HemisTryRow row;
    bool mostly_lost; /* of those that are spent, more got no answer than were refused: HEMIS is hardly there */
} HemisTry;

/* account: the number as it was typed.  Does not wait. */
bool hemis_try_reserve(Office *office, const char *kiosk, const char *account, bool known, HemisTry *ret,
                       HemisRoom *ret_room, int *ret_wait_s, Error *err) MUST_USE;
/* What became of it: told: something was sent that HEMIS may have counted.  HEMIS_OK gives it back. */
bool hemis_try_end(Office *office, const HemisTry *try, HemisOutcome outcome, bool told, Error *err) MUST_USE;

#endif
