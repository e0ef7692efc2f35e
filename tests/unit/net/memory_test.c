/* Nothing secret of a request stays in memory, neither in libcurl's nor in OpenSSL's: the process looks through itself.
 */
#include "net/http.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/memory.h"
#include "net/peer.h"

#define SECRET_LEN 24
#define MAP_MOST   (256ul << 20) /* larger ones are a sanitizer's */

/* Written down in disguise, so that the search does not find its own words. */
typedef struct Secret {
    char masked[SECRET_LEN];
} Secret;

static Secret secret_of(char letter)
{
    Secret secret;

    for (int i = 0; i < SECRET_LEN; i++)
        secret.masked[i] = (char)(('A' + (letter * 7 + i * 5) % 26) ^ 0x55);
    return secret;
}

static void write_secret(const Secret *secret, char *text)
{
    for (int i = 0; i < SECRET_LEN; i++)
        text[i] = (char)(secret->masked[i] ^ 0x55);
    text[SECRET_LEN] = '\0';
}

static bool is_here(const char *bytes, const Secret *secret)
{
    for (int i = 0; i < SECRET_LEN; i++)
        if ((bytes[i] ^ 0x55) != secret->masked[i])
            return false;
    return true;
}

/* In everything that the process can write to.  Read in place: a copy would be found too. */
static int count_in_memory(const Secret *secret)
{
    FILE *maps = fopen("/proc/self/maps", "re");
    unsigned long first, end;
    char line[512], access[8];
    int count = 0;

    assert_non_null(maps);
    while (fgets(line, sizeof(line), maps)) {
        if (sscanf(line, "%lx-%lx %7s", &first, &end, access) != 3 || strncmp(access, "rw", 2) != 0 ||
            end - first > MAP_MOST || strstr(line, "[v"))
            continue;
        for (const char *at = (const char *)first; at + SECRET_LEN <= (const char *)end; at++) /* NOLINT */
            count += is_here(at, secret);
    }
    fclose(maps);
    return count;
}

#ifndef __has_feature /* clang says it so */
#define __has_feature(what) 0
#endif

static void nothing_secret_stays(void **state)
{
    (void)state;
    Secret sent_bearer = secret_of('b'), sent_body = secret_of('s'), answered = secret_of('t');
    char bearer[SECRET_LEN + 1], body[SECRET_LEN + 1], rules[128], url[128], answer_text[SECRET_LEN + 1];
    Peer peer;
    HttpAnswer answer;
    Error err = { 0 };

    assert_true(peer_start(&peer, true));
    write_secret(&answered, answer_text);
    snprintf(rules, sizeof(rules), "[{\"body\": \"%s\"}]", answer_text);
    assert_true(peer_rules(&peer, rules));
    mem_wipe(rules, sizeof(rules));
    write_secret(&sent_bearer, bearer);
    write_secret(&sent_body, body);
    snprintf(url, sizeof(url), "%s/secrets", peer.address);

    HttpClient *client = http_client_new(&(HttpIdentity){ .ca_file = peer.ca }, &err);
    assert_non_null(client);
    HttpRequest request = { .method = "POST",
                            .url = url,
                            .bearer = bearer,
                            .content_type = "text/plain",
                            .body = str_from(body),
                            .answer_most = 4096,
                            .deadline_ms = 5000 };
    if (!http_do(client, &request, &answer, &err))
        fail_msg("%s", err.text);
    assert_true(str_equal(buf_str(&answer.body), str_from(answer_text)));
    assert_true(count_in_memory(&sent_bearer) > 0); /* the search finds what is there */

    mem_wipe(bearer, sizeof(bearer));
    mem_wipe(body, sizeof(body));
    mem_wipe(answer_text, sizeof(answer_text));
    http_answer_fini(&answer);
    assert_int_equal(count_in_memory(&sent_bearer), 0);
    assert_int_equal(count_in_memory(&sent_body), 0);
    assert_int_equal(count_in_memory(&answered), 0);
    http_client_free(client);
    peer_stop(&peer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_secret_stays),
    };

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || __has_feature(address_sanitizer)
    print_message("skipped: a sanitizer keeps copies of its own\n");
    return 0;
#endif
    return cmocka_run_group_tests(tests, NULL, NULL);
}
