/* How a function says why it failed: a stable code, the cause below it, and words for the log. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>

#include "base/macros.h"

/* Stable: tests, the kiosks' interface and screens match on these.  Expected outcomes are values of enums. */
typedef enum ErrorCode {
    ERR_NONE,
    ERR_ARGUMENT, /* the caller asked for what can't be */
    ERR_MEMORY,   /* no memory, or over a named maximum */
    ERR_RANGE,    /* a number or size outside its bounds */
    ERR_FORMAT,   /* bytes that are not what they should be */
    ERR_IO,       /* file, pipe or device; cause is errno */
    ERR_NOT_FOUND,
    ERR_EXISTS,
    ERR_CONFLICT, /* somebody else moved it first */
    ERR_DENIED,
    ERR_LIMIT, /* too many, too often */
    ERR_TIMEOUT,
    ERR_CANCELLED,
    ERR_OFFLINE,  /* the peer can't be reached */
    ERR_PROTOCOL, /* the peer answers what it should not */
    ERR_CRYPTO,
    ERR_UNSUPPORTED,
    ERR_BUSY,
    ERR_STORE, /* the database; cause is its result */
    ERR_INTERNAL,
    ERR_CODE_COUNT
} ErrorCode;

typedef struct Error {
    ErrorCode code;
    int cause;      /* errno, CURLcode or SQLite result; 0 when none */
    char text[160]; /* English, for the log; never shown to a visitor; when full, the cause's words are kept */
} Error;

/* Sets *err (which may be NULL) to code and the printf text.  Always false: "return error_set(...)" fails. */
bool error_set(Error *err, ErrorCode code, const char *format, ...) PRINTF_LIKE(3, 4);
/* As error_set, with the number of the cause. */
bool error_set_cause(Error *err, ErrorCode code, int cause, const char *format, ...) PRINTF_LIKE(4, 5);
/* ERR_IO with errno and its words. */
bool error_set_errno(Error *err, const char *format, ...) PRINTF_LIKE(2, 3);
/* Puts what was being done before the words: "what: words".  Code and cause stay.  Always false. */
bool error_add(Error *err, const char *format, ...) PRINTF_LIKE(2, 3);
void error_clear(Error *err);
/* "not-found": the code's stable name, static. */
const char *error_code_name(ErrorCode code);

/* An analyzer of one file at a time can't see that these are always false, and would go on after a failure. */
#ifdef __clang_analyzer__
#define error_set(...)       ((void)error_set(__VA_ARGS__), false)
#define error_set_cause(...) ((void)error_set_cause(__VA_ARGS__), false)
#define error_set_errno(...) ((void)error_set_errno(__VA_ARGS__), false)
#define error_add(...)       ((void)error_add(__VA_ARGS__), false)
#endif

#endif
