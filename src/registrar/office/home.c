#include "registrar/office/requests.h"

#include <string.h>

#include "registrar/office/access.h"
#include "registrar/office/drafts.h"
#include "registrar/store/requests.h"

typedef struct Recent {
    int64_t student;
    RequestLine lines[API_REQUESTS_MOST];
    size_t count;
} Recent;

static bool read_recent(StoreTransaction *transaction, void *arg, Error *err)
{
    Recent *recent = arg;

    return requests_recent(transaction, recent->student, recent->lines, API_REQUESTS_MOST, &recent->count, err);
}

static ApiRequestState state_of(const RequestLine *line)
{
    static const struct {
        const char *delivery;
        ApiRequestState state;
    } states[] = {
        { "waiting", REQUEST_READY },     { "printing", REQUEST_READY }, { "printed", REQUEST_PRINTED },
        { "collected", REQUEST_PRINTED }, { "partly", REQUEST_UNKNOWN }, { "unknown", REQUEST_UNKNOWN },
        { "cancelled", REQUEST_UNKNOWN },
    };

    if (line->state == ASKED_FULFILLED)
        return REQUEST_PRINTED;
    for (size_t i = 0; line->ready && i < COUNT(states); i++)
        if (!strcmp(states[i].delivery, line->delivery))
            return states[i].state;
    return REQUEST_OPEN;
}

static bool is_shown(const RequestLine *line)
{
    return line->state != ASKED_WITHDRAWN && line->state != ASKED_EXPIRED;
}

static void add_requests(const Recent *recent, ApiHome *ret)
{
    for (size_t i = 0; i < recent->count; i++) {
        const RequestLine *line = &recent->lines[i];

        if (!is_shown(line))
            continue;
        ApiRequestLine *shown = &ret->requests[ret->request_count++];
        *shown = (ApiRequestLine){ .state = state_of(line), .at_s = line->asked_at_s };
        memcpy(shown->id, line->client_key, sizeof shown->id);
        memcpy(shown->service, line->service, sizeof shown->service);
        str_copy_cut(str_from(line->number), shown->number, sizeof shown->number);
    }
}

bool office_home(Office *office, const Session *session, ApiHome *ret, Error *err)
{
    Recent recent = { .student = session->student };
    OWNED_RECORD record = { 0 };

    *ret = (ApiHome){ 0 };
    if (!record_read(office, session->student, &record, err) || !store_read(office->store, read_recent, &recent, err))
        return error_add(err, "home");
    for (size_t i = 0; i < catalogue_count(office->catalogue) && i < API_SERVICES_MOST; i++) {
        if (!service_access(office, session, catalogue_at(office->catalogue, i), &record, &ret->services[i], err))
            return error_add(err, "home");
        ret->service_count++;
    }
    add_requests(&recent, ret);
    return drafts_tell(office, session, ret, err) || error_add(err, "home");
}
