/* registrar import lists: what the university's own lists say of students, and HEMIS does not. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "registrar/commands.h"
#include "registrar/office/own_lists.h"
#include "registrar/settings.h"
#include "wire/json.h"

#define SOURCE_USUAL "lists"

static const char usage[] =
    "usage: registrar import lists DIR FILE [--source NAME]\n"
    "\n"
    "Takes what HEMIS does not know of students (dormitory, scholarship, clearance, personal schedules, employers,\n"
    "photographs ...) out of FILE into the register in DIR.  Each line of FILE is an object: {\"number\": \"...\",\n"
    "\"profile\": {members}, \"parts\": {\"dormitory\": {...}, ...}}; assets/demo/README.md has the parts' shapes.\n"
    "Who is not in the register yet finds it there when they come.  A later list stands in place of an earlier\n"
    "one.  `registrar serve` may run meanwhile.\n"
    "  --source NAME  whose list it is, as the record says it (" SOURCE_USUAL ")\n"
    "Exit codes: 0 done, 1 failed: lines before the one that is named were taken, 2 used wrongly.\n";

typedef struct Arguments {
    const char *data, *file, *source;
} Arguments;

static bool arguments_read(int argc, char **argv, Arguments *ret)
{
    const char **const places[] = { &ret->data, &ret->file };
    size_t given = 0;

    ret->source = SOURCE_USUAL;
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--source") && i + 1 < argc)
            ret->source = argv[++i];
        else if (argv[i][0] == '-' || given == COUNT(places))
            return false;
        else
            *places[given++] = argv[i];
    }
    return given == COUNT(places);
}

typedef struct Lines {
    FILE *file;
    Buf line;
    size_t number;
} Lines;

/* False: no more, or *err. */
static bool next_line(Lines *lines, Error *err)
{
    char piece[4096];

    buf_clear(&lines->line);
    while (fgets(piece, sizeof piece, lines->file)) {
        buf_add_text(&lines->line, piece);
        if (strchr(piece, '\n'))
            break;
    }
    if (ferror(lines->file))
        return error_set_errno(err, "the list");
    lines->number++;
    return lines->line.len > 0 && (buf_ok(&lines->line, err) || error_add(err, "line %zu", lines->number));
}

/* NULL with *err clear: no more. */
static json_t *next_row(Lines *lines, Error *err)
{
    if (!next_line(lines, err))
        return NULL;
    OWNED(json_t) row = json_read(buf_str(&lines->line), err);
    if (!row || !own_lists_check(row, err)) {
        error_add(err, "line %zu", lines->number);
        return NULL;
    }
    return json_incref(row);
}

static bool take_all(Registrar *registrar, Lines *lines, const char *source, OwnListsCounts *counts, Error *err)
{
    bool more = true;

    while (more) {
        OWNED(json_t) rows = json_array();
        json_t *row = NULL;

        while (rows && json_array_size(rows) < OWN_LISTS_AT_ONCE && (row = next_row(lines, err)))
            if (json_array_append_new(rows, row) != 0)
                return error_set(err, ERR_MEMORY, "the list");
        if (!rows || err->code != ERR_NONE)
            return rows ? false : error_set(err, ERR_MEMORY, "the list");
        more = row != NULL;
        if (json_array_size(rows) > 0 && !own_lists_take(registrar->office, rows, source, counts, err))
            return false;
    }
    return own_lists_end(registrar->office, source, counts, err);
}

static bool run(Registrar *registrar, const Arguments *arguments, OwnListsCounts *counts, Error *err)
{
    Lines lines = { .file = fopen(arguments->file, "r") };

    if (!lines.file)
        return error_set_errno(err, "%.100s", arguments->file);
    buf_init(&lines.line, OWN_LISTS_LINE_MOST);
    bool done = take_all(registrar, &lines, arguments->source, counts, err);
    buf_fini(&lines.line);
    if (fclose(lines.file) != 0 && done)
        done = error_set_errno(err, "%.100s", arguments->file);
    return done;
}

int command_import_lists(int argc, char **argv)
{
    Arguments arguments = { 0 };
    Registrar registrar = { 0 };
    OwnListsCounts counts = { 0 };
    Error err = { 0 };

    if (argc == 2 && !strcmp(argv[1], "--help")) {
        fputs(usage, stdout);
        return EXIT_DONE;
    }
    if (!arguments_read(argc, argv, &arguments)) {
        fputs(usage, stderr);
        return EXIT_USAGE;
    }
    bool done = registrar_open(arguments.data, NULL, &registrar, &err) && run(&registrar, &arguments, &counts, &err);
    registrar_close(&registrar);
    if (!done) {
        fprintf(stderr, "registrar import lists: %s\n", err.text);
        return EXIT_FAILED;
    }
    printf("%lld parts: of %lld students in the register, and of %lld who are waited for\n", (long long)counts.parts,
           (long long)counts.known, (long long)counts.waiting);
    return EXIT_DONE;
}
