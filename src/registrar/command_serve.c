/* registrar serve: the offices behind two listeners, until it is told to stop. */
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "registrar/api/photo_page.h"
#include "registrar/commands.h"
#include "registrar/console/console.h"
#include "registrar/houses.h"
#include "registrar/http/record.h"
#include "registrar/notify.h"
#include "registrar/printing/printing_house.h"

#define KIOSK_IDLE_S  75 /* a kiosk's heartbeat comes each 30 s and keeps its connection */
#define PEOPLE_IDLE_S 15

/* Each may wait for HEMIS, as many as it may be asked about at once (office/hemis_budget.h), and a few who wait for
 * them. */
#define SIGN_IN_THREADS 12

#define FOLDERS_MOST    1000

static const char usage[] =
    "usage: registrar serve [FOLDER...] [--database ADDRESS] [--kiosks PORT] [--people PORT] [--address ADDRESS]\n"
    "                       [--no-limits] [--record FILE]\n"
    "\n"
    "Serves kiosks and people from a folder that `registrar init` made (this one, unless given).  Several folders, or\n"
    "one that holds several, are as many institutions on the same two listeners: people are told apart by the host\n"
    "that they ask, kiosks by the authority that signed their certificates.\n"
    "  --database ADDRESS postgresql://USER@HOST/DATABASE, or the path of an SQLite file, whatever the settings say\n"
    "  --kiosks PORT      where kiosks are listened to; 0: any free one\n"
    "  --people PORT      where phones and checkers are listened to; 0: any free one\n"
    "  --address ADDRESS  of both; ::, 0.0.0.0, 127.0.0.1...\n"
    "  --no-limits        nobody is told to come later: for measuring\n"
    "  --record FILE      every question and answer is appended to it, as lines of JSON, for tests that judge the\n"
    "                     interface; only where nobody exists: every institution must be a demonstration\n"
    "Says \"ready\" with its addresses when it serves, and writes the ports to FOLDER/run/ports.  Everything else\n"
    "is in FOLDER/registrar.ini.  SIGTERM and SIGINT end it once what is under way is answered.\n";

typedef struct Arguments {
    const char *folders[FOLDERS_MOST];
    size_t folder_count;
    HousesWish wish;
    const char *record; /* NULL: none */
} Arguments;

typedef struct Serving {
    Houses houses;
    HousesWish wish;
    Log *log;
    HttpRecord *kiosks_record, *people_record; /* NULL: none */
    HttpRoute *people_routes;                  /* of both tables; the people's listener reads it */
    HttpServer *kiosks, *people;
    PrintingHouse *printing;
    _Atomic(HttpServer *) held_at, desks_at; /* where kiosks, and staff, hold requests; NULL: nobody can ask yet */
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
    } options[] = { { "--database", &ret->wish.database },
                    { "--kiosks", &ret->wish.kiosks },
                    { "--people", &ret->wish.people },
                    { "--address", &ret->wish.address },
                    { "--record", &ret->record } };

    for (int i = 1; i < argc; i++) {
        const char **value = NULL;

        if (strcmp(argv[i], "--no-limits") == 0) {
            ret->wish.no_limits = true;
            continue;
        }
        if (argv[i][0] != '-' && ret->folder_count < FOLDERS_MOST)
            value = &ret->folders[ret->folder_count++];
        for (size_t k = 0; k < COUNT(options) && !value && i + 1 < argc; k++)
            if (strcmp(argv[i], options[k].name) == 0) {
                value = options[k].value;
                i++;
            }
        if (!value || *value)
            return false;
        *value = argv[i];
    }
    if (ret->folder_count == 0)
        ret->folders[ret->folder_count++] = ".";
    return is_port(ret->wish.kiosks) && is_port(ret->wish.people);
}

static void tell_who_waits(void *ctx, const char *topic)
{
    Serving *serving = ctx;
    HttpServer *server = atomic_load(feed_is_desks(topic) ? &serving->desks_at : &serving->held_at);

    if (server)
        http_server_wake(server, topic);
}

static bool start_feeds(Serving *serving, Error *err)
{
    for (size_t i = 0; i < serving->houses.count; i++) {
        House *house = &serving->houses.list[i];

        house->context.feed = feed_start(house->registrar.office, tell_who_waits, serving, err);
        if (!house->context.feed)
            return error_add(err, "%.60s", house->folder);
    }
    return true;
}

/* What was told while nobody could be woken was told to nobody: who holds a request already looks once. */
static void begin_to_wake(Serving *serving)
{
    char topic[FEED_TOPIC_SIZE];

    atomic_store(&serving->held_at, serving->kiosks);
    atomic_store(&serving->desks_at, serving->people);
    for (size_t i = 0; serving->kiosks && i < serving->houses.count; i++) {
        feed_topic(serving->houses.list[i].context.feed, NULL, topic);
        http_server_wake(serving->kiosks, topic);
    }
    for (size_t i = 0; serving->people && i < serving->houses.count; i++) {
        feed_desk_topic(serving->houses.list[i].context.feed, topic);
        http_server_wake(serving->people, topic);
    }
}

OWNED_BY(PrintingOffice, mem_free)

static bool start_printing(Serving *serving, Error *err)
{
    OWNED(PrintingOffice) offices = mem_new(serving->houses.count, sizeof *offices);

    if (!offices)
        return error_set(err, ERR_MEMORY, "printing");
    for (size_t i = 0; i < serving->houses.count; i++)
        offices[i] = (PrintingOffice){ serving->houses.list[i].registrar.office, serving->houses.list[i].log };
    serving->printing = printing_house_start(offices, serving->houses.count, clock_system(), err);
    return serving->printing;
}

static uint16_t port_of(const Settings *settings, const char *key, const char *given)
{
    uint64_t port;

    if (given && str_to_u64(str_from(given), 0, UINT16_MAX, &port))
        return (uint16_t)port;
    return (uint16_t)settings_number(settings, key);
}

OWNED_BY(HttpHost, mem_free)

/* What each institution shows of itself on a listener; ca NULL: nobody's certificate is asked for. */
static HttpHost *hosts_of(Serving *serving, const char *certificate, const char *key, const char *ca, Error *err)
{
    HttpHost *hosts = mem_new(serving->houses.count, sizeof(HttpHost));

    if (!hosts)
        error_set(err, ERR_MEMORY, "hosts");
    for (size_t i = 0; hosts && i < serving->houses.count; i++) {
        House *house = &serving->houses.list[i];
        const Settings *settings = house->registrar.settings;

        hosts[i] = (HttpHost){ .name = settings_text(settings, "institution.host"),
                               .certificate_file = settings_text(settings, certificate),
                               .key_file = settings_text(settings, key),
                               .client_ca_file = ca ? settings_text(settings, ca) : NULL,
                               .context = &house->context };
    }
    return hosts;
}

static HttpServer *start_kiosks(Serving *serving, Error *err)
{
    const Settings *settings = houses_settings(&serving->houses);
    const char *address = serving->wish.address;
    OWNED(HttpHost) hosts = hosts_of(serving, "kiosks.certificate", "kiosks.key", "kiosks.ca", err);
    HttpServerConfig config = {
        .listener = "kiosks",
        .hosts = hosts,
        .host_count = serving->houses.count,
        .address = address ? address : settings_text(settings, "kiosks.address"),
        .port = port_of(settings, "kiosks.port", serving->wish.kiosks),
        .routes = api_kiosk_routes,
        .route_count = api_kiosk_route_count,
        .threads = (unsigned)settings_number(settings, "kiosks.threads"),
        .is_slow = api_kiosk_is_slow,
        .slow_threads = SIGN_IN_THREADS,
        .connections_most = (unsigned)settings_number(settings, "kiosks.connections"),
        .idle_s = KIOSK_IDLE_S,
        .record = serving->kiosks_record,
        .fallback = api_kiosk_fallback,
        .nobody = &serving->houses.nobody,
    };

    if (!serving->wish.no_limits) {
        config.newcomers_most = config.connections_most / 2;
        config.connections_a_source = (unsigned)settings_number(settings, "kiosks.connections_a_source");
        config.connections_a_certificate = (unsigned)settings_number(settings, "kiosks.connections_a_kiosk");
        config.requests_a_second = (unsigned)settings_number(settings, "kiosks.requests_a_second");
    }

    return hosts ? http_server_start(&config, clock_system(), serving->log, err) : NULL;
}

/* What people and programs ask, and the office's own pages: one table for one listener. */
static HttpRoute *people_routes(size_t *ret_count, Error *err)
{
    HttpRoute *routes = mem_new(api_people_route_count + console_route_count, sizeof *routes);

    if (!routes) {
        error_set(err, ERR_MEMORY, "routes");
        return NULL;
    }
    memcpy(routes, api_people_routes, api_people_route_count * sizeof *routes);
    memcpy(routes + api_people_route_count, console_routes, console_route_count * sizeof *routes);
    *ret_count = api_people_route_count + console_route_count;
    return routes;
}

static HttpServer *start_people(Serving *serving, Error *err)
{
    size_t route_count = 0;

    serving->people_routes = people_routes(&route_count, err);
    if (!serving->people_routes)
        return NULL;
    const Settings *settings = houses_settings(&serving->houses);
    const char *address = serving->wish.address;
    OWNED(HttpHost) hosts = hosts_of(serving, "people.certificate", "people.key", NULL, err);
    HttpServerConfig config = {
        .listener = "people",
        .hosts = hosts,
        .host_count = serving->houses.count,
        .address = address ? address : settings_text(settings, "people.address"),
        .port = port_of(settings, "people.port", serving->wish.people),
        .routes = serving->people_routes,
        .route_count = route_count,
        .threads = (unsigned)settings_number(settings, "people.threads"),
        .is_slow = api_people_is_slow,
        .slow_threads = SIGN_IN_THREADS,
        .connections_most = (unsigned)settings_number(settings, "people.connections"),
        .connections_a_source = (unsigned)settings_number(settings, "people.connections_a_source"),
        .proxies = settings_text(settings, "people.proxies"),
        .forwarded_by = settings_text(settings, "people.forwarded_by"),
        .gives_way = !serving->wish.no_limits,
        .idle_s = PEOPLE_IDLE_S,
        .record = serving->people_record,
        .admits = photo_page_admits,
        .fallback = api_people_fallback,
        .nobody = &serving->houses.nobody,
    };

    return hosts ? http_server_start(&config, clock_system(), serving->log, err) : NULL;
}

/* Into the folder of each institution, so that none has to know its neighbours. */
static bool write_ports(const Serving *serving, Error *err)
{
    char folder[PATH_MAX], path[PATH_MAX];
    OWNED_BUF text;

    buf_init(&text, 128);
    buf_add_format(&text, "kiosks=%u\npeople=%u\n", (unsigned)http_server_port(serving->kiosks),
                   (unsigned)http_server_port(serving->people));
    for (size_t i = 0; i < serving->houses.count; i++)
        if (!path_join(folder, sizeof folder, serving->houses.list[i].folder, "run", err) ||
            !folder_make(folder, 0755, err) || !path_join(path, sizeof path, folder, "ports", err) ||
            !file_write(path, 0644, buf_str(&text), err))
            return false;
    return true;
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
    const Settings *settings = houses_settings(&serving->houses);
    const char *address = serving->wish.address;
    uint16_t kiosks = http_server_port(serving->kiosks), people = http_server_port(serving->people);

    printf("ready");
    print_address("kiosks", address ? address : settings_text(settings, "kiosks.address"), kiosks);
    print_address("people", address ? address : settings_text(settings, "people.address"), people);
    if (serving->houses.asked > 1)
        printf(" institutions=%zu/%zu", serving->houses.count, serving->houses.asked);
    printf("\n");
    fflush(stdout);
    notify("READY=1");
    LOG(serving->log, LOG_INFO, EVENT_REGISTRAR_STARTED, LOG_WORD("version", REGISTRAR_VERSION),
        LOG_NUMBER("kiosks_port", kiosks), LOG_NUMBER("people_port", people),
        LOG_NUMBER("institutions", serving->houses.count));
}

/* What is asked and answered is nobody's business but in a demonstration. */
static bool open_records(Serving *serving, const char *path, Error *err)
{
    for (size_t i = 0; i < serving->houses.count; i++) {
        const Settings *settings = serving->houses.list[i].registrar.settings;

        if (!settings_bool(settings, "institution.demo"))
            return error_set(err, ERR_DENIED, "--record is for demonstrations, and %s is none",
                             settings_text(settings, "institution.id"));
    }
    serving->kiosks_record = http_record_open(path, "kiosks", err);
    serving->people_record = serving->kiosks_record ? http_record_open(path, "people", err) : NULL;
    return serving->people_record;
}

static bool start(Serving *serving, const Arguments *arguments, Error *err)
{
    serving->wish = arguments->wish;
    if (!houses_find(arguments->folders, arguments->folder_count, &serving->houses, err) ||
        !houses_open(&serving->houses, &serving->wish, serving->log, err))
        return false;
    if (arguments->record && !open_records(serving, arguments->record, err))
        return false;
    if (!start_feeds(serving, err))
        return false;
    serving->kiosks = start_kiosks(serving, err);
    if (serving->kiosks)
        serving->people = start_people(serving, err);
    begin_to_wake(serving);
    if (!serving->people || !start_printing(serving, err) || !write_ports(serving, err))
        return false;
    say_ready(serving);
    return true;
}

static void stop(Serving *serving)
{
    notify("STOPPING=1");
    for (size_t i = 0; i < serving->houses.count; i++)
        feed_hush(serving->houses.list[i].context.feed);
    http_server_stop(serving->people);
    http_server_stop(serving->kiosks);
    printing_house_stop(serving->printing);
    mem_free(serving->people_routes);
    http_record_close(serving->people_record);
    http_record_close(serving->kiosks_record);
    for (size_t i = 0; i < serving->houses.count; i++)
        feed_stop(serving->houses.list[i].context.feed);
    houses_close(&serving->houses);
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
    Arguments arguments = { 0 };
    Serving serving = { 0 };
    Error err = { 0 };
    Clock clock = clock_system();
    sigset_t ends;
    int caught = 0;

    if (!arguments_read(argc, argv, &arguments)) {
        fputs(usage, stderr);
        return EXIT_USAGE;
    }
    hold_signals(&ends);
    set_process_limits();
    serving.log = log_new(STDERR_FILENO, LOG_INFO, getenv("JOURNAL_STREAM") != NULL, &clock);
    bool started = serving.log && start(&serving, &arguments, &err);
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
