#include "registrar/store/answer_drafts.h"

#include "registrar/store/transaction.h"

bool answer_drafts_put(StoreTransaction *transaction, const AnswerDraftRow *draft, Str sealed_answers, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO answer_draft (institution, request, language, question, answers, saved_at_s, keep_until_s)"
               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (institution, request) DO UPDATE SET"
               " language = excluded.language, question = excluded.question, answers = excluded.answers,"
               " saved_at_s = excluded.saved_at_s, keep_until_s = excluded.keep_until_s",
               TEXT(draft->request), TEXT(draft->language), TEXT(draft->question), BLOB(sealed_answers),
               INT(draft->saved_at_s), INT(draft->keep_until_s)) ||
           error_add(err, "draft of an answer");
}

bool answer_drafts_get(StoreTransaction *transaction, const char *request, int64_t now_s, bool *ret_found,
                       AnswerDraftRow *ret, Buf *sealed_answers, Error *err)
{
    OWNED_ROWS rows;

    buf_clear(sealed_answers);
    if (!ROWS(&rows, transaction, err,
              "SELECT request, language, question, saved_at_s, keep_until_s, answers FROM answer_draft"
              " WHERE institution = ?1 AND request = ?2 AND keep_until_s > ?3",
              TEXT(request), INT(now_s)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "draft of an answer");
    if (!*ret_found)
        return true;
    rows_text(&rows, 0, ret->request, sizeof ret->request);
    rows_text(&rows, 1, ret->language, sizeof ret->language);
    rows_text(&rows, 2, ret->question, sizeof ret->question);
    ret->saved_at_s = rows_int(&rows, 3);
    ret->keep_until_s = rows_int(&rows, 4);
    buf_add_str(sealed_answers, rows_bytes(&rows, 5));
    return buf_ok(sealed_answers, err);
}

bool answer_drafts_remove(StoreTransaction *transaction, const char *request, Error *err)
{
    return RUN(transaction, err, NULL, "DELETE FROM answer_draft WHERE institution = ?1 AND request = ?2",
               TEXT(request)) ||
           error_add(err, "draft of an answer");
}
