#include "registrar/store/events.h"

#include <string.h>

#include "registrar/store/transaction.h"
#include "registrar/store/watch.h"

#define COLUMNS "position, audience, body"

bool events_add(StoreTransaction *transaction, const Event *event, Error *err)
{
    if (strlen(event->audience) >= EVENT_AUDIENCE_SIZE || strlen(event->body) >= EVENT_BODY_SIZE || event->keep_s <= 0)
        return error_set(err, ERR_ARGUMENT, "event");
    if (!RUN(transaction, err, NULL,
             "INSERT INTO event (institution, id, audience, body, keep_until_s) VALUES (?1,"
             " (SELECT coalesce(max(id), 0) + 1 FROM event WHERE institution = ?1), ?2, ?3, ?4)",
             TEXT(event->audience), TEXT(event->body), INT(event->at_s + event->keep_s)))
        return error_add(err, "event");
    store_tell(transaction);
    return true;
}

bool events_head(StoreTransaction *transaction, int64_t *ret, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!rows_open(&rows, transaction,
                   "SELECT position FROM event WHERE institution = ?1 AND position IS NOT NULL"
                   " ORDER BY position DESC LIMIT 1",
                   NULL, 0, err) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "last event");
    *ret = row ? rows_int(&rows, 0) : 0;
    return true;
}

/* --- positions --------------------------------------------------------------------------------------------------- */

static bool list_waiting(StoreTransaction *transaction, size_t most, int64_t ids[], size_t *ret_count, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    *ret_count = 0;
    if (!ROWS(&rows, transaction, err,
              "SELECT id FROM event WHERE institution = ?1 AND position IS NULL ORDER BY id LIMIT ?2", INT(most)) ||
        !rows_next(&rows, &row, err))
        return false;
    while (row) {
        ids[(*ret_count)++] = rows_int(&rows, 0);
        if (!rows_next(&rows, &row, err))
            return false;
    }
    return true;
}

bool events_wait(StoreTransaction *transaction, bool *ret_wait, Error *err)
{
    int64_t id;
    size_t count;

    if (!list_waiting(transaction, 1, &id, &count, err))
        return error_add(err, "events");
    *ret_wait = count > 0;
    return true;
}

bool events_seal(StoreTransaction *transaction, int64_t *ret_sealed, Error *err)
{
    int64_t ids[EVENTS_SEALED_MOST], position;
    size_t count;

    if (!list_waiting(transaction, EVENTS_SEALED_MOST, ids, &count, err) || !events_head(transaction, &position, err))
        return error_add(err, "events");
    for (size_t i = 0; i < count; i++) {
        position++;
        if (!RUN(transaction, err, NULL, "UPDATE event SET position = ?3 WHERE institution = ?1 AND id = ?2",
                 INT(ids[i]), INT(position)))
            return error_add(err, "position of an event");
    }
    if (count > 0)
        store_tell(transaction); /* whoever did not seal them hears of their positions */
    *ret_sealed = (int64_t)count;
    return true;
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

static bool read_rows(Rows *found, EventRow rows[], size_t *ret_count, Error *err)
{
    bool row;

    *ret_count = 0;
    if (!rows_next(found, &row, err))
        return false;
    while (row) {
        EventRow *event = &rows[(*ret_count)++];

        event->position = rows_int(found, 0);
        rows_text(found, 1, event->audience, sizeof event->audience);
        rows_text(found, 2, event->body, sizeof event->body);
        if (!rows_next(found, &row, err))
            return false;
    }
    return true;
}

bool events_after(StoreTransaction *transaction, const char *const audiences[], size_t count, int64_t after,
                  EventRow rows[], size_t room, size_t *ret_count, Error *err)
{
    const char *wanted[EVENT_AUDIENCES_MOST];
    OWNED_ROWS found;
    bool done;

    assert(count <= EVENT_AUDIENCES_MOST);
    for (size_t i = 0; i < EVENT_AUDIENCES_MOST && count > 0; i++)
        wanted[i] = audiences[i < count ? i : 0];
    if (count == 0)
        done = ROWS(&found, transaction, err,
                    "SELECT " COLUMNS " FROM event WHERE institution = ?1 AND position > ?2 ORDER BY position LIMIT ?3",
                    INT(after), INT(room));
    else
        done = ROWS(&found, transaction, err,
                    "SELECT " COLUMNS " FROM event WHERE institution = ?1 AND position > ?2"
                    " AND audience IN (?4, ?5, ?6, ?7) ORDER BY position LIMIT ?3",
                    INT(after), INT(room), TEXT(wanted[0]), TEXT(wanted[1]), TEXT(wanted[2]), TEXT(wanted[3]));
    return (done && read_rows(&found, rows, ret_count, err)) || error_add(err, "events");
}
