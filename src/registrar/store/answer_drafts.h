/* Requests that were returned, being answered anew: one draft for each.  Answers are sealed by the office: here they
 * are bytes, of DRAFT_SEALED_MOST at most. */
#ifndef REGISTRAR_STORE_ANSWER_DRAFTS_H
#define REGISTRAR_STORE_ANSWER_DRAFTS_H

#include "registrar/store/drafts.h"

typedef struct AnswerDraftRow {
    char request[ID_SIZE];
    char language[12];
    char question[SERVICE_SIZE];
    int64_t saved_at_s;
    int64_t keep_until_s;
} AnswerDraftRow;

/* Takes the place of the one before. */
bool answer_drafts_put(StoreTransaction *transaction, const AnswerDraftRow *draft, Str sealed_answers,
                       Error *err) MUST_USE;
/* Not one whose time has gone by at now_s.  sealed_answers: cleared and filled. */
bool answer_drafts_get(StoreTransaction *transaction, const char *request, int64_t now_s, bool *ret_found,
                       AnswerDraftRow *ret, Buf *sealed_answers, Error *err) MUST_USE;
/* There need be none. */
bool answer_drafts_remove(StoreTransaction *transaction, const char *request, Error *err) MUST_USE;

#endif
