/* Numbers that look random and are the same everywhere: splitmix64, one stream for each thing that is drawn, so that
 * what is drawn for one student changes nothing for another.  Never two throws in one list of arguments: compilers
 * differ in which is first. */
#ifndef REGISTRAR_DEMO_DICE_H
#define REGISTRAR_DEMO_DICE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Dice {
    uint64_t state;
} Dice;

static inline uint64_t dice_word(Dice *dice)
{
    uint64_t z = dice->state += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/* A stream of its own for each three numbers. */
static inline Dice dice_of(uint64_t seed, uint64_t what, uint64_t which)
{
    Dice dice = { seed };

    dice.state = dice_word(&dice) ^ what;
    dice.state = dice_word(&dice) ^ which;
    dice.state = dice_word(&dice);
    return dice;
}

/* 0 <= result < n; n >= 1. */
static inline uint32_t dice_below(Dice *dice, uint32_t n)
{
    return (uint32_t)(dice_word(dice) % n);
}

static inline int dice_between(Dice *dice, int low, int high)
{
    return low + (int)dice_below(dice, (uint32_t)(high - low + 1));
}

static inline bool dice_chance(Dice *dice, uint32_t of_thousand)
{
    return dice_below(dice, 1000) < of_thousand;
}

/* Twelve equal ones make a normal one, in whole numbers: middle, give or take width. */
static inline int dice_bell(Dice *dice, int middle, int width)
{
    int sum = -6000;

    for (int i = 0; i < 12; i++)
        sum += (int)dice_below(dice, 1001);
    return middle + sum * width / 1000;
}

#endif
