#include "registrar/store/looks.h"

#include "registrar/store/transaction.h"

#define HOUR_S 3600

/* People of the office, not its rounds and not kiosks. */
#define BY_STAFF "(a.actor LIKE 'token:%' OR a.actor LIKE 'staff:%' OR a.actor = 'command-line')"
#define DETAIL   "LEFT JOIN act_detail t ON t.institution = a.institution AND t.act = a.id"
/* Of whatever request of this student that clerk was last at. */
#define UNIT_OF_CLERK                                                                                                  \
    "coalesce((SELECT s.unit FROM stage s JOIN request q ON q.institution = s.institution AND q.id = s.request"        \
    " WHERE s.institution = ?1 AND q.student = ?2 AND s.clerk = a.actor ORDER BY s.changed_at_s DESC, s.unit LIMIT "   \
    "1), '')"
/* Of a paper that people decided on: the last of them; of one that was asked for at the window: who asks there. */
#define UNIT_OF_PAPER                                                                                                  \
    "coalesce((SELECT s.unit FROM stage s WHERE s.institution = ?1 AND s.request = d.request"                          \
    " AND s.state = 'approved' ORDER BY s.n DESC LIMIT 1),"                                                            \
    " (SELECT 'front-office' FROM act b WHERE b.institution = ?1 AND b.object = 'request:' || d.request"               \
    " AND b.act = 'request.asked-for' LIMIT 1), '')"
/* A further copy is its student's, but for one that staff made in the place of another. */
#define UNIT_OF_COPY                                                                                                   \
    "coalesce((SELECT 'front-office' FROM act b WHERE b.institution = ?1 AND b.object = 'document:' || d.id"           \
    " AND b.act = 'copy.asked' AND b.actor LIKE 'staff:%' AND b.at_ms / 1000 = c.asked_at_s LIMIT 1), '')"
#define OF_DOCUMENT                                                                                                    \
    "coalesce(d.register, ''), coalesce(d.year, 0), coalesce(d.number, 0), d.service, coalesce(d.foreign_number, '')"

/* Columns: at_ms, act, unit, register, year, number, service, a request's number, place, on a phone, times, detail.
 * ?2: the student, ?3: "student:17", ?4: how many. */
static const char *const queries[] = {
    [LOOK_OF_STUDENT] = "SELECT a.at_ms, a.act, " UNIT_OF_CLERK ", '', 0, 0, '', '', '', 0, 1, coalesce(t.body, '')"
                        " FROM act a " DETAIL " WHERE a.institution = ?1 AND a.object = ?3 AND " BY_STAFF
                        " ORDER BY a.id DESC LIMIT ?4",
    [LOOK_OF_REQUEST] = "SELECT a.at_ms, a.act, " UNIT_OF_CLERK ", '', 0, 0, r.service, coalesce(r.number, ''), '', 0,"
                        " 1, '' FROM request r JOIN act a ON a.institution = r.institution"
                        " AND a.object = 'request:' || r.id WHERE r.institution = ?1 AND r.student = ?2 AND ?3 <> ''"
                        " AND " BY_STAFF " ORDER BY a.id DESC LIMIT ?4",
    /* That a copy was made is told by the copy; "issued" again is one that was suspended. */
    [LOOK_OF_DOCUMENT] = "SELECT a.at_ms, a.act, " UNIT_OF_CLERK ", " OF_DOCUMENT ", '', 0, 1, ''"
                         " FROM document d JOIN act a ON a.institution = d.institution"
                         " AND a.object = 'document:' || d.id WHERE d.institution = ?1 AND d.student = ?2"
                         " AND ?3 <> '' AND " BY_STAFF " AND a.act NOT IN ('document.number-taken', 'copy.asked')"
                         " AND (a.act <> 'document.issued' OR EXISTS (SELECT 1 FROM act b WHERE b.institution = ?1"
                         " AND b.object = a.object AND b.act = 'document.suspended' AND b.id < a.id))"
                         " ORDER BY a.id DESC LIMIT ?4",
    [LOOK_OF_SIGN_IN] = "SELECT a.at_ms, a.act, '', '', 0, 0, '', '', coalesce(k.place, ''), 0, 1, '' FROM act a"
                        " LEFT JOIN kiosk k ON k.institution = a.institution AND 'kiosk:' || k.id = a.object"
                        " WHERE a.institution = ?1 AND ?2 <> 0 AND a.actor = ?3 AND a.act = 'session.begun'"
                        " ORDER BY a.id DESC LIMIT ?4",
    [LOOK_OF_COPY] =
        "SELECT c.asked_at_s * 1000, '', CASE WHEN c.n = 1 THEN " UNIT_OF_PAPER " ELSE " UNIT_OF_COPY " END,"
        " " OF_DOCUMENT ", c.place, CASE WHEN c.kind = 'phone' THEN 1 ELSE 0 END, 1, ''"
        " FROM document d JOIN copy c ON c.institution = d.institution AND c.document = d.id"
        " WHERE d.institution = ?1 AND d.student = ?2 AND ?3 <> '' AND c.making = 'ready'"
        " ORDER BY c.asked_at_s DESC, c.n DESC LIMIT ?4",
    [LOOK_OF_HAND_OUT] = "SELECT h.at_s * 1000, '', " UNIT_OF_PAPER ", " OF_DOCUMENT ", '', 0, 1, ''"
                         " FROM document d JOIN copy c ON c.institution = d.institution AND c.document = d.id"
                         " JOIN hand_out h ON h.institution = c.institution AND h.copy = c.id"
                         " WHERE d.institution = ?1 AND d.student = ?2 AND ?3 <> '' ORDER BY h.at_s DESC LIMIT ?4",
    [LOOK_OF_CHECK] = "SELECT k.last_at_s * 1000, '', '', " OF_DOCUMENT ", '',"
                      " CASE WHEN c.kind = 'phone' THEN 1 ELSE 0 END, k.n, ''"
                      " FROM document d JOIN copy c ON c.institution = d.institution AND c.document = d.id"
                      " JOIN copy_check k ON k.institution = c.institution AND k.copy = c.id"
                      " WHERE d.institution = ?1 AND d.student = ?2 AND ?3 <> '' ORDER BY k.last_at_s DESC LIMIT ?4",
};
static_assert(COUNT(queries) == LOOK_SOURCE_COUNT, "one query per source");

static void read_look(const Rows *rows, LookRow *ret)
{
    ret->at_ms = rows_int(rows, 0);
    rows_text(rows, 1, ret->act, sizeof ret->act);
    rows_text(rows, 2, ret->unit, sizeof ret->unit);
    rows_text(rows, 6, ret->service, sizeof ret->service);
    rows_text(rows, 7, ret->number, sizeof ret->number);
    rows_text(rows, 8, ret->place, sizeof ret->place);
    ret->on_phone = rows_int(rows, 9) != 0;
    ret->times = rows_int(rows, 10);
    ret->detail = rows_bytes(rows, 11);
    if (rows_int(rows, 5) > 0) {
        DocumentRow document = { .year = (int)rows_int(rows, 4), .number = (int)rows_int(rows, 5) };

        rows_text(rows, 3, document.register_name, sizeof document.register_name);
        document_number_write(&document, ret->number);
    }
}

bool looks_each(StoreTransaction *transaction, LookSource source, int64_t student, int most, LookVisit visit, void *ctx,
                Error *err)
{
    OWNED_BUF object;
    OWNED_ROWS rows = { 0 };
    bool row;

    buf_init(&object, 40);
    buf_add_format(&object, "student:%lld", (long long)student);
    if (!buf_ok(&object, err) ||
        !ROWS(&rows, transaction, err, queries[source], INT(student), TEXT(buf_text(&object)), INT(most)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "looks");
    while (row) {
        LookRow look = { .source = source };

        read_look(&rows, &look);
        if (!visit(ctx, &look, err) || !rows_next(&rows, &row, err))
            return error_add(err, "looks");
    }
    return true;
}

bool copy_checks_add(StoreTransaction *transaction, const char *code, int64_t at_s, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO copy_check (institution, copy, hour, n, last_at_s)"
               " SELECT institution, id, CAST(?3 AS BIGINT), 1, CAST(?4 AS BIGINT) FROM copy"
               " WHERE institution = ?1 AND code = ?2 ON CONFLICT (institution, copy, hour) DO UPDATE SET"
               " n = copy_check.n + 1, last_at_s = CASE WHEN excluded.last_at_s > copy_check.last_at_s"
               " THEN excluded.last_at_s ELSE copy_check.last_at_s END",
               TEXT(code), INT(at_s / HOUR_S), INT(at_s)) ||
           error_add(err, "check of a code");
}
