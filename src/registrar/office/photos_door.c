/* The phone's side: whoever follows a link learns what it is for, sends photographs, and says that these are all. */
#include "registrar/office/photos.h"

#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "registrar/office/shelf_keeper.h"

#define DEVICE_BYTES 32

/* Whoever stands before the link, and what they found. */
typedef struct Coming {
    Office *office;
    uint8_t token_hash[PHOTO_HASH_SIZE], device_hash[PHOTO_HASH_SIZE];
    bool has_device;
    int64_t now_ms;
    bool found;
    PhotoSetRow set;
    PhotosDoor door;
    char place[KIOSK_PLACE_SIZE];
    /* adding */
    uint8_t new_device_hash[PHOTO_HASH_SIZE];
    bool bound; /* to this phone, just now */
    Str jpeg;
    bool refused; /* a file that is none: it counts as a try */
} Coming;

static bool coming_init(Coming *coming, Office *office, const Token *token, const char *device, Error *err)
{
    *coming = (Coming){ .office = office, .now_ms = office_now_ms(office), .has_device = device && device[0] };
    return photos_hash(token ? token->text : "", coming->token_hash, err) &&
           photos_hash(coming->has_device ? device : "", coming->device_hash, err);
}

static bool is_somebodys(const PhotoSetRow *set)
{
    static const uint8_t nobody[PHOTO_HASH_SIZE];

    return memcmp(set->device_hash, nobody, PHOTO_HASH_SIZE) != 0;
}

static PhotosDoor door_of(const Coming *coming, PhotoState now)
{
    const PhotoSetRow *set = &coming->set;
    const bool ours = coming->has_device && memcmp(set->device_hash, coming->device_hash, PHOTO_HASH_SIZE) == 0;

    switch (now) {
    case PHOTOS_OFFERED:
    case PHOTOS_OPENED:
        if (is_somebodys(set) && !ours)
            return PHOTOS_DOOR_OTHER;
        if (set->tries >= PHOTOS_TRIES_MOST && set->pages == 0)
            return PHOTOS_DOOR_GONE;
        return set->pages >= set->most || set->tries >= PHOTOS_TRIES_MOST ? PHOTOS_DOOR_FULL : PHOTOS_DOOR_OPEN;
    case PHOTOS_GIVEN: return ours ? PHOTOS_DOOR_DONE : PHOTOS_DOOR_GONE;
    case PHOTOS_ENDED:
    case PHOTOS_EXPIRED: break;
    }
    return PHOTOS_DOOR_GONE;
}

static bool come(StoreTransaction *transaction, Coming *coming, Error *err)
{
    bool lives;

    coming->door = PHOTOS_DOOR_GONE;
    if (!photo_sets_by_token(transaction, coming->token_hash, &coming->found, &coming->set, err))
        return false;
    if (!coming->found)
        return true;
    if (!photos_session_lives(transaction, &coming->set, coming->now_ms / 1000, &lives, err) ||
        !kiosks_place(transaction, coming->set.kiosk, coming->place, sizeof coming->place, err))
        return false;
    coming->door = door_of(coming, photos_now(&coming->set, lives, coming->now_ms / 1000));
    return true;
}

static void put_text(const LocalText *text, PaperTitle *ret)
{
    for (Language l = 0; l < LANGUAGE_COUNT; l++)
        str_copy_cut(str_from(local_text(text, l)), ret->in[l], sizeof ret->in[l]);
}

static void show(const Coming *coming, PhotosView *ret)
{
    OWNED(Shelf) shelf = shelf_take(coming->office);
    const Service *service = coming->found ? shelf_service(shelf, coming->set.service) : NULL;
    const int64_t left_s = coming->set.ends_at_s - coming->now_ms / 1000;

    *ret = (PhotosView){ .door = coming->door };
    if (coming->door == PHOTOS_DOOR_GONE)
        return;
    memcpy(ret->place, coming->place, sizeof ret->place);
    if (service)
        put_text(&service->title, &ret->service);
    for (size_t i = 0; service && i < service->field_count; i++)
        if (!strcmp(service->fields[i].id, coming->set.field))
            put_text(&service->fields[i].label, &ret->paper);
    ret->pages = coming->set.pages;
    ret->most = coming->set.most;
    ret->minutes_left = left_s > 0 ? (int)((left_s + 59) / 60) : 0;
}

/* --- looking ------------------------------------------------------------------------------------------------------ */

static bool look(StoreTransaction *transaction, void *arg, Error *err)
{
    return come(transaction, arg, err);
}

/* The glass says that a phone has come.  No right hangs on it: a preview that opens the link takes nothing away. */
static bool open_set(StoreTransaction *transaction, void *arg, Error *err)
{
    Coming *coming = arg;

    if (!come(transaction, coming, err))
        return false;
    return coming->door != PHOTOS_DOOR_OPEN || coming->set.state != PHOTOS_OFFERED ||
           (photos_move(transaction, &coming->set, PHOTOS_OPENED, coming->now_ms, err) &&
            photos_say(transaction, &coming->set, coming->now_ms, err));
}

bool photos_door_look(Office *office, const Token *token, const char *device, PhotosView *ret, Error *err)
{
    Coming coming;

    if (!coming_init(&coming, office, token, device, err) || !store_read(office->store, look, &coming, err) ||
        (coming.door == PHOTOS_DOOR_OPEN && coming.set.state == PHOTOS_OFFERED &&
         !store_write(office->store, open_set, &coming, err)))
        return error_add(err, "phone's page");
    show(&coming, ret);
    return true;
}

/* --- adding ------------------------------------------------------------------------------------------------------- */

/* The set as the row has it now, moved on where nobody had looked at its page yet. */
static bool touch(StoreTransaction *transaction, Coming *coming, Error *err)
{
    PhotoSetRow *set = &coming->set;

    set->tries++;
    coming->bound = !is_somebodys(set);
    if (coming->bound)
        memcpy(set->device_hash, coming->new_device_hash, sizeof set->device_hash);
    return photo_sets_write(transaction, set, err) &&
           (set->state != PHOTOS_OFFERED || photos_move(transaction, set, PHOTOS_OPENED, coming->now_ms, err));
}

static bool add(StoreTransaction *transaction, void *arg, Error *err)
{
    Coming *coming = arg;
    PhotoSetRow *set = &coming->set;
    OWNED_BUF sealed;

    coming->bound = false;
    buf_init(&sealed, PHOTO_PAGE_MOST);
    if (!come(transaction, coming, err))
        return false;
    if (coming->door != PHOTOS_DOOR_OPEN)
        return true;
    if (!touch(transaction, coming, err))
        return false;
    if (coming->refused)
        return true;
    if (!photos_seal(coming->office, set->id, set->pages + 1, coming->jpeg, &sealed, err) ||
        !photo_pages_add(transaction, set->id, set->pages + 1, buf_str(&sealed), coming->now_ms / 1000, err) ||
        !photos_say(transaction, set, coming->now_ms, err))
        return false;
    set->pages++;
    if (set->pages >= set->most)
        coming->door = PHOTOS_DOOR_FULL;
    return true;
}

static bool make_device(const Random *random, char ret[PHOTOS_DEVICE_SIZE], Error *err)
{
    uint8_t bytes[DEVICE_BYTES];
    OWNED_BUF text;

    buf_init(&text, 64);
    bool done = random_fill(random, bytes, sizeof bytes, err);
    if (done)
        base64url_write(&text, bytes, sizeof bytes);
    mem_wipe(bytes, sizeof bytes);
    return done && buf_ok(&text, err) &&
           (str_copy(buf_str(&text), ret, PHOTOS_DEVICE_SIZE) || error_set(err, ERR_INTERNAL, "device"));
}

static bool add_photo(Coming *coming, const char *made, Str file, PhotoFault *ret_fault, Error *err)
{
    OWNED_BUF jpeg;

    buf_init(&jpeg, PHOTO_KEPT_MOST);
    if (!photo_clean(file, ret_fault, &jpeg, err) || !photos_hash(made, coming->new_device_hash, err))
        return false;
    coming->refused = *ret_fault != PHOTO_FINE;
    coming->jpeg = buf_str(&jpeg);
    return store_write(coming->office->store, add, coming, err);
}

/* The file is read only for whom the door is open: it takes a quarter of a second. */
bool photos_door_add(Office *office, const Token *token, const char *device, Str file, PhotosView *ret,
                     PhotoFault *ret_fault, char ret_device[PHOTOS_DEVICE_SIZE], Error *err)
{
    char made[PHOTOS_DEVICE_SIZE];
    Coming coming;

    ret_device[0] = '\0';
    *ret_fault = PHOTO_FINE;
    if (!coming_init(&coming, office, token, device, err) || !store_read(office->store, look, &coming, err))
        return error_add(err, "photograph");
    if (coming.door == PHOTOS_DOOR_OPEN) {
        const bool done =
            make_device(&office->config.random, made, err) && add_photo(&coming, made, file, ret_fault, err);

        if (done && coming.bound)
            memcpy(ret_device, made, sizeof made);
        mem_wipe(made, sizeof made);
        if (!done)
            return error_add(err, "photograph");
    }
    show(&coming, ret);
    return true;
}

/* --- that is all -------------------------------------------------------------------------------------------------- */

static bool finish(StoreTransaction *transaction, void *arg, Error *err)
{
    Coming *coming = arg;

    if (!come(transaction, coming, err))
        return false;
    if ((coming->door != PHOTOS_DOOR_OPEN && coming->door != PHOTOS_DOOR_FULL) || coming->set.pages == 0)
        return true;
    coming->door = PHOTOS_DOOR_DONE;
    return photos_move(transaction, &coming->set, PHOTOS_GIVEN, coming->now_ms, err) &&
           photos_say(transaction, &coming->set, coming->now_ms, err);
}

bool photos_door_done(Office *office, const Token *token, const char *device, PhotosView *ret, Error *err)
{
    Coming coming;

    /* Whoever guesses tokens costs no write. */
    if (!coming_init(&coming, office, token, device, err) || !store_read(office->store, look, &coming, err) ||
        (coming.found && !store_write(office->store, finish, &coming, err)))
        return error_add(err, "phone's page");
    show(&coming, ret);
    return true;
}
