#include "registrar/office/printers.h"

#include <stdio.h>
#include <string.h>

#include "registrar/office/inside.h"
#include "registrar/office/live.h"
#include "registrar/office/making.h"
#include "registrar/office/plain.h"
#include "registrar/office/prints.h"
#include "registrar/store/acts.h"

#define OBJECT_SIZE 48

static bool log_act(StoreTransaction *transaction, const char *actor, const char *act, const char *id, int64_t now_ms,
                    Error *err)
{
    char object[OBJECT_SIZE];

    (void)snprintf(object, sizeof object, PRINTER_OWNER "%s", id);
    return acts_add(transaction, &(Act){ now_ms, actor, act, object, NULL }, err) &&
           desk_tell(transaction, "printers", err);
}

/* --- which there are ---------------------------------------------------------------------------------------------- */

typedef struct Putting {
    const char *actor;
    PrinterRow printer;
    int64_t now_ms;
} Putting;

static bool is_id(const char *id)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    return id[0] && strlen(id) < PRINTER_ID_SIZE && strspn(id, allowed) == strlen(id);
}

/* Printable ASCII without what could begin something else where it is shown. */
static bool is_uri(const char *uri)
{
    const Str text = str_from(uri);

    for (const char *c = uri; *c; c++)
        if (*c <= ' ' || *c > '~' || strchr("\"'<>\\", *c))
            return false;
    return (str_starts(text, STR("ipp://")) && text.len > 6) || (str_starts(text, STR("ipps://")) && text.len > 7);
}

static bool put(StoreTransaction *transaction, void *arg, Error *err)
{
    const Putting *putting = arg;
    PrinterRow rows[PRINTERS_MOST];
    size_t count;

    if (!printers_list(transaction, rows, COUNT(rows), &count, err))
        return false;
    if (count == PRINTERS_MOST)
        return error_set(err, ERR_RANGE, "there are %d printers already", PRINTERS_MOST);
    return printers_add(transaction, &putting->printer, putting->now_ms / 1000, err) &&
           log_act(transaction, putting->actor, "printer.added", putting->printer.id, putting->now_ms, err);
}

bool printer_add(Office *office, const char *actor, const char *id, const char *place, const char *uri, Error *err)
{
    Putting putting = { .actor = actor, .now_ms = office_now_ms(office) };
    PrinterRow *printer = &putting.printer;

    if (!is_id(id) || !str_copy(str_from(id), printer->id, sizeof printer->id))
        return error_set(err, ERR_ARGUMENT, "a printer's name has 1 to %d letters, digits, - and _",
                         PRINTER_ID_SIZE - 1);
    if (!is_uri(uri) || !str_copy(str_from(uri), printer->uri, sizeof printer->uri))
        return error_set(err, ERR_ARGUMENT, "a printer's address begins with ipp:// or ipps://");
    if ((place[0] && !plain_words(place, PRINTER_PLACE_SIZE - 1)) ||
        !str_copy(str_from(place), printer->place, sizeof printer->place))
        return error_set(err, ERR_ARGUMENT, "a place is one line of at most %d bytes", PRINTER_PLACE_SIZE - 1);
    return store_write(office->store, put, &putting, err) || error_add(err, "printer");
}

static bool let_go(StoreTransaction *transaction, const Putting *putting, Error *err)
{
    PrintJobRow jobs[64];
    size_t count;

    do {
        if (!printers_jobs(transaction, putting->printer.id, jobs, COUNT(jobs), &count, err))
            return false;
        for (size_t i = 0; i < count; i++)
            if (!job_move(transaction, &jobs[i], JOB_WAITING, putting->actor, putting->now_ms, err))
                return false;
    } while (count == COUNT(jobs));
    return true;
}

static bool take_away(StoreTransaction *transaction, void *arg, Error *err)
{
    const Putting *putting = arg;
    const char *id = putting->printer.id;
    PrinterRow printer;
    bool found;

    if (!printers_get(transaction, id, &found, &printer, err))
        return false;
    if (!found || printer.removed)
        return error_set(err, ERR_NOT_FOUND, "there is no printer %s", id);
    return let_go(transaction, putting, err) && printers_remove(transaction, id, putting->now_ms / 1000, err) &&
           log_act(transaction, putting->actor, "printer.removed", id, putting->now_ms, err);
}

bool printer_remove(Office *office, const char *actor, const char *id, Error *err)
{
    Putting putting = { .actor = actor, .now_ms = office_now_ms(office) };

    return (str_copy(str_from(id), putting.printer.id, sizeof putting.printer.id)
                ? store_write(office->store, take_away, &putting, err)
                : error_set(err, ERR_NOT_FOUND, "there is no printer of this name")) ||
           error_add(err, "printer");
}

typedef struct Viewing {
    const char *id;
    PrinterRow *rows;
    size_t room, count;
    bool found;
} Viewing;

static bool view_one(StoreTransaction *transaction, void *arg, Error *err)
{
    Viewing *viewing = arg;

    return printers_get(transaction, viewing->id, &viewing->found, viewing->rows, err);
}

bool printer_find(Office *office, const char *id, PrinterRow *ret, Error *err)
{
    PrinterRow row = { 0 };
    Viewing viewing = { .id = id, .rows = &row };

    if (!store_read(office->store, view_one, &viewing, err))
        return error_add(err, "printer");
    if (!viewing.found || row.removed)
        return error_set(err, ERR_NOT_FOUND, "there is no printer %.40s", id);
    *ret = row;
    return true;
}

static bool view_all(StoreTransaction *transaction, void *arg, Error *err)
{
    Viewing *viewing = arg;

    return printers_list(transaction, viewing->rows, viewing->room, &viewing->count, err);
}

bool printers_view(Office *office, PrinterRow *rows, size_t room, size_t *ret_count, Error *err)
{
    Viewing viewing = { .rows = rows, .room = room };
    size_t kept = 0;

    if (!store_read(office->store, view_all, &viewing, err))
        return error_add(err, "printers");
    for (size_t i = 0; i < viewing.count; i++)
        if (!rows[i].removed)
            rows[kept++] = rows[i];
    *ret_count = kept;
    return true;
}

/* --- giving ------------------------------------------------------------------------------------------------------- */

bool printer_give(StoreTransaction *transaction, const PrintJobRow *job, const char *id, const char *actor,
                  int64_t now_ms, bool *ret_given, Error *err)
{
    char owner[ID_SIZE];
    PrinterRow printer;
    bool found;

    if (!printers_get(transaction, id, &found, &printer, err))
        return false;
    *ret_given = found && !printer.removed;
    if (!*ret_given)
        return true;
    printer_owner(id, owner);
    return job_assign(transaction, job, owner, actor, now_ms, err);
}

/* --- how they are ------------------------------------------------------------------------------------------------- */

static bool has_word(Str state, const char *wanted)
{
    while (state.len > 0)
        if (str_equal_text(str_split(&state, ','), wanted))
            return true;
    return false;
}

StripCell strip_cell(const StripRow *row, int64_t now_s)
{
    const Str all = str_from(row->state);
    Str rest = all;
    StripCell cell = { .row = *row };

    str_copy_cut(str_split(&rest, ','), cell.word, sizeof cell.word);
    cell.paper_low = has_word(all, "paper-low");
    if (row->office ? row->heard_s <= now_s : row->heard_s + STRIP_SILENT_S <= now_s)
        cell.state = STRIP_SILENT;
    else if (!cell.word[0] || !strcmp(cell.word, "unasked"))
        cell.state = STRIP_UNASKED;
    else if (strcmp(cell.word, "ready") != 0)
        cell.state = STRIP_NEEDS;
    else if (cell.paper_low || has_word(all, "toner-low"))
        cell.state = STRIP_LOW;
    else
        cell.state = row->jobs > 0 ? STRIP_BUSY : STRIP_READY;
    return cell;
}

typedef struct Stripping {
    int64_t since_s, silent_s;
    StripRow rows[PRINTERS_MOST];
    size_t room, count;
} Stripping;

static bool strip(StoreTransaction *transaction, void *arg, Error *err)
{
    Stripping *stripping = arg;

    return strip_list(transaction, stripping->since_s, stripping->silent_s, stripping->rows, stripping->room,
                      &stripping->count, err);
}

bool strip_view(Office *office, StripCell *cells, size_t room, size_t *ret_count, Error *err)
{
    const int64_t now_s = office_now_s(office), offset_s = (int64_t)office->config.utc_offset_minutes * 60;
    Stripping stripping = { .since_s = now_s - (now_s + offset_s) % 86400,
                            .silent_s = now_s - STRIP_SILENT_S,
                            .room = room < PRINTERS_MOST ? room : PRINTERS_MOST };

    if (!store_read(office->store, strip, &stripping, err))
        return error_add(err, "printers");
    for (size_t i = 0; i < stripping.count; i++)
        cells[i] = strip_cell(&stripping.rows[i], now_s);
    *ret_count = stripping.count;
    return true;
}
