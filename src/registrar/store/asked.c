#include "registrar/store/asked.h"

#include "registrar/store/transaction.h"

bool asked_counts(StoreTransaction *transaction, int64_t student, int64_t since_s, const char *period, AskedCount *rows,
                  size_t room, size_t *ret_count, Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(
            &found, transaction, err,
            "SELECT service, template, CAST(sum(papers) AS BIGINT), CAST(sum(since) AS BIGINT),"
            " CAST(sum(in_period) AS BIGINT), CAST(sum(given_up) AS BIGINT), CAST(sum(granted) AS BIGINT),"
            " CAST(sum(under_way) AS BIGINT)"
            " FROM (SELECT d.service AS service, d.template AS template, 1 AS papers, 0 AS since, 0 AS in_period,"
            "  0 AS given_up, 0 AS granted, 0 AS under_way"
            "  FROM document d JOIN copy c ON c.institution = d.institution AND c.document = d.id"
            "  WHERE d.institution = ?1 AND d.student = ?2 AND d.taken_at_s >= ?3 AND d.state <> 'void'"
            "  AND c.validity <> 'replaced' AND (c.n = 1 OR c.replaces IS NOT NULL)"
            " UNION ALL SELECT service, '', 0, CASE WHEN asked_at_s >= ?3 THEN 1 ELSE 0 END,"
            "  CASE WHEN period = ?4 THEN 1 ELSE 0 END, 0, 0, 0 FROM request"
            "  WHERE institution = ?1 AND student = ?2"
            "  AND state NOT IN ('draft', 'withdrawn', 'declined', 'expired')"
            "  AND (asked_at_s >= ?3 OR period = ?4)"
            " UNION ALL SELECT service, '', 0, 0, 0, 1, 0, 0 FROM request"
            "  WHERE institution = ?1 AND student = ?2 AND number IS NOT NULL"
            "  AND state IN ('withdrawn', 'declined', 'expired') AND asked_at_s >= ?3"
            " UNION ALL SELECT service, '', 0, 0, 0, 0, CASE WHEN state IN ('approved', 'fulfilled') THEN 1 ELSE 0 END,"
            "  CASE WHEN state IN ('open', 'in-unit', 'returned') THEN 1 ELSE 0 END FROM request"
            "  WHERE institution = ?1 AND student = ?2 AND number IS NOT NULL"
            "  AND state IN ('open', 'in-unit', 'returned', 'approved', 'fulfilled')) asked"
            " GROUP BY service, template ORDER BY service, template LIMIT ?5",
            INT(student), INT(since_s), TEXT(period), INT(room)) ||
        !rows_next(&found, &row, err))
        return error_add(err, "what was asked for");
    while (row) {
        AskedCount *count = &rows[(*ret_count)++];

        *count = (AskedCount){ .papers = rows_int(&found, 2),
                               .requests = rows_int(&found, 3),
                               .requests_in_period = rows_int(&found, 4),
                               .given_up = rows_int(&found, 5),
                               .granted = rows_int(&found, 6),
                               .under_way = rows_int(&found, 7) };
        rows_text(&found, 0, count->service, sizeof count->service);
        rows_text(&found, 1, count->template, sizeof count->template);
        if (!rows_next(&found, &row, err))
            return error_add(err, "what was asked for");
    }
    return true;
}
