#include "registrar/demo_documents.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "registrar/office/requests.h"
#include "registrar/settings.h"
#include "registrar/store/students.h"

#define KIOSK       "D-1"
#define PLACE       "1-bino, 1-qavat"
#define SERVICE     "certificate-of-study"
#define SILENT_EACH 40
#define VISIT_S     60

typedef struct Giving {
    const DemoDocuments *documents;
    Office *office;
    Store *store;
    Random random;
    Clock clock;
    size_t given;
} Giving;

static bool add_kiosk(const Giving *giving, Error *err)
{
    char folder[PATH_MAX], address[256];

    snprintf(address, sizeof address, "https://%.*s:8444", (int)strcspn(giving->documents->host, ":"),
             giving->documents->host);
    return path_join(folder, sizeof folder, giving->documents->folder, "kiosk", err) &&
           kiosk_add(giving->office, KIOSK, PLACE, address, folder, err);
}

static bool report(const Giving *giving, const ApiPrintJob *job, ApiPrintState state, Error *err)
{
    const Kiosk kiosk = { .id = KIOSK, .place = PLACE };
    const ApiPrintReport report = { .epoch = job->epoch,
                                    .state = state,
                                    .sheets = state == PRINT_PRINTED ? job->sheets : -1 };
    ApiProblem problem;
    ApiPrintJob now;

    return office_print_report(giving->office, &kiosk, job->id, &report, &problem, &now, err);
}

static bool print(const Giving *giving, const Session *session, const ApiIssued *issued, Error *err)
{
    ApiProblem problem;
    Blob *page = NULL;

    if (!office_page(giving->office, session, issued->copy, issued->job.epoch, &problem, &page, err))
        return false;
    blob_drop(page);
    if (problem.kind != PROBLEM_NONE)
        return error_set(err, ERR_INTERNAL, "page: %s", api_problem_slug(problem.kind));
    return report(giving, &issued->job, PRINT_SENT, err) &&
           (giving->given % SILENT_EACH == SILENT_EACH - 1 || report(giving, &issued->job, PRINT_PRINTED, err));
}

static bool give(Giving *giving, const Session *session, Error *err)
{
    ApiRequest request = { .service = SERVICE, .language = LANGUAGE_FIRST };
    uint8_t random[16];
    char key[37];
    ApiProblem problem;
    ApiIssued issued;
    bool made;

    if (!random_fill(&giving->random, random, sizeof random, err))
        return false;
    uuid_from_random(random, key);
    if (!answers_set(&request.answers, "receiver", STR("any")))
        return error_set(err, ERR_INTERNAL, "answers");
    if (!office_request(giving->office, session, key, &request, &problem, &made, &issued, err))
        return false;
    if (problem.kind != PROBLEM_NONE)
        return true; /* not for this student now */
    if (!print(giving, session, &issued, err))
        return false;
    giving->given++;
    return true;
}

/* The session of whoever stands at the kiosk; its bearer is nobody's. */
static bool read_number(StoreTransaction *transaction, void *arg, Error *err)
{
    Session *session = arg;
    OWNED_BUF pinfl;

    buf_init(&pinfl, 1024);
    return students_pinfl(transaction, session->student, session->number, &pinfl, err);
}

static bool give_all(Giving *giving, Error *err)
{
    const DemoDocuments *documents = giving->documents;

    if (!add_kiosk(giving, err))
        return false;
    for (size_t id = 1; id <= documents->students && giving->given < documents->wanted; id++) {
        int64_t now_s = clock_wall_s(&giving->clock);
        Session session = { .student = (int64_t)id, .kiosk = KIOSK, .began_at_s = now_s, .ends_at_s = now_s + VISIT_S };

        if (!store_read(giving->store, read_number, &session, err) || !give(giving, &session, err))
            return error_add(err, "student %zu", id);
    }
    return true;
}

bool demo_documents_give(const DemoDocuments *documents, size_t *ret_given, Error *err)
{
    Giving giving = { .documents = documents, .random = random_system(), .clock = clock_system() };
    Registrar registrar = { 0 };

    *ret_given = 0;
    if (!registrar_open(documents->folder, NULL, &registrar, err))
        return false;
    giving.office = registrar.office;
    giving.store = registrar.store;
    bool done = give_all(&giving, err);
    *ret_given = giving.given;
    registrar_close(&registrar);
    return done || error_add(err, "documents");
}
