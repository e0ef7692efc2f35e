/* What every fuzz target shares: the input as a Str, a byte to choose by, files for what reads files, and a check that
 * ends the program where something that must hold does not. */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"

/* One input: given by libFuzzer, or by fuzz_replay.c in builds without it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_HOLDS(condition)                                                                                          \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            (void)!fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);                      \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)

static inline UNUSED Str fuzz_str(const uint8_t *data, size_t size)
{
    return (Str){ (const char *)data, size };
}

/* Takes the first byte off the input, to choose by; 0 when there is none. */
static inline UNUSED uint8_t fuzz_choice(Str *input)
{
    if (input->len == 0)
        return 0;
    input->ptr++;
    input->len--;
    return (uint8_t)input->ptr[-1];
}

/* Into a zero-ended text for functions that want one; cut at size. */
static inline UNUSED void fuzz_text(Str input, char *text, size_t size)
{
    size_t len = input.len < size - 1 ? input.len : size - 1;

    if (len > 0)
        memcpy(text, input.ptr, len);
    text[len] = '\0';
}

static char fuzz_folder_path[64];

static UNUSED void fuzz_folder_remove(void)
{
    static const char *const names[] = { "uz.mo", "uz-Cyrl.mo", "ru.mo", "input" };
    char path[128];

    for (size_t i = 0; i < COUNT(names); i++) {
        (void)!snprintf(path, sizeof path, "%s/%s", fuzz_folder_path, names[i]);
        (void)!unlink(path);
    }
    (void)!rmdir(fuzz_folder_path);
}

/* A folder in memory for this process, removed at its end. */
static inline UNUSED const char *fuzz_folder(void)
{
    if (!fuzz_folder_path[0]) {
        memcpy(fuzz_folder_path, "/dev/shm/fuzz-XXXXXX", 21);
        FUZZ_HOLDS(mkdtemp(fuzz_folder_path));
        FUZZ_HOLDS(atexit(fuzz_folder_remove) == 0);
    }
    return fuzz_folder_path;
}

/* Writes bytes to a file of that folder; its path is valid until the next call. */
static inline UNUSED const char *fuzz_file(const char *name, Str bytes)
{
    static char path[128];
    FILE *file;

    (void)!snprintf(path, sizeof path, "%s/%s", fuzz_folder(), name);
    file = fopen(path, "wb");
    FUZZ_HOLDS(file);
    FUZZ_HOLDS(fwrite(bytes.len ? bytes.ptr : "", 1, bytes.len, file) == bytes.len);
    FUZZ_HOLDS(fclose(file) == 0);
    return path;
}

#endif
