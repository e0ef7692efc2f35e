/* What the tests of this room share: files under the build folder, tools run on them, and the certificate's template
 * with values. */
#ifndef TEST_PAPER_H
#define TEST_PAPER_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib.h>

#include "base/file.h"
#include "base/memory.h"
#include "registrar/document/document.h"

#define LOGO     SOURCE_DIR "/assets/logos/namuna.svg"
#define TEMPLATE SOURCE_DIR "/assets/documents/certificate-of-study.json"

/* A path of this process's own in the build folder; static, so copy it to keep two. */
static inline const char *paper_path(const char *name)
{
    static char path[400];

    snprintf(path, sizeof path, "%s/paper-%d-%s", BINARY_DIR, (int)getpid(), name);
    return path;
}

static inline void paper_write(const char *path, const Blob *blob)
{
    Error err = { 0 };

    if (!file_write(path, 0644, blob_str(blob), &err))
        fail_msg("%s", err.text);
}

/* What a command printed; fails the test when the command does. */
static inline PRINTF_LIKE(2, 3) void paper_run(Buf *output, const char *format, ...)
{
    char command[1024];
    char bytes[4096];
    va_list args;
    size_t got;
    FILE *pipe;
    int status;

    va_start(args, format);
    vsnprintf(command, sizeof command, format, args);
    va_end(args);
    pipe = popen(command, "r");
    assert_non_null(pipe);
    while ((got = fread(bytes, 1, sizeof bytes, pipe)) > 0)
        buf_add(output, bytes, got);
    status = pclose(pipe);
    if (status != 0)
        fail_msg("%s: status %d: %s", command, status, buf_text(output));
}

/* Hash of what pdftotext -raw says of a file. */
static inline void paper_hash(const char *path, uint8_t ret[SEAL_HASH_SIZE])
{
    Error err = { 0 };
    OWNED_BUF text;
    char *whole;

    buf_init(&text, 4u << 20);
    paper_run(&text, "pdftotext -raw -enc UTF-8 '%s' -", path);
    whole = g_utf8_normalize(buf_text(&text), -1, G_NORMALIZE_NFC);
    assert_non_null(whole);
    assert_true(seal_text_hash(str_from(whole), ret, &err));
    g_free(whole);
}

static inline bool paper_knows(const char *name)
{
    (void)name;
    return true;
}

static inline Template *paper_template(const char *path)
{
    Error err = { 0 };
    OWNED_BUF json;
    Template *template;

    buf_init(&json, 1u << 20);
    if (!file_read(path, &json, &err))
        fail_msg("%s", err.text);
    template = template_parse(buf_str(&json), paper_knows, &err);
    if (!template)
        fail_msg("%s", err.text);
    return template;
}

#endif
