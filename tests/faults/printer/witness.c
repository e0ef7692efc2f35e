#include "witness.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

int64_t unix_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int open_to_append(const char *path)
{
    return open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
}

bool witness_open(Witness *witness, const char *dir, Error *err)
{
    char events[1024];

    if (snprintf(witness->sheets_path, sizeof(witness->sheets_path), "%s/sheets.tsv", dir) >=
            (int)sizeof(witness->sheets_path) ||
        snprintf(events, sizeof(events), "%s/events.tsv", dir) >= (int)sizeof(events))
        return error_set(err, ERR_RANGE, "the folder's name is too long");
    witness->sheets = open_to_append(witness->sheets_path);
    witness->events = open_to_append(events);
    if (witness->sheets < 0 || witness->events < 0)
        return error_set_errno(err, "witness in %s", dir);
    return true;
}

/* A witness that can't write is none. */
static void write_line(int file, const char *line, int length)
{
    if (length > 0 && write(file, line, (size_t)length) == length)
        return;
    perror("fault_printer: witness");
    _exit(3);
}

void witness_sheet(const Witness *witness, int job, const char *name, int page, int pages, const char *sha256)
{
    char line[512];
    int length = snprintf(line, sizeof(line), "%lld\t%d\t%.128s\t%d\t%d\t%s\n", (long long)unix_ms(), job, name, page,
                          pages, sha256);

    write_line(witness->sheets, line, length);
}

void witness_event(const Witness *witness, const char *what, int job, const char *name, size_t bytes)
{
    char line[512];
    int length =
        snprintf(line, sizeof(line), "%lld\t%s\t%d\t%.128s\t%zu\n", (long long)unix_ms(), what, job, name, bytes);

    write_line(witness->events, line, length);
}

off_t witness_mark(const Witness *witness)
{
    struct stat state;

    return fstat(witness->sheets, &state) == 0 ? state.st_size : 0;
}

int witness_count(const Witness *witness, int job, off_t mark)
{
    char line[512];
    int count = 0;
    FILE *file = fopen(witness->sheets_path, "re");

    if (!file)
        return 0;
    if (fseeko(file, mark, SEEK_SET) == 0)
        while (fgets(line, sizeof(line), file)) {
            const char *tab = strchr(line, '\t');
            if (tab && strtol(tab + 1, NULL, 10) == job)
                count++;
        }
    fclose(file);
    return count;
}
