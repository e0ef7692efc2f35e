/* What a certificate costs in processor time, as the office issues it, beside a bare program that draws the same page.
 *
 *   issue_bench FOLDER FINGERPRINT [COUNT]
 *
 * FOLDER is a demo registrar's, FINGERPRINT that of a kiosk's certificate in it.  Both are measured in turn in one
 * process, warm, so that what else the machine does falls on both alike.  Told are medians. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "bench/bare_page.h"
#include "registrar/office/requests.h"
#include "registrar/settings.h"

#define COUNT_MOST 1000
#define WARM_UP    5
#define DAY_MS     86400000

/* Parts of an issue, as the office's log names them, and what is measured around them. */
enum { DATA, PAGE, SEAL, STORE, ISSUED, PREVIEW, BARE, PART_COUNT };

static const char *const fields[] = { [DATA] = " data_us=", [PAGE] = " page_us=", [SEAL] = " seal_us=" };

typedef struct Bench {
    Registrar registrar;
    int log_ends[2];
    Log *log;
    Kiosk kiosk;
    Session session;
    int64_t days;                         /* passed in the bench's time: an equal request counts as open for a week */
    double parts[PART_COUNT][COUNT_MOST]; /* milliseconds */
    int count;
} Bench;

/* All threads of the process: the store's writer works for the issue too. */
static double processor_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int64_t bench_wall_ms(void *ctx)
{
    const Bench *bench = ctx;
    const Clock clock = clock_system();

    return clock_wall_ms(&clock) + bench->days * DAY_MS;
}

static int64_t bench_monotonic_ms(void *ctx UNUSED)
{
    const Clock clock = clock_system();

    return clock_monotonic_ms(&clock);
}

static bool bench_open(Bench *bench, const char *folder, const char *fingerprint, Error *err)
{
    const Clock clock = { bench_wall_ms, bench_monotonic_ms, bench };
    OfficeConfig config;
    KioskStanding standing;

    if (pipe2(bench->log_ends, O_NONBLOCK | O_CLOEXEC) < 0)
        return error_set_errno(err, "pipe");
    bench->log = log_new(bench->log_ends[1], LOG_INFO, false, &clock);
    bench->registrar.settings = registrar_read(folder, err);
    if (!bench->log || !bench->registrar.settings)
        return error_add(err, "%s", folder);
    config = registrar_office_config(bench->registrar.settings);
    config.clock = clock;
    config.limits = false;
    bench->registrar.store =
        store_open(settings_text(bench->registrar.settings, "store.database"), config.institution, bench->log, err);
    if (!bench->registrar.store)
        return false;
    bench->registrar.office = office_open(&config, bench->registrar.store, bench->log, err);
    if (!bench->registrar.office ||
        !kiosk_by_certificate(bench->registrar.office, fingerprint, &standing, &bench->kiosk, err))
        return false;
    return standing == KIOSK_KNOWN || error_set(err, ERR_NOT_FOUND, "no such kiosk");
}

static bool bench_sign_in(Bench *bench, Error *err)
{
    const ApiSignIn form = { .number = "401241100873", .password = "bahor2026" };
    SignInOutcome outcome;
    ApiSession session;
    int retry_after_s;
    bool found = false;

    if (!sign_in(bench->registrar.office, &bench->kiosk, "ip:127.0.0.1", &form, &outcome, &session, &retry_after_s,
                 err))
        return false;
    if (outcome != SIGN_IN_DONE)
        return error_set(err, ERR_DENIED, "the demo sign-in was refused");
    if (!session_find(bench->registrar.office, &bench->kiosk, session.token, &found, &bench->session, err))
        return false;
    bench->session.ends_at_s = INT64_MAX / 2; /* days pass quickly here */
    return found || error_set(err, ERR_INTERNAL, "no session");
}

/* The office's own account of the issue: its log line.  What is left of the whole is the store's: the log tells of the
 * asking thread alone, and the store's writer works in its own. */
static bool read_account(Bench *bench, int at, Error *err)
{
    char line[65536];
    ssize_t got = read(bench->log_ends[0], line, sizeof line - 1);
    const char *issued;

    line[got > 0 ? got : 0] = '\0';
    issued = strstr(line, "document-issued");
    bench->parts[STORE][at] = bench->parts[ISSUED][at];
    for (int part = DATA; part <= SEAL; part++) {
        const char *field = issued ? strstr(issued, fields[part]) : NULL;

        if (!field)
            return error_set(err, ERR_PROTOCOL, "the log does not account for the issue");
        bench->parts[part][at] = strtod(field + strlen(fields[part]), NULL) / 1e3;
        bench->parts[STORE][at] -= bench->parts[part][at];
    }
    return true;
}

/* What the glass shows before anything is issued; the office remembers from it that the page fits. */
static bool preview_one(Bench *bench, int at, const Answers *answers, Error *err)
{
    const ApiPreview preview = {
        .service = "certificate-of-study", .language = LANGUAGE_UZ, .answers = *answers, .width = 1000
    };
    ApiProblem problem;
    OWNED(Blob) png = NULL;
    double began = processor_ms();
    int pages;

    if (!office_preview(bench->registrar.office, &bench->session, &preview, &problem, &png, &pages, err))
        return false;
    bench->parts[PREVIEW][at] = processor_ms() - began;
    return problem.kind == PROBLEM_NONE || error_set(err, ERR_INTERNAL, "preview: %s", api_problem_slug(problem.kind));
}

static bool issue_one(Bench *bench, int at, Error *err)
{
    const Random random = random_system();
    ApiRequest request = { .service = "certificate-of-study", .language = LANGUAGE_UZ };
    ApiProblem problem;
    ApiIssued issued;
    char key[API_ID_SIZE];
    uint8_t bytes[16];
    bool made;
    double began;

    bench->days += 8;
    if (!random_fill(&random, bytes, sizeof bytes, err) || !answers_set(&request.answers, "receiver", STR("any")) ||
        !preview_one(bench, at, &request.answers, err))
        return false;
    uuid_from_random(bytes, key);
    began = processor_ms();
    if (!office_request(bench->registrar.office, &bench->session, key, &request, &problem, &made, &issued, err))
        return false;
    bench->parts[ISSUED][at] = processor_ms() - began;
    if (problem.kind != PROBLEM_NONE || !made)
        return error_set(err, ERR_INTERNAL, "refused: %s", api_problem_slug(problem.kind));
    return read_account(bench, at, err);
}

static bool draw_one(Bench *bench, int at, const Qr *qr, Error *err)
{
    double began = processor_ms();
    bool drawn = bare_page_draw(qr, "M-2026/004817", "7K3M-9QXD-2HVT") > 0;

    bench->parts[BARE][at] = processor_ms() - began;
    return drawn || error_set(err, ERR_INTERNAL, "bare page");
}

/* As large as a certificate's: version 11. */
static bool bare_code(Qr *ret, Error *err)
{
    OWNED_BUF fragment;

    buf_init(&fragment, 400);
    for (int i = 0; i < 300; i++)
        buf_add_byte(&fragment, (uint8_t) "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[i * 7 % 32]);
    return buf_ok(&fragment, err) &&
           qr_make(STR("HTTPS://HUJJAT.NAMUNA.UZ/V/7K3M9QXD2HVT"), buf_str(&fragment), 13, ret, err);
}

static bool bench_run(Bench *bench, Error *err)
{
    Qr qr;

    if (!bare_code(&qr, err))
        return false;
    for (int i = -WARM_UP; i < bench->count; i++) {
        const int at = i < 0 ? 0 : i;

        if (!issue_one(bench, at, err) || !draw_one(bench, at, &qr, err))
            return error_add(err, "%d", i);
    }
    return true;
}

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median(Bench *bench, int part)
{
    qsort(bench->parts[part], (size_t)bench->count, sizeof(double), compare);
    return bench->parts[part][bench->count / 2];
}

static void bench_tell(Bench *bench)
{
    static const struct {
        int part;
        const char *name, *note;
    } rows[] = {
        { DATA, "data", "record, rules, values, snapshot" },
        { PAGE, "page", "layout, text hash, PDF" },
        { SEAL, "seal", "signature, QR code, encryption of the page kept" },
        { STORE, "store", "number, document, copy, job, audit; both transactions, all threads" },
        { ISSUED, "issued", "from request to commit" },
        { PREVIEW, "preview", "before it, on the glass: PNG of 1000 pixels" },
        { BARE, "bare", "the same page by Pango and Cairo alone" },
    };
    const double bare = median(bench, BARE);

    printf("processor time, median of %d, ms (lower is better)\n", bench->count);
    for (size_t i = 0; i < COUNT(rows); i++)
        printf("  %-8s %7.2f   %s\n", rows[i].name, median(bench, rows[i].part), rows[i].note);
    printf("page to bare %.2f, issued to bare %.2f\n", median(bench, PAGE) / bare, median(bench, ISSUED) / bare);
}

int main(int argc, char **argv)
{
    static Bench bench;
    Error err = { 0 };
    bool done;

    bench.count = argc > 3 ? (int)strtol(argv[3], NULL, 10) : 200;
    if (argc < 3 || bench.count < 1 || bench.count > COUNT_MOST) {
        fprintf(stderr, "usage: issue_bench FOLDER FINGERPRINT [COUNT up to %d]\n", COUNT_MOST);
        return 2;
    }
    done = bench_open(&bench, argv[1], argv[2], &err) && bench_sign_in(&bench, &err) && bench_run(&bench, &err);
    if (done)
        bench_tell(&bench);
    else
        fprintf(stderr, "issue_bench: %s\n", err.text);
    registrar_close(&bench.registrar);
    log_free(bench.log);
    return done ? 0 : 1;
}
