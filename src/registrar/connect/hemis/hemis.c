#include "registrar/connect/hemis/hemis.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "registrar/connect/hemis/breaker.h"
#include "registrar/connect/hemis/inside.h"

#define CONNECTIONS_MOST 64
#define ADDRESS_MOST     400
#define URL_MOST         1200
#define ANSWER_MOST      (8u << 20)

/* The lock is held for moments, never while somebody is asked. */
struct Hemis {
    HemisConfig config;
    char *address, *ca_file;
    HemisTransport transport;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t idle;  /* a connection came back */
    Breaker breaker;
    HttpClient *clients[CONNECTIONS_MOST]; /* those that nobody uses, each with its kept connection */
    int waiting_clients, used;
    bool quiet;
};

const char *const hemis_languages[LANGUAGE_COUNT] = {
    [LANGUAGE_UZ] = "uz-UZ", [LANGUAGE_UZ_CYRL] = "oz-UZ", [LANGUAGE_RU] = "ru-RU", [LANGUAGE_EN] = "en-US"
};

const char *hemis_outcome_name(HemisOutcome outcome)
{
    static const char *const names[] = {
        [HEMIS_OK] = "ok",           [HEMIS_UNCHANGED] = "unchanged", [HEMIS_REFUSED] = "refused",
        [HEMIS_LIMITED] = "limited", [HEMIS_EXPIRED] = "expired",     [HEMIS_NOTHING] = "nothing",
        [HEMIS_AWAY] = "away",       [HEMIS_STRANGE] = "strange",     [HEMIS_UNKNOWN] = "unknown",
        [HEMIS_FAILED] = "failed",
    };
    static_assert(COUNT(names) == HEMIS_OUTCOME_COUNT, "a name each");

    return names[outcome];
}

/* --- the connections --------------------------------------------------------------------------------------------- */

static bool config_ok(const HemisConfig *config, Error *err)
{
    bool marks = config->mark_least[0] <= 100 && config->mark_least[0] > config->mark_least[1] &&
                 config->mark_least[1] > config->mark_least[2] && config->mark_least[2] >= 0;

    return (marks && config->deadline_ms >= 100 && config->deadline_ms <= 60000 && config->sign_in_ms >= 0 &&
            config->sign_in_ms <= 60000 && config->connections >= 1 && config->connections <= CONNECTIONS_MOST &&
            strlen(config->address) <= ADDRESS_MOST &&
            (strncmp(config->address, "https://", 8) == 0 || strncmp(config->address, "http://127.0.0.1", 16) == 0)) ||
           error_set(err, ERR_ARGUMENT, "HEMIS: the address is not https, or a bound is not kept");
}

static bool locks_start(Hemis *hemis)
{
    pthread_condattr_t monotonic;

    if (pthread_condattr_init(&monotonic) != 0)
        return false;
    bool started =
        pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC) == 0 && pthread_mutex_init(&hemis->lock, NULL) == 0;
    if (started && pthread_cond_init(&hemis->idle, &monotonic) != 0) {
        pthread_mutex_destroy(&hemis->lock);
        started = false;
    }
    pthread_condattr_destroy(&monotonic);
    return started;
}

Hemis *hemis_new_over(const HemisConfig *config, const HemisTransport *transport, Error *err)
{
    if (!config_ok(config, err))
        return NULL;
    Hemis *hemis = mem_new(1, sizeof *hemis);
    if (!hemis || !locks_start(hemis)) {
        mem_free(hemis);
        error_set(err, ERR_MEMORY, "HEMIS");
        return NULL;
    }
    hemis->config = *config;
    hemis->transport = transport ? *transport : (HemisTransport){ 0 };
    hemis->address = mem_copy_text(config->address);
    hemis->ca_file = config->ca_file ? mem_copy_text(config->ca_file) : NULL;
    if (!hemis->address || (config->ca_file && !hemis->ca_file)) {
        hemis_free(hemis);
        error_set(err, ERR_MEMORY, "HEMIS");
        return NULL;
    }
    size_t len = strlen(hemis->address);
    while (len > 0 && hemis->address[len - 1] == '/')
        hemis->address[--len] = '\0';
    hemis->config.address = hemis->address;
    hemis->config.ca_file = hemis->ca_file;
    return hemis;
}

Hemis *hemis_new(const HemisConfig *config, Error *err)
{
    return hemis_new_over(config, NULL, err);
}

void hemis_free(Hemis *hemis)
{
    if (!hemis)
        return;
    assert(hemis->used == 0);
    for (int i = 0; i < hemis->waiting_clients; i++)
        http_client_free(hemis->clients[i]);
    pthread_cond_destroy(&hemis->idle);
    pthread_mutex_destroy(&hemis->lock);
    mem_free(hemis->address);
    mem_free(hemis->ca_file);
    mem_free(hemis);
}

const HemisConfig *hemis_config(const Hemis *hemis)
{
    return &hemis->config;
}

bool hemis_is_away(Hemis *hemis)
{
    pthread_mutex_lock(&hemis->lock);
    bool away = breaker_is_open(&hemis->breaker);
    pthread_mutex_unlock(&hemis->lock);
    return away;
}

void hemis_hush(Hemis *hemis, bool quiet)
{
    pthread_mutex_lock(&hemis->lock);
    hemis->quiet = quiet;
    pthread_mutex_unlock(&hemis->lock);
}

/* Until one of the connections is free, or the deadline is over. */
static bool wait_for_place(Hemis *hemis, int deadline_ms)
{
    struct timespec until;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += deadline_ms / 1000;
    until.tv_nsec += (long)(deadline_ms % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    while (hemis->used >= hemis->config.connections)
        if (pthread_cond_timedwait(&hemis->idle, &hemis->lock, &until) != 0)
            return false;
    return true;
}

/* *ret_client: NULL where one must be made. */
static bool take_place(Hemis *hemis, int deadline_ms, HttpClient **ret_client, Error *err)
{
    pthread_mutex_lock(&hemis->lock);
    bool place =
        !breaker_is_open(&hemis->breaker) || clock_monotonic_ms(&hemis->config.clock) >= hemis->breaker.until_ms;
    place = place && wait_for_place(hemis, deadline_ms);
    /* Asked last: whom it lets through is asked. */
    bool taken = place && !hemis->quiet && breaker_lets(&hemis->breaker, clock_monotonic_ms(&hemis->config.clock));
    if (taken) {
        hemis->used++;
        *ret_client = hemis->waiting_clients > 0 ? hemis->clients[--hemis->waiting_clients] : NULL;
    }
    pthread_mutex_unlock(&hemis->lock);
    return taken ||
           error_set(err, ERR_OFFLINE, "HEMIS is not asked: it did not answer before, or all connections are in use");
}

typedef enum Sign { SIGN_NONE, SIGN_ALIVE, SIGN_DEAD } Sign;

static void give_place(Hemis *hemis, HttpClient *client, Sign sign)
{
    pthread_mutex_lock(&hemis->lock);
    hemis->used--;
    if (client)
        hemis->clients[hemis->waiting_clients++] = client;
    if (sign == SIGN_ALIVE)
        breaker_answered(&hemis->breaker);
    else if (sign == SIGN_DEAD)
        breaker_failed(&hemis->breaker, clock_monotonic_ms(&hemis->config.clock));
    else
        breaker_unused(&hemis->breaker);
    pthread_cond_signal(&hemis->idle);
    pthread_mutex_unlock(&hemis->lock);
}

static bool carry(Hemis *hemis, HttpClient **client, const HttpRequest *request, HttpAnswer *ret, Error *err)
{
    const HttpIdentity identity = { hemis->ca_file, NULL, NULL };

    if (hemis->transport.carry)
        return hemis->transport.carry(hemis->transport.ctx, request, ret, err);
    if (!*client)
        *client = http_client_new(&identity, err);
    return *client && http_do(*client, request, ret, err);
}

/* --- one request ------------------------------------------------------------------------------------------------- */

/* Of a request without an answer. */
static HemisOutcome unanswered(ErrorCode code, bool acts)
{
    if (code == ERR_MEMORY || code == ERR_ARGUMENT || code == ERR_INTERNAL || code == ERR_CANCELLED)
        return HEMIS_FAILED;
    if (code == ERR_PROTOCOL)
        return acts ? HEMIS_UNKNOWN : HEMIS_STRANGE;
    /* Whom we do not trust was told nothing. */
    return acts && code != ERR_CRYPTO ? HEMIS_UNKNOWN : HEMIS_AWAY;
}

static Sign sign_of(HemisOutcome outcome)
{
    if (outcome == HEMIS_FAILED)
        return SIGN_NONE;
    return outcome == HEMIS_AWAY || outcome == HEMIS_UNKNOWN ? SIGN_DEAD : SIGN_ALIVE;
}

static bool write_url(const Hemis *hemis, const HemisAsk *ask, Buf *url, Error *err)
{
    buf_add_text(url, hemis->address);
    buf_add_text(url, ask->path);
    if (ask->language)
        buf_add_format(url, "?l=%s", ask->language);
    if (ask->query)
        buf_add_format(url, "%c%s", ask->language ? '&' : '?', ask->query);
    return buf_ok(url, err);
}

static HemisOutcome read_answer(const HttpAnswer *answer, const HemisAsk *ask, HemisReply *ret, Error *err)
{
    HemisOutcome outcome = hemis_envelope(answer->status, buf_str(&answer->body), &ret->data, err);

    if (outcome == HEMIS_OK || outcome == HEMIS_UNCHANGED)
        str_copy_cut(str_from(answer->etag), ret->etag, sizeof ret->etag);
    if (outcome == HEMIS_UNCHANGED && (!ask->etag || !ask->etag[0]))
        outcome = HEMIS_STRANGE;
    /* Some servers say 403 to an address that tried too often, and when to come back. */
    if (outcome == HEMIS_STRANGE && answer->status == 403 && answer->retry_after_s > 0)
        outcome = HEMIS_LIMITED;
    if (outcome == HEMIS_LIMITED)
        ret->wait_s = answer->retry_after_s;
    /* Done or not: what can't be read does not say. */
    if (ask->acts && (outcome == HEMIS_STRANGE || outcome == HEMIS_AWAY))
        outcome = HEMIS_UNKNOWN;
    return outcome;
}

HemisOutcome hemis_ask(Hemis *hemis, const HemisAsk *ask, HemisReply *ret, Error *err)
{
    HttpClient *client = NULL;
    HttpAnswer answer;
    Error why = { 0 };
    OWNED_BUF url;

    *ret = (HemisReply){ 0 };
    buf_init(&url, URL_MOST);
    if (!write_url(hemis, ask, &url, err))
        return HEMIS_FAILED;
    const int deadline_ms = ask->deadline_ms > 0 ? ask->deadline_ms : hemis->config.deadline_ms;
    if (!take_place(hemis, deadline_ms, &client, err))
        return HEMIS_AWAY;
    const HttpRequest request = {
        .method = ask->body.len ? "POST" : "GET",
        .url = buf_text(&url),
        .bearer = ask->bearer,
        .content_type = ask->body.len ? "application/json" : NULL,
        .body = ask->body,
        .accept = "application/json",
        .etag = ask->etag && ask->etag[0] ? ask->etag : NULL,
        .answer_most = ANSWER_MOST,
        .deadline_ms = deadline_ms,
    };
    HemisOutcome outcome;
    if (carry(hemis, &client, &request, &answer, &why)) {
        outcome = read_answer(&answer, ask, ret, &why);
        http_answer_fini(&answer);
    } else {
        outcome = unanswered(why.code, ask->acts);
    }
    give_place(hemis, client, sign_of(outcome));
    if (outcome != HEMIS_OK && err) {
        *err = why;
        error_add(err, "%s", ask->path);
    }
    return outcome;
}

/* --- a file ------------------------------------------------------------------------------------------------------ */

/* At the address's own host and port, so that no answer can send a token to somebody else. */
static bool is_ours(const Hemis *hemis, const char *url)
{
    size_t len = (size_t)(strstr(hemis->address, "://") - hemis->address) + 3;

    len += strcspn(hemis->address + len, "/");
    return strncmp(url, hemis->address, len) == 0 && url[len] == '/' && strlen(url) < URL_MOST;
}

static HemisOutcome file_outcome(const HttpAnswer *answer, Buf *ret, Error *err)
{
    json_t *data = NULL;

    if (answer->status == 200 && str_starts(buf_str(&answer->body), STR("%PDF-"))) {
        buf_add_str(ret, buf_str(&answer->body));
        return buf_ok(ret, err) ? HEMIS_OK : HEMIS_FAILED;
    }
    HemisOutcome outcome = hemis_envelope(answer->status, buf_str(&answer->body), &data, err);
    json_decref(data);
    if (outcome == HEMIS_OK || outcome == HEMIS_UNCHANGED) {
        error_set(err, ERR_PROTOCOL, "what came is no PDF");
        return HEMIS_STRANGE;
    }
    return outcome;
}

HemisOutcome hemis_fetch(Hemis *hemis, const char *url, const char *bearer, Buf *ret, Error *err)
{
    HttpClient *client = NULL;
    HttpAnswer answer;
    Error why = { 0 };

    if (!is_ours(hemis, url)) {
        error_set(err, ERR_PROTOCOL, "a file that is not at HEMIS's address");
        return HEMIS_STRANGE;
    }
    if (!take_place(hemis, hemis->config.deadline_ms, &client, err))
        return HEMIS_AWAY;
    const HttpRequest request = {
        .method = "GET",
        .url = url,
        .bearer = bearer,
        .accept = "application/pdf",
        .answer_most = HEMIS_PAPER_MOST,
        .deadline_ms = hemis->config.deadline_ms,
    };
    HemisOutcome outcome;
    if (carry(hemis, &client, &request, &answer, &why)) {
        outcome = file_outcome(&answer, ret, &why);
        http_answer_fini(&answer);
    } else {
        outcome = unanswered(why.code, false);
    }
    give_place(hemis, client, sign_of(outcome));
    if (outcome != HEMIS_OK && err)
        *err = why;
    return outcome;
}
