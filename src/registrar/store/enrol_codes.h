/* Codes that terminals are enrolled with (schema/0032.sql; their life: office/enrolment.h). */
#ifndef REGISTRAR_STORE_ENROL_CODES_H
#define REGISTRAR_STORE_ENROL_CODES_H

#include <stdint.h>

#include "base/buf.h"
#include "registrar/store/store.h"

#define ENROL_HASH_SIZE   32
#define ENROL_SEALED_MOST 80

typedef struct EnrolCodeRow {
    char kiosk[37];
    uint8_t sealed_key[ENROL_SEALED_MOST];
    size_t sealed_length;
    int tries_left;
    bool used;
    uint8_t used_by[ENROL_HASH_SIZE]; /* when used */
    int64_t made_at_s, ends_at_s;
} EnrolCodeRow;

/* In place of the kiosk's earlier one. */
bool enrol_codes_put(StoreTransaction *transaction, const EnrolCodeRow *code, Error *err) MUST_USE;
bool enrol_codes_get(StoreTransaction *transaction, const char *kiosk, bool *ret_found, EnrolCodeRow *ret,
                     Error *err) MUST_USE;
/* Writes tries_left, used and used_by. */
bool enrol_codes_write(StoreTransaction *transaction, const EnrolCodeRow *code, Error *err) MUST_USE;
bool enrol_codes_drop(StoreTransaction *transaction, const char *kiosk, Error *err) MUST_USE;

#endif
