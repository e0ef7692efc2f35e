#include "registrar/api/looks.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/office/theme.h"

#define LOOK_EACH_MS 1000

struct Looks {
    Office *office; /* NULL: nobody's */
    Log *log;
    char *folder;               /* owned */
    _Atomic int64_t look_at_ms; /* who comes first from then on looks whether there is another colour */
    pthread_mutex_t pointer;    /* of pages alone: held for a moment */
    Pages *pages;
    pthread_mutex_t making;         /* of what follows */
    char version[API_VERSION_SIZE]; /* of the theme that pages are of */
};

/* The version is told even where there are no pages: what can't be made is not tried again until it changes. */
static Pages *make(const Looks *looks, char ret_version[API_VERSION_SIZE], Error *err)
{
    ApiTheme theme = { 0 };

    if (looks->office && !theme_get(looks->office, &theme, err))
        return NULL;
    Pages *pages = pages_load(looks->folder, theme.brand, err);
    memcpy(ret_version, theme.version, API_VERSION_SIZE);
    api_theme_fini(&theme);
    return pages;
}

Looks *looks_open(Office *office, Log *log, const char *web_folder, Error *err)
{
    OWNED(Looks) looks = mem_new(1, sizeof *looks);

    if (!looks) {
        error_set(err, ERR_MEMORY, "pages");
        return NULL;
    }
    pthread_mutex_init(&looks->pointer, NULL);
    pthread_mutex_init(&looks->making, NULL);
    looks->office = office;
    looks->log = log;
    looks->folder = mem_copy_text(web_folder);
    if (!looks->folder) {
        error_set(err, ERR_MEMORY, "pages");
        return NULL;
    }
    looks->pages = make(looks, looks->version, err);
    return looks->pages ? steal(&looks) : NULL;
}

void looks_close(Looks *looks)
{
    if (!looks)
        return;
    pages_drop(looks->pages);
    mem_free(looks->folder);
    pthread_mutex_destroy(&looks->making);
    pthread_mutex_destroy(&looks->pointer);
    mem_free(looks);
}

static bool make_anew(Looks *looks, Error *err)
{
    char version[API_VERSION_SIZE];

    if (!theme_version(looks->office, version, err))
        return false;
    if (strcmp(version, looks->version) == 0)
        return true;
    Pages *pages = make(looks, looks->version, err);
    if (!pages)
        return false;
    pthread_mutex_lock(&looks->pointer);
    Pages *old = looks->pages;
    looks->pages = pages;
    pthread_mutex_unlock(&looks->pointer);
    pages_drop(old);
    return true;
}

/* One looks, the others go on with what there is. */
static void look(Looks *looks)
{
    const Clock *clock = &office_config(looks->office)->clock;
    int64_t now_ms = clock_monotonic_ms(clock), at_ms = atomic_load(&looks->look_at_ms);
    Error err = { 0 };

    if (now_ms < at_ms || !atomic_compare_exchange_strong(&looks->look_at_ms, &at_ms, now_ms + LOOK_EACH_MS))
        return;
    pthread_mutex_lock(&looks->making);
    bool done = make_anew(looks, &err);
    pthread_mutex_unlock(&looks->making);
    if (!done)
        log_failure(looks->log, LOG_WARN, EVENT_STORE_FAILED, &err, (const LogField[]){ { 0 } });
}

Pages *looks_take(Looks *looks)
{
    if (looks->office)
        look(looks);
    pthread_mutex_lock(&looks->pointer);
    Pages *pages = pages_keep(looks->pages);
    pthread_mutex_unlock(&looks->pointer);
    return pages;
}
