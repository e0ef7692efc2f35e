#include "faults.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool path_of(char *path, size_t size, const char *dir, const char *name)
{
    int length = snprintf(path, size, "%s/faults/%s", dir, name);

    return length > 0 && (size_t)length < size;
}

/* The first word of a fault's file.  False when the fault is not raised. */
static bool read_word(const char *dir, const char *name, char word[static 48])
{
    char path[1024];
    bool raised = false;

    word[0] = '\0';
    FILE *file = path_of(path, sizeof(path), dir, name) ? fopen(path, "re") : NULL;
    if (file) {
        raised = true;
        if (fscanf(file, "%47s", word) != 1)
            word[0] = '\0';
        fclose(file);
    }
    return raised;
}

static bool is_raised(const char *dir, const char *name)
{
    char path[1024];

    return path_of(path, sizeof(path), dir, name) && access(path, F_OK) == 0;
}

static double read_number(const char *dir, const char *name, double absent)
{
    char word[48];

    return read_word(dir, name, word) ? strtod(word, NULL) : absent;
}

Faults faults_read(const char *dir)
{
    Faults faults = {
        .at_page = (int)read_number(dir, "at-page", -1),
        .abort_at = (int)read_number(dir, "abort", -1),
        .hold_at = (int)read_number(dir, "hold", -1),
        .sheet_ms = (int64_t)(read_number(dir, "slow", SHEET_MS / 1000.0) * 1000),
        .sip_ms = (int64_t)(read_number(dir, "sip", 0) * 1000),
        .lease_most_s = (int)read_number(dir, "lease", 0),
        .stopped = is_raised(dir, "stopped"),
        .not_accepting = is_raised(dir, "not-accepting"),
        .busy = is_raised(dir, "busy"),
        .no_count = is_raised(dir, "no-count"),
        .garbage = is_raised(dir, "garbage"),
        .half = is_raised(dir, "half"),
        .hang = is_raised(dir, "hang"),
        .low = is_raised(dir, "low"),
        .early = is_raised(dir, "early"),
        .no_events = is_raised(dir, "no-events"),
        .no_lease = is_raised(dir, "no-lease"),
    };
    (void)read_word(dir, "warns", faults.warns);
    if (read_word(dir, "fault", faults.reason) && faults.reason[0] == '\0')
        snprintf(faults.reason, sizeof(faults.reason), "other");
    if (strcmp(faults.reason, "paused") == 0)
        faults.stopped = true; /* RFC 8011 5.4.12: who says paused is stopped */
    return faults;
}

bool faults_take_forget(const char *dir)
{
    char path[1024];

    return path_of(path, sizeof(path), dir, "forget") && unlink(path) == 0;
}
