/* registrar audit: whether the audit log is as it was written, and what it says; serve may run. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/date.h"
#include "base/file.h"
#include "registrar/commands.h"
#include "registrar/office/audit_check.h"
#include "registrar/office/institution.h"
#include "registrar/office/keys.h"
#include "registrar/settings.h"
#include "registrar/store/acts.h"
#include "wire/json.h"

#define HEADS_MOST     64
#define HEAD_FILE_MOST 4096
#define AT_ONCE        500

static const char usage[] =
    "usage: registrar audit verify DIR [--head FILE]...\n"
    "       registrar audit show   DIR [--object OBJECT] [--actor ACTOR] [--since YYYY-MM-DD]\n"
    "\n"
    "verify  reads the whole audit log of DIR and says whether an entry was changed, exchanged, put in, left out or "
    "cut\n"
    "        off, and whether a detail was changed or is gone without a purge.  Exit code 1 when one was.\n"
    "        --head FILE   a head that was kept outside: what GET /audit/head answered, or a kiosk kept.  Without "
    "one,\n"
    "                      somebody who can write the whole database can hide what he did.\n"
    "show    prints entries: position (- while it is not sealed), time, actor, act, object, detail\n"
    "        --object OBJECT  of this one: document:UUID, student:17, kiosk:A-2\n"
    "        --actor ACTOR    by this one: kiosk:A-2, student:17, command-line\n"
    "`registrar serve` may run meanwhile.\n";

typedef struct Arguments {
    const char *what, *data, *object, *actor;
    Date since;
    bool has_since;
    size_t head_count;
    const char *heads[HEADS_MOST];
} Arguments;

static bool option_read(const char *name, const char *value, Arguments *ret)
{
    const bool show = strcmp(ret->what, "show") == 0;

    if (!show && strcmp(name, "--head") == 0 && ret->head_count < HEADS_MOST)
        return (ret->heads[ret->head_count++] = value) != NULL;
    if (show && strcmp(name, "--object") == 0)
        return (ret->object = value) != NULL;
    if (show && strcmp(name, "--actor") == 0)
        return (ret->actor = value) != NULL;
    if (show && strcmp(name, "--since") == 0)
        return ret->has_since = date_parse(str_from(value), &ret->since);
    return false;
}

static bool arguments_read(int argc, char **argv, Arguments *ret)
{
    if (argc < 3 || argc % 2 == 0 || (strcmp(argv[1], "verify") != 0 && strcmp(argv[1], "show") != 0))
        return false;
    ret->what = argv[1];
    ret->data = argv[2];
    for (int i = 3; i + 1 < argc; i += 2)
        if (!option_read(argv[i], argv[i + 1], ret))
            return false;
    return true;
}

typedef struct Command {
    const Arguments *arguments;
    Registrar registrar;
    OfficeConfig config;
    int utc_offset_minutes;
} Command;

/* --- verify ------------------------------------------------------------------------------------------------------ */

/* {"head":"BASE64URL", ...} as it is published, or the signed bytes alone. */
static bool head_read(const char *path, Buf *ret, Error *err)
{
    OWNED_BUF file;

    buf_init(&file, HEAD_FILE_MOST);
    if (!file_read(path, &file, err))
        return false;
    if (!str_starts(str_trim(buf_str(&file)), STR("{"))) {
        buf_add_str(ret, buf_str(&file));
        return buf_ok(ret, err);
    }
    json_t *json = json_read(str_trim(buf_str(&file)), err);
    const char *text = json_string_value(json_object_get(json, "head"));
    bool done = json && ((text && base64url_read(str_from(text), ret) && buf_ok(ret, NULL)) ||
                         error_set(err, ERR_FORMAT, "no head in it"));
    json_decref(json);
    return done || error_add(err, "%.100s", path);
}

static bool keys_read(Command *command, AuditKeys *ret, Error *err)
{
    Keys keys;

    if (!keys_load(command->config.keys_folder, &keys, err))
        return false;
    const CosePublicKey own = keys.public_head;
    keys_fini(&keys);
    return audit_keys_read(command->registrar.store, &own, ret, err);
}

static void print_finding(void *ctx, AuditGrade grade, const char *words)
{
    (void)ctx;
    printf("%s %s\n", grade == AUDIT_FAULT ? "BROKEN" : "note  ", words);
}

static void print_report(const AuditReport *report, size_t heads)
{
    printf("%" PRId64 " entries, %" PRId64 " eras, %" PRId64 " details and %" PRId64 " purged ones, %" PRId64
           " heads in the database and %zu from outside: ",
           report->entries, report->eras, report->details, report->purged, report->heads, heads);
    if (report->faults > 0)
        printf("%" PRId64 " faults\n", report->faults);
    else if (heads == 0)
        puts("whole, as far as the database alone can tell");
    else
        puts("whole");
}

static bool verify(Command *command, bool *ret_whole, Error *err)
{
    const Arguments *arguments = command->arguments;
    Buf files[HEADS_MOST];
    Str heads[HEADS_MOST];
    AuditKeys known = { 0 };
    AuditReport report = { 0 };
    bool done = true;

    for (size_t i = 0; i < arguments->head_count; i++)
        buf_init(&files[i], HEAD_FILE_MOST);
    for (size_t i = 0; i < arguments->head_count && done; i++) {
        done = head_read(arguments->heads[i], &files[i], err);
        heads[i] = buf_str(&files[i]);
    }
    done = done && keys_read(command, &known, err);
    const Clock clock = clock_system();
    const AuditInput input = { .institution = command->config.institution,
                               .now_ms = clock_wall_ms(&clock),
                               .utc_offset_minutes = command->utc_offset_minutes,
                               .keys = known.keys,
                               .key_count = known.count,
                               .heads = heads,
                               .sources = arguments->heads,
                               .head_count = arguments->head_count,
                               .say = print_finding };
    done = done && audit_check(command->registrar.store, &input, &report, err);
    if (done && known.other) {
        report.faults++;
        print_finding(NULL, AUDIT_FAULT, "the database publishes another key for heads than the key folder's");
    }
    if (done)
        print_report(&report, arguments->head_count);
    *ret_whole = report.faults == 0;
    for (size_t i = 0; i < arguments->head_count; i++)
        buf_fini(&files[i]);
    return done;
}

/* --- show -------------------------------------------------------------------------------------------------------- */

typedef struct Showing {
    const Command *command;
    int64_t id;
    size_t count;
} Showing;

static bool print_entry(void *ctx, const ActEntry *entry, Error *err)
{
    Showing *showing = ctx;
    const DateTime at = date_time_at(entry->at_ms, showing->command->utc_offset_minutes);

    (void)err;
    showing->id = entry->id;
    if (entry->position > 0)
        printf("%8" PRId64, entry->position);
    else
        printf("%8s", "-");
    printf("  %04d-%02d-%02d %02d:%02d:%02d  " STR_FMT "  " STR_FMT "  " STR_FMT, at.date.year, at.date.month,
           at.date.day, at.hour, at.minute, at.second, STR_ARG(entry->actor), STR_ARG(entry->act),
           STR_ARG(entry->object));
    if (entry->has_detail)
        printf("  " STR_FMT "\n", STR_ARG(entry->detail));
    else
        puts(entry->detail_hash.len ? "  (detail purged)" : "");
    return true;
}

static bool print_some(StoreTransaction *transaction, void *arg, Error *err)
{
    Showing *showing = arg;
    const Command *command = showing->command;
    const Arguments *arguments = command->arguments;
    const ActQuery query = { .object = arguments->object,
                             .actor = arguments->actor,
                             .since_ms = arguments->has_since
                                             ? date_start_s(arguments->since, command->utc_offset_minutes) * 1000
                                             : 0 };

    return acts_search(transaction, &query, showing->id, AT_ONCE, print_entry, showing, &showing->count, err);
}

/* Who looked at the log is in the log. */
static bool note_shown(StoreTransaction *transaction, void *arg, Error *err)
{
    const Arguments *arguments = arg;
    const Clock clock = clock_system();
    const char *object = arguments->object ? arguments->object : arguments->actor ? arguments->actor : "office";

    return acts_add(transaction, &(Act){ clock_wall_ms(&clock), "command-line", "audit.shown", object, NULL }, err);
}

static bool show(const Command *command, Error *err)
{
    Showing showing = { .command = command, .count = AT_ONCE };

    if (!store_write(command->registrar.store, note_shown, (void *)(uintptr_t)command->arguments, err))
        return false;
    while (showing.count == AT_ONCE)
        if (!store_read(command->registrar.store, print_some, &showing, err))
            return false;
    return true;
}

/* --- the command ------------------------------------------------------------------------------------------------- */

static bool command_open(Command *command, Error *err)
{
    command->registrar.settings = registrar_read(command->arguments->data, err);
    if (!command->registrar.settings)
        return false;
    command->config = registrar_office_config(command->registrar.settings);
    Institution *institution = institution_load(command->config.institution_file, err);
    if (!institution)
        return false;
    command->utc_offset_minutes = institution_utc_offset_minutes(institution);
    institution_free(institution);
    return registrar_store_open(&command->registrar, NULL, err);
}

int command_audit(int argc, char **argv)
{
    Arguments arguments = { 0 };
    Command command = { .arguments = &arguments };
    bool whole = true;
    Error err = { 0 };

    if (argc == 2 && !strcmp(argv[1], "--help")) {
        fputs(usage, stdout);
        return EXIT_DONE;
    }
    if (!arguments_read(argc, argv, &arguments)) {
        fputs(usage, stderr);
        return EXIT_USAGE;
    }
    bool done = command_open(&command, &err) &&
                (strcmp(arguments.what, "show") == 0 ? show(&command, &err) : verify(&command, &whole, &err));
    registrar_close(&command.registrar);
    if (!done)
        fprintf(stderr, "registrar audit %s: %s\n", arguments.what, err.text);
    return done && whole ? EXIT_DONE : EXIT_FAILED;
}
