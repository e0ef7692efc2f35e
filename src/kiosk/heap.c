/* The free and realloc of the whole process, in place of libc's: what a block held is wiped when it is let go of.
 *
 * Names, passwords and pages pass through SDL, FreeType, HarfBuzz, libpng, jansson, OpenSSL, libcups and libc itself,
 * which free without wiping, and libc's M_PERTURB leaves out the small blocks that a thread keeps for itself.  One rule
 * below them all is less than a rule for each.  It costs a memset a block, which is in the cache at that time.
 *
 * libc calls these by name too and says that a program may have its own (glibc manual, "Replacing malloc"); the memory
 * stays libc's.  A sanitizer needs its own allocator and keeps what is freed away from everybody: there is nothing here
 * then. */
#include <malloc.h>
#include <string.h>

#include "base/memory.h"

#if !defined(REGISTRAR_SANITIZED) && !defined(REGISTRAR_UNWIPED)

void __libc_free(void *block);
void *__libc_malloc(size_t size);
void *__libc_realloc(void *block, size_t size);

void free(void *block)
{
    if (block)
        mem_wipe(block, malloc_usable_size(block));
    __libc_free(block);
}

/* Moved by hand when it grows, since libc would not wipe the old block; what shrinks gives its end away. */
void *realloc(void *block, size_t size)
{
    size_t had = block ? malloc_usable_size(block) : 0;

    if (had == 0)
        return __libc_realloc(block, size);
    if (size <= had) {
        mem_wipe((char *)block + size, had - size);
        return __libc_realloc(block, size);
    }
    void *moved = __libc_malloc(size);
    if (moved) {
        memcpy(moved, block, had);
        free(block);
    }
    return moved;
}

#endif
