/* The kiosk's side: sets are offered, looked at, given up. */
#include "registrar/office/photos.h"

#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "registrar/office/access.h"
#include "registrar/office/feed.h"
#include "registrar/office/keeping.h"
#include "registrar/office/mine.h"

/* A token's last letters prove that the others were drawn here: whoever guesses is refused before a body of megabytes
 * is read, and without asking the register. */
#define TOKEN_DRAWN 20 /* letters: 100 random bits; the other eight are proof */

/* --- tokens ------------------------------------------------------------------------------------------------------- */

static bool prove(const Office *office, Token *token)
{
    uint8_t mac[SHA256_SIZE], bytes[TOKEN_RANDOM_BYTES] = { 0 };
    OWNED_BUF text;

    buf_init(&text, 64);
    buf_add_text(&text, "photographs:");
    buf_add(&text, token->text, TOKEN_DRAWN);
    if (text.failed || !hmac_sha256((Str){ (const char *)office->keys.page, KEY_SIZE }, buf_str(&text), mac, NULL))
        return false;
    memcpy(bytes, mac, sizeof bytes);
    Token proof = token_make(bytes);
    memcpy(token->text + TOKEN_DRAWN, proof.text, TOKEN_LENGTH - TOKEN_DRAWN);
    mem_wipe(&proof, sizeof proof);
    mem_wipe(mac, sizeof mac);
    mem_wipe(bytes, sizeof bytes);
    return true;
}

bool photos_token_make(const Office *office, Token *ret, Error *err)
{
    uint8_t bytes[TOKEN_RANDOM_BYTES];

    if (!random_fill(&office->config.random, bytes, sizeof bytes, err))
        return false;
    *ret = token_make(bytes);
    mem_wipe(bytes, sizeof bytes);
    return prove(office, ret) || error_set(err, ERR_CRYPTO, "token");
}

bool photos_token_is_ours(const Office *office, const Token *token)
{
    Token proved = *token;
    uint8_t differs = 0;

    if (!prove(office, &proved))
        return false;
    for (size_t i = 0; i < TOKEN_LENGTH; i++)
        differs |= (uint8_t)(proved.text[i] ^ token->text[i]);
    mem_wipe(&proved, sizeof proved);
    return differs == 0;
}

bool photos_hash(const char *secret, uint8_t ret[PHOTO_HASH_SIZE], Error *err)
{
    return sha256(str_from(secret), ret, err);
}
static_assert(PHOTO_HASH_SIZE == SHA256_SIZE, "hashes are SHA-256");

/* --- sealed ------------------------------------------------------------------------------------------------------- */

static void context_add(const char *set, int n, Buf *context)
{
    buf_add_format(context, "photograph:%s:%d", set, n);
}

bool photos_seal(const Office *office, const char *set, int n, Str jpeg, Buf *sealed, Error *err)
{
    uint8_t nonce[12];
    OWNED_BUF context;

    buf_init(&context, 96);
    context_add(set, n, &context);
    return buf_ok(&context, err) && random_fill(&office->config.random, nonce, sizeof nonce, err) &&
           crypto_seal(office->keys.page, buf_str(&context), jpeg, nonce, sealed, err);
}

bool photos_open(const Office *office, const char *set, int n, Str sealed, Buf *jpeg, Error *err)
{
    OWNED_BUF context;

    buf_init(&context, 96);
    context_add(set, n, &context);
    return buf_ok(&context, err) && crypto_open(office->keys.page, buf_str(&context), sealed, jpeg, err);
}

/* --- what holds --------------------------------------------------------------------------------------------------- */

PhotoState photos_now(const PhotoSetRow *set, bool session_lives, int64_t now_s)
{
    const bool live = set->state == PHOTOS_OFFERED || set->state == PHOTOS_OPENED;

    if (!live || (session_lives && now_s < set->ends_at_s))
        return set->state;
    if (set->pages > 0)
        return PHOTOS_GIVEN;
    return session_lives ? PHOTOS_EXPIRED : PHOTOS_ENDED;
}

bool photos_session_lives(StoreTransaction *transaction, const PhotoSetRow *set, int64_t now_s, bool *ret, Error *err)
{
    SessionRow session;

    return sessions_find(transaction, set->session, set->kiosk, now_s, ret, &session, err);
}

bool photos_move(StoreTransaction *transaction, const PhotoSetRow *set, PhotoState to, int64_t now_ms, Error *err)
{
    const Move move = { .id = set->id, .from = (int)set->state, .to = (int)to, .epoch = set->epoch, .at_ms = now_ms };

    return state_move(transaction, &photo_states, &move, err);
}

bool photos_say(StoreTransaction *transaction, const PhotoSetRow *set, int64_t now_ms, Error *err)
{
    const FeedEvent event = { .what = CHANGED_PAPERS, .kiosk = set->kiosk, .id = set->id, .at_ms = now_ms };

    return feed_say(transaction, &event, err);
}

static void tell(const PhotoSetRow *set, PhotoState now, int64_t now_s, ApiPapers *ret)
{
    static const ApiPapersState told[] = {
        [PHOTOS_OFFERED] = PAPERS_OFFERED, [PHOTOS_OPENED] = PAPERS_OPENED,   [PHOTOS_GIVEN] = PAPERS_GIVEN,
        [PHOTOS_ENDED] = PAPERS_ENDED,     [PHOTOS_EXPIRED] = PAPERS_EXPIRED,
    };
    const bool live = now == PHOTOS_OFFERED || now == PHOTOS_OPENED;

    *ret = (ApiPapers){ .state = told[now],
                        .pages = set->pages,
                        .most = set->most,
                        .seconds_left = live && set->ends_at_s > now_s ? (int)(set->ends_at_s - now_s) : 0 };
    memcpy(ret->id, set->id, sizeof ret->id);
}

/* --- offering ----------------------------------------------------------------------------------------------------- */

static const Field *paper_of(const Service *service, const char *field)
{
    for (size_t i = 0; service && i < service->field_count; i++)
        if (service->fields[i].kind == FIELD_PAPER && !strcmp(service->fields[i].id, field))
            return &service->fields[i];
    return NULL;
}

/* Whether this student may fill in that form now. */
static bool may(Office *office, const Shelf *shelf, const Session *session, const Service *service, bool *ret,
                Error *err)
{
    OWNED_RECORD record = { 0 };
    ApiService access;

    if (!record_read(office, session->student, RECORD_RULES, &record, err) ||
        !service_access(office, shelf, session, service, &record, &access, err))
        return false;
    *ret = access.allowed;
    return access.allowed || student_answers_anew(office, session->student, service->id, ret, err);
}

typedef struct Offering {
    const Office *office;
    PhotoSetRow set;
    bool limited;
} Offering;

/* A code that another glass may still show takes no more; what came by it stays until an answer decides. */
static bool close_others(StoreTransaction *transaction, const PhotoSetRow *newer, int64_t now_ms, Error *err)
{
    PhotoSetRow rows[PHOTO_SETS_MOST];
    size_t count;

    if (!photo_sets_loose(transaction, newer->student, newer->service, rows, COUNT(rows), &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        const bool live = rows[i].state == PHOTOS_OFFERED || rows[i].state == PHOTOS_OPENED;

        if (live && strcmp(rows[i].field, newer->field) == 0 &&
            !photos_move(transaction, &rows[i], rows[i].pages > 0 ? PHOTOS_GIVEN : PHOTOS_ENDED, now_ms, err))
            return false;
    }
    return true;
}

static bool offer(StoreTransaction *transaction, void *arg, Error *err)
{
    Offering *offering = arg;
    const PhotoSetRow *set = &offering->set;
    int64_t made;

    if (!photo_sets_count(transaction, set->student, office_day_start_s(offering->office), &made, err))
        return false;
    offering->limited = made >= PHOTOS_A_DAY_MOST;
    return offering->limited ||
           (close_others(transaction, set, set->made_at_s * 1000, err) && photo_sets_add(transaction, set, err));
}

static bool make_set(Office *office, const Session *session, const Field *field, const Token *token,
                     const char *service, PhotoSetRow *ret, Error *err)
{
    const int64_t now_s = office_now_s(office);
    const int most = field->most >= 1 && field->most <= PAPERS_PAGES_MOST ? (int)field->most : 1;

    *ret = (PhotoSetRow){ .student = session->student,
                          .most = most,
                          .made_at_s = now_s,
                          .ends_at_s = now_s + PHOTOS_LINK_S,
                          .keep_until_s = now_s + PHOTOS_KEPT_S };
    memcpy(ret->kiosk, session->kiosk, sizeof ret->kiosk);
    memcpy(ret->session, session->bearer_hash, sizeof ret->session);
    str_copy_cut(str_from(service), ret->service, sizeof ret->service);
    str_copy_cut(str_from(field->id), ret->field, sizeof ret->field);
    return office_new_id(office, ret->id, err) && photos_hash(token->text, ret->token_hash, err);
}

static bool offer_for(Office *office, const Session *session, const Field *field, const char *service,
                      ApiProblem *ret_problem, ApiPapers *ret, Error *err)
{
    Offering offering = { .office = office };
    Token token = { 0 };
    bool done = photos_token_make(office, &token, err) &&
                make_set(office, session, field, &token, service, &offering.set, err) &&
                store_write(office->store, offer, &offering, err);

    if (done && offering.limited)
        ret_problem->kind = PROBLEM_LIMIT;
    else if (done) {
        tell(&offering.set, PHOTOS_OFFERED, offering.set.made_at_s, ret);
        done = office_phone_address(office, 'U', token.text, ret->address, sizeof ret->address, err);
    }
    mem_wipe(&token, sizeof token);
    return done;
}

bool photos_offer(Office *office, const Session *session, const ApiPapersWanted *wanted, ApiProblem *ret_problem,
                  ApiPapers *ret, Error *err)
{
    OWNED(Shelf) shelf = shelf_take(office);
    const Service *service = shelf_service(shelf, wanted->service);
    const Field *field = paper_of(service, wanted->field);
    bool allowed;

    *ret_problem = (ApiProblem){ .kind = field ? PROBLEM_NONE : PROBLEM_NOT_FOUND };
    if (!field)
        return true;
    if (!may(office, shelf, session, service, &allowed, err))
        return error_add(err, "photographs");
    if (!allowed) {
        ret_problem->kind = PROBLEM_NOT_ALLOWED;
        return true;
    }
    return offer_for(office, session, field, service->id, ret_problem, ret, err) || error_add(err, "photographs");
}

/* --- one of one's own --------------------------------------------------------------------------------------------- */

typedef struct Watching {
    int64_t student;
    const Session *session; /* photos_page */
    const char *id;
    int64_t now_ms;
    bool found, handed_in;
    PhotoSetRow set;
    PhotoState now;
    int n;       /* photos_page */
    Buf *sealed; /* photos_page */
} Watching;

static bool read_own(StoreTransaction *transaction, Watching *watching, Error *err)
{
    PhotoSetRow *set = &watching->set;
    bool lives;

    if (!photo_sets_get(transaction, watching->id, &watching->found, set, err))
        return false;
    watching->found = watching->found && set->student == watching->student;
    if (!watching->found)
        return true;
    if (!photos_session_lives(transaction, set, watching->now_ms / 1000, &lives, err))
        return false;
    watching->now = photos_now(set, lives, watching->now_ms / 1000);
    return true;
}

static bool look(StoreTransaction *transaction, void *arg, Error *err)
{
    return read_own(transaction, arg, err);
}

bool photos_look(Office *office, const Session *session, const char *id, ApiProblem *ret_problem, ApiPapers *ret,
                 Error *err)
{
    Watching watching = { .student = session->student, .id = id, .now_ms = office_now_ms(office) };

    if (!store_read(office->store, look, &watching, err))
        return error_add(err, "photographs");
    *ret_problem = (ApiProblem){ .kind = watching.found ? PROBLEM_NONE : PROBLEM_NOT_FOUND };
    if (watching.found)
        tell(&watching.set, watching.now, watching.now_ms / 1000, ret);
    return true;
}

static bool end(StoreTransaction *transaction, void *arg, Error *err)
{
    Watching *watching = arg;

    if (!read_own(transaction, watching, err))
        return false;
    watching->handed_in = watching->found && watching->set.request[0];
    return !watching->found || watching->handed_in || photo_sets_remove(transaction, watching->set.id, err);
}

bool photos_end(Office *office, const Session *session, const char *id, ApiProblem *ret_problem, Error *err)
{
    Watching watching = { .student = session->student, .id = id, .now_ms = office_now_ms(office) };

    if (!store_write(office->store, end, &watching, err))
        return error_add(err, "photographs");
    *ret_problem = (ApiProblem){ .kind = !watching.found      ? PROBLEM_NOT_FOUND
                                         : watching.handed_in ? PROBLEM_DECIDED
                                                              : PROBLEM_NONE };
    return true;
}

static bool read_page(StoreTransaction *transaction, void *arg, Error *err)
{
    Watching *watching = arg;
    const Session *session = watching->session;

    if (!read_own(transaction, watching, err))
        return false;
    if (session->weak && memcmp(watching->set.session, session->bearer_hash, BEARER_HASH_SIZE) != 0)
        watching->found = false;
    return !watching->found ||
           photo_pages_get(transaction, watching->set.id, watching->n, &watching->found, watching->sealed, err);
}

bool photos_page(Office *office, const Session *session, const char *id, int n, int width, ApiProblem *ret_problem,
                 Blob **ret_png, Error *err)
{
    OWNED_BUF sealed, jpeg, png;
    Watching watching = { .student = session->student,
                          .session = session,
                          .id = id,
                          .now_ms = office_now_ms(office),
                          .n = n,
                          .sealed = &sealed };

    buf_init(&sealed, PHOTO_PAGE_MOST);
    buf_init(&jpeg, PHOTO_KEPT_MOST);
    buf_init(&png, 8u << 20);
    *ret_problem = (ApiProblem){ .kind = PROBLEM_NONE };
    if (!store_read(office->store, read_page, &watching, err))
        return error_add(err, "photograph");
    if (!watching.found) {
        ret_problem->kind = PROBLEM_NOT_FOUND;
        return true;
    }
    if (!photos_open(office, watching.set.id, n, buf_str(&sealed), &jpeg, err) ||
        !photo_small(buf_str(&jpeg), width, &png, err))
        return error_add(err, "photograph");
    *ret_png = blob_take_buf(&png);
    return *ret_png || error_set(err, ERR_MEMORY, "photograph");
}

/* --- time --------------------------------------------------------------------------------------------------------- */

typedef struct Ending {
    int64_t now_ms;
    PhotoSetRow rows[PHOTO_SETS_MOST];
    size_t count;
} Ending;

static bool list_overdue(StoreTransaction *transaction, void *arg, Error *err)
{
    Ending *ending = arg;

    return photo_sets_overdue(transaction, ending->now_ms / 1000, ending->rows, COUNT(ending->rows), &ending->count,
                              err);
}

static bool end_overdue(StoreTransaction *transaction, void *arg, Error *err)
{
    Ending *ending = arg;

    if (!list_overdue(transaction, ending, err))
        return false;
    for (size_t i = 0; i < ending->count; i++) {
        const PhotoSetRow *set = &ending->rows[i];

        if (!photos_move(transaction, set, photos_now(set, true, ending->now_ms / 1000), ending->now_ms, err) ||
            !photos_say(transaction, set, ending->now_ms, err))
            return false;
    }
    return true;
}

bool photos_time_out(Office *office, Error *err)
{
    Ending *ending = mem_new(1, sizeof *ending);

    if (!ending)
        return error_set(err, ERR_MEMORY, "photographs");
    ending->now_ms = office_now_ms(office);
    const bool done = store_read(office->store, list_overdue, ending, err) &&
                      (ending->count == 0 || store_write(office->store, end_overdue, ending, err));
    mem_free(ending);
    return done || error_add(err, "photographs");
}
