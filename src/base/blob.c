#include "base/blob.h"

#include <stdatomic.h>

#include "base/memory.h"

struct Blob {
    atomic_uint owners;
    size_t size;
    char *bytes;
};

static Blob *wrap(char *bytes, size_t size)
{
    Blob *blob = mem_new(1, sizeof(*blob));

    if (!blob) {
        mem_free_wiped(bytes, size);
        return NULL;
    }
    atomic_init(&blob->owners, 1);
    blob->size = size;
    blob->bytes = bytes;
    return blob;
}

Blob *blob_new(const void *bytes, size_t size)
{
    char *copy = mem_copy(bytes, size);

    return copy ? wrap(copy, size) : NULL;
}

Blob *blob_take_buf(Buf *buf)
{
    size_t size;
    char *bytes = buf_take(buf, &size);

    return bytes ? wrap(bytes, size) : NULL;
}

Blob *blob_keep(Blob *blob)
{
    if (blob)
        atomic_fetch_add_explicit(&blob->owners, 1, memory_order_relaxed);
    return blob;
}

void blob_drop(Blob *blob)
{
    /* Release, then acquire by the last: it sees every other owner's reads as done before it wipes. */
    if (!blob || atomic_fetch_sub_explicit(&blob->owners, 1, memory_order_acq_rel) != 1)
        return;
    mem_free_wiped(blob->bytes, blob->size);
    mem_free(blob);
}

Str blob_str(const Blob *blob)
{
    return blob ? (Str){ blob->bytes, blob->size } : (Str){ NULL, 0 };
}
