/* A large file that is there whole or not at all: written beside its name, then given it. */
#ifndef REGISTRAR_WHOLE_FILE_H
#define REGISTRAR_WHOLE_FILE_H

#include <limits.h>

#include "base/error.h"

typedef struct WholeFile {
    int file; /* open for reading and writing, mode 0600 */
    char path[PATH_MAX], beside[PATH_MAX];
    bool begun;
} WholeFile;

/* ending NULL: a name that is nobody's; else path + ending, where what an earlier try left is removed. */
bool whole_file_begin(const char *path, const char *ending, WholeFile *ret, Error *err) MUST_USE;
/* On the disk under its name, instead of what was there. */
bool whole_file_keep(WholeFile *whole, Error *err) MUST_USE;
/* Removes what was not kept; accepts all-zero. */
void whole_file_drop(WholeFile *whole);
#define OWNED_WHOLE_FILE __attribute__((cleanup(whole_file_drop))) WholeFile

#endif
