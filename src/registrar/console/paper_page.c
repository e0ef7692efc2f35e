/* /office/requests/ID/papers/FIELD/pages/N: one photograph, as it is kept. */
#include "registrar/console/applications.h"
#include "registrar/console/pages.h"
#include "registrar/office/photos.h"

bool page_paper(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char id[ID_SIZE], number[REQUEST_NUMBER_SIZE], field[SERVICE_ID_MOST];
    ApiProblem problem = { .kind = PROBLEM_NOT_FOUND };
    uint64_t n;
    bool seen;
    OWNED_DESK desk;
    Access access = desk_open(request, RIGHT_REQUESTS, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!str_copy(request->parameters[0], id, sizeof id) || !str_copy(request->parameters[1], field, sizeof field) ||
        !str_to_u64(request->parameters[2], 1, PAPERS_PAGES_MOST, &n))
        return application_not_found(&desk, answer, err);
    if (!application_is_seen(&desk, id, number, &seen, err) ||
        (seen && !papers_view(office_of(request), desk.clerk, id, field, (int)n, &problem, &answer->blob, err)))
        return false;
    if (problem.kind != PROBLEM_NONE)
        return application_not_found(&desk, answer, err);
    answer->content_type = "image/jpeg";
    return true;
}
