#include "registrar/store/windows.h"

#include "registrar/store/transaction.h"

#define COLUMNS "number, place, topics, state, epoch, coalesce(clerk, ''), changed_at_s, coalesce(last_clerk, '')"

static const char *const names[] = {
    [WINDOW_CLOSED] = "closed",
    [WINDOW_OPEN] = "open",
    [WINDOW_PAUSED] = "paused",
};
static_assert(COUNT(names) == WINDOW_STATE_COUNT, "one name per state");

const char *window_state_name(WindowState state)
{
    return names[state];
}

bool window_state_parse(Str name, WindowState *ret)
{
    for (size_t i = 0; i < COUNT(names); i++)
        if (str_equal_text(name, names[i])) {
            *ret = (WindowState)i;
            return true;
        }
    return false;
}

static bool read_row(const Rows *rows, WindowRow *ret, Error *err)
{
    *ret = (WindowRow){ .number = (int)rows_int(rows, 0),
                        .epoch = (uint32_t)rows_int(rows, 4),
                        .changed_at_s = rows_int(rows, 6) };
    rows_text(rows, 1, ret->place, sizeof ret->place);
    rows_text(rows, 2, ret->topics, sizeof ret->topics);
    rows_text(rows, 5, ret->clerk, sizeof ret->clerk);
    rows_text(rows, 7, ret->last_clerk, sizeof ret->last_clerk);
    return window_state_parse(rows_bytes(rows, 3), &ret->state) ||
           error_set(err, ERR_STORE, "a window in an unknown state");
}

bool windows_put(StoreTransaction *transaction, const WindowRow *window, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO service_window (institution, number, place, topics, changed_at_s)"
               " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (institution, number) DO UPDATE SET place = excluded.place,"
               " topics = excluded.topics, epoch = service_window.epoch + 1, changed_at_s = excluded.changed_at_s",
               INT(window->number), TEXT(window->place), TEXT(window->topics), INT(window->changed_at_s)) ||
           error_add(err, "window %d", window->number);
}

bool windows_remove(StoreTransaction *transaction, int64_t number, bool *ret_found, Error *err)
{
    int changed;

    if (!RUN(transaction, err, &changed, "DELETE FROM service_window WHERE institution = ?1 AND number = ?2",
             INT(number)))
        return error_add(err, "window");
    *ret_found = changed > 0;
    return true;
}

bool windows_get(StoreTransaction *transaction, int64_t number, bool *ret_found, WindowRow *ret, Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err,
                 "SELECT " COLUMNS " FROM service_window WHERE institution = ?1 AND number = ?2", INT(number)) &&
            rows_next(&rows, ret_found, err) && (!*ret_found || read_row(&rows, ret, err))) ||
           error_add(err, "window");
}

bool windows_list(StoreTransaction *transaction, WindowRow *rows, size_t room, size_t *ret_count, Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT " COLUMNS " FROM service_window WHERE institution = ?1 ORDER BY number LIMIT ?2", INT(room)) ||
        !rows_next(&found, &row, err))
        return error_add(err, "windows");
    while (row)
        if (!read_row(&found, &rows[(*ret_count)++], err) || !rows_next(&found, &row, err))
            return error_add(err, "windows");
    return true;
}

bool windows_change(StoreTransaction *transaction, const WindowRow *window, Error *err)
{
    int changed;

    if (!RUN(transaction, err, &changed,
             "UPDATE service_window SET state = ?4, clerk = ?5, last_clerk = coalesce(?5, clerk, last_clerk),"
             " epoch = epoch + 1, changed_at_s = ?6"
             " WHERE institution = ?1 AND number = ?2 AND epoch = ?3",
             INT(window->number), INT(window->epoch), TEXT(names[window->state]), MAYBE(window->clerk),
             INT(window->changed_at_s)))
        return error_add(err, "window %d", window->number);
    return changed == 1 || error_set(err, ERR_CONFLICT, "window %d has gone on", window->number);
}
