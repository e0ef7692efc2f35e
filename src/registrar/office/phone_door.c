/* The phone's side: whoever follows a link looks, opens it, and takes the copy. */
#include "registrar/office/phone.h"

#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "registrar/office/prints.h"

#define PAGE_BYTES_MOST (16u << 20)
#define DEVICE_BYTES    32

bool phone_hash(const char *secret, uint8_t ret[LINK_HASH_SIZE], Error *err)
{
    return sha256(str_from(secret), ret, err);
}
static_assert(LINK_HASH_SIZE == SHA256_SIZE, "hashes are SHA-256");

/* --- what a phone finds ------------------------------------------------------------------------------------------- */

PhoneDoor phone_door(const PhoneLinkRow *link, LinkState now, const CopyRow *copy, const uint8_t *device_hash,
                     int64_t now_s)
{
    bool ours = device_hash && !memcmp(device_hash, link->device_hash, LINK_HASH_SIZE);

    if (copy->making != MAKING_READY || copy->validity != VALIDITY_VALID)
        return DOOR_GONE;
    switch (now) {
    case LINK_OFFERED: return DOOR_CLOSED;
    case LINK_OPENED: return ours ? DOOR_DIGITS : DOOR_OTHER;
    case LINK_USED:
        if (link->left == 0 || now_s >= link->ends_at_s)
            return DOOR_GONE;
        return ours ? DOOR_OPEN : DOOR_OTHER;
    case LINK_MATCHED: return ours ? DOOR_OPEN : DOOR_OTHER;
    case LINK_DENIED:
    case LINK_EXPIRED: break;
    }
    return DOOR_GONE;
}

/* Whoever stands before the link, and what they found. */
typedef struct Coming {
    Office *office;
    uint8_t token_hash[LINK_HASH_SIZE], device_hash[LINK_HASH_SIZE];
    bool has_device;
    int64_t now_ms;
    PhoneFound found;
    PhoneDoor door;
    char place[KIOSK_PLACE_SIZE];
    /* opening */
    uint8_t new_device_hash[LINK_HASH_SIZE];
    char digits[3];
    bool opened;
    /* taking */
    Buf *sealed;
    bool taken;
} Coming;

static bool coming_init(Coming *coming, Office *office, const Token *token, const char *device, Error *err)
{
    *coming = (Coming){ .office = office, .now_ms = office_now_ms(office), .has_device = device && device[0] };
    return phone_hash(token ? token->text : "", coming->token_hash, err) &&
           phone_hash(coming->has_device ? device : "", coming->device_hash, err);
}

static bool come(StoreTransaction *transaction, void *arg, Error *err)
{
    Coming *coming = arg;
    PhoneFound *found = &coming->found;
    const int64_t now_s = coming->now_ms / 1000;

    coming->door = DOOR_GONE;
    if (!phone_links_by_token(transaction, coming->token_hash, &found->found, &found->link, err) ||
        (found->found && !phone_found_read(transaction, now_s, found, err)))
        return false;
    if (!found->found)
        return true;
    coming->door =
        phone_door(&found->link, found->now, &found->copy, coming->has_device ? coming->device_hash : NULL, now_s);
    return kiosks_place(transaction, found->link.kiosk, coming->place, sizeof coming->place, err);
}

static void show(const Coming *coming, PhoneView *ret)
{
    const PhoneFound *found = &coming->found;
    int64_t left_s = found->link.ends_at_s - coming->now_ms / 1000;

    *ret = (PhoneView){ .door = coming->door };
    if (coming->door == DOOR_GONE)
        return;
    memcpy(ret->place, coming->place, sizeof ret->place);
    office_paper_title(coming->office, found->document.template, &ret->title);
    if (coming->door == DOOR_DIGITS)
        memcpy(ret->digits, found->link.digits, sizeof ret->digits);
    if (coming->door != DOOR_OPEN)
        return;
    document_number_write(&found->document, ret->number);
    str_copy_cut(str_from(found->document.template), ret->kind, sizeof ret->kind);
    ret->left = found->link.left;
    ret->minutes_left = left_s > 0 ? (int)((left_s + 59) / 60) : 0;
}

bool phone_door_look(Office *office, const Token *token, const char *device, PhoneView *ret, Error *err)
{
    Coming coming;

    if (!coming_init(&coming, office, token, device, err) || !store_read(office->store, come, &coming, err))
        return error_add(err, "phone's page");
    show(&coming, ret);
    return true;
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

static bool open_link(StoreTransaction *transaction, void *arg, Error *err)
{
    Coming *coming = arg;
    PhoneLinkRow *link = &coming->found.link;

    coming->opened = false;
    if (!come(transaction, coming, err))
        return false;
    if (coming->door != DOOR_CLOSED)
        return true;
    memcpy(link->device_hash, coming->new_device_hash, sizeof link->device_hash);
    memcpy(link->digits, coming->digits, sizeof link->digits);
    link->ends_at_s = coming->now_ms / 1000 + PHONE_OPENED_S;
    coming->opened = true;
    coming->door = DOOR_DIGITS;
    return phone_link_move(transaction, link, LINK_OPENED, "phone", coming->now_ms, err) &&
           phone_link_say(transaction, link, coming->now_ms, err);
}

bool phone_digits_choose(const Random *random, char ret[3], Error *err)
{
    uint8_t byte;

    do {
        if (!random_fill(random, &byte, sizeof byte, err))
            return false;
    } while (byte >= 200);
    ret[0] = (char)('0' + byte / 10 % 10);
    ret[1] = (char)('0' + byte % 10);
    ret[2] = '\0';
    return true;
}

static bool make_device(const Random *random, char ret[PHONE_DEVICE_SIZE], Error *err)
{
    uint8_t bytes[DEVICE_BYTES];
    OWNED_BUF text;

    buf_init(&text, 64);
    bool done = random_fill(random, bytes, sizeof bytes, err);
    if (done)
        base64url_write(&text, bytes, sizeof bytes);
    mem_wipe(bytes, sizeof bytes);
    return done && buf_ok(&text, err) &&
           (str_copy(buf_str(&text), ret, PHONE_DEVICE_SIZE) || error_set(err, ERR_INTERNAL, "device"));
}

bool phone_door_open(Office *office, const Token *token, const char *device, PhoneView *ret,
                     char ret_device[PHONE_DEVICE_SIZE], Error *err)
{
    char made[PHONE_DEVICE_SIZE];
    Coming coming;

    ret_device[0] = '\0';
    if (!coming_init(&coming, office, token, device, err) || !make_device(&office->config.random, made, err) ||
        !phone_digits_choose(&office->config.random, coming.digits, err) ||
        !phone_hash(made, coming.new_device_hash, err) || !store_write(office->store, open_link, &coming, err))
        return error_add(err, "phone's page");
    if (coming.opened)
        memcpy(ret_device, made, sizeof made);
    mem_wipe(made, sizeof made);
    show(&coming, ret);
    return true;
}

/* --- taking ------------------------------------------------------------------------------------------------------- */

static bool read_page(StoreTransaction *transaction, void *arg, Error *err)
{
    Coming *coming = arg;

    buf_clear(coming->sealed);
    return come(transaction, coming, err) &&
           (coming->door != DOOR_OPEN || copies_page(transaction, coming->found.copy.id, coming->sealed, err));
}

static bool deliver(StoreTransaction *transaction, const Coming *coming, const char *actor, Error *err)
{
    const CopyRow *copy = &coming->found.copy;
    const Move delivery = { .id = copy->id,
                            .from = DELIVERY_OFFERED,
                            .to = DELIVERY_DOWNLOADED,
                            .epoch = copy->epoch,
                            .at_ms = coming->now_ms };

    return state_move(transaction, &delivery_states, &delivery, err) &&
           request_fulfil(transaction, copy, actor, coming->now_ms, err);
}

static bool take(StoreTransaction *transaction, void *arg, Error *err)
{
    Coming *coming = arg;
    PhoneLinkRow *link = &coming->found.link;
    char actor[ACTOR_SIZE];

    coming->taken = false;
    if (!come(transaction, coming, err))
        return false;
    if (coming->door != DOOR_OPEN)
        return true;
    actor_student(actor, coming->found.document.student);
    link->left--;
    coming->taken = true;
    if (link->state == LINK_USED)
        return phone_links_write(transaction, link, err);
    link->taken_at_s = coming->now_ms / 1000;
    return phone_link_move(transaction, link, LINK_USED, actor, coming->now_ms, err) &&
           phone_link_say(transaction, link, coming->now_ms, err) && deliver(transaction, coming, actor, err);
}

static bool open_page(Office *office, const Coming *coming, Blob **ret, Error *err)
{
    OWNED_BUF plain;

    buf_init(&plain, PAGE_BYTES_MOST);
    if (!crypto_open(office->keys.page, str_from(coming->found.copy.id), buf_str(coming->sealed), &plain, err))
        return false;
    *ret = blob_take_buf(&plain);
    return *ret || error_set(err, ERR_MEMORY, "page");
}

bool phone_door_take(Office *office, const Token *token, const char *device, PhoneView *ret, Blob **ret_pdf, Error *err)
{
    OWNED_BUF sealed;
    OWNED(Blob) pdf = NULL;
    Coming coming;

    buf_init(&sealed, PAGE_BYTES_MOST);
    if (!coming_init(&coming, office, token, device, err))
        return false;
    coming.sealed = &sealed;
    /* Opened before it counts as taken: what can fail has failed by then. */
    if (!store_read(office->store, read_page, &coming, err) ||
        (coming.door == DOOR_OPEN &&
         (!open_page(office, &coming, &pdf, err) || !store_write(office->store, take, &coming, err))))
        return error_add(err, "phone's copy");
    show(&coming, ret);
    if (coming.door != DOOR_OPEN)
        return true;
    LOG(office->log, LOG_INFO, EVENT_PHONE_TOOK, LOG_WORD("copy", coming.found.copy.id),
        LOG_NUMBER("left", coming.found.link.left));
    *ret_pdf = steal(&pdf);
    return true;
}
