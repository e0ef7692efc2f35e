#include "net/curl_memory.h"

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <curl/curl.h>

#include "base/memory.h"

/* In front of each block: how much there is to wipe. */
typedef union Head {
    size_t size;
    max_align_t aligned;
} Head;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static CURLcode started;

static void *block_new(size_t size)
{
    size_t with_head;
    Head *head = size_add(size, sizeof(Head), &with_head) ? mem_new(1, with_head) : NULL;

    if (!head)
        return NULL;
    head->size = size;
    return head + 1;
}

static void block_free(void *block)
{
    if (!block)
        return;
    Head *head = (Head *)block - 1;
    mem_free_wiped(head, sizeof(Head) + head->size);
}

/* Not mem_resize: it may leave the old bytes behind, unwiped. */
static void *block_resize(void *block, size_t size)
{
    if (!block)
        return block_new(size);

    void *moved = block_new(size);
    if (!moved)
        return NULL;
    size_t had = ((Head *)block - 1)->size;
    memcpy(moved, block, had < size ? had : size);
    block_free(block);
    return moved;
}

static void *block_new_array(size_t count, size_t size)
{
    size_t bytes;

    return size_mul(count, size, &bytes) ? block_new(bytes) : NULL;
}

static char *block_copy_text(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = block_new(size);

    if (copy)
        memcpy(copy, text, size);
    return copy;
}

static void start(void)
{
    started = curl_global_init_mem(CURL_GLOBAL_DEFAULT, block_new, block_free, block_resize, block_copy_text,
                                   block_new_array);
}

bool curl_memory_start(Error *err)
{
    if (pthread_once(&once, start) != 0 || started != CURLE_OK)
        return error_set_cause(err, ERR_INTERNAL, (int)started, "libcurl does not start");
    return true;
}
