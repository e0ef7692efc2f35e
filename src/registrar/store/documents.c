#include "registrar/store/documents.h"

#include <stdio.h>

#include "registrar/store/transaction.h"

#define COLUMNS                                                                                                        \
    "id, student, request, service, register, year, number, template, template_version, language, holder_masked,"      \
    " state, epoch, taken_at_s, coalesce(expires_at_s, 0), coalesce(foreign_id, ''), coalesce(foreign_number, '')"

bool numbers_take(StoreTransaction *transaction, const char *register_name, int year, int *ret_number, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err,
              "INSERT INTO counter (institution, register, year, last) VALUES (?1, ?2, ?3, 1)"
              " ON CONFLICT (institution, register, year) DO UPDATE SET last = counter.last + 1 RETURNING last",
              TEXT(register_name), INT(year)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "number");
    *ret_number = (int)rows_int(&rows, 0);
    return row || error_set(err, ERR_STORE, "no number");
}

void document_number_write(const DocumentRow *document, char ret[DOCUMENT_NUMBER_SIZE])
{
    if (document_is_foreign(document))
        str_copy_cut(str_from(document->foreign_number), ret, DOCUMENT_NUMBER_SIZE);
    else
        snprintf(ret, DOCUMENT_NUMBER_SIZE, "%.8s-%d/%06d", document->register_name, document->year, document->number);
}

bool documents_add(StoreTransaction *transaction, const DocumentRow *document, Str snapshot, Error *err)
{
    const bool ours = !document_is_foreign(document);

    return RUN(transaction, err, NULL,
               "INSERT INTO document (institution, id, student, request, service, origin, register, year, number,"
               " template, template_version, language, snapshot, holder_masked, state, taken_at_s, changed_at_s,"
               " expires_at_s, foreign_id, foreign_number)"
               " VALUES (?1, ?2, ?3, ?4, ?5, ?19, ?6, ?7, ?8, ?9, ?10,"
               " ?11, ?12, ?13, ?14, ?15, ?15, ?16, ?17, ?18)",
               TEXT(document->id), INT(document->student), MAYBE(document->request), TEXT(document->service),
               MAYBE(document->register_name), ours ? INT(document->year) : NOTHING,
               ours ? INT(document->number) : NOTHING, TEXT(document->template), TEXT(document->template_version),
               TEXT(document->language), BLOB(snapshot), TEXT(document->holder_masked),
               TEXT(state_name(&document_states, (int)document->state)), INT(document->taken_at_s),
               document->expires_at_s ? INT(document->expires_at_s) : NOTHING, MAYBE(document->foreign_id),
               MAYBE(document->foreign_number), TEXT(ours ? "ours" : "hemis")) ||
           error_add(err, "new document");
}

static bool read_row(Rows *rows, bool *ret_found, DocumentRow *ret, Error *err)
{
    int state;

    if (!rows_next(rows, ret_found, err))
        return error_add(err, "document");
    if (!*ret_found)
        return true;
    if (!state_parse(&document_states, rows_bytes(rows, 11), &state))
        return error_set(err, ERR_STORE, "a document in an unknown state");
    rows_text(rows, 0, ret->id, sizeof ret->id);
    ret->student = rows_int(rows, 1);
    rows_text(rows, 2, ret->request, sizeof ret->request);
    rows_text(rows, 3, ret->service, sizeof ret->service);
    rows_text(rows, 4, ret->register_name, sizeof ret->register_name);
    ret->year = (int)rows_int(rows, 5);
    ret->number = (int)rows_int(rows, 6);
    rows_text(rows, 7, ret->template, sizeof ret->template);
    rows_text(rows, 8, ret->template_version, sizeof ret->template_version);
    rows_text(rows, 9, ret->language, sizeof ret->language);
    rows_text(rows, 10, ret->holder_masked, sizeof ret->holder_masked);
    ret->state = (DocumentState)state;
    ret->epoch = (uint32_t)rows_int(rows, 12);
    ret->taken_at_s = rows_int(rows, 13);
    ret->expires_at_s = rows_int(rows, 14);
    rows_text(rows, 15, ret->foreign_id, sizeof ret->foreign_id);
    rows_text(rows, 16, ret->foreign_number, sizeof ret->foreign_number);
    return true;
}

bool documents_get(StoreTransaction *transaction, const char *id, bool *ret_found, DocumentRow *ret, Error *err)
{
    OWNED_ROWS rows;

    return ROWS(&rows, transaction, err, "SELECT " COLUMNS " FROM document WHERE institution = ?1 AND id = ?2",
                TEXT(id)) &&
           read_row(&rows, ret_found, ret, err);
}

bool documents_by_number(StoreTransaction *transaction, const char *register_name, int year, int number,
                         bool *ret_found, DocumentRow *ret, char *reason, size_t reason_size, Error *err)
{
    OWNED_ROWS rows;

    reason[0] = '\0';
    if (!ROWS(&rows, transaction, err,
              "SELECT " COLUMNS ", reason FROM document"
              " WHERE institution = ?1 AND register = ?2 AND year = ?3 AND number = ?4",
              TEXT(register_name), INT(year), INT(number)) ||
        !read_row(&rows, ret_found, ret, err))
        return false;
    if (*ret_found)
        rows_text(&rows, 17, reason, reason_size);
    return true;
}

bool documents_foreign(StoreTransaction *transaction, const char *foreign_id, bool *ret_found, DocumentRow *ret,
                       Error *err)
{
    OWNED_ROWS rows;

    return ROWS(&rows, transaction, err, "SELECT " COLUMNS " FROM document WHERE institution = ?1 AND foreign_id = ?2",
                TEXT(foreign_id)) &&
           read_row(&rows, ret_found, ret, err);
}

bool documents_go_with(StoreTransaction *transaction, const char *id, const char *request, Error *err)
{
    return RUN(transaction, err, NULL, "UPDATE document SET request = ?3 WHERE institution = ?1 AND id = ?2", TEXT(id),
               TEXT(request)) ||
           error_add(err, "document");
}

bool documents_of_request(StoreTransaction *transaction, const char *request, bool *ret_found, DocumentRow *ret,
                          Error *err)
{
    OWNED_ROWS rows;

    return ROWS(&rows, transaction, err,
                "SELECT " COLUMNS " FROM document WHERE institution = ?1 AND request = ?2"
                " ORDER BY CASE WHEN state = 'void' THEN 1 ELSE 0 END, taken_at_s DESC, id LIMIT 1",
                TEXT(request)) &&
           read_row(&rows, ret_found, ret, err);
}

bool documents_snapshot(StoreTransaction *transaction, const char *id, Buf *sealed, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err, "SELECT snapshot FROM document WHERE institution = ?1 AND id = ?2", TEXT(id)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "snapshot");
    if (!row)
        return error_set(err, ERR_NOT_FOUND, "no such document");
    buf_add_str(sealed, rows_bytes(&rows, 0));
    return buf_ok(sealed, err);
}

bool documents_reason(StoreTransaction *transaction, const char *id, const char *reason, Error *err)
{
    return RUN(transaction, err, NULL, "UPDATE document SET reason = ?3 WHERE institution = ?1 AND id = ?2", TEXT(id),
               MAYBE(reason)) ||
           error_add(err, "reason");
}

bool templates_keep(StoreTransaction *transaction, const char *id, const char *version, Str body, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO template (institution, id, version, body) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
               TEXT(id), TEXT(version), ((Value){ .kind = VALUE_TEXT, .bytes = body })) ||
           error_add(err, "template %s", id);
}

bool templates_get(StoreTransaction *transaction, const char *id, const char *version, bool *ret_found, Buf *body,
                   Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err, "SELECT body FROM template WHERE institution = ?1 AND id = ?2 AND version = ?3",
              TEXT(id), TEXT(version)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "template %s", id);
    if (*ret_found)
        buf_add_str(body, rows_bytes(&rows, 0));
    return buf_ok(body, err);
}
