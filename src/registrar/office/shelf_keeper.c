#include "registrar/office/shelf_keeper.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "registrar/office/feed.h"
#include "registrar/office/working_time.h"
#include "registrar/store/alerts.h"
#include "registrar/store/offers.h"

#define LOOK_ROUNDS 40 /* without a nudge the register is looked at each ten seconds */

struct ShelfKeeper {
    pthread_mutex_t pointer; /* of shelf alone: held for a moment */
    Shelf *shelf;
    pthread_mutex_t changing;                       /* of what follows: held by who changes */
    ShelfFiles *folder;                             /* the folders' files as they were last whole */
    int64_t revision;                               /* of what was put */
    bool refused;                                   /* what the folders hold now */
    uint8_t seen[SHA256_SIZE], judged[SHA256_SIZE]; /* the watch's alone */
    _Atomic bool nudged;
    Queue *rounds; /* a push ends the watch */
    pthread_t watch;
    bool watching;
};

Shelf *shelf_take(const Office *office)
{
    ShelfKeeper *keeper = office->keeper;

    pthread_mutex_lock(&keeper->pointer);
    Shelf *shelf = shelf_keep(keeper->shelf);
    pthread_mutex_unlock(&keeper->pointer);
    return shelf;
}

static void hang(ShelfKeeper *keeper, Shelf *take_shelf)
{
    pthread_mutex_lock(&keeper->pointer);
    Shelf *old = keeper->shelf;
    keeper->shelf = take_shelf;
    pthread_mutex_unlock(&keeper->pointer);
    shelf_drop(old);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

ShelfFolders shelf_folders(const OfficeConfig *config, char words[], size_t size)
{
    ShelfFolders folders = { config->catalogue_folder, config->templates_folder, config->words_file,
                             config->information_folder, config->own_information_folder };

    if (!folders.words) {
        (void)snprintf(words, size, "%s/words/words.json", config->templates_folder);
        folders.words = words;
    }
    return folders;
}

static bool add_offer(void *ctx, const OfferRow *row, Str body, Error *err)
{
    ShelfFiles *files = ctx;
    char name[SHELF_PUT_NAME_SIZE];
    ShelfKind kind = SHELF_SERVICE;

    while (kind < SHELF_INFORMATION && strcmp(row->kind, shelf_kind_name(kind)) != 0)
        kind++;
    shelf_put_name(kind, row->id, name);
    return shelf_files_add_put(files, kind, name, row->id, blob_new(body.ptr, body.len), err);
}

typedef struct Candidate {
    ShelfFiles *files;
    int64_t revision;
} Candidate;

static bool read_offers(StoreTransaction *transaction, void *arg, Error *err)
{
    Candidate *candidate = arg;

    shelf_files_drop_put(candidate->files); /* an act may be run again */
    return offers_revision(transaction, &candidate->revision, err) &&
           offers_each(transaction, add_offer, candidate->files, err);
}

/* --- telling ------------------------------------------------------------------------------------------------------ */

typedef struct Telling {
    const ShelfFault *fault;
    size_t count;
    int64_t now_s;
} Telling;

static bool add_alert(StoreTransaction *transaction, void *arg, Error *err)
{
    const Telling *telling = arg;
    const ShelfFault *fault = telling->fault;
    char words[400];

    (void)snprintf(words, sizeof words, "%s%s%s%s", fault->path, fault->path[0] ? ": " : "", fault->reason,
                   telling->count > 1 ? " (and more, see the log)" : "");
    return alerts_add(transaction, &(Alert){ telling->now_s, "catalogue.refused", fault->file, words }, err);
}

static void log_fault(const Office *office, const ShelfFault *fault)
{
    Error words = { 0 };
    const LogField fields[] = { LOG_WORD("file", fault->file), LOG_WORD("path", fault->path), { 0 } };

    error_set(&words, ERR_FORMAT, "%s", fault->reason);
    log_failure(office->log, LOG_ERROR, EVENT_CATALOGUE_REFUSED, &words, fields);
}

static void tell_refused(Office *office, const ShelfFaults *faults)
{
    Telling telling = { &faults->items[0], faults->count, office_now_s(office) };
    Error err = { 0 };

    for (size_t i = 0; i < faults->count; i++)
        log_fault(office, &faults->items[i]);
    if (!store_write(office->store, add_alert, &telling, &err))
        log_failure(office->log, LOG_ERROR, EVENT_STORE_FAILED, &err, (const LogField[]){ { 0 } });
}

static void tell_taken(const Office *office, const Shelf *shelf)
{
    const Catalogue *catalogue = shelf_catalogue(shelf);

    LOG(office->log, LOG_INFO, EVENT_CATALOGUE_LOADED, LOG_NUMBER("services", catalogue_count(catalogue)),
        LOG_NUMBER("templates", shelf_papers(shelf)->count),
        LOG_NUMBER("pages", information_count(shelf_information(shelf))),
        LOG_WORD("version", catalogue_version(catalogue)));
}

/* --- keeping ------------------------------------------------------------------------------------------------------ */

typedef struct Recording {
    const Office *office;
    const Shelf *shelf;
    char version[OFFER_VERSION_SIZE];
    Buf body;
    bool known; /* these are the newest words already */
    bool say;
} Recording;

static bool find_newest(StoreTransaction *transaction, void *arg, Error *err)
{
    Recording *recording = arg;
    char version[OFFER_VERSION_SIZE];
    bool found;
    OWNED_BUF body;

    buf_init(&body, 2 * SHELF_BYTES_MOST);
    if (!shelves_newest(transaction, &found, version, &body, err))
        return false;
    recording->known = found && strcmp(version, recording->version) == 0;
    return true;
}

bool shelf_keep_templates(StoreTransaction *transaction, const Shelf *shelf, Error *err)
{
    const ShelfFiles *files = shelf_files(shelf);

    for (size_t i = 0; i < files->count; i++) {
        const ShelfFile *file = &files->items[i];

        if (file->kind == SHELF_TEMPLATE &&
            !templates_keep(transaction, file->id, file->version, blob_str(file->body), err))
            return false;
    }
    return true;
}

static bool record(StoreTransaction *transaction, void *arg, Error *err)
{
    Recording *recording = arg;
    const int64_t now_ms = office_now_ms(recording->office);
    const FeedEvent catalogue = { .what = CHANGED_CATALOGUE,
                                  .version = catalogue_version(shelf_catalogue(recording->shelf)),
                                  .at_ms = now_ms };
    const FeedEvent information = { .what = CHANGED_INFORMATION, .at_ms = now_ms };

    return find_newest(transaction, recording, err) &&
           (recording->known || (shelf_keep_templates(transaction, recording->shelf, err) &&
                                 shelves_add(transaction, recording->version, buf_str(&recording->body),
                                             office_now_s(recording->office), err))) &&
           (!recording->say || (feed_say(transaction, &catalogue, err) && feed_say(transaction, &information, err)));
}

/* say: kiosks are told too. */
static bool keep_folder(const Office *office, const ShelfFiles *folder, const Shelf *shelf, bool say, Error *err)
{
    Recording recording = { .office = office, .shelf = shelf, .say = say };
    uint8_t hash[SHA256_SIZE] = { 0 };
    OWNED_BUF hex;

    buf_init(&recording.body, 2 * SHELF_BYTES_MOST);
    buf_init(&hex, 2 * sizeof hash + 1);
    bool done = shelf_files_write(folder, &recording.body, err) && sha256(buf_str(&recording.body), hash, err);
    hex_write(&hex, hash, (OFFER_VERSION_SIZE - 1) / 2);
    str_copy_cut(buf_str(&hex), recording.version, sizeof recording.version);
    done = done && store_read(office->store, find_newest, &recording, err) &&
           ((recording.known && !say) || store_write(office->store, record, &recording, err));
    buf_fini(&recording.body);
    return done || error_add(err, "shelf");
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

/* The folders' own files with what was put.  NULL in *ret_shelf: refused. */
static bool try_files(Store *store, ShelfFiles *files, ShelfFaults *faults, int64_t *ret_revision, Shelf **ret_shelf,
                      Error *err)
{
    Candidate candidate = { .files = files };

    *ret_shelf = NULL;
    if (store && !store_read(store, read_offers, &candidate, err))
        return false;
    *ret_shelf = shelf_make(files, faults, err);
    if (!*ret_shelf && faults->count == 0)
        return false;
    *ret_revision = candidate.revision;
    return true;
}

typedef struct Recalling {
    Buf body;
    bool found;
} Recalling;

static bool recall(StoreTransaction *transaction, void *arg, Error *err)
{
    Recalling *recalling = arg;
    char version[OFFER_VERSION_SIZE];

    return shelves_newest(transaction, &recalling->found, version, &recalling->body, err);
}

/* What was whole last; nothing when there is no such thing. */
static bool recall_files(Store *store, ShelfFiles *ret, Error *err)
{
    Recalling recalling = { .found = false };

    buf_init(&recalling.body, 2 * SHELF_BYTES_MOST);
    bool done = store_read(store, recall, &recalling, err) &&
                (!recalling.found || shelf_files_parse(buf_str(&recalling.body), ret, err));
    buf_fini(&recalling.body);
    return done;
}

static bool refuse_to_start(const ShelfFaults *faults, Error *err)
{
    const ShelfFault *fault = &faults->items[0];

    return error_set(err, ERR_FORMAT, "%.70s: %s%s%s", fault->file, fault->path, fault->path[0] ? ": " : "",
                     fault->reason);
}

/* What a start finds. */
typedef struct Opening {
    const OfficeConfig *config;
    Store *store;
    uint8_t mark[SHA256_SIZE];
    ShelfFiles *folder; /* owned */
    Shelf *shelf;       /* owned */
    int64_t revision;
    ShelfFaults faults; /* of the folders, where what was whole last stands in */
} Opening;

static void opening_free(Opening *opening)
{
    if (!opening)
        return;
    shelf_files_free(opening->folder);
    shelf_drop(opening->shelf);
    mem_free(opening);
}
OWNED_BY(Opening, opening_free)

static bool open_recalled(Opening *opening, Error *err)
{
    ShelfFaults *again = mem_new(1, sizeof *again);

    shelf_files_free(opening->folder);
    opening->folder = shelf_files_new();
    bool done = (again && opening->folder) || error_set(err, ERR_MEMORY, "shelf");
    done = done && recall_files(opening->store, opening->folder, err) &&
           (opening->folder->count > 0 || refuse_to_start(&opening->faults, err)) &&
           try_files(opening->store, opening->folder, again, &opening->revision, &opening->shelf, err) &&
           (opening->shelf || refuse_to_start(again, err));
    mem_free(again);
    return done;
}

/* NULL: *err says why. */
static Opening *opening_new(const OfficeConfig *config, Store *store, Error *err)
{
    OWNED(Opening) opening = mem_new(1, sizeof *opening);
    char words[PATH_MAX];
    const ShelfFolders folders = shelf_folders(config, words, sizeof words);

    if (!opening || !(opening->folder = shelf_files_new())) {
        error_set(err, ERR_MEMORY, "shelf");
        return NULL;
    }
    opening->config = config;
    opening->store = store;
    if (!shelf_files_scan(&folders, opening->mark, err) ||
        !shelf_files_read(&folders, opening->folder, &opening->faults, err) ||
        !try_files(store, opening->folder, &opening->faults, &opening->revision, &opening->shelf, err) ||
        (!opening->shelf && !open_recalled(opening, err)))
        return NULL;
    shelf_files_drop_put(opening->folder);
    return steal(&opening);
}

Shelf *shelf_try(const ShelfFolders *folders, Store *store, ShelfFaults *faults, Error *err)
{
    OWNED(ShelfFiles) files = shelf_files_new();
    Shelf *shelf = NULL;
    int64_t revision;

    if (!files) {
        error_set(err, ERR_MEMORY, "shelf");
        return NULL;
    }
    if (!shelf_files_read(folders, files, faults, err) || !try_files(store, files, faults, &revision, &shelf, err))
        return NULL;
    return shelf;
}

Shelf *shelf_read(const OfficeConfig *config, Store *store, Error *err)
{
    OWNED(Opening) opening = opening_new(config, store, err);

    return opening ? steal(&opening->shelf) : NULL;
}

static bool open_shelf(Office *office, Error *err)
{
    ShelfKeeper *keeper = office->keeper;
    OWNED(Opening) opening = opening_new(&office->config, office->store, err);

    if (!opening)
        return false;
    if (opening->faults.count > 0) {
        tell_refused(office, &opening->faults);
        LOG(office->log, LOG_ERROR, EVENT_CATALOGUE_RECALLED,
            LOG_WORD("version", catalogue_version(shelf_catalogue(opening->shelf))));
    } else if (!keep_folder(office, opening->folder, opening->shelf, false, err))
        return false;
    tell_taken(office, opening->shelf);
    memcpy(keeper->judged, opening->mark, sizeof keeper->judged);
    keeper->refused = opening->faults.count > 0;
    keeper->revision = opening->revision;
    keeper->folder = steal(&opening->folder);
    hang(keeper, steal(&opening->shelf));
    return true;
}

bool shelf_keeper_open(Office *office, Error *err)
{
    ShelfKeeper *keeper = office->keeper = mem_new(1, sizeof *keeper);

    if (!keeper)
        return error_set(err, ERR_MEMORY, "shelf");
    pthread_mutex_init(&keeper->pointer, NULL);
    pthread_mutex_init(&keeper->changing, NULL);
    return open_shelf(office, err) || error_add(err, "catalogue");
}

void shelf_keeper_close(Office *office)
{
    ShelfKeeper *keeper = office->keeper;
    const char stop = 1;

    if (!keeper)
        return;
    if (keeper->watching && queue_push(keeper->rounds, &stop))
        pthread_join(keeper->watch, NULL);
    queue_free(keeper->rounds);
    shelf_drop(keeper->shelf);
    shelf_files_free(keeper->folder);
    pthread_mutex_destroy(&keeper->changing);
    pthread_mutex_destroy(&keeper->pointer);
    mem_free(keeper);
    office->keeper = NULL;
}

/* --- the folders change ------------------------------------------------------------------------------------------- */

static bool is_same(const ShelfFiles *a, const ShelfFiles *b)
{
    bool same = a->count == b->count;

    for (size_t i = 0; same && i < a->count; i++)
        same = a->items[i].kind == b->items[i].kind && !strcmp(a->items[i].name, b->items[i].name) &&
               !strcmp(a->items[i].version, b->items[i].version);
    return same;
}

/* Under the lock of changes. */
static bool take_files(Office *office, ShelfFiles **files, ShelfFaults *faults, Error *err)
{
    ShelfKeeper *keeper = office->keeper;
    OWNED(Shelf) shelf = NULL;
    int64_t revision;

    if (faults->count == 0 && is_same(*files, keeper->folder) && !keeper->refused)
        return true; /* touched, and not changed */
    if (!try_files(office->store, *files, faults, &revision, &shelf, err))
        return false;
    keeper->refused = !shelf;
    if (!shelf) {
        tell_refused(office, faults);
        return true;
    }
    shelf_files_drop_put(*files);
    if (!keep_folder(office, *files, shelf, true, err))
        return false;
    shelf_files_free(keeper->folder);
    keeper->folder = steal(files);
    keeper->revision = revision;
    tell_taken(office, shelf);
    hang(keeper, steal(&shelf));
    return true;
}

/* *ret_judged: it is settled and was either taken or refused; else it is looked at again. */
static bool judge_folders(Office *office, const uint8_t mark[SHA256_SIZE], bool *ret_judged, Error *err)
{
    ShelfKeeper *keeper = office->keeper;
    OWNED(ShelfFiles) files = shelf_files_new();
    ShelfFaults *faults = mem_new(1, sizeof *faults);
    char words[PATH_MAX];
    const ShelfFolders folders = shelf_folders(&office->config, words, sizeof words);
    uint8_t after[SHA256_SIZE];

    bool done = files && faults
                    ? shelf_files_read(&folders, files, faults, err) && shelf_files_scan(&folders, after, err)
                    : error_set(err, ERR_MEMORY, "shelf");
    if (done && memcmp(after, mark, sizeof after) == 0) {
        pthread_mutex_lock(&keeper->changing);
        done = take_files(office, &files, faults, err);
        pthread_mutex_unlock(&keeper->changing);
        *ret_judged = done;
    }
    mem_free(faults);
    return done;
}

static bool look_at_folders(Office *office, Error *err)
{
    ShelfKeeper *keeper = office->keeper;
    char words[PATH_MAX];
    const ShelfFolders folders = shelf_folders(&office->config, words, sizeof words);
    uint8_t mark[SHA256_SIZE];
    bool judged = false;

    if (!shelf_files_scan(&folders, mark, err))
        return false;
    bool settled = memcmp(mark, keeper->seen, sizeof mark) == 0;
    memcpy(keeper->seen, mark, sizeof mark);
    if (!settled || memcmp(mark, keeper->judged, sizeof mark) == 0)
        return true;
    bool done = judge_folders(office, mark, &judged, err);
    if (judged)
        memcpy(keeper->judged, mark, sizeof mark);
    return done;
}

/* --- the register changes ------------------------------------------------------------------------------------------
 */

static bool read_revision(StoreTransaction *transaction, void *arg, Error *err)
{
    return offers_revision(transaction, arg, err);
}

/* Under the lock of changes. */
static bool follow(Office *office, ShelfFaults *faults, Error *err)
{
    ShelfKeeper *keeper = office->keeper;
    OWNED(ShelfFiles) files = shelf_files_new();
    Shelf *shelf;

    if (!files)
        return error_set(err, ERR_MEMORY, "shelf");
    if (!shelf_files_add_unput(files, keeper->folder, err) ||
        !try_files(office->store, files, faults, &keeper->revision, &shelf, err))
        return false;
    if (!shelf) {
        tell_refused(office, faults); /* what was put elsewhere does not go with our folders */
        return true;
    }
    tell_taken(office, shelf);
    hang(keeper, shelf);
    return true;
}

bool shelf_follow(Office *office, Error *err)
{
    ShelfKeeper *keeper = office->keeper;
    ShelfFaults *faults = NULL;
    int64_t revision;
    bool done = true;

    if (!store_read(office->store, read_revision, &revision, err))
        return error_add(err, "shelf");
    pthread_mutex_lock(&keeper->changing);
    if (revision != keeper->revision) {
        faults = mem_new(1, sizeof *faults);
        done = faults ? follow(office, faults, err) : error_set(err, ERR_MEMORY, "shelf");
    }
    pthread_mutex_unlock(&keeper->changing);
    mem_free(faults);
    return done || error_add(err, "shelf");
}

void shelf_nudge(Office *office)
{
    atomic_store(&office->keeper->nudged, true);
}

/* --- the watch -----------------------------------------------------------------------------------------------------
 */

static void *watch_main(void *ctx)
{
    Office *office = ctx;
    ShelfKeeper *keeper = office->keeper;
    bool failing = false;
    char stop;

    pthread_setname_np(pthread_self(), "shelf");
    for (unsigned round = 0; !queue_pop(keeper->rounds, &stop, SHELF_ROUND_MS); round++) {
        Error err = { 0 };
        bool done = look_at_folders(office, &err);

        if (done && (atomic_exchange(&keeper->nudged, false) || round % LOOK_ROUNDS == 0)) {
            done = shelf_follow(office, &err) && working_time_follow(office, &err);
            if (!done)
                shelf_nudge(office); /* what could not be read now is not forgotten */
        }
        if (!done && !failing)
            log_failure(office->log, LOG_ERROR, EVENT_STORE_FAILED, &err, (const LogField[]){ { 0 } });
        failing = !done;
    }
    return NULL;
}

bool shelf_keeper_watch(Office *office, Error *err)
{
    ShelfKeeper *keeper = office->keeper;

    keeper->rounds = queue_new(sizeof(char), 1);
    if (!keeper->rounds)
        return error_set(err, ERR_MEMORY, "shelf's watch");
    int failed = pthread_create(&keeper->watch, NULL, watch_main, office);
    keeper->watching = failed == 0;
    return keeper->watching || error_set_cause(err, ERR_MEMORY, failed, "shelf's watch");
}

/* --- changes over the interface ------------------------------------------------------------------------------------
 */

bool shelf_change_begin(Office *office, ShelfFiles *ret_files, int64_t *ret_revision, Error *err)
{
    ShelfKeeper *keeper = office->keeper;
    Candidate candidate = { .files = ret_files };

    pthread_mutex_lock(&keeper->changing);
    if (shelf_files_add_unput(ret_files, keeper->folder, err) &&
        store_read(office->store, read_offers, &candidate, err)) {
        *ret_revision = candidate.revision;
        return true;
    }
    pthread_mutex_unlock(&keeper->changing);
    return error_add(err, "shelf");
}

void shelf_change_end(Office *office, Shelf *take_shelf, int64_t revision)
{
    ShelfKeeper *keeper = office->keeper;

    if (take_shelf) {
        keeper->revision = revision;
        tell_taken(office, take_shelf);
        hang(keeper, take_shelf);
    }
    pthread_mutex_unlock(&keeper->changing);
}
