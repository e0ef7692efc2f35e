/* Fills a register with a desk's half year, so that the console's pages can be measured over it.
 *
 *   console_rows FOLDER JOBS APPLICATIONS
 *
 * FOLDER is a demo registrar's; nobody serves it meanwhile.  Papers with their copies and print jobs and applications
 * with their stages, of the demo's students and services, by the store's own functions and moves, so that everything
 * that hangs on them (acts, lists, queues) is as the office would have it.  One paper in a hundred is not settled, one
 * application in five waits; the same numbers give the same rows. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "registrar/office/sealer.h"
#include "registrar/settings.h"
#include "registrar/store/act_search.h"
#include "registrar/store/keys.h"
#include "registrar/store/print_jobs.h"
#include "registrar/store/stages.h"
#include "registrar/store/students.h"

#define AT_ONCE       500
#define DAYS          180
#define SNAPSHOT_SIZE 2048 /* about what a certificate's takes */
#define KIOSK         "A-2"
#define PLACE         "1-bino, 1-qavat"

typedef struct Rows {
    Registrar registrar;
    int64_t now_s, jobs, applications, next; /* next: the first row of this act */
    int64_t many;                            /* rows of this kind */
    int64_t students;                        /* their ids are 1..students */
    int kid;
    int64_t waiting; /* acts that nobody has sealed */
    char snapshot[SNAPSHOT_SIZE];
} Rows;

/* Spread like what people do, and the same each time. */
static uint64_t mixed(uint64_t n)
{
    n = (n ^ (n >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    n = (n ^ (n >> 27)) * UINT64_C(0x94D049BB133111EB);
    return n ^ (n >> 31);
}

static void id_of(char kind, int64_t n, char ret[ID_SIZE])
{
    (void)snprintf(ret, ID_SIZE, "%c0000000-0000-4000-8000-%012" PRIx64, kind, (uint64_t)n);
}

/* Between nine and five of a day of the last half year; the later the number, the later the day. */
static int64_t moment(const Rows *rows, int64_t n)
{
    const int64_t day = rows->now_s / 86400 - DAYS + n * DAYS / rows->many;

    return day * 86400 + 4 * 3600 + (int64_t)(mixed((uint64_t)n) % (8 * 3600));
}

static bool move(StoreTransaction *transaction, const StateMachine *machine, const char *id, int from, int to,
                 const char *actor, int64_t at_s, Error *err)
{
    const Move wanted = { .id = id, .from = from, .to = to, .epoch = 1, .actor = actor, .at_ms = at_s * 1000 };

    return state_move(transaction, machine, &wanted, err);
}

static bool move_job(StoreTransaction *transaction, const char *id, int from, int to, int64_t at_s, Error *err)
{
    const Move wanted = { .id = id, .from = from, .to = to, .epoch = 0, .actor = "kiosk:" KIOSK, .at_ms = at_s * 1000 };

    return state_move(transaction, &job_states, &wanted, err);
}

/* --- papers ------------------------------------------------------------------------------------------------------- */

typedef struct Paper {
    char request[ID_SIZE], document[ID_SIZE], copy[ID_SIZE], job[ID_SIZE], student[32];
    int64_t at_s, n;
} Paper;

static bool add_request(StoreTransaction *transaction, const Rows *rows, const Paper *paper, Error *err)
{
    RequestRow row = { .student = 1 + paper->n % rows->students,
                       .service = "certificate-of-study",
                       .language = "uz",
                       .period = "2026-1",
                       .state = ASKED_OPEN,
                       .asked_at_s = paper->at_s };

    memcpy(row.id, paper->request, ID_SIZE);
    memcpy(row.client_key, paper->request, ID_SIZE);
    for (int i = 0; i < 8; i++)
        row.answers_hash[i] = (uint8_t)(paper->n >> (8 * i));
    return requests_add(transaction, &row, STR("{}"), err) &&
           move(transaction, &request_states, row.id, ASKED_OPEN, ASKED_FULFILLED, paper->student, paper->at_s, err);
}

static bool add_document(StoreTransaction *transaction, const Rows *rows, const Paper *paper, Error *err)
{
    DocumentRow row = { .student = 1 + paper->n % rows->students,
                        .service = "certificate-of-study",
                        .register_name = "M",
                        .year = 2025,
                        .template = "certificate-of-study",
                        .template_version = "bench",
                        .language = "uz",
                        .holder_masked = "K. D.",
                        .state = DOCUMENT_PREPARING,
                        .taken_at_s = paper->at_s };

    memcpy(row.id, paper->document, ID_SIZE);
    memcpy(row.request, paper->request, ID_SIZE);
    return numbers_take(transaction, row.register_name, row.year, &row.number, err) &&
           documents_add(transaction, &row, (Str){ rows->snapshot, sizeof rows->snapshot }, err) &&
           move(transaction, &document_states, row.id, DOCUMENT_PREPARING, DOCUMENT_ISSUED, paper->student, paper->at_s,
                err);
}

static bool add_copy(StoreTransaction *transaction, const Rows *rows, const Paper *paper, Error *err)
{
    const CopyMade made = {
        .pages = 1, .seal = STR("seal"), .page = STR("page"), .keep_until_s = rows->now_s + 366 * 86400
    };
    CopyRow row = { .n = 1,
                    .kind = COPY_PAPER,
                    .place = PLACE,
                    .kid = rows->kid,
                    .making = MAKING_PREPARING,
                    .delivery = DELIVERY_WAITING,
                    .lease_s = paper->at_s + 60,
                    .asked_at_s = paper->at_s };

    memcpy(row.id, paper->copy, ID_SIZE);
    memcpy(row.document, paper->document, ID_SIZE);
    (void)snprintf(row.code, sizeof row.code, "B%011" PRIX64, (uint64_t)paper->n);
    return status_places_take(transaction, mixed((uint64_t)paper->n), &row.status_list, &row.status_index, err) &&
           copies_add(transaction, &row, err) && copies_put_page(transaction, row.id, &made, err) &&
           move(transaction, &making_states, row.id, MAKING_PREPARING, MAKING_READY, paper->student, paper->at_s, err);
}

/* Where one paper in a hundred stands still; the others are printed. */
static JobState end_of(int64_t n)
{
    static const JobState open[] = { JOB_UNKNOWN, JOB_ABORTED, JOB_WAITING, JOB_PARTLY };

    return n % 100 == 0 ? open[n / 100 % (int64_t)COUNT(open)] : JOB_PRINTED;
}

static bool print(StoreTransaction *transaction, const Paper *paper, Error *err)
{
    static const CopyDelivery delivered[] = {
        [JOB_PRINTED] = DELIVERY_PRINTED, [JOB_PARTLY] = DELIVERY_PARTLY,       [JOB_ABORTED] = DELIVERY_CANCELLED,
        [JOB_UNKNOWN] = DELIVERY_UNKNOWN, [JOB_CANCELLED] = DELIVERY_CANCELLED,
    };
    const PrintReportRow report = { .job = paper->job,
                                    .kiosk = KIOSK,
                                    .at_ms = (paper->at_s + 8) * 1000,
                                    .state = "printed",
                                    .sheets = 1,
                                    .counted = true };
    const JobState end = end_of(paper->n);

    if (!print_jobs_add(transaction, paper->job, paper->copy, paper->at_s, err) ||
        !print_jobs_expect(transaction, paper->copy, 1, err))
        return false;
    if (end == JOB_WAITING)
        return true;
    return print_jobs_lease(transaction, paper->job, KIOSK, paper->at_s + 900, err) &&
           move_job(transaction, paper->job, JOB_WAITING, JOB_ASSIGNED, paper->at_s + 1, err) &&
           move_job(transaction, paper->job, JOB_ASSIGNED, JOB_SENDING, paper->at_s + 2, err) &&
           move(transaction, &delivery_states, paper->copy, DELIVERY_WAITING, DELIVERY_PRINTING, NULL, paper->at_s + 2,
                err) &&
           move_job(transaction, paper->job, JOB_SENDING, JOB_SENT, paper->at_s + 4, err) &&
           print_reports_add(transaction, &report, err) && print_jobs_told(transaction, &report, err) &&
           move_job(transaction, paper->job, JOB_SENT, (int)end, paper->at_s + 8, err) &&
           move(transaction, &delivery_states, paper->copy, DELIVERY_PRINTING, (int)delivered[end], NULL,
                paper->at_s + 8, err);
}

static bool add_papers(StoreTransaction *transaction, void *arg, Error *err)
{
    const Rows *rows = arg;

    for (int64_t n = rows->next; n < rows->next + AT_ONCE && n < rows->jobs; n++) {
        Paper paper = { .n = n, .at_s = moment(rows, n) };

        id_of('a', n, paper.request);
        id_of('b', n, paper.document);
        id_of('c', n, paper.copy);
        id_of('d', n, paper.job);
        (void)snprintf(paper.student, sizeof paper.student, "student:%" PRId64, 1 + n % rows->students);
        if (!add_request(transaction, rows, &paper, err) || !add_document(transaction, rows, &paper, err) ||
            !add_copy(transaction, rows, &paper, err) || !print(transaction, &paper, err))
            return error_add(err, "paper %" PRId64, n);
    }
    return true;
}

/* --- applications ------------------------------------------------------------------------------------------------- */

/* Where a unit decides within a day: one in eight returns it, one in eight declines. */
static bool decide(StoreTransaction *transaction, RequestRow *row, int64_t n, Error *err)
{
    static const char *const clerks[] = { "staff:anna", "staff:bekzod", "staff:dilfuza" };
    static const char *const units[] = { "dean", "back-office", "accounting" };
    static const struct {
        RequestState request;
        StageState stage;
    } ends[] = { { ASKED_RETURNED, STAGE_RETURNED }, { ASKED_DECLINED, STAGE_DECLINED },
                 { ASKED_APPROVED, STAGE_APPROVED }, { ASKED_APPROVED, STAGE_APPROVED },
                 { ASKED_APPROVED, STAGE_APPROVED }, { ASKED_APPROVED, STAGE_APPROVED },
                 { ASKED_APPROVED, STAGE_APPROVED }, { ASKED_APPROVED, STAGE_APPROVED } };
    const int64_t took_s = (int64_t)(mixed((uint64_t)n + 7) % (2 * 86400));
    const bool waits = n % 5 == 0;
    const char *clerk = clerks[n % (int64_t)COUNT(clerks)];
    StageRow stage = { .n = 1, .epoch = 1, .state = STAGE_WAITING, .changed_at_s = row->asked_at_s };

    str_copy_cut(str_from(units[n % (int64_t)COUNT(units)]), stage.unit, sizeof stage.unit);
    if (!move(transaction, &request_states, row->id, ASKED_OPEN, ASKED_IN_UNIT, clerk, row->asked_at_s + 60, err))
        return false;
    if (waits)
        return stages_add(transaction, row->id, &stage, err);
    str_copy_cut(str_from(clerk), stage.clerk, sizeof stage.clerk);
    stage.state = ends[n % (int64_t)COUNT(ends)].stage;
    stage.changed_at_s += took_s;
    if (stage.state != STAGE_APPROVED)
        str_copy_cut(STR("Rasm xira"), stage.reason, sizeof stage.reason);
    return stages_add(transaction, row->id, &stage, err) &&
           move(transaction, &request_states, row->id, ASKED_IN_UNIT, (int)ends[n % (int64_t)COUNT(ends)].request,
                clerk, stage.changed_at_s, err);
}

static bool add_applications(StoreTransaction *transaction, void *arg, Error *err)
{
    static const char *const services[] = { "name-correction", "excused-absence", "academic-leave", "academic-record" };
    const Rows *rows = arg;

    for (int64_t n = rows->next; n < rows->next + AT_ONCE && n < rows->applications; n++) {
        const int64_t at_s = moment(rows, n);
        RequestRow row = { .student = 1 + (int64_t)(mixed((uint64_t)n) % (uint64_t)rows->students),
                           .language = "uz",
                           .period = "2026-1",
                           .state = ASKED_OPEN,
                           .asked_at_s = at_s,
                           .place = PLACE,
                           .promised_at_s = at_s + 86400 };

        id_of('e', n, row.id);
        id_of('e', n, row.client_key);
        str_copy_cut(str_from(services[n % (int64_t)COUNT(services)]), row.service, sizeof row.service);
        const DocumentRow numbered = { .register_name = "S", .year = 2025, .number = (int)n + 1 };
        document_number_write(&numbered, row.number);
        row.answers_hash[31] = 1;
        for (int i = 0; i < 8; i++)
            row.answers_hash[i] = (uint8_t)(n >> (8 * i));
        if (!requests_add(transaction, &row, STR("{}"), err) || !decide(transaction, &row, n, err))
            return error_add(err, "application %" PRId64, n);
    }
    return true;
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

static bool find_ground(StoreTransaction *transaction, void *arg, Error *err)
{
    Rows *rows = arg;
    KeyRow keys[16];
    size_t count;

    if (!students_last(transaction, &rows->students, err) ||
        !keys_list(transaction, "seal", keys, COUNT(keys), &count, err))
        return false;
    if (count == 0 || rows->students == 0)
        return error_set(err, ERR_NOT_FOUND, "no students or no key");
    rows->kid = keys[count - 1].kid;
    return true;
}

static bool add_all(Rows *rows, StoreAct add, int64_t many, Error *err)
{
    rows->many = many;
    for (rows->next = 0; rows->next < many; rows->next += AT_ONCE)
        if (!store_write(rows->registrar.store, add, rows, err))
            return false;
    return true;
}

static bool count_waiting(StoreTransaction *transaction, void *arg, Error *err)
{
    Rows *rows = arg;

    return acts_waiting(transaction, &rows->waiting, err);
}

int main(int argc, char **argv)
{
    static Rows rows;
    const Clock clock = clock_system();
    Error err = { 0 };

    if (argc != 4 || !str_to_i64(str_from(argv[2]), 0, 10000000, &rows.jobs) ||
        !str_to_i64(str_from(argv[3]), 0, 10000000, &rows.applications)) {
        fputs("usage: console_rows FOLDER JOBS APPLICATIONS\n", stderr);
        return 2;
    }
    for (size_t i = 0; i < sizeof rows.snapshot; i++)
        rows.snapshot[i] = (char)mixed(i);
    rows.now_s = clock_wall_s(&clock);
    rows.waiting = 1;
    bool done = registrar_open(argv[1], NULL, &rows.registrar, &err) &&
                store_read(rows.registrar.store, find_ground, &rows, &err) &&
                add_all(&rows, add_papers, rows.jobs, &err) &&
                add_all(&rows, add_applications, rows.applications, &err) && sealer_finish(rows.registrar.office, &err);
    while (done && rows.waiting > 0) /* a round seals a part */
        done =
            sealer_finish(rows.registrar.office, &err) && store_read(rows.registrar.store, count_waiting, &rows, &err);
    registrar_close(&rows.registrar);
    if (!done)
        fprintf(stderr, "console_rows: %s\n", err.text);
    return done ? 0 : 1;
}
