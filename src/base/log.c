#include "base/log.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/memory.h"

#define LINE_MAX_BYTES 1024 /* below PIPE_BUF: one write(2) of it is never mixed with another's */

struct Log {
    int descriptor;
    LogLevel least;
    bool journal;
    Clock clock;
    const char *field; /* of every line; NULL: none */
    char word[64];
};

static const struct {
    const char *name;
    const char *fields;
} events[] = {
#define LOG_EVENT(id, name, fields) [EVENT_##id] = { name, fields },
#include "base/log_events.h"
#undef LOG_EVENT
};
static_assert(COUNT(events) == LOG_EVENT_COUNT, "one row per LogEvent");

static const struct {
    const char *name;
    const char *priority; /* sd-daemon(3) */
} levels[] = {
    [LOG_DEBUG] = { "debug", "<7>" },
    [LOG_INFO] = { "info", "<6>" },
    [LOG_WARN] = { "warn", "<4>" },
    [LOG_ERROR] = { "error", "<3>" },
};

Log *log_new(int descriptor, LogLevel least, bool journal, const Clock *clock)
{
    Log *log = mem_new(1, sizeof(*log));

    if (log)
        *log = (Log){ .descriptor = descriptor, .least = least, .journal = journal, .clock = *clock };
    return log;
}

Log *log_share(const Log *log, const char *field, const char *word)
{
    Log *shared = mem_copy(log, sizeof(*log));

    if (shared && field) {
        shared->field = field;
        str_copy_cut(str_from(word), shared->word, sizeof shared->word);
    }
    return shared;
}

void log_free(Log *log)
{
    mem_free(log);
}

static bool is_allowed(const char *fields, const char *name)
{
    Str rest = str_from(fields);

    while (rest.len > 0)
        if (str_equal_text(str_split(&rest, ' '), name))
            return true;
    return false;
}

static void write_word(Buf *line, const char *word)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:[]";

    if (!word || word[0] == '\0')
        word = "-";
    for (; *word; word++)
        buf_add_byte(line, strchr(allowed, *word) ? (uint8_t)*word : '?');
}

static void write_fields(Buf *line, LogEvent event, const LogField *fields)
{
    for (; fields && fields->kind != LOG_FIELD_END; fields++) {
        bool allowed = is_allowed(events[event].fields, fields->name);
        assert(allowed && "log_events.h does not name this field for this event");
        if (!allowed)
            continue;
        buf_add_format(line, " %s=", fields->name);
        if (fields->kind == LOG_FIELD_NUMBER)
            buf_add_format(line, "%lld", (long long)fields->number);
        else
            write_word(line, fields->word);
    }
}

/* Words of libraries and files may hold anything: one line stays one line, and the quotes stay a pair. */
static void write_quoted(Buf *line, const char *words)
{
    Str rest = str_from(words);

    if (!utf8_valid(rest))
        rest = STR("(not text)");
    buf_add_byte(line, '"');
    while (rest.len > 0) {
        uint32_t c = utf8_next(&rest);
        buf_add_char(line, c == '"' ? '\'' : utf8_is_unwanted(c) ? '?' : c);
    }
    buf_add_byte(line, '"');
}

static void write_line(Log *log, Buf *line)
{
    /* A line over its maximum keeps its beginning, which names time and event. */
    const char *text = buf_text(line);
    size_t len = line->len;
    char whole[LINE_MAX_BYTES + 1];

    memcpy(whole, text, len);
    whole[len++] = '\n';
    for (size_t done = 0; done < len;) {
        ssize_t put = write(log->descriptor, whole + done, len - done);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return; /* nowhere left to say it */
        done += (size_t)put;
    }
}

static void write_event(Log *log, LogLevel level, LogEvent event, const LogField *fields, const Error *err)
{
    assert((unsigned)event < LOG_EVENT_COUNT && (unsigned)level < COUNT(levels));
    if (!log || level < log->least)
        return;
    OWNED_BUF line;
    buf_init(&line, LINE_MAX_BYTES);
    if (log->journal)
        buf_add_text(&line, levels[level].priority);
    instant_write(&line, clock_wall_ms(&log->clock));
    buf_add_format(&line, " %s %s", levels[level].name, events[event].name);
    if (log->field) {
        buf_add_format(&line, " %s=", log->field);
        write_word(&line, log->word);
    }
    write_fields(&line, event, fields);
    if (err) {
        buf_add_format(&line, " code=%s cause=%d why=", error_code_name(err->code), err->cause);
        write_quoted(&line, err->text);
    }
    write_line(log, &line);
}

void log_write(Log *log, LogLevel level, LogEvent event, const LogField *fields)
{
    write_event(log, level, event, fields, NULL);
}

void log_failure(Log *log, LogLevel level, LogEvent event, const Error *err, const LogField *fields)
{
    write_event(log, level, event, fields, err);
}
