/* Tickets: places in the lines before the windows (schema/0008.sql). */
#ifndef REGISTRAR_STORE_TICKETS_H
#define REGISTRAR_STORE_TICKETS_H

#include "registrar/store/requests.h"
#include "registrar/store/staff_scope.h"

#define TICKET_DAY_SIZE  11
#define TICKET_HASH_SIZE 32

typedef struct TicketRow {
    char id[ID_SIZE];
    char day[TICKET_DAY_SIZE]; /* ISO */
    char letter[2];
    int n;
    char topic[SERVICE_SIZE];
    TicketState state;
    uint32_t epoch;
    char kiosk[ID_SIZE];
    int64_t student; /* 0: nobody was signed in */
    uint8_t token_hash[TICKET_HASH_SIZE];
    int called_to;  /* window; 0: not called yet */
    int for_window; /* passed on to this one alone; 0: to any */
    int calls;
    int64_t taken_at_s;
    int64_t called_at_s;   /* 0 */
    int64_t last_called_s; /* 0 */
    int64_t changed_at_s;
} TicketRow;

/* The number that its letter has not had on its day: the highest and one more, so that there are no gaps. */
bool tickets_next_n(StoreTransaction *transaction, const char *day, const char *letter, int *ret, Error *err) MUST_USE;
/* In state waiting. */
bool tickets_add(StoreTransaction *transaction, const TicketRow *ticket, Error *err) MUST_USE;
bool tickets_get(StoreTransaction *transaction, const char *id, bool *ret_found, TicketRow *ret, Error *err) MUST_USE;
bool tickets_by_token(StoreTransaction *transaction, const uint8_t token_hash[TICKET_HASH_SIZE], bool *ret_found,
                      TicketRow *ret, Error *err) MUST_USE;
/* Topic, windows, calls and times of calls; before the move that goes with them. */
bool tickets_put(StoreTransaction *transaction, const TicketRow *ticket, Error *err) MUST_USE;
/* All that are not over, in the order in which they were taken; at most room. */
bool tickets_open(StoreTransaction *transaction, TicketRow *rows, size_t room, size_t *ret_count, Error *err) MUST_USE;
/* How many wait to be called; of a scope that names windows, those that these may call. */
bool tickets_waiting(StoreTransaction *transaction, const StaffScope *scope, int64_t *ret, Error *err) MUST_USE;
/* Whose number was called since then and who did not come, the latest first; at most room. */
bool tickets_missed(StoreTransaction *transaction, int64_t since_s, TicketRow *rows, size_t room, size_t *ret_count,
                    Error *err) MUST_USE;
/* Those of a student that are not over: at most room. */
bool tickets_of_student(StoreTransaction *transaction, int64_t student, TicketRow *rows, size_t room, size_t *ret_count,
                        Error *err) MUST_USE;
/* How many a student took since then; how many a kiosk gave to people who were not signed in. */
bool tickets_taken_by(StoreTransaction *transaction, int64_t student, int64_t since_s, int64_t *ret,
                      Error *err) MUST_USE;
bool tickets_given_by(StoreTransaction *transaction, const char *kiosk, int64_t since_s, int64_t *ret,
                      Error *err) MUST_USE;
/* What serving the last ones of a topic took (the newest of them first), from the call to the end: seconds, at most
 * room of them as rows, not longer ago than since_s. */
bool tickets_served(StoreTransaction *transaction, const char *topic, int64_t since_s, int64_t *rows, size_t room,
                    size_t *ret_count, Error *err) MUST_USE;

#endif
