#include "registrar/connect/moodle/moodle.h"

#include <inttypes.h>
#include <pthread.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/connect/moodle/inside.h"

#define ADDRESS_MOST 400
#define NUMBER_MOST  24
#define BODY_MOST    1000
#define ANSWER_MOST  (4u << 20) /* courses tell their summaries too */
#define PATH         "/webservice/rest/server.php"
#define SITE_FOR_MS  INT64_C(3600000)
#define DAY_S        INT64_C(86400)
#define PAST_DAYS    14 /* how long ago something was due that is still told */

struct Moodle {
    MoodleConfig config;
    char *url, *ca_file, *token;
    Channel *channel;
    pthread_mutex_t lock; /* of what follows: what the site said of the token, and when */
    bool has_site;
    int64_t site_ms, service;
    unsigned may;
};

const char *moodle_outcome_name(MoodleOutcome outcome)
{
    static const char *const names[] = {
        [MOODLE_OK] = "ok",     [MOODLE_NOBODY] = "nobody",   [MOODLE_REFUSED] = "refused",
        [MOODLE_AWAY] = "away", [MOODLE_STRANGE] = "strange", [MOODLE_FAILED] = "failed",
    };
    static_assert(COUNT(names) == MOODLE_OUTCOME_COUNT, "a name each");

    return names[outcome];
}

/* --- opening ----------------------------------------------------------------------------------------------------- */

/* Only what needs no escaping in a form, and cannot be mistaken for another's. */
static bool is_plain(const char *text, size_t most, const char *also)
{
    size_t len = strlen(text);

    for (size_t i = 0; i < len; i++)
        if (!(text[i] >= '0' && text[i] <= '9') && !(text[i] >= 'a' && text[i] <= 'z') &&
            !(text[i] >= 'A' && text[i] <= 'Z') && !strchr(also, text[i]))
            return false;
    return len > 0 && len <= most;
}

static bool config_ok(const MoodleConfig *config, Error *err)
{
    if (strlen(config->address) > ADDRESS_MOST ||
        (strncmp(config->address, "https://", 8) != 0 && strncmp(config->address, "http://127.0.0.1", 16) != 0))
        return error_set(err, ERR_ARGUMENT, "Moodle: the address is not https");
    if (!is_plain(config->token, MOODLE_TOKEN_SIZE - 1, ""))
        return error_set(err, ERR_ARGUMENT, "Moodle: the token is not letters and figures");
    if (strcmp(config->match, "idnumber") != 0 && strcmp(config->match, "username") != 0)
        return error_set(err, ERR_ARGUMENT, "Moodle: students are matched by idnumber or username");
    return (config->deadline_ms >= 100 && config->deadline_ms <= 60000 && config->connections >= 1 &&
            config->connections <= CHANNEL_CONNECTIONS_MOST && config->days_ahead >= 1 && config->days_ahead <= 365) ||
           error_set(err, ERR_ARGUMENT, "Moodle: a bound is not kept");
}

static bool write_url(Moodle *moodle, const char *address, Error *err)
{
    OWNED_BUF url;
    Str base = str_from(address);

    buf_init(&url, ADDRESS_MOST + sizeof PATH);
    while (base.len > 0 && base.ptr[base.len - 1] == '/')
        base.len--;
    buf_add_str(&url, base);
    buf_add_text(&url, PATH);
    if (!buf_ok(&url, err))
        return false;
    moodle->url = mem_copy_text(buf_text(&url));
    return moodle->url || error_set(err, ERR_MEMORY, "Moodle");
}

Moodle *moodle_new_over(const MoodleConfig *config, const ChannelTransport *transport, Error *err)
{
    if (!config_ok(config, err))
        return NULL;
    Moodle *moodle = mem_new(1, sizeof *moodle);
    if (!moodle || pthread_mutex_init(&moodle->lock, NULL) != 0) {
        mem_free(moodle);
        error_set(err, ERR_MEMORY, "Moodle");
        return NULL;
    }
    moodle->config = *config;
    moodle->token = mem_copy_text(config->token);
    moodle->ca_file = config->ca_file ? mem_copy_text(config->ca_file) : NULL;
    moodle->config.match = strcmp(config->match, "idnumber") == 0 ? "idnumber" : "username";
    moodle->config.token = moodle->config.ca_file = moodle->config.address = NULL;
    bool made = write_url(moodle, config->address, err) &&
                ((moodle->token && (moodle->ca_file || !config->ca_file)) || error_set(err, ERR_MEMORY, "Moodle"));
    if (made)
        moodle->channel = channel_new(&(ChannelConfig){ "Moodle", moodle->ca_file, config->connections, config->clock },
                                      transport, err);
    if (moodle->channel)
        return moodle;
    moodle_free(moodle);
    return NULL;
}

Moodle *moodle_new(const MoodleConfig *config, Error *err)
{
    return moodle_new_over(config, NULL, err);
}

void moodle_free(Moodle *moodle)
{
    if (!moodle)
        return;
    channel_free(moodle->channel);
    pthread_mutex_destroy(&moodle->lock);
    if (moodle->token)
        mem_free_wiped(moodle->token, strlen(moodle->token));
    mem_free(moodle->url);
    mem_free(moodle->ca_file);
    mem_free(moodle);
}

bool moodle_is_away(Moodle *moodle)
{
    return channel_is_away(moodle->channel);
}

void moodle_hush(Moodle *moodle, bool quiet)
{
    channel_hush(moodle->channel, quiet);
}

/* --- one request ------------------------------------------------------------------------------------------------- */

static MoodleOutcome unanswered(ErrorCode code)
{
    if (code == ERR_MEMORY || code == ERR_ARGUMENT || code == ERR_INTERNAL || code == ERR_CANCELLED)
        return MOODLE_FAILED;
    return code == ERR_PROTOCOL ? MOODLE_STRANGE : MOODLE_AWAY;
}

static ChannelSign sign_of(MoodleOutcome outcome)
{
    if (outcome == MOODLE_FAILED)
        return CHANNEL_NONE;
    return outcome == MOODLE_AWAY ? CHANNEL_DEAD : CHANNEL_ALIVE;
}

static MoodleOutcome post(Moodle *moodle, const Buf *body, json_t **ret, Error *err)
{
    ChannelPlace place = { 0 };
    HttpAnswer answer;

    if (!channel_take(moodle->channel, moodle->config.deadline_ms, &place, err))
        return MOODLE_AWAY;
    const HttpRequest request = {
        .method = "POST",
        .url = moodle->url,
        .content_type = "application/x-www-form-urlencoded",
        .body = buf_str(body),
        .accept = "application/json",
        .answer_most = ANSWER_MOST,
        .deadline_ms = moodle->config.deadline_ms,
    };
    Error why = { 0 };
    MoodleOutcome outcome;
    if (channel_carry(moodle->channel, &place, &request, &answer, &why)) {
        outcome = moodle_answer(answer.status, buf_str(&answer.body), ret, &why);
        http_answer_fini(&answer);
    } else {
        outcome = unanswered(why.code);
    }
    channel_give(moodle->channel, &place, sign_of(outcome));
    if (outcome != MOODLE_OK && err)
        *err = why;
    return outcome;
}

/* arguments: "&userid=5", or "".  *ret is NULL but on MOODLE_OK. */
static MoodleOutcome ask(Moodle *moodle, MoodleFunction function, const char *arguments, json_t **ret, Error *err)
{
    OWNED_BUF body; /* holds the token */

    *ret = NULL;
    buf_init(&body, BODY_MOST);
    buf_add_format(&body, "wstoken=%s&wsfunction=%s&moodlewsrestformat=json&moodlewssettingfilter=1%s", moodle->token,
                   moodle_function_name(function), arguments);
    MoodleOutcome outcome = buf_ok(&body, err) ? post(moodle, &body, ret, err) : MOODLE_FAILED;
    mem_wipe(body.data, body.len);
    if (outcome != MOODLE_OK)
        error_add(err, "%s", moodle_function_name(function));
    return outcome;
}

/* --- a student --------------------------------------------------------------------------------------------------- */

typedef struct Reader {
    Moodle *moodle;
    int64_t service, user, now_s;
    unsigned may;
    json_t *courses, *grades, *events; /* owned */
} Reader;

static void reader_fini(Reader *reader)
{
    json_decref(reader->courses);
    json_decref(reader->grades);
    json_decref(reader->events);
}
#define OWNED_READER __attribute__((cleanup(reader_fini))) Reader

static bool site_is_known(Reader *reader)
{
    Moodle *moodle = reader->moodle;

    pthread_mutex_lock(&moodle->lock);
    bool known = moodle->has_site && clock_monotonic_ms(&moodle->config.clock) - moodle->site_ms < SITE_FOR_MS;
    reader->service = moodle->service;
    reader->may = moodle->may;
    pthread_mutex_unlock(&moodle->lock);
    return known;
}

static MoodleOutcome ask_site(Reader *reader, Error *err)
{
    Moodle *moodle = reader->moodle;
    OWNED(json_t) json = NULL;

    if (site_is_known(reader))
        return MOODLE_OK;
    MoodleOutcome outcome = ask(moodle, MOODLE_SITE, "", &json, err);
    if (outcome == MOODLE_OK)
        outcome = moodle_site(json, &reader->service, &reader->may, err);
    if (outcome != MOODLE_OK)
        return outcome;
    pthread_mutex_lock(&moodle->lock);
    moodle->has_site = true;
    moodle->site_ms = clock_monotonic_ms(&moodle->config.clock);
    moodle->service = reader->service;
    moodle->may = reader->may;
    pthread_mutex_unlock(&moodle->lock);
    return MOODLE_OK;
}

static MoodleOutcome ask_user(Reader *reader, const char *number, Error *err)
{
    const char *match = reader->moodle->config.match;
    OWNED(json_t) json = NULL;
    char arguments[120];

    (void)snprintf(arguments, sizeof arguments, "&field=%s&values[0]=%s", match, number);
    MoodleOutcome outcome = ask(reader->moodle, MOODLE_USER, arguments, &json, err);
    return outcome == MOODLE_OK ? moodle_user(json, match, number, reader->service, &reader->user, err) : outcome;
}

/* What the token may not read is not told, and no reason to tell nothing. */
static MoodleOutcome ask_more(Reader *reader, MoodleFunction function, const char *arguments, json_t **ret, Error *err)
{
    if (!(reader->may & MOODLE_MAY(function)))
        return MOODLE_OK;
    MoodleOutcome outcome = ask(reader->moodle, function, arguments, ret, err);
    if (outcome != MOODLE_REFUSED)
        return outcome;
    if (err)
        *err = (Error){ 0 };
    return MOODLE_OK;
}

static MoodleOutcome ask_studies(Reader *reader, Error *err)
{
    char arguments[200];

    (void)snprintf(arguments, sizeof arguments, "&userid=%" PRId64 "&returnusercount=0", reader->user);
    MoodleOutcome outcome = ask(reader->moodle, MOODLE_COURSES, arguments, &reader->courses, err);
    if (outcome == MOODLE_OK) {
        (void)snprintf(arguments, sizeof arguments, "&userid=%" PRId64, reader->user);
        outcome = ask_more(reader, MOODLE_GRADES, arguments, &reader->grades, err);
    }
    if (outcome == MOODLE_OK) {
        (void)snprintf(arguments, sizeof arguments,
                       "&userid=%" PRId64 "&timesortfrom=%" PRId64 "&timesortto=%" PRId64
                       "&limitnum=50&limittononsuspendedevents=1",
                       reader->user, reader->now_s - PAST_DAYS * DAY_S,
                       reader->now_s + reader->moodle->config.days_ahead * DAY_S);
        outcome = ask_more(reader, MOODLE_EVENTS, arguments, &reader->events, err);
    }
    return outcome;
}

MoodleOutcome moodle_read(Moodle *moodle, const char *number, Buf *ret, Error *err)
{
    OWNED_READER reader = { .moodle = moodle, .now_s = clock_wall_s(&moodle->config.clock) };

    if (!is_plain(number, NUMBER_MOST, "._-")) {
        error_set(err, ERR_ARGUMENT, "Moodle: a student number that can't be");
        return MOODLE_FAILED;
    }
    MoodleOutcome outcome = ask_site(&reader, err);
    if (outcome == MOODLE_OK)
        outcome = ask_user(&reader, number, err);
    if (outcome == MOODLE_OK)
        outcome = ask_studies(&reader, err);
    if (outcome != MOODLE_OK)
        return outcome;
    OWNED(json_t) part = moodle_part(reader.courses, reader.grades, reader.events, reader.now_s, err);
    if (!part)
        return err && err->code == ERR_MEMORY ? MOODLE_FAILED : MOODLE_STRANGE;
    OWNED_BUF body;
    buf_init(&body, MOODLE_PART_MOST);
    if (!json_write(part, &body, err) || !buf_ok(&body, err))
        return MOODLE_FAILED;
    buf_add_str(ret, buf_str(&body));
    return buf_ok(ret, err) ? MOODLE_OK : MOODLE_FAILED;
}
