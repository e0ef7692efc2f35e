#include "registrar/store/keeping.h"

#include "registrar/store/acts.h"
#include "registrar/store/transaction.h"

typedef struct PurgeSql {
    const char *name, *due, *take;
} PurgeSql;

/* ?2: the time that is due, ?3: how many at most. */
#define DUE(table, due) "SELECT count(*) FROM " table " WHERE institution = ?1 AND " due
#define FIRST(table, key, due)                                                                                         \
    " WHERE institution = ?1 AND (" key ") IN (SELECT " key " FROM " table " WHERE institution = ?1 AND " due          \
    " LIMIT ?3)"
#define ROWS_OF(name, table, key, due)                                                                                 \
    {                                                                                                                  \
        name, DUE(table, due), "DELETE FROM " table FIRST(table, key, due)                                             \
    }
#define CHANGED_IN(name, table, key, set, due)                                                                         \
    {                                                                                                                  \
        name, DUE(table, due), "UPDATE " table " SET " set FIRST(table, key, due)                                      \
    }

#define IN_TIME       "keep_until_s <= ?2"
#define WHO_LEFT      "student IN (SELECT id FROM student WHERE institution = ?1 AND keep_until_s <= ?2)"
#define HAS_NO(table) "NOT EXISTS (SELECT 1 FROM " table " o WHERE o.institution = ?1 AND o.student = student.id)"
#define IS_BARE                                                                                                                       \
    IN_TIME " AND " HAS_NO("record") " AND " HAS_NO("student_word") " AND " HAS_NO("verifier") " AND " HAS_NO("card") " AND " HAS_NO( \
        "draft") " AND " HAS_NO("session") " AND " HAS_NO("visitor") " AND " HAS_NO("photo_set") " AND " HAS_NO("sign"                \
                                                                                                                "_in_"                \
                                                                                                                "gran"                \
                                                                                                                "t")
/* By a row that stays; the last one by the next student's id, which is one more: acts speak of students by theirs. */
#define IS_NAMED                                                                                                       \
    "(NOT " HAS_NO("request") " OR NOT " HAS_NO(                                                                       \
        "document") " OR id = (SELECT max(id) FROM student WHERE institution = ?1))"

/* What was last given a number stays, so that no number is given twice. */
#define BUT_THE_LAST(column, table) column " < (SELECT max(" column ") FROM " table " WHERE institution = ?1)"

/* A detail's own time is no part of the chain, its entry's is: nobody makes us take what is young. */
#define DETAIL_KEPT "158112000"
static_assert(ACT_DETAIL_KEPT_S == 158112000, "as acts.h says");
#define DUE_DETAILS                                                                                                    \
    " FROM act_detail d JOIN act a ON a.institution = d.institution AND a.id = d.act"                                  \
    " WHERE d.institution = ?1 AND d.keep_until_s <= ?2 AND a.position IS NOT NULL"                                    \
    " AND a.at_ms <= (CAST(?2 AS BIGINT) - " DETAIL_KEPT ") * 1000"

static const PurgeSql purges[] = {
    [PURGE_NOTHING] = { "nothing", NULL, NULL },
    [PURGE_SESSIONS] = ROWS_OF("session", "session", "bearer_hash", "ends_at_s <= ?2"),
    [PURGE_STAFF_SESSIONS] = ROWS_OF("staff-session", "staff_session", "bearer_hash", "ends_at_s <= ?2"),
    [PURGE_LIMITS] = ROWS_OF("limit", "limit_count", "what, subject, slot", IN_TIME),
    [PURGE_AWAITED] = ROWS_OF("awaited-record", "awaited_record", "number, part", IN_TIME),
    [PURGE_HEMIS_TRIES] = ROWS_OF("hemis-try", "hemis_try", "id", IN_TIME),
    [PURGE_DRAFTS] = ROWS_OF("draft", "draft", "student, service", IN_TIME),
    [PURGE_ANSWER_DRAFTS] = ROWS_OF("answer-draft", "answer_draft", "request", IN_TIME),
    [PURGE_NOTICES] =
        ROWS_OF("notice", "notice", "id", "(until_s <= ?2 OR removed_at_s <= ?2) AND " BUT_THE_LAST("id", "notice")),
    [PURGE_PHONE_LINKS] = ROWS_OF("phone-link", "phone_link", "id", IN_TIME),
    [PURGE_PHOTO_SETS] = ROWS_OF("photo-set", "photo_set", "id", IN_TIME),
    [PURGE_GRANTS] = ROWS_OF("sign-in-grant", "sign_in_grant", "id", IN_TIME),
    [PURGE_ENROL_CODES] = ROWS_OF("enrol-code", "enrol_code", "kiosk", "ends_at_s <= ?2"),
    [PURGE_IDEMPOTENCY] = ROWS_OF("idempotency", "idempotency", "actor, key", IN_TIME),
    [PURGE_EVENTS] = ROWS_OF("event", "event", "id", IN_TIME " AND " BUT_THE_LAST("position", "event")),
    [PURGE_PAGES] = ROWS_OF("page", "page", "copy", IN_TIME),
    [PURGE_ANSWERS] = CHANGED_IN("answers", "request", "id", "answers = '{}', items = NULL",
                                 "answers <> '{}' AND asked_at_s <= ?2"
                                 " AND state IN ('fulfilled', 'withdrawn', 'declined', 'expired')"),
    [PURGE_STAGES] =
        CHANGED_IN("stage-words", "stage", "request, n", "answers = '{}', reason = NULL, returned_answers = NULL",
                   "(reason IS NOT NULL OR answers <> '{}' OR returned_answers IS NOT NULL)"
                   " AND changed_at_s <= ?2"
                   " AND state NOT IN ('waiting', 'taken')"),
    [PURGE_ORDERS] = CHANGED_IN("order-words", "order_draft", "id", "body = NULL",
                                "body IS NOT NULL AND changed_at_s <= ?2 AND state <> 'draft'"),
    [PURGE_HAND_OUTS] =
        CHANGED_IN("hand-out-name", "hand_out", "copy", "name = NULL, paper = NULL", "name IS NOT NULL AND at_s <= ?2"),
    [PURGE_REPORTS] =
        ROWS_OF("print-report", "print_report", "job, kiosk, epoch, seq", "at_ms <= CAST(?2 AS BIGINT) * 1000"),
    [PURGE_TICKET_NAMES] =
        CHANGED_IN("ticket-name", "ticket", "id", "student = NULL", "student IS NOT NULL AND taken_at_s <= ?2"),
    [PURGE_TICKETS] = ROWS_OF("ticket", "ticket", "id", "taken_at_s <= ?2"),
    [PURGE_CALL_NAMES] =
        CHANGED_IN("call-name", "help_call", "id", "student = NULL", "student IS NOT NULL AND made_at_s <= ?2"),
    [PURGE_CALLS] = ROWS_OF("call", "help_call", "id", "made_at_s <= ?2"),
    [PURGE_CHECKS] = ROWS_OF("check", "copy_check", "copy, hour", "last_at_s <= ?2"),
    [PURGE_ALERTS] = ROWS_OF("alert", "alert", "id", "seen_at_s <= ?2 AND " BUT_THE_LAST("id", "alert")),
    [PURGE_VERIFIERS] = ROWS_OF("verifier", "verifier", "student", IN_TIME),
    [PURGE_CARDS] = ROWS_OF("card", "card", "card_hash", IN_TIME),
    [PURGE_RECORDS] = ROWS_OF("record", "record", "student, part", WHO_LEFT),
    [PURGE_WORDS] = ROWS_OF("student-word", "student_word", "student, word", WHO_LEFT),
    [PURGE_VISITORS] = ROWS_OF("visitor", "visitor", "student", WHO_LEFT),
    [PURGE_OLD_VERIFIERS] = ROWS_OF("verifier-of-who-left", "verifier", "student", WHO_LEFT),
    [PURGE_OLD_CARDS] = ROWS_OF("card-of-who-left", "card", "card_hash", WHO_LEFT),
    [PURGE_OLD_STUDENTS] = ROWS_OF("student", "student", "id", IS_BARE " AND NOT " IS_NAMED),
    [PURGE_NUMBERED] = CHANGED_IN("student-with-documents", "student", "id",
                                  "pinfl = NULL, name_fold = NULL, keep_until_s = NULL", IS_BARE " AND " IS_NAMED),
    [PURGE_HEADS] =
        ROWS_OF("audit-head", "audit_head", "position", "at_s <= ?2 AND " BUT_THE_LAST("position", "audit_head")),
    [PURGE_DETAILS] = { "act-detail", "SELECT count(*)" DUE_DETAILS, NULL },
    [PURGE_RUNS] = ROWS_OF("purge-run", "purge_run", "n", "began_at_s <= ?2 AND " BUT_THE_LAST("n", "purge_run")),
};
static_assert(COUNT(purges) == PURGE_COUNT, "one row per Purge");

const char *purge_name(Purge purge)
{
    return purges[purge].name;
}

bool purge_due(StoreTransaction *transaction, Purge purge, int64_t then_s, int64_t *ret, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err, purges[purge].due, INT(then_s)) || !rows_next(&rows, &row, err))
        return error_add(err, "what is due of %s", purges[purge].name);
    *ret = row ? rows_int(&rows, 0) : 0;
    return true;
}

bool purge_take(StoreTransaction *transaction, Purge purge, int64_t then_s, int64_t most, int64_t *ret_gone, Error *err)
{
    int changed;

    if (!RUN(transaction, err, &changed, purges[purge].take, INT(then_s), INT(most)))
        return error_add(err, "purging %s", purges[purge].name);
    *ret_gone = changed;
    return true;
}

#define FIRST_DETAILS DUE_DETAILS " ORDER BY d.keep_until_s, d.act LIMIT ?3"

bool purge_take_details(StoreTransaction *transaction, int64_t then_s, int64_t most, PurgedDetails *ret, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err,
              "SELECT count(*), coalesce(min(position), 0), coalesce(max(position), 0)"
              " FROM (SELECT a.position" FIRST_DETAILS ") first_ones",
              INT(then_s), INT(most)) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "old details");
    *ret = (PurgedDetails){ rows_int(&rows, 0), rows_int(&rows, 1), rows_int(&rows, 2) };
    return ret->count == 0 ||
           RUN(transaction, err, NULL,
               "DELETE FROM act_detail WHERE institution = ?1 AND act IN (SELECT d.act" FIRST_DETAILS ")", INT(then_s),
               INT(most)) ||
           error_add(err, "old details");
}

/* --- runs -------------------------------------------------------------------------------------------------------- */

bool purge_runs_begin(StoreTransaction *transaction, int64_t since_s, int64_t now_s, int64_t *ret_n, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!rows_open(&rows, transaction,
                   "SELECT coalesce(max(n), 0), coalesce(max(began_at_s), 0) FROM purge_run WHERE institution = ?1",
                   NULL, 0, err) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "runs of the purge");
    *ret_n = rows_int(&rows, 1) > since_s ? 0 : rows_int(&rows, 0) + 1;
    return *ret_n == 0 ||
           RUN(transaction, err, NULL, "INSERT INTO purge_run (institution, n, began_at_s) VALUES (?1, ?2, ?3)",
               INT(*ret_n), INT(now_s)) ||
           error_add(err, "run of the purge");
}

bool purge_runs_took(StoreTransaction *transaction, int64_t n, int64_t gone, bool ended, int64_t now_s, Error *err)
{
    return RUN(transaction, err, NULL,
               "UPDATE purge_run SET gone = gone + ?3, ended_at_s = ?4 WHERE institution = ?1 AND n = ?2", INT(n),
               INT(gone), ended ? INT(now_s) : NOTHING) ||
           error_add(err, "run of the purge");
}
