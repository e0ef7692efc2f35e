#include "registrar/store/migrate.h"

#include "registrar/store/schema/schema.h"

static bool one_number(StoreTransaction *writer, const char *sql, int *ret, Error *err)
{
    sqlite3_stmt *statement = NULL;
    int result = sqlite3_prepare_v2(writer->db, sql, -1, &statement, NULL);

    if (result == SQLITE_OK && (result = sqlite3_step(statement)) == SQLITE_ROW) {
        *ret = sqlite3_column_int(statement, 0);
        result = SQLITE_OK;
    }
    sqlite3_finalize(statement);
    return result == SQLITE_OK || store_sqlite_error(writer->db, result, err, "schema version");
}

static bool read_version(StoreTransaction *writer, int *ret, Error *err)
{
    int tables = 0, versioned = 0;

    *ret = 0;
    if (!one_number(writer, "SELECT count(*) FROM sqlite_schema", &tables, err) ||
        !one_number(writer, "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_version'", &versioned, err))
        return false;
    if (tables == 0)
        return true;
    if (!versioned)
        return error_set(err, ERR_UNSUPPORTED, "this is another program's database");
    return one_number(writer, "SELECT max(version) FROM schema_version", ret, err);
}

static bool apply(StoreTransaction *writer, int version, Error *err)
{
    sqlite3_stmt *statement = NULL;
    int result;

    if (!connection_execute(writer, schema_migrations[version - 1], err))
        return false;
    result =
        sqlite3_prepare_v2(writer->db, "INSERT INTO schema_version VALUES (?1, unixepoch())", -1, &statement, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_bind_int(statement, 1, version);
    if (result == SQLITE_OK)
        result = sqlite3_step(statement);
    sqlite3_finalize(statement);
    return result == SQLITE_DONE || store_sqlite_error(writer->db, result, err, "schema version");
}

static bool migrate(StoreTransaction *writer, int *ret_from, Error *err)
{
    if (!read_version(writer, ret_from, err))
        return false;
    if (*ret_from > schema_newest)
        return error_set(err, ERR_UNSUPPORTED,
                         "the database is of schema %d, this program knows %d: run the newer registrar", *ret_from,
                         schema_newest);
    if (*ret_from == 0 && !connection_execute(writer,
                                              "CREATE TABLE schema_version (version INTEGER NOT NULL PRIMARY KEY,"
                                              " applied_at_s INTEGER NOT NULL) STRICT",
                                              err))
        return false;
    for (int version = *ret_from + 1; version <= schema_newest; version++)
        if (!apply(writer, version, err))
            return error_add(err, "migration %d", version);
    return RUN(writer, err, NULL, "INSERT INTO institution (institution, host) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
               TEXT(""));
}

bool store_migrate(StoreTransaction *writer, Log *log, Error *err)
{
    int from = 0;

    if (!connection_execute(writer, "BEGIN IMMEDIATE", err))
        return false;
    if (!migrate(writer, &from, err) || !connection_execute(writer, "COMMIT", err)) {
        connection_roll_back(writer);
        return false;
    }
    if (from < schema_newest)
        LOG(log, LOG_INFO, EVENT_STORE_MIGRATED, LOG_NUMBER("from", from), LOG_NUMBER("to", schema_newest));
    return true;
}
