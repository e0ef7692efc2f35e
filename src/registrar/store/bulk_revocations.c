#include "registrar/store/bulk_revocations.h"

#include "registrar/store/transaction.h"

#define COLUMNS                                                                                                        \
    "b.id, b.reason, b.proposed_by, b.proposed_at_s, b.state, coalesce(b.decided_by, ''),"                             \
    " coalesce(b.decided_at_s, 0), (SELECT count(*) FROM bulk_paper p WHERE p.institution = ?1 AND p.bulk = b.id)"

static const char *const state_names[] = {
    [BULK_PROPOSED] = "proposed",
    [BULK_DONE] = "done",
    [BULK_DROPPED] = "dropped",
};
static_assert(COUNT(state_names) == BULK_STATE_COUNT, "a name for each state");

bool bulks_add(StoreTransaction *transaction, const BulkRow *bulk, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO bulk_revocation (institution, id, reason, proposed_by, proposed_at_s)"
               " VALUES (?1, ?2, ?3, ?4, ?5)",
               TEXT(bulk->id), TEXT(bulk->reason), TEXT(bulk->proposed_by), INT(bulk->proposed_at_s)) ||
           error_add(err, "new bulk revocation");
}

bool bulk_papers_add(StoreTransaction *transaction, const char *id, const char *document, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO bulk_paper (institution, bulk, document) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
               TEXT(id), TEXT(document)) ||
           error_add(err, "paper of a bulk revocation");
}

static bool read_row(const Rows *rows, BulkRow *ret, Error *err)
{
    *ret = (BulkRow){ .proposed_at_s = rows_int(rows, 3),
                      .state = BULK_STATE_COUNT,
                      .decided_at_s = rows_int(rows, 6),
                      .papers = (int)rows_int(rows, 7) };
    rows_text(rows, 0, ret->id, sizeof ret->id);
    rows_text(rows, 1, ret->reason, sizeof ret->reason);
    rows_text(rows, 2, ret->proposed_by, sizeof ret->proposed_by);
    rows_text(rows, 5, ret->decided_by, sizeof ret->decided_by);
    for (size_t i = 0; i < COUNT(state_names); i++)
        if (str_equal_text(rows_bytes(rows, 4), state_names[i]))
            ret->state = (BulkState)i;
    return ret->state != BULK_STATE_COUNT || error_set(err, ERR_STORE, "a bulk revocation in an unknown state");
}

bool bulks_get(StoreTransaction *transaction, const char *id, bool *ret_found, BulkRow *ret, Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err,
                 "SELECT " COLUMNS " FROM bulk_revocation b WHERE b.institution = ?1 AND b.id = ?2", TEXT(id)) &&
            rows_next(&rows, ret_found, err) && (!*ret_found || read_row(&rows, ret, err))) ||
           error_add(err, "bulk revocation");
}

bool bulks_list(StoreTransaction *transaction, BulkRow *rows, size_t room, size_t *ret_count, Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT " COLUMNS " FROM bulk_revocation b WHERE b.institution = ?1"
              " ORDER BY CASE WHEN b.state = 'proposed' THEN 0 ELSE 1 END, b.proposed_at_s DESC, b.id LIMIT ?2",
              INT(room)))
        return error_add(err, "bulk revocations");
    while (rows_next(&found, &row, err)) {
        if (!row)
            return true;
        if (!read_row(&found, &rows[(*ret_count)++], err))
            break;
    }
    return error_add(err, "bulk revocations");
}

bool bulk_papers_list(StoreTransaction *transaction, const char *id, char (*ids)[ID_SIZE], size_t room,
                      size_t *ret_count, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    *ret_count = 0;
    if (!ROWS(&rows, transaction, err,
              "SELECT document FROM bulk_paper WHERE institution = ?1 AND bulk = ?2 ORDER BY document LIMIT ?3",
              TEXT(id), INT(room)))
        return error_add(err, "papers of a bulk revocation");
    while (rows_next(&rows, &row, err)) {
        if (!row)
            return true;
        rows_text(&rows, 0, ids[(*ret_count)++], ID_SIZE);
    }
    return error_add(err, "papers of a bulk revocation");
}

bool bulks_decide(StoreTransaction *transaction, const char *id, bool done, const char *actor, int64_t now_s,
                  Error *err)
{
    int changed;

    if (!RUN(transaction, err, &changed,
             "UPDATE bulk_revocation SET state = ?3, decided_by = ?4, decided_at_s = ?5"
             " WHERE institution = ?1 AND id = ?2 AND state = 'proposed'",
             TEXT(id), TEXT(state_names[done ? BULK_DONE : BULK_DROPPED]), TEXT(actor), INT(now_s)))
        return error_add(err, "bulk revocation");
    return changed == 1 || error_set(err, ERR_CONFLICT, "nobody waits for a decision on it");
}
