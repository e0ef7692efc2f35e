/* The kiosk's side: links are made, watched, matched and withdrawn. */
#include "registrar/office/phone.h"

#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "registrar/office/access.h"
#include "registrar/office/asking.h"
#include "registrar/office/feed.h"
#include "registrar/office/kiosks.h"
#include "registrar/office/prints.h"
#include "registrar/office/status_lists.h"

#define A_SESSIONS_MOST 8 /* links of a session that wait: each denies the one before */
#define A_ROUND_MOST    32
#define ROUNDS_MOST     4
#define ANSWER_MOST     1024 /* bytes of a link as it is told */

/* --- what holds --------------------------------------------------------------------------------------------------- */

LinkState phone_link_now(const PhoneLinkRow *link, bool session_lives, int64_t now_s)
{
    bool waits = link->state == LINK_OFFERED || link->state == LINK_OPENED;

    if (waits && !session_lives)
        return LINK_DENIED;
    if ((waits || link->state == LINK_MATCHED) && now_s >= link->ends_at_s)
        return LINK_EXPIRED;
    return link->state;
}

bool phone_found_read(StoreTransaction *transaction, int64_t now_s, PhoneFound *ret, Error *err)
{
    SessionRow session;
    bool session_lives;

    if (!sessions_find(transaction, ret->link.session, ret->link.kiosk, now_s, &session_lives, &session, err) ||
        !copies_get(transaction, ret->link.copy, &ret->found, &ret->copy, err) ||
        (ret->found && !documents_get(transaction, ret->copy.document, &ret->found, &ret->document, err)))
        return false;
    ret->now = phone_link_now(&ret->link, session_lives, now_s);
    return true;
}

bool phone_link_move(StoreTransaction *transaction, const PhoneLinkRow *link, LinkState to, const char *actor,
                     int64_t now_ms, Error *err)
{
    const Move move = {
        .id = link->id, .from = (int)link->state, .to = (int)to, .epoch = link->epoch, .actor = actor, .at_ms = now_ms
    };

    return phone_links_write(transaction, link, err) && state_move(transaction, &link_states, &move, err);
}

bool phone_link_say(StoreTransaction *transaction, const PhoneLinkRow *link, int64_t now_ms, Error *err)
{
    const FeedEvent event = { .what = CHANGED_PHONE_LINK, .kiosk = link->kiosk, .id = link->id, .at_ms = now_ms };

    return feed_say(transaction, &event, err);
}

/* Its digits are nobody's business any more. */
static bool end_link(StoreTransaction *transaction, const PhoneLinkRow *link, LinkState to, const char *actor,
                     int64_t now_ms, Error *err)
{
    PhoneLinkRow ended = *link;

    mem_wipe(ended.digits, sizeof ended.digits);
    return phone_link_move(transaction, &ended, to, actor, now_ms, err);
}

bool phone_links_end_with(StoreTransaction *transaction, const uint8_t session[BEARER_HASH_SIZE], const char *actor,
                          int64_t now_ms, Error *err)
{
    PhoneLinkRow links[A_SESSIONS_MOST];
    size_t count;

    if (!phone_links_open(transaction, session, links, COUNT(links), &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!end_link(transaction, &links[i], LINK_DENIED, actor, now_ms, err))
            return false;
    return true;
}

static void tell(const PhoneFound *found, int64_t now_s, ApiPhoneLink *ret)
{
    static const ApiPhoneState told[] = {
        [LINK_OFFERED] = PHONE_OFFERED, [LINK_OPENED] = PHONE_OPENED, [LINK_MATCHED] = PHONE_MATCHED,
        [LINK_USED] = PHONE_USED,       [LINK_DENIED] = PHONE_DENIED, [LINK_EXPIRED] = PHONE_EXPIRED,
    };
    int64_t left_s = found->link.ends_at_s - now_s;
    Code code;

    *ret = (ApiPhoneLink){ .state = told[found->now],
                           .withdrawn = found->copy.validity != VALIDITY_VALID,
                           .seconds_left = left_s > 0 ? (int)left_s : 0,
                           .taken_at_s = found->link.taken_at_s };
    memcpy(ret->id, found->link.id, sizeof ret->id);
    if (code_parse(str_from(found->copy.code), &code))
        code_grouped(&code, ret->code);
}

/* --- making ------------------------------------------------------------------------------------------------------- */

typedef struct Linking {
    const Office *office;
    const Shelf *shelf;
    const Session *session;
    const char *copy_id; /* of the document, whatever carries it */
    const Once *once;
    int64_t now_ms;
    Token token;
    PhoneLinkRow link;
    ApiProblemKind problem;
    bool linked;
    Issue issue;       /* the document, and its newest copy for a phone */
    ApiPhoneLink told; /* linked: what is answered; secret */
} Linking;

/* Handed out by people alone, and perhaps on a numbered blank. */
static bool is_of_window(StoreTransaction *transaction, const char *document, bool *ret, Error *err)
{
    PrintJobRow job;
    CopyRow paper;
    bool found;

    if (!copies_newest_of(transaction, document, COPY_PAPER, &found, &paper, err) ||
        (found && !print_jobs_of_copy(transaction, paper.id, &found, &job, err)))
        return false;
    *ret = found && job.at_window;
    return true;
}

static bool find_document(StoreTransaction *transaction, Linking *linking, Error *err)
{
    const Session *session = linking->session;
    Issue *issue = &linking->issue;
    CopyRow copy;
    bool found, kept;

    *issue = (Issue){ 0 };
    linking->problem = PROBLEM_NOT_FOUND;
    if (!copies_get(transaction, linking->copy_id, &found, &copy, err) ||
        (found && !documents_get(transaction, copy.document, &found, &issue->document, err)))
        return false;
    if (!found || issue->document.student != session->student)
        return true;
    linking->problem = PROBLEM_NOT_ALLOWED;
    if (!document_is_kept_from(transaction, linking->shelf, session, &issue->document, &kept, err))
        return false;
    if (issue->document.state != DOCUMENT_ISSUED || kept)
        return true;
    if (!is_of_window(transaction, issue->document.id, &kept, err))
        return false;
    if (kept)
        return true;
    linking->problem = PROBLEM_NONE;
    return copies_newest_of(transaction, issue->document.id, COPY_PHONE, &issue->has_copy, &issue->copy, err);
}

/* Nobody took it, and nobody else is about to. */
static bool is_free(const CopyRow *copy)
{
    return copy->validity == VALIDITY_VALID && copy->delivery == DELIVERY_OFFERED && copy->making != MAKING_FAILED;
}

/* A phone that may take the same copy loses it to the one that is asked for now. */
static bool end_others(StoreTransaction *transaction, const Linking *linking, const char *actor, Error *err)
{
    PhoneLinkRow links[A_SESSIONS_MOST];
    size_t count;

    if (!phone_links_end_with(transaction, linking->session->bearer_hash, actor, linking->now_ms, err) ||
        !phone_links_of_copy(transaction, linking->issue.copy.id, links, COUNT(links), &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!end_link(transaction, &links[i], LINK_DENIED, actor, linking->now_ms, err))
            return false;
    return true;
}

/* A link that was offered is told the same however often it is asked for with its key. */
static bool find_told(StoreTransaction *transaction, Linking *linking, Error *err)
{
    OnceOutcome outcome;
    OWNED_BUF answer;

    buf_init(&answer, ANSWER_MOST);
    if (!once_find(transaction, linking->once, &outcome, &answer, err))
        return false;
    linking->linked = outcome == ONCE_SAME;
    linking->problem = outcome == ONCE_OTHER ? PROBLEM_KEY_REUSED : PROBLEM_NONE;
    return !linking->linked || api_phone_link_read(buf_str(&answer), &linking->told, err);
}

static bool keep_told(StoreTransaction *transaction, Linking *linking, Error *err)
{
    const PhoneFound found = { .link = linking->link, .now = LINK_OFFERED, .copy = linking->issue.copy };
    OWNED_BUF answer;

    buf_init(&answer, ANSWER_MOST);
    tell(&found, linking->now_ms / 1000, &linking->told);
    return office_phone_address(linking->office, 'D', linking->token.text, linking->told.address,
                                sizeof linking->told.address, err) &&
           api_phone_link_write(&linking->told, &answer, err) &&
           once_keep(transaction, linking->once, buf_str(&answer), err);
}

static bool link_copy(StoreTransaction *transaction, void *arg, Error *err)
{
    Linking *linking = arg;
    char actor[ACTOR_SIZE];
    int64_t failed;

    if (!find_told(transaction, linking, err))
        return false;
    if (linking->linked || linking->problem != PROBLEM_NONE)
        return true;
    if (!find_document(transaction, linking, err) ||
        !phone_links_failed(transaction, linking->session->bearer_hash, &failed, err))
        return false;
    if (linking->problem == PROBLEM_NONE && failed >= PHONE_FAILURES_MOST)
        linking->problem = PROBLEM_LIMIT;
    const CopyRow *copy = &linking->issue.copy;
    if (linking->problem != PROBLEM_NONE || !linking->issue.has_copy || !is_free(copy) || copy->making != MAKING_READY)
        return true;
    actor_student(actor, linking->session->student);
    memcpy(linking->link.copy, copy->id, sizeof linking->link.copy);
    linking->linked = true;
    return end_others(transaction, linking, actor, err) && phone_links_add(transaction, &linking->link, err) &&
           acts_add(transaction, &(Act){ linking->now_ms, actor, "phone-link.offered", linking->link.id, NULL }, err) &&
           keep_told(transaction, linking, err);
}

/* The copy is there already and unfinished, or it is added. */
static bool make_copy(Office *office, Linking *linking, Error *err)
{
    const ApiRequest request = { .carrier = CARRIER_PHONE };
    Asking asking = { .office = office, .session = linking->session, .request = &request, .issue = linking->issue };
    const Issue *issue = &linking->issue;
    MakeOutcome outcome;
    char copy[ID_SIZE];
    Error why = { 0 };

    if (issue->has_copy && is_free(&issue->copy))
        return copy_take_over(office, issue->copy.id, linking->session->kiosk, &outcome, err);
    if (!kiosk_place(office, linking->session->kiosk, asking.kiosk_place, err))
        return false;
    if (!asking_add_copy(office, &asking, copy, &why)) /* somebody was faster: look again */
        return why.code == ERR_CONFLICT || why.code == ERR_EXISTS ||
               error_set_cause(err, why.code, why.cause, "%s", why.text);
    return copy_make(office, copy, 1, linking->session->kiosk, NULL, &outcome, err);
}

static bool prepare(Office *office, Linking *linking, Error *err)
{
    PhoneLinkRow *link = &linking->link;
    const Session *session = linking->session;
    uint8_t bytes[TOKEN_RANDOM_BYTES];

    linking->now_ms = office_now_ms(office);
    *link = (PhoneLinkRow){ .left = PHONE_DOWNLOADS, .made_at_s = linking->now_ms / 1000 };
    link->ends_at_s = link->made_at_s + PHONE_OFFERED_S;
    link->keep_until_s = link->made_at_s + LINK_KEPT_S;
    memcpy(link->kiosk, session->kiosk, sizeof link->kiosk);
    memcpy(link->session, session->bearer_hash, sizeof link->session);
    if (!office_new_id(office, link->id, err) || !random_fill(&office->config.random, bytes, sizeof bytes, err))
        return false;
    linking->token = token_make(bytes);
    mem_wipe(bytes, sizeof bytes);
    return phone_hash(linking->token.text, link->token_hash, err);
}

static bool make_link(Linking *linking, Office *office, Error *err)
{
    bool done = true;

    for (int i = 0; done && i < ROUNDS_MOST && !linking->linked && linking->problem == PROBLEM_NONE; i++) {
        done = (i == 0 || make_copy(office, linking, err)) && prepare(office, linking, err) &&
               store_write(office->store, link_copy, linking, err);
    }
    return done || error_add(err, "phone link");
}

bool phone_link_make(Office *office, const Session *session, const char *copy, const Once *once,
                     ApiProblem *ret_problem, ApiPhoneLink *ret, Error *err)
{
    OWNED(Shelf) shelf = shelf_take(office);
    Linking linking = { .office = office, .shelf = shelf, .session = session, .copy_id = copy, .once = once };

    *ret_problem = (ApiProblem){ .kind = session->weak ? PROBLEM_NOT_ALLOWED : PROBLEM_NONE };
    if (session->weak)
        return true;
    bool done = make_link(&linking, office, err);
    if (done && linking.linked)
        *ret = linking.told;
    else if (done)
        ret_problem->kind = linking.problem == PROBLEM_NONE ? PROBLEM_BUSY : linking.problem;
    mem_wipe(&linking.told, sizeof linking.told);
    mem_wipe(&linking.token, sizeof linking.token);
    return done;
}

/* --- a link of one's own ------------------------------------------------------------------------------------------ */

typedef struct Watching {
    const Session *session;
    const char *id;
    const char *digits; /* phone_link_digits alone */
    int64_t now_ms;
    PhoneFound found;
} Watching;

static bool read_own(StoreTransaction *transaction, Watching *watching, Error *err)
{
    PhoneFound *found = &watching->found;

    if (!phone_links_get(transaction, watching->id, &found->found, &found->link, err))
        return false;
    found->found = found->found && !memcmp(found->link.session, watching->session->bearer_hash, BEARER_HASH_SIZE);
    return !found->found || phone_found_read(transaction, watching->now_ms / 1000, found, err);
}

static bool look(StoreTransaction *transaction, void *arg, Error *err)
{
    return read_own(transaction, arg, err);
}

static bool answer(const Watching *watching, ApiProblem *ret_problem, ApiPhoneLink *ret)
{
    *ret_problem = (ApiProblem){ .kind = watching->found.found ? PROBLEM_NONE : PROBLEM_NOT_FOUND };
    if (watching->found.found)
        tell(&watching->found, watching->now_ms / 1000, ret);
    return true;
}

bool phone_link_look(Office *office, const Session *session, const char *link, ApiProblem *ret_problem,
                     ApiPhoneLink *ret, Error *err)
{
    Watching watching = { .session = session, .id = link, .now_ms = office_now_ms(office) };

    return store_read(office->store, look, &watching, err) ? answer(&watching, ret_problem, ret)
                                                           : error_add(err, "phone link");
}

static bool match(StoreTransaction *transaction, void *arg, Error *err)
{
    Watching *watching = arg;
    PhoneLinkRow *link = &watching->found.link;
    char actor[ACTOR_SIZE];

    if (!read_own(transaction, watching, err))
        return false;
    if (!watching->found.found || watching->found.now != LINK_OPENED)
        return true;
    bool right = strcmp(link->digits, watching->digits) == 0;
    actor_student(actor, watching->session->student);
    if (right)
        link->ends_at_s = watching->now_ms / 1000 + PHONE_TAKING_S;
    watching->found.now = right ? LINK_MATCHED : LINK_DENIED;
    return end_link(transaction, link, watching->found.now, actor, watching->now_ms, err);
}

bool phone_link_digits(Office *office, const Session *session, const char *link, const char *digits,
                       ApiProblem *ret_problem, ApiPhoneLink *ret, Error *err)
{
    Watching watching = { .session = session, .id = link, .digits = digits, .now_ms = office_now_ms(office) };

    if (!store_write(office->store, match, &watching, err))
        return error_add(err, "phone link");
    return answer(&watching, ret_problem, ret);
}

/* --- withdrawing, expiring ---------------------------------------------------------------------------------------- */

/* A copy that nobody took, or that its student takes back. */
static bool end_copy(StoreTransaction *transaction, const CopyRow *copy, const char *actor, int64_t now_ms, Error *err)
{
    bool taken = copy->delivery != DELIVERY_OFFERED;
    const Move validity = { .id = copy->id,
                            .from = (int)copy->validity,
                            .to = taken ? VALIDITY_REVOKED : VALIDITY_EXPIRED,
                            .epoch = copy->epoch,
                            .actor = actor,
                            .at_ms = now_ms };
    const Move delivery = {
        .id = copy->id, .from = DELIVERY_OFFERED, .to = DELIVERY_EXPIRED, .epoch = copy->epoch, .at_ms = now_ms
    };
    bool stands = copy->validity == VALIDITY_VALID || copy->validity == VALIDITY_SUSPENDED;

    return (!stands || state_move(transaction, &validity_states, &validity, err)) &&
           (taken || state_move(transaction, &delivery_states, &delivery, err));
}

static bool withdraw(StoreTransaction *transaction, void *arg, Error *err)
{
    Watching *watching = arg;
    PhoneFound *found = &watching->found;
    char actor[ACTOR_SIZE];
    bool done;

    if (!read_own(transaction, watching, err))
        return false;
    if (!found->found)
        return true;
    actor_student(actor, watching->session->student);
    if (found->link.state == LINK_USED) {
        found->link.left = 0;
        done = phone_links_write(transaction, &found->link, err);
    } else
        done = found->link.state == LINK_DENIED || found->link.state == LINK_EXPIRED ||
               end_link(transaction, &found->link, LINK_DENIED, actor, watching->now_ms, err);
    if (!done || !end_copy(transaction, &found->copy, actor, watching->now_ms, err))
        return false;
    return read_own(transaction, watching, err);
}

bool phone_link_withdraw(Office *office, const Session *session, const char *link, ApiProblem *ret_problem,
                         ApiPhoneLink *ret, Error *err)
{
    Watching watching = { .session = session, .id = link, .now_ms = office_now_ms(office) };

    if (!store_write(office->store, withdraw, &watching, err))
        return error_add(err, "phone link");
    return answer(&watching, ret_problem, ret) &&
           (status_lists_renew(office, err) || error_add(err, "the copy is withdrawn, the published list is old"));
}

typedef struct Ending {
    int64_t now_ms;
    PhoneLinkRow links[A_ROUND_MOST];
    size_t link_count;
    CopyRow copies[A_ROUND_MOST];
    size_t copy_count;
} Ending;

static bool list_overdue(StoreTransaction *transaction, void *arg, Error *err)
{
    Ending *ending = arg;
    const int64_t now_s = ending->now_ms / 1000;

    return phone_links_overdue(transaction, now_s, ending->links, A_ROUND_MOST, &ending->link_count, err) &&
           phone_copies_left(transaction, now_s - PHONE_LEFT_S, ending->copies, A_ROUND_MOST, &ending->copy_count, err);
}

static bool end_overdue(StoreTransaction *transaction, void *arg, Error *err)
{
    Ending *ending = arg;

    if (!list_overdue(transaction, ending, err))
        return false;
    for (size_t i = 0; i < ending->link_count; i++)
        if (!end_link(transaction, &ending->links[i], LINK_EXPIRED, "office", ending->now_ms, err) ||
            !phone_link_say(transaction, &ending->links[i], ending->now_ms, err))
            return false;
    for (size_t i = 0; i < ending->copy_count; i++)
        if (!end_copy(transaction, &ending->copies[i], "office", ending->now_ms, err))
            return false;
    return true;
}

bool phone_links_time_out(Office *office, Error *err)
{
    Ending ending = { .now_ms = office_now_ms(office) };

    if (!store_read(office->store, list_overdue, &ending, err))
        return error_add(err, "phone links");
    return (ending.link_count == 0 && ending.copy_count == 0) ||
           store_write(office->store, end_overdue, &ending, err) || error_add(err, "phone links");
}
