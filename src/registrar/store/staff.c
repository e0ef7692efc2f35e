#include "registrar/store/staff.h"

#include <string.h>

#include "registrar/store/transaction.h"

static const char *const states[] = {
    [STAFF_NEW] = "new", [STAFF_ACTIVE] = "active", [STAFF_LOCKED] = "locked", [STAFF_REMOVED] = "removed"
};
static_assert(COUNT(states) == STAFF_STATE_COUNT, "one name per StaffState");

const char *staff_state_name(StaffState state)
{
    return states[state];
}

/* What a newer registrar beside this one calls its own is locked to us. */
static StaffState state_parse(Str name)
{
    for (size_t i = 0; i < COUNT(states); i++)
        if (str_equal_text(name, states[i]))
            return (StaffState)i;
    return STAFF_LOCKED;
}

/* --- accounts ----------------------------------------------------------------------------------------------------- */

#define COLUMNS                                                                                                        \
    "name, full_name, roles, scope, state, hash, secret, last_step, epoch, made_at_s, changed_at_s,"                   \
    " coalesce(signed_in_at_s, 0)"

static void read_staff(const Rows *rows, StaffRow *ret)
{
    const Str secret = rows_bytes(rows, 6);

    *ret = (StaffRow){ .state = state_parse(rows_bytes(rows, 4)),
                       .last_step = rows_int(rows, 7),
                       .epoch = (uint32_t)rows_int(rows, 8),
                       .made_at_s = rows_int(rows, 9),
                       .changed_at_s = rows_int(rows, 10),
                       .signed_in_at_s = rows_int(rows, 11) };
    rows_text(rows, 0, ret->name, sizeof ret->name);
    rows_text(rows, 1, ret->full_name, sizeof ret->full_name);
    rows_text(rows, 2, ret->roles, sizeof ret->roles);
    rows_text(rows, 3, ret->scope, sizeof ret->scope);
    rows_text(rows, 5, ret->hash, sizeof ret->hash);
    if (secret.len <= sizeof ret->secret) {
        memcpy(ret->secret, secret.len ? secret.ptr : "", secret.len);
        ret->secret_length = secret.len;
    }
}

bool staff_row_add(StoreTransaction *transaction, const StaffRow *row, Error *err)
{
    int changed = 0;

    if (!RUN(transaction, err, &changed,
             "INSERT INTO staff (institution, name, full_name, roles, scope, state, hash, secret, made_at_s,"
             " changed_at_s) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9) ON CONFLICT DO NOTHING",
             TEXT(row->name), TEXT(row->full_name), TEXT(row->roles), TEXT(row->scope), TEXT(states[row->state]),
             TEXT(row->hash), BYTES(row->secret, row->secret_length), INT(row->made_at_s)))
        return error_add(err, "staff %s", row->name);
    return changed > 0 || error_set(err, ERR_EXISTS, "there is, or was, somebody called %s", row->name);
}

bool staff_row_get(StoreTransaction *transaction, const char *name, bool *ret_found, StaffRow *ret, Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err, "SELECT " COLUMNS " FROM staff WHERE institution = ?1 AND name = ?2",
              TEXT(name)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "staff");
    if (*ret_found)
        read_staff(&rows, ret);
    return true;
}

bool staff_row_change(StoreTransaction *transaction, const StaffRow *row, bool *ret_changed, Error *err)
{
    int changed = 0;

    if (!RUN(transaction, err, &changed,
             "UPDATE staff SET full_name = ?3, roles = ?4, scope = ?5, state = ?6, hash = ?7, secret = ?8,"
             " changed_at_s = ?9, epoch = staff.epoch + 1 WHERE institution = ?1 AND name = ?2 AND epoch = ?10",
             TEXT(row->name), TEXT(row->full_name), TEXT(row->roles), TEXT(row->scope), TEXT(states[row->state]),
             TEXT(row->hash), BYTES(row->secret, row->secret_length), INT(row->changed_at_s), INT(row->epoch)))
        return error_add(err, "staff %s", row->name);
    *ret_changed = changed > 0;
    return true;
}

bool staff_row_take_step(StoreTransaction *transaction, const char *name, int64_t step, bool *ret_taken, Error *err)
{
    int changed = 0;

    if (!RUN(transaction, err, &changed,
             "UPDATE staff SET last_step = ?3 WHERE institution = ?1 AND name = ?2 AND last_step < ?3", TEXT(name),
             INT(step)))
        return error_add(err, "staff %s", name);
    *ret_taken = changed > 0;
    return true;
}

bool staff_row_signed_in(StoreTransaction *transaction, const char *name, int64_t now_s, Error *err)
{
    return RUN(transaction, err, NULL, "UPDATE staff SET signed_in_at_s = ?3 WHERE institution = ?1 AND name = ?2",
               TEXT(name), INT(now_s)) ||
           error_add(err, "staff %s", name);
}

bool staff_rows_list(StoreTransaction *transaction, StaffRow list[], size_t room, size_t *ret_count, Error *err)
{
    OWNED_ROWS rows;
    size_t count = 0;
    bool row;

    if (!ROWS(&rows, transaction, err,
              "SELECT " COLUMNS " FROM staff WHERE institution = ?1 AND state <> 'removed' ORDER BY name LIMIT ?2",
              INT(room)))
        return error_add(err, "staff");
    for (;;) {
        if (!rows_next(&rows, &row, err))
            return error_add(err, "staff");
        if (!row || count == room)
            break;
        read_staff(&rows, &list[count++]);
    }
    *ret_count = count;
    return true;
}

/* --- sessions ----------------------------------------------------------------------------------------------------- */

#define SESSION_COLUMNS "id, staff, device, source, began_at_s, used_at_s, fresh_until_s, ends_at_s"

static void read_session(const Rows *rows, StaffSessionRow *ret)
{
    *ret = (StaffSessionRow){ .began_at_s = rows_int(rows, 4),
                              .used_at_s = rows_int(rows, 5),
                              .fresh_until_s = rows_int(rows, 6),
                              .ends_at_s = rows_int(rows, 7) };
    rows_text(rows, 0, ret->id, sizeof ret->id);
    rows_text(rows, 1, ret->staff, sizeof ret->staff);
    rows_text(rows, 2, ret->device, sizeof ret->device);
    rows_text(rows, 3, ret->source, sizeof ret->source);
}

bool staff_sessions_begin(StoreTransaction *transaction, const StaffSessionRow *row, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO staff_session (institution, bearer_hash, id, staff, device, source, began_at_s, used_at_s,"
               " fresh_until_s, ends_at_s) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
               BYTES(row->bearer_hash, STAFF_BEARER_SIZE), TEXT(row->id), TEXT(row->staff), TEXT(row->device),
               TEXT(row->source), INT(row->began_at_s), INT(row->used_at_s), INT(row->fresh_until_s),
               INT(row->ends_at_s)) ||
           error_add(err, "session of staff");
}

bool staff_sessions_find(StoreTransaction *transaction, const uint8_t bearer_hash[STAFF_BEARER_SIZE],
                         int64_t idle_since_s, int64_t now_s, bool *ret_found, StaffSessionRow *ret, Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err,
              "SELECT " SESSION_COLUMNS " FROM staff_session"
              " WHERE institution = ?1 AND bearer_hash = ?2 AND used_at_s >= ?3 AND ends_at_s > ?4",
              BYTES(bearer_hash, STAFF_BEARER_SIZE), INT(idle_since_s), INT(now_s)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "session of staff");
    if (*ret_found) {
        read_session(&rows, ret);
        memcpy(ret->bearer_hash, bearer_hash, STAFF_BEARER_SIZE);
    }
    return true;
}

bool staff_sessions_used(StoreTransaction *transaction, const char *id, int64_t now_s, Error *err)
{
    return RUN(transaction, err, NULL,
               "UPDATE staff_session SET used_at_s = ?3 WHERE institution = ?1 AND id = ?2 AND used_at_s < ?3",
               TEXT(id), INT(now_s)) ||
           error_add(err, "session of staff");
}

bool staff_sessions_freshen(StoreTransaction *transaction, const char *id, int64_t fresh_until_s, Error *err)
{
    return RUN(transaction, err, NULL, "UPDATE staff_session SET fresh_until_s = ?3 WHERE institution = ?1 AND id = ?2",
               TEXT(id), INT(fresh_until_s)) ||
           error_add(err, "session of staff");
}

bool staff_sessions_list(StoreTransaction *transaction, const char *staff, int64_t idle_since_s, int64_t now_s,
                         StaffSessionRow list[], size_t room, size_t *ret_count, Error *err)
{
    OWNED_ROWS rows;
    size_t count = 0;
    bool row;

    if (!ROWS(&rows, transaction, err,
              "SELECT " SESSION_COLUMNS " FROM staff_session WHERE institution = ?1 AND staff = ?2"
              " AND used_at_s >= ?3 AND ends_at_s > ?4 ORDER BY used_at_s DESC, id LIMIT ?5",
              TEXT(staff), INT(idle_since_s), INT(now_s), INT(room)))
        return error_add(err, "sessions of staff");
    for (;;) {
        if (!rows_next(&rows, &row, err))
            return error_add(err, "sessions of staff");
        if (!row || count == room)
            break;
        read_session(&rows, &list[count++]);
    }
    *ret_count = count;
    return true;
}

bool staff_sessions_end(StoreTransaction *transaction, const char *staff, const char *id, const char *but,
                        int *ret_ended, Error *err)
{
    return RUN(transaction, err, ret_ended,
               "DELETE FROM staff_session WHERE institution = ?1 AND staff = ?2 AND (?3 = '' OR id = ?3) AND id <> ?4",
               TEXT(staff), TEXT(id ? id : ""), TEXT(but ? but : "")) ||
           error_add(err, "end of a session");
}
