#include "registrar/store/answer_templates.h"

#include "registrar/store/transaction.h"

bool answer_templates_list(StoreTransaction *transaction, const char *service, AnswerTemplateRow *rows, size_t room,
                           size_t *ret_count, Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT id, service, words, author, epoch, changed_at_s FROM answer_template"
              " WHERE institution = ?1 AND (?2 = 1 OR service = '' OR service = ?3)"
              " ORDER BY service DESC, changed_at_s, id LIMIT ?4",
              INT(service == NULL), TEXT(service ? service : ""), INT(room)))
        return error_add(err, "answer templates");
    while (rows_next(&found, &row, err)) {
        if (!row)
            return true;
        AnswerTemplateRow *ret = &rows[(*ret_count)++];
        *ret = (AnswerTemplateRow){ .epoch = (uint32_t)rows_int(&found, 4), .changed_at_s = rows_int(&found, 5) };
        rows_text(&found, 0, ret->id, sizeof ret->id);
        rows_text(&found, 1, ret->service, sizeof ret->service);
        rows_text(&found, 2, ret->words, sizeof ret->words);
        rows_text(&found, 3, ret->author, sizeof ret->author);
    }
    return error_add(err, "answer templates");
}

bool answer_templates_count(StoreTransaction *transaction, int64_t *ret, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!rows_open(&rows, transaction, "SELECT count(*) FROM answer_template WHERE institution = ?1", NULL, 0, err) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "answer templates");
    *ret = rows_int(&rows, 0);
    return true;
}

bool answer_templates_add(StoreTransaction *transaction, const AnswerTemplateRow *answer, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO answer_template (institution, id, service, words, author, changed_at_s)"
               " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
               TEXT(answer->id), TEXT(answer->service), TEXT(answer->words), TEXT(answer->author),
               INT(answer->changed_at_s)) ||
           error_add(err, "new answer template");
}

bool answer_templates_put(StoreTransaction *transaction, const AnswerTemplateRow *answer, Error *err)
{
    int changed;

    if (!RUN(transaction, err, &changed,
             "UPDATE answer_template SET service = ?4, words = ?5, author = ?6, changed_at_s = ?7, epoch = epoch + 1"
             " WHERE institution = ?1 AND id = ?2 AND epoch = ?3",
             TEXT(answer->id), INT(answer->epoch), TEXT(answer->service), TEXT(answer->words), TEXT(answer->author),
             INT(answer->changed_at_s)))
        return error_add(err, "answer template");
    return changed == 1 || error_set(err, ERR_CONFLICT, "no answer template of that epoch");
}

bool answer_templates_remove(StoreTransaction *transaction, const char *id, uint32_t epoch, Error *err)
{
    int changed;

    if (!RUN(transaction, err, &changed,
             "DELETE FROM answer_template WHERE institution = ?1 AND id = ?2 AND epoch = ?3", TEXT(id), INT(epoch)))
        return error_add(err, "answer template");
    return changed == 1 || error_set(err, ERR_CONFLICT, "no answer template of that epoch");
}
