/* Numbered forms, each accounted for: received, issued to a holder, bound to a copy, used or spoiled, or returned. */
#ifndef REGISTRAR_STORE_BLANKS_H
#define REGISTRAR_STORE_BLANKS_H

#include "registrar/store/requests.h"

#define BLANK_SERIES_SIZE 9
#define BLANK_ID_SIZE     24 /* "AM-0001234" */
#define BLANK_HOLDER_SIZE 48
#define BLANK_REASON_SIZE 301

typedef struct BlankRow {
    char id[BLANK_ID_SIZE];
    char kind[SERVICE_SIZE];
    char series[BLANK_SERIES_SIZE]; /* capital letters */
    int number;
    BlankState state;
    uint32_t epoch;
    char holder[BLANK_HOLDER_SIZE]; /* "": in the store */
    char copy[ID_SIZE];             /* "": none */
    char spoiled_by[BLANK_HOLDER_SIZE];
    char reason[BLANK_REASON_SIZE]; /* of its spoiling */
    int64_t changed_at_s;
} BlankRow;

/* "AM-0001234": its name in paths and acts. */
void blank_id_write(const char *series, int number, char ret[BLANK_ID_SIZE]);
/* "AM 0001234": as it is printed on the form itself. */
void blank_number_write(const char *series, int number, char ret[BLANK_ID_SIZE]);

/* ERR_EXISTS: there is one of this series and number. */
bool blanks_add(StoreTransaction *transaction, const BlankRow *blank, Error *err) MUST_USE;
bool blanks_get(StoreTransaction *transaction, const char *id, bool *ret_found, BlankRow *ret, Error *err) MUST_USE;
bool blanks_of_copy(StoreTransaction *transaction, const char *copy, bool *ret_found, BlankRow *ret,
                    Error *err) MUST_USE;
/* The first issued one of a kind that nobody calls spoiled: of those that this holder has, else of anybody's. */
bool blanks_free(StoreTransaction *transaction, const char *kind, const char *holder, bool *ret_found, BlankRow *ret,
                 Error *err) MUST_USE;
/* Holder, copy, first of two, reason; before the move that needs them. */
bool blanks_put(StoreTransaction *transaction, const BlankRow *blank, Error *err) MUST_USE;
/* What was seen before counts no more.  ERR_CONFLICT: it is in another epoch by now. */
bool blanks_next_epoch(StoreTransaction *transaction, const BlankRow *blank, Error *err) MUST_USE;
/* By series and number after an id ("": from the first); state NULL: in any. */
bool blanks_list(StoreTransaction *transaction, const BlankState *state, const char *after, BlankRow *rows, size_t room,
                 size_t *ret_count, Error *err) MUST_USE;

/* As staff see them. */
typedef struct BlankQuery {
    const BlankState *state; /* NULL: any */
    bool said_spoiled;       /* those alone of which one person says it, and no second */
    const char *holder;      /* "": anybody, and the store */
    const char *id;          /* "": any */
    const char *after;       /* an id; "": from the first */
} BlankQuery;
bool blanks_listed(StoreTransaction *transaction, const BlankQuery *query, BlankRow *rows, size_t room,
                   size_t *ret_count, Error *err) MUST_USE;

/* The account: how many there are of a kind and series, in a state, with a holder ("": in the store). */
typedef struct BlankCount {
    char kind[SERVICE_SIZE];
    char series[BLANK_SERIES_SIZE];
    char holder[BLANK_HOLDER_SIZE];
    BlankState state;
    int first, last; /* numbers */
    int64_t count;
    int64_t said_spoiled; /* of them, as BlankQuery has it */
} BlankCount;
/* By kind and series, then holder and state; at most room. */
bool blanks_counted(StoreTransaction *transaction, BlankCount *rows, size_t room, size_t *ret_count,
                    Error *err) MUST_USE;

#endif
