/* Notices: what the office tells everybody who comes to a kiosk. */
#ifndef REGISTRAR_OFFICE_NOTICES_H
#define REGISTRAR_OFFICE_NOTICES_H

#include <jansson.h>

#include "registrar/office/kiosks.h"
#include "registrar/store/notices.h"
#include "wire/notices.h"

#define NOTICE_SOON_S    86400 /* a kiosk is told so long before a notice begins, and begins it by its own clock */
#define NOTICE_RANK_MOST 1000

typedef struct NoticeWish {
    const char *texts[LANGUAGE_COUNT]; /* NULL: none; one of them is there */
    NoticeSeverity severity;
    int64_t from_s, until_s;                                       /* from_s 0: now */
    int64_t rank;                                                  /* 0..NOTICE_RANK_MOST, the lowest is shown first */
    const char *kiosks[NOTICE_FOR_MOST], *places[NOTICE_FOR_MOST]; /* none of both: for every kiosk */
    size_t kiosk_count, place_count;
    const char *actor; /* "staff:NAME"; NULL: a command's */
} NoticeWish;

/* ERR_ARGUMENT with words for who wishes it: a text that is too long for the glass, a time that is over, a kiosk that
 * nobody knows; ERR_LIMIT when there are too many. */
bool notice_add(Office *office, const NoticeWish *wish, int64_t *ret_id, Error *err) MUST_USE;
/* Those that are not over, by beginning; room for NOTICES_LISTED_MOST. */
bool notice_list(Office *office, NoticeRow *rows, size_t *ret_count, Error *err) MUST_USE;
bool notice_one(Office *office, int64_t id, bool *ret_found, NoticeRow *ret, Error *err) MUST_USE;

typedef enum NoticeOutcome {
    NOTICE_CHANGED,
    NOTICE_GONE, /* there is none of this number, or no more */
    NOTICE_UNMET /* it is not of the epoch that the asker saw */
} NoticeOutcome;

/* What it says from now on, in the place of what it said at that epoch.  Errors as of notice_add. */
bool notice_change(Office *office, int64_t id, int64_t epoch, const NoticeWish *wish, NoticeOutcome *ret_outcome,
                   Error *err) MUST_USE;
/* epoch 0: whatever it is by now.  actor NULL: a command's. */
bool notice_remove(Office *office, int64_t id, int64_t epoch, const char *actor, NoticeOutcome *ret_outcome,
                   Error *err) MUST_USE;

/* {"texts": {"uz": ...}, "level": "info", "from": s, "until": s, "rank": 0, "kiosks": [...], "places": [...]}: how its
 * history keeps it.  Borrowed from json; ERR_FORMAT. */
bool notice_write(const NoticeRow *row, Buf *ret, Error *err) MUST_USE;
bool notice_parse(const json_t *json, NoticeWish *ret, Error *err) MUST_USE;

/* What this kiosk should have, as wire/notices.h writes it, with its version. */
bool notices_of_kiosk(Office *office, const Kiosk *kiosk, Buf *ret_json, char ret_version[API_VERSION_SIZE],
                      Error *err) MUST_USE;

#endif
