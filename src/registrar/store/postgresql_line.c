#include "registrar/store/postgresql_line.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/macros.h"
#include "base/str.h"

#define ANSWER_MS 90000 /* a server that is longer silent is gone; its own limits are below (postgresql.c) */

/* --- failures ---------------------------------------------------------------------------------------------------- */

static const struct {
    const char *start; /* of the SQLSTATE */
    ErrorCode code;
} codes[] = {
    { "23505", ERR_EXISTS }, { "53100", ERR_IO },     { "58", ERR_IO },      { "53200", ERR_MEMORY },
    { "53", ERR_BUSY },      { "55P03", ERR_BUSY },   { "57014", ERR_BUSY }, { "40", ERR_BUSY },
    { "25006", ERR_BUSY },   { "42501", ERR_DENIED },
};

static ErrorCode code_of(const char *state)
{
    for (size_t i = 0; i < COUNT(codes); i++)
        if (str_starts(str_from(state), str_from(codes[i].start)))
            return codes[i].code;
    return ERR_STORE;
}

/* A server that turned into a standby reads on and never writes: another connection finds the one that leads now. */
static bool ends_connection(const PGresult *result, const char *state)
{
    const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);

    return strcmp(state, "25006") == 0 ||
           (severity && (strcmp(severity, "FATAL") == 0 || strcmp(severity, "PANIC") == 0));
}

/* PostgreSQL's own words may quote a value where it was one that it disliked (class 22) or one that a constraint
 * refused (class 23): there the name of what refused it must do. */
static void note_failure(PgLine *line, const PGresult *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *words = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const char *constraint = PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);

    state = state ? state : "";
    if (ends_connection(result, state) || PQstatus(line->conn) == CONNECTION_BAD)
        line->lost = true;
    if (line->failed)
        return;
    line->failed = true;
    if (str_starts(str_from(state), STR("23")))
        error_set(&line->failure, code_of(state), "SQLSTATE %s: %s", state, constraint ? constraint : "a constraint");
    else if (str_starts(str_from(state), STR("22")))
        error_set(&line->failure, code_of(state), "SQLSTATE %s", state);
    else
        error_set(&line->failure, line->lost ? ERR_BUSY : code_of(state), "SQLSTATE %s: %.100s", state,
                  words ? words : "no words");
}

static bool fail(const PgLine *line, Error *err)
{
    if (err)
        *err = line->failure;
    return false;
}

/* The answers that were on their way will not come. */
static bool lose(PgLine *line, const char *words, Error *err)
{
    line->lost = true;
    line->syncs = 0;
    line->unended = false;
    if (!line->failed)
        error_set(&line->failure, ERR_BUSY, "connection lost: %.100s", words);
    line->failed = true;
    return fail(line, err);
}

/* libpq's words end with a new line, and may go on over several. */
static bool lose_connection(PgLine *line, Error *err)
{
    Str words = str_from(PQerrorMessage(line->conn));
    char first[100];

    str_copy_cut(str_split(&words, '\n'), first, sizeof first);
    return lose(line, first, err);
}

/* --- opening ----------------------------------------------------------------------------------------------------- */

/* What stands in the address comes later and wins. */
static const char *const keywords[] = {
    "fallback_application_name", "connect_timeout",  "keepalives_idle",
    "keepalives_interval",       "keepalives_count", "tcp_user_timeout",
    "client_encoding",           "dbname",           NULL,
};

bool pg_line_open(PgLine *line, const char *address, Error *err)
{
    const char *values[] = { "registrar", "5", "10", "5", "3", "20000", "UTF8", address, NULL };

    static_assert(COUNT(values) == COUNT(keywords), "one value a keyword");
    *line = (PgLine){ .conn = PQconnectdbParams(keywords, values, 1) };
    if (!line->conn)
        return error_set(err, ERR_MEMORY, "connection");
    if (PQstatus(line->conn) == CONNECTION_OK)
        return true;
    lose_connection(line, err);
    /* Who is answered at all and turned away is turned away next time too, but for a server that is full. */
    const PGPing ping = PQpingParams(keywords, values, 1);
    bool offline = ping != PQPING_OK || strstr(PQerrorMessage(line->conn), "too many");
    pg_line_close(line);
    /* An address that is none: libpq's words would repeat parts of it, and there may be a password in them. */
    if (ping == PQPING_NO_ATTEMPT)
        return error_set(err, ERR_ARGUMENT,
                         "this is no address of a PostgreSQL, or names an option that it has not"
                         " (a percent sign in one is written %%25)");
    if (err)
        err->code = offline ? ERR_OFFLINE : ERR_DENIED;
    return false;
}

void pg_line_close(PgLine *line)
{
    PQfinish(line->conn);
    *line = (PgLine){ 0 };
}

/* --- sending ----------------------------------------------------------------------------------------------------- */

static bool ready_to_send(PgLine *line, Error *err)
{
    if (line->failed)
        return fail(line, err);
    if (PQpipelineStatus(line->conn) == PQ_PIPELINE_OFF && !PQenterPipelineMode(line->conn))
        return lose_connection(line, err);
    return true;
}

static bool sent(PgLine *line, int result, Error *err)
{
    line->unended = true;
    return result == 1 || lose_connection(line, err);
}

bool pg_line_send(PgLine *line, const char *sql, Error *err)
{
    return ready_to_send(line, err) &&
           sent(line, PQsendQueryParams(line->conn, sql, 0, NULL, NULL, NULL, NULL, 1), err);
}

bool pg_line_send_prepare(PgLine *line, const char *name, const char *sql, int count, const Oid *types, Error *err)
{
    return ready_to_send(line, err) && sent(line, PQsendPrepare(line->conn, name, sql, count, types), err);
}

bool pg_line_send_values(PgLine *line, const char *name, int count, const char *const *values, const int *lengths,
                         Error *err)
{
    static const int binary[] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                                  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };

    assert(count <= (int)COUNT(binary));
    return ready_to_send(line, err) &&
           sent(line, PQsendQueryPrepared(line->conn, name, count, values, lengths, binary, 1), err);
}

void pg_line_push(PgLine *line)
{
    if (line->failed || !line->unended)
        return;
    line->unended = false;
    line->syncs++;
    if (!PQpipelineSync(line->conn))
        lose_connection(line, NULL);
}

/* --- answers ----------------------------------------------------------------------------------------------------- */

static int64_t now_ms(void)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

static bool wait_for_answer(PgLine *line, Error *err)
{
    int64_t until = now_ms() + ANSWER_MS;

    while (PQisBusy(line->conn)) {
        struct pollfd socket = { PQsocket(line->conn), POLLIN, 0 };
        int64_t left = until - now_ms();
        int ready = poll(&socket, 1, left > 0 ? (int)left : 0);

        if (ready < 0 && errno == EINTR)
            continue;
        if (ready == 0)
            return lose(line, "no answer", err);
        if (ready < 0 || !PQconsumeInput(line->conn))
            return lose_connection(line, err);
    }
    return true;
}

/* "INSERT 0 1", "UPDATE 3", "DELETE 1": the first letter is enough to know them from "SELECT 7" and the rest. */
static void note_changes(PgLine *line, PGresult *result)
{
    const char *tag = PQcmdStatus(result);
    const char *count = PQcmdTuples(result);

    if ((tag[0] == 'I' || tag[0] == 'U' || (tag[0] == 'D' && tag[2] == 'L')) && strcmp(count, "0") != 0)
        line->changed = true;
}

/* Takes the result over.  *last is the newest answer that was none of failure. */
static void take_result(PgLine *line, PGresult *result, PGresult **last)
{
    switch (PQresultStatus(result)) {
    case PGRES_PIPELINE_SYNC: line->syncs--; break;
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
        note_changes(line, result);
        PQclear(*last);
        *last = result;
        return;
    case PGRES_PIPELINE_ABORTED: break; /* for the failure before it */
    case PGRES_FATAL_ERROR:
    case PGRES_NONFATAL_ERROR:
    case PGRES_EMPTY_QUERY:
    case PGRES_BAD_RESPONSE:
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
    case PGRES_COPY_BOTH:
    case PGRES_SINGLE_TUPLE: note_failure(line, result); break;
    }
    PQclear(result);
}

/* Between the results of two statements libpq gives a NULL; two of them in a row mean that nothing more will come. */
static bool read_answers(PgLine *line, PGresult **last, Error *err)
{
    int nothing = 0;

    while (line->syncs > 0) {
        if (!wait_for_answer(line, err))
            return false;
        PGresult *result = PQgetResult(line->conn);
        if (result) {
            nothing = 0;
            take_result(line, result, last);
        } else if (PQstatus(line->conn) == CONNECTION_BAD || ++nothing > 2)
            return lose_connection(line, err);
    }
    return true;
}

bool pg_line_settle(PgLine *line, PGresult **ret, Error *err)
{
    PGresult *last = NULL;

    if (line->unended && !line->lost) {
        line->unended = false;
        line->syncs++;
        if (!PQpipelineSync(line->conn))
            return lose_connection(line, err);
    }
    bool read = !line->lost && read_answers(line, &last, err);
    if (line->lost)
        line->syncs = 0;
    if (read && !line->failed && ret) {
        *ret = last;
        return true;
    }
    PQclear(last);
    return (read && !line->failed) || fail(line, err);
}

void pg_line_forgive(PgLine *line)
{
    assert(line->lost || (line->syncs == 0 && !line->unended));
    line->failed = line->lost;
}

bool pg_line_script(PgLine *line, const char *sql, Error *err)
{
    if (!pg_line_settle(line, NULL, err))
        return false;
    if (PQpipelineStatus(line->conn) != PQ_PIPELINE_OFF && !PQexitPipelineMode(line->conn))
        return lose_connection(line, err);
    PGresult *result = PQexec(line->conn, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        if (PQstatus(line->conn) == CONNECTION_BAD)
            lose_connection(line, err);
        else
            note_failure(line, result);
    }
    PQclear(result);
    return !line->failed || fail(line, err);
}
