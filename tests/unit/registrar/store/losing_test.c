/* The line to PostgreSQL is cut at the worst moments.  Between the store and the server stands a proxy that cuts it
 * where a certain word passes, before the server has it or after the server has answered. */
#include "fixture.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>

#include "base/memory.h"
#include "registrar/store/acts.h"
#include "registrar/store/kiosks.h"
#include "registrar/store/transaction.h"

/* --- the proxy --------------------------------------------------------------------------------------------------- */

typedef enum Cut { CUT_NEVER, CUT_BEFORE, CUT_AFTER } Cut;

typedef struct Proxy {
    char folder[64], server[128];
    int listener;
    pthread_t thread;
    Str word; /* the cut is made once, where it passes */
    _Atomic Cut cut;
    atomic_int cuts;
    atomic_bool closed; /* nobody is let in */
} Proxy;

typedef struct Link {
    Proxy *proxy;
    int client, server;
} Link;

static int socket_at(const char *path, bool listens)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int end = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_true(str_copy(str_from(path), address.sun_path, sizeof address.sun_path));
    if (listens) {
        assert_int_equal(bind(end, (struct sockaddr *)&address, sizeof address), 0);
        assert_int_equal(listen(end, 16), 0);
    } else if (connect(end, (struct sockaddr *)&address, sizeof address) < 0) {
        close(end);
        return -1;
    }
    return end;
}

static bool pass(int to, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t sent = send(to, bytes, size, MSG_NOSIGNAL);

        if (sent <= 0)
            return false;
        bytes += sent;
        size -= (size_t)sent;
    }
    return true;
}

/* False: the link is cut. */
static bool pass_question(Link *link, const char *bytes, size_t size)
{
    Cut cut = atomic_load(&link->proxy->cut);
    char answer[4096];

    if (cut == CUT_NEVER || !memmem(bytes, size, link->proxy->word.ptr, link->proxy->word.len) ||
        !atomic_compare_exchange_strong(&link->proxy->cut, &cut, CUT_NEVER))
        return pass(link->server, bytes, size);
    atomic_fetch_add(&link->proxy->cuts, 1);
    if (cut == CUT_AFTER && pass(link->server, bytes, size))
        (void)!read(link->server, answer, sizeof answer); /* the server has done it, and nobody will know */
    return false;
}

static void *link_main(void *ctx)
{
    Link *link = ctx;
    static _Thread_local char bytes[1u << 16];
    bool open = true;

    while (open) {
        struct pollfd ends[] = { { link->client, POLLIN, 0 }, { link->server, POLLIN, 0 } };

        if (poll(ends, 2, -1) < 0)
            continue;
        for (int i = 0; i < 2 && open; i++)
            if (ends[i].revents) {
                ssize_t size = read(ends[i].fd, bytes, sizeof bytes);

                open = size > 0 &&
                       (i == 0 ? pass_question(link, bytes, (size_t)size) : pass(link->client, bytes, (size_t)size));
            }
    }
    close(link->client);
    close(link->server);
    mem_free(link);
    return NULL;
}

static void *proxy_main(void *ctx)
{
    Proxy *proxy = ctx;
    int client;

    while ((client = accept4(proxy->listener, NULL, NULL, SOCK_CLOEXEC)) >= 0) {
        int server = atomic_load(&proxy->closed) ? -1 : socket_at(proxy->server, false);
        Link *link = server >= 0 ? mem_new(1, sizeof *link) : NULL;
        pthread_t thread;

        if (!link) {
            close(client);
            continue;
        }
        *link = (Link){ proxy, client, server };
        if (pthread_create(&thread, NULL, link_main, link) == 0)
            pthread_detach(thread);
    }
    return NULL;
}

/* "...?host=FOLDER&..." of the server, and the same address with the proxy's folder in its place. */
static void proxy_open(Proxy *proxy, const char *address, char *ret_address, size_t size)
{
    PQconninfoOption *options = PQconninfoParse(address, NULL);
    const char *host = strstr(address, "host=") + strlen("host=");
    char path[128];

    assert_non_null(options);
    for (PQconninfoOption *each = options; each->keyword; each++)
        if (strcmp(each->keyword, "host") == 0)
            snprintf(proxy->server, sizeof proxy->server, "%s/.s.PGSQL.5432", each->val);
    PQconninfoFree(options);
    snprintf(proxy->folder, sizeof proxy->folder, "/tmp/store-proxy-XXXXXX");
    assert_non_null(mkdtemp(proxy->folder));
    snprintf(path, sizeof path, "%s/.s.PGSQL.5432", proxy->folder);
    proxy->listener = socket_at(path, true);
    snprintf(ret_address, size, "%.*s%s%s", (int)(host - address), address, proxy->folder, host + strcspn(host, "&"));
    assert_int_equal(pthread_create(&proxy->thread, NULL, proxy_main, proxy), 0);
}

static void proxy_close(Proxy *proxy)
{
    char path[128];

    shutdown(proxy->listener, SHUT_RDWR);
    pthread_join(proxy->thread, NULL);
    close(proxy->listener);
    snprintf(path, sizeof path, "%s/.s.PGSQL.5432", proxy->folder);
    unlink(path);
    rmdir(proxy->folder);
}

static void proxy_cut(Proxy *proxy, Cut cut, Str word)
{
    atomic_store(&proxy->cuts, 0);
    proxy->word = word;
    atomic_store(&proxy->cut, cut);
}

/* --- acts -------------------------------------------------------------------------------------------------------- */

typedef struct Desk {
    StoreFixture fixture;
    Proxy proxy;
    char address[512];
} Desk;

static Desk desk;

static bool desk_open(void)
{
    Error err = { 0 };

    desk = (Desk){ 0 };
    test_database_make(&desk.fixture.database);
    if (!test_database_is_postgresql(&desk.fixture.database)) {
        test_database_drop(&desk.fixture.database);
        return false;
    }
    proxy_open(&desk.proxy, desk.fixture.database.address, desk.address, sizeof desk.address);
    desk.fixture.store = store_open(desk.address, "namuna", NULL, &err);
    if (!desk.fixture.store)
        fail_msg("%s", err.text);
    return true;
}

static void desk_close(void)
{
    store_fixture_close(&desk.fixture);
    proxy_close(&desk.proxy);
}

#define DESK_OPEN_OR_SKIP()                                                                                            \
    do {                                                                                                               \
        (void)state;                                                                                                   \
        if (!desk_open())                                                                                              \
            skip();                                                                                                    \
    } while (0)

typedef struct Adding {
    char name[32];
    int runs;
    bool told;
} Adding;

static bool add(StoreTransaction *transaction, void *arg, Error *err)
{
    Adding *adding = arg;

    adding->runs++;
    return kiosks_add(transaction, adding->name, "hall", 1, err) &&
           acts_add(transaction, &(Act){ 1, "test", "test.added", adding->name, NULL }, err);
}

static bool read_place(StoreTransaction *transaction, void *arg, Error *err)
{
    return kiosks_place(transaction, "A-1", arg, 32, err) && kiosks_place(transaction, "A-1", arg, 32, err);
}

static int64_t rows_of(const char *table)
{
    char sql[64];

    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table);
    return test_database_ask(&desk.fixture.database, sql);
}

static void an_act_is_done_once_wherever_the_line_breaks(void **state)
{
    static const struct {
        Str word;
        Cut cut;
        int runs;
    } cases[] = {
        { STR("BEGIN"), CUT_BEFORE, 1 },  { STR("BEGIN"), CUT_AFTER, 1 },       { STR("SAVEPOINT"), CUT_BEFORE, 2 },
        { STR("RELEASE"), CUT_AFTER, 2 }, { STR("\0COMMIT\0"), CUT_BEFORE, 2 }, { STR("\0COMMIT\0"), CUT_AFTER, 1 },
    };

    DESK_OPEN_OR_SKIP();
    /* The statements are known to the connection from now on, and the first of its marks is put. */
    assert_true(store_write(desk.fixture.store, add, &(Adding){ .name = "first" }, NULL));
    for (size_t i = 0; i < COUNT(cases); i++) {
        Adding adding = { .runs = 0 };
        Error err = { 0 };

        snprintf(adding.name, sizeof adding.name, "A-%zu", i);
        proxy_cut(&desk.proxy, cases[i].cut, cases[i].word);
        if (!store_write(desk.fixture.store, add, &adding, &err))
            fail_msg("case %zu: %s", i, err.text);
        assert_int_equal(atomic_load(&desk.proxy.cuts), 1);
        if (adding.runs != cases[i].runs)
            fail_msg("case %zu: run %d times", i, adding.runs);
        assert_int_equal(rows_of("kiosk"), i + 2);
        assert_int_equal(rows_of("act"), i + 2);
    }
    desk_close();
}

static void a_read_that_was_cut_off_is_read_again(void **state)
{
    char place[32] = "";
    Error err = { 0 };

    DESK_OPEN_OR_SKIP();
    assert_true(store_write(desk.fixture.store, add, &(Adding){ .name = "A-1" }, NULL));
    assert_ok(store_read(desk.fixture.store, read_place, place, &err), err);
    for (Cut cut = CUT_BEFORE; cut <= CUT_AFTER; cut++) {
        place[0] = '\0';
        proxy_cut(&desk.proxy, cut, STR("BEGIN"));
        assert_ok(store_read(desk.fixture.store, read_place, place, &err), err);
        assert_string_equal(place, "hall");
        assert_int_equal(atomic_load(&desk.proxy.cuts), 1);
    }
    desk_close();
}

/* --- many, and somebody who ends connections --------------------------------------------------------------------- */

#define ADDERS 6

typedef struct Adder {
    pthread_t thread;
    int number, done;
    bool failed;
    Error err; /* judged by the test's own thread: what fails a test jumps back into it */
} Adder;

static atomic_bool enough;

static void *adder_main(void *ctx)
{
    Adder *adder = ctx;
    Adding adding = { .runs = 0 };
    char place[32];

    while (!adder->failed && !atomic_load(&enough)) {
        snprintf(adding.name, sizeof adding.name, "K-%d-%d", adder->number, adder->done);
        adder->failed = !store_write(desk.fixture.store, add, &adding, &adder->err);
        if (adder->failed)
            break;
        adder->done++;
        adder->failed = !store_read(desk.fixture.store, read_place, place, &adder->err);
    }
    return NULL;
}

static void no_act_is_lost_or_doubled_where_connections_are_ended(void **state)
{
    static const char end_all[] = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                                  " WHERE application_name = 'losing' AND (random() < 0.5 OR query = 'COMMIT')";
    const struct timespec moment = { 0, 20000000 };
    Adder adders[ADDERS];
    int64_t done = 1, ended = 0;
    Error err = { 0 };

    DESK_OPEN_OR_SKIP();
    store_close(desk.fixture.store);
    size_t used = strlen(desk.fixture.database.address);
    snprintf(desk.fixture.database.address + used, sizeof desk.fixture.database.address - used,
             "&application_name=losing");
    desk.fixture.store = store_open(desk.fixture.database.address, "namuna", NULL, &err);
    assert_non_null(desk.fixture.store);
    assert_true(store_write(desk.fixture.store, add, &(Adding){ .name = "A-1" }, NULL));
    atomic_store(&enough, false);
    for (int i = 0; i < ADDERS; i++) {
        adders[i] = (Adder){ .number = i };
        assert_int_equal(pthread_create(&adders[i].thread, NULL, adder_main, &adders[i]), 0);
    }
    for (int i = 0; i < 40; i++) {
        ended += test_database_ask(&desk.fixture.database, end_all);
        nanosleep(&moment, NULL);
    }
    atomic_store(&enough, true);
    for (int i = 0; i < ADDERS; i++) {
        pthread_join(adders[i].thread, NULL);
        done += adders[i].done;
    }
    for (int i = 0; i < ADDERS; i++)
        if (adders[i].failed)
            fail_msg("adder %d after %d acts: %s", i, adders[i].done, adders[i].err.text);
    print_message("%d acts done while %d connections were ended\n", (int)done, (int)ended);
    assert_true(ended > 0 && done > ADDERS);
    assert_int_equal(rows_of("kiosk"), done);
    assert_int_equal(rows_of("act"), done);
    desk_close();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_act_is_done_once_wherever_the_line_breaks),
        cmocka_unit_test(a_read_that_was_cut_off_is_read_again),
        cmocka_unit_test(no_act_is_lost_or_doubled_where_connections_are_ended),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
