#include "registrar/connect/hemis/hemis.h"

#include <string.h>

#include "base/memory.h"
#include "registrar/connect/hemis/inside.h"

#define ADDRESS_MOST 400
#define URL_MOST     1200
#define ANSWER_MOST  (8u << 20)

struct Hemis {
    HemisConfig config;
    char *address, *ca_file, *oauth_client, *oauth_secret;
    Channel *channel;
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

    return (marks && !config->oauth_client == !config->oauth_secret && config->deadline_ms >= 100 &&
            config->deadline_ms <= 60000 && config->sign_in_ms >= 0 && config->sign_in_ms <= 60000 &&
            config->connections >= 1 && config->connections <= CHANNEL_CONNECTIONS_MOST &&
            strlen(config->address) <= ADDRESS_MOST &&
            (strncmp(config->address, "https://", 8) == 0 || strncmp(config->address, "http://127.0.0.1", 16) == 0)) ||
           error_set(err, ERR_ARGUMENT, "HEMIS: the address is not https, or a bound is not kept");
}

Hemis *hemis_new_over(const HemisConfig *config, const HemisTransport *transport, Error *err)
{
    if (!config_ok(config, err))
        return NULL;
    OWNED(Hemis) hemis = mem_new(1, sizeof *hemis);
    if (hemis) {
        hemis->address = mem_copy_text(config->address);
        hemis->ca_file = config->ca_file ? mem_copy_text(config->ca_file) : NULL;
        hemis->oauth_client = config->oauth_client ? mem_copy_text(config->oauth_client) : NULL;
        hemis->oauth_secret = config->oauth_secret ? mem_copy_text(config->oauth_secret) : NULL;
    }
    if (!hemis || !hemis->address || (config->ca_file && !hemis->ca_file) ||
        (config->oauth_client && !hemis->oauth_client) || (config->oauth_secret && !hemis->oauth_secret)) {
        error_set(err, ERR_MEMORY, "HEMIS");
        return NULL;
    }
    size_t len = strlen(hemis->address);
    while (len > 0 && hemis->address[len - 1] == '/')
        hemis->address[--len] = '\0';
    hemis->config = *config;
    hemis->config.address = hemis->address;
    hemis->config.ca_file = hemis->ca_file;
    hemis->config.oauth_client = hemis->oauth_client;
    hemis->config.oauth_secret = hemis->oauth_secret;
    hemis->channel =
        channel_new(&(ChannelConfig){ "HEMIS", hemis->ca_file, config->connections, config->clock }, transport, err);
    return hemis->channel ? steal(&hemis) : NULL;
}

Hemis *hemis_new(const HemisConfig *config, Error *err)
{
    return hemis_new_over(config, NULL, err);
}

void hemis_free(Hemis *hemis)
{
    if (!hemis)
        return;
    channel_free(hemis->channel);
    mem_free(hemis->address);
    mem_free(hemis->ca_file);
    mem_free(hemis->oauth_client);
    if (hemis->oauth_secret)
        mem_free_wiped(hemis->oauth_secret, strlen(hemis->oauth_secret));
    mem_free(hemis);
}

const HemisConfig *hemis_config(const Hemis *hemis)
{
    return &hemis->config;
}

bool hemis_is_away(Hemis *hemis)
{
    return channel_is_away(hemis->channel);
}

void hemis_hush(Hemis *hemis, bool quiet)
{
    channel_hush(hemis->channel, quiet);
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

static ChannelSign sign_of(HemisOutcome outcome)
{
    if (outcome == HEMIS_FAILED)
        return CHANNEL_NONE;
    return outcome == HEMIS_AWAY || outcome == HEMIS_UNKNOWN ? CHANNEL_DEAD : CHANNEL_ALIVE;
}

size_t hemis_host_len(const Hemis *hemis)
{
    const size_t len = (size_t)(strstr(hemis->address, "://") - hemis->address) + 3;

    return len + strcspn(hemis->address + len, "/");
}

static bool write_url(const Hemis *hemis, const HemisAsk *ask, Buf *url, Error *err)
{
    buf_add_str(url, (Str){ hemis->address, ask->bare ? hemis_host_len(hemis) : strlen(hemis->address) });
    buf_add_text(url, ask->path);
    if (ask->language)
        buf_add_format(url, "?l=%s", ask->language);
    if (ask->query)
        buf_add_format(url, "%c%s", ask->language ? '&' : '?', ask->query);
    return buf_ok(url, err);
}

static HemisOutcome read_answer(const HttpAnswer *answer, const HemisAsk *ask, HemisReply *ret, Error *err)
{
    HemisOutcome outcome =
        (ask->bare ? hemis_bare : hemis_envelope)(answer->status, buf_str(&answer->body), &ret->data, err);

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
    ChannelPlace place = { 0 };
    HttpAnswer answer;
    Error why = { 0 };
    OWNED_BUF url;

    *ret = (HemisReply){ 0 };
    buf_init(&url, URL_MOST);
    if (!write_url(hemis, ask, &url, err))
        return HEMIS_FAILED;
    const int deadline_ms = ask->deadline_ms > 0 ? ask->deadline_ms : hemis->config.deadline_ms;
    if (!channel_take(hemis->channel, deadline_ms, &place, err))
        return HEMIS_AWAY;
    const HttpRequest request = {
        .method = ask->body.len ? "POST" : "GET",
        .url = buf_text(&url),
        .bearer = ask->bearer,
        .content_type = !ask->body.len ? NULL
                        : ask->bare    ? "application/x-www-form-urlencoded"
                                       : "application/json",
        .body = ask->body,
        .accept = "application/json",
        .etag = ask->etag && ask->etag[0] ? ask->etag : NULL,
        .answer_most = ANSWER_MOST,
        .deadline_ms = deadline_ms,
    };
    HemisOutcome outcome;
    if (channel_carry(hemis->channel, &place, &request, &answer, &why)) {
        outcome = read_answer(&answer, ask, ret, &why);
        http_answer_fini(&answer);
    } else {
        outcome = unanswered(why.code, ask->acts);
    }
    channel_give(hemis->channel, &place, sign_of(outcome));
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
    const size_t len = hemis_host_len(hemis);

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
    ChannelPlace place = { 0 };
    HttpAnswer answer;
    Error why = { 0 };

    if (!is_ours(hemis, url)) {
        error_set(err, ERR_PROTOCOL, "a file that is not at HEMIS's address");
        return HEMIS_STRANGE;
    }
    if (!channel_take(hemis->channel, hemis->config.deadline_ms, &place, err))
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
    if (channel_carry(hemis->channel, &place, &request, &answer, &why)) {
        outcome = file_outcome(&answer, ret, &why);
        http_answer_fini(&answer);
    } else {
        outcome = unanswered(why.code, false);
    }
    channel_give(hemis->channel, &place, sign_of(outcome));
    if (outcome != HEMIS_OK && err)
        *err = why;
    return outcome;
}
