/* registrar serve: the office behind two listeners, until it is told to stop. */
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/file.h"
#include "registrar/api/routes.h"
#include "registrar/commands.h"
#include "registrar/notify.h"
#include "registrar/settings.h"

#define KIOSK_IDLE_S  75 /* a kiosk's heartbeat comes each 30 s and keeps its connection */
#define PEOPLE_IDLE_S 15

static const char usage[] =
    "usage: registrar serve [FOLDER] [--kiosks PORT] [--people PORT] [--address ADDRESS] [--no-limits]\n"
    "\n"
    "Serves kiosks and people from a folder that `registrar init` made (this one, unless given).\n"
    "  --kiosks PORT      where kiosks are listened to; 0: any free one\n"
    "  --people PORT      where phones and checkers are listened to; 0: any free one\n"
    "  --address ADDRESS  of both; ::, 0.0.0.0, 127.0.0.1...\n"
    "  --no-limits        who tries codes is not slowed down: for measuring that\n"
    "Says \"ready\" with its addresses when it serves, and writes the ports to FOLDER/run/ports.  Everything else\n"
    "is in FOLDER/registrar.ini.  SIGTERM and SIGINT end it once what is under way is answered.\n";

typedef struct Arguments {
    const char *folder, *kiosks, *people, *address;
    bool no_limits;
} Arguments;

typedef struct Serving {
    Arguments arguments;
    Registrar registrar;
    Log *log;
    ApiContext context;
    HttpServer *kiosks, *people;
} Serving;

static bool is_port(const char *text)
{
    uint64_t port;

    return !text || str_to_u64(str_from(text), 0, UINT16_MAX, &port);
}

static bool arguments_read(int argc, char **argv, Arguments *ret)
{
    const struct {
        const char *name;
        const char **value;
    } options[] = { { "--kiosks", &ret->kiosks }, { "--people", &ret->people }, { "--address", &ret->address } };

    for (int i = 1; i < argc; i++) {
        const char **value = argv[i][0] == '-' ? NULL : &ret->folder;

        if (strcmp(argv[i], "--no-limits") == 0) {
            ret->no_limits = true;
            continue;
        }
        for (size_t k = 0; k < COUNT(options) && !value; k++) {
            if (strcmp(argv[i], options[k].name) == 0 && i + 1 < argc) {
                value = options[k].value;
                i++;
            }
        }
        if (!value || *value)
            return false;
        *value = argv[i];
    }
    if (!ret->folder)
        ret->folder = ".";
    return is_port(ret->kiosks) && is_port(ret->people);
}

/* As registrar_open, but with the limits as they were asked for. */
static bool open_office(Serving *serving, Error *err)
{
    Registrar *registrar = &serving->registrar;

    registrar->settings = registrar_read(serving->arguments.folder, err);
    if (!registrar->settings)
        return false;
    OfficeConfig config = registrar_office_config(registrar->settings);
    if (serving->arguments.no_limits)
        config.limits = false;
    if (registrar_store_open(registrar, serving->log, err))
        registrar->office = office_open(&config, registrar->store, serving->log, err);
    return registrar->office && api_context_init(&serving->context, registrar->office, serving->log,
                                                 settings_text(registrar->settings, "paths.web"), err);
}

static uint16_t port_of(const Settings *settings, const char *key, const char *given)
{
    uint64_t port;

    if (given && str_to_u64(str_from(given), 0, UINT16_MAX, &port))
        return (uint16_t)port;
    return (uint16_t)settings_number(settings, key);
}

static HttpServer *start_kiosks(Serving *serving, Error *err)
{
    const Settings *settings = serving->registrar.settings;
    const char *address = serving->arguments.address;
    HttpServerConfig config = {
        .listener = "kiosks",
        .address = address ? address : settings_text(settings, "kiosks.address"),
        .port = port_of(settings, "kiosks.port", serving->arguments.kiosks),
        .certificate_file = settings_text(settings, "kiosks.certificate"),
        .key_file = settings_text(settings, "kiosks.key"),
        .client_ca_file = settings_text(settings, "kiosks.ca"),
        .routes = api_kiosk_routes,
        .route_count = api_kiosk_route_count,
        .context = &serving->context,
        .threads = (unsigned)settings_number(settings, "kiosks.threads"),
        .connections_most = (unsigned)settings_number(settings, "kiosks.connections"),
        .idle_s = KIOSK_IDLE_S,
        .fallback = api_kiosk_fallback,
    };

    return http_server_start(&config, clock_system(), serving->log, err);
}

static HttpServer *start_people(Serving *serving, Error *err)
{
    const Settings *settings = serving->registrar.settings;
    const char *address = serving->arguments.address;
    HttpServerConfig config = {
        .listener = "people",
        .address = address ? address : settings_text(settings, "people.address"),
        .port = port_of(settings, "people.port", serving->arguments.people),
        .certificate_file = settings_text(settings, "people.certificate"),
        .key_file = settings_text(settings, "people.key"),
        .routes = api_people_routes,
        .route_count = api_people_route_count,
        .context = &serving->context,
        .threads = (unsigned)settings_number(settings, "people.threads"),
        .connections_most = (unsigned)settings_number(settings, "people.connections"),
        .connections_a_source = (unsigned)settings_number(settings, "people.connections_a_source"),
        .idle_s = PEOPLE_IDLE_S,
        .fallback = api_people_fallback,
    };

    return http_server_start(&config, clock_system(), serving->log, err);
}

static bool write_ports(const Serving *serving, Error *err)
{
    char folder[PATH_MAX], path[PATH_MAX];
    OWNED_BUF text;

    buf_init(&text, 128);
    buf_add_format(&text, "kiosks=%u\npeople=%u\n", (unsigned)http_server_port(serving->kiosks),
                   (unsigned)http_server_port(serving->people));
    return path_join(folder, sizeof folder, serving->arguments.folder, "run", err) && folder_make(folder, 0755, err) &&
           path_join(path, sizeof path, folder, "ports", err) && file_write(path, 0644, buf_str(&text), err);
}

/* An address that a client on this machine can ask. */
static void print_address(const char *name, const char *address, uint16_t port)
{
    bool any = strcmp(address, "::") == 0 || strcmp(address, "0.0.0.0") == 0;
    bool six = !any && strchr(address, ':');

    printf(" %s=https://%s%s%s:%u", name, six ? "[" : "", any ? "localhost" : address, six ? "]" : "", (unsigned)port);
}

static void say_ready(const Serving *serving)
{
    const Settings *settings = serving->registrar.settings;
    const char *address = serving->arguments.address;
    uint16_t kiosks = http_server_port(serving->kiosks), people = http_server_port(serving->people);

    printf("ready");
    print_address("kiosks", address ? address : settings_text(settings, "kiosks.address"), kiosks);
    print_address("people", address ? address : settings_text(settings, "people.address"), people);
    printf("\n");
    fflush(stdout);
    notify("READY=1");
    LOG(serving->log, LOG_INFO, EVENT_REGISTRAR_STARTED, LOG_WORD("version", REGISTRAR_VERSION),
        LOG_NUMBER("kiosks_port", kiosks), LOG_NUMBER("people_port", people),
        LOG_WORD("institution", settings_text(settings, "institution.id")));
}

static bool start(Serving *serving, Error *err)
{
    if (!open_office(serving, err))
        return false;
    serving->kiosks = start_kiosks(serving, err);
    if (serving->kiosks)
        serving->people = start_people(serving, err);
    if (!serving->people || !write_ports(serving, err))
        return false;
    say_ready(serving);
    return true;
}

static void stop(Serving *serving)
{
    notify("STOPPING=1");
    http_server_stop(serving->people);
    http_server_stop(serving->kiosks);
    api_context_fini(&serving->context);
    registrar_close(&serving->registrar);
}

/* Every connection is a file; the memory of this process holds keys and is never dumped. */
static void set_process_limits(void)
{
    struct rlimit files, none = { 0, 0 };

    setrlimit(RLIMIT_CORE, &none);
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
}

/* Before any thread is made, so that none of them takes these. */
static void hold_signals(sigset_t *ret_ends)
{
    sigemptyset(ret_ends);
    sigaddset(ret_ends, SIGTERM);
    sigaddset(ret_ends, SIGINT);
    sigprocmask(SIG_BLOCK, ret_ends, NULL);
    signal(SIGPIPE, SIG_IGN);
}

int command_serve(int argc, char **argv)
{
    Serving serving = { 0 };
    Error err = { 0 };
    Clock clock = clock_system();
    sigset_t ends;
    int caught = 0;

    if (!arguments_read(argc, argv, &serving.arguments)) {
        fputs(usage, stderr);
        return EXIT_USAGE;
    }
    hold_signals(&ends);
    set_process_limits();
    serving.log = log_new(STDERR_FILENO, LOG_INFO, getenv("JOURNAL_STREAM") != NULL, &clock);
    bool started = serving.log && start(&serving, &err);
    if (started)
        sigwait(&ends, &caught);
    else if (serving.log)
        log_failure(serving.log, LOG_ERROR, EVENT_REGISTRAR_FAILED, &err, (const LogField[]){ { 0 } });
    stop(&serving);
    if (started)
        LOG(serving.log, LOG_INFO, EVENT_REGISTRAR_STOPPED,
            LOG_WORD("reason", caught == SIGINT ? "sigint" : "sigterm"));
    log_free(serving.log);
    return started ? EXIT_DONE : EXIT_FAILED;
}
