/* Whole small files. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <sys/types.h>

#include "base/buf.h"

/* Appends the file to buf, within its limit.  ERR_NOT_FOUND when there is none. */
bool file_read(const char *path, Buf *buf, Error *err) MUST_USE;
/* Beside it, fdatasync, rename: the old or the new one is there, never half of one. */
bool file_write(const char *path, mode_t mode, Str bytes, Error *err) MUST_USE;
/* Makes the folder and those above it; no error when it is there. */
bool folder_make(const char *path, mode_t mode, Error *err) MUST_USE;
/* Calls each with the names (not "." or "..") of a folder that end in ending, by bytes; stops at the first false. */
bool folder_each(const char *path, const char *ending, bool (*each)(void *ctx, const char *name, Error *err), void *ctx,
                 Error *err) MUST_USE;
/* folder + "/" + name into an array; ERR_RANGE when it does not fit. */
bool path_join(char *array, size_t size, const char *folder, const char *name, Error *err) MUST_USE;

#endif
