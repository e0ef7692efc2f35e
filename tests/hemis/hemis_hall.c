/* A hall of kiosks behind one address, and HEMIS's limits by a clock that is not waited for: the real office over a
 * real database, a HEMIS in the mind (tests/unit/registrar/office/hemis_world.h) that counts failures as HEMIS does.
 *
 *   hemis_hall DAYS HOURS KIOSKS SEED [--no-budget | --changes]      prints what was seen; exit code 1 where a limit
 * was tripped, or somebody was shut out whom HEMIS accepted before
 *
 * Three tries of ten have a wrong password, and who was refused tries twice more.  One at the first kiosk tries all
 * day, the own number and others'.  With --changes some changed their password in HEMIS and type the old one first:
 * those are refused though the verifier knows them, and three such in ten minutes may keep others out, so that this is
 * told only. */
#include "registrar/office/fixture.h"
#include "registrar/office/hemis_world.h"

#include "registrar/office/hemis_budget.h"
#include "registrar/office/sessions.h"

#define KIOSKS_MOST     200
#define STUDENTS        240
#define KNOWN           150 /* who signed in the evening before */
#define VISIT_EVERY_S   600 /* at a kiosk, on average */
#define VILLAIN_EVERY_S 20
#define OPENS_S         (9 * 3600)
#define WRONG_PERCENT   30
#define CHANGE_PERCENT  2 /* of visitors: the password was changed since */
#define TRIES_A_VISIT   3
#define OUTCOMES        6

typedef struct Hall {
    OfficeFixture fixture;
    HemisWorld world;
    Hemis *hemis;
    int kiosks;
    bool changes;
    int64_t next_ms[KIOSKS_MOST];
    bool accepted[STUDENTS];       /* with the password that it is still, less than 30 days ago */
    int64_t accepted_ms[STUDENTS]; /* when last */
    uint64_t dice;
    int64_t visits, tries, wrong_typed, outcomes[OUTCOMES], away, shut_out, known_right, new_right, new_turned_away;
} Hall;

static int64_t roll(Hall *hall, int64_t below)
{
    hall->dice = hall->dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int64_t)((hall->dice >> 33) % (uint64_t)below);
}

static SignInOutcome ask(Hall *hall, int kiosk, const char *number, const char *password, bool *ret_away)
{
    ApiSignIn given = { 0 };
    ApiSession session = { 0 };
    Kiosk at = { .place = "" };
    SignInOutcome outcome;
    Error err = { 0 };
    int retry_after_s;

    (void)snprintf(at.id, sizeof at.id, "H-%d", kiosk);
    str_copy_cut(str_from(number), given.number, sizeof given.number);
    str_copy_cut(str_from(password), given.password, sizeof given.password);
    assert_ok(sign_in(hall->fixture.office, &at, "10.0.0.1", &given, &outcome, &session, &retry_after_s, &err), err);
    hall->tries++;
    hall->outcomes[outcome]++;
    *ret_away = outcome == SIGN_IN_DONE && session.from_verifier;
    hall->away += *ret_away;
    return outcome;
}

/* Shut out: HEMIS accepted this very password here before, and it is not let in.  (Who typed wrong ones again and again
 * waits for the office's own sake, as where there is no HEMIS.) */
static void judge_right(Hall *hall, int student, SignInOutcome outcome)
{
    const int64_t now_ms = fixture_clock(NULL);
    const bool known = hall->accepted[student] && now_ms - hall->accepted_ms[student] < INT64_C(29) * 86400000;

    hall->known_right += known;
    hall->new_right += !known;
    if (outcome == SIGN_IN_DONE) {
        hall->accepted[student] = true;
        hall->accepted_ms[student] = now_ms;
    } else if (!known)
        hall->new_turned_away++;
    else if (outcome != SIGN_IN_LIMITED)
        hall->shut_out++;
}

/* The first that comes to mind is the old password, where it was changed. */
static void visit(Hall *hall, int kiosk)
{
    const int student = 1 + (int)roll(hall, STUDENTS - 1);
    char number[HEMIS_NUMBER_SIZE], password[64], old[64];
    bool types_old = false, away;

    hall->visits++;
    hemis_world_number(student, number);
    hemis_world_password(&hall->world, student, old);
    if (hall->changes && roll(hall, 100) < CHANGE_PERCENT) {
        hall->world.changed[student]++;
        types_old = true;
        hall->accepted[student] = false;
    }
    hemis_world_password(&hall->world, student, password);
    for (int try = 0; try < TRIES_A_VISIT; try++) {
        const bool wrong = types_old || roll(hall, 100) < WRONG_PERCENT;
        const char *typed = types_old ? old : wrong ? "notogri" : password;
        const SignInOutcome outcome = ask(hall, kiosk, number, typed, &away);

        hall->wrong_typed += wrong;
        if (!wrong)
            judge_right(hall, student, outcome);
        if (outcome == SIGN_IN_DONE || outcome == SIGN_IN_SPENT || outcome == SIGN_IN_LIMITED)
            return; /* who is told to use another way does */
        types_old = false;
        atomic_fetch_add(&fixture_ms, 4000 + roll(hall, 12000));
    }
}

/* Student 0, who is nobody's friend. */
static void villain(Hall *hall)
{
    const int student = roll(hall, 2) ? 0 : (int)roll(hall, STUDENTS);
    char number[HEMIS_NUMBER_SIZE];
    bool away;

    hemis_world_number(student, number);
    (void)ask(hall, 0, number, "taxmin", &away);
}

static void day(Hall *hall, int64_t opens_ms, int64_t closes_ms)
{
    atomic_store(&fixture_ms, opens_ms);
    for (int i = 0; i < hall->kiosks; i++)
        hall->next_ms[i] = opens_ms + roll(hall, VISIT_EVERY_S * 1000);
    for (;;) {
        int first = 0;

        for (int i = 1; i < hall->kiosks; i++)
            if (hall->next_ms[i] < hall->next_ms[first])
                first = i;
        if (hall->next_ms[first] > closes_ms)
            return;
        if (hall->next_ms[first] > fixture_clock(NULL))
            atomic_store(&fixture_ms, hall->next_ms[first]);
        if (first == 0)
            villain(hall);
        else
            visit(hall, first);
        hall->next_ms[first] =
            fixture_clock(NULL) + (first == 0 ? VILLAIN_EVERY_S * 1000 : roll(hall, 2 * VISIT_EVERY_S * 1000));
    }
}

/* Nobody else is there, and nobody mistypes: what a term leaves behind. */
static void evening_before(Hall *hall, int64_t at_ms)
{
    char number[HEMIS_NUMBER_SIZE], password[64];
    bool away;

    atomic_store(&fixture_ms, at_ms);
    for (int i = 1; i <= KNOWN; i++) {
        hemis_world_number(i, number);
        hemis_world_password(&hall->world, i, password);
        assert_int_equal(ask(hall, i % hall->kiosks, number, password, &away), SIGN_IN_DONE);
        hall->accepted[i] = true;
        hall->accepted_ms[i] = fixture_clock(NULL);
        atomic_fetch_add(&fixture_ms, 2000);
    }
}

static void open_hall(Hall *hall, int kiosks, int64_t seed, bool budget)
{
    fixture_open(&hall->fixture);
    hall->hemis = hemis_world_open(&hall->world, STUDENTS);
    hall->world.dice = (uint64_t)seed;
    hall->world.takes_most_ms = 1500; /* twice a login: up to three seconds until it is answered */
    hall->dice = (uint64_t)seed * 2654435761U + 1;
    hall->kiosks = kiosks;
    office_close(hall->fixture.office);
    hall->fixture.config.hemis = hall->hemis;
    hall->fixture.config.hemis_tries = budget ? 0 : 1000000;
    hall->fixture.config.hemis_tries_kiosk = budget ? 0 : 1000000;
    hall->fixture.config.wrong_tries_a_source = 1800; /* the setting's default */
    fixture_office_open(&hall->fixture);
    for (int i = 0; i < kiosks; i++) {
        char id[16];

        (void)snprintf(id, sizeof id, "H-%d", i);
        hemis_world_kiosk(&hall->fixture, id);
    }
}

static void tell(const Hall *hall, int64_t days, int64_t hours)
{
    const HemisWorld *world = &hall->world;

    printf("%lld days of %lld h, %d kiosks: %lld visits, %lld tries, %lld of them wrong passwords\n", (long long)days,
           (long long)hours, hall->kiosks, (long long)hall->visits, (long long)hall->tries,
           (long long)hall->wrong_typed);
    printf("  signed in %lld, refused %lld, told to wait %lld, told of other ways %lld, busy %lld, HEMIS away %lld\n",
           (long long)hall->outcomes[SIGN_IN_DONE], (long long)hall->outcomes[SIGN_IN_REFUSED],
           (long long)hall->outcomes[SIGN_IN_LIMITED], (long long)hall->outcomes[SIGN_IN_SPENT],
           (long long)hall->outcomes[SIGN_IN_BUSY], (long long)hall->outcomes[SIGN_IN_AWAY]);
    printf("  HEMIS: %lld logins, %lld refused; most in its ten minutes %d, of one login in its hour %d\n",
           (long long)world->logins, (long long)world->wrong, world->most_of_address, world->most_of_login);
    printf(
        "  right ones: %lld of who was here before, %lld of these shut out; %lld new, %lld of these sent another way\n",
        (long long)hall->known_right, (long long)hall->shut_out, (long long)hall->new_right,
        (long long)hall->new_turned_away);
    printf("limit of the address tripped %lld times, of a login %lld times\n", (long long)world->over_address,
           (long long)world->over_login);
}

int main(int argc, char **argv)
{
    static Hall hall;
    int64_t days, hours, kiosks, seed;
    const bool budget = argc != 6 || strcmp(argv[5], "--no-budget") != 0;
    hall.changes = argc == 6 && strcmp(argv[5], "--changes") == 0;

    if ((argc != 5 && argc != 6) || !str_to_i64(str_from(argv[1]), 1, 1000, &days) ||
        !str_to_i64(str_from(argv[2]), 1, 15, &hours) || !str_to_i64(str_from(argv[3]), 2, KIOSKS_MOST, &kiosks) ||
        !str_to_i64(str_from(argv[4]), 1, INT32_MAX, &seed)) {
        fputs("usage: hemis_hall DAYS HOURS KIOSKS SEED [--no-budget | --changes]\n", stderr);
        return 2;
    }
    open_hall(&hall, (int)kiosks, seed, budget);
    const int64_t first_ms = fixture_clock(NULL) / 86400000 * 86400000 + OPENS_S * INT64_C(1000);
    evening_before(&hall, first_ms);
    for (int64_t i = 1; i <= days; i++)
        day(&hall, first_ms + i * 86400000, first_ms + i * 86400000 + hours * 3600000);
    tell(&hall, days, hours);
    const bool kept = hall.world.over_address + hall.world.over_login == 0 && (hall.changes || hall.shut_out == 0) &&
                      hall.known_right > 0 && hall.world.right > KNOWN && hall.world.wrong > 0;
    fixture_close(&hall.fixture);
    hemis_world_close(&hall.world, hall.hemis);
    return kept ? 0 : 1;
}
