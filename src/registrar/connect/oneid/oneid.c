#include "registrar/connect/oneid/oneid.h"

#include <string.h>

#include "base/memory.h"
#include "base/percent.h"
#include "registrar/connect/oneid/inside.h"

#define TEXT_MOST   400
#define FORM_MOST   8192
#define ANSWER_MOST (256u << 10)

struct OneId {
    OneIdConfig config; /* its texts are owned */
    char *address, *ca_file, *client, *secret, *scope;
    Channel *channel;
};

const char *oneid_outcome_name(OneIdOutcome outcome)
{
    static const char *const names[] = {
        [ONEID_OK] = "ok",           [ONEID_REFUSED] = "refused", [ONEID_AWAY] = "away",
        [ONEID_STRANGE] = "strange", [ONEID_FAILED] = "failed",
    };
    static_assert(COUNT(names) == ONEID_OUTCOME_COUNT, "a name each");

    return names[outcome];
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

static bool config_ok(const OneIdConfig *config, Error *err)
{
    if (strlen(config->address) > TEXT_MOST || strpbrk(config->address, "?#") ||
        (strncmp(config->address, "https://", 8) != 0 && strncmp(config->address, "http://127.0.0.1", 16) != 0))
        return error_set(err, ERR_ARGUMENT, "OneID: the address is not https");
    if (!config->client[0] || !config->secret[0] || !config->scope[0] || strlen(config->client) > TEXT_MOST ||
        strlen(config->secret) > TEXT_MOST || strlen(config->scope) > TEXT_MOST)
        return error_set(err, ERR_ARGUMENT, "OneID: a client, its secret and its scope are needed");
    return (config->deadline_ms >= 100 && config->deadline_ms <= 60000 && config->connections >= 1 &&
            config->connections <= CHANNEL_CONNECTIONS_MOST) ||
           error_set(err, ERR_ARGUMENT, "OneID: a bound is not kept");
}

OneId *oneid_new_over(const OneIdConfig *config, const ChannelTransport *transport, Error *err)
{
    if (!config_ok(config, err))
        return NULL;
    OneId *oneid = mem_new(1, sizeof *oneid);
    if (!oneid) {
        (void)error_set(err, ERR_MEMORY, "OneID");
        return NULL;
    }
    oneid->config = *config;
    oneid->address = mem_copy_text(config->address);
    oneid->ca_file = config->ca_file ? mem_copy_text(config->ca_file) : NULL;
    oneid->client = mem_copy_text(config->client);
    oneid->secret = mem_copy_text(config->secret);
    oneid->scope = mem_copy_text(config->scope);
    const bool copied =
        oneid->address && oneid->client && oneid->secret && oneid->scope && (oneid->ca_file || !config->ca_file);
    if (!copied)
        (void)error_set(err, ERR_MEMORY, "OneID");
    else
        oneid->channel = channel_new(&(ChannelConfig){ "OneID", oneid->ca_file, config->connections, config->clock },
                                     transport, err);
    if (oneid->channel)
        return oneid;
    oneid_free(oneid);
    return NULL;
}

OneId *oneid_new(const OneIdConfig *config, Error *err)
{
    return oneid_new_over(config, NULL, err);
}

void oneid_free(OneId *oneid)
{
    if (!oneid)
        return;
    channel_free(oneid->channel);
    if (oneid->secret)
        mem_free_wiped(oneid->secret, strlen(oneid->secret));
    mem_free(oneid->address);
    mem_free(oneid->ca_file);
    mem_free(oneid->client);
    mem_free(oneid->scope);
    mem_free(oneid);
}

/* --- its page ----------------------------------------------------------------------------------------------------- */

static void add_field(Buf *buf, const char *name, const char *value)
{
    buf_add_format(buf, "&%s=", name);
    percent_encode(str_from(value), buf);
}

bool oneid_page_address(const OneId *oneid, const char *back, const char *state, Buf *ret, Error *err)
{
    buf_add_format(ret, "%s?response_type=one_code", oneid->address);
    add_field(ret, "client_id", oneid->client);
    add_field(ret, "redirect_uri", back);
    add_field(ret, "scope", oneid->scope);
    add_field(ret, "state", state);
    return buf_ok(ret, err);
}

/* --- who it was ----------------------------------------------------------------------------------------------------
 */

static OneIdOutcome unanswered(ErrorCode code)
{
    if (code == ERR_MEMORY || code == ERR_ARGUMENT || code == ERR_INTERNAL || code == ERR_CANCELLED)
        return ONEID_FAILED;
    return code == ERR_PROTOCOL ? ONEID_STRANGE : ONEID_AWAY;
}

typedef OneIdOutcome (*ReadAnswer)(int status, Str body, char *ret, Error *err);

static OneIdOutcome post(OneId *oneid, Str form, ReadAnswer read, char *ret, Error *err)
{
    ChannelPlace place = { 0 };
    HttpAnswer answer;
    Error why = { 0 };
    OneIdOutcome outcome;

    if (!channel_take(oneid->channel, oneid->config.deadline_ms, &place, err))
        return ONEID_AWAY;
    const HttpRequest request = {
        .method = "POST",
        .url = oneid->address,
        .content_type = "application/x-www-form-urlencoded",
        .body = form,
        .accept = "application/json",
        .answer_most = ANSWER_MOST,
        .deadline_ms = oneid->config.deadline_ms,
    };
    if (channel_carry(oneid->channel, &place, &request, &answer, &why)) {
        outcome = read ? read(answer.status, buf_str(&answer.body), ret, &why) : ONEID_OK;
        http_answer_fini(&answer);
    } else {
        outcome = unanswered(why.code);
    }
    channel_give(oneid->channel, &place,
                 outcome == ONEID_FAILED ? CHANNEL_NONE
                 : outcome == ONEID_AWAY ? CHANNEL_DEAD
                                         : CHANNEL_ALIVE);
    if (outcome != ONEID_OK && err)
        *err = why;
    return outcome;
}

/* back: with a code; NULL: with a token. */
static OneIdOutcome ask(OneId *oneid, const char *grant, const char *back, const char *secret, ReadAnswer read,
                        char *ret, Error *err)
{
    OneIdOutcome outcome;
    OWNED_BUF form; /* holds secrets */

    buf_init(&form, FORM_MOST);
    buf_add_format(&form, "grant_type=%s", grant);
    add_field(&form, "client_id", oneid->client);
    add_field(&form, "client_secret", oneid->secret);
    add_field(&form, back ? "code" : "access_token", secret);
    if (back)
        add_field(&form, "redirect_uri", back);
    else
        add_field(&form, "scope", oneid->scope);
    outcome = buf_ok(&form, err) ? post(oneid, buf_str(&form), read, ret, err) : ONEID_FAILED;
    mem_wipe(form.data, form.len);
    return outcome;
}

OneIdOutcome oneid_who(OneId *oneid, const char *back, const char *code, char ret_pinfl[ONEID_PINFL_SIZE], Error *err)
{
    char token[ONEID_TOKEN_SIZE] = "";
    Error ignored = { 0 };

    ret_pinfl[0] = '\0';
    OneIdOutcome outcome = ask(oneid, "one_authorization_code", back, code, oneid_read_token, token, err);
    if (outcome == ONEID_OK)
        outcome = ask(oneid, "one_access_token_identify", NULL, token, oneid_read_person, ret_pinfl, err);
    if (token[0])
        (void)ask(oneid, "one_log_out", NULL, token, NULL, NULL, &ignored); /* nothing of theirs stays open for us */
    mem_wipe(token, sizeof token);
    if (outcome != ONEID_OK)
        mem_wipe(ret_pinfl, ONEID_PINFL_SIZE);
    return outcome;
}
