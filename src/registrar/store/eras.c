#include "registrar/store/eras.h"

#include "registrar/store/transaction.h"

bool institutions_era(StoreTransaction *transaction, uint32_t *ret, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!rows_open(&rows, transaction, "SELECT era FROM institution WHERE institution = ?1", NULL, 0, err) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "era");
    *ret = row ? (uint32_t)rows_int(&rows, 0) : 1;
    return true;
}

bool counters_list(StoreTransaction *transaction, CounterRow *rows, size_t room, size_t *ret_count, Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT register, year, last FROM counter WHERE institution = ?1 ORDER BY year DESC, register LIMIT ?2",
              INT(room)) ||
        !rows_next(&found, &row, err))
        return error_add(err, "counters");
    while (row) {
        CounterRow *counter = &rows[(*ret_count)++];

        rows_text(&found, 0, counter->register_name, sizeof counter->register_name);
        counter->year = (int)rows_int(&found, 1);
        counter->last = (int)rows_int(&found, 2);
        if (!rows_next(&found, &row, err))
            return error_add(err, "counters");
    }
    return true;
}

bool skipped_find(StoreTransaction *transaction, const char *register_name, int year, int number, bool *ret_found,
                  uint32_t *ret_era, int64_t *ret_at_s, Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err,
              "SELECT s.era, e.restored_at_s FROM skipped s JOIN era e ON e.institution = s.institution AND e.n = s.era"
              " WHERE s.institution = ?1 AND s.register = ?2 AND s.year = ?3 AND ?4 BETWEEN s.first AND s.last",
              TEXT(register_name), INT(year), INT(number)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "skipped numbers");
    if (*ret_found) {
        *ret_era = (uint32_t)rows_int(&rows, 0);
        *ret_at_s = rows_int(&rows, 1);
    }
    return true;
}

/* --- a new era --------------------------------------------------------------------------------------------------- */

bool restored_is_ours(StoreTransaction *transaction, bool *ret, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!rows_open(&rows, transaction,
                   "SELECT count(*), CAST(sum(CASE WHEN institution = ?1 AND host <> '' THEN 1 ELSE 0 END) AS BIGINT)"
                   " FROM institution",
                   NULL, 0, err) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "institution");
    *ret = row && rows_int(&rows, 0) == 1 && rows_int(&rows, 1) == 1;
    return true;
}

bool restored_moment(StoreTransaction *transaction, int64_t *ret_ms, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!rows_open(&rows, transaction, "SELECT coalesce(max(at_ms), 0) FROM act WHERE institution = ?1", NULL, 0,
                   err) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "last act");
    *ret_ms = rows_int(&rows, 0);
    return true;
}

bool eras_ranges(StoreTransaction *transaction, uint32_t era, const char *ranges, Error *err)
{
    return RUN(transaction, err, NULL, "UPDATE era SET ranges = ?3 WHERE institution = ?1 AND n = ?2", INT(era),
               TEXT(ranges)) ||
           error_add(err, "era %u", era);
}

bool eras_begin(StoreTransaction *transaction, uint32_t era, int64_t now_s, Error *err)
{
    return (RUN(transaction, err, NULL, "UPDATE institution SET era = ?2 WHERE institution = ?1", INT(era)) &&
            RUN(transaction, err, NULL,
                "INSERT INTO era (institution, n, restored_at_s, ranges) VALUES (?1, ?2, ?3, '[]')", INT(era),
                INT(now_s))) ||
           error_add(err, "era %u", era);
}

bool counters_jump(StoreTransaction *transaction, const CounterRow *counter, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO counter (institution, register, year, last) VALUES (?1, ?2, ?3, ?4)"
               " ON CONFLICT (institution, register, year) DO UPDATE"
               " SET last = CASE WHEN counter.last > excluded.last THEN counter.last ELSE excluded.last END",
               TEXT(counter->register_name), INT(counter->year), INT(counter->last)) ||
           error_add(err, "counter %s-%d", counter->register_name, counter->year);
}

bool skipped_add(StoreTransaction *transaction, const char *register_name, int year, int first, int last, uint32_t era,
                 Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO skipped (institution, register, year, first, last, era) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
               TEXT(register_name), INT(year), INT(first), INT(last), INT(era)) ||
           error_add(err, "skipped numbers");
}

/* In one sweep and beside the table of moves: what these jobs went through was lost, so that nobody knows. */
static bool settle_jobs(StoreTransaction *transaction, uint32_t epochs, int64_t now_s, int *ret_jobs, Error *err)
{
    return RUN(transaction, err, NULL,
               "UPDATE copy SET delivery = 'unknown', changed_at_s = ?2 WHERE institution = ?1"
               " AND delivery IN ('waiting', 'printing')",
               INT(now_s)) &&
           RUN(transaction, err, NULL,
               "UPDATE print_job SET epoch = epoch + ?2 WHERE institution = ?1 AND state = 'unknown'", INT(epochs)) &&
           RUN(transaction, err, ret_jobs,
               "UPDATE print_job SET state = 'unknown', need = 1, epoch = epoch + ?2, lease_s = NULL, changed_at_s = ?3"
               " WHERE institution = ?1 AND state IN ('waiting', 'held', 'assigned', 'sending', 'sent')",
               INT(epochs), INT(now_s));
}

bool restored_settle(StoreTransaction *transaction, uint32_t epochs, int64_t now_s, RestoredCounts *ret, Error *err)
{
    int sessions, jobs, preparing;

    /* What a clerk or a cash desk saw in the lost time is not what stands here. */
    if (!RUN(transaction, err, NULL,
             "UPDATE request SET epoch = epoch + ?2 WHERE institution = ?1 AND number IS NOT NULL"
             " AND state IN ('open', 'in-unit', 'returned', 'approved')",
             INT(epochs)) ||
        !RUN(transaction, err, NULL, "UPDATE invoice SET epoch = epoch + ?2 WHERE institution = ?1 AND state = 'open'",
             INT(epochs)) ||
        !RUN(transaction, err, NULL,
             "UPDATE blank SET epoch = epoch + ?2 WHERE institution = ?1 AND state IN ('received', 'issued', 'bound')",
             INT(epochs)))
        return error_add(err, "what was under way");
    if (!store_run(transaction, "DELETE FROM session WHERE institution = ?1", NULL, 0, &sessions, err) ||
        !settle_jobs(transaction, epochs, now_s, &jobs, err) ||
        !RUN(transaction, err, &preparing,
             "UPDATE copy SET epoch = epoch + ?2, lease_s = 0 WHERE institution = ?1 AND making = 'preparing'",
             INT(epochs)))
        return error_add(err, "what was under way");
    *ret = (RestoredCounts){ sessions, jobs, preparing };
    return true;
}

bool copies_by_place(StoreTransaction *transaction, uint32_t list, uint32_t index, bool *ret_found, CopyRow *ret,
                     Error *err)
{
    OWNED_ROWS rows;
    char id[ID_SIZE];

    if (!ROWS(&rows, transaction, err,
              "SELECT id FROM copy WHERE institution = ?1 AND status_list = ?2 AND status_index = ?3", INT(list),
              INT(index)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "place of a status list");
    if (!*ret_found)
        return true;
    rows_text(&rows, 0, id, sizeof id);
    return copies_get(transaction, id, ret_found, ret, err);
}

bool status_lists_keep(StoreTransaction *transaction, uint32_t list, int64_t version, Str kept, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO status_list (institution, list, taken, version, kept) VALUES (?1, ?2, ?3, ?4, ?5)"
               " ON CONFLICT (institution, list) DO UPDATE SET kept = excluded.kept, changes = status_list.changes + 1,"
               " version = CASE WHEN status_list.version > excluded.version THEN status_list.version"
               " ELSE excluded.version END",
               INT(list), INT(STATUS_LIST_SIZE), INT(version), BLOB(kept)) ||
           error_add(err, "status list %u", list);
}

bool status_lists_close(StoreTransaction *transaction, uint32_t next_list, Error *err)
{
    return (RUN(transaction, err, NULL, "UPDATE status_list SET taken = ?2 WHERE institution = ?1",
                INT(STATUS_LIST_SIZE)) &&
            RUN(transaction, err, NULL, "INSERT INTO status_list (institution, list, taken) VALUES (?1, ?2, 0)",
                INT(next_list))) ||
           error_add(err, "status lists");
}

bool status_lists_newest(StoreTransaction *transaction, uint32_t *ret_list, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!rows_open(&rows, transaction, "SELECT coalesce(max(list), 0) FROM status_list WHERE institution = ?1", NULL, 0,
                   err) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "status lists");
    *ret_list = row ? (uint32_t)rows_int(&rows, 0) : 0;
    return true;
}
