/* How a university wants its kiosks to look: its colour and its logo.
 *
 *   GET /kiosk/v1/theme -> 200 {"version": ..., "brand": "#RRGGBB", "logo": base64url}, ETag: the version | 304
 *
 * The certificate is enough; "" stands for what the university did not choose. */
#ifndef WIRE_THEME_H
#define WIRE_THEME_H

#include "base/blob.h"
#include "base/colour.h"
#include "wire/notices.h"

#define LOGO_BYTES_MOST  (256u << 10)
#define LOGO_SIDE_LEAST  48 /* pixels of a PNG: 3 a millimetre would be 60 */
#define LOGO_SIDE_MOST   2048
#define LOGO_RATIO_MOST  3 /* the longer side by the shorter: beside the name there is room for a square */
#define THEME_BYTES_MOST (LOGO_BYTES_MOST / 3 * 4 + 1024)

#define BRAND_BLACK      0x010101

typedef enum LogoKind { LOGO_NONE, LOGO_PNG, LOGO_SVG } LogoKind;

typedef struct ApiTheme {
    char version[API_VERSION_SIZE];
    Rgb brand;  /* 0: none; black is BRAND_BLACK, which nobody tells apart */
    Blob *logo; /* owned; NULL: none */
} ApiTheme;

/* What the bytes are, by their beginning, size and (PNG) measures; whether they can be drawn is for who draws to say.
 * ERR_RANGE, ERR_FORMAT with words for a person. */
bool logo_look(Str bytes, LogoKind *ret, Error *err) MUST_USE;

/* "#RRGGBB"; never 0. */
bool brand_parse(Str text, Rgb *ret) MUST_USE;

bool api_theme_write(const ApiTheme *theme, Buf *buf, Error *err) MUST_USE;
/* ERR_PROTOCOL, and *ret is empty. */
bool api_theme_read(Str json, ApiTheme *ret, Error *err) MUST_USE;
void api_theme_fini(ApiTheme *theme);

#endif
