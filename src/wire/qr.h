/* A QR code as a square of modules (libqrencode). */
#ifndef WIRE_QR_H
#define WIRE_QR_H

#include "base/buf.h"

#define QR_SIDE_MOST 69 /* version 13 */

typedef struct Qr {
    int version;                              /* 1..13 */
    int side;                                 /* modules, without the quiet zone of 4 */
    uint8_t dark[QR_SIDE_MOST][QR_SIDE_MOST]; /* [row][column], 1 = dark */
} Qr;

/* Level M.  path and fragment alphanumeric, in segments of their own with one byte '#' between (fragment may be empty:
 * then no '#'). ERR_RANGE above version_most (1..13). */
bool qr_make(Str path, Str fragment, int version_most, Qr *ret, Error *err) MUST_USE;
/* Any address ("https://my.gov.uz/oz#login"): scheme and host in capitals, which mean the same (RFC 3986
 * section 6.2.2.1) and are packed tighter; what follows them as it is written.  ERR_FORMAT for what holds anything but
 * visible ASCII. */
bool qr_make_address(Str address, int version_most, Qr *ret, Error *err) MUST_USE;
/* Visible ASCII as it is written.  ERR_FORMAT for anything else. */
bool qr_make_bytes(Str text, int version_most, Qr *ret, Error *err) MUST_USE;
/* A PNG of it for a screen, black on white with the quiet zone, module_px (1..QR_MODULE_PX_MOST) pixels a module: whole
 * pixels, since readers fail on blurred modules before they fail on small ones. */
#define QR_QUIET          4
#define QR_MODULE_PX_MOST 64
bool qr_png(const Qr *qr, int module_px, Buf *ret, Error *err) MUST_USE;
/* Version that the two would need, 0 when above 40; for sizing before signing. */
int qr_version(size_t path_length, size_t fragment_length);

#endif
