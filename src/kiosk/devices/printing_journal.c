#include "kiosk/devices/printing_journal.h"

#include <sqlite3.h>
#include <string.h>

#include "base/memory.h"

#define SCHEMA_VERSION 1
#define KEEP_ENDED_MS  (30LL * 24 * 3600 * 1000)
#define BUSY_WAIT_MS   2000
#define COLUMNS        "job, epoch, copy, pages, phase, ended, sheets, printer_uuid, printer_job, began_ms"

struct Journal {
    sqlite3 *db;
};

typedef sqlite3_stmt Statement;
static void statement_end(Statement *statement)
{
    sqlite3_finalize(statement);
}
OWNED_BY(Statement, statement_end)

static const char *const phase_names[] = {
    [JOURNAL_CREATING] = "creating", [JOURNAL_CREATED] = "created", [JOURNAL_SENDING] = "sending",
    [JOURNAL_SENT] = "sent",         [JOURNAL_ENDED] = "ended",
};
static_assert(COUNT(phase_names) == JOURNAL_PHASE_COUNT, "one name per JournalPhase");

/* NULL: no end of a job. */
static const char *const ended_names[] = {
    [PRINT_PHASE_NONE] = "-",
    [PRINT_PHASE_PRINTED] = "printed",
    [PRINT_PHASE_PARTLY] = "partly",
    [PRINT_PHASE_NOT_SENT] = "not-sent",
    [PRINT_PHASE_CANCELLED] = "cancelled",
    [PRINT_PHASE_UNKNOWN] = "unknown",
};
static_assert(COUNT(ended_names) == PRINT_PHASE_COUNT, "one name per end");

const char *journal_phase_name(JournalPhase phase)
{
    return phase_names[phase];
}

const char *journal_ended_name(PrintPhase phase)
{
    return ended_names[phase] ? ended_names[phase] : "-";
}

static bool failed(Journal *journal, const char *what, Error *err)
{
    return error_set_cause(err, ERR_STORE, sqlite3_extended_errcode(journal->db), "print journal: %s: %s", what,
                           sqlite3_errmsg(journal->db));
}

static bool run(Journal *journal, const char *sql, Error *err)
{
    return sqlite3_exec(journal->db, sql, NULL, NULL, NULL) == SQLITE_OK ? true : failed(journal, "set up", err);
}

/* ---- opening ---- */

static bool read_version(Journal *journal, int *ret_version, Error *err)
{
    OWNED(Statement) statement = NULL;

    if (sqlite3_prepare_v2(journal->db, "PRAGMA user_version", -1, &statement, NULL) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW)
        return failed(journal, "version", err);
    *ret_version = sqlite3_column_int(statement, 0);
    return true;
}

static bool set_up(Journal *journal, Error *err)
{
    int version = 0;

    if (!run(journal, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;", err) ||
        !read_version(journal, &version, err))
        return false;
    if (version > SCHEMA_VERSION)
        return error_set(err, ERR_STORE, "print journal: made by a newer kiosk (version %d)", version);
    if (version == SCHEMA_VERSION)
        return true;
    return run(
        journal,
        "BEGIN IMMEDIATE;"
        "CREATE TABLE print ("
        " job TEXT NOT NULL, epoch INTEGER NOT NULL, copy TEXT NOT NULL, pages INTEGER NOT NULL,"
        " phase TEXT NOT NULL CHECK (phase IN ('creating', 'created', 'sending', 'sent', 'ended')),"
        " ended TEXT NOT NULL, sheets INTEGER NOT NULL, printer_uuid TEXT NOT NULL, printer_job INTEGER NOT NULL,"
        " began_ms INTEGER NOT NULL, moved_ms INTEGER NOT NULL,"
        " PRIMARY KEY (job, epoch)) STRICT, WITHOUT ROWID;"
        "PRAGMA user_version = 1;"
        "COMMIT",
        err);
}

static bool drop_old(Journal *journal, int64_t now_ms, Error *err)
{
    OWNED(Statement) statement = NULL;

    if (sqlite3_prepare_v2(journal->db, "DELETE FROM print WHERE phase = 'ended' AND moved_ms < ?", -1, &statement,
                           NULL) != SQLITE_OK ||
        sqlite3_bind_int64(statement, 1, now_ms - KEEP_ENDED_MS) != SQLITE_OK || sqlite3_step(statement) != SQLITE_DONE)
        return failed(journal, "drop old rows", err);
    return true;
}

Journal *journal_open(const char *path, int64_t now_ms, Error *err)
{
    OWNED(Journal) journal = mem_new(1, sizeof(*journal));

    if (!journal) {
        error_set(err, ERR_MEMORY, "print journal");
        return NULL;
    }
    if (sqlite3_open_v2(path, &journal->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) !=
        SQLITE_OK) {
        failed(journal, "open", err);
        return NULL;
    }
    sqlite3_busy_timeout(journal->db, BUSY_WAIT_MS);
    if (!set_up(journal, err) || !drop_old(journal, now_ms, err))
        return NULL;
    return steal(&journal);
}

void journal_close(Journal *journal)
{
    if (!journal)
        return;
    sqlite3_close(journal->db);
    mem_free(journal);
}

/* ---- rows ---- */

static bool bind_text(Statement *statement, int at, const char *text)
{
    return sqlite3_bind_text(statement, at, text, -1, SQLITE_STATIC) == SQLITE_OK;
}

static bool bind_int(Statement *statement, int at, int64_t number)
{
    return sqlite3_bind_int64(statement, at, number) == SQLITE_OK;
}

/* Parameters 1 to 10 of both writing statements. */
static bool bind_row(Statement *statement, const JournalRow *row, int64_t now_ms)
{
    return bind_text(statement, 1, row->job.id) && bind_int(statement, 2, row->job.epoch) &&
           bind_text(statement, 3, row->job.copy) && bind_int(statement, 4, row->job.sheets) &&
           bind_text(statement, 5, phase_names[row->phase]) &&
           bind_text(statement, 6, journal_ended_name(row->ended)) && bind_int(statement, 7, row->sheets) &&
           bind_text(statement, 8, row->printer_uuid) && bind_int(statement, 9, row->printer_job) &&
           bind_int(statement, 10, now_ms);
}

bool journal_add(Journal *journal, const JournalRow *row, int64_t now_ms, Error *err)
{
    OWNED(Statement) statement = NULL;

    if (sqlite3_prepare_v2(journal->db,
                           "INSERT INTO print (" COLUMNS ", moved_ms)"
                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10)",
                           -1, &statement, NULL) != SQLITE_OK ||
        !bind_row(statement, row, now_ms))
        return failed(journal, "add", err);
    int result = sqlite3_step(statement);
    if (result == SQLITE_CONSTRAINT)
        return error_set_cause(err, ERR_EXISTS, result, "print journal: this job's epoch was printed before");
    return result == SQLITE_DONE ? true : failed(journal, "add", err);
}

bool journal_move(Journal *journal, const JournalRow *row, int64_t now_ms, Error *err)
{
    OWNED(Statement) statement = NULL;

    if (sqlite3_prepare_v2(journal->db,
                           "UPDATE print SET copy = ?3, pages = ?4, phase = ?5, ended = ?6, sheets = ?7,"
                           " printer_uuid = ?8, printer_job = ?9, moved_ms = ?10 WHERE job = ?1 AND epoch = ?2",
                           -1, &statement, NULL) != SQLITE_OK ||
        !bind_row(statement, row, now_ms) || sqlite3_step(statement) != SQLITE_DONE)
        return failed(journal, "move", err);
    if (sqlite3_changes(journal->db) != 1)
        return error_set(err, ERR_NOT_FOUND, "print journal: no such row");
    return true;
}

bool journal_settle(Journal *journal, const char *job, uint32_t epoch, Error *err)
{
    OWNED(Statement) statement = NULL;

    if (sqlite3_prepare_v2(journal->db, "DELETE FROM print WHERE job = ? AND epoch <= ? AND phase = 'ended'", -1,
                           &statement, NULL) != SQLITE_OK ||
        !bind_text(statement, 1, job) || !bind_int(statement, 2, epoch) || sqlite3_step(statement) != SQLITE_DONE)
        return failed(journal, "settle", err);
    return true;
}

static Str column_text(Statement *statement, int column)
{
    return str_from((const char *)sqlite3_column_text(statement, column));
}

static bool name_index(Str name, const char *const *names, size_t count, int *ret_index)
{
    for (size_t i = 0; i < count; i++)
        if (names[i] && str_equal_text(name, names[i])) {
            *ret_index = (int)i;
            return true;
        }
    return false;
}

static bool read_row(Statement *statement, JournalRow *ret)
{
    JournalRow row = { 0 };
    int phase, ended;

    if (!str_copy(column_text(statement, 0), row.job.id, sizeof(row.job.id)) ||
        !str_copy(column_text(statement, 2), row.job.copy, sizeof(row.job.copy)) ||
        !name_index(column_text(statement, 4), phase_names, COUNT(phase_names), &phase) ||
        !name_index(column_text(statement, 5), ended_names, COUNT(ended_names), &ended) ||
        !str_copy(column_text(statement, 7), row.printer_uuid, sizeof(row.printer_uuid)))
        return false;
    row.job.epoch = (uint32_t)sqlite3_column_int64(statement, 1);
    row.job.sheets = sqlite3_column_int(statement, 3);
    row.phase = (JournalPhase)phase;
    row.ended = (PrintPhase)ended;
    row.sheets = sqlite3_column_int(statement, 6);
    row.printer_job = sqlite3_column_int(statement, 8);
    row.began_ms = sqlite3_column_int64(statement, 9);
    *ret = row;
    return true;
}

/* One step of a SELECT: *ret_found is false at its end. */
static bool next_row(Journal *journal, Statement *statement, JournalRow *ret, bool *ret_found, Error *err)
{
    int result = sqlite3_step(statement);

    *ret_found = result == SQLITE_ROW;
    if (result == SQLITE_DONE)
        return true;
    if (result != SQLITE_ROW)
        return failed(journal, "read", err);
    return read_row(statement, ret) ? true : error_set(err, ERR_STORE, "print journal: a row makes no sense");
}

bool journal_open_row(Journal *journal, JournalRow *ret, bool *ret_found, Error *err)
{
    OWNED(Statement) statement = NULL;

    if (sqlite3_prepare_v2(journal->db,
                           "SELECT " COLUMNS " FROM print WHERE phase <> 'ended' ORDER BY began_ms LIMIT 1", -1,
                           &statement, NULL) != SQLITE_OK)
        return failed(journal, "read", err);
    return next_row(journal, statement, ret, ret_found, err);
}

bool journal_find(Journal *journal, const char *job, uint32_t epoch, JournalRow *ret, Error *err)
{
    OWNED(Statement) statement = NULL;
    bool found;

    if (sqlite3_prepare_v2(journal->db, "SELECT " COLUMNS " FROM print WHERE job = ? AND epoch = ?", -1, &statement,
                           NULL) != SQLITE_OK ||
        !bind_text(statement, 1, job) || !bind_int(statement, 2, epoch))
        return failed(journal, "read", err);
    if (!next_row(journal, statement, ret, &found, err))
        return false;
    return found ? true : error_set(err, ERR_NOT_FOUND, "print journal: no such row");
}

bool journal_each_ended(Journal *journal, void (*each)(void *ctx, const JournalRow *row), void *ctx, Error *err)
{
    OWNED(Statement) statement = NULL;
    JournalRow row;
    bool found = false;

    if (sqlite3_prepare_v2(journal->db, "SELECT " COLUMNS " FROM print WHERE phase = 'ended' ORDER BY began_ms", -1,
                           &statement, NULL) != SQLITE_OK)
        return failed(journal, "read", err);
    for (;;) {
        if (!next_row(journal, statement, &row, &found, err))
            return false;
        if (!found)
            return true;
        each(ctx, &row);
    }
}
