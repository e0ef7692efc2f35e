/* registrar import hemis: students and results of the university's HEMIS into the register, all at once. */
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "registrar/commands.h"
#include "registrar/hemis_import.h"
#include "registrar/hemis_settings.h"
#include "registrar/token_file.h"
#include "registrar/settings.h"

#define REPORT_BYTES_MOST (2u << 20)
#define TOLD_OF_A_KIND    20 /* where a person watches; all that are kept stand in the report's file */

enum { EXIT_LOOK = 3 };

static const char usage[] =
    "usage: registrar import hemis DIR [--all] [--report FILE]\n"
    "       registrar import lists DIR FILE [--source NAME]    (what HEMIS does not know; --help)\n"
    "\n"
    "Reads the students and results of the university's HEMIS by its data API into the register in DIR, page by\n"
    "page and ten requests a second.  The first time everything, later what was changed since the last import\n"
    "(and the day before it again).  `registrar serve` may run meanwhile.  An import that was ended in the middle\n"
    "goes on where it was: just give the command again.  What did not change is not written, nobody is taken away,\n"
    "and what a clerk corrected stays.\n"
    "  --all          everything again: alone this tells who is no longer in HEMIS, and who share a PINFL\n"
    "  --report FILE  the report whole: what changed and what a person should look at, with students' numbers\n"
    "registrar.ini says where: [hemis] address and data_token, a file with the token of HEMIS's \"API User\", which\n"
    "must be readable by this program's user alone (chmod 600).\n"
    "Exit codes: 0 done, 1 not done (give it again: it goes on), 2 used wrongly, 3 done, and the report names what\n"
    "a person should look at.\n";

typedef struct Arguments {
    const char *from, *data, *report;
    bool all;
} Arguments;

static bool arguments_read(int argc, char **argv, Arguments *ret)
{
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--all"))
            ret->all = true;
        else if (!strcmp(argv[i], "--report") && i + 1 < argc)
            ret->report = argv[++i];
        else if (argv[i][0] == '-' || ret->data)
            return false;
        else if (!ret->from)
            ret->from = argv[i];
        else
            ret->data = argv[i];
    }
    return ret->data && strcmp(ret->from, "hemis") == 0;
}

/* --- the report -------------------------------------------------------------------------------------------------- */

typedef struct Report {
    Buf *text;
    size_t most, told; /* findings of a kind */
    bool look;         /* something is to be looked at */
} Report;

static void report_walk(Report *report, const char *what, const HemisWalk *walk)
{
    int64_t missing = hemis_walk_missing(walk);

    if (walk->unreadable > 0)
        buf_add_format(report->text, "  %" PRId64 " rows of %s could not be read: they lack whose they are, or what\n",
                       walk->unreadable, what);
    if (missing > 0)
        buf_add_format(report->text,
                       "  HEMIS says that it has %" PRId64 " %s and gave %" PRId64 " fewer: import again with --all\n",
                       walk->total, what, missing);
    if (walk->pages_repeated > 0)
        buf_add_format(report->text, "  %" PRId64 " pages of %s came again where other ones should have\n",
                       walk->pages_repeated, what);
    report->look = report->look || walk->unreadable > 0 || missing > 0 || walk->pages_repeated > 0;
}

static bool report_finding(void *ctx, const ImportFindingRow *row, Error *err)
{
    Report *report = ctx;

    (void)err;
    if (report->told++ < report->most)
        buf_add_format(report->text, "    %s%s%s\n", row->number, row->detail[0] ? ": " : "", row->detail);
    return true;
}

static bool report_findings(Report *report, const HemisImport *import, BulkFinding finding, Error *err)
{
    int64_t count = import->run.counts.findings[finding];

    if (count == 0)
        return true;
    report->look = true;
    report->told = 0;
    buf_add_format(report->text, "  %" PRId64 " %s\n", count, bulk_finding_words(finding));
    if (!bulk_findings(import->office, &import->run, finding, report_finding, report, err))
        return false;
    if (report->told > report->most)
        buf_add_text(report->text, "    ...\n");
    return true;
}

static bool report_write(Report *report, const HemisImport *import, Error *err)
{
    const BulkCounts *counts = &import->run.counts;

    buf_add_format(report->text, "HEMIS, import %" PRId64 " (%s)\n", import->run.row.run,
                   import->run.row.whole ? "everything" : "what was changed since the last one");
    buf_add_format(report->text, "students: %" PRId64 " new, %" PRId64 " changed, %" PRId64 " as before\n",
                   counts->students_new, counts->students_changed, counts->students_same);
    buf_add_format(report->text, "results:  %" PRId64 " new, %" PRId64 " changed, %" PRId64 " as before\n",
                   counts->results_new, counts->results_changed, counts->results_same);
    if (counts->newer_here > 0)
        buf_add_format(report->text, "%" PRId64 " rows were left out: their students' own sign-ins read them later\n",
                       counts->newer_here);
    size_t head = report->text->len;
    report_walk(report, "students", &import->walks[HEMIS_BULK_STUDENTS]);
    report_walk(report, "results", &import->walks[HEMIS_BULK_RESULTS]);
    for (int i = 0; i < BULK_FINDING_COUNT; i++)
        if (!report_findings(report, import, (BulkFinding)i, err))
            return false;
    if (report->text->len == head)
        buf_add_text(report->text, "Nothing looks wrong.\n");
    return buf_ok(report->text, err);
}

/* *ret_look is set where something is to be looked at, else left.  Short for who watches, whole for the file; before
 * the import is done, so that none is without a report. */
static bool report_all(const HemisImport *import, const char *file, bool *ret_look, Error *err)
{
    OWNED_BUF shown, whole;
    Report report = { .text = &shown, .most = TOLD_OF_A_KIND };
    Report filed = { .text = &whole, .most = SIZE_MAX };

    buf_init(&shown, REPORT_BYTES_MOST);
    buf_init(&whole, REPORT_BYTES_MOST);
    if (!report_write(&report, import, err) || !report_write(&filed, import, err))
        return error_add(err, "report");
    if (file && !file_write(file, 0600, buf_str(&whole), err))
        return error_add(err, "%.100s", file);
    fwrite(shown.data, 1, shown.len, stdout);
    if (fflush(stdout) != 0)
        return error_set_errno(err, "standard output");
    *ret_look = *ret_look || report.look;
    return true;
}

/* --- the command ------------------------------------------------------------------------------------------------- */

static bool import_once(HemisImport *import, const Arguments *arguments, bool *ret_look, Error *err)
{
    return hemis_import(import, err) && report_all(import, arguments->report, ret_look, err) &&
           bulk_end(import->office, &import->run, err);
}

static bool import_with(Registrar *registrar, Hemis *hemis, const Arguments *arguments, bool *ret_look, Error *err)
{
    char token[HEMIS_TOKEN_SIZE];
    HemisImport import = {
        .office = registrar->office,
        .hemis = hemis,
        .token = token,
        .pace_ms = (int)settings_number(registrar->settings, "hemis.data_pace_ms"),
        .whole = arguments->all,
        .talks = isatty(STDERR_FILENO) == 1,
    };

    bool done = token_file_read(settings_text(registrar->settings, "hemis.data_token"), "the token of HEMIS's data API",
                                token, sizeof token, err) &&
                import_once(&import, arguments, ret_look, err);
    /* One of changes was under way and had to be ended first. */
    if (done && arguments->all && !import.run.row.whole)
        done = import_once(&import, arguments, ret_look, err);
    mem_wipe(token, sizeof token);
    return done;
}

static bool run(Registrar *registrar, const Arguments *arguments, bool *ret_look, Error *err)
{
    if (!hemis_is_set(registrar->settings))
        return error_set(err, ERR_ARGUMENT, "registrar.ini tells of no HEMIS: [hemis] address");
    if (!settings_text(registrar->settings, "hemis.data_token")[0])
        return error_set(err, ERR_ARGUMENT, "registrar.ini names no file with HEMIS's token: [hemis] data_token");
    OWNED(Hemis)
    hemis = hemis_from_settings(registrar->settings, office_config(registrar->office)->utc_offset_minutes, err);
    return hemis && import_with(registrar, hemis, arguments, ret_look, err);
}

/* One at a time in this folder; one elsewhere on the same database is found by its acts (office/bulk.h). */
static FolderLock *lock(const char *folder, Error *err)
{
    char path[PATH_MAX];

    if (!path_join(path, sizeof path, folder, "import", err))
        return NULL;
    FolderLock *held = folder_lock(path, true, err);
    if (!held && err->code == ERR_BUSY)
        error_set(err, ERR_BUSY, "another import is at work in this folder");
    return held;
}

int command_import(int argc, char **argv)
{
    Arguments arguments = { 0 };
    Registrar registrar = { 0 };
    Error err = { 0 };
    bool look = false;

    if (argc > 1 && !strcmp(argv[1], "lists"))
        return command_import_lists(argc - 1, argv + 1);
    if (argc == 2 && !strcmp(argv[1], "--help")) {
        fputs(usage, stdout);
        return EXIT_DONE;
    }
    if (!arguments_read(argc, argv, &arguments)) {
        fputs(usage, stderr);
        return EXIT_USAGE;
    }
    bool done = registrar_open(arguments.data, NULL, &registrar, &err);
    OWNED(FolderLock) held = done ? lock(arguments.data, &err) : NULL;
    done = held && run(&registrar, &arguments, &look, &err);
    registrar_close(&registrar);
    if (!done) {
        fprintf(stderr, "registrar import: %s\n", err.text);
        return EXIT_FAILED;
    }
    return look ? EXIT_LOOK : EXIT_DONE;
}
