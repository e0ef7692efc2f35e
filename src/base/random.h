/* Randomness, so that tests and the demo can replace it. */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

typedef struct Random {
    bool (*fill)(void *ctx, void *bytes, size_t size);
    void *ctx;
} Random;

/* getrandom(2). */
Random random_system(void);

/* A repeatable stream (splitmix64), for tests and generated data only. */
typedef struct RandomSeeded {
    uint64_t state;
} RandomSeeded;
Random random_seeded(RandomSeeded *seeded, uint64_t seed);

bool random_fill(const Random *random, void *bytes, size_t size, Error *err) MUST_USE;
/* RFC 9562 version 4: "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx" from 16 random bytes. */
void uuid_from_random(const uint8_t random[16], char ret_uuid[37]);
bool uuid_valid(const char *uuid);

#endif
