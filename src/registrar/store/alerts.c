#include "registrar/store/alerts.h"

#include "registrar/store/transaction.h"

bool alerts_add(StoreTransaction *transaction, const Alert *alert, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO alert (institution, id, at_s, what, object, words)"
               " SELECT ?1, coalesce(max(id), 0) + 1, ?2, ?3, ?4, ?5 FROM alert WHERE institution = ?1",
               INT(alert->at_s), TEXT(alert->what), TEXT(alert->object), TEXT(alert->words)) ||
           error_add(err, "alert");
}

bool alerts_add_once(StoreTransaction *transaction, const Alert *alert, Error *err)
{
    OWNED_ROWS rows;
    bool there;

    if (!ROWS(&rows, transaction, err,
              "SELECT 1 FROM alert WHERE institution = ?1 AND seen_at_s IS NULL AND what = ?2 AND object = ?3 LIMIT 1",
              TEXT(alert->what), TEXT(alert->object)) ||
        !rows_next(&rows, &there, err))
        return error_add(err, "alerts");
    return there || alerts_add(transaction, alert, err);
}
