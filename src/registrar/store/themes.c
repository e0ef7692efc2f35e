#include "registrar/store/themes.h"

#include "registrar/store/transaction.h"

static bool read_logo(StoreTransaction *transaction, Buf *logo, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!rows_open(&rows, transaction, "SELECT logo FROM theme WHERE institution = ?1", NULL, 0, err) ||
        !rows_next(&rows, &row, err))
        return false;
    if (row)
        buf_add_str(logo, rows_bytes(&rows, 0));
    return buf_ok(logo, err);
}

bool themes_get(StoreTransaction *transaction, ThemeRow *ret, Buf *logo, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    *ret = (ThemeRow){ 0 };
    if (logo)
        buf_clear(logo);
    if (!rows_open(&rows, transaction,
                   "SELECT coalesce(brand, ''), version, CASE WHEN logo IS NOT NULL THEN 1 ELSE 0 END FROM theme WHERE "
                   "institution = ?1",
                   NULL, 0, err) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "theme");
    if (!row)
        return true;
    rows_text(&rows, 0, ret->brand, sizeof ret->brand);
    rows_text(&rows, 1, ret->version, sizeof ret->version);
    ret->has_logo = rows_int(&rows, 2);
    return !logo || !ret->has_logo || read_logo(transaction, logo, err) || error_add(err, "theme");
}

bool themes_put(StoreTransaction *transaction, const ThemeRow *theme, Str logo, int64_t now_s, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO theme (institution, brand, logo, version, changed_at_s) VALUES (?1, ?2, ?3, ?4, ?5)"
               " ON CONFLICT (institution) DO UPDATE SET brand = excluded.brand, logo = excluded.logo, version = "
               "excluded.version,"
               " changed_at_s = excluded.changed_at_s",
               MAYBE(theme->brand), theme->has_logo ? BLOB(logo) : NOTHING, TEXT(theme->version), INT(now_s)) ||
           error_add(err, "theme");
}
