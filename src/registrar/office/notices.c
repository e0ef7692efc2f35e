#include "registrar/office/notices.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/office/contents.h"
#include "registrar/office/feed.h"
#include "registrar/office/inside.h"
#include "registrar/store/acts.h"
#include "registrar/store/kiosks.h"
#include "wire/json.h"

static_assert(NOTICE_TEXT_SIZE <= NOTICE_TEXT_ROOM, "the store has room for what the glass has room for");

/* --- adding, removing -------------------------------------------------------------------------------------------- */

typedef struct Adding {
    NoticeRow row;
    int64_t now_ms;
} Adding;

#define COMMAND "command-line"

static bool take_texts(const NoticeWish *wish, NoticeRow *row, Error *err)
{
    bool any = false;

    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        Error why = { 0 };
        if (!wish->texts[i])
            continue;
        if (!notice_check(str_from(wish->texts[i]), &why))
            return error_set(err, ERR_ARGUMENT, "in %s: %s", language_tag((Language)i), why.text);
        str_copy_cut(str_from(wish->texts[i]), row->texts[i], sizeof row->texts[i]);
        any = true;
    }
    return any || error_set(err, ERR_ARGUMENT, "a notice says something, in one language at least");
}

static bool take_for(const NoticeWish *wish, NoticeRow *row, Error *err)
{
    const struct {
        const char *const *names;
        size_t count;
        bool place;
    } lists[] = { { wish->kiosks, wish->kiosk_count, false }, { wish->places, wish->place_count, true } };

    for (size_t list = 0; list < COUNT(lists); list++)
        for (size_t i = 0; i < lists[list].count; i++) {
            NoticeFor *whom = &row->for_whom[row->for_count];
            if (row->for_count == NOTICE_FOR_MOST ||
                !str_copy(str_from(lists[list].names[i]), whom->name, sizeof whom->name))
                return error_set(err, ERR_ARGUMENT, "a notice is for %d kiosks and places at most, with short names",
                                 NOTICE_FOR_MOST);
            whom->place = lists[list].place;
            row->for_count++;
        }
    return true;
}

static bool take_times(const NoticeWish *wish, int64_t now_s, NoticeRow *row, Error *err)
{
    row->from_s = wish->from_s ? wish->from_s : now_s;
    row->until_s = wish->until_s;
    if (row->until_s <= now_s)
        return error_set(err, ERR_ARGUMENT, "its time is over already");
    return row->from_s < row->until_s || error_set(err, ERR_ARGUMENT, "it would end before it begins");
}

/* A kiosk that is mistyped would never show it; places are words of people, and are taken as they are. */
static bool check_known(StoreTransaction *transaction, const NoticeRow *row, Error *err)
{
    for (size_t i = 0; i < row->for_count; i++) {
        char place[KIOSK_PLACE_SIZE];
        const NoticeFor *whom = &row->for_whom[i];

        if (whom->place)
            continue;
        if (!kiosks_place(transaction, whom->name, place, sizeof place, err))
            return false;
        if (!place[0])
            return error_set(err, ERR_ARGUMENT, "there is no kiosk %.40s", whom->name);
    }
    return true;
}

static bool check_room(StoreTransaction *transaction, int64_t now_s, Error *err)
{
    NoticeRow *rows = mem_new(NOTICES_LISTED_MOST, sizeof *rows);
    size_t count = 0;
    bool done = rows ? notices_list(transaction, now_s, rows, NOTICES_LISTED_MOST, &count, err)
                     : error_set(err, ERR_MEMORY, "notices");

    mem_free(rows);
    return done && (count < NOTICES_LISTED_MOST ||
                    error_set(err, ERR_LIMIT, "there are %d notices already: remove some", NOTICES_LISTED_MOST));
}

static bool say(StoreTransaction *transaction, const char *kiosk, int64_t now_ms, Error *err)
{
    return feed_say(transaction, &(FeedEvent){ .what = CHANGED_NOTICES, .kiosk = kiosk, .at_ms = now_ms }, err);
}

/* Where each kiosk stands is known when it asks: one for a place is told to all. */
static bool say_added(StoreTransaction *transaction, const Adding *adding, Error *err)
{
    const NoticeRow *row = &adding->row;

    for (size_t i = 0; i < row->for_count; i++)
        if (row->for_whom[i].place)
            return say(transaction, NULL, adding->now_ms, err);
    for (size_t i = 0; i < row->for_count; i++)
        if (!say(transaction, row->for_whom[i].name, adding->now_ms, err))
            return false;
    return row->for_count > 0 || say(transaction, NULL, adding->now_ms, err);
}

/* With its act, and kept as it is from now on. */
static bool keep(StoreTransaction *transaction, const NoticeRow *before, const NoticeRow *after, const char *actor,
                 int64_t now_ms, const char *act, Error *err)
{
    char id[24], object[48], stood_version[CONTENT_VERSION_SIZE] = "", version[CONTENT_VERSION_SIZE] = "";
    OWNED_BUF stood_body, body;

    buf_init(&stood_body, CONTENT_BODY_MOST);
    buf_init(&body, CONTENT_BODY_MOST);
    (void)snprintf(id, sizeof id, "%lld", (long long)(before ? before : after)->id);
    (void)snprintf(object, sizeof object, "notice:%s", id);
    if ((before &&
         (!notice_write(before, &stood_body, err) || !content_version(buf_str(&stood_body), stood_version, err))) ||
        (after && (!notice_write(after, &body, err) || !content_version(buf_str(&body), version, err))))
        return false;
    const ContentState stood = { buf_str(&stood_body), stood_version, before ? before->author : "",
                                 before ? before->changed_at_s : 0 },
                       stands = { buf_str(&body), version, actor, now_ms / 1000 };
    return content_keep(transaction, CONTENT_NOTICE, id, &stood, &stands, err) &&
           acts_add(transaction, &(Act){ now_ms, actor, act, object, NULL }, err);
}

static bool add(StoreTransaction *transaction, void *arg, Error *err)
{
    Adding *adding = arg;

    if (!check_known(transaction, &adding->row, err) || !check_room(transaction, adding->now_ms / 1000, err) ||
        !notices_add(transaction, &adding->row, adding->now_ms / 1000, &adding->row.id, err))
        return false;
    return say_added(transaction, adding, err) &&
           keep(transaction, NULL, &adding->row, adding->row.author, adding->now_ms, "notice.added", err);
}

static bool take_wish(const NoticeWish *wish, int64_t now_s, NoticeRow *row, Error *err)
{
    if (wish->rank < 0 || wish->rank > NOTICE_RANK_MOST)
        return error_set(err, ERR_ARGUMENT, "a rank is 0 to %d", NOTICE_RANK_MOST);
    row->rank = wish->rank;
    str_copy_cut(str_from(notice_severity_name(wish->severity)), row->severity, sizeof row->severity);
    str_copy_cut(str_from(wish->actor ? wish->actor : COMMAND), row->author, sizeof row->author);
    return take_texts(wish, row, err) && take_for(wish, row, err) && take_times(wish, now_s, row, err);
}

bool notice_add(Office *office, const NoticeWish *wish, int64_t *ret_id, Error *err)
{
    Adding adding = { .now_ms = office_now_ms(office) };

    if (!take_wish(wish, adding.now_ms / 1000, &adding.row, err) || !store_write(office->store, add, &adding, err))
        return error_add(err, "notice");
    *ret_id = adding.row.id;
    return true;
}

typedef struct Changing {
    NoticeRow row; /* as it will be, of the epoch that was seen */
    int64_t now_ms;
    NoticeOutcome outcome;
} Changing;

/* Whom it was for and whom it is for may be others: all are told. */
static bool change(StoreTransaction *transaction, void *arg, Error *err)
{
    Changing *changing = arg;
    NoticeRow before;
    bool found, changed;

    if (!check_known(transaction, &changing->row, err) ||
        !notices_get(transaction, changing->row.id, &found, &before, err))
        return false;
    changing->outcome = !found ? NOTICE_GONE : before.epoch != changing->row.epoch ? NOTICE_UNMET : NOTICE_CHANGED;
    if (changing->outcome != NOTICE_CHANGED)
        return true;
    if (!notices_put(transaction, &changing->row, changing->now_ms / 1000, &changed, err))
        return false;
    changing->outcome = changed ? NOTICE_CHANGED : NOTICE_UNMET;
    return !changed ||
           (say(transaction, NULL, changing->now_ms, err) &&
            keep(transaction, &before, &changing->row, changing->row.author, changing->now_ms, "notice.changed", err));
}

bool notice_change(Office *office, int64_t id, int64_t epoch, const NoticeWish *wish, NoticeOutcome *ret_outcome,
                   Error *err)
{
    Changing changing = { .row = { .id = id, .epoch = epoch }, .now_ms = office_now_ms(office) };

    if (!take_wish(wish, changing.now_ms / 1000, &changing.row, err) ||
        !store_write(office->store, change, &changing, err))
        return error_add(err, "notice");
    *ret_outcome = changing.outcome;
    return true;
}

typedef struct Removing {
    int64_t id, epoch, now_ms;
    const char *actor;
    NoticeOutcome outcome;
} Removing;

static bool remove_it(StoreTransaction *transaction, void *arg, Error *err)
{
    Removing *removing = arg;
    NoticeRow before;
    bool found;

    if (!notices_get(transaction, removing->id, &found, &before, err))
        return false;
    removing->outcome = !found                                                    ? NOTICE_GONE
                        : removing->epoch != 0 && removing->epoch != before.epoch ? NOTICE_UNMET
                                                                                  : NOTICE_CHANGED;
    return removing->outcome != NOTICE_CHANGED ||
           (notices_remove(transaction, removing->id, removing->now_ms / 1000, &found, err) &&
            say(transaction, NULL, removing->now_ms, err) &&
            keep(transaction, &before, NULL, removing->actor, removing->now_ms, "notice.removed", err));
}

bool notice_remove(Office *office, int64_t id, int64_t epoch, const char *actor, NoticeOutcome *ret_outcome, Error *err)
{
    Removing removing = { .id = id, .epoch = epoch, .now_ms = office_now_ms(office), .actor = actor ? actor : COMMAND };

    if (!store_write(office->store, remove_it, &removing, err))
        return error_add(err, "notice");
    *ret_outcome = removing.outcome;
    return true;
}

typedef struct Finding {
    int64_t id;
    NoticeRow *row;
    bool found;
} Finding;

static bool find_one(StoreTransaction *transaction, void *arg, Error *err)
{
    Finding *finding = arg;

    return notices_get(transaction, finding->id, &finding->found, finding->row, err);
}

bool notice_one(Office *office, int64_t id, bool *ret_found, NoticeRow *ret, Error *err)
{
    Finding finding = { .id = id, .row = ret };

    if (!store_read(office->store, find_one, &finding, err))
        return false;
    *ret_found = finding.found;
    return true;
}

typedef struct Listing {
    int64_t now_s;
    NoticeRow *rows;
    size_t count;
} Listing;

static bool list(StoreTransaction *transaction, void *arg, Error *err)
{
    Listing *listing = arg;

    return notices_list(transaction, listing->now_s, listing->rows, NOTICES_LISTED_MOST, &listing->count, err);
}

bool notice_list(Office *office, NoticeRow *rows, size_t *ret_count, Error *err)
{
    Listing listing = { .now_s = office_now_s(office), .rows = rows };

    if (!store_read(office->store, list, &listing, err))
        return false;
    *ret_count = listing.count;
    return true;
}

/* --- as text ------------------------------------------------------------------------------------------------------ */

static json_t *names_json(const NoticeRow *row, bool place)
{
    json_t *list = json_array();

    for (size_t i = 0; i < row->for_count; i++)
        if (row->for_whom[i].place == place)
            (void)json_array_append_new(list, json_string(row->for_whom[i].name));
    return list;
}

bool notice_write(const NoticeRow *row, Buf *ret, Error *err)
{
    json_t *texts = json_object();

    for (Language l = 0; l < LANGUAGE_COUNT; l++)
        if (row->texts[l][0])
            (void)json_object_set_new(texts, language_tag(l), json_string(row->texts[l]));
    OWNED(json_t)
    json = json_pack("{so ss sI sI sI so so}", "texts", texts, "level", row->severity, "from", (json_int_t)row->from_s,
                     "until", (json_int_t)row->until_s, "rank", (json_int_t)row->rank, "kiosks", names_json(row, false),
                     "places", names_json(row, true));
    return json ? json_write(json, ret, err) : error_set(err, ERR_MEMORY, "notice");
}

static bool read_names(const json_t *list, const char *names[NOTICE_FOR_MOST], size_t *ret_count)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *name = json_string_value(json_array_get(list, i));

        if (!name || *ret_count == NOTICE_FOR_MOST)
            return false;
        names[(*ret_count)++] = name;
    }
    return true;
}

bool notice_parse(const json_t *json, NoticeWish *ret, Error *err)
{
    const json_t *texts = json_object_get(json, "texts");

    *ret = (NoticeWish){ .from_s = json_integer_value(json_object_get(json, "from")),
                         .until_s = json_integer_value(json_object_get(json, "until")),
                         .rank = json_integer_value(json_object_get(json, "rank")) };
    for (Language l = 0; l < LANGUAGE_COUNT; l++)
        ret->texts[l] = json_string_value(json_object_get(texts, language_tag(l)));
    return (notice_severity_parse(str_from(json_string_value(json_object_get(json, "level"))), &ret->severity) &&
            read_names(json_object_get(json, "kiosks"), ret->kiosks, &ret->kiosk_count) &&
            read_names(json_object_get(json, "places"), ret->places, &ret->place_count)) ||
           error_set(err, ERR_FORMAT, "no notice");
}

/* --- for a kiosk ------------------------------------------------------------------------------------------------- */

typedef struct Asked {
    const Kiosk *kiosk;
    int64_t now_s;
    NoticeRow rows[NOTICES_MOST];
    size_t count;
    ApiNotices notices;
} Asked;

static bool find(StoreTransaction *transaction, void *arg, Error *err)
{
    Asked *asked = arg;

    return notices_for(transaction, asked->kiosk->id, asked->kiosk->place, asked->now_s, asked->now_s + NOTICE_SOON_S,
                       asked->rows, NOTICES_MOST, &asked->count, err);
}

static void put(const NoticeRow *row, ApiNotice *ret)
{
    *ret = (ApiNotice){ .id = row->id, .from_s = row->from_s, .until_s = row->until_s };
    if (!notice_severity_parse(str_from(row->severity), &ret->severity))
        ret->severity = NOTICE_INFO; /* the table allows no other */
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        str_copy_cut(str_from(row->texts[i]), ret->texts[i], sizeof ret->texts[i]);
}

bool notices_of_kiosk(Office *office, const Kiosk *kiosk, Buf *ret_json, char ret_version[API_VERSION_SIZE], Error *err)
{
    Asked *asked = mem_new(1, sizeof *asked);
    size_t start = ret_json->len;

    if (!asked)
        return error_set(err, ERR_MEMORY, "notices");
    asked->kiosk = kiosk;
    asked->now_s = office_now_s(office);
    bool done = store_read(office->store, find, asked, err);
    for (size_t i = 0; i < asked->count; i++)
        put(&asked->rows[i], &asked->notices.items[asked->notices.count++]);
    done = done && api_notices_write(&asked->notices, ret_json, err) &&
           api_version((Str){ ret_json->data + start, ret_json->len - start }, ret_version, err);
    mem_free(asked);
    return done || error_add(err, "notices");
}
