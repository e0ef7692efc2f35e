/* registrar seal verify: for a person at a desk with a PDF in doubt.  Each line says one thing; what was not checked is
 * not said. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/file.h"
#include "base/memory.h"
#include "registrar/commands.h"
#include "registrar/office/checks.h"
#include "registrar/seal_check.h"
#include "registrar/seal_trust.h"
#include "registrar/settings.h"
#include "wire/status_list.h"

enum { EXIT_GENUINE = 0, EXIT_NOT = 1, EXIT_UNCHECKED = 2 };

#define DATA_USUAL "/var/lib/registrar"

static const char usage[] =
    "usage: registrar seal verify FILE.pdf [--data FOLDER] [--issuer HOST] [--keys FILE] [--status FILE]...\n"
    "\n"
    "Says whether the text of a PDF is what its issuer sealed.\n"
    "  --data FOLDER   the registrar's own folder: its keys are believed and its register is asked about the file;\n"
    "                  " DATA_USUAL " where it is there and no keys are given\n"
    "  --keys FILE     public keys as the issuer publishes them at https://HOST/keys\n"
    "  --issuer HOST   whose links are believed; needed when the keys do not name it\n"
    "  --status FILE   the status list that the seal names, as the issuer publishes it at https://HOST/status/N: says\n"
    "                  without asking whether the paper was revoked; of several the newest counts\n"
    "Exit code: 0 genuine, 1 not genuine or no longer valid, 2 could not be checked.\n";

#define LISTS_MOST 16

typedef struct Arguments {
    const char *file, *data, *issuer, *keys;
    const char *lists[LISTS_MOST];
    size_t list_count;
} Arguments;

static bool arguments_read(int argc, char **argv, Arguments *ret)
{
    const struct {
        const char *name;
        const char **value;
    } options[] = { { "--data", &ret->data }, { "--issuer", &ret->issuer }, { "--keys", &ret->keys } };

    if (argc < 3 || strcmp(argv[1], "verify") != 0)
        return false;
    for (int i = 2; i < argc; i++) {
        const char **value = argv[i][0] == '-' ? NULL : &ret->file;

        if (strcmp(argv[i], "--status") == 0 && i + 1 < argc && ret->list_count < COUNT(ret->lists)) {
            value = &ret->lists[ret->list_count++];
            i++;
        }
        for (size_t k = 0; k < COUNT(options) && !value; k++)
            if (strcmp(argv[i], options[k].name) == 0 && i + 1 < argc) {
                value = options[k].value;
                i++;
            }
        if (!value || *value)
            return false;
        *value = argv[i];
    }
    return ret->file != NULL;
}

/* The register's own keys and host, unless others were given. */
static bool trust_register(const Registrar *registrar, SealTrust *trust, Error *err)
{
    const char *host = office_config(registrar->office)->host;

    if (trust->key_count == 0)
        trust->key_count = office_public_keys(registrar->office, trust->keys, COUNT(trust->keys));
    return trust->issuer[0] != '\0' || str_copy(str_from(host), trust->issuer, sizeof trust->issuer) ||
           error_set(err, ERR_RANGE, "host is too long");
}

static bool trust_find(const Arguments *arguments, const Registrar *registrar, SealTrust *ret, Error *err)
{
    if (arguments->keys && !seal_trust_read(arguments->keys, ret, err))
        return false;
    if (arguments->issuer && !str_copy(str_from(arguments->issuer), ret->issuer, sizeof ret->issuer))
        return error_set(err, ERR_ARGUMENT, "issuer is too long");
    if (registrar->office && !trust_register(registrar, ret, err))
        return false;
    if (ret->key_count == 0)
        return error_set(err, ERR_ARGUMENT, "whose keys? give --data or --keys");
    if (ret->issuer[0] == '\0')
        return error_set(err, ERR_ARGUMENT, "the keys name no issuer: give --issuer");
    return true;
}

static void print_claims(const SealClaims *claims)
{
    char code[15];
    OWNED_BUF issued;

    code_grouped(&claims->code, code);
    buf_init(&issued, 64);
    instant_write(&issued, claims->issued_at_s * 1000);
    printf("what the issuer sealed; compare these with the paper:\n");
    printf("  number     %s\n  holder     %s\n  kind       %s\n  issued     %.10s\n", claims->number, claims->holder,
           claims->kind, buf_text(&issued));
    for (size_t i = 0; i < claims->field_count; i++)
        printf("  %-10s %s\n", seal_field_name(claims->fields[i].field), claims->fields[i].value);
    printf("  code       %s\n  issuer     %s\n", code, claims->issuer);
}

/* What the register says beyond the seal: of the copy, and of this very file. */
static bool print_register(Office *office, const SealCheck *check, int *verdict, Error *err)
{
    static const char *const words[] = {
        [CHECK_UNKNOWN] = "it has never issued this code",
        [CHECK_VALID] = "valid",
        [CHECK_SUSPENDED] = "suspended",
        [CHECK_REVOKED] = "revoked",
        [CHECK_REPLACED] = "replaced by another copy",
        [CHECK_EXPIRED] = "expired",
    };
    bool confirmed = false;
    Check copy;

    if (!office_check(office, check->code.text, &copy, err) ||
        !office_check_file(office, &check->code, check->file_sha256, &confirmed, err))
        return false;
    printf("the register says: %s\n", words[copy.state]);
    if (confirmed)
        printf("the file is as issued: the register holds the same bytes\n");
    else
        printf("the file is not the one that was issued: its look may differ\n");
    if (copy.state != CHECK_VALID)
        *verdict = EXIT_NOT;
    return true;
}

/* --- what the issuer's list says, without asking the issuer ---------------------------------------------------- */

static const CosePublicKey *list_key(const SealTrust *trust, Str token)
{
    uint8_t kid;

    if (!cose_kid(token, COSE_STATUS_LIST, &kid, NULL))
        return NULL;
    for (size_t i = 0; i < trust->key_count; i++)
        if (trust->keys[i].kid == kid && trust->keys[i].use == COSE_STATUS_LIST)
            return &trust->keys[i];
    return NULL;
}

/* False: not a list of this issuer's. */
static bool list_read(const char *path, const SealTrust *trust, StatusList *ret, Error *err)
{
    const CosePublicKey *key;
    OWNED_BUF token;

    buf_init(&token, STATUS_TOKEN_MOST);
    if (!file_read(path, &token, err))
        return error_add(err, "status list");
    key = list_key(trust, buf_str(&token));
    if (!key)
        return error_set(err, ERR_FORMAT, "%.80s is no status list under a key of the issuer's", path);
    if (!status_list_read(key, buf_str(&token), ret, err))
        return error_add(err, "%.60s", path);
    return strcmp(ret->issuer, trust->issuer) == 0 ||
           error_set(err, ERR_FORMAT, "%.80s is a list of %.63s", path, ret->issuer);
}

/* The newest of those that are given for the seal's own list number; *ret_found false: none is. */
static bool list_find(const Arguments *arguments, const SealTrust *trust, uint32_t number, StatusList *list,
                      bool *ret_found, Error *err)
{
    StatusList *one = mem_new(1, sizeof *one);
    bool done = one || error_set(err, ERR_MEMORY, "status list");

    *ret_found = false;
    for (size_t i = 0; i < arguments->list_count && done; i++) {
        done = list_read(arguments->lists[i], trust, one, err);
        if (!done || one->list != number || (*ret_found && one->version <= list->version))
            continue;
        *list = *one;
        *ret_found = true;
    }
    mem_free(one);
    return done;
}

static void print_listed(const StatusList *list, const SealClaims *claims, int64_t now_s, int *verdict)
{
    static const char *const words[] = {
        [STATUS_VALID] = "valid",
        [STATUS_REVOKED] = "revoked",
        [STATUS_SUSPENDED] = "suspended",
        [STATUS_SUPERSEDED] = "replaced by another copy, or its time is over",
    };
    SealStatus status;
    OWNED_BUF moment;

    buf_init(&moment, 64);
    if (!status_list_is_good(list, now_s) || claims->status_index >= STATUS_LIST_PLACES) {
        printf("whether it was revoked is not known: the status list is older than a day\n");
        return;
    }
    instant_write(&moment, list->issued_at_s * 1000);
    status = status_list_get(list, claims->status_index);
    printf("the status list of %.16s UTC says: %s\n", buf_text(&moment), words[status]);
    if (status != STATUS_VALID)
        *verdict = EXIT_NOT;
}

static void print_status(const StatusList *list, bool found, const SealClaims *claims, int64_t now_s, int *verdict)
{
    if (found)
        print_listed(list, claims, now_s, verdict);
    else
        printf("whether it was revoked is not known: that is in status list %u\n", claims->status_list);
}

static int print_verdict(const SealCheck *check)
{
    if (check->fault == SEAL_FAULT_NONE) {
        printf("genuine: the text is as issued; the look is not covered\n");
        return EXIT_GENUINE;
    }
    printf("not genuine: %s", seal_fault_words(check->fault));
    if (check->fault == SEAL_FAULT_HOST)
        printf(" (%s)", check->host);
    printf("\n");
    return EXIT_NOT;
}

static bool print_all(const Registrar *registrar, const SealCheck *check, const StatusList *list, bool listed,
                      int64_t now_s, int *ret_verdict, Error *err)
{
    int verdict = print_verdict(check);

    if (verdict == EXIT_GENUINE && !registrar->office)
        print_status(list, listed, &check->claims, now_s, &verdict);
    else if (verdict == EXIT_GENUINE && !print_register(registrar->office, check, &verdict, err))
        return false;
    if (check->signed_by_issuer)
        print_claims(&check->claims);
    *ret_verdict = verdict;
    return true;
}

static bool verify(const Arguments *arguments, const Registrar *registrar, int *ret_verdict, Error *err)
{
    const Clock clock = clock_system();
    const int64_t now_s = clock_wall_s(&clock);
    StatusList *list = mem_new(1, sizeof *list);
    SealTrust trust = { .issuer = "" };
    SealCheck check;
    bool listed = false;

    bool done = (list || error_set(err, ERR_MEMORY, "status list")) && trust_find(arguments, registrar, &trust, err) &&
                seal_check_file(&(SealCheckInput){ trust.issuer, trust.keys, trust.key_count, now_s }, arguments->file,
                                &check, err) &&
                list_find(arguments, &trust, check.claims.status_list, list, &listed, err) &&
                print_all(registrar, &check, list, listed, now_s, ret_verdict, err);
    mem_free(list);
    return done;
}

int command_seal(int argc, char **argv)
{
    Arguments arguments = { 0 };
    Registrar registrar = { 0 };
    Error err = { 0 };
    int verdict = EXIT_UNCHECKED;

    if (!arguments_read(argc, argv, &arguments)) {
        fputs(usage, stderr);
        return EXIT_UNCHECKED;
    }
    if (!arguments.data && !arguments.keys && access(DATA_USUAL "/registrar.ini", F_OK) == 0)
        arguments.data = DATA_USUAL;
    if ((arguments.data && !registrar_open(arguments.data, NULL, &registrar, &err)) ||
        !verify(&arguments, &registrar, &verdict, &err))
        fprintf(stderr, "could not be checked: %s\n", err.text);
    registrar_close(&registrar);
    return verdict;
}
