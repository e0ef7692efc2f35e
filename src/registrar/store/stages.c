#include "registrar/store/stages.h"

#include "registrar/store/transaction.h"

#define COLUMNS "n, unit, coalesce(clerk, ''), epoch, state, coalesce(reason, ''), changed_at_s"

static const char *const names[] = {
    [STAGE_WAITING] = "waiting",   [STAGE_TAKEN] = "taken",       [STAGE_APPROVED] = "approved",
    [STAGE_RETURNED] = "returned", [STAGE_DECLINED] = "declined", [STAGE_WITHDRAWN] = "withdrawn",
};
static_assert(COUNT(names) == STAGE_STATE_COUNT, "one name per StageState");

const char *stage_state_name(StageState state)
{
    return names[state];
}

static bool read_row(const Rows *rows, StageRow *ret, Error *err)
{
    int state = 0;

    while (state < STAGE_STATE_COUNT && !str_equal_text(rows_bytes(rows, 4), names[state]))
        state++;
    if (state == STAGE_STATE_COUNT)
        return error_set(err, ERR_STORE, "a stage in an unknown state");
    *ret = (StageRow){ .n = (int)rows_int(rows, 0),
                       .epoch = (uint32_t)rows_int(rows, 3),
                       .state = (StageState)state,
                       .changed_at_s = rows_int(rows, 6) };
    rows_text(rows, 1, ret->unit, sizeof ret->unit);
    rows_text(rows, 2, ret->clerk, sizeof ret->clerk);
    rows_text(rows, 5, ret->reason, sizeof ret->reason);
    return true;
}

bool stages_add(StoreTransaction *transaction, const char *request, const StageRow *stage, Error *err)
{
    return (RUN(transaction, err, NULL,
                "INSERT INTO stage (institution, request, n, unit, clerk, epoch, state, reason, changed_at_s)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                TEXT(request), INT(stage->n), TEXT(stage->unit), MAYBE(stage->clerk), INT(stage->epoch),
                TEXT(names[stage->state]), MAYBE(stage->reason), INT(stage->changed_at_s)) &&
            /* A payment brings a request to its first unit within one epoch: lists are to look again (inbox.h). */
            RUN(transaction, err, NULL, "UPDATE request SET placed_epoch = NULL WHERE institution = ?1 AND id = ?2",
                TEXT(request))) ||
           error_add(err, "new stage");
}

bool stages_put(StoreTransaction *transaction, const char *request, const StageRow *stage, Error *err)
{
    return RUN(transaction, err, NULL,
               "UPDATE stage SET clerk = ?4, epoch = ?5, state = ?6, reason = ?7, changed_at_s = ?8"
               " WHERE institution = ?1 AND request = ?2 AND n = ?3",
               TEXT(request), INT(stage->n), MAYBE(stage->clerk), INT(stage->epoch), TEXT(names[stage->state]),
               MAYBE(stage->reason), INT(stage->changed_at_s)) ||
           error_add(err, "stage %d", stage->n);
}

bool stages_answer(StoreTransaction *transaction, const char *request, int n, Str answers, Error *err)
{
    return RUN(transaction, err, NULL,
               "UPDATE stage SET answers = ?4 WHERE institution = ?1 AND request = ?2 AND n = ?3", TEXT(request),
               INT(n), ((Value){ .kind = VALUE_TEXT, .bytes = answers })) ||
           error_add(err, "answers of stage %d", n);
}

bool stages_answers(StoreTransaction *transaction, const char *request, Buf *answers, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err,
              "SELECT answers FROM stage WHERE institution = ?1 AND request = ?2 AND answers <> '{}'"
              " ORDER BY n DESC LIMIT 1",
              TEXT(request)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "answers of stages");
    if (row)
        buf_add_str(answers, rows_bytes(&rows, 0));
    return buf_ok(answers, err);
}

bool stages_put_returned(StoreTransaction *transaction, const char *request, int n, Str answers, Error *err)
{
    return RUN(transaction, err, NULL,
               "UPDATE stage SET returned_answers = ?4 WHERE institution = ?1 AND request = ?2 AND n = ?3",
               TEXT(request), INT(n), ((Value){ .kind = VALUE_TEXT, .bytes = answers })) ||
           error_add(err, "answers that stage %d returned", n);
}

bool stages_returned(StoreTransaction *transaction, const char *request, Buf *answers, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err,
              "SELECT returned_answers FROM stage WHERE institution = ?1 AND request = ?2"
              " AND returned_answers IS NOT NULL ORDER BY n DESC LIMIT 1",
              TEXT(request)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "answers that were returned");
    if (row)
        buf_add_str(answers, rows_bytes(&rows, 0));
    return buf_ok(answers, err);
}

bool stages_list(StoreTransaction *transaction, const char *request, StageRow *rows, size_t room, size_t *ret_count,
                 Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT " COLUMNS " FROM stage WHERE institution = ?1 AND request = ?2 ORDER BY n LIMIT ?3",
              TEXT(request), INT(room)) ||
        !rows_next(&found, &row, err))
        return error_add(err, "stages");
    while (row)
        if (!read_row(&found, &rows[(*ret_count)++], err) || !rows_next(&found, &row, err))
            return error_add(err, "stages");
    return true;
}

bool stages_last(StoreTransaction *transaction, const char *request, bool *ret_found, StageRow *ret, Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err,
              "SELECT " COLUMNS " FROM stage WHERE institution = ?1 AND request = ?2 ORDER BY n DESC LIMIT 1",
              TEXT(request)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "stage");
    return !*ret_found || read_row(&rows, ret, err);
}
