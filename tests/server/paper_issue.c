/* A certificate as the office issues it, without a kiosk in between: for scripts that want a real paper.
 *
 *   paper_issue FOLDER FINGERPRINT NUMBER PASSWORD LANGUAGE FILE.pdf
 *
 * FOLDER is a registrar's, FINGERPRINT that of a kiosk's certificate in it. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "registrar/office/requests.h"
#include "registrar/settings.h"

typedef struct Visit {
    Office *office;
    Kiosk kiosk;
    Session session;
} Visit;

static bool visit_begin(Visit *visit, const char *fingerprint, const char *number, const char *password, Error *err)
{
    ApiSignIn form = { .number = "" };
    KioskStanding standing;
    SignInOutcome outcome;
    ApiSession session;
    int retry_after_s;
    bool found = false;

    if (!str_copy(str_from(number), form.number, sizeof form.number) ||
        !str_copy(str_from(password), form.password, sizeof form.password))
        return error_set(err, ERR_ARGUMENT, "too long");
    if (!kiosk_by_certificate(visit->office, fingerprint, &standing, &visit->kiosk, err))
        return false;
    if (standing != KIOSK_KNOWN)
        return error_set(err, ERR_NOT_FOUND, "no such kiosk");
    if (!sign_in(visit->office, &visit->kiosk, "ip:127.0.0.1", &form, &outcome, &session, &retry_after_s, err))
        return false;
    if (outcome != SIGN_IN_DONE)
        return error_set(err, ERR_DENIED, "the sign-in was refused");
    return session_find(visit->office, &visit->kiosk, session.token, &found, &visit->session, err) &&
           (found || error_set(err, ERR_INTERNAL, "no session"));
}

static bool visit_issue(Visit *visit, Language language, Blob **ret_pdf, Error *err)
{
    const Random random = random_system();
    ApiRequest request = { .service = "certificate-of-study", .language = language };
    ApiProblem problem;
    ApiIssued issued;
    uint8_t bytes[16];
    char key[API_ID_SIZE];
    bool made;

    if (!random_fill(&random, bytes, sizeof bytes, err) || !answers_set(&request.answers, "receiver", STR("any")))
        return false;
    uuid_from_random(bytes, key);
    if (!office_request(visit->office, &visit->session, key, &request, &problem, &made, &issued, err))
        return false;
    if (problem.kind == PROBLEM_NONE &&
        !office_page(visit->office, &visit->session, issued.job.copy, issued.job.epoch, &problem, ret_pdf, err))
        return false;
    return problem.kind == PROBLEM_NONE || error_set(err, ERR_DENIED, "refused: %s", api_problem_slug(problem.kind));
}

int main(int argc, char **argv)
{
    Registrar registrar = { 0 };
    Visit visit = { 0 };
    OWNED(Blob) pdf = NULL;
    Language language;
    Error err = { 0 };
    bool done;

    if (argc != 7 || !language_parse(str_from(argv[5]), &language)) {
        fputs("usage: paper_issue FOLDER FINGERPRINT NUMBER PASSWORD LANGUAGE FILE.pdf\n", stderr);
        return 2;
    }
    done = registrar_open(argv[1], NULL, &registrar, &err);
    visit.office = registrar.office;
    done = done && visit_begin(&visit, argv[2], argv[3], argv[4], &err) && visit_issue(&visit, language, &pdf, &err) &&
           file_write(argv[6], 0600, blob_str(pdf), &err);
    if (!done)
        fprintf(stderr, "paper_issue: %s\n", err.text);
    registrar_close(&registrar);
    return done ? 0 : 1;
}
