#include "registrar/office/memo.h"

#include <pthread.h>
#include <string.h>
#include <sys/mman.h>

#include "base/memory.h"

#define WAYS 4 /* places that a key may stand in */

typedef struct Entry {
    uint8_t key[MEMO_KEY_SIZE];
    int64_t until_ms; /* 0: empty */
} Entry;

struct Memo {
    pthread_mutex_t lock;
    size_t value_size;
    size_t room;
    /* Mapped by themselves: places that nobody ever took cost no memory, and a process may hold many offices' memos. */
    Entry *entries;
    unsigned char *values; /* beside their entries */
};

static size_t mapped_size(const Memo *memo)
{
    return memo->room * (sizeof(Entry) + memo->value_size);
}

Memo *memo_new(size_t value_size, size_t room)
{
    assert(room >= WAYS && room % WAYS == 0);
    Memo *memo = mem_new(1, sizeof(*memo));

    if (!memo)
        return NULL;
    memo->value_size = value_size;
    memo->room = room;
    pthread_mutex_init(&memo->lock, NULL);
    void *mapped = mmap(NULL, mapped_size(memo), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) {
        memo_free(memo);
        return NULL;
    }
    memo->entries = mapped;
    memo->values = (unsigned char *)(memo->entries + room);
    return memo;
}

void memo_free(Memo *memo)
{
    if (!memo)
        return;
    pthread_mutex_destroy(&memo->lock);
    if (memo->entries)
        munmap(memo->entries, mapped_size(memo)); /* the kernel gives no page to another before it is zeros */
    mem_free(memo);
}

/* Under the lock: where the key stands, or the place that it may take. */
static size_t find(Memo *memo, const uint8_t key[MEMO_KEY_SIZE], int64_t now_ms, bool *ret_found)
{
    uint64_t spread;
    size_t best;

    memcpy(&spread, key, sizeof spread); /* keys are hashes */
    size_t first = (size_t)(spread % (memo->room / WAYS)) * WAYS;
    best = first;
    *ret_found = false;
    for (size_t i = first; i < first + WAYS; i++) {
        Entry *entry = &memo->entries[i];

        if (entry->until_ms > now_ms && !memcmp(entry->key, key, MEMO_KEY_SIZE)) {
            *ret_found = true;
            return i;
        }
        if (entry->until_ms < memo->entries[best].until_ms)
            best = i;
    }
    return best;
}

bool memo_get(Memo *memo, const uint8_t key[MEMO_KEY_SIZE], int64_t now_ms, void *ret_value)
{
    bool found;

    pthread_mutex_lock(&memo->lock);
    size_t at = find(memo, key, now_ms, &found);
    if (found)
        memcpy(ret_value, memo->values + at * memo->value_size, memo->value_size);
    pthread_mutex_unlock(&memo->lock);
    return found;
}

void memo_put(Memo *memo, const uint8_t key[MEMO_KEY_SIZE], int64_t now_ms, int64_t until_ms, const void *value)
{
    bool found;

    pthread_mutex_lock(&memo->lock);
    size_t at = find(memo, key, now_ms, &found);
    memcpy(memo->entries[at].key, key, MEMO_KEY_SIZE);
    memo->entries[at].until_ms = until_ms;
    memcpy(memo->values + at * memo->value_size, value, memo->value_size);
    pthread_mutex_unlock(&memo->lock);
}

void memo_change(Memo *memo, const uint8_t key[MEMO_KEY_SIZE], int64_t now_ms,
                 int64_t (*change)(void *value, void *arg), void *arg)
{
    bool found;

    pthread_mutex_lock(&memo->lock);
    size_t at = find(memo, key, now_ms, &found);
    unsigned char *value = memo->values + at * memo->value_size;
    if (!found) {
        memcpy(memo->entries[at].key, key, MEMO_KEY_SIZE);
        memset(value, 0, memo->value_size);
    }
    memo->entries[at].until_ms = change(value, arg);
    pthread_mutex_unlock(&memo->lock);
}

void memo_clear(Memo *memo)
{
    pthread_mutex_lock(&memo->lock);
    if (madvise(memo->entries, mapped_size(memo), MADV_DONTNEED) < 0) /* zeros again, and given back */
        mem_wipe(memo->entries, mapped_size(memo));
    pthread_mutex_unlock(&memo->lock);
}
