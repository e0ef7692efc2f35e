/* Into whose hands papers were given at a window. */
#ifndef REGISTRAR_STORE_HAND_OUTS_H
#define REGISTRAR_STORE_HAND_OUTS_H

#include "registrar/store/requests.h"

typedef struct HandOutRow {
    char copy[ID_SIZE];
    bool to_student;
    char name[161];    /* of another person; purged after its time, then "" */
    char paper[81];    /* which paper of theirs was seen */
    char given_by[48]; /* "token:NAME" */
    int64_t at_s;
} HandOutRow;

/* ERR_EXISTS: it was given out before. */
bool hand_outs_add(StoreTransaction *transaction, const HandOutRow *hand_out, Error *err) MUST_USE;
bool hand_outs_get(StoreTransaction *transaction, const char *copy, bool *ret_found, HandOutRow *ret,
                   Error *err) MUST_USE;

#endif
