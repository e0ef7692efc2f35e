/* The one thread of a store that writes: acts that wait together share one transaction, each as a savepoint of it, and
 * one commit.  Inside store/ alone. */
#ifndef REGISTRAR_STORE_WRITER_H
#define REGISTRAR_STORE_WRITER_H

#include "registrar/store/pool.h"

typedef struct Writer Writer;

/* pool and institution outlive it. */
Writer *writer_start(Pool *pool, const char *institution, Error *err) MUST_USE;
/* Runs what waits, then ends. */
void writer_stop(Writer *writer);

/* As store_write says. */
bool writer_run(Writer *writer, StoreAct act, void *arg, Error *err) MUST_USE;
StoreCounts writer_counts(const Writer *writer);

#endif
