/* Asks the public page for very many codes, or a listener for very many of anything, over a few kept connections, and
 * counts what it was told.
 *
 *   people_walk PORT random COUNT [SEED]   codes as the registrar makes them, of a seed of one's own
 *   people_walk PORT grant COUNT [SEED]    codes of signing in with a phone, as kiosks show them
 *   people_walk PORT register COUNT        numbers of the register from 1, in the forms that one would try
 *   people_walk PORT code CODE [COUNT]     this one, again and again
 *   people_walk PORT path PATH COUNT [CERTIFICATE KEY]   any address of either listener, as fast as it is answered
 *
 * In the environment WALK_FROM=127.0.0.2: from there, as another machine; WALK_RATE=1000: so many a second at most.
 * Prints one line: asked, a count for each status, records (pages that tell anything of a document), seconds. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "tls_client.h"
#include "wire/code.h"
#include "wire/grant.h"

#define CONNECTIONS    4
#define FORMS          4 /* of a number of the register */
#define WAIT_MS        20000
#define TURNED_AWAY_MS 10

typedef struct Walk {
    uint16_t port;
    const char *what, *code;
    const char *certificate, *key; /* NULL: none is shown */
    unsigned count;
    unsigned a_second; /* 0: as fast as it is answered */
    int64_t began_ms;
    uint64_t seed;
    atomic_uint next, asked, records, failed;
    atomic_uint statuses[600];
} Walk;

static void path_of(const Walk *walk, unsigned n, char *array, size_t size)
{
    RandomSeeded seeded;
    Random random = random_seeded(&seeded, walk->seed + n);
    uint8_t bits[CODE_BITS_BYTES], letters[GRANT_CODE_LENGTH];

    if (strcmp(walk->what, "code") == 0 || strcmp(walk->what, "path") == 0) {
        snprintf(array, size, "%s", walk->code);
    } else if (strcmp(walk->what, "random") == 0) {
        random.fill(random.ctx, bits, sizeof bits);
        snprintf(array, size, "%s", code_make(bits).text);
    } else if (strcmp(walk->what, "grant") == 0) {
        char code[GRANT_CODE_LENGTH + 1] = "";
        random.fill(random.ctx, letters, sizeof letters);
        for (size_t i = 0; i < GRANT_CODE_LENGTH; i++)
            code[i] = GRANT_LETTERS[letters[i] % (sizeof GRANT_LETTERS - 1)];
        snprintf(array, size, "/g/%s", code);
    } else {
        unsigned form = n % FORMS, number = n / FORMS + 1;
        switch (form) {
        case 0: snprintf(array, size, "M-2026%%2F%06u", number); break;
        case 1: snprintf(array, size, "M-2026/%06u", number); break;
        case 2: snprintf(array, size, "M2026%06u", number); break;
        default: snprintf(array, size, "%012u", number);
        }
    }
}

/* Whatever a page says of a document stands in its card, which only a known one has. */
static bool is_record(const TlsClient *client, int status)
{
    return status == 200 || strstr(client->answer, "data-known") || strstr(client->answer, "*****");
}

static bool ask(Walk *walk, TlsClient *client, unsigned n)
{
    const bool whole = strcmp(walk->what, "path") == 0 || strcmp(walk->what, "grant") == 0;
    char path[128], request[256];

    path_of(walk, n, path, sizeof path);
    snprintf(request, sizeof request, "GET %s%s HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\n\r\n",
             whole ? "" : "/v/", path);
    int status = client_ask(client, request, WAIT_MS);
    if (status <= 0 || status >= (int)COUNT(walk->statuses))
        return false;
    atomic_fetch_add(&walk->asked, 1);
    atomic_fetch_add(&walk->statuses[status], 1);
    if (is_record(client, status))
        atomic_fetch_add(&walk->records, 1);
    return true;
}

static void wait_until(int64_t then_ms)
{
    int64_t left_ms = then_ms - client_now_ms();

    if (left_ms > 0)
        nanosleep(&(struct timespec){ .tv_sec = left_ms / 1000, .tv_nsec = left_ms % 1000 * 1000000 }, NULL);
}

static void *run(void *arg)
{
    Walk *walk = arg;
    static _Thread_local TlsClient client;
    bool connected = false;

    for (;;) {
        unsigned n = atomic_fetch_add(&walk->next, 1);
        if (n >= walk->count)
            break;
        if (walk->a_second > 0)
            wait_until(walk->began_ms + (int64_t)n * 1000 / walk->a_second);
        if (!connected)
            connected = client_open(&client, walk->port, walk->certificate, walk->key);
        if (connected && ask(walk, &client, n) && !client_header(&client, "Connection", "close"))
            continue;
        if (!connected || !client.answer[0])
            atomic_fetch_add(&walk->failed, 1);
        if (!connected) /* turned away: a flood of connections alone is a firewall's business */
            nanosleep(&(struct timespec){ .tv_nsec = TURNED_AWAY_MS * 1000000 }, NULL);
        client_close(&client);
        connected = false;
    }
    client_close(&client);
    return NULL;
}

int main(int argc, char **argv)
{
    Walk walk = { .count = 1, .seed = 1 };
    pthread_t threads[CONNECTIONS];
    uint64_t port, count = 1, seed = 1;
    bool one = argc > 3 && (strcmp(argv[2], "code") == 0 || strcmp(argv[2], "path") == 0);
    const char *counted = one ? argc > 4 ? argv[4] : "1" : argc > 3 ? argv[3] : "";

    if (argc < 4 || !str_to_u64(str_from(argv[1]), 1, UINT16_MAX, &port) ||
        !str_to_u64(str_from(counted), 1, 100000000, &count) ||
        (!one && argc > 4 && !str_to_u64(str_from(argv[4]), 0, UINT64_MAX / 2, &seed))) {
        fprintf(
            stderr,
            "usage: people_walk PORT random COUNT [SEED] | grant COUNT [SEED] | register COUNT | code CODE [COUNT] |"
            " path PATH COUNT [CERTIFICATE KEY]\n");
        return 2;
    }
    client_from = getenv("WALK_FROM");
    if (one && argc > 6) {
        walk.certificate = argv[5];
        walk.key = argv[6];
    }
    walk.port = (uint16_t)port;
    walk.what = argv[2];
    walk.code = argv[3];
    walk.count = (unsigned)count;
    walk.seed = seed << 32;
    if (getenv("WALK_RATE") && str_to_u64(str_from(getenv("WALK_RATE")), 1, 1000000, &seed))
        walk.a_second = (unsigned)seed;
    walk.began_ms = client_now_ms();
    for (size_t i = 0; i < COUNT(threads); i++)
        pthread_create(&threads[i], NULL, run, &walk);
    for (size_t i = 0; i < COUNT(threads); i++)
        pthread_join(threads[i], NULL);
    printf("asked=%u", walk.asked);
    for (size_t i = 0; i < COUNT(walk.statuses); i++) {
        if (walk.statuses[i] > 0)
            printf(" status%zu=%u", i, walk.statuses[i]);
    }
    printf(" records=%u failed=%u seconds=%.1f\n", walk.records, walk.failed,
           (double)(client_now_ms() - walk.began_ms) / 1000);
    return walk.failed > 0;
}
