#include "registrar/store/hand_outs.h"

#include "registrar/store/transaction.h"

bool hand_outs_add(StoreTransaction *transaction, const HandOutRow *hand_out, Error *err)
{
    int changed = 0;

    if (!RUN(transaction, err, &changed,
             "INSERT INTO hand_out (institution, copy, whom, name, paper, given_by, at_s)"
             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
             TEXT(hand_out->copy), TEXT(hand_out->to_student ? "student" : "other"), MAYBE(hand_out->name),
             MAYBE(hand_out->paper), TEXT(hand_out->given_by), INT(hand_out->at_s)))
        return error_add(err, "hand-out");
    return changed > 0 || error_set(err, ERR_EXISTS, "it was handed out already");
}

bool hand_outs_get(StoreTransaction *transaction, const char *copy, bool *ret_found, HandOutRow *ret, Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err,
              "SELECT whom, coalesce(name, ''), coalesce(paper, ''), given_by, at_s FROM hand_out"
              " WHERE institution = ?1 AND copy = ?2",
              TEXT(copy)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "hand-out");
    if (!*ret_found)
        return true;
    *ret = (HandOutRow){ .to_student = str_equal_text(rows_bytes(&rows, 0), "student"), .at_s = rows_int(&rows, 4) };
    str_copy_cut(str_from(copy), ret->copy, sizeof ret->copy);
    rows_text(&rows, 1, ret->name, sizeof ret->name);
    rows_text(&rows, 2, ret->paper, sizeof ret->paper);
    rows_text(&rows, 3, ret->given_by, sizeof ret->given_by);
    return true;
}
