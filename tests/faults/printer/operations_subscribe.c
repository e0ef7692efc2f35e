/* Subscriptions and what they were told (RFC 3995, RFC 3996). */
#include <stdio.h>
#include <string.h>

#include "description.h"
#include "operations.h"

#define ASK_AGAIN_S 1

typedef struct Wish {
    unsigned events;
    int lease_s; /* 0: for ever */
    int job;
    bool pull; /* ippget, the only way that is offered */
} Wish;

static unsigned events_of(ipp_attribute_t *at)
{
    unsigned events = 0;

    for (int i = 0; i < ippGetCount(at); i++)
        events |= event_from_keyword(ippGetString(at, i, NULL));
    return events;
}

/* What the subscription group that begins at *at wants; *at is then behind it. */
static Wish read_wish(Conversation *talk, ipp_attribute_t **at)
{
    Wish wish = { .events = EVENT_JOB_COMPLETED, .lease_s = 3600 };

    for (; *at && ippGetGroupTag(*at) == IPP_TAG_SUBSCRIPTION; *at = ippNextAttribute(talk->request)) {
        const char *name = ippGetName(*at);
        if (!name)
            continue;
        if (strcmp(name, "notify-events") == 0)
            wish.events = events_of(*at);
        else if (strcmp(name, "notify-lease-duration") == 0)
            wish.lease_s = ippGetInteger(*at, 0);
        else if (strcmp(name, "notify-job-id") == 0)
            wish.job = ippGetInteger(*at, 0);
        else if (strcmp(name, "notify-pull-method") == 0)
            wish.pull = strcmp(ippGetString(*at, 0, NULL), "ippget") == 0;
    }
    return wish;
}

static int lease_of(const Machine *machine, int wanted_s)
{
    int most_s = machine->faults.lease_most_s;

    return most_s > 0 && (wanted_s <= 0 || wanted_s > most_s) ? most_s : wanted_s;
}

/* Lock held. */
static void tell_lease(Conversation *talk, const Subscription *of)
{
    if (!talk->machine->faults.no_lease)
        ippAddInteger(talk->answer, IPP_TAG_SUBSCRIPTION, IPP_TAG_INTEGER, "notify-lease-duration", of->lease_s);
}

/* Lock held. */
static bool grant(Conversation *talk, const Wish *wish)
{
    Machine *machine = talk->machine;
    Subscription *made = NULL;

    if (wish->pull && wish->events != 0)
        made = subscription_add(&machine->subscriptions, wish->job, wish->events, lease_of(machine, wish->lease_s),
                                monotonic_ms());
    if (!made) {
        ippAddInteger(talk->answer, IPP_TAG_SUBSCRIPTION, IPP_TAG_ENUM, "notify-status-code",
                      (int)(wish->pull && wish->events != 0 ? IPP_STATUS_ERROR_TOO_MANY_SUBSCRIPTIONS
                                                            : IPP_STATUS_ERROR_ATTRIBUTES_OR_VALUES));
        return false;
    }
    ippAddInteger(talk->answer, IPP_TAG_SUBSCRIPTION, IPP_TAG_INTEGER, "notify-subscription-id", made->id);
    tell_lease(talk, made);
    return true;
}

void operation_subscribe(Conversation *talk)
{
    bool for_job = ippGetOperation(talk->request) == IPP_OP_CREATE_JOB_SUBSCRIPTIONS;
    int asked = 0, granted = 0;
    ipp_attribute_t *at = ippFirstAttribute(talk->request);

    machine_lock(talk->machine);
    machine_read_faults(talk->machine);
    while (at) {
        if (ippGetGroupTag(at) != IPP_TAG_SUBSCRIPTION) {
            at = ippNextAttribute(talk->request);
            continue;
        }
        Wish wish = read_wish(talk, &at);
        if (!for_job)
            wish.job = 0;
        else if (wish.job == 0)
            wish.job = asked_number(talk, "notify-job-id", asked_number(talk, "job-id", 0));
        if (for_job && !machine_find_job(talk->machine, wish.job)) {
            machine_unlock(talk->machine);
            return refuse(talk, IPP_STATUS_ERROR_NOT_FOUND, "No such job.");
        }
        if (asked++ > 0)
            ippAddSeparator(talk->answer);
        granted += grant(talk, &wish);
    }
    machine_unlock(talk->machine);
    if (asked == 0)
        return refuse(talk, IPP_STATUS_ERROR_BAD_REQUEST, "No subscription.");
    if (granted < asked)
        ippSetStatusCode(talk->answer, granted > 0 ? IPP_STATUS_OK_IGNORED_SUBSCRIPTIONS
                                                   : IPP_STATUS_ERROR_IGNORED_ALL_SUBSCRIPTIONS);
}

/* The subscription of the request; NULL after an answer that says so.  Lock held. */
static Subscription *requested_subscription(Conversation *talk)
{
    Subscription *found =
        subscription_find(&talk->machine->subscriptions, asked_number(talk, "notify-subscription-id", 0));

    if (!found)
        refuse(talk, IPP_STATUS_ERROR_NOT_FOUND, "No such subscription.");
    return found;
}

void operation_renew(Conversation *talk)
{
    machine_lock(talk->machine);
    machine_read_faults(talk->machine);
    subscription_expire(&talk->machine->subscriptions, monotonic_ms());
    Subscription *found = requested_subscription(talk);
    if (found) {
        subscription_renew(found, lease_of(talk->machine, asked_number(talk, "notify-lease-duration", 3600)),
                           monotonic_ms());
        tell_lease(talk, found);
    }
    machine_unlock(talk->machine);
}

void operation_unsubscribe(Conversation *talk)
{
    machine_lock(talk->machine);
    Subscription *found = requested_subscription(talk);
    if (found)
        subscription_end(found);
    machine_unlock(talk->machine);
}

void operation_get_subscriptions(Conversation *talk)
{
    SubscriptionList *list = &talk->machine->subscriptions;
    int job = asked_number(talk, "notify-job-id", 0), told = 0;

    machine_lock(talk->machine);
    for (size_t i = 0; i < COUNT(list->all); i++) {
        const Subscription *one = &list->all[i];
        if (one->id == 0 || one->job != job)
            continue;
        if (told++ > 0)
            ippAddSeparator(talk->answer);
        ippAddInteger(talk->answer, IPP_TAG_SUBSCRIPTION, IPP_TAG_INTEGER, "notify-subscription-id", one->id);
        ippAddInteger(talk->answer, IPP_TAG_SUBSCRIPTION, IPP_TAG_INTEGER, "notify-lease-duration", one->lease_s);
    }
    machine_unlock(talk->machine);
}

/* ---- what happened ---- */

static void add_notice(Conversation *talk, const Subscription *to, const Notice *notice)
{
    ipp_t *answer = talk->answer;
    const char *reasons[REASONS_MOST];
    char uri[256];

    description_uri(talk->machine, uri, sizeof(uri));
    for (int i = 0; i < notice->reason_count; i++)
        reasons[i] = notice->reasons[i];
    ippAddString(answer, IPP_TAG_EVENT_NOTIFICATION, IPP_TAG_CHARSET, "notify-charset", NULL, "utf-8");
    ippAddString(answer, IPP_TAG_EVENT_NOTIFICATION, IPP_TAG_LANGUAGE, "notify-natural-language", NULL, "en");
    ippAddString(answer, IPP_TAG_EVENT_NOTIFICATION, IPP_TAG_URI, "notify-printer-uri", NULL, uri);
    ippAddInteger(answer, IPP_TAG_EVENT_NOTIFICATION, IPP_TAG_INTEGER, "notify-subscription-id", to->id);
    ippAddInteger(answer, IPP_TAG_EVENT_NOTIFICATION, IPP_TAG_INTEGER, "notify-sequence-number", notice->sequence);
    ippAddString(answer, IPP_TAG_EVENT_NOTIFICATION, IPP_TAG_KEYWORD, "notify-subscribed-event", NULL,
                 event_keyword(notice->event));
    ippAddInteger(answer, IPP_TAG_EVENT_NOTIFICATION, IPP_TAG_INTEGER, "printer-up-time", notice->up_time_s);
    ippAddInteger(answer, IPP_TAG_EVENT_NOTIFICATION, IPP_TAG_ENUM, "printer-state", (int)notice->printer_state);
    ippAddStrings(answer, IPP_TAG_EVENT_NOTIFICATION, IPP_TAG_KEYWORD, "printer-state-reasons", notice->reason_count,
                  NULL, reasons);
    ippAddBoolean(answer, IPP_TAG_EVENT_NOTIFICATION, "printer-is-accepting-jobs", notice->accepting ? 1 : 0);
    if (notice->job == 0)
        return;
    ippAddInteger(answer, IPP_TAG_EVENT_NOTIFICATION, IPP_TAG_INTEGER, "notify-job-id", notice->job);
    ippAddInteger(answer, IPP_TAG_EVENT_NOTIFICATION, IPP_TAG_INTEGER, "job-id", notice->job);
    ippAddString(answer, IPP_TAG_EVENT_NOTIFICATION, IPP_TAG_NAME, "job-name", NULL, notice->job_name);
    ippAddInteger(answer, IPP_TAG_EVENT_NOTIFICATION, IPP_TAG_ENUM, "job-state", (int)notice->job_state);
    ippAddString(answer, IPP_TAG_EVENT_NOTIFICATION, IPP_TAG_KEYWORD, "job-state-reasons", NULL, notice->job_reason);
    if (notice->sheets >= 0)
        ippAddInteger(answer, IPP_TAG_EVENT_NOTIFICATION, IPP_TAG_INTEGER, "job-impressions-completed", notice->sheets);
}

/* Those from that sequence number on that are still kept. */
static void add_notices(Conversation *talk, const Subscription *from, int first, int *told)
{
    int oldest = from->sequence - NOTICES_KEPT + 1;

    for (int sequence = first > oldest ? first : oldest; sequence <= from->sequence; sequence++) {
        if (sequence < 1)
            continue;
        if ((*told)++ > 0)
            ippAddSeparator(talk->answer);
        add_notice(talk, from, &from->kept[sequence % NOTICES_KEPT]);
    }
}

void operation_get_notifications(Conversation *talk)
{
    Machine *machine = talk->machine;
    ipp_attribute_t *ids = ippFindAttribute(talk->request, "notify-subscription-ids", IPP_TAG_INTEGER);
    ipp_attribute_t *firsts = ippFindAttribute(talk->request, "notify-sequence-numbers", IPP_TAG_INTEGER);
    int told = 0;

    if (!ids)
        return refuse(talk, IPP_STATUS_ERROR_BAD_REQUEST, "No notify-subscription-ids.");
    machine_lock(machine);
    subscription_expire(&machine->subscriptions, monotonic_ms());
    for (int i = 0; i < ippGetCount(ids); i++)
        if (!subscription_find(&machine->subscriptions, ippGetInteger(ids, i))) {
            machine_unlock(machine);
            return refuse(talk, IPP_STATUS_ERROR_NOT_FOUND, "No such subscription.");
        }
    ippAddInteger(talk->answer, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "notify-get-interval", ASK_AGAIN_S);
    ippAddInteger(talk->answer, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "printer-up-time", machine_up_time_s(machine));
    for (int i = 0; i < ippGetCount(ids); i++)
        add_notices(talk, subscription_find(&machine->subscriptions, ippGetInteger(ids, i)),
                    i < ippGetCount(firsts) ? ippGetInteger(firsts, i) : 1, &told);
    machine_unlock(machine);
}
