#include "registrar/api/events.h"

#include "registrar/api/access.h"
#include "registrar/api/problem.h"
#include "registrar/http/query.h"
#include "registrar/office/feed.h"

static_assert(FEED_TOPIC_SIZE <= HTTP_HOLD_TOPIC_SIZE, "the feed's topics are those that requests are held for");

static bool read_cursor(const HttpServerRequest *request, int64_t *ret)
{
    char text[24];

    *ret = -1;
    return !query_get(request->query, "after", text, sizeof text) || str_to_i64(str_from(text), 0, INT64_MAX / 2, ret);
}

/* Kiosks that heard of one thing together ask again together: each is held a little longer or shorter than the next. */
static bool hold(const HttpServerRequest *request, const Feed *feed, const char *kiosk, HttpHold *ret, Error *err)
{
    uint16_t jitter;

    if (!random_fill(&office_config(office_of(request))->random, &jitter, sizeof jitter, err))
        return false;
    feed_topic(feed, NULL, ret->topics[0]);
    feed_topic(feed, kiosk, ret->topics[1]);
    ret->until_ms = request->arrived_ms + EVENTS_HELD_MS + jitter % EVENTS_JITTER_MS;
    return true;
}

bool api_events_get(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    Feed *feed = ((const ApiContext *)request->context)->feed;
    ApiEvents events = { 0 };
    int64_t after;
    Caller caller;
    Access access = access_kiosk(request, answer, &caller, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    if (!read_cursor(request, &after))
        return problem_answer_kind(PROBLEM_BAD_REQUEST, answer, err);
    if (!feed_after(feed, caller.kiosk.id, after, &events, err))
        return false;
    if (events.count == 0 && !events.reset && !request->hold_over)
        return hold(request, feed, caller.kiosk.id, &answer->hold, err);
    answer->content_type = "application/json";
    return api_events_write(&events, &answer->body, err);
}
