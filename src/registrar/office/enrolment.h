/* How terminals become kiosks of the fleet and stay so (wire/enrol.h): codes, certificates, renewals. */
#ifndef REGISTRAR_OFFICE_ENROLMENT_H
#define REGISTRAR_OFFICE_ENROLMENT_H

#include "registrar/office/kiosks.h"
#include "wire/enrol.h"

/* A kiosk that no terminal is yet.  name, place: as kiosk_add takes them.  actor: who adds it. */
bool kiosk_register(Office *office, const char *name, const char *place, const char *actor, Error *err) MUST_USE;
/* A code for it, good for ENROL_CODE_S; the one before is good for nothing any more, what is enrolled stays so until
 * the code is used.  ret is secret: wipe.  ERR_NOT_FOUND; ERR_DENIED: the kiosk is revoked. */
bool kiosk_code(Office *office, const char *name, const char *actor, char ret[ENROL_CODE_SIZE], Error *err) MUST_USE;

/* source: who asks, as limits know them.  PROBLEM_ENROL_REFUSED: no such kiosk, or no code of it, or another one, or
 * its time or tries are over, or it was used; PROBLEM_LIMIT; PROBLEM_BAD_REQUEST: no request for a certificate;
 * PROBLEM_BUSY: kiosks are enrolled at another registrar.  The kiosk's earlier certificates count no more, its session
 * ends.  ret_key: that the answer is proved by; secret: wipe. */
bool kiosk_enrol(Office *office, const ApiEnrol *enrol, const char *source, ApiProblem *ret_problem, ApiEnrolled *ret,
                 uint8_t ret_key[ENROL_KEY_SIZE], Error *err) MUST_USE;
/* Over this certificate, which may have run out RENEW_LATE_S ago.  PROBLEM_UNKNOWN_KIOSK, _LIMIT, _BAD_REQUEST, _BUSY.
 */
bool kiosk_renew(Office *office, const char *fingerprint, const ApiRenewal *renewal, ApiProblem *ret_problem,
                 ApiRenewed *ret, Error *err) MUST_USE;

#endif
