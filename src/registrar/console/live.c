/* /office/live: what changes, for pages that stand open (office/live.h).  Server-Sent Events, one an answer: a
 * browser's EventSource asks again by itself, with the id of the last answer, and so has a request open nearly all the
 * time that takes no thread.  An event names topics and nothing else: the page asks for itself anew, with the rights
 * that it has then. */
#include <string.h>

#include "registrar/console/pages.h"
#include "registrar/http/query.h"
#include "registrar/office/feed.h"

#define HELD_MS 25000
/* Until the browser asks again.  At once where nothing was told; after a change a while later, so that of a hundred
 * changes in a second a page sees one, and somewhere in it, so that those that heard together part again. */
#define SOON_MS   100
#define LATER_MS  1200
#define JITTER_MS 800

static_assert(FEED_TOPIC_SIZE <= HTTP_HOLD_TOPIC_SIZE, "the feed's topics are those that requests are held for");

typedef struct Wanted {
    bool any, of[DESK_TOPIC_COUNT];
} Wanted;

/* Whoever may not look at something is not told that it changes either. */
static const Right rights[] = {
    [DESK_PRINTS] = RIGHT_PRINTS, [DESK_REQUESTS] = RIGHT_REQUESTS, [DESK_HALL] = RIGHT_HALL,
    [DESK_CALLS] = RIGHT_HALL,    [DESK_PRINTERS] = RIGHT_PRINTS,   [DESK_STUDENTS] = RIGHT_STUDENTS,
};
static_assert(COUNT(rights) == DESK_TOPIC_COUNT, "one right per topic");

/* "?topics=prints,hall"; what is no topic of ours is passed over. */
static Wanted wanted_of(const HttpServerRequest *request, DeskTopic *ret_first)
{
    Wanted wanted = { 0 };
    char topics[120];

    if (!query_get(request->query, "topics", topics, sizeof topics))
        return wanted;
    for (Str rest = str_from(topics); rest.len > 0;) {
        const Str name = str_split(&rest, ',');
        DeskTopic topic;
        if (!desk_topic_parse(name, &topic))
            continue;
        if (!wanted.any)
            *ret_first = topic;
        wanted.any = wanted.of[topic] = true;
    }
    return wanted;
}

/* What the page has seen: of the last answer, else what the page itself was told.  What can't be read is a registrar's
 * with other topics: then all may have changed. */
static bool seen_of(const HttpServerRequest *request, DeskCounts *ret)
{
    char after[160];

    if (request->last_event_id)
        str_copy_cut(str_from(request->last_event_id), after, sizeof after);
    else if (!query_get(request->query, "after", after, sizeof after))
        return false;
    if (!desk_counts_parse(str_from(after), ret))
        for (int i = 0; i < DESK_TOPIC_COUNT; i++)
            ret->of[i] = -1;
    return true;
}

static bool is_new(const Wanted *wanted, const DeskCounts *seen, const DeskCounts *now)
{
    for (int i = 0; i < DESK_TOPIC_COUNT; i++)
        if (wanted->of[i] && seen->of[i] != now->of[i])
            return true;
    return false;
}

/* data: the topics, with a space between them.  Without a change there is none, and the id alone is remembered. */
static bool say(const HttpServerRequest *request, const Wanted *wanted, const DeskCounts *seen, const DeskCounts *now,
                HttpServerAnswer *answer, Error *err)
{
    const bool news = seen && is_new(wanted, seen, now);
    uint16_t jitter;

    if (!random_fill(&office_config(office_of(request))->random, &jitter, sizeof jitter, err))
        return false;
    buf_add_format(&answer->body, "retry: %d\nid: ", news ? LATER_MS + jitter % JITTER_MS : SOON_MS);
    desk_counts_write(now, &answer->body);
    buf_add_text(&answer->body, "\n");
    for (int i = 0, said = 0; news && i < DESK_TOPIC_COUNT; i++)
        if (wanted->of[i] && seen->of[i] != now->of[i])
            buf_add_format(&answer->body, "%s%s", said++ ? " " : "data: ", desk_topic_name((DeskTopic)i));
    buf_add_text(&answer->body, news ? "\n\n" : "\n");
    answer->status = 200;
    answer->content_type = "text/event-stream; charset=utf-8";
    return buf_ok(&answer->body, err);
}

bool page_live(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    Feed *feed = ((const ApiContext *)request->context)->feed;
    DeskTopic first = DESK_PRINTS;
    Wanted wanted = wanted_of(request, &first);
    DeskCounts seen, now;
    const bool known = seen_of(request, &seen);

    feed_desk_counts(feed, &now);
    const bool holds = known && !request->hold_over && !is_new(&wanted, &seen, &now);
    /* Who asks was known when the request came, and is asked again before anything is said. */
    if (!holds || !request->held) {
        OWNED_DESK desk;
        const Access access = desk_open(request, rights[first], answer, &desk, err);
        if (access != ACCESS_GRANTED)
            return access == ACCESS_REFUSED;
        for (int i = 0; i < DESK_TOPIC_COUNT; i++)
            wanted.of[i] = wanted.of[i] && desk_may(&desk, rights[i]);
    }
    if (!holds)
        return say(request, &wanted, known ? &seen : NULL, &now, answer, err);
    feed_desk_topic(feed, answer->hold.topics[0]);
    answer->hold.until_ms = request->arrived_ms + HELD_MS;
    return true;
}
