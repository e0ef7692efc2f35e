#include "subscription.h"

#include <string.h>

#include "base/macros.h"

static const struct {
    Event event;
    Event within; /* who subscribes to that one is told, too */
    const char *keyword;
} events[] = {
    { EVENT_JOB_CREATED, EVENT_JOB_STATE_CHANGED, "job-created" },
    { EVENT_JOB_STATE_CHANGED, EVENT_JOB_STATE_CHANGED, "job-state-changed" },
    { EVENT_JOB_STOPPED, EVENT_JOB_STATE_CHANGED, "job-stopped" },
    { EVENT_JOB_COMPLETED, EVENT_JOB_STATE_CHANGED, "job-completed" },
    { EVENT_JOB_PROGRESS, EVENT_JOB_PROGRESS, "job-progress" },
    { EVENT_PRINTER_STATE_CHANGED, EVENT_PRINTER_STATE_CHANGED, "printer-state-changed" },
    { EVENT_PRINTER_STOPPED, EVENT_PRINTER_STATE_CHANGED, "printer-stopped" },
};

const char *const event_keywords[] = {
    "job-created",  "job-state-changed",     "job-stopped",     "job-completed",
    "job-progress", "printer-state-changed", "printer-stopped",
};
const int event_keyword_count = (int)COUNT(event_keywords);
static_assert(COUNT(events) == COUNT(event_keywords), "one keyword per event");

const char *event_keyword(Event event)
{
    for (size_t i = 0; i < COUNT(events); i++)
        if (events[i].event == event)
            return events[i].keyword;
    return "none";
}

Event event_from_keyword(const char *keyword)
{
    for (size_t i = 0; i < COUNT(events); i++)
        if (strcmp(events[i].keyword, keyword) == 0)
            return events[i].event;
    return 0;
}

Subscription *subscription_add(SubscriptionList *list, int job, unsigned wanted, int lease_s, int64_t now_ms)
{
    for (size_t i = 0; i < COUNT(list->all); i++) {
        Subscription *place = &list->all[i];
        if (place->id != 0)
            continue;
        place->id = ++list->last_id;
        place->job = job;
        place->events = wanted;
        place->sequence = 0;
        subscription_renew(place, lease_s, now_ms);
        return place;
    }
    return NULL;
}

Subscription *subscription_find(SubscriptionList *list, int id)
{
    for (size_t i = 0; id > 0 && i < COUNT(list->all); i++)
        if (list->all[i].id == id)
            return &list->all[i];
    return NULL;
}

void subscription_renew(Subscription *subscription, int lease_s, int64_t now_ms)
{
    if (lease_s <= 0 || lease_s > LEASE_MOST_S)
        lease_s = LEASE_MOST_S;
    subscription->lease_s = lease_s;
    subscription->until_ms = now_ms + (int64_t)lease_s * 1000;
}

void subscription_end(Subscription *subscription)
{
    subscription->id = 0;
}

void subscription_expire(SubscriptionList *list, int64_t now_ms)
{
    for (size_t i = 0; i < COUNT(list->all); i++)
        if (list->all[i].id != 0 && list->all[i].until_ms <= now_ms)
            subscription_end(&list->all[i]);
}

/* The event as this subscription named it; 0: it did not. */
static Event as_subscribed(const Subscription *subscription, Event event)
{
    for (size_t i = 0; i < COUNT(events); i++)
        if (events[i].event == event)
            return subscription->events & event              ? event
                   : subscription->events & events[i].within ? events[i].within
                                                             : 0;
    return 0;
}

void subscription_tell(SubscriptionList *list, Event event, const Notice *notice)
{
    for (size_t i = 0; i < COUNT(list->all); i++) {
        Subscription *subscription = &list->all[i];
        Event named = as_subscribed(subscription, event);
        if (subscription->id == 0 || named == 0 || (subscription->job != 0 && subscription->job != notice->job))
            continue;
        Notice *place = &subscription->kept[++subscription->sequence % NOTICES_KEPT];
        *place = *notice;
        place->sequence = subscription->sequence;
        place->event = named;
    }
}
