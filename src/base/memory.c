#include "base/memory.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifdef REGISTRAR_UNWIPED
#define WIPES false
#else
#define WIPES true
#endif
#define STACK_NEAR 8192 /* bytes below the caller that are written over; the pages below them are given back */

/* Left by mem_fail_nth: requests until the one that fails; 0 is off.  Atomic so that threads only read it in peace. */
static unsigned fail_in;

static bool must_fail(void)
{
    if (__builtin_expect(__atomic_load_n(&fail_in, __ATOMIC_RELAXED) == 0, 1))
        return false;
    return __atomic_sub_fetch(&fail_in, 1, __ATOMIC_RELAXED) == 0;
}

void mem_fail_nth(unsigned n)
{
    __atomic_store_n(&fail_in, n, __ATOMIC_RELAXED);
}

void *mem_new(size_t count, size_t size)
{
    size_t bytes;

    if (!size_mul(count, size, &bytes) || must_fail())
        return NULL;
    return calloc(1, bytes > 0 ? bytes : 1); /* at least a byte: NULL means failure and nothing else */
}

void *mem_resize(void *block, size_t count, size_t size)
{
    size_t bytes;

    if (!size_mul(count, size, &bytes) || must_fail())
        return NULL;
    return realloc(block, bytes > 0 ? bytes : 1);
}

void *mem_copy(const void *bytes, size_t size)
{
    void *copy = mem_new(size, 1);

    if (copy && size > 0)
        memcpy(copy, bytes, size);
    return copy;
}

char *mem_copy_text(const char *text)
{
    return mem_copy(text, strlen(text) + 1);
}

void mem_free(void *block)
{
    free(block);
}

void mem_wipe(void *bytes, size_t size)
{
    if (bytes && size > 0)
        explicit_bzero(bytes, size);
}

void mem_free_wiped(void *block, size_t size)
{
    if (WIPES)
        mem_wipe(block, size);
    free(block);
}

bool mem_wipes_what_is_freed(void)
{
    return WIPES;
}

/* Its own array is what earlier calls have left. */
static __attribute__((noinline)) void wipe_near_stack(void)
{
    unsigned char left[2 * STACK_NEAR];

    mem_wipe(left, sizeof(left));
}

void mem_wipe_stack(void)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t end = ((uintptr_t)__builtin_frame_address(0) - STACK_NEAR) & ~(page - 1);
    pthread_attr_t attributes;
    void *lowest = NULL;
    size_t size = 0;

    if (!WIPES || pthread_getattr_np(pthread_self(), &attributes) != 0)
        return;
    /* What the kernel gives back when such a page is touched again is zero.  Holes are passed over: the main thread's
     * stack is not mapped to its limit. */
    if (pthread_attr_getstack(&attributes, &lowest, &size) == 0 && end > (uintptr_t)lowest)
        (void)madvise(lowest, end - (uintptr_t)lowest, MADV_DONTNEED);
    pthread_attr_destroy(&attributes);
    wipe_near_stack();
}

bool mem_equal_secret(const void *a, const void *b, size_t size)
{
    const volatile unsigned char *left = a;
    const volatile unsigned char *right = b;
    unsigned char different = 0;

    for (size_t i = 0; i < size; i++)
        different |= left[i] ^ right[i];
    return different == 0;
}

bool size_add(size_t a, size_t b, size_t *ret)
{
    size_t sum;

    if (__builtin_add_overflow(a, b, &sum))
        return false;
    *ret = sum;
    return true;
}

bool size_mul(size_t a, size_t b, size_t *ret)
{
    size_t product;

    if (__builtin_mul_overflow(a, b, &product))
        return false;
    *ret = product;
    return true;
}
