#include "registrar/office/jobs_queue.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/office/fields.h"
#include "registrar/office/inside.h"
#include "registrar/office/names.h"
#include "registrar/office/shelf_keeper.h"
#include "wire/code.h"
#include "wire/json.h"

#define OF_STUDENT_MOST 20

/* --- lines -------------------------------------------------------------------------------------------------------- */

typedef struct Listing {
    Office *office;
    const JobWanted *wanted;
    JobQueue *queue;
    char numbers[JOB_STUDENTS_MOST][STUDENT_NUMBER_SIZE]; /* of a search */
    size_t number_count;
    char code[13];
    char register_name[12];
    uint64_t year, n;
} Listing;

static bool sees(const StaffScope *scope, const PrintQueueRow *row, const json_t *profile)
{
    const char *owner = row->job.owner;
    const char *printer = printer_of_owner(owner);
    const char *faculty = fields_faculty(profile);

    if (scope_is_limited(scope, SCOPE_FACULTY) && (!faculty || !scope_has(scope, SCOPE_FACULTY, str_from(faculty))))
        return false;
    return !owner[0] || strcmp(owner, WINDOW_OWNER) == 0 ||
           scope_has(scope, SCOPE_PRINTER, str_from(printer ? printer : owner));
}

bool job_line_read(const StaffScope *scope, const PrintQueueRow *row, Str profile, JobLine *ret)
{
    OWNED(json_t) read = profile.len > 0 ? json_read(profile, NULL) : NULL;

    if (!sees(scope, row, read))
        return false;
    *ret = (JobLine){ .row = *row };
    if (!read || !fields_holder(read, LANGUAGE_FIRST, ret->holder, sizeof ret->holder))
        ret->holder[0] = '\0';
    return true;
}

static bool add_line(void *ctx, const PrintQueueRow *row, Str profile, bool *ret_go, Error *err UNUSED)
{
    Listing *listing = ctx;
    JobQueue *queue = listing->queue;

    if (queue->count == JOB_LINES_MOST) {
        queue->more = true;
        *ret_go = false;
        return true;
    }
    queue->next_need = row->need;
    queue->next_s = listing->wanted->first > NEED_OPEN_LAST || listing->wanted->sort >= SORT_OLDEST ? row->changed_at_s
                                                                                                    : row->due_at_s;
    memcpy(queue->next, row->job.id, sizeof queue->next);
    queue->count += job_line_read(listing->wanted->scope, row, profile, &queue->lines[queue->count]);
    return true;
}

static bool read_numbered(StoreTransaction *transaction, Listing *listing, Error *err)
{
    DocumentRow document;
    char reason[8];
    bool found = false;

    if (!listing->register_name[0])
        return true;
    return documents_by_number(transaction, listing->register_name, (int)listing->year, (int)listing->n, &found,
                               &document, reason, sizeof reason, err) &&
           (!found || print_queue_of_document(transaction, document.id, OF_STUDENT_MOST, add_line, listing, err));
}

static bool read_coded(StoreTransaction *transaction, Listing *listing, Error *err)
{
    char document[ID_SIZE];
    bool found = false;

    if (!listing->code[0])
        return true;
    return print_queue_document_of_code(transaction, listing->code, &found, document, err) &&
           (!found || print_queue_of_document(transaction, document, OF_STUDENT_MOST, add_line, listing, err));
}

static bool read_found(StoreTransaction *transaction, Listing *listing, Error *err)
{
    for (size_t i = 0; i < listing->number_count; i++) {
        int64_t student;
        bool found;

        if (!students_find(transaction, listing->numbers[i], &found, &student, err) ||
            (found && !print_queue_of_student(transaction, student, OF_STUDENT_MOST, add_line, listing, err)))
            return false;
    }
    return read_numbered(transaction, listing, err) && read_coded(transaction, listing, err);
}

static PrintQueueQuery query_of(const JobWanted *wanted)
{
    return (PrintQueueQuery){ .first = wanted->first,
                              .last = wanted->last,
                              .sort = wanted->sort,
                              .owner = wanted->owner,
                              .scope = wanted->scope,
                              .after_need = wanted->after_need,
                              .after_s = wanted->after_s,
                              .after = wanted->after,
                              /* A faculty is looked at row by row: of others' as many as it takes are passed over. */
                              .most = scope_is_limited(wanted->scope, SCOPE_FACULTY) ? 40 * JOB_LINES_MOST
                                                                                     : JOB_LINES_MOST + 1 };
}

static bool read_queue(StoreTransaction *transaction, void *arg, Error *err)
{
    Listing *listing = arg;
    const PrintQueueQuery query = query_of(listing->wanted);

    listing->queue->count = 0;
    listing->queue->more = false;
    return print_queue_counts(transaction, &query, listing->queue->of_need, err) &&
           (listing->wanted->typed[0] ? read_found(transaction, listing, err)
                                      : print_queue_list(transaction, &query, add_line, listing, err));
}

/* --- searching ---------------------------------------------------------------------------------------------------- */

static bool take_number(void *ctx, const StudentName *student, Error *err)
{
    Listing *listing = ctx;

    if (listing->number_count == JOB_STUDENTS_MOST)
        return error_set(err, ERR_RANGE, "enough");
    memcpy(listing->numbers[listing->number_count++], student->number, STUDENT_NUMBER_SIZE);
    return true;
}

/* "M-2026/000123", "m-2026/123" */
static bool read_document_number(Listing *listing, Str typed)
{
    Str rest = typed, letters = str_split(&rest, '-');
    char name[sizeof listing->register_name];

    if (!rest.ptr || letters.len == 0 || !str_copy(letters, name, sizeof name) ||
        !str_to_u64(str_split(&rest, '/'), 2000, 2199, &listing->year) || !rest.ptr ||
        !str_to_u64(rest, 1, 99999999, &listing->n))
        return false;
    for (char *c = name; *c; c++)
        *c = *c >= 'a' && *c <= 'z' ? (char)(*c & ~0x20) : *c;
    memcpy(listing->register_name, name, sizeof name);
    return true;
}

static bool is_figures(Str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
    return text.len > 0;
}

static bool search(Office *office, Listing *listing, Error *err)
{
    const Str typed = str_trim(str_from(listing->wanted->typed));
    Error why = { 0 };
    Code code;

    if (read_document_number(listing, typed))
        return true;
    if (is_figures(typed)) {
        listing->number_count = str_copy(typed, listing->numbers[0], STUDENT_NUMBER_SIZE) ? 1 : 0;
        return true;
    }
    if (code_parse(typed, &code))
        memcpy(listing->code, code.text, sizeof listing->code);
    /* Enough were found, or nothing to look for was typed: what there is is shown. */
    return names_search(office, listing->wanted->typed, listing->wanted->clerk, take_number, listing, &why) ||
           why.code == ERR_RANGE || why.code == ERR_ARGUMENT ||
           error_set_cause(err, why.code, why.cause, "%s", why.text);
}

/* --- the queue ---------------------------------------------------------------------------------------------------- */

static bool any_unplaced(StoreTransaction *transaction, void *arg, Error *err)
{
    return print_queue_unplaced(transaction, arg, err);
}

static bool place_all(StoreTransaction *transaction, void *arg UNUSED, Error *err)
{
    return print_queue_place(transaction, err);
}

/* Jobs of before there was a queue: once. */
static bool place(Office *office, Error *err)
{
    bool any;

    return store_read(office->store, any_unplaced, &any, err) &&
           (!any || store_write(office->store, place_all, NULL, err));
}

/* Whose printer stands still with a page of ours on it. */
static const StripCell *stopped_by(const JobQueue *queue, const PrintQueueRow *row)
{
    const char *printer = printer_of_owner(row->job.owner);

    if (row->need != NEED_PRINTING && row->job.state != JOB_ASSIGNED)
        return NULL;
    for (size_t i = 0; i < queue->cell_count; i++) {
        const StripCell *cell = &queue->cells[i];

        if (cell->row.office == (printer != NULL) && !strcmp(cell->row.id, printer ? printer : row->job.owner))
            return cell->state == STRIP_NEEDS || cell->state == STRIP_SILENT ? cell : NULL;
    }
    return NULL;
}

void job_line_fill(const JobQueue *queue, JobLine *line)
{
    const Service *service = shelf_service(queue->shelf, line->row.document.service);

    if (service)
        line->title = service->title;
    line->stopped = stopped_by(queue, &line->row);
}

/* What stands still needs somebody, and comes before what is held. */
static void lift_stopped(JobQueue *queue)
{
    size_t at = 0;

    while (at < queue->count && queue->lines[at].row.need <= NEED_STOPPED)
        at++;
    for (size_t i = at; i < queue->count; i++) {
        const JobLine line = queue->lines[i];

        if (!line.stopped)
            continue;
        memmove(&queue->lines[at + 1], &queue->lines[at], (i - at) * sizeof line);
        queue->lines[at++] = line;
    }
}

bool job_queue_view(Office *office, const JobWanted *wanted, JobQueue *ret, Error *err)
{
    Listing *listing = mem_new(1, sizeof *listing);
    bool done;

    memset(ret, 0, sizeof *ret);
    if (!listing)
        return error_set(err, ERR_MEMORY, "print queue");
    listing->office = office;
    listing->wanted = wanted;
    listing->queue = ret;
    done = place(office, err) && (!wanted->typed[0] || search(office, listing, err)) &&
           store_read(office->store, read_queue, listing, err) &&
           strip_view(office, ret->cells, JOB_CELLS_MOST, &ret->cell_count, err);
    if (done) {
        ret->shelf = shelf_take(office);
        for (size_t i = 0; i < ret->count; i++)
            job_line_fill(ret, &ret->lines[i]);
        if (!wanted->typed[0] && wanted->sort == SORT_NEED && wanted->first <= NEED_OPEN_LAST)
            lift_stopped(ret);
    }
    mem_free_wiped(listing, sizeof *listing);
    return done || error_add(err, "print queue");
}

void job_queue_fini(JobQueue *queue)
{
    shelf_drop(queue->shelf);
    mem_wipe(queue, sizeof *queue);
}
