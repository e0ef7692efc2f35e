#include "registrar/store/kiosks.h"

#include "registrar/store/transaction.h"

bool kiosks_add(StoreTransaction *transaction, const char *id, const char *place, int64_t now_s, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO kiosk (institution, id, place, state, added_at_s) VALUES (?1, ?2, ?3, 'active', ?4)",
               TEXT(id), TEXT(place), INT(now_s)) ||
           error_add(err, "kiosk %s", id);
}

bool kiosks_certificate_add(StoreTransaction *transaction, const char *fingerprint, const char *kiosk,
                            int64_t not_after_s, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO kiosk_certificate (institution, fingerprint, kiosk, not_after_s) VALUES (?1, ?2, ?3, ?4)",
               TEXT(fingerprint), TEXT(kiosk), INT(not_after_s)) ||
           error_add(err, "certificate of kiosk %s", kiosk);
}

bool kiosks_by_certificate(StoreTransaction *transaction, const char *fingerprint, bool *ret_found, KioskRow *ret,
                           Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err,
              "SELECT k.id, k.place, CASE WHEN k.state = 'revoked' OR c.revoked_at_s IS NOT NULL THEN 1 ELSE 0 END, "
              "c.not_after_s"
              " FROM kiosk_certificate c JOIN kiosk k ON k.institution = c.institution AND k.id = c.kiosk"
              " WHERE c.institution = ?1 AND c.fingerprint = ?2",
              TEXT(fingerprint)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "certificate");
    if (*ret_found) {
        rows_text(&rows, 0, ret->id, sizeof ret->id);
        rows_text(&rows, 1, ret->place, sizeof ret->place);
        ret->revoked = rows_int(&rows, 2) != 0;
        ret->not_after_s = rows_int(&rows, 3);
    }
    return true;
}

bool kiosks_place(StoreTransaction *transaction, const char *kiosk, char *place, size_t size, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err, "SELECT place FROM kiosk WHERE institution = ?1 AND id = ?2", TEXT(kiosk)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "kiosk");
    place[0] = '\0';
    if (row)
        rows_text(&rows, 0, place, size);
    return true;
}

bool kiosks_state(StoreTransaction *transaction, const char *kiosk, bool *ret_found, KioskStateRow *ret, Error *err)
{
    OWNED_ROWS rows;

    *ret = (KioskStateRow){ 0 };
    if (!ROWS(&rows, transaction, err, "SELECT state, seen_at_s FROM kiosk WHERE institution = ?1 AND id = ?2",
              TEXT(kiosk)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "kiosk");
    if (*ret_found) {
        ret->revoked = str_equal_text(rows_bytes(&rows, 0), "revoked");
        ret->seen_at_s = rows_int(&rows, 1);
    }
    return true;
}

bool kiosks_certificates_end(StoreTransaction *transaction, const char *kiosk, int64_t now_s, Error *err)
{
    return (RUN(transaction, err, NULL,
                "UPDATE kiosk_certificate SET revoked_at_s = ?3"
                " WHERE institution = ?1 AND kiosk = ?2 AND revoked_at_s IS NULL",
                TEXT(kiosk), INT(now_s)) &&
            RUN(transaction, err, NULL, "DELETE FROM session WHERE institution = ?1 AND kiosk = ?2", TEXT(kiosk))) ||
           error_add(err, "certificates of kiosk %s", kiosk);
}

bool kiosks_revoke(StoreTransaction *transaction, const char *kiosk, int64_t now_s, Error *err)
{
    return (RUN(transaction, err, NULL, "UPDATE kiosk SET state = 'revoked' WHERE institution = ?1 AND id = ?2",
                TEXT(kiosk)) &&
            kiosks_certificates_end(transaction, kiosk, now_s, err)) ||
           error_add(err, "revoking kiosk %s", kiosk);
}

bool kiosks_seen(StoreTransaction *transaction, const char *kiosk, const char *release, const char *screen,
                 const char *printer, int64_t now_s, bool *ret_changed, Error *err)
{
    int changed;

    if (!RUN(transaction, err, &changed,
             "UPDATE kiosk SET printer = ?3 WHERE institution = ?1 AND id = ?2 AND printer <> ?3", TEXT(kiosk),
             TEXT(printer)))
        return error_add(err, "heartbeat of kiosk %s", kiosk);
    *ret_changed = changed > 0;
    return RUN(transaction, err, NULL,
               "UPDATE kiosk SET release = ?3, screen = ?4, seen_at_s = ?5 WHERE institution = ?1 AND id = ?2",
               TEXT(kiosk), TEXT(release), TEXT(screen), INT(now_s)) ||
           error_add(err, "heartbeat of kiosk %s", kiosk);
}
