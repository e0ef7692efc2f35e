/* A store on a database of its own, gone after the test. */
#ifndef UNIT_STORE_FIXTURE_H
#define UNIT_STORE_FIXTURE_H

#include "database.h"

#include "registrar/store/store.h"

typedef struct StoreFixture {
    TestDatabase database;
    const char *path; /* for store_open */
    Store *store;
} StoreFixture;

static inline void store_fixture_open(StoreFixture *fixture)
{
    Error err = { 0 };

    test_database_make(&fixture->database);
    fixture->path = fixture->database.address;
    fixture->store = store_open(fixture->path, "namuna", NULL, &err);
    if (!fixture->store)
        fail_msg("%s", err.text);
}

static inline void store_fixture_close(StoreFixture *fixture)
{
    store_close(fixture->store);
    test_database_drop(&fixture->database);
}

#endif
