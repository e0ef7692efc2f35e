/* A store in a folder of its own, gone after the test. */
#ifndef UNIT_STORE_FIXTURE_H
#define UNIT_STORE_FIXTURE_H

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "registrar/store/store.h"

typedef struct StoreFixture {
    char folder[64], path[96];
    Store *store;
} StoreFixture;

static inline void store_fixture_open(StoreFixture *fixture)
{
    Error err = { 0 };

    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/store-test-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    snprintf(fixture->path, sizeof fixture->path, "%s/registrar.db", fixture->folder);
    fixture->store = store_open(fixture->path, "namuna", NULL, &err);
    if (!fixture->store)
        fail_msg("%s", err.text);
}

static inline void store_fixture_close(StoreFixture *fixture)
{
    static const char *const endings[] = { "", "-wal", "-shm" };
    char path[128];

    store_close(fixture->store);
    for (size_t i = 0; i < COUNT(endings); i++) {
        snprintf(path, sizeof path, "%s%s", fixture->path, endings[i]);
        unlink(path);
    }
    rmdir(fixture->folder);
}

#endif
