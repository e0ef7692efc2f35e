/* Somebody who does not exist: a name that fits the place, the language and the sex, and a date of birth with its
 * PINFL. */
#ifndef REGISTRAR_DEMO_PERSON_H
#define REGISTRAR_DEMO_PERSON_H

#include "registrar/demo/dice.h"
#include "registrar/demo/lists.h"

#define PERSON_NAME_SIZE 192

typedef struct Person {
    bool woman;
    const char *country;                         /* "UZ" */
    char surname[64], given[64], patronymic[64]; /* as the passport has them */
    char uz[PERSON_NAME_SIZE], cyrillic[PERSON_NAME_SIZE], ru[PERSON_NAME_SIZE], en[PERSON_NAME_SIZE];
} Person;

/* russian: of a group that is taught in Russian.  One in four hundred has a name as records wrongly have them
 * (base/name.h), so that there is something to find. */
void person_draw(const Lists *lists, const People *home, bool russian, Dice *dice, Person *ret);
/* Somebody with a passport of another country: in Latin letters alone. */
void person_draw_abroad(const Lists *lists, Dice *dice, Person *ret);

/* which: below 294,000,000; each has another PINFL, whatever the year and the sex. */
void person_draw_birth(uint64_t seed, uint64_t which, int year, bool woman, char ret_date[11], char ret_pinfl[15]);

#endif
