#include "registrar/office/staff.h"

#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "registrar/office/plain.h"
#include "registrar/office/staff_inside.h"
#include "registrar/store/acts.h"

#define NONCE_SIZE    12
#define START_LETTERS 16
#define DETAIL_MOST   1024

OWNED_BY(StaffRow, mem_free)

void staff_actor(char ret[STAFF_ACTOR_SIZE], const char *name)
{
    (void)snprintf(ret, STAFF_ACTOR_SIZE, "staff:%.*s", STAFF_NAME_SIZE - 1, name);
}

bool staff_note(StoreTransaction *transaction, const char *actor, const char *act, const char *name, const char *detail,
                int64_t now_ms, Error *err)
{
    char object[STAFF_ACTOR_SIZE];

    staff_actor(object, name);
    return acts_add(transaction, &(Act){ now_ms, actor, act, object, detail }, err);
}

/* --- secrets -------------------------------------------------------------------------------------------------------
 */

static void secret_context(const Office *office, const char *name, Buf *buf)
{
    buf_add_format(buf, "staff\n%s\n%s", office->config.institution, name);
}

bool staff_seal_secret(const Office *office, const uint8_t secret[TOTP_SECRET_SIZE], StaffRow *row, Error *err)
{
    uint8_t nonce[NONCE_SIZE];
    OWNED_BUF context, sealed;

    buf_init(&context, 256);
    buf_init(&sealed, sizeof row->secret);
    secret_context(office, row->name, &context);
    if (!buf_ok(&context, err) || !random_fill(&office->config.random, nonce, sizeof nonce, err) ||
        !crypto_seal(office->keys.record, buf_str(&context), (Str){ (const char *)secret, TOTP_SECRET_SIZE }, nonce,
                     &sealed, err) ||
        !buf_ok(&sealed, err))
        return error_add(err, "secret of staff");
    memcpy(row->secret, sealed.data, sealed.len);
    row->secret_length = sealed.len;
    return true;
}

bool staff_open_secret(const Office *office, const StaffRow *row, uint8_t ret[TOTP_SECRET_SIZE], Error *err)
{
    OWNED_BUF context, plain;

    buf_init(&context, 256);
    buf_init(&plain, 64);
    secret_context(office, row->name, &context);
    bool done =
        buf_ok(&context, err) && crypto_open(office->keys.record, buf_str(&context),
                                             (Str){ (const char *)row->secret, row->secret_length }, &plain, err);
    if (done && plain.len != TOTP_SECRET_SIZE)
        done = error_set(err, ERR_CRYPTO, "%zu bytes", plain.len);
    if (done)
        memcpy(ret, plain.data, TOTP_SECRET_SIZE);
    mem_wipe(plain.data, plain.len);
    return done || error_add(err, "secret of staff");
}

/* Eighty bits, of letters and digits that nobody takes for each other. */
static bool make_password(const Office *office, char ret[STAFF_PASSWORD_SIZE], Error *err)
{
    static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789x"; /* 32 of them */
    uint8_t bytes[START_LETTERS];
    size_t length = 0;

    if (!random_fill(&office->config.random, bytes, sizeof bytes, err))
        return false;
    for (size_t i = 0; i < sizeof bytes; i++) {
        if (i > 0 && i % 4 == 0)
            ret[length++] = '-';
        ret[length++] = letters[bytes[i] % 32];
    }
    ret[length] = '\0';
    mem_wipe(bytes, sizeof bytes);
    return true;
}

static bool make_secrets(const Office *office, StaffSecrets *ret, Error *err)
{
    return make_password(office, ret->password, err) &&
           random_fill(&office->config.random, ret->secret, sizeof ret->secret, err);
}

static bool keep_secrets(const Office *office, const StaffSecrets *secrets, StaffRow *row, Error *err)
{
    return password_make(office->passwords, secrets->password, row->hash, err) &&
           staff_seal_secret(office, secrets->secret, row, err);
}

void staff_totp_address(const Office *office, const char *name, const uint8_t secret[TOTP_SECRET_SIZE], Buf *buf)
{
    totp_address(str_from(office->config.host), str_from(name), secret, buf);
}

/* --- adding --------------------------------------------------------------------------------------------------------
 */

static bool fault(const char *field, ApiProblem *ret)
{
    *ret = (ApiProblem){ .kind = PROBLEM_FORM };
    str_copy_cut(str_from(field), ret->field, sizeof ret->field);
    return false;
}

static bool refuse_wish(const char *field, ApiProblem *ret)
{
    (void)fault(field, ret);
    return true;
}

/* What was wished for, in the one form in which it is kept. */
static bool wish_write(const StaffWish *wish, StaffRow *row, ApiProblem *ret)
{
    unsigned roles;
    StaffScope scope;
    OWNED_BUF text;

    buf_init(&text, sizeof row->scope);
    if (!staff_roles_parse(str_from(wish->roles), &roles))
        return fault("roles", ret);
    staff_roles_write(roles, &text);
    if (!str_copy(buf_str(&text), row->roles, sizeof row->roles))
        return fault("roles", ret);
    buf_clear(&text);
    if (!staff_scope_parse(str_from(wish->scope), &scope))
        return fault("scope", ret);
    staff_scope_write(&scope, &text);
    if (text.failed || !str_copy(buf_str(&text), row->scope, sizeof row->scope))
        return fault("scope", ret);
    if (!plain_words(wish->full_name, sizeof row->full_name - 1))
        return fault("full-name", ret);
    return str_copy(str_trim(str_from(wish->full_name)), row->full_name, sizeof row->full_name) ||
           fault("full-name", ret);
}

typedef struct Adding {
    const StaffRow *row;
    const char *actor, *detail;
    int64_t now_ms;
} Adding;

static bool add(StoreTransaction *transaction, void *arg, Error *err)
{
    const Adding *adding = arg;

    return staff_row_add(transaction, adding->row, err) &&
           staff_note(transaction, adding->actor, "staff.added", adding->row->name, adding->detail, adding->now_ms,
                      err);
}

static void detail_of(const StaffRow *row, Buf *buf)
{
    buf_add_format(buf, "{\"roles\":\"%s\",\"scope\":\"%s\"}", row->roles, row->scope); /* both are of plain letters */
}

bool staff_add(Office *office, const StaffWish *wish, const StaffSecrets *given, const char *actor,
               ApiProblem *ret_problem, StaffSecrets *ret, Error *err)
{
    StaffRow row = { .state = given ? STAFF_ACTIVE : STAFF_NEW };
    const int64_t now_ms = office_now_ms(office);
    OWNED_BUF detail;

    buf_init(&detail, DETAIL_MOST);
    *ret_problem = (ApiProblem){ .kind = PROBLEM_NONE };
    row.made_at_s = now_ms / 1000;
    if (!staff_name_fits(wish->name) || !str_copy(str_from(wish->name), row.name, sizeof row.name))
        return refuse_wish("name", ret_problem);
    if (!wish_write(wish, &row, ret_problem))
        return true;
    if (given && staff_password_fault(row.name, given->password) != PASSWORD_FINE)
        return refuse_wish("password", ret_problem);
    if (given)
        *ret = *given;
    else if (!make_secrets(office, ret, err))
        return error_add(err, "staff");
    detail_of(&row, &detail);
    Adding adding = { &row, actor, buf_text(&detail), now_ms };
    bool done =
        buf_ok(&detail, err) && keep_secrets(office, ret, &row, err) && store_write(office->store, add, &adding, err);
    if (!done && err->code == ERR_EXISTS) {
        mem_wipe(ret, sizeof *ret);
        error_clear(err);
        return refuse_wish("name", ret_problem);
    }
    return done || error_add(err, "staff");
}

/* --- changing ------------------------------------------------------------------------------------------------------
 */

/* One act on one account: apply says what becomes of the row. */
typedef struct Changing {
    const char *name, *actor, *act;
    uint32_t epoch;
    int64_t now_ms;
    void (*apply)(StaffRow *row, const void *how);
    const void *how;
    bool needs_administrator; /* another one must be left */
    ApiProblemKind problem;
} Changing;

static bool is_administrator(const StaffRow *row)
{
    unsigned roles;

    return (row->state == STAFF_ACTIVE || row->state == STAFF_NEW) && staff_roles_parse(str_from(row->roles), &roles) &&
           staff_roles_may(roles, RIGHT_STAFF);
}

/* Whether somebody else looks after accounts, too. */
static bool another_is_left(StoreTransaction *transaction, const char *name, bool *ret, Error *err)
{
    OWNED(StaffRow) rows = mem_new(STAFF_MOST, sizeof *rows);
    size_t count;

    if (!rows)
        return error_set(err, ERR_MEMORY, "staff");
    if (!staff_rows_list(transaction, rows, STAFF_MOST, &count, err))
        return false;
    *ret = false;
    for (size_t i = 0; i < count; i++)
        *ret = *ret || (is_administrator(&rows[i]) && strcmp(rows[i].name, name) != 0);
    return true;
}

static bool may_change(StoreTransaction *transaction, Changing *changing, const StaffRow *row, Error *err)
{
    const bool by_command = strcmp(changing->actor, "command-line") == 0;
    bool another = true;

    if (changing->epoch != 0 && changing->epoch != row->epoch)
        changing->problem = PROBLEM_CHANGED;
    else if (!by_command && strcmp(actor_name(changing->actor), row->name) == 0)
        changing->problem = PROBLEM_DECIDED;
    else if (!by_command && changing->needs_administrator && is_administrator(row)) {
        if (!another_is_left(transaction, row->name, &another, err))
            return false;
        if (!another)
            changing->problem = PROBLEM_DECIDED;
    }
    return true;
}

static bool change(StoreTransaction *transaction, void *arg, Error *err)
{
    Changing *changing = arg;
    StaffRow row;
    OWNED_BUF detail;
    bool found, changed;
    int ended;

    buf_init(&detail, DETAIL_MOST);
    changing->problem = PROBLEM_NONE;
    if (!staff_row_get(transaction, changing->name, &found, &row, err))
        return false;
    if (!found || row.state == STAFF_REMOVED) {
        changing->problem = PROBLEM_NOT_FOUND;
        return true;
    }
    if (!may_change(transaction, changing, &row, err))
        return false;
    if (changing->problem != PROBLEM_NONE)
        return true;
    changing->apply(&row, changing->how);
    row.changed_at_s = changing->now_ms / 1000;
    detail_of(&row, &detail);
    return buf_ok(&detail, err) && staff_row_change(transaction, &row, &changed, err) &&
           (changed || error_set(err, ERR_INTERNAL, "an account changed within its own act")) &&
           staff_sessions_end(transaction, row.name, NULL, NULL, &ended, err) &&
           staff_note(transaction, changing->actor, changing->act, row.name, buf_text(&detail), changing->now_ms, err);
}

static bool run(Office *office, Changing *changing, ApiProblem *ret, Error *err)
{
    changing->now_ms = office_now_ms(office);
    if (!store_write(office->store, change, changing, err))
        return error_add(err, "staff");
    *ret = (ApiProblem){ .kind = changing->problem };
    return true;
}

static void apply_roles(StaffRow *row, const void *how)
{
    const StaffRow *wanted = how;

    memcpy(row->roles, wanted->roles, sizeof row->roles);
    memcpy(row->scope, wanted->scope, sizeof row->scope);
    memcpy(row->full_name, wanted->full_name, sizeof row->full_name);
}

bool staff_set_roles(Office *office, const StaffWish *wish, uint32_t epoch, const char *actor, ApiProblem *ret_problem,
                     Error *err)
{
    StaffRow wanted = { 0 };
    unsigned roles;

    if (!wish_write(wish, &wanted, ret_problem))
        return true;
    const bool stays = staff_roles_parse(str_from(wanted.roles), &roles) && staff_roles_may(roles, RIGHT_STAFF);
    return run(office,
               &(Changing){ .name = wish->name,
                            .actor = actor,
                            .act = "staff.role",
                            .epoch = epoch,
                            .apply = apply_roles,
                            .how = &wanted,
                            .needs_administrator = !stays },
               ret_problem, err);
}

/* A locked account stays so. */
static void apply_reset(StaffRow *row, const void *how)
{
    const StaffRow *made = how;

    memcpy(row->hash, made->hash, sizeof row->hash);
    memcpy(row->secret, made->secret, sizeof row->secret);
    row->secret_length = made->secret_length;
    row->state = row->state == STAFF_LOCKED ? STAFF_LOCKED : STAFF_NEW;
}

bool staff_reset(Office *office, const char *name, uint32_t epoch, const char *actor, ApiProblem *ret_problem,
                 StaffSecrets *ret, Error *err)
{
    StaffRow made = { 0 };

    if (!str_copy(str_from(name), made.name, sizeof made.name)) {
        *ret_problem = (ApiProblem){ .kind = PROBLEM_NOT_FOUND };
        return true;
    }
    return make_secrets(office, ret, err) && keep_secrets(office, ret, &made, err) &&
           run(office,
               &(Changing){ .name = name,
                            .actor = actor,
                            .act = "staff.reset",
                            .epoch = epoch,
                            .apply = apply_reset,
                            .how = &made,
                            .needs_administrator = false },
               ret_problem, err);
}

/* Whoever never came to the first sign-in is let in by a reset. */
static void apply_lock(StaffRow *row, const void *how)
{
    const bool *locked = how;

    row->state = *locked ? STAFF_LOCKED : row->state == STAFF_LOCKED ? STAFF_ACTIVE : row->state;
}

bool staff_lock(Office *office, const char *name, bool locked, uint32_t epoch, const char *actor,
                ApiProblem *ret_problem, Error *err)
{
    return run(office,
               &(Changing){ .name = name,
                            .actor = actor,
                            .act = locked ? "staff.locked" : "staff.unlocked",
                            .epoch = epoch,
                            .apply = apply_lock,
                            .how = &locked,
                            .needs_administrator = locked },
               ret_problem, err);
}

/* The name stays, for acts name it. */
static void apply_removal(StaffRow *row, const void *how)
{
    (void)how;
    row->state = STAFF_REMOVED;
    row->full_name[0] = row->hash[0] = '\0';
    row->secret_length = 0;
}

bool staff_remove(Office *office, const char *name, uint32_t epoch, const char *actor, ApiProblem *ret_problem,
                  Error *err)
{
    return run(office,
               &(Changing){ .name = name,
                            .actor = actor,
                            .act = "staff.removed",
                            .epoch = epoch,
                            .apply = apply_removal,
                            .needs_administrator = true },
               ret_problem, err);
}

/* --- looking -------------------------------------------------------------------------------------------------------
 */

static void fill_account(StaffAccount *ret)
{
    if (!staff_roles_parse(str_from(ret->row.roles), &ret->roles))
        ret->roles = 0; /* a newer registrar's: it knows what they are */
    if (!staff_scope_parse(str_from(ret->row.scope), &ret->scope))
        ret->roles = 0;
    mem_wipe(ret->row.hash, sizeof ret->row.hash);
    mem_wipe(ret->row.secret, sizeof ret->row.secret);
}

typedef struct Listing {
    StaffRow *rows;
    size_t room, count;
} Listing;

static bool list(StoreTransaction *transaction, void *arg, Error *err)
{
    Listing *listing = arg;

    return staff_rows_list(transaction, listing->rows, listing->room, &listing->count, err);
}

bool staff_list(Office *office, StaffAccount accounts[], size_t room, size_t *ret_count, Error *err)
{
    OWNED(StaffRow) rows = mem_new(room, sizeof *rows);
    Listing listing = { .rows = rows, .room = room };

    if (!rows)
        return error_set(err, ERR_MEMORY, "staff");
    if (!store_read(office->store, list, &listing, err))
        return error_add(err, "staff");
    for (size_t i = 0; i < listing.count; i++) {
        accounts[i] = (StaffAccount){ .row = rows[i] };
        fill_account(&accounts[i]);
    }
    *ret_count = listing.count;
    return true;
}

typedef struct Finding {
    const char *name;
    bool found;
    StaffRow row;
} Finding;

static bool find(StoreTransaction *transaction, void *arg, Error *err)
{
    Finding *finding = arg;

    return staff_row_get(transaction, finding->name, &finding->found, &finding->row, err);
}

bool staff_find(Office *office, const char *name, bool *ret_found, StaffAccount *ret, Error *err)
{
    Finding finding = { .name = name };

    if (!store_read(office->store, find, &finding, err))
        return error_add(err, "staff");
    *ret_found = finding.found && finding.row.state != STAFF_REMOVED;
    if (*ret_found) {
        *ret = (StaffAccount){ .row = finding.row };
        fill_account(ret);
    }
    return true;
}
