/* What one student asked for and was given, and which student a paper is of: for who looks after both at a desk. */
#ifndef REGISTRAR_STORE_STUDENT_PAPERS_H
#define REGISTRAR_STORE_STUDENT_PAPERS_H

#include "registrar/store/copies.h"
#include "registrar/store/tickets.h"

/* Documents, the newest first, those that are being made and void ones, too: at most room ids. */
bool documents_of_student(StoreTransaction *transaction, int64_t student, char (*ids)[ID_SIZE], size_t room,
                          size_t *ret_count, Error *err) MUST_USE;

typedef struct StudentRequestRow {
    char id[ID_SIZE];
    char number[REQUEST_NUMBER_SIZE]; /* "": it is given at once */
    char service[SERVICE_SIZE];
    char language[12];
    char place[REQUEST_PLACE_SIZE];
    RequestState state;
    int64_t asked_at_s;
    int64_t promised_at_s; /* 0: not promised */
    bool for_student;      /* somebody of the office asked for it */
} StudentRequestRow;

/* The newest first; at most room. */
bool requests_of_student(StoreTransaction *transaction, int64_t student, StudentRequestRow *rows, size_t room,
                         size_t *ret_count, Error *err) MUST_USE;

/* The copy of a code, and its document; also of one whose page is not there yet. */
bool copies_of_code(StoreTransaction *transaction, const char *code, bool *ret_found, char ret_copy[ID_SIZE],
                    char ret_document[ID_SIZE], Error *err) MUST_USE;

typedef struct StudentTicketRow {
    char letter[2];
    int n;
    char topic[SERVICE_SIZE];
    TicketState state;
    int called_to; /* window; 0: not called */
    int64_t taken_at_s;
} StudentTicketRow;

/* Those that a student took since then, the last first; at most room. */
bool tickets_since(StoreTransaction *transaction, int64_t student, int64_t since_s, StudentTicketRow *rows, size_t room,
                   size_t *ret_count, Error *err) MUST_USE;

#endif
