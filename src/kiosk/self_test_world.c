/* What a kiosk leans on outside of itself: the printer, the registrar, who it is, what time it is. */
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/devices/backend_calls.h"
#include "kiosk/devices/printing_verdict.h"
#include "kiosk/self_test_parts.h"
#include "net/http.h"
#include "print/printer.h"

#define PRINTER_MS   5000
#define REGISTRAR_MS 5000
#define CLOCK_MOST_S 60 /* between this clock and the registrar's: seals and time limits are told by both */
#define DAY_S        86400
#define SOON_DAYS    14 /* a certificate that ends sooner is renewed now or never */

typedef BIO Bio;
OWNED_BY(Bio, BIO_free_all)
OWNED_BY(X509, X509_free)
OWNED_BY(EVP_PKEY, EVP_PKEY_free)

/* --- printer ------------------------------------------------------------------------------------------------------ */

/* The journal is written beside itself: its folder must take files. */
bool self_test_journal(SelfTest *test, Check *check)
{
    const char *file = settings_text(test->settings, "printer.journal"), *slash = strrchr(file, '/');
    char folder[1024];

    str_copy_cut(slash ? (Str){ file, (size_t)(slash - file) } : STR("."), folder, sizeof folder);
    if (access(*folder ? folder : "/", W_OK | X_OK) != 0 || (access(file, F_OK) == 0 && access(file, R_OK | W_OK) != 0))
        return error_set_errno(&check->err, "%s", file);
    (void)snprintf(check->detail, sizeof check->detail, "%.180s", file);
    return true;
}

bool self_test_printer(SelfTest *test, Check *check)
{
    const char *uri = settings_text(test->settings, "printer.uri");
    OWNED(Printer) printer = printer_open(uri, &check->err);
    PrinterInfo info;

    if (!printer || !printer_ask(printer, PRINTER_MS, &info, &check->err))
        return error_add(&check->err, "%s", uri);
    PrinterCondition condition = printing_condition_of(&info);
    check_text(check, "condition", printer_condition_name(condition));
    check_text(check, "uuid", info.uuid);
    check_bool(check, "create_job", info.proof);
    if (info.state != PRINTER_GONE && !info.takes_pdf)
        return error_set(&check->err, ERR_UNSUPPORTED, "%.100s takes no PDF", uri);
    if (condition != PRINTER_READY)
        return error_set(&check->err, ERR_OFFLINE, "%.100s: %s", uri, printer_condition_name(condition));
    (void)snprintf(check->detail, sizeof check->detail, "%.100s is ready%s%s", uri,
                   info.proof ? ", with Create-Job" : "; without Create-Job a crash can't be told from a print",
                   info.reasons & (PRINTER_REASON_PAPER_LOW | PRINTER_REASON_TONER_LOW) ? "; paper or toner is low"
                                                                                        : "");
    return true;
}

/* --- who this kiosk is -------------------------------------------------------------------------------------------- */

static X509 *read_certificate(const char *path)
{
    OWNED(Bio) file = BIO_new_file(path, "rb");

    return file ? PEM_read_bio_X509(file, NULL, NULL, NULL) : NULL;
}

static bool fits_key(X509 *certificate, const char *path)
{
    OWNED(Bio) file = BIO_new_file(path, "rb");
    OWNED(EVP_PKEY) key = file ? PEM_read_bio_PrivateKey(file, NULL, NULL, NULL) : NULL;

    return key && X509_check_private_key(certificate, key) == 1;
}

bool self_test_certificate(SelfTest *test, Check *check)
{
    const char *path = settings_text(test->settings, "registrar.certificate");
    OWNED(X509) certificate = read_certificate(path);
    OWNED(X509) authority = read_certificate(settings_text(test->settings, "registrar.ca"));
    int days = 0, seconds = 0;

    if (!certificate || !authority)
        return error_set(&check->err, ERR_CRYPTO, "%s holds no certificate",
                         certificate ? settings_text(test->settings, "registrar.ca") : path);
    if (!fits_key(certificate, settings_text(test->settings, "registrar.key")))
        return error_set(&check->err, ERR_CRYPTO, "the key is not this certificate's");
    if (ASN1_TIME_diff(&days, &seconds, NULL, X509_get0_notAfter(certificate)) != 1)
        return error_set(&check->err, ERR_FORMAT, "a certificate without an end");
    check_number(check, "days_left", days);
    if (X509_cmp_current_time(X509_get0_notBefore(certificate)) > 0)
        return error_set(&check->err, ERR_CRYPTO, "not valid yet: is the clock right?");
    if (days < 0 || seconds < 0)
        return error_set(&check->err, ERR_CRYPTO, "expired %d days ago: enrol the kiosk anew", -days);
    (void)snprintf(check->detail, sizeof check->detail, "%d days left%s", days,
                   days < SOON_DAYS ? ": enrol the kiosk anew" : "");
    return true;
}

/* --- registrar ---------------------------------------------------------------------------------------------------- */

/* Asks by the kiosk's own interface; *ret_msg is what the kiosk's thread would have told, and the caller's.  ret_status
 * 0: there was no answer, and err says why. */
static bool ask(SelfTest *test, const Cmd *cmd, Msg *ret_msg, int *ret_status, Error *err)
{
    const Settings *settings = test->settings;
    HttpIdentity identity = { settings_text(settings, "registrar.ca"), settings_text(settings, "registrar.certificate"),
                              settings_text(settings, "registrar.key") };
    OWNED(HttpClient) client = http_client_new(&identity, err);
    BackendCall call;
    HttpAnswer answer;
    bool any = false, answered;

    *ret_status = 0;
    if (!client || !backend_call_init(&call, settings_text(settings, "registrar.address"), cmd, err))
        return false;
    call.http.deadline_ms = REGISTRAR_MS;
    answered = http_do(client, &call.http, &answer, err);
    if (answered) {
        *ret_status = answer.status;
        backend_answer(cmd, &answer, ret_msg, &any);
        http_answer_fini(&answer);
    }
    backend_call_fini(&call);
    return answered && (any || error_set(err, ERR_PROTOCOL, "an answer that says nothing"));
}

/* The registrar's no, in its own word. */
static bool refused(const Msg *msg, int status, Error *err)
{
    return error_set(err, msg->as.failed.code, "it answers %d %s", status,
                     api_problem_slug(msg->as.failed.problem.kind));
}

bool self_test_registrar(SelfTest *test, Check *check)
{
    Cmd cmd = { .kind = CMD_HEARTBEAT };
    const char *address = settings_text(test->settings, "registrar.address");
    Msg msg;
    int status;

    str_copy_cut(str_from(KIOSK_VERSION), cmd.as.heartbeat.version, sizeof cmd.as.heartbeat.version);
    str_copy_cut(STR("out-of-service"), cmd.as.heartbeat.screen, sizeof cmd.as.heartbeat.screen);
    str_copy_cut(STR("ready"), cmd.as.heartbeat.printer, sizeof cmd.as.heartbeat.printer);
    int64_t before_s = clock_wall_s(&test->clock);
    if (!ask(test, &cmd, &msg, &status, &check->err))
        return error_add(&check->err, "%.80s", address);
    if (msg.kind != MSG_HEARTBEAT) {
        (void)refused(&msg, status, &check->err);
        msg_fini(&msg);
        return error_add(&check->err, "%.80s", address);
    }
    test->answered = true;
    test->ahead_s = (before_s + clock_wall_s(&test->clock)) / 2 - msg.as.heartbeat.now_s;
    check_text(check, "place", msg.as.heartbeat.place);
    (void)snprintf(check->detail, sizeof check->detail, "%.100s admits this kiosk", address);
    msg_fini(&msg);
    return true;
}

bool self_test_clock(SelfTest *test, Check *check)
{
    if (clock_wall_s(&test->clock) < KIOSK_BUILT_S)
        return error_set(&check->err, ERR_RANGE, "it is before the day this program was built");
    if (!test->answered)
        return error_set(&check->err, ERR_OFFLINE, "nobody to compare it with: the registrar did not answer");
    check_number(check, "ahead_s", test->ahead_s);
    if (test->ahead_s > CLOCK_MOST_S || test->ahead_s < -CLOCK_MOST_S)
        return error_set(&check->err, ERR_RANGE, "%lld s %s the registrar's",
                         (long long)(test->ahead_s < 0 ? -test->ahead_s : test->ahead_s),
                         test->ahead_s < 0 ? "behind" : "ahead of");
    (void)snprintf(check->detail, sizeof check->detail, "within %d s of the registrar's", CLOCK_MOST_S);
    return true;
}

bool self_test_catalogue(SelfTest *test, Check *check)
{
    Cmd cmd = { .kind = CMD_CATALOGUE };
    Msg msg;
    int status;

    if (!test->answered)
        return error_set(&check->err, ERR_OFFLINE, "not asked for: the registrar did not answer");
    if (!ask(test, &cmd, &msg, &status, &check->err))
        return false;
    if (msg.kind != MSG_CATALOGUE) {
        (void)refused(&msg, status, &check->err);
        msg_fini(&msg);
        return false;
    }
    test->catalogue = catalogue_keep(msg.as.catalogue);
    msg_fini(&msg);
    check_text(check, "version", catalogue_version(test->catalogue));
    check_number(check, "services", (int64_t)catalogue_count(test->catalogue));
    if (catalogue_count(test->catalogue) == 0)
        return error_set(&check->err, ERR_NOT_FOUND, "it has no services");
    (void)snprintf(check->detail, sizeof check->detail, "%zu services", catalogue_count(test->catalogue));
    return true;
}
