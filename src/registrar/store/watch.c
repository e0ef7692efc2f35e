#include "registrar/store/watch.h"

#include "registrar/store/inside.h"

StoreWatch *store_watch_open(Store *store, Error *err)
{
    return pool_watch_new(store->pool, store->institution, err);
}

void store_watch_close(StoreWatch *watch)
{
    pool_watch_free(watch);
}

bool store_watch_wait(StoreWatch *watch, int wait_ms, bool *ret_changed, Error *err)
{
    (void)err; /* a listener that lost its database goes on by itself */
    *ret_changed = pool_watch_wait(watch, wait_ms);
    return true;
}

void store_watch_wake(StoreWatch *watch)
{
    pool_watch_wake(watch);
}
