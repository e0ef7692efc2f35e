/* One page of a bulk import: its students are looked up together, changed in memory, and what changed is written. */
#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "registrar/office/bulk.h"
#include "registrar/office/bulk_inside.h"
#include "registrar/office/bulk_merge.h"
#include "registrar/office/names.h"
#include "registrar/office/own_lists.h"
#include "registrar/office/students.h"
#include "wire/json.h"

#define PART_BYTES_MOST (1u << 20)
#define SEALED_MOST     128

/* A student whom the page is about. */
typedef struct Known {
    const char *number; /* of its row */
    size_t row;         /* which counts, of a page of students */
    bool came_twice;
    bool found, changed;
    int64_t student, as_of_s;
    json_t *kept; /* the part; NULL: none is there */
    char sealed[SEALED_MOST];
    size_t sealed_len;
} Known;

typedef struct Page {
    Office *office;
    const BulkRun *run;
    BulkRun after;
    RecordPart part;
    const json_t *rows;
    size_t row_count;
    int64_t read_at_s;
    Str cursor;
    Known *known; /* as many as there are rows at most */
    size_t known_count;
    size_t *of;     /* each row's in known */
    bool *left_out; /* rows for which another stands */
    const char **numbers;
} Page;

static void forget_found(Page *page)
{
    for (size_t i = 0; i < page->known_count; i++) {
        Known *known = &page->known[i];

        json_decref(known->kept);
        known->kept = NULL;
        known->found = known->changed = false;
        known->student = known->as_of_s = 0;
        known->sealed_len = 0;
    }
}

static void page_fini(Page *page)
{
    if (page->known)
        forget_found(page);
    mem_free(page->known);
    mem_free(page->of);
    mem_free(page->left_out);
    mem_free(page->numbers);
}
#define OWNED_PAGE __attribute__((cleanup(page_fini))) Page

static bool page_make(Page *page, Error *err)
{
    page->row_count = json_array_size(page->rows);
    if (page->row_count > BULK_ROWS_MOST)
        return error_set(err, ERR_RANGE, "a page of %zu rows", page->row_count);
    size_t room = page->row_count ? page->row_count : 1;
    page->known = mem_new(room, sizeof *page->known);
    page->of = mem_new(room, sizeof *page->of);
    page->left_out = mem_new(room, sizeof *page->left_out);
    page->numbers = mem_new(room, sizeof *page->numbers);
    return (page->known && page->of && page->left_out && page->numbers) || error_set(err, ERR_MEMORY, "page");
}

static const json_t *row_at(const Page *page, size_t i)
{
    return json_array_get(page->rows, i);
}

static json_int_t updated(const json_t *row)
{
    return json_integer_value(json_object_get(row, "updated_s"));
}

/* --- who is in it ------------------------------------------------------------------------------------------------ */

/* Rows of one student mostly follow each other. */
static size_t known_of(Page *page, const char *number)
{
    for (size_t i = page->known_count; i > 0; i--)
        if (strcmp(page->known[i - 1].number, number) == 0)
            return i - 1;
    page->known[page->known_count] = (Known){ .number = number, .row = SIZE_MAX };
    page->numbers[page->known_count] = number;
    return page->known_count++;
}

static bool gather(Page *page, Error *err)
{
    const char *member = page->part == PART_PROFILE ? "profile" : "result";

    for (size_t i = 0; i < page->row_count; i++) {
        const char *number = json_string_value(json_object_get(row_at(page, i), "number"));

        if (!number || !number[0] || strlen(number) >= STUDENT_NUMBER_SIZE ||
            !json_is_object(json_object_get(row_at(page, i), member)))
            return error_set(err, ERR_FORMAT, "row %zu of a page", i);
        page->of[i] = known_of(page, number);
    }
    return true;
}

static void choose_students(Page *page)
{
    for (size_t i = 0; i < page->row_count; i++) {
        Known *known = &page->known[page->of[i]];
        const json_t *row = row_at(page, i), *other = known->row == SIZE_MAX ? NULL : row_at(page, known->row);

        known->came_twice = known->came_twice ||
                            (other && !json_equal(json_object_get(other, "profile"), json_object_get(row, "profile")));
        if (!other || updated(row) >= updated(other))
            known->row = i;
    }
}

static bool found_one(void *ctx, const ImportedRow *row, Error *err)
{
    Page *page = ctx;
    Known *known = &page->known[known_of(page, row->number)]; /* is there: it was asked for */

    if (known->found)
        return true;
    if (row->pinfl.len > sizeof known->sealed)
        return error_set(err, ERR_FORMAT, "a sealed PINFL of %zu bytes", row->pinfl.len);
    known->found = true;
    known->student = row->student;
    known->as_of_s = row->as_of_s;
    if (row->pinfl.len > 0)
        memcpy(known->sealed, row->pinfl.ptr, row->pinfl.len);
    known->sealed_len = row->pinfl.len;
    if (row->body.len == 0)
        return true;
    known->kept = json_read(row->body, err);
    return known->kept || error_add(err, "record of student %lld", (long long)row->student);
}

/* --- students ---------------------------------------------------------------------------------------------------- */

static bool note(StoreTransaction *transaction, Page *page, BulkFinding finding, const Known *known, const char *detail,
                 Error *err)
{
    return bulk_note(transaction, &page->after, finding, known->number, detail, err);
}

static bool put_part(StoreTransaction *transaction, const Page *page, const Known *known, Error *err)
{
    OWNED_BUF body;

    buf_init(&body, PART_BYTES_MOST);
    return json_write(known->kept, &body, err) && buf_ok(&body, err) &&
           records_put(transaction, known->student,
                       &(RecordRow){ record_part_name(page->part), buf_str(&body), page->run->source, page->read_at_s },
                       err);
}

static bool seal_new(const Page *page, const Known *known, const char *pinfl, Buf *sealed, Error *err)
{
    return pinfl_seal(page->office->keys.record, known->number, pinfl, &page->office->config.random, sealed, err);
}

/* Told by some HEMIS alone: what is told is kept, and another than before is looked at. */
static bool take_pinfl(StoreTransaction *transaction, Page *page, const Known *known, Error *err)
{
    const char *told = json_string_value(json_object_get(row_at(page, known->row), "pinfl"));
    OWNED_BUF plain, sealed;

    buf_init(&plain, 64);
    buf_init(&sealed, SEALED_MOST);
    if (!told || !told[0])
        return true;
    if (known->sealed_len > 0) {
        if (!crypto_open(page->office->keys.record, str_from(known->number), (Str){ known->sealed, known->sealed_len },
                         &plain, err))
            return error_add(err, "PINFL");
        if (str_equal_text(buf_str(&plain), told))
            return true;
        if (!note(transaction, page, BULK_PINFL_CHANGED, known, "", err))
            return false;
    }
    return seal_new(page, known, told, &sealed, err) &&
           imported_pinfl(transaction, known->student, buf_str(&sealed), err);
}

static bool add_student(StoreTransaction *transaction, Page *page, Known *known, int64_t *last, Error *err)
{
    const json_t *row = row_at(page, known->row);
    OWNED_BUF sealed;

    buf_init(&sealed, SEALED_MOST);
    known->student = ++*last;
    known->kept = json_deep_copy(json_object_get(row, "profile"));
    page->after.counts.students_new++;
    return (known->kept || error_set(err, ERR_MEMORY, "student")) &&
           seal_new(page, known, json_string_value(json_object_get(row, "pinfl")), &sealed, err) &&
           students_put(transaction, known->student, known->number, buf_str(&sealed), NAME_FOLD_VERSION, err) &&
           own_lists_enter(transaction, known->student, known->number, known->kept, err) &&
           put_part(transaction, page, known, err) && names_keep_new(transaction, known->student, known->kept, err);
}

static bool differs(const json_t *a, const json_t *b, const char *member)
{
    const json_t *one = json_object_get(a, member), *other = json_object_get(b, member);

    return json_is_string(one) && json_is_string(other) && !json_equal(one, other);
}

static bool change_student(StoreTransaction *transaction, Page *page, Known *known, Error *err)
{
    const json_t *told = json_object_get(row_at(page, known->row), "profile");

    if (known->as_of_s > page->read_at_s) {
        page->after.counts.newer_here++;
        return true;
    }
    if (!known->kept && !(known->kept = json_object()))
        return error_set(err, ERR_MEMORY, "student");
    bool renamed = differs(known->kept, told, "surname") && differs(known->kept, told, "given");
    if ((renamed && !note(transaction, page, BULK_NAME_CHANGED, known, "", err)) ||
        !bulk_merge(known->kept, told, &known->changed, err) || !take_pinfl(transaction, page, known, err))
        return false;
    page->after.counts.students_changed += known->changed;
    page->after.counts.students_same += !known->changed;
    return !known->changed ||
           (put_part(transaction, page, known, err) && names_keep(transaction, known->student, known->kept, err));
}

static bool take_student(StoreTransaction *transaction, Page *page, Known *known, int64_t *last, Error *err)
{
    const char *doubt =
        bulk_doubt_student(json_object_get(row_at(page, known->row), "profile"), page->run->row.started_at_s);

    return (!doubt || note(transaction, page, BULK_STUDENT_IMPLAUSIBLE, known, doubt, err)) &&
           (!known->came_twice || note(transaction, page, BULK_STUDENT_TWICE, known, "", err)) &&
           (known->found ? change_student(transaction, page, known, err)
                         : add_student(transaction, page, known, last, err));
}

/* Who is in an import of everything is written down where that changed: once an import. */
static bool see_students(StoreTransaction *transaction, const Page *page, Error *err)
{
    int64_t seen[BULK_ROWS_MOST];

    for (size_t i = 0; i < page->known_count; i++)
        seen[i] = page->known[i].student;
    return !page->run->row.whole || imported_see(transaction, page->run->row.run, seen, page->known_count, err);
}

static bool students_act(StoreTransaction *transaction, void *arg, Error *err)
{
    Page *page = arg;
    int64_t last;

    forget_found(page);
    page->after = *page->run;
    if (!students_last(transaction, &last, err) ||
        !imported_find(transaction, record_part_name(page->part), page->numbers, page->known_count, found_one, page,
                       err))
        return false;
    for (size_t i = 0; i < page->known_count; i++)
        if (!take_student(transaction, page, &page->known[i], &last, err))
            return error_add(err, "a student of a page");
    return see_students(transaction, page, err) && bulk_step(transaction, &page->after, page->cursor, err);
}

/* --- results ----------------------------------------------------------------------------------------------------- */

static const json_t *result_at(const Page *page, size_t i)
{
    return json_object_get(row_at(page, i), "result");
}

static bool note_result(StoreTransaction *transaction, Page *page, size_t i, BulkFinding finding, const char *words,
                        Error *err)
{
    const json_t *result = result_at(page, i);
    const char *code = json_string_value(json_object_get(json_object_get(result, "subject"), "code"));
    char detail[IMPORT_DETAIL_SIZE];

    (void)snprintf(detail, sizeof detail, "%.40s in semester %lld: %s", code ? code : "?",
                   (long long)json_integer_value(json_object_get(result, "semester")), words);
    return note(transaction, page, finding, &page->known[page->of[i]], detail, err);
}

/* Of two rows of one result the one that was changed last stays. */
static bool choose_results(StoreTransaction *transaction, Page *page, Error *err)
{
    memset(page->left_out, 0, page->row_count * sizeof *page->left_out);
    for (size_t i = 1; i < page->row_count; i++)
        for (size_t j = i; j > 0; j--) {
            size_t before = j - 1;

            if (page->of[before] != page->of[i] || page->left_out[before] ||
                !bulk_same_result(result_at(page, before), result_at(page, i)))
                continue;
            bool later = updated(row_at(page, i)) >= updated(row_at(page, before));
            page->left_out[later ? before : i] = true;
            if (!json_equal(result_at(page, before), result_at(page, i)) &&
                !note_result(transaction, page, i, BULK_RESULT_TWICE, "two of them", err))
                return false;
            break;
        }
    return true;
}

static int told_int(const json_t *result, const char *member)
{
    const json_t *value = json_object_get(result, member);

    return json_is_integer(value) ? (int)json_integer_value(value) : -1;
}

static bool note_fall(StoreTransaction *transaction, Page *page, size_t i, const BulkMerged *merged, Error *err)
{
    int points = told_int(result_at(page, i), "points"), mark = told_int(result_at(page, i), "mark");
    bool fell = (points >= 0 && merged->points_before > points) || (mark >= 0 && merged->mark_before > mark);
    char words[100];

    if (!fell)
        return true;
    (void)snprintf(words, sizeof words, "%d points, mark %d; before: %d points, mark %d", points, mark,
                   merged->points_before, merged->mark_before);
    return note_result(transaction, page, i, BULK_MARK_FELL, words, err);
}

static bool take_result(StoreTransaction *transaction, Page *page, size_t i, Error *err)
{
    Known *known = &page->known[page->of[i]];
    BulkCounts *counts = &page->after.counts;
    const char *doubt = bulk_doubt_result(result_at(page, i), page->run->row.started_at_s);
    BulkMerged merged;

    if (!known->found)
        return bulk_note(transaction, &page->after, BULK_RESULT_OF_NOBODY, known->number, "", err);
    if (known->as_of_s > page->read_at_s) {
        counts->newer_here++;
        return true;
    }
    if (doubt && !note_result(transaction, page, i, BULK_RESULT_IMPLAUSIBLE, doubt, err))
        return false;
    if (!json_is_array(known->kept)) {
        json_decref(known->kept);
        known->kept = json_array();
    }
    if (!bulk_merge_result(known->kept, result_at(page, i), &merged, err) ||
        !note_fall(transaction, page, i, &merged, err))
        return false;
    known->changed = known->changed || merged.changed;
    counts->results_new += merged.is_new;
    counts->results_changed += merged.changed && !merged.is_new;
    counts->results_same += !merged.changed;
    return true;
}

static bool results_act(StoreTransaction *transaction, void *arg, Error *err)
{
    Page *page = arg;

    forget_found(page);
    page->after = *page->run;
    if (!imported_find(transaction, record_part_name(page->part), page->numbers, page->known_count, found_one, page,
                       err) ||
        !choose_results(transaction, page, err))
        return false;
    for (size_t i = 0; i < page->row_count; i++)
        if (!page->left_out[i] && !take_result(transaction, page, i, err))
            return error_add(err, "a result of a page");
    for (size_t i = 0; i < page->known_count; i++)
        if (page->known[i].changed && !put_part(transaction, page, &page->known[i], err))
            return error_add(err, "results of a page");
    return bulk_step(transaction, &page->after, page->cursor, err);
}

/* --- pages ------------------------------------------------------------------------------------------------------- */

static bool take(Page *page, BulkRun *run, StoreAct act, Error *err)
{
    if (!page_make(page, err) || !gather(page, err))
        return false;
    if (page->part == PART_PROFILE)
        choose_students(page);
    if (!store_write(page->office->store, act, page, err))
        return false;
    *run = page->after;
    return true;
}

bool bulk_take_students(Office *office, BulkRun *run, const json_t *rows, int64_t read_at_s, Str cursor, Error *err)
{
    OWNED_PAGE page = {
        .office = office, .run = run, .part = PART_PROFILE, .rows = rows, .read_at_s = read_at_s, .cursor = cursor
    };

    return take(&page, run, students_act, err) || error_add(err, "a page of students");
}

bool bulk_take_results(Office *office, BulkRun *run, const json_t *rows, int64_t read_at_s, Str cursor, Error *err)
{
    OWNED_PAGE page = {
        .office = office, .run = run, .part = PART_RESULTS, .rows = rows, .read_at_s = read_at_s, .cursor = cursor
    };

    return take(&page, run, results_act, err) || error_add(err, "a page of results");
}
