#include "registrar/store/drafts.h"

#include "registrar/store/transaction.h"

#define COLUMNS "student, service, language, question, saved_at_s, keep_until_s"

static void read_row(const Rows *rows, DraftRow *ret)
{
    ret->student = rows_int(rows, 0);
    rows_text(rows, 1, ret->service, sizeof ret->service);
    rows_text(rows, 2, ret->language, sizeof ret->language);
    rows_text(rows, 3, ret->question, sizeof ret->question);
    ret->saved_at_s = rows_int(rows, 4);
    ret->keep_until_s = rows_int(rows, 5);
}

bool drafts_put(StoreTransaction *transaction, const DraftRow *draft, Str sealed_answers, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO draft (institution, student, service, language, question, answers, saved_at_s,"
               " keep_until_s) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (institution, student, service)"
               " DO UPDATE SET"
               " language = excluded.language, question = excluded.question, answers = excluded.answers,"
               " saved_at_s = excluded.saved_at_s, keep_until_s = excluded.keep_until_s",
               INT(draft->student), TEXT(draft->service), TEXT(draft->language), TEXT(draft->question),
               BLOB(sealed_answers), INT(draft->saved_at_s), INT(draft->keep_until_s)) ||
           error_add(err, "draft");
}

bool drafts_get(StoreTransaction *transaction, int64_t student, const char *service, int64_t now_s, bool *ret_found,
                DraftRow *ret, Buf *sealed_answers, Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err,
              "SELECT " COLUMNS ", answers FROM draft"
              " WHERE institution = ?1 AND student = ?2 AND service = ?3 AND keep_until_s > ?4",
              INT(student), TEXT(service), INT(now_s)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "draft");
    buf_clear(sealed_answers);
    if (!*ret_found)
        return true;
    read_row(&rows, ret);
    buf_add_str(sealed_answers, rows_bytes(&rows, 6));
    return buf_ok(sealed_answers, err);
}

bool drafts_list(StoreTransaction *transaction, int64_t student, int64_t now_s, DraftRow *rows, size_t room,
                 size_t *ret_count, Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT " COLUMNS " FROM draft WHERE institution = ?1 AND student = ?2 AND keep_until_s > ?3"
              " ORDER BY saved_at_s DESC, service LIMIT ?4",
              INT(student), INT(now_s), INT(room)) ||
        !rows_next(&found, &row, err))
        return error_add(err, "drafts");
    while (row) {
        read_row(&found, &rows[(*ret_count)++]);
        if (!rows_next(&found, &row, err))
            return error_add(err, "drafts");
    }
    return true;
}

bool drafts_remove(StoreTransaction *transaction, int64_t student, const char *service, Error *err)
{
    return RUN(transaction, err, NULL, "DELETE FROM draft WHERE institution = ?1 AND student = ?2 AND service = ?3",
               INT(student), TEXT(service)) ||
           error_add(err, "draft");
}
