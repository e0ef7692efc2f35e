/* registrar migrate: a register moves into another database, and its folder's settings with it. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "registrar/commands.h"
#include "registrar/settings.h"
#include "registrar/store/transfer.h"

#define SETTINGS_BYTES_MOST (256u << 10)
#define ADDRESS_MOST        1000
#define KEPT                ".migrated"

static const char usage[] =
    "usage: registrar migrate DIR --to ADDRESS\n"
    "\n"
    "Carries everything of DIR's register into another database and has DIR served from there from now on.\n"
    "  --to ADDRESS  postgresql://USER@HOST/DATABASE, a database that is there; or the path of a new SQLite file,\n"
    "                which is the way back\n"
    "Stop `registrar serve` first: from an SQLite file migrate refuses to run beside one, and a PostgreSQL may have\n"
    "registrars on other machines, whom nobody here can see.  All rows go in one transaction and are compared before "
    "it\n"
    "ends; whatever stops it, the old register serves on and nothing is left in the new database.  Stopped after that, "
    "it\n"
    "is asked again and goes on.  The old SQLite file stays beside, as FILE" KEPT ", and is served no more.\n";

typedef struct Migration {
    const char *folder, *to;
    char address[ADDRESS_MOST + 1]; /* as registrar.ini will have it */
    char kept[PATH_MAX];            /* where the old file goes; "": there is none */
    Settings *settings;
    FolderLock *lock;
    TransferResult result;
} Migration;

static bool arguments_read(int argc, char **argv, Migration *ret)
{
    for (int i = 1; i < argc; i++) {
        const char **value = &ret->folder;

        if (strcmp(argv[i], "--to") == 0) {
            value = &ret->to;
            i++;
        } else if (argv[i][0] == '-')
            return false;
        if (i == argc || *value)
            return false;
        *value = argv[i];
    }
    return ret->folder && ret->to && ret->to[0];
}

static const char *from_of(const Migration *migration)
{
    return settings_text(migration->settings, "store.database");
}

/* It becomes a line of registrar.ini: one line, and no beginning of a comment in it. */
static bool check_address(const char *address, Error *err)
{
    if (strlen(address) > ADDRESS_MOST)
        return error_set(err, ERR_ARGUMENT, "--to has at most %d letters", ADDRESS_MOST);
    for (const char *at = address; *at; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7F || *at == ';')
            return error_set(err, ERR_ARGUMENT, "--to can't hold line ends or semicolons");
    return true;
}

/* A path is written whole, so that it means the same wherever it is read. */
static bool name_target(Migration *migration, Error *err)
{
    char folder[PATH_MAX], whole[PATH_MAX];
    const char *slash = strrchr(migration->to, '/');
    bool fits;

    if (store_is_postgresql(migration->to))
        return str_copy(str_from(migration->to), migration->address, sizeof migration->address) ||
               error_set(err, ERR_RANGE, "--to");
    str_copy_cut(slash ? (Str){ migration->to, (size_t)(slash - migration->to) + 1 } : STR("."), folder, sizeof folder);
    if (!realpath(folder, whole))
        return error_set_errno(err, "%.100s", folder);
    int len = snprintf(migration->address, sizeof migration->address, "%s/%s", strcmp(whole, "/") == 0 ? "" : whole,
                       slash ? slash + 1 : migration->to);
    fits = len > 0 && (size_t)len < sizeof migration->address && migration->address[len - 1] != '/';
    return (fits && check_address(migration->address, err)) || error_set(err, ERR_ARGUMENT, "--to is no file's path");
}

/* --- before ------------------------------------------------------------------------------------------------------ */

static bool check_old_file(Migration *migration, Error *err)
{
    int len = snprintf(migration->kept, sizeof migration->kept, "%s" KEPT, from_of(migration));

    if (len < 0 || (size_t)len >= sizeof migration->kept)
        return error_set(err, ERR_RANGE, "path of %d bytes", len);
    return access(migration->kept, F_OK) != 0 ||
           error_set(err, ERR_EXISTS, "%.100s is there from an earlier time: carry it off first", migration->kept);
}

static bool prepare(Migration *migration, Error *err)
{
    bool there;

    if (!check_address(migration->to, err) || !name_target(migration, err))
        return false;
    migration->settings = registrar_read(migration->folder, err);
    if (!migration->settings)
        return false;
    const char *from = from_of(migration);
    if (strcmp(from, migration->address) == 0)
        return error_set(err, ERR_ARGUMENT, "%.80s is served from there already", migration->folder);
    if (!store_is_postgresql(from)) {
        migration->lock = folder_lock(from, true, err);
        if (!migration->lock || !check_old_file(migration, err))
            return false;
    }
    if (!store_is_there(from, settings_text(migration->settings, "institution.id"), &there, err))
        return false;
    return there || error_set(err, ERR_NOT_FOUND, "there is no register in %.80s", from);
}

/* --- after ------------------------------------------------------------------------------------------------------- */

/* The name on a line of settings, commented out or not; empty: something else. */
static Str key_of(Str line, bool *ret_comment)
{
    Str rest = str_trim(line);

    *ret_comment = rest.len > 0 && rest.ptr[0] == ';';
    if (*ret_comment)
        rest = str_trim((Str){ rest.ptr + 1, rest.len - 1 });
    Str key = str_trim(str_split(&rest, '='));
    return rest.ptr ? key : (Str){ 0 };
}

/* Whether [store] sets database itself; else its line stands there as a comment. */
static bool is_set(Str text)
{
    bool inside = false, comment;

    while (text.ptr) {
        Str line = str_trim(str_split(&text, '\n'));

        if (line.len > 0 && line.ptr[0] == '[')
            inside = str_starts(line, STR("[store]"));
        else if (inside && str_equal_text(key_of(line, &comment), "database") && !comment)
            return true;
    }
    return false;
}

/* All lines as they are but for this one. */
static void rewrite_settings(Str text, const char *address, Buf *ret)
{
    bool set = is_set(text), inside = false, written = false, comment;

    while (text.ptr && text.len > 0) {
        Str whole = str_split(&text, '\n'), line = str_trim(whole);

        if (line.len > 0 && line.ptr[0] == '[')
            inside = str_starts(line, STR("[store]"));
        if (inside && !written && str_equal_text(key_of(line, &comment), "database") && comment != set) {
            buf_add_format(ret, "database = %s\n", address);
            written = true;
        } else
            buf_add_format(ret, STR_FMT "\n", STR_ARG(whole));
    }
    if (!written)
        buf_add_format(ret, "\n[store]\ndatabase = %s\n", address);
}

static bool write_settings(const Migration *migration, Error *err)
{
    char path[PATH_MAX];
    OWNED_BUF before;
    OWNED_BUF after;

    buf_init(&before, SETTINGS_BYTES_MOST);
    buf_init(&after, SETTINGS_BYTES_MOST + 2 * ADDRESS_MOST);
    if (!path_join(path, sizeof path, migration->folder, "registrar.ini", err) || !file_read(path, &before, err))
        return false;
    rewrite_settings(buf_str(&before), migration->address, &after);
    return buf_ok(&after, err) && file_write(path, 0600, buf_str(&after), err);
}

/* With its log, which is there while somebody else reads it still: what it holds would be lost without the name. */
static bool put_old_aside(const Migration *migration, Error *err)
{
    static const char *const endings[] = { "", "-wal", "-shm" };

    for (size_t i = 0; migration->kept[0] && i < COUNT(endings); i++) {
        char from[PATH_MAX], to[PATH_MAX + sizeof KEPT];
        int len = snprintf(from, sizeof from, "%s%s", from_of(migration), endings[i]);

        snprintf(to, sizeof to, "%s%s", migration->kept, endings[i]);
        if (len < 0 || (size_t)len >= sizeof from || (rename(from, to) < 0 && errno != ENOENT))
            return error_set_errno(err, "%.80s is served no more, but could not be put aside", from_of(migration));
    }
    return true;
}

static bool migrate(Migration *migration, Error *err)
{
    const char *institution;

    if (!prepare(migration, err))
        return false;
    institution = settings_text(migration->settings, "institution.id");
    return store_transfer(from_of(migration), migration->address, institution, &migration->result, err) &&
           write_settings(migration, err) && put_old_aside(migration, err);
}

static void say_done(const Migration *migration)
{
    char where[160];

    store_describe(migration->address, where, sizeof where);
    printf("%s: %lld rows of %zu tables %s %s, where it is served from now on.\n", migration->folder,
           (long long)migration->result.rows, migration->result.tables,
           migration->result.was_there ? "were already in" : "are in", where);
    if (migration->kept[0])
        printf("The old register is %s and is served no more.  It holds what papers and keys protect:\n"
               "once the new one has been seen to serve and has been backed up, remove it.\n",
               migration->kept);
    else
        puts("The old database holds its rows still, and would be served by whoever names it: remove them there.");
}

int command_migrate(int argc, char **argv)
{
    Migration migration = { 0 };
    Error err = { 0 };

    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        return EXIT_DONE;
    }
    if (!arguments_read(argc, argv, &migration)) {
        fputs(usage, stderr);
        return EXIT_USAGE;
    }
    bool done = migrate(&migration, &err);
    if (done)
        say_done(&migration);
    else
        fprintf(stderr, "registrar migrate: %s\n", err.text);
    folder_unlock(migration.lock);
    settings_free(migration.settings);
    return done ? EXIT_DONE : err.code == ERR_ARGUMENT ? EXIT_USAGE : EXIT_FAILED;
}
