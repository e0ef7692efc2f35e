#include "registrar/office/offers.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/office/contents.h"
#include "registrar/office/feed.h"
#include "registrar/office/shelf_keeper.h"
#include "registrar/store/acts.h"
#include "registrar/store/offers.h"

#define ROUNDS_MOST 4 /* that another registrar may come first */

Shelf *office_shelf(Office *office, Error *err)
{
    return shelf_follow(office, err) ? shelf_take(office) : NULL;
}

/* --- what is meant ------------------------------------------------------------------------------------------------ */

static const ShelfFile *find(const ShelfFiles *files, ShelfKind kind, const char *id)
{
    for (size_t i = 0; i < files->count; i++)
        if (files->items[i].kind == kind && !strcmp(files->items[i].id, id))
            return &files->items[i];
    return NULL;
}

static bool put_of_wish(const OfferWish *wish, ShelfFiles *files, Error *err)
{
    char name[SHELF_PUT_NAME_SIZE];

    shelf_put_name(wish->kind, wish->id, name);
    return wish->body.len == 0 ||
           shelf_files_add_put(files, wish->kind, name, wish->id, blob_new(wish->body.ptr, wish->body.len), err);
}

/* --- keeping ------------------------------------------------------------------------------------------------------ */

typedef struct Changing {
    const OfferWish *wish;
    const Shelf *shelf; /* as it will be */
    int64_t revision;   /* it was made of */
    int64_t now_ms;
    char before[SHELF_HASH_SIZE], after[SHELF_HASH_SIZE];
    Str stood, stands; /* borrowed of what was there and of what is: nothing where there is nothing */
    OfferRow last;     /* what was put before, where something was */
} Changing;

static bool find_last(void *ctx, const OfferRow *row, Str body UNUSED, Error *err UNUSED)
{
    Changing *changing = ctx;

    if (!strcmp(row->kind, shelf_kind_name(changing->wish->kind)) && !strcmp(row->id, changing->wish->id))
        changing->last = *row;
    return true;
}

static bool keep_history(StoreTransaction *transaction, const Changing *changing, Error *err)
{
    static const ContentKind kinds[SHELF_KIND_COUNT] = {
        [SHELF_SERVICE] = CONTENT_SERVICE, [SHELF_TEMPLATE] = CONTENT_TEMPLATE, [SHELF_INFORMATION] = CONTENT_PAGE
    };
    const ContentState stood = { changing->stood, changing->before, changing->last.author,
                                 changing->last.changed_at_s },
                       stands = { changing->stands, changing->after, changing->wish->actor, changing->now_ms / 1000 };

    return !strcmp(changing->before, changing->after) ||
           content_keep(transaction, kinds[changing->wish->kind], changing->wish->id, &stood, &stands, err);
}

static bool log_change(StoreTransaction *transaction, const Changing *changing, Error *err)
{
    const OfferWish *wish = changing->wish;
    const char *kind = shelf_kind_name(wish->kind);
    char act[24], object[80], detail[96];

    (void)snprintf(act, sizeof act, "%s.%s", kind, wish->body.len ? "put" : "removed");
    (void)snprintf(object, sizeof object, "%s:%.47s", kind, wish->id);
    (void)snprintf(detail, sizeof detail, "{\"before\":\"%s\",\"after\":\"%s\"}", changing->before, changing->after);
    return acts_add(transaction, &(Act){ changing->now_ms, wish->actor, act, object, detail }, err);
}

static bool write_offer(StoreTransaction *transaction, const Changing *changing, Error *err)
{
    const OfferWish *wish = changing->wish;
    OfferRow row = { .kind = shelf_kind_name(wish->kind), .changed_at_s = changing->now_ms / 1000 };
    bool found;

    if (wish->body.len == 0)
        return offers_remove(transaction, row.kind, wish->id, &found, err);
    str_copy_cut(str_from(wish->id), row.id, sizeof row.id);
    str_copy_cut(str_from(changing->after), row.version, sizeof row.version);
    str_copy_cut(str_from(wish->actor), row.author, sizeof row.author);
    return offers_put(transaction, &row, wish->body, err);
}

static bool change(StoreTransaction *transaction, void *arg, Error *err)
{
    Changing *changing = arg;
    const bool page = changing->wish->kind == SHELF_INFORMATION;
    const FeedEvent event = { .what = page ? CHANGED_INFORMATION : CHANGED_CATALOGUE,
                              .version = page ? NULL : catalogue_version(shelf_catalogue(changing->shelf)),
                              .at_ms = changing->now_ms };
    int64_t revision;

    if (!offers_revision(transaction, &revision, err))
        return false;
    if (revision != changing->revision)
        return error_set(err, ERR_CONFLICT, "another registrar was faster");
    changing->last = (OfferRow){ .kind = NULL };
    return offers_each(transaction, find_last, changing, err) && write_offer(transaction, changing, err) &&
           keep_history(transaction, changing, err) && shelf_keep_templates(transaction, changing->shelf, err) &&
           log_change(transaction, changing, err) && feed_say(transaction, &event, err);
}

/* --- changing ----------------------------------------------------------------------------------------------------- */

typedef struct Round {
    ShelfFiles *files; /* owned */
    OfferOutcome outcome;
    Changing changing;
    bool again;
} Round;

/* Between begin and end.  A shelf: it is kept in the register, and is to hang. */
static Shelf *try_change(Office *office, const OfferWish *wish, Round *round, ShelfFaults *faults, Error *err)
{
    OWNED(Shelf) now = shelf_take(office);
    OWNED(Shelf) shelf = NULL;
    const ShelfFile *there = find(shelf_files(now), wish->kind, wish->id);
    const ShelfFile *after;
    Error why = { 0 };

    round->outcome = OFFER_UNMET;
    if (wish->meant && !wish->meant(wish->ctx, there ? there->version : NULL))
        return NULL;
    round->outcome = OFFER_NOT_FOUND;
    memcpy(round->changing.after, there ? there->version : "", there ? SHELF_HASH_SIZE : 1);
    if (!shelf_files_drop_one_put(round->files, wish->kind, wish->id) && wish->body.len == 0)
        return NULL;
    round->outcome = OFFER_REFUSED;
    if (!put_of_wish(wish, round->files, &why)) {
        if (why.code != ERR_RANGE)
            error_set(err, why.code, "%s", why.text);
        else
            shelf_fault(faults, wish->id, "", "%s", why.text);
        return NULL;
    }
    shelf = shelf_make(round->files, faults, err);
    if (!shelf)
        return NULL;
    after = find(shelf_files(shelf), wish->kind, wish->id);
    round->outcome = there ? OFFER_CHANGED : OFFER_MADE;
    memcpy(round->changing.before, there ? there->version : "", there ? SHELF_HASH_SIZE : 1);
    memcpy(round->changing.after, after ? after->version : "", after ? SHELF_HASH_SIZE : 1);
    round->changing.shelf = shelf;
    round->changing.stood = there ? blob_str(there->body) : (Str){ 0 };
    round->changing.stands = after ? blob_str(after->body) : (Str){ 0 };
    if (!store_write(office->store, change, &round->changing, &why)) {
        round->again = why.code == ERR_CONFLICT;
        if (!round->again)
            error_set_cause(err, why.code, why.cause, "%s", why.text);
        return NULL;
    }
    return steal(&shelf);
}

static bool change_once(Office *office, const OfferWish *wish, Round *round, ShelfFaults *faults, Error *err)
{
    Error why = { 0 };
    Shelf *shelf;

    round->files = shelf_files_new();
    if (!round->files)
        return error_set(err, ERR_MEMORY, "offer");
    round->changing = (Changing){ .wish = wish, .now_ms = office_now_ms(office) };
    round->again = false;
    if (!shelf_change_begin(office, round->files, &round->changing.revision, err))
        return false;
    shelf = try_change(office, wish, round, faults, &why);
    shelf_change_end(office, shelf, round->changing.revision + 1);
    return why.code == ERR_NONE || error_set_cause(err, why.code, why.cause, "%s", why.text);
}

bool offer_change(Office *office, const OfferWish *wish, OfferOutcome *ret_outcome, char ret_version[SHELF_HASH_SIZE],
                  ShelfFaults *ret_faults, Error *err)
{
    Round round = { .again = true };

    for (int i = 0; round.again && i < ROUNDS_MOST; i++) {
        ret_faults->count = 0;
        bool done = (i == 0 || shelf_follow(office, err)) && change_once(office, wish, &round, ret_faults, err);
        shelf_files_free(round.files);
        round.files = NULL;
        if (!done)
            return error_add(err, "%s %.48s", shelf_kind_name(wish->kind), wish->id);
    }
    if (round.again)
        return error_set(err, ERR_CONFLICT, "others change it all the time");
    *ret_outcome = round.outcome;
    memcpy(ret_version, round.changing.after, SHELF_HASH_SIZE);
    return true;
}

/* --- without an office -------------------------------------------------------------------------------------------- */

typedef struct Removing {
    ShelfKind kind;
    const char *id;
    int64_t now_ms;
    bool found;
} Removing;

static bool remove_unseen(StoreTransaction *transaction, void *arg, Error *err)
{
    Removing *removing = arg;
    const char *kind = shelf_kind_name(removing->kind);
    const FeedEvent event = { .what = removing->kind == SHELF_INFORMATION ? CHANGED_INFORMATION : CHANGED_CATALOGUE,
                              .at_ms = removing->now_ms };
    char act[24], object[80];

    (void)snprintf(act, sizeof act, "%s.removed", kind);
    (void)snprintf(object, sizeof object, "%s:%.47s", kind, removing->id);
    if (!offers_remove(transaction, kind, removing->id, &removing->found, err))
        return false;
    return !removing->found ||
           (acts_add(transaction, &(Act){ removing->now_ms, "command-line", act, object, NULL }, err) &&
            feed_say(transaction, &event, err));
}

bool offer_remove_unseen(Store *store, ShelfKind kind, const char *id, int64_t now_ms, bool *ret_found, Error *err)
{
    Removing removing = { kind, id, now_ms, false };

    if (!store_write(store, remove_unseen, &removing, err))
        return false;
    *ret_found = removing.found;
    return true;
}
