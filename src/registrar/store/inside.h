/* What a Store is.  For store.c, writer.c and watch.c alone. */
#ifndef REGISTRAR_STORE_INSIDE_H
#define REGISTRAR_STORE_INSIDE_H

#include "registrar/store/pool.h"
#include "registrar/store/store.h"
#include "registrar/store/writer.h"

struct Store {
    Pool *pool;
    Writer *writer;
    char institution[INSTITUTION_MOST + 1];
};

#endif
