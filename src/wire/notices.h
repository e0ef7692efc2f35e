/* What the office wants everybody at a kiosk to know, in short: shown on the resting screen.
 *
 *   GET /kiosk/v1/notices -> 200 {"notices": [...]}, ETag: the version | 304
 *
 * The certificate is enough.  A registrar sends those that are for this kiosk and run now, then those that begin within
 * a day; the kiosk's own clock says which it shows, so that one that is over goes without the registrar. */
#ifndef WIRE_NOTICES_H
#define WIRE_NOTICES_H

#include "wire/api.h"

#define NOTICES_MOST        5
#define NOTICE_LETTERS_MOST 120 /* two lines of the glass */
#define NOTICE_TEXT_SIZE    (NOTICE_LETTERS_MOST * 4 + 1)
#define NOTICES_BYTES_MOST  (64u << 10)

typedef enum NoticeSeverity { NOTICE_INFO, NOTICE_WARN, NOTICE_SEVERITY_COUNT } NoticeSeverity;

typedef struct ApiNotice {
    int64_t id;
    NoticeSeverity severity;
    int64_t from_s, until_s;                      /* shown from the one on, and no more at the other */
    char texts[LANGUAGE_COUNT][NOTICE_TEXT_SIZE]; /* "": falls back as LocalText does; one of them is there */
} ApiNotice;

typedef struct ApiNotices {
    char version[API_VERSION_SIZE]; /* of the text that they were read from; writing does not look at it */
    size_t count;
    ApiNotice items[NOTICES_MOST]; /* in the order in which they are shown */
} ApiNotices;

/* One line of 1..NOTICE_LETTERS_MOST letters without controls and marks of direction.  ERR_RANGE, ERR_FORMAT. */
bool notice_check(Str text, Error *err) MUST_USE;
/* In the notice's own language for `language`. */
const char *notice_text(const ApiNotice *notice, Language language);
bool notice_is_on(const ApiNotice *notice, int64_t now_s);
const char *notice_severity_name(NoticeSeverity severity);
bool notice_severity_parse(Str name, NoticeSeverity *ret) MUST_USE;

bool api_notices_write(const ApiNotices *notices, Buf *buf, Error *err) MUST_USE;
/* ERR_PROTOCOL.  Languages that this program does not know are passed over. */
bool api_notices_read(Str json, ApiNotices *ret, Error *err) MUST_USE;

#endif
