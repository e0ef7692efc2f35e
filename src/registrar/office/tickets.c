#include "registrar/office/tickets.h"

#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "registrar/office/feed.h"
#include "registrar/office/inside.h"
#include "registrar/store/acts.h"

static const ApiTicketState told[] = {
    [TICKET_IS_WAITING] = TICKET_WAITING,   [TICKET_IS_CALLED] = TICKET_CALLED,   [TICKET_IS_SERVING] = TICKET_SERVING,
    [TICKET_IS_SERVED] = TICKET_SERVED,     [TICKET_IS_NO_SHOW] = TICKET_NO_SHOW, [TICKET_IS_PASSED] = TICKET_PASSED,
    [TICKET_IS_GIVEN_UP] = TICKET_GIVEN_UP, [TICKET_IS_EXPIRED] = TICKET_EXPIRED,
};
static_assert(COUNT(told) == TICKET_STATE_COUNT, "what travels is what is kept");

bool ticket_say(StoreTransaction *transaction, const TicketRow *ticket, int64_t now_ms, Error *err)
{
    return feed_say(transaction,
                    &(FeedEvent){ .what = CHANGED_TICKET, .kiosk = ticket->kiosk, .id = ticket->id, .at_ms = now_ms },
                    err);
}

bool ticket_move(StoreTransaction *transaction, const TicketRow *ticket, TicketState to, const char *actor,
                 int64_t now_ms, Error *err)
{
    const Move move = { .id = ticket->id,
                        .from = (int)ticket->state,
                        .to = (int)to,
                        .epoch = ticket->epoch,
                        .next_epoch = true,
                        .actor = actor,
                        .at_ms = now_ms };

    return state_move(transaction, &ticket_states, &move, err) && ticket_say(transaction, ticket, now_ms, err);
}

/* --- its page for a phone ----------------------------------------------------------------------------------------- */

/* Made of the ticket's id under a key of the key folder: told as often as the kiosk asks, and kept nowhere. */
static bool make_token(const Office *office, const char *id, Token *ret, Error *err)
{
    uint8_t mac[SHA256_SIZE];
    char text[16 + API_ID_SIZE];

    (void)snprintf(text, sizeof text, "ticket's page:%s", id);
    if (!hmac_sha256((Str){ (const char *)office->keys.pepper, KEY_SIZE }, str_from(text), mac, err))
        return false;
    *ret = token_make(mac);
    mem_wipe(mac, sizeof mac);
    return true;
}
static_assert(TOKEN_RANDOM_BYTES <= SHA256_SIZE && TICKET_HASH_SIZE == SHA256_SIZE, "a hash is enough of either");

static bool hash_token(const Office *office, const char *id, uint8_t ret[TICKET_HASH_SIZE], Error *err)
{
    Token token;
    const bool done = make_token(office, id, &token, err) && sha256(str_from(token.text), ret, err);

    mem_wipe(&token, sizeof token);
    return done;
}

static bool write_address(const Office *office, const char *id, char ret[API_TICKET_ADDRESS_SIZE], Error *err)
{
    Token token;
    const bool done = make_token(office, id, &token, err) &&
                      office_phone_address(office, 'T', token.text, ret, API_TICKET_ADDRESS_SIZE, err);

    mem_wipe(&token, sizeof token);
    return done;
}

/* --- telling ------------------------------------------------------------------------------------------------------ */

static void tell_place(const Line *line, const TicketRow *ticket, ApiTicket *ret)
{
    const LineWant want = { ticket->topic, ticket->for_window };
    const TicketRow *in_line = NULL;

    for (size_t i = 0; i < line->ticket_count && !in_line; i++)
        if (!strcmp(line->tickets[i].id, ticket->id))
            in_line = &line->tickets[i];
    if (!in_line || !ticket_waits(ticket))
        return;
    const int ahead = line_ahead(line, want, in_line);
    ret->place = ahead + 1;
    ret->expected_s = line_expected_s(line, want, ahead);
}

static bool tell(const Office *office, const Line *line, const TicketRow *ticket, ApiTicket *ret, Error *err)
{
    const bool waits = ticket_waits(ticket);
    const int window_number = waits ? ticket->for_window : ticket->called_to;
    const WindowRow *window = line_window(line, window_number);

    *ret = (ApiTicket){ .state = told[ticket->state],
                        .expected_s = -1,
                        .window = window_number,
                        .calls = ticket->calls,
                        .taken_at_s = ticket->taken_at_s };
    memcpy(ret->id, ticket->id, sizeof ret->id);
    ticket_number(ticket, ret->number);
    str_copy_cut(str_from(ticket->topic), ret->topic, sizeof ret->topic);
    if (window)
        str_copy_cut(str_from(window->place), ret->window_place, sizeof ret->window_place);
    tell_place(line, ticket, ret);
    return write_address(office, ticket->id, ret->address, err);
}

/* --- taking ------------------------------------------------------------------------------------------------------- */

typedef struct Taking {
    Office *office;
    Line *line;
    const Kiosk *kiosk;
    const Session *session; /* NULL: nobody is signed in */
    const ApiTicketAsk *ask;
    int64_t now_ms;
    uint8_t token_hash[TICKET_HASH_SIZE];
    ApiProblem problem;
    bool made;
    TicketRow ticket;
} Taking;

static void refuse(Taking *taking, ApiProblemKind kind, int retry_after_s)
{
    taking->problem = (ApiProblem){ .kind = kind, .retry_after_s = retry_after_s };
}

/* The one that was made with this key, or that this student has. */
static bool find_own(StoreTransaction *transaction, Taking *taking, bool *ret_found, Error *err)
{
    TicketRow own[TICKETS_OPEN_MOST + 1];
    size_t count = 0;

    if (!tickets_get(transaction, taking->ask->key, ret_found, &taking->ticket, err))
        return false;
    if (*ret_found) {
        if (strcmp(taking->ticket.kiosk, taking->kiosk->id) != 0)
            refuse(taking, PROBLEM_KEY_REUSED, 0);
        return true;
    }
    if (!taking->session)
        return true;
    if (!tickets_of_student(transaction, taking->session->student, own, COUNT(own), &count, err))
        return false;
    for (size_t i = 0; i < count && !*ret_found; i++)
        if (!strcmp(own[i].topic, taking->ask->topic)) {
            taking->ticket = own[i];
            *ret_found = true;
        }
    if (!*ret_found && count >= TICKETS_OPEN_MOST)
        refuse(taking, PROBLEM_LIMIT, 600);
    return true;
}

/* Nobody fills the line alone: neither a student, nor whoever plays at a kiosk. */
static bool check_limits(StoreTransaction *transaction, Taking *taking, Error *err)
{
    const int64_t now_s = taking->now_ms / 1000;
    const int offset = taking->office->config.utc_offset_minutes;
    const int64_t midnight_s = date_start_s(date_time_at(taking->now_ms, offset).date, offset);
    int64_t taken;

    if (line_waiting(taking->line, taking->ask->topic) >= TICKETS_WAITING_MOST)
        refuse(taking, PROBLEM_LIMIT, 600);
    if (taking->session) {
        if (!tickets_taken_by(transaction, taking->session->student, midnight_s, &taken, err))
            return false;
        if (taken >= TICKETS_DAY_MOST)
            refuse(taking, PROBLEM_LIMIT, (int)(midnight_s + 86400 - now_s));
        return true;
    }
    if (!tickets_given_by(transaction, taking->kiosk->id, now_s - TICKETS_KIOSK_S + 1, &taken, err))
        return false;
    if (taken >= TICKETS_KIOSK_MOST)
        refuse(taking, PROBLEM_LIMIT, TICKETS_KIOSK_S);
    return true;
}

static bool put_ticket(StoreTransaction *transaction, Taking *taking, const Topic *topic, Error *err)
{
    TicketRow *ticket = &taking->ticket;
    char actor[ACTOR_SIZE], object[48];
    OWNED_BUF day;

    *ticket = (TicketRow){ .state = TICKET_IS_WAITING,
                           .epoch = 1,
                           .student = taking->session ? taking->session->student : 0,
                           .taken_at_s = taking->now_ms / 1000 };
    buf_init(&day, sizeof ticket->day);
    date_write(&day, date_time_at(taking->now_ms, taking->office->config.utc_offset_minutes).date, LANGUAGE_FIRST,
               DATE_ISO);
    str_copy_cut(buf_str(&day), ticket->day, sizeof ticket->day);
    str_copy_cut(str_from(taking->ask->key), ticket->id, sizeof ticket->id);
    str_copy_cut(str_from(taking->kiosk->id), ticket->kiosk, sizeof ticket->kiosk);
    str_copy_cut(str_from(topic->id), ticket->topic, sizeof ticket->topic);
    memcpy(ticket->letter, topic->letter, sizeof ticket->letter);
    memcpy(ticket->token_hash, taking->token_hash, sizeof ticket->token_hash);
    if (taking->session)
        actor_student(actor, taking->session->student);
    else
        actor_kiosk(actor, taking->kiosk->id);
    (void)snprintf(object, sizeof object, "ticket:%s", ticket->id);
    if (!tickets_next_n(transaction, ticket->day, ticket->letter, &ticket->n, err))
        return false;
    if (ticket->n > TICKET_NUMBER_MOST) {
        refuse(taking, PROBLEM_LIMIT, 3600);
        return true;
    }
    taking->made = true;
    return tickets_add(transaction, ticket, err) && hall_say(transaction, taking->now_ms, err) &&
           acts_add(transaction, &(Act){ taking->now_ms, actor, "ticket.taken", object, NULL }, err) &&
           line_read(transaction, taking->now_ms / 1000, taking->line, err);
}

static bool take(StoreTransaction *transaction, void *arg, Error *err)
{
    Taking *taking = arg;
    const Topic *topic = topics_find(hall_topics(taking->office), taking->ask->topic);
    bool found;

    taking->problem = (ApiProblem){ 0 };
    taking->made = false;
    if (!line_read(transaction, taking->now_ms / 1000, taking->line, err) ||
        !find_own(transaction, taking, &found, err))
        return false;
    if (found || taking->problem.kind != PROBLEM_NONE)
        return true;
    if (!topic)
        refuse(taking, PROBLEM_NOT_FOUND, 0);
    else if (!hall_gives(taking->office, taking->line, topic->id, taking->now_ms / 1000))
        refuse(taking, PROBLEM_CLOSED, 0);
    else if (!check_limits(transaction, taking, err))
        return false;
    return taking->problem.kind != PROBLEM_NONE || put_ticket(transaction, taking, topic, err);
}

bool ticket_take(Office *office, const Kiosk *kiosk, const Session *session, const ApiTicketAsk *ask,
                 ApiProblem *ret_problem, bool *ret_made, ApiTicket *ret, Error *err)
{
    OWNED(Line) line = line_new(hall_topics(office), err);
    Taking taking = {
        .office = office, .line = line, .kiosk = kiosk, .session = session, .ask = ask, .now_ms = office_now_ms(office)
    };

    if (!line || !hash_token(office, ask->key, taking.token_hash, err) ||
        !store_write(office->store, take, &taking, err))
        return error_add(err, "ticket");
    *ret_problem = taking.problem;
    *ret_made = taking.made;
    return taking.problem.kind != PROBLEM_NONE || tell(office, line, &taking.ticket, ret, err);
}

/* --- looking, giving up ------------------------------------------------------------------------------------------- */

typedef struct Seeing {
    Line *line;
    const char *id; /* NULL: by token_hash */
    uint8_t token_hash[TICKET_HASH_SIZE];
    const Kiosk *kiosk; /* NULL: whoever has the token */
    const Session *session;
    const char *actor; /* who gives it up */
    int64_t now_ms;
    bool found;
    TicketRow ticket;
} Seeing;

static bool is_theirs(const Seeing *seeing)
{
    const TicketRow *ticket = &seeing->ticket;

    return !seeing->kiosk || !strcmp(ticket->kiosk, seeing->kiosk->id) ||
           (seeing->session && ticket->student == seeing->session->student);
}

static bool see(StoreTransaction *transaction, void *arg, Error *err)
{
    Seeing *seeing = arg;

    if (!line_read(transaction, seeing->now_ms / 1000, seeing->line, err) ||
        !(seeing->id ? tickets_get(transaction, seeing->id, &seeing->found, &seeing->ticket, err)
                     : tickets_by_token(transaction, seeing->token_hash, &seeing->found, &seeing->ticket, err)))
        return false;
    seeing->found = seeing->found && is_theirs(seeing);
    return true;
}

static bool drop(StoreTransaction *transaction, void *arg, Error *err)
{
    Seeing *seeing = arg;

    if (!see(transaction, seeing, err))
        return false;
    if (!seeing->found || !state_may_move(&ticket_states, (int)seeing->ticket.state, TICKET_IS_GIVEN_UP))
        return true;
    return ticket_move(transaction, &seeing->ticket, TICKET_IS_GIVEN_UP, seeing->actor, seeing->now_ms, err) &&
           hall_say(transaction, seeing->now_ms, err) && see(transaction, seeing, err);
}

static bool run(Office *office, StoreAct act, bool changes, Seeing *seeing, ApiTicket *ret, Error *err)
{
    OWNED(Line) line = line_new(hall_topics(office), err);

    seeing->line = line;
    seeing->now_ms = office_now_ms(office);
    if (!line ||
        !(changes ? store_write(office->store, act, seeing, err) : store_read(office->store, act, seeing, err)))
        return error_add(err, "ticket");
    return !seeing->found || tell(office, line, &seeing->ticket, ret, err);
}

bool ticket_look(Office *office, const Kiosk *kiosk, const Session *session, const char *id, ApiProblem *ret_problem,
                 ApiTicket *ret, Error *err)
{
    Seeing seeing = { .id = id, .kiosk = kiosk, .session = session };

    if (!run(office, see, false, &seeing, ret, err))
        return false;
    *ret_problem = (ApiProblem){ .kind = seeing.found ? PROBLEM_NONE : PROBLEM_NOT_FOUND };
    return true;
}

bool ticket_give_up(Office *office, const Kiosk *kiosk, const Session *session, const char *id, ApiProblem *ret_problem,
                    ApiTicket *ret, Error *err)
{
    char actor[ACTOR_SIZE];
    Seeing seeing = { .id = id, .kiosk = kiosk, .session = session, .actor = actor };

    if (session)
        actor_student(actor, session->student);
    else
        actor_kiosk(actor, kiosk->id);
    if (!run(office, drop, true, &seeing, ret, err))
        return false;
    *ret_problem = (ApiProblem){ .kind = seeing.found ? PROBLEM_NONE : PROBLEM_NOT_FOUND };
    return true;
}

static bool at_door(Office *office, const Token *token, StoreAct act, bool changes, bool *ret_found, ApiTicket *ret,
                    Error *err)
{
    Seeing seeing = { .actor = "phone" };

    if (!sha256(str_from(token ? token->text : ""), seeing.token_hash, err) ||
        !run(office, act, changes, &seeing, ret, err))
        return false;
    *ret_found = seeing.found;
    return true;
}

bool ticket_door_look(Office *office, const Token *token, bool *ret_found, ApiTicket *ret, Error *err)
{
    return at_door(office, token, see, false, ret_found, ret, err);
}

bool ticket_door_give_up(Office *office, const Token *token, bool *ret_found, ApiTicket *ret, Error *err)
{
    /* Whoever guesses tokens costs no write. */
    return at_door(office, token, see, false, ret_found, ret, err) &&
           (!*ret_found || at_door(office, token, drop, true, ret_found, ret, err));
}
