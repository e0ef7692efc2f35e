/* What was found out a moment ago, for a moment longer: a table of fixed size in memory, from a 32-byte key to a small
 * value with an end.  Full, it forgets what would end first.  Any thread: it has a lock of its own, because a queue
 * would cost more than what it saves (ARCHITECTURE.md, exceptions). */
#ifndef REGISTRAR_OFFICE_MEMO_H
#define REGISTRAR_OFFICE_MEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/macros.h"

#define MEMO_KEY_SIZE 32

typedef struct Memo Memo;

/* NULL without memory.  room: entries, a multiple of 4. */
Memo *memo_new(size_t value_size, size_t room) MUST_USE;
void memo_free(Memo *memo); /* wipes */
OWNED_BY(Memo, memo_free)

/* False: not there, or ended by now_ms. */
bool memo_get(Memo *memo, const uint8_t key[MEMO_KEY_SIZE], int64_t now_ms, void *ret_value) MUST_USE;
void memo_put(Memo *memo, const uint8_t key[MEMO_KEY_SIZE], int64_t now_ms, int64_t until_ms, const void *value);
/* Reads and writes under the lock: change gets the value (zeros when there was none) and gives its new end. */
void memo_change(Memo *memo, const uint8_t key[MEMO_KEY_SIZE], int64_t now_ms,
                 int64_t (*change)(void *value, void *arg), void *arg);
/* Forgets everything: somebody knows that it is not so any more. */
void memo_clear(Memo *memo);

#endif
