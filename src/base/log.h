/* The operator's log: one line an event, each event with the fields that log_events.h allows it, and nothing else.
 * There is no free text for values, so that no name, token or answer can slip in.  Any thread; a line is whole. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdint.h>

#include "base/clock.h"
#include "base/error.h"

typedef enum LogLevel { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR } LogLevel;

/* EVENT_KIOSK_STARTED and so on: made from the table in log_events.h. */
typedef enum LogEvent {
#define LOG_EVENT(name, words, fields) EVENT_##name,
#include "base/log_events.h"
#undef LOG_EVENT
    LOG_EVENT_COUNT
} LogEvent;

typedef enum LogFieldKind { LOG_FIELD_END, LOG_FIELD_NUMBER, LOG_FIELD_WORD } LogFieldKind;
typedef struct LogField {
    LogFieldKind kind;
    const char *name;
    int64_t number;
    const char *word; /* an identifier of ours: letters, digits and -_./:[] ; anything else is written as '?' */
} LogField;

#define LOG_NUMBER(name, value) ((LogField){ LOG_FIELD_NUMBER, name, (int64_t)(value), NULL })
#define LOG_WORD(name, value)   ((LogField){ LOG_FIELD_WORD, name, 0, (value) })

typedef struct Log Log;

/* Writes lines to the descriptor, which stays the caller's; with "<6>" in front when journal is true (sd-daemon(3)).
 * clock is copied.  NULL when there is no memory. */
Log *log_new(int descriptor, LogLevel least, bool journal, const Clock *clock);
/* Another pen for the same paper: each of its lines says field=word besides ("institution", "namuna"; NULL: nothing).
 * field is static; log may end before it.  NULL when there is no memory. */
Log *log_share(const Log *log, const char *field, const char *word);
void log_free(Log *log);
OWNED_BY(Log, log_free)

/* log NULL: nowhere.  fields end with a LOG_FIELD_END row.  A field that the event's row does not allow is left out
 * (and asserted in debug). */
void log_write(Log *log, LogLevel level, LogEvent event, const LogField *fields);
/* A failure, with code, cause and the error's own words: those hold ids and causes, never personal data. */
void log_failure(Log *log, LogLevel level, LogEvent event, const Error *err, const LogField *fields);

#define LOG(log, level, event, ...) log_write(log, level, event, (const LogField[]){ __VA_ARGS__ __VA_OPT__(, ){ 0 } })

#endif
