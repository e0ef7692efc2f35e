/* Every paper that the catalogue yields, for students of a file of cases: composed, drawn and sealed by the office,
 * though not taken into its register.  For the promise that every paper is whole, the gallery and the bench.
 *
 *   papers FOLDER CASES OUT [--template ID] [--case NAME] [--language TAG]
 *
 * FOLDER is a registrar's, CASES a file {"cases": [{"name", "number", "parts": {"profile": ..., "results": ...}}]} of
 * record parts.  Writes OUT/keys.json and for each paper OUT/CASE.TEMPLATE.LANGUAGE.pdf with what it was made of beside
 * it (.json: values, answers, pages, whether it fits; or the field that the record lacks, and no PDF). */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "papers/every_paper.h"
#include "registrar/api/public_keys.h"
#include "registrar/settings.h"
#include "wire/json.h"

#define BYTES_MOST (16u << 20)

typedef struct Work {
    const Office *office;
    const char *out;
    int made, lacking;
} Work;

static bool write_file(const Work *work, const char *name, const char *ending, Str bytes, Error *err)
{
    char path[400];

    snprintf(path, sizeof path, "%s/%s.%s", work->out, name, ending);
    return file_write(path, 0644, bytes, err);
}

static bool write_about(const Work *work, const char *name, const json_t *about, Error *err)
{
    OWNED_BUF text;

    buf_init(&text, BYTES_MOST);
    return json_write(about, &text, err) && write_file(work, name, "json", buf_str(&text), err);
}

static bool draw_paper(const Work *work, PaperWork *paper, json_t *about, Blob **ret_pdf, Error *err)
{
    DocumentFacts facts;
    OWNED(Document) document = document_lay_out(&paper->input, &facts, err);
    Qr qr;

    if (!document)
        return false;
    json_object_set_new(about, "pages", json_integer(facts.pages));
    json_object_set_new(about, "fits", json_boolean(facts.fits));
    return paper_seal(work->office, paper, &facts, &qr, err) && document_draw_pdf(document, &qr, ret_pdf, err);
}

static json_t *about_paper(const PaperWork *paper, const char *case_name, const char *service)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:{s:s, s:s, s:s}, s:O}", "case", case_name, "template",
                     template_id(paper->input.template), "language", language_tag(paper->input.language), "service",
                     service, "own", "number", paper->number, "code", paper->code, "check_address", paper->address,
                     "values", paper->composition.values);
}

static bool make_paper(Work *work, PaperWork *paper, const char *name, const char *missing, json_t *about, Error *err)
{
    OWNED(Blob) pdf = NULL;

    if (missing) {
        work->lacking++;
        json_object_set_new(about, "missing", json_string(missing));
        return write_about(work, name, about, err);
    }
    work->made++;
    return draw_paper(work, paper, about, &pdf, err) && write_file(work, name, "pdf", blob_str(pdf), err) &&
           write_about(work, name, about, err);
}

static bool each_paper(void *ctx, const char *case_name, const char *name, const CompositionSources *sources,
                       Error *err)
{
    Work *work = ctx;
    const char *missing;
    OWNED_PAPER paper;

    if (!paper_compose(work->office, sources, work->made, &paper, &missing, err))
        return false;
    json_t *about = about_paper(&paper, case_name, sources->service->id);
    const bool made = about && make_paper(work, &paper, name, missing, about, err);

    json_decref(about);
    return made;
}

static bool write_keys(const Work *work, Error *err)
{
    OWNED_BUF keys;

    buf_init(&keys, PUBLIC_KEYS_BYTES_MOST);
    return public_keys_write(work->office, &keys, err) && write_file(work, "keys", "json", buf_str(&keys), err);
}

static bool arguments_read(int argc, char **argv, EveryPaper *every)
{
    const struct {
        const char *name;
        const char **value;
    } options[] = { { "--template", &every->only_template },
                    { "--case", &every->only_case },
                    { "--language", &every->only_language } };

    for (int i = 4; i + 1 < argc; i += 2) {
        size_t k = 0;

        while (k < COUNT(options) && strcmp(argv[i], options[k].name) != 0)
            k++;
        if (k == COUNT(options))
            return false;
        *options[k].value = argv[i + 1];
    }
    return argc >= 4 && argc % 2 == 0;
}

int main(int argc, char **argv)
{
    Work work = { 0 };
    EveryPaper every = { .each = each_paper, .ctx = &work };
    Registrar registrar = { 0 };
    Error err = { 0 };

    if (!arguments_read(argc, argv, &every)) {
        fputs("usage: papers FOLDER CASES OUT [--template ID] [--case NAME] [--language TAG]\n", stderr);
        return 2;
    }
    work.out = argv[3];
    bool done = registrar_open(argv[1], NULL, &registrar, &err);

    if (done) {
        OWNED(Shelf) shelf = shelf_take(registrar.office);

        every.office = work.office = registrar.office;
        every.shelf = shelf;
        done = every_paper(&every, argv[2], &err) && write_keys(&work, &err);
    }
    registrar_close(&registrar);
    if (done)
        printf("%d papers, %d that the record lacks something for\n", work.made, work.lacking);
    else
        fprintf(stderr, "papers: %s\n", err.text);
    return done ? 0 : 1;
}
