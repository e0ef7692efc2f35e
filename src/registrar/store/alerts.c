#include "registrar/store/alerts.h"

#include "registrar/store/transaction.h"

bool alerts_add(StoreTransaction *transaction, const Alert *alert, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO alert (institution, id, at_s, what, object, words)"
               " SELECT ?1, ifnull(max(id), 0) + 1, ?2, ?3, ?4, ?5 FROM alert WHERE institution = ?1",
               INT(alert->at_s), TEXT(alert->what), TEXT(alert->object), TEXT(alert->words)) ||
           error_add(err, "alert");
}

bool alerts_count(StoreTransaction *transaction, int64_t *ret, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!rows_open(&rows, transaction, "SELECT count(*) FROM alert WHERE institution = ?1 AND seen_at_s IS NULL", NULL,
                   0, err) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "alerts");
    *ret = rows_int(&rows, 0);
    return true;
}
