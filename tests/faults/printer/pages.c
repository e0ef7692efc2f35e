#include "pages.h"

#include <ctype.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Objects of /Type /Page that lie open in the file.  Newer writers pack them into compressed streams: then none is. */
static int count_open_pages(Str document)
{
    static const char key[] = "/Type";
    static const char page[] = "/Page";
    const char *at = document.ptr, *end = document.ptr + document.len;
    int count = 0;

    while ((at = memmem(at, (size_t)(end - at), key, sizeof(key) - 1))) {
        at += sizeof(key) - 1;
        while (at < end && isspace((unsigned char)*at))
            at++;
        if ((size_t)(end - at) > sizeof(page) - 1 && memcmp(at, page, sizeof(page) - 1) == 0 &&
            !isalnum((unsigned char)at[sizeof(page) - 1]))
            count++;
    }
    return count;
}

static int read_pages(int output)
{
    char line[256];
    int pages = 0;
    FILE *file = fdopen(output, "r");

    if (!file) {
        close(output);
        return 0;
    }
    while (fgets(line, sizeof(line), file))
        if (strncmp(line, "Pages:", 6) == 0)
            pages = (int)strtol(line + 6, NULL, 10);
    fclose(file);
    return pages;
}

static int ask_pdfinfo(const char *path)
{
    char name[] = "pdfinfo", file[1024], locale[] = "LC_ALL=C", search[1024];
    char *arguments[] = { name, file, NULL }, *environment[] = { locale, search, NULL };
    posix_spawn_file_actions_t actions;
    int pipe_ends[2], status;
    pid_t pid;

    snprintf(file, sizeof(file), "%s", path);
    snprintf(search, sizeof(search), "PATH=%s", getenv("PATH") ? getenv("PATH") : "/usr/bin");
    if (pipe2(pipe_ends, O_CLOEXEC) != 0)
        return 0;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], STDOUT_FILENO);
    int failed = posix_spawnp(&pid, name, &actions, NULL, arguments, environment);
    posix_spawn_file_actions_destroy(&actions);
    close(pipe_ends[1]);
    int pages = read_pages(pipe_ends[0]);
    if (!failed)
        waitpid(pid, &status, 0);
    return pages;
}

int pages_of(Str document, const char *path)
{
    if (!str_starts(document, STR("%PDF-")))
        return 0;
    int pages = count_open_pages(document);
    return pages > 0 ? pages : ask_pdfinfo(path);
}
