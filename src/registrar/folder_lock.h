/* Who is at a registrar's database: any number of programs side by side (serve, document, backup...), or one alone (a
 * restore).  A lock of the kernel's on a file beside it, which ends with its program however that ends. */
#ifndef REGISTRAR_FOLDER_LOCK_H
#define REGISTRAR_FOLDER_LOCK_H

#include "base/error.h"

typedef struct FolderLock FolderLock;

/* database: its path.  ERR_BUSY with words for a person when it can't be had at once. */
FolderLock *folder_lock(const char *database, bool alone, Error *err) MUST_USE;
void folder_unlock(FolderLock *lock);
OWNED_BY(FolderLock, folder_unlock)

#endif
