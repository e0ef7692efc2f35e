#include "registrar/store/hemis_tries.h"

#include "registrar/store/transaction.h"

static const char *const words[] = {
    [HEMIS_TRY_ASKED] = "asked", [HEMIS_TRY_REFUSED] = "refused", [HEMIS_TRY_LOST] = "lost"
};
static_assert(COUNT(words) == HEMIS_TRY_OUTCOME_COUNT, "as the table's");

static HemisTryOutcome read_outcome(Str word)
{
    if (str_equal_text(word, words[HEMIS_TRY_ASKED]))
        return HEMIS_TRY_ASKED;
    return str_equal_text(word, words[HEMIS_TRY_REFUSED]) ? HEMIS_TRY_REFUSED : HEMIS_TRY_LOST;
}

bool hemis_tries_read(StoreTransaction *transaction, int64_t now_s, HemisTryRow *rows, size_t most, size_t *ret_count,
                      Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT id, kiosk, account, known, outcome, at_s FROM hemis_try"
              " WHERE institution = ?1 AND keep_until_s > ?2 ORDER BY keep_until_s DESC LIMIT ?3",
              INT(now_s), INT(most)))
        return error_add(err, "HEMIS tries");
    while (*ret_count < most) {
        if (!rows_next(&found, &row, err))
            return error_add(err, "HEMIS tries");
        if (!row)
            break;
        HemisTryRow *try = &rows[(*ret_count)++];
        *try = (HemisTryRow){ .known = rows_int(&found, 3) != 0,
                              .outcome = read_outcome(rows_bytes(&found, 4)),
                              .at_s = rows_int(&found, 5) };
        rows_text(&found, 0, try->id, sizeof try->id);
        rows_text(&found, 1, try->kiosk, sizeof try->kiosk);
        rows_text(&found, 2, try->account, sizeof try->account);
    }
    return true;
}

bool hemis_tries_add(StoreTransaction *transaction, const HemisTryRow *row, int64_t keep_until_s, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO hemis_try (institution, id, kiosk, account, known, outcome, at_s, keep_until_s)"
               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
               TEXT(row->id), TEXT(row->kiosk), TEXT(row->account), INT(row->known), TEXT(words[row->outcome]),
               INT(row->at_s), INT(keep_until_s)) ||
           error_add(err, "HEMIS try");
}

bool hemis_tries_end(StoreTransaction *transaction, const char *id, HemisTryOutcome outcome, int64_t at_s,
                     int64_t keep_until_s, Error *err)
{
    return RUN(transaction, err, NULL,
               "UPDATE hemis_try SET outcome = ?3, at_s = ?4, keep_until_s = ?5 WHERE institution = ?1 AND id = ?2",
               TEXT(id), TEXT(words[outcome]), INT(at_s), INT(keep_until_s)) ||
           error_add(err, "HEMIS try");
}

bool hemis_tries_return(StoreTransaction *transaction, const char *id, Error *err)
{
    return RUN(transaction, err, NULL, "DELETE FROM hemis_try WHERE institution = ?1 AND id = ?2", TEXT(id)) ||
           error_add(err, "HEMIS try");
}
