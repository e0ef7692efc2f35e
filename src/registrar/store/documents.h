/* What the office said: numbers, frozen snapshots, and the templates that they were frozen with. */
#ifndef REGISTRAR_STORE_DOCUMENTS_H
#define REGISTRAR_STORE_DOCUMENTS_H

#include "registrar/store/requests.h"

#define DOCUMENT_NUMBER_SIZE 24
#define FOREIGN_ID_SIZE      96

typedef struct DocumentRow {
    char id[ID_SIZE];
    int64_t student;
    char request[ID_SIZE]; /* "": none */
    char service[SERVICE_SIZE];
    char register_name[12]; /* "", and year and number 0: another house's paper */
    int year, number;
    char foreign_id[FOREIGN_ID_SIZE];          /* "hemis:reference:4711", whose it is there; "": ours */
    char foreign_number[DOCUMENT_NUMBER_SIZE]; /* as is printed on it; "": it has none */
    char template[SERVICE_SIZE];
    char template_version[20];
    char language[12];
    char holder_masked[96];
    DocumentState state;
    uint32_t epoch;
    int64_t taken_at_s;
    int64_t expires_at_s; /* good until then; 0: no end */
} DocumentRow;

/* HEMIS's own, printed as it is: no number, code, seal or status index of ours. */
static inline bool document_is_foreign(const DocumentRow *document)
{
    return document->year == 0;
}

/* The next number of the register in that year: 1, 2, 3, ... without gaps, because it is taken in the transaction that
 * uses it. */
bool numbers_take(StoreTransaction *transaction, const char *register_name, int year, int *ret_number,
                  Error *err) MUST_USE;
/* "M-2026/004817"; of another house's paper what is printed there, "" where nothing is. */
void document_number_write(const DocumentRow *document, char ret[DOCUMENT_NUMBER_SIZE]);

/* snapshot: sealed. */
bool documents_add(StoreTransaction *transaction, const DocumentRow *document, Str snapshot, Error *err) MUST_USE;
bool documents_get(StoreTransaction *transaction, const char *id, bool *ret_found, DocumentRow *ret,
                   Error *err) MUST_USE;
/* The one of that foreign_id. */
bool documents_foreign(StoreTransaction *transaction, const char *foreign_id, bool *ret_found, DocumentRow *ret,
                       Error *err) MUST_USE;
/* It goes with another request from now on, which asked for the same paper of another house. */
bool documents_go_with(StoreTransaction *transaction, const char *id, const char *request, Error *err) MUST_USE;
/* By what is printed; reason: of its state, "" when there is none. */
bool documents_by_number(StoreTransaction *transaction, const char *register_name, int year, int number,
                         bool *ret_found, DocumentRow *ret, char *reason, size_t reason_size, Error *err) MUST_USE;
/* One that is void only where there is no other. */
bool documents_of_request(StoreTransaction *transaction, const char *request, bool *ret_found, DocumentRow *ret,
                          Error *err) MUST_USE;
bool documents_snapshot(StoreTransaction *transaction, const char *id, Buf *sealed, Error *err) MUST_USE;
/* Writes why it is in its state ("": no reason); before the move to void. */
bool documents_reason(StoreTransaction *transaction, const char *id, const char *reason, Error *err) MUST_USE;

/* Kept for ever: an old snapshot is finished with the template that it was frozen with. */
bool templates_keep(StoreTransaction *transaction, const char *id, const char *version, Str body, Error *err) MUST_USE;
bool templates_get(StoreTransaction *transaction, const char *id, const char *version, bool *ret_found, Buf *body,
                   Error *err) MUST_USE;

#endif
