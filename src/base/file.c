#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

static bool read_descriptor(int fd, Buf *buf, const char *path, Error *err)
{
    char part[16384];
    bool ok = true;

    for (;;) {
        ssize_t got = read(fd, part, sizeof(part));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            ok = error_set_errno(err, "read %s", path);
        if (got <= 0)
            break;
        buf_add(buf, part, (size_t)got);
        if (buf->failed) {
            ok = error_set(err, ERR_MEMORY, "%s is larger than %zu bytes", path, buf->limit);
            break;
        }
    }
    mem_wipe(part, sizeof(part)); /* keys are read this way too */
    return ok;
}

bool file_read(const char *path, Buf *buf, Error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0) {
        if (errno == ENOENT)
            return error_set_cause(err, ERR_NOT_FOUND, ENOENT, "%s: no such file", path);
        return error_set_errno(err, "open %s", path);
    }
    bool ok = read_descriptor(fd, buf, path, err);
    close(fd);
    return ok;
}

static bool write_all(int fd, Str bytes)
{
    while (bytes.len > 0) {
        ssize_t put = write(fd, bytes.ptr, bytes.len);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        bytes.ptr += put;
        bytes.len -= (size_t)put;
    }
    return true;
}

/* The new name is in the folder's own blocks: without this it may be gone after the power fails. */
static bool sync_folder_of(const char *path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    Str part = !slash ? STR(".") : slash == path ? STR("/") : (Str){ path, (size_t)(slash - path) };

    if (!str_copy(part, folder, sizeof(folder))) {
        errno = ENAMETOOLONG;
        return false;
    }
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool ok = fsync(fd) == 0;
    int cause = errno;
    close(fd);
    errno = cause;
    return ok;
}

bool file_write(const char *path, mode_t mode, Str bytes, Error *err)
{
    char beside[PATH_MAX];
    int len = snprintf(beside, sizeof(beside), "%s.XXXXXX", path);

    if (len < 0 || (size_t)len >= sizeof(beside))
        return error_set(err, ERR_RANGE, "path of %zu bytes", strlen(path));
    int fd = mkostemp(beside, O_CLOEXEC);
    if (fd < 0)
        return error_set_errno(err, "create beside %s", path);

    bool ok = fchmod(fd, mode) == 0 && write_all(fd, bytes) && fdatasync(fd) == 0;
    int cause = errno;
    if (close(fd) != 0 && ok) {
        ok = false;
        cause = errno;
    }
    if (ok && rename(beside, path) != 0) {
        ok = false;
        cause = errno;
    }
    if (!ok) {
        unlink(beside);
        errno = cause;
        return error_set_errno(err, "write %s", path);
    }
    if (!sync_folder_of(path))
        return error_set_errno(err, "sync the folder of %s", path);
    return true;
}

bool folder_make(const char *path, mode_t mode, Error *err)
{
    char part[PATH_MAX];

    if (!str_copy(str_from(path), part, sizeof(part)) || part[0] == '\0')
        return error_set(err, ERR_RANGE, "folder name of %zu bytes", strlen(path));
    for (char *at = part + 1;; at++) {
        if (*at != '/' && *at != '\0')
            continue;
        char end = *at;
        *at = '\0';
        if (mkdir(part, mode) != 0 && errno != EEXIST)
            return error_set_errno(err, "make folder %s", part);
        if (end == '\0')
            break;
        *at = end;
    }
    struct stat there;
    if (stat(part, &there) != 0)
        return error_set_errno(err, "look at %s", part);
    if (!S_ISDIR(there.st_mode))
        return error_set_cause(err, ERR_IO, ENOTDIR, "%s is not a folder", part);
    return true;
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

bool folder_each(const char *path, const char *ending, bool (*each)(void *ctx, const char *name, Error *err), void *ctx,
                 Error *err)
{
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, NULL, by_bytes);
    bool ok = true;

    if (count < 0) {
        if (errno == ENOENT)
            return error_set_cause(err, ERR_NOT_FOUND, ENOENT, "%s: no such folder", path);
        return error_set_errno(err, "list %s", path);
    }
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        if (ok && strcmp(name, ".") != 0 && strcmp(name, "..") != 0 && str_ends(str_from(name), str_from(ending)))
            ok = each(ctx, name, err);
        free(entries[i]);
    }
    free(entries);
    return ok;
}

bool path_join(char *array, size_t size, const char *folder, const char *name, Error *err)
{
    bool slashed = str_ends(str_from(folder), STR("/"));
    int len = snprintf(array, size, "%s%s%s", folder, slashed ? "" : "/", name);

    if (len < 0 || (size_t)len >= size) {
        if (size > 0)
            array[0] = '\0';
        return error_set(err, ERR_RANGE, "path of %d bytes", len);
    }
    return true;
}
