#include "registrar/token_file.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/str.h"

static bool check_file(int file, const char *path, Error *err)
{
    struct stat there;

    if (fstat(file, &there) != 0)
        return error_set_errno(err, "%.100s", path);
    return (S_ISREG(there.st_mode) && there.st_uid == geteuid() && (there.st_mode & 077) == 0) ||
           error_set(err, ERR_DENIED,
                     "%.90s must be a file of this user that nobody else can read: chown it to this user, chmod 600",
                     path);
}

static bool read_token(int file, char *array, size_t size, size_t *ret_len, Error *err)
{
    size_t len = 0;
    ssize_t got;

    while (len < size && (got = read(file, array + len, size - len)) > 0)
        len += (size_t)got;
    *ret_len = len;
    return len < size || error_set(err, ERR_RANGE, "a token has at most %zu bytes", size - 1);
}

static bool is_token(Str token)
{
    bool ok = token.len > 0;

    for (size_t i = 0; ok && i < token.len; i++)
        ok = token.ptr[i] > ' ' && token.ptr[i] < 0x7F;
    return ok;
}

bool token_file_read(const char *path, const char *what, char *array, size_t size, Error *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    size_t len = 0;

    if (file < 0)
        return error_set_errno(err, "%.40s, %.90s", what, path);
    bool read = check_file(file, path, err) && read_token(file, array, size, &len, err);
    close(file);
    if (!read) {
        mem_wipe(array, size);
        return false;
    }
    Str token = str_trim((Str){ array, len });
    if (!is_token(token)) {
        mem_wipe(array, size);
        return error_set(err, ERR_FORMAT, "%.90s holds no token", path);
    }
    len = token.len;
    memmove(array, token.ptr, len);
    mem_wipe(array + len, size - len);
    return true;
}
