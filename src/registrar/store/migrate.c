#include "registrar/store/migrate.h"

#include <stdio.h>
#include <time.h>

#include "registrar/store/schema/schema.h"

static bool read_version(StoreTransaction *connection, int *ret, Error *err)
{
    OWNED_ROWS rows = { 0 };
    int tables = 0;
    bool versioned = false, row;

    *ret = 0;
    if (!connection->driver->count_tables(connection, &tables, &versioned, err))
        return false;
    if (tables == 0)
        return true;
    if (!versioned)
        return error_set(err, ERR_UNSUPPORTED, "this is another program's database");
    if (!rows_open(&rows, connection, "SELECT max(version) FROM schema_version WHERE ?1 <> ''", NULL, 0, err) ||
        !rows_next(&rows, &row, err))
        return false;
    *ret = (int)rows_int(&rows, 0);
    if (*ret > schema_newest)
        return error_set(err, ERR_UNSUPPORTED,
                         "the database is of schema %d, this program knows %d: run the newer registrar", *ret,
                         schema_newest);
    return true;
}

static bool apply(StoreTransaction *writer, int version, Error *err)
{
    char noted[96];

    snprintf(noted, sizeof noted, "INSERT INTO schema_version (version, applied_at_s) VALUES (%d, %lld)", version,
             (long long)time(NULL));
    return (writer->driver->script(writer, writer->driver->migrations[version - 1], err) &&
            writer->driver->script(writer, noted, err)) ||
           error_add(err, "migration %d", version);
}

/* Who came first may have done it meanwhile: the version is read again. */
static bool bring_forward(StoreTransaction *writer, int *ret_from, Error *err)
{
    if (!writer->driver->lock_schema(writer, err) || !read_version(writer, ret_from, err))
        return false;
    if (*ret_from == 0 && !writer->driver->script(writer,
                                                  "CREATE TABLE schema_version (version BIGINT NOT NULL PRIMARY KEY,"
                                                  " applied_at_s BIGINT NOT NULL)",
                                                  err))
        return false;
    for (int version = *ret_from + 1; version <= schema_newest; version++)
        if (!apply(writer, version, err))
            return false;
    return *ret_from == schema_newest || writer->driver->fence(writer, err);
}

static bool migrate(StoreTransaction *writer, int *ret_from, Error *err)
{
    return read_version(writer, ret_from, err) &&
           (*ret_from == schema_newest || bring_forward(writer, ret_from, err)) &&
           RUN(writer, err, &(int){ 0 },
               "INSERT INTO institution (institution, host) VALUES (?1, ?2) ON CONFLICT DO NOTHING", TEXT(""));
}

bool store_migrate(StoreTransaction *writer, Log *log, Error *err)
{
    int from = 0;

    if (!writer->driver->begin(writer, err) || !migrate(writer, &from, err) ||
        writer->driver->commit(writer, err) != COMMIT_DONE) {
        writer->driver->roll_back(writer);
        return false;
    }
    if (from < schema_newest)
        LOG(log, LOG_INFO, EVENT_STORE_MIGRATED, LOG_NUMBER("from", from), LOG_NUMBER("to", schema_newest));
    return true;
}

static bool find_institution(StoreTransaction *reader, bool *ret, Error *err)
{
    OWNED_ROWS rows;

    return rows_open(&rows, reader, "SELECT 1 FROM institution WHERE institution = ?1 AND host <> ''", NULL, 0, err) &&
           rows_next(&rows, ret, err);
}

bool store_has_institution(StoreTransaction *reader, bool *ret, Error *err)
{
    int tables = 0;
    bool versioned = false;

    *ret = false;
    bool done = reader->driver->begin(reader, err) && reader->driver->count_tables(reader, &tables, &versioned, err) &&
                (!versioned || find_institution(reader, ret, err));
    reader->driver->roll_back(reader);
    return done;
}
