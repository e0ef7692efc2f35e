/* The demo university's students for the HEMIS stand-in: the same ones, with the same passwords, as `registrar init
 * --demo` and `registrar demo` make of the same number and seed.
 *
 *   hemis_people --dir DIR [--students N] [--seed S] [--bare] [--results N]
 *
 * --results: who has fewer results gets so many, in subjects made up for it, for measuring imports.
 * DIR/lists.jsonl: what HEMIS has no word for (`registrar import lists` takes it); DIR/institution.json;
 * DIR/people.jsonl, a student a line: {"number", "password", "profile" (with "pinfl"), "parts":
 * {"results", ...}} in the shapes of assets/demo/README.md; DIR/people.tsv, a line for each: number, offset and length
 * of the line in bytes, group, status, and how many results, averages, contracts and absences.  What is stopped half
 * way has no people.tsv. */
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "registrar/demo/demo.h"
#include "wire/json.h"

#define LISTS        REGISTRAR_ASSETS "/demo"
#define PART_BYTES   (256u << 10)
#define LINE_BYTES   (4u << 20)
#define TABLE_ROW    128 /* bytes, at most */

#define RESULTS_MOST 160

typedef struct Arguments {
    const char *folder;
    DemoPlan plan;
    bool bare;        /* who is not well-known has a profile and results alone */
    uint64_t results; /* the fewest that anybody has; 0: as it falls */
} Arguments;

typedef struct Making {
    const Arguments *arguments;
    const DemoUniversity *university;
    FILE *people, *lists;
    uint64_t offset;  /* bytes written to people */
    Buf table;        /* people.tsv */
    json_t *template; /* a result of somebody before, for who has none */
} Making;

static bool arguments_read(int argc, char **argv, Arguments *ret)
{
    uint64_t students = 600, seed = 2026;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--bare") == 0) {
            ret->bare = true;
            continue;
        }
        if (i + 1 == argc)
            return false;
        Str value = str_from(argv[i + 1]);
        if (strcmp(argv[i], "--dir") == 0)
            ret->folder = argv[i + 1];
        else if (strcmp(argv[i], "--students") == 0) {
            if (!str_to_u64(value, DEMO_STUDENTS_LEAST, DEMO_STUDENTS_MOST, &students))
                return false;
        } else if (strcmp(argv[i], "--results") == 0) {
            if (!str_to_u64(value, 1, RESULTS_MOST, &ret->results))
                return false;
        } else if (strcmp(argv[i], "--seed") != 0 || !str_to_u64(value, 0, UINT64_MAX, &seed))
            return false;
        i++;
    }
    ret->plan = (DemoPlan){ seed, students, 1 };
    return ret->folder != NULL;
}

/* --- one student ------------------------------------------------------------------------------------------------- */

static json_t *drawn_json(const DemoStudent *drawn, Error *err)
{
    OWNED(json_t) profile = json_read(buf_str(drawn->profile), err);
    OWNED(json_t) parts = json_object();

    for (size_t i = 0; profile && i < DEMO_PARTS; i++) {
        json_t *part;

        if (!drawn->parts[i] || drawn->parts[i]->len == 0)
            continue;
        if (!(part = json_read(buf_str(drawn->parts[i]), err)))
            return NULL;
        if (json_object_set_new(parts, demo_part_names[i], part) != 0) {
            error_set(err, ERR_MEMORY, "%s", demo_part_names[i]);
            return NULL;
        }
    }
    if (!profile)
        return NULL;
    json_t *student = NULL;
    if (!drawn->pinfl[0] || json_object_set_new(profile, "pinfl", json_string(drawn->pinfl)) == 0)
        student = json_pack("{sssssOsO}", "number", drawn->number, "password", drawn->password, "profile", profile,
                            "parts", parts);
    if (!student)
        error_set(err, ERR_MEMORY, "student");
    return student;
}

/* Behind the well-known ones.  NULL with *err. */
static json_t *student_drawn(const Making *making, size_t index, Error *err)
{
    OWNED_BUF profile = { 0 };
    Buf parts[DEMO_PARTS];
    DemoStudent drawn = { .profile = &profile };
    json_t *student = NULL;
    bool whole;

    buf_init(&profile, PART_BYTES);
    for (size_t i = 0; i < DEMO_PARTS; i++) {
        buf_init(&parts[i], PART_BYTES);
        drawn.parts[i] = i == 0 || !making->arguments->bare ? &parts[i] : NULL;
    }
    demo_student_draw(making->university, index, &drawn);
    whole = buf_ok(&profile, err);
    for (size_t i = 0; i < DEMO_PARTS; i++)
        whole = whole && buf_ok(&parts[i], err);
    if (whole)
        student = drawn_json(&drawn, err);
    for (size_t i = 0; i < DEMO_PARTS; i++)
        buf_fini(&parts[i]);
    return student;
}

/* A well-known one, with the results among the parts as everybody else's. */
static json_t *student_known(const Making *making, size_t index, Error *err)
{
    OWNED(json_t) student = demo_student_known(making->university, index, err);
    json_t *results = json_object_get(student, "results");

    if (student && results &&
        (json_object_set(json_object_get(student, "parts"), "results", results) != 0 ||
         json_object_del(student, "results") != 0)) {
        error_set(err, ERR_MEMORY, "results");
        return NULL;
    }
    return steal(&student);
}

/* A result like another one, in a subject whose code nobody else has: "MAT101-2". */
static json_t *result_like(const json_t *result, size_t n)
{
    json_t *copy = json_deep_copy(result), *subject = json_object_get(copy, "subject");
    const char *code = json_string_value(json_object_get(subject, "code"));
    char text[40];

    if (code && snprintf(text, sizeof text, "%s-%zu", code, n) < (int)sizeof text &&
        json_object_set_new(subject, "code", json_string(text)) == 0)
        return copy;
    json_decref(copy);
    return NULL;
}

/* As many results as --results wants. */
static bool fill_results(Making *making, json_t *parts, Error *err)
{
    json_t *results = json_object_get(parts, "results");
    size_t own = json_array_size(results);

    if (!results && (!(results = json_array()) || json_object_set_new(parts, "results", results) != 0))
        return error_set(err, ERR_MEMORY, "results");
    if (!making->template && own > 0)
        making->template = json_incref(json_array_get(results, 0));
    for (size_t n = own; making->template && n < making->arguments->results; n++) {
        const json_t *model = own > 0 ? json_array_get(results, n % own) : making->template;

        if (json_array_append_new(results, result_like(model, n)) != 0)
            return error_set(err, ERR_MEMORY, "results");
    }
    return true;
}

/* HEMIS's API tells nothing of these, or (admission, leave, graduation) not all that papers say. */
static const char *const own_members[] = { "citizenship",   "entry_year", "admission", "prior_education",
                                           "passport_name", "leave",      "leaving",   "graduation" };
static const char *const own_parts[] = { "scholarship",       "dormitory", "clearance", "distribution",
                                         "personal_schedule", "electives", "photo" };

static bool copy_members(const json_t *from, const char *const *names, size_t count, json_t *to)
{
    for (size_t i = 0; i < count; i++) {
        json_t *value = json_object_get(from, names[i]);

        if (value && json_object_set(to, names[i], value) != 0)
            return false;
    }
    return true;
}

/* What accounting knows of a contract beside HEMIS; the number says of which. */
static const char *const own_contract[] = { "number", "kind", "payments", "due", "base", "discount" };

static bool add_contract(const json_t *contract, json_t *parts)
{
    OWNED(json_t) own = json_object();

    return !contract || (own && copy_members(contract, own_contract, COUNT(own_contract), own) &&
                         json_object_set(parts, "contract", own) == 0);
}

static bool write_lists(const Making *making, const json_t *student, Error *err)
{
    const json_t *parts = json_object_get(student, "parts");
    OWNED(json_t) row = json_pack("{sOs{}s{}}", "number", json_object_get(student, "number"), "profile", "parts");
    OWNED_BUF line;

    buf_init(&line, LINE_BYTES);
    if (!row ||
        !copy_members(json_object_get(student, "profile"), own_members, COUNT(own_members),
                      json_object_get(row, "profile")) ||
        !copy_members(parts, own_parts, COUNT(own_parts), json_object_get(row, "parts")) ||
        !add_contract(json_object_get(parts, "contract"), json_object_get(row, "parts")))
        return error_set(err, ERR_MEMORY, "lists");
    if (!json_write(row, &line, err))
        return false;
    buf_add_byte(&line, '\n');
    return buf_ok(&line, err) &&
           (fwrite(line.data, 1, line.len, making->lists) == line.len || error_set_errno(err, "lists.jsonl"));
}

static bool write_student(Making *making, size_t index, Error *err)
{
    bool known = index < demo_university_known(making->university);
    OWNED(json_t) student = (known ? student_known : student_drawn)(making, index, err);
    const json_t *profile = json_object_get(student, "profile");
    json_t *parts = json_object_get(student, "parts");
    OWNED_BUF line;

    buf_init(&line, LINE_BYTES);
    if (!student || (making->arguments->results > 0 && !fill_results(making, parts, err)) ||
        !json_write(student, &line, err))
        return error_add(err, "student %zu", index);
    buf_add_byte(&line, '\n');
    if (!buf_ok(&line, err))
        return false;
    if (fwrite(line.data, 1, line.len, making->people) != line.len)
        return error_set_errno(err, "people.jsonl");
    if (!write_lists(making, student, err))
        return false;
    buf_add_format(&making->table, "%s\t%" PRIu64 "\t%zu\t%s\t%s\t%zu\t%zu\t%d\t%zu\n",
                   json_string_value(json_object_get(student, "number")), making->offset, line.len,
                   json_string_value(json_object_get(profile, "group")),
                   json_string_value(json_object_get(profile, "status")),
                   json_array_size(json_object_get(parts, "results")), json_array_size(json_object_get(profile, "gpa")),
                   json_object_get(parts, "contract") != NULL,
                   json_array_size(json_object_get(json_object_get(parts, "attendance"), "rows")));
    making->offset += line.len;
    return true;
}

/* --- the folder -------------------------------------------------------------------------------------------------- */

static bool write_institution(const Making *making, Error *err)
{
    OWNED(json_t) institution = demo_university_json(making->university, err);
    char path[PATH_MAX];
    OWNED_BUF text;

    buf_init(&text, LINE_BYTES);
    return institution && json_write(institution, &text, err) &&
           path_join(path, sizeof path, making->arguments->folder, "institution.json", err) &&
           file_write(path, 0644, buf_str(&text), err);
}

static FILE *open_in(const Making *making, const char *name, Error *err)
{
    char path[PATH_MAX];

    if (!path_join(path, sizeof path, making->arguments->folder, name, err))
        return NULL;
    FILE *file = fopen(path, "w");
    if (!file)
        error_set_errno(err, "%s", path);
    return file;
}

static bool write_people(Making *making, Error *err)
{
    size_t count = demo_university_students(making->university);
    char path[PATH_MAX];

    making->people = open_in(making, "people.jsonl", err);
    making->lists = making->people ? open_in(making, "lists.jsonl", err) : NULL;
    bool written = making->lists != NULL;
    for (size_t i = 0; written && i < count; i++)
        written = write_student(making, i, err);
    if (making->lists && fclose(making->lists) != 0 && written)
        written = error_set_errno(err, "lists.jsonl");
    if (making->people && fclose(making->people) != 0 && written)
        written = error_set_errno(err, "people.jsonl");
    return written && buf_ok(&making->table, err) &&
           path_join(path, sizeof path, making->arguments->folder, "people.tsv", err) &&
           file_write(path, 0644, buf_str(&making->table), err);
}

static bool make(const Arguments *arguments, Error *err)
{
    OWNED(Demo) demo = demo_open(LISTS, &arguments->plan, err);
    OWNED(DemoUniversity) university = demo ? demo_university_new(demo, 0, err) : NULL;
    Making making = { .arguments = arguments, .university = university };

    if (!university)
        return false;
    buf_init(&making.table, arguments->plan.students * TABLE_ROW);
    bool made =
        folder_make(arguments->folder, 0755, err) && write_institution(&making, err) && write_people(&making, err);
    buf_fini(&making.table);
    json_decref(making.template);
    return made;
}

int main(int argc, char **argv)
{
    Arguments arguments = { 0 };
    Error err;

    if (!arguments_read(argc, argv, &arguments)) {
        fputs("usage: hemis_people --dir DIR [--students N] [--seed S] [--bare] [--results N]\n", stderr);
        return 2;
    }
    if (!make(&arguments, &err)) {
        fprintf(stderr, "hemis_people: %s\n", err.text);
        return 1;
    }
    return 0;
}
