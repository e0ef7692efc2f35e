#include "registrar/office/feed.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "registrar/office/inside.h"
#include "registrar/office/sealer.h"
#include "registrar/office/shelf_keeper.h"
#include "registrar/store/events.h"
#include "registrar/store/watch.h"

#define EVERY_KIOSK "kiosks"
#define ONE_KIOSK   "kiosk:"
#define DESKS       "staff"
#define KEPT        256 /* in memory, for all kiosks together */
#define AT_ONCE     32  /* read from the register at a time */
#define PAUSE_MS    5   /* between two rounds: commits that come thick and fast are one round */
#define TROUBLE_MS  1000

static_assert(EVENT_BYTES_MOST <= EVENT_BODY_SIZE, "the register has room for what is told");
static_assert(EVENTS_MOST <= AT_ONCE, "an answer's worth is read at once");

/* --- saying ------------------------------------------------------------------------------------------------------- */

static void write_audience(const char *kiosk, char ret[EVENT_AUDIENCE_SIZE])
{
    snprintf(ret, EVENT_AUDIENCE_SIZE, "%s%s", kiosk ? ONE_KIOSK : EVERY_KIOSK, kiosk ? kiosk : "");
}

bool feed_say(StoreTransaction *transaction, const FeedEvent *event, Error *err)
{
    ApiEvent told = { .what = event->what };
    char audience[EVENT_AUDIENCE_SIZE];
    OWNED_BUF body;

    buf_init(&body, EVENT_BYTES_MOST - 1);
    write_audience(event->kiosk, audience);
    if (event->id && !str_copy(str_from(event->id), told.id, sizeof told.id))
        return error_set(err, ERR_ARGUMENT, "event's id");
    if (event->version && !str_copy(str_from(event->version), told.version, sizeof told.version))
        return error_set(err, ERR_ARGUMENT, "event's version");
    return (api_event_write(&told, &body, err) && events_add(transaction,
                                                             &(Event){ .audience = audience,
                                                                       .body = buf_text(&body),
                                                                       .at_s = event->at_ms / 1000,
                                                                       .keep_s = FEED_KEEP_S },
                                                             err)) ||
           error_add(err, "event of %s", api_change_name(event->what));
}

/* --- the feed ----------------------------------------------------------------------------------------------------- */

typedef struct Reading {
    int64_t after, head;
    DeskCounts desk;
    EventRow rows[AT_ONCE];
    size_t count;
} Reading;

typedef struct Kept {
    int64_t position;
    char audience[EVENT_AUDIENCE_SIZE];
    bool known; /* a newer registrar beside this one may say what this one has no word for */
    ApiEvent event;
} Kept;

struct Feed {
    Office *office;
    StoreWatch *watch;
    void (*told)(void *ctx, const char *topic);
    void *ctx;
    pthread_t thread;
    bool running;
    atomic_bool stopping;
    Reading reading;      /* the thread's alone */
    pthread_mutex_t lock; /* of what follows; only the thread writes it */
    DeskCounts desk;
    int64_t from, head; /* all after from, up to head, are kept */
    size_t first, count;
    Kept kept[KEPT];
};

static void keep(Feed *feed, const EventRow *row)
{
    if (feed->count == KEPT) {
        feed->from = feed->kept[feed->first].position;
        feed->first = (feed->first + 1) % KEPT;
        feed->count--;
    }
    Kept *kept = &feed->kept[(feed->first + feed->count++) % KEPT];
    kept->position = feed->head = row->position;
    memcpy(kept->audience, row->audience, sizeof kept->audience);
    kept->known = api_event_read(str_from(row->body), &kept->event, NULL);
}

/* --- the thread --------------------------------------------------------------------------------------------------- */

static bool read_on(StoreTransaction *transaction, void *arg, Error *err)
{
    Reading *reading = arg;

    reading->count = 0;
    if (!events_head(transaction, &reading->head, err) || !desk_counts_read(transaction, &reading->desk, err))
        return false;
    /* A restore takes positions back: whoever asks from above it begins anew, and so does the feed. */
    return reading->head < reading->after ||
           events_after(transaction, NULL, 0, reading->after, reading->rows, AT_ONCE, &reading->count, err);
}

static void tell(const Feed *feed, const Reading *reading, bool desks)
{
    char topic[FEED_TOPIC_SIZE];

    if (desks) {
        feed_desk_topic(feed, topic);
        feed->told(feed->ctx, topic);
    }
    for (size_t i = 0; i < reading->count; i++) {
        bool before = false;
        for (size_t k = 0; k < i && !before; k++)
            before = strcmp(reading->rows[k].audience, reading->rows[i].audience) == 0;
        if (before)
            continue;
        snprintf(topic, sizeof topic, "%s %s", feed->office->config.institution, reading->rows[i].audience);
        feed->told(feed->ctx, topic);
    }
}

/* What kiosks are known by is remembered for a second (kiosks.c), but not over such a change. */
static bool concerns_standing(const Kept *kept)
{
    return !kept->known || kept->event.what == CHANGED_KIOSK || kept->event.what == CHANGED_SETTINGS;
}

/* Takes in what was read; true: there may be more. */
static bool take_in(Feed *feed, const Reading *reading)
{
    bool standing = false, shelf = false;

    pthread_mutex_lock(&feed->lock);
    const bool desks = memcmp(&feed->desk, &reading->desk, sizeof feed->desk) != 0;
    feed->desk = reading->desk;
    if (reading->head < reading->after) {
        feed->from = feed->head = reading->head;
        feed->count = 0;
    }
    for (size_t i = 0; i < reading->count; i++) {
        keep(feed, &reading->rows[i]);
        const Kept *kept = &feed->kept[(feed->first + feed->count - 1) % KEPT];
        standing = standing || concerns_standing(kept);
        shelf = shelf ||
                (kept->known && (kept->event.what == CHANGED_CATALOGUE || kept->event.what == CHANGED_INFORMATION));
    }
    pthread_mutex_unlock(&feed->lock);
    if (standing)
        memo_clear(feed->office->certificates);
    if (shelf)
        shelf_nudge(feed->office); /* another registrar may have taken it in */
    tell(feed, reading, desks);
    return reading->count == AT_ONCE;
}

static bool catch_up(Feed *feed, Error *err)
{
    Reading *reading = &feed->reading;

    do {
        *reading = (Reading){ .after = feed->head };
        if (!store_read(feed->office->store, read_on, reading, err))
            return error_add(err, "events");
    } while (take_in(feed, reading));
    return true;
}

/* A store that can't be reached fails every round: said once. */
static void note(const Feed *feed, bool done, bool *failing, const Error *why)
{
    if (!done && !*failing)
        log_failure(feed->office->log, LOG_ERROR, EVENT_STORE_FAILED, why, (const LogField[]){ { 0 } });
    *failing = !done;
}

static void pause_for(int ms)
{
    nanosleep(&(struct timespec){ .tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000 }, NULL);
}

static void *feed_main(void *ctx)
{
    Feed *feed = ctx;
    bool failing = false;

    pthread_setname_np(pthread_self(), "feed");
    while (!atomic_load(&feed->stopping)) {
        Error err = { 0 };
        bool changed;
        /* The sealer is asked also when nothing changed: acts are given their places a second after they were done. */
        bool done = sealer_round(feed->office, &err) && catch_up(feed, &err) &&
                    store_watch_wait(feed->watch, SEALER_ACTS_MS, &changed, &err);

        note(feed, done, &failing, &err);
        if (!atomic_load(&feed->stopping))
            pause_for(done ? PAUSE_MS : TROUBLE_MS);
    }
    return NULL;
}

/* What is said from here on is heard: nobody can have been held before. */
static bool begin(StoreTransaction *transaction, void *arg, Error *err)
{
    Feed *feed = arg;

    if (!events_head(transaction, &feed->head, err) || !desk_counts_read(transaction, &feed->desk, err))
        return false;
    feed->from = feed->head;
    return true;
}

Feed *feed_start(Office *office, void (*told)(void *ctx, const char *topic), void *ctx, Error *err)
{
    Feed *feed = mem_new(1, sizeof *feed);

    if (!feed) {
        error_set(err, ERR_MEMORY, "feed");
        return NULL;
    }
    feed->office = office;
    feed->told = told;
    feed->ctx = ctx;
    pthread_mutex_init(&feed->lock, NULL);
    if (store_read(office->store, begin, feed, err))
        feed->watch = store_watch_open(office->store, err);
    if (feed->watch) {
        int failed = pthread_create(&feed->thread, NULL, feed_main, feed);
        feed->running = failed == 0;
        if (failed)
            error_set_cause(err, ERR_MEMORY, failed, "feed's thread");
    }
    if (feed->running)
        return feed;
    feed_stop(feed);
    return NULL;
}

void feed_hush(Feed *feed)
{
    if (!feed || !feed->running)
        return;
    atomic_store(&feed->stopping, true);
    store_watch_wake(feed->watch);
    pthread_join(feed->thread, NULL);
    feed->running = false;
}

void feed_stop(Feed *feed)
{
    if (!feed)
        return;
    feed_hush(feed);
    store_watch_close(feed->watch);
    pthread_mutex_destroy(&feed->lock);
    mem_free(feed);
}

/* --- for a kiosk -------------------------------------------------------------------------------------------------- */

void feed_topic(const Feed *feed, const char *kiosk, char ret[FEED_TOPIC_SIZE])
{
    char audience[EVENT_AUDIENCE_SIZE];

    write_audience(kiosk, audience);
    snprintf(ret, FEED_TOPIC_SIZE, "%s %s", feed->office->config.institution, audience);
}

/* --- for staff ---------------------------------------------------------------------------------------------------- */

void feed_desk_topic(const Feed *feed, char ret[FEED_TOPIC_SIZE])
{
    snprintf(ret, FEED_TOPIC_SIZE, "%s %s", feed->office->config.institution, DESKS);
}

bool feed_is_desks(const char *topic)
{
    return str_ends(str_from(topic), STR(" " DESKS));
}

void feed_desk_counts(Feed *feed, DeskCounts *ret)
{
    pthread_mutex_lock(&feed->lock);
    *ret = feed->desk;
    pthread_mutex_unlock(&feed->lock);
}

/* --- what there is ------------------------------------------------------------------------------------------------ */

static void add(ApiEvents *events, const ApiEvent *event, int64_t position)
{
    events->items[events->count++] = *event;
    if (events->count == EVENTS_MOST)
        events->cursor = position; /* the next ones come with the next asking */
}

/* False: it asks for more than is kept here. */
static bool collect(Feed *feed, const char *audience, int64_t after, ApiEvents *ret)
{
    pthread_mutex_lock(&feed->lock);
    bool kept = after >= feed->from && after <= feed->head;
    ret->cursor = feed->head;
    for (size_t i = 0; kept && i < feed->count && ret->count < EVENTS_MOST; i++) {
        const Kept *one = &feed->kept[(feed->first + i) % KEPT];

        if (one->position > after && one->known &&
            (strcmp(one->audience, EVERY_KIOSK) == 0 || strcmp(one->audience, audience) == 0))
            add(ret, &one->event, one->position);
    }
    pthread_mutex_unlock(&feed->lock);
    return kept;
}

typedef struct Looking {
    const char *audience;
    int64_t after, head;
    bool lost;
    EventRow next, rows[EVENTS_MOST];
    size_t count;
} Looking;

static bool look(StoreTransaction *transaction, void *arg, Error *err)
{
    Looking *looking = arg;
    const char *const audiences[] = { EVERY_KIOSK, looking->audience };
    size_t any;

    looking->count = 0;
    if (!events_head(transaction, &looking->head, err) ||
        !events_after(transaction, NULL, 0, looking->after, &looking->next, 1, &any, err))
        return false;
    /* Positions have no gaps: where the next one is missing it was purged. */
    looking->lost =
        looking->after < 0 || looking->after > looking->head || (any && looking->next.position != looking->after + 1);
    return looking->lost || events_after(transaction, audiences, COUNT(audiences), looking->after, looking->rows,
                                         EVENTS_MOST, &looking->count, err);
}

bool feed_after(Feed *feed, const char *kiosk, int64_t after, ApiEvents *ret, Error *err)
{
    Looking looking = { .after = after };
    char audience[EVENT_AUDIENCE_SIZE];
    ApiEvent event;

    *ret = (ApiEvents){ 0 };
    write_audience(kiosk, audience);
    if (collect(feed, audience, after, ret))
        return true;
    looking.audience = audience;
    if (!store_read(feed->office->store, look, &looking, err))
        return error_add(err, "events");
    *ret = (ApiEvents){ .cursor = looking.head, .reset = looking.lost };
    for (size_t i = 0; i < looking.count; i++)
        if (api_event_read(str_from(looking.rows[i].body), &event, NULL))
            add(ret, &event, looking.rows[i].position);
    if (looking.count == EVENTS_MOST)
        ret->cursor = looking.rows[EVENTS_MOST - 1].position;
    return true;
}
