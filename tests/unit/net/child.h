/* For tests: a program that runs beside them, says one line when it is ready, and ends when it is told or when the test
 * dies. */
#ifndef TESTS_NET_CHILD_H
#define TESTS_NET_CHILD_H

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/macros.h"

typedef struct Child {
    pid_t pid;
    int input; /* its standard input, kept open: closed when the test dies */
    char line[256];
} Child;

static inline int64_t test_now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static inline void test_nap_ms(int ms)
{
    nanosleep(&(struct timespec){ .tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000 }, NULL);
}

/* Polls until condition holds; false after ms. */
#define TEST_UNTIL(ms, condition)                                                                                      \
    __extension__({                                                                                                    \
        int64_t until_end_ = test_now_ms() + (ms);                                                                     \
        bool until_held_;                                                                                              \
        while (!(until_held_ = (condition)) && test_now_ms() < until_end_)                                             \
            test_nap_ms(5);                                                                                            \
        until_held_;                                                                                                   \
    })

static inline bool child_read_line(Child *child, int output, int within_ms)
{
    int64_t end = test_now_ms() + within_ms;
    size_t len = 0;

    while (len + 1 < sizeof(child->line)) {
        struct pollfd waiting = { .fd = output, .events = POLLIN };
        int left = (int)(end - test_now_ms());
        if (left <= 0 || poll(&waiting, 1, left) <= 0 || read(output, &child->line[len], 1) != 1)
            return false;
        if (child->line[len] == '\n')
            break;
        len++;
    }
    child->line[len] = '\0';
    return true;
}

/* The line it says is in child->line.  arguments end with NULL; the first is the program. */
static inline bool child_start(Child *child, const char *const *arguments, int within_ms)
{
    int in[2], out[2];

    if (pipe(in) != 0 || pipe(out) != 0)
        return false;
    child->pid = fork();
    if (child->pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        dup2(in[0], 0);
        dup2(out[1], 1);
        close(in[0]), close(in[1]), close(out[0]), close(out[1]);
        execv(arguments[0], (char *const *)(const void *)arguments);
        _exit(127);
    }
    close(in[0]), close(out[1]);
    child->input = in[1];
    bool ready = child->pid > 0 && child_read_line(child, out[0], within_ms);
    close(out[0]);
    return ready;
}

static inline bool child_gone(Child *child)
{
    return child->pid <= 0 || waitpid(child->pid, NULL, WNOHANG) != 0;
}

static inline void child_stop(Child *child)
{
    if (child->pid <= 0)
        return;
    close(child->input);
    kill(child->pid, SIGTERM);
    if (!TEST_UNTIL(5000, child_gone(child))) {
        kill(child->pid, SIGKILL);
        waitpid(child->pid, NULL, 0);
    }
    child->pid = 0;
}

/* Runs a program to its end; true when it exited with 0. */
static inline bool child_run(const char *const *arguments)
{
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        execv(arguments[0], (char *const *)(const void *)arguments);
        _exit(127);
    }
    return pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

#endif
