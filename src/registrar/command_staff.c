/* registrar staff: accounts of people of the office, for an administrator at the command line; serve may run. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/memory.h"
#include "registrar/commands.h"
#include "registrar/office/staff.h"
#include "registrar/settings.h"
#include "wire/api.h"
#include "wire/base32.h"
#include "wire/qr.h"

#define ACTOR   "command-line"
#define QUIET   2
#define QR_MOST 13

static const char usage[] =
    "usage: registrar staff add DIR NAME --name \"FULL NAME\" --role ROLES [--scope SCOPE] [--secrets FILE]\n"
    "       registrar staff role DIR NAME --role ROLES [--scope SCOPE] [--name \"FULL NAME\"]\n"
    "       registrar staff reset DIR NAME\n"
    "       registrar staff lock DIR NAME | unlock DIR NAME | remove DIR NAME\n"
    "       registrar staff list DIR\n"
    "\n"
    "People of the office sign in at https://HOST/office with NAME, a password, and six digits of an authenticator\n"
    "app.  add and reset print a password and the app's key, once; the first sign-in shows the key as a QR code\n"
    "and asks for a password of the person's own.  Every act but add ends the person's sessions.\n"
    "  NAME       2 to 39 small letters, digits, dots and hyphens: m.aliyeva\n"
    "  --role     one or more of these by commas: front-office, back-office, dean, accounting, archive,\n"
    "             administrator, auditor\n"
    "  --scope    where: faculty:CODE unit:ID window:NUMBER printer:ID, by blanks; everywhere unless said\n"
    "  --secrets  takes the password and the key (base32, 32 letters) from the two lines of FILE, or of standard\n"
    "             input (-): the account is ready then, without a first sign-in\n";

typedef struct Arguments {
    const char *what, *data;
    const char *secrets; /* a file; NULL: they are made */
    StaffWish wish;
} Arguments;

static bool options_read(int argc, char **argv, Arguments *ret)
{
    const struct {
        const char *name;
        const char **value;
    } options[] = { { "--name", &ret->wish.full_name },
                    { "--role", &ret->wish.roles },
                    { "--scope", &ret->wish.scope },
                    { "--secrets", &ret->secrets } };

    for (int i = 4; i < argc; i += 2) {
        size_t k = 0;

        while (k < COUNT(options) && strcmp(argv[i], options[k].name) != 0)
            k++;
        if (k == COUNT(options) || i + 1 == argc)
            return false;
        *options[k].value = argv[i + 1];
    }
    return true;
}

static bool arguments_read(int argc, char **argv, Arguments *ret)
{
    *ret = (Arguments){ .what = argc > 1 ? argv[1] : "" };
    if (argc < 3)
        return false;
    ret->data = argv[2];
    if (strcmp(ret->what, "list") == 0)
        return argc == 3;
    if (argc < 4)
        return false;
    ret->wish.name = argv[3];
    if (strcmp(ret->what, "add") == 0)
        return options_read(argc, argv, ret) && ret->wish.full_name && ret->wish.roles;
    if (strcmp(ret->what, "role") == 0)
        return options_read(argc, argv, ret) && ret->wish.roles && !ret->secrets;
    return argc == 4 && (strcmp(ret->what, "reset") == 0 || strcmp(ret->what, "lock") == 0 ||
                         strcmp(ret->what, "unlock") == 0 || strcmp(ret->what, "remove") == 0);
}

/* --- secrets -------------------------------------------------------------------------------------------------------
 */

static bool secrets_parse(Str text, StaffSecrets *ret, Error *err)
{
    Str rest = text;
    const Str password = str_split(&rest, '\n'), key = str_trim(str_split(&rest, '\n'));
    OWNED_BUF secret;

    buf_init(&secret, TOTP_SECRET_SIZE);
    if (!str_copy(password, ret->password, sizeof ret->password) || !base32_read(key, &secret) ||
        secret.len != TOTP_SECRET_SIZE)
        return error_set(err, ERR_ARGUMENT, "--secrets: a password, and a key of 32 letters of base32, a line each");
    memcpy(ret->secret, secret.data, TOTP_SECRET_SIZE);
    mem_wipe(secret.data, secret.len);
    return true;
}

static bool secrets_read(const char *path, StaffSecrets *ret, Error *err)
{
    char text[STAFF_PASSWORD_SIZE + 64];
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");

    if (!file)
        return error_set_errno(err, "%.100s", path);
    const size_t length = fread(text, 1, sizeof text, file);
    if (file != stdin)
        (void)fclose(file);
    bool done = secrets_parse((Str){ text, length }, ret, err);
    mem_wipe(text, sizeof text);
    return done;
}

/* Two rows of modules a line, dark on light whatever the terminal's colours are. */
static void print_qr(const Qr *qr)
{
    for (int row = -QUIET; row < qr->side + QUIET; row += 2) {
        printf("\x1b[40;97m");
        for (int column = -QUIET; column < qr->side + QUIET; column++) {
            const bool inside = column >= 0 && column < qr->side;
            const bool upper = inside && row >= 0 && row < qr->side && qr->dark[row][column];
            const bool lower = inside && row + 1 >= 0 && row + 1 < qr->side && qr->dark[row + 1][column];

            printf("%s", upper ? (lower ? " " : "▄") : (lower ? "▀" : "█"));
        }
        printf("\x1b[0m\n");
    }
}

static bool print_secrets(const Office *office, const char *name, const StaffSecrets *secrets, Error *err)
{
    OWNED_BUF address;
    Qr qr;

    buf_init(&address, TOTP_ADDRESS_MOST);
    staff_totp_address(office, name, secrets->secret, &address);
    if (!buf_ok(&address, err))
        return false;
    printf("sign in at https://%s/office\nname %s\npassword %s\nkey %s\n", office_config(office)->host, name,
           secrets->password, buf_text(&address));
    if (isatty(STDOUT_FILENO) && qr_make_bytes(buf_str(&address), QR_MOST, &qr, err))
        print_qr(&qr);
    mem_wipe(address.data, address.len);
    return true;
}

/* --- acts ----------------------------------------------------------------------------------------------------------
 */

static bool refused(const Arguments *arguments, const ApiProblem *problem, Error *err)
{
    const char *name = arguments->wish.name;

    if (problem->kind == PROBLEM_NOT_FOUND)
        return error_set(err, ERR_NOT_FOUND, "there is nobody called %.40s", name);
    if (strcmp(problem->field, "name") == 0)
        return error_set(err, ERR_ARGUMENT,
                         "%.40s: a name is 2 to 39 small letters, digits, dots and hyphens, and never given twice",
                         name);
    if (strcmp(problem->field, "roles") == 0)
        return error_set(err, ERR_ARGUMENT,
                         "--role: front-office, back-office, dean, accounting, archive, administrator, auditor");
    if (strcmp(problem->field, "scope") == 0)
        return error_set(err, ERR_ARGUMENT, "--scope: faculty:CODE unit:ID window:NUMBER printer:ID, by blanks");
    if (strcmp(problem->field, "password") == 0)
        return error_set(err, ERR_ARGUMENT,
                         "the password is too easy: %d letters at least, without the name, and none that all try",
                         STAFF_PASSWORD_LEAST);
    return error_set(err, ERR_ARGUMENT, "--name: a person's name, as it is written");
}

static bool add(Office *office, const Arguments *arguments, ApiProblem *problem, Error *err)
{
    StaffSecrets given, secrets;
    const bool takes = arguments->secrets != NULL;

    bool done = (!takes || secrets_read(arguments->secrets, &given, err)) &&
                staff_add(office, &arguments->wish, takes ? &given : NULL, ACTOR, problem, &secrets, err) &&
                (problem->kind != PROBLEM_NONE || takes || print_secrets(office, arguments->wish.name, &secrets, err));
    mem_wipe(&given, sizeof given);
    mem_wipe(&secrets, sizeof secrets);
    return done;
}

static bool reset(Office *office, const Arguments *arguments, ApiProblem *problem, Error *err)
{
    const char *name = arguments->wish.name;
    StaffSecrets secrets;

    bool done = staff_reset(office, name, 0, ACTOR, problem, &secrets, err) &&
                (problem->kind != PROBLEM_NONE || print_secrets(office, name, &secrets, err));
    mem_wipe(&secrets, sizeof secrets);
    return done;
}

/* What is not said stays. */
static bool set_roles(Office *office, const Arguments *arguments, ApiProblem *problem, Error *err)
{
    StaffWish wish = arguments->wish;
    StaffAccount account;
    bool found;

    if (!staff_find(office, wish.name, &found, &account, err))
        return false;
    if (!found) {
        *problem = (ApiProblem){ .kind = PROBLEM_NOT_FOUND };
        return true;
    }
    wish.full_name = wish.full_name ? wish.full_name : account.row.full_name;
    wish.scope = wish.scope ? wish.scope : account.row.scope;
    return staff_set_roles(office, &wish, 0, ACTOR, problem, err);
}

static void print_day(const Office *office, const char *label, int64_t at_s)
{
    OWNED_BUF text;

    buf_init(&text, 40);
    if (at_s)
        date_write(&text, date_time_at(at_s * 1000, office_config(office)->utc_offset_minutes).date, LANGUAGE_FIRST,
                   DATE_ISO);
    else
        buf_add_text(&text, "never");
    printf("  %s %s", label, buf_text(&text));
}

OWNED_BY(StaffAccount, mem_free)

static bool list(Office *office, Error *err)
{
    OWNED(StaffAccount) accounts = mem_new(STAFF_MOST, sizeof *accounts);
    size_t count;

    if (!accounts)
        return error_set(err, ERR_MEMORY, "staff");
    if (!staff_list(office, accounts, STAFF_MOST, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        const StaffRow *row = &accounts[i].row;

        printf("%-20s  %-7s  %s  %s  %s", row->name, staff_state_name(row->state), row->roles,
               row->scope[0] ? row->scope : "everywhere", row->full_name);
        print_day(office, "signed in", row->signed_in_at_s);
        printf("\n");
    }
    return true;
}

static bool act(Office *office, const Arguments *arguments, Error *err)
{
    const char *what = arguments->what, *name = arguments->wish.name;
    ApiProblem problem = { .kind = PROBLEM_NONE };
    bool done;

    if (strcmp(what, "list") == 0)
        return list(office, err);
    if (strcmp(what, "add") == 0)
        done = add(office, arguments, &problem, err);
    else if (strcmp(what, "role") == 0)
        done = set_roles(office, arguments, &problem, err);
    else if (strcmp(what, "reset") == 0)
        done = reset(office, arguments, &problem, err);
    else if (strcmp(what, "remove") == 0)
        done = staff_remove(office, name, 0, ACTOR, &problem, err);
    else
        done = staff_lock(office, name, strcmp(what, "lock") == 0, 0, ACTOR, &problem, err);
    return done && (problem.kind == PROBLEM_NONE || refused(arguments, &problem, err));
}

int command_staff(int argc, char **argv)
{
    Arguments arguments;
    Registrar registrar = { 0 };
    Error err = { 0 };

    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        return EXIT_DONE;
    }
    if (!arguments_read(argc, argv, &arguments)) {
        fputs(usage, stderr);
        return EXIT_USAGE;
    }
    bool done = registrar_open(arguments.data, NULL, &registrar, &err) && act(registrar.office, &arguments, &err);
    registrar_close(&registrar);
    if (!done)
        fprintf(stderr, "registrar staff %s: %s\n", arguments.what, err.text);
    return done ? EXIT_DONE : err.code == ERR_ARGUMENT ? EXIT_USAGE : EXIT_FAILED;
}
