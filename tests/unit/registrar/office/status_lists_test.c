#include "fixture.h"

#include "base/memory.h"
#include "registrar/office/finisher.h"
#include "registrar/office/status_lists.h"

typedef struct Published {
    bool found;
    int64_t version;
    StatusList list;
} Published;

/* As a checker fetches and reads it. */
static Published *fetch(OfficeFixture *fixture, uint32_t number)
{
    Published *published = mem_new(1, sizeof *published);
    OWNED_BUF body;
    CosePublicKey keys[4];
    Error err = { 0 };
    size_t count = office_public_keys(fixture->office, keys, COUNT(keys));

    assert_non_null(published);
    buf_init(&body, 64u << 10);
    assert_ok(office_status_list(fixture->office, number, &published->found, &published->version, &body, &err), err);
    for (size_t i = 0; i < count && published->found; i++)
        if (keys[i].use == COSE_STATUS_LIST)
            assert_ok(status_list_read(&keys[i], buf_str(&body), &published->list, &err), err);
    return published;
}
#define OWNED_PUBLISHED __attribute__((cleanup(published_cleanup))) Published *

static void published_cleanup(Published **published)
{
    mem_free(*published);
}

static ApiIssued issue(OfficeFixture *fixture, int n)
{
    static const char *const receivers[] = { "any", "bank", "embassy", "court" };
    const Session session = fixture_session(fixture, 1, &fixture->kiosk);
    ApiRequest request = fixture_request(receivers[n % 4]);
    ApiIssued issued = { 0 };
    ApiProblem problem;
    Error err = { 0 };
    bool made;

    assert_ok(office_request(fixture->office, &session, fixture_key(n), &request, &problem, &made, &issued, &err), err);
    assert_int_equal(problem.kind, PROBLEM_NONE);
    return issued;
}

static void round_once(OfficeFixture *fixture)
{
    Error err = { 0 };

    assert_ok(finisher_round(fixture->office, &err), err);
}

typedef struct Moving {
    const char *copy;
    CopyValidity to;
} Moving;

static bool move(StoreTransaction *transaction, void *arg, Error *err)
{
    const Moving *moving = arg;
    CopyRow copy;
    bool found;

    return copies_get(transaction, moving->copy, &found, &copy, err) &&
           state_move(transaction, &validity_states,
                      &(Move){ .id = copy.id,
                               .from = (int)copy.validity,
                               .to = (int)moving->to,
                               .epoch = copy.epoch,
                               .actor = "test",
                               .at_ms = fixture_clock(NULL) },
                      err);
}

static uint32_t index_of(OfficeFixture *fixture, const char *copy)
{
    char sql[128];

    snprintf(sql, sizeof sql, "SELECT status_index FROM copy WHERE id = '%s'", copy);
    return (uint32_t)fixture_rows(fixture, sql);
}

static void a_change_is_published_with_the_next_round(void **state)
{
    static const struct {
        CopyValidity to;
        SealStatus status;
    } steps[] = { { VALIDITY_SUSPENDED, STATUS_SUSPENDED },
                  { VALIDITY_VALID, STATUS_VALID },
                  { VALIDITY_REVOKED, STATUS_REVOKED } };
    OfficeFixture fixture;
    Error err = { 0 };
    int64_t version = 0;

    (void)state;
    fixture_open(&fixture);
    OWNED_PUBLISHED none = fetch(&fixture, 1);
    assert_false(none->found);
    ApiIssued paper = issue(&fixture, 1);
    for (size_t i = 0; i <= COUNT(steps); i++) {
        if (i > 0)
            assert_ok(store_write(fixture.store, move, &(Moving){ paper.job.copy, steps[i - 1].to }, &err), err);
        round_once(&fixture);
        OWNED_PUBLISHED now = fetch(&fixture, 1);
        assert_true(now->found);
        assert_true(now->version > version && now->version == now->list.version);
        version = now->version;
        assert_int_equal(status_list_get(&now->list, index_of(&fixture, paper.job.copy)),
                         i > 0 ? steps[i - 1].status : STATUS_VALID);
        assert_string_equal(now->list.issuer, "hujjat.namuna.uz");
        assert_int_equal(now->list.list, 1);
        assert_int_equal(now->list.era, 1);
        assert_int_equal(now->list.issued_at_s, fixture_clock(NULL) / 1000);
        assert_int_equal(now->list.expires_at_s - now->list.issued_at_s, 86400);
        assert_int_equal(now->list.head_count, 1);
        assert_string_equal(now->list.heads[0].register_name, "M");
        assert_int_equal(now->list.heads[0].year, 2026);
        assert_int_equal(now->list.heads[0].number, 1);
    }
    round_once(&fixture);
    OWNED_PUBLISHED same = fetch(&fixture, 1);
    assert_int_equal(same->version, version); /* nothing changed: nothing is signed */
    fixture_close(&fixture);
}

static void it_is_renewed_by_time_and_by_numbers(void **state)
{
    OfficeFixture fixture;

    (void)state;
    fixture_open(&fixture);
    (void)issue(&fixture, 1);
    round_once(&fixture);
    OWNED_PUBLISHED first = fetch(&fixture, 1);
    fixture_pass(STATUS_RENEW_S - 1);
    round_once(&fixture);
    OWNED_PUBLISHED kept = fetch(&fixture, 1);
    assert_int_equal(kept->version, first->version);
    fixture_pass(1);
    round_once(&fixture);
    OWNED_PUBLISHED renewed = fetch(&fixture, 1);
    assert_int_equal(renewed->version, first->version + STATUS_RENEW_S);

    fixture_rows(&fixture, "UPDATE counter SET last = last + 49");
    round_once(&fixture);
    OWNED_PUBLISHED few = fetch(&fixture, 1);
    assert_int_equal(few->version, renewed->version);
    fixture_rows(&fixture, "UPDATE counter SET last = last + 1");
    round_once(&fixture);
    OWNED_PUBLISHED many = fetch(&fixture, 1);
    assert_int_equal(many->version, renewed->version + 1); /* the clock stood still: it rises all the same */
    assert_int_equal(many->list.heads[0].number, 51);
    fixture_close(&fixture);
}

static bool keep_bits(StoreTransaction *transaction, void *arg, Error *err)
{
    const StatusList *kept = arg;

    return RUN(transaction, err, &(int){ 0 },
               "UPDATE status_list SET kept = ?2, changes = changes + 1 WHERE institution = ?1",
               BYTES(kept->places, sizeof kept->places));
}

/* What a restore kept of copies that nobody knows any more. */
static void lost_copies_keep_their_bits(void **state)
{
    OfficeFixture fixture;
    Error err = { 0 };

    (void)state;
    fixture_open(&fixture);
    ApiIssued paper = issue(&fixture, 1);
    uint32_t own = index_of(&fixture, paper.job.copy), lost = own == 7 ? 8 : 7;
    StatusList *kept = mem_new(1, sizeof *kept);
    assert_non_null(kept);
    status_list_set(kept, lost, STATUS_REVOKED);
    assert_ok(store_write(fixture.store, keep_bits, kept, &err), err);
    mem_free(kept);
    round_once(&fixture);
    OWNED_PUBLISHED now = fetch(&fixture, 1);
    assert_int_equal(status_list_get(&now->list, lost), STATUS_REVOKED);
    assert_int_equal(status_list_get(&now->list, own), STATUS_VALID);
    fixture_close(&fixture);
}

static void each_validity_has_its_status(void **state)
{
    (void)state;
    assert_int_equal(status_of_validity(VALIDITY_VALID), STATUS_VALID);
    assert_int_equal(status_of_validity(VALIDITY_SUSPENDED), STATUS_SUSPENDED);
    assert_int_equal(status_of_validity(VALIDITY_REVOKED), STATUS_REVOKED);
    assert_int_equal(status_of_validity(VALIDITY_REPLACED), STATUS_SUPERSEDED);
    assert_int_equal(status_of_validity(VALIDITY_EXPIRED), STATUS_SUPERSEDED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_is_published_with_the_next_round),
        cmocka_unit_test(it_is_renewed_by_time_and_by_numbers),
        cmocka_unit_test(lost_copies_keep_their_bits),
        cmocka_unit_test(each_validity_has_its_status),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
