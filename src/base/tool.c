#include "base/tool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"

#define MEMORY_MOST (1ull << 30)

/* The caller's environment may hold anything; these tools need nothing of it. */
static const char *const tool_environment[] = { "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", NULL };

static bool find_tool(const char *name, char path[64], Error *err)
{
    static const char *const folders[] = { "/usr/bin", "/bin" };

    for (size_t i = 0; i < COUNT(folders); i++) {
        int length = snprintf(path, 64, "%s/%s", folders[i], name);

        if (length > 0 && length < 64 && access(path, X_OK) == 0)
            return true;
    }
    return error_set(err, ERR_NOT_FOUND, "%s is not installed", name);
}

static bool tool_start(const char *const *arguments, int input, int output, pid_t *ret, Error *err)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    char path[64];
    int failed;

    if (!find_tool(arguments[0], path, err))
        return false;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    /* POSIX takes these vectors without const and changes nothing in them. */
    failed = posix_spawn(ret, path, &actions, &attributes, (char *const *)(uintptr_t)arguments,
                         (char *const *)(uintptr_t)tool_environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failed == 0 || error_set_cause(err, ERR_IO, failed, "%s: %s", arguments[0], strerror(failed));
}

static void tool_limit(pid_t child, int timeout_ms)
{
    const struct rlimit memory = { MEMORY_MOST, MEMORY_MOST };
    const struct rlimit seconds = { (rlim_t)timeout_ms / 1000 + 1, (rlim_t)timeout_ms / 1000 + 1 };
    const struct rlimit none = { 0, 0 };

    /* A child that has ended already needs no limits, so failures are passed over. */
    (void)prlimit(child, RLIMIT_AS, &memory, NULL);
    (void)prlimit(child, RLIMIT_CPU, &seconds, NULL);
    (void)prlimit(child, RLIMIT_CORE, &none, NULL);
}

static bool tool_read(int from, int timeout_ms, Buf *output, Error *err)
{
    const Clock clock = clock_system();
    const int64_t deadline = clock_monotonic_ms(&clock) + timeout_ms;
    char bytes[65536];

    for (;;) {
        struct pollfd waiting = { .fd = from, .events = POLLIN };
        int64_t left = deadline - clock_monotonic_ms(&clock);
        int ready = left > 0 ? poll(&waiting, 1, (int)left) : 0;
        ssize_t got;

        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0)
            return ready < 0 ? error_set_errno(err, "poll") : error_set(err, ERR_TIMEOUT, "after %d ms", timeout_ms);
        got = read(from, bytes, sizeof bytes);
        if (got == 0)
            return true;
        if (got < 0)
            return error_set_errno(err, "read");
        buf_add(output, bytes, (size_t)got);
        if (!buf_ok(output, err))
            return false;
    }
}

static bool tool_end(pid_t child, bool finished, Error *err)
{
    int status = 0;
    pid_t ended;

    if (!finished)
        kill(-child, SIGKILL);
    do
        ended = waitpid(child, &status, 0);
    while (ended < 0 && errno == EINTR);
    if (!finished)
        return false;
    if (ended < 0)
        return error_set_errno(err, "waitpid");
    return (WIFEXITED(status) && WEXITSTATUS(status) == 0) ||
           error_set_cause(err, ERR_FORMAT, status, "ended with status %d",
                           WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

bool tool_run(const char *const *arguments, int input, int timeout_ms, Buf *output, Error *err)
{
    int ends[2];
    pid_t child;
    bool done;

    if (lseek(input, 0, SEEK_SET) < 0 || pipe2(ends, O_CLOEXEC) < 0)
        return error_set_errno(err, "%s", arguments[0]);
    done = tool_start(arguments, input, ends[1], &child, err);
    close(ends[1]);
    if (done) {
        tool_limit(child, timeout_ms);
        done = tool_end(child, tool_read(ends[0], timeout_ms, output, err), err);
    }
    close(ends[0]);
    return done || error_add(err, "%s", arguments[0]);
}
