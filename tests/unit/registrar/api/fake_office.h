/* For tests of api: an office without a database, which answers what the test has put into `office` and counts. */
#ifndef TESTS_API_FAKE_OFFICE_H
#define TESTS_API_FAKE_OFFICE_H

#include <string.h>

#include "base/memory.h"
#include "registrar/api/routes.h"
#include "registrar/office/checks.h"
#include "registrar/office/drafts.h"
#include "registrar/office/requests.h"

#define KNOWN_KIOSK   "aa00000000000000000000000000000000000000000000000000000000000000"
#define REVOKED_KIOSK "bb00000000000000000000000000000000000000000000000000000000000000"
#define OTHER_KIOSK   "cc00000000000000000000000000000000000000000000000000000000000000"
#define BEARER        "good-bearer"
#define UUID          "11111111-2222-4333-8444-555555555555"

struct Office {
    OfficeConfig config;
    Catalogue *catalogue;
    bool broken; /* every function fails */
    SignInOutcome outcome;
    ApiProblemKind problem;
    bool made;
    Check check;
    bool allowed;
    unsigned limit_asked, checked, ended, dropped;
    char draft_service[SERVICE_ID_MOST];
    ApiDraft draft;
    char checked_code[16];
    CosePublicKey key;
};

static struct Office office;

static int64_t fake_wall(void *ctx)
{
    (void)ctx;
    return INT64_C(1795503963000); /* 2026-11-24 07:06:03 UTC */
}

static int64_t fake_monotonic(void *ctx)
{
    (void)ctx;
    return 5050;
}

static void fake_office_reset(void)
{
    catalogue_drop(office.catalogue);
    office = (struct Office){ .allowed = true };
    office.config.host = "localhost:8443";
    office.config.institution_file = SOURCE_DIR "/assets/demo/institution.json";
    office.config.utc_offset_minutes = 300;
    office.config.clock = (Clock){ fake_wall, fake_monotonic, NULL };
    office.key = (CosePublicKey){ .kid = 7, .use = COSE_SEAL };
    memset(office.key.bytes, 0x11, sizeof office.key.bytes);
}

static bool fake_result(Error *err)
{
    return !office.broken || error_set(err, ERR_STORE, "the fake office is broken");
}

Catalogue *office_catalogue(Office *o)
{
    return o->catalogue;
}

const OfficeConfig *office_config(const Office *o)
{
    return &o->config;
}

bool kiosk_by_certificate(Office *o, const char *fingerprint, KioskStanding *ret_standing, Kiosk *ret, Error *err)
{
    (void)o;
    *ret_standing = strcmp(fingerprint, KNOWN_KIOSK) == 0 || strcmp(fingerprint, OTHER_KIOSK) == 0 ? KIOSK_KNOWN
                    : strcmp(fingerprint, REVOKED_KIOSK) == 0                                      ? KIOSK_REVOKED
                                                                                                   : KIOSK_UNKNOWN;
    *ret = (Kiosk){ .id = "kiosk" };
    if (strcmp(fingerprint, OTHER_KIOSK) == 0)
        *ret = (Kiosk){ .id = "other" };
    return fake_result(err);
}

bool kiosk_heartbeat(Office *o, const Kiosk *kiosk, const ApiHeartbeat *heartbeat, ApiHeartbeatAnswer *ret, Error *err)
{
    (void)o, (void)kiosk, (void)heartbeat;
    *ret = (ApiHeartbeatAnswer){ .now_s = 1795503963, .catalogue = "c1", .settings = "s1", .place = "1-bino" };
    return fake_result(err);
}

bool sign_in(Office *o, const Kiosk *kiosk, const char *source, const ApiSignIn *given, SignInOutcome *ret_outcome,
             ApiSession *ret, int *ret_retry_after_s, Error *err)
{
    (void)o, (void)kiosk, (void)source, (void)given;
    *ret_outcome = office.outcome;
    *ret_retry_after_s = office.outcome == SIGN_IN_LIMITED ? 42 : 0;
    *ret = (ApiSession){ .token = BEARER, .given_name = "Dilnoza", .full_name = "Karimova Dilnoza", .number = "401" };
    return fake_result(err);
}

bool session_find(Office *o, const Kiosk *kiosk, const char *bearer, bool *ret_found, Session *ret, Error *err)
{
    (void)o;
    *ret_found = strcmp(bearer, BEARER) == 0 && strcmp(kiosk->id, "kiosk") == 0;
    *ret = (Session){ .student = 1 };
    return fake_result(err);
}

bool session_end(Office *o, const Kiosk *kiosk, const char *bearer, Error *err)
{
    (void)kiosk, (void)bearer;
    o->ended++;
    return fake_result(err);
}

bool office_home(Office *o, const Session *session, ApiHome *ret, Error *err)
{
    (void)o, (void)session;
    *ret = (ApiHome){ 0 };
    return fake_result(err);
}

bool office_draft_keep(Office *o, const Session *session, const char *service, const ApiDraft *draft,
                       ApiProblem *ret_problem, Error *err)
{
    (void)session;
    str_copy_cut(str_from(service), o->draft_service, sizeof o->draft_service);
    o->draft = *draft;
    *ret_problem = (ApiProblem){ .kind = o->problem, .field = "receiver", .fault = FORM_NOT_OFFERED };
    return fake_result(err);
}

bool office_draft_get(Office *o, const Session *session, const char *service, ApiProblem *ret_problem, ApiDraft *ret,
                      Error *err)
{
    (void)session;
    str_copy_cut(str_from(service), o->draft_service, sizeof o->draft_service);
    *ret_problem = (ApiProblem){ .kind = o->problem };
    *ret = o->draft;
    return fake_result(err);
}

bool office_draft_drop(Office *o, const Session *session, const char *service, Error *err)
{
    (void)session;
    str_copy_cut(str_from(service), o->draft_service, sizeof o->draft_service);
    o->dropped++;
    return fake_result(err);
}

bool office_preview(Office *o, const Session *session, const ApiPreview *preview, ApiProblem *ret_problem,
                    Blob **ret_png, int *ret_pages, Error *err)
{
    (void)session, (void)preview;
    *ret_problem = (ApiProblem){ .kind = o->problem, .field = "receiver", .fault = FORM_MISSING };
    if (o->problem == PROBLEM_NONE && !o->broken) {
        *ret_png = blob_new("PNG", 3);
        *ret_pages = 2;
    }
    return fake_result(err);
}

bool office_request(Office *o, const Session *session, const char *key, const ApiRequest *request,
                    ApiProblem *ret_problem, bool *ret_made, ApiIssued *ret, Error *err)
{
    (void)session, (void)key, (void)request;
    *ret_problem = (ApiProblem){ .kind = o->problem };
    *ret_made = o->made;
    *ret = (ApiIssued){ .document = UUID,
                        .number = "M-2026/000001",
                        .code = "7K3M-9QXD-2HVT",
                        .pages = 1,
                        .job = { .id = UUID, .copy = UUID, .epoch = 3, .state = PRINT_ASSIGNED, .sheets = 1 } };
    return fake_result(err);
}

bool office_page(Office *o, const Session *session, const char *copy, uint32_t epoch, ApiProblem *ret_problem,
                 Blob **ret_pdf, Error *err)
{
    (void)session, (void)copy, (void)epoch;
    *ret_problem = (ApiProblem){ .kind = o->problem };
    if (o->problem == PROBLEM_NONE && !o->broken)
        *ret_pdf = blob_new("%PDF", 4);
    return fake_result(err);
}

bool office_print_report(Office *o, const Kiosk *kiosk, const char *job, const ApiPrintReport *report,
                         ApiProblem *ret_problem, ApiPrintJob *ret, Error *err)
{
    (void)kiosk, (void)job;
    *ret_problem = (ApiProblem){ .kind = o->problem };
    *ret = (ApiPrintJob){ .id = UUID, .copy = UUID, .epoch = report->epoch, .state = report->state, .sheets = 1 };
    return fake_result(err);
}

bool office_check(Office *o, const char *code, Check *ret, Error *err)
{
    o->checked++;
    str_copy_cut(str_from(code), o->checked_code, sizeof o->checked_code);
    *ret = code && strcmp(code, "7K3M9QXD2HVT") == 0 ? o->check : (Check){ 0 };
    return fake_result(err);
}

size_t office_public_keys(const Office *o, CosePublicKey *keys, size_t room)
{
    if (room > 0)
        keys[0] = o->key;
    return 1;
}

bool office_status_list(Office *o, uint32_t list, bool *ret_found, int64_t *ret_version, Buf *body, Error *err)
{
    (void)o;
    *ret_found = list == 3;
    *ret_version = 1795500007;
    if (*ret_found)
        buf_add_text(body, "signed");
    return fake_result(err);
}

bool office_limit(Office *o, const char *what, const char *source, bool *ret_allowed, int *ret_retry_after_s,
                  Error *err)
{
    (void)what, (void)source;
    o->limit_asked++;
    *ret_allowed = o->allowed;
    *ret_retry_after_s = o->allowed ? 0 : 37;
    return fake_result(err);
}

#endif
