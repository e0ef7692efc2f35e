#include "kiosk/devices/card.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

#include "base/macros.h"
#include "test.h"

#define NEWS_MOST 16
#define WAIT_S    30

static const uint8_t slot_atr[] = { 0x3B, 0x6E, 0x00, 0x00, 0x80, 0x31 };
static const uint8_t tap_atr[] = { 0x3B, 0x8F, 0x80, 0x01, 0x80, 0x4F };

/* A daemon with one reader, as libpcsclite shows them. */
static struct {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool runs, reader, card, cancelled;
    const uint8_t *atr;
    size_t atr_size;
    uint8_t answer[16];
    size_t answer_size;
    int resets; /* so many connections fail */
    unsigned turn;
    int waits, contexts;
    CardNews news[NEWS_MOST];
    int count;
} desk = { .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER };

static LONG establish(DWORD scope UNUSED, LPCVOID a UNUSED, LPCVOID b UNUSED, LPSCARDCONTEXT ret)
{
    pthread_mutex_lock(&desk.lock);
    const bool runs = desk.runs;
    desk.contexts += runs;
    pthread_mutex_unlock(&desk.lock);
    *ret = 1;
    return runs ? SCARD_S_SUCCESS : SCARD_E_NO_SERVICE;
}

static LONG release(SCARDCONTEXT context UNUSED)
{
    pthread_mutex_lock(&desk.lock);
    desk.contexts--;
    pthread_mutex_unlock(&desk.lock);
    return SCARD_S_SUCCESS;
}

static LONG list(SCARDCONTEXT context UNUSED, LPCSTR groups UNUSED, LPSTR names, LPDWORD size)
{
    static const char one[] = "Desk 00 00\0";

    pthread_mutex_lock(&desk.lock);
    const bool runs = desk.runs, there = desk.reader;
    pthread_mutex_unlock(&desk.lock);
    if (!runs)
        return SCARD_E_NO_SERVICE;
    if (!there)
        return SCARD_E_NO_READERS_AVAILABLE;
    memcpy(names, one, sizeof one);
    *size = sizeof one;
    return SCARD_S_SUCCESS;
}

static DWORD state_now(void)
{
    return desk.card ? SCARD_STATE_PRESENT : SCARD_STATE_EMPTY;
}

/* What differs from what the caller knows. */
static bool look(SCARD_READERSTATE *states, DWORD count)
{
    bool any = false;

    for (DWORD i = 0; i + 1 < count; i++) {
        states[i].dwEventState = desk.reader ? state_now() : SCARD_STATE_UNKNOWN;
        states[i].cbAtr = desk.card ? desk.atr_size : 0;
        if (desk.card)
            memcpy(states[i].rgbAtr, desk.atr, desk.atr_size);
        if (states[i].dwEventState != states[i].dwCurrentState) {
            states[i].dwEventState |= SCARD_STATE_CHANGED;
            any = true;
        }
    }
    states[count - 1].dwEventState = 0;
    if ((states[count - 1].dwCurrentState >> 16) != desk.reader) {
        states[count - 1].dwEventState = SCARD_STATE_CHANGED;
        any = true;
    }
    return any;
}

static LONG changes(SCARDCONTEXT context UNUSED, DWORD timeout UNUSED, SCARD_READERSTATE *states, DWORD count)
{
    LONG result = SCARD_S_SUCCESS;

    pthread_mutex_lock(&desk.lock);
    desk.waits++;
    pthread_cond_broadcast(&desk.changed);
    while (desk.runs && !desk.cancelled && !look(states, count))
        pthread_cond_wait(&desk.changed, &desk.lock);
    if (!desk.runs)
        result = SCARD_E_NO_SERVICE;
    else if (desk.cancelled)
        result = SCARD_E_CANCELLED;
    pthread_mutex_unlock(&desk.lock);
    return result;
}

static LONG connect_card(SCARDCONTEXT context UNUSED, LPCSTR reader UNUSED, DWORD mode UNUSED, DWORD protocols UNUSED,
                         LPSCARDHANDLE ret, LPDWORD protocol)
{
    pthread_mutex_lock(&desk.lock);
    const bool fails = !desk.card || desk.resets-- > 0;
    pthread_mutex_unlock(&desk.lock);
    *ret = 7;
    *protocol = SCARD_PROTOCOL_T1;
    return fails ? SCARD_W_RESET_CARD : SCARD_S_SUCCESS;
}

static LONG transmit(SCARDHANDLE card UNUSED, const SCARD_IO_REQUEST *way UNUSED, LPCBYTE sent, DWORD sent_size,
                     SCARD_IO_REQUEST *back UNUSED, LPBYTE answer, LPDWORD size)
{
    static const uint8_t get_data[] = { 0xFF, 0xCA, 0x00, 0x00, 0x00 };

    assert_int_equal(sent_size, sizeof get_data);
    assert_memory_equal(sent, get_data, sizeof get_data);
    memcpy(answer, desk.answer, desk.answer_size);
    *size = desk.answer_size;
    return SCARD_S_SUCCESS;
}

static LONG disconnect(SCARDHANDLE card UNUSED, DWORD how UNUSED)
{
    return SCARD_S_SUCCESS;
}

static LONG cancel(SCARDCONTEXT context UNUSED)
{
    pthread_mutex_lock(&desk.lock);
    desk.cancelled = true;
    pthread_cond_broadcast(&desk.changed);
    pthread_mutex_unlock(&desk.lock);
    return SCARD_S_SUCCESS;
}

static const CardLibrary library = { establish, release, list, changes, connect_card, transmit, disconnect, cancel };

static void heard(void *ctx UNUSED, const CardNews *news)
{
    pthread_mutex_lock(&desk.lock);
    if (desk.count < NEWS_MOST)
        desk.news[desk.count++] = *news;
    pthread_cond_broadcast(&desk.changed);
    pthread_mutex_unlock(&desk.lock);
}

/* The next thing that is told. */
static CardNews next(void)
{
    struct timespec until;
    CardNews news = { .event = CARD_EVENT_COUNT };

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += WAIT_S;
    pthread_mutex_lock(&desk.lock);
    while (desk.count == 0 && pthread_cond_timedwait(&desk.changed, &desk.lock, &until) == 0)
        ;
    if (desk.count > 0) {
        news = desk.news[0];
        memmove(desk.news, desk.news + 1, sizeof desk.news - sizeof desk.news[0]);
        desk.count--;
    }
    pthread_mutex_unlock(&desk.lock);
    return news;
}

/* Changes what stands on the desk, and lets the reader's thread see it. */
#define NOW(...)                                                                                                       \
    do {                                                                                                               \
        pthread_mutex_lock(&desk.lock);                                                                                \
        __VA_ARGS__;                                                                                                   \
        pthread_cond_broadcast(&desk.changed);                                                                         \
        pthread_mutex_unlock(&desk.lock);                                                                              \
    } while (0)

static void put_in(const uint8_t *atr, size_t atr_size, const uint8_t *answer, size_t size)
{
    NOW({
        desk.card = true;
        desk.atr = atr;
        desk.atr_size = atr_size;
        memcpy(desk.answer, answer, size);
        desk.answer_size = size;
    });
}

static CardReader *begin(void)
{
    Error err = { 0 };
    CardReader *reader;

    NOW({
        desk.runs = desk.reader = true;
        desk.card = desk.cancelled = false;
        desk.resets = desk.count = 0;
    });
    reader = card_start(&library, heard, NULL, NULL, &err);
    assert_non_null(reader);
    const CardNews news = next();
    assert_int_equal(news.event, CARD_READERS);
    assert_true(news.reader);
    return reader;
}

static void end(CardReader *reader)
{
    card_stop(reader);
    assert_int_equal(desk.contexts, 0);
}

static const uint8_t seven[] = { 0x04, 0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0x80, 0x90, 0x00 };

static void a_card_in_a_slot_comes_and_is_pulled_out(void **state)
{
    (void)state;
    CardReader *reader = begin();

    for (int i = 0; i < 2; i++) {
        put_in(slot_atr, sizeof slot_atr, seven, sizeof seven);
        const CardNews in = next();
        assert_int_equal(in.event, CARD_IN);
        assert_int_equal(in.fault, CARD_OK);
        assert_true(in.stays);
        assert_string_equal(in.card, "04A1B2C3D4E580");
        NOW(desk.card = false);
        assert_int_equal(next().event, CARD_OUT);
    }
    end(reader);
}

static void a_tap_says_nothing_when_it_is_over(void **state)
{
    (void)state;
    CardReader *reader = begin();

    for (int i = 0; i < 2; i++) {
        put_in(tap_atr, sizeof tap_atr, seven, sizeof seven);
        const CardNews in = next();
        assert_int_equal(in.event, CARD_IN); /* the second one too: nothing was told between them */
        assert_false(in.stays);
        NOW({
            desk.card = false;
            desk.waits = 0;
        });
        pthread_mutex_lock(&desk.lock);
        while (desk.waits == 0)
            pthread_cond_wait(&desk.changed, &desk.lock);
        pthread_mutex_unlock(&desk.lock);
    }
    end(reader);
}

static void what_a_card_answers_is_judged(void **state)
{
    static const struct {
        const char *name;
        uint8_t answer[16];
        size_t size;
        int resets;
        CardFault fault;
    } cases[] = {
        { "while it is put in it resets", { 0x04, 0xA1, 0xB2, 0xC3, 0x90, 0x00 }, 6, 2, CARD_OK },
        { "it never comes to rest", { 0x04, 0xA1, 0xB2, 0xC3, 0x90, 0x00 }, 6, 99, CARD_UNREADABLE },
        { "it has no number", { 0x6A, 0x81 }, 2, 0, CARD_UNREADABLE },
        { "nothing but success", { 0x90, 0x00 }, 2, 0, CARD_UNREADABLE },
        { "a random number", { 0x08, 0xA1, 0xB2, 0xC3, 0x90, 0x00 }, 6, 0, CARD_RANDOM },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        CardReader *reader = begin();

        NOW(desk.resets = cases[i].resets);
        put_in(slot_atr, sizeof slot_atr, cases[i].answer, cases[i].size);
        const CardNews in = next();
        if (in.event != CARD_IN || in.fault != cases[i].fault)
            fail_msg("%s: event %d, fault %d", cases[i].name, (int)in.event, (int)in.fault);
        end(reader);
    }
}

/* A reader that is unplugged takes its card with it; one that is plugged in is heard of. */
static void readers_come_and_go(void **state)
{
    (void)state;
    CardReader *reader = begin();

    put_in(slot_atr, sizeof slot_atr, seven, sizeof seven);
    assert_int_equal(next().event, CARD_IN);
    NOW(desk.reader = desk.card = false);
    assert_int_equal(next().event, CARD_OUT);
    CardNews news = next();
    assert_int_equal(news.event, CARD_READERS);
    assert_false(news.reader);
    NOW(desk.reader = true);
    news = next();
    assert_int_equal(news.event, CARD_READERS);
    assert_true(news.reader);
    put_in(slot_atr, sizeof slot_atr, seven, sizeof seven);
    assert_int_equal(next().event, CARD_IN);
    end(reader);
}

/* The daemon ends with a card in the slot, and comes back. */
static void the_daemon_may_come_and_go(void **state)
{
    (void)state;
    CardReader *reader = begin();

    put_in(slot_atr, sizeof slot_atr, seven, sizeof seven);
    assert_int_equal(next().event, CARD_IN);
    NOW(desk.runs = false);
    assert_int_equal(next().event, CARD_OUT);
    assert_int_equal(next().event, CARD_READERS);
    NOW(desk.runs = true);
    const CardNews news = next();
    assert_int_equal(news.event, CARD_READERS);
    assert_true(news.reader);
    assert_int_equal(next().event, CARD_IN);
    end(reader);
}

static void without_a_daemon_it_waits_and_stops_at_once(void **state)
{
    Error err = { 0 };

    (void)state;
    NOW({
        desk.runs = false;
        desk.count = 0;
    });
    CardReader *reader = card_start(&library, heard, NULL, NULL, &err);
    assert_non_null(reader);
    end(reader);
    assert_int_equal(desk.count, 0);
    card_stop(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_card_in_a_slot_comes_and_is_pulled_out),
        cmocka_unit_test(a_tap_says_nothing_when_it_is_over),
        cmocka_unit_test(what_a_card_answers_is_judged),
        cmocka_unit_test(readers_come_and_go),
        cmocka_unit_test(the_daemon_may_come_and_go),
        cmocka_unit_test(without_a_daemon_it_waits_and_stops_at_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
