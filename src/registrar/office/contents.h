/* What staff edit, as it was after each change: who changed it, when, to what.  Kept in the act that changes it, so
 * that one can compare and go back. */
#ifndef REGISTRAR_OFFICE_CONTENTS_H
#define REGISTRAR_OFFICE_CONTENTS_H

#include "registrar/office/office.h"
#include "registrar/store/contents.h"

typedef enum ContentKind {
    CONTENT_SERVICE,
    CONTENT_TEMPLATE,
    CONTENT_PAGE, /* of information */
    CONTENT_CAMPAIGN,
    CONTENT_NOTICE,
    CONTENT_CALENDAR, /* working time: of the one id "calendar" */
    CONTENT_KIND_COUNT
} ContentKind;

#define CONTENT_CALENDAR_ID "calendar"
#define CONTENT_BODY_MOST   (256u << 10)

/* "information": as it is stored. */
const char *content_kind_name(ContentKind kind);
/* 16 hex digits of the hash of a body. */
bool content_version(Str body, char ret[CONTENT_VERSION_SIZE], Error *err) MUST_USE;

/* What stood there, or stands there now: a body, of which version, by whom. */
typedef struct ContentState {
    Str body; /* nothing: none */
    const char *version, *author;
    int64_t at_s;
} ContentState;

/* Within the act.  before: kept as the first one where nothing of this id is kept yet, so that the first change can be
 * undone too; its body may be nothing. */
bool content_keep(StoreTransaction *transaction, ContentKind kind, const char *id, const ContentState *before,
                  const ContentState *after, Error *err) MUST_USE;

/* The newest first; room for CONTENT_KEPT. */
bool content_history(Office *office, ContentKind kind, const char *id, ContentRow *rows, size_t *ret_count,
                     Error *err) MUST_USE;
/* The newest of each id; room for CONTENT_LISTED_MOST. */
bool content_newest(Office *office, ContentKind kind, ContentRow *rows, size_t *ret_count, Error *err) MUST_USE;
/* n 0: the newest. */
bool content_at(Office *office, ContentKind kind, const char *id, int64_t n, bool *ret_found, ContentRow *ret,
                Buf *body, Error *err) MUST_USE;

#endif
