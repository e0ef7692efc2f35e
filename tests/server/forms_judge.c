/* What the form alone says of answers: linked with wire and nothing of the registrar, for run-forms.
 *
 *   forms_judge CATALOGUE LISTS TODAY < CASES
 *
 * CATALOGUE: as GET /kiosk/v1/catalogue gives it.  LISTS: {} or what home told.  TODAY: the office's, 2026-11-24.
 * CASES: a line each, {"service": ID, "begun": true for a form in progress, "answers": {...}}.  For each a line:
 * "unread" (no answers at all), "none" (no such service), "ok", or "FIELD FAULT" with the interface's own word. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "wire/api.h"
#include "wire/json.h"

#define FILE_MOST CATALOGUE_BYTES_MOST
#define LINE_MOST (1u << 20)

typedef struct Judge {
    Catalogue *catalogue;
    Lists lists;
    Date today;
    BoundService bound;
} Judge;

/* The words are those of a problem as it travels. */
static void print_fault(const char *field, FormFault fault)
{
    const ApiProblem problem = api_problem_form(field ? field : "", fault);
    OWNED_BUF text;

    buf_init(&text, 4096);
    OWNED(json_t) json = api_problem_write(&problem, &text, NULL) ? json_read(buf_str(&text), NULL) : NULL;
    printf("%s %s\n", field ? field : "-", json_string_value(json_object_get(json, "fault")));
}

static void judge_one(Judge *judge, Str line)
{
    OWNED(json_t) given = json_read(line, NULL);
    const char *id = json_string_value(json_object_get(given, "service"));
    const Service *service = id ? catalogue_find(judge->catalogue, str_from(id)) : NULL;
    const char *field = NULL;
    Answers answers;
    OWNED_BUF text;

    buf_init(&text, LINE_MOST);
    if (!given || !json_write(json_object_get(given, "answers"), &text, NULL) ||
        !answers_read(buf_str(&text), &answers, NULL)) {
        puts("unread");
        return;
    }
    if (!service) {
        puts("none");
        return;
    }
    service_bind(service, &judge->lists, &judge->bound);
    const bool begun = json_is_true(json_object_get(given, "begun"));
    const FormFault fault = begun ? form_check_begun(&judge->bound.service, &answers, judge->today, &field)
                                  : form_check(&judge->bound.service, &answers, judge->today, &field);
    if (fault == FORM_OK)
        puts("ok");
    else
        print_fault(field, fault);
}

static bool load(Judge *judge, char **argv, Error *err)
{
    OWNED_BUF catalogue, lists;

    buf_init(&catalogue, FILE_MOST);
    buf_init(&lists, FILE_MOST);
    if (!file_read(argv[1], &catalogue, err) || !file_read(argv[2], &lists, err) ||
        !date_parse(str_from(argv[3]), &judge->today))
        return false;
    judge->catalogue = catalogue_parse(buf_str(&catalogue), err);
    OWNED(json_t) json = json_read(buf_str(&lists), err);
    return judge->catalogue && json && lists_read(json, &judge->lists, err);
}

int main(int argc, char **argv)
{
    Judge *judge = mem_new(1, sizeof *judge);
    char *line = mem_new(LINE_MOST, 1);
    Error err = { 0 };

    if (argc != 4 || !judge || !line || !load(judge, argv, &err)) {
        fprintf(stderr, "forms_judge: %s\n", err.text);
        return 1;
    }
    while (fgets(line, LINE_MOST, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        judge_one(judge, str_from(line));
        fflush(stdout);
    }
    catalogue_drop(judge->catalogue);
    mem_free(line);
    mem_free(judge);
    return 0;
}
