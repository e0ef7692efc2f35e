#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "registrar/office/envelope.h"

#define NOW_S INT64_C(1795500000)

typedef struct Bench {
    char folder[64], plain[96], sealed[96], opened[96];
    Buf key, certificate;
} Bench;

static Bench bench;

static int set_up(void **state)
{
    Error err = { 0 };

    (void)state;
    snprintf(bench.folder, sizeof bench.folder, "/tmp/envelope-XXXXXX");
    if (!mkdtemp(bench.folder))
        return -1;
    snprintf(bench.plain, sizeof bench.plain, "%s/plain", bench.folder);
    snprintf(bench.sealed, sizeof bench.sealed, "%s/sealed", bench.folder);
    snprintf(bench.opened, sizeof bench.opened, "%s/opened", bench.folder);
    buf_init(&bench.key, 8192);
    buf_init(&bench.certificate, 8192);
    return envelope_key_make("Registrar namuna", NOW_S, &bench.key, &bench.certificate, &err) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(bench.plain);
    unlink(bench.sealed);
    unlink(bench.opened);
    buf_fini(&bench.key);
    buf_fini(&bench.certificate);
    return rmdir(bench.folder);
}

static void write_plain(size_t size, Buf *ret)
{
    Error err = { 0 };
    uint32_t seed = 1;

    buf_clear(ret);
    for (size_t i = 0; i < size; i++, seed = seed * 1664525 + 1013904223)
        buf_add_byte(ret, (uint8_t)(seed >> 24));
    assert_ok(file_write(bench.plain, 0600, buf_str(ret), &err), err);
}

static bool through(bool seal, const char *from, const char *to, Error *err)
{
    int in = open(from, O_RDONLY | O_CLOEXEC), out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool done;

    assert_true(in >= 0 && out >= 0);
    done = seal ? envelope_seal(buf_str(&bench.certificate), in, out, err)
                : envelope_open(buf_str(&bench.key), in, out, err);
    close(in);
    close(out);
    return done;
}

static void what_was_sealed_comes_back(void **state)
{
    static const size_t sizes[] = { 1, 2, 15, 16, 17, 4096, 300000 };
    Error err = { 0 };
    OWNED_BUF plain, back;

    (void)state;
    buf_init(&plain, 1u << 20);
    buf_init(&back, 1u << 20);
    for (size_t i = 0; i < COUNT(sizes); i++) {
        write_plain(sizes[i], &plain);
        assert_ok(through(true, bench.plain, bench.sealed, &err), err);
        assert_ok(through(false, bench.sealed, bench.opened, &err), err);
        buf_clear(&back);
        assert_ok(file_read(bench.opened, &back, &err), err);
        assert_true(str_equal(buf_str(&plain), buf_str(&back)));
    }
}

/* Every byte of a small one, each bit of it in turn. */
static void no_changed_byte_passes(void **state)
{
    Error err = { 0 };
    OWNED_BUF plain, sealed;

    (void)state;
    buf_init(&plain, 4096);
    buf_init(&sealed, 1u << 16);
    write_plain(700, &plain);
    assert_ok(through(true, bench.plain, bench.sealed, &err), err);
    assert_ok(file_read(bench.sealed, &sealed, &err), err);
    size_t passed = 0;
    for (size_t i = 0; i < sealed.len; i++) {
        const char bit = (char)(1 << i % 8);

        sealed.data[i] ^= bit;
        assert_ok(file_write(bench.sealed, 0600, buf_str(&sealed), &err), err);
        if (through(false, bench.sealed, bench.opened, &err)) {
            OWNED_BUF back;

            /* A few bytes say nothing (the issuer's name of the reader's certificate): then nothing else may differ. */
            buf_init(&back, 4096);
            assert_ok(file_read(bench.opened, &back, &err), err);
            if (!str_equal(buf_str(&plain), buf_str(&back)))
                fail_msg("byte %zu was changed, and something else came out", i);
            passed++;
        }
        sealed.data[i] ^= bit;
    }
    printf("%zu of %zu changed bytes changed nothing\n", passed, sealed.len);
    for (size_t len = 0; len < sealed.len; len += 7) {
        assert_ok(file_write(bench.sealed, 0600, (Str){ sealed.data, len }, &err), err);
        assert_false(through(false, bench.sealed, bench.opened, &err));
    }
    buf_add_byte(&sealed, 0);
    assert_ok(file_write(bench.sealed, 0600, buf_str(&sealed), &err), err);
    assert_refused(through(false, bench.sealed, bench.opened, &err), ERR_FORMAT, err);
}

static void another_key_opens_nothing(void **state)
{
    Error err = { 0 };
    OWNED_BUF plain;
    OWNED_BUF certificate;

    (void)state;
    buf_init(&plain, 4096);
    buf_init(&certificate, 8192);
    write_plain(100, &plain);
    assert_ok(through(true, bench.plain, bench.sealed, &err), err);
    buf_clear(&bench.key);
    assert_ok(envelope_key_make("another", NOW_S, &bench.key, &certificate, &err), err);
    assert_refused(through(false, bench.sealed, bench.opened, &err), ERR_CRYPTO, err);
    buf_clear(&bench.key);
    assert_refused(through(false, bench.sealed, bench.opened, &err), ERR_FORMAT, err);
    assert_refused(through(true, bench.plain, bench.sealed, &err) && through(false, bench.plain, bench.opened, &err),
                   ERR_FORMAT, err);
}

/* The independent judge: it opens ours, and says that the parameters are those that the header promises. */
static void openssl_opens_it(void **state)
{
    char command[640], key[96];
    Error err = { 0 };
    OWNED_BUF plain, back;

    (void)state;
    buf_init(&plain, 1u << 20);
    buf_init(&back, 1u << 20);
    write_plain(200000, &plain);
    assert_ok(through(true, bench.plain, bench.sealed, &err), err);
    snprintf(key, sizeof key, "%s/key", bench.folder);
    assert_ok(file_write(key, 0600, buf_str(&bench.key), &err), err);
    const char *const judge[] = { "openssl",    "cms",    "-decrypt", "-binary", "-inform",    "DER", "-in",
                                  bench.sealed, "-inkey", key,        "-out",    bench.opened, NULL };
    pid_t child = fork();
    if (child == 0) {
        execvp(judge[0], (char *const *)(uintptr_t)judge);
        _exit(127);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    unlink(key);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_ok(file_read(bench.opened, &back, &err), err);
    assert_true(str_equal(buf_str(&plain), buf_str(&back)));
    snprintf(command, sizeof command, "openssl asn1parse -inform DER -in %s", bench.sealed);
    FILE *parsed = popen(command, "r");
    assert_non_null(parsed);
    char line[512];
    bool enveloped = false, cipher = false, kdf = false, wrap = false;
    while (fgets(line, sizeof line, parsed)) {
        enveloped = enveloped || strstr(line, "authEnvelopedData");
        cipher = cipher || strstr(line, "aes-256-gcm");
        kdf = kdf || strstr(line, "dhSinglePass-stdDH-sha256kdf-scheme");
        wrap = wrap || strstr(line, "id-aes256-wrap");
    }
    pclose(parsed);
    assert_true(enveloped && cipher && kdf && wrap);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_sealed_comes_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_changed_byte_passes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_key_opens_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(openssl_opens_it, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
