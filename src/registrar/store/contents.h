/* What staff edit, as it was after each change: services, pages, campaigns, notices, working time; and the working
 * time of now. */
#ifndef REGISTRAR_STORE_CONTENTS_H
#define REGISTRAR_STORE_CONTENTS_H

#include <stdint.h>

#include "base/buf.h"
#include "registrar/store/store.h"

#define CONTENT_ID_SIZE      48
#define CONTENT_VERSION_SIZE 17
#define CONTENT_AUTHOR_SIZE  64
#define CONTENT_KEPT         50 /* of each, the newest */
#define CONTENT_LISTED_MOST  400

typedef struct ContentRow {
    int64_t n; /* from 1 on */
    char id[CONTENT_ID_SIZE];
    char version[CONTENT_VERSION_SIZE];
    char author[CONTENT_AUTHOR_SIZE]; /* "staff:NAME"; "": it came with the program */
    int64_t changed_at_s;             /* 0: not known */
    bool gone;                        /* it was taken away: there is no body */
} ContentRow;

/* kind: "service", "template", "information", "campaign", "notice", "calendar".  Becomes the newest one of row->id,
 * whatever row->n says; older ones than the last CONTENT_KEPT go.  body is nothing where it is gone. */
bool contents_add(StoreTransaction *transaction, const char *kind, const ContentRow *row, Str body,
                  Error *err) MUST_USE;
/* The newest first. */
bool contents_list(StoreTransaction *transaction, const char *kind, const char *id, ContentRow *rows, size_t room,
                   size_t *ret_count, Error *err) MUST_USE;
/* The newest one of each id, by id. */
bool contents_newest(StoreTransaction *transaction, const char *kind, ContentRow *rows, size_t room, size_t *ret_count,
                     Error *err) MUST_USE;
/* n 0: the newest.  Not found: there is none, or no more. */
bool contents_get(StoreTransaction *transaction, const char *kind, const char *id, int64_t n, bool *ret_found,
                  ContentRow *ret, Buf *body, Error *err) MUST_USE;

/* Not found: staff never set it, or took it back. */
bool working_times_get(StoreTransaction *transaction, bool *ret_found, ContentRow *ret, Buf *body, Error *err) MUST_USE;
/* Puts or replaces; body is nothing: institution.json's counts again. */
bool working_times_put(StoreTransaction *transaction, const ContentRow *row, Str body, Error *err) MUST_USE;

#endif
