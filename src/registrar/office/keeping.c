#include "registrar/office/keeping.h"

#include <inttypes.h>

#include "registrar/office/audit_purges.h"

static const KeepingRule table[] = {
    { "session", PURGE_SESSIONS, 0, "at its end: it is good for nothing more" },
    { "staff_session", PURGE_STAFF_SESSIONS, 0, "at its end: it is good for nothing more" },
    { "limit_count", PURGE_LIMITS, 0, "when its time slot is over" },
    { "awaited_record", PURGE_AWAITED, 0, "366 days after a list brought it, if nobody of that number came" },
    { "hemis_try", PURGE_HEMIS_TRIES, 0, "when HEMIS no longer counts it: an hour" },
    { "draft", PURGE_DRAFTS, 0, "30 days after the last answer: nobody came back to it" },
    { "answer_draft", PURGE_ANSWER_DRAFTS, 0, "30 days after the last answer: what was handed in stands again" },
    { "idempotency", PURGE_IDEMPOTENCY, 0,
      "400 days, or as long as its route promised: a key asked again finds its answer" },
    { "phone_link", PURGE_PHONE_LINKS, 0, "30 days: long enough to ask what became of a copy" },
    { "photo_set", PURGE_PHOTO_SETS, 0,
      "a day without a draft or a request, 30 days with a draft, 366 with a request: long enough to decide by it" },
    { "sign_in_grant", PURGE_GRANTS, 0, "a day; whom it let in goes when it ends" },
    { "enrol_code", PURGE_ENROL_CODES, 0, "at its end: it enrols nothing more" },
    { "photo_page", PURGE_NOTHING, 0, "goes with its set" },
    { "paper_seen", PURGE_NOTHING, 0, "stays with its request; nothing personal" },
    { "event", PURGE_EVENTS, 0,
      "a day: a kiosk that was away longer asks for everything; the last one stays for its position" },
    { "notice", PURGE_NOTICES, NOTICE_KEPT_S,
      "30 days after its end; the last one stays, so that no number means two" },
    { "notice_text", PURGE_NOTHING, 0, "goes with its notice" },
    { "notice_for", PURGE_NOTHING, 0, "goes with its notice" },
    { "page", PURGE_PAGES, 0, "366 days: a copy is drawn anew from the document's snapshot" },
    { "print_report", PURGE_REPORTS, REPORT_KEPT_S, "366 days: evidence of what came out of a printer" },
    { "copy_check", PURGE_CHECKS, CHECKS_KEPT_S, "366 days: so long a student is told how often a paper was checked" },
    { "alert", PURGE_ALERTS, ALERT_KEPT_S, "366 days after somebody saw it; never before" },
    { "ticket", PURGE_TICKET_NAMES, TICKET_NAME_KEPT_S, "whose it was, after a day" },
    { "ticket", PURGE_TICKETS, TICKET_KEPT_S,
      "366 days: how long people wait in which month; nothing personal by then" },
    { "help_call", PURGE_CALL_NAMES, TICKET_NAME_KEPT_S, "who called, after a day" },
    { "help_call", PURGE_CALLS, CALL_KEPT_S, "30 days: what people had trouble with" },
    { "verifier", PURGE_VERIFIERS, 0,
      "30 days after HEMIS last accepted the password; one of our own stays with its student" },
    { "card", PURGE_CARDS, 0, "366 days after it was blocked: so long its finder is told that it is" },
    { "request", PURGE_ANSWERS, ANSWERS_KEPT_S,
      "the answers of one that is over, after 3 years; the request stays, documents name it" },
    { "stage", PURGE_STAGES, ANSWERS_KEPT_S,
      "what a clerk said and answered and what was returned, 3 years after; the stage stays with its request" },
    { "order_draft", PURGE_ORDERS, ANSWERS_KEPT_S,
      "what an order was drafted of, 3 years after it was made or dropped; that one was, and its number, stays" },
    { "hand_out", PURGE_HAND_OUTS, ANSWERS_KEPT_S,
      "the name and paper of another person, after 3 years; that it was handed out stays" },
    { "record", PURGE_RECORDS, 0, "when the student's time is over" },
    { "student_word", PURGE_WORDS, 0, "when the student's time is over" },
    { "visitor", PURGE_VISITORS, 0,
      "3 years after the last request of a person without an account; a day when there was none" },
    { "verifier", PURGE_OLD_VERIFIERS, 0, "when the student's time is over" },
    { "card", PURGE_OLD_CARDS, 0, "when the student's time is over" },
    { "student", PURGE_OLD_STUDENTS, 0,
      "when the student's time is over and no document or request names them; of the last one the number stays" },
    { "student", PURGE_NUMBERED, 0, "else the PINFL goes, and the number stays with the documents" },
    { "act_detail", PURGE_DETAILS, 0, "5 years; those of purges and restores never: they explain the log" },
    { "audit_head", PURGE_HEADS, HEAD_KEPT_S,
      "90 days, the last one for ever: who needs an older one has kept it outside" },
    { "purge_run", PURGE_RUNS, RUN_KEPT_S, "366 days" },
    { "institution", PURGE_NOTHING, 0, "for ever: whose register this is" },
    { "era", PURGE_NOTHING, 0, "for ever: part of the register" },
    { "key", PURGE_NOTHING, 0, "for ever: papers are checked by it" },
    { "counter", PURGE_NOTHING, 0, "for ever: no number is given twice" },
    { "skipped", PURGE_NOTHING, 0, "for ever: part of the register" },
    { "document", PURGE_NOTHING, 0, "for ever: the register; what it said is sealed under the records' key" },
    { "copy", PURGE_NOTHING, 0, "for ever: a paper is checked by it" },
    { "print_job", PURGE_NOTHING, 0, "for ever, with its copy; nothing personal" },
    { "invoice", PURGE_NOTHING, 0, "for ever: what was paid for a request; nothing personal" },
    { "blank", PURGE_NOTHING, 0, "for ever: each is accounted for; nothing personal" },
    { "portal_help", PURGE_NOTHING, 0, "for ever: counts, nothing personal" },
    { "status_list", PURGE_NOTHING, 0, "for ever: papers are checked by it" },
    { "act", PURGE_NOTHING, 0, "for ever: the audit log" },
    { "setting", PURGE_NOTHING, 0, "for ever: who set what; nothing personal" },
    { "template", PURGE_NOTHING, 0, "for ever: documents name its version" },
    { "theme", PURGE_NOTHING, 0, "one row" },
    { "kiosk", PURGE_NOTHING, 0, "for ever: acts and copies name it" },
    { "kiosk_certificate", PURGE_NOTHING, 0, "for ever: which machine was let in when" },
    { "commit_mark", PURGE_NOTHING, 0, "a day: taken away by the store itself" },
    { "offer", PURGE_NOTHING, 0, "until it is taken back; nothing personal" },
    { "offer_page", PURGE_NOTHING, 0, "until it is taken back; nothing personal" },
    { "offer_revision", PURGE_NOTHING, 0, "one row" },
    { "shelf", PURGE_NOTHING, 0, "the newest twenty, by its own writer; nothing personal" },
    { "service_window", PURGE_NOTHING, 0, "until it is taken away; who sits there is a token's name" },
    { "working_time", PURGE_NOTHING, 0, "one row" },
    { "content_revision", PURGE_NOTHING, 0, "the newest fifty of each, by its own writer; whose they are is staff's" },
    { "bulk_revocation", PURGE_NOTHING, 0,
      "for ever: why papers were revoked, and by which two; nothing of a student" },
    { "bulk_paper", PURGE_NOTHING, 0, "for ever, with it" },
    { "answer_template", PURGE_NOTHING, 0, "until it is taken away; nothing personal" },
    { "campaign", PURGE_NOTHING, 0, "until it is taken back; nothing personal" },
    { "printer", PURGE_NOTHING, 0, "for ever: print jobs name it; nothing personal" },
    { "printer_errand", PURGE_NOTHING, 0, "until its job has come to an end; nothing personal" },
    { "desk_topic", PURGE_NOTHING, 0, "for ever: counts, nothing personal" },
    { "import_run", PURGE_NOTHING, 0, "one row a source; counts, nothing personal" },
    { "import_finding", PURGE_NOTHING, 0, "until its import has told them: they go in the act that ends it" },
    { "api_token", PURGE_NOTHING, 0, "until it is taken back; a program's, nothing personal" },
    { "staff", PURGE_NOTHING, 0,
      "until the person is removed; then the name to sign in by stays, without their own: acts name it" },
    { "schema_version", PURGE_NOTHING, 0, "for ever" },
};

const KeepingRule *keeping_table(size_t *ret_count)
{
    *ret_count = COUNT(table);
    return table;
}

/* --- looking ----------------------------------------------------------------------------------------------------- */

typedef struct Looking {
    int64_t now_s;
    PurgeTaken due;
} Looking;

static bool look(StoreTransaction *transaction, void *arg, Error *err)
{
    Looking *looking = arg;

    looking->due = (PurgeTaken){ 0 };
    for (size_t i = 0; i < COUNT(table); i++) {
        const Purge purge = table[i].purge;

        if (purge == PURGE_NOTHING)
            continue;
        if (!purge_due(transaction, purge, looking->now_s - table[i].after_s, &looking->due.rows[purge], err))
            return false;
        looking->due.all += looking->due.rows[purge];
    }
    return true;
}

bool purge_look(Store *store, int64_t now_s, PurgeTaken *ret, Error *err)
{
    Looking looking = { .now_s = now_s };

    if (!store_read(store, look, &looking, err))
        return error_add(err, "purge");
    *ret = looking.due;
    return true;
}

/* --- a run ------------------------------------------------------------------------------------------------------- */

typedef struct Beginning {
    int64_t since_s, now_s, n;
} Beginning;

static bool begin(StoreTransaction *transaction, void *arg, Error *err)
{
    Beginning *beginning = arg;

    return purge_runs_begin(transaction, beginning->since_s, beginning->now_s, &beginning->n, err);
}

bool purge_begin(Store *store, const char *actor, int64_t every_s, int64_t now_s, PurgeRun *ret, Error *err)
{
    Beginning beginning = { .since_s = now_s - every_s, .now_s = now_s };

    if (!store_write(store, begin, &beginning, err))
        return error_add(err, "purge");
    *ret = (PurgeRun){ beginning.n, actor };
    return true;
}

typedef struct Bite {
    const PurgeRun *run;
    int64_t now_ms;
    PurgeTaken taken;
    PurgedDetails details;
} Bite;

static bool take(StoreTransaction *transaction, Bite *bite, const KeepingRule *rule, Error *err)
{
    const int64_t then_s = bite->now_ms / 1000 - rule->after_s;
    int64_t *gone = &bite->taken.rows[rule->purge];
    bool done;

    if (rule->purge == PURGE_DETAILS) {
        done = purge_take_details(transaction, then_s, PURGE_BITE, &bite->details, err);
        *gone = bite->details.count;
    } else
        done = purge_take(transaction, rule->purge, then_s, PURGE_BITE, gone, err);
    bite->taken.all += *gone;
    bite->taken.more = bite->taken.more || *gone >= PURGE_BITE;
    return done;
}

static bool tell(StoreTransaction *transaction, const Bite *bite, Error *err)
{
    OWNED_BUF rows, detail;

    buf_init(&rows, 2048);
    buf_init(&detail, 4096);
    for (int i = 0; i < PURGE_COUNT; i++)
        if (bite->taken.rows[i] > 0)
            buf_add_format(&rows, "%s\"%s\":%" PRId64, rows.len ? "," : "", purge_name((Purge)i), bite->taken.rows[i]);
    audit_purge_write(&detail, buf_str(&rows), bite->details.from, bite->details.to, bite->details.count);
    return buf_ok(&rows, err) && buf_ok(&detail, err) &&
           acts_add_for_ever(transaction,
                             &(Act){ bite->now_ms, bite->run->actor, PURGE_ACT, PURGE_OBJECT, buf_text(&detail) }, err);
}

static bool take_all(StoreTransaction *transaction, void *arg, Error *err)
{
    Bite *bite = arg;

    bite->taken = (PurgeTaken){ 0 };
    bite->details = (PurgedDetails){ 0 };
    for (size_t i = 0; i < COUNT(table); i++)
        if (table[i].purge != PURGE_NOTHING && !take(transaction, bite, &table[i], err))
            return false;
    return (bite->taken.all == 0 || tell(transaction, bite, err)) &&
           purge_runs_took(transaction, bite->run->n, bite->taken.all, !bite->taken.more, bite->now_ms / 1000, err);
}

bool purge_bite(Store *store, PurgeRun *run, int64_t now_ms, PurgeTaken *ret, Error *err)
{
    Bite bite = { .run = run, .now_ms = now_ms };

    if (!store_write(store, take_all, &bite, err))
        return error_add(err, "purge");
    if (!bite.taken.more)
        run->n = 0;
    *ret = bite.taken;
    return true;
}
