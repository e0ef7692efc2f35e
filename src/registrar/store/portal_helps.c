#include "registrar/store/portal_helps.h"

#include "registrar/store/transaction.h"

bool portal_helps_add(StoreTransaction *transaction, const char *service, const char *day, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO portal_help (institution, service, day, n) VALUES (?1, ?2, ?3, 1)"
               " ON CONFLICT (institution, service, day) DO UPDATE SET n = portal_help.n + 1",
               TEXT(service), TEXT(day)) ||
           error_add(err, "help with a portal");
}

bool portal_helps_list(StoreTransaction *transaction, const char *from, const char *to, PortalHelpRow *rows,
                       size_t room, size_t *ret_count, Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT service, CAST(sum(n) AS BIGINT) FROM portal_help WHERE institution = ?1"
              " AND day BETWEEN ?2 AND ?3 GROUP BY service ORDER BY service LIMIT ?4",
              TEXT(from), TEXT(to), INT(room)) ||
        !rows_next(&found, &row, err))
        return error_add(err, "help with portals");
    while (row) {
        PortalHelpRow *help = &rows[(*ret_count)++];

        help->count = rows_int(&found, 1);
        rows_text(&found, 0, help->service, sizeof help->service);
        if (!rows_next(&found, &row, err))
            return error_add(err, "help with portals");
    }
    return true;
}
