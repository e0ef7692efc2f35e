#include "registrar/store/enrol_codes.h"

#include <string.h>

#include "registrar/store/transaction.h"

bool enrol_codes_put(StoreTransaction *transaction, const EnrolCodeRow *code, Error *err)
{
    return (enrol_codes_drop(transaction, code->kiosk, err) &&
            RUN(transaction, err, NULL,
                "INSERT INTO enrol_code (institution, kiosk, sealed_key, tries_left, used_by, made_at_s, ends_at_s)"
                " VALUES (?1, ?2, ?3, ?4, NULL, ?5, ?6)",
                TEXT(code->kiosk), BYTES(code->sealed_key, code->sealed_length), INT(code->tries_left),
                INT(code->made_at_s), INT(code->ends_at_s))) ||
           error_add(err, "code of kiosk %s", code->kiosk);
}

bool enrol_codes_get(StoreTransaction *transaction, const char *kiosk, bool *ret_found, EnrolCodeRow *ret, Error *err)
{
    OWNED_ROWS rows;

    *ret = (EnrolCodeRow){ 0 };
    if (!ROWS(&rows, transaction, err,
              "SELECT kiosk, sealed_key, tries_left, used_by, made_at_s, ends_at_s FROM enrol_code"
              " WHERE institution = ?1 AND kiosk = ?2",
              TEXT(kiosk)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "code of kiosk %s", kiosk);
    if (!*ret_found)
        return true;
    const Str sealed = rows_bytes(&rows, 1);
    if (sealed.len > sizeof ret->sealed_key)
        return error_set(err, ERR_STORE, "a sealed key of %zu bytes", sealed.len);
    memcpy(ret->sealed_key, sealed.ptr, sealed.len);
    ret->sealed_length = sealed.len;
    rows_text(&rows, 0, ret->kiosk, sizeof ret->kiosk);
    ret->tries_left = (int)rows_int(&rows, 2);
    ret->used = !rows_is_null(&rows, 3);
    if (ret->used)
        rows_blob(&rows, 3, ret->used_by, sizeof ret->used_by);
    ret->made_at_s = rows_int(&rows, 4);
    ret->ends_at_s = rows_int(&rows, 5);
    return true;
}

bool enrol_codes_write(StoreTransaction *transaction, const EnrolCodeRow *code, Error *err)
{
    return RUN(transaction, err, NULL,
               "UPDATE enrol_code SET tries_left = ?3, used_by = ?4 WHERE institution = ?1 AND kiosk = ?2",
               TEXT(code->kiosk), INT(code->tries_left),
               code->used ? BYTES(code->used_by, sizeof code->used_by) : NOTHING) ||
           error_add(err, "code of kiosk %s", code->kiosk);
}

bool enrol_codes_drop(StoreTransaction *transaction, const char *kiosk, Error *err)
{
    return RUN(transaction, err, NULL, "DELETE FROM enrol_code WHERE institution = ?1 AND kiosk = ?2", TEXT(kiosk)) ||
           error_add(err, "code of kiosk %s", kiosk);
}
