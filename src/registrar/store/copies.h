/* Copies of documents: their codes, seals, pages, and what became of each. */
#ifndef REGISTRAR_STORE_COPIES_H
#define REGISTRAR_STORE_COPIES_H

#include "registrar/store/documents.h"
#include "registrar/store/kiosks.h"

#define STATUS_LIST_SIZE 131072

typedef enum CopyKind { COPY_PAPER, COPY_PHONE } CopyKind;

typedef struct CopyRow {
    char id[ID_SIZE];
    char document[ID_SIZE];
    int n;
    CopyKind kind;
    char code[13]; /* "", and kid and the place in a status list 0: another house's paper */
    char place[KIOSK_PLACE_SIZE];
    int kid;
    uint32_t status_list, status_index;
    CopyMaking making;
    CopyValidity validity;
    CopyDelivery delivery;
    char replaces[ID_SIZE]; /* "": none */
    uint32_t epoch;
    int attempts;
    int64_t lease_s;
    int64_t asked_at_s;
    int64_t changed_at_s;
    int pages; /* 0 until ready */
} CopyRow;

/* What is known when the page is made. */
typedef struct CopyMade {
    int pages;
    Str seal; /* empty, and text_hash unused: another house's paper */
    uint8_t text_hash[16];
    uint8_t file_sha256[32];
    Str page; /* encrypted */
    int64_t keep_until_s;
} CopyMade;

/* A free place in the newest list with room, or in a new list.  seed: random. */
bool status_places_take(StoreTransaction *transaction, uint64_t seed, uint32_t *ret_list, uint32_t *ret_index,
                        Error *err) MUST_USE;
bool copies_add(StoreTransaction *transaction, const CopyRow *copy, Error *err) MUST_USE;
bool copies_get(StoreTransaction *transaction, const char *id, bool *ret_found, CopyRow *ret, Error *err) MUST_USE;
/* The one with the highest n; of that kind. */
bool copies_newest(StoreTransaction *transaction, const char *document, bool *ret_found, CopyRow *ret,
                   Error *err) MUST_USE;
bool copies_newest_of(StoreTransaction *transaction, const char *document, CopyKind kind, bool *ret_found, CopyRow *ret,
                      Error *err) MUST_USE;
/* The one with the lowest n above after_n. */
bool copies_next(StoreTransaction *transaction, const char *document, int after_n, bool *ret_found, CopyRow *ret,
                 Error *err) MUST_USE;
/* Takes an unfinished one over: epoch and attempts grow, others wait until the lease ends.  ERR_CONFLICT: somebody
 * else. */
bool copies_claim(StoreTransaction *transaction, const CopyRow *copy, int64_t lease_s, Error *err) MUST_USE;
/* Unfinished, and nobody is at it: at most room ids. */
bool copies_unfinished(StoreTransaction *transaction, int64_t now_s, char (*ids)[ID_SIZE], size_t room,
                       size_t *ret_count, Error *err) MUST_USE;
/* Writes seal, hashes and page; before the move to ready. */
bool copies_put_page(StoreTransaction *transaction, const char *id, const CopyMade *made, Error *err) MUST_USE;
/* The newest page of whichever copy of the document has one, with that copy. */
bool copies_page_of_document(StoreTransaction *transaction, const char *document, bool *ret_found, CopyRow *ret,
                             Buf *sealed, Error *err) MUST_USE;
bool copies_page(StoreTransaction *transaction, const char *id, Buf *sealed, Error *err) MUST_USE;

/* What the public page may know of a code. */
typedef struct CopyCheck {
    char template[SERVICE_SIZE];
    char template_version[20];
    CopyKind copy;
    CopyValidity validity;
    char holder_masked[96];
    char number[DOCUMENT_NUMBER_SIZE];
    int64_t taken_at_s, changed_at_s;
    int64_t expires_at_s; /* 0: no end */
    uint8_t text_hash[16];
    uint8_t file_sha256[32];
} CopyCheck;
/* Only copies whose page is there. */
bool copies_by_code(StoreTransaction *transaction, const char *code, bool *ret_found, CopyCheck *ret,
                    Error *err) MUST_USE;

#endif
