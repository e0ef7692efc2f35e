/* The receipt of what was handed in. */
#include <string.h>

#include "base/memory.h"
#include "registrar/document/document.h"
#include "registrar/office/fields.h"
#include "registrar/office/mine_inside.h"
#include "registrar/office/photos.h"

#define RECEIPT "receipt"

static bool draw(Office *office, const Shelf *shelf, const Mine *mine, const Service *service,
                 const PapersWanted *papers, Language language, Blob **ret_pdf, Error *err)
{
    const Paper *paper = shelf_paper(shelf, RECEIPT);
    const FieldRequest request = { .number = mine->request.number,
                                   .place = mine->request.place,
                                   .papers = papers,
                                   .invoice = mine->line.unpaid ? mine->line.invoice : "",
                                   .asked_at_s = mine->request.asked_at_s,
                                   .promised_at_s = mine->request.promised_at_s,
                                   .sum = mine->line.unpaid ? mine->line.sum : 0 };
    OWNED_RECORD record = { 0 };
    FieldSources sources = { .institution = office->institution,
                             .words = shelf_words(shelf),
                             .record = &record,
                             .service = service,
                             .answers = &mine->answers,
                             .request = &request,
                             .issued_s = office_now_s(office) };
    const char *ignored;
    DocumentFacts facts;

    if (!record_read(office, mine->student, paper->fields.parts, &record, err))
        return false;
    language = template_language(paper->template, language);
    json_t *values = fields_make(&sources, paper->template, &paper->fields, language, &ignored, err);
    const DocumentInput input = { .template = paper->template,
                                  .language = language,
                                  .values = values,
                                  .number = request.number,
                                  .check_address = "",
                                  .logo = office_logo(office),
                                  .created_s = request.asked_at_s };
    bool done = values && document_to_pdf(&input, ret_pdf, &facts, err);

    json_decref(values);
    return done;
}

/* With the papers that were given by now. */
static bool draw_now(Office *office, const Shelf *shelf, const Mine *mine, const Service *service, Language language,
                     Blob **ret_pdf, Error *err)
{
    PapersWanted *papers = mem_new(1, sizeof *papers);
    ApiProblem ignored;

    if (!papers)
        return error_set(err, ERR_MEMORY, "papers");
    bool done = papers_wanted(office, mine->request.id, &ignored, papers, err) &&
                draw(office, shelf, mine, service, papers, language, ret_pdf, err);
    papers_wanted_fini(papers);
    mem_free(papers);
    return done;
}

bool office_receipt(Office *office, const Session *session, const char *key, Language language, ApiProblem *ret_problem,
                    Blob **ret_pdf, Error *err)
{
    OWNED(Mine) mine = mine_new(session, key, err);
    OWNED(Shelf) shelf = shelf_take(office);
    OWNED(Bound) bound = NULL;
    const Service *service;

    *ret_problem = (ApiProblem){ 0 };
    if (!mine || !store_read(office->store, mine_read, mine, err))
        return error_add(err, "receipt");
    service = mine->found ? shelf_service(shelf, mine->request.service) : NULL;
    if (!service || !shelf_paper(shelf, RECEIPT)) {
        *ret_problem = (ApiProblem){ .kind = PROBLEM_NOT_FOUND };
        return true;
    }
    return (bound_then(service, buf_str(&mine->items), &bound, err) &&
            draw_now(office, shelf, mine, bound_service(bound), language, ret_pdf, err)) ||
           error_add(err, "receipt");
}
