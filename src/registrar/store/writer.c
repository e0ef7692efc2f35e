#include "registrar/store/writer.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "base/memory.h"
#include "base/queue.h"

#define WRITES_MOST 256   /* acts that wait for the writer; one more waits for a place */
#define GROUP_MOST  64    /* acts of one commit; PostgreSQL keeps as many savepoints of a transaction at hand */
#define PATIENCE_MS 20000 /* from the first loss of the connection to giving a group up */
#define DAY_S       86400

/* One call of writer_run: lives on the caller's stack until the writer has answered. */
typedef struct Write {
    StoreAct act;
    void *arg;
    Error *err;
    Error own_err; /* when the caller wants none */
    bool done;     /* the act itself succeeded */
    bool refused;  /* it failed and is not run again */
    Queue *answer; /* of bool: durable */
} Write;

/* Acts of one transaction. */
typedef struct Group {
    Write *writes[GROUP_MOST];
    size_t count;
    int64_t mark; /* of the commit whose answer was lost; 0: there is none */
} Group;

struct Writer {
    Pool *pool;
    const char *institution;
    Queue *writes; /* of Write pointers */
    pthread_t thread;
    int64_t mark; /* the last commit's */
    _Atomic int64_t acts, commits, cpu_us;
};

static int64_t now_ms(void)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

static int64_t thread_us(void)
{
    struct timespec at;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return (int64_t)at.tv_sec * 1000000 + at.tv_nsec / 1000;
}

/* --- acts -------------------------------------------------------------------------------------------------------- */

/* For all that would be run again. */
static void refuse_all(Group *group, const Error *why)
{
    for (size_t i = 0; i < group->count; i++)
        if (!group->writes[i]->refused) {
            *group->writes[i]->err = *why;
            group->writes[i]->done = false;
            group->writes[i]->refused = true;
        }
}

/* False: the whole transaction is gone.  An act under which only the connection broke is no failed act. */
static bool run_act(StoreTransaction *transaction, Write *write)
{
    const Driver *driver = transaction->driver;
    bool told = transaction->told;

    error_clear(write->err);
    write->done = driver->act_begin(transaction, write->err) && write->act(transaction, write->arg, write->err) &&
                  driver->act_keep(transaction, write->err);
    if (write->done)
        return true;
    transaction->told = told;
    if (transaction->lost)
        return false;
    write->refused = true;
    return driver->act_drop(transaction);
}

static bool run_acts(Writer *writer, StoreTransaction *transaction, Group *group)
{
    for (size_t i = 0; i < group->count; i++) {
        if (!group->writes[i]->refused && !run_act(transaction, group->writes[i]))
            return false;
        /* Those that came meanwhile: the longer the disk needs, the more share a commit. */
        if (i + 1 == group->count && group->count < GROUP_MOST &&
            queue_pop(writer->writes, &group->writes[group->count], 0))
            group->count++;
    }
    return true;
}

/* --- marks ------------------------------------------------------------------------------------------------------- */

/* A commit's number lies in the commit itself.  PostgreSQL's own numbers of transactions can't be asked instead: one
 * whose commit never reached the disk is given again after a crash. */
static bool put_mark(Writer *writer, StoreTransaction *transaction, Error *err)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    if (writer->mark == 0 &&
        !RUN(transaction, err, NULL, "DELETE FROM commit_mark WHERE institution = ?1 AND at_s < ?2",
             INT(now.tv_sec - DAY_S)))
        return false;
    writer->mark++;
    return RUN(transaction, err, NULL,
               "INSERT INTO commit_mark (institution, writer, n, at_s) VALUES (?1, ?2, ?3, ?4)"
               " ON CONFLICT (institution, writer) DO UPDATE SET n = excluded.n, at_s = excluded.at_s",
               TEXT(pool_name(writer->pool)), INT(writer->mark), INT(now.tv_sec));
}

/* In a transaction that waited for the lost one to end, however it ended. */
static bool find_mark(Writer *writer, StoreTransaction *transaction, int64_t mark, bool *ret_there, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err, "SELECT n FROM commit_mark WHERE institution = ?1 AND writer = ?2",
              TEXT(pool_name(writer->pool))) ||
        !rows_next(&rows, &row, err))
        return false;
    *ret_there = row && rows_int(&rows, 0) == mark;
    return true;
}

/* --- groups ------------------------------------------------------------------------------------------------------ */

typedef enum Round { ROUND_ENDED, ROUND_AGAIN } Round;

static void note_done(Writer *writer, const Group *group)
{
    atomic_fetch_add(&writer->commits, 1);
    for (size_t i = 0; i < group->count; i++)
        atomic_fetch_add(&writer->acts, group->writes[i]->done ? 1 : 0);
}

static Round commit_group(Writer *writer, StoreTransaction *transaction, Group *group)
{
    Error err = { 0 };
    bool marked = transaction->driver->loses_answers && transaction->changed;
    CommitFate fate =
        marked && !put_mark(writer, transaction, &err) ? COMMIT_UNDONE : transaction->driver->commit(transaction, &err);

    if (fate == COMMIT_DONE) {
        note_done(writer, group);
        if (transaction->told)
            pool_tell(writer->pool, writer->institution, transaction);
        return ROUND_ENDED;
    }
    if (fate == COMMIT_UNKNOWN || transaction->lost) {
        group->mark = marked ? writer->mark : 0;
        return ROUND_AGAIN;
    }
    transaction->driver->roll_back(transaction);
    for (size_t i = 0; i < group->count; i++)
        if (group->writes[i]->done) {
            *group->writes[i]->err = err;
            group->writes[i]->done = false;
        }
    return ROUND_ENDED;
}

/* Whether the lost commit happened.  Then all is as it was answered, and nothing is run again. */
static bool resolve(Writer *writer, StoreTransaction *transaction, Group *group, bool *ret_there, Error *err)
{
    *ret_there = false;
    if (!group->mark)
        return true;
    if (!find_mark(writer, transaction, group->mark, ret_there, err))
        return false;
    group->mark = 0;
    if (*ret_there)
        note_done(writer, group);
    return true;
}

static Round run_round(Writer *writer, StoreTransaction *transaction, Group *group)
{
    Error err = { 0 };
    bool there = false;

    transaction->changed = transaction->told = false;
    if (!transaction->driver->begin(transaction, &err) || !resolve(writer, transaction, group, &there, &err)) {
        transaction->driver->roll_back(transaction);
        if (transaction->lost || group->mark)
            return ROUND_AGAIN;
        refuse_all(group, &err);
        return ROUND_ENDED;
    }
    if (there) {
        transaction->driver->roll_back(transaction);
        pool_tell(writer->pool, writer->institution, transaction);
        return ROUND_ENDED;
    }
    if (run_acts(writer, transaction, group))
        return commit_group(writer, transaction, group);
    transaction->driver->roll_back(transaction);
    return ROUND_AGAIN;
}

static void give_up(Group *group, const Error *why)
{
    Error err = *why;

    if (group->mark)
        error_set(&err, ERR_TIMEOUT, "whether it was done is not known: the database's answer was lost");
    refuse_all(group, &err);
}

static void run_group(Writer *writer, Group *group)
{
    int64_t until = 0;
    Round round = ROUND_AGAIN;

    while (round == ROUND_AGAIN) {
        Error err = { 0 };
        int64_t left = until ? until - now_ms() : PATIENCE_MS;
        StoreTransaction *transaction =
            left > 0 ? pool_take(writer->pool, writer->institution, true, (int)left, &err) : NULL;

        if (!transaction) {
            if (left <= 0)
                error_set(&err, ERR_BUSY, "the database's connection breaks again and again");
            give_up(group, &err);
            return;
        }
        round = run_round(writer, transaction, group);
        if (transaction->lost && !until)
            until = now_ms() + PATIENCE_MS;
        pool_give(writer->pool, transaction);
    }
}

static void *writer_main(void *ctx)
{
    Writer *writer = ctx;
    Group group = { .count = 1 };

    pthread_setname_np(pthread_self(), "store");
    while (queue_pop(writer->writes, &group.writes[0], -1)) {
        run_group(writer, &group);
        atomic_store(&writer->cpu_us, thread_us());
        for (size_t i = 0; i < group.count; i++) {
            bool done = group.writes[i]->done;
            bool told = queue_push(group.writes[i]->answer, &done); /* from here on the caller may be gone */

            assert(told);
            (void)told;
        }
        group = (Group){ .count = 1 };
    }
    return NULL;
}

/* --- from outside ------------------------------------------------------------------------------------------------ */

bool writer_run(Writer *writer, StoreAct act, void *arg, Error *err)
{
    OWNED(Queue) answer = queue_new(sizeof(bool), 1);
    Write write = { .act = act, .arg = arg, .err = err, .answer = answer };
    Write *pushed = &write;
    const struct timespec moment = { 0, 1000000 };
    bool done;

    if (!write.err)
        write.err = &write.own_err;
    if (!answer)
        return error_set(err, ERR_MEMORY, "store");
    while (!queue_push(writer->writes, &pushed))
        nanosleep(&moment, NULL);
    while (!queue_pop(answer, &done, -1))
        ;
    return done;
}

Writer *writer_start(Pool *pool, const char *institution, Error *err)
{
    Writer *writer = mem_new(1, sizeof *writer);
    int failed = 0;

    if (writer) {
        writer->pool = pool;
        writer->institution = institution;
        writer->writes = queue_new(sizeof(Write *), WRITES_MOST);
        if (writer->writes)
            failed = pthread_create(&writer->thread, NULL, writer_main, writer);
    }
    if (writer && writer->writes && !failed)
        return writer;
    if (writer)
        queue_free(writer->writes);
    mem_free(writer);
    error_set_cause(err, ERR_MEMORY, failed, "writer");
    return NULL;
}

void writer_stop(Writer *writer)
{
    if (!writer)
        return;
    queue_close(writer->writes);
    pthread_join(writer->thread, NULL);
    queue_free(writer->writes);
    mem_free(writer);
}

StoreCounts writer_counts(const Writer *writer)
{
    return (StoreCounts){ atomic_load(&writer->acts), atomic_load(&writer->commits), atomic_load(&writer->cpu_us) };
}
