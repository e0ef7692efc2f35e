/* A tool of the system run as a child process: no shell, its input an open file, its output kept within a limit and a
 * deadline. */
#ifndef BASE_TOOL_H
#define BASE_TOOL_H

#include "base/buf.h"

/* arguments: the tool's name first (found in /usr/bin or /bin), NULL last.  input is read from its beginning.  Appends
 * what the tool writes to output, within that buffer's limit.  ERR_NOT_FOUND: no such tool; ERR_TIMEOUT: killed at the
 * deadline; ERR_MEMORY: it wrote too much; ERR_FORMAT: it ended with a failure of its own.  The child has 1 GiB of
 * memory and as much processor time as the deadline. */
bool tool_run(const char *const *arguments, int input, int timeout_ms, Buf *output, Error *err) MUST_USE;

#endif
