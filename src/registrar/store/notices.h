/* Notices: short words of the office to everybody, with a time of their own and those kiosks that they are for. */
#ifndef REGISTRAR_STORE_NOTICES_H
#define REGISTRAR_STORE_NOTICES_H

#include <stdint.h>

#include "base/language.h"
#include "registrar/store/store.h"

#define NOTICE_TEXT_ROOM    512
#define NOTICE_FOR_MOST     16
#define NOTICES_LISTED_MOST 100

typedef struct NoticeFor {
    bool place; /* by the kiosk's place, else by its name */
    char name[96];
} NoticeFor;

typedef struct NoticeRow {
    int64_t id;
    char severity[8];
    int64_t from_s, until_s;
    int64_t rank;
    int64_t epoch;                                /* grows with each change; of one to be added nothing is read */
    char author[64];                              /* "staff:NAME"; "": a command's, of before there were any */
    int64_t changed_at_s;                         /* last, or when it was added */
    char texts[LANGUAGE_COUNT][NOTICE_TEXT_ROOM]; /* "": none */
    size_t for_count;                             /* 0: for every kiosk */
    NoticeFor for_whom[NOTICE_FOR_MOST];
} NoticeRow;

/* *ret_id: one more than any before, so that an id means one notice for ever. */
bool notices_add(StoreTransaction *transaction, const NoticeRow *notice, int64_t now_s, int64_t *ret_id,
                 Error *err) MUST_USE;
/* Those that are not over at now_s, by beginning; with for whom they are. */
bool notices_list(StoreTransaction *transaction, int64_t now_s, NoticeRow *rows, size_t room, size_t *ret_count,
                  Error *err) MUST_USE;
/* Those for this kiosk: what runs at now_s by rank, then what begins by soon_s. */
bool notices_for(StoreTransaction *transaction, const char *kiosk, const char *place, int64_t now_s, int64_t soon_s,
                 NoticeRow *rows, size_t room, size_t *ret_count, Error *err) MUST_USE;
/* Not found: there is none, or it was removed. */
bool notices_get(StoreTransaction *transaction, int64_t id, bool *ret_found, NoticeRow *ret, Error *err) MUST_USE;
/* What it says from now on, by its id.  False in *ret_changed: it is not of the row's epoch any more, or was removed.
 */
bool notices_put(StoreTransaction *transaction, const NoticeRow *notice, int64_t now_s, bool *ret_changed,
                 Error *err) MUST_USE;
/* False in *ret_found: there is none, or it was removed before. */
bool notices_remove(StoreTransaction *transaction, int64_t id, int64_t now_s, bool *ret_found, Error *err) MUST_USE;

#endif
