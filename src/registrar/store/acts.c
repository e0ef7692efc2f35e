#include "registrar/store/acts.h"

#include "registrar/store/transaction.h"

bool acts_add(StoreTransaction *transaction, const Act *act, Error *err)
{
    if (!RUN(transaction, err, NULL,
             "INSERT INTO act (institution, id, era, at_ms, actor, act, object)"
             " SELECT ?1, (SELECT ifnull(max(id), 0) + 1 FROM act WHERE institution = ?1), era, ?2, ?3, ?4, ?5"
             " FROM institution WHERE institution = ?1",
             INT(act->at_ms), TEXT(act->actor), TEXT(act->act), TEXT(act->object)))
        return error_add(err, "act %s", act->act);
    if (!act->detail)
        return true;
    return RUN(transaction, err, NULL,
               "INSERT INTO act_detail (institution, act, salt, body)"
               " SELECT ?1, max(id), randomblob(16), ?2 FROM act WHERE institution = ?1",
               TEXT(act->detail)) ||
           error_add(err, "detail of %s", act->act);
}

bool acts_count(StoreTransaction *transaction, const char *object, int64_t *ret, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err, "SELECT count(*) FROM act WHERE institution = ?1 AND object = ?2",
              TEXT(object)) ||
        !rows_next(&rows, &row, err))
        return false;
    *ret = rows_int(&rows, 0);
    return true;
}
