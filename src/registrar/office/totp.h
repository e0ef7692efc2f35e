/* One-time codes by time (RFC 6238 over RFC 4226): six digits of HMAC-SHA-1, a new one each 30 seconds, as every
 * authenticator makes them.  Pure. */
#ifndef REGISTRAR_OFFICE_TOTP_H
#define REGISTRAR_OFFICE_TOTP_H

#include "base/buf.h"

#define TOTP_SECRET_SIZE  20
#define TOTP_CODE_SIZE    7 /* six digits and zero */
#define TOTP_STEP_S       30
#define TOTP_ADDRESS_MOST 300 /* bytes of an otpauth address */

static inline int64_t totp_step(int64_t now_s)
{
    return now_s / TOTP_STEP_S;
}

bool totp_code(const uint8_t secret[TOTP_SECRET_SIZE], int64_t step, char ret[TOTP_CODE_SIZE], Error *err) MUST_USE;
/* The step whose code this is: that of now, the one before, or the one after, since clocks of phones go wrong; but
 * never last_step or one before it.  0: it is none of these.  The same work for any code. */
bool totp_check(const uint8_t secret[TOTP_SECRET_SIZE], Str code, int64_t now_s, int64_t last_step, int64_t *ret_step,
                Error *err) MUST_USE;
/* "otpauth://totp/ISSUER:NAME?secret=...&issuer=ISSUER": what an authenticator reads off a QR code. */
void totp_address(Str issuer, Str name, const uint8_t secret[TOTP_SECRET_SIZE], Buf *buf);

#endif
