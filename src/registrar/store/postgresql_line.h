/* The line to a PostgreSQL server, in libpq's pipeline mode: statements are sent one after another, and their answers
 * are waited for only where somebody wants one.  Inside store/ alone.  Belongs to one thread at a time. */
#ifndef REGISTRAR_STORE_POSTGRESQL_LINE_H
#define REGISTRAR_STORE_POSTGRESQL_LINE_H

#include <libpq-fe.h>
#include <stdint.h>

#include "base/error.h"

typedef struct PgLine {
    PGconn *conn;
    int syncs;     /* ends of runs of statements that were sent and not answered */
    bool unended;  /* statements were sent after the last of them */
    bool failed;   /* a statement failed; all that follow fail with it until pg_line_forgive */
    bool lost;     /* the connection is gone */
    bool changed;  /* a statement changed rows; whoever wants to know sets it to false before */
    Error failure; /* of the first that failed */
} PgLine;

/* ERR_OFFLINE: the server can't be reached, or takes nobody now. */
bool pg_line_open(PgLine *line, const char *address, Error *err) MUST_USE;
void pg_line_close(PgLine *line);

/* Each is sent, or kept to be sent with the next.  False: something failed before it. */
bool pg_line_send(PgLine *line, const char *sql, Error *err) MUST_USE;
bool pg_line_send_prepare(PgLine *line, const char *name, const char *sql, int count, const Oid *types,
                          Error *err) MUST_USE;
/* Values and results are binary. */
bool pg_line_send_values(PgLine *line, const char *name, int count, const char *const *values, const int *lengths,
                         Error *err) MUST_USE;
/* Waits for the answers to all that was sent.  *ret (may be NULL): the last one's, PQclear ends it. */
bool pg_line_settle(PgLine *line, PGresult **ret, Error *err) MUST_USE;
/* Sends what was kept and leaves the answers for later. */
void pg_line_push(PgLine *line);
/* Forgets a failure, after pg_line_settle: what is sent next may undo it. */
void pg_line_forgive(PgLine *line);
/* Several statements in one text, with no pipeline around them. */
bool pg_line_script(PgLine *line, const char *sql, Error *err) MUST_USE;

#endif
