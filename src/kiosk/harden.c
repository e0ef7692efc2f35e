#include "kiosk/harden.h"

#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/file.h"

#define FILE_MOST 65536

void harden_process(void)
{
    struct rlimit none = { 0, 0 };

    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    umask(077);
}

/* The group of version 2: the line that begins with "0::"; empty without one. */
static Str own_group(Str text)
{
    while (text.len > 0) {
        Str line = str_split(&text, '\n');
        if (str_starts(line, STR("0::/")))
            return (Str){ line.ptr + 4, line.len - 4 };
    }
    return (Str){ "", 0 };
}

static bool group_forbids(const char *proc, const char *cgroups)
{
    char path[512];
    OWNED_BUF groups;
    OWNED_BUF most;

    buf_init(&groups, FILE_MOST);
    buf_init(&most, FILE_MOST);
    if (!path_join(path, sizeof path, proc, "self/cgroup", NULL) || !file_read(path, &groups, NULL))
        return false;
    Str group = own_group(buf_str(&groups));
    int size = snprintf(path, sizeof path, "%s/" STR_FMT "/memory.swap.max", cgroups, STR_ARG(group));
    return size > 0 && (size_t)size < sizeof path && file_read(path, &most, NULL) &&
           str_equal_text(str_trim(buf_str(&most)), "0");
}

bool harden_may_be_swapped(const char *proc, const char *cgroups)
{
    char path[512];
    OWNED_BUF swaps; /* a heading, then a line for each place */

    buf_init(&swaps, FILE_MOST);
    if (!path_join(path, sizeof path, proc, "swaps", NULL) || !file_read(path, &swaps, NULL))
        return false; /* a kernel that knows no swapping */
    Str rest = buf_str(&swaps);
    (void)str_split(&rest, '\n');
    return str_trim(rest).len > 0 && !group_forbids(proc, cgroups);
}
