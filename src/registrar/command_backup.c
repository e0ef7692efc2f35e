/* registrar backup: the register as of one moment, for one reader, while it serves. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "registrar/commands.h"
#include "registrar/office/envelope.h"
#include "registrar/settings.h"
#include "registrar/store/copying.h"
#include "registrar/whole_file.h"

#define CERTIFICATE_MOST (64u << 10)

static const char usage[] =
    "usage: registrar backup DIR FILE [--to CERTIFICATE]\n"
    "\n"
    "Writes the whole register of DIR, as it stands at this moment, into FILE: checked, and encrypted for whoever has\n"
    "the private key that `registrar init` made beside DIR.  `registrar serve` may run meanwhile.  The keys folder is\n"
    "never in it: keep a copy of that apart.  FILE is there whole or not at all, and takes the place of nothing but\n"
    "an earlier backup; `openssl cms -decrypt` opens it too.\n"
    "  --to CERTIFICATE  for this one (PEM, EC) instead of DIR/backup.pem\n";

typedef struct Arguments {
    const char *data, *file, *to;
} Arguments;

static bool arguments_read(int argc, char **argv, Arguments *ret)
{
    for (int i = 1; i < argc; i++) {
        const char **value = argv[i][0] == '-' ? NULL : ret->data ? &ret->file : &ret->data;

        if (strcmp(argv[i], "--to") == 0 && i + 1 < argc) {
            value = &ret->to;
            i++;
        }
        if (!value || *value)
            return false;
        *value = argv[i];
    }
    return ret->data && ret->file;
}

static bool read_certificate(const Arguments *arguments, Buf *certificate, Error *err)
{
    char path[PATH_MAX];

    if (arguments->to)
        return file_read(arguments->to, certificate, err);
    if (!path_join(path, sizeof path, arguments->data, "backup.pem", err))
        return false;
    if (access(path, F_OK) != 0)
        return error_set(err, ERR_NOT_FOUND, "%.100s is not there: say for whom with --to", path);
    return file_read(path, certificate, err);
}

/* One word too many in a script, and the register, its settings or a device would be gone. */
static bool refuse_what_is_no_backup(const char *path, Error *err)
{
    struct stat there;
    bool earlier = false;

    if (lstat(path, &there) < 0)
        return errno == ENOENT || error_set_errno(err, "%.100s", path);
    if (S_ISREG(there.st_mode)) {
        int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

        if (file < 0)
            return error_set_errno(err, "%.100s", path);
        earlier = there.st_size == 0 || envelope_begins(file); /* mktemp has made it for us */
        close(file);
    }
    return earlier || error_set(err, ERR_EXISTS, "%.100s is there and is no backup: it is left as it is", path);
}

static bool seal(const Buf *certificate, int copy, const char *path, long long *ret_bytes, Error *err)
{
    OWNED_WHOLE_FILE file = { 0 };
    struct stat there;

    if (!whole_file_begin(path, NULL, &file, err) || !envelope_seal(buf_str(certificate), copy, file.file, err))
        return false;
    if (fstat(file.file, &there) < 0)
        return error_set_errno(err, "%.100s", path);
    *ret_bytes = (long long)there.st_size;
    return whole_file_keep(&file, err);
}

static bool copy_register(const Arguments *arguments, const Registrar *registrar, int *ret_copy, Error *err)
{
    const char *database = registrar_database(registrar);
    char beside[PATH_MAX];

    if (!store_is_postgresql(database))
        return store_copy(database, ret_copy, err);
    return path_join(beside, sizeof beside, arguments->data, "registrar.db", err) &&
           store_copy_postgresql(database, settings_text(registrar->settings, "institution.id"), beside, ret_copy, err);
}

static bool back_up(const Arguments *arguments, const Registrar *registrar, long long *ret_bytes, Error *err)
{
    OWNED_BUF certificate;
    int copy;

    buf_init(&certificate, CERTIFICATE_MOST);
    if (!refuse_what_is_no_backup(arguments->file, err) || !read_certificate(arguments, &certificate, err) ||
        !copy_register(arguments, registrar, &copy, err))
        return false;
    bool done = seal(&certificate, copy, arguments->file, ret_bytes, err);
    close(copy);
    return done;
}

int command_backup(int argc, char **argv)
{
    Arguments arguments = { 0 };
    Registrar registrar = { 0 };
    Error err = { 0 };
    long long bytes = 0;

    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        return EXIT_DONE;
    }
    if (!arguments_read(argc, argv, &arguments)) {
        fputs(usage, stderr);
        return EXIT_USAGE;
    }
    registrar.settings = registrar_read(arguments.data, &err);
    bool ready = registrar.settings && (store_is_postgresql(registrar_database(&registrar)) ||
                                        (registrar.lock = folder_lock(registrar_database(&registrar), false, &err)));
    bool done = ready && back_up(&arguments, &registrar, &bytes, &err);
    registrar_close(&registrar);
    if (done)
        printf("%s holds the register, %lld KiB, checked and encrypted. The keys folder is not in it.\n",
               arguments.file, (bytes + 1023) / 1024);
    else
        fprintf(stderr, "registrar backup: %s\n", err.text);
    return done ? EXIT_DONE : err.code == ERR_ARGUMENT ? EXIT_USAGE : EXIT_FAILED;
}
