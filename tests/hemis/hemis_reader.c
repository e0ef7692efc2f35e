/* Asks a HEMIS as the registrar does, by the connector alone, for many students at once over one Hemis.
 *
 *   hemis_reader --address URL --ca FILE [--threads N] [--deadline MS] [--local-dates] [--off-excused] [--underscored]
 *                [--papers]
 *
 * Reads lines "NUMBER PASSWORD"; prints an object a line as each is done: {"number", "sign_in" (an outcome), "read" (an
 * outcome), "pinfl", "first", "parts": {NAME: {"outcome", "body"}}, "papers": {"outcome", "rows", "pdf" (of the first:
 * outcome and bytes)}, "reference": {"outcome", "number"}}.  tests/hemis/read judges them. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/connect/hemis/hemis.h"
#include "wire/json.h"

#define THREADS_MOST 64
#define LINE_BYTES   (8u << 20)

typedef struct Reader {
    Hemis *hemis;
    bool papers;
    pthread_mutex_t input, output;
} Reader;

typedef struct Arguments {
    HemisConfig config;
    uint64_t threads;
    bool papers;
} Arguments;

static bool arguments_read(int argc, char **argv, Arguments *ret)
{
    uint64_t deadline = 10000;

    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : NULL;

        if (strcmp(argv[i], "--local-dates") == 0)
            ret->config.dates_are_local = true;
        else if (strcmp(argv[i], "--off-excused") == 0)
            ret->config.absent_off_excused = true;
        else if (strcmp(argv[i], "--underscored") == 0)
            ret->config.semester_underscored = true;
        else if (strcmp(argv[i], "--papers") == 0)
            ret->papers = true;
        else if (!value)
            return false;
        else {
            i++;
            if (strcmp(argv[i - 1], "--address") == 0)
                ret->config.address = value;
            else if (strcmp(argv[i - 1], "--ca") == 0)
                ret->config.ca_file = value;
            else if (strcmp(argv[i - 1], "--threads") == 0) {
                if (!str_to_u64(str_from(value), 1, THREADS_MOST, &ret->threads))
                    return false;
            } else if (strcmp(argv[i - 1], "--deadline") != 0 || !str_to_u64(str_from(value), 100, 60000, &deadline))
                return false;
        }
    }
    ret->config.deadline_ms = (int)deadline;
    return ret->config.address != NULL;
}

/* --- one student ------------------------------------------------------------------------------------------------- */

static json_t *outcome_json(HemisOutcome outcome)
{
    return json_pack("{ss}", "outcome", hemis_outcome_name(outcome));
}

static bool put(json_t *object, const char *member, json_t *value)
{
    return value && json_object_set_new(object, member, value) == 0;
}

static bool add_parts(const HemisRecord *record, json_t *to)
{
    json_t *parts = json_object();

    if (!put(to, "parts", parts))
        return false;
    for (int i = 0; i < HEMIS_PART_COUNT; i++) {
        const HemisPartAnswer *answer = &record->parts[i];
        json_t *part = outcome_json(answer->outcome);

        if (!put(parts, hemis_part_name((HemisPart)i), part))
            return false;
        if (answer->outcome == HEMIS_OK && !put(part, "body", json_read(buf_str(&answer->body), NULL)))
            return false;
    }
    return true;
}

static bool add_pdf(const Reader *reader, const HemisToken *token, const HemisPaper *paper, json_t *to)
{
    OWNED_BUF body;
    Error err;

    buf_init(&body, HEMIS_PAPER_MOST);
    HemisOutcome outcome = hemis_paper_fetch(reader->hemis, token, paper, &body, &err);
    return put(to, "pdf",
               json_pack("{sssssI}", "kind", paper->kind, "outcome", hemis_outcome_name(outcome), "bytes",
                         (json_int_t)body.len));
}

static bool add_papers(const Reader *reader, const HemisToken *token, json_t *to)
{
    HemisPapers *papers = mem_new(1, sizeof *papers);
    json_t *told, *rows = json_array();
    Error err;

    if (!papers)
        return false;
    HemisOutcome outcome = hemis_papers(reader->hemis, token, papers, &err);
    bool done = put(to, "papers", told = outcome_json(outcome)) && put(told, "rows", rows);
    for (size_t i = 0; done && i < papers->count; i++)
        done = json_array_append_new(rows, json_pack("{ssssss}", "kind", papers->rows[i].kind, "number",
                                                     papers->rows[i].number, "name", papers->rows[i].name)) == 0;
    if (done && papers->count > 0)
        done = add_pdf(reader, token, &papers->rows[0], told);
    mem_free(papers);
    return done;
}

static bool add_reference(const Reader *reader, const HemisToken *token, const HemisRecord *record, json_t *to)
{
    OWNED(json_t) profile = json_read(buf_str(&record->parts[HEMIS_PROFILE].body), NULL);
    HemisPaper paper = { 0 };
    Error err;

    HemisOutcome outcome = hemis_reference(reader->hemis, token,
                                           (int)json_integer_value(json_object_get(profile, "semester")), &paper, &err);
    return put(to, "reference", json_pack("{ssss}", "outcome", hemis_outcome_name(outcome), "number", paper.number));
}

static bool read_student(const Reader *reader, const char *number, const char *password, json_t *to)
{
    OWNED_HEMIS_TOKEN token = { 0 };
    OWNED_HEMIS_RECORD record;
    int wait_s = 0;
    Error err;

    hemis_record_init(&record, number);
    HemisOutcome outcome = hemis_sign_in(reader->hemis, number, password, &token, &wait_s, &err);
    if (!put(to, "sign_in", json_string(hemis_outcome_name(outcome))))
        return false;
    if (outcome != HEMIS_OK)
        return true;
    outcome = hemis_read(reader->hemis, &token, HEMIS_PARTS_ALL, false, &record, &err);
    if (!put(to, "read", json_string(hemis_outcome_name(outcome))))
        return false;
    if (outcome != HEMIS_OK)
        return true;
    return put(to, "pinfl", json_string(record.pinfl)) && put(to, "first", json_boolean(record.password_is_first)) &&
           add_parts(&record, to) &&
           (!reader->papers || (add_papers(reader, &token, to) && add_reference(reader, &token, &record, to)));
}

/* --- all of them ------------------------------------------------------------------------------------------------- */

static bool next_student(Reader *reader, char number[32], char password[64])
{
    char line[128];

    pthread_mutex_lock(&reader->input);
    bool there = fgets(line, sizeof line, stdin) != NULL && sscanf(line, "%31s %63s", number, password) == 2;
    pthread_mutex_unlock(&reader->input);
    return there;
}

static void *work(void *ctx)
{
    Reader *reader = ctx;
    char number[32], password[64];

    while (next_student(reader, number, password)) {
        OWNED(json_t) told = json_pack("{ss}", "number", number);
        OWNED_BUF line;

        buf_init(&line, LINE_BYTES);
        if (!told || !read_student(reader, number, password, told) || !json_write(told, &line, NULL))
            return NULL; /* a line is missing, which the judge sees */
        buf_add_byte(&line, '\n');
        pthread_mutex_lock(&reader->output);
        (void)fwrite(line.data, 1, line.len, stdout);
        (void)fflush(stdout);
        pthread_mutex_unlock(&reader->output);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    Arguments arguments = { .config = { .connections = 8, .utc_offset_minutes = 300, .mark_least = { 90, 70, 60 } },
                            .threads = 1 };
    pthread_t threads[THREADS_MOST];
    Reader reader = { .input = PTHREAD_MUTEX_INITIALIZER, .output = PTHREAD_MUTEX_INITIALIZER };
    Error err;

    if (!arguments_read(argc, argv, &arguments)) {
        fputs("usage: hemis_reader --address URL --ca FILE [--threads N] [--deadline MS] [--local-dates] "
              "[--off-excused]\n"
              "                    [--underscored] [--papers]\n",
              stderr);
        return 2;
    }
    arguments.config.clock = clock_system();
    OWNED(Hemis) hemis = hemis_new(&arguments.config, &err);
    if (!hemis) {
        fprintf(stderr, "hemis_reader: %s\n", err.text);
        return 1;
    }
    reader.hemis = hemis;
    reader.papers = arguments.papers;
    for (size_t i = 0; i < arguments.threads; i++)
        if (pthread_create(&threads[i], NULL, work, &reader) != 0) {
            fputs("hemis_reader: no thread\n", stderr);
            return 1;
        }
    for (size_t i = 0; i < arguments.threads; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
