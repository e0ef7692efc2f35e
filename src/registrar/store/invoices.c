#include "registrar/store/invoices.h"

#include "registrar/store/transaction.h"

#define COLUMNS                                                                                                        \
    "invoice.id, invoice.request, invoice.sum, invoice.state, invoice.epoch, invoice.made_at_s,"                       \
    " coalesce(invoice.paid_at_s, 0), coalesce(invoice.confirmed_by, ''), coalesce(invoice.reference, ''),"            \
    " coalesce(invoice.refunded_at_s, 0), coalesce(invoice.refunded_by, ''), coalesce(invoice.refund_reference, '')"

static bool read_row(const Rows *rows, InvoiceRow *ret, Error *err)
{
    int state;

    if (!state_parse(&invoice_states, rows_bytes(rows, 3), &state))
        return error_set(err, ERR_STORE, "an invoice in an unknown state");
    *ret = (InvoiceRow){ .sum = rows_int(rows, 2),
                         .state = (InvoiceState)state,
                         .epoch = (uint32_t)rows_int(rows, 4),
                         .made_at_s = rows_int(rows, 5),
                         .paid_at_s = rows_int(rows, 6) };
    rows_text(rows, 0, ret->number, sizeof ret->number);
    rows_text(rows, 1, ret->request, sizeof ret->request);
    rows_text(rows, 7, ret->confirmed_by, sizeof ret->confirmed_by);
    rows_text(rows, 8, ret->reference, sizeof ret->reference);
    ret->refunded_at_s = rows_int(rows, 9);
    rows_text(rows, 10, ret->refunded_by, sizeof ret->refunded_by);
    rows_text(rows, 11, ret->refund_reference, sizeof ret->refund_reference);
    return true;
}

bool invoices_add(StoreTransaction *transaction, const InvoiceRow *invoice, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO invoice (institution, id, request, sum, state, made_at_s, changed_at_s)"
               " VALUES (?1, ?2, ?3, ?4, 'open', ?5, ?5)",
               TEXT(invoice->number), TEXT(invoice->request), INT(invoice->sum), INT(invoice->made_at_s)) ||
           error_add(err, "new invoice");
}

static bool read_one(Rows *rows, bool *ret_found, InvoiceRow *ret, Error *err)
{
    return (rows_next(rows, ret_found, err) && (!*ret_found || read_row(rows, ret, err))) || error_add(err, "invoice");
}

bool invoices_get(StoreTransaction *transaction, const char *number, bool *ret_found, InvoiceRow *ret, Error *err)
{
    OWNED_ROWS rows;

    return ROWS(&rows, transaction, err, "SELECT " COLUMNS " FROM invoice WHERE institution = ?1 AND id = ?2",
                TEXT(number)) &&
           read_one(&rows, ret_found, ret, err);
}

bool invoices_of_request(StoreTransaction *transaction, const char *request, bool *ret_found, InvoiceRow *ret,
                         Error *err)
{
    OWNED_ROWS rows;

    return ROWS(&rows, transaction, err, "SELECT " COLUMNS " FROM invoice WHERE institution = ?1 AND request = ?2",
                TEXT(request)) &&
           read_one(&rows, ret_found, ret, err);
}

/* One statement, not state_move's: an invoice is paid together with when, by whose word and by what. */
bool invoices_pay(StoreTransaction *transaction, const InvoiceRow *invoice, int64_t now_ms, Error *err)
{
    OWNED_BUF object;
    int changed;

    buf_init(&object, 64);
    buf_add_format(&object, "invoice:%s", invoice->number);
    if (!RUN(transaction, err, &changed,
             "UPDATE invoice SET state = 'paid', epoch = epoch + 1, paid_at_s = ?4, changed_at_s = ?4,"
             " confirmed_by = ?5, reference = ?6 WHERE institution = ?1 AND id = ?2 AND state = 'open' AND epoch = ?3",
             TEXT(invoice->number), INT(invoice->epoch), INT(now_ms / 1000), TEXT(invoice->confirmed_by),
             TEXT(invoice->reference)))
        return error_add(err, "paying an invoice");
    if (changed != 1)
        return error_set(err, ERR_CONFLICT, "invoice %s is not open", invoice->number);
    return buf_ok(&object, err) &&
           acts_add(transaction, &(Act){ now_ms, invoice->confirmed_by, "invoice.paid", buf_text(&object), NULL }, err);
}

static bool read_list(Rows *found, InvoiceRow *rows, size_t *ret_count, Error *err)
{
    bool row;

    *ret_count = 0;
    if (!rows_next(found, &row, err))
        return error_add(err, "invoices");
    while (row)
        if (!read_row(found, &rows[(*ret_count)++], err) || !rows_next(found, &row, err))
            return error_add(err, "invoices");
    return true;
}

bool invoices_open(StoreTransaction *transaction, const char *after, InvoiceRow *rows, size_t room, size_t *ret_count,
                   Error *err)
{
    OWNED_ROWS found;

    return ROWS(&found, transaction, err,
                "SELECT " COLUMNS " FROM invoice WHERE institution = ?1 AND state = 'open' AND (?2 = '' OR EXISTS"
                " (SELECT 1 FROM invoice p WHERE p.institution = ?1 AND p.id = ?2 AND (p.made_at_s < invoice.made_at_s"
                " OR (p.made_at_s = invoice.made_at_s AND p.id < invoice.id)))) ORDER BY made_at_s, id LIMIT ?3",
                TEXT(after), INT(room)) &&
           read_list(&found, rows, ret_count, err);
}

bool invoices_overdue(StoreTransaction *transaction, int64_t before_s, InvoiceRow *rows, size_t room, size_t *ret_count,
                      Error *err)
{
    OWNED_ROWS found;

    return ROWS(&found, transaction, err,
                "SELECT " COLUMNS " FROM invoice WHERE institution = ?1 AND state = 'open' AND made_at_s < ?2"
                " ORDER BY made_at_s, id LIMIT ?3",
                INT(before_s), INT(room)) &&
           read_list(&found, rows, ret_count, err);
}

bool invoices_refund(StoreTransaction *transaction, const InvoiceRow *invoice, int64_t now_ms, Error *err)
{
    int changed;
    OWNED_BUF object;

    buf_init(&object, 48);
    buf_add_format(&object, "invoice:%s", invoice->number);
    if (!buf_ok(&object, err) ||
        !RUN(transaction, err, &changed,
             "UPDATE invoice SET refunded_at_s = ?4, refunded_by = ?5, refund_reference = ?6, epoch = epoch + 1,"
             " changed_at_s = ?4 WHERE institution = ?1 AND id = ?2 AND epoch = ?3 AND state = 'paid'"
             " AND refunded_at_s IS NULL",
             TEXT(invoice->number), INT(invoice->epoch), INT(invoice->refunded_at_s), TEXT(invoice->refunded_by),
             TEXT(invoice->refund_reference)))
        return error_add(err, "invoice %s", invoice->number);
    if (changed != 1)
        return error_set(err, ERR_CONFLICT, "invoice %s has gone on", invoice->number);
    return acts_add(transaction, &(Act){ now_ms, invoice->refunded_by, "invoice.refunded", buf_text(&object), NULL },
                    err);
}

/* --- as staff see them -------------------------------------------------------------------------------------------- */

#define LINE                                                                                                           \
    "SELECT " COLUMNS ", coalesce(r.number, ''), r.service, r.state, r.student, s.number FROM invoice"                 \
    " JOIN request r ON r.institution = ?1 AND r.id = invoice.request"                                                 \
    " JOIN student s ON s.institution = ?1 AND s.id = r.student WHERE invoice.institution = ?1"
#define COUNT_OF                                                                                                       \
    "SELECT count(*) FROM invoice JOIN request r ON r.institution = ?1 AND r.id = invoice.request"                     \
    " WHERE invoice.institution = ?1"
#define CAME_TO_NOTHING " AND r.state IN ('declined', 'withdrawn', 'expired')"
/* Parameters 2 to 9: the faculties of the scope. */
#define IN_SCOPE   " AND (?2 = '' OR r.faculty IN (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9))"
#define FACULTY(i) TEXT(scope_name(scope, SCOPE_FACULTY, i))
#define FACULTIES  FACULTY(0), FACULTY(1), FACULTY(2), FACULTY(3), FACULTY(4), FACULTY(5), FACULTY(6), FACULTY(7)
static_assert(SCOPE_NAMES_MOST == 8, "one parameter each");

static const char *const lists[] = {
    [INVOICES_UNPAID] = LINE " AND invoice.state = 'open'" IN_SCOPE
                             " AND (?11 = '' OR invoice.made_at_s > ?10 OR (invoice.made_at_s = ?10"
                             " AND invoice.id > ?11)) ORDER BY invoice.made_at_s, invoice.id LIMIT ?12",
    [INVOICES_TO_REFUND] =
        LINE " AND invoice.state = 'paid' AND invoice.refunded_at_s IS NULL" CAME_TO_NOTHING IN_SCOPE
             " AND (?11 = '' OR invoice.paid_at_s > ?10 OR (invoice.paid_at_s = ?10 AND invoice.id > ?11))"
             " ORDER BY invoice.paid_at_s, invoice.id LIMIT ?12",
    [INVOICES_PAID] = LINE " AND invoice.state = 'paid'" IN_SCOPE
                           " AND (?11 = '' OR invoice.paid_at_s < ?10 OR (invoice.paid_at_s = ?10"
                           " AND invoice.id < ?11)) ORDER BY invoice.paid_at_s DESC, invoice.id DESC LIMIT ?12",
};
static const char *const counts[] = {
    [INVOICES_UNPAID] = COUNT_OF " AND invoice.state = 'open'" IN_SCOPE,
    [INVOICES_TO_REFUND] =
        COUNT_OF " AND invoice.state = 'paid' AND invoice.refunded_at_s IS NULL" CAME_TO_NOTHING IN_SCOPE,
    [INVOICES_PAID] = COUNT_OF " AND invoice.state = 'paid'" IN_SCOPE,
};
static_assert(COUNT(lists) == INVOICE_LIST_COUNT && COUNT(counts) == INVOICE_LIST_COUNT, "one each");

static bool read_lines(Rows *found, InvoiceLine *rows, size_t *ret_count, Error *err)
{
    bool row;

    *ret_count = 0;
    if (!rows_next(found, &row, err))
        return error_add(err, "invoices");
    while (row) {
        InvoiceLine *line = &rows[(*ret_count)++];
        int state;

        *line = (InvoiceLine){ .student = rows_int(found, 15) };
        if (!read_row(found, &line->invoice, err))
            return error_add(err, "invoices");
        rows_text(found, 12, line->request_number, sizeof line->request_number);
        rows_text(found, 13, line->service, sizeof line->service);
        rows_text(found, 16, line->student_number, sizeof line->student_number);
        if (!state_parse(&request_states, rows_bytes(found, 14), &state))
            return error_set(err, ERR_STORE, "a request in an unknown state");
        line->request_state = (RequestState)state;
        if (!rows_next(found, &row, err))
            return error_add(err, "invoices");
    }
    return true;
}

bool invoices_listed(StoreTransaction *transaction, InvoiceList list, const StaffScope *scope, int64_t after_s,
                     const char *after, InvoiceLine *rows, size_t room, size_t *ret_count, Error *err)
{
    OWNED_ROWS found;

    return ROWS(&found, transaction, err, lists[list], FACULTIES, INT(after_s), TEXT(after), INT(room)) &&
           read_lines(&found, rows, ret_count, err);
}

bool invoices_counted(StoreTransaction *transaction, InvoiceList list, const StaffScope *scope, int64_t *ret,
                      Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err, counts[list], FACULTIES) || !rows_next(&rows, &row, err))
        return error_add(err, "invoices");
    *ret = row ? rows_int(&rows, 0) : 0;
    return true;
}

bool invoices_found(StoreTransaction *transaction, const char *number, const StaffScope *scope, InvoiceLine *rows,
                    size_t room, size_t *ret_count, Error *err)
{
    OWNED_ROWS found;

    return ROWS(&found, transaction, err,
                LINE IN_SCOPE " AND invoice.request IN (SELECT q.id FROM request q WHERE q.institution = ?1"
                              " AND q.number = ?10 UNION ALL SELECT q.id FROM request q JOIN student t"
                              " ON t.institution = ?1 AND t.id = q.student WHERE q.institution = ?1 AND t.number = ?10"
                              " UNION ALL SELECT v.request FROM invoice v WHERE v.institution = ?1 AND v.id = ?10)"
                              " ORDER BY invoice.made_at_s DESC, invoice.id LIMIT ?11",
                FACULTIES, TEXT(number), INT(room)) &&
           read_lines(&found, rows, ret_count, err);
}
