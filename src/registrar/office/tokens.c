#include "registrar/office/tokens.h"

#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "registrar/office/inside.h"
#include "registrar/store/acts.h"

#define BEARER_BYTES 32
#define DAYS_MOST    3660
#define USED_STEP_S  60 /* its last use is written down so often: who asks a hundred times a second costs no writes */

static const char *const purposes[] = { "catalogue", "requests",  "payments",    "blanks",
                                        "records",   "campaigns", "information", "hall" };

static bool purpose_known(Str purpose)
{
    for (size_t i = 0; i < COUNT(purposes); i++)
        if (str_equal_text(purpose, purposes[i]))
            return true;
    return false;
}

static bool purposes_known(const char *list)
{
    Str rest = str_from(list);

    while (rest.ptr)
        if (!purpose_known(str_split(&rest, ',')))
            return false;
    return strlen(list) < TOKEN_PURPOSE_SIZE;
}

bool token_may(const TokenRow *token, const char *purpose)
{
    Str rest = str_from(token->purpose);

    while (rest.ptr)
        if (str_equal_text(str_split(&rest, ','), purpose))
            return true;
    return false;
}

bool token_name_fits(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    size_t length = strlen(name);

    return length > 0 && length < TOKEN_NAME_SIZE && strspn(name, letters) == length;
}

/* --- making and removing ------------------------------------------------------------------------------------------ */

typedef struct Adding {
    TokenRow row;
    uint8_t hash[TOKEN_HASH_SIZE];
    int64_t now_ms;
} Adding;

static bool log_token(StoreTransaction *transaction, const char *name, const char *act, int64_t now_ms, Error *err)
{
    char object[TOKEN_NAME_SIZE + 8];

    (void)snprintf(object, sizeof object, "token:%s", name);
    return acts_add(transaction, &(Act){ now_ms, "command-line", act, object, NULL }, err);
}

static bool add(StoreTransaction *transaction, void *arg, Error *err)
{
    const Adding *adding = arg;

    return tokens_add(transaction, &adding->row, adding->hash, err) &&
           log_token(transaction, adding->row.name, "token.added", adding->now_ms, err);
}

static bool make_bearer(const Office *office, char ret[TOKEN_BEARER_SIZE], uint8_t ret_hash[TOKEN_HASH_SIZE],
                        Error *err)
{
    uint8_t bytes[BEARER_BYTES];
    OWNED_BUF text;

    buf_init(&text, TOKEN_BEARER_SIZE);
    if (!random_fill(&office->config.random, bytes, sizeof bytes, err))
        return false;
    base64url_write(&text, bytes, sizeof bytes);
    mem_wipe(bytes, sizeof bytes);
    return buf_ok(&text, err) && sha256(buf_str(&text), ret_hash, err) &&
           (str_copy(buf_str(&text), ret, TOKEN_BEARER_SIZE) || error_set(err, ERR_INTERNAL, "bearer"));
}

bool token_add(Office *office, const char *name, const char *purpose, int days, char ret_bearer[TOKEN_BEARER_SIZE],
               Error *err)
{
    Adding adding = { .now_ms = office_now_ms(office) };

    if (!token_name_fits(name))
        return error_set(err, ERR_ARGUMENT, "a token's name is 1 to %d letters, digits, dots, hyphens",
                         TOKEN_NAME_SIZE - 1);
    if (!purposes_known(purpose))
        return error_set(
            err, ERR_ARGUMENT,
            "there are tokens for: catalogue, information, requests, payments, blanks, records, campaigns");
    if (days < 1 || days > DAYS_MOST)
        return error_set(err, ERR_ARGUMENT, "a token lives 1 to %d days", DAYS_MOST);
    if (!make_bearer(office, ret_bearer, adding.hash, err))
        return false;
    str_copy_cut(str_from(name), adding.row.name, sizeof adding.row.name);
    str_copy_cut(str_from(purpose), adding.row.purpose, sizeof adding.row.purpose);
    adding.row.made_at_s = adding.now_ms / 1000;
    adding.row.expires_at_s = adding.row.made_at_s + (int64_t)days * 86400;
    return store_write(office->store, add, &adding, err);
}

typedef struct Removing {
    const char *name;
    int64_t now_ms;
    bool found;
} Removing;

static bool remove_token(StoreTransaction *transaction, void *arg, Error *err)
{
    Removing *removing = arg;

    return tokens_remove(transaction, removing->name, &removing->found, err) &&
           (!removing->found || log_token(transaction, removing->name, "token.removed", removing->now_ms, err));
}

bool token_remove(Office *office, const char *name, bool *ret_found, Error *err)
{
    Removing removing = { .name = name, .now_ms = office_now_ms(office) };

    if (!store_write(office->store, remove_token, &removing, err))
        return false;
    *ret_found = removing.found;
    return true;
}

typedef struct Listing {
    TokenRow *rows;
    size_t count;
} Listing;

static bool list(StoreTransaction *transaction, void *arg, Error *err)
{
    Listing *listing = arg;

    return tokens_list(transaction, listing->rows, TOKENS_MOST, &listing->count, err);
}

bool token_list(Office *office, TokenRow rows[TOKENS_MOST], size_t *ret_count, Error *err)
{
    Listing listing = { .rows = rows };

    if (!store_read(office->store, list, &listing, err))
        return false;
    *ret_count = listing.count;
    return true;
}

/* --- showing ------------------------------------------------------------------------------------------------------ */

typedef struct Showing {
    uint8_t hash[TOKEN_HASH_SIZE];
    int64_t now_s;
    bool found;
    TokenRow row;
} Showing;

static bool find(StoreTransaction *transaction, void *arg, Error *err)
{
    Showing *showing = arg;

    return tokens_by_hash(transaction, showing->hash, &showing->found, &showing->row, err);
}

static bool mark_used(StoreTransaction *transaction, void *arg, Error *err)
{
    const Showing *showing = arg;

    return tokens_used(transaction, showing->row.name, showing->now_s, err);
}

bool token_known(Office *office, const char *bearer, const char *purpose, bool *ret_known, TokenRow *ret, Error *err)
{
    Showing showing = { .now_s = office_now_s(office) };

    *ret_known = false;
    if (!sha256(str_from(bearer ? bearer : ""), showing.hash, err) || !store_read(office->store, find, &showing, err))
        return error_add(err, "token");
    if (!showing.found || showing.now_s >= showing.row.expires_at_s || (purpose && !token_may(&showing.row, purpose)))
        return true;
    if (showing.now_s >= showing.row.used_at_s + USED_STEP_S && !store_write(office->store, mark_used, &showing, err))
        return error_add(err, "token");
    *ret_known = true;
    *ret = showing.row;
    return true;
}
