/* registrar seal verify: for a person at a desk with a PDF in doubt.  Each line says one thing; what was not checked is
 * not said. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/date.h"
#include "registrar/commands.h"
#include "registrar/office/checks.h"
#include "registrar/seal_check.h"
#include "registrar/seal_trust.h"
#include "registrar/settings.h"

enum { EXIT_GENUINE = 0, EXIT_NOT = 1, EXIT_UNCHECKED = 2 };

#define DATA_USUAL "/var/lib/registrar"

static const char usage[] =
    "usage: registrar seal verify FILE.pdf [--data FOLDER] [--issuer HOST] [--keys FILE]\n"
    "\n"
    "Says whether the text of a PDF is what its issuer sealed.\n"
    "  --data FOLDER   the registrar's own folder: its keys are believed and its register is asked about the file;\n"
    "                  " DATA_USUAL " where it is there and no keys are given\n"
    "  --keys FILE     public keys as the issuer publishes them at https://HOST/keys\n"
    "  --issuer HOST   whose links are believed; needed when the keys do not name it\n"
    "Exit code: 0 genuine, 1 not genuine or no longer valid, 2 could not be checked.\n";

typedef struct Arguments {
    const char *file, *data, *issuer, *keys;
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

static bool verify(const Arguments *arguments, const Registrar *registrar, int *ret_verdict, Error *err)
{
    const Clock clock = clock_system();
    SealTrust trust = { .issuer = "" };
    SealCheck check;
    int verdict;

    if (!trust_find(arguments, registrar, &trust, err) ||
        !seal_check_file(&(SealCheckInput){ trust.issuer, trust.keys, trust.key_count, clock_wall_s(&clock) },
                         arguments->file, &check, err))
        return false;
    verdict = print_verdict(&check);
    if (registrar->office && verdict == EXIT_GENUINE && !print_register(registrar->office, &check, &verdict, err))
        return false;
    if (check.signed_by_issuer)
        print_claims(&check.claims);
    *ret_verdict = verdict;
    return true;
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
