/* Acts on a database, as fast as they are answered, by several threads of several processes, and what each was told.
 *
 *   act_load ADDRESS PROCESSES THREADS      prints "done NAME", "refused NAME WHY" or "unsure NAME WHY" for each act
 *
 * An act adds a kiosk of its NAME and an entry about it.  "begin" is printed when all stand ready; closing standard
 * input ends it.  Who counts what is in the database afterwards knows whether an act was lost or done twice. */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "registrar/store/acts.h"
#include "registrar/store/kiosks.h"

#define THREADS_MOST   32
#define PROCESSES_MOST 8

typedef struct Worker {
    pthread_t thread;
    Store *store;
    int process, number;
} Worker;

static atomic_bool enough;

static bool add(StoreTransaction *transaction, void *arg, Error *err)
{
    const char *name = arg;

    return kiosks_add(transaction, name, "hall", 1, err) &&
           acts_add(transaction, &(Act){ 1, "test", "test.added", name, "{\"n\":1}" }, err);
}

static void *work(void *ctx)
{
    const Worker *worker = ctx;
    char name[32];

    for (int i = 0; !atomic_load(&enough); i++) {
        Error err = { 0 };

        snprintf(name, sizeof name, "K-%d-%d-%d", worker->process, worker->number, i);
        if (store_write(worker->store, add, name, &err))
            printf("done %s\n", name);
        else
            printf("%s %s %s: %s\n", err.code == ERR_TIMEOUT ? "unsure" : "refused", name, error_code_name(err.code),
                   err.text);
    }
    return NULL;
}

static void end(int signal_)
{
    (void)signal_;
    atomic_store(&enough, true);
}

static int process_main(const char *address, int number, int threads)
{
    Worker workers[THREADS_MOST];
    Error err = { 0 };
    OWNED(Store) store = store_open(address, "namuna", NULL, &err);

    setvbuf(stdout, NULL, _IOLBF, 0);
    if (!store) {
        fprintf(stderr, "act_load: %s\n", err.text);
        return 1;
    }
    printf("begin %d\n", number);
    for (int i = 0; i < threads; i++) {
        workers[i] = (Worker){ .store = store, .process = number, .number = i };
        if (pthread_create(&workers[i].thread, NULL, work, &workers[i]) != 0)
            return 1;
    }
    for (int i = 0; i < threads; i++)
        pthread_join(workers[i].thread, NULL);
    return 0;
}

int main(int argc, char **argv)
{
    int processes = argc == 4 ? (int)strtol(argv[2], NULL, 10) : 0, failed = 0, status;
    int threads = argc == 4 ? (int)strtol(argv[3], NULL, 10) : 0;
    pid_t children[PROCESSES_MOST];
    char byte;

    if (processes < 1 || processes > PROCESSES_MOST || threads < 1 || threads > THREADS_MOST) {
        fprintf(stderr, "usage: act_load ADDRESS PROCESSES THREADS\n");
        return 2;
    }
    for (int i = 0; i < processes; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            signal(SIGTERM, end);
            exit(process_main(argv[1], i, threads));
        }
    }
    while (read(STDIN_FILENO, &byte, 1) > 0)
        ;
    for (int i = 0; i < processes; i++)
        kill(children[i], SIGTERM);
    for (int i = 0; i < processes; i++)
        failed |= waitpid(children[i], &status, 0) != children[i] || status != 0;
    return failed;
}
