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
