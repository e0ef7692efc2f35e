#include "registrar/store/statistics.h"

#include "registrar/store/transaction.h"

#define OF_FACULTY " AND (?6 = '' OR s.faculty = ?6) AND (?7 = '' OR ?7 LIKE '%,' || coalesce(s.faculty, '-') || ',%')"

/* ?2 to ?7. */
#define WANTED(query, faculties)                                                                                       \
    INT((query)->from_s), INT((query)->to_s), TEXT((query)->service), TEXT((query)->place), TEXT((query)->faculty),    \
        TEXT(faculties)

#define FACULTIES_SIZE (SCOPE_NAMES_MOST * (SCOPE_NAME_SIZE + 1) + 2)

/* ",401,402,"; "": all of them. */
static void write_faculties(const StaffScope *scope, char ret[FACULTIES_SIZE])
{
    OWNED_BUF text;

    buf_init(&text, FACULTIES_SIZE - 1);
    for (size_t i = 0; scope && i < scope->count[SCOPE_FACULTY]; i++)
        buf_add_format(&text, "%s%s,", i ? "" : ",", scope->names[SCOPE_FACULTY][i]);
    str_copy_cut(buf_str(&text), ret, FACULTIES_SIZE);
}

/* --- copies ------------------------------------------------------------------------------------------------------- */

static bool read_copy(const Rows *rows, CopyFact *ret, Error *err)
{
    int state = JOB_WAITING, delivery;

    *ret = (CopyFact){ .asked_at_s = rows_int(rows, 0),
                       .service = rows_bytes(rows, 1),
                       .place = rows_bytes(rows, 2),
                       .faculty = rows_bytes(rows, 3),
                       .on_phone = rows_int(rows, 4) != 0,
                       .has_job = !rows_is_null(rows, 5),
                       .owner = rows_bytes(rows, 7),
                       .sheets_expected = (int)rows_int(rows, 8),
                       .sheets_seen = (int)rows_int(rows, 9),
                       .again = rows_bytes(rows, 11) };
    if ((ret->has_job && !state_parse(&job_states, rows_bytes(rows, 5), &state)) ||
        !state_parse(&delivery_states, rows_bytes(rows, 6), &delivery))
        return error_set(err, ERR_STORE, "a copy in an unknown state");
    ret->state = (JobState)state;
    ret->delivery = (CopyDelivery)delivery;
    if (ret->state == JOB_CANCELLED)
        ret->cancelled = rows_bytes(rows, 10);
    return true;
}

bool statistics_copies(StoreTransaction *transaction, const StatisticsQuery *query, CopyFactVisit visit, void *ctx,
                       Error *err)
{
    char faculties[FACULTIES_SIZE];
    OWNED_ROWS rows;
    CopyFact fact;
    bool row;

    write_faculties(query->scope, faculties);
    if (!ROWS(&rows, transaction, err,
              "SELECT c.asked_at_s, d.service, c.place, coalesce(s.faculty, ''),"
              " CASE WHEN c.kind = 'phone' THEN 1 ELSE 0 END, j.state, c.delivery, coalesce(j.owner, ''),"
              " coalesce(j.sheets_expected, 0), coalesce(j.sheets_seen, -1), coalesce(j.reason, ''),"
              " coalesce(j.again, '') FROM copy c"
              /* A range, so that SQLite goes by the index that holds what is asked, and not through the table's long
               * rows because the key alone would find one. */
              " JOIN document d ON d.institution = c.institution AND d.id >= c.document AND d.id <= c.document"
              " JOIN student s ON s.institution = c.institution AND s.id = d.student"
              " LEFT JOIN print_job j ON j.institution = c.institution AND j.copy = c.id"
              " WHERE c.institution = ?1 AND c.making = 'ready' AND c.asked_at_s >= ?2 AND c.asked_at_s < ?3"
              " AND (?4 = '' OR d.service = ?4) AND (?5 = '' OR c.place = ?5)" OF_FACULTY,
              WANTED(query, faculties)))
        return error_add(err, "copies of a period");
    while (rows_next(&rows, &row, err)) {
        if (!row)
            return true;
        if (!read_copy(&rows, &fact, err) || !visit(ctx, &fact, err))
            break;
    }
    return error_add(err, "copies of a period");
}

/* --- applications ------------------------------------------------------------------------------------------------- */

static bool read_application(const Rows *rows, ApplicationFact *ret, Error *err)
{
    int state;

    if (!state_parse(&request_states, rows_bytes(rows, 4), &state))
        return error_set(err, ERR_STORE, "a request in an unknown state");
    *ret = (ApplicationFact){ .asked_at_s = rows_int(rows, 0),
                              .promised_at_s = rows_int(rows, 5),
                              .decided_at_s = rows_int(rows, 6),
                              .began_at_s = rows_int(rows, 7),
                              .unpaid = rows_int(rows, 8) != 0,
                              .state = (RequestState)state,
                              .service = rows_bytes(rows, 1),
                              .place = rows_bytes(rows, 2),
                              .faculty = rows_bytes(rows, 3) };
    return true;
}

/* The last unit's word is the decision; what no unit is asked about is given when it is paid. */
#define DECIDED                                                                                                        \
    "CASE WHEN r.state IN ('approved', 'fulfilled', 'declined') THEN coalesce((SELECT max(g.changed_at_s) FROM stage"  \
    " g WHERE g.institution = r.institution AND g.request = r.id AND g.state IN ('approved', 'declined')),"            \
    " r.changed_at_s) ELSE 0 END"

bool statistics_applications(StoreTransaction *transaction, const StatisticsQuery *query, ApplicationFactVisit visit,
                             void *ctx, Error *err)
{
    char faculties[FACULTIES_SIZE];
    OWNED_ROWS rows;
    ApplicationFact fact;
    bool row;

    write_faculties(query->scope, faculties);
    if (!ROWS(&rows, transaction, err,
              "SELECT r.asked_at_s, r.service, coalesce(r.place, ''), coalesce(s.faculty, ''), r.state,"
              " coalesce(r.promised_at_s, 0), " DECIDED ", coalesce(i.paid_at_s, r.asked_at_s),"
              " CASE WHEN i.state = 'open' THEN 1 ELSE 0 END FROM request r"
              " JOIN student s ON s.institution = r.institution AND s.id = r.student"
              " LEFT JOIN invoice i ON i.institution = r.institution AND i.request = r.id"
              " WHERE r.institution = ?1 AND r.number IS NOT NULL AND r.asked_at_s >= ?2 AND r.asked_at_s < ?3"
              " AND (?4 = '' OR r.service = ?4) AND (?5 = '' OR r.place = ?5)" OF_FACULTY,
              WANTED(query, faculties)))
        return error_add(err, "applications of a period");
    while (rows_next(&rows, &row, err)) {
        if (!row)
            return true;
        if (!read_application(&rows, &fact, err) || !visit(ctx, &fact, err))
            break;
    }
    return error_add(err, "applications of a period");
}

bool statistics_refusals(StoreTransaction *transaction, const StatisticsQuery *query, RefusalFactVisit visit, void *ctx,
                         Error *err)
{
    char faculties[FACULTIES_SIZE];
    OWNED_ROWS rows;
    bool row;

    write_faculties(query->scope, faculties);
    if (!ROWS(&rows, transaction, err,
              "SELECT g.state, coalesce(g.reason, ''), count(*) FROM request r"
              " JOIN student s ON s.institution = r.institution AND s.id = r.student"
              " JOIN stage g ON g.institution = r.institution AND g.request = r.id"
              " AND g.state IN ('returned', 'declined')"
              " WHERE r.institution = ?1 AND r.number IS NOT NULL AND r.asked_at_s >= ?2 AND r.asked_at_s < ?3"
              " AND (?4 = '' OR r.service = ?4) AND (?5 = '' OR r.place = ?5)" OF_FACULTY
              " GROUP BY g.state, coalesce(g.reason, '')",
              WANTED(query, faculties)))
        return error_add(err, "refusals of a period");
    while (rows_next(&rows, &row, err)) {
        if (!row)
            return true;
        const RefusalFact fact = { .state = str_equal_text(rows_bytes(&rows, 0), "declined") ? STAGE_DECLINED
                                                                                             : STAGE_RETURNED,
                                   .words = rows_bytes(&rows, 1),
                                   .count = rows_int(&rows, 2) };
        if (!visit(ctx, &fact, err))
            break;
    }
    return error_add(err, "refusals of a period");
}

/* --- lines, work -------------------------------------------------------------------------------------------------- */

bool statistics_lines(StoreTransaction *transaction, const StatisticsQuery *query, LineFactVisit visit, void *ctx,
                      Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err,
              "SELECT t.taken_at_s, t.kiosk, k.place, 0,"
              " CASE WHEN t.state IN ('no-show', 'given-up', 'expired') THEN 1 ELSE 0 END,"
              " CASE WHEN t.called_at_s IS NULL THEN -1 ELSE t.called_at_s - t.taken_at_s END FROM ticket t"
              " JOIN kiosk k ON k.institution = t.institution AND k.id = t.kiosk"
              " WHERE t.institution = ?1 AND t.taken_at_s >= ?2 AND t.taken_at_s < ?3 AND (?4 = '' OR k.place = ?4)"
              " UNION ALL SELECT h.made_at_s, h.kiosk, k.place, 1, CASE WHEN h.state = 'nobody' THEN 1 ELSE 0 END, -1"
              " FROM help_call h JOIN kiosk k ON k.institution = h.institution AND k.id = h.kiosk"
              " WHERE h.institution = ?1 AND h.made_at_s >= ?2 AND h.made_at_s < ?3 AND (?4 = '' OR k.place = ?4)",
              INT(query->from_s), INT(query->to_s), TEXT(query->place)))
        return error_add(err, "lines of a period");
    while (rows_next(&rows, &row, err)) {
        if (!row)
            return true;
        const LineFact fact = { .at_s = rows_int(&rows, 0),
                                .kiosk = rows_bytes(&rows, 1),
                                .place = rows_bytes(&rows, 2),
                                .is_call = rows_int(&rows, 3) != 0,
                                .gone = rows_int(&rows, 4) != 0,
                                .waited_s = rows_int(&rows, 5) };
        if (!visit(ctx, &fact, err))
            break;
    }
    return error_add(err, "lines of a period");
}

bool statistics_work(StoreTransaction *transaction, int64_t from_s, int64_t to_s, const char *actor,
                     WorkFactVisit visit, void *ctx, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err,
              "SELECT a.actor, coalesce(p.full_name, ''), a.act, a.n FROM"
              " (SELECT actor, act, count(*) AS n FROM act WHERE institution = ?1 AND actor >= 'staff:'"
              " AND actor < 'staff;' AND at_ms >= ?2 * 1000 AND at_ms < ?3 * 1000 AND (?4 = '' OR actor = ?4)"
              " GROUP BY actor, act UNION ALL SELECT clerk, 'stage.decided', count(*) FROM stage"
              " WHERE institution = ?1 AND state IN ('approved', 'returned', 'declined') AND changed_at_s >= ?2"
              " AND changed_at_s < ?3 AND clerk >= 'staff:' AND clerk < 'staff;' AND (?4 = '' OR clerk = ?4)"
              " GROUP BY clerk) a"
              " LEFT JOIN staff p ON p.institution = ?1 AND 'staff:' || p.name = a.actor ORDER BY a.actor, a.act",
              INT(from_s), INT(to_s), TEXT(actor)))
        return error_add(err, "work of a period");
    while (rows_next(&rows, &row, err)) {
        if (!row)
            return true;
        const WorkFact fact = { .actor = rows_bytes(&rows, 0),
                                .name = rows_bytes(&rows, 1),
                                .act = rows_bytes(&rows, 2),
                                .count = rows_int(&rows, 3) };
        if (!visit(ctx, &fact, err))
            break;
    }
    return error_add(err, "work of a period");
}

/* --- faculties, places -------------------------------------------------------------------------------------------- */

bool faculties_unread(StoreTransaction *transaction, int64_t *ids, size_t most, size_t *ret_count, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    *ret_count = 0;
    if (!ROWS(&rows, transaction, err,
              "SELECT id FROM student WHERE institution = ?1 AND faculty IS NULL ORDER BY id LIMIT ?2", INT(most)))
        return error_add(err, "faculties to be read");
    while (rows_next(&rows, &row, err)) {
        if (!row)
            return true;
        ids[(*ret_count)++] = rows_int(&rows, 0);
    }
    return error_add(err, "faculties to be read");
}

bool faculties_put(StoreTransaction *transaction, int64_t student, const char *faculty, Error *err)
{
    return RUN(transaction, err, NULL, "UPDATE student SET faculty = ?3 WHERE institution = ?1 AND id = ?2",
               INT(student), TEXT(faculty)) ||
           error_add(err, "faculty of a student");
}

/* From each code to the next by the index: their students are not gone through. */
bool faculties_list(StoreTransaction *transaction, FacultyRow faculties[], size_t room, size_t *ret_count, Error *err)
{
    char after[FACULTY_SIZE] = "";

    for (*ret_count = 0; *ret_count < room; (*ret_count)++) {
        OWNED_ROWS rows;
        bool row;

        if (!ROWS(
                &rows, transaction, err,
                "SELECT faculty, id FROM student WHERE institution = ?1 AND faculty > ?2 ORDER BY faculty, id LIMIT 1",
                TEXT(after)) ||
            !rows_next(&rows, &row, err))
            return error_add(err, "faculties");
        if (!row)
            return true;
        FacultyRow *found = &faculties[*ret_count];
        rows_text(&rows, 0, found->code, sizeof found->code);
        found->student = rows_int(&rows, 1);
        str_copy_cut(str_from(found->code), after, sizeof after);
    }
    return true;
}

bool statistics_places(StoreTransaction *transaction, char (*places)[KIOSK_PLACE_SIZE], size_t room, size_t *ret_count,
                       Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err,
              "SELECT DISTINCT place FROM kiosk WHERE institution = ?1 AND place <> '' ORDER BY place LIMIT ?2",
              INT(room)))
        return error_add(err, "places of kiosks");
    for (*ret_count = 0; *ret_count < room; (*ret_count)++) {
        if (!rows_next(&rows, &row, err))
            return error_add(err, "places of kiosks");
        if (!row)
            return true;
        rows_text(&rows, 0, places[*ret_count], KIOSK_PLACE_SIZE);
    }
    return true;
}
