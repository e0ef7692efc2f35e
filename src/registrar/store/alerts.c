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
