#include "registrar/store/printers.h"

#include <stdio.h>
#include <string.h>

#include "registrar/store/transaction.h"

#define COLUMNS                                                                                                        \
    "p.id, p.place, p.uri, CASE WHEN p.removed_at_s IS NULL THEN 0 ELSE 1 END, p.epoch, p.lease_s, p.state,"           \
    " coalesce(p.since_s, 0)"
#define ERRAND                                                                                                         \
    "SELECT printer, job, epoch, phase, printer_uuid, printer_job, sheets, unwanted, began_at_ms FROM printer_errand"  \
    " WHERE institution = ?1"

static_assert(sizeof PRINTER_OWNER - 1 + PRINTER_ID_SIZE <= ID_SIZE, "an owner is an id");

static const char *const phases[] = {
    [ERRAND_CREATING] = "creating", [ERRAND_CREATED] = "created", [ERRAND_SENDING] = "sending",
    [ERRAND_SENT] = "sent",         [ERRAND_ORPHAN] = "orphan",
};
static_assert(COUNT(phases) == ERRAND_PHASE_COUNT, "one name per phase");

const char *errand_phase_name(ErrandPhase phase)
{
    return phases[phase];
}

void printer_owner(const char *printer, char ret[ID_SIZE])
{
    (void)snprintf(ret, ID_SIZE, PRINTER_OWNER "%s", printer);
}

const char *printer_of_owner(const char *owner)
{
    return str_starts(str_from(owner), STR(PRINTER_OWNER)) ? owner + sizeof PRINTER_OWNER - 1 : NULL;
}

/* --- printers ----------------------------------------------------------------------------------------------------- */

bool printers_add(StoreTransaction *transaction, const PrinterRow *printer, int64_t now_s, Error *err)
{
    char owner[ID_SIZE];
    int added = 0;

    printer_owner(printer->id, owner);
    if (!RUN(transaction, err, NULL,
             "INSERT INTO kiosk (institution, id, place, state, added_at_s) VALUES (?1, ?2, ?3, 'revoked', ?4)"
             " ON CONFLICT (institution, id) DO UPDATE SET place = excluded.place",
             TEXT(owner), TEXT(printer->place), INT(now_s)) ||
        !RUN(transaction, err, &added,
             "INSERT INTO printer (institution, id, place, uri, added_at_s) VALUES (?1, ?2, ?3, ?4, ?5)"
             " ON CONFLICT (institution, id) DO UPDATE SET place = excluded.place, uri = excluded.uri,"
             " removed_at_s = NULL, state = 'unasked', since_s = NULL, epoch = printer.epoch + 1, lease_s = 0"
             " WHERE printer.removed_at_s IS NOT NULL",
             TEXT(printer->id), TEXT(printer->place), TEXT(printer->uri), INT(now_s)))
        return error_add(err, "printer %s", printer->id);
    return added == 1 || error_set(err, ERR_EXISTS, "there is a printer %s already", printer->id);
}

static void read_printer(const Rows *rows, PrinterRow *ret)
{
    *ret = (PrinterRow){ .removed = rows_int(rows, 3) != 0,
                         .epoch = (uint32_t)rows_int(rows, 4),
                         .lease_s = rows_int(rows, 5),
                         .since_s = rows_int(rows, 7) };
    rows_text(rows, 0, ret->id, sizeof ret->id);
    rows_text(rows, 1, ret->place, sizeof ret->place);
    rows_text(rows, 2, ret->uri, sizeof ret->uri);
    rows_text(rows, 6, ret->state, sizeof ret->state);
}

bool printers_get(StoreTransaction *transaction, const char *id, bool *ret_found, PrinterRow *ret, Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err, "SELECT " COLUMNS " FROM printer p WHERE p.institution = ?1 AND p.id = ?2",
              TEXT(id)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "printer");
    if (*ret_found)
        read_printer(&rows, ret);
    return true;
}

bool printers_list(StoreTransaction *transaction, PrinterRow *rows, size_t room, size_t *ret_count, Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT " COLUMNS " FROM printer p WHERE p.institution = ?1 AND (p.removed_at_s IS NULL OR EXISTS"
              " (SELECT 1 FROM printer_errand e WHERE e.institution = ?1 AND e.printer = p.id)) ORDER BY p.id LIMIT ?2",
              INT(room)) ||
        !rows_next(&found, &row, err))
        return error_add(err, "printers");
    while (row) {
        read_printer(&found, &rows[(*ret_count)++]);
        if (!rows_next(&found, &row, err))
            return error_add(err, "printers");
    }
    return true;
}

bool printers_remove(StoreTransaction *transaction, const char *id, int64_t now_s, Error *err)
{
    return RUN(transaction, err, NULL,
               "UPDATE printer SET removed_at_s = ?3 WHERE institution = ?1 AND id = ?2 AND removed_at_s IS NULL",
               TEXT(id), INT(now_s)) ||
           error_add(err, "printer");
}

/* --- who works it ------------------------------------------------------------------------------------------------- */

bool printers_take(StoreTransaction *transaction, const char *id, int64_t now_s, int64_t lease_s, bool *ret_taken,
                   Error *err)
{
    int changed = 0;

    if (!RUN(transaction, err, &changed,
             "UPDATE printer SET epoch = epoch + 1, lease_s = ?4 WHERE institution = ?1 AND id = ?2 AND lease_s <= ?3",
             TEXT(id), INT(now_s), INT(lease_s)))
        return error_add(err, "printer");
    *ret_taken = changed == 1;
    return true;
}

bool printers_keep(StoreTransaction *transaction, const char *id, uint32_t epoch, int64_t lease_s, bool *ret_kept,
                   Error *err)
{
    char owner[ID_SIZE];
    int changed = 0;

    printer_owner(id, owner);
    if (!RUN(transaction, err, &changed,
             "UPDATE printer SET lease_s = ?4 WHERE institution = ?1 AND id = ?2 AND epoch = ?3", TEXT(id), INT(epoch),
             INT(lease_s)))
        return error_add(err, "printer");
    *ret_kept = changed == 1;
    return !*ret_kept ||
           RUN(transaction, err, NULL,
               "UPDATE print_job SET lease_s = ?3 WHERE institution = ?1 AND owner = ?2"
               " AND state IN ('assigned', 'sending', 'sent') AND lease_s < ?3",
               TEXT(owner), INT(lease_s)) ||
           error_add(err, "jobs of a printer");
}

bool printers_tell(StoreTransaction *transaction, const char *id, const char *state, int64_t now_s, bool *ret_changed,
                   Error *err)
{
    int changed = 0;

    if (!RUN(transaction, err, &changed,
             "UPDATE printer SET state = ?3, since_s = ?4 WHERE institution = ?1 AND id = ?2 AND state <> ?3", TEXT(id),
             TEXT(state), INT(now_s)))
        return error_add(err, "state of a printer");
    *ret_changed = changed == 1;
    return true;
}

bool printers_jobs(StoreTransaction *transaction, const char *id, PrintJobRow *rows, size_t room, size_t *ret_count,
                   Error *err)
{
    char owner[ID_SIZE];

    printer_owner(id, owner);
    return print_jobs_assigned(transaction, owner, rows, room, ret_count, err);
}

bool printers_next_job(StoreTransaction *transaction, const char *id, bool *ret_found, PrintJobRow *ret, Error *err)
{
    size_t count;

    if (!printers_jobs(transaction, id, ret, 1, &count, err))
        return false;
    *ret_found = count == 1;
    return true;
}

/* --- errands ------------------------------------------------------------------------------------------------------ */

static bool read_errand(const Rows *rows, ErrandRow *ret, Error *err)
{
    size_t phase = 0;

    while (phase < COUNT(phases) && !str_equal_text(rows_bytes(rows, 3), phases[phase]))
        phase++;
    if (phase == COUNT(phases))
        return error_set(err, ERR_STORE, "a printer's errand in an unknown phase");
    *ret = (ErrandRow){ .epoch = (uint32_t)rows_int(rows, 2),
                        .phase = (ErrandPhase)phase,
                        .printer_job = (int)rows_int(rows, 5),
                        .sheets = (int)rows_int(rows, 6),
                        .unwanted = rows_int(rows, 7) != 0,
                        .began_at_ms = rows_int(rows, 8) };
    rows_text(rows, 0, ret->printer, sizeof ret->printer);
    rows_text(rows, 1, ret->job, sizeof ret->job);
    rows_text(rows, 4, ret->printer_uuid, sizeof ret->printer_uuid);
    return true;
}

bool errands_get(StoreTransaction *transaction, const char *printer, bool *ret_found, ErrandRow *ret, Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err, ERRAND " AND printer = ?2", TEXT(printer)) || !rows_next(&rows, ret_found, err))
        return error_add(err, "errand of a printer");
    return !*ret_found || read_errand(&rows, ret, err);
}

bool errands_add(StoreTransaction *transaction, const ErrandRow *errand, Error *err)
{
    int added = 0;

    if (!RUN(transaction, err, &added,
             "INSERT INTO printer_errand (institution, printer, job, epoch, phase, printer_uuid, began_at_ms)"
             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
             TEXT(errand->printer), TEXT(errand->job), INT(errand->epoch), TEXT(phases[errand->phase]),
             TEXT(errand->printer_uuid), INT(errand->began_at_ms)))
        return error_add(err, "errand of a printer");
    return added == 1 || error_set(err, ERR_EXISTS, "printer %s has another job", errand->printer);
}

bool errands_move(StoreTransaction *transaction, const ErrandRow *errand, Error *err)
{
    return RUN(transaction, err, NULL,
               "UPDATE printer_errand SET phase = ?3, printer_uuid = ?4, printer_job = ?5, sheets = ?6"
               " WHERE institution = ?1 AND printer = ?2",
               TEXT(errand->printer), TEXT(phases[errand->phase]), TEXT(errand->printer_uuid), INT(errand->printer_job),
               INT(errand->sheets)) ||
           error_add(err, "errand of a printer");
}

bool errands_end(StoreTransaction *transaction, const char *printer, Error *err)
{
    return RUN(transaction, err, NULL, "DELETE FROM printer_errand WHERE institution = ?1 AND printer = ?2",
               TEXT(printer)) ||
           error_add(err, "errand of a printer");
}

bool errands_unwant(StoreTransaction *transaction, const char *job, Error *err)
{
    return RUN(transaction, err, NULL, "UPDATE printer_errand SET unwanted = 1 WHERE institution = ?1 AND job = ?2",
               TEXT(job)) ||
           error_add(err, "errand of a printer");
}

/* --- the strip ---------------------------------------------------------------------------------------------------- */

static void read_strip(const Rows *rows, StripRow *ret)
{
    *ret = (StripRow){ .office = rows_int(rows, 0) == 0,
                       .heard_s = rows_int(rows, 4),
                       .since_s = rows_int(rows, 5),
                       .jobs = (int)rows_int(rows, 6),
                       .sheets = (int)rows_int(rows, 7) };
    rows_text(rows, 1, ret->id, sizeof ret->id);
    rows_text(rows, 2, ret->place, sizeof ret->place);
    rows_text(rows, 3, ret->state, sizeof ret->state);
}

bool strip_list(StoreTransaction *transaction, int64_t since_s, int64_t silent_s, StripRow *rows, size_t room,
                size_t *ret_count, Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT s.kind, s.id, s.place, s.state, s.heard_s, s.since_s,"
              " (SELECT count(*) FROM print_job j WHERE j.institution = ?1 AND j.owner = s.owner"
              "  AND j.state IN ('assigned', 'sending', 'sent')),"
              " (SELECT CAST(coalesce(sum(j.sheets_seen), 0) AS BIGINT) FROM print_job j WHERE j.institution = ?1"
              "  AND j.owner = s.owner AND j.changed_at_s >= ?2)"
              " FROM (SELECT 0 AS kind, p.id AS id, p.place AS place, p.state AS state, p.lease_s AS heard_s,"
              "  coalesce(p.since_s, 0) AS since_s, 'printer:' || p.id AS owner"
              "  FROM printer p WHERE p.institution = ?1 AND p.removed_at_s IS NULL"
              "  UNION ALL SELECT CASE WHEN k.printer = 'ready' AND k.seen_at_s > ?4 THEN 2 ELSE 1 END, k.id, k.place, "
              "k.printer,"
              "  k.seen_at_s, 0, k.id FROM kiosk k WHERE k.institution = ?1 AND k.state = 'active'"
              "  AND k.seen_at_s IS NOT NULL) s ORDER BY s.kind, s.id LIMIT ?3",
              INT(since_s), INT(room), INT(silent_s)) ||
        !rows_next(&found, &row, err))
        return error_add(err, "strip of printers");
    while (row) {
        read_strip(&found, &rows[(*ret_count)++]);
        if (!rows_next(&found, &row, err))
            return error_add(err, "strip of printers");
    }
    return true;
}
