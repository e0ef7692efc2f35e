#include "registrar/whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"

bool whole_file_begin(const char *path, const char *ending, WholeFile *ret, Error *err)
{
    WholeFile *whole = ret;
    int len = snprintf(whole->beside, sizeof whole->beside, "%s%s", path, ending ? ending : ".XXXXXX");

    whole->begun = false;
    if (len < 0 || (size_t)len >= sizeof whole->beside || !str_copy(str_from(path), whole->path, sizeof whole->path))
        return error_set(err, ERR_RANGE, "path of %d bytes", len);
    if (ending) {
        unlink(whole->beside);
        whole->file = open(whole->beside, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    } else
        whole->file = mkostemp(whole->beside, O_CLOEXEC);
    whole->begun = whole->file >= 0;
    return whole->begun || error_set_errno(err, "beside %.100s", path);
}

/* The new name is in the folder's own blocks. */
static bool sync_folder(const char *path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    Str part = !slash ? STR(".") : slash == path ? STR("/") : (Str){ path, (size_t)(slash - path) };
    int file = str_copy(part, folder, sizeof folder) ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    bool done = file >= 0 && fsync(file) == 0;

    if (file >= 0)
        close(file);
    return done;
}

bool whole_file_keep(WholeFile *whole, Error *err)
{
    if (fsync(whole->file) != 0 || rename(whole->beside, whole->path) != 0)
        return error_set_errno(err, "%.100s", whole->path);
    close(whole->file);
    whole->begun = false;
    return sync_folder(whole->path) || error_set_errno(err, "folder of %.100s", whole->path);
}

void whole_file_drop(WholeFile *whole)
{
    if (!whole->begun)
        return;
    close(whole->file);
    unlink(whole->beside);
    whole->begun = false;
}
