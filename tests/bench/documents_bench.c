/* Documents a second while 1, 8 and 32 are asked for at once, beside what the disk itself can make durable: how well
 * those that wait share a commit.
 *
 *   documents_bench FOLDER FINGERPRINT SCRATCH COUNT   lines "NUMBER PASSWORD" of students on standard input
 *
 * FOLDER is a demo registrar's whose catalogue does not limit certificates, FINGERPRINT that of a kiosk's certificate
 * in it, SCRATCH a folder on the database's disk, COUNT the documents of each row. */
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "registrar/office/requests.h"
#include "registrar/settings.h"

#define AT_ONCE_MOST 32
#define PAGE_BYTES   4096
#define SYNC_MS      700 /* how long the disk is measured */

typedef struct Bench {
    Registrar registrar;
    Kiosk kiosk;
    Session sessions[AT_ONCE_MOST];
    int asked_for; /* documents of a row */
    atomic_int taken, failed, round;
    pthread_barrier_t warm;
} Bench;

typedef struct Worker {
    Bench *bench;
    const Session *session;
} Worker;

static double seconds(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* As a log grows: a page more, then durable. */
static double disk_syncs_a_second(const char *folder)
{
    char path[4096], page[PAGE_BYTES];
    int count = 0;

    snprintf(path, sizeof path, "%s/sync-XXXXXX", folder);
    int file = mkstemp(path);
    if (file < 0)
        return 0;
    unlink(path);
    memset(page, 'x', sizeof page);
    double began = seconds(CLOCK_MONOTONIC), took = 0;
    while (took < SYNC_MS / 1e3 && write(file, page, sizeof page) == (ssize_t)sizeof page && fdatasync(file) == 0) {
        count++;
        took = seconds(CLOCK_MONOTONIC) - began;
    }
    close(file);
    return took > 0 ? count / took : 0;
}

/* Each asks for what nobody asked for before. */
static bool issue_one(Bench *bench, const Session *session, int n, Error *err)
{
    const Random random = random_system();
    ApiRequest request = { .service = "certificate-of-study", .language = LANGUAGE_UZ };
    ApiProblem problem;
    ApiIssued issued;
    char key[API_ID_SIZE], place[32];
    uint8_t bytes[16];
    bool made;

    snprintf(place, sizeof place, "Bank %d", n);
    if (!random_fill(&random, bytes, sizeof bytes, err) || !answers_set(&request.answers, "receiver", STR("other")) ||
        !answers_set(&request.answers, "place", str_from(place)))
        return false;
    uuid_from_random(bytes, key);
    if (!office_request(bench->registrar.office, session, key, &request, &problem, &made, &issued, err))
        return false;
    return (problem.kind == PROBLEM_NONE && made) ||
           error_set(err, ERR_INTERNAL, "refused: %s", api_problem_slug(problem.kind));
}

static void *work(void *arg)
{
    Worker *worker = arg;
    Bench *bench = worker->bench;
    Error err = { 0 };

    /* A thread's first page reads its fonts; a server's workers have done so long ago. */
    if (!issue_one(bench, worker->session, atomic_fetch_add(&bench->round, 1), &err))
        atomic_store(&bench->failed, 1);
    pthread_barrier_wait(&bench->warm); /* all are warm */
    pthread_barrier_wait(&bench->warm); /* the clock runs */
    while (!atomic_load(&bench->failed) && atomic_fetch_add(&bench->taken, 1) < bench->asked_for) {
        if (issue_one(bench, worker->session, atomic_fetch_add(&bench->round, 1), &err))
            continue;
        atomic_store(&bench->failed, 1);
    }
    if (err.code != ERR_NONE)
        fprintf(stderr, "documents_bench: %s\n", err.text);
    return NULL;
}

static void run_row(Bench *bench, int at_once, const char *scratch)
{
    pthread_t threads[AT_ONCE_MOST];
    Worker workers[AT_ONCE_MOST];
    double disk = disk_syncs_a_second(scratch);

    atomic_store(&bench->taken, 0);
    pthread_barrier_init(&bench->warm, NULL, (unsigned)at_once + 1);
    for (int i = 0; i < at_once; i++) {
        workers[i] = (Worker){ bench, &bench->sessions[i] };
        if (pthread_create(&threads[i], NULL, work, &workers[i]) != 0)
            exit(1);
    }
    pthread_barrier_wait(&bench->warm);
    StoreCounts before = store_counts(bench->registrar.store);
    double began = seconds(CLOCK_MONOTONIC), processor = seconds(CLOCK_PROCESS_CPUTIME_ID);
    pthread_barrier_wait(&bench->warm);
    for (int i = 0; i < at_once; i++)
        pthread_join(threads[i], NULL);
    pthread_barrier_destroy(&bench->warm);
    double rate = bench->asked_for / (seconds(CLOCK_MONOTONIC) - began);
    processor = seconds(CLOCK_PROCESS_CPUTIME_ID) - processor;
    StoreCounts after = store_counts(bench->registrar.store);
    double commits = (double)(after.commits - before.commits), acts = (double)(after.acts - before.acts);
    printf("  %7d %13.1f %12.2f %12.1f %13.0f %14.2f %15.1f\n", at_once, rate, commits / bench->asked_for,
           commits > 0 ? acts / commits : 0, disk, disk > 0 ? rate / disk : 0, processor * 1e3 / bench->asked_for);
}

static bool sign_in_one(Bench *bench, const ApiSignIn *form, Session *ret, Error *err)
{
    SignInOutcome outcome;
    ApiSession session;
    int retry_after_s;
    bool found = false;

    if (!sign_in(bench->registrar.office, &bench->kiosk, "127.0.0.1", form, &outcome, &session, &retry_after_s, err))
        return false;
    if (outcome != SIGN_IN_DONE)
        return error_set(err, ERR_DENIED, "the sign-in of %s was refused", form->number);
    return session_find(bench->registrar.office, &bench->kiosk, session.token, &found, ret, err) &&
           (found || error_set(err, ERR_INTERNAL, "no session"));
}

static bool bench_open(Bench *bench, const char *folder, const char *fingerprint, Error *err)
{
    KioskStanding standing;

    if (!registrar_open(folder, NULL, &bench->registrar, err) ||
        !kiosk_by_certificate(bench->registrar.office, fingerprint, &standing, &bench->kiosk, err))
        return false;
    if (standing != KIOSK_KNOWN)
        return error_set(err, ERR_NOT_FOUND, "no such kiosk");
    for (int i = 0; i < AT_ONCE_MOST; i++) {
        ApiSignIn form = { 0 };

        if (scanf("%23s %127s", form.number, form.password) != 2)
            return error_set(err, ERR_ARGUMENT, "%d students are needed", AT_ONCE_MOST);
        if (!sign_in_one(bench, &form, &bench->sessions[i], err))
            return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    static const int rows[] = { 1, 8, AT_ONCE_MOST };
    static Bench bench;
    Error err = { 0 };

    bench.asked_for = argc == 5 ? (int)strtol(argv[4], NULL, 10) : 0;
    if (bench.asked_for < 1) {
        fprintf(stderr, "usage: documents_bench FOLDER FINGERPRINT SCRATCH COUNT <STUDENTS\n");
        return 2;
    }
    bool done = bench_open(&bench, argv[1], argv[2], &err) && issue_one(&bench, &bench.sessions[0], -1, &err);
    if (!done)
        fprintf(stderr, "documents_bench: %s\n", err.text);
    if (done)
        printf("  %7s %13s %12s %12s %13s %14s %15s\n", "waiting", "documents/s", "commits each", "acts/commit",
               "fdatasync/s", "ratio to disk", "processor ms");
    for (size_t i = 0; done && i < COUNT(rows); i++) {
        run_row(&bench, rows[i], argv[3]);
        fflush(stdout);
    }
    registrar_close(&bench.registrar);
    return done && atomic_load(&bench.failed) == 0 ? 0 : 1;
}
