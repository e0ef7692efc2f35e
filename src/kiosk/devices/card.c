#include "kiosk/devices/card.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/memory.h"

#define PNP            "\\\\?PnP?\\Notification" /* pcsc-lite's name for "a reader came or went" */
#define NAMES_BYTES    1024
#define NAME_SIZE      128
#define WAIT_MOST_MS   60000 /* a cancel that came between two waits is noticed then at the latest */
#define CANCEL_EACH_MS 20
#define READS_MOST     3 /* a card that is still being put in resets itself */

typedef struct Reader {
    char name[NAME_SIZE];
    DWORD state;  /* as it was told last */
    bool present; /* a card is in it */
    bool told;    /* ... whose leaving is told */
} Reader;

struct CardReader {
    const CardLibrary *library;
    CardHeard heard;
    void *ctx;
    Log *log;
    pthread_t thread;
    pthread_mutex_t lock; /* of context */
    SCARDCONTEXT context;
    bool open;
    Queue *end; /* closed: stop */
    _Atomic bool stopping, ended;
    /* the thread's own */
    Reader readers[CARD_READERS_MOST];
    size_t count;
    bool there; /* as was told last */
};

static LONG list_readers(SCARDCONTEXT context, LPCSTR groups, LPSTR names, LPDWORD size)
{
    return SCardListReaders(context, groups, names, size);
}

const CardLibrary *card_library(void)
{
    static const CardLibrary library = {
        SCardEstablishContext, SCardReleaseContext, list_readers,    SCardGetStatusChange,
        SCardConnect,          SCardTransmit,       SCardDisconnect, SCardCancel,
    };

    return &library;
}

bool card_is_tap(const uint8_t *atr, size_t size)
{
    return size >= 4 && atr[0] == 0x3B && (atr[1] & 0xF0) == 0x80 && atr[2] == 0x80 && atr[3] == 0x01;
}

static void tell(const CardReader *reader, CardNews *news)
{
    reader->heard(reader->ctx, news);
    mem_wipe(news, sizeof *news);
}

static void tell_readers(CardReader *reader)
{
    const bool there = reader->count > 0;

    if (reader->there == there)
        return;
    reader->there = there;
    tell(reader, &(CardNews){ .event = CARD_READERS, .reader = there });
}

/* --- one card ----------------------------------------------------------------------------------------------------- */

static bool ask_number(const CardReader *reader, SCARDHANDLE card, DWORD protocol, char ret[CARD_TEXT_SIZE],
                       CardFault *ret_fault)
{
    static const BYTE get_data[] = { 0xFF, 0xCA, 0x00, 0x00, 0x00 };
    static const char digits[] = "0123456789ABCDEF";
    const SCARD_IO_REQUEST *way = protocol == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
    BYTE answer[64];
    DWORD size = sizeof answer;
    char hex[2 * sizeof answer];
    size_t length = 0;

    if (reader->library->transmit(card, way, get_data, sizeof get_data, NULL, answer, &size) != SCARD_S_SUCCESS)
        return false;
    if (size > sizeof answer || size < 3 || answer[size - 2] != 0x90 || answer[size - 1] != 0x00) {
        *ret_fault = CARD_UNREADABLE;
        return true;
    }
    for (DWORD i = 0; i + 2 < size; i++) {
        hex[length++] = digits[answer[i] >> 4];
        hex[length++] = digits[answer[i] & 0x0F];
    }
    *ret_fault = card_read(CARD_CHIP, (Str){ hex, length }, ret);
    mem_wipe(answer, sizeof answer);
    mem_wipe(hex, sizeof hex);
    return true;
}

static CardFault read_number(const CardReader *reader, const char *name, char ret[CARD_TEXT_SIZE])
{
    CardFault fault = CARD_UNREADABLE;

    for (int i = 0; i < READS_MOST; i++) {
        SCARDHANDLE card;
        DWORD protocol;

        if (reader->library->connect(reader->context, name, SCARD_SHARE_SHARED, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1,
                                     &card, &protocol) != SCARD_S_SUCCESS)
            continue;
        bool answered = ask_number(reader, card, protocol, ret, &fault);
        (void)reader->library->disconnect(card, SCARD_LEAVE_CARD);
        if (answered)
            return fault;
    }
    return CARD_UNREADABLE;
}

static void look_at_card(const CardReader *reader, Reader *one, const SCARD_READERSTATE *state)
{
    const bool present = (state->dwEventState & SCARD_STATE_PRESENT) != 0;
    CardNews news = { 0 };

    if ((state->dwEventState & SCARD_STATE_MUTE) != 0 && present && !one->present) {
        one->present = true;
        one->told = false;
        tell(reader, &(CardNews){ .event = CARD_IN, .fault = CARD_UNREADABLE });
    } else if (present && !one->present) {
        news.event = CARD_IN;
        news.stays = !card_is_tap(state->rgbAtr, state->cbAtr);
        news.fault = read_number(reader, one->name, news.card);
        one->present = true;
        one->told = news.stays && news.fault == CARD_OK;
        tell(reader, &news);
    } else if (!present && one->present) {
        const bool told = one->told;

        one->present = one->told = false;
        if (told)
            tell(reader, &(CardNews){ .event = CARD_OUT });
    }
    one->state = state->dwEventState & ~(DWORD)SCARD_STATE_CHANGED;
}

/* --- readers ------------------------------------------------------------------------------------------------------ */

/* A reader that is gone took its card with it. */
static void forget_readers(CardReader *reader)
{
    for (size_t i = 0; i < reader->count; i++)
        if (reader->readers[i].told)
            tell(reader, &(CardNews){ .event = CARD_OUT });
    reader->count = 0;
}

static const Reader *known_reader(const Reader *readers, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(readers[i].name, name) == 0)
            return &readers[i];
    return NULL;
}

/* False: the daemon is away. */
static bool list(CardReader *reader)
{
    char names[NAMES_BYTES];
    DWORD size = sizeof names;
    Reader before[CARD_READERS_MOST];
    const size_t count_before = reader->count;
    const LONG result = reader->library->list(reader->context, NULL, names, &size);

    memcpy(before, reader->readers, sizeof before);
    if (result != SCARD_S_SUCCESS && result != SCARD_E_NO_READERS_AVAILABLE)
        return false;
    if (result == SCARD_E_NO_READERS_AVAILABLE)
        size = 0;
    reader->count = 0;
    for (DWORD at = 0; at < size && names[at] && reader->count < CARD_READERS_MOST;) {
        const size_t length = strnlen(names + at, size - at);
        const char *name = names + at;

        if (at + length >= size)
            break;
        const Reader *known = known_reader(before, count_before, name);
        if (known)
            reader->readers[reader->count++] = *known;
        else if (length < NAME_SIZE) {
            Reader *one = &reader->readers[reader->count++];

            *one = (Reader){ .state = SCARD_STATE_UNAWARE };
            memcpy(one->name, name, length + 1);
        }
        at += (DWORD)length + 1;
    }
    for (size_t i = 0; i < count_before; i++)
        if (before[i].told && !known_reader(reader->readers, reader->count, before[i].name))
            tell(reader, &(CardNews){ .event = CARD_OUT });
    tell_readers(reader);
    return true;
}

/* False: the daemon is away, or it is time to stop. */
static bool wait_for_news(CardReader *reader)
{
    SCARD_READERSTATE states[CARD_READERS_MOST + 1] = { 0 };

    for (size_t i = 0; i < reader->count; i++)
        states[i] =
            (SCARD_READERSTATE){ .szReader = reader->readers[i].name, .dwCurrentState = reader->readers[i].state };
    /* The number of readers that we know stands in the upper half: one that came since the list wakes us at once. */
    states[reader->count] = (SCARD_READERSTATE){ .szReader = PNP, .dwCurrentState = (DWORD)reader->count << 16 };
    const LONG result = reader->library->changes(reader->context, WAIT_MOST_MS, states, (DWORD)reader->count + 1);

    if (atomic_load(&reader->stopping))
        return false;
    if (result == SCARD_E_TIMEOUT || result == SCARD_E_CANCELLED)
        return true;
    if (result == SCARD_E_UNKNOWN_READER || result == SCARD_E_READER_UNAVAILABLE)
        return list(reader);
    if (result != SCARD_S_SUCCESS)
        return false;
    const bool other = (states[reader->count].dwEventState & SCARD_STATE_CHANGED) != 0;
    bool lost = false;
    for (size_t i = 0; i < reader->count; i++) {
        if ((states[i].dwEventState & SCARD_STATE_CHANGED) != 0)
            look_at_card(reader, &reader->readers[i], &states[i]);
        lost = lost || (states[i].dwEventState & (SCARD_STATE_UNKNOWN | SCARD_STATE_UNAVAILABLE)) != 0;
    }
    return other || lost ? list(reader) : true;
}

/* --- the thread --------------------------------------------------------------------------------------------------- */

static bool open_daemon(CardReader *reader)
{
    SCARDCONTEXT context;

    if (reader->library->establish(SCARD_SCOPE_SYSTEM, NULL, NULL, &context) != SCARD_S_SUCCESS)
        return false;
    pthread_mutex_lock(&reader->lock);
    reader->context = context;
    reader->open = true;
    pthread_mutex_unlock(&reader->lock);
    return true;
}

static void close_daemon(CardReader *reader)
{
    forget_readers(reader);
    tell_readers(reader);
    pthread_mutex_lock(&reader->lock);
    if (reader->open)
        (void)reader->library->release(reader->context);
    reader->open = false;
    pthread_mutex_unlock(&reader->lock);
}

static void *run(void *arg)
{
    CardReader *reader = arg;
    char nothing;

    while (!atomic_load(&reader->stopping)) {
        if (open_daemon(reader) && list(reader))
            while (wait_for_news(reader))
                ;
        close_daemon(reader);
        if (!atomic_load(&reader->stopping))
            (void)!queue_pop(reader->end, &nothing, CARD_ASK_AGAIN_MS);
    }
    atomic_store(&reader->ended, true);
    return NULL;
}

CardReader *card_start(const CardLibrary *library, CardHeard heard, void *ctx, Log *log, Error *err)
{
    CardReader *reader = mem_new(1, sizeof *reader);

    if (!reader) {
        error_set(err, ERR_MEMORY, "card reader");
        return NULL;
    }
    reader->library = library;
    reader->heard = heard;
    reader->ctx = ctx;
    reader->log = log;
    reader->end = queue_new(1, 1);
    if (!reader->end || pthread_mutex_init(&reader->lock, NULL) != 0) {
        error_set(err, ERR_MEMORY, "card reader");
        queue_free(reader->end);
        mem_free(reader);
        return NULL;
    }
    if (pthread_create(&reader->thread, NULL, run, reader) != 0) {
        error_set(err, ERR_INTERNAL, "card reader's thread");
        pthread_mutex_destroy(&reader->lock);
        queue_free(reader->end);
        mem_free(reader);
        return NULL;
    }
    return reader;
}

/* A cancel ends only a wait that is under way, so it is repeated until the thread has ended. */
void card_stop(CardReader *reader)
{
    char nothing;

    if (!reader)
        return;
    Queue *pause = queue_new(1, 1);
    atomic_store(&reader->stopping, true);
    queue_close(reader->end);
    while (!atomic_load(&reader->ended)) {
        pthread_mutex_lock(&reader->lock);
        if (reader->open)
            (void)reader->library->cancel(reader->context);
        pthread_mutex_unlock(&reader->lock);
        if (pause)
            (void)!queue_pop(pause, &nothing, CANCEL_EACH_MS);
    }
    pthread_join(reader->thread, NULL);
    queue_free(pause);
    pthread_mutex_destroy(&reader->lock);
    queue_free(reader->end);
    mem_free(reader);
}
