/* fault_printer: an IPP printer whose sheets are files, and that can be hurt (tests/faults/README.md).
 *
 * The program that was started is the printer's power switch: it has a child that is the printer, and to switch it off
 * is to kill that child.  So it forgets and remembers after a switch what it would after any other death. */
#include <errno.h>
#include <limits.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cups/cups.h>

#include "base/file.h"
#include "conversation.h"
#include "engine.h"

#define LOOK_MS 20 /* how often the switch is looked at */

static int usage(void)
{
    fputs("usage: fault_printer --dir DIR [--port N] [--name NAME] [--tls] [--no-create-job] [--forgetful] "
          "[--no-count]\n",
          stderr);
    return 2;
}

/* ---- the printer ---- */

/* On localhost, both families where there are both; port 0: one that is free. */
static int listen_at(int *port)
{
    int yes = 1;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_port = htons((uint16_t)*port),
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof(address);

    if (listener < 0 || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) != 0 ||
        bind(listener, (struct sockaddr *)&address, size) != 0 || listen(listener, 64) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &size) != 0)
        return -1;
    *port = ntohs(address.sin_port);
    return listener;
}

/* Never returns.  Writes its port to ready once it answers. */
static void be_printer(MachineOptions options, int ready)
{
    Error err = { 0 };
    Machine *machine = NULL;
    char keys[1024];
    int listener = listen_at(&options.port);

    if (listener < 0)
        error_set_errno(&err, "port %d", options.port);
    else if ((machine = machine_open(&options, &err)) && !engine_start(machine, &err))
        machine = NULL;
    if (!machine) {
        fprintf(stderr, "fault_printer: %s\n", err.text);
        _exit(1);
    }
    /* libcups makes a certificate there when there is none. */
    if (options.tls && (!path_join(keys, sizeof(keys), options.dir, "tls", &err) || !folder_make(keys, 0700, &err) ||
                        !cupsSetServerCredentials(keys, "localhost", 1)))
        _exit(1);
    if (write(ready, &options.port, sizeof(options.port)) != (ssize_t)sizeof(options.port))
        _exit(1);
    close(ready);
    witness_event(&machine->witness, "on", 0, "", 0);
    for (;;) {
        http_t *http = httpAcceptConnection(listener, 1);
        if (http)
            conversation_start(machine, http);
        else if (errno == EMFILE || errno == ENFILE)
            poll(NULL, 0, LOOK_MS);
    }
}

/* ---- its power switch ---- */

typedef struct Power {
    MachineOptions options;
    pid_t printer; /* 0: off */
    sigset_t signals, before;
} Power;

/* name: state, or kind, from which printers/fault knows what it may ask for. */
static bool tell(const Power *power, const char *name, const char *words)
{
    char path[1024];
    Error err = { 0 };

    return path_join(path, sizeof(path), power->options.dir, name, &err) &&
           file_write(path, 0644, str_from(words), &err);
}

static bool switch_on(Power *power)
{
    int ready[2], port = 0;

    if (pipe(ready) != 0)
        return false;
    power->printer = fork();
    if (power->printer == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        sigprocmask(SIG_SETMASK, &power->before, NULL);
        close(ready[0]);
        be_printer(power->options, ready[1]);
    }
    close(ready[1]);
    bool answers = power->printer > 0 && read(ready[0], &port, sizeof(port)) == (ssize_t)sizeof(port);
    close(ready[0]);
    power->options.port = port;
    return answers && tell(power, "kind", "fault_printer\n") && tell(power, "state", "on\n");
}

static void switch_off(Power *power)
{
    if (power->printer > 0) {
        kill(power->printer, SIGKILL);
        waitpid(power->printer, NULL, 0);
    }
    power->printer = 0;
    (void)tell(power, "state", "off\n");
}

static bool wants_off(const Power *power)
{
    char path[1024];

    return path_join(path, sizeof(path), power->options.dir, "faults/off", NULL) && access(path, F_OK) == 0;
}

/* Until it is told to end; the exit code. */
static int keep_watch(Power *power)
{
    struct timespec look = { .tv_nsec = LOOK_MS * 1000000 };

    while (sigtimedwait(&power->signals, NULL, &look) < 0) {
        if (power->printer > 0 && waitpid(power->printer, NULL, WNOHANG) != 0) {
            fputs("fault_printer: the printer died\n", stderr);
            power->printer = 0;
            return 1;
        }
        if (power->printer > 0 && wants_off(power))
            switch_off(power);
        else if (power->printer == 0 && !wants_off(power) && !switch_on(power))
            return 1;
    }
    return 0;
}

static bool read_options(int count, char **arguments, MachineOptions *options)
{
    struct {
        const char *name;
        bool *value;
    } switches[] = {
        { "--no-create-job", &options->no_create_job },
        { "--forgetful", &options->forgetful },
        { "--no-count", &options->no_count },
        { "--tls", &options->tls },
    };
    uint64_t port = 0;

    for (int i = 1; i < count; i++) {
        const char *value = i + 1 < count ? arguments[i + 1] : NULL;
        bool known = false;
        for (size_t s = 0; s < COUNT(switches); s++)
            if (strcmp(arguments[i], switches[s].name) == 0)
                known = *switches[s].value = true;
        if (known)
            continue;
        if (!value)
            return false;
        i++;
        if (strcmp(arguments[i - 1], "--dir") == 0)
            options->dir = value;
        else if (strcmp(arguments[i - 1], "--name") == 0)
            options->name = value;
        else if (strcmp(arguments[i - 1], "--port") != 0 || !str_to_u64(str_from(value), 0, 65535, &port))
            return false;
    }
    options->port = (int)port;
    return options->dir != NULL;
}

int main(int argc, char **argv)
{
    static char folder[PATH_MAX]; /* what realpath may write */
    Power power = { .options = { .name = "Simulated" } };
    pid_t starter = getppid();
    Error err = { 0 };

    if (!read_options(argc, argv, &power.options))
        return usage();
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != starter)
        return 0; /* it died in between */
    if (!folder_make(power.options.dir, 0755, &err)) {
        fprintf(stderr, "fault_printer: %s\n", err.text);
        return 2;
    }
    if (!realpath(power.options.dir, folder))
        return 2;
    power.options.dir = folder;

    sigemptyset(&power.signals);
    sigaddset(&power.signals, SIGTERM);
    sigaddset(&power.signals, SIGINT);
    sigaddset(&power.signals, SIGHUP);
    sigprocmask(SIG_BLOCK, &power.signals, &power.before);
    signal(SIGPIPE, SIG_IGN);
    if (!switch_on(&power))
        return 1;
    printf("%s://localhost:%d/ipp/print\n", power.options.tls ? "ipps" : "ipp", power.options.port);
    fflush(stdout);
    int code = keep_watch(&power);
    switch_off(&power);
    return code;
}
