#include "registrar/office/hemis_budget.h"

#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"

#define ROWS_MOST 128 /* twice what an hour can spend */

/* --- judging ----------------------------------------------------------------------------------------------------- */

/* Until when a row counts within a span; one that is still being asked about counts from when its answer must be
 * there. */
static int64_t counts_until(const HemisTryRow *row, int64_t span_s)
{
    return row->at_s + span_s + (row->outcome == HEMIS_TRY_ASKED ? HEMIS_TRY_OPEN_S : 0);
}

static bool is_open(const HemisTryRow *row, int64_t now_s)
{
    return row->outcome == HEMIS_TRY_ASKED && now_s < row->at_s + HEMIS_TRY_OPEN_S;
}

/* One of the limits: how many of which rows. */
typedef struct Share {
    const char *kiosk, *account; /* NULL: of whatever */
    bool unknown;                /* one that is known counts for nothing here, */
    bool unknown_open;           /* or only once it was refused */
    int64_t span_s;
    int most;
} Share;

static bool is_of(const HemisTryRow *row, const Share *share)
{
    return (!share->unknown || !row->known) && (!share->kiosk || strcmp(row->kiosk, share->kiosk) == 0) &&
           (!share->account || strcmp(row->account, share->account) == 0);
}

/* Sorts what it puts in: the soonest first. */
static void put_in(int64_t *times, size_t count, int64_t time)
{
    while (count > 0 && times[count - 1] > time) {
        times[count] = times[count - 1];
        count--;
    }
    times[count] = time;
}

static HemisRoom room_of(const HemisTryRow *rows, size_t count, const Share *share, int64_t now_s, int *wait_s)
{
    int64_t until_s[ROWS_MOST];
    size_t spent = 0, open = 0;

    for (size_t i = 0; i < count; i++) {
        if (!is_of(&rows[i], share) || now_s >= counts_until(&rows[i], share->span_s))
            continue;
        if (is_open(&rows[i], now_s))
            open += !share->unknown_open || !rows[i].known;
        else if (spent < ROWS_MOST)
            put_in(until_s, spent++, counts_until(&rows[i], share->span_s));
    }
    if (spent >= (size_t)share->most) {
        int64_t left_s = until_s[spent - (size_t)share->most] - now_s;
        if (left_s > *wait_s)
            *wait_s = (int)left_s;
        return HEMIS_ROOM_SPENT;
    }
    return spent + open >= (size_t)share->most ? HEMIS_ROOM_SOON : HEMIS_ROOM;
}

HemisRoom hemis_budget_judge(const HemisTryRow *rows, size_t count, const HemisTryRow *more, HemisTryLimits limits,
                             int64_t now_s, int *ret_wait_s)
{
    const Share shares[] = {
        { .span_s = HEMIS_TRY_SPAN_S, .most = limits.in_all + HEMIS_TRIES_OF_KNOWN },
        { .account = more->account, .span_s = HEMIS_TRY_HOUR_S, .most = HEMIS_TRIES_AN_HOUR },
        { .span_s = HEMIS_TRY_SPAN_S, .most = limits.in_all, .unknown_open = true },
        { .kiosk = more->kiosk, .unknown = true, .span_s = HEMIS_TRY_SPAN_S, .most = limits.at_kiosk },
        { .account = more->account, .unknown = true, .span_s = HEMIS_TRY_SPAN_S, .most = HEMIS_TRIES_ACCOUNT },
    };
    const size_t held = more->known ? 2 : COUNT(shares);
    HemisRoom room = HEMIS_ROOM;

    *ret_wait_s = 0;
    for (size_t i = 0; i < held; i++) {
        HemisRoom here = room_of(rows, count, &shares[i], now_s, ret_wait_s);
        room = here > room ? here : room;
    }
    return room;
}

/* --- the database ------------------------------------------------------------------------------------------------ */

static bool whom(const Office *office, const char *what, const char *who, char ret[HEMIS_TRY_WHOM_SIZE], Error *err)
{
    uint8_t key[SHA256_SIZE];
    OWNED_BUF text;
    OWNED_BUF hex;

    buf_init(&text, 512);
    buf_init(&hex, HEMIS_TRY_WHOM_SIZE);
    buf_add_format(&text, "hemis-try\n%s\n%s", what, who);
    bool done = buf_ok(&text, err) &&
                hmac_sha256((Str){ (const char *)office->keys.pepper, KEY_SIZE }, buf_str(&text), key, err);
    if (done)
        hex_write(&hex, key, sizeof key);
    mem_wipe(text.data, text.len);
    return done && buf_ok(&hex, err) && str_copy(buf_str(&hex), ret, HEMIS_TRY_WHOM_SIZE);
}

typedef struct Reserving {
    HemisTryLimits limits;
    int64_t now_s;
    HemisTry *try;
    HemisRoom room;
    int wait_s;
} Reserving;

static bool mostly_lost(const HemisTryRow *rows, size_t count, int64_t now_s)
{
    int more = 0;

    for (size_t i = 0; i < count; i++)
        if (!is_open(&rows[i], now_s) && now_s < counts_until(&rows[i], HEMIS_TRY_SPAN_S))
            more += rows[i].outcome == HEMIS_TRY_REFUSED ? -1 : 1;
    return more > 0;
}

static bool look(StoreTransaction *transaction, void *arg, Error *err)
{
    Reserving *reserving = arg;
    HemisTryRow rows[ROWS_MOST];
    size_t count;

    if (!hemis_tries_read(transaction, reserving->now_s, rows, COUNT(rows), &count, err))
        return false;
    reserving->room =
        hemis_budget_judge(rows, count, &reserving->try->row, reserving->limits, reserving->now_s, &reserving->wait_s);
    reserving->try->mostly_lost = mostly_lost(rows, count, reserving->now_s);
    return true;
}

static bool reserve(StoreTransaction *transaction, void *arg, Error *err)
{
    Reserving *reserving = arg;

    return look(transaction, reserving, err) &&
           (reserving->room != HEMIS_ROOM ||
            hemis_tries_add(transaction, &reserving->try->row, counts_until(&reserving->try->row, HEMIS_TRY_HOUR_S),
                            err));
}

/* A look first: who has to wait costs no write. */
bool hemis_try_reserve(Office *office, const char *kiosk, const char *account, bool known, HemisTry *ret,
                       HemisRoom *ret_room, int *ret_wait_s, Error *err)
{
    const OfficeConfig *config = &office->config;
    Reserving reserving = { .limits = { config->hemis_tries > 0 ? config->hemis_tries : HEMIS_TRIES_IN_ALL,
                                        config->hemis_tries_kiosk > 0 ? config->hemis_tries_kiosk : HEMIS_TRIES_KIOSK },
                            .now_s = office_now_s(office),
                            .try = ret };

    *ret = (HemisTry){ .row = { .known = known, .outcome = HEMIS_TRY_ASKED, .at_s = reserving.now_s } };
    if (!office_new_id(office, ret->row.id, err) || !whom(office, "kiosk", kiosk, ret->row.kiosk, err) ||
        !whom(office, "account", account, ret->row.account, err) || !store_read(office->store, look, &reserving, err) ||
        (reserving.room == HEMIS_ROOM && !store_write(office->store, reserve, &reserving, err)))
        return error_add(err, "HEMIS try");
    *ret_room = reserving.room;
    *ret_wait_s = reserving.wait_s;
    return true;
}

typedef struct Ending {
    const HemisTry *try;
    bool returned;
    HemisTryOutcome outcome;
    int64_t now_s;
} Ending;

static bool end(StoreTransaction *transaction, void *arg, Error *err)
{
    const Ending *ending = arg;
    const char *id = ending->try->row.id;

    if (ending->returned)
        return hemis_tries_return(transaction, id, err);
    return hemis_tries_end(transaction, id, ending->outcome, ending->now_s, ending->now_s + HEMIS_TRY_HOUR_S, err);
}

bool hemis_try_end(Office *office, const HemisTry *try, HemisOutcome outcome, bool told, Error *err)
{
    Ending ending = { .try = try,
                      .returned = outcome == HEMIS_OK || !told,
                      .outcome = outcome == HEMIS_REFUSED ? HEMIS_TRY_REFUSED : HEMIS_TRY_LOST,
                      .now_s = office_now_s(office) };

    return store_write(office->store, end, &ending, err) || error_add(err, "HEMIS try");
}
