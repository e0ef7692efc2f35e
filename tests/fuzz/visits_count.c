/* Counts what is owned: the linker leads the calls of blob and catalogue through here (--wrap), so that a visit's end
 * can say exactly whether everything that came with messages is gone again. */
#include "visits_count.h"

#include "kiosk/app/msg.h"

OwnedCount owned_count;

Blob *__real_blob_new(const void *bytes, size_t size);
Blob *__wrap_blob_new(const void *bytes, size_t size);
Blob *__real_blob_keep(Blob *blob);
Blob *__wrap_blob_keep(Blob *blob);
Blob *__real_blob_take_buf(Buf *buf);
Blob *__wrap_blob_take_buf(Buf *buf);
void __real_blob_drop(Blob *blob);
void __wrap_blob_drop(Blob *blob);
Catalogue *__real_catalogue_keep(Catalogue *catalogue);
Catalogue *__wrap_catalogue_keep(Catalogue *catalogue);
void __real_catalogue_drop(Catalogue *catalogue);
void __wrap_catalogue_drop(Catalogue *catalogue);
void *__real_mem_new(size_t count, size_t size);
void *__wrap_mem_new(size_t count, size_t size);
void __real_mem_free_wiped(void *block, size_t size);
void __wrap_mem_free_wiped(void *block, size_t size);

Blob *__wrap_blob_new(const void *bytes, size_t size)
{
    Blob *blob = __real_blob_new(bytes, size);

    owned_count.blobs += blob != NULL;
    return blob;
}

Blob *__wrap_blob_take_buf(Buf *buf)
{
    Blob *blob = __real_blob_take_buf(buf);

    owned_count.blobs += blob != NULL;
    return blob;
}

Blob *__wrap_blob_keep(Blob *blob)
{
    owned_count.blobs += blob != NULL;
    return __real_blob_keep(blob);
}

void __wrap_blob_drop(Blob *blob)
{
    owned_count.blobs -= blob != NULL;
    __real_blob_drop(blob);
}

Catalogue *__wrap_catalogue_keep(Catalogue *catalogue)
{
    owned_count.catalogues += catalogue != NULL;
    return __real_catalogue_keep(catalogue);
}

void __wrap_catalogue_drop(Catalogue *catalogue)
{
    owned_count.catalogues -= catalogue != NULL;
    __real_catalogue_drop(catalogue);
}

/* Homes and drafts are the only things of their sizes. */
void *__wrap_mem_new(size_t count, size_t size)
{
    void *block = __real_mem_new(count, size);

    owned_count.homes += block && count == 1 && size == sizeof(ApiHome);
    owned_count.drafts += block && count == 1 && size == sizeof(ApiDraft);
    return block;
}

void __wrap_mem_free_wiped(void *block, size_t size)
{
    owned_count.homes -= block && size == sizeof(ApiHome);
    owned_count.drafts -= block && size == sizeof(ApiDraft);
    __real_mem_free_wiped(block, size);
}
