/* Kiosks by the thousand, in one process: each with its own certificate on a connection of its own, holding a request
 * for events open, with a heartbeat between two of them.
 *
 *   events_load kiosks FOLDER OUT COUNT               adds COUNT kiosks to the registrar in FOLDER; keys in OUT
 *   events_load hold FOLDER OUT COUNT PORT PID SECONDS   holds, measures the registrar with that process id, and
 * changes something for all of them a few times */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "registrar/office/kiosks.h"
#include "registrar/office/notices.h"
#include "registrar/settings.h"

#define ANSWER_MOST 8192
#define AT_ONCE     64 /* handshakes under way */
#define MAKERS      8
#define CHANGES     4
#define PATIENCE_MS 600000
#define REST_MS     1000 /* after an answer that was none */

static int64_t now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static _Noreturn void die(const char *what, const Error *err)
{
    fprintf(stderr, "events_load: %s: %s\n", what, err ? err->text : strerror(errno));
    exit(1);
}

/* --- kiosks ------------------------------------------------------------------------------------------------------- */

typedef struct Making {
    Office *office;
    const char *out;
    size_t count;
    atomic_size_t next;
} Making;

static void kiosk_folder(const char *out, size_t i, char path[512])
{
    snprintf(path, 512, "%s/%05zu", out, i);
}

static void *make(void *arg)
{
    Making *making = arg;
    size_t i;

    while ((i = atomic_fetch_add(&making->next, 1)) < making->count) {
        char name[24], folder[512];
        Error err = { 0 };

        snprintf(name, sizeof name, "L-%05zu", i);
        kiosk_folder(making->out, i, folder);
        if (!kiosk_add(making->office, name, "1-bino", "https://localhost:1", folder, &err))
            die(name, &err);
    }
    return NULL;
}

static void make_kiosks(const char *data, const char *out, size_t count)
{
    pthread_t threads[MAKERS];
    Registrar registrar = { 0 };
    Error err = { 0 };

    if (!registrar_open(data, NULL, &registrar, &err))
        die(data, &err);
    Making making = { registrar.office, out, count, 0 };
    for (size_t i = 0; i < MAKERS; i++)
        pthread_create(&threads[i], NULL, make, &making);
    for (size_t i = 0; i < MAKERS; i++)
        pthread_join(threads[i], NULL);
    registrar_close(&registrar);
}

/* --- one kiosk ---------------------------------------------------------------------------------------------------- */

typedef enum Doing { AWAY, GREETING, HELD, FETCHING, BEATING, RESTING } Doing;

typedef struct Caller {
    SSL *ssl;
    int socket;
    Doing doing;
    int64_t cursor, rests_until_us, heard_us, fetched_us;
    size_t len;
    char answer[ANSWER_MOST];
} Caller;

typedef struct Load {
    SSL_CTX *tls;
    const char *out;
    uint16_t port;
    int poll;
    size_t count, begun, greeting, held, failures, beats;
    atomic_int change; /* number of the change that is awaited; 0: none */
    size_t heard, fetched;
    Caller *callers;
} Load;

/* Left alone for a moment, then it comes again. */
static void end(Load *load, Caller *caller)
{
    load->failures++;
    load->held -= caller->doing == HELD;
    load->greeting -= caller->doing == GREETING;
    SSL_free(caller->ssl);
    close(caller->socket);
    caller->ssl = NULL;
    caller->doing = RESTING;
    caller->rests_until_us = now_us() + REST_MS * 1000;
}

static void send_request(Load *load, Caller *caller, Doing doing)
{
    static const char beat[] = "{\"version\":\"0.1\",\"screen\":\"attract\",\"printer\":\"ready\",\"uptime_s\":5}";
    char text[512], after[40] = "";
    int len;

    if (caller->cursor >= 0)
        snprintf(after, sizeof after, "?after=%lld", (long long)caller->cursor);
    if (doing == BEATING)
        len = snprintf(text, sizeof text,
                       "POST /kiosk/v1/heartbeat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                       "Content-Length: %zu\r\n\r\n%s",
                       sizeof beat - 1, beat);
    else
        len = snprintf(text, sizeof text, "GET /kiosk/v1/%s%s HTTP/1.1\r\nHost: localhost\r\n\r\n",
                       doing == HELD ? "events" : "notices", doing == HELD ? after : "");
    load->held += doing == HELD;
    caller->doing = doing;
    caller->len = 0;
    if (SSL_write(caller->ssl, text, len) != len)
        end(load, caller);
}

static void begin(Load *load, Caller *caller)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(load->port) };
    char folder[512], path[600];
    int one = 1;

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    caller->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (caller->socket < 0 || connect(caller->socket, (struct sockaddr *)&address, sizeof address) < 0 ||
        fcntl(caller->socket, F_SETFL, O_NONBLOCK) < 0)
        die("connect", NULL);
    setsockopt(caller->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    caller->ssl = SSL_new(load->tls);
    kiosk_folder(load->out, (size_t)(caller - load->callers), folder);
    snprintf(path, sizeof path, "%s/certificate.pem", folder);
    bool loaded = SSL_use_certificate_file(caller->ssl, path, SSL_FILETYPE_PEM) == 1;
    snprintf(path, sizeof path, "%s/key.pem", folder);
    if (!loaded || SSL_use_PrivateKey_file(caller->ssl, path, SSL_FILETYPE_PEM) != 1)
        die(path, NULL);
    SSL_set_fd(caller->ssl, caller->socket);
    SSL_set_connect_state(caller->ssl);
    caller->doing = GREETING;
    caller->cursor = -1;
    load->greeting++;
    struct epoll_event event = { .events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = caller };
    if (epoll_ctl(load->poll, EPOLL_CTL_ADD, caller->socket, &event) < 0)
        die("epoll", NULL);
}

/* The body of a whole answer; NULL: there is more to come. */
static const char *whole(Caller *caller, int *ret_status)
{
    caller->answer[caller->len] = '\0';
    const char *body = strstr(caller->answer, "\r\n\r\n");
    const char *length = strcasestr(caller->answer, "\r\ncontent-length: ");

    if (!body || !length || sscanf(caller->answer, "HTTP/1.1 %d", ret_status) != 1)
        return NULL;
    size_t size = (size_t)strtoul(length + 18, NULL, 10);
    body += 4;
    return (size_t)(caller->answer + caller->len - body) >= size ? body : NULL;
}

static void take_events(Load *load, Caller *caller, const char *body)
{
    const char *cursor = strstr(body, "\"cursor\":");
    bool news = strstr(body, "\"what\"") != NULL;

    load->held--;
    if (!cursor)
        die(body, NULL);
    caller->cursor = strtoll(cursor + 9, NULL, 10);
    if (news && atomic_load(&load->change) && !caller->heard_us) {
        caller->heard_us = now_us();
        load->heard++;
    }
    bool over = !news && !strstr(body, "\"reset\":true");
    load->beats += over;
    send_request(load, caller, news ? FETCHING : over ? BEATING : HELD);
}

static void take(Load *load, Caller *caller, int status, const char *body)
{
    if (status == 503) { /* asked for again in a moment, on the same connection */
        load->failures++;
        load->held -= caller->doing == HELD;
        caller->doing = RESTING;
        caller->rests_until_us = now_us() + REST_MS * 1000;
        return;
    }
    if (status != 200) {
        end(load, caller);
        return;
    }
    if (caller->doing == HELD) {
        take_events(load, caller, body);
        return;
    }
    if (caller->doing == FETCHING && atomic_load(&load->change) && !caller->fetched_us) {
        caller->fetched_us = now_us();
        load->fetched++;
    }
    send_request(load, caller, HELD);
}

static void go_on(Load *load, Caller *caller)
{
    if (caller->doing == GREETING) {
        int done = SSL_do_handshake(caller->ssl);
        int why = SSL_get_error(caller->ssl, done);
        if (done != 1 && (why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE))
            return;
        if (done != 1) {
            end(load, caller);
            return;
        }
        load->greeting--;
        send_request(load, caller, HELD);
    }
    while (caller->ssl) {
        int status, got = SSL_read(caller->ssl, caller->answer + caller->len, (int)(ANSWER_MOST - 1 - caller->len));
        if (got <= 0) {
            if (SSL_get_error(caller->ssl, got) != SSL_ERROR_WANT_READ)
                end(load, caller);
            return;
        }
        caller->len += (size_t)got;
        const char *body = whole(caller, &status);
        if (body)
            take(load, caller, status, body);
    }
}

/* --- all of them -------------------------------------------------------------------------------------------------- */

static void turn(Load *load)
{
    struct epoll_event events[256];
    int count = epoll_wait(load->poll, events, (int)COUNT(events), 20);

    for (int i = 0; i < count; i++) {
        Caller *caller = events[i].data.ptr;
        if (caller->ssl)
            go_on(load, caller);
    }
    while (load->begun < load->count && load->greeting < AT_ONCE)
        begin(load, &load->callers[load->begun++]);
    int64_t now = now_us();
    for (size_t i = 0; load->failures && i < load->begun; i++)
        if (load->callers[i].doing == RESTING && load->callers[i].rests_until_us <= now) {
            if (load->callers[i].ssl)
                send_request(load, &load->callers[i], load->callers[i].heard_us ? FETCHING : HELD);
            else
                begin(load, &load->callers[i]);
        }
}

static void turn_until(Load *load, const size_t *value, size_t wanted, const char *what)
{
    int64_t until = now_us() + (int64_t)PATIENCE_MS * 1000;

    while (*value < wanted) {
        turn(load);
        if (now_us() > until) {
            fprintf(stderr, "events_load: %s: %zu of %zu, %zu failures\n", what, *value, wanted, load->failures);
            exit(1);
        }
    }
}

/* --- what the registrar takes ------------------------------------------------------------------------------------- */

typedef struct Taken {
    double memory_kib, processor_ms;
} Taken;

static Taken taken(const char *pid)
{
    Taken ret = { 0 };
    char path[64], line[512];
    unsigned long user = 0, kernel = 0;
    FILE *file;

    snprintf(path, sizeof path, "/proc/%s/smaps_rollup", pid);
    file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file))
        (void)sscanf(line, "Pss: %lf", &ret.memory_kib);
    if (file)
        fclose(file);
    snprintf(path, sizeof path, "/proc/%s/stat", pid);
    file = fopen(path, "r");
    if (!file || !fgets(line, sizeof line, file) ||
        sscanf(strrchr(line, ')'), ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &kernel) != 2)
        die(path, NULL);
    fclose(file);
    ret.processor_ms = (double)(user + kernel) * 1000 / (double)sysconf(_SC_CLK_TCK);
    return ret;
}

/* --- a change ----------------------------------------------------------------------------------------------------- */

typedef struct Change {
    Office *office;
    int64_t id, done_us;
} Change;

/* Beside the loop, so that nobody who hears of it waits for us. */
static void *change(void *arg)
{
    Change *one = arg;
    NoticeWish wish = { .texts = { [LANGUAGE_UZ] = "Ertaga yopiq" } };
    Clock clock = clock_system();
    Error err = { 0 };

    wish.until_s = clock_wall_s(&clock) + 3600;
    if (!notice_add(one->office, &wish, &one->id, &err))
        die("notice", &err);
    one->done_us = now_us();
    return NULL;
}

static int by_value(const void *a, const void *b)
{
    const int64_t *one = a, *other = b;

    return (*one > *other) - (*one < *other);
}

static void tell_spread(Load *load, const char *what, int64_t since_us, bool fetched)
{
    int64_t *values = mem_new(load->count, sizeof *values);

    for (size_t i = 0; i < load->count; i++)
        values[i] = (fetched ? load->callers[i].fetched_us : load->callers[i].heard_us) - since_us;
    qsort(values, load->count, sizeof *values, by_value);
    printf("  %-28s p50 %6.1f ms  p99 %6.1f ms  all %6.1f ms\n", what, (double)values[load->count / 2] / 1000,
           (double)values[load->count * 99 / 100] / 1000, (double)values[load->count - 1] / 1000);
    mem_free(values);
}

static void change_something(Load *load, Office *office, const char *pid)
{
    Change one = { .office = office };
    pthread_t thread;

    turn_until(load, &load->held, load->count - load->count / 50, "held again"); /* some are always at a heartbeat */
    load->heard = load->fetched = 0;
    for (size_t i = 0; i < load->count; i++)
        load->callers[i].heard_us = load->callers[i].fetched_us = 0;
    atomic_fetch_add(&load->change, 1);
    Taken before = taken(pid);
    pthread_create(&thread, NULL, change, &one);
    turn_until(load, &load->fetched, load->count, "heard");
    pthread_join(thread, NULL);
    Taken after = taken(pid);
    tell_spread(load, "heard of one change", one.done_us, false);
    tell_spread(load, "... and had what it was", one.done_us, true);
    printf("  registrar's processor        %.2f ms a kiosk\n",
           (after.processor_ms - before.processor_ms) / (double)load->count);
}

/* --- the bench ---------------------------------------------------------------------------------------------------- */

static void hold(Load *load, Office *office, const char *pid, int64_t seconds)
{
    Taken empty = taken(pid);
    int64_t began = now_us();

    turn_until(load, &load->held, load->count, "held");
    double took_s = (double)(now_us() - began) / 1e6;
    for (int64_t until = now_us() + 2000000; now_us() < until;)
        turn(load);
    Taken full = taken(pid);
    printf("%zu kiosks, a certificate and a connection each\n", load->count);
    printf("  all there after              %.1f s (%.0f handshakes a second), processor %.2f ms a kiosk\n", took_s,
           (double)load->count / took_s, (full.processor_ms - empty.processor_ms) / (double)load->count);
    printf("  registrar's memory           %.1f KiB a kiosk (%.0f MiB before, %.0f MiB with all)\n",
           (full.memory_kib - empty.memory_kib) / (double)load->count, empty.memory_kib / 1024, full.memory_kib / 1024);
    load->beats = 0;
    for (int64_t until = now_us() + seconds * 1000000; now_us() < until;)
        turn(load);
    Taken later = taken(pid);
    printf("  registrar's processor at rest %.2f %% of one, with %zu heartbeats in %lld s\n",
           (later.processor_ms - full.processor_ms) / ((double)seconds * 10), load->beats, (long long)seconds);
    for (int i = 0; i < CHANGES; i++)
        change_something(load, office, pid);
    printf("  answers that were none       %zu\n", load->failures);
}

static SSL_CTX *tls_new(const char *out)
{
    char folder[512], path[600];
    SSL_CTX *tls = SSL_CTX_new(TLS_client_method());

    kiosk_folder(out, 0, folder);
    snprintf(path, sizeof path, "%s/ca.pem", folder);
    if (!tls || SSL_CTX_load_verify_locations(tls, path, NULL) != 1)
        die(path, NULL);
    SSL_CTX_set_verify(tls, SSL_VERIFY_PEER, NULL);
    SSL_CTX_set_mode(tls, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(tls, SSL_SESS_CACHE_OFF);
    return tls;
}

int main(int argc, char **argv)
{
    Registrar registrar = { 0 };
    Error err = { 0 };
    uint64_t count, port, seconds;

    setvbuf(stdout, NULL, _IOLBF, 0);
    signal(SIGPIPE, SIG_IGN); /* the write tells */
    if (argc == 5 && !strcmp(argv[1], "kiosks") && str_to_u64(str_from(argv[4]), 1, 65536, &count)) {
        make_kiosks(argv[2], argv[3], count);
        return 0;
    }
    if (argc != 8 || strcmp(argv[1], "hold") != 0 || !str_to_u64(str_from(argv[4]), 1, 65536, &count) ||
        !str_to_u64(str_from(argv[5]), 1, 65535, &port) || !str_to_u64(str_from(argv[7]), 1, 3600, &seconds)) {
        fputs("usage: events_load kiosks FOLDER OUT COUNT | hold FOLDER OUT COUNT PORT PID SECONDS\n", stderr);
        return 2;
    }
    Load load = { .tls = tls_new(argv[3]), .out = argv[3], .port = (uint16_t)port, .count = count };
    load.callers = mem_new(load.count, sizeof(Caller));
    load.poll = epoll_create1(EPOLL_CLOEXEC);
    if (!load.callers || load.poll < 0)
        die("callers", NULL);
    if (!registrar_open(argv[2], NULL, &registrar, &err))
        die(argv[2], &err);
    hold(&load, registrar.office, argv[6], (int64_t)seconds);
    registrar_close(&registrar);
    return 0;
}
