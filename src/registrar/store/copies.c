#include "registrar/store/copies.h"

#include "registrar/store/transaction.h"

#define COLUMNS                                                                                                        \
    "id, document, n, code, place, kid, status_list, status_index, making, validity, delivery, replaces, epoch,"       \
    " attempts, lease_s, asked_at_s, changed_at_s, pages, CASE WHEN kind = 'phone' THEN 1 ELSE 0 END"
/* A list is left when nine places of ten are taken: a random one is then found at the tenth try on average. */
#define LIST_FULL (STATUS_LIST_SIZE / 10 * 9)

/* Sebastiano Vigna's splitmix64: one seed gives the whole row of tries. */
static uint32_t next_place(uint64_t *seed)
{
    uint64_t z = *seed += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return (uint32_t)((z ^ z >> 31) % STATUS_LIST_SIZE);
}

static bool open_list(StoreTransaction *transaction, uint32_t *ret_list, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err,
              "INSERT INTO status_list (institution, list, taken)"
              " SELECT ?1, coalesce(max(list), 0) + 1, ?2 FROM status_list WHERE institution = ?1 RETURNING list",
              INT(1)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "status list");
    *ret_list = (uint32_t)rows_int(&rows, 0);
    return row || error_set(err, ERR_STORE, "no status list");
}

static bool grow_list(StoreTransaction *transaction, uint32_t *ret_list, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err,
              "UPDATE status_list SET taken = taken + 1 WHERE institution = ?1 AND list ="
              " (SELECT max(list) FROM status_list WHERE institution = ?1) AND taken < ?2 RETURNING list",
              INT(LIST_FULL)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "status list");
    *ret_list = row ? (uint32_t)rows_int(&rows, 0) : 0;
    return true;
}

bool status_places_take(StoreTransaction *transaction, uint64_t seed, uint32_t *ret_list, uint32_t *ret_index,
                        Error *err)
{
    bool taken = true;

    if (!grow_list(transaction, ret_list, err) || (*ret_list == 0 && !open_list(transaction, ret_list, err)))
        return false;
    while (taken) {
        OWNED_ROWS rows;

        *ret_index = next_place(&seed);
        if (!ROWS(&rows, transaction, err,
                  "SELECT 1 FROM copy WHERE institution = ?1 AND status_list = ?2 AND status_index = ?3",
                  INT(*ret_list), INT(*ret_index)) ||
            !rows_next(&rows, &taken, err))
            return error_add(err, "status list");
    }
    return true;
}

static const char *const kind_names[] = { [COPY_PAPER] = "paper", [COPY_PHONE] = "phone" };

bool copies_add(StoreTransaction *transaction, const CopyRow *copy, Error *err)
{
    const bool ours = copy->code[0] != '\0';

    return RUN(transaction, err, NULL,
               "INSERT INTO copy (institution, id, document, n, kind, code, place, kid, status_list, status_index,"
               " making, validity, delivery, replaces, lease_s, asked_at_s, changed_at_s)"
               " VALUES (?1, ?2, ?3, ?4, ?13, ?5, ?6, ?7, ?8, ?9, 'preparing', 'valid', ?14, ?10, ?11, ?12, ?12)",
               TEXT(copy->id), TEXT(copy->document), INT(copy->n), MAYBE(copy->code), TEXT(copy->place),
               ours ? INT(copy->kid) : NOTHING, ours ? INT(copy->status_list) : NOTHING,
               ours ? INT(copy->status_index) : NOTHING, MAYBE(copy->replaces), INT(copy->lease_s),
               INT(copy->asked_at_s), TEXT(kind_names[copy->kind]),
               TEXT(copy->kind == COPY_PHONE ? "offered" : "waiting")) ||
           error_add(err, "new copy");
}

static bool read_row(Rows *rows, bool *ret_found, CopyRow *ret, Error *err)
{
    int making, validity, delivery;

    if (!rows_next(rows, ret_found, err))
        return error_add(err, "copy");
    if (!*ret_found)
        return true;
    if (!state_parse(&making_states, rows_bytes(rows, 8), &making) ||
        !state_parse(&validity_states, rows_bytes(rows, 9), &validity) ||
        !state_parse(&delivery_states, rows_bytes(rows, 10), &delivery))
        return error_set(err, ERR_STORE, "a copy in an unknown state");
    *ret = (CopyRow){ .n = (int)rows_int(rows, 2),
                      .kind = rows_int(rows, 18) ? COPY_PHONE : COPY_PAPER,
                      .kid = (int)rows_int(rows, 5),
                      .status_list = (uint32_t)rows_int(rows, 6),
                      .status_index = (uint32_t)rows_int(rows, 7),
                      .making = (CopyMaking)making,
                      .validity = (CopyValidity)validity,
                      .delivery = (CopyDelivery)delivery,
                      .epoch = (uint32_t)rows_int(rows, 12),
                      .attempts = (int)rows_int(rows, 13),
                      .lease_s = rows_int(rows, 14),
                      .asked_at_s = rows_int(rows, 15),
                      .changed_at_s = rows_int(rows, 16),
                      .pages = (int)rows_int(rows, 17) };
    rows_text(rows, 0, ret->id, sizeof ret->id);
    rows_text(rows, 1, ret->document, sizeof ret->document);
    rows_text(rows, 3, ret->code, sizeof ret->code);
    rows_text(rows, 4, ret->place, sizeof ret->place);
    rows_text(rows, 11, ret->replaces, sizeof ret->replaces);
    return true;
}

bool copies_get(StoreTransaction *transaction, const char *id, bool *ret_found, CopyRow *ret, Error *err)
{
    OWNED_ROWS rows;

    return ROWS(&rows, transaction, err, "SELECT " COLUMNS " FROM copy WHERE institution = ?1 AND id = ?2", TEXT(id)) &&
           read_row(&rows, ret_found, ret, err);
}

bool copies_newest(StoreTransaction *transaction, const char *document, bool *ret_found, CopyRow *ret, Error *err)
{
    OWNED_ROWS rows;

    return ROWS(&rows, transaction, err,
                "SELECT " COLUMNS " FROM copy WHERE institution = ?1 AND document = ?2 ORDER BY n DESC LIMIT 1",
                TEXT(document)) &&
           read_row(&rows, ret_found, ret, err);
}

bool copies_newest_of(StoreTransaction *transaction, const char *document, CopyKind kind, bool *ret_found, CopyRow *ret,
                      Error *err)
{
    OWNED_ROWS rows;

    return ROWS(&rows, transaction, err,
                "SELECT " COLUMNS " FROM copy WHERE institution = ?1 AND document = ?2 AND kind = ?3"
                " ORDER BY n DESC LIMIT 1",
                TEXT(document), TEXT(kind_names[kind])) &&
           read_row(&rows, ret_found, ret, err);
}

bool copies_next(StoreTransaction *transaction, const char *document, int after_n, bool *ret_found, CopyRow *ret,
                 Error *err)
{
    OWNED_ROWS rows;

    return ROWS(&rows, transaction, err,
                "SELECT " COLUMNS " FROM copy WHERE institution = ?1 AND document = ?2 AND n > ?3 ORDER BY n LIMIT 1",
                TEXT(document), INT(after_n)) &&
           read_row(&rows, ret_found, ret, err);
}

bool copies_claim(StoreTransaction *transaction, const CopyRow *copy, int64_t lease_s, Error *err)
{
    int changed;

    if (!RUN(transaction, err, &changed,
             "UPDATE copy SET epoch = epoch + 1, attempts = attempts + 1, lease_s = ?4"
             " WHERE institution = ?1 AND id = ?2 AND making = 'preparing' AND epoch = ?3",
             TEXT(copy->id), INT(copy->epoch), INT(lease_s)))
        return error_add(err, "copy");
    return changed == 1 || error_set(err, ERR_CONFLICT, "the copy is made by somebody else");
}

bool copies_unfinished(StoreTransaction *transaction, int64_t now_s, char (*ids)[ID_SIZE], size_t room,
                       size_t *ret_count, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    *ret_count = 0;
    if (!ROWS(&rows, transaction, err,
              "SELECT id FROM copy WHERE institution = ?1 AND making = 'preparing' AND lease_s <= ?2"
              " ORDER BY lease_s LIMIT ?3",
              INT(now_s), INT(room)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "unfinished copies");
    while (row) {
        rows_text(&rows, 0, ids[(*ret_count)++], ID_SIZE);
        if (!rows_next(&rows, &row, err))
            return error_add(err, "unfinished copies");
    }
    return true;
}

bool copies_put_page(StoreTransaction *transaction, const char *id, const CopyMade *made, Error *err)
{
    return (RUN(transaction, err, NULL,
                "UPDATE copy SET pages = ?3, seal = ?4, text_hash = ?5, file_sha256 = ?6"
                " WHERE institution = ?1 AND id = ?2 AND making = 'preparing'",
                TEXT(id), INT(made->pages), made->seal.len ? BLOB(made->seal) : NOTHING,
                made->seal.len ? BYTES(made->text_hash, sizeof made->text_hash) : NOTHING,
                BYTES(made->file_sha256, sizeof made->file_sha256)) &&
            RUN(transaction, err, NULL,
                "INSERT INTO page (institution, copy, body, keep_until_s) VALUES (?1, ?2, ?3, ?4)", TEXT(id),
                BLOB(made->page), INT(made->keep_until_s))) ||
           error_add(err, "page");
}

bool copies_page(StoreTransaction *transaction, const char *id, Buf *sealed, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err, "SELECT body FROM page WHERE institution = ?1 AND copy = ?2", TEXT(id)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "page");
    if (!row)
        return error_set(err, ERR_NOT_FOUND, "the copy has no page");
    buf_add_str(sealed, rows_bytes(&rows, 0));
    return buf_ok(sealed, err);
}

bool copies_page_of_document(StoreTransaction *transaction, const char *document, bool *ret_found, CopyRow *ret,
                             Buf *sealed, Error *err)
{
    OWNED_ROWS rows;

    return ROWS(&rows, transaction, err,
                "SELECT " COLUMNS " FROM copy WHERE institution = ?1 AND document = ?2 AND making = 'ready'"
                " AND EXISTS (SELECT 1 FROM page p WHERE p.institution = ?1 AND p.copy = copy.id)"
                " ORDER BY n DESC LIMIT 1",
                TEXT(document)) &&
           read_row(&rows, ret_found, ret, err) && (!*ret_found || copies_page(transaction, ret->id, sealed, err));
}

bool copies_by_code(StoreTransaction *transaction, const char *code, bool *ret_found, CopyCheck *ret, Error *err)
{
    OWNED_ROWS rows;
    DocumentRow numbered = { 0 };
    int validity;

    if (!ROWS(&rows, transaction, err,
              "SELECT d.template, d.template_version, c.validity, d.holder_masked, d.register, d.year, d.number,"
              " d.taken_at_s, c.changed_at_s, c.text_hash, c.file_sha256, CASE WHEN c.kind = 'phone' THEN 1 ELSE 0 END,"
              " coalesce(d.expires_at_s, 0)"
              " FROM copy c JOIN document d ON d.institution = c.institution AND d.id = c.document"
              " WHERE c.institution = ?1 AND c.code = ?2 AND c.making = 'ready'",
              TEXT(code)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "code");
    if (!*ret_found)
        return true;
    if (!state_parse(&validity_states, rows_bytes(&rows, 2), &validity))
        return error_set(err, ERR_STORE, "a copy of unknown validity");
    *ret = (CopyCheck){ .copy = rows_int(&rows, 11) ? COPY_PHONE : COPY_PAPER,
                        .validity = (CopyValidity)validity,
                        .taken_at_s = rows_int(&rows, 7),
                        .changed_at_s = rows_int(&rows, 8),
                        .expires_at_s = rows_int(&rows, 12) };
    rows_text(&rows, 0, ret->template, sizeof ret->template);
    rows_text(&rows, 1, ret->template_version, sizeof ret->template_version);
    rows_text(&rows, 3, ret->holder_masked, sizeof ret->holder_masked);
    rows_text(&rows, 4, numbered.register_name, sizeof numbered.register_name);
    numbered.year = (int)rows_int(&rows, 5);
    numbered.number = (int)rows_int(&rows, 6);
    document_number_write(&numbered, ret->number);
    rows_blob(&rows, 9, ret->text_hash, sizeof ret->text_hash);
    rows_blob(&rows, 10, ret->file_sha256, sizeof ret->file_sha256);
    return true;
}
