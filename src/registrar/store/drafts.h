/* Forms in progress, one for each student and service.  Answers are sealed by the office: here they are bytes. */
#ifndef REGISTRAR_STORE_DRAFTS_H
#define REGISTRAR_STORE_DRAFTS_H

#include "base/buf.h"
#include "registrar/store/requests.h"

#define DRAFT_SEALED_MOST (192u << 10) /* what a whole form of long answers takes, with room */

typedef struct DraftRow {
    int64_t student;
    char service[SERVICE_SIZE];
    char language[12];
    char question[SERVICE_SIZE];
    int64_t saved_at_s;
    int64_t keep_until_s;
} DraftRow;

/* Takes the place of the one before. */
bool drafts_put(StoreTransaction *transaction, const DraftRow *draft, Str sealed_answers, Error *err) MUST_USE;
/* Not one whose time has gone by at now_s.  sealed_answers: cleared and filled. */
bool drafts_get(StoreTransaction *transaction, int64_t student, const char *service, int64_t now_s, bool *ret_found,
                DraftRow *ret, Buf *sealed_answers, Error *err) MUST_USE;
/* The newest first; answers are read one by one. */
bool drafts_list(StoreTransaction *transaction, int64_t student, int64_t now_s, DraftRow *rows, size_t room,
                 size_t *ret_count, Error *err) MUST_USE;
/* There need be none. */
bool drafts_remove(StoreTransaction *transaction, int64_t student, const char *service, Error *err) MUST_USE;

#endif
