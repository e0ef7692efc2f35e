#include "registrar/store/offers.h"

#include <string.h>

#include "registrar/store/transaction.h"

#define SHELVES_KEPT 20

static Value text_of(Str text)
{
    return (Value){ .kind = VALUE_TEXT, .bytes = text };
}

/* --- offers ------------------------------------------------------------------------------------------------------- */

bool offers_revision(StoreTransaction *transaction, int64_t *ret, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!rows_open(&rows, transaction, "SELECT revision FROM offer_revision WHERE institution = ?1", NULL, 0, err) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "revision of offers");
    *ret = row ? rows_int(&rows, 0) : 0;
    return true;
}

/* A service or a template, or else a page. */
static bool is_page(const char *kind)
{
    return strcmp(kind, "information") == 0;
}

static bool each_row(Rows *rows, const char *kind, OfferEach each, void *ctx, Error *err)
{
    bool row;

    for (;;) {
        OfferRow offer = { .kind = kind };

        if (!rows_next(rows, &row, err))
            return error_add(err, "offers");
        if (!row)
            return true;
        if (!kind)
            offer.kind = str_equal_text(rows_bytes(rows, 5), "service") ? "service" : "template";
        rows_text(rows, 0, offer.id, sizeof offer.id);
        rows_text(rows, 1, offer.version, sizeof offer.version);
        rows_text(rows, 2, offer.author, sizeof offer.author);
        offer.changed_at_s = rows_int(rows, 3);
        if (!each(ctx, &offer, rows_bytes(rows, 4), err))
            return false;
    }
}

static bool pages_each(StoreTransaction *transaction, OfferEach each, void *ctx, Error *err)
{
    OWNED_ROWS rows;

    return rows_open(&rows, transaction,
                     "SELECT id, version, author, changed_at_s, body FROM offer_page WHERE institution = ?1"
                     " ORDER BY id",
                     NULL, 0, err)
               ? each_row(&rows, "information", each, ctx, err)
               : error_add(err, "offers");
}

bool offers_each(StoreTransaction *transaction, OfferEach each, void *ctx, Error *err)
{
    OWNED_ROWS rows;

    if (!rows_open(&rows, transaction,
                   "SELECT id, version, author, changed_at_s, body, kind FROM offer WHERE institution = ?1"
                   " ORDER BY kind, id",
                   NULL, 0, err))
        return error_add(err, "offers");
    return each_row(&rows, NULL, each, ctx, err) && pages_each(transaction, each, ctx, err);
}

static bool raise_revision(StoreTransaction *transaction, Error *err)
{
    return store_run(transaction,
                     "INSERT INTO offer_revision (institution, revision) VALUES (?1, 1)"
                     " ON CONFLICT (institution) DO UPDATE SET revision = offer_revision.revision + 1",
                     NULL, 0, NULL, err);
}

static bool put_page(StoreTransaction *transaction, const OfferRow *row, Str body, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO offer_page (institution, id, version, body, author, changed_at_s)"
               " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (institution, id) DO UPDATE"
               " SET version = excluded.version, body = excluded.body, author = excluded.author,"
               " changed_at_s = excluded.changed_at_s",
               TEXT(row->id), TEXT(row->version), text_of(body), TEXT(row->author), INT(row->changed_at_s));
}

static bool put_offer(StoreTransaction *transaction, const OfferRow *row, Str body, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO offer (institution, kind, id, version, body, author, changed_at_s)"
               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (institution, kind, id) DO UPDATE"
               " SET version = excluded.version, body = excluded.body, author = excluded.author,"
               " changed_at_s = excluded.changed_at_s",
               TEXT(row->kind), TEXT(row->id), TEXT(row->version), text_of(body), TEXT(row->author),
               INT(row->changed_at_s));
}

bool offers_put(StoreTransaction *transaction, const OfferRow *row, Str body, Error *err)
{
    return ((is_page(row->kind) ? put_page : put_offer)(transaction, row, body, err) &&
            raise_revision(transaction, err)) ||
           error_add(err, "offer %s", row->id);
}

bool offers_remove(StoreTransaction *transaction, const char *kind, const char *id, bool *ret_found, Error *err)
{
    int changed = 0;
    bool done =
        is_page(kind)
            ? RUN(transaction, err, &changed, "DELETE FROM offer_page WHERE institution = ?1 AND id = ?2", TEXT(id))
            : RUN(transaction, err, &changed, "DELETE FROM offer WHERE institution = ?1 AND kind = ?2 AND id = ?3",
                  TEXT(kind), TEXT(id));

    if (!done)
        return error_add(err, "offer %s", id);
    *ret_found = changed > 0;
    return changed == 0 || raise_revision(transaction, err);
}

/* --- the folders' last whole words -------------------------------------------------------------------------------- */

bool shelves_newest(StoreTransaction *transaction, bool *ret_found, char ret_version[OFFER_VERSION_SIZE], Buf *body,
                    Error *err)
{
    OWNED_ROWS rows;

    buf_clear(body);
    if (!rows_open(&rows, transaction,
                   "SELECT version, body FROM shelf WHERE institution = ?1 ORDER BY number DESC LIMIT 1", NULL, 0,
                   err) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "shelf");
    if (!*ret_found)
        return true;
    rows_text(&rows, 0, ret_version, OFFER_VERSION_SIZE);
    buf_add_str(body, rows_bytes(&rows, 1));
    return buf_ok(body, err) || error_add(err, "shelf");
}

bool shelves_add(StoreTransaction *transaction, const char *version, Str body, int64_t now_s, Error *err)
{
    return (RUN(transaction, err, NULL,
                "INSERT INTO shelf (institution, number, version, body, taken_at_s)"
                " SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, CAST(?4 AS BIGINT) FROM shelf"
                " WHERE institution = ?1",
                TEXT(version), text_of(body), INT(now_s)) &&
            RUN(transaction, err, NULL,
                "DELETE FROM shelf WHERE institution = ?1"
                " AND number <= (SELECT max(number) FROM shelf WHERE institution = ?1) - CAST(?2 AS BIGINT)",
                INT(SHELVES_KEPT))) ||
           error_add(err, "shelf");
}
