/* Blob: bytes that several owners share and nobody changes, such as a page on its way to the printer.
 * Counted atomically, any thread; the last owner's blob_drop wipes them. */
#ifndef BASE_BLOB_H
#define BASE_BLOB_H

#include "base/buf.h"

typedef struct Blob Blob;

/* Copies; NULL when there is no memory. */
Blob *blob_new(const void *bytes, size_t size) MUST_USE;
/* Takes the bytes out of buf, which is empty afterwards.  NULL (and buf cleared) when buf failed. */
Blob *blob_take_buf(Buf *buf) MUST_USE;
Blob *blob_keep(Blob *blob);
void blob_drop(Blob *blob);
Str blob_str(const Blob *blob);

OWNED_BY(Blob, blob_drop)

#endif
