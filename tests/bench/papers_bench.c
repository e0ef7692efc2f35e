/* What every paper of the catalogue costs in processor time, beside a bare program that draws the same pages.
 *
 *   papers_bench FOLDER CASES [COUNT] [--case NAME] [--language TAG]
 *
 * FOLDER is a registrar's, CASES a file of students (tests/papers).  Both are measured in turn in one process, warm, so
 * that what else the machine does falls on both alike.  Told are medians.  The register's part, the same for every
 * paper, is run-issue's to tell. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/bare_paper.h"
#include "papers/every_paper.h"
#include "registrar/settings.h"

#define COUNT_MOST 500
#define WARM_UP    2

enum { DATA, PAGE, SEAL, BARE, PART_COUNT };

typedef struct Bench {
    const Office *office;
    int count;
    double parts[PART_COUNT][COUNT_MOST]; /* milliseconds */
    double sums[PART_COUNT];
    int papers;
} Bench;

static double processor_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* Time since the last reading. */
static double lap(double *began)
{
    const double now = processor_ms(), took = now - *began;

    *began = now;
    return took;
}

/* The office's way: values, layout with its hash, seal with its code, PDF. */
static bool issue_one(Bench *bench, const CompositionSources *sources, int at, bool *ret_lacks, int *ret_pages,
                      Error *err)
{
    double began = processor_ms();
    DocumentFacts facts;
    const char *missing;
    OWNED_PAPER paper;
    Qr qr;

    if (!paper_compose(bench->office, sources, at, &paper, &missing, err))
        return false;
    bench->parts[DATA][at] = lap(&began);
    *ret_lacks = missing != NULL;
    if (missing)
        return true;
    OWNED(Document) document = document_lay_out(&paper.input, &facts, err);
    OWNED(Blob) pdf = NULL;

    if (!document)
        return false;
    bench->parts[PAGE][at] = lap(&began);
    if (!paper_seal(bench->office, &paper, &facts, &qr, err))
        return false;
    bench->parts[SEAL][at] = lap(&began);
    if (!document_draw_pdf(document, &qr, &pdf, err))
        return false;
    bench->parts[PAGE][at] += lap(&began);
    *ret_pages = facts.pages;
    return true;
}

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, compare);
    return values[count / 2];
}

static void tell(Bench *bench, const char *name, int pages)
{
    double medians[PART_COUNT];

    for (int part = 0; part < PART_COUNT; part++) {
        medians[part] = median(bench->parts[part], bench->count);
        bench->sums[part] += medians[part];
    }
    bench->papers++;
    const double whole = medians[DATA] + medians[PAGE] + medians[SEAL];

    printf("  %-40s %5d %8.2f %8.2f %8.2f %8.2f %9.2f %12.0f\n", name, pages, medians[DATA], medians[PAGE],
           medians[SEAL], medians[BARE], medians[PAGE] / medians[BARE], 1e3 / whole);
    fflush(stdout);
}

/* Both in turn; the bare program draws what this paper's sheets hold. */
static bool measure(Bench *bench, const CompositionSources *sources, const char *name, Error *err)
{
    OWNED_PAPER paper = { 0 };
    OWNED_SHEETS sheets = { 0 };
    DocumentFacts facts;
    const char *missing;
    bool lacks = false;
    int pages = 0;
    Qr qr;

    if (!paper_compose(bench->office, sources, 0, &paper, &missing, err))
        return false;
    if (missing)
        return true;
    if (!sheets_lay_out(&paper.input, &sheets, err) || !document_measure(&paper.input, &facts, err) ||
        !paper_seal(bench->office, &paper, &facts, &qr, err))
        return false;
    OWNED(BarePaper) bare = bare_paper_new(&sheets);

    for (int i = -WARM_UP; i < bench->count; i++) {
        const int at = i < 0 ? 0 : i;

        if (!issue_one(bench, sources, at, &lacks, &pages, err))
            return false;
        double began = processor_ms();

        if (bare_paper_draw(bare, &qr) == 0)
            return error_set(err, ERR_INTERNAL, "bare paper");
        bench->parts[BARE][at] = lap(&began);
    }
    tell(bench, name, pages);
    return true;
}

static bool each_paper(void *ctx, const char *case_name UNUSED, const char *name, const CompositionSources *sources,
                       Error *err)
{
    return measure(ctx, sources, name, err);
}

static void tell_all(const Bench *bench)
{
    const double whole = bench->sums[DATA] + bench->sums[PAGE] + bench->sums[SEAL];

    if (bench->papers > 0)
        printf("  %-40s %5s %8.2f %8.2f %8.2f %8.2f %9.2f %12.0f\n", "mean of all", "",
               bench->sums[DATA] / bench->papers, bench->sums[PAGE] / bench->papers, bench->sums[SEAL] / bench->papers,
               bench->sums[BARE] / bench->papers, bench->sums[PAGE] / bench->sums[BARE], 1e3 * bench->papers / whole);
}

static bool arguments_read(int argc, char **argv, Bench *bench, EveryPaper *every)
{
    int at = 3;

    bench->count = 20;
    if (argc > 3 && argv[3][0] != '-')
        bench->count = (int)strtol(argv[at++], NULL, 10);
    for (; at + 1 < argc; at += 2)
        if (strcmp(argv[at], "--case") == 0)
            every->only_case = argv[at + 1];
        else if (strcmp(argv[at], "--language") == 0)
            every->only_language = argv[at + 1];
        else
            return false;
    return argc >= 3 && at == argc && bench->count >= 1 && bench->count <= COUNT_MOST;
}

int main(int argc, char **argv)
{
    static Bench bench;
    EveryPaper every = { .each = each_paper, .ctx = &bench };
    Registrar registrar = { 0 };
    Error err = { 0 };

    if (!arguments_read(argc, argv, &bench, &every)) {
        fputs("usage: papers_bench FOLDER CASES [COUNT] [--case NAME] [--language TAG]\n", stderr);
        return 2;
    }
    bool done = registrar_open(argv[1], NULL, &registrar, &err);

    if (done) {
        OWNED(Shelf) shelf = shelf_take(registrar.office);

        every.office = bench.office = registrar.office;
        every.shelf = shelf;
        printf("processor time, median of %d, ms (lower is better)\n  %-40s %5s %8s %8s %8s %8s %9s %12s\n",
               bench.count, "paper", "pages", "data", "page", "seal", "bare", "page/bare", "a core's/s");
        done = every_paper(&every, argv[2], &err);
    }
    tell_all(&bench);
    registrar_close(&registrar);
    if (!done)
        fprintf(stderr, "papers_bench: %s\n", err.text);
    return done ? 0 : 1;
}
