/* registrar restore: the register comes back from a backup, and a new era begins (office/restoring.h). */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/file.h"
#include "base/memory.h"
#include "registrar/commands.h"
#include "registrar/office/documents.h"
#include "registrar/office/envelope.h"
#include "registrar/office/institution.h"
#include "registrar/office/restoring.h"
#include "registrar/office/shelf.h"
#include "registrar/settings.h"
#include "registrar/store/copying.h"
#include "registrar/store/invoices.h"
#include "registrar/store/requests.h"
#include "registrar/store/transfer.h"
#include "registrar/whole_file.h"

#define KEY_MOST         (64u << 10)
#define GIVEN_LISTS_MOST 32

static const char usage[] =
    "usage: registrar restore FILE DIR --key KEY [--status-list FILE]... [--seen NUMBER]... [--replace]\n"
    "\n"
    "Brings the register back from the backup FILE into DIR, which has its keys, registrar.ini and institution.json,\n"
    "and where nothing serves.  A new era begins: numbers go on above all that may have been given since the backup,\n"
    "jobs that were under way are unknown, everybody is signed out, and what was revoked stays revoked.\n"
    "  --key KEY           the private key that `registrar init` made beside DIR\n"
    "  --status-list FILE  as https://HOST/status/N published it last, one for each N that can be had: who checks\n"
    "                      papers has kept it.  It witnesses what was revoked, and how far the numbers had come\n"
    "  --seen NUMBER       the highest number that stands on a paper, such as M-2026/000210\n"
    "  --replace           there is a database: it is put aside, not removed.  In PostgreSQL nothing is put aside: "
    "the\n"
    "                      register comes into the database that registrar.ini names, which must be another one then\n";

typedef struct Arguments {
    const char *file, *data, *key;
    const char *lists[GIVEN_LISTS_MOST];
    size_t list_count;
    StatusHead seen[RESTORE_SEEN_MOST];
    size_t seen_count;
    bool replace;
} Arguments;

typedef struct Restoration {
    Arguments arguments;
    Registrar registrar;
    Keys keys;
    StatusList *lists[GIVEN_LISTS_MOST]; /* owned; of one number the newest alone */
    size_t list_count;
    WholeFile file;
    RestoreReport report;
    char place[PATH_MAX - 64]; /* of the SQLite file that the backup is opened beside */
    char aside[PATH_MAX];      /* "": there was no database */
} Restoration;

static bool seen_read(const char *text, Arguments *ret)
{
    StatusHead *head = &ret->seen[ret->seen_count];

    if (ret->seen_count == COUNT(ret->seen) ||
        !document_number_parse(text, head->register_name, &head->year, &head->number))
        return false;
    ret->seen_count++;
    return true;
}

static bool option_read(const char *name, const char *value, Arguments *ret)
{
    if (strcmp(name, "--seen") == 0)
        return seen_read(value, ret);
    if (strcmp(name, "--key") == 0 && !ret->key) {
        ret->key = value;
        return true;
    }
    if (strcmp(name, "--status-list") != 0 || ret->list_count == COUNT(ret->lists))
        return false;
    ret->lists[ret->list_count++] = value;
    return true;
}

static bool arguments_read(int argc, char **argv, Arguments *ret)
{
    for (int i = 1; i < argc; i++) {
        const char **value = ret->file ? &ret->data : &ret->file;

        if (strcmp(argv[i], "--replace") == 0)
            ret->replace = true;
        else if (argv[i][0] == '-') {
            if (i + 1 == argc || !option_read(argv[i], argv[i + 1], ret))
                return false;
            i++;
        } else if (*value)
            return false;
        else
            *value = argv[i];
    }
    return ret->file && ret->data && ret->key;
}

/* --- the backup -------------------------------------------------------------------------------------------------- */

static const char *institution_of(const Restoration *restoration)
{
    return settings_text(restoration->registrar.settings, "institution.id");
}

/* Nothing is put aside within PostgreSQL: whoever restores names another database, or another schema of it. */
static bool prepare_postgresql(Restoration *restoration, const char *database, Error *err)
{
    const Arguments *arguments = &restoration->arguments;
    char where[80];
    bool there;

    if (!path_join(restoration->place, sizeof restoration->place, arguments->data, "registrar.db", err) ||
        !store_is_there(database, institution_of(restoration), &there, err))
        return false;
    if (arguments->replace)
        return error_set(err, ERR_ARGUMENT,
                         "--replace is for SQLite: write an empty database's address into "
                         "registrar.ini, and restore there");
    store_describe(database, where, sizeof where);
    return !there || error_set(err, ERR_EXISTS,
                               "%s holds this register: write another, empty database's address into "
                               "registrar.ini",
                               where);
}

static bool prepare(Restoration *restoration, Error *err)
{
    const Arguments *arguments = &restoration->arguments;
    Registrar *registrar = &restoration->registrar;

    registrar->settings = registrar_read(arguments->data, err);
    if (!registrar->settings || !keys_load(settings_text(registrar->settings, "keys.folder"), &restoration->keys, err))
        return false;
    const char *database = registrar_database(registrar);
    if (store_is_postgresql(database))
        return prepare_postgresql(restoration, database, err);
    if (!str_copy(str_from(database), restoration->place, sizeof restoration->place))
        return error_set(err, ERR_RANGE, "path of %zu bytes", strlen(database));
    registrar->lock = folder_lock(database, true, err);
    if (!registrar->lock)
        return false;
    return arguments->replace || access(database, F_OK) != 0 ||
           error_set(err, ERR_EXISTS, "%.80s has a database: --replace puts it aside", arguments->data);
}

/* SQLite's log and index beside a database that is gone or was not kept. */
static void remove_log(const char *database)
{
    static const char *const endings[] = { "-wal", "-shm" };
    char path[PATH_MAX];

    for (size_t i = 0; i < COUNT(endings); i++) {
        int len = snprintf(path, sizeof path, "%s%s", database, endings[i]);

        if (len > 0 && (size_t)len < sizeof path)
            unlink(path);
    }
}

/* Beside the database, where a lost one lay too; nothing of it is believed before all of it was opened and read. */
static bool open_backup(Restoration *restoration, Error *err)
{
    OWNED_BUF key;
    int from;
    bool done;

    buf_init(&key, KEY_MOST);
    if (!file_read(restoration->arguments.key, &key, err))
        return false;
    from = open(restoration->arguments.file, O_RDONLY | O_CLOEXEC);
    if (from < 0)
        return error_set_errno(err, "%.100s", restoration->arguments.file);
    done = whole_file_begin(restoration->place, ".restoring", &restoration->file, err);
    if (done)
        remove_log(restoration->file.beside); /* of a try that was killed: SQLite would believe it */
    done = done &&
           (envelope_open(buf_str(&key), from, restoration->file.file, err) ||
            error_add(err, "%.60s", restoration->arguments.file)) &&
           store_file_check(restoration->file.file, err);
    close(from);
    return done;
}

/* --- the lists --------------------------------------------------------------------------------------------------- */

static bool read_list(const Restoration *restoration, const char *path, StatusList *ret, Error *err)
{
    OWNED_BUF bytes;

    buf_init(&bytes, STATUS_TOKEN_MOST);
    if (!file_read(path, &bytes, err) || !status_list_read(&restoration->keys.public_list, buf_str(&bytes), ret, err))
        return error_add(err, "%.60s", path);
    return strcmp(ret->issuer, settings_text(restoration->registrar.settings, "institution.host")) == 0 ||
           error_set(err, ERR_CONFLICT, "%.60s is a list of %.63s", path, ret->issuer);
}

/* Of two lists of one number the newer counts. */
static void take_list(Restoration *restoration, StatusList *list)
{
    for (size_t i = 0; i < restoration->list_count; i++) {
        if (restoration->lists[i]->list != list->list)
            continue;
        bool newer = list->version > restoration->lists[i]->version;
        mem_free(newer ? restoration->lists[i] : list);
        if (newer)
            restoration->lists[i] = list;
        return;
    }
    restoration->lists[restoration->list_count++] = list;
}

static bool read_lists(Restoration *restoration, Error *err)
{
    for (size_t i = 0; i < restoration->arguments.list_count; i++) {
        StatusList *list = mem_new(1, sizeof *list);

        if (!list)
            return error_set(err, ERR_MEMORY, "status list");
        if (!read_list(restoration, restoration->arguments.lists[i], list, err)) {
            mem_free(list);
            return false;
        }
        take_list(restoration, list);
    }
    return true;
}

/* --- the era ----------------------------------------------------------------------------------------------------- */

#define REGISTERS_MOST (PAPERS_MOST + 2)

/* Kinds of paper share registers. */
static void add_register(const char *name, const char *registers[REGISTERS_MOST], size_t *count)
{
    for (size_t i = 0; i < *count; i++)
        if (!strcmp(registers[i], name))
            return;
    registers[(*count)++] = name;
}

/* Every one that numbers are given in: of papers, of what is handed in, of invoices. */
static size_t list_registers(const Papers *papers, const char *registers[REGISTERS_MOST])
{
    size_t count = 0;

    for (size_t i = 0; i < papers->count; i++)
        add_register(template_register(papers->items[i].template), registers, &count);
    add_register(REQUEST_REGISTER, registers, &count);
    add_register(INVOICE_REGISTER, registers, &count);
    add_register(VISITOR_REGISTER, registers, &count);
    return count;
}

static bool open_era(Restoration *restoration, Store *store, Error *err)
{
    const Settings *settings = restoration->registrar.settings;
    const OfficeConfig config = registrar_office_config(settings);
    const char *registers[REGISTERS_MOST];
    Institution *institution = institution_load(config.institution_file, err);
    OWNED(Shelf) shelf = institution ? shelf_read(&config, store, err) : NULL;
    bool done = shelf != NULL;
    const size_t count = done ? list_registers(shelf_papers(shelf), registers) : 0;

    const RestoreInput input = { .now_ms = clock_wall_ms(&config.clock),
                                 .utc_offset_minutes = done ? institution_utc_offset_minutes(institution) : 0,
                                 .keys = &restoration->keys,
                                 .registers = registers,
                                 .register_count = count,
                                 .lists = (const StatusList *const *)restoration->lists,
                                 .list_count = restoration->list_count,
                                 .seen = restoration->arguments.seen,
                                 .seen_count = restoration->arguments.seen_count };
    done = done && register_restore(store, &input, &restoration->report, err);
    institution_free(institution);
    return done;
}

static bool has_log(const char *database)
{
    char log[PATH_MAX];
    int len = snprintf(log, sizeof log, "%s-wal", database);

    return len < 0 || (size_t)len >= sizeof log || access(log, F_OK) == 0;
}

static bool change_copy(Restoration *restoration, Error *err)
{
    Store *store = store_open(restoration->file.beside, institution_of(restoration), NULL, err);
    bool done = store && open_era(restoration, store, err);

    store_close(store);
    /* SQLite removes its log when all of it has come into the file; where it could not, the era is in the log alone. */
    if (done && has_log(restoration->file.beside))
        return error_set(err, ERR_STORE, "the new era could not be written into %.100s", restoration->file.beside);
    return done;
}

/* --- the place --------------------------------------------------------------------------------------------------- */

static bool give_second_name(const char *from, const char *to, const char *ending, Error *err)
{
    char old[PATH_MAX], new[PATH_MAX];
    int old_len = snprintf(old, sizeof old, "%s%s", from, ending);
    int new_len = snprintf(new, sizeof new, "%s%s", to, ending);

    if (old_len < 0 || new_len < 0 || (size_t)old_len >= sizeof old || (size_t)new_len >= sizeof new)
        return error_set(err, ERR_RANGE, "path of %d bytes", new_len);
    return link(old, new) == 0 || (ending[0] && errno == ENOENT) || error_set_errno(err, "%.100s", new);
}

/* With its log, which may hold what is not in the file yet.  Whoever is killed here leaves the whole of it under one
 * name at least, and never a database without its log: that one would serve, and give numbers twice. */
static bool put_aside(Restoration *restoration, int64_t now_s, Error *err)
{
    const char *database = restoration->place;

    if (access(database, F_OK) != 0)
        return true;
    do /* two in one second, or one that was killed: nothing is lost */
        snprintf(restoration->aside, sizeof restoration->aside, "%s.before-%lld", database, (long long)now_s++);
    while (access(restoration->aside, F_OK) == 0 || has_log(restoration->aside));
    return give_second_name(database, restoration->aside, "-wal", err) &&
           give_second_name(database, restoration->aside, "", err) &&
           (unlink(database) == 0 || error_set_errno(err, "%.100s", database));
}

static bool take_place(Restoration *restoration, int64_t now_s, Error *err)
{
    const char *database = registrar_database(&restoration->registrar);
    TransferResult result;

    if (store_is_postgresql(database))
        return store_transfer(restoration->file.beside, database, institution_of(restoration), &result, err);
    if (!put_aside(restoration, now_s, err))
        return false;
    remove_log(restoration->place); /* of the one that was put aside, or lost without it */
    return whole_file_keep(&restoration->file, err) ||
           (restoration->aside[0] && error_add(err, "the database that was there is %.60s now", restoration->aside));
}

static bool restore(Restoration *restoration, Error *err)
{
    const Clock clock = clock_system();

    return prepare(restoration, err) && read_lists(restoration, err) && open_backup(restoration, err) &&
           change_copy(restoration, err) && take_place(restoration, clock_wall_s(&clock), err);
}

static void restoration_end(Restoration *restoration)
{
    if (restoration->file.begun)
        remove_log(restoration->file.beside);
    whole_file_drop(&restoration->file);
    for (size_t i = 0; i < restoration->list_count; i++)
        mem_free(restoration->lists[i]);
    keys_fini(&restoration->keys);
    registrar_close(&restoration->registrar);
}

/* --- words ------------------------------------------------------------------------------------------------------- */

static void say_ranges(const RestoreReport *report)
{
    for (size_t i = 0; i < report->range_count; i++) {
        const RestoreRange *range = &report->ranges[i];

        printf("  %s-%d goes on at %06d: %06d to %06d are skipped", range->register_name, range->year, range->last + 1,
               range->first, range->last);
        if (range->witnessed >= range->first)
            printf(" (%06d is known to have been given)", range->witnessed);
        printf("\n");
    }
}

static void say_restored(const Restoration *restoration)
{
    const RestoreReport *report = &restoration->report;
    OWNED_BUF moment;

    buf_init(&moment, 64);
    instant_write(&moment, report->backup_ms);
    printf("%s is back as it was at %s, and era %u begins.\n", restoration->arguments.data, buf_text(&moment),
           report->era);
    say_ranges(report);
    printf("  print jobs that were under way and are unknown now: %lld; sessions ended: %lld; papers to be finished:"
           " %lld\n",
           (long long)report->counts.jobs, (long long)report->counts.sessions, (long long)report->counts.preparing);
    printf("  by the status lists: %lld revoked, %lld suspended, %lld replaced; %lld of lost papers are kept as they "
           "were\n",
           (long long)report->revoked, (long long)report->suspended, (long long)report->superseded,
           (long long)report->kept);
    printf("  new papers are in status list %u\n", report->next_list);
    if (restoration->aside[0])
        printf("  the database that was there is %s now\n", restoration->aside);
    buf_clear(&moment);
    instant_write(&moment, report->witnessed_s * 1000);
    if (report->witnessed_s)
        printf("What was revoked after %s, when the newest of these status lists was published, has to be revoked "
               "again.\n",
               buf_text(&moment));
    else
        printf("No status list was newer than the backup: whoever knows of a paper that was revoked since, or of a "
               "number\n"
               "above those skipped, restores again with --status-list or --seen before anything is served.\n");
    printf(
        "What is not known: kiosks that were added since the backup are added anew, and those that were revoked since\n"
        "have to be revoked again.\nNext: registrar serve %s\n",
        restoration->arguments.data);
}

int command_restore(int argc, char **argv)
{
    Restoration *restoration = mem_new(1, sizeof *restoration);
    Error err = { 0 };
    int code = EXIT_FAILED;

    if (!restoration)
        return EXIT_FAILED;
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        code = EXIT_DONE;
    } else if (!arguments_read(argc, argv, &restoration->arguments)) {
        fputs(usage, stderr);
        code = EXIT_USAGE;
    } else if (restore(restoration, &err)) {
        say_restored(restoration);
        code = EXIT_DONE;
    } else
        fprintf(stderr, "registrar restore: %s\n", err.text);
    restoration_end(restoration);
    mem_free(restoration);
    return code;
}
