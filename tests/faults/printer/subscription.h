/* Who wants to be told of what (RFC 3995, ippget of RFC 3996).  A lease that is over is over. */
#ifndef FAULT_PRINTER_SUBSCRIPTION_H
#define FAULT_PRINTER_SUBSCRIPTION_H

#include <stdbool.h>
#include <stdint.h>

#include <cups/ipp.h>

#define SUBSCRIPTIONS_MOST 64
#define NOTICES_KEPT       64    /* of each subscription; the oldest go */
#define LEASE_MOST_S       86400 /* also what "for ever" gets */
#define REASONS_MOST       4     /* printer-state-reasons at once */

typedef enum Event {
    EVENT_JOB_CREATED = 1 << 0,
    EVENT_JOB_STATE_CHANGED = 1 << 1, /* includes created, stopped, completed */
    EVENT_JOB_STOPPED = 1 << 2,
    EVENT_JOB_COMPLETED = 1 << 3,
    EVENT_JOB_PROGRESS = 1 << 4,
    EVENT_PRINTER_STATE_CHANGED = 1 << 5, /* includes stopped */
    EVENT_PRINTER_STOPPED = 1 << 6
} Event;

/* What the printer and, for a job's event, the job were like when it happened. */
typedef struct Notice {
    int sequence;
    Event event; /* as subscribed to */
    int job;     /* 0: the printer's */
    char job_name[128];
    ipp_jstate_t job_state;
    char job_reason[48];
    int sheets; /* -1: not told */
    ipp_pstate_t printer_state;
    char reasons[REASONS_MOST][64];
    int reason_count;
    bool accepting;
    int up_time_s;
} Notice;

typedef struct Subscription {
    int id;  /* 0: a free place */
    int job; /* 0: all */
    unsigned events;
    int64_t until_ms; /* monotonic */
    int lease_s;
    int sequence; /* of the latest notice */
    Notice kept[NOTICES_KEPT];
} Subscription;

typedef struct SubscriptionList {
    int last_id;
    Subscription all[SUBSCRIPTIONS_MOST];
} SubscriptionList;

/* Keyword of an event; NULL-ended list for *-supported. */
const char *event_keyword(Event event);
Event event_from_keyword(const char *keyword); /* 0: not one of ours */
extern const char *const event_keywords[];
extern const int event_keyword_count;

/* NULL when there are too many. */
Subscription *subscription_add(SubscriptionList *list, int job, unsigned events, int lease_s, int64_t now_ms);
Subscription *subscription_find(SubscriptionList *list, int id);
void subscription_renew(Subscription *subscription, int lease_s, int64_t now_ms);
void subscription_end(Subscription *subscription);
/* Ends those whose lease is over. */
void subscription_expire(SubscriptionList *list, int64_t now_ms);
/* Hands a copy of notice to everybody who subscribed to event. */
void subscription_tell(SubscriptionList *list, Event event, const Notice *notice);

#endif
