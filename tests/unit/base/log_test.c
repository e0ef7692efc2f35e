#include "test.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"

static int64_t half_past_nine(void *ctx)
{
    (void)ctx;
    return INT64_C(1795512600007);
}

static const Clock fixed = { half_past_nine, half_past_nine, NULL };

/* A log into a pipe, and what came out of it. */
typedef struct Taped {
    int ends[2];
    Log *log;
    char text[8192];
} Taped;

static void tape(Taped *taped, LogLevel least, bool journal)
{
    assert_int_equal(pipe2(taped->ends, O_NONBLOCK | O_CLOEXEC), 0);
    taped->log = log_new(taped->ends[1], least, journal, &fixed);
    assert_non_null(taped->log);
}

static const char *played(Taped *taped)
{
    ssize_t len = read(taped->ends[0], taped->text, sizeof(taped->text) - 1);

    taped->text[len > 0 ? len : 0] = '\0';
    return taped->text;
}

static void end(Taped *taped)
{
    log_free(taped->log);
    close(taped->ends[0]);
    close(taped->ends[1]);
}

static void writes_one_line_an_event(void **state)
{
    Taped taped;

    (void)state;
    tape(&taped, LOG_INFO, false);
    LOG(taped.log, LOG_INFO, EVENT_KIOSK_STARTED, LOG_WORD("version", "0.1.0"), LOG_NUMBER("width", 1080));
    assert_string_equal(played(&taped), "2026-11-24T09:30:00.007Z info kiosk-started version=0.1.0 width=1080\n");
    LOG(taped.log, LOG_ERROR, EVENT_CLOCK_WRONG);
    assert_string_equal(played(&taped), "2026-11-24T09:30:00.007Z error clock-wrong\n");
    LOG(taped.log, LOG_DEBUG, EVENT_CLOCK_WRONG);
    assert_string_equal(played(&taped), "");
    LOG(NULL, LOG_ERROR, EVENT_CLOCK_WRONG);
    end(&taped);
}

static void a_shared_log_names_whose_line_it_is(void **state)
{
    Taped taped;

    (void)state;
    tape(&taped, LOG_INFO, false);
    Log *plain = log_share(taped.log, NULL, NULL), *named = log_share(taped.log, "institution", "na muna");
    assert_non_null(plain);
    assert_non_null(named);
    LOG(plain, LOG_ERROR, EVENT_CLOCK_WRONG);
    assert_string_equal(played(&taped), "2026-11-24T09:30:00.007Z error clock-wrong\n");
    LOG(named, LOG_INFO, EVENT_KIOSK_STARTED, LOG_NUMBER("width", 1080));
    assert_string_equal(played(&taped), "2026-11-24T09:30:00.007Z info kiosk-started institution=na?muna width=1080\n");
    log_free(plain);
    log_free(named);
    end(&taped);
}

static void speaks_to_the_journal(void **state)
{
    static const struct {
        LogLevel level;
        const char *start;
    } cases[] = {
        { LOG_DEBUG, "<7>2026" }, { LOG_INFO, "<6>2026" }, { LOG_WARN, "<4>2026" }, { LOG_ERROR, "<3>2026" }
    };
    Taped taped;

    (void)state;
    tape(&taped, LOG_DEBUG, true);
    for (size_t i = 0; i < COUNT(cases); i++) {
        LOG(taped.log, cases[i].level, EVENT_CLOCK_WRONG);
        assert_true(str_starts(str_from(played(&taped)), str_from(cases[i].start)));
    }
    end(&taped);
}

static void lets_no_free_text_through(void **state)
{
    Taped taped;

    (void)state;
    tape(&taped, LOG_INFO, false);
    LOG(taped.log, LOG_INFO, EVENT_KIOSK_STOPPED, LOG_WORD("reason", "Dilnoza\n2026 \"ў\""));
    assert_string_equal(played(&taped), "2026-11-24T09:30:00.007Z info kiosk-stopped reason=Dilnoza?2026?????\n");
    LOG(taped.log, LOG_INFO, EVENT_KIOSK_STOPPED, LOG_WORD("reason", NULL));
    assert_true(str_ends(str_from(played(&taped)), STR(" reason=-\n")));
    end(&taped);
}

static void quotes_the_errors_words(void **state)
{
    Taped taped;
    Error err = { 0 };

    (void)state;
    tape(&taped, LOG_INFO, false);
    error_set_cause(&err, ERR_OFFLINE, 7, "connect to \"a\"\nb");
    log_failure(taped.log, LOG_WARN, EVENT_BACKEND_FAILED, &err,
                (const LogField[]){ LOG_WORD("command", "preview"), { 0 } });
    assert_string_equal(played(&taped), "2026-11-24T09:30:00.007Z warn backend-failed command=preview code=offline "
                                        "cause=7 why=\"connect to 'a'?b\"\n");
    log_failure(taped.log, LOG_WARN, EVENT_KIOSK_FAILED, &err, NULL);
    assert_true(
        str_ends(str_from(played(&taped)), STR("kiosk-failed code=offline cause=7 why=\"connect to 'a'?b\"\n")));
    end(&taped);
}

/* A field that the event's row does not name: left out in a release, and the programmer is told in debug. */
static void leaves_out_what_the_row_does_not_allow(void **state)
{
    Taped taped;

    (void)state;
    tape(&taped, LOG_INFO, false);
    pid_t child = fork();
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, STDERR_FILENO);
        LOG(taped.log, LOG_INFO, EVENT_KIOSK_STOPPED, LOG_WORD("name", "Dilnoza"));
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
#ifdef NDEBUG
    assert_true(WIFEXITED(status));
#else
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
#endif
    assert_null(strstr(played(&taped), "Dilnoza"));
    end(&taped);
}

static void keeps_the_beginning_of_a_long_line(void **state)
{
    Taped taped;
    char word[2000];

    (void)state;
    memset(word, 'w', sizeof(word) - 1);
    word[sizeof(word) - 1] = '\0';
    tape(&taped, LOG_INFO, false);
    LOG(taped.log, LOG_INFO, EVENT_KIOSK_STOPPED, LOG_WORD("reason", word));
    const char *line = played(&taped);
    assert_int_equal(strlen(line), 1025);
    assert_true(str_starts(str_from(line), STR("2026-11-24T09:30:00.007Z info kiosk-stopped reason=www")));
    assert_int_equal(line[1024], '\n');
    end(&taped);
}

static void *write_many(void *arg)
{
    for (int i = 0; i < 15; i++)
        LOG(arg, LOG_INFO, EVENT_VISIT_BEGAN, LOG_NUMBER("visit", 1000 + i));
    return NULL;
}

static void lines_of_threads_are_not_mixed(void **state)
{
    Taped taped;
    pthread_t threads[4];
    size_t lines = 0;

    (void)state;
    tape(&taped, LOG_INFO, false);
    for (size_t i = 0; i < COUNT(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, write_many, taped.log), 0);
    for (size_t i = 0; i < COUNT(threads); i++)
        pthread_join(threads[i], NULL);
    Str rest = str_from(played(&taped));
    while (rest.len > 0) {
        Str line = str_split(&rest, '\n');
        assert_int_equal(line.len, strlen("2026-11-24T09:30:00.007Z info visit-began visit=1000"));
        assert_true(str_starts(line, STR("2026-11-24T09:30:00.007Z info visit-began visit=10")));
        lines++;
    }
    assert_int_equal(lines, 60);
    end(&taped);
}

static void every_row_is_well_formed(void **state)
{
    static const struct {
        const char *name, *fields;
    } rows[] = {
#define LOG_EVENT(id, name, fields) { name, fields },
#include "base/log_events.h"
#undef LOG_EVENT
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_int_equal(strspn(rows[i].name, "abcdefghijklmnopqrstuvwxyz-"), strlen(rows[i].name));
        assert_int_equal(strspn(rows[i].fields, "abcdefghijklmnopqrstuvwxyz_ "), strlen(rows[i].fields));
        assert_null(strstr(rows[i].fields, "  "));
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(rows[i].name, rows[k].name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_one_line_an_event),
        cmocka_unit_test(a_shared_log_names_whose_line_it_is),
        cmocka_unit_test(speaks_to_the_journal),
        cmocka_unit_test(lets_no_free_text_through),
        cmocka_unit_test(quotes_the_errors_words),
        cmocka_unit_test(leaves_out_what_the_row_does_not_allow),
        cmocka_unit_test(keeps_the_beginning_of_a_long_line),
        cmocka_unit_test(lines_of_threads_are_not_mixed),
        cmocka_unit_test(every_row_is_well_formed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
