/* For tests of api: an office without a database, which answers what the test has put into `office` and counts. */
#ifndef TESTS_API_FAKE_OFFICE_H
#define TESTS_API_FAKE_OFFICE_H

#include <string.h>

#include "base/memory.h"
#include "registrar/api/routes.h"
#include "registrar/office/blanks.h"
#include "registrar/office/handing.h"
#include "registrar/office/invoices.h"
#include "registrar/office/review.h"
#include "registrar/office/audit.h"
#include "registrar/office/checks.h"
#include "registrar/office/drafts.h"
#include "registrar/office/looks.h"
#include "registrar/office/notices.h"
#include "registrar/office/phone.h"
#include "registrar/office/requests.h"
#include "registrar/office/offers.h"
#include "registrar/office/theme.h"
#include "registrar/office/tokens.h"

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
    ApiPhoneLink link;
    char link_id[API_ID_SIZE], digits[3];
    unsigned withdrawn;
    Once once;
    PhoneView view;
    Token token;                    /* that the phone came with; "" for none */
    char device[PHONE_DEVICE_SIZE]; /* that it brought */
    bool opens;                     /* it is given a new device */
    ApiEvents events;               /* what the feed has */
    int64_t events_after;           /* what it was asked for */
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
    office.config.random = random_system();
    office.config.clock = (Clock){ fake_wall, fake_monotonic, NULL };
    office.key = (CosePublicKey){ .kid = 7, .use = COSE_SEAL };
    memset(office.key.bytes, 0x11, sizeof office.key.bytes);
}

static bool fake_result(Error *err)
{
    return !office.broken || error_set(err, ERR_STORE, "the fake office is broken");
}

Catalogue *office_catalogue(Office *o, Error *err)
{
    (void)err;
    return catalogue_keep(o->catalogue);
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

void feed_topic(const Feed *feed, const char *kiosk, char ret[FEED_TOPIC_SIZE])
{
    (void)feed;
    str_copy_cut(str_from(kiosk ? kiosk : "all"), ret, FEED_TOPIC_SIZE);
}

bool feed_after(Feed *feed, const char *kiosk, int64_t after, ApiEvents *ret, Error *err)
{
    (void)feed, (void)kiosk;
    office.events_after = after;
    *ret = office.events;
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

bool checks_note(Office *o, const char *code, Error *err)
{
    (void)o;
    (void)code;
    (void)err;
    return true;
}

bool looks_of(Office *o, const Session *session, ApiProblem *ret_problem, ApiLooks *ret, Error *err)
{
    (void)o;
    (void)session;
    (void)ret;
    (void)err;
    *ret_problem = (ApiProblem){ .kind = PROBLEM_INTERNAL };
    return true;
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

bool office_audit_head(Office *o, bool *ret_found, AuditHead *ret, Buf *token, Error *err)
{
    (void)o;
    *ret = (AuditHead){ "hujjat.namuna.uz", 4817, 2, 1795500000, { 0xAB } };
    *ret_found = true;
    buf_add_text(token, "signed");
    return fake_result(err);
}

bool office_audit_entry(Office *o, int64_t position, bool *ret_found, uint32_t *ret_era,
                        uint8_t ret_hash[AUDIT_HASH_SIZE], Error *err)
{
    (void)o;
    *ret_found = position == 17;
    *ret_era = 2;
    memset(ret_hash, 0xCD, AUDIT_HASH_SIZE);
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

bool notices_of_kiosk(Office *o, const Kiosk *kiosk, Buf *ret_json, char ret_version[API_VERSION_SIZE], Error *err)
{
    (void)o, (void)kiosk;
    buf_add_text(ret_json, "{\"notices\":[]}");
    str_copy_cut(STR("n1"), ret_version, API_VERSION_SIZE);
    return fake_result(err);
}

/* Programs' tokens and what they change: tests/server/run-offers asks a whole registrar. */
bool token_known(Office *o, const char *bearer, const char *purpose, bool *ret_known, TokenRow *ret, Error *err)
{
    (void)o, (void)bearer, (void)purpose, (void)ret;
    *ret_known = false;
    return fake_result(err);
}

/* --- what goes through people: nobody has anything here ----------------------------------------------------------- */

bool token_may(const TokenRow *token, const char *purpose)
{
    (void)token, (void)purpose;
    return false;
}

static bool fake_nothing(ApiProblem *ret_problem, Error *err)
{
    *ret_problem = (ApiProblem){ .kind = PROBLEM_NOT_FOUND };
    return fake_result(err);
}

bool review_queue(Office *o, const ReviewQuery *query, bool *ret_known, ReviewQueue *ret, Error *err)
{
    (void)o, (void)query;
    *ret = (ReviewQueue){ 0 };
    *ret_known = true;
    return fake_result(err);
}

void review_queue_fini(ReviewQueue *queue)
{
    (void)queue;
}

bool review_open(Office *o, const char *clerk, const char *id, bool with_record, ApiProblem *ret_problem, Review *ret,
                 Error *err)
{
    (void)o, (void)clerk, (void)id, (void)with_record, (void)ret;
    return fake_nothing(ret_problem, err);
}

void review_fini(Review *review)
{
    (void)review;
}

#define FAKE_DECISION(name)                                                                                            \
    bool name(Office *o, const Decision *decision, ApiProblem *ret_problem, Error *err)                                \
    {                                                                                                                  \
        (void)o, (void)decision;                                                                                       \
        return fake_nothing(ret_problem, err);                                                                         \
    }
FAKE_DECISION(review_claim)
FAKE_DECISION(review_approve)
FAKE_DECISION(review_return)
FAKE_DECISION(review_decline)

bool review_withdraw(Office *o, const Session *session, const char *key, ApiProblem *ret_problem, Error *err)
{
    (void)o, (void)session, (void)key;
    return fake_nothing(ret_problem, err);
}

bool window_page(Office *o, const char *clerk, const char *request, ApiProblem *ret_problem, Blob **ret_pdf,
                 ApiPrintJob *ret_job, Error *err)
{
    (void)o, (void)clerk, (void)request, (void)ret_pdf, (void)ret_job;
    return fake_nothing(ret_problem, err);
}

bool window_told(Office *o, const char *clerk, const char *request, uint32_t epoch, ApiPrintState state,
                 ApiProblem *ret_problem, ApiPrintJob *ret, Error *err)
{
    (void)o, (void)clerk, (void)request, (void)epoch, (void)state, (void)ret;
    return fake_nothing(ret_problem, err);
}

bool window_again(Office *o, const char *clerk, const char *request, ApiProblem *ret_problem, Error *err)
{
    (void)o, (void)clerk, (void)request;
    return fake_nothing(ret_problem, err);
}

bool window_hand_out(Office *o, const char *clerk, const HandOut *hand_out, ApiProblem *ret_problem, Error *err)
{
    (void)o, (void)clerk, (void)hand_out;
    return fake_nothing(ret_problem, err);
}

bool invoice_look(Office *o, const char *clerk, const char *number, ApiProblem *ret_problem, InvoiceStanding *ret,
                  Error *err)
{
    (void)o, (void)clerk, (void)number, (void)ret;
    return fake_nothing(ret_problem, err);
}

bool invoice_list(Office *o, const char *after, InvoiceRow rows[INVOICES_MOST], size_t *ret_count, Error *err)
{
    (void)o, (void)after, (void)rows;
    *ret_count = 0;
    return fake_result(err);
}

bool invoice_pay(Office *o, const char *clerk, const char *number, const char *reference, ApiProblem *ret_problem,
                 InvoiceRow *ret, char ret_lacks[SERVICE_ID_MOST], Error *err)
{
    (void)o, (void)clerk, (void)number, (void)reference, (void)ret, (void)ret_lacks;
    return fake_nothing(ret_problem, err);
}

bool blank_receive(Office *o, const char *clerk, const BlankReceipt *receipt, const Once *once, ApiProblem *ret_problem,
                   Error *err)
{
    (void)o, (void)clerk, (void)receipt, (void)once;
    return fake_nothing(ret_problem, err);
}

bool blank_list(Office *o, const char *state, const char *after, bool *ret_known, BlankRow rows[BLANKS_MOST],
                size_t *ret_count, Error *err)
{
    (void)o, (void)state, (void)after, (void)rows;
    *ret_known = true;
    *ret_count = 0;
    return fake_result(err);
}

bool blank_look(Office *o, const char *id, bool *ret_found, BlankRow *ret, Error *err)
{
    (void)o, (void)id, (void)ret;
    *ret_found = false;
    return fake_result(err);
}

bool blank_issue(Office *o, const char *clerk, const char *id, uint32_t epoch, const char *holder,
                 ApiProblem *ret_problem, Error *err)
{
    (void)o, (void)clerk, (void)id, (void)epoch, (void)holder;
    return fake_nothing(ret_problem, err);
}

bool blank_spoil(Office *o, const char *clerk, const char *id, uint32_t epoch, const char *words,
                 ApiProblem *ret_problem, bool *ret_confirmed, Error *err)
{
    (void)o, (void)clerk, (void)id, (void)epoch, (void)words, (void)ret_confirmed;
    return fake_nothing(ret_problem, err);
}

Shelf *office_shelf(Office *o, Error *err)
{
    (void)o;
    error_set(err, ERR_UNSUPPORTED, "no shelf here");
    return NULL;
}

bool offer_change(Office *o, const OfferWish *wish, OfferOutcome *ret_outcome, char ret_version[SHELF_HASH_SIZE],
                  ShelfFaults *ret_faults, Error *err)
{
    (void)o, (void)wish, (void)ret_outcome, (void)ret_version, (void)ret_faults;
    return error_set(err, ERR_UNSUPPORTED, "no shelf here");
}

bool theme_version(Office *o, char ret[API_VERSION_SIZE], Error *err)
{
    (void)o;
    str_copy_cut(STR("t1"), ret, API_VERSION_SIZE);
    return fake_result(err);
}

bool theme_get(Office *o, ApiTheme *ret, Error *err)
{
    (void)o;
    *ret = (ApiTheme){ .version = "t1", .brand = 0x7a1f2b };
    return fake_result(err);
}

static bool fake_link(Office *o, const char *id, ApiProblem *ret_problem, ApiPhoneLink *ret, Error *err)
{
    str_copy_cut(str_from(id), o->link_id, sizeof o->link_id);
    *ret_problem = (ApiProblem){ .kind = o->problem };
    *ret = o->link;
    return fake_result(err);
}

bool phone_link_make(Office *o, const Session *session, const char *copy, const Once *once, ApiProblem *ret_problem,
                     ApiPhoneLink *ret, Error *err)
{
    (void)session;
    o->once = *once;
    return fake_link(o, copy, ret_problem, ret, err);
}

bool phone_link_look(Office *o, const Session *session, const char *link, ApiProblem *ret_problem, ApiPhoneLink *ret,
                     Error *err)
{
    (void)session;
    return fake_link(o, link, ret_problem, ret, err);
}

bool phone_link_digits(Office *o, const Session *session, const char *link, const char *digits, ApiProblem *ret_problem,
                       ApiPhoneLink *ret, Error *err)
{
    (void)session;
    str_copy_cut(str_from(digits), o->digits, sizeof o->digits);
    return fake_link(o, link, ret_problem, ret, err);
}

bool phone_link_withdraw(Office *o, const Session *session, const char *link, ApiProblem *ret_problem,
                         ApiPhoneLink *ret, Error *err)
{
    (void)session;
    o->withdrawn++;
    return fake_link(o, link, ret_problem, ret, err);
}

static bool fake_door(Office *o, const Token *token, const char *device, PhoneView *ret, Error *err)
{
    o->token = token ? *token : (Token){ 0 };
    str_copy_cut(str_from(device), o->device, sizeof o->device);
    *ret = token ? o->view : (PhoneView){ 0 };
    return fake_result(err);
}

bool phone_door_look(Office *o, const Token *token, const char *device, PhoneView *ret, Error *err)
{
    return fake_door(o, token, device, ret, err);
}

bool phone_door_open(Office *o, const Token *token, const char *device, PhoneView *ret,
                     char ret_device[PHONE_DEVICE_SIZE], Error *err)
{
    str_copy_cut(str_from(o->opens ? "new-device" : ""), ret_device, PHONE_DEVICE_SIZE);
    return fake_door(o, token, device, ret, err);
}

bool phone_door_take(Office *o, const Token *token, const char *device, PhoneView *ret, Blob **ret_pdf, Error *err)
{
    if (!fake_door(o, token, device, ret, err))
        return false;
    if (ret->door == DOOR_OPEN)
        *ret_pdf = blob_new("%PDF", 4);
    return true;
}

#endif
