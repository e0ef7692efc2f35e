#include "registrar/store/copying.h"

#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "registrar/store/sqlite.h"
#include "registrar/store/transfer.h"

#define VERSIONS_AT 18 /* in the header: write and read version of the file format; 2 is WAL's, 1 the plain one's */
#define HEADER_SIZE 100
#define BUSY_MS     10000

typedef sqlite3 Database;
static void database_close(sqlite3 *db)
{
    sqlite3_close(db);
}
OWNED_BY(Database, database_close)

/* --- copying ----------------------------------------------------------------------------------------------------- */

/* A copy stands alone, without a log beside it. */
static bool make_plain(int file, Error *err)
{
    static const uint8_t plain[] = { 1, 1 };

    return pwrite(file, plain, sizeof plain, VERSIONS_AT) == (ssize_t)sizeof plain || error_set_errno(err, "copy");
}

static bool copy_pages(sqlite3 *from, sqlite3 *to, Error *err)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    int result = backup ? sqlite3_backup_step(backup, -1) : sqlite3_errcode(to);
    int ended = backup ? sqlite3_backup_finish(backup) : result;

    if (result == SQLITE_DONE && ended == SQLITE_OK)
        return true;
    return sqlite_error(to, result == SQLITE_DONE ? ended : result, err, "copying");
}

/* The name is gone as soon as SQLite has the file. */
static bool open_unnamed(const char *name, Database **ret, Error *err)
{
    OWNED(Database) db = NULL;
    int result = sqlite3_open_v2(name, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

    unlink(name);
    if (result == SQLITE_OK)
        result =
            sqlite3_exec(db, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF",
                         NULL, NULL, NULL);
    if (result != SQLITE_OK)
        return sqlite_error(db, result, err, "copy");
    *ret = steal(&db);
    return true;
}

static bool copy_into(const char *path, const char *name, Error *err)
{
    OWNED(Database) from = NULL;
    OWNED(Database) to = NULL;
    int result = sqlite3_open_v2(path, &from, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

    if (result != SQLITE_OK) {
        unlink(name);
        return sqlite_error(from, result, err, path);
    }
    sqlite3_busy_timeout(from, BUSY_MS);
    return open_unnamed(name, &to, err) && copy_pages(from, to, err);
}

bool store_copy(const char *path, int *ret_file, Error *err)
{
    char name[PATH_MAX];
    int len = snprintf(name, sizeof name, "%s.copy-XXXXXX", path);

    if (len < 0 || (size_t)len >= sizeof name)
        return error_set(err, ERR_RANGE, "path of %d bytes", len);
    int file = mkostemp(name, O_CLOEXEC);
    if (file < 0)
        return error_set_errno(err, "beside %.80s", path);
    if (copy_into(path, name, err) && make_plain(file, err) && store_file_check(file, err)) {
        *ret_file = file;
        return true;
    }
    close(file);
    return error_add(err, "copy of %.80s", path);
}

/* SQLite takes its log into the file when it closes it, and removes it; of one that was killed all three may be there.
 */
static void remove_copy(const char *name)
{
    static const char *const endings[] = { "", "-wal", "-shm" };
    char path[PATH_MAX];

    for (size_t i = 0; i < COUNT(endings); i++) {
        int len = snprintf(path, sizeof path, "%s%s", name, endings[i]);

        if (len > 0 && (size_t)len < sizeof path)
            unlink(path);
    }
}

static bool is_there(const char *name, const char *ending)
{
    char path[PATH_MAX];
    int len = snprintf(path, sizeof path, "%s%s", name, ending);

    return len > 0 && (size_t)len < sizeof path && access(path, F_OK) == 0;
}

bool store_copy_postgresql(const char *address, const char *institution, const char *beside, int *ret_file, Error *err)
{
    char name[PATH_MAX];
    int len = snprintf(name, sizeof name, "%s.copying", beside), file = -1;
    TransferResult result;

    if (len < 0 || (size_t)len >= sizeof name)
        return error_set(err, ERR_RANGE, "path of %d bytes", len);
    remove_copy(name);
    bool done = store_snapshot(address, name, institution, &result, err);
    if (done && is_there(name, "-wal"))
        done = error_set(err, ERR_STORE, "the copy could not be written whole");
    if (done) {
        file = open(name, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
        done = file >= 0 || error_set_errno(err, "%.100s", name);
    }
    remove_copy(name);
    if (done && make_plain(file, err) && store_file_check(file, err)) {
        *ret_file = file;
        return true;
    }
    if (file >= 0)
        close(file);
    return error_add(err, "copy");
}

/* --- checking ---------------------------------------------------------------------------------------------------- */

static bool check_database(sqlite3 *db, Error *err)
{
    sqlite3_stmt *statement = NULL;
    int result = sqlite3_prepare_v2(db, "PRAGMA integrity_check(1)", -1, &statement, NULL);
    bool whole = false;

    if (result == SQLITE_OK && (result = sqlite3_step(statement)) == SQLITE_ROW) {
        const unsigned char *said = sqlite3_column_text(statement, 0);
        whole = said && strcmp((const char *)said, "ok") == 0;
        result = SQLITE_OK;
    }
    sqlite3_finalize(statement);
    if (result != SQLITE_OK)
        return sqlite_error(db, result, err, "checking");
    return whole || error_set(err, ERR_STORE, "the database is not whole");
}

/* Where it lies, read only: a file without a name can't be opened by one. */
static bool check_bytes(unsigned char *bytes, size_t size, Error *err)
{
    OWNED(Database) db = NULL;
    int result = sqlite3_open_v2(":memory:", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

    if (result == SQLITE_OK)
        result = sqlite3_deserialize(db, "main", bytes, (sqlite3_int64)size, (sqlite3_int64)size,
                                     SQLITE_DESERIALIZE_READONLY);
    if (result != SQLITE_OK)
        return sqlite_error(db, result, err, "checking");
    return check_database(db, err);
}

bool store_file_check(int file, Error *err)
{
    struct stat there;

    if (fstat(file, &there) < 0)
        return error_set_errno(err, "checking");
    if (there.st_size < HEADER_SIZE)
        return error_set(err, ERR_STORE, "no database");
    /* Private: SQLite's face asks for bytes that it may change, and it does not. */
    void *bytes = mmap(NULL, (size_t)there.st_size, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
    if (bytes == MAP_FAILED)
        return error_set_errno(err, "checking");
    bool whole = check_bytes(bytes, (size_t)there.st_size, err);
    munmap(bytes, (size_t)there.st_size);
    return whole;
}
