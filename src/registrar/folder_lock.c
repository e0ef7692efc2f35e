#include "registrar/folder_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/memory.h"

struct FolderLock {
    int file;
};

static bool take(const char *path, bool alone, FolderLock *lock, Error *err)
{
    lock->file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock->file < 0)
        return error_set_errno(err, "%.100s", path);
    if (flock(lock->file, (alone ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0)
        return true;
    if (errno != EWOULDBLOCK)
        return error_set_errno(err, "%.100s", path);
    return error_set(err, ERR_BUSY,
                     alone ? "a registrar is at work in this folder: stop it first" : "this folder is being restored");
}

FolderLock *folder_lock(const char *database, bool alone, Error *err)
{
    OWNED(FolderLock) lock = mem_new(1, sizeof *lock);
    char path[PATH_MAX];
    int len = snprintf(path, sizeof path, "%s.lock", database);

    if (!lock) {
        error_set(err, ERR_MEMORY, "lock");
        return NULL;
    }
    lock->file = -1;
    if (len < 0 || (size_t)len >= sizeof path) {
        error_set(err, ERR_RANGE, "path of %d bytes", len);
        return NULL;
    }
    return take(path, alone, lock, err) ? steal(&lock) : NULL;
}

void folder_unlock(FolderLock *lock)
{
    if (!lock)
        return;
    if (lock->file >= 0)
        close(lock->file);
    mem_free(lock);
}
