/* The key folder as it is made, judged by openssl(1), and read again. */
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "registrar/office/keys.h"
#include "test.h"

typedef struct Folder {
    char path[PATH_MAX - 64];
    int64_t now_s;
} Folder;

static Folder folder;

static int remove_entry(const char *path, const struct stat *what, int kind, struct FTW *where)
{
    (void)what;
    (void)kind;
    (void)where;
    return remove(path);
}

static int make_folder(void **state)
{
    Clock clock = clock_system();

    (void)state;
    snprintf(folder.path, sizeof folder.path, "%s/keys-XXXXXX", BINARY_DIR);
    folder.now_s = clock_wall_s(&clock);
    return mkdtemp(folder.path) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return nftw(folder.path, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

static void make(const char *host)
{
    Random random = random_system();
    Error err = { 0 };

    assert_ok(keys_make(folder.path, "namuna", host, &random, folder.now_s, &err), err);
}

/* A command in the folder: its status; what it said is appended to output. */
static PRINTF_LIKE(2, 3) int run(Buf *output, const char *format, ...)
{
    char command[1024], bytes[4096];
    size_t got, used = (size_t)snprintf(command, sizeof command, "cd '%s' && ", folder.path);
    va_list args;

    va_start(args, format);
    vsnprintf(command + used, sizeof command - used, format, args);
    va_end(args);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    while ((got = fread(bytes, 1, sizeof bytes, pipe)) > 0)
        buf_add(output, bytes, got);
    return WEXITSTATUS(pclose(pipe));
}

static void assert_says(const char *what, const char *words)
{
    OWNED_BUF output;

    buf_init(&output, 1u << 20);
    assert_int_equal(run(&output, "openssl x509 -noout -text -in %s 2>&1", what), 0);
    if (!strstr(buf_text(&output), words))
        fail_msg("%s does not say \"%s\":\n%s", what, words, buf_text(&output));
}

static void assert_verified(const char *certificate, const char *purpose, bool good)
{
    OWNED_BUF output;

    buf_init(&output, 1u << 16);
    int status = run(&output, "openssl verify -x509_strict -CAfile ca.pem -purpose %s %s 2>&1", purpose, certificate);
    if ((status == 0) != good)
        fail_msg("%s as %s: %s", certificate, purpose, buf_text(&output));
}

static void certificates_hold_before_openssl(void **state)
{
    (void)state;
    make("hujjat.namuna.uz");
    assert_verified("kiosks.pem", "sslserver", true);
    assert_verified("people.pem", "sslserver", true);
    assert_verified("kiosks.pem", "sslclient", false);
    assert_says("ca.pem", "CA:TRUE, pathlen:0");
    assert_says("ca.pem", "Certificate Sign");
    assert_says("kiosks.pem", "CA:FALSE");
    assert_says("kiosks.pem", "prime256v1");
    assert_says("kiosks.pem", "TLS Web Server Authentication");
    assert_says("kiosks.pem", "X509v3 Authority Key Identifier");
    assert_says("people.pem", "DNS:hujjat.namuna.uz");
}

static void a_server_goes_by_each_of_its_names(void **state)
{
    static const struct {
        const char *host, *option, *name;
        int status;
    } cases[] = {
        { "hujjat.namuna.uz", "-verify_hostname", "hujjat.namuna.uz", 0 },
        { "hujjat.namuna.uz", "-verify_hostname", "namuna.uz", 2 },
        { "hujjat.namuna.uz:8443", "-verify_hostname", "hujjat.namuna.uz", 0 },
        { "hujjat.namuna.uz", "-verify_hostname", "localhost", 0 },
        { "hujjat.namuna.uz", "-verify_ip", "127.0.0.1", 0 },
        { "hujjat.namuna.uz", "-verify_ip", "::1", 0 },
        { "localhost:8443", "-verify_hostname", "localhost", 0 },
        { "192.168.7.20:8443", "-verify_ip", "192.168.7.20", 0 },
        { "192.168.7.20", "-verify_ip", "192.168.7.21", 2 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        OWNED_BUF output;

        buf_init(&output, 1u << 16);
        assert_int_equal(run(&output, "rm -f *"), 0);
        make(cases[i].host);
        int status =
            run(&output, "openssl verify -CAfile ca.pem %s %s people.pem 2>&1", cases[i].option, cases[i].name);
        if (status != cases[i].status)
            fail_msg("%s asked for %s: %d %s", cases[i].host, cases[i].name, status, buf_text(&output));
    }
}

static mode_t mode_of(const char *name)
{
    char path[PATH_MAX];
    struct stat what;

    assert_true(path_join(path, sizeof path, folder.path, name, NULL));
    if (stat(path, &what) != 0)
        fail_msg("no %s", name);
    return what.st_mode & 0777;
}

static void secrets_are_nobody_elses_to_read(void **state)
{
    static const char *const names[] = { "ca.key",   "kiosks.key", "people.key",  "pepper",
                                         "page.key", "record.key", "seal-1.seed", "head-3.seed" };

    (void)state;
    make("localhost:8443");
    for (size_t i = 0; i < COUNT(names); i++)
        assert_int_equal(mode_of(names[i]), 0600);
}

static void keys_are_read_as_they_were_made(void **state)
{
    static const uint8_t zeros[KEY_SIZE];
    Keys first, again;
    CosePublicKey public_key;
    Error err = { 0 };

    (void)state;
    make("localhost:8443");
    assert_ok(keys_load(folder.path, &first, &err), err);
    assert_ok(keys_load(folder.path, &again, &err), err);
    assert_memory_equal(first.pepper, again.pepper, KEY_SIZE);
    assert_memory_not_equal(first.pepper, zeros, KEY_SIZE);
    assert_memory_not_equal(first.pepper, first.page, KEY_SIZE);
    assert_memory_not_equal(first.page, first.record, KEY_SIZE);
    assert_int_equal(first.seal_count, 1);
    assert_int_equal(first.public_seals[0].kid, 1);
    assert_ptr_equal(keys_active_seal(&first), keys_find_seal(&first, 1));
    cose_key_public(keys_active_seal(&again), &public_key);
    assert_memory_equal(public_key.bytes, first.public_seals[0].bytes, COSE_PUBLIC_KEY_SIZE);
    keys_fini(&first);
    keys_fini(&again);
    assert_memory_equal(first.pepper, zeros, KEY_SIZE);
}

static void the_newest_seal_key_is_active(void **state)
{
    OWNED_BUF output;
    Keys keys;
    Error err = { 0 };

    (void)state;
    buf_init(&output, 1u << 16);
    make("localhost:8443");
    assert_int_equal(run(&output, "openssl rand -hex 32 >seal-10.seed && openssl rand -hex 32 >seal-9.seed"), 0);
    assert_ok(keys_load(folder.path, &keys, &err), err);
    assert_int_equal(keys.seal_count, 3);
    assert_ptr_equal(keys_active_seal(&keys), keys_find_seal(&keys, 10));
    assert_non_null(keys_find_seal(&keys, 1));
    assert_null(keys_find_seal(&keys, 2));
    keys_fini(&keys);
}

static void an_older_folder_gets_its_key_of_status_lists(void **state)
{
    OWNED_BUF output;
    Random random = random_system();
    Keys keys;
    Error err = { 0 };

    (void)state;
    buf_init(&output, 1u << 16);
    make("localhost:8443");
    assert_ok(keys_complete(folder.path, &random, &err), err);
    assert_ok(keys_load(folder.path, &keys, &err), err);
    assert_int_equal(keys.public_list.kid, 2);
    assert_int_equal(keys.public_list.use, COSE_STATUS_LIST);
    assert_int_equal(keys.public_head.kid, 3);
    assert_int_equal(keys.public_head.use, COSE_AUDIT_HEAD);
    keys_fini(&keys);
    assert_int_equal(run(&output, "rm list-2.seed head-3.seed && openssl rand -hex 32 >seal-5.seed"), 0);
    assert_ok(keys_complete(folder.path, &random, &err), err);
    assert_int_equal(mode_of("list-6.seed"), 0600);
    assert_ok(keys_load(folder.path, &keys, &err), err);
    assert_int_equal(keys.public_list.kid, 6); /* an id is nobody else's */
    assert_int_equal(keys.public_head.kid, 7);
    assert_int_equal(keys.seal_count, 2);
    keys_fini(&keys);
}

static void a_folder_is_made_once_and_refused_when_broken(void **state)
{
    static const struct {
        const char *name, *command;
        ErrorCode code;
    } cases[] = {
        { "a pepper cut short", "printf abcd >pepper", ERR_FORMAT },
        { "a seed that is no hex", "printf '%064d' 0 | tr 0 z >seal-1.seed", ERR_FORMAT },
        { "no page key", "rm page.key", ERR_NOT_FOUND },
        { "no seal key", "rm seal-1.seed", ERR_NOT_FOUND },
        { "no key of status lists", "rm list-2.seed", ERR_NOT_FOUND },
        { "no key of audit heads", "rm head-3.seed", ERR_NOT_FOUND },
    };
    Random random = random_system();
    Keys keys;
    Error err = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        OWNED_BUF output;

        buf_init(&output, 1u << 16);
        assert_int_equal(run(&output, "rm -f *"), 0);
        make("localhost:8443");
        assert_refused(keys_make(folder.path, "namuna", "localhost:8443", &random, folder.now_s, &err), ERR_EXISTS,
                       err);
        assert_int_equal(run(&output, "%s", cases[i].command), 0);
        error_clear(&err);
        if (keys_load(folder.path, &keys, &err) || err.code != cases[i].code)
            fail_msg("%s: %s", cases[i].name, err.code ? err.text : "taken");
    }
}

static void a_kiosks_certificate_is_a_clients_and_no_more(void **state)
{
    OWNED_BUF output;
    char fingerprint[65], plain[65] = "";
    int64_t until_s;
    Error err = { 0 };

    (void)state;
    buf_init(&output, 1u << 16);
    make("localhost:8443");
    char out[PATH_MAX];
    assert_true(path_join(out, sizeof out, folder.path, "a-2", NULL));
    assert_ok(folder_make(out, 0700, &err), err);
    assert_ok(keys_issue_kiosk(folder.path, "A-2", out, folder.now_s, fingerprint, &until_s, &err), err);
    assert_int_equal(until_s, folder.now_s + INT64_C(90) * 86400);
    assert_verified("a-2/certificate.pem", "sslclient", true);
    assert_verified("a-2/certificate.pem", "sslserver", false);
    assert_says("a-2/certificate.pem", "Subject: CN = A-2");
    assert_int_equal(mode_of("a-2/key.pem"), 0600);
    assert_int_equal(run(&output, "cmp ca.pem a-2/ca.pem"), 0);
    assert_int_equal(run(&output, "openssl x509 -in a-2/certificate.pem -outform DER | sha256sum"), 0);
    assert_true(str_copy((Str){ output.data, 64 }, plain, sizeof plain));
    assert_string_equal(fingerprint, plain);
    buf_clear(&output);
    assert_int_equal(run(&output, "openssl pkey -in a-2/key.pem -pubout >k && "
                                  "openssl x509 -in a-2/certificate.pem -noout -pubkey | cmp - k"),
                     0);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(certificates_hold_before_openssl),
        IN_FOLDER(a_server_goes_by_each_of_its_names),
        IN_FOLDER(secrets_are_nobody_elses_to_read),
        IN_FOLDER(keys_are_read_as_they_were_made),
        IN_FOLDER(the_newest_seal_key_is_active),
        IN_FOLDER(an_older_folder_gets_its_key_of_status_lists),
        IN_FOLDER(a_folder_is_made_once_and_refused_when_broken),
        IN_FOLDER(a_kiosks_certificate_is_a_clients_and_no_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
