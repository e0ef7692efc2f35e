#include "base/error.h"

#undef error_set
#undef error_set_cause
#undef error_set_errno
#undef error_add

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { TEXT_SIZE = sizeof(((Error){ 0 }).text) };

static const char *const code_names[] = {
    [ERR_NONE] = "none",
    [ERR_ARGUMENT] = "argument",
    [ERR_MEMORY] = "memory",
    [ERR_RANGE] = "range",
    [ERR_FORMAT] = "format",
    [ERR_IO] = "io",
    [ERR_NOT_FOUND] = "not-found",
    [ERR_EXISTS] = "exists",
    [ERR_CONFLICT] = "conflict",
    [ERR_DENIED] = "denied",
    [ERR_LIMIT] = "limit",
    [ERR_TIMEOUT] = "timeout",
    [ERR_CANCELLED] = "cancelled",
    [ERR_OFFLINE] = "offline",
    [ERR_PROTOCOL] = "protocol",
    [ERR_CRYPTO] = "crypto",
    [ERR_UNSUPPORTED] = "unsupported",
    [ERR_BUSY] = "busy",
    [ERR_STORE] = "store",
    [ERR_INTERNAL] = "internal",
};
static_assert(COUNT(code_names) == ERR_CODE_COUNT, "one name per ErrorCode");

/* Text cut by vsnprintf may end inside a UTF-8 sequence: take the broken end away, so that the log stays text. */
static void cut_broken_end(char *text)
{
    size_t len = strlen(text);
    size_t start = len;

    while (start > 0 && ((unsigned char)text[start - 1] & 0xC0u) == 0x80u)
        start--;
    if (start == 0 || (unsigned char)text[start - 1] < 0xC0u)
        return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t need = lead >= 0xF0u ? 4 : lead >= 0xE0u ? 3 : 2;
    if (len - (start - 1) < need)
        text[start - 1] = '\0';
}

PRINTF_LIKE(4, 0)
static void set(Error *err, ErrorCode code, int cause, const char *format, va_list args)
{
    char text[TEXT_SIZE];

    vsnprintf(text, sizeof(text), format, args); /* apart: an argument may point into err */
    cut_broken_end(text);
    err->code = code;
    err->cause = cause;
    memcpy(err->text, text, sizeof(text));
}

bool error_set(Error *err, ErrorCode code, const char *format, ...)
{
    va_list args;

    if (!err)
        return false;
    va_start(args, format);
    set(err, code, 0, format, args);
    va_end(args);
    return false;
}

bool error_set_cause(Error *err, ErrorCode code, int cause, const char *format, ...)
{
    va_list args;

    if (!err)
        return false;
    va_start(args, format);
    set(err, code, cause, format, args);
    va_end(args);
    return false;
}

bool error_set_errno(Error *err, const char *format, ...)
{
    int cause = errno;
    char reason[80];
    va_list args;

    if (!err)
        return false;
    /* GNU strerror_r: the answer may stand in reason or be a constant. */
    const char *words = strerror_r(cause, reason, sizeof(reason));
    snprintf(err->text, sizeof(err->text), "%s", words);
    err->code = ERR_IO;
    err->cause = cause;

    char doing[TEXT_SIZE];
    va_start(args, format);
    vsnprintf(doing, sizeof(doing), format, args);
    va_end(args);
    error_add(err, "%s", doing);
    errno = cause;
    return false;
}

bool error_add(Error *err, const char *format, ...)
{
    char doing[TEXT_SIZE];
    va_list args;

    if (!err)
        return false;
    va_start(args, format);
    vsnprintf(doing, sizeof(doing), format, args);
    va_end(args);

    /* The words at the end name the cause and are worth more than the path to it: that is what is cut. */
    size_t kept = strlen(err->text);
    size_t room = sizeof(err->text) - 1;
    if (kept + 2 >= room)
        return false;
    if (strlen(doing) > room - kept - 2)
        doing[room - kept - 2] = '\0';
    cut_broken_end(doing);

    size_t len = strlen(doing);
    memmove(err->text + len + 2, err->text, kept + 1);
    memcpy(err->text, doing, len);
    memcpy(err->text + len, ": ", 2);
    return false;
}

void error_clear(Error *err)
{
    if (err)
        memset(err, 0, sizeof(*err));
}

const char *error_code_name(ErrorCode code)
{
    return (unsigned)code < COUNT(code_names) ? code_names[code] : "unknown";
}
