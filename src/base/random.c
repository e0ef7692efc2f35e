#include "base/random.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

static bool system_fill(void *ctx, void *bytes, size_t size)
{
    unsigned char *at = bytes;

    (void)ctx;
    while (size > 0) {
        ssize_t got = getrandom(at, size, 0);
        if (got < 0) {
            if (errno == EINTR)
                continue;
            return false;
        }
        at += got;
        size -= (size_t)got;
    }
    return true;
}

Random random_system(void)
{
    return (Random){ system_fill, NULL };
}

/* Sebastiano Vigna's splitmix64: the golden ratio's steps, mixed. */
static uint64_t next_word(RandomSeeded *seeded)
{
    uint64_t z = seeded->state += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

/* Words go out low byte first whatever the machine, so that a seed means the same bytes everywhere. */
static bool seeded_fill(void *ctx, void *bytes, size_t size)
{
    unsigned char *at = bytes;

    while (size > 0) {
        uint64_t word = next_word(ctx);
        for (int i = 0; i < 8 && size > 0; i++, size--) {
            *at++ = (unsigned char)(word & 0xFF);
            word >>= 8;
        }
    }
    return true;
}

Random random_seeded(RandomSeeded *seeded, uint64_t seed)
{
    seeded->state = seed;
    return (Random){ seeded_fill, seeded };
}

bool random_fill(const Random *random, void *bytes, size_t size, Error *err)
{
    if (!random->fill(random->ctx, bytes, size))
        return error_set(err, ERR_CRYPTO, "no randomness");
    return true;
}

void uuid_from_random(const uint8_t random[16], char ret_uuid[37])
{
    static const char digits[] = "0123456789abcdef";
    size_t at = 0;

    for (size_t i = 0; i < 16; i++) {
        uint8_t byte = random[i];
        if (i == 6)
            byte = (uint8_t)((byte & 0x0F) | 0x40); /* version 4 */
        if (i == 8)
            byte = (uint8_t)((byte & 0x3F) | 0x80); /* variant of RFC 9562 */
        if (i == 4 || i == 6 || i == 8 || i == 10)
            ret_uuid[at++] = '-';
        ret_uuid[at++] = digits[byte >> 4];
        ret_uuid[at++] = digits[byte & 0x0F];
    }
    ret_uuid[at] = '\0';
}

bool uuid_valid(const char *uuid)
{
    if (!uuid || strlen(uuid) != 36)
        return false;
    for (size_t i = 0; i < 36; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? uuid[i] != '-' : !strchr("0123456789abcdef", uuid[i]))
            return false;
    }
    return uuid[14] == '4' && strchr("89ab", uuid[19]);
}
