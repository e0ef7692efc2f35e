/* Waking when the database changed, whoever changed it: this process, another registrar, a command line.
 * A wake-up says that there may be something new and not what: who wakes reads again.  It may come without a reason,
 * and on PostgreSQL it comes only for acts that called store_tell. */
#ifndef REGISTRAR_STORE_WATCH_H
#define REGISTRAR_STORE_WATCH_H

#include "registrar/store/store.h"

/* Belongs to one thread, and ends before its store. */
typedef struct StoreWatch StoreWatch;

StoreWatch *store_watch_open(Store *store, Error *err) MUST_USE;
void store_watch_close(StoreWatch *watch);
OWNED_BY(StoreWatch, store_watch_close)

/* Waits up to wait_ms.  *ret_changed: somebody committed since the last call that said so (the first call after
 * store_watch_open says so at once: what came before was seen by nobody).  While the database can't be reached it waits
 * and says nothing; when it is back it says "changed" once. */
bool store_watch_wait(StoreWatch *watch, int wait_ms, bool *ret_changed, Error *err) MUST_USE;
/* Ends the wait of another thread, or its next one: for who stops. */
void store_watch_wake(StoreWatch *watch);

/* Within an act: who watches is to hear of it once it is committed.  Costs nothing on SQLite, where all is heard of. */
void store_tell(StoreTransaction *transaction);

#endif
