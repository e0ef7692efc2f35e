/* Memory from the heap.  Everything outside base asks here, so that tests can fail the n-th request. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/macros.h"

/* Zeroed memory for count objects of size bytes; NULL when there is none or the product overflows.  mem_free ends. */
void *mem_new(size_t count, size_t size) MUST_USE;
/* As realloc for an array; what is new is not zeroed; NULL leaves the old block as it was. */
void *mem_resize(void *block, size_t count, size_t size) MUST_USE;
void *mem_copy(const void *bytes, size_t size) MUST_USE;
char *mem_copy_text(const char *text) MUST_USE;
void mem_free(void *block);
/* Overwrites in a way that the compiler may not leave out. */
void mem_wipe(void *bytes, size_t size);
/* Wipes, then frees.  block may be NULL. */
void mem_free_wiped(void *block, size_t size);
/* Wipes what calls that have returned left on the calling thread's stack.  Costs some microseconds (on the main thread,
 * whose bounds are in a file, a tenth of a millisecond); its pages go back to the system. */
void mem_wipe_stack(void);
/* False in the one build that leaves behind what it frees, so that a test can be seen to find it (REGISTRAR_WIPE=OFF in
 * CMakeLists.txt).  mem_wipe works there too: it is also how values are emptied. */
bool mem_wipes_what_is_freed(void);
/* Compares without telling by its time where the difference is. */
bool mem_equal_secret(const void *a, const void *b, size_t size) MUST_USE;

/* False on overflow; *ret is then unchanged. */
bool size_add(size_t a, size_t b, size_t *ret) MUST_USE;
bool size_mul(size_t a, size_t b, size_t *ret) MUST_USE;

/* For tests: from now on the n-th request (1 = the next) returns NULL, once; 0 turns it off.  Not thread-safe. */
void mem_fail_nth(unsigned n);

/* OWNED(char) text = ...: freed at the end of the scope. */
OWNED_BY(char, mem_free)

#endif
