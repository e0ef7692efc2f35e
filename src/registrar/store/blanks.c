#include "registrar/store/blanks.h"

#include <stdio.h>

#include "registrar/store/transaction.h"

#define COLUMNS                                                                                                        \
    "id, kind, series, number, state, epoch, coalesce(holder, ''), coalesce(copy, ''), coalesce(spoiled_by, ''),"      \
    " coalesce(reason, ''), changed_at_s"

void blank_id_write(const char *series, int number, char ret[BLANK_ID_SIZE])
{
    snprintf(ret, BLANK_ID_SIZE, "%.8s-%07d", series, number);
}

void blank_number_write(const char *series, int number, char ret[BLANK_ID_SIZE])
{
    snprintf(ret, BLANK_ID_SIZE, "%.8s %07d", series, number);
}

static bool read_row(const Rows *rows, BlankRow *ret, Error *err)
{
    int state;

    if (!state_parse(&blank_states, rows_bytes(rows, 4), &state))
        return error_set(err, ERR_STORE, "a blank in an unknown state");
    *ret = (BlankRow){ .number = (int)rows_int(rows, 3),
                       .state = (BlankState)state,
                       .epoch = (uint32_t)rows_int(rows, 5),
                       .changed_at_s = rows_int(rows, 10) };
    rows_text(rows, 0, ret->id, sizeof ret->id);
    rows_text(rows, 1, ret->kind, sizeof ret->kind);
    rows_text(rows, 2, ret->series, sizeof ret->series);
    rows_text(rows, 6, ret->holder, sizeof ret->holder);
    rows_text(rows, 7, ret->copy, sizeof ret->copy);
    rows_text(rows, 8, ret->spoiled_by, sizeof ret->spoiled_by);
    rows_text(rows, 9, ret->reason, sizeof ret->reason);
    return true;
}

static bool read_one(Rows *rows, bool *ret_found, BlankRow *ret, Error *err)
{
    return (rows_next(rows, ret_found, err) && (!*ret_found || read_row(rows, ret, err))) || error_add(err, "blank");
}

bool blanks_add(StoreTransaction *transaction, const BlankRow *blank, Error *err)
{
    int changed = 0;

    if (!RUN(transaction, err, &changed,
             "INSERT INTO blank (institution, id, kind, series, number, state, holder, changed_at_s)"
             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
             TEXT(blank->id), TEXT(blank->kind), TEXT(blank->series), INT(blank->number),
             TEXT(state_name(&blank_states, (int)blank->state)), MAYBE(blank->holder), INT(blank->changed_at_s)))
        return error_add(err, "new blank");
    return changed > 0 || error_set(err, ERR_EXISTS, "there is a blank %s already", blank->id);
}

bool blanks_get(StoreTransaction *transaction, const char *id, bool *ret_found, BlankRow *ret, Error *err)
{
    OWNED_ROWS rows;

    return ROWS(&rows, transaction, err, "SELECT " COLUMNS " FROM blank WHERE institution = ?1 AND id = ?2",
                TEXT(id)) &&
           read_one(&rows, ret_found, ret, err);
}

bool blanks_of_copy(StoreTransaction *transaction, const char *copy, bool *ret_found, BlankRow *ret, Error *err)
{
    OWNED_ROWS rows;

    return ROWS(&rows, transaction, err, "SELECT " COLUMNS " FROM blank WHERE institution = ?1 AND copy = ?2",
                TEXT(copy)) &&
           read_one(&rows, ret_found, ret, err);
}

bool blanks_free(StoreTransaction *transaction, const char *kind, const char *holder, bool *ret_found, BlankRow *ret,
                 Error *err)
{
    OWNED_ROWS rows;

    return ROWS(&rows, transaction, err,
                "SELECT " COLUMNS " FROM blank WHERE institution = ?1 AND kind = ?2 AND state = 'issued'"
                " AND spoiled_by IS NULL"
                " ORDER BY CASE WHEN holder = ?3 THEN 0 ELSE 1 END, series, number LIMIT 1",
                TEXT(kind), TEXT(holder)) &&
           read_one(&rows, ret_found, ret, err);
}

bool blanks_put(StoreTransaction *transaction, const BlankRow *blank, Error *err)
{
    return RUN(transaction, err, NULL,
               "UPDATE blank SET holder = ?3, copy = ?4, spoiled_by = ?5, reason = ?6"
               " WHERE institution = ?1 AND id = ?2",
               TEXT(blank->id), MAYBE(blank->holder), MAYBE(blank->copy), MAYBE(blank->spoiled_by),
               MAYBE(blank->reason)) ||
           error_add(err, "blank %s", blank->id);
}

bool blanks_next_epoch(StoreTransaction *transaction, const BlankRow *blank, Error *err)
{
    int changed;

    if (!RUN(transaction, err, &changed,
             "UPDATE blank SET epoch = epoch + 1 WHERE institution = ?1 AND id = ?2 AND epoch = ?3", TEXT(blank->id),
             INT(blank->epoch)))
        return error_add(err, "blank %s", blank->id);
    return changed == 1 || error_set(err, ERR_CONFLICT, "blank %s has gone on", blank->id);
}

bool blanks_list(StoreTransaction *transaction, const BlankState *state, const char *after, BlankRow *rows, size_t room,
                 size_t *ret_count, Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT " COLUMNS " FROM blank WHERE institution = ?1 AND (?2 = '' OR state = ?2)"
              " AND (?3 = '' OR EXISTS (SELECT 1 FROM blank p WHERE p.institution = ?1 AND p.id = ?3"
              " AND (p.series < blank.series OR (p.series = blank.series AND p.number < blank.number))))"
              " ORDER BY series, number LIMIT ?4",
              TEXT(state ? state_name(&blank_states, (int)*state) : ""), TEXT(after), INT(room)) ||
        !rows_next(&found, &row, err))
        return error_add(err, "blanks");
    while (row)
        if (!read_row(&found, &rows[(*ret_count)++], err) || !rows_next(&found, &row, err))
            return error_add(err, "blanks");
    return true;
}

bool blanks_listed(StoreTransaction *transaction, const BlankQuery *query, BlankRow *rows, size_t room,
                   size_t *ret_count, Error *err)
{
    const BlankState *state = query->state;
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT " COLUMNS " FROM blank WHERE institution = ?1 AND (?2 = '' OR state = ?2)"
              " AND (?3 = 0 OR (spoiled_by IS NOT NULL AND state <> 'spoiled')) AND (?4 = '' OR holder = ?4)"
              " AND (?5 = '' OR id = ?5) AND (?6 = '' OR EXISTS (SELECT 1 FROM blank p WHERE p.institution = ?1"
              " AND p.id = ?6 AND (p.series < blank.series OR (p.series = blank.series"
              " AND p.number < blank.number)))) ORDER BY series, number LIMIT ?7",
              TEXT(state ? state_name(&blank_states, (int)*state) : ""), INT(query->said_spoiled), TEXT(query->holder),
              TEXT(query->id), TEXT(query->after), INT(room)) ||
        !rows_next(&found, &row, err))
        return error_add(err, "blanks");
    while (row)
        if (!read_row(&found, &rows[(*ret_count)++], err) || !rows_next(&found, &row, err))
            return error_add(err, "blanks");
    return true;
}

bool blanks_counted(StoreTransaction *transaction, BlankCount *rows, size_t room, size_t *ret_count, Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT kind, series, coalesce(holder, ''), state, min(number), max(number), count(*),"
              " CAST(sum(CASE WHEN spoiled_by IS NOT NULL AND state <> 'spoiled' THEN 1 ELSE 0 END) AS BIGINT)"
              " FROM blank WHERE institution = ?1 GROUP BY kind, series, coalesce(holder, ''), state"
              " ORDER BY kind, series, coalesce(holder, ''), state LIMIT ?2",
              INT(room)) ||
        !rows_next(&found, &row, err))
        return error_add(err, "account of blanks");
    while (row) {
        BlankCount *count = &rows[(*ret_count)++];
        int state;

        *count = (BlankCount){ .first = (int)rows_int(&found, 4),
                               .last = (int)rows_int(&found, 5),
                               .count = rows_int(&found, 6),
                               .said_spoiled = rows_int(&found, 7) };
        rows_text(&found, 0, count->kind, sizeof count->kind);
        rows_text(&found, 1, count->series, sizeof count->series);
        rows_text(&found, 2, count->holder, sizeof count->holder);
        if (!state_parse(&blank_states, rows_bytes(&found, 3), &state))
            return error_set(err, ERR_STORE, "a blank in an unknown state");
        count->state = (BlankState)state;
        if (!rows_next(&found, &row, err))
            return error_add(err, "account of blanks");
    }
    return true;
}
