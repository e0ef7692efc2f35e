/* The feed: what changed, from the act that changed it to every kiosk that it concerns (wire/events.h).
 *
 * An act says it with feed_say, in its own transaction.  Each registrar has one thread that hears of every commit,
 * whoever made it, has events given their positions, reads the new ones once for all of its kiosks, keeps the last ones
 * in memory, and tells whoever holds requests which topics have news.  What a kiosk missed for longer is read from the
 * register; what is there no more is answered with "reset". */
#ifndef REGISTRAR_OFFICE_FEED_H
#define REGISTRAR_OFFICE_FEED_H

#include "registrar/office/live.h"
#include "registrar/office/office.h"
#include "wire/events.h"

#define FEED_KEEP_S     86400 /* who was away for longer asks for everything anyway */
#define FEED_TOPIC_SIZE 112

typedef struct FeedEvent {
    ApiChange what;
    const char *kiosk;   /* whom; NULL: all of them */
    const char *id;      /* of what changed; NULL: there is none.  Nothing of a person */
    const char *version; /* NULL: not known here */
    int64_t at_ms;
} FeedEvent;

/* Within the act that changes it; heard of when it is committed, and never when it is not. */
bool feed_say(StoreTransaction *transaction, const FeedEvent *event, Error *err) MUST_USE;

typedef struct Feed Feed;

/* told: called on the feed's thread with each topic that has news.  The office is borrowed for the feed's life. */
Feed *feed_start(Office *office, void (*told)(void *ctx, const char *topic), void *ctx, Error *err) MUST_USE;
/* Nobody is told any more when this returns; who asks is still answered.  NULL is accepted. */
void feed_hush(Feed *feed);
void feed_stop(Feed *feed);
OWNED_BY(Feed, feed_stop)

/* What `told` says for events of this kiosk alone (NULL: for those of all). */
void feed_topic(const Feed *feed, const char *kiosk, char ret[FEED_TOPIC_SIZE]);
/* What `told` says when something changed that staff look at (live.h). */
void feed_desk_topic(const Feed *feed, char ret[FEED_TOPIC_SIZE]);
bool feed_is_desks(const char *topic);
/* How often which of it has changed.  Any thread, without the database. */
void feed_desk_counts(Feed *feed, DeskCounts *ret);
/* What there is for a kiosk after a cursor; after < 0: it has none.  Any thread, mostly without the database. */
bool feed_after(Feed *feed, const char *kiosk, int64_t after, ApiEvents *ret, Error *err) MUST_USE;

#endif
