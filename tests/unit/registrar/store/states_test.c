#include "fixture.h"

#include <string.h>

#include "registrar/store/keys.h"
#include "registrar/store/grants.h"
#include "registrar/store/phone_links.h"
#include "registrar/store/print_jobs.h"
#include "registrar/store/kiosks.h"
#include "registrar/store/calls.h"
#include "registrar/store/students.h"
#include "registrar/store/tickets.h"
#include "registrar/store/transaction.h"

/* MODEL.md section 1 once more, written down apart from the program: every move that there is. */
typedef struct Legal {
    const StateMachine *machine;
    const char *from, *to; /* to: all that may follow, by space */
} Legal;

static const Legal legal[] = {
    { &request_states, "draft", "open withdrawn expired" },
    { &request_states, "open", "in-unit fulfilled withdrawn declined expired" },
    { &request_states, "in-unit", "open in-unit returned approved withdrawn declined expired" },
    { &request_states, "returned", "in-unit withdrawn declined expired" },
    { &request_states, "approved", "fulfilled in-unit declined" },
    { &request_states, "fulfilled", "" },
    { &request_states, "withdrawn", "" },
    { &request_states, "declined", "" },
    { &request_states, "expired", "" },
    { &document_states, "preparing", "issued void" },
    { &document_states, "issued", "suspended revoked" },
    { &document_states, "suspended", "issued revoked" },
    { &document_states, "revoked", "" },
    { &document_states, "void", "" },
    { &making_states, "preparing", "ready failed" },
    { &making_states, "ready", "" },
    { &making_states, "failed", "" },
    { &validity_states, "valid", "suspended revoked replaced expired" },
    { &validity_states, "suspended", "valid revoked replaced expired" },
    { &validity_states, "revoked", "" },
    { &validity_states, "replaced", "" },
    { &validity_states, "expired", "" },
    { &delivery_states, "waiting", "printing cancelled" },
    { &delivery_states, "printing", "waiting printed partly unknown cancelled" },
    { &delivery_states, "printed", "collected superseded" },
    { &delivery_states, "partly", "superseded" },
    { &delivery_states, "unknown", "superseded printed partly cancelled" },
    { &delivery_states, "cancelled", "superseded" },
    { &delivery_states, "collected", "" },
    { &delivery_states, "superseded", "" },
    { &delivery_states, "offered", "downloaded expired" },
    { &delivery_states, "downloaded", "" },
    { &delivery_states, "expired", "" },
    { &link_states, "offered", "opened denied expired" },
    { &link_states, "opened", "matched denied expired" },
    { &link_states, "matched", "used denied expired" },
    { &link_states, "used", "" },
    { &link_states, "denied", "" },
    { &link_states, "expired", "" },
    { &grant_states, "offered", "opened denied expired" },
    { &grant_states, "opened", "digits denied expired" },
    { &grant_states, "digits", "matched denied expired" },
    { &grant_states, "matched", "used denied expired" },
    { &grant_states, "used", "" },
    { &grant_states, "denied", "" },
    { &grant_states, "expired", "" },
    { &job_states, "waiting", "held assigned cancelled expired" },
    { &job_states, "held", "waiting cancelled expired" },
    { &job_states, "assigned", "assigned waiting sending" },
    { &job_states, "sending", "waiting sent printed partly cancelled aborted unknown" },
    { &job_states, "sent", "printed partly cancelled aborted unknown" },
    { &job_states, "unknown", "printed partly cancelled" },
    { &job_states, "printed", "" },
    { &job_states, "partly", "" },
    { &job_states, "cancelled", "" },
    { &job_states, "aborted", "" },
    { &job_states, "expired", "" },
    { &invoice_states, "open", "cancelled" }, /* paid: with what it was paid, by invoices_pay alone */
    { &invoice_states, "cancelled", "" },
    { &blank_states, "received", "issued spoiled returned" },
    { &blank_states, "issued", "bound spoiled returned" },
    { &blank_states, "bound", "used spoiled issued" },
    { &blank_states, "used", "" },
    { &blank_states, "spoiled", "" },
    { &blank_states, "returned", "" },
    { &ticket_states, "waiting", "called given-up expired" },
    { &ticket_states, "called", "called serving served no-show passed given-up expired" },
    { &ticket_states, "serving", "served passed" },
    { &ticket_states, "served", "" },
    { &ticket_states, "no-show", "called" },
    { &ticket_states, "passed", "called given-up expired" },
    { &ticket_states, "given-up", "" },
    { &ticket_states, "expired", "" },
    { &call_states, "waiting", "coming over nobody given-up" },
    { &call_states, "coming", "over nobody given-up" },
    { &call_states, "over", "" },
    { &call_states, "nobody", "" },
    { &call_states, "given-up", "" },
};

static bool holds_word(const char *words, const char *word)
{
    Str rest = str_from(words);

    while (rest.len)
        if (str_equal_text(str_split(&rest, ' '), word))
            return true;
    return false;
}

/* One of everything, whatever state it is put in. */
static const char *const ids[] = { "00000000-0000-4000-8000-000000000001" };
#define ID ids[0]

static bool set_up(StoreTransaction *transaction, void *arg, Error *err)
{
    KeyRow key = { .kid = 1, .use = "seal", .state = "active" };
    RequestRow request = { .student = 1, .state = ASKED_OPEN, .asked_at_s = 1 };
    DocumentRow document = { .student = 1, .register_name = "M", .year = 2026, .number = 1, .taken_at_s = 1 };
    CopyRow copy = { .n = 1, .kid = 1, .status_list = 1, .asked_at_s = 1 };
    CopyMade made = { .pages = 1, .seal = STR("seal"), .page = STR("page") };
    TicketRow ticket = {
        .day = "2026-11-22", .letter = "A", .n = 1, .topic = "papers", .kiosk = "A-1", .taken_at_s = 1
    };
    CallRow call = { .kiosk = "A-1", .screen = "form", .language = "uz", .made_at_s = 1 };
    PhoneLinkRow link = { .kiosk = "A-1", .device_hash = { 1 }, .left = 3, .ends_at_s = 9 };
    GrantRow grant = { .kiosk = "A-1", .phone_hash = { 1 }, .tries_left = 5, .interval_s = 5, .ends_at_s = 9 };
    int64_t student;
    uint32_t list, index;
    bool added;

    (void)arg;
    memcpy(link.id, ID, sizeof link.id);
    memcpy(link.copy, ID, sizeof link.copy);
    memcpy(grant.id, ID, sizeof grant.id);
    grant.student = 1;
    memcpy(ticket.id, ID, sizeof ticket.id);
    memcpy(call.id, ID, sizeof call.id);
    memcpy(request.id, ID, sizeof request.id);
    memcpy(document.id, ID, sizeof document.id);
    memcpy(copy.id, ID, sizeof copy.id);
    memcpy(copy.document, ID, sizeof copy.document);
    memcpy(copy.code, "000000000000", sizeof copy.code);
    return keys_add(transaction, &key, err) && students_add(transaction, "1", (Str){ 0 }, &student, err) &&
           kiosks_add(transaction, "A-1", "hall", 1, err) && requests_add(transaction, &request, STR("{}"), err) &&
           documents_add(transaction, &document, STR("snapshot"), err) &&
           documents_reason(transaction, ID, "tried", err) && status_places_take(transaction, 1, &list, &index, err) &&
           copies_add(transaction, &copy, err) && copies_put_page(transaction, ID, &made, err) &&
           print_jobs_add(transaction, ID, ID, 1, err) && print_jobs_lease(transaction, ID, "A-1", 9, err) &&
           phone_links_add(transaction, &link, err) && phone_links_write(transaction, &link, err) &&
           grants_add(transaction, &grant, &added, err) && grants_write(transaction, &grant, err) &&
           tickets_add(transaction, &ticket, err) && calls_add(transaction, &call, err) &&
           RUN(transaction, err, NULL,
               "INSERT INTO invoice (institution, id, request, sum, state, made_at_s, changed_at_s)"
               " VALUES (?1, ?2, ?2, 1, 'open', 1, 1)",
               TEXT(ID)) &&
           RUN(transaction, err, NULL,
               "INSERT INTO blank (institution, id, kind, series, number, state, holder, copy, changed_at_s)"
               " VALUES (?1, ?2, 'kind', 'AM', 1, 'issued', 'token:x', ?2, 1)",
               TEXT(ID));
}

typedef struct Trial {
    const StateMachine *machine;
    int from, to;
} Trial;

/* Puts the row where the trial begins, without asking the machine. */
static bool put(StoreTransaction *transaction, void *arg, Error *err)
{
    const Trial *trial = arg;
    static const struct {
        const StateMachine *machine;
        const char *sql;
    } puts[] = {
        { &request_states, "UPDATE request SET state = ?2, epoch = 5 WHERE institution = ?1" },
        { &document_states, "UPDATE document SET state = ?2, epoch = 5 WHERE institution = ?1" },
        { &making_states, "UPDATE copy SET making = ?2, epoch = 5 WHERE institution = ?1" },
        { &validity_states, "UPDATE copy SET validity = ?2, epoch = 5 WHERE institution = ?1" },
        { &delivery_states, "UPDATE copy SET delivery = ?2, epoch = 5 WHERE institution = ?1" },
        { &job_states, "UPDATE print_job SET state = ?2, epoch = 5 WHERE institution = ?1" },
        { &link_states, "UPDATE phone_link SET state = ?2, epoch = 5 WHERE institution = ?1" },
        { &grant_states, "UPDATE sign_in_grant SET state = ?2, epoch = 5 WHERE institution = ?1" },
        { &invoice_states, "UPDATE invoice SET state = ?2, epoch = 5 WHERE institution = ?1" },
        { &blank_states, "UPDATE blank SET state = ?2, epoch = 5 WHERE institution = ?1" },
        { &ticket_states, "UPDATE ticket SET state = ?2, epoch = 5 WHERE institution = ?1" },
        { &call_states, "UPDATE help_call SET state = ?2, epoch = 5 WHERE institution = ?1" },
    };

    for (size_t i = 0; i < COUNT(puts); i++)
        if (puts[i].machine == trial->machine)
            return RUN(transaction, err, NULL, puts[i].sql, TEXT(state_name(trial->machine, trial->from)));
    return error_set(err, ERR_INTERNAL, "no such machine");
}

static bool try_move(StoreTransaction *transaction, void *arg, Error *err)
{
    const Trial *trial = arg;
    Move move = { .id = ID, .from = trial->from, .to = trial->to, .epoch = 5, .actor = "test", .at_ms = 7000 };

    return state_move(transaction, trial->machine, &move, err);
}

static bool try_stale_move(StoreTransaction *transaction, void *arg, Error *err)
{
    const Trial *trial = arg;
    Move move = { .id = ID, .from = trial->from, .to = trial->to, .epoch = 4, .actor = "test", .at_ms = 7000 };

    return state_move(transaction, trial->machine, &move, err);
}

static bool count_entries(StoreTransaction *transaction, void *arg, Error *err)
{
    OWNED_ROWS rows;
    bool row;
    int64_t *entries = arg;

    if (!ROWS(&rows, transaction, err, "SELECT count(*) FROM act WHERE institution = ?1 AND actor = ?2",
              TEXT("test")) ||
        !rows_next(&rows, &row, err))
        return false;
    *entries = rows_int(&rows, 0);
    return true;
}

static void try_all(Store *store, const Legal *row, int64_t *entries)
{
    const StateMachine *machine = row->machine;
    Trial trial = { .machine = machine };
    Error err = { 0 };
    int64_t now;

    assert_true(state_parse(machine, str_from(row->from), &trial.from));
    for (trial.to = 0; trial.to < machine->count; trial.to++) {
        const char *to = state_name(machine, trial.to);
        bool allowed = holds_word(row->to, to);

        assert_ok(store_write(store, put, &trial, &err), err);
        if (!allowed) {
            error_clear(&err);
            if (store_write(store, try_move, &trial, &err) || err.code != ERR_ARGUMENT)
                fail_msg("%s: %s -> %s was not refused", machine->thing, row->from, to);
        } else {
            assert_refused(store_write(store, try_stale_move, &trial, &err), ERR_CONFLICT, err);
            if (!store_write(store, try_move, &trial, &err))
                fail_msg("%s: %s -> %s: %s", machine->thing, row->from, to, err.text);
            if (trial.from != trial.to) /* the row has gone on: the same move finds it no more */
                assert_refused(store_write(store, try_move, &trial, &err), ERR_CONFLICT, err);
            ++*entries;
        }
        assert_ok(store_read(store, count_entries, &now, &err), err);
        assert_int_equal(now, *entries); /* one entry for each move, none for a refused one */
    }
}

static void only_the_moves_of_the_model_are_made_each_with_its_entry(void **state)
{
    StoreFixture fixture;
    Error err = { 0 };
    int64_t entries = 0;

    (void)state;
    store_fixture_open(&fixture);
    assert_ok(store_write(fixture.store, set_up, NULL, &err), err);
    for (size_t i = 0; i < COUNT(legal); i++)
        try_all(fixture.store, &legal[i], &entries);
    store_fixture_close(&fixture);
}

static void every_state_has_its_row(void **state)
{
    static const StateMachine *const machines[] = { &request_states,  &document_states, &making_states,
                                                    &validity_states, &delivery_states, &job_states,
                                                    &link_states,     &grant_states };

    (void)state;
    for (size_t m = 0; m < COUNT(machines); m++)
        for (int from = 0; from < machines[m]->count; from++) {
            int rows = 0;

            for (size_t i = 0; i < COUNT(legal); i++)
                rows += legal[i].machine == machines[m] && !strcmp(legal[i].from, state_name(machines[m], from));
            if (rows != 1)
                fail_msg("%s %s stands %d times", machines[m]->thing, state_name(machines[m], from), rows);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_state_has_its_row),
        cmocka_unit_test(only_the_moves_of_the_model_are_made_each_with_its_entry),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
